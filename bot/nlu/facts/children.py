"""The child: how old it is, or that it is not yet born. Dates of birth and due dates are read in ``dates``."""

from __future__ import annotations

import re
from datetime import date, timedelta

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.numbers import read_number
from bot.nlu.facts.questions import sentence

_N = r"(?P<n>\d{1,2}|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|돌|첫)"
_WORDS = {
    "한": 1,
    "두": 2,
    "세": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "첫": 1,
}
_YEARS = re.compile(
    r"(?P<man>(?<![가-힣])만\s?(?:으로는?\s?|나이로?는?\s?)?)?(?:(?<=만)|(?<![\d가-힣.]))(?P<n>\d{1,2}"
    r"|한|두|세|네|다섯|여섯|일곱|여덟|아홉|열|한두|두세|두서너|서너|네댓|너댓|네다섯|대여섯|예닐곱"
    r"|일고여덟)\s?(?:살|세(?=요|이|입|예|인|짜|아|[\s.,!?)]|$)(?!\s?(?:명"
    r"|개|번|달)))"
)
_SCHOOL = re.compile(
    r"(?:초등(?:학교|학생)?|초딩|초등생|국민학교)\s?(?P<n>[1-6일이삼사오육])\s?(?:학년)?"
    r"|(?<![가-힣])초\s?(?P<m>[1-6일이삼사])(?=이(?:요"
    r"|에요|고|에|입|예|구|거|라|래|$)|인데|예요|학년|요|입니다|라서|라고|라는|여서|고요|거든|래요|\s|[.,]|$)"
    r"|(?<![가-힣\d])(?P<k>[1-6일이삼사])\s?학년"
)
_ENTERS_SCHOOL = re.compile(
    r"(?P<when>내년(?:에|이면|엔)?|올해|이번에|다음\s?해에?|내년\s?3월에?)\s?(?:초등학교|초등|학교)(?:에|를)?\s?(?:입학"
    r"|들어가|들어갔|들어간|들어갈|들어갑|가요|간대|가는|갑니다|보내|학생\s?(?:이\s)?(?:돼|되|됩))"
)
_FIRST_BIRTHDAY = re.compile(
    r"(?P<which>첫|두|세|네|1|2|3|4)?\s?돌(?!아|려|봄|보|발|잡|연|리|멩|파|릴|담|솥|싸|사진|반지)\s?(?:이"
    r"|은|도|을|잔치)?\s?(?:갓\s|막\s|이제\s|아직\s)?(?P<how>안\s?(?:됐|된|지났|지난|되|돼)|전|지났|지난|지나|넘"
    r"|됐|됩|에요|예요|이에요|이요|쟁이"
    r"|무렵|쯤|막|아직|때|입니다|인데|됐어|된)?"
)
_HUNDRED_DAYS = re.compile(
    r"백\s?일(?:이|은|도)?\s?(?:갓\s?|막\s?|이제\s?)?(?P<how>안\s?(?:됐|된|지났|지난)|전|지났"
    r"|지난|됐|된|쯤|이에요|이요|잔치|(?=\s*[.!]*$))|100\s?일(?:이)?\s?(?:갓\s?|막\s?|이제\s?)?(?P<how2>안\s?된|된|지난|됐|지났)\s?(?:아기|애|아이)?"
)
_MONTHS = re.compile(
    r"(?:생후\s?)?(?P<n>\d{1,2}|한|두|세|석|네|다섯|여섯|일곱|여덟|아홉|열)\s?(?:개월"
    r"|달)\s?(?:[차째]\s?)?(?P<after>(?=[\s.!]*$)|된\s?(?:아기"
    r"|애기?|아이|아들|딸)|아기|애기|아이|아가|짜리|됐고|됐구|됐는|됐어요|됐어|됐습니다|됐는데|된\s?아이|이고|인데"
    r"|이구|이라|딸|아들|쌍둥이|이에요|이요"
    r"|예요|입니다|라서|래요|이래요|이거든|거든|아들)"
)
_AFTER_BIRTH = re.compile(
    r"(?:생후|(?:낳은|태어난|출산한)\s?지)\s?(?:이제\s?|막\s?|한\s)?(?P<n>\d{1,3}|한|두|세|석|네|다섯|여섯|일곱"
    r"|여덟|아홉|열)\s?(?P<u>개월|달|주|일)"
)
_KID_BEFORE = re.compile(
    r"(?:아이|애|아기|애기|아가|자녀|아들|딸|첫째|둘째|셋째|막내|쌍둥이|생후|나이|낳은\s?지|태어난\s?지|애들)(?:는"
    r"|은|이|가|도|들이|들은|예요|이에요|에요|입니다|이고|고|인데|이라|라)?[,.]?\s?(?:이제\s?|지금\s?|막\s?"
    r"|겨우\s?|한\s?|벌써\s?|현재\s?|아직\s?)*$"
)
_NEWBORN = re.compile(
    r"(?<!산모\s)(?<!산모)신생아|갓난(?:아기|애|아이)?|(?:갓|막)\s?태어[난나났]|(?:엊그제|그저께"
    r"|얼마\s?전에?)\s?태어났|엊그제\s?낳|며칠\s?전에?\s?(?:낳|태어|출산)"
    r"|방금\s?낳|얼마\s?전에?\s?(?:낳|출산했|태어)"
)
_UNBORN = re.compile(
    r"(?<![가-힣])(?:뱃\s?속|배\s?속)(?:에|의|이에|인|이라)?\s?(?:아[기이]|애|있|요|$)|(?:아이|아기|애기?|첫째"
    r"|둘째|셋째)(?:를|을)?\s?가졌|임신\s?(?:햇|이라|이고|인데|입니다)"
    r"|아직\s?(?:안\s?(?:낳|태어)|태어나기|출산\s?전"
    r"|낳기)|출산\s?전(?:이에요|이요|입니다"
    r"|인데)|아직\s?임신|(?:아기|애기?|아이)가?\s?곧\s?나[온오]|(?<![가-힣])태아(?!\s?(?:검진|보험|산재|등재"
    r"|진단))|(?:아이|아기|애)(?:가"
    r"|는)?\s?아직\s?안\s?나왔|임신\s?(?:했"
    r"|한\s?(?:직원|상태|지|여직원)|중(?:이|인|입)"
    r"|하셨|한대|했대|(?:초기|말기)(?:라|이|인|예|입|여)|이래|이에요)"
)
_PREGNANT_FOR = re.compile(
    r"임신(?:한\s?지)?\s?(?:이제\s?|지금\s?|벌써\s?)?(?P<n>\d{1,2})\s?(?P<u>주|개월|달)(?!\s?(?:이후"
    r"|이내|이상|이하|까지|이전|미만|전에|이면|에\s?유산|넘으면))|(?<!\d)(?P<w>\d{1,2})\s?주\s?(?:차\s?)?(?:임산부|임신부"
    r"|됐대요|래요)|(?P<months>만삭|막달(?=이|인|에|입))"
    # "임산부 있어요 지금 10주"
    r"|(?:임산부|임신부|임신(?:한|했|중)?)[^.?!\n\d]{0,14}?(?:지금|이제|현재|벌써)\s?(?P<now>\d{1,2})\s?주"
    r"(?!\s?(?:동안|간|휴|쉬|쉰|이후|이내|이상|이하|까지|이전|미만|전|뒤|후))"
)
_RULE_AFTER = re.compile(
    r"^\s?(?:이하|미만|까지|이상|초과|아래|넘는?\s?아|이내|전까지|부터|[를이]?\s?넘(?!어요[\s.!]*(?!\?)|었|습니다"
    r"|겼|은\s?(?:애|아이|딸|아들))|또는"
    r"|또는\s?초|\s?(?:단축|육아\s?휴직|육휴|제도|확대|개정|적응\s?기간|입학\s?시즌)|\s?(?:아이|아동"
    r"|영아)?\s?(?:부모|가정)(?:한테|에게)|되기|이하의|\(?초등)"
)
# "돌 지난 아이도 되나요" asks what the rule is; "9살인데 되나요" tells and asks.
_ASKED_AS_RULE = re.compile(
    r"^(?!\s?인데|\s?이고)[^.,?!\n]{0,7}?(?:도|만(?=\s?되|\s?돼)|만(?:이에요|인가요|이죠|인지)|이?면|이?어도|여도"
    r"|일\s?때)(?=[\s?])"
    r"[^.!\n]*(?:되나|되는\s?[거건]|돼요\?|될까|가능|받을|수\s?있|나요|까요|\?)"
)
_KINDER = re.compile(r"유치원(?:생|에\s?다|\s?다니)|어린이집(?:에)?\s?다니는\s?(?:애|아이|딸|아들)")
_ONLY_ASKED = re.compile(r"(?:나요|까요|되죠|되나|돼요\?|인가요|가요|뭐예요|뭐가|얼마|어떻게\s?[가-힣]+|며칠"
    r"|줘야\s?돼요?|해야\s?돼요?|하나)[\s?.!]*$|\?\s*$")
