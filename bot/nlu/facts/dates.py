"""What a date means: an event's start, a birth or due date, a cover's start, a visit's window.

``whens`` reads the expressions; which of them means what is told by the words around it. How long an event lasts is
in ``lengths``, when a visit suits in ``windows``.
"""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from korean_datetime import Kind

from bot.nlu.facts.cover_starts import starts_cover
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.lengths import from_until, lengths
from bot.nlu.facts.other_days import of_something_else
from bot.nlu.facts.questions import asks_a_rule
from bot.nlu.facts.shifts import exchanged, shifted, without_shifts
from bot.nlu.facts.whens import FROM, UNTIL, When, middle_of, whens_of
from bot.nlu.facts.windows import SUITS_OR_NOT, VISIT, any_time, arranges, joined_windows, put_aside, window

_BIRTH_BEFORE = re.compile(
    r"(?:예정일|출산일|출산\s?예정|생년월일|생일|제왕절개|유도\s?분만|분만|수술\s?날짜|태어난\s?(?:날|건|게|때)|출생일?|낳은\s?(?:날|건|게|때)|출산은"
    r"|출산이|산달|애\s?낳는\s?(?:날|건)|아이는|아기는|애는|아이가|애가|아기가|첫째|둘째|셋째)\s?(?:는|은|이|가|을"
    r"|:|도)?\s?(?:대략|아마|한|새해|내년|올해|다음\s?해)?\s?$"
)
_BIRTH_AFTER = re.compile(
    r"^\s?(?:초순|하순|상순|중순|초|말|달)?\s?(?:쯤|경|께|즈음)?\s?(?:에|에는|쯤에|경에|이|가|날)?\s?(?:(?:애|아이|아기|애기|첫째|둘째|셋째"
    r"|쌍둥이|아들|딸)(?:를|을|가|이)?\s?)?"
    r"(?:(?:아내|와이프|집사람|배우자|애\s?엄마|며느리|그\s?(?:분|친구|직원)|여?직원|경리|선생님|간호사)(?:가|이|께서)\s(?:애를?\s|아이를?\s)?)?"
    r"(?P<what>낳았|낳으셨|낳으신|낳으|낳은|낳아|낳을|낳는|태어났|태어난|태어나|태어날|출산했|출산한|출산하|출산해"
    r"|출산합"
    r"|출산할|출산\s?예정|출산이|출산입|출산이에|출산인|출산요|출산(?=[.\s]*$)|출생|생(?=이|인|입|임|요|\s|$|[.,])"
    r"|예정일|출산(?=\s?(?:후|하고|이후))|나왔|해산|산달|(?<=[애기이둥]가\s)나온|(?<=[애기이둥]\s)나온|(?<=애\s)나오|(?<=애\s)나와|(?<=이\s)나와|(?<=기\s)나와|(?<=가\s)나와|(?<=이가\s)나오)"
)
# "아내가 12월 20일 예정이에요", "둘째 4월 예정"; "예정일이 3월이었는데 2월로 당겨질 거래요".
_DUE_AFTER = re.compile(
    r"^\s?(?:초|말|중순|초순|하순|쯤|경)?\s?(?:이?\s)?예정(?:이에요|이예요|입니다|이래|이라|인데|이고|이요|이야|임|[\s.,]*$)"
    r"|^\s?(?:초|말|중순)?\s?(?:으?로)\s?(?:당겨|앞당|미뤄|늦춰|바뀌|바뀔|바꼈|변경|밀[려렸리])"
)
_WHO_BEARS = re.compile(
    r"(?:아내|와이프|배우자|집사람|산모|임산부|첫째|둘째|셋째|첫애|쌍둥이|아기|애기|출산|예정일[이은]?\s\S{1,8}(?:였|이었)(?:는데|다가))(?:가|는|은|이|도)?\s?(?:내년\s|내후년\s)?$"
)
# "쌍둥이를 낳았어요. 9월 3일이요"; "예정일 한 달 전부터 쉰대요"
_JUST_BORN = re.compile(r"(?:낳았|낳으셨|태어났|출산했|출산하셨)(?:어요|습니다|대요|답니다|지요|다네요)[.,]?\s$")
_BEFORE_THE_BIRTH = re.compile(r"(?:예정일|출산일|출산\s?예정일?)(?:보다|에서)?\s?(?:한\s)?$")
_GONE_BEFORE = re.compile(
    r"(?:들어갔|시작했|쉬기\s?시작했|갔|쉬고\s?있|휴직했)(?:어요|습니다|는데|대요|답니다|지요|고요|음)[.,]?\s$"
)
_PAST_BIRTH = re.compile(r"낳았|낳으셨|낳으신|낳은|태어났|태어난|출산했|출산한(?!대|다)|출생|^생|나왔|낳아서")
_SINCE = re.compile(
    r"^\s?(?:초|말|중순|쯤|경)?(?:에|부터)?\s?(?:(?:새로\s)?(?:온|일한|다닌|근무한)\s?(?:직원|사람|친구|분|여직원"
    r"|남직원)|입사|들어온|들어왔|있던\s|계시던\s|계신\s|있었|개업|창업|오픈"
    r"|설립|시작한\s?회사|차렸|출근한\s|출근하던|다닌|다녔|일했|일하기\s?시작|근무\s?시작)"
)
# "3월에 들어가서 내년 2월에 와요": the second is the end, where nobody speaks of a return as such.
_COMES_BACK = re.compile(r"^\s?(?:쯤|경|초|말)?\s?에?\s?(?:와요|옵니다|온대|온다|오기로|돌아와|돌아온|나와요|나온대)")
_RULES_CHANGE = re.compile(
    r"오른|오르|올랐|올라|상여|보너스|선물|떡값|인상|늘어[나난]|바뀌|바뀐|달라[지진]|시행|확대|개정|폐지"
    r"|없어[지진]|신설|생긴|생기|적용"
)
_SOMEBODY_GOES = re.compile(r"직원|간대|간다|쓴대|쓴다|쉰대|쉰다|들어가|들어갑|쓰겠|가겠|쉬겠|저희|우리")
# The day that puts an earlier one right, named a few words before: "예정일이 바뀌었대요 3월 5일이요".
_BIRTH_PUT_RIGHT = re.compile(
    r"(?:제왕\s?절개|유도\s?분만|분만|수술)\s?(?:날짜|날|일)?(?:를|을|은|이)?\s?[^.\d\n]{0,12}$|(?:출산\s?)?예정일[^.\n]{0,3}\s?(?:바뀌|바뀐|잘못|틀리|틀렸|정정"
    r"|수정)[^.\d\n]{0,12}$")
