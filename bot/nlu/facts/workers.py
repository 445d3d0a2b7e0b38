"""The worker an event is about: gender, and how long with the firm."""

from __future__ import annotations

import re
from datetime import datetime

from korean_datetime import Cycle, Grain, ParseOptions, TemporalParser

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.genders import genders
from bot.nlu.facts.questions import asks_a_rule

_UNIT = (
    r"(?P<n>\d{1,2}|(?<![무직])한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|일|이|삼|사|오|육|칠|팔|구|십)\s?(?P<u>년|개월|달"
    r"|주|해(?=\s?(?:째|동안|넘|가까이|를?\s?(?:채|넘|다녔|일)|됐|정도|쯤)))(?P<half>\s?반)?"
    r"(?:(?:\s?하고)?\s?(?P<m>\d{1,2}|한|두|세|석|네|넉|다섯|여섯|일곱|여덟|아홉|열|육)\s?(?:개월|달))?"
)
_COUNT = {
    "한": 1,
    "두": 2,
    "세": 3,
    "석": 3,
    "네": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "아홉": 9,
    "열": 10,
    "일": 1,
    "이": 2,
    "삼": 3,
    "사": 4,
    "오": 5,
    "육": 6,
    "칠": 7,
    "팔": 8,
    "구": 9,
    "십": 10,
    "넉": 4,
}
_NOUN = (
    r"(?:직원|사원|여직원|남직원|알바|분|대리|과장|주임|팀장|실장|친구|베테랑|고참|선생님?|기사|간호사|교사|사람|언니|동생|막내|애(?=[가는도예]))"
)
_TENURE = (
    re.compile(rf"(?:(?:일한|다닌|근무한|있은)\s?(?:건|것은|거는|기간은?)|(?:우리|저희|여기)(?:랑|하고|에서|서)(?:는|만)?)\s?(?:이제\s?|벌써\s?|한\s?|약\s?)?{_UNIT}(?!\s?(?:전|뒤|후|부터|동안\s쉬))"),
    re.compile(rf"^(?:음|아|네|예)?[\s,]*(?:이제\s?|벌써\s?|한\s?|약\s?|거의\s?|만\s?|딱\s?)?{_UNIT}(?<=년)(?:은|이|도|을)?\s?(?:다\s?)?(?:돼\s?가|되어\s?가|다\s?돼|됐지|넘었|채웠|있었|꽉\s?채웠|가까이\s?됐)"),
    re.compile(rf"있던\s?(?:직원|사람|분|친구)(?:이에요|예요|인데|입니다|이고)?[\s,.]+{_UNIT}(?=이?(?:요|에요|예요)|\s?(?:됐|째|차)|[\s.]*$)"),
    re.compile(rf"(?:다녔|일했|근무했)(?:어요|습니다|지요|죠)[,.]?\s(?:한\s|약\s|벌써\s)?{_UNIT}(?=\s?(?:정도|쯤|이?요)?[\s.]*$)"),
    # "경력 10년차인데 우리 회사는 2년": here, not elsewhere
    re.compile(
        rf"(?:우리|저희|여기)\s?(?:회사|가게|병원|학원|공장|매장|센터)?(?:는|은|에서는|에서|에는|선|와서는|서는)\s?(?:이제\s?|한\s?)?{_UNIT}"
        r"(?=이?(?:요|에요|예요|고|라)|\s?(?:됐|째|차|정도)|\s*$)"
    ),
    re.compile(rf"(?:신입|계약직|수습|알바|기간제)(?:이에요|이고|인데|으로|이라|예요|직원)?[\s,.]\s?(?:이제\s?|한\s?)?{_UNIT}\s?(?:됐|째|차|밖에)"),
    re.compile(rf"{_UNIT}\s?(?:이\s?)?(?:(?:[막갓]|조금|좀|약간|살짝|훌쩍)\s)?넘(?:었|어)[가-힣]{{0,3}}\s(?:입사|다닌|일한|근무한|들어온|온)\s?(?:한\s)?지"),
    re.compile(rf"{_UNIT}\s?전에?\s?(?:들어온|들어왔|입사한|입사했|뽑은|채용한)"),
    re.compile(rf"햇수로\s?(?:는\s?)?(?:이제\s?|벌써\s?|한\s?)?{_UNIT}"),
    re.compile(
        rf"{_UNIT}\s?(?:째|동안|간|정도|쯤|넘게|가까이|이상|이나|을|은\s?넘게|이\s?넘게)?\s?(?:째|를)?\s?(?:(?:같이|함께|우리랑|저희랑|여기서|저희랑\s?같이|우리랑\s?같이|(?:우리|저희)\s?(?:회사|가게|병원|학원|공장)(?:에서|를|에)?|꾸준히|계속|쭉)\s?)?(?:다니|다녔|다닌|일하|일했|일한|근무(?!\s?(?:시간|조건))|근속|재직)"
    ),
    re.compile(
        rf"(?:입사(?:한)?\s?(?:지)?|다닌\s?지|일한\s?지|일하신\s?지|근무한\s?지|들어온\s?지|온\s?지|근속(?:기간)?"
        rf"|재직(?:\s?기간)?|경력|(?<!단축)(?<!단축\s)(?<!재택)(?<!재택\s)(?<!원격)(?<!유연)(?<!시차)(?<!선택)(?<!시간)근무(?:\s?기간)?|같이\s?일한\s?지)(?:은|는|이|가)?\s?(?:총\s?|모두\s?|합해서\s?)?(?:이제\s?)?(?:얼마\s?안\s?[됐돼되]"
        rf"[가-힣]{{0,2}}[,.]?\s?)?(?:이제\s?|겨우\s?"
        rf"|한\s?|약\s?|벌써\s?|아직\s?|딱\s?|만\s?)*{_UNIT}(?!\s?(?:이상|미만|이하|도\s?(?:채\s?)?(?:안|못)|안\s?(?:되|된\s?(?:사람"
        rf"|직원도))))"
    ),
    re.compile(rf"(?:회사|여기|우리|저희|가게|공장|병원)(?:에|에서)?\s{_UNIT}\s?(?:째\s|동안\s|간\s|정도\s|쯤\s)?있(?:었|은|다가)"),
    re.compile(rf"(?<![\d]){_UNIT}\s?(?P<nth>차)(?!\s?(?:출산|신청|회의))"),
    re.compile(rf"{_UNIT}\s?(?:이\s?)?(?:된|정도\s?된|쯤\s?된|일한|다닌|넘은|넘게\s?(?:된|일한|다닌)|훌쩍\s?넘은)\s?(?:여자?\s|남자?\s)?{_NOUN}"),
    re.compile(
        rf"{_UNIT}\s?(?:이|도)?\s?(?:(?:좀|조금|약간|채|살짝|막|갓)\s?){{0,2}}(?:안\s?)?(?:됐|되었|될|정도|쯤)[가-힣]{{0,3}}[.,]?"
        r"\s?(?:입사|들어온|다닌|일한|근무한|들어와서)"
    ),
    # "1년 안 된 직원은 안 돼요?" asks of a rule, "1년 안 된 직원이에요" tells.
    re.compile(
        rf"{_UNIT}(?=\s?(?:이|도)?\s?(?:아직\s?)?(?:(?:채|좀|조금|약간)\s?)?안\s?된\s?(?:여자?\s?|남자?\s?|신입\s?)?{_NOUN}"
        r"(?:이?에요|예요|입니다|인데|이고|이거든|이요|님이에요))"
    ),
    re.compile(rf"{_UNIT}\s?째(?=이|인|예|입|요|래|라|네|\s|$)"),
    re.compile(rf"(?:입사|신입|들어온|다닌|일한)[가-힣\s]{{0,6}}{_UNIT}\s?밖에"),
    # "우리 직원은 8개월 됐어요", "10년을 같이 했어요"
    re.compile(rf"(?<![신임])(?:직원|여직원|남직원|사원|(?:우리|저희)\s?(?:알바생?|계약직|막내|경리|주방\s?이모|점장|실장|매니저|기사|선생님?)|그\s?(?:친구|분|사람|직원))(?:은|는|이)\s(?:이제\s?|벌써\s?|한\s?|겨우\s?)?{_UNIT}\s?(?:정도\s?|쯤\s?)?(?:됐|되었|다녔|일했|있었)"),
    re.compile(rf"{_UNIT}\s?(?:을|를|동안|간|째|이나|넘게)?\s?(?:같이|함께)\s?(?:했|해\s?왔|있었|지냈|한\s?(?:직원|사람|친구|분)|해온)"),
    re.compile(rf"(?:저랑|나랑|저희랑|우리랑|저하고|나하고|우리하고|저희하고)\s(?:같이\s|함께\s|벌써\s)?{_UNIT}(?:을|째|동안|이나|넘게|간)?\s?(?:같이\s|함께\s)?(?:했|일|있었|지냈|한\s)"),
    # "6개월이요 근무한 지", "창립 멤버예요 12년 됐어요"
    re.compile(rf"{_UNIT}(?:이?요|이에요|예요|입니다|정도요|쯤이?요|은\s?됐죠)[.,]?\s?(?:근무한|일한|다닌|입사한|들어온|온)\s?지"),
    re.compile(rf"(?:창립|원년|초창기|개업)\s?(?:멤버|직원|부터)[가-힣,.\s]{{0,6}}\s{_UNIT}\s?(?:됐|째|다녔|일했|함께|같이)"),
    # "근속 5년 이상 된 직원이에요"
    re.compile(rf"(?:근속|재직|입사(?:한\s?지)?|다닌\s?지|일한\s?지)\s?{_UNIT}(?=\s?(?:이상|넘게|초과)\s?(?:된|다닌|일한|근무한)\s?{_NOUN}(?:이?에요|예요|입니다|인데|이고|이거든|이요|이\s))"),
)
_TOLD = (
    r"(?:어요|습니다|습니더|대요|답니다|는데요?|음|거든요?"
    r"|네요|죠|지요|어|고요?|을\s?거예요|을걸요|다네요|다고\s?(?:하|해)[가-힣]{1,3}|지\s?아마)?"
)
_SINCE_JOINED = (
    r"(?:입사(?:한?\s?지)?|다닌\s?지|일한\s?지|일하신\s?지|근무한\s?지"
    r"|들어온\s?지|온\s?지|근속(?:기간|연수)?|재직(?:기간)?|근무\s?기간|뽑은\s?지|채용한\s?지)"
    r"(?:은|는|이|가)?\s?(?:이제\s?|아직\s?|겨우\s?|한\s?|채\s?|만\s?)*"
)
_NOT_DONE_YET = r"(?:이|도|은)?\s?(?:(?:채|아직|좀|조금|약간)\s?){0,2}안\s?[됐되]"
# "입사 3개월도 안 됐어요", "1년이 채 안 됐어요" for an answer: a month is missing.
_SHORT_OF = (
    re.compile(rf"{_SINCE_JOINED}{_UNIT}(?={_NOT_DONE_YET}(?!\s?(?:면|어도|으면)))"),
    re.compile(rf"^(?:음|아|네|예|그게|이제|아직|겨우)?[\s,]*(?:이제\s?|아직\s?|겨우\s?|한\s?|채\s?)*{_UNIT}(?={_NOT_DONE_YET}{_TOLD}[\s.!~]*$)"),
)
# "근속 10년 이상입니다", "입사 6개월 이상이요", "6개월은 넘었어요" for an answer.
_AT_LEAST = (
    re.compile(rf"^(?:음|네|예|한|아마)?[\s,]*{_UNIT}(?=(?:은|이)\s?(?:좀\s?|조금\s?|훌쩍\s?|벌써\s?)?(?:넘었|지났){_TOLD}[\s.!~]*$)"),
    re.compile(rf"{_SINCE_JOINED}{_UNIT}(?=\s?(?:이상|넘게)\s?(?:된\s|다닌\s)?(?:이에요|입니다|이요|이고요?|인데요?|임|이죠|됐|된\s?(?:분|직원|사람)))"),
)
_HALF_YEAR = re.compile(r"(?:입사(?:한)?\s?지?|다닌\s?지|일한\s?지|들어온\s?지|근무한\s?지"
    r"|온\s?지)\s?(?:이제\s?|한\s?|겨우\s?)?반\s?년|반\s?년\s?(?:째|다녔|일했|된\s?직원)|^(?:이제\s|아직\s)?반\s?년(?=도\s?(?:채\s?)?(?:안|못)\s?[됐되])")
