"""Hangul letters: putting typed jamo together, taking syllables apart, and the two-set (두벌식) keyboard.

Pure letter work; what a message means is read elsewhere.
"""

from __future__ import annotations

INITIALS = "ㄱㄲㄴㄷㄸㄹㅁㅂㅃㅅㅆㅇㅈㅉㅊㅋㅌㅍㅎ"
VOWELS = "ㅏㅐㅑㅒㅓㅔㅕㅖㅗㅘㅙㅚㅛㅜㅝㅞㅟㅠㅡㅢㅣ"
FINALS = ["", *"ㄱㄲㄳㄴㄵㄶㄷㄹㄺㄻㄼㄽㄾㄿㅀㅁㅂㅄㅅㅆㅇㅈㅊㅋㅌㅍㅎ"]
KEYS = {
    "q": "ㅂ", "w": "ㅈ", "e": "ㄷ", "r": "ㄱ", "t": "ㅅ", "y": "ㅛ", "u": "ㅕ", "i": "ㅑ", "o": "ㅐ", "p": "ㅔ",
    "a": "ㅁ", "s": "ㄴ", "d": "ㅇ", "f": "ㄹ", "g": "ㅎ", "h": "ㅗ", "j": "ㅓ", "k": "ㅏ", "l": "ㅣ",
    "z": "ㅋ", "x": "ㅌ", "c": "ㅊ", "v": "ㅍ", "b": "ㅠ", "n": "ㅜ", "m": "ㅡ",
    "Q": "ㅃ", "W": "ㅉ", "E": "ㄸ", "R": "ㄲ", "T": "ㅆ", "O": "ㅒ", "P": "ㅖ",
}
_VOWEL_PAIRS = {"ㅗㅏ": "ㅘ", "ㅗㅐ": "ㅙ", "ㅗㅣ": "ㅚ", "ㅜㅓ": "ㅝ", "ㅜㅔ": "ㅞ", "ㅜㅣ": "ㅟ", "ㅡㅣ": "ㅢ"}
VOWEL_KEYS = {vowel: keys for keys, vowel in _VOWEL_PAIRS.items()}
_FINAL_PAIRS = {
    "ㄱㅅ": "ㄳ", "ㄴㅈ": "ㄵ", "ㄴㅎ": "ㄶ", "ㄹㄱ": "ㄺ", "ㄹㅁ": "ㄻ", "ㄹㅂ": "ㄼ", "ㄹㅅ": "ㄽ", "ㄹㅌ": "ㄾ",
    "ㄹㅍ": "ㄿ", "ㄹㅎ": "ㅀ", "ㅂㅅ": "ㅄ",
}
_FINAL_SPLITS = {pair: tuple(parts) for parts, pair in _FINAL_PAIRS.items()}


def is_syllable(char: str) -> bool:
    """Whether ``char`` is a whole Hangul syllable (가–힣)."""
    return "가" <= char <= "힣"


def is_jamo(char: str) -> bool:
    """Whether ``char`` is a lone Hangul letter of the compatibility block (ㄱ–ㅣ)."""
    return "ㄱ" <= char <= "ㅣ"


def take_apart(syllable: str) -> tuple[str, str, str]:
    """The initial, vowel and final ("" where none) of a syllable."""
    index = ord(syllable) - ord("가")
    return INITIALS[index // 588], VOWELS[index % 588 // 28], FINALS[index % 28]


def put_together(initial: str, vowel: str, final: str = "") -> str:
    """The syllable of an initial, a vowel and perhaps a final. Raises ValueError where a letter cannot stand."""
    return chr(ord("가") + INITIALS.index(initial) * 588 + VOWELS.index(vowel) * 28 + FINALS.index(final))


def jamo(text: str) -> str:
    """``text`` with its syllables taken apart into letters, everything else kept: near typos share most of them."""
    return "".join("".join(take_apart(char)) if is_syllable(char) else char for char in text)


def typed(keys: str) -> str:
    """What a two-set Korean keyboard shows for Latin ``keys``: ``typed("dkssud")`` is ``"안녕"``."""
    letters = "".join(KEYS.get(key) or KEYS.get(key.lower(), key) for key in keys)
    return "".join(char for char, _, _ in compose([(letter, at, at + 1) for at, letter in enumerate(letters)]))


def compose(letters: list[tuple[str, int, int]]) -> list[tuple[str, int, int]]:
    """Syllables from letters as a keyboard would compose them.

    Each item is (character, start, end), the offsets being where it came from; a composed syllable covers the
    letters it ate. A vowel after a whole syllable takes over its final, or ㅇ where it has none ("세ㅛ" is "세요").
    """
    done: list[tuple[str, int, int]] = []
    for char, start, end in letters:
        if is_jamo(char) and done and _joined(done, char, end):
            continue
        done.append((char, start, end))
    return done


def _joined(done: list[tuple[str, int, int]], letter: str, end: int) -> bool:
    last, start, last_end = done[-1]
    if letter in VOWELS:
        return _join_vowel(done, letter, last, start, last_end, end)
    if is_syllable(last):
        initial, vowel, final = take_apart(last)
        longer = _FINAL_PAIRS.get(final + letter) if final else letter
        if longer in FINALS and longer:
            done[-1] = (put_together(initial, vowel, longer), start, end)
            return True
    return False


def _join_vowel(
    done: list[tuple[str, int, int]], letter: str, last: str, start: int, last_end: int, end: int
) -> bool:
    if last in INITIALS:
        done[-1] = (put_together(last, letter), start, end)
        return True
    if not is_syllable(last):
        return False
    initial, vowel, final = take_apart(last)
    begin = min(last_end, end - 1)  # one sign may be several keys ("℠" is SM): the next syllable came from it as well
    if not final:
        pair = _VOWEL_PAIRS.get(vowel + letter)
        if pair:
            done[-1] = (put_together(initial, pair), start, end)
        elif letter != vowel:  # the same vowel once more is a finger that stayed on the key
            done.append((put_together("ㅇ", letter), begin, end))
        return True
    kept, moved = _FINAL_SPLITS.get(final, ("", final))
    if moved not in INITIALS:
        return False
    done[-1] = (put_together(initial, vowel, kept), start, last_end)
    # The moved final was typed inside the syllable before; its span stays there.
    done.append((put_together(moved, letter), begin, end))
    return True
