"""One writing for what people type: laughter, 초성, keyboard slips, half-typed letters, noise and over-long messages.

Pure text work. ``normalise`` keeps for every character where it came from, so that spans found in the normalised
text can be shown in the original. Which act or fact a message carries is read elsewhere.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.nlu import hangul, keyboard, slips

LONGEST = 1000
_HEAD, _TAIL = 400, 600
_Letter = tuple[str, int, int]

# What single letters stand for when they make up a word of their own.
_SHORT_FORMS = {
    "ㅇㅇ": "응",
    "ㅇㅋ": "오케이",
    "ㅇㅋㅇㅋ": "오케이",
    "ㅇㅇㅋ": "오케이",
    "ㅇㅎ": "아하",
    "ㅇㅈ": "인정",
    "ㄴㄴ": "아니",
    "ㄴㄴㄴ": "아니",
    "ㅇㄴ": "아니",
    "ㄱㄱ": "고고",
    "ㄱㄱㄱ": "고고",
    "ㄱㅅ": "감사",
    "ㄱㅅㄱㅅ": "감사",
    "ㄳ": "감사",
    "ㄳㄳ": "감사",
    "ㅈㅅ": "죄송",
    "ㅁㄹ": "모르겠어",
    "ㅁㄹㅁㄹ": "모르겠어",
    "ㅎㅇ": "안녕",
    "ㅎㅇㅎㅇ": "안녕",
    "ㅂㅇ": "바이",
    "ㅂㅂ": "바이",
    "ㅂㅇㅂㅇ": "바이",
    "ㅅㄱ": "수고",
    "ㅅㄱㅇ": "수고",
    "ㄱㅊ": "괜찮아",
    "ㄱㅊㄱㅊ": "괜찮아",
    "ㄹㅇ": "진짜",
    "ㄱㄷ": "기다려",
    "ㅁㅇ": "미안",
    "ㅊㅋ": "축하",
    "ㄷㄷ": "덜덜",
    "ㅇㄷ": "어디",
    "ㅇㅉ": "어쩔",
    "ㅇㅉㄹ": "어쩌라",
    "ㅁㅎ": "뭐해",
    "ㅅㅂ": "시발",
    "ㅆㅂ": "시발",
    "ㅂㅅ": "병신",
    "ㅄ": "병신",
    "ㅈㄹ": "지랄",
    "ㅈㄴ": "존나",
    "ㄲㅈ": "꺼져",
    "ㅁㅊ": "미친",
    "ㅗ": "꺼져",
    "ㅗㅗ": "꺼져",
    "ㄷㅊ": "닥쳐",
    "ㄱㅅㄲ": "개새끼",
    "ㅇㅅㅇ": "",
    "ㅡㅡ": "짜증",
}
# A single letter is a word only where it is the whole message; elsewhere people use it as a bullet.
_LONE_LETTERS = {"ㅇ": "응", "ㄴ": "아니", "ㄱ": "고고"}
_LONE_LETTER = re.compile(r"^\s*[ㅇㄴㄱ](?=[.!?\s]*$)")
_SHORT_FORM = re.compile(r"(?<![가-힣ㄱ-ㅣA-Za-z0-9])([ㄱ-ㅣ]{1,6})(?=(?:요|여|염|용|욥|하고|하구)?(?![가-힣ㄱ-ㅣ]))")
_LAUGHTER = re.compile(
    r"[ㅋㅎ]{1,}|[ㅠㅜ]{1,}|[ㅡ_]\s?[ㅡ_](?:;+)?|[ㅇㅎ]\.[ㅇㅎ]|\^{1,2}_?\^?|[;]{2,}"
    r"|[:;]-?[)(D]|[Tt][._][Tt]"
)
_SPACES = re.compile(r"[\s\u3000\u2800]+")
_REPEATED_SYLLABLE = re.compile(r"([가-힣])\1{2,}")
_REPEATED_MARK = re.compile(r"([!?.,~…·\-_=*#])\1+")
_REPEATED_LATIN = re.compile(r"([A-Za-z])\1{3,}")
_WAVES = re.compile(r"(?<=[가-힣A-Za-z.!?])\s?[~∼〜～]+(?!\s?\d)")
_WITH_JAMO = re.compile(r"[가-힣ㄱ-ㅣ]*[ㄱ-ㅣ][가-힣ㄱ-ㅣ]*")
_EMOJI_THUMB = set("👍👌🙆🆗✅⭕")
_EMOJI_FINGER = "🖕"  # as rude as the letter that looks like it
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn", "Mn", "Me"}


@dataclass(frozen=True)
class Normalised:
    """A message as it is read: ``text``, the ``original``, and where each character of ``text`` came from."""

    original: str
    text: str
    origins: tuple[tuple[int, int], ...]
    cut: bool = False

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The span of ``original`` that ``text[start:end]`` came from; an empty span for an empty one."""
        if not self.origins or start >= end:
            return (0, 0)
        covered = self.origins[max(start, 0) : min(end, len(self.origins))]
        return min(first for first, _ in covered), max(last for _, last in covered)


