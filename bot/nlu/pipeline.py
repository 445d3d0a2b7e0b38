"""The spaCy ``ko`` pipeline: Kiwi's morphemes as its tokens, for the matchers that read facts.

A token's lemma is the morpheme ("뽑" of "뽑았어요"), its tag Kiwi's (NNG, VV, EP …). Building matchers from the
knowledge is done where they are used.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Any

import spacy
from spacy.language import Language
from spacy.tokens import Doc
from spacy.util import registry
from spacy.vocab import Vocab

from knowledge_base.morphemes import morphemes


class KiwiDocs:
    """A spaCy tokenizer whose tokens are Kiwi's morphemes; one that has no letters of its own is left out."""

    def __init__(self, vocab: Vocab) -> None:
        self.vocab = vocab

    def __call__(self, text: str) -> Doc:
        """The document of ``text``: ``user_data["spans"]`` says where each token stands in it."""
        words: list[str] = []
        lemmas: list[str] = []
        tags: list[str] = []
        spans: list[tuple[int, int]] = []
        for token in morphemes(text):
            words.append(token.form)
            lemmas.append(token.form)
            tags.append(token.tag)
            spans.append((token.start, token.start + token.len))
        doc = Doc(self.vocab, words=words, spaces=[False] * len(words), lemmas=lemmas, tags=tags)
        doc.user_data["text"] = text
        doc.user_data["spans"] = spans
        return doc

    def to_bytes(self, **_: Any) -> bytes:
        """Nothing to save: the tokens come from the knowledge's analyser."""
        return b""

    def from_bytes(self, _: bytes, **__: Any) -> KiwiDocs:
        """Nothing to load."""
        return self


@lru_cache(maxsize=1)
def korean() -> Language:
    """The process's spaCy pipeline for Korean."""
    nlp = spacy.blank("ko", config={"nlp": {"tokenizer": {"@tokenizers": "donghaeng.kiwi.v1"}}})
    return nlp


@registry.tokenizers("donghaeng.kiwi.v1")
def _kiwi() -> Any:
    return lambda nlp: KiwiDocs(nlp.vocab)


@lru_cache(maxsize=512)
def read(text: str) -> Doc:
    """The spaCy document of normalised ``text``."""
    return korean()(text)


def characters(doc: Doc, first: int, last: int) -> tuple[int, int]:
    """The span of characters, in the text read, that the tokens ``first`` to ``last`` (excluded) cover."""
    spans = doc.user_data["spans"][first:last]
    return min(start for start, _ in spans), max(end for _, end in spans)
