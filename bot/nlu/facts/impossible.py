"""Values that cannot be: fewer people than none, a day no calendar has, more people than any firm.

They are told of, never carried, so that the bot can refuse them with an example instead of reading half of them.
"""

from __future__ import annotations

import calendar
import re

from bot.nlu.facts.fact import Fact, Said

_FEWER_THAN_NONE = re.compile(r"(?<![\d가-힣)\-~])(?:-|−|–|마이너스)\s?\d+\s?(?:명|인(?![가-힣])|사람|분)")
_NONE_COUNTED = re.compile(r"(?<![\d.,])(?:0|영)\s?(?:명|사람)(?=이|인|요|예|입|임|[\s.,!]|$)")
_TOO_MANY = re.compile(
    r"(?<![\d.])\d{1,4}\s?(?:만|억)\s?(?:\d+\s?)?명|(?<![가-힣])(?:[일이삼사오육칠팔구]?(?:십|백|천)+만|[일이삼사오육칠팔구]억)\s?명"
    r"|(?<![\d.,])\d{6,}\s?명|(?<![\d.])\d{1,3}(?:,\d{3}){2,}\s?명"
)
_MONTH_DAY = re.compile(r"(?<![\d.])(?P<month>\d{1,2})\s?월(?:\s?(?P<day>\d{1,2})\s?일)?(?!\s?(?:간|치|분))")
_INSURED = re.compile(r"고용\s?보험|피\s?보험|[4사]대\s?보험")
_LONGEST = {month: calendar.monthrange(2028, month)[1] for month in range(1, 13)}  # a leap year


def find(said: Said) -> list[Fact]:
    """ "impossible" facts, whose value says of what: "headcount", "insured_headcount" or "date"."""
    found: list[Fact] = []
    for pattern in (_FEWER_THAN_NONE, _NONE_COUNTED, _TOO_MANY):
        for match in pattern.finditer(said.text):
            insured = _INSURED.search(said.before(match.start(), 16))
            if insured and pattern is _NONE_COUNTED:
                continue  # nobody insured is possible
            what = "insured_headcount" if insured else "headcount"
            found.append(Fact("impossible", what, match.start(), match.end()))
    for match in _MONTH_DAY.finditer(said.text):
        month, day = int(match.group("month")), int(match.group("day") or 1)
        if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month]:
            found.append(Fact("impossible", "date", match.start(), match.end()))
    return found