_JOINED = re.compile(
    r"\s?(?:초|말|중순)?(?:에|날|자로?|부로)?\s?(?:입사(?:했|한|자|해|일)?|들어온\s?(?:여|남|여자\s?|남자\s?)?(?:직원|사람|분|친구|애)|들어왔|채용(?:했|한)|뽑(?:은|았던)\s?(?:여|남|여자\s?|남자\s?)?(?:직원|사람|분|친구|애)|(?:에\s?)?왔(?:어요|습니다)\s?(?:우리|저희|여기)|우리\s?회사에\s?(?:왔|들어)|부터\s?(?:출근(?:한|했|하고\s?있)|다니|다닌|일하|일한|일했|다녔|근무))"
)
_OF_PAPERS = re.compile(r"(?:신청|신청서|서류|접수|공문|연락|민원|문의|요청|통보)(?:은|는|이|가|도)?\s*$")
_JOINED_ON = re.compile(
    r"(?:입사일|(?:고용\s?보험\s?)?취득일|입사일자|입사\s?날짜|입사는|입사가)(?:은|는|이|가|:)?\s?:?\s?$"
)
# A season as its first month, in as many letters, so that places hold.
_SEASON = re.compile(r"(?<=[년해난])(?P<gap>\s?)(?P<season>(?<=\s)봄|여름|가을|겨울)(?=에)")
_SEASONS = {"봄": "3월", "여름": "6월", "가을": "9월", "겨울": "12월"}
_PARSER = TemporalParser(ParseOptions(cycle=Cycle.PAST))


