"""When a visit or call suits: the stretch of time asked for ("visit_window"), told from other times of a message."""

from __future__ import annotations

import itertools
import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from korean_datetime import Kind

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.whens import When, days_of

VISIT = re.compile(
    r"방문|상담|예약|찾아\s?(?:와|오|뵐|뵙|갈)|뵐|뵙|만나|미팅|와\s?(?:주|줄|달)|오세요|오시|오실|오셔|오십|오이소|오소|들러|들르|와서\s?(?:봐|보)|올\s?수\s?있"
    r"|플래너|시간(?:이|은|을)?\s?(?:돼|되|괜찮|가능|비|나)|비어|빈\s?시간|때나|잡아|잡을|전화\s?(?:한번\s?|한\s번\s?|한\s?통\s?|좀\s?){0,2}(?:주"
    r"|줘|해|걸|넣|부탁|바라|바랍|가능|기다)|연락\s?(?:한번\s?|한\s번\s?|좀\s?){0,2}(?:주|줘|부탁|바라|바랍|받|가능|달)|통화|콜백|약속|일정"
)
# Said of a time alone, these suffice; beside other matter they say too little.
_SUITS = re.compile(
    r"괜찮|가능|좋|낫[네겠]|나을|편해|편합|돼요|됩니다|되나|될까|되겠|어때|어떠|어떨|으로\s?(?:해|할|하|부탁|잡)"
    r"|로\s?(?:해"
    r"|할|하|부탁|잡|바꿀|바꾸|미룰|미루|미뤄|당길|당겨|바꿔|옮|변경)|갈게|갈께|가능|희망|원해|원합|부탁|비었|비어|안\s?(?:돼|되|됩)|안돼|어려|힘들"
    r"|빼고|말고|제외|바쁘|바빠|이후|이전|사이|쯤"
)
# "1일은 안 되고 2일은 돼요": said of a bare day.
SUITS_OR_NOT = re.compile(
    r"\s?(?:은|는|이|엔|에는|도|만)\s(?:(?:좀|다|제일|더)\s)?(?:안\s?[돼되]|못|돼|되[고는니]|됩|괜찮|가능|좋|어렵|어려|힘들|편[해하])"
)
_NOT_A_VISIT = re.compile(
    r"에만\s?바[쁘빠]|제일\s?바[쁘빠]|출근|퇴근|근무|알바|단축|시차|재택|되세요|봐요|봬요|뵈요|그만|할게요|연차|월차|반차|잔치|결혼식|여행|캠핑|놀러|쉬는\s?(?:걸|것|거)|쉬게|쉬기로|쉬려|주말에?\s?(?:제일\s|더\s|특히\s)?바쁘|마감|영업|문\s?(?:닫|연다)|계약|돌아와"
    r"|쉬는\s?날(?!(?:이?라|이니까|이어서)\s[^.?!\n]*(?:편|좋|괜찮|가능|오[시셔면]|와[요주]|됩|낫|나아))"
    r"|휴무(?!(?:라|니까|여서|이라)\s[^.?!\n]*(?:편|좋|괜찮|가능|오[시셔면]|와[요주]|됩|낫|나아))|회식|점심\s?시간(?!\s?(?:을\s?|은\s?|만\s?)?(?:피해|피하|빼고|지나|끝나|말고|이후|뒤|직후))"
    r"|수당|지급|월급|마다|매주|매일"
)
# "수요일은 제가 외근이라 금요일 2시나 3시요"
_LAST_THE_TIME = re.compile(
    r"(?:요일|[월일]|내일|모레)\s(?:오[전후]\s)?\d{1,2}시[^.?!\n]{0,6}(?:이?요|로요|예요)[\s.]*$"
)
_DAYPARTS = {"오전": (9, 12), "아침": (9, 11), "점심": (12, 14), "오후": (13, 18), "저녁": (17, 19)}
# Said of more than a day ("다음 주 오후"), the part is of each of its days: the names the calendar's windows know.
_HALVES = {"오전": "morning", "아침": "morning", "점심": "afternoon", "오후": "afternoon", "저녁": "evening"}


