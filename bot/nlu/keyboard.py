"""Korean typed with the language key in the wrong place ("dkssud" for 안녕): which Latin words are meant as Hangul.

Only the decision; turning the letters back is done in ``normalisation``, the letter work in ``hangul``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu import hangul
from knowledge_base.morphemes import analyser

_LATIN_WORD = re.compile(r"(?<![A-Za-z@_/\\])[A-Za-z]{2,}(?![A-Za-z@_/\\])")
# Addresses and numbers of bookings are never Korean.
_LEFT_ALONE = re.compile(
    r"\S*@\S*|(?:https?://|www\.)\S*|\b[a-z0-9\-]+(?:\.[a-z0-9\-]+)*\.(?:com|net|org|kr|io)\b\S*"
    r"|(?<![A-Za-z0-9])[Dd](?=[A-Za-z0-9]*\d)[0-9A-Za-z]{7}(?![A-Za-z0-9])"
)
_UNITS = {"명", "인", "월", "일", "살", "시", "년", "개월", "세", "주", "분", "대", "번", "개", "층", "호"}
_ONE_SYLLABLE = {"네", "넵", "넹", "예", "응", "웅", "어", "왜", "뭐", "음", "옙", "앗", "헐", "엥", "흠", "아", "오"}
_PAIRS = "ㅗㅏ|ㅗㅐ|ㅗㅣ|ㅜㅓ|ㅜㅔ|ㅜㅣ|ㅡㅣ"
_FINALS = "ㄱㅅ|ㄴㅈ|ㄴㅎ|ㄹㄱ|ㄹㅁ|ㄹㅂ|ㄹㅅ|ㄹㅌ|ㄹㅍ|ㄹㅎ|ㅂㅅ|[ㄱㄲㄴㄷㄹㅁㅂㅅㅆㅇㅈㅊㅋㅌㅍㅎ]"
# Every key is part of a whole syllable; few English words are so lucky.
_WHOLE = re.compile(
    rf"(?:[{hangul.INITIALS}](?:{_PAIRS}|[{hangul.VOWELS}])(?:{_FINALS})?(?=[{hangul.INITIALS}]|$))+"
)
# Laughter and tears typed right after a word: ㅋㅋ, ㅎㅎ, ㅠㅠ, ㅜㅜ.
_TAIL = re.compile(r"(?:z{2,}|g{2,}|b{2,}|n{2,})$")
# Kiwi's log probability for a syllable: real Korean stays above, Latin words read as Korean keys fall below.
# The longer a word the more it is Kiwi's language model that speaks, so the line is drawn by length.
_PLAUSIBLE = {2: -11.5, 3: -9.5, 4: -8.5}
_PLAUSIBLE_LONG = -8.0
_PLAUSIBLE_MESSAGE, _PLAUSIBLE_SHORT_MESSAGE = -10.5, -16.0
_SHARE = 0.8
_ENGLISH = frozenset(
    yaml.safe_load(Path(__file__).with_suffix(".yaml").read_text(encoding="utf-8"))["english"].split()
)
_LAUGHTER = re.compile(r"[zZ]{2,}|[gG]{3,}")


def slips(text: str, short_forms: frozenset[str]) -> list[tuple[int, int]]:
    """The spans of the Latin words in ``text`` that are Korean keys; ``short_forms`` are 초성 words (ㅇㅇ, ㄱㅅ).

    A word alone must be plausible Korean. Where nothing else in the message is Hangul, the message is judged as a
    whole: short words ("rj", "en", "tn") cannot be told from English one by one.
    """
    spared = [match.span() for match in _LEFT_ALONE.finditer(text)]
    words = [
        match for match in _LATIN_WORD.finditer(text)
        if not any(start <= match.start() < end for start, end in spared)
    ]
    if not words:
        return []
    sure = [match for match in words if _is_slip(match.group(), short_forms) or _is_unit(text, match)]
    if not any(hangul.is_syllable(char) for char in text):
        likely = [match for match in words if _composes(match.group())]
        if len(likely) > len(sure) and (sure or _all_korean(text, words, likely)):
            taken = {match.start(): match for match in (*sure, *likely)}
            sure = [taken[start] for start in sorted(taken)]
    return [span for match in sure for span in _without_tail(match)]


def _without_tail(match: re.Match[str]) -> list[tuple[int, int]]:
    """The span of a word, and apart from it that of the laughter or tears typed right after it ("dybb" is 요ㅠㅠ)."""
    first, last = match.span()
    tail = _TAIL.search(match.group())
    if tail is None or tail.start() == 0:
        return [(first, last)]
    return [(first, first + tail.start()), (first + tail.start(), last)]


def _is_unit(text: str, match: re.Match[str]) -> bool:
    """Whether a number stands right before a counter: "25aud"."""
    return text[: match.start()][-1:].isdigit() and hangul.typed(match.group()) in _UNITS


def _all_korean(text: str, words: list[re.Match[str]], likely: list[re.Match[str]]) -> bool:
    """Whether a message without Hangul reads as Korean when nearly all its Latin letters are taken for keys."""
    letters = sum(len(match.group()) for match in words)
    if sum(len(match.group()) for match in likely) < _SHARE * letters:
        return False
    if all(match.group().lower() in _ENGLISH for match in likely):
        return False
    korean = " ".join(hangul.typed(_TAIL.sub("", match.group())) for match in likely)
    syllables = len(korean.replace(" ", ""))
    return syllables >= 2 and _score(korean) / syllables > (
        _PLAUSIBLE_SHORT_MESSAGE if syllables <= 4 else _PLAUSIBLE_MESSAGE
    )


@lru_cache(maxsize=4096)
def _is_slip(word: str, short_forms: frozenset[str]) -> bool:
    """Whether Latin ``word`` is Korean typed with the keyboard in English, judged alone."""
    if word.lower() in _ENGLISH or (word.isupper() and len(word) <= 5):
        return False
    if _LAUGHTER.fullmatch(word):
        return True
    if hangul.typed(word) in short_forms and len(hangul.typed(word)) > 1:
        return True
    if not _composes(word):
        return False
    korean = hangul.typed(_TAIL.sub("", word))
    if len(korean) == 1:
        return korean in _ONE_SYLLABLE
    return _score(korean) / len(korean) > _PLAUSIBLE.get(len(korean), _PLAUSIBLE_LONG)


@lru_cache(maxsize=4096)
def _composes(word: str) -> bool:
    """Whether every key of ``word`` but those of its laughing tail is part of a whole syllable."""
    letters = "".join(hangul.KEYS.get(key) or hangul.KEYS[key.lower()] for key in _TAIL.sub("", word))
    return _WHOLE.fullmatch(letters) is not None


@lru_cache(maxsize=4096)
def _score(korean: str) -> float:
    return float(analyser().analyze(korean)[0][1])
