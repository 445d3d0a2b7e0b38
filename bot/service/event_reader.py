"""Reading Rasa's events from the broker into the conversation log: each at least once, kept once."""

from __future__ import annotations

import asyncio
import json
import logging

import aio_pika
import aio_pika.abc

from bot.desk import conversation_log
from bot.desk.database import session
from bot.service.endpoints import EVENTS_QUEUE

log = logging.getLogger(__name__)
_AT_ONCE = 100


async def read(broker_url: str, *, until_empty: bool = False) -> int:
    """Read events until cancelled, or until there are none left; how many were kept.

    An event is taken off the queue only when its row is committed. What is no event is told and dropped: it would
    come back for ever. The connection comes back by itself after the broker was away.
    """
    kept = 0
    await asyncio.to_thread(_prepare)
    connection = await aio_pika.connect_robust(broker_url)
    async with connection:
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=_AT_ONCE)
        queue = await channel.declare_queue(EVENTS_QUEUE, durable=True)
        while True:
            message = await queue.get(fail=False)
            if message is not None:
                kept += await _keep(message)
            elif until_empty:
                return kept
            else:
                await asyncio.sleep(0.5)


async def _keep(message: aio_pika.abc.AbstractIncomingMessage) -> bool:
    try:
        kept = await asyncio.to_thread(_store, message.body)
    except (ValueError, KeyError, TypeError) as error:
        log.error("dropped what is no event of Rasa's: %s", type(error).__name__)
        await message.reject(requeue=False)
        return False
    await message.ack()
    return kept


def _prepare() -> None:
    with session() as transaction:
        conversation_log.prepare(transaction)


def _store(body: bytes) -> bool:
    event = json.loads(body)
    with session() as transaction:
        return conversation_log.record(transaction, event)
