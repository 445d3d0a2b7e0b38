"""The worker an event is about: gender, and how long with the firm."""

from __future__ import annotations

import re
from datetime import datetime

from korean_datetime import Cycle, ParseOptions, TemporalParser

from bot.nlu.facts.fact import Fact, Said
from bot.nlu.facts.questions import asks_a_rule

_FEMALE = re.compile(
    r"여\s?직원|여자\s?직원|여성\s?(?:직원|근로자|사원)|여\s?사원|여자\s?(?:분|대리|과장|사원|알바|선생님?)"
    r"|여(?:대리|과장|선생님|교사)|(?<![가-힣])여자(?=이?(?:예요|에요|요|입니다|임|고|구)|$|\s?(?:가\s?)?(?:아니"
    r"|말고))|(?<![가-힣])여성(?=이?(?:에요|이에요|요|입니다|임|이요|이고)|$)|워킹맘|산모|여성분|여자분|(?<![가-힣])여자?(?=잔데)|(?<![가-힣])(?:여자|여성)\s(?:간호사|교사|디자이너|기사|개발자|강사|요양보호사|조리사|팀장|주임|매니저|트레이너|직장인|연구원|상담사|치료사|약사|의사|변호사|회계사)|\(여\)"
    r"|\(여자\)|(?<![가-힣])(?:애\s?)?엄마(?=예요|에요|입니다|인데|라서|고요|라\s)|여자인데|여성인데|(?:애\s?)?엄마\s?(?:직원|사원|되는\s?직원)|남편\s?(?:해외"
    r"|발령|직장|출장|이직|회사\s?(?:때문|따라))"
)
_MALE = re.compile(
    r"남\s?직원|남자\s?직원|남성\s?(?:직원|근로자|사원)|남\s?사원|남자\s?(?:분|대리|과장|사원|알바|선생님?)"
    r"|(?<![가-힣])남자(?=이?(?:예요|에요|요|입니다|임|고|구)|$|\s?(?:가\s?)?(?:아니|말고))|(?<![가-힣])남성(?=이?(?:에요"
    r"|이에요|요|입니다|임|이요|이고)|$)|아빠\s?(?:직원|사원|되는\s?직원)|남성분|남자분|(?<![가-힣])남자?(?=잔데)|(?<![가-힣])(?:남자|남성)\s(?:간호사|교사|디자이너|기사|개발자|강사|요양보호사|조리사|팀장|주임|매니저|트레이너|직장인|연구원|상담사|치료사|약사|의사|변호사|회계사)|직원\s?(?:와이프|아내"
    r"|부인|배우자|집사람)|\(남\)|\(남자\)|(?<![가-힣])(?:애\s?)?아빠(?=예요|에요|입니다|인데|라서|고요"
    r"|라\s|가\s?(?:육아\s?)?(?:휴직|육휴))|남자인데|남성인데|애\s?아빠"
)
_COUNTED_AFTER = re.compile(
    r"^\s?(?:은|는|이|가|만|도)?\s?(?:\d+\s?(?:명|인|분)|한\s?명도|[가-힣]{1,3}\s?명|도\s?(?:쓸"
    r"|되|가능|받|육아|육휴|돼)|만\s)"
)
_UNIT = (
    r"(?P<n>\d{1,2}|한|두|세|석|네|다섯|여섯|일곱|여덟|아홉|열|일|이|삼|사|오|육)\s?(?P<u>년|개월|달"
    r"|주)(?P<half>\s?반)?(?:\s?(?P<m>\d{1,2}|한|두|세|네|여섯|육)\s?개월)?"
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
}
_TENURE = (
    re.compile(
        rf"{_UNIT}\s?(?:째|동안|간|정도|쯤|넘게|가까이|이상)?\s?(?:째)?\s?(?:다니|다녔|다닌|일하|일했|일한|근무(?!\s?(?:시간|조건))|근속|재직)"
    ),
    re.compile(
        rf"(?:입사(?:한)?\s?(?:지)?|다닌\s?지|일한\s?지|일하신\s?지|근무한\s?지|들어온\s?지|온\s?지|근속(?:기간)?"
        rf"|재직(?:\s?기간)?|경력|근무(?:\s?기간)?|같이\s?일한\s?지)(?:은|는|이|가)?\s?(?:이제\s?)?(?:얼마\s?안\s?[됐돼되]"
        rf"[가-힣]{{0,2}}[,.]?\s?)?(?:이제\s?|겨우\s?"
        rf"|한\s?|약\s?|벌써\s?|아직\s?|딱\s?)*{_UNIT}(?!\s?(?:이상|미만|이하|도\s?(?:채\s?)?(?:안|못)|안\s?(?:되|된\s?(?:사람"
        rf"|직원도))))"
    ),
    re.compile(rf"(?<![\d]){_UNIT}\s?(?P<nth>차)(?!\s?(?:출산|신청|회의))"),
    re.compile(rf"{_UNIT}\s?(?:된|정도\s?된|쯤\s?된|일한|다닌)\s?(?:직원|사원|여직원|남직원|알바|분|대리|친구)"),
    re.compile(rf"{_UNIT}\s?(?:됐|되었|정도|쯤)[가-힣]{{0,3}}\s?(?:입사|들어온|다닌|일한|근무한)"),
    re.compile(rf"{_UNIT}\s?째(?=이|인|예|입|요|\s|$)"),
    re.compile(rf"(?:입사|신입|들어온|다닌|일한)[가-힣\s]{{0,6}}{_UNIT}\s?밖에"),
)
_HALF_YEAR = re.compile(r"(?:입사(?:한)?\s?지?|다닌\s?지|일한\s?지|들어온\s?지|근무한\s?지"
    r"|온\s?지)\s?(?:이제\s?|한\s?|겨우\s?)?반\s?년|반\s?년\s?(?:째|다녔|일했|된\s?직원)")
