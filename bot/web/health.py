"""Whether we live, and whether everything behind us answers."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable

import sqlalchemy as sa
from aiohttp import web

from bot.desk.database import session as transaction
from bot.observing import metrics
from bot.web.keys import RASA, SHARED

log = logging.getLogger(__name__)
_PATIENCE = 4.0  # seconds
routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(_request: web.Request) -> web.Response:
    """200 while this process lives."""
    return web.json_response({"status": "ok"})


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """200 only when Rasa (with its model), the action server, the database and Redis (where there is one) answer;
    else 503 and which do not."""
    rasa = request.app[RASA]
    asked: dict[str, Awaitable[bool]] = {
        "rasa": rasa.is_ready(), "actions": rasa.actions_are_ready(),
        "database": asyncio.to_thread(_database_answers)}
    if SHARED in request.app:
        asked["redis"] = request.app[SHARED].answers()
    answers = await asyncio.gather(*(_in_time(answer) for answer in asked.values()))
    ready = dict(zip(asked, answers, strict=True))
    for name, answered in ready.items():
        metrics.READY.labels(name).set(answered)
    return web.json_response({"status": "ready" if all(answers) else "not ready", **ready},
                             status=200 if all(answers) else 503)


async def _in_time(answer: Awaitable[bool]) -> bool:
    """A part that hangs is a part that does not answer."""
    try:
        return await asyncio.wait_for(answer, _PATIENCE)
    except asyncio.TimeoutError:
        return False


def _database_answers() -> bool:
    try:
        with transaction(read_only=True) as session:
            session.execute(sa.text("SELECT 1 FROM chat_sessions LIMIT 1"))
    except sa.exc.SQLAlchemyError:
        log.exception("the database does not answer")
        return False
    return True
