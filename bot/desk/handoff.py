"""Handing a firm over to the planners: lead, visit, consents, verdict trace and outbox rows in one transaction.

Nothing is sent here. Asking the same hand-off again (same idempotency key) gives the first receipt.
"""

from __future__ import annotations

import secrets
from datetime import datetime
from typing import Any

from pydantic import BaseModel, Extra, Field, validator
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from bot.desk import booking, outbox, routing, sealing, waiting
from bot.desk.audit import record
from bot.desk.base import new_id
from bot.desk.business_hours import add_business_hours
from bot.desk.calendar_models import Visit
from bot.desk.contact_data import company_digest, normal_email, normal_phone, phone_digest
from bot.desk.errors import DeskError
from bot.desk.lead_models import Consent, Lead, LeadMove, LeadNote
from bot.desk.lead_states import OPEN_STATES
from bot.desk.settings import defaults
from bot.desk.verdict_trace import trace
from knowledge_base import clock
from knowledge_base.facts import Facts

# Read aloud over the phone: nothing that sounds or looks like another (0/O, 1/I/L).
NUMBER_LETTERS = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"
VISIT_CONSENT, CALLBACK_CONSENT, WAITING_CONSENT = "visit", "callback", "waiting"
_NUMBER_TRIES = 5
_RENEWED = "접수한 뒤 대화에서 고친 내용이 있어, 상황과 판정을 새로 적었어요."


class ConsentMissing(DeskError):
    """No consent to the use that this hand-off makes of the contact data."""

    default = "연락처를 전달하려면 먼저 개인정보 이용에 동의해 주셔야 해요."


class NoCenterToWaitFor(DeskError):
    """No center is in charge, so there is no calendar in which anything could free up."""

    default = "담당 센터가 아직 정해지지 않아 빈자리를 기다릴 수 없어요. 전화 상담으로 남겨 주세요."


class ConsentGiven(BaseModel):
    """One agreement: to which purpose ("visit", "callback", …), in which wording, when (aware)."""

    class Config:
        extra = Extra.forbid
        frozen = True

    purpose: str = Field(..., min_length=1, max_length=60)
    wording_version: str = Field(..., min_length=1, max_length=60)
    given_at: datetime

    @validator("given_at")
    def _aware(cls, value: datetime) -> datetime:
        if value.tzinfo is None:
            raise ValueError("시간대가 있어야 합니다")
        return value


class HandOff(BaseModel):
    """All the planner gets. With ``hold_id`` it is a visit, with ``waiting`` a visit still without a time, else a
    call-back.

    ``waiting`` is the window somebody waits for (``{"start", "end", "part"?}``, ISO).

    ``facts`` is the facts document, ``screening`` the document of ``Screening.to_document()``; ``wishes`` are the
    firm's own sentences; ``transcript`` is the conversation's reference, not its text; ``call_window`` says when to
    call (``{"start", "end"}``, ISO). Without ``routing`` the center is found from facts, contact and ``planner``, the
    planner whom the firm named.
    """

    class Config:
        extra = Extra.forbid
        arbitrary_types_allowed = True

    conversation_id: str | None = Field(None, max_length=120)
    contact_name: str = Field(..., min_length=1, max_length=60)
    phone: str
    email: str | None = None
    company_name: str | None = Field(None, max_length=120)
    facts: dict[str, Any] = {}
    screening: dict[str, Any] | None = None
    support_type: str | None = Field(None, max_length=30)
    wishes: tuple[str, ...] = ()
    consents: tuple[ConsentGiven, ...]
    hold_id: str | None = None
    waiting: dict[str, Any] | None = None
    routing: routing.Routing | None = None
    planner: str | None = Field(None, max_length=80)
    call_window: dict[str, Any] | None = None
    partner: str | None = Field(None, max_length=80)
    transcript: str | None = Field(None, max_length=300)

    _phone = validator("phone", allow_reuse=True)(normal_phone)

    @validator("email")
    def _email(cls, value: str | None) -> str | None:
        return normal_email(value) if value and value.strip() else None

    @validator("contact_name", "company_name")
    def _one_line(cls, value: str | None) -> str | None:
        return " ".join(value.split()) if value is not None else None

    @property
    def kind(self) -> str:
        """"visit" or "callback"."""
        return "visit" if self.hold_id or self.waiting else "callback"

    @property
    def purpose(self) -> str:
        """What the contact data is handed over for, so what must have been consented to."""
        if self.hold_id is None and self.waiting is not None:
            return WAITING_CONSENT
        return VISIT_CONSENT if self.hold_id else CALLBACK_CONSENT


