"""When: an event's start and length, a birth or due date, a cover's start, and the window asked for a visit.

``korean_datetime`` reads the expressions; which of them means what is told by the words around it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import lru_cache
from typing import Any

from korean_datetime import AmbiguousHour, Cycle, Grain, Kind, ParseOptions, TemporalExpression, TemporalParser

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule

_BIRTH_BEFORE = re.compile(
    r"(?:예정일|출산일|출산\s?예정|생년월일|생일|태어난\s?(?:날|건|게|때)|출생일?|낳은\s?(?:날|건|게|때)|출산은"
    r"|출산이|애\s?낳는\s?(?:날|건)|아이는|아기는|애는|아이가|애가|아기가|첫째|둘째|셋째)\s?(?:는|은|이|가|을"
    r"|:|도)?\s?(?:대략|아마|한|새해|내년|올해|다음\s?해)?\s?$"
)
_BIRTH_AFTER = re.compile(
    r"^\s?(?:쯤|경|즈음|초|말|중순|달)?\s?(?:에|에는|쯤에|경에|이|가|날)?\s?(?:(?:애|아이|아기|애기|첫째|둘째|셋째|쌍둥이|아들|딸)(?:를|을|가|이)?\s?)?"
    r"(?P<what>낳았|낳으셨|낳으신|낳으|낳은|낳아|낳을|낳는|태어났|태어난|태어나|태어날|출산했|출산한|출산하|출산해|출산합"
    r"|출산할|출산\s?예정|출산이|출산입|출산이에|출산요|출산(?=[.\s]*$)|출생|생(?=이|인|입|임|요|\s|$|[.,])"
    r"|예정일|나왔|해산)"
)
_PAST_BIRTH = re.compile(r"낳았|낳으셨|낳으신|낳은|태어났|태어난|출산했|출산한(?!대|다)|출생|^생|나왔|낳아서")
_FROM = re.compile(
    r"^\s?(?:쯤|경|초|말|중순)?\s?(?:부터|자로|시작|에\s?시작|부로|이후로|에\s?(?:육아|출산|육휴|출휴|휴직"
    r"|단축|들어|쉬|쉰|쓰|쓴|간|갈|갑|가요|가는|나가|써|사용|복직|복귀|돌아)|쯤\s?들어|에\s?복|복직|복귀)"
)
_UNTIL = re.compile(r"^\s?(?:쯤|경|초|말|중순)?\s?까지")
_SINCE = re.compile(
    r"^\s?(?:에|부터)?\s?(?:입사|들어온|들어왔|개업|창업|오픈|설립|시작한\s?회사|차렸|다닌|다녔|일했|일하기\s?시작|근무\s?시작)"
)
_COVER_NEAR = re.compile(
    r"^\s?(?:쯤|경|초|말)?\s?(?:부터|에|에는)?\s?(?:(?:대체\s?인력|대체자|새\s?(?:사람|직원)|사람"
    r"|직원|후임|신입|알바|계약직|파견|인수인계)[가-힣]{0,3}\s?)[^.,\n]{0,10}?(?:뽑|채용|구하|구했|출근"
    r"|나오|쓰|쓸|일하|오기로|와요|시작|받|인수)|^\s?(?:쯤|경|초|말)?\s?(?:부터|에)?\s?(?:뽑|채용|출근하기로"
    r"|인수인계)"
)
_COVER_BEFORE = re.compile(
    r"(?:대체\s?인력|대체자|대신할\s?사람|새\s?(?:사람|직원)|후임|신입|파견)(?:은|는|이|가|을|를|직원은?)?\s?(?:[가-힣]{0,4}\s?)?$"
)
# A date put right without a word of what it is: starts are what people put right.
_CORRECTS = re.compile(r"\d\s?[월일](?:이|은)?\s?(?:아니라|아니고|아니구|말고|아니에요)\s?(?:[가-힣]{1,4}\s)?$")
_ALREADY = re.compile(
    r"들어갔|시작했|갔어|갔는|갔습|썼|쓰는\s?중|쓰고\s?있|쉬고\s?있|쉬는\s?중|휴직\s?중(?:이|인|입)|휴가\s?중(?:이"
    r"|인|입)|뽑았|채용했|들어왔|하고\s?있|구했|중이에요|중입니다|중인데"
)
_VISIT = re.compile(
    r"방문|상담|예약|찾아\s?(?:와|오|뵐|뵙|갈)|뵐|뵙|만나|미팅|와\s?(?:주|줄)|오세요|오시|오실|올\s?수\s?있"
    r"|플래너|시간(?:이|은|을)?\s?(?:돼|되|괜찮|가능|비|나)|비어|빈\s?시간|때나|언제든|잡아|잡을|전화\s?(?:주"
    r"|줘|해)|연락|통화|콜백|약속|일정"
)
# Said of a time alone, these suffice; beside other matter they say too little.
_SUITS = re.compile(
    r"괜찮|가능|좋|편해|편합|돼요|됩니다|되나|될까|되겠|어때|어떠|어떨|으로\s?(?:해|할|하|부탁|잡)|로\s?(?:해"
    r"|할|하|부탁|잡|바꿔|옮|변경)|갈게|갈께|가능|희망|원해|원합|부탁|비었|비어|안\s?(?:돼|되|됩)|안돼|어려|힘들"
    r"|빼고|말고|제외|이후|이전|사이|쯤"
)
_NOT_A_VISIT = re.compile(
    r"출근|퇴근|근무|단축|시차|재택|되세요|봐요|봬요|뵈요|그만|할게요|마감|영업|문\s?(?:닫|연다)|계약|돌아와|쉬는\s?날"
    r"|휴무|회식|점심시간|수당|지급|월급"
)
_DAYPARTS = {"오전": (9, 12), "아침": (9, 11), "점심": (12, 14), "오후": (13, 18), "저녁": (17, 19)}
_NOT_A_DATE_AFTER = re.compile(
    r"^\s?(?:이상|이내|안에|동안|간(?![가-힣])|넘|전에|전까지|이하|미만|만|치|째|이나|씩|보다|단위|뒤에|차|치의"
    r"|안팎|정도|분|의무|을\s?(?:채|써|쓰)|인가|인데\s?맞|중에|간의|밖에|이면|휴가|짜리|유급|무급|까지(?=\s?(?:쓸"
    r"|돼|되|가능|줘|주|쓰|늘)))"
)
_WORKING_HOURS_AFTER = re.compile(
    r"^\s?(?:에|까지|부터)?\s?(?:출근|퇴근|출퇴근|근무|업무|일하|문\s?(?:열|닫)|영업|마감|오픈|간(?![가-힣])"
    r"|~|-|에서|부터\s?\d+\s?시)"
)
_LENGTH = re.compile(
    r"(?<![\d.])(?:(?P<n>\d+(?:\.\d+)?|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|열두|일|이"
    r"|삼|사|오|육|십이|반)\s?(?P<u>개월|달|년|주(?:일)?)(?P<h>\s?(?:반(?![가-힣])|(?:\s?(?P<m>\d+"
    r"|한|두|세|석|네|여섯|육|삼)\s?(?:개월|달))))?|(?P<days>90|구십|30|60|120|180)\s?일(?=\s?(?:쓰"
    r"|쓴|쉬|쉰|동안|가|들어|간|썼|다))|(?P<half>반년)|(?P<y>일\s?년)|(?P<full>풀로|꽉\s?채워))"
)
_COUNT = {
    "한": 1,
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "넉": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "열두": 12,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "십이": 12,
    "반": 0.5,
}
_LENGTH_BAD_AFTER = re.compile(
    r"^\s?(?:전|뒤|후|째|차|이상|이하|미만|이내|넘|지나|지났|된|됐|되었|안\s?(?:된|됐|돼|되)|만에|마다|에\s?한"
    r"|당|치|근속|다녔|다닌|일했|일한|근무|째|생|짜리\s?(?:애|아)|아기|애기|아이|아들|딸|까지(?!\s?쓰고)|단위"
    r"|씩|정도\s?(?:됐|된|다)|계약|마다|이나|보다|뒤|이면|일\s?경우|이라도|부터|에\s?\d|된지|이\s?(?:안"
    r"|지|넘)|이란|도\s?(?:되|가능)|쯤\s?(?:됐|된|다)|을?\s?(?:다녔|근무|일했))"
)
_LENGTH_MORE = re.compile(r"육아\s?휴직|육휴|출산\s?휴가|출휴|휴직|단축|로\s?(?:줄|바꿨|늘|변경)|말고|아니")
_LENGTH_BAD_BEFORE = re.compile(
    r"(?:임신|최대|최소|만|생후|입사(?:한\s?지)?|근속|다닌\s?지|일한\s?지|경력|근무|지난|최근|설립|개업|낳은\s?지"
    r"|태어난\s?지|몇|앞으로|매|돌\s?지난\s?지|아기는?|아이는?|애는?|애가|아이가|\d+\s?년|\d+\s?월|온\s?지"
    r"|된\s?지|들어온\s?지|처음|첫|이후|유급|특례)\s?$"
)
_LENGTH_GOOD = re.compile(r"육아|육휴|휴직|휴가|출휴|쉬|쉰|단축|부터|쓴대|쓰겠|쓸|쓰고|간대|동안|들어|시차|재택|유연")


@dataclass(frozen=True)
class _When:
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


def find(said: Said) -> list[Fact]:
    """Dates and lengths: "event_start", "event_months", "child_birth", "cover_start", "visit_window", "date"."""
    whens = _whens(said)
    facts: list[Fact] = []
    for when in whens:
        fact = _meaning(said, when, whens, facts)
        if fact:
            facts.append(fact)
    facts = _one_start(facts)
    span = _from_until(said, whens, facts)
    facts.extend([span] if span else _lengths(said, facts))
    if not any(fact.entity == "visit_window" for fact in facts):
        facts.extend(_any_time(said))
    return facts


def _whens(said: Said) -> list[_When]:
    now = said.now.replace(tzinfo=None)
    text = _readable(said.text)
    past = {item.span: item.start for item in _parser(Cycle.PAST).parse_all(text, now=now)}
    found = [
        _When(*item.span, item.start, item.end, item.grain.value, item.kind, past.get(item.span), item.is_range)
        for item in _parser(Cycle.FUTURE).parse_all(text, now=now)
        if _is_date(said, item)
    ]
    return found


def _readable(text: str) -> str:
    """The same letters where the parser stumbles: "12.1부터" as "12/1부터", of equal length so that spans hold."""
    text = re.sub(
        r"(?<![\d.])(1[0-2]|0?[1-9])\.(\s?)(3[01]|[12]\d|0?[1-9])(?=\.?\s?(?:\("
        r"|부터|에|까지|자로|예정|일|$|\s))(?!\s?(?:일\s?제|일제|시간|%|배|명))",
        lambda match: f"{match.group(1)}/{match.group(3)}" + " " * len(match.group(2)),
        text,
    )
    text = re.sub(r"(?<=[다담])음\s?달", lambda match: match.group(), text)
    return text


def _is_date(said: Said, item: TemporalExpression) -> bool:
    start, end = item.span
    after, before = said.after(end, 12), said.before(start, 6)
    text = said.text[start:end]
    if re.match(r"\s?(?:기준|현재|자\s?기준)", after) or re.search(
        r"(?:기한|마감|기간|공휴일|법정)(?:은|이|일은|일이)?\s?$", said.before(start, 8)
    ):
        return False
    if re.fullmatch(r"지금|방금|곧|현재|바로|당장|요즘|최근|이제|오늘날", text.strip()):
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
        r"\s?(?:부터|에(?!\s?해당)|날|까지|쯤|경|이요|요(?![가-힣])|이에요|자로|\(|$|오전|오후|\d+\s?시"
        r"|[월화수목금토일]요일|방문|상담|[.,])",
        after,
    ):
        return False
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


def _meaning(said: Said, when: _When, whens: list[_When], done: list[Fact]) -> Fact | None:
    before, after = said.before(when.start, 20), said.after(when.end, 24)
    if _UNTIL.match(after) or _SINCE.match(after):
        return None
    born = _BIRTH_AFTER.match(after)
    if (_BIRTH_BEFORE.search(before) or born) and when.kind is not Kind.TIME:
        return _birth(said, when, born)
    if when.kind is Kind.DATE and when.grain in ("day", "month", "year", "week"):
        if _COVER_NEAR.match(after) or (_COVER_BEFORE.search(before) and _FROM.match(after)):
            return _day_fact(said, when, "cover_start")
        if _starts_event(said, when, after):
            return _day_fact(said, when, "event_start")
    if re.match(r"\s?(?:부터|기준|자로)", after) and when.kind is Kind.TIME:
        return _window(said, when, after) if _VISIT.search(said.text) else None
    return _other_date(said, when, after, done)


def _starts_event(said: Said, when: _When, after: str) -> bool:
    told = said.text[when.start : when.end].strip()
    if re.search(r"전$|이맘때|작년|재작년|지난", told) and not re.match(r"\s?부터", after):
        return False
    if re.fullmatch(r"[월화수목금토일](?:요일|욜)|주말|오늘|어제|내일", told) and not re.match(r"\s?부터", after):
        return False
    if re.match(r"\s?(?:이?면|까지면)", after):
        return False
    if _FROM.match(after):
        return not (
            re.match(r"\s?부터\s?(?:시행|적용|바뀌|개정|시작되|달라)", after)
            or (asks_a_rule(said, when.start, when.end) and re.search(r"시행|적용|바뀌|개정|달라", said.text))
        )
    event = re.search(
        r"육아\s?휴직|육휴|출산\s?휴가|출휴|휴직|단축|쉬|쉰|들어가|간대|쓴대|복직|복귀|재택|유연|시차|10시\s?출근|휴가",
        said.text,
    )
    if not event or (_VISIT.search(said.text[when.end :]) and not re.match(r"\s?에", after)) or when.grain == "week":
        return False
    near = re.search(
        r"육아|육휴|출산|출휴|휴직|단축|쉬|쉰|들어|간대|쓴대|복직|복귀|시작|휴가",
        said.text[max(0, when.start - 14) : when.end + 22],
    )
    return bool(near) and not re.search(
        r"(?:법|시행|개정|기준|기한|마감)", said.text[max(0, when.start - 10) : when.end + 10]
    )


def _birth(said: Said, when: _When, born: re.Match[str] | None) -> Fact | None:
    what = born.group("what") if born else ""
    tail = said.text[when.end :]
    past = bool(_PAST_BIRTH.search(what)) or bool(
        not what and re.search(r"낳았|태어났|생이|생인|생입|나왔|에\s?했|에\s?하셨|였어|이었", tail[:14])
    )
    if not past and re.search(r"태어난|낳은|생년|생일|출생", said.before(when.start, 20)):
        past = True
    moment = when.past if past and when.past is not None else when.begins
    grain = when.grain
    if when.grain == "week" or (when.grain == "day" and (when.ends - when.begins).days > 1):
        grain = "day" if (when.ends - when.begins).days <= 7 else "month"
    if grain == "year":
        return _born_in_year(said, when, moment.year)
    day = moment.replace(day=1) if grain != "day" else moment
    return Fact(
        "child_birth",
        day.date().isoformat(),
        when.start,
        when.end,
        extra={"grain": grain if grain in ("day", "month") else "month"},
    )


def _born_in_year(said: Said, when: _When, year: int) -> Fact:
    months = (said.now.year - year) * 12 + said.now.month
    return Fact("child_age_months", {"min": max(0, months - 12), "max": max(0, months - 1)}, when.start, when.end)


def _day_fact(said: Said, when: _When, entity: str) -> Fact:
    after = said.after(when.end, 6)
    begins, grain = when.begins, when.grain
    if when.past and when.past < begins and _ALREADY.search(said.after(when.end, 30)):
        begins = when.past
    if grain == "year":
        begins, grain = datetime(when.begins.year, 12 if re.match(r"\s?말", after) else 1, 1), "month"
    if grain == "day" and (when.ends - when.begins).days > 1 and not when.is_range:
        grain = "day" if (when.ends - when.begins).days <= 7 else "month"
    middle = re.search(r"부터|~|-(?!\d\d-)", said.text[when.start : when.end]) if when.is_range else None
    return Fact(
        entity,
        begins.date().isoformat(),
        when.start,
        when.start + middle.start() if middle else when.end,
        extra={"grain": "month" if grain == "month" else "day"},
    )


def _other_date(said: Said, when: _When, after: str, done: list[Fact]) -> Fact | None:
    if not (said.is_bare or _VISIT.search(said.text)) and re.search(r"육아|육휴|출산|휴직|임신|단축|휴가", said.text):
        return None
    if re.fullmatch(r"이따가?|잠깐|잠시|방금|아까|이제|금방", said.text[when.start : when.end].strip()) or re.search(
        r"요즘|오늘은\s?그만", said.text
    ):
        return None
    weekly = (
        when.kind is not Kind.DATE
        or when.grain == "week"
        or bool(
            re.search(
                r"요일|[월화수목금토일]욜|주말|내일|모레|글피|오늘|낼|담주|다음\s?주|이번\s?주|차주",
                said.text[when.start : when.end],
            )
        )
    )
    if weekly or _VISIT.search(said.text):
        return _window(said, when, after) if _arranges(said, when) else None
    if re.search(r"낳았|태어났|출산했|낳은", said.text) and when.past and when.grain in ("day", "month"):
        return Fact("child_birth", when.past.date().isoformat(), when.start, when.end, extra={"grain": when.grain})
    if re.match(r"\s?(?:이?면|까지|에\s?[가-힣])", after) or re.search(
        r"전$|이맘때", said.text[when.start : when.end]
    ):
        return None
    if _CORRECTS.search(said.before(when.start, 14)) and when.grain in ("day", "month"):
        return _day_fact(said, when, "event_start")
    if said.is_bare and when.grain in ("day", "month"):
        extra: dict[str, Any] = {"grain": when.grain}
        if when.past and when.past != when.begins:
            extra["past"] = when.past.date().isoformat()
        return Fact("date", when.begins.date().isoformat(), when.start, when.end, extra=extra)
    return None


def _arranges(said: Said, when: _When) -> bool:
    """Whether a time is offered for a visit or call, not told of work, a law or a greeting."""
    if _VISIT.search(said.text):
        return not re.search(r"마감|기한|출근|퇴근", said.text[max(0, when.start - 8) : when.end + 10])
    if _NOT_A_VISIT.search(said.text):
        return False
    rest = re.sub(r"[\s.,!?~]|" + re.escape(said.text[when.start : when.end]), "", said.text)
    return len(rest) <= 7 or (
        len(said.text) <= 40
        and bool(_SUITS.search(said.text))
        and not re.search(r"직원|휴직|휴가|육아|지원금", said.text)
    )


def _window(said: Said, when: _When, after: str) -> Fact | None:
    """The stretch of time that suits for a visit; a time of day without a date has ``time_only``."""
    if (
        when.begins.replace(tzinfo=said.now.tzinfo) < said.now
        and when.kind is Kind.DATE
        and when.ends.replace(tzinfo=said.now.tzinfo) < said.now
    ):
        return None
    begins, ends, grain = when.begins, when.ends, when.grain
    extra: dict[str, Any] = {}
    text = said.text[when.start : when.end]
    part = next((hours for word, hours in _DAYPARTS.items() if text.strip().endswith(word)), None)
    if part and ends - begins > timedelta(hours=1):
        begins, ends, grain = begins.replace(hour=part[0], minute=0), begins.replace(hour=part[1], minute=0), "part"
    if re.match(r"\s?(?:이후|부터|넘어서|지나서|이후로)", after) and grain in ("hour", "minute"):
        ends = begins.replace(hour=18, minute=0) if begins.hour < 18 else ends
        grain = "part"
    if re.match(r"\s?(?:이전|전에|전까지|까지)", after) and grain in ("hour", "minute"):
        begins, ends, grain = begins.replace(hour=9, minute=0), begins, "part"
    if begins.hour in range(5, 9) and grain in ("hour", "part") and ends - begins > timedelta(hours=1):
        begins, ends, grain = begins.replace(hour=9), begins.replace(hour=11), "part"  # nobody visits at six
    if when.kind is Kind.TIME:
        extra["time_only"] = True
    zone = said.now.tzinfo
    value = {
        "start": begins.replace(tzinfo=zone).isoformat(),
        "end": ends.replace(tzinfo=zone).isoformat(),
        "grain": grain,
    }
    return Fact("visit_window", value, when.start, when.end, extra=extra)


_ANY_TIME = re.compile(
    r"아무\s?때나|언제든(?:지)?|언제나|시간\s?(?:다\s?)?(?:많|괜찮|돼|됩)|상관\s?없|빠를수록|빨리|최대한\s?빨리"
    r"|가장\s?빠른|제일\s?빠른|아무\s?날이?나|다\s?(?:괜찮|좋)"
)
_PART_ONLY = re.compile(r"^(?:저는\s?)?(오전|오후|아침|점심|저녁)(?:이|에|엔|때|이요|이\s?좋|에요|이에요|으로|시간)?")


def _any_time(said: Said) -> list[Fact]:
    match = re.search(r"아무\s?때나|언제든(?:지)?|아무\s?날이?나|(?:가장|제일|최대한)\s?(?:빨리|빠른)", said.text)
    if not match or not (said.is_bare or _VISIT.search(said.text)):
        return []
    start = said.now
    end = (start + timedelta(days=14)).replace(hour=18, minute=0, second=0, microsecond=0)
    value = {"start": start.replace(second=0, microsecond=0).isoformat(), "end": end.isoformat(), "grain": "any"}
    return [Fact("visit_window", value, match.start(), match.end(), extra={"any": True})]


def _one_start(facts: list[Fact]) -> list[Fact]:
    """Of a visit's day and time said apart ("화요일이요, 오후 2시") one window is made."""
    joined: list[Fact] = []
    for fact in sorted(facts, key=lambda item: item.start):
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
        else:
            joined.append(fact)
    return joined


