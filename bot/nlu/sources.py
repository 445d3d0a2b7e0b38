"""What the trained act model depends on beside its data and settings: the code and words that make its features.

Rasa keeps trained components by data and settings alone; without this it would bring back a model of older code.
"""

from __future__ import annotations

import hashlib
from functools import lru_cache
from pathlib import Path

from knowledge_base.errors import KNOWLEDGE_ROOT

_HERE = Path(__file__).parent
_WORDS = ("industries", "names", "words")  # of the lexicon; the rest is for search and answers
_YARDSTICKS = ("evaluation", "perturbation")  # they measure the model and make no feature of it


@lru_cache(maxsize=1)
def digest() -> str:
    """A hash of the code and words of this room (not ``facts``: no act is learned from them) and of the knowledge's
    morphemes, vectors and the words of its lexicon that messages are read by."""
    files = [file for file in (*_HERE.glob("*.py"), *_HERE.glob("*.yaml")) if not file.name.startswith(_YARDSTICKS)]
    files += [KNOWLEDGE_ROOT / "lexicon" / f"{name}.yaml" for name in _WORDS]
    files += [KNOWLEDGE_ROOT / "morphemes.py", KNOWLEDGE_ROOT / "vectors.py"]
    found = hashlib.sha256()
    for file in sorted(files):
        found.update(file.name.encode() + b"\0" + file.read_bytes() + b"\0")
    return found.hexdigest()
