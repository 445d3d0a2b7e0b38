"""Strategies for what the world may send: text with everything odd in it, JSON of any shape, Korean cut to pieces."""

from __future__ import annotations

from typing import Any

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

# Enough to find what is there to find, little enough for a shared machine: seconds a test, not minutes.
BOXED = settings(max_examples=150, deadline=None, suppress_health_check=list(HealthCheck))
SLOW = settings(BOXED, max_examples=60)

_PIECES = ("육아휴직", "12월 3일", "다음주 화요일 오후 2시", "25명", "스물다섯 명", "010-1234-5678", "0101234", "-", "~", "  ", "\n",
           "9999999999999999999", "１２", "²", "①", "Ⅷ", "٣", "만 8세", "2026-02-30", "13월 45일", "2026년", "1억 2천만원", "0.5명",
           "-3명", "=1+1", "@SUM(A1)", "'; DROP TABLE leads;--", "{{7*7}}", "${RASA_TOKEN}", "<script>", "/restart", "/book{",
           "\x00", "\ud800", "\u202e", "\ufeff", "\u200b", "👨‍👩‍👧", "ㅇㅋ", "ㅏㅏ", "각" * 40, "a" * 200, "주민번호 900101-1234567",
           "%00", "\\", "\"", "수원", "강서", "제조업", "우리", "은", "이")


def text(longest: int = 300) -> st.SearchStrategy[str]:
    """Pieces of what people and attackers type, mixed with any character there is, lone surrogates among them."""
    anything = st.text(st.characters(blacklist_categories=()), max_size=20)
    return st.lists(st.one_of(st.sampled_from(_PIECES), anything), max_size=12).map(lambda parts: "".join(parts)[:longest])


def json_like() -> st.SearchStrategy[Any]:
    """Any value JSON can hold, and some only Python's reader lets in (NaN)."""
    leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.floats(), text(60))
    return st.recursive(leaves, lambda inner: st.one_of(
        st.lists(inner, max_size=4), st.dictionaries(text(20), inner, max_size=4)), max_leaves=12)


def documents(*keys: str) -> st.SearchStrategy[dict[str, Any]]:
    """Objects with the keys somebody looks for, holding anything."""
    return st.dictionaries(st.one_of(st.sampled_from(keys), text(20)), json_like(), max_size=len(keys) + 2)
