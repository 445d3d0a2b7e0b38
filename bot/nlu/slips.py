"""Slips of the finger in the words that matter: one key hit wrong is put right where Korean then reads far better.

A candidate differs from a known word by one letter of one syllable, so the text keeps its length and spans hold.
Kiwi's language model decides between what was typed and what may have been meant. Spacing, laughter and keyboard
languages are ``normalisation``'s.
"""

from __future__ import annotations

import re
from collections import defaultdict
from functools import lru_cache
from pathlib import Path

import yaml

from bot.nlu import hangul
from knowledge_base import places
from knowledge_base.errors import KNOWLEDGE_ROOT
from knowledge_base.morphemes import analyser

_FILE = Path(__file__).with_suffix(".yaml")
_LONGEST = 7
_MOST_MENDED = 4
# How much likelier (natural logarithm) the mended wording must be: a near key, any other letter, and what a short
# word, a unit, or a syllable beside a whole word must bring beyond that. Chosen on the training utterances, where
# clean wording must stay as it is.
_NEAR, _FAR, _SHORT, _UNIT, _BESIDE = 5.0, 8.0, 2.5, 4.0, 3.0
_AROUND = 9  # letters of context on each side that the language model sees
_ROWS = ((0.0, "ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ"), (0.25, "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ"), (0.75, "ㅋㅌㅊㅍㅠㅜㅡ"))
_ALIKE = ("ㅐㅔㅒㅖ", "ㅙㅚㅞ", "ㅝㅟ", "ㄱㄲ", "ㄷㄸ", "ㅂㅃ", "ㅅㅆ", "ㅈㅉ")
_SHORT_PLACE = 2  # letters of a place's name that are too few to be told from other words
_BLANK = "\0"


@lru_cache(maxsize=1)
def near_letters() -> frozenset[tuple[str, str]]:
    """Pairs of letters whose keys touch, or that are pronounced and typed for each other."""
    keys = {key: (row, shift + at) for row, (shift, letters) in enumerate(_ROWS) for at, key in enumerate(letters)}
    pairs = {
        (one, other)
        for one, (row, at) in keys.items()
        for other, (other_row, other_at) in keys.items()
        if one != other and abs(row - other_row) <= 1 and abs(at - other_at) <= 1
    }
    return frozenset(pairs | {(one, other) for group in _ALIKE for one in group for other in group if one != other})


