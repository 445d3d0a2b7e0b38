"""The planners' desk at /desk: server-rendered pages over ``bot.desk``. No rules live here, only what is shown."""

from __future__ import annotations

from aiohttp import web

from bot.web.console import (
    access,
    accounts_pages,
    calendar_edit_pages,
    calendar_pages,
    exports,
    lead_pages,
    marks_pages,
    numbers_pages,
    pages,
    partners_pages,
    queue_pages,
    sign_in_pages,
    waiting_pages,
)
from bot.web.desk_api import CONSOLE_VIEWER


def install(app: web.Application) -> None:
    """Put the desk into the application: its pages, its door, and its session for the desk API."""
    for module in (pages, sign_in_pages, queue_pages, lead_pages, exports, calendar_pages, calendar_edit_pages,
                   marks_pages, numbers_pages, partners_pages, waiting_pages, accounts_pages):
        app.add_routes(module.routes)
    sign_in_pages.prepare(app)
    app[CONSOLE_VIEWER] = access.api_viewer
    app.middlewares.append(access.guard)
