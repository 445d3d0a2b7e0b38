"""One spacing for what people type: few of them space as the dictionaries do, and many not at all."""

from __future__ import annotations

from functools import lru_cache

from knowledge_base.morphemes import analyser


@lru_cache(maxsize=4096)
def spaced(text: str) -> str:
    """Normalised ``text`` with Kiwi's spacing, so that "육아휴직간대요" and "육아 휴직 간대요" get one vector."""
    return str(analyser().space(text.replace("\n", " "), reset_whitespace=True))