def _lengths(said: Said, facts: list[Fact]) -> list[Fact]:
    """How many months an event lasts, where a length is said of it; with one taken back, also the next."""
    found: list[Fact] = []
    for match in _LENGTH.finditer(said.text):
        after, before = said.after(match.end(), 12), said.before(match.start(), 12)
        if _LENGTH_BAD_AFTER.match(after) or _LENGTH_BAD_BEFORE.search(before):
            continue
        if (match.group("u") == "년" and re.match(r"\d{2,4}$", match.group("n") or "")) or any(
            fact.start <= match.start() < fact.end for fact in facts
        ):
            continue
        months = _months(match)
        if months is None or not 0 < months <= 60 or not _stands_alone(said, match):
            continue
        near = said.text[max(0, match.start() - 25) : match.end() + 20]
        if not (said.is_bare or _LENGTH_GOOD.search(near)):
            continue
        if asks_a_rule(said, match.start(), match.end()) and not facts:
            continue
        found.append(Fact("event_months", months, match.start(), match.end()))
        if not re.match(r"\s?(?:이|은)?\s?(?:말고|아니)", after):
            more = _LENGTH_MORE.search(said.text, match.end())
            if not more:
                break
    return found


def _stands_alone(said: Said, match: re.Match[str]) -> bool:
    first = match.group()[0]
    return (
        first.isdigit()
        or match.start() == 0
        or not said.text[match.start() - 1].isalnum()
        or match.start() in said.starts
    )


