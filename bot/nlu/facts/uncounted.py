"""Counts of people whose number stands without 명 or 분: "정규직 20에 알바 5", "주방 8 배달 4"."""

from __future__ import annotations

import re

from bot.nlu.facts.fact import Said
from bot.nlu.facts.movers import Count
from bot.nlu.facts.numbers import NUMBER, SPOKEN_RANGE, Number, of_match, read_number
from bot.nlu.facts.staff import STAFF

# A number that stands right after what it counts needs no counter: "정규직 20에 알바 5", "직원수 25".
_UNCOUNTED = re.compile(
    rf"(?:^|(?<=[\s,./(+·]))(?P<who>{STAFF})\s?(?:수|숫자|인원)?\s?(?:은|는|이|가|:|=)?\s?(?:총|전체|모두|다|약"
    rf"|한)?\s?{SPOKEN_RANGE}"
    r"(?=\s?(?:에|이랑|랑|하고|,|\+|/|이요|이고|이구|이에요|예요|요|입니다|인데|이오|이올시다|이라오|정도|쯤|\)|\.(?!\d(?!\s?명))|!|$|\s|이라|이지"
    r"|이죠|이거든|이네|임|이며|인디|밲에|[되돼됩]))"
    r"(?!(?:개|월|일|시|년|살|세|주|만|원|%|퍼|층|호|번|교대|조)"
    r"|\s(?:(?:개|월|일|시|년|살|세|주|원|층|호|번|교대|조)(?![가-힣])|개월|시간|살[이인짜]|년[째차]|번째|퍼|%"
    r"|만\s?원))"
)
_ROLE_END = r"(?:자|사|원|터|너|장|님|모|바|직|생|저|수|머)"
_MANY = (
    r"(?:(?:열|스물|서른|마흔|쉰|예순|일흔|여든|아흔)\s?)?(?:하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|두어|두셋|서넛"
    r"|댓|대여섯|예닐곱|여남은|남은)"
    r"|열|스물|스무남은|서른|마흔|쉰|예순|일흔"
)
_SOME = r"하나|둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|\d{1,2}"
# Two kinds of people at least, each with its number: "편집자 셋 마케터 하나", "개발자 여섯 기획 둘 디자인 하나".
_PEOPLE = rf"(?:[가-힣]{{1,4}}{_ROLE_END}|{STAFF})님?(?:은|는|이|가|만|에)?\s?"
_PART = (
    rf"(?:에|하고|이랑|랑|이고|,|/)?[,\s]\s?(?:[가-힣]{{1,4}}\s)?[가-힣]{{1,5}}(?:은|는|이"
    rf"|가)?\s(?:{_SOME})(?!\s?(?:명|분|살|달|월|년|개|시|층|호|교대|주|일|번|세|대))"
)
_ROLES = re.compile(
    rf"(?<![가-힣]){_PEOPLE}(?:{_SOME})(?P<rest>(?:{_PART}){{1,5}})(?=이?(?:요|고|에요|예요|구|거든|네|지)|입니다"
    rf"|인데|\s?(?:있|그래|이렇게|두고|근무|일해)|[\s.!]*$)"
)
_EACH_PART = re.compile(rf"(?P<who>[가-힣]{{1,6}}?)(?:은|는|이|가|에)?\s?(?P<n>{_SOME})(?![가-힣]*\s?(?:살|달))")
# The sum after its parts: "주방 둘하고 홀 하나 이렇게 셋 있어요".
_IN_SUM = re.compile(
    rf"(?:이렇게|다\s?해서|합이|합해서?|합쳐서?|다\s?합쳐\s?(?:봐야|봤자)|다\s?합치면|합하면|다\s?해\s?(?:봐야|봤자)|해봤자|(?:다\s)?세면|세어\s?보면|따지면|까지\s?(?:넣으면|치면|쳐서|더하면|합치면)|합계|다\s?쳐도"
    rf"|다\s?쳐서|다\s?치면)\s(?:총\s|한\s|다\s)?(?P<first>\d{{1,3}}|{_MANY})"
    r"(?=도\s안\s[돼되됩]|\s?(?:좀|조금|약간|채)\s?안\s?[돼되됩]|이?\s?(?:좀|조금|약간)?\s?넘|\s?(?:있|일하|이에요|예요|이요|입니다|이고|이지|이죠|이네|이거든|인데|요(?![가-힣])|정도|쯤|[되돼됩])"
    r"|[\s.!]*$)")