@lru_cache(maxsize=2048)
def normalise(text: str) -> Normalised:
    """``text`` in one writing, for reading only (never shown or stored in place of what was typed).

    NFC and plain widths; control, joining and direction marks dropped; stacked accents dropped; emoji as one mark;
    laughter and tears dropped unless nothing else is there; 초성 words written out; half-typed letters composed;
    Latin keys typed for Korean turned back where they are no plausible English; repeats shortened; slips of the
    finger in the words that matter put right. Of a message longer than 1,000 characters the first 400 and the last
    600 are kept: people end with what they want.
    """
    letters, cut = _shortened(_clusters(text))
    letters = _without_noise(letters)
    for step in (_fewer_repeats, _short_forms, _back_to_korean, _without_laughter, _composed, _tidy, _mended):
        letters = step(letters)
    return Normalised(text, _text(letters), tuple((start, end) for _, start, end in letters), cut)


def _text(letters: list[_Letter]) -> str:
    return "".join(char for char, _, _ in letters)


def _clusters(text: str) -> list[_Letter]:
    """Characters with the marks that belong to them, in NFC and plain width, each with its origin."""
    letters: list[_Letter] = []
    for match in re.finditer(r"[ᄀ-ᅟ][ᅠ-ᆧ][ᆨ-ᇿ]?|.", text, re.DOTALL):
        start, end = match.span()
        plain = unicodedata.normalize("NFC", match.group())
        if not (len(plain) == 1 and hangul.is_jamo(plain)):
            plain = unicodedata.normalize("NFKC", plain)
        letters.extend((char, start, end) for char in _compatible(plain))
    return letters


def _compatible(text: str) -> str:
    """Lone conjoining jamo as the compatibility letters that keyboards type."""
    return "".join(
        unicodedata.normalize("NFKD", char) if "\uffa0" <= char <= "\uffdc" else _CONJOINING.get(char, char)
        for char in text
    )


_CONJOINING = {chr(0x1100 + i): letter for i, letter in enumerate(hangul.INITIALS)}
_CONJOINING |= {chr(0x1161 + i): letter for i, letter in enumerate(hangul.VOWELS)}
_CONJOINING |= {chr(0x11A7 + i): letter for i, letter in enumerate(hangul.FINALS) if letter}


def _shortened(letters: list[_Letter]) -> tuple[list[_Letter], bool]:
    if len(letters) <= LONGEST:
        return letters, False
    gap = (" ", letters[_HEAD][1], letters[-_TAIL][1])
    return [*letters[:_HEAD], gap, *letters[-_TAIL:]], True


def _without_noise(letters: list[_Letter]) -> list[_Letter]:
    kept: list[_Letter] = []
    for char, start, end in letters:
        if char.isspace() or char in "\u2800\u3164\u115f\u1160":
            kept.append(("\n" if char in "\n\r\u2028\u2029" else " ", start, end))
        elif unicodedata.category(char) in _DROPPED or "\U0001f3fb" <= char <= "\U0001f3ff":  # skin tones
            continue
        elif _is_emoji(char):
            mark = "👍" if char in _EMOJI_THUMB else "ㅗ" if char == _EMOJI_FINGER else "☺"
            if not (kept and kept[-1][0] == mark):
                kept.append((mark, start, end))
        else:
            kept.append((char, start, end))
    return kept


