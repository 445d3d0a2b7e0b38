"""Who waits for a visit time, and whom of them a planner has to call because something came free."""

from __future__ import annotations

import asyncio
from typing import Any

from aiohttp import web

from bot.desk import leads, waiting_list
from bot.desk.database import session as transaction
from bot.desk.leads import Viewer
from bot.web.console.access import viewer_of
from bot.web.console.pages import page

routes = web.RouteTableDef()


@routes.get("/desk/waiting")
async def listing(request: web.Request) -> web.Response:
    """The waiting list of the viewer's center."""
    rows = await asyncio.to_thread(_rows, viewer_of(request))
    return page(request, "waiting.html", rows=rows, to_call=sum(row["to_call"] for row in rows))


def _rows(viewer: Viewer) -> list[dict[str, Any]]:
    with transaction(read_only=True) as session:
        return [{"lead": leads.summary(row.lead), "wish": row.wish, "by_mail": row.by_mail, "to_call": row.to_call}
                for row in waiting_list.listing(session, viewer)]
