"""Whom to call: the phones of a center with what each is for, the hours of 1350 and whether it is open now.

Hours of the centers themselves are not published in what we know, so only those of 1350 are said.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import lru_cache
from typing import Any

import holidays

from knowledge_base.answer_choice import content_words
from knowledge_base.clock import KST, now
from knowledge_base.korean import korean_date, korean_time
from knowledge_base.place_schema import CallCenter, Center
from knowledge_base.places import CenterMatch, places
from knowledge_base.search_text import normalised, pack

PLANNER_LABEL = "일·육아 동행 플래너"
GENERAL_LABEL = "대표전화"
_NUMBER = re.compile(r"전화번호|연락처|번호(좀|알려|가|는|뭐|요)|몇번으로(전화|걸)")
_OF_CENTERS = frozenset({"담당", "관할", "센터", "고용", "고용센터", "대표", "지역", "가깝"})


@dataclass(frozen=True)
class Phone:
    """A number and what it is for, in Korean."""

    label: str
    number: str


@dataclass(frozen=True)
class Contact:
    """A place to call. ``open_now`` and ``hours`` are those of 1350; ``note`` is what to know before calling."""

    center_id: str | None
    name: str
    phones: tuple[Phone, ...]
    hours: str
    open_now: bool
    opens_next: datetime | None
    address: str | None
    note: str | None
    checked_on: date

    def card(self) -> dict[str, Any]:
        """The ``contact`` card of the chat API."""
        return {
            "v": 1,
            "type": "contact",
            "name": self.name,
            "phones": [{"label": phone.label, "number": phone.number} for phone in self.phones],
            "hours": self.hours,
            "open_now": self.open_now,
            "address": self.address,
            "note": self.note,
            "checked_on": self.checked_on.isoformat(),
        }


@lru_cache(maxsize=1)
def _holidays() -> Any:
    return holidays.country_holidays("KR", language="ko")


def holiday_name(day: date) -> str | None:
    """The Korean name of a public holiday (substitute days included), or None for an ordinary day."""
    name = _holidays().get(day)
    return str(name) if name else None


def is_working_day(day: date) -> bool:
    """Monday to Friday and no public holiday in Korea."""
    return day.weekday() < 5 and holiday_name(day) is None


def call_center_open(moment: datetime) -> bool:
    """Whether 1350 answers at an aware moment."""
    local = moment.astimezone(KST)
    opens, closes = _hours(places().call_center)
    return is_working_day(local.date()) and opens <= local.time() < closes


def call_center_opens_next(moment: datetime) -> datetime:
    """The next moment (KST) at which 1350 begins to answer, strictly after ``moment``."""
    local = moment.astimezone(KST)
    opens, _ = _hours(places().call_center)
    day = local.date() if local.time() < opens else local.date() + timedelta(days=1)
    while not is_working_day(day):
        day += timedelta(days=1)
    return datetime.combine(day, opens, tzinfo=KST)


def _hours(call_center: CallCenter) -> tuple[time, time]:
    return time.fromisoformat(call_center.hours.opens), time.fromisoformat(call_center.hours.closes)


def contact(center_id: str | None, moment: datetime | None = None, *, match: CenterMatch | None = None) -> Contact:
    """How to reach a center; ``None`` is 1350 alone.

    ``moment`` (aware, default: now) decides ``open_now``. ``match`` is the answer of ``center_for`` that led here:
    the planner's number is then given only where that planner's area holds the region, and its note is carried.
    Raises KeyError for an unknown center.
    """
    moment = moment or now()
    call_center = places().call_center
    item = places().centers[center_id] if center_id else None
    is_open = call_center_open(moment)
    opens_next = None if is_open else call_center_opens_next(moment)
    hours = f"{call_center.phone} {call_center.hours.said}"
    if opens_next is not None:
        hours += f" · 지금은 쉬는 시간, {korean_date(opens_next.date())} {korean_time(opens_next)}부터"
    return Contact(
        center_id=center_id,
        name=item.name if item else call_center.name,
        phones=_phones(item, match, call_center),
        hours=hours,
        open_now=is_open,
        opens_next=opens_next,
        address=_address(item),
        note=_note(item, match),
        checked_on=item.checked_on if item else call_center.checked_on,
    )


def contact_for(match: CenterMatch, moment: datetime | None = None) -> Contact:
    """How to reach the center that helps employers of the matched region, or 1350 where none is known."""
    return contact(match.business_center.id if match.business_center else None, moment, match=match)


def _planner_number(item: Center, match: CenterMatch | None) -> str | None:
    if match is not None:
        return match.planner_phone
    return item.planner.phone if item.planner else None


def _phones(item: Center | None, match: CenterMatch | None, call_center: CallCenter) -> tuple[Phone, ...]:
    last = Phone(f"{call_center.name} (국번 없이)", call_center.phone)
    if item is None:
        return (last,)
    numbers = ((PLANNER_LABEL, _planner_number(item, match)), (f"{item.name} {GENERAL_LABEL}", item.phone.number))
    own = tuple(Phone(label, number) for label, number in numbers if number)
    return (last, *own) if match is not None and match.fallback_first else (*own, last)


def _address(item: Center | None) -> str | None:
    if item is None or item.address.text is None:
        return None
    return item.address.text if item.address.complete else f"{item.address.text} (자세한 주소는 전화로 확인해 주세요)"


def _note(item: Center | None, match: CenterMatch | None) -> str | None:
    notes = [match.note] if match is not None and match.note else []
    if item is not None:
        if _planner_number(item, match) and item.planner:
            notes.append(f"플래너 번호는 {item.planner.as_of:%Y년 %-m월} 공개된 번호라 바뀌었을 수 있어요.")
        elif item.planner is not None and match is None:
            notes.append("플래너 번호는 공개되지 않았어요.")
        if item.phone.confidence == "low":
            notes.append("대표전화는 확실하지 않으니 1350에서 확인해 주세요.")
        if item.phone.number is None:
            notes.append("이 센터의 전화번호는 확인되지 않았어요.")
    return " ".join(notes) or None


def asks_for_a_number(text: str) -> bool:
    """Whether ``text`` asks for a number to call and names nothing whose number it might be."""
    return _NUMBER.search(pack(normalised(text))) is not None and not content_words(text, _OF_CENTERS)
