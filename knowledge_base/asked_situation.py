"""The firm and the event that a question is asked of: what the talk knows, with what the question itself names.

"35명인데 파견 쓰면요" changes size and cover for this one answer; nothing of it is remembered.
"""

from __future__ import annotations

import re
from datetime import date

from knowledge_base.asked_date import AskedDate
from knowledge_base.facts import Company, Event, EventType, Facts, Range
from knowledge_base.search_text import normalised, pack
from knowledge_base.situation import Situation

_EVENTS: tuple[tuple[str, EventType], ...] = (
    (r"임(신|산부).{0,12}(단축|시간|근무)", "pregnancy_reduced_hours"),
    (r"(가족|부모|학업|공부|건강|은퇴).{0,14}(단축|시간|근무)", "reduced_hours"),
    (r"육아기.{0,6}단축|단축근무|근로시간단축", "childcare_reduced_hours"),
    (r"(배우자|남편|아내|아빠).{0,3}출산", "spouse_maternity_leave"),
    (r"출산(전후)?휴가", "maternity_leave"),
    (r"유산|사산", "miscarriage_leave"),
    (r"육아휴직", "parental_leave"),
)
_PEOPLE = re.compile(
    r"(?P<count>\d{2,4})\s*(?:명|인)\s*"
    r"(?P<bound>미만|이하|이상|안 ?되|넘|이고|인데|이에요|이면|짜리|규모|회사|사업장|업체|정도|있는|쓰는|다니)"
)
_COVERS = (("파견", "dispatch"), ("새로뽑|채용|뽑으면|뽑아|뽑는", "hire"), ("나눠|동료", "coworkers"))
_MODES = (("재택", "telework"), ("원격", "remote"), ("시차", "staggered"), ("선택근무", "selective"))


def situation_of(text: str, facts: Facts, as_of: date, dated: AskedDate | None) -> Situation:
    """The firm and its event, or the event the question itself names; rules are looked up on the day asked."""
    packed = pack(normalised(text))
    event = facts.events[0] if facts.events else Event()
    named = next((kind for pattern, kind in _EVENTS if re.search(pattern, packed)), None)
    if named and named != event.type:
        event = Event(type=named)
    more: dict[str, object] = {}
    if event.mode is None and (mode := next((kind for word, kind in _MODES if word in packed), None)):
        more["mode"] = mode
    if event.cover is None and (cover := next((kind for word, kind in _COVERS if re.search(word, packed)), None)):
        more["cover"] = cover
    firm = facts.company
    if people := _PEOPLE.search(text):
        firm = _of_so_many(int(people["count"]), people["bound"])
        firm = facts.company.copy(update={name: getattr(firm, name) for name in firm.__fields_set__})
    told = facts.copy(update={"company": firm})
    return Situation(told, event.copy(update=more), dated.day if dated else as_of)


def _of_so_many(count: int, bound: str) -> Company:
    """A firm of the size the question itself names: "35명인데", "30인 미만이면", "30인 이상"."""
    if "미만" in bound or "이하" in bound or "안" in bound:
        most = count if "이하" in bound else count - 1
        around = Range(min=None, max=most)
        return Company(headcount=most, headcount_range=around, insured_headcount=most, insured_headcount_range=around)
    if "이상" in bound or "넘" in bound:
        around = Range(min=count, max=None)
        return Company(
            headcount=count, headcount_range=around, insured_headcount=count, insured_headcount_range=around
        )
    # How many are insured is taken from the count for amounts, but that anybody is insured was not said.
    return Company(headcount=count, insured_headcount_range=Range(min=count, max=count))