# What is left of an answer that is a time, when the time is taken out: "은 안 되고 …로 할게요" needs ``_SUITS``.
_ANSWER_LEFT = re.compile(
    r"(?:네|예|아|음|그럼|저는|전|저희는|우리는|그냥)?(?:(?:점심|밥|식사)?(?:은|을)?(?:먹고|지나고)|에만|에는|에|은|는|이|가|도|만|을|를|날|으?로|지나서"
    r"|넘어서|직후|늦게|일찍|때|시간|중에?|쯤에?|경에?|정도에?|이후에?|이전에?|전에?|안으로|안에|초에?|말에?"
    r"|중순에?|부터|까지|사이에?|이나|나|또는|아니면|내일|모레|오늘|글피|하고|랑|이면|면|말고|아니고|아니라|아니"
    r"|[월화수목금토일](?:요일|욜)|오전|오후|아침|점심|\d{1,2}(?:시|:\d\d)반?(?:\d{1,2}분)?|\d{1,2}[월일]|다음주"
    r"|담주|이번주){0,6}"
    r"(?:이?요|이?에요|예요|입니다|임|이고요|좋[가-힣]{1,3}|돼요?|됩니다|되나요|될까요|되겠[가-힣]{1,2}"
    r"|괜찮[가-힣]{0,4}|가능[가-힣]{0,4}|편[해합][가-힣]{1,2}|할게요?|해주세요|갈게요?|어때요?|낫[가-힣]{1,3}"
    r"|나을[가-힣]{0,5}|나아요?|ㄱㄴ|가[능농]|오케이|고고|콜|ㅇㅋ|부탁[가-힣]{1,4}|희망[가-힣]{0,3}|원[해합][가-힣]{1,2})?"
)
_MOOD = re.compile(
    r"힘들|피곤|졸|지치|지쳤|배고|먹|춥|덥|날씨|짧|길다|화이팅|운세|기분|길이|거부|꽉|요일인가"
    r"|무슨\s?요일"
    r"|몇\s?일|이만|접자|삼겹|반찬|모르|정산|퇴근")
_GREETS = re.compile(
    r"좋은\s?(?:아침|점심|오전|오후|저녁|밤|하루)|즐거운|편안한|행복한|(?:잘|푹)\s?(?:보내|쉬)|보내세요"
    r"|다시\s?(?:올|오겠|하|문의|연락\s?드)"
    r"|날씨|답(?:해|변)|물어\s?봐도|도\s?(?:상담|문의|통화)\s?(?:되|돼|가능)|24시간|부터\s?(?:힘|피곤|지치)"
)


def arranges(said: Said, when: When) -> bool:
    """Whether a time is offered for a visit or call, not told of work, a law or a greeting."""
    if _GREETS.search(said.text):
        return False
    if VISIT.search(said.text):
        near = said.text[max(0, when.start - 8) : when.end + 10]
        return not re.search(r"마감|기한|출근|퇴근(?!하고|하면|\s?후|\s?뒤|해서)", near)
    rest = re.sub(r"[\s.,!?~]|" + re.escape(said.text[when.start : when.end]), "", said.text)
    if _ANSWER_LEFT.fullmatch(rest):
        return True
    return not _NOT_A_VISIT.search(said.text) and (
        len(said.text) <= 40
        and bool(_SUITS.search(said.text) or _LAST_THE_TIME.search(said.text))
        and not _MOOD.search(re.sub(r"(?:은|는|도|엔)\s?(?:좀\s|조금\s|너무\s)?힘들[가-힣]{1,2}\s", "", said.text))
        and not re.search(r"직원|휴직|휴가|육아|지원금", said.text)
    )


def window(said: Said, when: When, after: str) -> Fact | None:
    """The stretch of time that suits for a visit; a time of day without a date has ``time_only``."""
    if (
        when.begins.replace(tzinfo=said.now.tzinfo) < said.now
        and when.kind is Kind.DATE
        and when.ends.replace(tzinfo=said.now.tzinfo) < said.now
    ):
        return None
    if re.search(r"보다\s?$", said.before(when.start, 4)):
        return None  # "예약한 시간보다 두 시간 뒤로": counted from the visit booked
    begins, ends, grain = when.begins, when.ends, when.grain
    extra: dict[str, Any] = {}
    text = said.text[when.start : when.end]
    said_part = next((word for word in _DAYPARTS if text.strip().endswith(word)), None)
    part = _DAYPARTS.get(said_part or "")
    days = days_of(text.strip().removesuffix(said_part), said.now) if said_part else None
    if days:
        (begins, ends), grain = days, "week"
    elif part and ends - begins > timedelta(hours=1):
        begins, ends, grain = begins.replace(hour=part[0], minute=0), begins.replace(hour=part[1], minute=0), "part"
    if re.match(r"\s?(?:이후|부터|넘어서|지나서|이후로)", after) and grain in ("hour", "minute"):
        ends = begins.replace(hour=18, minute=0) if begins.hour < 18 else ends
        grain = "part"
    if re.match(r"\s?(?:이후|부터|지나서|넘어서)", after) and grain == "day" and when.kind is Kind.DATE:
        ends, grain = (begins + timedelta(days=7)).replace(hour=18, minute=0), "any"
    if re.match(r"\s?(?:이전|전에|전까지|전이|전으로|까지)", after) and grain in ("hour", "minute"):
        begins, ends, grain = begins.replace(hour=9, minute=0), begins, "part"
    if begins.hour in range(5, 9) and grain in ("hour", "part") and ends - begins > timedelta(hours=1):
        begins, ends, grain = begins.replace(hour=9), begins.replace(hour=11), "part"  # nobody visits at six
    if when.kind is Kind.TIME:
        extra["time_only"] = True
    if when.kind is Kind.DATE and begins.date() < said.now.date() < ends.date():
        begins = said.now.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)  # "이달 말쯤"
    if grain in ("week", "month", "quarter") and (days or when.kind is Kind.DATE):
        begins = max(begins, said.now.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0))
        if grain == "week":
            begins, ends = _working_week(begins, ends, after)
    zone = said.now.tzinfo
    value = {
        "start": begins.replace(tzinfo=zone).isoformat(),
        "end": ends.replace(tzinfo=zone).isoformat(),
        "grain": grain,
        **({"part": _HALVES[said_part]} if days and said_part else {}),
    }
    return Fact("visit_window", value, when.start, when.end, extra=extra)