_STAFF_AGE = re.compile(r"(?:직원|근로자|사장|대표|나이|저는)\s?(?:은|는|이|가)?\s?(?:만\s?)?$")


_FOR_A_FAMILY = re.compile(
    r"아동\s?수당|양육\s?수당|부모\s?급여|보육료|유치원비|학원비|첫\s?만남|바우처|국민\s?행복\s?카드|돌봄\s?교실"
    r"|아이\s?돌봄|어린이집\s?(?:대기|입소|신청|추천)"
    r"|교육\s?급여|출생\s?신고|신생아\s?특[공별례]|예방\s?접종|기저귀|분유|유치원\s?(?:추천|입학금|지원금)|종일반"
    r"|누리\s?과정"
)
_OF_A_WORKER = re.compile(r"직원|휴직|육휴|휴가|단축|근무|회사|저희|사원|대리|과장|알바")


def find(said: Said) -> list[Fact]:
    """The child's age ("child_age_months", months, both ends included) or expected birth ("child_birth")."""
    if _FOR_A_FAMILY.search(said.text) and not _OF_A_WORKER.search(said.text):
        return []  # a parent who asks other offices, not a firm
    for reader in (_pregnancy, _unborn, _newborn, _days, _birthdays, _months, _school, _years, _kindergarten):
        fact = reader(said)
        if fact and not _is_rule(said, fact):
            return [fact, *_instead(said, fact)]
    return []


