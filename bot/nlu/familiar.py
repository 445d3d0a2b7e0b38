"""Slips of the finger beyond the words that ``slips`` knows, put right towards what the act model has learned.

Any word may be meant, a name as well, so this serves the choice of the act only: facts are read from what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import lru_cache

from bot.nlu import hangul
from knowledge_base.morphemes import analyser

_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
# How much likelier (natural logarithm) a word must become for Kiwi before it counts as mended.
_GAIN = 4.0
# A word may be long where nobody put spaces; more suspicious places than this are another language or noise.
_MOST_PLACES = 8


def put_right(text: str, known: Callable[[str], bool]) -> str:
    """``text`` with at most one slip a place put right where letters stand together that nobody would write.

    ``known`` says of two or three characters whether they are familiar; a place is looked at only where they are
    not, so that a message without slips costs nothing. ``text`` itself where nothing is to mend.
    """
    words = text.split(" ")
    mends = [_word(word, known) for word in words]
    return " ".join(mends) if mends != words else text


def _word(word: str, known: Callable[[str], bool]) -> str:
    places = [at for at in range(len(word)) if hangul.is_syllable(word[at]) and _strange(word, at, known)]
    if not places or len(word) < 2 or len(places) > _MOST_PLACES:
        return word
    options = [option for at in places for option in _options(word, at, known)]
    if not options:
        return word
    before = _score(word)
    gain, best = max((_score(option) - before, option) for option in options)
    return best if gain > _GAIN else word


def _strange(word: str, at: int, known: Callable[[str], bool]) -> bool:
    """Whether the syllable at ``at`` is unfamiliar beside a neighbour (alone, where it has none)."""
    beside = [word[at - 1 : at + 1]] if at else []
    beside += [word[at : at + 2]] if at + 1 < len(word) else []
    return not all(known(pair) for pair in beside)


def _options(word: str, at: int, known: Callable[[str], bool]) -> Iterator[str]:
    """``word`` with another letter in the syllable at ``at``, where that makes it familiar on all sides."""
    for syllable in _near(word[at]):
        option = word[:at] + syllable + word[at + 1 :]
        if not _strange(option, at, known):
            yield option


@lru_cache(maxsize=4096)
def _near(syllable: str) -> tuple[str, ...]:
    initial, vowel, final = hangul.take_apart(syllable)
    near = [(letter, vowel, final) for letter in _beside(initial) if letter in hangul.INITIALS]
    near += [(initial, letter, final) for letter in _beside(vowel) if letter in hangul.VOWELS]
    if final:
        near += [(initial, vowel, letter) for letter in _beside(final) if letter in hangul.FINALS]
    return tuple(hangul.put_together(*parts) for parts in near)


def _beside(letter: str) -> list[str]:
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return [row[near] for near in (at - 1, at + 1) if 0 <= near < len(row)]
    return []


@lru_cache(maxsize=4096)
def _score(word: str) -> float:
    return float(analyser().analyze(word)[0][1])
