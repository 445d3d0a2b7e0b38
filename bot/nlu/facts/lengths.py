"""How long: the months a leave or reduction lasts, said as a length or as its first and last day."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, timedelta

from korean_datetime import Kind

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule
from bot.nlu.facts.whens import UNTIL, When, middle_of
from knowledge_base.situation import length_in_months

_MOST_WEEKS = 52  # whoever leaves for longer says months or years
_LENGTH = re.compile(
    r"(?<![\d.])(?:(?P<n>\d+(?:\.\d+)?|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|열두|일|이"
    r"|삼|사|오|육|십이|반)\s?(?P<u>개월|달|년|주(?:일)?(?=\s|간|동안|만|를|을|씩|정도|쯤|요|이|나|면|차|째|는|은|도|전|뒤|후|반|라|래|예|에|라|로\s|[.,!?~/)]|$))(?P<h>\s?(?:반(?![드복대려장차납환기])|(?:\s?(?P<m>\d+"
    r"|한|두|세|석|네|여섯|육|삼)\s?(?:개월|달))))?|(?P<days>90|구십|30|60|120|180)\s?일(?=\s?(?:쓰"
    r"|쓴|쉬|쉰|동안|가|들어|간|썼|다|씁|써요|쉽|(?:을\s)?(?:출산|육아)|하고|이랑|이?요(?![가-힣])|입니다|이에요|[.!]?$))|(?P<half>반\s?년(?!생))|(?P<moon>보름)(?!달|에)|(?P<y>일\s?년)|(?P<full>풀로|꽉\s?채워))"
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
    r"^(?:이|도)\s?(?:채|아직)\s?안|^(?:은|는)\s?(?:저희|우리|회사)[가이]?\s|^은\s?(?:누가|언제|어떻게|왜|어떤)|^\s?(?:은|이|도|을|만|다|더|도\s?못)?\s?(?:안|못)\s?(?:채우|채워|다니|다닌|됐고|된)|^\s?(?:을|만|다|더|정도)?\s?(?:쓰|쉬|다녀오|갔다\s?오|채우|지나|넘기?)면(?!서)|^\s?(?:수습|시용|인턴|교육|과정)|^\s?(?:을|를|만|정도|쯤|씩)?\s?(?:미뤄|미루|미룬|미룰|미뤘|연기|늦춰|늦추|늦췄|당겼|늦게|당겨|당기|앞당|먼저\s?(?:들어|복직|복귀|나[가오와]|시작|말)|빨리|연체|밀려|밀린)|^\s?(?:내내|넘게\s?(?:걸|기다)|다\s?(?:돼|되))|^\s?(?:만|을|정도|쯤)?\s?(?:더\s?(?:쓰|쓴|쓸|써|쉬|쉰|쉴|연장|있다|늘|하겠|한대)|연장)|^\s?(?:더\s?(?:준|줘|주[는나던]|나오|나온|받)|일찍|안에|(?:갓\s?|막\s?)?(?:넘었|돼|되)|도\s?(?:채\s?)?안|추가|동안(?:은|\s?(?:알아|찾아|찾았|고민|기다|공고|구인|구했|구하|준비|가만|해고|답|아무|못|안))|도\s?(?:근속|연차|경력)|짜리|고용|유지|남았|남은(?!\s?(?:걸|거|것|기간을|육휴를))|조금|좀\s?(?:안|넘|됐)|전|뒤|후|째|차|이상|이하|미만|이내|넘|지나|지났|된|됐|되었|안\s?(?:된|됐|돼|되)|만에|마다|있었|에\s?한"
    r"|당|치|밖에|근속|다녔|다닌|일했|일한|근무|째|생|짜리\s?(?:애|아)|아기|애기|아이|아들|딸|까지(?!\s?쓰고)|단위"
    r"|씩|정도\s?(?:됐|된|다)|계약|마다|이나|보다|뒤|이면|일\s?경우|이라도|부터|에\s?(?:\d|한|두|세|네|몇|하루|이틀|사흘|나흘)|된지|이\s?(?:안"
    r"|지|넘)|이란|도\s?(?:되|가능)|쯤\s?(?:됐|된|다)|을?\s?(?:다녔|근무|일했))"
)
_LENGTH_MORE = re.compile(r"육아\s?휴직|육휴|출산\s?휴가|출휴|휴직|단축|로\s?(?:줄|바꿨|늘|변경)|말고|아니"
    r"|(?:기로|다고|라고|려고)\s?(?:했|하)(?:는데|다가|더니)|다더니|려다가?\s")
_LENGTH_BAD_BEFORE = re.compile(
    r"(?:\d\s?[세살]|왜|병가|단위\s?기간|피보험\s?기간|단기\s?(?:육아\s?휴직|육휴|휴직)|(?:일한|다닌|근무한)\s?(?:건|것은|기간은?)|여기서|우리랑|임신|최대|최소|(?<!지)만|생후|입사(?:한\s?지)?|근속|다닌\s?지|일한\s?지|경력|(?<!단축)(?<!재택)(?<!원격)(?<!유연)(?<!시차)근무|재직(?:\s?기간)?|근무\s?기간|지난|최근|설립|개업|낳은\s?지"
    r"|태어난\s?지|몇|앞으로|매|돌\s?지난\s?지|아기는?|아이는?|애는?|애가|아이가|\d+\s?년|\d+\s?월|온\s?지"
    r"|된\s?지|들어온\s?지|(?:들어왔|입사했|뽑았)으니까?\s?(?:이제|벌써|딱)?|처음|첫|이후|유급|특례|햇수로|곧|거의|계약직으로|기간제로|알바로|단기로)\s?$"
)
# "작년에 간 직원은 6개월 썼고 이번 직원은 1년": what another one took tells nothing of this one.
_OF_ANOTHER = re.compile(r"작년|재작년|지난번|저번|전에|예전|먼저|(?:첫째|큰애|첫애)\s?때|전\s?직원|다른\s?직원")
_SICK = re.compile(r"아파서|아프다|아프대|병가|다쳐|다쳤|산재|독감|코로나")
_FOR_SOMEBODY = re.compile(
    r"아이|애가|애기|아기|자녀|아들|딸|부모|어머니|아버지|엄마|아빠|가족"
    r"|간병|간호|남편|아내|와이프|배우자|장모|시어머니|할머니|할아버지|유산|임신|입덧|육아|육휴|출산|출휴|돌봄|난임|시험관|조산|휴직"
)
_SPENT = re.compile(r"^\s?(?:을|를|은|만|정도|쯤)?\s?(?:쓰고\s?(?:왔|나서|복직)|썼|쉬었|쉬고\s?왔|갔다|다녀)")
_LENGTH_GOOD = re.compile(
    r"기간|육아|육휴|휴직|휴가|출휴|쉬|쉰|쉴|쉽니|단축|부터|쓴대|쓰겠|쓸|쓰고|간대|동안|들어"
    r"|비운|비워|비우|일단|보내\s?(?:줘|주|려|기로|야)|빠진|빠지"
    r"|시차|재택|유연|[년월달]로\s?(?:늘|줄|바꾸|바꿔|변경|해\s?주)|[년월]으로\s?(?:늘|줄|바꾸|바꿔|변경)"
)


def lengths(said: Said, facts: list[Fact]) -> list[Fact]:
    """How many months an event lasts, where a length is said of it; with one taken back, also the next."""
    found: list[Fact] = []
    for match in _LENGTH.finditer(said.text):
        after, before = said.after(match.end(), 12), said.before(match.start(), 20)
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
        if not (said.is_bare or _LENGTH_GOOD.search(near) or _put_right(said, match)):
            continue
        if asks_a_rule(said, match.start(), match.end()) and not facts:
            continue
        if _SICK.search(said.text) and not _FOR_SOMEBODY.search(said.text):
            continue  # "직원이 아파서 한 달 쉰대요"
        if _OF_ANOTHER.search(before) and _SPENT.match(after):
            continue
        found.append(Fact("event_months", months, match.start(), match.end()))
        if not re.match(r"\s?(?:이|은)?\s?(?:말고|아니)", after):
            more = _LENGTH_MORE.search(said.text, match.end())
            if not more:
                break
    old = _changed(said) if found else None
    return [old, *(fact for fact in found if not fact.overlaps(old))] if old else found


# "4개월에서 8개월로 늘려 달래요": the first is how long it was to be.
_CHANGE = re.compile(
    rf"(?P<old>\d{{1,2}}\s?(?:개월|달|년))(?:에서|이?라고\s?(?:했|말)[가-힣]{{0,3}}|짜리를?"
    rf"|을|를)\s?(?={_LENGTH.pattern})")


_FOR_ANOTHER = re.compile(r"\s?(?:이|가|은)?\s?(?:아니[고라]|말고)\s")
_OF_SOMETHING = re.compile(r"아이|애[가는도]|아기|돌\s|입사|다닌|근속|경력|근무|임신|창업|계약|수습|설립")


def _put_right(said: Said, match: re.Match[str]) -> bool:
    """Whether one length takes the place of another, of nothing else told ("6개월이 아니라 1년이라네요")."""
    if _OF_SOMETHING.search(said.text):
        return False
    follows = _FOR_ANOTHER.match(said.text, match.end())
    if follows:
        return _LENGTH.match(said.text, follows.end()) is not None
    return any(
        (gap := _FOR_ANOTHER.match(said.text, earlier.end())) and gap.end() == match.start()
        for earlier in _LENGTH.finditer(said.text, 0, match.start())
    )


def _changed(said: Said) -> Fact | None:
    """The length that is changed into the next one told, denied."""
    match = _CHANGE.search(said.text)
    length = _LENGTH.match(said.text, match.start()) if match else None
    after = said.text[match.end() :] if match else ""
    if match is None or length is None or not re.match(
        r"[\d가-힣]{1,3}\s?(?:개월|달|년)\s?(?:반\s?)?(?:으로"
        r"|로)", after):
        return None
    months = _months(length)
    return Fact("event_months", months, match.start(), match.end("old"), role="negated") if months else None


def _stands_alone(said: Said, match: re.Match[str]) -> bool:
    first = match.group()[0]
    return (
        first.isdigit()
        or match.start() == 0
        or not said.text[match.start() - 1].isalnum()
        # "개발팀이 주 2회": a particle is no two.
        or any(token.start == match.start() and _counts(token.form, token.tag) for token in said.tokens)
    )


def _counts(form: str, tag: str) -> bool:
    return tag in ("NR", "MM", "SN") or (tag == "NNG" and form.endswith(("달", "년", "주일")))


def _months(match: re.Match[str]) -> float | int | None:
    if match.group("half"):
        return 6
    if match.group("moon"):
        return 0.5
    if match.group("days"):
        return {"90": 3, "구십": 3, "30": 1, "60": 2, "120": 4, "180": 6}[match.group("days")]
    if match.group("y"):
        return 12
    if match.group("full"):
        return None
    said, unit = match.group("n"), match.group("u")
    if said == "이" and unit == "달":
        return None  # this month
    if said == "사" and unit == "주":
        return None  # fortune-telling
    count = _COUNT.get(said) if not said[0].isdigit() else float(said)
    if count is None:
        return None
    if unit.startswith("주") and count > _MOST_WEEKS:
        return None  # "월급 150 주려고요": paid, not waited
    scale = {"년": 12, "개월": 1, "달": 1}.get(unit, 7 / 30.4)
    months = count * scale
    extra = match.group("h") or ""
    if match.group("m"):
        more = match.group("m")
        months += int(more) if more.isdigit() else _COUNT[more]
    elif "반" in extra:
        months += scale / 2
    return int(months) if abs(months - round(months)) < 1e-6 else round(months, 1)


def from_until(said: Said, whens: Sequence[When], facts: list[Fact]) -> Fact | None:
    """ "12월 1일부터 내년 11월 30일까지": the months between."""
    start = next((fact for fact in facts if fact.entity == "event_start"), None)
    whole = next((when for when in whens if when.is_range and start and when.start == start.start), None)
    if start and whole:
        months = _between(date.fromisoformat(start.value), (whole.ends - timedelta(days=1)).date())
        middle = middle_of(said.text[whole.start : whole.end])
        second = whole.start + (middle.end() if middle else 0)
        return Fact("event_months", months, second, whole.end) if 0 < months <= 60 else None
    until = next(
        (when for when in whens if when.kind is Kind.DATE and (UNTIL.match(said.after(when.end, 8)))),
        None,
    )
    if not start or not until or until.start < start.end:
        return None
    begin = date.fromisoformat(start.value)
    end = (until.ends - timedelta(days=1)).date()
    months = _between(begin, end)
    if _IN_A_THIRD.search(said.text[until.start : until.end + 3]) and months >= 1:
        months = round(months)  # "10월 중순부터 4월 중순까지"
    return Fact("event_months", months, until.start, until.end) if 0 < months <= 60 else None


_IN_A_THIRD = re.compile(r"월\s?(?:초순|중순|하순|초|말)")


def _between(begin: date, end: date) -> float:
    """Months from ``begin`` to ``end``, both included: 12-01 to 11-30 are twelve, to a tenth where it is not whole.

    Under 30 days it is never a whole month unless the calendar says so (February): grants hang on 30 days.
    """
    days = (end - begin).days + 1
    months = length_in_months(begin, end + timedelta(days=1))
    if months < 1:
        return 1 if days >= 30 else min(0.9, round(days / 30, 1))
    return round(months) if abs(months - round(months)) <= 0.15 else round(months, 1)
