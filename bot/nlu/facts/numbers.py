"""Numbers as Koreans write and say them: "25", "스물다섯", "이십오", "열댓", "30~40", "한 서른", "백여".

Only how many; whether it counts people, months or years is for the module that asks.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

_TENS = {
    "열": 10,
    "스물": 20,
    "스무": 20,
    "서른": 30,
    "설흔": 30,
    "마흔": 40,
    "쉰": 50,
    "예순": 60,
    "일흔": 70,
    "여든": 80,
    "아흔": 90,
}
_ONES = {
    "하나": 1,
    "한": 1,
    "둘": 2,
    "두": 2,
    "셋": 3,
    "세": 3,
    "석": 3,
    "서": 3,
    "넷": 4,
    "네": 4,
    "넉": 4,
    "너": 4,
    "다섯": 5,
    "여섯": 6,
    "일곱": 7,
    "여덟": 8,
    "여덜": 8,
    "아홉": 9,
}
_SINO = {"일": 1, "이": 2, "삼": 3, "사": 4, "오": 5, "육": 6, "륙": 6, "칠": 7, "팔": 8, "구": 9}
_POWERS = {"천": 1000, "백": 100, "십": 10}
_ROUGH = {
    "한두": (1, 2),
    "한둘": (1, 2),
    "두어": (2, 3),
    "두세": (2, 3),
    "두서너": (2, 4),
    "두셋": (2, 3),
    "서너": (3, 4),
    "서넛": (3, 4),
    "세네": (3, 4),
    "너댓": (4, 5),
    "네댓": (4, 5),
    "네다섯": (4, 5),
    "너더댓": (4, 5),
    "너덧": (4, 5),
    "네다서": (4, 5),
    "대여섯": (5, 6),
    "대엿": (5, 6),
    "댓": (4, 6),
    "다섯여섯": (5, 6),
    "예닐곱": (6, 7),
    "여섯일곱": (6, 7),
    "일고여덟": (7, 8),
    "일여덟": (7, 8),
    "여덟아홉": (8, 9),
    "엳아홉": (8, 9),
    "여남은": (10, 13),
    "여나믄": (10, 13),
    "여나문": (10, 13),
    "여남": (10, 13),
    "대여섯일곱": (5, 7),
    "남은": (1, 4),
}


def _either(words: Iterable[str]) -> str:
    return "|".join(sorted(words, key=len, reverse=True))


_NATIVE = rf"(?:{_either(_TENS)})(?:\s?(?:{_either(_ONES)}))?|(?:{_either(_ONES)})"
_SINO_DIGIT = "[일이삼사오육륙칠팔구]"
_SINO_NUMBER = rf"(?:{_SINO_DIGIT}?천)?(?:{_SINO_DIGIT}?백)?(?:{_SINO_DIGIT}?십)?{_SINO_DIGIT}?"
# The text of one number; several readings are told apart by ``read_number``.
NUMBER = (
    rf"(?:\d{{1,3}}(?:,\d{{3}})+|\d\s?[천백]\s?\d{{1,3}}(?=\s?명)|\d+(?:\.\d+)?\s?[천백]?"
    rf"|(?:{_SINO_DIGIT}?백\s?)?(?:(?:{_either(_TENS)})\s?)?(?:{_either(_ROUGH)})"
    rf"|{_SINO_DIGIT}{{2}}[십백]|{_SINO_DIGIT}?십{_SINO_DIGIT}{{2}}(?=\s?명)"
    rf"|(?:{_SINO_DIGIT}?백\s?)?(?:{_NATIVE})"
    rf"|(?=[일이삼사오육륙칠팔구십백천]){_SINO_NUMBER})"
)
_RANGE_MARK = r"(?:\s?(?:~|-|에서|내지|부터)\s?|(?P<comma>,\s?))"
_UNIT_BETWEEN = r"(?:\s?(?:명|인|사람|분|개월|달|년|살|세)(?=\s?(?:~|-|에서|내지|부터|,)))?"
ROUGHLY = re.compile(r"(?:대충|약|한|거의|얼추|대략|아마|일단)\s*$")


@dataclass(frozen=True)
class Number:
    """How many: the best guess, and what is certain where it was said roughly (an open end is None)."""

    value: int
    low: int | None = None
    high: int | None = None

    @property
    def rough(self) -> bool:
        """Whether a range was said."""
        return self.low is not None or self.high is not None


def read_number(text: str) -> Number | None:
    """The number that ``text`` writes (spaces do not matter), or None if it writes none."""
    closed = re.sub(r"\s", "", text)
    if not closed:
        return None
    return _digits(closed) or _rough(closed) or _sino_pair(closed) or _exact(closed)


def _digits(closed: str) -> Number | None:
    mixed = re.fullmatch(r"(\d)([천백])(\d{1,3})", closed)
    if mixed:
        return Number(int(mixed.group(1)) * _POWERS[mixed.group(2)] + int(mixed.group(3)))  # "1백20명"
    match = re.fullmatch(r"([\d,]+)([천백]?)", closed)
    if not match:
        return None
    return Number(int(match.group(1).replace(",", "")) * _POWERS.get(match.group(2), 1))


def _rough(closed: str) -> Number | None:
    match = re.fullmatch(rf"({_SINO_DIGIT}?백)?({_either(_TENS)})?({_either(_ROUGH)})", closed)
    if not match:
        return None
    base = (_sino(match.group(1)) or 0 if match.group(1) else 0) + _TENS.get(match.group(2) or "", 0)
    if match.group(3) == "남은":
        return Number(base, base, base + 9) if base else None  # "스무남은"
    low, high = (base + bound for bound in _ROUGH[match.group(3)])
    return Number((low + high) // 2 if match.group(3) != "댓" else base + 5, low, high)


def _sino_pair(closed: str) -> Number | None:
    """ "이삼십" is twenty to thirty, "이십오륙" twenty-five or six."""
    ones = re.fullmatch(rf"({_SINO_DIGIT}?)십({_SINO_DIGIT})({_SINO_DIGIT})", closed)
    if ones and _SINO[ones.group(3)] == _SINO[ones.group(2)] + 1:
        tens = _SINO.get(ones.group(1), 1) * 10
        return Number(tens + _SINO[ones.group(2)], tens + _SINO[ones.group(2)], tens + _SINO[ones.group(3)])
    match = re.fullmatch(rf"({_SINO_DIGIT})({_SINO_DIGIT})([십백])", closed)
    if not match or _SINO[match.group(2)] != _SINO[match.group(1)] + 1:
        return None
    low, high = (_SINO[match.group(at)] * _POWERS[match.group(3)] for at in (1, 2))
    return Number((low + high) // 2, low, high)


def _exact(closed: str) -> Number | None:
    match = re.fullmatch(rf"({_SINO_DIGIT}?백)?({_either(_TENS)})?({_either(_ONES)})?", closed)
    if match and (match.group(2) or match.group(3)):
        hundreds = _sino(match.group(1)) or 0 if match.group(1) else 0
        return Number(hundreds + _TENS.get(match.group(2) or "", 0) + _ONES.get(match.group(3) or "", 0))
    value = _sino(closed)
    return Number(value) if value else None


def _sino(closed: str) -> int | None:
    if not re.fullmatch(_SINO_NUMBER, closed):
        return None
    total, digit = 0, 0
    for char in closed:
        if char in _SINO:
            digit = _SINO[char]
        else:
            total += max(digit, 1) * _POWERS[char]
            digit = 0
    return total + digit


SPOKEN_RANGE = (
    rf"(?P<first>{NUMBER}){_UNIT_BETWEEN}(?:{_RANGE_MARK}(?P<second>{NUMBER}))?(?P<some>여"
    rf"|\s?몇(?=\s?명|\s?인|\s?분|\s?사람))?"
)


def of_match(match: re.Match[str]) -> Number | None:
    """The number of a ``SPOKEN_RANGE`` match: "25~30" and "20여" come with their range."""
    first = read_number(match.group("first"))
    if first is None:
        return None
    if match.group("second"):
        second = read_number(match.group("second"))
        if second and first.value < 10 and second.value % 10 == 0 and re.fullmatch(r"\d", match.group("first")) and (
            first.value * 10 == second.value - 10
        ):
            first = Number(first.value * 10)  # "2~30명", "2, 30명"
        if (
            second is None
            or second.value <= first.value
            or (match.group("comma") and second.value not in (first.value + 1, first.value + 10))
        ):
            return first
        return Number((first.value + second.value) // 2, first.value, second.value)
    if match.group("some"):
        step = 100 if first.value % 100 == 0 and first.value >= 100 else 10
        return Number(first.value, first.value, first.value + step - 1) if first.value >= 10 else None
    return first


def around(number: Number) -> Number:
    """The number as "about that many" is meant: a tenth more or less, at least one."""
    if number.rough:
        return number
    spread = max(1, round(number.value / 10))
    return Number(number.value, max(0, number.value - spread), number.value + spread)
