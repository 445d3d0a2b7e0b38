"""Carrying the outbox out: at least once, with leases, back-off and a dead letter; and the desk's regular chores.

An entry is leased, made and sent, and only then marked sent. A process that dies in between leaves a lease that runs
out, and somebody else sends again with the same delivery key.
"""

from __future__ import annotations

import asyncio
import logging
import random
import time
from collections import Counter
from datetime import timedelta
from email.message import EmailMessage

import aiohttp
import aiosmtplib
from sqlalchemy import and_, or_, select, update

from bot.desk import booking, database, erasures, lead_actions, mail, models, privacy, waiting, webhooks
from bot.desk.clock_on_wall import wall_now
from bot.desk.delivery_models import OutboxEntry
from bot.desk.mail import MailNotConfigured, SmtpServer
from bot.desk.masking import mask_text

log = logging.getLogger(__name__)

LEASE = timedelta(minutes=2)
MOST_ATTEMPTS = 10
_FIRST_PAUSE = timedelta(seconds=30)
_LONGEST_PAUSE = timedelta(hours=6)
_LOOK_AGAIN = timedelta(minutes=10)
_PURGE_EVERY = timedelta(hours=6)
_TRANSIENT = (aiosmtplib.SMTPException, aiohttp.ClientError, webhooks.WebhookRefused, asyncio.TimeoutError, OSError)


async def deliver_due(limit: int = 20) -> Counter[str]:
    """Send what is due, up to ``limit`` entries, and count what became of them (sent, queued, dead, …)."""
    leased = await asyncio.to_thread(_lease, limit)
    outcomes = await asyncio.gather(*(_deliver(entry_id, attempt) for entry_id, attempt in leased))
    return Counter(outcomes)


async def run(stop: asyncio.Event, *, every: float = 3.0) -> None:
    """Deliver, do the chores and purge what is too old until ``stop`` is set; errors are logged and tried again."""
    models.load_all()  # so that every store of personal data has registered itself
    purged = 0.0
    while not stop.is_set():
        try:
            await asyncio.to_thread(chores)
            purged = await asyncio.to_thread(_purge_in_time, purged)
            while sum((await deliver_due()).values()):
                if stop.is_set():
                    return
        except Exception:
            log.exception("Delivery round failed; the next one follows.")
        try:
            await asyncio.wait_for(stop.wait(), every)
        except asyncio.TimeoutError:
            continue


def chores() -> None:
    """What has to happen by itself: holds run out, leads claimed too long go back, promised erasures are made, and
    who waits hears of times that came free with a new day.
    """
    with database.session() as session:
        booking.expire(session)
        for center_id in waiting.centers_waited_for(session):
            waiting.tell_all(session, center_id)
        lead_actions.return_overdue(session)
        erasures.run_due(session)


def _purge_in_time(last: float) -> float:
    """Purge when the last purge of this process is six hours ago; gives the time of the last one (monotonic)."""
    if last and time.monotonic() - last < _PURGE_EVERY.total_seconds():
        return last
    with database.session() as session:
        privacy.purge(session)
    return time.monotonic()


def pause_after(attempt: int) -> timedelta:
    """How long to wait after the given attempt (1 is the first): doubling from 30 seconds, six hours at most."""
    return min(_FIRST_PAUSE * (1 << (attempt - 1)), _LONGEST_PAUSE)


def _lease(limit: int) -> list[tuple[str, int]]:
    moment = wall_now()
    due = or_(and_(OutboxEntry.state.in_(("queued", "not_configured")), OutboxEntry.next_at <= moment),
              and_(OutboxEntry.state == "sending", OutboxEntry.leased_until <= moment))
    with database.session(read_only=True) as session:
        if session.execute(select(OutboxEntry.id).where(due).limit(1)).first() is None:
            return []  # the usual case must not take SQLite's write lock
    with database.session() as session:
        entries = session.execute(select(OutboxEntry).where(due).order_by(OutboxEntry.next_at).limit(limit)
                                  .with_for_update(skip_locked=True)).scalars().all()
        for entry in entries:
            entry.state, entry.leased_until, entry.attempts = "sending", moment + LEASE, entry.attempts + 1
        return [(entry.id, entry.attempts) for entry in entries]


async def _deliver(entry_id: str, attempt: int) -> str:
    try:
        job = await asyncio.to_thread(_prepare, entry_id)
        if job is None:
            return await asyncio.to_thread(_close, entry_id, attempt, "void", None)
        if isinstance(job, EmailMessage):
            await mail.send(job, SmtpServer.from_environment())
        else:
            await webhooks.call(job)
    except MailNotConfigured as reason:
        return await asyncio.to_thread(_close, entry_id, attempt, "not_configured", str(reason))
    except _TRANSIENT as error:
        state = "dead" if _hopeless(error) or attempt >= MOST_ATTEMPTS else "queued"
        log.warning("Delivery %s failed (attempt %d, now %s): %s", entry_id, attempt, state, mask_text(repr(error)))
        return await asyncio.to_thread(_close, entry_id, attempt, state, mask_text(repr(error)))
    except Exception as error:
        # A message that cannot even be made will not get better by itself: keep it where it is seen.
        log.exception("Delivery %s cannot be made", entry_id)
        return await asyncio.to_thread(_close, entry_id, attempt, "dead", mask_text(repr(error)))
    return await asyncio.to_thread(_close, entry_id, attempt, "sent", None)


def _prepare(entry_id: str) -> EmailMessage | webhooks.Call | None:
    with database.session(read_only=True) as session:
        entry = session.get(OutboxEntry, entry_id)
        if entry is None:
            return None
        if entry.channel == "mail":
            SmtpServer.from_environment()
            return mail.compose(session, entry)
        return webhooks.prepare(session, entry)


def _close(entry_id: str, attempt: int, state: str, error: str | None) -> str:
    moment = wall_now()
    values: dict[str, object] = {"state": state, "leased_until": None, "last_error": error}
    if state == "sent":
        values["sent_at"] = moment
    elif state == "queued":
        values["next_at"] = moment + random.uniform(0.9, 1.1) * pause_after(attempt)
    elif state == "not_configured":
        values |= {"next_at": moment + _LOOK_AGAIN, "attempts": attempt - 1}
    with database.session() as session:
        # Only the holder of the lease may close: a slow sender must not undo what its successor did.
        session.execute(update(OutboxEntry).where(
            OutboxEntry.id == entry_id, OutboxEntry.state == "sending", OutboxEntry.attempts == attempt)
            .values(**values).execution_options(synchronize_session=False))
    return state


def _hopeless(error: BaseException) -> bool:
    if isinstance(error, webhooks.WebhookRefused):
        return error.gone
    if isinstance(error, aiosmtplib.SMTPRecipientsRefused):
        return all(500 <= refusal.code < 600 for refusal in error.recipients)
    return isinstance(error, aiosmtplib.SMTPResponseException) and error.code in (550, 551, 553)
