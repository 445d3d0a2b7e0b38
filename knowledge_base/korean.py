"""Writing Korean for people: particles that fit any word, money, dates and phone numbers.

Only formatting lives here; what the bot says is in ``domain.yml`` and in the knowledge.
"""

from __future__ import annotations

import re
from datetime import date, datetime

_WEEKDAYS = "월화수목금토일"
# How a word that ends in a digit or a Latin letter sounds: True where it closes with a consonant (받침).
_DIGIT_CLOSED = {"0": True, "1": True, "2": False, "3": True, "4": False, "5": False,
                 "6": True, "7": True, "8": True, "9": False}
_DIGIT_RIEUL = {"1", "7", "8"}
_LATIN_CLOSED = set("lmnrLMNR")
_PAIRS = {
    "은/는": ("은", "는"), "이/가": ("이", "가"), "을/를": ("을", "를"), "과/와": ("과", "와"),
    "아/야": ("아", "야"), "이나/나": ("이나", "나"), "이랑/랑": ("이랑", "랑"),
    "이에요/예요": ("이에요", "예요"), "이라/라": ("이라", "라"), "이면/면": ("이면", "면"),
    "이고/고": ("이고", "고"), "으로/로": ("으로", "로"),
}
_PLACEHOLDER = re.compile(r"\{(" + "|".join(re.escape(pair) for pair in _PAIRS) + r")\}")


def _final_sound(word: str) -> tuple[bool, bool]:
    """Whether the word closes with a consonant, and whether that consonant is ㄹ."""
    bare = re.sub(r"[\s)\]'\"”’」』.,!?·*]+$", "", re.sub(r"\([^()]*\)\s*$", "", word.strip()))
    if not bare:
        return False, False
    last = bare[-1]
    if "가" <= last <= "힣":
        final = (ord(last) - ord("가")) % 28
        return final != 0, final == 8
    if last.isdigit():
        return _DIGIT_CLOSED[last], last in _DIGIT_RIEUL
    if last == "%":
        return False, False
    return last in _LATIN_CLOSED, last in "lLrR"


def particle(word: str, pair: str) -> str:
    """The particle of ``pair`` (for example ``"은/는"``) that fits after ``word``.

    Raises KeyError for a pair that is not known.
    """
    closed, rieul = _final_sound(word)
    after_consonant, after_vowel = _PAIRS[pair]
    if pair == "으로/로" and rieul:
        return after_vowel
    return after_consonant if closed else after_vowel


def josa(word: str, pair: str) -> str:
    """``word`` followed by the particle of ``pair`` that fits: ``josa("수원", "은/는")`` is ``"수원은"``."""
    return word + particle(word, pair)


def fill_josa(text: str) -> str:
    """``text`` with every ``{은/는}``-like mark replaced by the particle that fits the word before it."""
    while match := _PLACEHOLDER.search(text):
        fitting = particle(text[: match.start()].split("\n")[-1], match.group(1))
        text = text[: match.start()] + fitting + text[match.end():]
    return text


def won(amount: int) -> str:
    """An amount of 원 as Koreans read it: 1_400_000 → "140만원", 252_630 → "25만 2,630원"."""
    if amount < 0:
        return "-" + won(-amount)
    parts = []
    rest = amount
    for unit, name in ((100_000_000, "억"), (10_000, "만")):
        count, rest = divmod(rest, unit)
        if count:
            parts.append(f"{count:,}{name}")
    if rest or not parts:
        parts.append(f"{rest:,}")
    return " ".join(parts) + "원"


def korean_date(day: date, *, year: bool = False) -> str:
    """A day as it is said: "12월 1일(화)", or with ``year`` "2026년 12월 1일(화)"."""
    said = f"{day.month}월 {day.day}일({_WEEKDAYS[day.weekday()]})"
    return f"{day.year}년 {said}" if year else said


def korean_time(moment: datetime) -> str:
    """A time of day as it is said: "오전 10시", "오후 2시 30분"."""
    half = "오전" if moment.hour < 12 else "오후"
    hour = moment.hour % 12 or 12
    return f"{half} {hour}시" + (f" {moment.minute}분" if moment.minute else "")