def _instead(said: Said, fact: Fact) -> list[Fact]:
    """The age that is put in the place of one taken back ("3살이 아니라 4살")."""
    if not re.match(r"\s?(?:이|가)?\s?(?:말고|아니[고라구]|아니에요)", said.after(fact.end, 8)):
        return []
    told = said.text[fact.start : fact.end]
    hidden = re.sub(r"[\d일이삼사오육]", "※", told) if "학년" in told else "※" * len(told)
    return find(Said(said.text[: fact.start] + hidden + said.text[fact.end :], said.now))


_TOLD = re.compile(r"(?:요|다|고|구|데|니|어|서)$")


def _is_rule(said: Said, fact: Fact) -> bool:
    told = _TOLD.search(said.text[fact.start : fact.end])  # "애가 6개월이에요 육아휴직 …": another sentence
    ruled = not told and _RULE_AFTER.match(said.after(fact.end, 10))
    return bool(ruled or _ASKED_AS_RULE.match(said.text[fact.end :]))


def _age(low: int, high: int, match: re.Match[str], **extra: object) -> Fact:
    return Fact(
        "child_age_months", {"min": max(0, low), "max": max(0, high)}, match.start(), match.end(), extra=dict(extra)
    )


def _count(word: str) -> int:
    return (
        int(word)
        if word.isdigit()
        else _WORDS.get(word, {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "석": 3}.get(word, 0))
    )


