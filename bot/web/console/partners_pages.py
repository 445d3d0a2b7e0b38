"""Partners: entering them, their settings and keys, taking keys back, and counts without personal data."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from datetime import timedelta
from typing import Any

from aiohttp import web
from sqlalchemy.orm import Session

from bot.desk import partners
from bot.desk.audit import record
from bot.desk.database import session as transaction
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.leads import Viewer
from bot.desk.partners import Partner, PartnerError
from bot.web.console.access import viewer_of
from bot.web.console.pages import page
from bot.web.keys import SETTINGS
from knowledge_base.clock import today
from knowledge_base.program_schema import programs

routes = web.RouteTableDef()
DONE = {"changed": "설정을 바꿨어요.", "revoked": "위젯을 멈췄어요. 이 파트너의 사이트에서는 이제 열리지 않아요.",
        "restored": "위젯을 다시 열었어요.", "added": "파트너를 등록했어요. 아래 코드를 전해 주세요.",
        "rotated": "새 키를 만들었어요. 옛 키는 유예 기간 뒤에 멈춰요."}


@routes.get("/desk/partners")
async def listing(request: web.Request) -> web.Response:
    """Every partner with counts; a partner sees itself."""
    return await _listing(request, told=None, form={})


@routes.post("/desk/partners")
async def add(request: web.Request) -> web.Response:
    """Enter a partner."""
    form = {name: str(value).replace("\x00", "") for name, value in (await request.post()).items()}
    try:
        added = await asyncio.to_thread(_add, viewer_of(request), form)
    except PartnerError as refusal:
        return await _listing(request, told=str(refusal), form=form, status=409)
    raise web.HTTPSeeOther(f"/desk/partners/{added}?done=added")


@routes.get("/desk/partners/{partner_id}")
async def show(request: web.Request) -> web.Response:
    """One partner: settings, keys with their snippet, counts."""
    return await _page(request, told=None, done=DONE.get(request.query.get("done", "")))


@routes.post("/desk/partners/{partner_id}")
async def act(request: web.Request) -> web.Response:
    """Change, rotate, revoke or restore."""
    form = {name: str(value).replace("\x00", "") for name, value in (await request.post()).items()}
    try:
        done = await asyncio.to_thread(_act, viewer_of(request), request.match_info["partner_id"], form)
    except PartnerError as refusal:
        return await _page(request, told=str(refusal), status=409)
    raise web.HTTPSeeOther(f"/desk/partners/{request.match_info['partner_id']}?done={done}")


async def _listing(
    request: web.Request, *, told: str | None, form: Mapping[str, str], status: int = 200
) -> web.Response:
    rows = await asyncio.to_thread(_rows, viewer_of(request))
    return page(request, "partners.html", status=status, told=told, rows=rows, form=form)


async def _page(
    request: web.Request, *, told: str | None, done: str | None = None, status: int = 200
) -> web.Response:
    shown = await asyncio.to_thread(_shown, viewer_of(request), request.match_info["partner_id"])
    home = request.app[SETTINGS].public_url.rstrip("/") or f"{request.scheme}://{request.host}"
    return page(request, "partner.html", status=status, told=told, done=done, home=home, **shown)


def _rows(viewer: Viewer) -> list[tuple[Partner, dict[str, int]]]:
    with transaction(read_only=True) as session:
        if viewer.role == "partner":
            found = [partners.get(session, viewer.partner or "")]
        else:
            _administrator(viewer)
            found = partners.everyone(session)
        return [(one, partners.counts(session, one.id)) for one in found]


def _shown(viewer: Viewer, partner_id: str) -> dict[str, Any]:
    with transaction(read_only=True) as session:
        if not (viewer.role == "partner" and viewer.partner == partner_id):
            _administrator(viewer)
        partner = partners.get(session, partner_id)
        return {"partner": partner, "keys": partners.keys(session, partner_id),
                "accent": partners.readable(partner.accent),
                "counts": partners.counts(session, partner_id),
                "lately": partners.counts(session, partner_id, since=today() - timedelta(days=29)),
                "names": {id: one.name for id, one in sorted(programs().items())},
                "may_edit": viewer.role == "administrator"}


def _add(viewer: Viewer, form: Mapping[str, str]) -> str:
    _administrator(viewer)
    with transaction() as session:
        partner_id = form.get("id", "").strip()
        partners.add(session, partner_id, form.get("name", ""), form.get("origins", "").split())
        record(session, viewer.name, "partner.added", partner_id)
        return partner_id


def _act(viewer: Viewer, partner_id: str, form: Mapping[str, str]) -> str:
    _administrator(viewer)
    with transaction() as session:
        done = _doing(session, partner_id, form)
        record(session, viewer.name, f"partner.{done}", partner_id)
        return done


def _doing(session: Session, partner_id: str, form: Mapping[str, str]) -> str:
    action = form.get("action", "")
    if action == "rotate":
        grace = form.get("grace", "14")
        if not (grace.isascii() and grace.isdigit() and int(grace) <= 90):
            raise PartnerError("유예 기간은 0일부터 90일까지 적어 주세요.")
        partners.rotate(session, partner_id, grace_days=int(grace))
        return "rotated"
    if action in ("revoke", "restore"):
        (partners.revoke if action == "revoke" else partners.restore)(session, partner_id)
        return f"{action}d" if action == "revoke" else "restored"
    if action != "change":
        raise DeskError("무엇을 바꿀지 다시 골라 주세요.")
    first = form.get("first_programs", "").split()
    if unknown := [one for one in first if one not in programs()]:
        raise PartnerError(f"그런 제도 id가 없어요: {', '.join(unknown)}")
    partners.change(session, partner_id, name=form.get("name", ""), origins=form.get("origins", "").split(),
                    accent=form.get("accent", ""), greeting=form.get("greeting", ""), first_programs=first,
                    hours_notice=form.get("hours_notice", ""))
    return "changed"


def _administrator(viewer: Viewer) -> None:
    if viewer.role == "partner":
        raise NotFound("그런 파트너가 없어요.")
    if viewer.role != "administrator":
        raise NotAllowed()