_START_PUT_RIGHT = re.compile(
    r"(?:시작일|시작\s?날짜|휴직일|시작)[^.\n]{0,3}\s?(?:바뀌|바뀐|잘못|틀리|틀렸|정정|당겨|앞당|당긴|미뤄|미룬|늦춰|늦어|밀렸|옮[겼겨]|변경|연기"
    r"|수정)[^.\d\n]{0,12}$")
_OTHER_DUE_DAY = re.compile(
    r"(?:(?:복직|복귀|휴직|휴가|단축|시작|육휴)\s?예정일?|시작(?:하는)?\s?(?:일|날|건|때)|시작(?=[은이:])|(?:휴직"
    r"|휴가|육휴|단축|복직|복귀|개시)일|개시)(?:은|는|이|가|:)?\s?$"
)
_SINCE_BEFORE = re.compile(r"(?:입사일?|설립일?|개업일?|창업일?|오픈)(?:은|는|이|가|:)?\s?$")
_LEAVES = re.compile(
    r"육아|육휴|출산|출휴|휴직|휴가|단축|쉬|쉰|쉴|쉽니|들어가|들어간|간대|쓴대|복직|복귀|재택|유연|시차|출근"
    r"|못\s?나오|못\s?나온|(?<![바나기])빠[진져질집]|자리를?\s?비|입원|줄여|줄이|줄인|줄일"
)
_DENIED = re.compile(r"^\s?(?:부터|초|말|중순)?(?:이|가|은|는)?\s?(?:말고|말구|아니라|아니고|아니구)")
# A date put right without a word of what it is: starts are what people put right.
_CORRECTS = re.compile(r"\d\s?[월일](?:이|은)?\s?(?:아니라|아니고|아니구|말고|아니에요)\s?(?:[가-힣]{1,4}\s)?$")
_ALREADY = re.compile(
    r"들어갔|시작했|갔어|갔는|갔습|썼|쓰는\s?중|쓰고\s?있|쉬고\s?있|쉬는\s?중|휴직\s?중(?:이|인|입)|휴가\s?중(?:이"
    r"|인|입)|뽑았|채용했|들어왔|하고\s?있|구했|중이에요|중입니다|중인데"
    r"|출근했|복직했|복귀했|돌아왔|쉬었|끝났|퇴사했|그만뒀|떠났|쓰셨|들어가셨|가셨|들어와\s?있|(?:쓰|쉬|하|들어가)고\s?계|쉬는\s?중|나왔어|나왔습|왔어요|왔습니다|합류했|입사했"
)
# "2월 1일부터 7월 31일까지요" and nothing else: from when to when it lasts.
_WHOLE_ANSWER = re.compile(
    r"(?:네|음|저희는?|기간은|휴직은|그러니까)?\s?※\s?(?:까지)?\s?(?:이?요|입니다|예요"
    r"|이에요|쯤이요|정도요)?[\s.!]*")