def _pregnancy(said: Said) -> Fact | None:
    match = _PREGNANT_FOR.search(said.text)
    if not match:
        return None
    if match.group("months"):
        weeks = 37.0
    elif match.group("w") or match.group("now"):
        weeks = float(match.group("w") or match.group("now"))
    else:
        weeks = float(match.group("n")) * (1 if match.group("u") == "주" else 4)
    if re.search(r"(?:낳은|태어난|출산한|입사한|다닌)\s?지", said.before(match.start(), 12)):
        return None
    if not 3 <= weeks <= 42 or re.search(r"(?:몇|이내|이후)", said.before(match.start(), 4)):
        return None
    due = said.now.date() + timedelta(weeks=max(0.0, 40 - weeks))
    return Fact(
        "child_birth",
        date(due.year, due.month, 1).isoformat(),
        match.start(),
        match.end(),
        confidence=0.6,
        extra={"grain": "month", "estimated": True},
    )


def _unborn(said: Said) -> Fact | None:
    match = _UNBORN.search(said.text)
    if not match or re.search(r"면|경우|때|근로자|얼마|나요", said.after(match.end(), 6)):
        return None
    of_a_worker = match.group().startswith("임신") and _SOMEBODY.search(said.text)
    if not (said.is_bare or of_a_worker or _ABOUT_A_LEAVE.search(said.text)):
        return None  # told in passing, of no leave
    if match.group().startswith("임신") and _OF_A_RULE.search(said.text):
        return None  # "간호사가 임신했어요. 야간근무 빼줘야 하나요?": what the rule is, no leave
    if _TROUBLE.search(said.text):
        return None  # whoever is dismissed over it tells no leave of a firm's
    if re.match(
        r"임신\s?한\s?여?직원", match.group()) and re.match(r"에게|한테|은|도|을"
        r"|이\s그만", said.after(match.end(), 5)):
        return None
    if re.match(r"임신\s?한\s?(?:여?직원|상태)|배우자|임신", match.group()) and _ONLY_ASKED.search(said.text):
        first, _ = sentence(said, match.start(), match.end())
        if not re.search(r"저희|우리|여직원|\d\s?[주월]|한\s?명|이번에|간호사|선생님"
            r"|디자이너|경리", said.text[first:]):
            return None
    return _age(0, 0, match, unborn=True)


_ABOUT_A_LEAVE = re.compile(r"휴직|휴가|육휴|출휴|단축|쉬|쉰|출산|재택|유연")
_SOMEBODY = re.compile(r"직원|사원|간호사|선생님|교사|디자이너|대리|과장|주임|경리|팀장|강사|조리사|개발자|알바")
_OF_A_RULE = re.compile(
    r"(?:나요|까요|되죠|하죠|돼요|되나|하나|가요|어떡해요?|어떻게\s?[가-힣]{1,4}|뭐예요|뭔가요|며칠"
    r"|얼마)\s*[?.!]*\s*$|[?]\s*$|(?:[은는]|[은는]요)[\s.?]*$"
)
# Told of what is done to somebody over a pregnancy.
_TROUBLE = re.compile(
    r"(?:가졌|임신했|임신|낳는)다(?:고|니까?)\s?(?:했더니|하니까?|하자|말했더니|얘기했더니|그랬더니)|(?:사장|상사"
    r"|팀장|부장|대표|원장|점장|윗사람|회사)(?:님)?(?:이|에서|가|께서|은|는)\s"
    r"|계약\s?(?:만료|종료|끝|안)|옮겨\s?버|옮기라|눈치|잘렸|잘릴|자르|자른|쫓|내쫓|나가(?:라|래)|그만두(?:라|래)"
    r"|그만둬|퇴사(?:하라|시키|당)|권고사직|해고|하혈"
    r"|구박|괴롭|성희롱|농담|무시|강요|따돌|폭언|욕"
    r"|무급휴직|연장을?\s?안\s?해|창고로|밤새|무거운"
)


