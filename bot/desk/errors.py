"""The root of what the desk refuses. Each error carries a Korean sentence that says what to do next."""

from __future__ import annotations


class DeskError(ValueError):
    """Something the desk refuses; ``str()`` is a Korean sentence that may be shown to the person."""

    def __init__(self, message: str | None = None) -> None:
        super().__init__(message or self.default)

    default = "요청을 처리하지 못했어요. 잠시 뒤 다시 해 주세요."


class NotAllowed(DeskError):
    """The person's role or center does not reach this."""

    default = "이 일을 할 권한이 없어요. 맡은 센터의 관리자에게 문의해 주세요."


class NotFound(DeskError):
    """No such thing, or not for this person; the two are not told apart on purpose."""

    default = "찾을 수 없어요. 번호나 주소를 다시 확인해 주세요."