# "남 12 여 8".
_BY_GENDER = re.compile(
    r"(?<![가-힣])(?:남자?|여자?)\s?(?P<first>\d{1,3})(?:명)?[\s,/]{1,2}(?:남자?"
    r"|여자?)\s?(?P<more>\d{1,3})(?![\d월일])")
# "여섯에 알바 둘요", "열하나 더하기 파트 셋".
_PLUS = re.compile(
    rf"(?:^|(?:저희는?|우리는?|직원은?)\s)(?P<first>{_MANY}|\d{{1,3}})(?:명)?(?:에다가?|에|하고|이랑|랑|\s?더하기|\s?\+|\s?플러스)\s"
    rf"(?:알바|아르바이트|파트|파트타임|계약직|인턴|단시간|일용직|외국인)(?:생)?(?:이|가)?\s?(?P<more>{_MANY}|\d{{1,2}})(?=\s?(?:명|이?요|이에요|입니다|있|이고|$))"
)
# What goes on in the same way, whatever the people are called: "주방 8 배달 4".
_NEXT_PART = re.compile(
    rf"(?:에|이랑|랑|하고|,|/|·|\+)?\s(?P<who>[가-힣]{{1,6}}?)\s?(?P<first>{NUMBER})"
    r"(?=\s?(?:이요|이고|이구|이에요|예요|요|입니다|인데|이\s|이렇게|해서|\)|,|/|[.!]?\s*$)|\s[가-힣]{1,5}\s?\d)"
)
_NO_PART = re.compile(
    r"(?:월|일|층|시|교대|매출|평|년|주|세|살|만|총|합|전체|모두|정원|예정일|전화|번호|번|차|제"
    r"|고용보험|피보험자|보험)$")
