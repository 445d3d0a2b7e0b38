"""Signing in with an account or an API token, signing out, and changing the own password."""

from __future__ import annotations

import asyncio
from functools import partial

from aiohttp import web

from bot.desk import accounts, signed_in
from bot.desk.accounts import AccountInvalid, AccountLocked, SignInRefused
from bot.desk.database import session as transaction
from bot.desk.errors import NotFound
from bot.desk.signed_in import Visitor, csrf_of
from bot.web.console import access, carried
from bot.web.console.pages import VISITOR, page
from bot.web.limits import TokenBucket

routes = web.RouteTableDef()

# One try takes some 60 ms of processor and 64 MB: two at a time, and no address typed faster than this.
_AT_ONCE = 2
_BURST, _PER_SECOND = 20, 0.2
SIGNING = web.AppKey("desk_signing", asyncio.Semaphore)
TRIES = web.AppKey("desk_tries", TokenBucket)


def prepare(app: web.Application) -> None:
    """Give the application what signing in needs."""
    app[SIGNING] = asyncio.Semaphore(_AT_ONCE)
    app[TRIES] = TokenBucket(burst=_BURST, per_second=_PER_SECOND)


@routes.get("/desk/sign-in")
async def door(request: web.Request) -> web.Response:
    """The door; ``?next=`` is the page to open afterwards."""
    told = "오래 쉬어 자동으로 나왔어요. 다시 들어와 주세요." if "again" in request.query else None
    return access.door(request, told=told, home=carried.page_of_desk(request.query.get("next")) or "")


@routes.post("/desk/sign-in")
async def signing_in(request: web.Request) -> web.Response:
    """Check the account's password or the API token, and go on where the person was."""
    known = request.cookies.get(access.DOOR, "")
    form = await request.post()
    email, token, home, cut_off = (str(form.get(name, "")).strip() for name in ("email", "token", "next", "carried"))
    # What another site put into the form is not shown again.
    again = partial(access.door, request, email=email, home=carried.page_of_desk(home) or "",
                    form=carried.of_text(cut_off)) if carried.from_us(request) else partial(access.door, request)
    if not known or not await access.own_form(request, csrf_of(known)):
        return again(status=403, told="화면을 연 지 오래됐어요. 한 번 더 눌러 주세요.")
    try:
        if token:
            secret = await asyncio.to_thread(signed_in.with_token, token)
        else:
            secret = await _with_password(request, email, str(form.get("password", "")))
    except (SignInRefused, AccountLocked) as refusal:
        status = 429 if isinstance(refusal, AccountLocked) else 403
        return again(status=status, told=str(refusal), with_token=bool(token))
    return access.let_in(request, secret, carried.page_of_desk(home) or "/desk", carried.of_text(cut_off))


@routes.post("/desk/sign-out")
async def signing_out(request: web.Request) -> web.Response:
    """Leave the desk."""
    return await access.let_out(request)


@routes.get("/desk/account")
async def account(request: web.Request) -> web.Response:
    """The own account."""
    return page(request, "account.html", told=None, email=_email(request))


@routes.post("/desk/account")
async def new_password(request: web.Request) -> web.Response:
    """Change the own password, with the old one, and sign in again everywhere."""
    form = {name: str(value) for name, value in (await request.post()).items()}
    email = _email(request)
    if form.get("new", "") != form.get("again", ""):
        return page(request, "account.html", status=409, told="새 비밀번호 두 개가 서로 달라요.", email=email)
    try:
        async with request.app[SIGNING]:
            await asyncio.to_thread(_change, email, access.viewer_of(request).name, form.get("old", ""),
                                    form.get("new", ""))
    except (SignInRefused, AccountLocked, AccountInvalid) as refusal:
        told = "지금 비밀번호가 맞지 않아요." if isinstance(refusal, SignInRefused) else str(refusal)
        return page(request, "account.html", status=409, told=told, email=email)
    return await access.let_out(request)


async def _with_password(request: web.Request, email: str, password: str) -> str:
    if not email or not password:
        raise SignInRefused("이메일과 비밀번호를 적어 주세요. 토큰으로 들어오려면 아래 ‘토큰’ 칸을 써 주세요.")
    if request.app[TRIES].take(csrf_of(email.lower())):
        raise AccountLocked("너무 자주 시도하셨어요. 1분쯤 쉬었다가 다시 해 주세요.")
    if len(password) > accounts.LONGEST_PASSWORD:
        raise SignInRefused()
    async with request.app[SIGNING]:
        return await asyncio.to_thread(signed_in.with_password, email, password)


def _change(email: str, name: str, old: str, new: str) -> None:
    with transaction() as session:
        user_id, password_hash = accounts.attempt(session, email)
    if user_id is None or not accounts.fits(password_hash, old):
        raise SignInRefused()
    with transaction() as session:
        user = accounts.set_password(session, email, new, actor=name)
        signed_in.end_all(session, user.id)


def _email(request: web.Request) -> str:
    visitor: Visitor = request[VISITOR]
    if visitor.email is None:
        raise NotFound("토큰으로 들어온 분에게는 계정이 없어요. 관리자에게 계정을 부탁해 주세요.")
    return visitor.email
