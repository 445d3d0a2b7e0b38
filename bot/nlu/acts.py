"""Which act a message is: linear margins over sentence vectors, letter n-grams, morphemes and cues, calibrated.

A plain model on texts, saved as arrays and JSON (no pickle). What it looks at is in ``matter``, how Rasa calls it in
``classifier``; what was tried against it is in ``docs/understanding.md``.
"""

from __future__ import annotations

import json
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

from bot.nlu import matter
from bot.nlu.familiar import put_right
from bot.nlu.matter import Seen

Vectors = NDArray[Any]
# From so many letters on, a message of several sentences is looked through for the one that matters.
_LONG = 60
_LAST_SENTENCES = 6
_MANNERS = {"greet", "thanks", "goodbye", "smalltalk", "annoyed"}
_ARRAYS, _WORDS = "acts.npz", "acts.json"


@dataclass(frozen=True)
class Settings:
    """How the model is trained; the weights scale one kind of feature against the others.

    With ``evenness`` 0 every utterance has the same say, with 1 every act has, however few utterances it has.
    """

    strength: float = 0.7
    evenness: float = 0.35
    vectors: float = 1.2
    letters: float = 1.0
    jamo: float = 0.8
    morphemes: float = 0.9
    stems: float = 1.2
    cues: float = 0.2
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
        self, texts: Sequence[str], acts: Sequence[str], seen: tuple[Sequence[Seen], Vectors] | None = None
    ) -> ActModel:
        """Learn from texts as typed and their acts; deterministic for the same input. Returns itself.

        ``seen`` (``matter.learn_from`` of the texts) spares the reading where it is done already. The temperature is
        chosen on a held-out fifth, so that a probability of 0.8 is right about 8 times in 10.
        """
        if len(set(acts)) < 2:
            raise UntrainableError("의도가 두 가지 이상이어야 학습할 수 있습니다. data/nlu를 확인하세요.")
        labels = np.asarray(acts)
        with matter.second_process(len(texts)) as helper:
            views, vectors = matter.learn_from_many(texts, helper) if seen is None else seen
            self._words = list(_vectorizers().values())
            counted = [words.fit_transform(view) for words, view in zip(self._words, _columns(views), strict=True)]
            features = self._joined(counted, views, vectors)
            # Both draw from the one generator that liblinear has a process, so never two at once in the same.
            asked = helper.submit(_temperature, features, labels, self.settings) if helper else None
            model = _separator(self.settings, labels).fit(features, labels)
            self.temperature = asked.result() if asked else _temperature(features, labels, self.settings)
        self.acts = [str(name) for name in model.classes_]
        self._weights, self._bias = _both_sides(model)
        return self

    def rank(self, text: str, vector: Vectors | None = None) -> list[tuple[str, float]]:
        """The acts of one text as typed, most likely first, with probabilities that add up to 1.

        ``vector`` (the sentence vector of its matter) spares the work where it is known already.
        """
        typed = matter.matter(text)
        reading = put_right(typed, self._familiar)
        known = None if vector is None or reading != typed else vector.reshape(1, -1)
        likely = self._likely([reading], known)[0]
        sentences = matter.sentences(typed)
        if len(sentences) > 1 and len(reading) >= _LONG:
            likely = self._where_the_matter_is(likely, [put_right(one, self._familiar) for one in sentences])
        order = np.argsort(-likely, kind="stable")
        return [(self.acts[at], float(likely[at])) for at in order]

    def _familiar(self, letters: str) -> bool:
        """Whether these letters stand beside each other in more than two utterances learned."""
        return letters in self._words[0].vocabulary_

    def _likely(self, readings: Sequence[str], vectors: Vectors | None = None) -> Vectors:
        """The probability of each act (n, acts) for readings."""
        views = [matter.see(reading) for reading in readings]
        counted = [words.transform(view) for words, view in zip(self._words, _columns(views), strict=True)]
        features = self._joined(counted, views, matter.vectors(readings) if vectors is None else vectors)
        return _softmax(self._scores(features) / self.temperature)

    def _scores(self, features: csr_matrix) -> Vectors:
        # Of the weights' kind, and these a row a feature: else scipy copies all of them, tens of MB, each time.
        return np.asarray(features.astype(self._weights.dtype, copy=False) @ self._weights + self._bias)

    def _where_the_matter_is(self, whole: Vectors, sentences: Sequence[str]) -> Vectors:
        """Probabilities of a long message: its last sentences that are more than manners count most.

        People begin with an apology, the weather and how their day was, and end with what they want.
        """
        last = sentences[-_LAST_SENTENCES:]
        each = self._likely(last)
        at = [place for place, likely in enumerate(each) if self.acts[int(np.argmax(likely))] not in _MANNERS]
        if not at:
            return whole
        latest = each[at[-1]]
        if len(at) == 1:
            return np.asarray((8 * latest + whole) / 9)
        together = self._likely([" ".join(last[place] for place in at[-2:])])[0]
        return np.asarray((5 * latest + 3 * together + whole) / 9)

    def save(self, folder: Path) -> None:
        """Write the model into ``folder`` as arrays and JSON."""
        arrays = {f"idf{at}": words.idf_ for at, words in enumerate(self._words)}
        # Three digits of a weight are enough to choose by, and half of the bytes are packed in half of the time.
        np.savez(folder / _ARRAYS, weights=self._weights.astype(np.float16), bias=self._bias, **arrays)
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
        model._weights, model._bias = arrays["weights"].astype(np.float32), arrays["bias"]
        return model

    def _joined(self, counted: Sequence[csr_matrix], views: Sequence[Seen], vectors: Vectors) -> csr_matrix:
        """All features side by side, each kind by its weight."""
        scales = (self.settings.letters, self.settings.jamo, self.settings.morphemes, self.settings.stems)
        sparse = [found * scale for found, scale in zip(counted, scales, strict=True)]
        marks = np.asarray([view.cues for view in views], dtype=np.float32) * self.settings.cues
        return hstack([csr_matrix(vectors * self.settings.vectors), csr_matrix(marks), *sparse], format="csr")


