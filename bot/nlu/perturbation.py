"""The same messages as other hands type them: closed up, in another speech level, with slips, in other numbers.

Each kind takes an utterance and gives its disturbed wording, or None where it does not apply. The same utterance is
always disturbed alike. Scoring is in ``evaluation``; nothing here is used in training.
"""

from __future__ import annotations

import re
import zlib
from collections.abc import Callable
from pathlib import Path
from random import Random
from typing import Any

import yaml
from kiwipiepy import Token

from bot.nlu import hangul
from bot.nlu.evaluation import Utterance
from knowledge_base.morphemes import analyser

# Names are spared by slips of the finger: a name typed differently is a different name.
NAMES = frozenset({"person_name", "company_name"})
SLIPS = frozenset({"adjacent_keys", "half_typed"})

_NO_PREAMBLE = re.compile(
    r"^(affirm|deny|greet|goodbye|thanks|smalltalk|annoyed|abuse|distress|stop|repeat|restart|dont_know|ask_why|"
    r"ask_bot|oos_other|oos_injection|plain_words)$"
)
_EMOJI = ("😭", "🙏", "ㅠㅠ", "😅", "^^", "👶", "🤔", "!!")
_KEYS = {letter: key for key, letter in hangul.KEYS.items()}
_ROWS = ("ㅂㅈㄷㄱㅅㅛㅕㅑㅐㅔ", "ㅁㄴㅇㄹㅎㅗㅓㅏㅣ", "ㅋㅌㅊㅍㅠㅜㅡ")
_DIGITS = "영일이삼사오육칠팔구"
_ONES = ("", "한", "두", "세", "네", "다섯", "여섯", "일곱", "여덟", "아홉")
_TENS = ("", "열", "스물", "서른", "마흔", "쉰", "예순", "일흔", "여든", "아흔")
_COUNTED = re.compile(r"(?<![\d\-.,~:/@A-Za-z])(\d{1,3})\s?(명|개월|월|일|년|인|시(?!간)|살|주)(?![\d가-힣]*\d)")
_NATIVE = re.compile(
    r"(?<![가-힣])(?P<tens>열|스물|서른|마흔|쉰|예순|일흔)?(?P<ones>하나|한|두|둘|세|셋|네|넷|다섯|여섯|일곱|여덟|아홉)?\s?(?P<unit>명)"
)
_ONES_SAID = {"하나": 1, "한": 1, "두": 2, "둘": 2, "세": 3, "셋": 3, "네": 4, "넷": 4, "다섯": 5, "여섯": 6,
              "일곱": 7, "여덟": 8, "아홉": 9}
_WORDS: dict[str, Any] = yaml.safe_load(Path(__file__).with_suffix(".yml").read_text(encoding="utf-8"))
_PREAMBLES: list[str] = [text + " " for text in _WORDS["preambles"]]
_TO_CASUAL: dict[str, str] = _WORDS["to_casual"]
_TO_POLITE: dict[str, str] = _WORDS["to_polite"]
_PARTICLES = {(form, tag): (other, becomes) for form, tag, other, becomes in _WORDS["particles"]}
_SPLIT: dict[str, str] = _WORDS["keystrokes"]

Disturb = Callable[[Utterance, Random], str | None]


def disturb(kind: str, utterance: Utterance) -> str | None:
    """The utterance in the wording of ``kind`` (a key of KINDS), or None where it does not apply."""
    return KINDS[kind](utterance, Random(zlib.crc32(f"{kind}:{utterance.text}".encode())))


def _no_spaces(utterance: Utterance, chance: Random) -> str | None:
    closed = "".join(utterance.text.split())
    return closed if closed != utterance.text else None


def _speech_level(utterance: Utterance, chance: Random) -> str | None:
    """Polite speech becomes casual, casual speech polite, at every sentence's end."""
    polite = re.search(r"(요|니다|니까|죠)(?![가-힣])", utterance.text) is not None
    endings = _TO_CASUAL if polite else _TO_POLITE

    def change(form: str, tag: str) -> tuple[str, str] | None:
        return (endings[form], tag) if tag == "EF" and form in endings else None

    return _rewritten(utterance.text, change)


def _adjacent_keys(utterance: Utterance, chance: Random) -> str | None:
    """One letter hits the key next to it on the two-set keyboard; a long message gets a second slip."""
    places = _syllables(utterance)
    if len(places) < 4:
        return None
    text = list(utterance.text)
    for place in chance.sample(places, 2 if len(places) > 25 else 1):
        text[place] = _slipped(text[place], chance)
    return "".join(text)


def _half_typed(utterance: Utterance, chance: Random) -> str | None:
    """Letters left alone: "세요" as "세ㅛ", a final that fell off its syllable, a first letter typed twice."""
    text, places = utterance.text, _syllables(utterance)
    if len(places) < 3:
        return None
    if (ending := re.search(r"요(?=[\s.?!~ㅠㅜ]*$)", text)) and chance.random() < 0.6:
        return text[:ending.start()] + "ㅛ" + text[ending.end():]
    place = chance.choice(places)
    initial, vowel, final = hangul.take_apart(text[place])
    if final and final in hangul.INITIALS:
        return text[:place] + hangul.put_together(initial, vowel) + final + text[place + 1:]
    return text[:place] + initial + text[place:]