# What else begins on a day: "내년부터 인원을 늘리려고요".
_OTHER_MATTER = re.compile(
    r"늘리|늘려|늘릴|인원을?\s?줄|직원을?\s?줄|매출|비용|이사|공사|휴업|성수기|비수기|바쁘|바빠|계약|폐업|확장|증설|오픈|영업|입주|납품|출장|방학|시즌"
    r"|명절"
)
_FEWER = re.compile(r"(?:인원|직원|비용|사람)을?\s?줄[이여인일]")
_EVENT_WORD = re.compile(
    r"육아|육휴|출산|출휴|휴직|휴가|단축|쉬|쉰|재택|복직|유연|시차|못\s?나오|못\s?나온|안\s?나오|안\s?나온|(?<![바나기])빠[진져질집]|자리를?\s?비|입원|줄여|줄이|줄인|줄일"
)
_GRAINS = ("day", "month", "year", "week", "quarter", "half_year")
_WORKS = re.compile(r"(?:부터|에)?\s?(?:일해|일합|근무해|근무합|출근해|출근합|나와|와서|주\s?\d+\s?시간)")
_JUST_GONE = timedelta(days=92)


def find(said: Said) -> list[Fact]:
    """Dates and lengths: "event_start", "event_months", "child_birth", "cover_start", "visit_window", "date"."""
    whens = exchanged(said, without_shifts(said, whens_of(said)), whens_of)
    facts: list[Fact] = []
    for at, when in enumerate(whens):
        moved = _moved(said, when)
        fact = _taken_back(said, whens, at) or _meaning(said, when, whens, facts)
        if moved or fact:
            facts.extend(moved or [fact] if fact else moved)
    aside = put_aside(said, facts, whens)
    facts = [fact for fact in facts if not any(fact.overlaps(other) for other in aside)] + aside
    facts = shifted(said, _of_the_first(said, joined_windows(said, facts)))
    span = from_until(said, whens, facts)
    facts.extend([span] if span else lengths(said, facts))
    if not any(fact.entity == "visit_window" for fact in facts):
        facts.extend(any_time(said))
    return facts