class UntrainableError(ValueError):
    """There is too little to learn acts from."""


def _separator(settings: Settings, labels: Vectors) -> LinearSVC:
    # A linear margin, made honest by the temperature: better than logistic regression, in a fifth of its time.
    names, sizes = np.unique(labels, return_counts=True)
    says = (sizes.mean() / sizes) ** settings.evenness
    return LinearSVC(
        C=settings.strength, class_weight=dict(zip(names, says, strict=True)), random_state=settings.seed, tol=1e-1
    )


def _temperature(features: csr_matrix, labels: Vectors, settings: Settings) -> float:
    """The temperature that makes the probabilities of held-out examples honest; 1.0 where there are too few."""
    names, sizes = np.unique(labels, return_counts=True)
    if sizes.min() < 2 or len(labels) * settings.held_out < len(names):
        return 1.0
    parts = StratifiedShuffleSplit(1, test_size=settings.held_out, random_state=settings.seed)
    train, held = next(parts.split(features, labels))
    weights, bias = _both_sides(_separator(settings, labels[train]).fit(features[train], labels[train]))
    scores = np.asarray(features[held] @ weights + bias)
    truth = np.searchsorted(names, labels[held])

    def loss(temperature: float) -> float:
        likely = _softmax(scores / temperature)[np.arange(len(truth)), truth]
        return float(-np.log(np.clip(likely, 1e-12, 1)).mean())

    return float(minimize_scalar(loss, bounds=(0.02, 5.0), method="bounded").x)


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
        "letters": TfidfVectorizer(analyzer="char", ngram_range=(1, 4), min_df=3, sublinear_tf=True),
        "jamo": TfidfVectorizer(analyzer="char", ngram_range=(3, 6), min_df=5, sublinear_tf=True),
        "morphemes": _word_counter(),
        "stems": _word_counter(),
    }


def _word_counter() -> TfidfVectorizer:
    return TfidfVectorizer(
        analyzer="word", token_pattern=r"\S+", ngram_range=(1, 3), min_df=2, sublinear_tf=True, lowercase=False
    )


def _columns(views: Sequence[Seen]) -> tuple[list[str], ...]:
    """What each vectorizer reads, in their order."""
    return tuple([getattr(view, kind) for view in views] for kind in ("letters", "jamo", "morphemes", "stems"))