def find(said: Said) -> list[Fact]:
    """The worker's gender ("worker_gender") and months with the firm ("worker_tenure_months")."""
    tenure = _short_of(said) or _tenure(said) or _since(said)
    return genders(said) + ([tenure, *_put_right(said, tenure)] if tenure else [])


def _put_right(said: Said, tenure: Fact) -> list[Fact]:
    """The length that takes the place of one taken back ("2년이 아니라 1년이에요")."""
    match = re.match(rf"\s?(?:이|가)?\s?(?:아니라|아니고|말고)\s(?=({_UNIT}))", said.text[tenure.end :])
    if not match:
        return []
    start = tenure.end + match.end()
    again = re.compile(_UNIT).match(said.text, start)
    return [Fact("worker_tenure_months", _months(again), start, again.end())] if again else []


def _short_of(said: Said) -> Fact | None:
    """A length not yet full ("3개월도 안 됐어요") or passed ("근속 10년 이상입니다"); rules tell none."""
    for pattern in (*_SHORT_OF, *_AT_LEAST):
        match = pattern.search(said.text)
        if not match or asks_a_rule(said, match.start(), match.end()) or match.group("u") == "주":
            continue
        months = _months(match) - (pattern in _SHORT_OF)
        if 0 <= months <= 720:
            return Fact("worker_tenure_months", months, match.start(), match.end())
    return None


