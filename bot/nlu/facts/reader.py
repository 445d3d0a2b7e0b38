"""All facts of one message: every module reads it, then scope says whose they are and overlaps are settled."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime

from bot.nlu.facts import (
    children,
    contacts,
    covers,
    dates,
    events,
    head_counts,
    impossible,
    industries,
    life,
    mentions,
    regions,
    scope,
    short_answers,
    standing,
    turns,
    wishes,
    wording,
    workers,
)
from bot.nlu.facts.fact import Fact, Said
from bot.nlu.normalisation import normalise
from knowledge_base import clock

# Where two readings claim the same letters, the one named first here holds.
_STRONGER = (
    "impossible",
    "resident_number",
    "email",
    "phone",
    "booking_number",
    "child_birth",
    "event_start",
    "cover_start",
    "worker_tenure_months",
    "child_age_months",
    "event_months",
    "headcount",
    "insured_headcount",
    "company_name",
    "region",
    "region_ambiguous",
    "region_sido",
    "visit_window",
    "person_name",
    "date",
    "number",
)
# Beside these a number alone is still a bare answer ("아니 29").
_BESIDE_A_BARE_NUMBER = {
    "region_if_asked",
    "visit_window",
    "date",
    "want",
    "put_right",
    "cover_if_asked",
    "allowance_if_asked",
    "choice_if_asked",
}
# These say themselves that there is no child yet.
_OF_PREGNANCY = {"pregnancy_reduced_hours", "miscarriage_leave", "infertility_leave"}
_GUESSED = 0.6  # how sure a trade told by its ending is
# A key beside 명, which counts nothing: 년 is a key away as well, but people are counted far oftener.
_NO_COUNTER = re.compile(r"(?<=\d)[녕묭먕멱]|(?<=\d\s)[녕묭먕멱](?![가-힣]{2})|(?<=\d여\s)[녕묭먕멱]")
_MODULES = (
    life,
    impossible,
    contacts,
    regions,
    industries,
    events,
    children,
    workers,
    covers,
    standing,
    wishes,
    mentions,
    turns,
    short_answers,
)


def read(text: str, now: datetime) -> list[Fact]:
    """The facts of ``text`` as typed, at the moment ``now`` (aware, KST), in the order they stand.

    Spans are those of ``text``. A resident registration number is told of, never carried.
    """
    normalised = wording.plain(normalise(_NO_COUNTER.sub("명", text)))
    said = Said(normalised.text, now)
    if not said.text:
        return []
    found = [fact for module in _MODULES for fact in module.find(said)]
    found += dates.find(_masked(said, found))
    found += head_counts.find(_masked(said, found))
    if all(fact.entity in _BESIDE_A_BARE_NUMBER for fact in found):
        found += head_counts.find_bare(said)
    found = _no_places(_no_names(_repairs(_born_once(_no_working_hours(found)))))
    settled = scope.placed(said, _settled(said, found))
    return [_shown(fact, text, normalised.span(fact.start, fact.end)) for fact in settled]


def warm() -> None:
    """Reads one message, so that what is learned or loaded at first use is there before anybody writes."""
    read("저희는 볼트 깎는 집이에요", clock.now())


def _masked(said: Said, found: list[Fact]) -> Said:
    """The message with telephone, booking and resident numbers blanked, so that no date or count is read in them."""
    hidden = [fact for fact in found if fact.entity in ("phone", "email", "booking_number", "resident_number")]
    if not hidden:
        return said
    text = said.text
    for fact in hidden:
        text = text[: fact.start] + "※" * (fact.end - fact.start) + text[fact.end :]
    return Said(text, said.now)


def _born_once(found: list[Fact]) -> list[Fact]:
    """``found`` without "not born yet" or "just born" where the day of the birth or a right in pregnancy is told."""
    of_pregnancy = {fact.value for fact in found if fact.entity == "event_type"} & _OF_PREGNANCY
    if not (of_pregnancy or any(fact.entity == "child_birth" for fact in found)):
        return found
    told = any(fact.entity == "child_birth" and not fact.extra.get("estimated") for fact in found)
    return [
        fact
        for fact in found
        if not (fact.entity == "child_age_months" and fact.value["max"] <= 1)
        and not (told and fact.extra.get("estimated"))
    ]


def _no_working_hours(found: list[Fact]) -> list[Fact]:
    """``found`` without visit times that are the worker's hours ("8시에 와서 5시에 가겠대요")."""
    hours = [fact for fact in found if fact.entity == "event_type"]
    return [
        fact for fact in found if fact.entity != "visit_window" or not any(fact.overlaps(event) for event in hours)
    ]


def _no_names(found: list[Fact]) -> list[Fact]:
    """``found`` without trades that are letters of a firm's own name ("한빛정밀", "돈마루식당")."""
    names = [fact for fact in found if fact.entity == "company_name"]
    return [
        fact
        for fact in found
        if fact.entity != "industry"
        or not any(
            fact.overlaps(name) and (fact.confidence <= _GUESSED or name.end - name.start > fact.end - fact.start)
            for name in names
        )
    ]


def _no_places(found: list[Fact]) -> list[Fact]:
    """``found`` without places that are letters of somebody's name ("서동욱")."""
    names = [fact for fact in found if fact.entity == "person_name" and str(fact.value)[-1] not in "이은는가도요"]
    return [
        fact for fact in found
        if not (fact.entity.startswith("region") and fact.end - fact.start < 3
                and any(fact.overlaps(name) and name.end - name.start > fact.end - fact.start for name in names))
    ]


def _repairs(found: list[Fact]) -> list[Fact]:
    """``found`` without "put right" where what is put right is a thing repaired ("농기계 고쳐요")."""
    trades = [fact for fact in found if fact.entity == "industry"]
    return [fact for fact in found if fact.entity != "put_right" or not any(fact.overlaps(trade) for trade in trades)]


def _shown(fact: Fact, text: str, span: tuple[int, int]) -> Fact:
    start, end = span
    extra = {key: value for key, value in fact.extra.items() if key != "denial_read"}
    return replace(
        fact, start=start, end=end, extra=extra, text="" if fact.entity == "resident_number" else text[start:end]
    )


def _settled(said: Said, found: list[Fact]) -> list[Fact]:
    """Facts in their order, without those whose letters a stronger reading has."""
    kept: list[Fact] = []
    for fact in sorted(found, key=lambda item: (_rank(item), item.start)):
        if _rank(fact) < len(_STRONGER) and any(
            fact.overlaps(other) and _rank(other) < _rank(fact) for other in kept
        ):
            continue
        kept.append(fact)
    return sorted(kept, key=lambda fact: (fact.start, fact.end))


def _rank(fact: Fact) -> int:
    return _STRONGER.index(fact.entity) if fact.entity in _STRONGER else len(_STRONGER)