_THE_NEXT_ONE = re.compile(r"(?:한|나머지)\s?(?:명|분|사람)(?:은|이)\s[^.\n]{0,6}$")


def _of_the_first(said: Said, facts: list[Fact]) -> list[Fact]:
    """Starts told one after the other ("한 명은 12월, 한 명은 3월부터"): the first employee is talked of first."""
    starts = [fact for fact in facts if fact.entity == "event_start" and not fact.role]
    next_one = [fact for fact in starts[1:] if _THE_NEXT_ONE.search(said.text[: fact.start])]
    return [replace(fact, role="other") if fact in next_one else fact for fact in facts]


_THEN_COME = re.compile(
    r"\s?(?:부터|이후)[가-힣]{0,2}\s?(?:[가-힣]{1,4}\s)?(?:와\s?주|오시|오셔|잡아|잡을|예약|약속|방문|상담|통화|전화\s?주|연락\s?주)"
)
# "월초는 마감이라 안 되고 8일 이후로요": when a visit suits
_NOT_BEFORE = re.compile(r"안\s?[되돼][고서]?|바빠서?|바쁘고|마감이라|어렵고|힘들고")
_MOVED = re.compile(
    r"\s?(?:으?로)\s?(?:미루|미뤄|미룬|늦추|늦춰|늦춘|당기|당겨|당긴|바꾸|바꿔|바꾼|변경|옮기|옮겨|연기)"
)


def _moved(said: Said, when: When) -> list[Fact]:
    """The start that is moved to another ("3월에서 5월로 미룬대요"): the old one denied, the new one told."""
    told = said.text[when.start : when.end]
    middle = told.find("에서")
    if middle < 0 or not when.is_range or not _MOVED.match(said.text[when.end :]) or not _LEAVES.search(said.text):
        return []
    hidden = " " * (when.start + middle + 2) + said.text[when.start + middle + 2 : when.end]
    later = [one for one in whens_of(Said(hidden, said.now)) if one.kind is Kind.DATE]
    if not later:
        return []
    old = _day_fact(said, replace(when, end=when.start + middle, is_range=False), "event_start")
    return [replace(old, role="negated"), _day_fact(said, later[0], "event_start")]


def _taken_back(said: Said, whens: list[When], at: int) -> Fact | None:
    """A date put aside for the next one means what the next one means ("12월 말고 1월부터")."""
    when = whens[at]
    if at + 1 == len(whens) or not _DENIED.match(said.after(when.end, 10)) or when.kind is not Kind.DATE:
        return None
    meant = _meaning(said, whens[at + 1], whens, [])
    if meant is None or meant.entity not in ("event_start", "cover_start", "child_birth"):
        return None
    return _birth(said, when, None) if meant.entity == "child_birth" else _day_fact(said, when, meant.entity)


def _meaning(said: Said, when: When, whens: list[When], done: list[Fact]) -> Fact | None:
    before, after = said.before(when.start, 20), said.after(when.end, 24)
    if when.kind is Kind.DATE and when.grain in _GRAINS and starts_cover(said, when, after):
        return _day_fact(said, when, "cover_start")
    if (UNTIL.match(after) and not when.is_range) or _SINCE.match(after) or _SINCE_BEFORE.search(before):
        return None
    if _OTHER_DUE_DAY.search(before) and when.kind is Kind.DATE:
        return _day_fact(said, when, "event_start")
    if _START_PUT_RIGHT.search(said.text[: when.start]) and when.kind is Kind.DATE:
        return _day_fact(said, when, "event_start")
    if _BIRTH_PUT_RIGHT.search(said.text[: when.start]) and when.kind is Kind.DATE:
        return _birth(said, when, None)
    if _JUST_BORN.search(said.text[: when.start]) and when.kind is Kind.DATE:
        past = when.past or when.begins
        return _birth(said, replace(when, begins=past, ends=past + (when.ends - when.begins)), None)
    if _BEFORE_THE_BIRTH.search(before) and said.text[when.start : when.end].strip().endswith("전"):
        return _before_birth(said, when, done)
    if _DUE_AFTER.match(after) and _WHO_BEARS.search(before) and when.kind is Kind.DATE:
        return _birth(said, when, None)
    born = _BIRTH_AFTER.match(after)
    to_school = not born and re.match(r"\s?(?:에|부터)?\s?(?:초등|학교|유치원|어린이집|입학|\d학년)", after)
    if (_BIRTH_BEFORE.search(before) or born) and when.kind is not Kind.TIME and not to_school:
        return _birth(said, when, born)
    ends = bool(_COMES_BACK.match(after)) and _begun(done)
    if when.kind is Kind.DATE and when.grain in _GRAINS and not ends and _starts_event(said, when, after):
        return _day_fact(said, when, "event_start")
    if re.match(r"\s?(?:부터|기준|자로)", after) and when.kind is Kind.TIME:
        return window(said, when, after) if VISIT.search(said.text) else None
    return _other_date(said, when, after, done)