def _tenure(said: Said) -> Fact | None:
    half = _HALF_YEAR.search(said.text)
    if half:
        not_yet = re.match(r"(?:이|도)?\s?(?:채\s?)?(?:안|못)\s?[됐되돼]", said.text[half.end() :])
        return Fact("worker_tenure_months", 5 if not_yet else 6, half.start(), half.end())
    for pattern in _TENURE:
        for match in pattern.finditer(said.text):
            if asks_a_rule(said, match.start(), match.end()) and re.search(
                r"이상|미만|이하|되야|돼야|이어야|여야|이면|도\s?되|만\s?돼",
                said.text[match.start() : match.end() + 14],
            ):
                continue
            if re.search(
                r"(?:대신|대체|퇴사한|나간|갔다|다녀|복직|복귀|임신|출산|휴직|육휴|설립|개업|창업|사업|장사|가게(?!에서)|운영|태어난|낳은|아이|애|애기|아기|생후|딸|아들)[가-힣\s]{0,6}$",
                said.before(match.start(), 10),
            ) or re.match(r"\s?차?\s?(?:된\s?)?(?:아기|아이|애기|애\s|딸|아들|쌍둥이)", said.text[match.end() :]):
                continue
            if _NOT_DONE.match(said.text, match.end()) and _WORKS.search(match.group()):
                continue  # "6개월 근무하면", "8개월 일하고 싶답니다"
            if match.group("u") == "주" and (match.groupdict().get("nth") or _NTH.match(said.text, match.end())):
                continue  # "34주차": weeks of a pregnancy
            if match.group().endswith("째") and re.search(
                r"임신|육아휴직|휴직|육휴|출휴|휴가|장사|운영|사업|팔아|팔고|키워|농사|가게를|식당을|쉬|급여|월급|비[워운울]|비어|공석"
                r"|구인|구하|구했|공고|뽑|지원자|복직|복귀"
                r"|밀려|밀린|체불", said.text):
                continue
            if re.search(r"퇴직금|그만둔|퇴사한|나간\s?직원", said.text) or (
                asks_a_rule(said, match.start(), match.end())
                and re.match(r"도\s|\s?(?:만에|차?면|[가-힣]{0,2}\s?(?:된\s?)?(?:사람|직원"
                    r"|근로자)도)", said.text[match.end() :])
            ):
                continue
            months = _months(match, _NTH.match(said.text, match.end()) is not None)
            if _NOT_YET.search(said.text[match.start("u") : match.end() + 12]) and "밖에" not in match.group():
                months -= 1
            if 0 < months <= 720:
                return Fact("worker_tenure_months", months, match.start(), match.end())
    return None


