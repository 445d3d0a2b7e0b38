"""Is the firm a 우선지원대상기업? Decided from head count and industry, with what stays open said.

Above its industry's limit a firm may still be one (중소기업기본법, five years of grace): no fact here settles
that, so the outcome is unknown and left to a person. A firm not known to belong to a large business group is judged
by its numbers; that it must not belong to one is a condition of its own in the programs.
"""

from __future__ import annotations

from functools import lru_cache
from typing import Literal, NamedTuple

from knowledge_base.definitions import DEFINITIONS, Definition, IndustryLimit, Sentences, definitions
from knowledge_base.errors import KnowledgeError
from knowledge_base.fact_words import INDUSTRIES


class Standing(NamedTuple):
    """``outcome`` met, unmet (a large business group) or unknown; ``asks`` the fact that would settle it (empty:
    a person must); ``sentence`` to say instead of the condition's own, with ``industry`` and ``limit`` to fill in;
    ``exception`` a part of the industry that counts differently, for a person to rule out."""

    outcome: Literal["met", "unmet", "unknown"]
    asks: tuple[str, ...]
    sentence: str | None
    industry: str
    limit: str
    exception: str = ""


def priority_support(
    headcount: tuple[float, float] | None, industry: str | None, large_group: bool | None = None,
) -> Standing:
    """Standing of a firm with ``headcount`` people (lowest, highest) in a KSIC section.

    Source: 고용보험법 시행령 제12조·별표 1 (``definitions/priority_support_enterprise.yaml``).
    """
    limits, other, sentences = _table()
    lowest, highest = min(limit.max for limit in limits.values()), max(limit.max for limit in limits.values())
    lowest = min(lowest, other.max)
    if large_group:
        return Standing("unmet", (), sentences.large_group, "", "")
    if headcount is None:
        return Standing("unknown", ("company.headcount",), sentences.ask_headcount, "", "")
    low, high = headcount
    if high <= lowest:
        return Standing("met", (), None, "어느 업종이든" if industry is None else _name(industry, other), _people(
            lowest if industry is None else limits.get(industry, other).max))
    if low > highest:
        name, limit_there = ("가장 너그러운 업종", highest) if industry is None else (
            _name(industry, other), limits.get(industry, other).max)
        return Standing("unknown", (), sentences.over_limit, name, _people(limit_there))
    if industry is None:
        return Standing("unknown", ("company.industry",), sentences.ask_industry, "", "")
    limit = limits.get(industry, other)
    said = (_name(industry, other), _people(limit.max))
    if high <= limit.max:
        return Standing("met", (), None, *said, limit.exception if limit.exception and high > other.max else "")
    if low > limit.max:
        return Standing("unknown", (), sentences.over_limit, *said)
    return Standing("unknown", ("company.headcount",), sentences.ask_headcount, *said)


@lru_cache(maxsize=1)
def _table() -> tuple[dict[str, IndustryLimit], IndustryLimit, Sentences]:
    definition: Definition = definitions()["priority_support_enterprise"]
    if definition.other_industries is None or definition.sentences is None:
        raise KnowledgeError(
            "other_industries나 sentences가 없습니다", file=DEFINITIONS / f"{definition.id}.yaml",
            to_do="그 밖의 업종의 기준과 문장을 채워 주세요",
        )
    by_letter = {limit.ksic: limit for limit in definition.headcount_by_industry if limit.ksic}
    return by_letter, definition.other_industries, definition.sentences


def _name(industry: str, other: IndustryLimit) -> str:
    limits, _, _ = _table()
    return limits[industry].industry if industry in limits else f"{INDUSTRIES[industry]}({other.industry})"


def _people(count: int) -> str:
    return f"{count}명"
