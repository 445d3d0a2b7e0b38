"""What is said of a visit's time, understood with the day spoken of: "오후도 있어요?", "9일로 바꿀게요".

Day and half of day stay until another is said. Pure functions over a ``Reading``; a window is the entity's
``{"start", "end", "grain"}`` (ISO, KST). Which times are free is the calendar's concern.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from actions.memory import Message, Reading
from knowledge_base.clock import KST
from knowledge_base.search_text import matters
from knowledge_base.visit_words import (
    DAY_AFTER,
    DAY_BEFORE,
    DAY_ITSELF,
    DAY_OF_MONTH,
    EARLIER,
    HALF_SAID,
    LATER,
    OF_A_WEEK,
    OF_VISITS,
    OTHER_DAY,
    OTHER_TIME,
    OUT_OF_HOURS,
    SAME_TIME,
    WEEK_AFTER,
    WEEKDAY,
    WEEKDAYS,
)

Slots = Mapping[str, Any]
Window = dict[str, Any]

FORMS = {"visit_form", "change_form"}
_A_DAY, _AN_HOUR = timedelta(days=1), timedelta(hours=1)
_OPENS, _NOON, _CLOSES = time(9), time(12), time(18)
_HALVES = {"morning": (_OPENS, _NOON), "afternoon": (_NOON, _CLOSES), "evening": (time(17), time(23, 59))}
_DAYS = ("event_start", "event_child_birth", "event_cover_start")
_NAMES_A_DAY = {"date", "event_start", "child_birth", "cover_start"}
_OF_WORK = {"headcount", "event_type", "industry", "cover"}


@dataclass(frozen=True)
class _Wish:
    """The day spoken of, its half of day, and the moment itself where it was said to the hour or is held.

    ``until`` is the day after the last where several were said ("다음 주").
    """

    day: date
    half: str | None
    moment: datetime | None
    until: date | None = None


def settle(reading: Reading, message: Message, slots: Slots, form: str | None, today: date) -> None:
    """Put the wished time that ``message`` means into ``reading``, given the day a visit is being arranged for."""
    if form not in FORMS or message.text.startswith("/") or _tells_of_work(message):
        return
    before = _spoken_of(slots)
    window = _meant(message, before, slots.get("openings_offered") or (), today)
    if window is None:
        return
    for slot in [slot for slot in _DAYS if slot in reading.slots]:
        reading.slots.pop(slot)  # the day of the visit, not of the leave
        reading.learned = [known for known in reading.learned if known != slot]
        reading.changes = [change for change in reading.changes if change.slot != slot]
    if reading.slots.get("consent") is False:
        reading.slots.pop("consent")  # "아니 오전이요" says no to the hour only
    reading.slots["visit_window"] = window
    reading.told["visit_window"] = window


def speaks_of_times(message: Message) -> bool:
    """Whether a time that the message told is the visit's, so that even as a question it is no digression."""
    return not _tells_of_work(message) and not OUT_OF_HOURS.search(message.text)


def asks_for_other_times(text: str) -> bool:
    """Whether another time is wished for without saying which: "시간 바꿀 수 있어요?"."""
    return OTHER_TIME.search(text) is not None or OTHER_DAY.search(text) is not None


def _tells_of_work(message: Message) -> bool:
    """Whether leave, grants or facts of the firm are spoken of: then a day is not the visit's."""
    facts = {entity["entity"] for entity in message.entities if not entity.get("role")}
    return bool(matters(OF_VISITS.sub(" ", message.text))[0]) or bool(facts & _OF_WORK)


def _spoken_of(slots: Slots) -> _Wish | None:
    held, window = slots.get("hold"), slots.get("wished")
    if held:
        moment = datetime.fromisoformat(str(held["starts_at"])).astimezone(KST)
        return _Wish(moment.date(), _half_of(moment.time()), moment)
    if not window or window.get("grain") in ("any", "month", "quarter"):
        return None
    start, end = (datetime.fromisoformat(str(window[edge])).astimezone(KST) for edge in ("start", "end"))
    hours = end - start
    if hours <= _AN_HOUR:
        return _Wish(start.date(), _half_of(start.time()), start)
    if window.get("grain") == "week" or hours > _A_DAY:
        return _Wish(start.date(), window.get("part"), None, end.date())
    half = window.get("part") or (_half_of(start.time()) if hours < timedelta(hours=12) else None)
    return _Wish(start.date(), half, None)


def _half_of(moment: time) -> str:
    return "morning" if moment < _NOON else "afternoon"


def _meant(
    message: Message, before: _Wish | None, offered: Sequence[Mapping[str, str]], today: date
) -> Window | None:
    """The window that is wished for now; None where the message says nothing of times, or says it all itself."""
    text = message.text
    told = [entity for entity in message.entities if not entity.get("role")]
    window = next((entity for entity in told if entity["entity"] == "visit_window"), None)
    half = next((name for name, said in HALF_SAID if said.search(text)), None)
    if window and not window.get("time_only"):
        value: Window = dict(window["value"])
        start = datetime.fromisoformat(str(value["start"])).date()
        number = DAY_OF_MONTH.search(text)
        if value.get("grain") == "month" and number and (day := _of_month(int(number["day"]), start, today)):
            return _of_day(day, half or (before.half if before else None))  # "17일로 옮길게요 12월"
        if before is None or value.get("grain") not in ("day", "part", "hour", "minute"):
            return value
        day = _in_the_week(start, text, before, today)
        if SAME_TIME.search(text) and before.moment and value["grain"] == "day":
            return _at(day, before.moment.time())  # "금요일 같은 시간으로"
        return _of_day(day, half or before.half) if value["grain"] == "day" else _moved(value, day)
    if window and before and before.until:
        return _between(before.day, before.until, half) if half else None
    if window and before and window["value"].get("grain") in ("hour", "minute"):
        return _moved(window["value"], before.day)
    day = _day_said(told, text, before, today)
    if day and before and before.moment and SAME_TIME.search(text):
        return _at(day, before.moment.time())
    if day:
        return _of_day(day, half or (before.half if before else None))
    if before is None:
        return None
    if window and _hours_said(window["value"]):
        return _moved(window["value"], before.day)
    if half and before.until:
        return _between(before.day, before.until, half)
    if half:
        return _of_day(before.day, half)
    return _beside(text, before, offered)


