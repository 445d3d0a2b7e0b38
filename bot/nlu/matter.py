"""A message as the act model takes it: one wording without signs, seen as letters, jamo, morphemes, stems and cues.

Normalising what was typed is ``normalisation``'s; weighing all this is ``acts``'s. Reading thousands of utterances to
learn from is shared with a second process, because it is most of the time that training takes.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Sequence
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from multiprocessing import get_context
from typing import Any

import numpy as np
from numpy.typing import NDArray

from bot.nlu import hangul
from bot.nlu.cues import cues
from bot.nlu.normalisation import normalise
from bot.nlu.spacing import spaced
from bot.nlu.stems import stems
from knowledge_base.morphemes import morphemes
from knowledge_base.vectors import sentence_vectors

Vectors = NDArray[Any]

# From so many utterances on, starting a second process costs less than it saves.
_MANY = 2000
_PART = 500
_SHOUT = re.compile(r"(?<=[가-힣])!+(?=\s|$)")
_SIGNS = re.compile(r"[☺👍!~…·*#=^♥♡★☆※]+")
_STOPS = re.compile(r"[.,:;'\"“”‘’()\[\]<>/-]+")
_SPACES = re.compile(r" {2,}")
# The words with which people come to the point; they say nothing of it and look like a correction.
_TO_THE_POINT = re.compile(
    r"(?:다름이? ?아니(?:라|고|오라|옵고)|(?:바로 )?본론(?:만|은|부터|으로)?"
    r"(?: (?:말씀드리면|말하면|말할게요|들어가면|들어갈게요|말씀드릴게요))?)[,.\s]+"
)
_SENTENCE_END = re.compile(r"(?<=[.?])\s+|\n+|(?:궁금한 (?:건|게|점은)|여쭤볼 (?:건|게))[,\s]+")


@dataclass(frozen=True)
class Seen:
    """What the act model looks at in one reading, beside its sentence vector."""

    letters: str
    jamo: str
    morphemes: str
    stems: str
    cues: tuple[float, ...]


def matter(text: str) -> str:
    """``text`` as typed in one writing, without emoji and marks of mood; with them where nothing else is there."""
    reading = normalise(text).text
    bare = _TO_THE_POINT.sub("\n", _SPACES.sub(" ", _SIGNS.sub(" ", _SHOUT.sub(".", reading)))).strip()
    return bare if any(char.isalnum() for char in bare) else reading


def sentences(reading: str) -> list[str]:
    """The sentences of a reading; what people come to the point with begins a new one."""
    return [part.strip() for part in _SENTENCE_END.split(reading) if part.strip()]


def see(reading: str) -> Seen:
    """A reading as closed-up letters with its ends marked, jamo, morphemes, stems and cues; numbers as one sign."""
    closed = "".join(reading.split())
    closed = "^" + _numberless(_STOPS.sub("", closed) or closed) + "$"
    tokens = morphemes(reading)
    words = ["0" if token.tag == "SN" else f"{token.form}/{token.tag[:2]}".replace(" ", "") for token in tokens]
    return Seen(closed, hangul.jamo(closed), _line(words), _line(stems(tokens)), cues(reading))


def vectors(readings: Sequence[str]) -> Vectors:
    """The sentence vectors (n, 512) of readings, evenly spaced."""
    return sentence_vectors([spaced(reading).rstrip(" .") for reading in readings])


def learn_from(texts: Sequence[str]) -> tuple[list[Seen], Vectors]:
    """What is seen in each text as typed, and the sentence vectors of all."""
    readings = [matter(text) for text in texts]
    return [see(reading) for reading in readings], vectors(readings)


def learn_from_many(texts: Sequence[str], helper: ProcessPoolExecutor | None) -> tuple[list[Seen], Vectors]:
    """The same, shared with ``helper``; the order is that of ``texts``.

    Whoever is free takes the next part, this process from the front and the helper from the back: a process that has
    just been started spends seconds on its imports.
    """
    if helper is None:
        return learn_from(texts)
    parts = [list(texts[at : at + _PART]) for at in range(0, len(texts), _PART)]
    there = [helper.submit(learn_from, part) for part in reversed(parts)][::-1]
    both = zip(parts, there, strict=True)
    learned = [learn_from(part) if asked.cancel() else asked.result() for part, asked in both]
    return [one for seen, _ in learned for one in seen], np.vstack([found for _, found in learned])


@contextmanager
def second_process(count: int) -> Iterator[ProcessPoolExecutor | None]:
    """A process that helps with ``count`` utterances, or None where one is enough (few of them, or one core).

    Spawned, not forked: the training process holds threads of other libraries.
    """
    if count < _MANY or (os.cpu_count() or 1) < 2:
        yield None
        return
    with ProcessPoolExecutor(1, mp_context=get_context("spawn")) as helper:
        yield helper


def _numberless(text: str) -> str:
    """Every run of digits as one "0": which number it is says nothing about the act."""
    return re.sub(r"\d+", "0", text)


def _line(words: list[str]) -> str:
    """Words with the message's ends marked."""
    return " ".join(["<", *words, ">"])
