"""Accounts of people and API tokens of programs, for administrators: adding, changing, shutting, opening again.

A new password or token is shown once, on the answer to the form that made it; only its hash is kept.
"""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from typing import Any

from aiohttp import web
from sqlalchemy import select
from sqlalchemy.orm import Session

from bot.desk import accounts, partners, signed_in, tokens
from bot.desk.accounts import ACCOUNT_ROLES, AccountInvalid, User
from bot.desk.calendar_models import Planner
from bot.desk.clock_on_wall import wall_now
from bot.desk.contact_data import ContactInvalid
from bot.desk.database import session as transaction
from bot.desk.errors import NotAllowed
from bot.desk.leads import Viewer
from bot.desk.tokens import TokenInvalid
from bot.web.console.access import viewer_of
from bot.web.console.pages import page
from bot.web.console.sign_in_pages import SIGNING
from knowledge_base import places

routes = web.RouteTableDef()
_REFUSED = (AccountInvalid, TokenInvalid, ContactInvalid)
_BLANK = dict.fromkeys(("action", "name", "email", "role", "center", "planner", "partner"), "")
DONE = {"change": "권한을 바꿨어요. 지금 들어와 있어도 바로 바뀌어요.", "unlock": "잠금을 풀었어요.",
        "disable": "계정을 닫았어요. 들어와 있던 창도 끝났어요.", "enable": "계정을 다시 열었어요.",
        "revoke": "토큰을 폐기했어요. 이제 쓸 수 없어요."}


@routes.get("/desk/accounts")
async def listing(request: web.Request) -> web.Response:
    """Every account and token."""
    return await _listing(request, done=DONE.get(request.query.get("done", "")))


@routes.post("/desk/accounts")
async def act(request: web.Request) -> web.Response:
    """Add an account, make a token, or revoke one."""
    form, viewer = await _form(request), viewer_of(request)
    try:
        # A password takes some 60 ms of processor and 64 MB to hash.
        async with request.app[SIGNING]:
            secret = await asyncio.to_thread(_act, viewer, form)
    except _REFUSED as refusal:
        return await _listing(request, told=str(refusal), form=form, status=409)
    if secret is None:
        raise web.HTTPSeeOther("/desk/accounts?done=revoke")
    return await _listing(request, secret=secret)


@routes.get("/desk/accounts/{user_id}")
async def show(request: web.Request) -> web.Response:
    """One account."""
    return await _page(request, done=DONE.get(request.query.get("done", "")))


@routes.post("/desk/accounts/{user_id}")
async def change(request: web.Request) -> web.Response:
    """Change, unlock, shut or open an account, or give it a new password."""
    form, user_id = await _form(request), request.match_info["user_id"]
    try:
        async with request.app[SIGNING]:
            secret = await asyncio.to_thread(_change, viewer_of(request), user_id, form)
    except _REFUSED as refusal:
        return await _page(request, told=str(refusal), status=409)
    if secret is not None:
        return await _page(request, secret=secret)
    raise web.HTTPSeeOther(f"/desk/accounts/{user_id}?done={form.get('action', '')}")


async def _form(request: web.Request) -> dict[str, str]:
    return {name: str(value).replace("\x00", "").strip() for name, value in (await request.post()).items()}


async def _listing(
    request: web.Request, *, told: str | None = None, done: str | None = None, secret: tuple[str, str] | None = None,
    form: Mapping[str, str] | None = None, status: int = 200,
) -> web.Response:
    shown = await asyncio.to_thread(_everyone, viewer_of(request))
    return page(request, "accounts.html", status=status, told=told, done=done, secret=secret,
                form={**_BLANK, **(form or {})}, blank=_BLANK, roles=ACCOUNT_ROLES, **shown)


async def _page(
    request: web.Request, *, told: str | None = None, done: str | None = None, secret: tuple[str, str] | None = None,
    status: int = 200,
) -> web.Response:
    shown = await asyncio.to_thread(_one, viewer_of(request), request.match_info["user_id"])
    return page(request, "account_edit.html", status=status, told=told, done=done, secret=secret, roles=ACCOUNT_ROLES,
                **shown)


