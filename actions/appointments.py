"""What the visit journeys ask of the desk: openings, holds, look-ups, hand-offs, each in one transaction.

Times and ids only; what is said about them is in ``actions.visits``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.desk import booking, calendar, conversations, erasures, guessing, handoff, routing, visits, waiting
from bot.desk.calendar import Opening
from bot.desk.database import session
from bot.desk.handoff import ConsentGiven, HandOff
from bot.desk.lead_models import Lead
from bot.desk.settings import defaults
from bot.desk.visits import when_ko
from bot.observing import metrics
from knowledge_base import clock, places
from knowledge_base.korean import korean_date, korean_time

# The wording of utter_ask_consent a person agrees to. A new wording needs a new version (tests/actions).
CONSENT_WORDING = "2026-11-23.3"
_OFFERED, _OFFERED_AS_WISHED = 6, 3
_A_TIME, _A_DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Offer:
    """Openings to choose from. ``as_wished`` is False where nothing was free in the window asked for.

    ``reach`` is the window in which the center's times open at all; ``worth_waiting`` says whether anything of the
    window asked for could come free (never on a holiday).
    """

    center: dict[str, Any] | None
    openings: tuple[dict[str, str], ...]
    as_wished: bool
    reach: dict[str, str] | None = None
    worth_waiting: bool = False


def plain_opening(opening: Opening) -> dict[str, str]:
    """An opening as a slot keeps it: id, start (ISO, KST) and how it is said."""
    return {"id": opening.id, "starts_at": opening.starts_at.isoformat(), "when": when_ko(opening.starts_at),
            "center_id": opening.center_id}


def offer(
    region: str | None, window: Mapping[str, Any] | None, *, center_id: str | None = None, said: Sequence[str] = ()
) -> Offer:
    """Openings of the center in charge of ``region`` (or of ``center_id``), within ``window`` if anything is free.

    ``said`` are the firm's sentences: of a planner named in them the times come first, if there are any.
    """
    with session() as transaction:
        decision = None
        if center_id is None:
            decision = routing.route(transaction, region=region, planner=routing.named_in(transaction, said))
        center = decision.center if decision else places.center(str(center_id))
        if center is None:
            return Offer(None, (), as_wished=True)
        limit, named = _OFFERED_AS_WISHED if window else _OFFERED, decision.planner_id if decision else None
        found = calendar.openings(transaction, center.id, window=window, limit=limit, planner_id=named)
        if not found and named:
            found = calendar.openings(transaction, center.id, window=window, limit=limit)
        as_wished = bool(found)
        if not found and window is not None:
            wished = datetime.fromisoformat(str(window["start"]))
            found = list(calendar.nearest(transaction, center.id, wished, limit=_OFFERED))
        card = {"id": center.id, "name": center.name, "phone": center.phone.number}
        days = timedelta(days=calendar.rules_of(transaction, center.id).horizon_days)
        reach = {"start": clock.now().isoformat(), "end": (clock.now() + days).isoformat()}
        worth = not as_wished and window is not None and calendar.may_open(transaction, center.id, window)
        return Offer(card, tuple(plain_opening(opening) for opening in found), as_wished, reach, worth)


def openings_card(shown: Offer) -> dict[str, Any]:
    """The ``openings`` card, its times grouped by day."""
    days: dict[str, dict[str, Any]] = {}
    for opening in shown.openings:
        starts_at = datetime.fromisoformat(opening["starts_at"])
        day = days.setdefault(starts_at.date().isoformat(), {
            "date": starts_at.date().isoformat(), "label": korean_date(starts_at.date()), "times": []})
        day["times"].append({"opening": opening["id"], "label": korean_time(starts_at),
                             "payload": f'/inform{{"opening":"{opening["id"]}"}}'})
    return {"v": 1, "type": "openings", "center": shown.center, "days": list(days.values())}


def chosen(offered: Sequence[Mapping[str, str]], window: Mapping[str, Any]) -> Mapping[str, str] | None:
    """The offered opening that a said time means, if exactly one does: "2시요", "화요일이요", "1일 오후".

    Several days ("다음 주 오후 아무 때나") choose none of what was offered before: more of them may be free.
    """
    start, end = (datetime.fromisoformat(str(window[edge])) for edge in ("start", "end"))
    if end - start > _A_DAY:
        return None
    meant = calendar.Window.read(window)
    within = [one for one in offered if meant.holds(datetime.fromisoformat(one["starts_at"]))]
    bare = start.astimezone(clock.KST).date() <= clock.today() + _A_DAY
    if not within and end - start <= _A_TIME and bare:
        # "2시요" is read as two o'clock today, or tomorrow when that is past; it means the one offered at two.
        within = [one for one in offered if datetime.fromisoformat(one["starts_at"]).time() == start.time()]
    return within[0] if len(within) == 1 else None


def hold(opening_id: str, conversation_id: str) -> dict[str, str]:
    """Keep an opening for this conversation; raises OpeningUnavailable (a DeskError) with alternatives."""
    with session() as transaction:
        kept = booking.hold(transaction, opening_id, conversation_id=conversation_id)
        return {**plain_opening(kept.opening), "hold": kept.id}


def said_window(window: Mapping[str, Any]) -> str:
    """A window that is waited for, in words: "12월 1일(화) 오후"."""
    return waiting.said(calendar.Window.read(window), clock.now())


@dataclass(frozen=True)
class Request:
    """What a person agreed to have passed on."""

    conversation_id: str
    contact_name: str
    phone: str
    email: str | None
    company_name: str | None
    facts: dict[str, Any]
    screening: dict[str, Any]
    wishes: tuple[str, ...]
    hold_id: str | None
    waiting: dict[str, Any] | None
    key: str
    said: tuple[str, ...] = ()


def hand_off(request: Request) -> dict[str, Any]:
    """Pass a firm on to the planners; the card of the visit or call-back, with center name. Raises DeskError."""
    purpose = (handoff.VISIT_CONSENT if request.hold_id
               else handoff.WAITING_CONSENT if request.waiting else handoff.CALLBACK_CONSENT)
    with session() as transaction:
        consent = ConsentGiven(purpose=purpose, wording_version=CONSENT_WORDING, given_at=clock.now())
        receipt = handoff.hand_off(transaction, HandOff(
            conversation_id=request.conversation_id, contact_name=request.contact_name, phone=request.phone,
            email=request.email, company_name=request.company_name, facts=request.facts, screening=request.screening,
            support_type=request.screening.get("support_type"), wishes=request.wishes, consents=(consent,),
            hold_id=request.hold_id, waiting=request.waiting, transcript=request.conversation_id,
            partner=conversations.partner_of(transaction, request.conversation_id),
            planner=routing.named_in(transaction, request.said),
        ), idempotency_key=request.key)
        card = visits.details(transaction, transaction.get(Lead, receipt.lead_id)).card()
    metrics.BOOKINGS.labels(purpose).inc()
    return card


def tell_more(conversation_id: str, number: str, facts: dict[str, Any], screening: dict[str, Any]) -> bool:
    """Renew facts and verdicts of the lead this conversation made; False where there is none to renew."""
    with session() as transaction:
        return handoff.tell_more(transaction, conversation_id, number, facts, screening)


def look_up(number: str, phone: str, conversation_id: str) -> tuple[visits.VisitDetails, dict[str, Any]]:
    """A booking and its card. Raises NotFound, TooManyGuesses."""
    found = guessing.look_up(number, phone, asker=conversation_id)
    return found, found.card()


def change(visit_id: str, opening_id: str, conversation_id: str) -> dict[str, Any]:
    """Move a visit to an opening that this conversation may hold; its new card. Raises DeskError."""
    with session() as transaction:
        moved = booking.change(transaction, visit_id, opening_id, conversation_id=conversation_id)
        card = visits.details(transaction, transaction.get(Lead, moved.lead_id)).card()
    metrics.BOOKINGS.labels("changed").inc()
    return card


def book(lead_id: str, opening_id: str, conversation_id: str) -> dict[str, Any]:
    """Book an opening for somebody who waited, or whose visit did not come about; the card. Raises DeskError."""
    with session() as transaction:
        lead = transaction.get(Lead, lead_id)
        booking.book(transaction, lead, opening_id, actor="customer", conversation_id=conversation_id)
        card = visits.details(transaction, lead).card()
    metrics.BOOKINGS.labels("visit").inc()
    return card


def stop_waiting(lead_id: str) -> None:
    """Take somebody off the waiting list. Raises DeskError."""
    with session() as transaction:
        visits.stop_waiting(transaction, lead_id)


def cancel(visit_id: str) -> None:
    """Cancel a visit. Raises DeskError."""
    with session() as transaction:
        booking.cancel(transaction, visit_id)
    metrics.BOOKINGS.labels("cancelled").inc()


def erase_soon(conversation_id: str) -> None:
    """Erase what came of a conversation; its transcript and memory follow a minute later."""
    with session() as transaction:
        erasures.erase_soon(transaction, conversation_id)


def kept_for() -> str:
    """How long leads are kept, as it is said: "3년"."""
    days = defaults().retention_days.lead_after_last_change
    return f"{days // 365}년" if days >= 365 else f"{days}일"