def _begun(done: list[Fact]) -> bool:
    return any(fact.entity == "event_start" for fact in done)


def _starts_event(said: Said, when: When, after: str) -> bool:
    told = said.text[when.start : when.end].strip()
    if of_something_else(said, when):
        return False
    if _GONE_BEFORE.search(said.text[: when.start]) and re.match(r"(?:에|부터)?(?:요|이요)?[\s.!]*$", after):
        return True  # "이미 들어갔어요 9월에"
    if told.endswith("날") and not re.match(r"\s?부터", after):
        return False  # a holiday
    if told.endswith("전") and asks_a_rule(said, when.start, when.end):
        return False  # "2개월 전부터 되나요"
    if re.search(r"\d\s?(?:일|주|개월|달|년)\s?(?:이\s?)?지나", told) or (
        re.fullmatch(r"\d{1,2}\s?일", told) and asks_a_rule(said, when.start, when.end)
    ):
        return False
    if re.search(r"전$|이맘때|작년|재작년|지난", told) and not re.match(r"\s?부터", after):
        return False
    a_day = re.fullmatch(r"[월화수목금토일](?:요일|욜)|주말|오늘|어제|내일", told)
    if a_day and not re.match(r"\s?(?:부터|부로|자로)", after):
        return False
    if _THEN_COME.match(after) or (
        re.match(r"\s?이후", after)
        and _NOT_BEFORE.search(said.text[: when.start])
        and not _EVENT_WORD.search(said.text)
    ):
        return False
    if re.match(r"\s?(?:이?면|까지면)|\s?에?\s?(?:초등|학교|유치원|어린이집)", after):
        return False
    if re.fullmatch(r"[월화수목금토일](?:요일|욜)|주말|오늘|어제|내일|모레", told) and not (
        _LEAVES.search(said.text)
        or re.fullmatch(r"\s?부터(?:이?요|입니다|예요|이에요)?[\s.!]*", said.text[when.end :])
    ):
        return False
    if _RULES_CHANGE.search(said.text[when.end :]) and not _SOMEBODY_GOES.search(said.text):
        return False
    around = said.text[: when.start] + "※" + said.text[when.end :]
    if "?" in said.text[when.end :] and not re.match(r"\s?부터", after) and not _EVENT_WORD.search(said.text):
        return False  # "주말도 20일에 들어가요?"
    if _OTHER_MATTER.search(said.text[when.end :]) and (
        not _EVENT_WORD.search(_FEWER.sub("", said.text))
    ):
        return False
    if FROM.match(after) or (when.is_range and _WHOLE_ANSWER.fullmatch(around)):
        return not (
            re.match(r"\s?부터\s?(?:시행|적용|바뀌|개정|시작되|달라)", after)
            or (asks_a_rule(said, when.start, when.end) and re.search(r"시행|적용|바뀌|개정|달라", said.text))
        )
    event = re.search(
        r"육아\s?휴직|육휴|출산\s?휴가|출휴|휴직|단축|쉬|쉰|쉴|쉽니|들어가|간대|쓴대|복직|복귀|재택|유연|시차"
        r"|10시\s?출근|휴가|못\s?나오|못\s?나온|안\s?나오|안\s?나온|(?<![바나기])빠[진져질집]|자리를?\s?비|입원|줄여|줄이|줄인|줄일",
        said.text,
    )
    if not event or (VISIT.search(said.text[when.end :]) and not re.match(r"\s?에", after)) or when.grain == "week":
        return False
    near = re.search(
        r"육아|육휴|출산|출휴|휴직|단축|쉬|쉰|쉴|쉽니|들어|간대|쓴대|복직|복귀|시작|휴가|못\s?나오|못\s?나온|안\s?나오|안\s?나온|(?<![바나기])빠[진져질집]|자리를?\s?비|입원|줄여|줄이|줄인|줄일",
        said.text[max(0, when.start - 14) : when.end + 22],
    )
    return bool(near) and not re.search(
        r"(?:법|시행|개정|기준|기한|마감)", said.text[max(0, when.start - 10) : when.end + 10]
    )