_WHOLE_LAST = re.compile(
    rf"포함(?:해서|하여|하면|해)?\s?(?:총|모두|전체)?\s?{SPOKEN_RANGE}(?=이요|이에요|예요|입니다|인데|이고|[\s.,]|$)"
)
_NATIVE_COUNT = re.compile(
    rf"(?<![가-힣\d])(?P<first>{_MANY})"
    r"(?=이서|은\s?(?:넘|안\s?[되돼됩])|이야(?![가-힣])|이\s다\s|(?:이\s|\s)남(?:았|아\s?있)|요\s(?:직원|사람|인원)[이은]|이지|이죠|이거든|이라예|이라요|이라우|이여(?![가-힣])|인디|이다(?=[\s.!]*$)|이여유|이유(?=[\s.!]*$)|\s?(?:조금\s|좀\s)?넘(?:게|어)\s?(?:있|일|돼|되|됩)|이\s?(?:아니|말고)|이네|임더|임니더|입니더|밲에|으로\s?(?:줄"
    r"|늘|바뀌|됐)|인가(?=[\s.?!]*$)|\s?(?:쓰고\s?있|써요|씁니다|쓰는데|썼는데|썼었|쓰다가|두고\s?(?:있|하)|데리고\s?(?:있|하)|부려요|굴려요)|\s?(?:쯤|정도|남짓)?\s?[되돼됩](?:지|어|죠|요|니|네|부|는)|인가\s?싶"
    r"|이\s?(?:일|근무|있|다(?:예|에|입|요)|전부)|이고|이에요|이예요|이요|입니다|인데|이라던데|이라는데|이래요"
    r"|이구|이었|이며|이네|이라\s?(?:했|말|적)|인가\s?(?:돼|되|있)|이\s?(?:조금|좀|약간|살짝|훌쩍|채|다)?\s?(?:넘"
    r"|안\s?[돼되됩])|예요|뿐|밖에|[\s.!]*$)(?!\s?(?:살|달|시|개|번|째))"
)
# The answer to "how many": people are named, then a number in words that nothing follows but how sure it is.
_ASKED_BACK = re.compile(
    r"(?:직원|인원|사람|종업원|식구)\s?(?:수|숫자)?(?:이?요|은요|는요|이요|은|는|이|가)?\s?[?,.]*\s(?:한|글쎄요?"
    r"|아마|대충|대략|약)?\s?"
    rf"{SPOKEN_RANGE}(?=\s?(?:사이|안팎|내외|언저리|남짓|되려나|되나|될\s?걸|될\s?거|됩니다|돼요|되죠|되네|쯤\s?(?:돼|되|됩)|정도\s?(?:돼|되"
    rf"|됩)))"
)
# "직원은 음 열여섯? 열일곱? 그쯤이에요".
_HESITATES = re.compile(
    r"(?:직원|인원|사람|종업원|식구)\s?(?:수|숫자)?(?:은요?|이요?|는요?)?[\s,]+(?:(?:음|어|글쎄요?|아마|한|지금)[\s,.]+){0,2}"
    rf"(?P<first>{_MANY}|\d{{1,3}})(?:명)?\s?[?,]\s?(?:{_MANY}|\d{{1,3}})(?:명)?\s?[?,.\s]"
)
# "세 명 더 뽑으면 스물인데 지금은 17".
_NOW = re.compile(
    rf"(?:명|인)[^.?!\n]*\s(?:지금|현재|올해)(?:은|는)?\s(?:총\s|한\s)?{SPOKEN_RANGE}(?=(?:이?요|입니다|이에요|예요)?[\s.!]*$)"
)
# "인원 수정할게요 60이 아니라 66이요".
_PUT_RIGHT = re.compile(
    r"(?:직원|인원|종업원|사람)(?:수|\s?수)?(?:가|이|는|을|를)?\s[^\d.,?!]{0,10}?(?P<old>\d{1,4})(?:이|은|가)?\s?(?:아니라|아니고|말고)\s(?P<first>\d{1,4})"
    r"(?=이?요|이에요|예요|입니다|이고|[\s.]*$)"
)
# "총원 60 고용보험 58".
_INSURED = re.compile(
    rf"(?:고용\s?보험|[4사]대\s?보험|피\s?보험자?|가입자)\s?(?:가입자?|자)?\s?(?:수|숫자)?(?:은|는"
    rf"|:)?\s{SPOKEN_RANGE}(?=\s?(?:만(?:요|이요|이에요)?[\s.]*$|이요|요|입니다|이에요|예요|이고|,|\.(?!\s?[가-힣])|$))"
)
# "제 밑으로 넷 있어요", "스물하나요 직원이".
_UNDER_ME = re.compile(
    rf"(?:(?:저|나)\s?(?:말고|말구|빼고|제외하고)|밑으로|밑에|아래로|밑에는|데리고\s?있는\s?(?:사람|직원)이)\s(?P<first>{_MANY})(?=\s?(?:있|이에요|예요|이요|명|두고|$))"
    rf"|^(?P<said>{_MANY})(?=(?:이?요|이?에요|예요|입니다)\s(?:직원|사람|인원|종업원)(?:이|은|수)?[\s.]*$)"
)
# "알바만 둘 써요", "사범 둘 두고 있어요".
_KEPT = re.compile(
    r"(?P<who>[가-힣]{1,6}?)(?:만|을|를|도)?\s(?P<first>둘|셋|넷|다섯|여섯|일곱|여덟|아홉|열|열하나|열둘|열셋"
    r"|스물)\s(?=쓰는\s[가-힣]|두고|데리고|태우고|부리고|거느리고|써요|쓰고\s?있|쓰는데|쓰고요|씁니다|둬요|둡니다|뒀어)"
    rf"|(?P<whom>(?:[가-힣]{{1,4}}{_ROLE_END}|분|사람|이모|아주머니|아저씨|여사님|{STAFF}))(?:이|가|만|은)?\s(?P<there>둘|셋|넷|다섯|여섯"
    rf"|일곱|여덟|아홉|열|열하나|열둘|열셋|스물)"
    r"(?:이|만)?\s(?=있(?:는\s[가-힣\s]{0,8}(?:가게|집|회사|업체|공방|사무실|사무소|식당|매장|농장|공장|학원)|어요|습니다|고|는데|죠|지|음)|계(?:세|시|십|신)|일해|일하고|상주|이?서?\s?해요|이?서?\s?합니다)"
)


def uncounted(said: Said, counted: list[Count]) -> list[Count]:
    """Counts without a counter, beside those that ``counted`` has already."""
    found = list(counted)
    if both := _BY_GENDER.search(said.text):
        _add_sum(found, both)
    if whole := _IN_SUM.search(said.text):
        _add(found, whole, None)
        return [count for count in found if count not in counted]
    if roles := _ROLES.search(said.text):
        _add_roles(found, roles)
    for match in _UNCOUNTED.finditer(said.text):
        if re.search(r"매장|가게|공장$", match.group("who")) and not _NEXT_PART.match(said.text, match.end()):
            continue  # "매장 셋": how many shops
        _add(found, match, match.group("who"))
        _add_parts(said, found, match)
    for pattern in (_WHOLE_LAST, _ASKED_BACK, _INSURED, _HESITATES, _NOW):
        if whole := pattern.search(said.text):
            _add(found, whole, None)
    if again := _PUT_RIGHT.search(said.text):
        _add(found, again, None, "old")
        _add(found, again, None)
    if plus := _PLUS.search(said.text):
        _add_sum(found, plus)
    for match in _KEPT.finditer(said.text):
        who, at = (match.group("who"), "first") if match.group("who") else (match.group("whom"), "there")
        if not _CHILDREN.search(who):
            _add(found, match, who, at)
    if under := _UNDER_ME.search(said.text):
        _add(found, under, None, "first" if under.group("first") else "said")
    for match in _NATIVE_COUNT.finditer(said.text):
        bare = match.start() == 0 and said.is_bare
        if bare and not re.match(r"이서|이\s?(?:일|근무|있)", said.text[match.end() :]):
            continue  # "스물다섯이요" alone: what it counts only the question tells
        if not _of_children(said, match):
            _add(found, match, None)
    return [count for count in found if count not in counted]


