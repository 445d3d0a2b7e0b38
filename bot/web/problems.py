"""What goes wrong, told as RFC 9457 problem documents with a Korean ``detail`` that says what to do next."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from aiohttp import web

from bot.desk.conversations import ConversationFull, NotOffered, UnknownConversation, WrongToken
from bot.desk.errors import DeskError, NotAllowed, NotFound

log = logging.getLogger(__name__)

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]

_TITLES = {
    400: "요청을 읽을 수 없음", 401: "확인되지 않은 사용자", 403: "권한 없음", 404: "찾을 수 없음",
    405: "쓸 수 없는 방법", 408: "시간 초과", 409: "지금은 할 수 없음", 413: "너무 큼",
    422: "받을 수 없는 내용", 428: "확인 필요",
    429: "너무 잦은 요청", 500: "서버 오류", 503: "준비 안 됨",
}
_DETAILS = {
    404: "그런 주소가 없어요. 주소를 다시 확인해 주세요.",
    405: "이 주소에서는 쓸 수 없는 요청 방법이에요.",
    413: "보내신 내용이 너무 커요. 줄여서 다시 보내 주세요.",
    500: "저희 쪽에 문제가 생겼어요. 잠시 뒤 다시 해 주세요. 급하시면 국번 없이 1350(평일 9~18시)으로 전화해 주세요.",
}


class Problem(Exception):
    """A refusal. ``kind`` is the last part of the problem's type, ``more`` are members beside the standard ones."""

    def __init__(
        self, status: int, kind: str, detail: str, *, headers: Mapping[str, str] | None = None, **more: Any
    ) -> None:
        super().__init__(detail)
        self.status, self.kind, self.detail, self.headers, self.more = status, kind, detail, headers or {}, more

    def response(self) -> web.Response:
        """The problem document."""
        document = {"type": f"/problems/{self.kind}", "title": _TITLES.get(self.status, "오류"),
                    "status": self.status, "detail": self.detail, **self.more}
        return web.Response(status=self.status, body=json.dumps(document, ensure_ascii=False).encode(),
                            content_type="application/problem+json", headers=dict(self.headers))


@web.middleware
async def problems(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Turn every refusal and every surprise into a problem document."""
    try:
        return await handler(request)
    except Problem as problem:
        return problem.response()
    except DeskError as error:
        return _of_desk(error).response()
    except web.HTTPException as error:
        if error.status < 400:
            raise
        allow = {"Allow": error.headers["Allow"]} if "Allow" in error.headers else None
        detail = _DETAILS.get(error.status, "요청을 처리하지 못했어요. 내용을 확인하고 다시 해 주세요.")
        return Problem(error.status, f"http-{error.status}", detail, headers=allow).response()
    except Exception:
        # The path may hold a visit's token: name the route, not the address.
        log.exception("unexpected error in %s %s", request.method, _route_name(request))
        return Problem(500, "internal", _DETAILS[500]).response()


def _of_desk(error: DeskError) -> Problem:
    if isinstance(error, (UnknownConversation, NotFound)):
        return Problem(404, "not-found", str(error))
    if isinstance(error, WrongToken):
        return Problem(401, "wrong-token", str(error), headers={"WWW-Authenticate": "Bearer"})
    if isinstance(error, NotAllowed):
        return Problem(403, "not-allowed", str(error))
    if isinstance(error, NotOffered):
        return Problem(422, "payload-not-offered", str(error))
    if isinstance(error, ConversationFull):
        return Problem(409, "conversation-full", str(error))
    return Problem(409, "refused", str(error))


def _route_name(request: web.Request) -> str:
    resource = request.match_info.route.resource
    return resource.canonical if resource is not None else "(no route)"
