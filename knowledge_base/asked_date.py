"""The day a question is about: "2027년에는?", "11월 27일부터", "작년에", "내년 3월". Days in Korea; no times of day.

Reading the dates of visits and of events with all their ambiguity is the conversation's business, not this one's.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Literal

_YEARS_AWAY = {"재작년": -2, "작년": -1, "지난해": -1, "올해": 0, "금년": 0, "내년": 1, "다음해": 1, "내후년": 2}
_YEAR = r"(?P<year>(?:20)?2\d)\s*년(?!\s*(?:간|동안|까지|이상|이하|이내|차|쓰|치|이 안))"
_YEAR_WORD = r"(?P<away>재작년|작년|지난해|올해|금년|내후년|내년|다음\s?해)"
_MONTH = r"(?P<month>1[0-2]|[1-9])\s*월(?!급|차|세)"
_DAY = r"(?P<day>3[01]|[12]\d|0?[1-9])\s*일(?!\s*(?:간|동안|이상|이하|이내|전|치|씩|까지 (?:쉬|쓸)))"
_ISO = re.compile(r"(?P<year>20\d\d)[-./]\s?(?P<month>\d{1,2})(?:[-./]\s?(?P<day>\d{1,2}))?(?!\d)")
_SPOKEN = re.compile(rf"(?:(?:{_YEAR}|{_YEAR_WORD})[\s도의에]*)?(?:{_MONTH})(?:\s*{_DAY})?")
_YEAR_ONLY = re.compile(rf"(?:{_YEAR}|{_YEAR_WORD})")
_PAST = re.compile(r"했|였|었|았|바뀐|달라진|지난|시작한|낳은")
_RANGE_OF_MONTHS = re.compile(r"\d\s*[~∼-]\s*\d+\s*(개?월|년)")


@dataclass(frozen=True)
class AskedDate:
    """``day`` is where rules are looked up; ``grain`` how exact it was said; ``said`` the words."""

    day: date
    grain: Literal["day", "month", "year"]
    said: str

    @property
    def spoken(self) -> str:
        """The date as it is said back: "2027년", "2026년 12월", "2026년 11월 27일"."""
        if self.grain == "year":
            return f"{self.day.year}년"
        month = f"{self.day.year}년 {self.day.month}월"
        return month if self.grain == "month" else f"{month} {self.day.day}일"


def asked_date(text: str, as_of: date) -> AskedDate | None:
    """The day ``text`` asks about, or None where it names none.

    A month without a year is the one nearest ahead (behind where the words are of the past). A year alone stands for
    ``as_of`` in the present year, for its first day when it is ahead, and for 1 July when it is behind.
    """
    plain = _RANGE_OF_MONTHS.sub(" ", text)
    if found := _ISO.search(plain):
        return _from_parts(found, int(found["year"]), as_of)
    if re.search(r"다음\s?달", plain):
        return AskedDate(_next_month(as_of), "month", "다음 달")
    for pattern in (_SPOKEN, _YEAR_ONLY):
        for found in pattern.finditer(plain):
            year = _year(found, as_of)
            if pattern is _YEAR_ONLY:
                return AskedDate(_of_year(year or as_of.year, as_of), "year", found.group().strip())
            dated = _from_parts(found, year, as_of, past=bool(_PAST.search(plain)))
            if dated:
                return dated
    return None


def _year(found: re.Match[str], as_of: date) -> int | None:
    if found["year"]:
        number = int(found["year"])
        return number if number > 100 else 2000 + number
    if found["away"]:
        return as_of.year + _YEARS_AWAY[re.sub(r"\s", "", found["away"])]
    return None


def _from_parts(found: re.Match[str], year: int | None, as_of: date, *, past: bool = False) -> AskedDate | None:
    month = int(found["month"])
    number = int(found["day"]) if found["day"] else 0
    try:
        day = date(year or as_of.year, month, number or 1)
    except ValueError:
        return None
    if year is None and not number and (day.year, day.month) == (as_of.year, as_of.month):
        day = as_of
    elif year is None and not past and day < as_of - timedelta(days=31):
        day = date(as_of.year + 1, month, number or 1)
    return AskedDate(day, "day" if number else "month", found.group().strip())


def _of_year(year: int, as_of: date) -> date:
    if year == as_of.year:
        return as_of
    return date(year, 1, 1) if year > as_of.year else date(year, 7, 1)


def _next_month(as_of: date) -> date:
    return date(as_of.year + as_of.month // 12, as_of.month % 12 + 1, 1)