# "스물 안 돼요 열아홉".
_NOT_QUITE = re.compile(r"(?:이|은|도)?\s(?:채\s)?안\s?[되돼됩된됐]")


def _add(found: list[Count], match: re.Match[str], who: str | None, at: str = "first") -> None:
    number = of_match(match) if "second" in match.groupdict() else read_number(match.group(at))
    if number and not number.rough and _NOT_QUITE.match(match.string, match.end()):
        number = Number(number.value - 1, None, number.value - 1)
    start, end = match.start(at), match.end("old") if at == "old" else match.end()
    taken = any(count.start < end and start < count.end for count in found)
    if number and not taken and not too_wordy(match.group(at)):
        found.append(Count(number, start, end, who, None))


def _add_sum(found: list[Count], match: re.Match[str]) -> None:
    first, more = read_number(match.group("first")), read_number(match.group("more"))
    taken = any(count.start < match.end() and match.start() < count.end for count in found)
    if first and more and not taken:
        found.append(Count(Number(first.value + more.value), match.start(), match.end(), None, None))


def _add_roles(found: list[Count], match: re.Match[str]) -> None:
    """One count, the sum of all the people listed."""
    if re.search(
        r"아이|애|딸|아들|자녀|아기|보험|가입|총|전체|합|포함|중\s|[남여]자|휴직|육휴|출휴|출산|임신|채용|퇴사|대체|신규|복직|지원자|면접|빼면|빼고|제외|말고|까지|하면|합치",
        match.group(),
    ):
        return
    numbers = [read_number(part.group("n")) for part in _EACH_PART.finditer(match.group())]
    taken = any(count.start < match.end() and match.start() < count.end for count in found)
    if len(numbers) > 1 and not taken:
        total = sum(number.value for number in numbers if number)
        found.append(Count(Number(total), match.start(), match.end(), None, None))


def _add_parts(said: Said, found: list[Count], match: re.Match[str]) -> None:
    """The parts told on in the same way after a first one, whatever their people are called."""
    part = _NEXT_PART.match(said.text, match.end())
    while part and not _NO_PART.search(part.group("who")):
        number, start, end = read_number(part.group("first")), part.start("first"), part.end()
        taken = any(count.start < end and start < count.end for count in found)
        if number is None or too_wordy(part.group("first")) or taken:
            return
        found.append(Count(number, start, end, None, None, named=part.group("who")))
        part = _NEXT_PART.match(said.text, end)


_CHILDREN = re.compile(r"(?:아이|애|자녀|딸|아들|애기|아기|휴직자|육휴|강아지|고양이|개)(?:만|을|를|도)?$")


_NOT_SO_MANY = re.compile(r"(?:아이|애|자녀|쌍둥이)(?:가|는|이)?\s[가-힣]{1,3}(?:이|가)?\s아니[라고]\s?$")


def _of_children(said: Said, match: re.Match[str]) -> bool:
    return bool(
        re.search(
            r"(?:아이|애|자녀|딸|아들|애기|아기|휴직자|육휴|알바|나이|살|딸내미|고양이|강아지|만으로)(?:가|는|은|이|도"
            r"|만)?\s?$",
            re.sub(r"(?:알바|아르바이트)만\s?$", "", said.before(match.start(), 6)),
        )
    ) or said.text[match.start() :].startswith(("하나이", "하나예")) or bool(
        _NOT_SO_MANY.search(said.text[: match.start()])
        or (re.search(r"늦둥이|나이|노산|연세|고령", said.text) and not re.search(r"직원|인원|사람", said.text))
    )


def too_wordy(number: str) -> bool:
    """ "직원 한", "직원 이" and the like: one letter that is rarely a number when nothing is counted after it."""
    first = number.strip()
    return not first[0].isdigit() and len(first) < 2 and first not in ("둘", "셋", "넷", "열")
