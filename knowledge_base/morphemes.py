"""Korean morphemes by Kiwi, with the field's own words (``lexicon/words.yaml``) in its dictionary.

One shared analyser a process: loading it takes seconds and about 400 MB are not wanted twice.
"""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

import yaml
from kiwipiepy import Kiwi, Token

WORDS_FILE = Path(__file__).parent / "lexicon" / "words.yaml"


@lru_cache(maxsize=1)
def analyser() -> Kiwi:
    """The process's Kiwi analyser, knowing the field's words as common nouns (NNG)."""
    kiwi = Kiwi(num_workers=1)
    words = yaml.safe_load(WORDS_FILE.read_text(encoding="utf-8"))["words"] if WORDS_FILE.exists() else []
    for word in words:
        kiwi.add_user_word(word, "NNG", 5.0)
    return kiwi


@lru_cache(maxsize=4096)
def morphemes(text: str) -> tuple[Token, ...]:
    """The morphemes of ``text`` in order, each with form, tag, start and length in characters."""
    return tuple(analyser().tokenize(text))
