"""What people say around a booking: a number lost, and of which of their data they ask the reason."""

from __future__ import annotations

import re
from typing import Literal

Asked = Literal["company_name", "contact_name", "contact_phone"]
_NUMBER_LOST = re.compile(r"번호.{0,6}(몰라|모르|모름|잃어|잊어|까먹|없어|없는|못\s?찾|안\s?보|기억)")
_WHY = re.compile(r"왜|이유|까닭|뭐하러|무슨\s?상관|꼭|어째서|뭣\s?땜")
_ASKED: tuple[tuple[Asked, re.Pattern[str]], ...] = (
    ("company_name", re.compile(r"(회사|업체)\s?(이름|명)|상호")),
    ("contact_name", re.compile(r"이름|성함")),
    ("contact_phone", re.compile(r"연락처|전화\s?번호|핸드폰|휴대폰")),
)


def number_lost(text: str) -> bool:
    """Whether ``text`` says that the number of a booking is not at hand."""
    return _NUMBER_LOST.search(text) is not None


def asks_why(text: str) -> bool:
    """Whether ``text`` asks for the reason of something: "왜요?", "그건 꼭 말해야 해요?"."""
    return _WHY.search(text) is not None


def asked_why_of(text: str) -> Asked | None:
    """What "왜 연락처가 필요해요?" asks the reason of; None where it names none of what is asked for a visit."""
    return next((asked for asked, said in _ASKED if said.search(text)), None)


def names_a_visit(text: str) -> bool:
    """Whether ``text`` names a visit, its booking or its number."""
    return re.search(r"예약|방문|약속|상담|번호|플래너", text) is not None
