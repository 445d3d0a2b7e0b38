"""Which act a message is: linear margins over sentence vectors, letter n-grams, morphemes and cues, calibrated.

A plain model on texts, saved as arrays and JSON (no pickle). How Rasa calls it is in ``classifier``; what was tried
against it is in ``docs/understanding.md``.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.optimize import minimize_scalar
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction.text import TfidfVectorizer
from sklearn.model_selection import StratifiedShuffleSplit
from sklearn.svm import LinearSVC

from bot.nlu import hangul
from bot.nlu.cues import Told, cues
from bot.nlu.familiar import put_right
from bot.nlu.normalisation import normalise
from bot.nlu.spacing import spaced
from knowledge_base.morphemes import morphemes
from knowledge_base.vectors import sentence_vectors

Vectors = NDArray[Any]
# From so many letters on, a message of several sentences is looked through for the one that matters.
_LONG = 60
_LAST_SENTENCES = 4
_MANNERS = {"greet", "thanks", "goodbye", "smalltalk", "annoyed"}
# Where a sentence ends, and the words with which people come to the point.
_SENTENCE_END = re.compile(
    r"(?<=[.!?…])\s+|\n+"
    r"|(?:다름이? ?아니라|다름 아니고|본론(?:만|은|부터)?(?: 말씀드리면| 말하면)?)[,\s]+"
    r"|(?:궁금한 (?:건|게|점은)|여쭤볼 (?:건|게))[,\s]+"
)
_ARRAYS, _WORDS = "acts.npz", "acts.json"


@dataclass(frozen=True)
class Settings:
    """How the model is trained; the weights scale one kind of feature against the others."""

    strength: float = 0.5
    vectors: float = 1.6
    letters: float = 1.0
    jamo: float = 0.8
    morphemes: float = 0.9
    cues: float = 0.8
    held_out: float = 0.2
    seed: int = 7


@dataclass
class ActModel:
    """A trained model: ``rank`` gives the acts of texts with calibrated probabilities."""

    settings: Settings = field(default_factory=Settings)
    acts: list[str] = field(default_factory=list)
    temperature: float = 1.0
    _words: list[TfidfVectorizer] = field(default_factory=list, repr=False)
    _weights: Vectors = field(default_factory=lambda: np.zeros((0, 0)), repr=False)
    _bias: Vectors = field(default_factory=lambda: np.zeros(0), repr=False)

    def fit(
        self,
        texts: Sequence[str],
        acts: Sequence[str],
        vectors: Vectors | None = None,
        told: Sequence[Sequence[Told]] | None = None,
    ) -> ActModel:
        """Learn from texts as typed and their acts; deterministic for the same input. Returns itself.

        ``vectors`` and ``told`` (the facts of each text) spare the work where they are known already.

        The temperature is chosen on a held-out fifth, so that a probability of 0.8 is right about 8 times in 10.
        """
        if len(set(acts)) < 2:
            raise UntrainableError("의도가 두 가지 이상이어야 학습할 수 있습니다. data/nlu를 확인하세요.")
        readings = [normalise(text).text for text in texts]
        vectors = _vectors(readings) if vectors is None else vectors
        self._words = [words.fit(_views(readings)[view]) for view, words in _vectorizers().items()]
        features = self._features(readings, vectors, told)
        labels = np.asarray(acts)
        # One after the other: liblinear draws from one generator a process, and the model must come out the same.
        self.temperature = self._calibrate(features, labels)
        model = self._separator().fit(features, labels)
        self.acts = [str(name) for name in model.classes_]
        self._weights, self._bias = _both_sides(model)
        return self

    def rank(
        self, text: str, vector: Vectors | None = None, told: Sequence[Told] | None = None
    ) -> list[tuple[str, float]]:
        """The acts of one text as typed, most likely first, with probabilities that add up to 1.

        ``vector`` and ``told`` (its facts) spare the work where they are known already.
        """
        typed = normalise(text).text
        reading = put_right(typed, self._familiar)
        if reading != typed:  # vector and facts are those of the slip
            vector = told = None
        likely = self._likely(reading, vector, told)
        sentences = _sentences(reading)
        if len(sentences) > 1 and len(reading) >= _LONG:
            likely = self._where_the_matter_is(likely, sentences)
        order = np.argsort(-likely, kind="stable")
        return [(self.acts[at], float(likely[at])) for at in order]

    def _familiar(self, letters: str) -> bool:
        """Whether these letters stand beside each other in more than one utterance learned."""
        return letters in self._words[0].vocabulary_

    def _likely(self, reading: str, vector: Vectors | None = None, told: Sequence[Told] | None = None) -> Vectors:
        """The probability of each act for one normalised text."""
        vectors = _vectors([reading]) if vector is None else vector.reshape(1, -1)
        scores = self._scores(self._features([reading], vectors, [told]))[0]
        return np.asarray(_softmax(scores[None, :] / self.temperature)[0])

    def _where_the_matter_is(self, whole: Vectors, sentences: Sequence[str]) -> Vectors:
        """Probabilities of a long message: its last sentences that are more than manners count most.

        People begin with an apology, the weather and how their day was, and end with what they want.
        """
        each = [self._likely(sentence) for sentence in sentences[-_LAST_SENTENCES:]]
        matters = [likely for likely in each if self.acts[int(np.argmax(likely))] not in _MANNERS]
        if not matters:
            return whole
        latest = matters[-1] if len(matters) == 1 else (4 * matters[-1] + matters[-2]) / 5
        return np.asarray((6 * latest + whole) / 7)

    def save(self, folder: Path) -> None:
        """Write the model into ``folder`` as arrays and JSON."""
        arrays = {f"idf{at}": words.idf_ for at, words in enumerate(self._words)}
        np.savez_compressed(folder / _ARRAYS, weights=self._weights.astype(np.float32), bias=self._bias, **arrays)
        document = {
            "acts": self.acts,
            "temperature": self.temperature,
            "settings": vars(self.settings),
            "words": [{str(word): int(at) for word, at in words.vocabulary_.items()} for words in self._words],
        }
        (folder / _WORDS).write_text(json.dumps(document, ensure_ascii=False), encoding="utf-8")

    @classmethod
    def load(cls, folder: Path) -> ActModel:
        """The model that ``save`` wrote into ``folder``. Raises OSError where there is none."""
        document = json.loads((folder / _WORDS).read_text(encoding="utf-8"))
        arrays = np.load(folder / _ARRAYS)
        model = cls(Settings(**document["settings"]), document["acts"], document["temperature"])
        for at, (words, vocabulary) in enumerate(zip(_vectorizers().values(), document["words"], strict=True)):
            words.vocabulary = vocabulary
            words.idf_ = arrays[f"idf{at}"]
            model._words.append(words)
        model._weights, model._bias = arrays["weights"], arrays["bias"]
        return model

    def _features(
        self, readings: Sequence[str], vectors: Vectors, told: Sequence[Sequence[Told] | None] | None = None
    ) -> csr_matrix:
        scales = (self.settings.letters, self.settings.jamo, self.settings.morphemes)
        sparse = [
            words.transform(view) * scale
            for words, view, scale in zip(self._words, _views(readings).values(), scales, strict=True)
        ]
        known = [None] * len(readings) if told is None else told
        marks = np.asarray([cues(reading, facts) for reading, facts in zip(readings, known, strict=True)])
        marks = marks.astype(np.float32) * self.settings.cues
        return hstack([csr_matrix(vectors * self.settings.vectors), csr_matrix(marks), *sparse], format="csr")

    def _scores(self, features: csr_matrix) -> Vectors:
        # Of the weights' kind, and these a row a feature: else scipy copies all of them, tens of MB, each time.
        return np.asarray(features.astype(self._weights.dtype, copy=False) @ self._weights + self._bias)

    def _separator(self) -> LinearSVC:
        # A linear margin, made honest by the temperature: better than logistic regression, in a fifth of its time.
        return LinearSVC(C=self.settings.strength, class_weight="balanced", random_state=self.settings.seed, tol=1e-1)

    def _calibrate(self, features: csr_matrix, labels: Vectors) -> float:
        """The temperature that makes the probabilities of held-out examples honest; 1.0 where there are too few."""
        names, sizes = np.unique(labels, return_counts=True)
        if sizes.min() < 2 or len(labels) * self.settings.held_out < len(names):
            return 1.0
        parts = StratifiedShuffleSplit(1, test_size=self.settings.held_out, random_state=self.settings.seed)
        train, held = next(parts.split(features, labels))
        weights, bias = _both_sides(self._separator().fit(features[train], labels[train]))
        scores = np.asarray(features[held] @ weights + bias)
        truth = np.searchsorted(names, labels[held])

        def loss(temperature: float) -> float:
            likely = _softmax(scores / temperature)[np.arange(len(truth)), truth]
            return float(-np.log(np.clip(likely, 1e-12, 1)).mean())

        return float(minimize_scalar(loss, bounds=(0.02, 5.0), method="bounded").x)


class UntrainableError(ValueError):
    """There is too little to learn acts from."""


def _sentences(reading: str) -> list[str]:
    return [part.strip() for part in _SENTENCE_END.split(reading) if part.strip()]


def _vectors(readings: Sequence[str]) -> Vectors:
    return sentence_vectors([spaced(reading) for reading in readings])


def _both_sides(model: LinearSVC) -> tuple[Vectors, Vectors]:
    """Weights (a row a feature) and bias a class; for two classes sklearn keeps one, the other being its opposite."""
    weights, bias = model.coef_, model.intercept_
    if len(model.classes_) == 2:
        weights, bias = np.vstack([-weights, weights]) / 2, np.concatenate([-bias, bias]) / 2
    return np.ascontiguousarray(weights.T), bias


def _softmax(scores: Vectors) -> Vectors:
    powers = np.exp(scores - scores.max(axis=1, keepdims=True))
    return np.asarray(powers / powers.sum(axis=1, keepdims=True))


def _vectorizers() -> dict[str, TfidfVectorizer]:
    return {
        "letters": TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=2, sublinear_tf=True),
        "jamo": TfidfVectorizer(analyzer="char", ngram_range=(3, 6), min_df=3, sublinear_tf=True),
        "morphemes": TfidfVectorizer(
            analyzer="word", token_pattern=r"\S+", ngram_range=(1, 3), min_df=2, sublinear_tf=True, lowercase=False
        ),
    }


def _views(readings: Sequence[str]) -> dict[str, list[str]]:
    """Each reading as closed-up letters with its ends marked, as jamo, and as morphemes; numbers as one sign."""
    closed = ["^" + _numberless("".join(reading.split())) + "$" for reading in readings]
    return {
        "letters": closed,
        "jamo": [hangul.jamo(text) for text in closed],
        "morphemes": [_morpheme_words(reading) for reading in readings],
    }


def _numberless(text: str) -> str:
    """Every run of digits as one "0": which number it is says nothing about the act."""
    shown: list[str] = []
    for char in text:
        if char.isdigit():
            if shown and shown[-1] == "0":
                continue
            char = "0"
        shown.append(char)
    return "".join(shown)


def _morpheme_words(reading: str) -> str:
    words = ["0" if token.tag == "SN" else f"{token.form}/{token.tag[:2]}" for token in morphemes(reading)]
    return " ".join(["<", *(word.replace(" ", "") for word in words), ">"])
