"""What a short question may be about: the programs and rights that were just spoken of, the likeliest first.

They come from the item answered last, what a ready question is about, the employee's event and the person's own
words. Which of them speaks of what is asked is found in ``in_context.py``.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache

from knowledge_base.aspects import Aspect
from knowledge_base.facts import Event
from knowledge_base.follow_up import named_in
from knowledge_base.item_schema import Question, Right
from knowledge_base.loading import load_knowledge
from knowledge_base.of_the_event import (
    OF_THE_RIGHT,
    grant_of_cover_named,
    grants_for,
    is_of_cover,
    item_of,
    rights_behind,
)
from knowledge_base.search import rank, search
from knowledge_base.search_items import item, title_of
from knowledge_base.search_text import pack

_MUCH_NEARER = 3  # times as near as the right that a ready question names first
_OF_GRANTS = ("documents", "payment", "deadline", "combination")
_IS_LEAVE = re.compile(r"(휴가|휴직|급여|시간|단축|변경)$")
_HOW_MANY = re.compile(r"(둘|셋|넷|다섯|여섯|\d+\s*명|[두세네]\s*명)(이|으로)?면")
_CLAIMED, _OF_PAY = ("apply", "documents", "deadline", "payment"), re.compile(r"고용보험|급여|돈|나라에서|정부에서")
_OF_THE_WORKER = re.compile(r"급여|직원(이|한테|에게)(받|나오|주)|본인(이|한테)받")
_KINDS_OF: dict[str, tuple[str, ...]] = {
    "family_care_long_leave": ("family_care_short_leave",),
    "parental_leave": ("short_parental_leave", "parental_leave_pregnant_spouse"),
}
_TABLES = ("penalty_table", "under5_application", "changes_2026_h2", "integrated_application")

NO_EVENT = Event()


@dataclass(frozen=True)
class Talk:
    """What was just spoken of: the id answered last, what the person said before, the employee's event, and the ids
    answered before the last one, the nearest first."""

    about: str | None = None
    before: str = ""
    event: Event = NO_EVENT
    earlier: tuple[str, ...] = ()




def subjects(talk: Talk, text: str, aspect: Aspect, content: Sequence[str], grant: bool) -> Iterator[str]:
    """The programs and rights talked of, the likeliest first."""
    about, of_event = _behind(talk), item_of(talk.event, aspect)
    own, paid = _as_named(of_event, talk), list(grants_for(talk.event))
    if aspect in ("who_pays", "amount") and _OF_THE_WORKER.search(pack(text)):
        for leave in (*about, *own):
            if f"{leave}_benefit" in load_knowledge().rights:
                yield f"{leave}_benefit"  # "직원이 받는 급여는요?"
    if aspect in _CLAIMED and about and _OF_PAY.search(text) and f"{about[0]}_benefit" in load_knowledge().rights:
        yield f"{about[0]}_benefit"  # "고용보험에서 주는 건 누가 신청해요?"
    if aspect == "under5" and (few := not_for_so_few(talk)):
        yield few
    if grant or aspect in _OF_GRANTS or _HOW_MANY.search(text):
        own = [*paid, *own] if talk.event.cover else [*own, *paid]
    if cover := grant_of_cover_named(text):
        yield cover
    if of_cover := _cover_told(about, talk):
        about = [of_cover, *about]
    if about and aspect in ("refusal", "penalty"):  # "안 해 주면요?" after the grant is asked of the leave
        about = [*rights_behind(about[0], talk.event, talk.before, talk.earlier), *about]
    if own and aspect in OF_THE_RIGHT and not content and about and not _IS_LEAVE.search(title_of(about[0]) or ""):
        about, own = own, about  # "거부하면요?" after the grants or the holidays is asked of the leave
    yield from dict.fromkeys([*about, *own, *named_in(talk.before)])


def _cover_told(about: Sequence[str], talk: Talk) -> str | None:
    """The grant for how the place is filled, where that was told and another one stands on record."""
    of_cover = next((one for one in grants_for(talk.event) if is_of_cover(one)), None)
    other = about[:1] and is_of_cover(about[0]) and about[0] != of_cover and about[0] not in named_in(talk.before)
    return of_cover if other else None


def _as_named(of_event: str | None, talk: Talk) -> list[str]:
    """The item of the event told, or the kind of it that the person named: 가족돌봄휴가, not 휴직."""
    kinds = _KINDS_OF.get(of_event or "", ())
    named = next((kind for kind in named_in(talk.before) if kind in kinds), None)
    return [one for one in (named, of_event) if one]


def _behind(talk: Talk) -> list[str]:
    """The item answered last, or what a ready question is about, nearest first to what the person said."""
    found = item(talk.about or "")
    if talk.about in _TABLES:  # of many things, of which the person named one
        return [*named_in(talk.before), talk.about]
    if not isinstance(found, Question):
        return [talk.about] if talk.about and found else []
    related = [*found.related_rights, *found.related_programs]
    if not found.related_rights[1:] or not talk.before:
        return related
    share, own = _shares(talk.before), item_of(talk.event)
    first, best_fit = related[0], max(found.related_rights, key=lambda identifier: share.get(identifier, 0.0))
    if own not in related and share.get(best_fit, 0.0) > _MUCH_NEARER * share.get(first, 0.0):
        own = best_fit
    return sorted(related, key=lambda identifier: identifier != own)


@lru_cache(maxsize=64)
def _shares(text: str) -> dict[str, float]:
    return {hit.id: hit.score for hit in search(text, limit=len(rank(text)))}


def is_about(identifier: str, subject: str) -> bool:
    """Whether the ready question is about ``subject``."""
    found = item(identifier)
    return isinstance(found, Question) and subject in (*found.related_rights, *found.related_programs)


def not_for_so_few(talk: Talk) -> str | None:
    """The right just asked about where it does not hold in firms of fewer than five, so that being so few is news."""
    asked = next(iter(search(talk.before, limit=1)), None) if talk.before else None
    for identifier in filter(None, (talk.about, asked.id if asked else None)):
        found = item(identifier)
        if isinstance(found, Question) and found.under5 is False and found.related_rights:
            return found.related_rights[0]
        if isinstance(found, Right) and found.under5.applies is False:
            return identifier
    return None