def _english_keyboard(utterance: Utterance, chance: Random) -> str | None:
    """The language key was not pressed: every Hangul letter comes out as its Latin key."""
    if re.search(r"[A-Za-z@]", utterance.text) or not re.search(r"[가-힣]{2}", utterance.text):
        return None
    return "".join(_keys(char) for char in utterance.text)


def _number_forms(utterance: Utterance, chance: Random) -> str | None:
    """25명 as 스물다섯 명 or 이십오명, 3월 as 삼월, and spelled-out heads as digits."""
    def spelled(match: re.Match[str]) -> str:
        number, unit = int(match[1]), match[2]
        if unit == "월":
            return {6: "유월", 10: "시월"}.get(number, _sino(number) + "월")
        if unit in ("명", "살") and number < 100:
            return _native(number) + " " + unit
        if unit == "시" and number <= 12:
            return _native(number) + " 시"
        return _sino(number) + unit

    def in_digits(match: re.Match[str]) -> str:
        tens, ones = match["tens"], match["ones"]
        if not tens and not ones:
            return match[0]
        return str((_TENS.index(tens) * 10 if tens else 0) + (_ONES_SAID[ones] if ones else 0)) + match["unit"]

    changed = _COUNTED.sub(spelled, utterance.text)
    changed = _NATIVE.sub(in_digits, utterance.text) if changed == utterance.text else changed
    return changed if changed != utterance.text else None


def _particles(utterance: Utterance, chance: Random) -> str | None:
    """Topic for subject and back, 이랑 for 하고, and objects without their particle."""
    if re.search(r"[이가은는]요(?![가-힣])", utterance.text):  # "수원이요": no particle, an answer's ending
        return None

    def change(form: str, tag: str) -> tuple[str, str] | None:
        if tag == "JKO":
            return "", tag
        return _PARTICLES.get((form, tag))

    return _rewritten(utterance.text, change)


def _emoji(utterance: Utterance, chance: Random) -> str | None:
    words = utterance.text.split(" ")
    words.insert(chance.randint(1, len(words)), chance.choice(_EMOJI))
    return " ".join(words) + chance.choice(_EMOJI) + chance.choice(_EMOJI)


def _preamble(utterance: Utterance, chance: Random) -> str | None:
    """A long and empty beginning; moods and one-word answers are left alone, nobody types these so."""
    if _NO_PREAMBLE.match(utterance.intent) or len(utterance.text) < 8:
        return None
    return chance.choice(_PREAMBLES) + utterance.text


KINDS: dict[str, Disturb] = {
    "no_spaces": _no_spaces,
    "speech_level": _speech_level,
    "adjacent_keys": _adjacent_keys,
    "half_typed": _half_typed,
    "english_keyboard": _english_keyboard,
    "number_forms": _number_forms,
    "particles": _particles,
    "emoji": _emoji,
    "long_preamble": _preamble,
}


def _rewritten(text: str, change: Callable[[str, str], tuple[str, str] | None]) -> str | None:
    """``text`` with morphemes changed, word by word; a word that Kiwi would not put back as it was is left alone."""
    kiwi = analyser()
    words: dict[tuple[int, int], list[Token]] = {}
    for token in kiwi.tokenize(text):
        words.setdefault((token.sent_position, token.word_position), []).append(token)
    for tokens in reversed(list(words.values())):
        start, end = tokens[0].start, tokens[-1].end
        before = [(str(token.form), str(token.tag)) for token in tokens]
        after = [change(form, tag) or (form, tag) for form, tag in before]
        if after != before and _closed(kiwi.join(before)) == text[start:end]:
            text = text[:start] + _closed(kiwi.join([(form, tag) for form, tag in after if form])) + text[end:]
    return text


def _closed(text: str) -> str:
    return "".join(text.split())


def _syllables(utterance: Utterance) -> list[int]:
    """Where whole syllables stand, names spared."""
    named = [str(value) for entity, value in utterance.facts.items() if entity in NAMES]
    spared = {at for name in named for found in re.finditer(re.escape(name), utterance.text)
              for at in range(*found.span())}
    return [at for at, char in enumerate(utterance.text) if hangul.is_syllable(char) and at not in spared]


def _slipped(syllable: str, chance: Random) -> str:
    initial, vowel, final = hangul.take_apart(syllable)
    options = [(letter, vowel, final) for letter in _neighbours(initial, hangul.INITIALS)]
    options += [(initial, letter, final) for letter in _neighbours(vowel, hangul.VOWELS)]
    if final:
        options += [(initial, vowel, letter) for letter in _neighbours(final, hangul.INITIALS)
                    if letter in hangul.FINALS]
    return hangul.put_together(*chance.choice(options)) if options else syllable


def _neighbours(letter: str, allowed: str) -> list[str]:
    for row in _ROWS:
        at = row.find(letter)
        if at >= 0:
            return [near for near in row[max(0, at - 1):at] + row[at + 1:at + 2] if near in allowed]
    return []


def _keys(char: str) -> str:
    letters = hangul.take_apart(char) if hangul.is_syllable(char) else (char,)
    return "".join(_KEYS.get(single, single) for letter in letters for single in _SPLIT.get(letter, letter))


def _native(number: int) -> str:
    if number == 20:
        return "스무"
    return _TENS[number // 10] + _ONES[number % 10]


def _sino(number: int) -> str:
    said = ""
    for value, name in ((100, "백"), (10, "십")):
        count, number = divmod(number, value)
        said += ("" if count == 1 else _DIGITS[count]) + name if count else ""
    return said + (_DIGITS[number] if number else "") or "영"