def _before_birth(said: Said, when: When, done: list[Fact]) -> Fact | None:
    """The start so long before the birth told earlier in the message; without one, no day."""
    born = next((fact for fact in done if fact.entity == "child_birth" and not fact.role), None)
    if born is None:
        return None
    now = said.now.replace(tzinfo=None, hour=0, minute=0, second=0, microsecond=0)
    ahead = now - when.begins.replace(hour=0, minute=0, second=0, microsecond=0)
    day = datetime.fromisoformat(born.value) - ahead
    first = replace(when, begins=day, ends=day + timedelta(days=1), past=None, grain="day")
    return _day_fact(said, first, "event_start")


def _birth(said: Said, when: When, born: re.Match[str] | None) -> Fact | None:
    what = born.group("what") if born else ""
    tail = said.text[when.end :]
    to_come = born is not None and re.match(r"대|다", said.text[when.end + born.end() :])  # "낳으신대요"
    past = (bool(_PAST_BIRTH.search(what)) and not to_come) or bool(
        not what and re.search(r"낳았|태어났|생이|생인|생입|나왔|에\s?했|에\s?하셨|였어|이었", tail[:14])
    )
    if not past and re.search(r"태어난|낳은|생년|생일|출생", said.before(when.start, 20)):
        past = True
    if re.match(r"\s?(?:이었|였)(?:는데|다가|지만)", tail) and re.search(r"예정", said.before(when.start, 12)):
        day = when.begins if when.grain == "day" else when.begins.replace(day=1)
        return Fact("child_birth", day.date().isoformat(), when.start, when.end, role="negated")
    moment = when.past if past and when.past is not None else when.begins
    grain = "day" if when.grain in ("hour", "minute") else when.grain  # "어제 새벽에"
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


def _born_in_year(said: Said, when: When, year: int) -> Fact:
    months = (said.now.year - year) * 12 + said.now.month
    return Fact("child_age_months", {"min": max(0, months - 12), "max": max(0, months - 1)}, when.start, when.end)


def _day_fact(said: Said, when: When, entity: str) -> Fact:
    after = said.after(when.end, 6)
    begins, grain = when.begins, when.grain
    if when.past and when.past < begins and (
        _ALREADY.search(said.after(when.end, 30))
        or _GONE_BEFORE.search(said.text[: when.start])
        or (entity == "cover_start" and (_hired_before(said, when) or _works_since(said, when, when.past)))
    ):
        begins = when.past
    if grain in ("quarter", "half_year"):
        grain = "month"
    if grain == "year":
        begins, grain = datetime(when.begins.year, 12 if re.match(r"\s?말", after) else 1, 1), "month"
    if grain == "day" and (when.ends - when.begins).days > 1 and not when.is_range:
        grain = "day" if (when.ends - when.begins).days <= 7 else "month"
    middle = middle_of(said.text[when.start : when.end]) if when.is_range else None
    return Fact(
        entity,
        begins.date().isoformat(),
        when.start,
        when.start + middle.start() if middle else when.end,
        extra={"grain": "month" if grain == "month" else "day"},
    )


