"""Leads at the desk: who may see them, the queue, their moves with the audit row, and the document ``lead.v1``.

How a lead comes to be is ``handoff``; which moves there are is ``lead_states``; deleting is ``privacy``.
"""

from __future__ import annotations

import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, or_, select
from sqlalchemy.orm import Session, defer, object_session
from sqlalchemy.sql import Select

from bot.desk import waiting
from bot.desk.calendar_models import Planner, Visit
from bot.desk.contact_data import ContactInvalid, company_digest, phone_digest
from bot.desk.errors import NotAllowed, NotFound
from bot.desk.lead_models import Consent, ContactView, Lead
from bot.desk.lead_schema import (
    LeadCenter,
    LeadCompany,
    LeadConsent,
    LeadContact,
    LeadDocument,
    LeadFirstContact,
    LeadRouting,
    LeadStep,
    LeadTranscript,
    LeadVisit,
    LeadWaiting,
)
from bot.desk.lead_states import FINAL_STATES, OPEN_STATES, QUEUED_STATES, STATE_NAMES, STATES
from bot.desk.masking import mask_email, mask_name, mask_phone
from bot.desk.visits import VISIT_STATE_NAMES, when_ko
from knowledge_base import clock, places

_CONTACTED = tuple(state for state in STATES if state not in (*QUEUED_STATES, "claimed"))
_PROMISING = ("eligible", "possible", "check")
LIGHT = tuple(defer(column) for column in (
    Lead.screening, Lead.routing, Lead.wishes, Lead.contact_name, Lead.phone, Lead.email))


@dataclass(frozen=True)
class Viewer:
    """Who is looking. ``name`` is the account or token; planners and center leads belong to one center.

    ``planner_id`` is the planner's own row in the calendar, if the account is a planner's.
    """

    name: str
    role: str
    center_id: str | None = None
    planner_id: str | None = None
    partner: str | None = None

    @property
    def sees_contact(self) -> bool:
        """Whether the role may see contact data at all; each look is logged."""
        return self.role in ("planner", "center_lead", "administrator")


def visible(viewer: Viewer) -> Select:
    """The query of the leads a viewer may see: the own center's, all of them for administrators, and the
    fallback queue (no center) for administrators alone; a partner sees its own, without contact data."""
    query = select(Lead)
    if viewer.role == "administrator":
        return query
    if viewer.role in ("planner", "center_lead") and viewer.center_id:
        return query.where(Lead.center_id == viewer.center_id)
    if viewer.role == "partner" and viewer.partner:
        return query.where(Lead.partner == viewer.partner)
    raise NotAllowed()


def get(session: Session, lead_id: str, viewer: Viewer, *, lock: bool = False) -> Lead:
    """A lead the viewer may see. Raises NotFound for every other, whether it exists or not."""
    query = visible(viewer).where(Lead.id == lead_id)
    found: Lead | None = session.execute(query.with_for_update() if lock else query).scalar_one_or_none()
    if found is None:
        raise NotFound("그런 접수를 찾을 수 없어요. 다른 센터의 접수이거나 지워졌을 수 있어요.")
    return found


@dataclass(frozen=True)
class Filter:
    """What the queue shows. ``search`` is a number, a phone or a firm's name, whole (they are sealed)."""

    states: tuple[str, ...] = ()
    mine: bool = False
    overdue: bool = False
    center_id: str | None = None
    partner: str | None = None
    search: str | None = None


def queue(
    session: Session, viewer: Viewer, chosen: Filter = Filter(), *, limit: int = 50, after: str | None = None,
    now: datetime | None = None, light: bool = False,
) -> tuple[list[Lead], str | None]:
    """One page of leads, the newest first, and the mark of the next page (None at the end).

    ``light`` leaves what only a lead's own page shows (verdicts, contact data) in the database until it is asked for.

    Raises NotAllowed for a role without a queue, NotFound for a mark that is none.
    """
    query = _filtered(visible(viewer), viewer, chosen, now or clock.now())
    if after is not None:
        anchor = session.get(Lead, after)
        if anchor is None:
            raise NotFound("목록이 바뀌었어요. 처음부터 다시 열어 주세요.")
        query = query.where(or_(Lead.created_at < anchor.created_at,
                                (Lead.created_at == anchor.created_at) & (Lead.id < anchor.id)))
    newest_first = (Lead.created_at.desc(), Lead.id.desc())
    # First which, from an index alone; then their rows: a sort that reads rows reads every screening on the way.
    ids = session.execute(
        query.with_only_columns(Lead.id).order_by(*newest_first).limit(limit + 1)).scalars().all()
    shown = select(Lead).where(Lead.id.in_(ids)).order_by(*newest_first)
    rows = list(session.execute(shown.options(*LIGHT) if light else shown).scalars())
    return rows[:limit], rows[limit - 1].id if len(rows) > limit else None