def _hours_said(value: Mapping[str, Any]) -> bool:
    """Whether the part of a day was said by an hour ("3시 이후") and is not a whole half."""
    return (str(value["start"])[11:13], str(value["end"])[11:13]) not in {("09", "12"), ("13", "18"), ("17", "19")}


def _day_said(
    told: Sequence[Mapping[str, Any]], text: str, before: _Wish | None, today: date
) -> date | None:
    """The day that is named: a date, a day of the month ("9일로"), the one after or before the day spoken of."""
    dates = [entity for entity in told if entity["entity"] in _NAMES_A_DAY]
    if dates and dates[-1].get("grain") == "month":
        number = DAY_OF_MONTH.search(text)  # "17일로 옮길게요 12월"
        return _of_month(int(number["day"]), date.fromisoformat(str(dates[-1]["value"])), today) if number else None
    if dates:
        return date.fromisoformat(str(dates[-1]["value"]))
    if before is None:
        return None
    if DAY_AFTER.search(text) and not before.until:
        return _workday(before.day + _A_DAY, 1)
    if DAY_BEFORE.search(text) and not before.until:
        return _workday(before.day - _A_DAY, -1)
    found = list(DAY_OF_MONTH.finditer(text))
    return _of_month(int(found[-1]["day"]), before.day, today) if found else None


def _beside(text: str, before: _Wish, offered: Sequence[Mapping[str, str]]) -> Window | None:
    """Times beside the one spoken of: the week after, another day, later or earlier that day."""
    if WEEK_AFTER.search(text):
        monday = before.day - timedelta(days=before.day.weekday()) + timedelta(days=7)
        return _between(monday, monday + timedelta(days=5), before.half)
    if OTHER_DAY.search(text):
        return _between(before.day + _A_DAY, before.day + timedelta(days=8), before.half)
    if before.until:
        return None
    if OTHER_TIME.search(text):
        return _of_day(before.day, None)
    same = [moment for moment in map(_starts, offered) if moment.date() == before.day]
    if LATER.search(text) and (latest := before.moment or max(same, default=None)):
        return _stretch(latest + timedelta(minutes=30), datetime.combine(before.day, time(23, 59), KST))
    if EARLIER.search(text) and (first := before.moment or min(same, default=None)):
        return _stretch(datetime.combine(before.day, time(0), KST), first)
    return None


def _starts(opening: Mapping[str, str]) -> datetime:
    return datetime.fromisoformat(str(opening["starts_at"])).astimezone(KST)


def _in_the_week(day: date, text: str, before: _Wish, today: date) -> date:
    """A bare weekday is that of the week spoken of: "화요일 오후요" of next week, then "아 수요일로"."""
    said = WEEKDAY.search(text)
    if said is None or OF_A_WEEK.search(text) or DAY_ITSELF.search(text):
        return day
    there = before.day - timedelta(days=before.day.weekday()) + timedelta(days=WEEKDAYS.index(said["day"]))
    return there if there > today else day


def _of_month(number: int, near: date, today: date) -> date | None:
    """The day of that number in the month spoken of, or in the next where it is gone or there is none."""
    for months in range(3):
        year, month = divmod(near.year * 12 + near.month - 1 + months, 12)
        try:
            day = date(year, month + 1, number)
        except ValueError:
            continue
        if day > today:
            return day
    return None


def _workday(day: date, step: int) -> date:
    """``day``, or the next one in that direction that is no Saturday or Sunday."""
    while day.weekday() > 4:
        day += timedelta(days=step)
    return day


def _of_day(day: date, half: str | None) -> Window:
    if half is None:
        return _stretch(datetime.combine(day, time(0), KST), datetime.combine(day + _A_DAY, time(0), KST), "day")
    begins, ends = _HALVES[half]
    return _stretch(datetime.combine(day, begins, KST), datetime.combine(day, ends, KST))


def _at(day: date, moment: time) -> Window:
    start = datetime.combine(day, moment, KST)
    return _stretch(start, start + _AN_HOUR, "hour")


def _between(first: date, last: date, half: str | None) -> Window:
    window = _stretch(datetime.combine(first, time(0), KST), datetime.combine(last, time(0), KST), "week")
    return {**window, "part": half} if half else window


def _moved(value: Mapping[str, Any], day: date) -> Window:
    """A time of day on ``day``."""
    return {**value, **{edge: day.isoformat() + str(value[edge])[10:] for edge in ("start", "end")}}


def _stretch(start: datetime, end: datetime, grain: str = "part") -> Window:
    return {"start": start.isoformat(), "end": end.isoformat(), "grain": grain}