class Receipt(BaseModel):
    """What came of a hand-off. ``number`` is for the firm; ``link_token`` opens and changes the visit without more.

    ``repeated`` is true when an earlier hand-off with the same key had already been carried out.
    """

    class Config:
        arbitrary_types_allowed = True

    lead_id: str
    number: str
    center_id: str | None
    visit: Visit | None
    link_token: str
    contact_due_at: datetime
    repeated: bool = False


def hand_off(
    session: Session, request: HandOff, *, idempotency_key: str | None = None, now: datetime | None = None
) -> Receipt:
    """Carry the hand-off out within the session's transaction; it is real when that commits.

    Raises ConsentMissing, HoldExpired (offer other times), FactsError for facts outside the vocabulary.
    """
    now = now or clock.now()
    if idempotency_key and (done := _done(session, idempotency_key)):
        return done
    if not any(consent.purpose == request.purpose for consent in request.consents):
        raise ConsentMissing()
    Facts.read(request.facts)
    # A savepoint of its own: who catches the refusal inside a session must not commit half a hand-off.
    try:
        with session.begin_nested():
            return _write(session, request, idempotency_key, now)
    except IntegrityError:
        # The same hand-off arrived twice at the same time and the other one was first.
        if idempotency_key and (done := _done(session, idempotency_key)):
            return done
        raise


def tell_more(
    session: Session, conversation_id: str, number: str, facts: dict[str, Any], screening: dict[str, Any],
    *, now: datetime | None = None,
) -> bool:
    """What a firm put right after its hand-off, for the planner: facts and verdicts of its open lead are renewed.

    Only in the conversation that made the lead; says whether there was one to renew. Raises FactsError.
    """
    now = now or clock.now()
    Facts.read(facts)
    lead: Lead | None = session.execute(select(Lead).where(
        Lead.number == number, Lead.conversation_id == conversation_id, Lead.state.in_(OPEN_STATES),
    ).with_for_update()).scalar_one_or_none()
    if lead is None or lead.facts == facts:
        return False
    lead.facts, lead.screening, lead.updated_at = facts, trace(screening), now
    lead.support_type = _support_type(screening) or lead.support_type
    session.add(LeadNote(lead_id=lead.id, author="bot", text=_RENEWED, at=now))
    record(session, "bot", "lead.facts_renewed", lead.id, now=now)
    session.flush()
    return True


def _write(session: Session, request: HandOff, key: str | None, now: datetime) -> Receipt:
    lead = _lead(session, request, request.routing or _route(session, request), key, now)
    visit = booking.confirm(session, request.hold_id, lead, now=now) if request.hold_id else None
    if visit is not None:
        lead.center_id, lead.planner_id = visit.center_id, visit.planner_id
    elif lead.center_id and lead.planner_id is None:
        lead.planner_id = routing.assign(session, lead.center_id)
    session.add_all(
        Consent(lead_id=lead.id, purpose=item.purpose, wording_version=item.wording_version, given_at=item.given_at)
        for item in _one_each(request.consents))
    session.add(LeadMove(lead_id=lead.id, from_state=None, to_state="new", actor="bot", role="bot", at=now))
    # So that a lead is found again by the id of the message that made it.
    record(session, "bot", "lead.received", lead.id, {"kind": lead.kind, "center": lead.center_id}, now)
    outbox.lead_received(session, lead, visit, now)
    session.flush()
    if visit is None and request.waiting is not None:
        if lead.center_id is None:
            raise NoCenterToWaitFor()
        waiting.wait(session, lead.center_id, request.waiting, lead.id, now=now)
        waiting.tell_all(session, lead.center_id, now=now)
    return _receipt(lead, visit)


