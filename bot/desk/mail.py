"""Mail of the desk: what each outbox entry says, to whom, and handing it to the SMTP server of ``SMTP_URL``.

Mail to the center names no contact data, only where to read it; mail to the firm carries the invitation.
"""

from __future__ import annotations

import os
from dataclasses import dataclass
from datetime import datetime
from email.message import EmailMessage
from email.utils import format_datetime
from urllib.parse import parse_qs, unquote, urlsplit

import aiosmtplib
from sqlalchemy.orm import Session

from bot.desk import sealing, visits
from bot.desk.calendar import opening_starts_at
from bot.desk.calendar_models import CenterSettings, Planner, Waiting
from bot.desk.clock_on_wall import wall_now
from bot.desk.delivery_models import OutboxEntry
from bot.desk.invitation import Appointment, invitation, public_url, sender
from bot.desk.lead_models import Lead
from bot.desk.lead_states import STATE_NAMES
from knowledge_base import places

_PATIENCE = 30.0
_SUBJECTS = {
    ("lead.received", "center"): "[동행봇] 새 접수 {number}", ("lead.moved", "center"): "[동행봇] 이관 접수 {number}",
    ("visit.booked", "center"): "[동행봇] 방문 예약 {number}",
    ("visit.changed", "center"): "[동행봇] 방문 변경 {number}",
    ("visit.cancelled", "center"): "[동행봇] 방문 취소 {number}",
    ("lead.received", "firm"): "일·육아 동행 플래너 방문 예약 안내 ({number})",
    ("visit.booked", "firm"): "일·육아 동행 플래너 방문 예약 안내 ({number})",
    ("visit.changed", "firm"): "방문 시간이 바뀌었어요 ({number})",
    ("visit.cancelled", "firm"): "방문 예약이 취소됐어요 ({number})",
}
_WAITING_SUBJECT = "방문 빈자리 대기 신청 안내 ({number})"


class MailNotConfigured(Exception):
    """No SMTP server, or nobody to write to: the entry is kept and looked at again later."""


@dataclass(frozen=True)
class SmtpServer:
    """Where mail goes out. ``start_tls`` None means: if the server offers it."""

    host: str
    port: int
    username: str | None
    password: str | None
    use_tls: bool
    start_tls: bool | None

    @classmethod
    def from_environment(cls) -> SmtpServer:
        """``SMTP_URL``: ``smtp[s]://user:password@host:port?starttls=required|none``. Raises MailNotConfigured."""
        url = os.environ.get("SMTP_URL")
        if not url:
            raise MailNotConfigured("SMTP_URL이 설정되지 않아 보내지 않고 보관함")
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise MailNotConfigured("SMTP_URL을 읽을 수 없음. smtp://host:port 꼴이어야 함")
        secure = parts.scheme == "smtps"
        wish = parse_qs(parts.query).get("starttls", [""])[0]
        return cls(parts.hostname, parts.port or (465 if secure else 587),
                   unquote(parts.username) if parts.username else None,
                   unquote(parts.password) if parts.password else None, secure,
                   {"required": True, "none": False}.get(wish) if not secure else False)


def compose(session: Session, entry: OutboxEntry) -> EmailMessage | None:
    """The mail of an outbox entry, or None when there is nobody left to tell (erased, no address any more).

    Raises MailNotConfigured when the center has no address.
    """
    if entry.topic == "opening.freed":
        return _opening_freed(session, entry)
    lead = session.get(Lead, entry.lead_id)
    # Of an erased lead the planner still hears that the visit is off; everything else has nobody to reach.
    if lead is None or (lead.erased_at and (entry.topic, entry.recipient) != ("visit.cancelled", "center")):
        return None
    to = lead.email if entry.recipient == "firm" else _center_address(session, lead.center_id, lead.planner_id)
    if to is None:
        return None
    subject = _SUBJECTS[entry.topic, entry.recipient]
    if entry.recipient == "firm" and "visit" not in entry.payload:
        subject = _WAITING_SUBJECT
    message = _message(entry, to, subject.format(number=lead.number))
    appointment = _appointment(lead, entry) if "visit" in entry.payload else None
    text = _for_firm(lead, appointment) if entry.recipient == "firm" else _for_center(lead, appointment)
    message.set_content(text)
    if appointment is not None:
        method = "CANCEL" if appointment.cancelled else "REQUEST"
        message.add_attachment(invitation(appointment, attendee=to), maintype="text", subtype="calendar",
                               filename="visit.ics", params={"method": method, "charset": "utf-8"})
    return message


async def send(message: EmailMessage, server: SmtpServer) -> None:
    """Hand a message to the server; returns when the server has taken it. Raises aiosmtplib.SMTPException."""
    await aiosmtplib.send(message, hostname=server.host, port=server.port, username=server.username,
                          password=server.password, use_tls=server.use_tls, start_tls=server.start_tls,
                          timeout=_PATIENCE)


