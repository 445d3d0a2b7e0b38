"""Slips of the finger in what carries a number: number words, what they count, and the small words around them.

``slips`` puts whole words right by how likely the sentence becomes; these are too short for that ("메 명", "석 당"),
but what stands beside them leaves one reading only. What was meant is as long as what was typed.
"""

from __future__ import annotations

import re
from functools import lru_cache

from bot.nlu import hangul
from bot.nlu.facts.numbers import read_number
from bot.nlu.slips import near_letters

_TENS = ("열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_ONES = ("한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_ROUGH = ("한두", "두세", "서너", "네다섯", "대여섯", "예닐곱", "여남은")
_SHORTEST = 3  # syllables of a compound number that can be told from other words
_UNITS = ("명", "달", "살", "시")
# Real words where a number might stand, and real counters where 명 might.
_NO_NUMBER = re.compile(
    r"^(?:그|이|저|몇|각|전|매|첫|다|지난|다음|이번|올|내|작|당|반|여러|같은|다른|좀|더|또|약|총|거의|모든|어떤|무슨|단|새|옛|딴|온|맨|그런|이런|저런|수십|수백"
    r"|수천|동|한참|아무|막|갓|꼭|딱|참|잘|안|못|왜|뭐|네|예|아|응|음|제|본|현|분|명|년|월|일|시|달|살)$"
)
_REAL_COUNTERS = frozenset(
    "개대번곳장채평층벌잔컵줄배통석판건푼말되섬칸쌍돌쪽군팀반주째해켤끼마동면병권편집방척폭종차점품량톤단알모자날잘세설술상가이은는을를도만의에로와과나라고며서사")
_NO_WORDS = frozenset("녕먕묭몀멷")
_BEFORE_UNIT = re.compile(
    r"(?<![가-힣\d])(?P<word>[가-힣]{1,5})(?=(?P<gap>\s?)(?:명(?![절함세의단령예확상품칭])|살(?=[이요에쯤,.\s]|$)"
    r"|달(?=[이요만간정반쯤동,.\s]|$)|개월))"
)
_AFTER_NUMBER = re.compile(
    rf"(?<![가-힣])(?P<number>(?:{'|'.join(_TENS)})?(?:{'|'.join(_ONES)})|석|넉|열|스무|(?:{'|'.join(_TENS[2:])})댓?)(?P<gap>\s?)"
    r"(?P<unit>[가-힣])(?=이?(?:요|에요|예요|고|고요|인데)|입니다|정도|쯤|[은이만도]?[\s,.]|$)"
)
_COMPOUND = re.compile(rf"(?<![가-힣])(?P<tens>{'|'.join(_TENS)})[가-힣]{{2,3}}")
_PARTICLES = "에의이은을도만과로쯤정명살"
_SMALL = (
    (re.compile(r"(?<=[섯덟곱홉둘셋넷열명])[니아리](?=(?:요|죠|고요?|에요|네요|지|인데)(?![가-힣]{2})|랑\s)"), "이"),
    (re.compile(r"(?<=[섯덟곱홉둘셋넷열명])[안닌린](?=가|데)"), "인"),
    (re.compile(r"(?<=[섯덟곱홉둘셋넷열명])[우흐드](?=로\s)"), "으"),
    (re.compile(r"(?<![가-힣])[애래][거갸](?=\s)"), "애가"),
    (re.compile(r"(?<=[\d한두세네첫]\s)[졸돞돟돐톨](?=이|\s?(?:지|됐|안|넘|도))"), "돌"),
    (
        re.compile(
            r"(?<=출산|직원|휴직|정일|생일|이름|성함|업종|인원|총원|사람|\d명|\d월|\d일|\d년|기간|작일|파견"
            r"|남편|규직|약직)[음운믄응](?=\s)"
        ),
        "은",
    ),
    (re.compile(r"(?<=직원|정일|생일|이름|업종|인원|사람|\d명|\d일|\d년|기간|남편|부인)[아니리미](?=\s)"), "이"),
    (re.compile(r"(?<=저희|우리|회사|가게|아이|아기|동료|우자|이프|아내)[능늠믄눈](?=\s)"), "는"),
    (re.compile(r"(?<=하나)[뇨료](?=\s|$|[.])"), "요"),
    (re.compile(r"(?<=담)[두부수](?=\s?[월화수목금토일](?:요일|욜))"), "주"),
    (re.compile(r"(?<=[음번]\s)[두부수](?=\s?[월화수목금토일](?:요일|욜))"), "주"),
    (re.compile(r"(?<=째\s)주쭘"), "주쯤"),
    (re.compile(r"(?<=[월일년욜말초순])(?:부커|부처|부퍼|부저|무터|주터)(?=[\s가-힣]|$)"), "부터"),
    (re.compile(r"(?<=[월일년시욜말])(?:끼지|까자|까디|카지|까니|자지|거지)(?=요|\s|로|예|입|$)"), "까지"),
    (re.compile(r"(?<![가-힣])[언앙암완](?=\s(?:되|돼|됩|뽑|써|쓸|쓰))"), "안"),
    (re.compile(r"(?<![가-힣])난(?=\s(?:되|돼|됩|뽑))"), "안"),
    (re.compile(r"(?<=안\s)[죄디뒤](?=[고는요])"), "되"),
    (re.compile(r"(?<=[명월일시욜인만])(?P<gap>\s?)(?:말소|말도|멀고|랄고|발고|말거)(?=\s)"), r"\g<gap>말고"),
    (re.compile(r"(?<=\s아니)[도소거](?=\s)"), "고"),
    (re.compile(r"(?<=[명인월일섯덟곱홉])[니리아기](?=라고\s)"), "이"),
    (re.compile(r"(?<=[겠쓴간한낸된쉰온었았했싶난린친된렸됐졌갔왔봤났섰뒀켰쳤운준]대)여(?=[.!?~\s]*$)"), "요"),
    (re.compile(r"(?<=[가-힣])(?:레서|에거|에사|에셔|메서)(?=\s|요[\s.]*$)"), "에서"),
)
_FIRM = r"(?:회사|업체|집|데|곳|공장|가게|일|사람|직원|분|거|것|게|돈|지원|수\s|중|건|센터|매장)"
# Small words between others, by what stands around them.
_BETWEEN = (
    (re.compile(r"(?<=[십백천륙칠팔구오])(?P<gap>\s?)(?:멸|녕|먕)(?=\s|[이은정쯤.,]|$)"), r"\g<gap>명"),
    (re.compile(r"(?<=[십백천])면(?=\s)"), "명"),
    (re.compile(r"(?<=\d)면(?=[은이]\s|\s[여남])"), "명"),
    (re.compile(r"(?<=[가-힣]\s)(?<![네요다]\s)(?:아이고|아나고|아미고)(?=\s\S|[\s.]*$)"), "아니고"),
    (re.compile(r"(?<=[택축직가차])(?P<gap>\s)밀고(?=\s)"), r"\g<gap>말고"),
    (re.compile(r"(?<![가-힣])[촐촌춍](?=원\s?[은\d]|\s\d)"), "총"),
    (re.compile(r"어모니|어마니|어머이|너머니"), "어머니"),
    (re.compile(r"(?<=명이)[러아]고(?=\s(?:했|말|적))"), "라고"),
    (re.compile(r"(?<=알바)[먼맘망](?=\s)"), "만"),
    (re.compile(r"(?<=면접\s)버(?=[고는])"), "보"),
    (re.compile(r"(?<![가-힣])(?:후직|휴작)(?=[하을은\s이])|(?<=육아)(?:후직|휴작)"), "휴직"),
    (re.compile(r"(?<=배우자)(?P<gap>\s?)[후류]가"), r"\g<gap>휴가"),
    (re.compile(r"(?<![가-힣])[닐알릴](?=하겠|하고\s있|해요|합니다|한다)"), "일"),
    (re.compile(r"(?<=[가-힣])(?:인대|임데|(?<!다)닌대)(?=요?[\s.]|요?$)"), "인데"),
    (re.compile(
        r"(?<=[월일년욜말초순날레주달해봄름을울])(?:부[토처텨쳐허커퍼]|[주두수]터|부더)(?=[\s가-힣]"
        r"|$)"), "부터"),
    (re.compile(r"(?<=[월일년욜말])까[비디자미](?=[\s요]|$)"), "까지"),
    (re.compile(
        r"(?<=\d)연(?=\s?(?:쓴|쉰|쓰|쉬|간|반|동안|정도)|$)|(?<=[일이삼사오])냔"
        r"|(?<=[일이삼사오]\s)[연녕](?=\s(?:육|반|[일이삼사오칠팔구]\s?개))"), "년"),
    (re.compile(r"번년(?=[\s만정쯤동])"), "반년"),
    (re.compile(r"(?<=[월일년])[샹셍갱](?=이|\s)"), "생"),
    (re.compile(r"(?<=\s)[닣맣냏낰](?=[았은을으는고])|(?<=[월일달]에\s)날(?=았)"), "낳"),
    (re.compile(r"낳[늘올](?=\s)"), "낳을"),
    (re.compile(r"낳났"), "낳았"),
    (re.compile(
        r"(?<![가-힣])(?:에가|야가)(?=\s)|(?<![가-힣])(?:내가|네가"
        r"|니가)(?=\s(?:이제\s)?\d{1,2}\s?(?:개월|살))"), "애가"),
    (re.compile(r"(?<![가-힣])자(?=[난났]\s?)"), "지"),
    (re.compile(r"(?<=[월달일안년]\s)[괸됨됭돤쇤뒨](?=\s[가-힣])"), "된"),
    (re.compile(r"(?<![가-힣])[드구듀누](?=\s돌)"), "두"),
    (re.compile(r"(?<![가-힣])내(?=\s[돌살](?:이|\s|인|됐|지))"), "네"),
    (re.compile(r"(?<![가-힣])(?:서나|사너|서더)(?=\s(?:살|명|달))"), "서너"),
    (re.compile(r"(?<=[한두세네섯곱덟홉열]\s)[설쌀](?=이[에예]|입|인데|\s?됐)"), "살"),
    (re.compile(r"(?<![가-힣])(?:난자|남저|남사|암자)(?=예요|입니다|인데|이고|이요|요[\s.]*$)"), "남자"),
    (re.compile(r"(?<![가-힣])(?:야자|여지|여다|요자|여차)(?=예요|입니다|인데|이고|이요|요[\s.]*$)"), "여자"),
    (re.compile(r"남잔[게제네](?=\s)"), "남잔데"),
    (re.compile(r"(?<=애\s)(?:암마|엄나|엄미|얼마)(?=예|고|가|입|인|소)"), "엄마"),
    (re.compile(r"(?<=[월년살명일])[니리아](?=\s아니)"), "이"),
    (re.compile(r"(?<=[남여]자)[거다사](?=\s아니)"), "가"),
    (re.compile(r"(?<=[년월달]\s)[밀멀망맘](?=까지|에\s|쯤|부터)|(?<=연)[날맏](?=까지)"), "말"),
    (re.compile(r"초[숭슌숨](?=께|쯤|에|\s)"), "초순"),
    (re.compile(r"(?<=[지터안]\s)[귀쥐](?=어요|어서|고\s)"), "쉬"),
    (re.compile(r"슂(?=니다)"), "쉽"),
    (re.compile(r"(?<![가-힣])[디가타]다음(?=[달주])"), "다다음"),
    (re.compile(r"(?<=년\s)다[님닝닏](?=\s)"), "다닌"),
    (re.compile(r"(?<=[마빠자])소(?=요[\s.]*$)"), "고"),
    (re.compile(r"(?<=[월명살년])[리니](?=고요?[\s.])"), "이"),
    (re.compile(r"(?<=[봄월일])[네레](?=\s)"), "에"),
    (re.compile(r"(?<=째\s)[즈쥬](?=[\s에부])|(?<=지난)[두수즈쥬](?=\s?[월화수목금에])"), "주"),
    (re.compile(r"(?<![가-힣])(?:네년|내녕|내념)(?=\s?\d|\s?[봄여가겨초말])"), "내년"),
    (re.compile(r"새헤(?=부터|에\s)"), "새해"),
    (re.compile(r"(?<![가-힣])[즐글](?=어[가갔간갑])"), "들"),
    (re.compile(rf"(?<=[가-힣])[눈믄늠능](?=\s{_FIRM})"), "는"),
    (re.compile(rf"(?<=[쓰수보가하오주키두나])은(?=\s{_FIRM})"), "는"),
    (re.compile(r"(?<=[가-힣])[소도거호](?=\s싶)|(?<=[하받보쓰])[소거호](?=\s있)"), "고"),
    (re.compile(r"(?<=\s)라고(?=\s(?:있어요|있습니다|있는데)[\s.]*$)"), "하고"),
    (re.compile(r"(?<=[가-힣])(?<![아언머거지으하퍼])니(?=요[\s.!]*$)|(?<=[가-힣])(?<!아)[니리](?=라는\s)"), "이"),
    (re.compile(r"(?<![가-힣])(?:베가|재가|데가|제사|제거)(?=\s(?:직접|그냥|홀|다\s|하|메|때우|대신))"), "제가"),
    (re.compile(r"(?<![가-힣])(?:내거|내사|네가)(?=\s(?:직접|그냥|하[지죠]|메|때우|대신))"), "내가"),
    (re.compile(
        r"(?<=[온닌한난은]\s)[자디리](?=\s(?:\d|한|두|세|네|반|얼마|벌써|이제|몇"
        r"|[가-힣]{1,2}\s?[년달개]))"), "지"),
    (re.compile(r"(?<=[\d일이삼사오육칠팔구십반두세네])(?P<gap>\s?)[념뇬녑](?=[\s가-힣.]|$)"), r"\g<gap>년"),
    (re.compile(r"(?<=[\d한두세네섯덟곱홉열십육])(?P<gap>\s?)[대재게걔캐](?=월)"), r"\g<gap>개"),
    (re.compile(
        r"(?<=[일욜주전후]\s)(?P<hour>\d{1,2})[기사디](?=\s?(?:이후|이전|에|쯤|정도|로|부터|까지|반"
        r"|요|$))"), r"\g<hour>시"),
    (re.compile(r"(?<![가-힣])[잠랍](?=달[초말에부\s])"), "담"),
    (re.compile(r"(?<![가-힣])다[늠믐슴](?=\s?[주달])"), "다음"),
    (re.compile(r"(?<=[음번]\s)[쥬즈듀](?=[는은에중내초말도]|\s)"), "주"),
    (re.compile(r"(?<=[일욜]\s)(?:어전|오던|오젼|호전)(?![가-힣])"), "오전"),
    (re.compile(r"(?<=[일욜]\s)(?:어후|오호|오휴|호후|오푸)(?![가-힣])"), "오후"),
    (re.compile(r"(?:모래|모에|머레|보레|모러)(?=\s?(?:\d{1,2}\s?시|오전|오후|아침|점심))"), "모레"),
    (re.compile(r"(?<=[둘셋넷섯]이)[거사소](?=\s)"), "서"),
    (re.compile(r"(?<=[섯덟곱홉둘셋넷열])네(?=\s(?!분|명|사람|살|시\s|달)[가-힣])"), "에"),
    (re.compile(
        r"(?<![가-힣])[렬욜영멸녈](?=(?:하나|한|두|둘|셋|세|넷|네|다섯|여섯|일곱|여덟|아홉"
        r"|댓)(?![가-힣]{3}))"), "열"),
    (re.compile(r"(?<=[가-힣])(?<![이가은는도무])(?P<gap>\s)(?:멀고|말소|말거|발고)(?=\s)"), r"\g<gap>말고"),
    (re.compile(r"(?<![가-힣])[얖렾욮엎](?=\s(?:가게|집|공장|회사|동네|건물|자리|팀|반|부서|라인))"), "옆"),
    (re.compile(r"(?<![가-힣])으린(?=\s)"), "우린"),
    (re.compile(r"(?<![가-힣])(?:[륙육욱윽][라야마]|[륙욱윽]아)(?=기?\s?(?:휴|단))"), "육아"),
    (re.compile(
        r"(?<![가-힣])(?:단푹|단측|당축|난축|단툭|단촉|단춥)(?=[\s은을하근시])|(?<=기\s)(?:단푹|단측"
        r"|당축|난축|단툭|단촉)"), "단축"),
    (re.compile(r"(?:휴딕|휴빅|휴짂|류직|휴칙|류짂)(?=[\s은을이하])"), "휴직"),
    (re.compile(r"[충줄][산신](?=\s?휴가)|출[신간](?=\s?휴가)"), "출산"),
    (re.compile(r"(?<![가-힣])(?:대산|재신|대슨|데신)(?=(?:할|하는|해|오|올|일|맡)|\s(?:할|오|올|일|맡))"), "대신"),
    (re.compile(r"(?<![가-힣])(?:재체|대테|대제|대채|데체)(?=자|\s?인력)"), "대체"),
    (re.compile(r"나눠[사거소셔](?=\s)"), "나눠서"),
    (re.compile(r"(?<![가-힣])(?:자원|디원|지웜|지웝)(?=금)"), "지원"),
    (re.compile(r"(?<=\s)[즈쥬]고(?=\s있)"), "주고"),
    (re.compile(r"(?<![가-힣])(?:난자|암자|남사)(?=\s?(?:대리|과장|직원|사원|분|팀장|주임|차장))"), "남자"),
    (re.compile(r"(?<![가-힣])엄[나미다](?=예요|입니다|인데|이고)"), "엄마"),
    (re.compile(
        r"(?<=직원|사람|알바|기사|강사|교사)(?P<gap>[이만]?\s)(?:섹|싯|센)(?=\s?(?:있|이|인|요|[.,]"
        r"|$))"), r"\g<gap>셋"),
    (re.compile(
        r"(?<=[가-힣]\s)(?:듈|굴|룰)(?=\s?(?:있어요|있습니다|이에요|[가-힣]{2,4}\s(?:하나|둘|셋|넷))"
        r"|[\s.]*$)"), "둘"),
)


_NOUN_NUMBERS = ("하나", "둘", "셋", "넷", "다섯", "여섯", "일곱", "여덟", "아홉")
_PEOPLE = (
    r"(?:직원|사람|알바|인턴|기사|강사|교사|간호사|치료사|디자이너|미용사|스태프|외국인|내국인|사무실|공장|홀|주방|사무"
    r"|현장|파트|빼면|빼고|합해서|모두|전부)"
)
_NOUN_NUMBER = re.compile(
    rf"(?:^|(?<=[\s,]))(?P<who>[가-힣]{{0,4}}{_PEOPLE}[은이만]?\s(?:열|스물|서른)?)(?P<word>[가-힣]{{1,2}})"
    r"(?=\s?(?:있|이에요|입니다|이고|이요|두고|써요|밖에)|[\s.!,]*$|\s[가-힣]{1,7}\s(?:하나|둘|셋|넷|다섯|여섯|일곱|\d))"
)
_NO_NOUN_NUMBER = re.compile(
    r"^(?:들|등|뿐|만|더|수|중|총|외|님|분|씨|명|저|뭐|좀|다|또|꼭|늘|곧|쯤|안|못|한"
    r"|두|세|네|몇|전|후|때|것|거|건|게|데|저희|우리|하고|있어|없어)$")


def _noun_number(match: re.Match[str]) -> str:
    """The number that closes a count of people, missed by a key ("직원 몇 안 돼요 넥", "알바 섹 있어요")."""
    word = match.group("word")
    if _NO_NOUN_NUMBER.match(word) or word in _NOUN_NUMBERS or read_number(word):
        return match.group()
    meant = {number for number in _NOUN_NUMBERS if _one_key_off(word, number)}
    return match.group("who") + (meant.pop() if len(meant) == 1 else word)


def mended(text: str) -> str:
    """``text`` with slips around numbers put right, always as long as ``text``."""
    for pattern, meant in (*_SMALL, *_BETWEEN):
        text = pattern.sub(meant, text)
    text = _NOUN_NUMBER.sub(_noun_number, text)
    text = _COMPOUND.sub(_compound, text)
    text = _BEFORE_UNIT.sub(_with_number, text)
    return _AFTER_NUMBER.sub(_with_unit, text)


@lru_cache(maxsize=1)
def _numbers() -> tuple[str, ...]:
    tens = (*_TENS, "스무")
    return (
        *_ONES, "석", "넉", *_ROUGH, *tens, *(ten + one for ten in _TENS for one in (*_ONES, *_ROUGH)),
    )


@lru_cache(maxsize=1024)
def _number(word: str) -> str | None:
    """The one number word that ``word`` misses by a key, None where it is a number or a word of its own."""
    if _NO_NUMBER.match(word) or read_number(word):
        return None
    meant = {number for number in _numbers() if _one_key_off(word, number)}
    return meant.pop() if len(meant) == 1 else None


def _compound(match: re.Match[str]) -> str:
    """A number of tens and ones, whatever follows it ("서른야덟" for "서른여덟")."""
    typed = match.group()
    if typed[len(match.group("tens"))] in _PARTICLES:
        return typed  # "마흔에서 쉰 사이"
    for length in range(len(typed), _SHORTEST - 1, -1):
        meant = {number for number in _compounds() if _one_key_off(typed[:length], number)}
        if len(meant) == 1 and not read_number(typed[:length]):
            return meant.pop() + typed[length:]
    return typed


@lru_cache(maxsize=1)
def _compounds() -> tuple[str, ...]:
    return tuple(ten + one for ten in _TENS for one in (*_ONES, *_ROUGH, "하나") if len(ten + one) >= _SHORTEST)


def _with_number(match: re.Match[str]) -> str:
    word = match.group("word")
    closed = len(word) == 1 and not match.group("gap")  # "설명" and "산달" are words
    return word if closed else _number(word) or word


def _with_unit(match: re.Match[str]) -> str:
    unit = match.group("unit")
    closed = len(match.group("number")) == 1 and not match.group("gap")  # "세상", "열기"
    if (closed and unit not in _NO_WORDS) or unit in _REAL_COUNTERS or unit in _UNITS:
        return match.group()
    meant = [other for other in _UNITS if _one_key_off(unit, other)]
    return match.group("number") + match.group("gap") + (meant[0] if len(meant) == 1 else unit)


def _one_key_off(typed: str, meant: str) -> bool:
    """Whether one letter of one syllable hit the key beside it."""
    if len(typed) != len(meant) or not all(map(hangul.is_syllable, typed)):
        return False
    wrong = [
        pair
        for one, other in zip(typed, meant, strict=True)
        if one != other
        for pair in zip(hangul.take_apart(one), hangul.take_apart(other), strict=True)
        if pair[0] != pair[1]
    ]
    return len(wrong) == 1 and wrong[0] in near_letters()
