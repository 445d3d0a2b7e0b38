"""Search for free Korean questions over programs, rights, questions, cases, centers and definitions.

Several signals are measured for every item (morphemes and syllable pairs by BM25, nearness of sentence vectors,
names met in the text, groups of meaning, places) and weighed together. The weights are data
(``lexicon/search_weights.yaml``), fitted by ``search_fitting.py`` on questions kept for that purpose. What is
indexed is in ``search_items.py``; composing an answer is in ``answers.py``.
"""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any, Literal

import numpy as np
import yaml
from numpy.typing import NDArray

from knowledge_base.aspects import asked_about
from knowledge_base.search_items import Searchable, searchables, title_of
from knowledge_base.search_text import Words, initials, jamo, matters, pack, words
from knowledge_base.vector_cache import kept_vectors
from knowledge_base.vectors import sentence_vector

Kind = Literal["program", "right", "question", "case", "center", "definition"]
WEIGHTS_FILE = Path(__file__).parent / "lexicon" / "search_weights.yaml"
_PAPERWORK = ("documents", "apply", "deadline", "payment", "combination")
_RULES = ("refusal", "penalty", "duration", "eligibility", "definition", "under5", "law")
SIGNALS = (
    "names_bm25",
    "body_bm25",
    "pairs_bm25",
    "groups",
    "name_vector",
    "body_vector",
    "name_inside",
    "name_share",
    "own_name",
    "typo",
    "place",
    "place_missing",
    "groups_missing",
    "words_missing",
    "groups_foreign",
    "words_covered",
    "words_in_names",
    "same_aspect",
    "money_program",
    "paid_right",
    "question_form",
    "program_paperwork",
    "program_amount",
    "right_rules",
    "is_program",
    "is_question",
)


@dataclass(frozen=True)
class Hit:
    """One item found, ``title`` as it is called in a sentence.

    ``score`` is the share of belief among all items (0 to 1), comparable between questions.
    """

    kind: Kind
    id: str
    title: str
    score: float


class _Bm25:
    """BM25 over few short documents as one dense matrix (words x documents), so that a question is a row sum."""

    def __init__(self, documents: Sequence[Sequence[str]], *, k1: float = 1.2, b: float = 0.5) -> None:
        counts = [Counter(document) for document in documents]
        self.row = {word: row for row, word in enumerate(sorted({word for count in counts for word in count}))}
        frequency = np.zeros((len(self.row), len(documents)), dtype=np.float32)
        for column, count in enumerate(counts):
            for word, times in count.items():
                frequency[self.row[word], column] = times
        length = frequency.sum(axis=0)
        known = (frequency > 0).sum(axis=1, keepdims=True)
        idf = np.log(1 + (len(documents) - known + 0.5) / (known + 0.5))
        norm = k1 * (1 - b + b * length / max(1.0, float(length.mean())))
        self.weight = (idf * frequency * (k1 + 1) / (frequency + norm)).astype(np.float32)
        self.idf = {word: float(idf[row, 0]) for word, row in self.row.items()}
        self.size = len(documents)

    def scores(self, query: Sequence[str]) -> NDArray[Any]:
        """The BM25 score of every document for the words of ``query``, divided by what could be reached at most."""
        rows = [self.row[word] for word in set(query) if word in self.row]
        if not rows:
            return np.zeros(self.size, dtype=np.float32)
        reachable = sum(self.idf[word] for word in set(query) if word in self.row) + 2.0 * sum(
            word not in self.row for word in set(query)
        )
        return np.asarray(self.weight[rows].sum(axis=0) / (reachable * 2.2))

    def covered(self, query: Sequence[str]) -> NDArray[Any]:
        """Per document, how much of what ``query`` says (rare words weigh more, unknown ones most) stands in it."""
        asked = set(query)
        known = [word for word in asked if word in self.row]
        rarest = math.log(1 + self.size)
        total = sum(self.idf[word] for word in known) + rarest * (len(asked) - len(known))
        if not known:
            return np.zeros(self.size)
        weight = np.array([self.idf[word] for word in known])
        return np.asarray(weight @ (self.weight[[self.row[word] for word in known]] > 0) / total)


