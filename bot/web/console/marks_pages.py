"""What planners said of the bot's verdicts, and the wrong ones as a file of screening cases."""

from __future__ import annotations

import asyncio

from aiohttp import web

from bot.desk import marks
from bot.desk.database import session as transaction
from bot.desk.leads import Viewer
from bot.desk.marks import Mark
from bot.web.console.access import viewer_of
from bot.web.console.pages import page

routes = web.RouteTableDef()


@routes.get("/desk/marks")
async def show(request: web.Request) -> web.Response:
    """The marks on the viewer's leads, the newest first."""
    found = await asyncio.to_thread(_marks, viewer_of(request), None)
    return page(request, "marks.html", marks=found, wrong=sum(not one.right for one in found),
                statuses=marks.STATUS_NAMES)


@routes.get("/desk/marks/cases.yaml")
async def cases(request: web.Request) -> web.Response:
    """The wrong verdicts as cases; there is no contact data in them."""
    found = await asyncio.to_thread(_marks, viewer_of(request), False)
    return web.Response(text=marks.as_cases(found), content_type="application/yaml", charset="utf-8", headers={
        "Content-Disposition": 'attachment; filename="wrong-verdicts.yaml"', "Cache-Control": "no-store"})


def _marks(viewer: Viewer, right: bool | None) -> list[Mark]:
    with transaction(read_only=True) as session:
        return marks.marks(session, viewer, right=right)
