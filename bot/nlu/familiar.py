"""Slips of the finger beyond the words that ``slips`` knows, put right towards what the act model has learned.

Any word may be meant, a name as well, so this serves the choice of the act only: facts are read from what was typed.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from functools import lru_cache

from bot.nlu import hangul
from knowledge_base.morphemes import analyser

_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
# How much likelier (natural logarithm) a word and its neighbours must become for Kiwi to count as mended.
_GAIN = 2.0
# A word may be long where nobody put spaces; more suspicious places than this are another language or noise.
_MOST_PLACES = 8


def put_right(text: str, known: Callable[[str], bool]) -> str:
    """``text`` with at most one slip a word put right where letters stand together that nobody would write.

    ``known`` says of two characters whether they are familiar beside each other, spaces left out; a place is
    looked at only where they are not, so that a message without slips costs nothing.
    """
    words = text.split(" ")
    for at, word in enumerate(words):
        before, after = words[at - 1] if at else "", words[at + 1] if at + 1 < len(words) else ""
        options = list(_alone(word, before, after, known) if len(word) == 1 else _within(word, known))
        if options:
            words[at] = _likeliest(word, options, before, after)
    return " ".join(words)


def _likeliest(word: str, options: Sequence[str], before: str, after: str) -> str:
    """The option that reads best between its neighbours, or ``word`` where none is far better."""

    def score(reading: str) -> float:
        return _score(f"{before} {reading} {after}".strip())

    typed = score(word)
    gain, best = max((score(option) - typed, option) for option in options)
    return best if gain > _GAIN else word


def _within(word: str, known: Callable[[str], bool]) -> Iterator[str]:
    """``word`` mended in one syllable each, where a syllable is unfamiliar beside another of the word."""
    places = [at for at in range(len(word)) if hangul.is_syllable(word[at]) and _strange(word, at, known)]
    if len(places) <= _MOST_PLACES:
        for at in places:
            yield from _options(word, at, known)


def _alone(word: str, before: str, after: str, known: Callable[[str], bool]) -> Iterator[str]:
    """Other syllables for a word of one, where it is unfamiliar beside the words around it."""
    if not hangul.is_syllable(word) or not (before or after):
        return

    def strange(syllable: str) -> bool:
        beside = ([before[-1] + syllable] if before else []) + ([syllable + after[0]] if after else [])
        return not all(known(pair) for pair in beside)

    if strange(word):
        yield from (syllable for syllable in _near(word) if not strange(syllable))


def _strange(word: str, at: int, known: Callable[[str], bool]) -> bool:
    """Whether the syllable at ``at`` is unfamiliar beside a neighbour in the word."""
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