def _is_emoji(char: str) -> bool:
    point = ord(char)
    return (
        0x1F000 <= point <= 0x1FAFF
        or 0x2600 <= point <= 0x27BF
        or 0x2B00 <= point <= 0x2BFF
        or point in (0x203C, 0x2049, 0x3030, 0x303D)
    )


def _replaced(letters: list[_Letter], pattern: re.Pattern[str], change: dict[str, str] | str) -> list[_Letter]:
    """``letters`` with each match replaced by a fixed text (``\\1``-like marks allowed) or by a table of matches."""
    text = _text(letters)
    done: list[_Letter] = []
    at = 0
    for match in pattern.finditer(text):
        first, last = match.span()
        if first == last:
            continue
        new = change.get(match.group(), match.group()) if isinstance(change, dict) else match.expand(change)
        done.extend(letters[at:first])
        done.extend(_over(new, letters[first:last]))
        at = last
    return done + letters[at:]


def _over(new: str, old: list[_Letter]) -> list[_Letter]:
    """``new`` in the place of ``old``: letter by letter where the lengths agree, else each covering the whole."""
    if len(new) == len(old):
        return [(char, start, end) for char, (_, start, end) in zip(new, old, strict=True)]
    return [(char, old[0][1], old[-1][2]) for char in new]


def _fewer_repeats(letters: list[_Letter]) -> list[_Letter]:
    letters = _replaced(letters, _REPEATED_SYLLABLE, r"\1")
    letters = _replaced(letters, _REPEATED_LATIN, r"\1\1")
    letters = _replaced(letters, _WAVES, " ")
    return _replaced(letters, _REPEATED_MARK, r"\1")


def _short_forms(letters: list[_Letter]) -> list[_Letter]:
    letters = _replaced(letters, _LONE_LETTER, _LONE_LETTERS)
    return _replaced(letters, _SHORT_FORM, _SHORT_FORMS)


def _without_laughter(letters: list[_Letter]) -> list[_Letter]:
    without = _replaced(letters, _LAUGHTER, " ")
    if any(char.isalnum() or char in "☺👍?" for char, _, _ in without):
        return without
    return _replaced(letters, re.compile(r"([ㅋㅎㅠㅜ])\1+"), r"\1\1")


def _composed(letters: list[_Letter]) -> list[_Letter]:
    text = _text(letters)
    done: list[_Letter] = []
    at = 0
    for match in _WITH_JAMO.finditer(text):
        first, last = match.span()
        done.extend(letters[at:first])
        word = hangul.compose(letters[first:last])
        whole = [letter for letter in word if not hangul.is_jamo(letter[0])]
        done.extend(whole or word)
        at = last
    return done + letters[at:]


def _tidy(letters: list[_Letter]) -> list[_Letter]:
    letters = _replaced(letters, re.compile(r"[ ]*\n[\s]*"), "\n")
    letters = _replaced(letters, re.compile(r"[ ]{2,}"), " ")
    first, last = 0, len(letters)
    while first < last and letters[first][0].isspace():
        first += 1
    while last > first and letters[last - 1][0].isspace():
        last -= 1
    return letters[first:last]


def _mended(letters: list[_Letter]) -> list[_Letter]:
    return _over(slips.mended(_text(letters)), letters)


def _back_to_korean(letters: list[_Letter]) -> list[_Letter]:
    spans = keyboard.slips(_text(letters), frozenset(_SHORT_FORMS))
    if not spans:
        return letters
    done: list[_Letter] = []
    at = 0
    for first, last in spans:
        done.extend(letters[at:first])
        keys = [
            (hangul.KEYS.get(char) or hangul.KEYS[char.lower()], start, end)
            for char, start, end in letters[first:last]
        ]
        done.extend(hangul.compose(keys))
        at = last
    return _short_forms(done + letters[at:])
