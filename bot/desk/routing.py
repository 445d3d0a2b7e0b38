"""Which center, and which planner there, gets a firm: ordered strategies, each with its reason in words.

What is published about who is responsible for a region is ``knowledge_base.places``; this module decides with it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from bot.desk import load
from bot.desk.calendar_models import Planner
from bot.desk.contact_data import company_digest, phone_digest
from bot.desk.lead_models import Lead
from knowledge_base import places
from knowledge_base.korean import josa
from knowledge_base.place_schema import Center

FALLBACK = "fallback"
_NAMED = re.compile(r"([가-힣]{2,4})\s?(?:플래너|상담사|주무관)")


@dataclass(frozen=True)
class Ask:
    """What the routing may look at; everything is optional. ``regions`` are the candidates of an ambiguous place."""

    region: str | None = None
    regions: tuple[str, ...] = ()
    phone: str | None = None
    company_name: str | None = None
    planner: str | None = None


@dataclass(frozen=True)
class Routing:
    """The decision. ``center`` is None where only 1350 and the fallback queue are left, or the region must be asked.

    ``method``: returning_firm, named_planner, region, same_center, ask_region or fallback. ``ask`` holds the region
    codes to choose from when ``method`` is ask_region. ``note`` is for the firm, ``tried`` is every strategy with
    what it said.
    """

    center: Center | None
    method: str
    reason: str
    planner_id: str | None = None
    ask: tuple[str, ...] = ()
    note: str | None = None
    fallback_first: bool = False
    tried: tuple[tuple[str, str], ...] = field(default=())

    def to_document(self) -> dict[str, Any]:
        """The routing as the lead stores it."""
        return {"center": self.center.id if self.center else None, "method": self.method, "reason": self.reason,
                "planner": self.planner_id, "ask": list(self.ask),
                "tried": [{"method": method, "said": said} for method, said in self.tried]}


def route(
    session: Session, *, region: str | None = None, regions: Sequence[str] = (), phone: str | None = None,
    company_name: str | None = None, planner: str | None = None,
) -> Routing:
    """The center for a firm, by the first strategy that knows one.

    ``region`` is a 시군구 code, ``regions`` the candidates where the place was ambiguous, ``phone`` and
    ``company_name`` recognise a returning firm, ``planner`` is an id or a name the firm gave. Raises ContactInvalid
    for a phone number that is none.
    """
    ask = Ask(region, tuple(regions), phone, company_name, planner)
    tried: list[tuple[str, str]] = []
    for name, strategy in STRATEGIES:
        decision = strategy(session, ask)
        tried.append((name, decision.reason))
        if decision.center is not None or decision.ask:
            return Routing(**{**decision.__dict__, "tried": tuple(tried)})
    return Routing(None, FALLBACK, tried[-1][1], note=decision.note, fallback_first=True, tried=tuple(tried))


def named_in(session: Session, said: Sequence[str]) -> str | None:
    """The name of a planner of ours that a firm named last ("이솔 플래너님한테"), by its own sentences in order."""
    named = [name for text in said for name in _NAMED.findall(text)]
    known = set(session.execute(select(Planner.name).where(
        Planner.name.in_(named), Planner.active, Planner.seeded.is_(False))).scalars()) if named else set()
    return next((name for name in reversed(named) if name in known), None)


def assign(session: Session, center_id: str) -> str | None:
    """The planner of a center whose turn it is, or None where nobody takes visits."""
    active = session.execute(
        select(Planner.id).where(Planner.center_id == center_id, Planner.active)).scalars().all()
    order = load.fair_order(session, active)
    return min(order, key=lambda name: order[name]) if order else None


def _returning_firm(session: Session, ask: Ask) -> Routing:
    known = [digest for digest in (
        Lead.phone_digest == phone_digest(ask.phone) if ask.phone else None,
        Lead.company_digest == company_digest(ask.company_name) if ask.company_name and ask.region else None,
    ) if digest is not None]
    if not known:
        return Routing(None, "returning_firm", "알아볼 연락처가 없음")
    earlier = session.execute(select(Lead).where(
        or_(*known), Lead.center_id.is_not(None), Lead.erased_at.is_(None),
        Lead.close_reason.is_distinct_from("spam"),
    ).order_by(Lead.created_at.desc()).limit(1)).scalars().first()
    if earlier is None:
        return Routing(None, "returning_firm", "같은 연락처·회사의 지난 접수가 없음")
    center = places.center(earlier.center_id)
    if ask.region and (now_at := _business_center(ask.region)) and now_at.id != center.id:
        return Routing(None, "returning_firm", f"지난 접수는 {center.name}였지만 지금 지역은 {now_at.name} 관할")
    planner = session.get(Planner, earlier.planner_id) if earlier.planner_id else None
    still_there = planner is not None and planner.active and planner.center_id == center.id
    return Routing(center, "returning_firm", f"지난 접수({earlier.number})를 맡은 {center.name}",
                   planner_id=earlier.planner_id if still_there else None)


def _named_planner(session: Session, ask: Ask) -> Routing:
    if not ask.planner:
        return Routing(None, "named_planner", "이름을 댄 플래너가 없음")
    found = session.execute(select(Planner).where(
        or_(Planner.id == ask.planner, Planner.name == ask.planner), Planner.active, Planner.seeded.is_(False),
    )).scalars().all()
    if ask.region and (here := _business_center(ask.region)):
        found = [planner for planner in found if planner.center_id == here.id]
    if len(found) != 1:
        return Routing(None, "named_planner", "그런 플래너가 없거나 여럿임")
    planner = found[0]
    center = places.center(planner.center_id)
    reason = f"회사가 찾은 {planner.name} 플래너의 {center.name}"
    return Routing(center, "named_planner", reason, planner_id=planner.id)


def _region(session: Session, ask: Ask) -> Routing:
    if ask.region is None:
        return Routing(None, "region", "지역을 모름")
    if ask.region not in places.places().regions:
        return Routing(None, "region", "지역 코드가 목록에 없음")
    match = places.center_for(ask.region)
    if places.parts_of(ask.region) and places.same_center([ask.region]) is None:
        return Routing(None, "ask_region", f"{josa(match.region.name, '은/는')} 구마다 센터가 다름",
                       ask=tuple(part.code for part in places.parts_of(ask.region)), note=match.note)
    if match.business_center is None:
        return Routing(None, "region", f"{match.region.full_name}의 관할 센터가 확인되지 않음", note=match.note)
    reason = f"{match.region.full_name} 관할 {match.center.name}" if match.center else match.region.full_name
    if match.center and match.center.id != match.business_center.id:
        reason += f" → 기업지원은 {match.business_center.name}"
    return Routing(match.business_center, "region", reason, note=match.note, fallback_first=match.fallback_first)


def _ambiguous_region(session: Session, ask: Ask) -> Routing:
    codes = tuple(code for code in ask.regions if code in places.places().regions)
    if ask.region is not None or not codes:
        return Routing(None, "ask_region", "가려낼 지역 후보가 없음")
    common = places.same_center(codes)
    if common is not None:
        return Routing(places.center(common), "same_center", f"후보 지역이 모두 {places.center(common).name} 관할")
    return Routing(None, "ask_region", "후보 지역마다 센터가 달라 되물어야 함", ask=codes)


def _fallback(session: Session, ask: Ask) -> Routing:
    note = places.center_for(ask.region).note if ask.region in places.places().regions and ask.region else None
    return Routing(None, FALLBACK, "관할 센터를 정하지 못해 1350 안내와 공동 대기열로 보냄", note=note)


def _business_center(region: str) -> Center | None:
    return places.center_for(region).business_center if region in places.places().regions else None


STRATEGIES: tuple[tuple[str, Callable[[Session, Ask], Routing]], ...] = (
    ("returning_firm", _returning_firm), ("named_planner", _named_planner), ("region", _region),
    ("ask_region", _ambiguous_region), (FALLBACK, _fallback),
)
