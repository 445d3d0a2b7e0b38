"""The dates and times of a message as ``korean_datetime`` reads them, without what only looks like one."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from functools import lru_cache

import holidays
from korean_datetime import AmbiguousHour, Cycle, Grain, Kind, ParseOptions, TemporalExpression, TemporalParser

from bot.nlu.facts.fact import Said

UNTIL = re.compile(r"^\s?(?:쯤|경|초|말|중순)?\s?까지")
FROM = re.compile(
    r"^\s(?:개학|입학|방학|개강|새\s?학기|입학식|개학식|어린이날|삼일절)(?:날|일)?\s?부터|^\s?(?:쯤|경|초|말|중순)?\s?(?:부터|자로|시작|에\s?시작|부로|이후로|에\s?(?:육아|출산|육휴|출휴|휴직"
    r"|단축|들어(?!오)|쉬|쉰|쓰|쓴|간|갈|갑|가요|가는|나가|써|사용|복직|복귀|돌아)|쯤\s?들어|에\s?복|복직|복귀)"
)
_NOT_A_DATE_AFTER = re.compile(
    r"^\s?(?:이상|이내|안에|동안|간(?![가-힣])|넘|전에|전까지|이하|미만|만|치|째|이나|씩|보다|단위|뒤에|차|치의"
    r"|안팎|정도|분|의무|을\s?(?:채|써|쓰)|인가|인데\s?맞|중에|간의|밖에|이면|휴가|짜리|유급|무급|까지(?=\s?(?:쓸"
    r"|돼|되|가능|줘|주|쓰|늘)))"
)
_WORKING_HOURS_AFTER = re.compile(
    r"^\s?(?:에|까지|부터)?\s?(?:출근|퇴근|출퇴근|근무|업무|일하|문\s?(?:열|닫)|영업|마감|오픈|간(?![가-힣])"
    r"|~|-|에서|부터\s?\d+\s?시)"
)


def middle_of(told: str) -> re.Match[str] | None:
    """What stands between the two ends of a range; the hyphens of "2027-01-01" stand in one of them."""
    return re.search(r"부터|에서|~", told) or re.search(r"(?<!\d{4})(?<!\d{4}-\d{2})-", told)


@dataclass(frozen=True)
class When:
    """One reading: the span, the time it means looking ahead (``past``: looking back), naive KST, its grain."""

    start: int
    end: int
    begins: datetime
    ends: datetime
    grain: str
    kind: Kind
    past: datetime | None
    is_range: bool = False


@lru_cache(maxsize=2)
def _parser(cycle: Cycle) -> TemporalParser:
    return TemporalParser(ParseOptions(cycle=cycle, ambiguous_hour=AmbiguousHour.DAYTIME, daytime_start=8))


def whens_of(said: Said) -> list[When]:
    """Every date, time or stretch of time, in order."""
    now = said.now.replace(tzinfo=None)
    text = _readable(said.text).replace("내후년", f"{(now.year + 2) % 100}년")
    past = {item.span: item.start for item in _parser(Cycle.PAST).parse_all(text, now=now)}
    found = [
        When(*item.span, item.start, item.end, item.grain.value, item.kind, past.get(item.span), item.is_range)
        for item in _parser(Cycle.FUTURE).parse_all(text, now=now)
        if _is_date(said, item)
    ]
    found = sorted([*found, *_feasts(said, found)], key=lambda when: when.start)
    found = sorted([*found, *_days_after(said, found)], key=lambda when: when.start)
    return [_in_its_month(said, when, found[at - 1]) if at else when for at, when in enumerate(found)]


_FEAST = re.compile(
    r"(?<![가-힣])(?P<name>설날?|구정|추석|한가위)(?:\s?(?:연휴|명절))?\s?(?:지나(?:고|서|면)|쇠고|쇠면|끝나(?:고|면)|보내고)(?:\s?나서)?"
)


def _feasts(said: Said, found: list[When]) -> list[When]:
    """ "설 지나고", "추석 쇠고": from the day after the feast to come, as near as its month."""
    return [
        When(match.start(), match.end(), day, day + timedelta(days=1), "month", Kind.DATE, None)
        for match in _FEAST.finditer(said.text)
        if not any(match.start() < when.end and when.start < match.end() for when in found)
        and (day := _after_feast("추석" if match["name"] in ("추석", "한가위") else "설날", said.now)) is not None
    ]


_THE_DAY_AFTER = re.compile(r"(?<![가-힣])그?\s?(?:다음|담)\s?날(?!짜)")


def _days_after(said: Said, found: list[When]) -> list[When]:
    """ "26일은 안 되고 그 다음날": the day after the one named before it; alone it names no day."""
    days = []
    for match in _THE_DAY_AFTER.finditer(said.text):
        before = [when for when in found if when.end <= match.start() and when.grain == "day"]
        if before and not any(match.start() < when.end and when.start < match.end() for when in found):
            day = before[-1].begins + timedelta(days=1)
            days.append(When(match.start(), match.end(), day, day + timedelta(days=1), "day", Kind.DATE, None))
    return days


def _after_feast(name: str, now: datetime) -> datetime | None:
    known = holidays.country_holidays("KR", years=(now.year, now.year + 1), language="ko")
    days = [datetime(day.year, day.month, day.day) for day in sorted(known) if known[day] == name]
    return next((day + timedelta(days=1) for day in days if day > now.replace(tzinfo=None)), None)


def _in_its_month(said: Said, when: When, before: When) -> When:
    """A bare day that takes the place of a whole date is of its month ("2월 10일이 아니라 20일")."""
    day = re.fullmatch(r"(\d{1,2})\s?일", said.text[when.start : when.end].strip())
    between = said.text[before.end : when.start]
    whole = re.search(r"월\s?\d{1,2}\s?일\s?$", said.text[before.start : before.end])
    if not (day and whole and re.fullmatch(r"\s?(?:이|은)?\s?(?:말고|아니[고라구])\s?", between)):
        return when
    try:
        begins = before.begins.replace(day=int(day.group(1)))
    except ValueError:
        return when
    return replace(when, begins=begins, ends=begins + timedelta(days=1), past=None)


def days_of(text: str, now: datetime) -> tuple[datetime, datetime] | None:
    """From when to when several days last that ``text`` alone names ("다음 주 "), None for a day or anything else.

    The parser reads "다음 주 오후" as the afternoon of its Monday; who says it means any afternoon of that week.
    """
    found = _parser(Cycle.FUTURE).parse_all(text.strip(), now=now.replace(tzinfo=None))
    if len(found) != 1 or found[0].kind is not Kind.DATE or found[0].end - found[0].start <= timedelta(days=1):
        return None
    return found[0].start, found[0].end


def _readable(text: str) -> str:
    """The same letters where the parser stumbles: "12.1부터" as "12/1부터", of equal length so that spans hold."""
    text = re.sub(
        r"(?<![\d.])(1[0-2]|0?[1-9])\.(\s?)(3[01]|[12]\d|0?[1-9])(?=\.?\s?(?:\("
        r"|부터|에|까지|자로|예정|일|$|\s))(?!\s?(?:일\s?제|일제|시간|%|배|명))",
        lambda match: f"{match.group(1)}/{match.group(3)}" + " " * len(match.group(2)),
        text,
    )
    text = re.sub(
        r"(?<![\d.])(1[0-2]|0?[1-9])\.(3[01]|[12]\d|0?[1-9])일(?=부터|까지|에|자|\s|$)",
        lambda match: f"{match.group(1)}/{match.group(2)} ",
        text,
    )
    # The particle before what takes a date back hides it ("12월이 아니고").
    text = re.sub(
        r"(?<=[월일시분욜년달주])(이?\s?)아니([고라구])", lambda match: " " * len(match.group(1)) + "빼고 ", text
    )
    text = re.sub(r"(?<=[일월제늘])부로", "부터", text)
    # "이번 주 말고" is no weekend, and "그 다음 주" is the next one.
    text = re.sub(r"(?<=주)(\s?)말(?=[고구곤])", r"\1빼", text)
    text = re.sub(r"(?<![가-힣])그(\s?)(?=(?:다음|담)\s?주)", r" \1", text)
    # "25일 이후" is a day of the month, not 25 days later; the word that replaces it is as long.
    text = re.sub(r"(?<![\d.])(\d{1,2}일\s?)이후", r"\1부터", text)
    return text


def _is_date(said: Said, item: TemporalExpression) -> bool:
    start, end = item.span
    after, before = said.after(end, 12), said.before(start, 6)
    text = said.text[start:end]
    if re.match(r"\s?(?:기준|현재|자\s?기준)", after) or re.search(
        r"(?:기한|마감|(?<!휴직)(?<!휴가)(?<!단축)(?<!휴직\s)(?<!휴가\s)(?<!육휴)기간|공휴일|법정)(?:은|이|일은"
        r"|일이)?\s?$",
        said.before(start, 8),
    ):
        return False
    if re.match(r"\s?정산", after) and text.endswith("연말"):
        return False
    if re.fullmatch(r"지금|방금|곧|현재|바로|당장|요즘|최근|이제|오늘날", text.strip()):
        return False
    if re.fullmatch(r"\d+\s?(?:일|주|개월|달|년|시간)\s?이후", text):
        return False
    if re.fullmatch(r"\d+\s?(?:일|주|개월|달|년|시간)\s?(?:전|후|뒤)", text) and re.match(
        r"\s?(?:에|까지|이내|에는|부터)?\s?(?:신청|통보|말|알|서면|이?면|이어야|까지)", after
    ):
        return False
    if re.fullmatch(r"\d+\s?일", text) and (
        _NOT_A_DATE_AFTER.match(after) or re.search(r"(?:주|총|최대|연|약|유급|\d)\s?$", before)
    ):
        return False
    if re.fullmatch(r"\d{1,2}\s?일", text) and not re.match(
        r"\s?(?:(?:은|도|만|이|엔|에는)\s(?:안|돼|되|괜찮|가능|좋|어려|힘들|못|나|낫|편|빼)|로\s?(?:해|할|바꿔|바꿀|부탁|하|옮|변경|[.!]*$)|부터|이후|에(?!\s?해당)|날|까지|쯤|경|이요|요(?![가-힣])|이에요|자로|\(|$|오전|오후|\d+\s?시"
        r"|[월화수목금토일]요일|방문|상담|[.,])",
        after,
    ):
        return False
    of_a_leave = re.search(r"(?:휴가|휴직|출휴|육휴|단축)\s?$", before)
    if re.fullmatch(r"\d{1,2}\s?일", text) and of_a_leave and not re.match(
        r"\s?(?:부터|에|날|자로)", after
    ):
        return False  # "배우자 출산휴가 20일이요": how long
    if re.fullmatch(r"(?:이틀|사흘|나흘|열흘|하루)", text):
        return False
    if item.kind is Kind.TIME and (
        _WORKING_HOURS_AFTER.match(after)
        or re.search(r"(?:출근|퇴근|근무|영업|업무)\s?(?:시간)?(?:이|은|을|는)?\s?$", said.before(start, 10))
    ):
        return False
    if re.fullmatch(r"\d{1,2}[/.]\d{1,2}", text) and re.search(r"[\d.]$", before):
        return False
    if re.fullmatch(r"20\d\d\s?년?", text.strip()) and re.match(r"\s?(?:기준|개정|도|에는|은|는|법)", after):
        return False
    if item.grain is Grain.YEAR and not re.match(r"\s?(?:초|말|부터|에|생|중)", after):
        return False
    return not re.search(r"(?:작년|올해|내년)$", text.strip()) or bool(re.match(r"\s?(?:초|말|부터|에)", after))