def put_aside(said: Said, facts: list[Fact], whens: list[When]) -> list[Fact]:
    """The days put aside for the one that suits ("8일 말고 9일 오후로요"), which scope will call denied."""
    suits = [fact for fact in facts if fact.entity == "visit_window"]
    return [
        fact
        for when, later in itertools.pairwise(whens)
        if any(later.start == one.start for one in suits)
        and not any(when.start < one.end and one.start < when.end for one in facts if one.entity != "date")
        and _PUT_ASIDE.match(said.after(when.end, 10))
        and (fact := window(said, when, said.after(when.end, 10)))
    ]


_PUT_ASIDE = re.compile(r"\s?(?:은|는|이)?\s?(?:말고|말구|아니고|아니라|대신)")


def _working_week(begins: datetime, ends: datetime, after: str) -> tuple[datetime, datetime]:
    """The days of a week on which somebody can come; its beginning or end where that is said."""
    saturday = begins + timedelta(days=5 - begins.weekday()) if begins.weekday() < 5 else ends
    ends = min(ends, saturday)
    if re.match(r"\s?(?:초|초반)(?![가-힣])", after):
        return begins, min(ends, begins + timedelta(days=3))
    if re.match(r"\s?(?:후반|하반)", after):
        return max(begins, ends - timedelta(days=2)), ends
    return begins, ends


_ANY_TIME = re.compile(
    r"아무\s?때나|언제든(?:지)?|아무\s?날이?나|(?:가장|제일|최대한)\s?(?:빨리|빠른|이른|가까운(?=\s?(?:날|시간|일정|때|날짜|걸로|주)))")


def any_time(said: Said) -> list[Fact]:
    """The next two weeks, for who says that any time will do."""
    match = _ANY_TIME.search(said.text)
    rules = re.search(r"되나|되는지|쓸\s?수|사용|신청|기간|육아|출산|휴직|휴가|변경은", said.text)
    if not match or rules or not (said.is_bare or VISIT.search(said.text)):
        return []
    start = said.now
    end = (start + timedelta(days=14)).replace(hour=18, minute=0, second=0, microsecond=0)
    value = {"start": start.replace(second=0, microsecond=0).isoformat(), "end": end.isoformat(), "grain": "any"}
    return [Fact("visit_window", value, match.start(), match.end(), extra={"any": True})]


_AVOIDED = re.compile(
    r"\s?(?:장사|손님|준비|타임)(?!\s?(?:끝나|마치|지나|이?\s?없))"
    r"|\s?(?:시간|때)?(?:을|은|는|만|엔)?\s?(?:피해|피하|피했)"
)


def _in_parts(said: Said, facts: list[Fact]) -> list[Fact]:
    """The part of the day said after several days is of each of them ("담주 아무때나 오후면 다 좋아요")."""
    kept: list[Fact] = []
    for fact in facts:
        days = kept[-1] if kept else None
        half = _HALVES.get(said.text[fact.start : fact.end].strip())
        week = days and days.entity == "visit_window" and days.value["grain"] == "week" and "part" not in days.value
        if half and days and week:
            kept[-1] = replace(days, value={**days.value, "part": half}, end=fact.end)
        else:
            kept.append(fact)
    return kept


