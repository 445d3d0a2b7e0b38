"""Telling outside systems over signed HTTP. A receiver checks ``Donghaeng-Signature`` and drops what it has seen.

The signature is ``t=<unix seconds>,v1=<hex HMAC-SHA256 of "t.body">`` with the secret given at registration.
"""

from __future__ import annotations

import hashlib
import hmac
import ipaddress
import json
import secrets
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlsplit

import aiohttp
from sqlalchemy.orm import Session

from bot.desk import leads
from bot.desk.audit import record
from bot.desk.clock_on_wall import wall_now
from bot.desk.delivery_models import OutboxEntry, Webhook
from bot.desk.errors import DeskError, NotFound
from bot.desk.lead_models import Lead

TOPICS = ("lead.received", "lead.moved", "visit.booked", "visit.changed", "visit.cancelled")
_PATIENCE = aiohttp.ClientTimeout(total=20, connect=5)
_TOLERANCE = 300
_ANYBODY = leads.Viewer("webhook", "partner")


class WebhookInvalid(DeskError):
    """The address or the topics cannot be used."""


class WebhookRefused(Exception):
    """The receiver did not take the delivery. ``gone``: it asked never to be called again."""

    def __init__(self, status: int) -> None:
        super().__init__(f"HTTP {status}")
        self.gone = status == 410


@dataclass(frozen=True)
class Call:
    """A request ready to be made."""

    url: str
    secret: str
    topic: str
    delivery: str
    body: bytes


def register(
    session: Session, url: str, *, topics: tuple[str, ...] = (), center_id: str | None = None,
    with_contact: bool = False, actor: str,
) -> tuple[Webhook, str]:
    """Register an address (https, or loopback) and give it with its secret, which is shown only now.

    ``topics`` empty means all; ``with_contact`` sends contact data in full. Raises WebhookInvalid.
    """
    if not _allowed(url):
        raise WebhookInvalid("웹훅 주소는 https여야 해요. 예: https://example.go.kr/hooks/donghaeng")
    if unknown := set(topics) - set(TOPICS):
        raise WebhookInvalid(f"모르는 알림 종류: {', '.join(sorted(unknown))}. 쓸 수 있는 것: {', '.join(TOPICS)}")
    secret = secrets.token_urlsafe(32)
    webhook = Webhook(url=url, secret=secret, topics=list(topics), center_id=center_id, with_contact=with_contact)
    session.add(webhook)
    session.flush()
    record(session, actor, "webhook.registered", webhook.id, {"topics": list(topics), "with_contact": with_contact})
    return webhook, secret


def deactivate(session: Session, webhook_id: str, *, actor: str) -> None:
    """Stop telling an address. Raises NotFound."""
    webhook = session.get(Webhook, webhook_id)
    if webhook is None:
        raise NotFound("그런 웹훅이 없어요.")
    webhook.active = False
    record(session, actor, "webhook.deactivated", webhook_id)


def prepare(session: Session, entry: OutboxEntry) -> Call | None:
    """The request of an outbox entry, or None when the webhook is off or the lead has been erased."""
    webhook = session.get(Webhook, entry.recipient)
    lead = session.get(Lead, entry.lead_id)
    if webhook is None or not webhook.active or lead is None or lead.erased_at is not None:
        return None
    told: dict[str, Any] = {
        "topic": entry.topic, "delivery": entry.dedupe_key, "created_at": entry.created_at.isoformat(),
        **entry.payload, "lead": leads.document(lead, None if webhook.with_contact else _ANYBODY),
    }
    body = json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()
    return Call(webhook.url, webhook.secret, entry.topic, entry.dedupe_key, body)


async def call(request: Call) -> None:
    """Make the request. Raises WebhookRefused for any answer but 2xx, aiohttp.ClientError, asyncio.TimeoutError."""
    headers = {"Content-Type": "application/json", "Donghaeng-Topic": request.topic,
               "Donghaeng-Delivery": request.delivery,
               "Donghaeng-Signature": sign(request.secret, request.body, int(wall_now().timestamp()))}
    # A redirect could lead the lead anywhere, so it counts as a refusal.
    async with aiohttp.ClientSession(timeout=_PATIENCE) as client, client.post(
            request.url, data=request.body, headers=headers, allow_redirects=False) as answer:
        if not 200 <= answer.status < 300:
            raise WebhookRefused(answer.status)


def sign(secret: str, body: bytes, timestamp: int) -> str:
    """The value of ``Donghaeng-Signature``."""
    seal = hmac.new(secret.encode(), f"{timestamp}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={timestamp},v1={seal}"


def verify(secret: str, signature: str, body: bytes, *, timestamp: int) -> bool:
    """Whether a signature fits a body and is not older than five minutes at ``timestamp`` (unix seconds)."""
    parts = dict(part.split("=", 1) for part in signature.split(",") if "=" in part)
    # isdigit() alone takes "²" too, which is no number; and a very long one is not worth reading.
    made = parts.get("t", "")
    if not (made.isascii() and made.isdigit() and len(made) <= 12) or abs(timestamp - int(made)) > _TOLERANCE:
        return False
    given = f"t={made},v1={parts.get('v1', '')}".encode("utf-8", "replace")
    return hmac.compare_digest(sign(secret, body, int(made)).encode(), given)


def _allowed(url: str) -> bool:
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    if not parts.hostname or parts.username or parts.fragment:
        return False
    if parts.scheme == "https":
        return True
    try:
        return parts.scheme == "http" and ipaddress.ip_address(parts.hostname).is_loopback
    except ValueError:
        return False