_HIRED = re.compile(r"뽑았|채용\s?(?:완료|했|을\s?했)|구했|구해\s?[놨놓뒀]|뽑아\s?[놨놓뒀]|이미|벌써")


def _hired_before(said: Said, when: When) -> bool:
    """Whether somebody hired already began on the day just gone ("채용 완료했어요 11월 16일에 출근 시작")."""
    gone = when.past is not None and said.now.replace(tzinfo=None) - when.past <= _JUST_GONE
    return gone and bool(_HIRED.search(said.text[: when.start]))


def _works_since(said: Said, when: When, past: datetime) -> bool:
    """Whether a replacement "works from" a day just gone; in August, "12월부터 일해요" still means December."""
    return said.now.replace(tzinfo=None) - past <= _JUST_GONE and bool(_WORKS.match(said.after(when.end, 20)))


_OF_AN_EVENT = re.compile(_EVENT_WORD.pattern + r"|시작|예정일|생일|출생|입사|개시|부터")
_ASKED_TO_CHANGE = re.compile(
    r"\s?(?:오전|오후|아침)?\s?(?:으?로)\s?(?:다시\s)?(?:(?:바꿔|변경|옮겨|미뤄|당겨|잡아|예약|해)\s?(?:해\s?)?(?:주|줘|드|부탁|달)|(?:바꿀|옮길|미룰|당길|변경할)\s?수)"
)


def _other_date(said: Said, when: When, after: str, done: list[Fact]) -> Fact | None:
    if not (said.is_bare or VISIT.search(said.text)) and re.search(r"육아|육휴|출산|휴직|임신|단축|휴가", said.text):
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
                r"요일|[월화수목금토일]욜|주말|다음\s?날|내일|모레|글피|오늘|낼|담주|다음\s?주|이번\s?주|차주",
                said.text[when.start : when.end],
            )
        )
    )
    if weekly or VISIT.search(said.text) or (when.grain == "day" and SUITS_OR_NOT.match(after)):
        return window(said, when, after) if arranges(said, when) else None
    if re.search(r"낳았|태어났|출산했|낳은", said.text) and when.past and when.grain in ("day", "month"):
        return Fact("child_birth", when.past.date().isoformat(), when.start, when.end, extra={"grain": when.grain})
    if re.match(r"\s?(?:이?면|까지|에\s?(?!요)[가-힣])", after) or re.search(
        r"전$|이맘때", said.text[when.start : when.end]
    ):
        return None
    if _ASKED_TO_CHANGE.match(after) and when.grain == "day" and not _OF_AN_EVENT.search(said.text):
        return window(said, when, after)  # "27일 말고 30일로 바꿔주세요"
    if _CORRECTS.search(said.before(when.start, 14)) and when.grain in ("day", "month"):
        if re.search(r"예정일|출산일|생일|태어|낳", said.text[: when.start]):
            return _birth(said, when, None)
        return _day_fact(said, when, "event_start")
    if re.match(r"\s?부터\s?(?:바뀌|시행|적용|달라|개정|오르|인상)", after) or re.search(
        r"어제|그제|그저께|엊그제|아까", said.text[when.start : when.end]
    ):
        return None
    if said.is_bare and when.grain in ("day", "month"):
        extra: dict[str, Any] = {"grain": when.grain}
        if when.past and when.past != when.begins:
            extra["past"] = when.past.date().isoformat()
        return Fact("date", when.begins.date().isoformat(), when.start, when.end, extra=extra)
    return None