class Index:
    """All items ready for questions. Building takes a few seconds (sentence vectors of all texts)."""

    def __init__(self, items: Sequence[Searchable]) -> None:
        self.items = tuple(items)
        named = [[words(name) for name in (item.title, *item.names)] for item in self.items]
        bodies = [[words(passage) for passage in item.passages] for item in self.items]
        self._names = _Bm25([[w for part in parts for w in part.exact] for parts in named])
        self._body = _Bm25(
            [[w for part in (*name, *body) for w in part.exact] for name, body in zip(named, bodies, strict=True)]
        )
        self._pairs = _Bm25([[w for part in parts for w in part.pairs] for parts in named])
        self._groups = _Bm25([[w for part in parts for w in part.groups] for parts in named])
        self._packed = [sorted({part.packed for part in parts if len(part.packed) >= 2}, key=len) for parts in named]
        self._official = [[words(name).packed for name in item.official] for item in self.items]
        written = [
            (at, {letters[i : i + 3] for i in range(len(letters) - 2)})
            for at, names in enumerate(self._packed)
            for name in names
            if len(name) <= 14 and len(letters := jamo(name)) >= 8
        ]
        self._jamo_item = np.array([at for at, _ in written])
        self._jamo_size = np.array([len(parts) for _, parts in written])
        places: dict[str, list[int]] = {}
        for at, (_, parts) in enumerate(written):
            for part in parts:
                places.setdefault(part, []).append(at)
        self._jamo_names = {part: np.array(found) for part, found in places.items()}
        self._initials: dict[str, list[int]] = {}
        for at, packed in enumerate(self._packed):
            for name in packed:
                if len(name) >= 3:
                    self._initials.setdefault(initials(name), []).append(at)
        self._core_groups, self._all_groups = _core([[part.groups for part in parts] for parts in named])
        self._core_words, _ = _core([[part.exact for part in parts] for parts in named])
        self._aspects = [asked_about(item.title).aspect if item.kind == "question" else None for item in self.items]
        self._name_vectors, self._name_starts = _stack("names", [[part.text for part in parts] for parts in named])
        self._body_vectors, self._body_starts = _stack(
            "passages", [[p.text for p in parts] or [" "] for parts in bodies]
        )
        kinds = np.array([item.kind for item in self.items])
        self._is = {kind: (kinds == kind).astype(np.float32) for kind in set(kinds.tolist())}
        self._local = np.array([item.place is not None for item in self.items], dtype=np.float32)
        self._last: tuple[str, NDArray[Any]] = ("", np.zeros((len(self.items), len(SIGNALS))))
        self._position = {item.id: at for at, item in enumerate(self.items)}

    def signals(self, text: str) -> NDArray[Any]:
        """The measured signals (items, len(SIGNALS)) of every item for ``text``; the last text's are kept."""
        if self._last[0] != text:
            self._last = (text, self._measured(text))
        return self._last[1]

    def _measured(self, text: str) -> NDArray[Any]:
        asked = words(text)
        vector = sentence_vector(asked.text)
        name_near = np.maximum.reduceat(self._name_vectors @ vector, self._name_starts)
        body_near = np.maximum.reduceat(self._body_vectors @ vector, self._body_starts)
        inside, share = self._names_inside(asked)
        aspect = asked_about(text).aspect
        about_money = float("지원금" in asked.groups)
        about_pay = float("급여" in asked.groups)
        place, missing = self._place(asked)
        program = self._is.get("program", np.zeros(len(self.items)))
        right = self._is.get("right", np.zeros(len(self.items)))
        question = self._is.get("question", np.zeros(len(self.items)))
        asks = float(
            bool(re.search(r"나요|까요|되나|돼\?|되\?|해도|안되|어떻게|어케|하나|인가|죠|지\?|음\?|됨", asked.text))
        )
        paid = np.array([float("급여" in item.title) for item in self.items]) * right
        return np.stack(
            [
                self._names.scores(asked.exact),
                self._body.scores(asked.exact),
                self._pairs.scores(asked.pairs),
                self._groups.scores(asked.groups),
                name_near,
                body_near,
                inside,
                share,
                self._own_name(asked),
                self._typos(asked) * (inside == 0),
                place,
                missing,
                _share_missing(self._core_groups, asked.groups),
                _share_missing(self._core_words, asked.exact),
                self._foreign(asked),
                self._body.covered(asked.exact),
                self._names.covered(asked.exact),
                self._same_aspect(text),
                program * about_money,
                paid * about_pay,
                question * asks,
                program * float(aspect in _PAPERWORK),
                program * float(aspect == "amount"),
                right * float(aspect in _RULES),
                program,
                question,
            ],
            axis=1,
        )

    def _names_inside(self, asked: Words) -> tuple[NDArray[Any], NDArray[Any]]:
        """Per item, how long a name of it stands in the question, and how much of the question that covers."""
        longest = np.zeros(len(self.items))
        for at, names in enumerate(self._packed):
            longest[at] = max((len(name) for name in names if name in asked.packed), default=0)
        size = max(1, len(asked.packed))
        return np.minimum(longest, 10) / 10, longest / size

    def _own_name(self, asked: Words) -> NDArray[Any]:
        """1 for the items whose official name is the longest one (4 syllables and more) standing in the question."""
        lengths = np.array(
            [max((len(name) for name in names if name in asked.packed), default=0) for names in self._official]
        )
        longest = lengths.max(initial=0)
        return (lengths == longest).astype(float) if longest >= 4 else np.zeros(len(self.items))

    def _typos(self, asked: Words) -> NDArray[Any]:
        """Per item, how nearly its best name stands in the question letter by letter (0.6 and more counts)."""
        letters = jamo(asked.packed)
        have = {letters[at : at + 3] for at in range(len(letters) - 2)}
        met = [self._jamo_names[part] for part in have if part in self._jamo_names]
        if not met:
            return np.zeros(len(self.items))
        share = np.bincount(np.concatenate(met), minlength=len(self._jamo_size)) / self._jamo_size
        best = np.zeros(len(self.items))
        np.maximum.at(best, self._jamo_item, np.where(share >= 0.6, share, 0.0))
        return best

    def _foreign(self, asked: Words) -> NDArray[Any]:
        """Per item, the share of the question's meanings that no name of the item carries."""
        if not asked.groups:
            return np.zeros(len(self.items))
        mine = set(asked.groups)
        return np.array([len(mine - groups) / len(mine) for groups in self._all_groups])

    def _same_aspect(self, text: str) -> NDArray[Any]:
        """Per ready question, whether it asks for the same aspect (amount, deadline …) as ``text``."""
        aspect = asked_about(text).aspect
        return np.array([float(own is not None and own == aspect) for own in self._aspects])

    def _place(self, asked: Words) -> tuple[NDArray[Any], NDArray[Any]]:
        """Per local item, whether its place is named in the question (1) or not (second array 1)."""
        named = np.zeros(len(self.items))
        for at, item in enumerate(self.items):
            if item.place is not None and re.search(item.place, asked.packed):
                named[at] = 1.0
        return named, self._local * (1 - named)

    def position(self, identifier: str) -> int:
        """Where the item with this id stands in ``items``. Raises KeyError for an unknown id."""
        return self._position[identifier]

    def has(self, identifier: str) -> bool:
        """Whether an item with this id is indexed."""
        return identifier in self._position

    def by_initials(self, text: str) -> list[int]:
        """Items one of whose names is written by its first letters only ("ㅇㅇㅎㅈ")."""
        letters = re.sub(r"[^ㄱ-ㅎ]", "", text)
        if len(letters) < 3 or re.search(r"[가-힣]", text):
            return []
        return self._initials.get(letters, [])


