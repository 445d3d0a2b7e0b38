"""Those outside whom the desk tells things, as real servers: a mail server and a receiver of webhooks."""

from __future__ import annotations

from collections.abc import Callable
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiohttp import web
from sqlalchemy import select

from bot.desk import booking, database, handoff
from bot.desk.handoff import HandOff
from bot.desk.models import OutboxEntry

Make = Callable[..., HandOff]
TWO, FOUR = "suwon.suwon-1.20261201T1400", "suwon.suwon-1.20261201T1600"


class Mailbox:
    """An SMTP server's hand: keeps what arrives, or refuses as told."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refuse_with: str | None = None

    async def handle_RCPT(self, server: Any, session: Any, envelope: Any, address: str, _: Any) -> str:  # noqa: N802
        if self.refuse_with:
            return self.refuse_with
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))
        return "250 OK"


class Receiver:
    """A webhook receiver: keeps what arrives and answers as told."""

    def __init__(self) -> None:
        self.calls: list[tuple[dict[str, str], bytes]] = []
        self.answers: list[int] = []
        self.url = ""

    async def handle(self, request: web.Request) -> web.Response:
        self.calls.append((dict(request.headers), await request.read()))
        status = self.answers.pop(0) if self.answers else 200
        return web.Response(status=status, headers={"Location": self.url} if status == 302 else {})


def visit_handed_over(request_of: Make, **changed: object) -> handoff.Receipt:
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id="c-1")
        return handoff.hand_off(session, request_of(hold_id=held.id, email="hana@example.co.kr", **changed))


def entries() -> list[OutboxEntry]:
    with database.session(read_only=True) as session:
        return list(session.execute(select(OutboxEntry).order_by(OutboxEntry.dedupe_key)).scalars())
