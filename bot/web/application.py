"""The web application put together: routes, limits, the thread of conversations, and what is closed at the end."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator

from aiohttp import web

from bot.desk import delivery
from bot.web import chat, console, desk_api, embedding, health, openapi, partner_check, visits
from bot.web.counting import name_and_count
from bot.web.headers import add_security_headers
from bot.web.keys import GUARD, PROOFS, RASA, SETTINGS, SHARED, TALK
from bot.web.limits import Guard
from bot.web.problems import problems
from bot.web.proof import Proofs
from bot.web.rasa_client import RasaClient
from bot.web.settings import Settings
from bot.web.shared import Shared
from bot.web.talk import Talk


def create_app(settings: Settings | None = None) -> web.Application:
    """The application for ``settings`` (the environment's by default). The database must be migrated already."""
    settings = settings or Settings.from_environment()
    app = web.Application(middlewares=[name_and_count, problems], client_max_size=settings.body_bytes)
    rasa = RasaClient(settings)
    app[SETTINGS] = settings
    app[RASA] = rasa
    app[TALK] = Talk(settings, rasa)
    shared = Shared(settings.redis_url) if settings.redis_url else None
    if shared is not None:
        app[SHARED] = shared
    app[GUARD] = Guard(settings, shared)
    app[PROOFS] = Proofs(settings.proof_effort)
    for module in (health, chat, embedding, visits, partner_check, desk_api, openapi):
        app.add_routes(module.routes)
    console.install(app)
    app.on_response_prepare.append(add_security_headers)
    app.on_cleanup.append(_close)
    app.cleanup_ctx.append(_desk_work)
    return app


async def _desk_work(app: web.Application) -> AsyncIterator[None]:
    """The desk's own work beside the requests: outbox, expired holds, erasures, purge."""
    stop = asyncio.Event()
    working = asyncio.create_task(delivery.run(stop))
    yield
    stop.set()
    await working


async def _close(app: web.Application) -> None:
    await app[TALK].close()
    await app[RASA].close()
    if SHARED in app:
        await app[SHARED].close()