def _message(entry: OutboxEntry, to: str, subject: str) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = sender(), to, subject
    message["Date"] = format_datetime(wall_now())
    # The same entry always makes the same id: mail systems drop the copy that "at least once" may send.
    message["Message-ID"] = f"<{sealing.token_digest(entry.dedupe_key)[:40]}@donghaeng>"
    message["X-Donghaeng-Delivery"] = entry.dedupe_key
    message["Auto-Submitted"] = "auto-generated"
    return message


def _appointment(lead: Lead, entry: OutboxEntry) -> Appointment:
    said = entry.payload["visit"]
    return Appointment(said["id"], said["sequence"], datetime.fromisoformat(said["starts_at"]),
                       datetime.fromisoformat(said["ends_at"]), said["cancelled"], lead.number, said["center"],
                       sealing.link_token(lead.id) if entry.recipient == "firm" else None)


def _for_firm(lead: Lead, appointment: Appointment | None) -> str:
    if appointment is None:
        link = public_url(visits.manage_path(sealing.link_token(lead.id)))
        return (f"접수 번호 {lead.number}로 방문 빈자리를 기다리고 계세요.\n자리가 나면 이 주소로 알려 드릴게요. "
                f"자리를 따로 잡아 두지는 않아서, 먼저 예약하시는 분께 드려요.\n\n보거나 그만두시려면: {link}\n")
    center = places.center(appointment.center_id)
    when = visits.when_ko(appointment.starts_at)
    if appointment.cancelled:
        again = f"다시 예약하시려면 대화창이나 {center.name}로 연락해 주세요."
        return f"{when} 방문 예약({lead.number})이 취소됐어요.\n{again}\n"
    link = public_url(visits.manage_path(sealing.link_token(lead.id)))
    return (f"{center.name} 일·육아 동행 플래너가 방문해요.\n\n일시: {when}\n예약 번호: {lead.number}\n"
            f"센터 전화: {center.phone.number or '국번 없이 1350'}\n\n바꾸거나 취소하시려면: {link}\n")


def _for_center(lead: Lead, appointment: Appointment | None) -> str:
    kind = "방문" if lead.kind == "visit" else "전화 상담"
    lines = [f"접수 번호: {lead.number} ({STATE_NAMES[lead.state]})", f"종류: {kind}"]
    if appointment is not None:
        lines.append(f"방문: {visits.when_ko(appointment.starts_at)}" + (" (취소)" if appointment.cancelled else ""))
    lines += [f"첫 연락 기한: {visits.when_ko(lead.contact_due_at)}", "",
              f"내용과 연락처는 여기에서 확인하세요: {public_url(f'/desk/leads/{lead.id}')}"]
    return "\n".join(lines) + "\n"


def _opening_freed(session: Session, entry: OutboxEntry) -> EmailMessage | None:
    waiting = session.get(Waiting, entry.payload["waiting"])
    if waiting is None or waiting.state != "told":
        return None
    center = places.center(waiting.center_id)
    lead = session.get(Lead, waiting.lead_id)
    if lead is None or lead.erased_at is not None:
        return None
    to = lead.email if entry.recipient == "waiting" else _center_address(session, waiting.center_id, lead.planner_id)
    if to is None:
        return None
    waits_itself = entry.recipient == "waiting"
    subject = "기다리시던 방문 시간이 비었어요" if waits_itself else "[동행봇] 대기자에게 알릴 시간"
    message = _message(entry, to, subject)
    when = visits.when_ko(opening_starts_at(waiting.opening_id))
    told = f"{center.name}의 {when} 방문 시간이 비었어요."
    if waits_itself:
        link = public_url(visits.manage_path(sealing.link_token(lead.id)))
        message.set_content(f"{told}\n먼저 예약하시는 분께 드려요. 예약하거나 그만 기다리시려면: {link}\n")
    else:
        link = public_url(f"/desk/leads/{lead.id}")
        message.set_content(f"{told}\n이메일을 남기지 않은 대기자({lead.number})예요. 전화로 알려 주세요: {link}\n")
    return message


def _center_address(session: Session, center_id: str | None, planner_id: str | None) -> str:
    planner = session.get(Planner, planner_id) if planner_id else None
    settings = session.get(CenterSettings, center_id) if center_id else None
    address = (planner and planner.email) or (settings and settings.email) or os.environ.get("DESK_MAIL_TO")
    if not address:
        raise MailNotConfigured("센터와 플래너의 메일 주소가 없고 DESK_MAIL_TO도 설정되지 않아 보관함")
    return str(address)
