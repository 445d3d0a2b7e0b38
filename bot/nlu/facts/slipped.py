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
    (re.compile(r"(?<=[겠쓴간한낸된쉰온었았했싶난린친된]대)여(?=[.!?~\s]*$)"), "요"),
    (re.compile(r"(?<=[가-힣])(?:레서|에거|에사|에셔)(?=\s)"), "에서"),
)


def mended(text: str) -> str:
    """``text`` with slips around numbers put right, always as long as ``text``."""
    for pattern, meant in _SMALL:
        text = pattern.sub(meant, text)
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
