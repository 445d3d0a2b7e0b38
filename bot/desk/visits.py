"""Finding a visit again, by number and phone or by link, and telling about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import booking, lead_moves, sealing, waiting
from bot.desk.audit import record
from bot.desk.calendar_models import Planner, Visit
from bot.desk.contact_data import ContactInvalid, phone_digest
from bot.desk.errors import NotFound
from bot.desk.lead_models import Consent, Lead
from bot.desk.lead_states import BOOKABLE_STATES, STATE_NAMES
from bot.desk.masking import mask_name, mask_phone
from bot.desk.waiting import Wish
from knowledge_base import clock, places
from knowledge_base.korean import korean_date, korean_time

VISIT_STATE_NAMES = {"held": "잡아 둠", "booked": "예약됨", "visited": "방문 완료", "no_show": "만나지 못함",
                     "cancelled": "취소됨", "expired": "시간 지남", "released": "놓아줌"}


@dataclass(frozen=True)
class VisitDetails:
    """A lead as its firm sees it, with its newest visit (``visit_id`` None for a call-back). Contact is masked.

    ``status`` is the visit's state, for a call-back the lead's. Times are aware, KST. ``can_change`` says whether the
    firm itself may still change or cancel, until ``change_until``. ``waits`` is what it is on the waiting list for.
    ``can_book`` says whether it may take a free time: it agreed to a visit and has none.
    """

    lead_id: str
    visit_id: str | None
    number: str
    status: str
    status_ko: str
    center_id: str | None
    planner_name: str | None
    starts_at: datetime | None
    ends_at: datetime | None
    when_ko: str | None
    company: str | None
    contact_masked: str | None
    link_token: str
    can_change: bool
    change_until: datetime | None
    sequence: int
    waits: tuple[Wish, ...] = ()
    can_book: bool = False

    def card(self) -> dict[str, Any]:
        """The ``visit`` card of the chat API."""
        center = places.center(self.center_id) if self.center_id else None
        return {
            "v": 1, "type": "visit", "number": self.number, "status": self.status, "status_ko": self.status_ko,
            "center": {"id": center.id, "name": center.name, "phone": center.phone.number,
                       "address": center.address.text} if center else None,
            "starts_at": self.starts_at.isoformat() if self.starts_at else None,
            "ends_at": self.ends_at.isoformat() if self.ends_at else None,
            "when_ko": self.when_ko, "company": self.company, "contact_masked": self.contact_masked,
            "ics_url": ics_path(self.link_token) if self.visit_id else None,
            "manage_url": manage_path(self.link_token),
        }


def look_up(session: Session, number: str, phone: str) -> VisitDetails:
    """A lead by its number and the phone given then, however both are spelt; for the public, ``guessing.look_up``.

    Raises NotFound for every combination that is not one, without telling which half was wrong.
    """
    try:
        digest = phone_digest(phone)
    except ContactInvalid as error:
        raise NotFound("예약을 찾지 못했어요. 예약 번호와 전화번호를 다시 확인해 주세요.") from error
    found = session.execute(
        select(Lead).where(Lead.number == plain_number(number), Lead.phone_digest == digest)).scalar_one_or_none()
    if found is None or found.erased_at is not None:
        raise NotFound("예약을 찾지 못했어요. 예약 번호와 전화번호를 다시 확인해 주세요.")
    return details(session, found)


def plain_number(number: str) -> str:
    """A booking number without the ways of spelling it: " d7k2-m9qx " is "D7K2M9QX"."""
    return "".join(number.upper().split()).replace("-", "")


def look_up_link(session: Session, token: str) -> VisitDetails:
    """A lead by the token of its link. Raises NotFound for a forged or outdated one."""
    found = session.execute(select(Lead).where(Lead.link_digest == sealing.token_digest(token))).scalar_one_or_none()
    if found is None or found.erased_at is not None:
        raise NotFound("이 링크로 예약을 찾지 못했어요. 링크가 잘렸거나 지워진 예약일 수 있어요. "
                       "상담창에서 예약 번호와 전화번호로 찾을 수 있어요.")
    return details(session, found)


def details(session: Session, lead: Lead) -> VisitDetails:
    """What the firm may see of a lead and its newest visit."""
    visit: Visit | None = session.execute(
        select(Visit).where(Visit.lead_id == lead.id).order_by(Visit.sequence.desc(), Visit.created_at.desc())
    ).scalars().first()
    planner_id = visit.planner_id if visit else lead.planner_id
    planner = session.get(Planner, planner_id) if planner_id else None
    until = booking.change_until(session, visit) if visit else None
    waits = tuple(waiting.of_lead(session, lead.id))
    booked = visit is not None and visit.state == "booked"
    status, status_ko = _status(lead, visit, waits if not booked else ())
    contact = [mask_name(lead.contact_name or ""), mask_phone(lead.phone or "")] if lead.phone else []
    return VisitDetails(
        lead_id=lead.id, visit_id=visit.id if visit else None, number=lead.number,
        status=status, status_ko=status_ko,
        center_id=visit.center_id if visit else lead.center_id, planner_name=planner.name if planner else None,
        starts_at=visit.starts_at if visit else None, ends_at=visit.ends_at if visit else None,
        when_ko=when_ko(visit.starts_at) if visit else None, company=lead.company_name,
        contact_masked=" ".join(contact) or None, link_token=sealing.link_token(lead.id),
        can_change=bool(visit and until and visit.state == "booked" and clock.now() <= until), change_until=until,
        sequence=visit.sequence if visit else 0, waits=waits,
        can_book=not booked and lead.state in BOOKABLE_STATES and lead.center_id is not None
        and _agreed_to_a_visit(session, lead.id))


def stop_waiting(
    session: Session, lead_id: str, waiting_id: str | None = None, *, now: datetime | None = None
) -> None:
    """Let a firm leave the waiting list, with one wish or altogether; a lead that wanted nothing else is withdrawn.

    Raises NotFound for a wish that is not the lead's or is over.
    """
    now = now or clock.now()
    if waiting_id is None:
        waiting.settle(session, lead_id)
    else:
        waiting.leave(session, waiting_id, lead_id)
    lead = session.get(Lead, lead_id)
    record(session, "customer", "waiting.left", lead_id, None, now)
    never_visited = session.execute(select(Visit.id).where(Visit.lead_id == lead_id)).first() is None
    wanted_no_more = lead.state == "new" and lead.kind == "visit" and never_visited
    if wanted_no_more and not waiting.of_lead(session, lead_id, now=now):
        lead_moves.apply(session, lead, "withdrawn", actor="customer", role="customer", now=now, reason="대기 취소")


def _status(lead: Lead, visit: Visit | None, waits: tuple[Wish, ...]) -> tuple[str, str]:
    if waits:
        return "waiting", "빈자리가 났어요" if any(one.told_at for one in waits) else "빈자리를 기다리는 중"
    return (visit.state, VISIT_STATE_NAMES[visit.state]) if visit else (lead.state, STATE_NAMES[lead.state])


def _agreed_to_a_visit(session: Session, lead_id: str) -> bool:
    return session.execute(select(Consent.id).where(
        Consent.lead_id == lead_id, Consent.purpose.in_(("visit", "waiting")), Consent.withdrawn_at.is_(None))
    ).first() is not None


def when_ko(moment: datetime) -> str:
    """A visit's time as it is said: "2026년 12월 1일(화) 오후 2시"."""
    return f"{korean_date(moment.date(), year=True)} {korean_time(moment)}"


def manage_path(token: str) -> str:
    """Where the firm sees, changes and cancels its visit."""
    return f"/visits/{token}"


def ics_path(token: str) -> str:
    """Where the firm fetches the invitation for its calendar."""
    return f"/visits/{token}/invitation.ics"