def _filtered(query: Select, viewer: Viewer, chosen: Filter, now: datetime) -> Select:
    if set(chosen.states) == set(OPEN_STATES):
        # Said this way, both databases walk the leads by time instead of sorting them all.
        query = query.where(Lead.state.not_in(FINAL_STATES))
    elif chosen.states:
        query = query.where(Lead.state.in_(chosen.states))
    if chosen.mine:
        own = [Lead.claimed_by == viewer.name]
        query = query.where(or_(*own, *([Lead.planner_id == viewer.planner_id] if viewer.planner_id else [])))
    if chosen.overdue:
        # Said by what they are not, for the same reason: the newest of the late are wanted, not all of them sorted.
        query = query.where(Lead.contacted_at.is_(None), Lead.contact_due_at < now, Lead.state.not_in(_CONTACTED))
    if chosen.center_id:
        query = query.where(Lead.center_id == chosen.center_id)
    if chosen.partner:
        query = query.where(Lead.partner == chosen.partner)
    return _searched(query, chosen.search.strip()) if chosen.search and chosen.search.strip() else query


def _searched(query: Select, words: str) -> Select:
    ways = [Lead.number == "".join(words.upper().split()), Lead.company_digest == company_digest(words)]
    with suppress(ContactInvalid):  # not a phone number: then it is a number or a name
        ways.append(Lead.phone_digest == phone_digest(words))
    return query.where(or_(*ways))


def document(
    lead: Lead, viewer: Viewer | None = None, *, purpose: str = "lead", now: datetime | None = None
) -> dict[str, Any]:
    """The lead as ``lead.v1``, JSON-ready. The lead must belong to an open session.

    Without a viewer (delivery, export) contact data is in full and nothing is logged: the caller answers for it. With
    one, a role that may see it gets it in full and the look is written into the access log; others get it masked.
    """
    session = object_session(lead)
    masked = viewer is not None and not viewer.sees_contact
    if viewer is not None and not masked:
        log_view(session, lead, viewer, purpose)
    screening = lead.screening or {}
    verdicts = screening.get("verdicts", [])
    filled = LeadDocument(
        schema="lead.v1", id=lead.id, number=lead.number, kind=lead.kind, state=lead.state,
        state_ko=STATE_NAMES[lead.state], close_reason=lead.close_reason,
        created_at=lead.created_at, updated_at=lead.updated_at,
        company=_company(lead), contact=_contact(lead, masked), consents=_consents(session, lead), facts=lead.facts,
        as_of=screening.get("as_of"), knowledge_version=screening.get("knowledge_version"), verdicts=verdicts,
        support_type=lead.support_type, wishes=(lead.wishes or "").splitlines() if not masked else [],
        center=_center(lead), routing=LeadRouting(
            method=lead.routing["method"], reason=lead.routing["reason"], tried=lead.routing.get("tried", [])),
        planner_id=lead.planner_id, claimed_by=lead.claimed_by, visit=_visit(session, lead),
        waiting=[LeadWaiting(wish=one.when_ko, since=one.since, told_at=one.told_at, freed=one.freed_ko)
                 for one in waiting.of_lead(session, lead.id, now=now)],
        call_window=lead.call_window, partner=lead.partner,
        transcript=LeadTranscript(conversation_id=lead.conversation_id, reference=lead.transcript),
        next_steps=_steps(verdicts), documents=_documents(verdicts), first_contact=_first_contact(lead, now),
        erased_at=lead.erased_at)
    written: dict[str, Any] = json.loads(filled.json(by_alias=True))
    return written


def count_by_state(session: Session, viewer: Viewer) -> dict[str, int]:
    """How many leads the viewer may see there are in each state; states without any are left out."""
    mine = visible(viewer).subquery()
    return {state: count for state, count in session.execute(
        select(mine.c.state, func.count()).group_by(mine.c.state))}