def _lead(
    session: Session, request: HandOff, decision: routing.Routing, key: str | None, now: datetime
) -> Lead:
    for attempt in range(_NUMBER_TRIES):
        lead: Lead = Lead(
            id=(lead_id := new_id()), number=new_number(), kind=request.kind, state="new",
            center_id=decision.center.id if decision.center else None, planner_id=decision.planner_id,
            company_name=request.company_name, contact_name=request.contact_name, phone=request.phone,
            email=request.email, phone_digest=phone_digest(request.phone),
            company_digest=company_digest(request.company_name) if request.company_name else None,
            link_digest=sealing.token_digest(sealing.link_token(lead_id)), facts=request.facts,
            screening=trace(request.screening), support_type=request.support_type or _support_type(request.screening),
            wishes="\n".join(request.wishes) or None, routing=decision.to_document(), partner=request.partner,
            conversation_id=request.conversation_id, transcript=request.transcript, call_window=request.call_window,
            idempotency_key=key, contact_due_at=add_business_hours(now, defaults().hours_to_first_contact),
            created_at=now, updated_at=now)
        try:
            with session.begin_nested():
                session.add(lead)
                session.flush()
            return lead
        except IntegrityError:
            # Only a booking number that is already given out is worth another try.
            taken = session.execute(select(Lead.id).where(Lead.number == lead.number)).first()
            if taken is None or attempt == _NUMBER_TRIES - 1:
                raise
    raise AssertionError("unreachable")


def new_number() -> str:
    """A booking number: "D" and seven letters or digits that cannot be mistaken for one another."""
    return "D" + "".join(secrets.choice(NUMBER_LETTERS) for _ in range(7))


def _route(session: Session, request: HandOff) -> routing.Routing:
    return routing.route(session, region=request.facts.get("company", {}).get("region"), phone=request.phone,
                         company_name=request.company_name, planner=request.planner)


def _support_type(screening: dict[str, Any] | None) -> str | None:
    found = (screening or {}).get("support_type")
    return found.get("id") if isinstance(found, dict) else found


def consent(session: Session, lead: Lead, purpose: str, wording: str, *, now: datetime | None = None) -> None:
    """Write down that the lead's person agreed to one more use; given again, the newest wording and time stand."""
    given: Consent = session.execute(select(Consent).where(
        Consent.lead_id == lead.id, Consent.purpose == purpose)).scalar_one_or_none() or Consent(
        lead_id=lead.id, purpose=purpose)
    given.wording_version, given.given_at, given.withdrawn_at = wording, now or clock.now(), None
    session.add(given)
    session.flush()


def _one_each(consents: tuple[ConsentGiven, ...]) -> list[ConsentGiven]:
    return list({item.purpose: item for item in consents}.values())


def _done(session: Session, key: str) -> Receipt | None:
    lead: Lead | None = session.execute(select(Lead).where(Lead.idempotency_key == key)).scalar_one_or_none()
    if lead is None:
        return None
    visit = session.execute(select(Visit).where(
        Visit.lead_id == lead.id, Visit.state.in_(("booked", "visited", "no_show")))
        .order_by(Visit.created_at.desc())).scalars().first()
    return _receipt(lead, visit, repeated=True)


def _receipt(lead: Lead, visit: Visit | None, repeated: bool = False) -> Receipt:
    return Receipt(lead_id=lead.id, number=lead.number, center_id=lead.center_id, visit=visit,
                   link_token=sealing.link_token(lead.id), contact_due_at=lead.contact_due_at, repeated=repeated)