def _core(named: list[list[tuple[str, ...]]]) -> tuple[list[dict[str, float]], list[set[str]]]:
    """Per item, the marks at least half of its names carry (with the share that does), and all of its marks."""
    core, every = [], []
    for parts in named:
        counts = Counter(mark for part in parts for mark in set(part))
        core.append({mark: count / len(parts) for mark, count in counts.items() if count * 2 >= len(parts)})
        every.append(set(counts))
    return core, every


def _share_missing(core: list[dict[str, float]], have: Sequence[str]) -> NDArray[Any]:
    """Per item, how much of what its names have in common the question lacks (0 none, 1 all)."""
    present = set(have)
    return np.array(
        [
            sum(share for mark, share in marks.items() if mark not in present) / max(1.0, sum(marks.values()))
            for marks in core
        ]
    )


def _stack(name: str, groups: list[list[str]]) -> tuple[NDArray[Any], NDArray[Any]]:
    starts = np.cumsum([0] + [len(group) for group in groups])[:-1]
    return kept_vectors([text for group in groups for text in group], f"search-{name}"), starts


@lru_cache(maxsize=1)
def index() -> Index:
    """The process's index over the whole knowledge."""
    return Index(searchables())


@lru_cache(maxsize=1)
def _stored() -> dict[str, dict[str, float]]:
    document: dict[str, dict[str, float]] = yaml.safe_load(WEIGHTS_FILE.read_text(encoding="utf-8"))
    return document