def summary(lead: Lead, *, now: datetime | None = None) -> dict[str, Any]:
    """What a list shows of a lead: no contact data, so that a list is no look into it. JSON-ready."""
    first = _first_contact(lead, now)
    return {
        "id": lead.id, "number": lead.number, "kind": lead.kind, "state": lead.state,
        "state_ko": STATE_NAMES[lead.state], "company": lead.company_name, "center_id": lead.center_id,
        "claimed_by": lead.claimed_by, "planner_id": lead.planner_id, "support_type": lead.support_type,
        "partner": lead.partner, "created_at": lead.created_at.isoformat(),
        "contact_due_at": first.due_at.isoformat(), "overdue": first.overdue,
    }


def log_view(session: Session, lead: Lead, viewer: Viewer, purpose: str) -> None:
    """Write down that the viewer saw the lead's contact data."""
    session.add(ContactView(lead_id=lead.id, viewer=viewer.name, role=viewer.role, purpose=purpose, at=clock.now()))


def _company(lead: Lead) -> LeadCompany:
    known = lead.facts.get("company", {})
    region = known.get("region")
    return LeadCompany(
        name=lead.company_name, headcount=known.get("headcount"), insured_headcount=known.get("insured_headcount"),
        industry=known.get("industry"), region=region,
        region_name=places.region(region).full_name if region in places.places().regions else None)


def _contact(lead: Lead, masked: bool) -> LeadContact:
    if not masked:
        return LeadContact(name=lead.contact_name, phone=lead.phone, email=lead.email, masked=False)
    return LeadContact(name=mask_name(lead.contact_name) if lead.contact_name else None,
                       phone=mask_phone(lead.phone) if lead.phone else None,
                       email=mask_email(lead.email) if lead.email else None, masked=True)


def _consents(session: Session, lead: Lead) -> list[LeadConsent]:
    rows = session.execute(select(Consent).where(Consent.lead_id == lead.id).order_by(Consent.given_at)).scalars()
    return [LeadConsent(purpose=row.purpose, wording_version=row.wording_version, given_at=row.given_at,
                        withdrawn_at=row.withdrawn_at) for row in rows]


def _center(lead: Lead) -> LeadCenter | None:
    if lead.center_id is None:
        return None
    center = places.center(lead.center_id)
    return LeadCenter(id=center.id, name=center.name, phone=center.phone.number)


def _visit(session: Session, lead: Lead) -> LeadVisit | None:
    row = session.execute(
        select(Visit, Planner.name).join(Planner, Planner.id == Visit.planner_id).where(Visit.lead_id == lead.id)
        .order_by(Visit.sequence.desc(), Visit.created_at.desc()).limit(1)).first()
    if row is None:
        return None
    visit, planner_name = row
    return LeadVisit(id=visit.id, status=visit.state, status_ko=VISIT_STATE_NAMES[visit.state],
                     starts_at=visit.starts_at, ends_at=visit.ends_at, when_ko=when_ko(visit.starts_at),
                     planner_id=visit.planner_id, planner_name=planner_name, sequence=visit.sequence)


def _steps(verdicts: list[dict[str, Any]]) -> list[LeadStep]:
    steps = []
    for verdict in filter(_to_prepare, verdicts):
        deadline = verdict.get("deadline") or {}
        day = deadline.get("date") or deadline.get("text")
        texts = [f"확인: {item}" for item in verdict.get("to_check", [])]
        if verdict.get("apply"):
            texts.append(verdict["apply"])
        steps += [LeadStep(text=text, program=verdict.get("program"), deadline=day) for text in texts]
    return steps


def _documents(verdicts: list[dict[str, Any]]) -> list[str]:
    wanted = (item for verdict in filter(_to_prepare, verdicts) for item in verdict.get("documents", []))
    return list(dict.fromkeys(wanted))


def _to_prepare(verdict: dict[str, Any]) -> bool:
    # A program may fit a firm that never asked for anything like it: that is in the verdicts, not on the list to do.
    return verdict.get("status") in _PROMISING and bool(verdict.get("relevant", True))


def _first_contact(lead: Lead, now: datetime | None) -> LeadFirstContact:
    uncalled = lead.contacted_at is None and lead.state in (*QUEUED_STATES, "claimed")
    return LeadFirstContact(due_at=lead.contact_due_at, contacted_at=lead.contacted_at,
                            overdue=uncalled and (now or clock.now()) > lead.contact_due_at)
