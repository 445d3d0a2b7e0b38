"""Whether we live, and whether everything behind us answers."""

from __future__ import annotations

import asyncio
import logging

import sqlalchemy as sa
from aiohttp import web

from bot.desk.database import session as transaction
from bot.observing import metrics
from bot.web.keys import RASA

log = logging.getLogger(__name__)
routes = web.RouteTableDef()


@routes.get("/healthz")
async def healthz(_request: web.Request) -> web.Response:
    """200 while this process lives."""
    return web.json_response({"status": "ok"})


@routes.get("/readyz")
async def readyz(request: web.Request) -> web.Response:
    """200 only when Rasa (with its model), the action server and the database answer; else 503 and which do not."""
    rasa = request.app[RASA]
    names = ("rasa", "actions", "database")
    answers = await asyncio.gather(rasa.is_ready(), rasa.actions_are_ready(), asyncio.to_thread(_database_answers))
    ready = dict(zip(names, answers, strict=True))
    for name, answered in ready.items():
        metrics.READY.labels(name).set(answered)
    return web.json_response({"status": "ready" if all(answers) else "not ready", **ready},
                             status=200 if all(answers) else 503)


def _database_answers() -> bool:
    try:
        with transaction(read_only=True) as session:
            session.execute(sa.text("SELECT 1 FROM chat_sessions LIMIT 1"))
    except sa.exc.SQLAlchemyError:
        log.exception("the database does not answer")
        return False
    return True