def joined_windows(said: Said, facts: list[Fact]) -> list[Fact]:
    """Of a visit's day and time said apart ("화요일이요, 오후 2시") one window is made."""
    joined: list[Fact] = []
    facts = [fact for fact in facts if fact.entity != "visit_window" or not _AVOIDED.match(said.text[fact.end :])]
    for fact in _in_parts(said, sorted(facts, key=lambda item: item.start)):
        passed = fact.entity == "visit_window" and _PASSED.match(said.text[fact.end :])
        if passed and any(later.entity == "visit_window" and later.start > fact.start for later in facts):
            if fact.extra.get("time_only") or fact.value["start"][11:16] == "00:00":
                continue  # "점심 지나고 두 시쯤", "연말 지나고 1월에": only the second is meant
            fact = _the_day_of(fact)  # "화요일 점심 먹고 2시"
        if fact.entity == "visit_window" and _MOVED.match(said.text[fact.end :]):
            fact = replace(fact, role="negated")  # "금요일 약속을 월요일로": the old day goes
        day = joined[-1] if joined else None
        if (
            day
            and day.entity == fact.entity == "visit_window"
            and fact.extra.get("time_only")
            and day.value["grain"] == "day"
            and not day.extra.get("time_only")
            and fact.start - day.end <= 20
        ):
            base = day.value["start"][:10]
            value = {
                "start": base + fact.value["start"][10:],
                "end": base + fact.value["end"][10:],
                "grain": fact.value["grain"],
            }
            joined[-1] = Fact("visit_window", value, day.start, fact.end)
        elif (
            day
            and day.entity == "visit_window"
            and fact.entity == "date"
            and day.extra.get("time_only")
            and not day.role
            and fact.extra.get("grain") == "day"
            and fact.start - day.end <= _BEFORE_ITS_DAY
        ):
            joined[-1] = replace(_on_the_day_of(replace(fact, value={"start": fact.value}), day), start=day.start,
                                 end=fact.end)  # "두 시쯤이 좋겠어요 26일"
        elif (
            day
            and day.entity == fact.entity == "visit_window"
            and day.extra.get("time_only")
            and not day.role
            and fact.value["grain"] == "day"
            and not fact.extra.get("time_only")
            and fact.start - day.end <= _BEFORE_ITS_DAY
        ):
            joined[-1] = replace(_on_the_day_of(fact, day), start=day.start, end=fact.end)  # "두 시가 좋아요 26일"
        elif (
            day
            and day.entity == fact.entity == "visit_window"
            and fact.extra.get("time_only")
            and not day.extra.get("time_only")
            and re.match(
                r"\s?(?:은|는|에|이|도)?\s?(?:말고|아니라|안\s?되|안\s?돼)", said.text[day.end : day.end + 12]
            )
        ):
            joined.append(_on_the_day_of(day, fact))  # "수요일 2시 말고 4시로요": the day stays
        else:
            joined.append(fact)
    return joined


_PASSED = re.compile(r"\s?(?:시간|장사|때)?(?:은|이|을)?\s?(?:지나고|지나서|먹고|끝나고|끝내고|넘기고|치르고)\s")
_MOVED = re.compile(
    r"\s?(?:에\s?|으?로\s?(?:잡은\s?|잡힌\s?|한\s?|정한\s?|예약한\s?))?(?:오시는\s?|오기로\s?한\s?|잡힌\s?|하기로\s?한\s?)?(?:거|건|것|꺼|약속|예약|방문|상담|일정)(?:을|를|은|인데)?\s[^.?!\n]{1,14}로"
    r"(?:\s?(?:바꿔|바꾸|바꿀|변경|옮|미뤄|미루|미룰|당겨|당길|돌려|돌릴|넘겨|넘길|연기|해\s?주)|요?[\s.!?]*$)"
    r"|(?:[을를]|에서)\s[^.?!\n]{1,10}로\s?(?:바꿔|바꾸|바꿀|변경|옮|미뤄|당겨)"
)


_BEFORE_ITS_DAY = 12  # letters


def _the_day_of(fact: Fact) -> Fact:
    first = datetime.fromisoformat(fact.value["start"]).replace(hour=0, minute=0)
    value = {"start": first.isoformat(), "end": (first + timedelta(days=1)).isoformat(), "grain": "day"}
    return replace(fact, value=value, extra={})


def _on_the_day_of(day: Fact, time: Fact) -> Fact:
    base = day.value["start"][:10]
    value = {**time.value, "start": base + time.value["start"][10:], "end": base + time.value["end"][10:]}
    return Fact("visit_window", value, time.start, time.end)