@lru_cache(maxsize=1)
def _words() -> tuple[dict[str, list[str]], frozenset[str], tuple[str, ...]]:
    """Known words by themselves with one syllable blanked, the words as they are, and the units."""
    file = yaml.load(_FILE.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    trades = yaml.load((KNOWLEDGE_ROOT / "lexicon" / "industries.yaml").read_text("utf-8"), Loader=yaml.CSafeLoader)
    known = places.places()
    words = {str(word).replace(" ", "") for word in file["words"]}
    words |= {str(word).replace(" ", "") for groups in trades.values() for word in groups.get("plain", ())}
    words |= {word for groups in trades.values() for word in groups.get("places", ()) if len(word) > _SHORT_PLACE}
    words |= {name for name in (*known.names, *known.sido_names) if name not in known.collisions}
    words = {word for word in words if 2 <= len(word) <= _LONGEST and all(map(hangul.is_syllable, word))}
    blanked: dict[str, list[str]] = defaultdict(list)
    for word in sorted(words):
        for at in range(len(word)):
            blanked[word[:at] + _BLANK + word[at + 1 :]].append(word)
    return blanked, frozenset(words), tuple(file["units"])


@lru_cache(maxsize=2048)
def mended(text: str) -> str:
    """Normalised ``text`` with slips in known words put right; always as long as ``text``."""
    if sum(map(hangul.is_syllable, text)) < 3:
        return text
    done = text
    for _ in range(_MOST_MENDED):
        best = max(_candidates(done), default=None)
        if best is None:
            break
        _, start, word = best
        done = done[:start] + word + done[start + len(word) :]
    return done


def _candidates(text: str) -> list[tuple[float, int, str]]:
    """(how far over its threshold, where, the word meant) of every mending that pays."""
    found = []
    for start, word, needed in {*_near_words(text), *_near_units(text)}:
        gain = _gain(text, start, word) - needed
        if gain > 0:
            found.append((gain, start, word))
    return found


def _near_words(text: str) -> list[tuple[int, str, float]]:
    blanked, words, _ = _words()
    found = []
    for run in re.finditer(r"[가-힣]{2,}", text):
        whole = _known_in(text, run)
        for start in range(run.start(), run.end() - 1):
            begins = start == run.start()
            for end in range(start + 2 if begins else start + 3, min(run.end(), start + _LONGEST) + 1):
                piece = text[start:end]
                if piece in words or any(first <= start and end <= last for first, last in whole):
                    continue
                for at in range(end - start):
                    for word in blanked.get(piece[:at] + _BLANK + piece[at + 1 :], ()):
                        needed = _price(piece, at, word)
                        # "휴직하면" is no "휴직자면": a known word beside the odd syllable is likely whole by itself.
                        edge = piece[1:] if at == 0 else piece[:-1] if at == len(piece) - 1 else ""
                        beside = edge in words and (at or not begins)
                        if needed is not None:
                            found.append((start, word, needed + (_BESIDE if beside else 0)))
    return found


def _known_in(text: str, run: re.Match[str]) -> list[tuple[int, int]]:
    """Where long known words begin a run of letters: what lies inside one is no slip ("사출업" in "사출업체")."""
    words = _words()[1]
    start, furthest = run.start(), min(run.end(), run.start() + _LONGEST)
    return [(start, end) for end in range(start + 4, furthest + 1) if text[start:end] in words]


def _near_units(text: str) -> list[tuple[int, str, float]]:
    found = []
    for match in re.finditer(r"(?<=\d)\s?(?=([가-힣]))", text):
        start = match.end()
        for unit in _words()[2]:
            piece = text[start : start + len(unit)]
            wrong = [at for at in range(len(piece)) if piece[at] != unit[at]]
            if len(piece) == len(unit) and len(wrong) == 1 and hangul.is_syllable(piece[wrong[0]]):
                needed = _price(piece, wrong[0], unit)
                if needed is not None:
                    found.append((start, unit, _UNIT + needed - _SHORT))
    return found


def _price(piece: str, at: int, word: str) -> float | None:
    """The gain a mending must bring, or None where the syllables differ by more than one letter."""
    typed, meant = hangul.take_apart(piece[at]), hangul.take_apart(word[at])
    wrong = [part for part in range(3) if typed[part] != meant[part]]
    if len(wrong) != 1:
        return None
    pair = typed[wrong[0]], meant[wrong[0]]
    doubled = wrong[0] == 2 and at + 1 < len(piece) and pair[0] and pair[0] == hangul.take_apart(piece[at + 1])[0]
    if pair in near_letters() or doubled or _one_key(*pair):
        return _NEAR + (_SHORT if len(word) < 3 else 0)
    return _FAR if len(word) >= 3 else None


def _one_key(typed: str, meant: str) -> bool:
    """Whether a vowel of two keys lost one of them, got one more, or had a near one ("얼" for "월")."""
    one, other = (hangul.VOWEL_KEYS.get(letter, letter) for letter in (typed, meant))
    if len(one) == len(other) == 2:
        return (one[0] == other[0] and (one[1], other[1]) in near_letters()) or (
            one[1] == other[1] and (one[0], other[0]) in near_letters()
        )
    return {len(one), len(other)} == {1, 2} and (one in other or other in one)


def _gain(text: str, start: int, word: str) -> float:
    end = start + len(word)
    first = max(0, start - _AROUND)
    head, tail = text[first:start], text[end : end + _AROUND]
    return _score(head + word + tail) - _score(head + text[start:end] + tail)


@lru_cache(maxsize=8192)
def _score(text: str) -> float:
    return float(analyser().analyze(text)[0][1])
