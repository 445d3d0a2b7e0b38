"""A day moved by so much: "내일 약속 이틀 뒤로 미뤄주세요", "금요일 방문 하루 당겨주세요".

So much is counted from the day moved, never from today. Where the message names that day, it gives way to the
new one; where it does not, no day is told.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.whens import When

_DAYS = {"하루": 1, "이틀": 2, "사흘": 3, "나흘": 4, "닷새": 5, "열흘": 10, "보름": 15}
_COUNT = {"한": 1, "일": 1, "두": 2, "이": 2, "세": 3, "삼": 3, "네": 4, "사": 4}
_LATER = r"(?:미루|미뤄|미룬|미룰|미뤘|미룹|늦추|늦춰|늦춘|늦출|늦췄|연기|밀어|밀렸|밀릴)"
_EARLIER = r"(?:당기|당겨|당긴|당길|당겼|앞당)"
_SHIFT = re.compile(
    rf"(?:(?P<days>{'|'.join(_DAYS)})|(?P<n>\d{{1,2}}|[한일두이세삼네사])\s?(?P<unit>일(?!요일)|주일?|개월|달|시간))\s?(?:만|정도|쯤)?\s?(?:더\s)?"
    rf"(?:(?:뒤로|후로|앞으로|늦게로?)\s?)?(?:(?P<later>{_LATER}|뒤로\s?(?:옮|변경|바꾸|바꿔|돌려|좀[\s.]*$)"
    rf"|(?<=뒤로)[\s.]*$)|(?P<earlier>{_EARLIER}|앞으로\s?(?:옮|변경|바꾸|바꿔)))"
)
_WHOSE = re.compile(
    r"(?:에\s?(?:잡은\s?|잡힌\s?|하기로\s?한\s?)?|로\s?(?:잡은\s?|잡힌\s?|예약한\s?)?)?\s?(?:약속|예약|방문|상담|일정|미팅|거|건|것|시작|오기로|오시기로|부터)?\s?"
    r"(?:쉬|들어가|가|쓰|시작하|나가|빠지)?(?:기로\s?(?:했는데|했다가|한\s?거)|려다가?|려고\s?했는데|려던\s?거|인데|한\s?거|이?었는데|을|를|은|는|에서|이었던\s?거)?"
    r"\s?(?:좀\s|그냥\s|갑자기\s)?"
)


def without_shifts(said: Said, whens: list[When]) -> list[When]:
    """``whens`` without what only says by how much a day is moved ("이틀 뒤" of "이틀 뒤로 미뤄")."""
    spans = [match.span() for match in _SHIFT.finditer(said.text)]
    return [when for when in whens if not any(start <= when.start < end for start, end in spans)]


def shifted(said: Said, facts: list[Fact]) -> list[Fact]:
    """``facts`` with the visit's day or the leave's start that is moved, if one stands right before the shift."""
    match = _SHIFT.search(said.text)
    days = _by(match) if match else None
    if match is None or days is None:
        return facts
    done: list[Fact] = []
    for fact in facts:
        near = fact.entity in ("visit_window", "event_start") and fact.end <= match.start()
        if near and _WHOSE.fullmatch(said.text[fact.end : match.start()]):
            done += [replace(fact, role="negated"), _moved(fact, days, match)]
        else:
            done.append(fact)
    return done


_EXCHANGED = re.compile(
    r"\s?(?:으?로)\s?(?:바꿔|바꾸|바꿀|바꾼|변경|옮기|옮겨|옮길|미뤄|미루|미룰|당겨|당길|조정)"
)
_OF_A_LEAVE = re.compile(r"휴직|휴가|육휴|출휴|단축|쉬|쉰|출근|퇴근|근무|복직")


def exchanged(said: Said, whens: list[When], read: Callable[[Said], list[When]]) -> list[When]:
    """``whens`` with "화요일에서 금요일로 변경해줘요" as its two days, no stretch of days; ``read`` reads anew."""
    for when in whens:
        middle = said.text[when.start : when.end].find("에서")
        if middle < 0 or not when.is_range or not _EXCHANGED.match(said.text, when.end):
            continue
        if _OF_A_LEAVE.search(said.text):
            continue
        at = when.start + middle
        parted = read(Said(said.text[:at] + "※※" + said.text[at + 2 :], said.now))
        return parted if len(parted) > len(whens) else whens
    return whens


def _by(match: re.Match[str]) -> timedelta | None:
    count = _DAYS.get(match["days"] or "")
    if count is None:
        number = int(match["n"]) if match["n"].isdigit() else _COUNT[match["n"]]
        scale = {"일": 1, "주": 7, "주일": 7}.get(match["unit"])
        count = number * scale if scale else None
    if count is None:
        return None  # months are not alike, and hours need the hour that was fixed
    return timedelta(days=count if match["later"] else -count)


def _moved(fact: Fact, by: timedelta, match: re.Match[str]) -> Fact:
    if fact.entity == "event_start":
        day = (date.fromisoformat(fact.value) + by).isoformat()
        return replace(fact, value=day, start=match.start(), end=match.end(), role=None)
    start, end = ((datetime.fromisoformat(fact.value[key]) + by).isoformat() for key in ("start", "end"))
    value = {**fact.value, "start": start, "end": end}
    return replace(fact, value=value, start=match.start(), end=match.end(), role=None)
