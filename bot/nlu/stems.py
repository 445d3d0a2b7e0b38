"""Morphemes without what only politeness and case bring: "예약을 취소할게요" and "예약 취소할게" come out alike.

People leave particles out and change speech levels as they like; neither says what they want. Endings that differ
only in politeness become one sign for telling, asking, bidding or proposing; the others keep their form.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from kiwipiepy import Token

_PARTICLES = ("JK", "JX", "JC")
_HONORIFIC = {"시", "으시"}
_ENDINGS = (
    ("asks", re.compile(r"[ᆸ습]니까|습니까|[ᆫ은는]?가|[으느]?나|[으느]?니|[으느]?냐|노")),
    ("tells", re.compile(r"ᆸ니다|습니다|[ᆫ는]?다|어|아|야|여|에|이|오|소|ᆷ|음")),
    ("bids", re.compile(r"(?:으)?(?:세|셔|십시오|시오)|ᆸ시오|어라|아라|거라|라")),
    ("proposes", re.compile(r"[ᆸ읍]시다|[ᆸ읍]시더|자")),
)


def stems(tokens: Sequence[Token]) -> list[str]:
    """The morphemes of a reading as ``form/tag`` words: particles left out, endings as what they do."""
    found = []
    for token in tokens:
        tag = str(token.tag)
        if tag.startswith(_PARTICLES) or (tag == "EP" and token.form in _HONORIFIC):
            continue
        form = _ending(token.form) if tag == "EF" else token.form
        found.append("0" if tag == "SN" else f"{form}/{tag[:2]}".replace(" ", ""))
    return found


def _ending(form: str) -> str:
    """What a sentence ending does; its form without 요 where politeness is not all that it says."""
    plain = form.removesuffix("요").replace("죠", "지") or form
    return next((sign for sign, endings in _ENDINGS if endings.fullmatch(plain)), plain)