def _months(match: re.Match[str]) -> float | int | None:
    if match.group("half"):
        return 6
    if match.group("days"):
        return {"90": 3, "구십": 3, "30": 1, "60": 2, "120": 4, "180": 6}[match.group("days")]
    if match.group("y"):
        return 12
    if match.group("full"):
        return None
    said, unit = match.group("n"), match.group("u")
    count = _COUNT.get(said) if not said[0].isdigit() else float(said)
    if count is None:
        return None
    scale = {"년": 12, "개월": 1, "달": 1}.get(unit, 7 / 30.4)
    months = count * scale
    extra = match.group("h") or ""
    if match.group("m"):
        more = match.group("m")
        months += int(more) if more.isdigit() else _COUNT[more]
    elif "반" in extra:
        months += scale / 2
    return int(months) if abs(months - round(months)) < 1e-6 else round(months, 1)


def _from_until(said: Said, whens: list[_When], facts: list[Fact]) -> Fact | None:
    """ "12월 1일부터 내년 11월 30일까지": the months between."""
    start = next((fact for fact in facts if fact.entity == "event_start"), None)
    whole = next((when for when in whens if when.is_range and start and when.start == start.start), None)
    if start and whole:
        months = _between(date.fromisoformat(start.value), (whole.ends - timedelta(days=1)).date())
        middle = re.search(r"부터|~|-|에서", said.text[whole.start : whole.end])
        second = whole.start + (middle.end() if middle else 0)
        return Fact("event_months", months, second, whole.end) if 0 < months <= 60 else None
    until = next((when for when in whens if _UNTIL.match(said.after(when.end, 8)) and when.kind is Kind.DATE), None)
    if not start or not until or until.start < start.end:
        return None
    begin = date.fromisoformat(start.value)
    end = (until.ends - timedelta(days=1)).date()
    months = _between(begin, end)
    return Fact("event_months", months, until.start, until.end) if 0 < months <= 60 else None


def _between(begin: date, end: date) -> int:
    """Months from ``begin`` to ``end``, both included, rounded: 12-01 to 11-30 are twelve."""
    return round(((end - begin).days + 1) / 30.44)