def _newborn(said: Said) -> Fact | None:
    match = _NEWBORN.search(said.text)
    if not match or re.match(r"\s?(?:특례|대출|특공|특별\s?공급|바우처|지원)", said.after(match.end(), 8)):
        return None
    return _age(0, 1, match)


def _days(said: Said) -> Fact | None:
    match = _HUNDRED_DAYS.search(said.text)
    if not match:
        return None
    how = match.group("how") or match.group("how2") or ""
    if re.match(r"안|전", how):
        return _age(0, 3, match)
    return _age(3, 6 if "지" in how else 4, match)


def _birthdays(said: Said) -> Fact | None:
    for match in _FIRST_BIRTHDAY.finditer(said.text):
        how, which = match.group("how") or "", match.group("which")
        first = match.start() + match.group().index("돌") if not which else match.start()
        if first and said.text[first - 1].isalnum() and first not in said.starts:
            continue
        just = re.search(r"(?:막|이제|곧|갓)\s?$", said.before(match.start(), 5))
        if how in ("", "에요", "예요", "이에요", "이요") and just:
            return _age(12 * (_count(which) if which else 1) - 1, 12 * (_count(which) if which else 1) + 1, match)
        if not how and not re.fullmatch(r"[\s.!]*(?:요|이요)?[\s.!]*", said.text[match.end() :]):
            continue
        if not how and "잔치" in match.group():
            continue  # a feast alone
        year = _count(which) if which else 1
        before = said.before(match.start(), 4)
        if re.match(r"안|전|아직", how) or ("아직" in before and re.match(r"안|전", how)):
            return _age(12 * (year - 1), 12 * year - 1, match)
        if re.match(r"지났|지난|지나|넘", how):
            return _age(12 * year, 12 * year + 11, match)
        if re.match(r"무렵|쯤|막|때", how):
            return _age(12 * year - 1, 12 * year + 1, match)
        return _age(12 * year, 12 * year + 1, match)
    return None


# "애가 어린이집 들어갔어요 16개월이요"
_KID_TOLD = re.compile(
    r"(?<![가-힣])(?:아이|애|애기|아기|딸|아들|첫째|둘째|쌍둥이)(?:가|는|은|이|도)\s[^.?!\n]{0,24}(?:요|다|데|고)[.,]?\s(?:이제\s|지금\s|막\s)?$"
)


_SINCE_ELSE = re.compile(r"(?:바꿔?준|된|전환한|전환된|옮긴|바뀐|그만둔|시작한|쓴|뽑은|구한|산|이사한)\s?지\s?$")


def _months(said: Said) -> Fact | None:
    since = _AFTER_BIRTH.search(said.text)
    if since:
        months = _count(since.group("n")) // {"주": 4, "일": 30}.get(since.group("u"), 1)
        return _age(months, months, since)
    for match in _MONTHS.finditer(said.text):
        kid = (
            _KID_BEFORE.search(said.before(match.start(), 14))
            or re.match(r"[^.\n]{0,4}(?:아기|애기|아이|애)(?:가|는|요|예요|$)", said.after(match.end(), 10))
            or re.search(r"아기|애|아이|아가|딸|아들|쌍둥이", match.group("after"))
        )
        told_before = _KID_TOLD.search(said.text[: match.start()])
        bare = (
            (said.is_bare or told_before)
            and (
                match.group("after").startswith("됐")
                or (told_before and match.group("after") in ("", "이요", "이에요", "입니다", "예요"))
            )
            and not re.search(
                r"휴가|휴직|육휴|들어간|쉰|쉬|복직|개업|사업|장사|입사|신입|수습|직원|계약직"
                r"|알바|근속|다닌|다녔|일한|일했"
                r"|근무|들어온|회사", said.text)
        )
        if _SINCE_ELSE.search(said.before(match.start(), 10)):
            continue
        if not (kid or bare or match.group().startswith("생후")) or re.search(
            r"(?:입사|임신|다닌|일한|근무)[가-힣\s]{0,5}$|(?:휴직|육휴|단축)\s?$", said.before(match.start(), 10)
        ):
            continue
        months = _count(match.group("n"))
        if months <= 96:
            return _age(months, months, match)
    return None