_JOINED = re.compile(
    r"\s?(?:초|말|중순)?(?:에|날)?\s?(?:입사(?:했|한|자|해|일)?|들어온\s?(?:직원|사람|분|친구)|들어왔|채용(?:했|한)|뽑(?:은|았던)\s?(?:직원|사람|분|친구)|부터\s?(?:다니|다닌|일하|일한|일했|다녔|근무))"
)
_JOINED_ON = re.compile(r"(?:입사일|입사일자|입사\s?날짜|입사는|입사가)(?:은|는|이|가|:)?\s?:?\s?$")
_PARSER = TemporalParser(ParseOptions(cycle=Cycle.PAST))


def find(said: Said) -> list[Fact]:
    """The worker's gender ("worker_gender") and months with the firm ("worker_tenure_months")."""
    tenure = _tenure(said) or _since(said)
    return _genders(said) + ([tenure, *_put_right(said, tenure)] if tenure else [])


def _put_right(said: Said, tenure: Fact) -> list[Fact]:
    """The length that takes the place of one taken back ("2년이 아니라 1년이에요")."""
    match = re.match(rf"\s?(?:이|가)?\s?(?:아니라|아니고|말고)\s(?=({_UNIT}))", said.text[tenure.end :])
    if not match:
        return []
    start = tenure.end + match.end()
    again = re.compile(_UNIT).match(said.text, start)
    return [Fact("worker_tenure_months", _months(again), start, again.end())] if again else []


def _genders(said: Said) -> list[Fact]:
    found: list[Fact] = []
    for gender, pattern in (("female", _FEMALE), ("male", _MALE)):
        for match in pattern.finditer(said.text):
            if _COUNTED_AFTER.match(said.after(match.end(), 10)):
                continue
            role = "hypothetical" if asks_a_rule(said, match.start(), match.end()) else None
            found.append(Fact("worker_gender", gender, match.start(), match.end(), role=role))
            break
    return found


def _tenure(said: Said) -> Fact | None:
    half = _HALF_YEAR.search(said.text)
    if half:
        return Fact("worker_tenure_months", 6, half.start(), half.end())
    for at, pattern in enumerate(_TENURE):
        for match in pattern.finditer(said.text):
            if asks_a_rule(said, match.start(), match.end()) and re.search(
                r"이상|미만|이하|되야|돼야|이어야|여야|이면|도\s?되|만\s?돼",
                said.text[match.start() : match.end() + 14],
            ):
                continue
            if re.search(
                r"(?:대신|대체|퇴사한|나간|복직|복귀|임신|출산|휴직|육휴|설립|개업|창업|사업|장사|가게(?!에서)|운영|태어난|낳은|아이|애)[가-힣\s]{0,6}$",
                said.before(match.start(), 10),
            ):
                continue
            if at == 5 and re.search(r"임신|육아휴직|휴직|장사|운영|사업|쉬|급여|월급|구인|구하|복직|복귀"
                r"|밀려|밀린|체불", said.text):
                continue
            if re.search(r"퇴직금|그만둔|퇴사한|나간\s?직원", said.text) or (
                asks_a_rule(said, match.start(), match.end())
                and re.match(r"\s?(?:만에|차?면|[가-힣]{0,2}\s?(?:된\s?)?(?:사람|직원"
                    r"|근로자)도)", said.text[match.end() :])
            ):
                continue
            months = _months(match)
            if at != 6 and re.match(r"\s?(?:이\s?|도\s?)?(?:채\s?)?안\s?[됐되돼]", said.text[match.end() :]):
                months -= 1
            if 0 < months <= 720:
                return Fact("worker_tenure_months", months, match.start(), match.end())
    return None


def _months(match: re.Match[str]) -> int:
    count = int(match.group("n")) if match.group("n").isdigit() else _COUNT[match.group("n")]
    months = {"년": 12.0, "개월": 1.0, "달": 1.0, "주": 0.25}[match.group("u")] * count
    if match.group("half"):
        months += 6 if match.group("u") == "년" else 0.5
    if match.group("m"):
        more = match.group("m")
        months += int(more) if more.isdigit() else _COUNT[more]
    if "nth" in match.groupdict() and match.group("nth") and match.group("u") == "년":
        months -= 12  # "3년차" is in the third year: two are full
        months = max(months, 6)
    return int(months)


def _since(said: Said) -> Fact | None:
    """Months since "작년 3월에 입사한"."""
    now: datetime = said.now.replace(tzinfo=None)
    for item in _PARSER.parse_all(said.text, now=now):
        told = _JOINED.match(said.after(item.span[1], 12)) or _JOINED_ON.search(said.before(item.span[0], 10))
        if told and item.start <= now:
            months = (now.year - item.start.year) * 12 + now.month - item.start.month
            if 0 <= months <= 720:
                return Fact("worker_tenure_months", months, item.span[0], item.span[1])
    return None
