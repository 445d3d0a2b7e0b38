"""Cues to a message's act that n-grams see badly: its form and what it is about.

Only features for the act model; none of them decides alone. The words are in ``cues.yaml``.
"""

from __future__ import annotations

import re
from functools import lru_cache
from pathlib import Path

import yaml

_FILE = Path(__file__).parent / "cues.yaml"
_QUESTION = re.compile(r"\?|[까죠냐니나가지데]요?\s*[.!]?$|(?:ㄴ|은|는|인|한|된|할|될)가요?\s*[.!]?$")
_ASKING_WORD = re.compile(
    r"얼마|언제|어디|어떻게|어케|무엇|뭐|뭔|몇|왜|누가|누구|어느|어떤|무슨|궁금|알려|알고\s?싶|가능|되나|될까|인가"
)
_NEGATED = re.compile(r"아니|말고|아닌|않|안\s|못|없|빼고")
_NUMBER = re.compile(r"\d")
_HANGUL = re.compile(r"[가-힣]")
_LATIN = re.compile(r"[A-Za-z]")
_OTHER_SCRIPT = re.compile(r"[\u0400-\u052f\u0600-\u06ff\u0e00-\u0e7f\u3040-\u30ff\u4e00-\u9fff\u1780-\u17ff]")


@lru_cache(maxsize=1)
def _topics() -> tuple[re.Pattern[str], ...]:
    groups: dict[str, str] = yaml.safe_load(_FILE.read_text(encoding="utf-8"))
    return tuple(re.compile(str(words), re.IGNORECASE) for words in groups.values())


def cues(reading: str) -> tuple[float, ...]:
    """The cues of one normalised text, each between 0 and 1, in a fixed order: form, topics."""
    closed = re.sub(r"\s", "", reading)
    return (*_form(reading, closed), *(float(bool(topic.search(closed))) for topic in _topics()))


def _form(reading: str, closed: str) -> tuple[float, ...]:
    length = max(len(closed), 1)
    last = reading.rstrip(" .!\n")[-12:]
    return (
        float(bool(_QUESTION.search(reading.strip()))),
        float("?" in reading),
        float(bool(_ASKING_WORD.search(reading))),
        float(bool(_ASKING_WORD.search(last))),
        float(bool(_NEGATED.search(reading))),
        float(bool(_NUMBER.search(reading))),
        float(length <= 3),
        min(length / 60, 1.0),
        float("\n" in reading),
        len(_HANGUL.findall(closed)) / length,
        len(_LATIN.findall(closed)) / length,
        len(_OTHER_SCRIPT.findall(closed)) / length,
        float(not any(char.isalnum() for char in closed)),
    )
