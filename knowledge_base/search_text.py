"""What search sees in a text: spellings set right, morphemes, groups of meaning, syllable pairs and jamo.

Which items there are and how they are ranked lives in ``search_items.py`` and ``search.py``; the words people use
are data in ``lexicon/search_names.yaml``.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

import yaml

from knowledge_base.morphemes import morphemes

NAMES_FILE = Path(__file__).parent / "lexicon" / "search_names.yaml"
SPOKEN_FILE = Path(__file__).parent / "lexicon" / "search_spoken.yaml"
_INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
_VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
_FINALS = " ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"
# Morpheme tags that carry what a question is about: nouns, roots, numbers, Latin, verbs, adjectives, 안/못.
_KEPT = ("NN", "NR", "SL", "SN", "XR", "VV", "VA", "MAG", "MM", "SW")
_EMPTY = frozenset(
    {
        "하",
        "되",
        "있",
        "것",
        "거",
        "수",
        "때",
        "등",
        "어떻",
        "이",
        "그",
        "저",
        "우리",
        "회사",
        "직원",
        "알",
        "알리",
        "주",
        "받",
        "좀",
        "뭐",
        "무엇",
        "나오",
        "쓰",
        "경우",
        "저희",
        "제",
        "년",
        "월",
        "일",
        "원",
        "만",
        "명",
        "개",
        "어떡하",
        "얼마",
        "며칠",
        "몇",
        "언제",
        "누구",
        "어디",
        "왜",
        "얼마나",
        "몇일",
        "어떤",
        "무슨",
        "말",
        "안",
        "못",
    }
)


@dataclass(frozen=True)
class Words:
    """One text as search sees it. ``exact`` are morphemes, ``groups`` meanings, ``pairs`` syllable pairs."""

    text: str
    packed: str
    exact: tuple[str, ...]
    groups: tuple[str, ...]
    pairs: tuple[str, ...]


@lru_cache(maxsize=1)
def lexicon() -> dict[str, Any]:
    """The words of ``lexicon/search_names.yaml``: ``rewrite``, ``concepts`` and ``names``."""
    document: dict[str, Any] = yaml.safe_load(NAMES_FILE.read_text(encoding="utf-8"))
    return document


@lru_cache(maxsize=1)
def spoken() -> dict[str, list[str]]:
    """Whole questions as people ask them, by item, from ``lexicon/search_spoken.yaml``; they are indexed as names."""
    document: dict[str, dict[str, list[str]]] = yaml.safe_load(SPOKEN_FILE.read_text(encoding="utf-8"))
    return document["spoken"]


@lru_cache(maxsize=1)
def _rewrites() -> tuple[re.Pattern[str], dict[str, str]]:
    table = {pack(said): meant for said, meant in lexicon()["rewrite"].items()}
    longest_first = sorted(table, key=len, reverse=True)
    # A word may be typed with spaces inside ("육 휴"); the right-hand word is not touched where it stands already.
    spaced = "|".join(r"\s?".join(map(re.escape, word)) for word in longest_first)
    return re.compile(spaced), table


@lru_cache(maxsize=1)
def _matters() -> tuple[re.Pattern[str], re.Pattern[str]]:
    return re.compile(lexicon()["field"]), re.compile(lexicon()["other"])


def matters(text: str) -> tuple[int, int]:
    """How many words of ``text`` are of this field, and how many of other matters (each at most 3)."""
    packed = pack(normalised(text))
    field, other = _matters()
    mine = min(3, len(set(field.findall(packed))))
    # "임금체불 회사도 육아휴직 지원금 되나요" is of this field in spite of the word.
    return mine, max(0, min(3, len(other.findall(packed))) - (mine >= 3))


@lru_cache(maxsize=1)
def _groups() -> tuple[tuple[str, re.Pattern[str]], ...]:
    return tuple((name, re.compile(pattern)) for name, pattern in lexicon()["concepts"].items())


def pack(text: str) -> str:
    """``text`` in lower case without spaces and punctuation: how two spellings of one name become equal."""
    return re.sub(r"[^0-9a-z가-힣ㄱ-ㅎ.+%]", "", text.lower()).strip(".")


@lru_cache(maxsize=4096)
def normalised(text: str) -> str:
    """``text`` with short forms and common misspellings set right: "육휴 거부" becomes "육아휴직 거부"."""
    pattern, table = _rewrites()
    text = re.sub(r"[ㅋㅎㅠㅜㅡ~^]{2,}|[ㅠㅜ]", " ", text)

    def replaced(found: re.Match[str]) -> str:
        said, meant = found.group(), table[pack(found.group())]
        if text[: found.start()].endswith(meant) or _stands_in(
            text[: found.start()], pack(said), text[found.end():], meant
        ):
            return said
        return meant

    return re.sub(r"\s+", " ", pattern.sub(replaced, text)).strip()


def _stands_in(before: str, said: str, after: str, meant: str) -> bool:
    """Whether ``said`` is only a part of the right-hand word, spaces aside: "산휴" in "출산 휴가"."""
    before, after = (part.replace(" ", "") for part in (before, after))
    return any(
        before.endswith(meant[:at]) and after.startswith(meant[at + len(said):])
        for at in range(len(meant)) if meant.startswith(said, at)
    )


@lru_cache(maxsize=4096)
def words(text: str) -> Words:
    """Everything search looks at in one text, spellings set right first."""
    clean = normalised(text)
    packed = pack(clean)
    kept = [token.form for token in morphemes(clean) if token.tag.startswith(_KEPT) and token.form not in _EMPTY]
    exact = tuple(form for form in kept)
    groups = tuple(name for name, pattern in _groups() if pattern.search(packed))
    pairs = tuple(packed[at : at + 2] for at in range(len(packed) - 1))
    return Words(clean, packed, exact, groups, pairs)


def jamo(text: str) -> str:
    """The letters of packed Korean: "휴직" → "ㅎㅠㅈㅣㄱ"; what a typing slip changes is then one letter."""
    letters = []
    for char in text:
        code = ord(char) - 0xAC00
        if 0 <= code < 11172:
            letters.append(_INITIALS[code // 588] + _VOWELS[code % 588 // 28] + _FINALS[code % 28].strip())
        else:
            letters.append(char)
    return "".join(letters)


def initials(text: str) -> str:
    """The first letters of packed Korean syllables: "육아휴직" → "ㅇㅇㅎㅈ"."""
    return "".join(_INITIALS[(ord(char) - 0xAC00) // 588] if "가" <= char <= "힣" else char for char in text)