@lru_cache(maxsize=1)
def weights() -> NDArray[Any]:
    """The fitted weight of each of SIGNALS."""
    return np.array([_stored()["weights"][name] for name in SIGNALS])


def rank(text: str, *, of: Index | None = None, by: NDArray[Any] | None = None) -> list[tuple[int, float]]:
    """All items of the index by falling belief: (position, share). Blank text gives nothing."""
    if not pack(text):
        return []
    found = of or index()
    sums = found.signals(text) @ (weights() if by is None else by)
    for at in found.by_initials(text):
        sums[at] += 8.0
    shares = np.exp(sums - sums.max())
    shares /= shares.sum()
    return [(int(at), float(shares[at])) for at in np.argsort(-shares)]


def search(text: str, *, limit: int = 8, kinds: Sequence[Kind] | None = None) -> list[Hit]:
    """The items that fit a free question best, best first; ``kinds`` keeps only those kinds.

    Returns nothing for a text without letters. Raises KnowledgeError where the knowledge cannot be loaded.
    """
    found = index()
    wanted: Callable[[Searchable], bool] = lambda item: kinds is None or item.kind in kinds  # noqa: E731
    hits = [
        Hit(found.items[at].kind, found.items[at].id, title_of(found.items[at].id) or found.items[at].title, share)
        for at, share in rank(text, of=found)
        if wanted(found.items[at])
    ]
    return hits[:limit]


SURE_SIGNS = ("share", "name_vector", "sum", "field", "other", "bias")


def sure_signs(text: str, *, of: Index | None = None, by: NDArray[Any] | None = None) -> NDArray[Any]:
    """What tells a question of this field from others (SURE_SIGNS): the best item's share of belief, its nearness
    and its sum, and the words of the field and of other matters met."""
    found = of or index()
    measured = found.signals(text)
    sums = measured @ (weights() if by is None else by)
    best = int(sums.argmax())
    share = 1.0 / float(np.exp(sums - sums.max()).sum())
    field, other = matters(text)
    return np.array([share, measured[best, SIGNALS.index("name_vector")], sums[best], min(2, field), other, 1.0])


def evidence(text: str) -> float:
    """How surely ``text`` is of this field at all, 0 to 1 (fitted on questions of the field and of other matters)."""
    stored = _stored()["sureness"]
    total = float(sure_signs(text) @ np.array([stored[name] for name in SURE_SIGNS]))
    return 1 / (1 + math.exp(-total))
