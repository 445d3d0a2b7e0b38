"""A visit as a calendar invitation (iCalendar): stable UID, SEQUENCE, reminders, and its cancellation."""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime, timedelta, timezone

from icalendar import Alarm, Calendar, Event, vCalAddress, vText

from bot.desk.clock_on_wall import wall_now
from bot.desk.visits import VisitDetails, manage_path
from knowledge_base import places
from knowledge_base.clock import KST

TITLE = "일·육아 동행 플래너 방문 상담"


@dataclass(frozen=True)
class Appointment:
    """What an invitation says. Times aware; ``sequence`` grows with every change: calendars replace the old one."""

    visit_id: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    cancelled: bool
    number: str
    center_id: str
    link_token: str | None

    @classmethod
    def of(cls, details: VisitDetails) -> Appointment:
        """The appointment of a visit as it is now. Raises ValueError for a call-back, which has none."""
        if not (details.visit_id and details.starts_at and details.ends_at and details.center_id):
            raise ValueError("방문 예약이 없어 일정 파일을 만들 수 없어요.")
        return cls(details.visit_id, details.sequence, details.starts_at, details.ends_at,
                   details.status == "cancelled", details.number, details.center_id, details.link_token)


def invitation(appointment: Appointment, *, attendee: str | None = None) -> bytes:
    """The .ics file of an appointment; a cancellation when it is cancelled. ``attendee`` is a mail address.

    Reminders come a day and an hour before. The link in it goes to the visit's own page.
    """
    center = places.center(appointment.center_id)
    calendar = Calendar()
    calendar.add("prodid", "-//donghaeng//visits//KO")
    calendar.add("version", "2.0")
    calendar.add("method", "CANCEL" if appointment.cancelled else "REQUEST")
    event = Event()
    event.add("uid", f"{appointment.visit_id}@donghaeng")
    event.add("sequence", appointment.sequence)
    event.add("dtstamp", wall_now().astimezone(timezone.utc))
    # By name, not by offset: only then do calendars find the time zone.
    event.add("dtstart", appointment.starts_at.astimezone(KST))
    event.add("dtend", appointment.ends_at.astimezone(KST))
    event.add("summary", f"[취소] {TITLE}" if appointment.cancelled else TITLE)
    event.add("status", "CANCELLED" if appointment.cancelled else "CONFIRMED")
    event.add("location", "회사 방문")
    event.add("description", _description(appointment, center.name, center.phone.number))
    organizer = vCalAddress(f"mailto:{sender()}")
    organizer.params["CN"] = vText(f"{center.name} 일·육아 동행 플래너")
    event.add("organizer", organizer)
    if attendee is not None:
        event.add("attendee", vCalAddress(f"mailto:{attendee}"))
    if not appointment.cancelled:
        for before in (timedelta(days=1), timedelta(hours=1)):
            event.add_component(_alarm(before))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    written: bytes = calendar.to_ical()
    return written


def sender() -> str:
    """The address the desk's mail comes from: ``MAIL_FROM``."""
    return os.environ.get("MAIL_FROM") or "no-reply@donghaeng.invalid"


def public_url(path: str) -> str:
    """The full address of a page: ``PUBLIC_URL`` in front of its path, loopback where that is not set."""
    base = os.environ.get("PUBLIC_URL") or f"http://127.0.0.1:{os.environ.get('PORT') or '8080'}"
    return base.rstrip("/") + path


def _description(appointment: Appointment, center: str, phone: str | None) -> str:
    lines = [f"예약 번호 {appointment.number}", f"{center}" + (f" {phone}" if phone else ""), "문의 국번 없이 1350"]
    if appointment.link_token and not appointment.cancelled:
        lines.append(f"변경·취소 {public_url(manage_path(appointment.link_token))}")
    return "\n".join(lines)


def _alarm(before: timedelta) -> Alarm:
    alarm = Alarm()
    alarm.add("action", "DISPLAY")
    alarm.add("description", TITLE)
    alarm.add("trigger", -before)
    return alarm
