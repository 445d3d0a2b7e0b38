"""What somebody wishes for beside telling of their firm: a call, a visit, the center in charge.

How the wish is met is in ``actions/wishes.py``.
"""

from __future__ import annotations

import re
from typing import Literal

Wish = Literal["call", "visit", "center"]
_WISHED = (
    r"\s*(로|으로|을|를)?\s*(상담|안내|설명|연락)?\s*(을|를|도|좀|한\s*번)?\s*"
    r"(부탁|원해|원합|희망|신청|바래|바라|바랍|주세요|주시|해\s*줘|해\s*주|받고\s*싶|하고\s*싶)"
)
_WISHES: tuple[tuple[Wish, re.Pattern[str]], ...] = (
    ("center", re.compile(r"(담당|관할|가까운|우리\s*지역)\s*(고용)?\s*센터|센터\s*(어디|번호|전화)")),
    ("call", re.compile(rf"(전화|통화|유선|콜백){_WISHED}")),
    ("visit", re.compile(rf"방문{_WISHED}")),
)


def wishes(text: str) -> list[Wish]:
    """What ``text`` wishes for, in the order it is met; a button's payload wishes nothing."""
    if text.startswith("/"):
        return []
    return [wish for wish, pattern in _WISHES if pattern.search(text)]