# "5년차" wherever it stands; "2년 조금 안 됐어요", with the length just before.
_NTH = re.compile(r"\s?차(?![례량장근별용])")
_NOT_YET = re.compile(
    r"^(?:년|개월|달|주|해)(?:\s?반)?(?:\s?\S{1,2}\s?개월)?\s?(?:이\s?|도\s?|은\s?)?(?:(?:채|조금|좀|약간|살짝|아직)\s?){0,2}안\s?[됐되돼된될]"
)


_WORKS = re.compile(r"(?:다니|일하|근무|근속|재직)$")
_NOT_DONE = re.compile(
    r"\s?(?:하|하셔)?(?:고\s?싶|겠|려고|려면|기로|고자|면(?!서)|어야|여야|야\s|해야|셔야|후\s|할\s|예정|조건|시\s)"
    r"|해야|해야지|한\s?(?:뒤|후|다음)"
)


def _months(match: re.Match[str], nth: bool = False) -> int:
    count = int(match.group("n")) if match.group("n").isdigit() else _COUNT[match.group("n")]
    months = {"년": 12.0, "해": 12.0, "개월": 1.0, "달": 1.0, "주": 0.25}[match.group("u")] * count
    if match.group("half"):
        months += 6 if match.group("u") == "년" else 0.5
    if match.group("m"):
        more = match.group("m")
        months += int(more) if more.isdigit() else _COUNT[more]
    if nth or match.groupdict().get("nth"):
        # "3년차" is in the third year: two are full; "2년 4개월차" in its fourth month.
        months -= 12 if match.group("u") == "년" and not match.group("m") else 1
    elif "햇수" in match.group() and match.group("u") == "년":
        months -= 12
    return int(months)


def _since(said: Said) -> Fact | None:
    """Months since "작년 3월에 입사한"."""
    now: datetime = said.now.replace(tzinfo=None)
    for item in _PARSER.parse_all(_SEASON.sub(_in_months, said.text), now=now):
        told = _JOINED.match(said.after(item.span[1], 12)) or _JOINED_ON.search(said.before(item.span[0], 10))
        if told and item.start <= now and not _OF_PAPERS.search(said.before(item.span[0], 12)):
            months = (now.year - item.start.year) * 12 + now.month - item.start.month
            months -= item.grain is Grain.DAY and item.start.day > now.day
            if 0 <= months <= 720:
                return Fact("worker_tenure_months", months, item.span[0], item.span[1])
    return None


def _in_months(found: re.Match[str]) -> str:
    month = _SEASONS[found.group("season")]
    return month if found.group("season") == "봄" else found.group("gap") + month
