"""우리와 비슷한 회사: the published case nearest to a firm, with the reasons why it is near, or none.

Only cases sure enough to be shown are in ``cases/``. Nearness is counted in plain points, so that an official can
follow it; a case that shares nothing telling is not shown at all.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from typing import Any

from knowledge_base.fact_words import INDUSTRIES
from knowledge_base.item_schema import Case
from knowledge_base.korean import josa
from knowledge_base.loading import load_knowledge
from knowledge_base.places import places

# What a shared trait weighs. One strong trait (the trade, the event or the place) must be shared to show a case.
_SAME_INDUSTRY, _SAME_EVENT, _SAME_REGION, _SAME_SIDO, _SAME_WANT, _LIKE_SIZE = 4.0, 3.0, 3.0, 2.0, 1.5, 2.0
_FAR_SIZE, _FIRST_HAND = -2.0, 0.5
_ENOUGH = 2.5


@dataclass(frozen=True)
class Likeness:
    """How near a case is: points, and the reasons in Korean."""

    points: float
    reasons: tuple[str, ...]
    telling: bool


def similar(
    industry: str | None = None,
    region: str | None = None,
    headcount: int | None = None,
    *,
    wants: Collection[str] = (),
    event: str | None = None,
    seen: Collection[str] = (),
) -> Case | None:
    """The nearest case to a firm (KSIC letter, region code or 시도 code, people, wants, event type), or None.

    Cases whose ids are in ``seen`` were shown already and are passed over. None where no case is near enough:
    then say so rather than show one from another trade and place.
    """
    rated = [
        (likeness(case, industry, region, headcount, wants=wants, event=event), case)
        for case in load_knowledge().cases.values() if case.id not in seen
    ]
    near = [(how, case) for how, case in rated if how.telling and how.points >= _ENOUGH]
    if not near:
        return None
    return max(near, key=lambda pair: (pair[0].points, pair[1].published, pair[1].id))[1]


def likeness(
    case: Case,
    industry: str | None = None,
    region: str | None = None,
    headcount: int | None = None,
    *,
    wants: Collection[str] = (),
    event: str | None = None,
) -> Likeness:
    """How near one case is to a firm; unknown traits count neither for nor against."""
    points, reasons, telling = 0.0, [], False
    if industry and industry in case.industries:
        points, telling = points + _SAME_INDUSTRY, True
        same = "같은" if industry == case.industries[0] else "가까운"
        reasons.append(f"{same} {INDUSTRIES[industry]}")
    place_points, place_reason = _place(case, region)
    if place_points:
        points, telling = points + place_points, True
        reasons.append(place_reason)
    if event and event in case.events:
        points, telling = points + _SAME_EVENT, True
        reasons.append("같은 제도를 쓴 곳")
    if any(want in case.wants for want in wants):
        points += _SAME_WANT
    size_points, size_reason = _size(case, headcount)
    points += size_points
    if size_reason:
        reasons.append(size_reason)
    return Likeness(points + (_FIRST_HAND if case.confidence == "high" else 0.0), tuple(reasons), telling)


def _place(case: Case, region: str | None) -> tuple[float, str]:
    if not region or not case.place:
        return 0.0, ""
    if case.place.region == region:
        return _SAME_REGION, f"같은 {case.place.said} 지역"
    known = places()
    own = known.regions[region].sido if region in known.regions else region[:2]
    if own == case.place.sido:
        return _SAME_SIDO, f"같은 {known.sidos[own].name} 지역"
    return 0.0, ""


def _size(case: Case, headcount: int | None) -> tuple[float, str]:
    """Alike within half and double; far off from four times on."""
    if headcount is None or case.headcount is None:
        return 0.0, ""
    low = case.headcount.min if case.headcount.min is not None else 1
    high = case.headcount.max if case.headcount.max is not None else low * 2
    if low / 2 <= headcount <= high * 2:
        return _LIKE_SIZE, f"비슷한 규모({case.headcount.said})"
    return (_FAR_SIZE, "") if headcount < low / 4 or headcount > high * 4 else (0.0, "")


def card(case: Case, reasons: Iterable[str] = ()) -> dict[str, Any]:
    """The ``case`` card of the chat API; ``reasons`` of its likeness are said first."""
    told = list(reasons)
    paragraphs = [f"{josa('·'.join(told), '이라/라')} 골랐어요."] if told else []
    paragraphs += [text for text in (case.what_they_did, case.effect, case.lesson) if text]
    if case.caution:
        paragraphs.append(case.caution)
    return {
        "v": 1,
        "type": "case",
        "title": case.title,
        "company": case.company or "보도에 이름이 나오지 않은 회사",
        "place": case.place.said if case.place else None,
        "industry": case.industry,
        "headcount": case.headcount.said if case.headcount else None,
        "award": case.award,
        "paragraphs": paragraphs,
        "source": {"title": case.source.title, "url": case.source.url},
        "published": case.published,
        "checked_on": case.checked_on.isoformat(),
    }