def _everyone(viewer: Viewer) -> dict[str, Any]:
    _administrator(viewer)
    with transaction(read_only=True) as session:
        return {"people": [(user, _locked(user)) for user in accounts.users(session)],
                "tokens": tokens.everyone(session), "now": wall_now(), **_choices(session)}


def _one(viewer: Viewer, user_id: str) -> dict[str, Any]:
    _administrator(viewer)
    with transaction(read_only=True) as session:
        user = accounts.get(session, user_id)
        return {"user": user, "locked": _locked(user), "own": user.name == viewer.name, **_choices(session)}


def _choices(session: Session) -> dict[str, Any]:
    planners = session.execute(select(Planner).order_by(Planner.center_id, Planner.id)).scalars()
    return {"centers": [(one.id, one.name) for one in places.centers()],
            "planners": [(one.id, f"{places.center(one.center_id).name} {one.name}") for one in planners],
            "partners": [(one.id, one.name) for one in partners.everyone(session)]}


def _act(viewer: Viewer, form: Mapping[str, str]) -> tuple[str, str] | None:
    """Carry the form out; what is shown once as (for whom, secret), None where there is nothing to show."""
    _administrator(viewer)
    action = form.get("action", "")
    with transaction() as session:
        if action == "add":
            secret = accounts.new_password()
            user = accounts.add_user(session, form.get("name", ""), form.get("email", ""), secret, actor=viewer.name,
                                     **_reach(form))
            return f"{user.name} 님의 첫 비밀번호", secret
        if action == "token":
            reach = _reach(form)
            token, secret = tokens.create(session, form.get("name", ""), role=str(reach["role"]), actor=viewer.name,
                                          center_id=reach["center_id"], partner=reach["partner_id"])
            return f"‘{token.name}’ 토큰", secret
        if action != "revoke":
            raise AccountInvalid("무엇을 할지 다시 골라 주세요.")
        tokens.revoke(session, form.get("token", ""), actor=viewer.name)
        return None


def _change(viewer: Viewer, user_id: str, form: Mapping[str, str]) -> tuple[str, str] | None:
    _administrator(viewer)
    action = form.get("action", "")
    with transaction() as session:
        user = accounts.get(session, user_id)
        if user.name == viewer.name and action in ("change", "disable"):
            raise AccountInvalid("자기 계정은 닫거나 권한을 바꿀 수 없어요. 다른 관리자에게 부탁해 주세요.")
        if action == "password":
            secret = accounts.new_password()
            accounts.set_password(session, user.email, secret, actor=viewer.name)
            signed_in.end_all(session, user.id)
            return f"{user.name} 님의 새 비밀번호", secret
        if action == "change":
            accounts.change(session, user_id, actor=viewer.name, **_reach(form))
        elif action == "unlock":
            accounts.unlock(session, user_id, actor=viewer.name)
        elif action in ("disable", "enable"):
            accounts.disable(session, user.email, actor=viewer.name, disabled=action == "disable")
            signed_in.end_all(session, user.id)
        else:
            raise AccountInvalid("무엇을 할지 다시 골라 주세요.")
    return None


def _reach(form: Mapping[str, str]) -> dict[str, Any]:
    """Role and reach of a form; a field that does not belong to the role is left out."""
    role = form.get("role", "")
    of_center = role in ("planner", "center_lead")
    return {"role": role, "center_id": (form.get("center") or None) if of_center else None,
            "planner_id": (form.get("planner") or None) if role == "planner" else None,
            "partner_id": (form.get("partner") or None) if role == "partner" else None}


def _locked(user: User) -> bool:
    return user.locked_until is not None and user.locked_until > wall_now()


def _administrator(viewer: Viewer) -> None:
    if viewer.role != "administrator":
        raise NotAllowed()