def _school(said: Said) -> Fact | None:
    enters = _ENTERS_SCHOOL.search(said.text)
    if enters:
        year = said.now.year + (1 if enters.group("when").startswith(("내년", "다음")) else 0)
        return _born(said, year - 7, enters)
    match = _SCHOOL.search(said.text)
    if not match:
        return None
    grade = _count(match.group("n") or match.group("m") or match.group("k"))
    if re.match(
        r"\s?(?:에|으?로)?\s?(?:올라가|올라갈|올라간|되는|돼요\s?내년"
        r"|들어가)", said.after(match.end(), 8)) and said.now.month >= 3:
        grade -= 1  # "내년에 3학년 올라가요"
    if (
        match.group("k")
        and not re.search(r"애|아이|딸|아들|자녀|초등|첫째|둘째|막내", said.text)
        and not said.is_bare
    ):
        return None
    school_year = said.now.year - (1 if said.now.month < 3 else 0)
    return _born(said, school_year - 6 - grade, match)


def _born(said: Said, year: int, match: re.Match[str]) -> Fact:
    months = (said.now.year - year) * 12 + said.now.month
    return _age(months - 12, months - 1, match)


def _years(said: Said) -> Fact | None:
    every = list(_YEARS.finditer(said.text))
    found = [match for match in every if not _RULE_AFTER.match(said.after(match.end(), 10))] or every
    counted_fully = [match for match in found if match.group("man") and len(found) == 2]
    for match in counted_fully or found:
        rough = read_number(match.group("n"))
        years = _count(match.group("n")) or (rough.value if rough else 0)
        if re.match(r"\s?터울", said.text[match.end() :]):
            continue
        if match.group() == "두세" and re.match(r"요|\s?(?:줄|마디|번|가지|개|명)", said.text[match.end() :]):
            continue  # "그대로 두세요"
        if re.search(
            r"(?:너|넌|너는|니가|네가|봇|챗봇|당신)(?:은|는|이|가)?\s?(?:만\s?)?$", said.before(match.start(), 6)
        ):
            continue
        if years > 13 or (
            _STAFF_AGE.search(said.before(match.start(), 8))
            and not re.match(r"\s?(?:짜리|된)?\s?(?:아들|딸|아이|애|아기|자녀|쌍둥이)", said.after(match.end(), 8))
        ):
            continue
        if rough and rough.low is not None and rough.high is not None:
            return _age(12 * (rough.low - 2) + said.now.month, 12 * rough.high + 11, match)
        not_yet = 12 if _NOT_YET.match(said.text[match.end() :]) else 0
        if match.group("man"):
            return _age(12 * years - not_yet, 12 * years + 11 - not_yet, match)
        # "6살" is 만 6세 for some and the 세는나이 for others; both are kept open.
        return _age(12 * (years - 2) + said.now.month - not_yet, 12 * years + 11 - not_yet, match)
    return None


_NOT_YET = re.compile(r"\s?(?:이|가|도)?\s?(?:아직\s?)?(?:채\s?)?안\s?(?:됐|된|돼|되)")


def _kindergarten(said: Said) -> Fact | None:
    match = _KINDER.search(said.text)
    if not match or "?" in said.text or re.search(r"운영|원장", said.text):
        return None
    return _age(36, 83, match) if match.group().startswith("유치원") else _age(0, 83, match)
