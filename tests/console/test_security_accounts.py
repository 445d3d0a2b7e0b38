"""The administrators' page of accounts and tokens: who may use it, what it changes at once, and what it shows once."""

from __future__ import annotations

import re
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from sqlalchemy import func, select

from bot.desk import accounts, database
from bot.desk.models import ApiToken, AuditEntry
from tests.console.conftest import PASSWORD, Person, SignIn

SignedIn = Callable[[str], Awaitable[Person]]
ADD = {"action": "add", "name": "새 사람", "email": "new@desk.example", "role": "planner", "center": "suwon"}


def _id(email: str) -> str:
    with database.session(read_only=True) as session:
        return accounts.by_email(session, f"{email}@desk.example").id


def _audited(action: str) -> list[tuple[str, Any]]:
    with database.session(read_only=True) as session:
        rows = session.execute(select(AuditEntry.actor, AuditEntry.details).where(AuditEntry.action == action))
        # The request's id differs each time.
        return [(actor, {key: value for key, value in details.items() if key != "request"}) for actor, details in rows]


async def _secret(answer: ClientResponse) -> str:
    found = re.search(r'<code class="key">([^<]+)</code>', await answer.text())
    assert found
    return found[1]


async def test_security_an_added_account_gets_a_password_shown_once_and_signs_in(
    person: SignedIn, sign_in: SignIn
) -> None:
    admin = await person("admin")
    answer = await admin.post("/desk/accounts", 200, **ADD)
    password = await _secret(answer)
    assert answer.headers["Cache-Control"] == "no-store"
    assert password not in await admin.get("/desk/accounts")
    assert (await sign_in(email="new@desk.example", password=password)).status == 303
    assert _audited("user.added")[-1] == ("최관리", {"role": "planner", "center": "suwon"})


@pytest.mark.parametrize(("changed", "told"), [
    ({"center": ""}, "이 역할에는 센터가 있어야 해요"), ({"center": "nowhere"}, "이 역할에는 센터가 있어야 해요"),
    ({"email": "kim@desk.example"}, "이미 쓰고 있는 이메일"), ({"name": "김하늘"}, "이미 쓰고 있는 이름"),
    ({"email": "없음"}, "이메일 주소를 알아보지 못했어요"), ({"role": "customer"}, "쓸 수 있는 역할"),
    ({"name": "token:x"}, "이름을 80자 안으로"), ({"planner": "busan-1"}, "그 센터에 그런 플래너가 없어요"),
    ({"action": "x"}, "다시 골라 주세요"),
])
async def test_security_an_account_that_cannot_be_is_refused_with_what_to_change(
    person: SignedIn, changed: dict[str, str], told: str
) -> None:
    answer = await (await person("admin")).post("/desk/accounts", 409, **{**ADD, **changed})
    assert told in await answer.text()
    with database.session(read_only=True) as session:
        assert len(accounts.users(session)) == 6


@pytest.mark.parametrize("who", ["kim", "boss", "park"])
@pytest.mark.parametrize("form", [
    ADD, {"action": "token", "name": "x", "role": "administrator"}, {"action": "revoke", "token": "x"},
])
async def test_security_only_administrators_make_accounts_and_tokens(
    person: SignedIn, who: str, form: dict[str, str]
) -> None:
    somebody = await person(who)
    await somebody.post("/desk/accounts", 403, **form)
    for action in ("change", "password", "unlock", "disable", "enable"):
        await somebody.post(f"/desk/accounts/{_id('lee')}", 403, action=action, role="administrator")
    with database.session(read_only=True) as session:
        assert len(accounts.users(session)) == 6
        assert accounts.by_email(session, "lee@desk.example").role == "planner"
        assert session.execute(select(func.count()).select_from(ApiToken)).scalar_one() == 1


async def test_security_a_form_from_elsewhere_changes_no_account(person: SignedIn) -> None:
    admin = await person("admin")
    for path, form in (("/desk/accounts", ADD), (f"/desk/accounts/{_id('kim')}", {"action": "disable"})):
        assert (await admin.post(path, csrf="forged", **form)).status == 403
    with database.session(read_only=True) as session:
        assert len(accounts.users(session)) == 6
        assert not accounts.by_email(session, "kim@desk.example").disabled


async def test_security_a_changed_role_holds_at_once(person: SignedIn) -> None:
    kim, admin = await person("kim"), await person("admin")
    await kim.get("/desk/numbers", 403)
    await admin.post(f"/desk/accounts/{_id('kim')}", 303, action="change", role="center_lead", center="suwon")
    await kim.get("/desk/numbers")
    assert _audited("user.changed") == [("최관리", {
        "from": {"role": "planner", "center": "suwon"}, "to": {"role": "center_lead", "center": "suwon"}})]


async def test_security_a_shut_account_is_out_at_once_until_it_is_opened(person: SignedIn, sign_in: SignIn) -> None:
    kim, admin = await person("kim"), await person("admin")
    await admin.post(f"/desk/accounts/{_id('kim')}", 303, action="disable")
    assert (await kim.raw("GET", "/desk")).status == 303
    assert (await sign_in(email="kim@desk.example", password=PASSWORD)).status == 403
    await admin.post(f"/desk/accounts/{_id('kim')}", 303, action="enable")
    assert (await sign_in(email="kim@desk.example", password=PASSWORD)).status == 303
    assert [len(_audited(action)) for action in ("user.disabled", "user.enabled")] == [1, 1]


async def test_security_a_new_password_ends_the_old_one_and_its_sessions(person: SignedIn, sign_in: SignIn) -> None:
    kim, admin = await person("kim"), await person("admin")
    password = await _secret(await admin.post(f"/desk/accounts/{_id('kim')}", 200, action="password"))
    assert (await kim.raw("GET", "/desk")).status == 303
    assert (await sign_in(email="kim@desk.example", password=PASSWORD)).status == 403
    assert (await sign_in(email="kim@desk.example", password=password)).status == 303


async def test_security_a_locked_account_is_shown_and_unlocked(person: SignedIn, sign_in: SignIn) -> None:
    admin = await person("admin")
    for _ in range(accounts.MOST_FAILURES):
        await sign_in(email="kim@desk.example", password="wrong-wrong-wrong")
    assert (await sign_in(email="kim@desk.example", password=PASSWORD)).status == 429
    assert "잠김" in await admin.get("/desk/accounts")
    await admin.post(f"/desk/accounts/{_id('kim')}", 303, action="unlock")
    assert (await sign_in(email="kim@desk.example", password=PASSWORD)).status == 303


async def test_security_nobody_shuts_or_demotes_the_own_account(person: SignedIn) -> None:
    admin = await person("admin")
    for action in ("disable", "change"):
        await admin.post(f"/desk/accounts/{_id('admin')}", 409, action=action, role="planner", center="suwon")
    await admin.get("/desk/accounts")


async def test_security_a_token_is_shown_once_works_and_is_revoked(
    person: SignedIn, client: TestClient[Any, Any]
) -> None:
    admin = await person("admin")
    answer = await admin.post("/desk/accounts", 200, action="token", name="통계 프로그램", role="planner", center="suwon")
    secret = await _secret(answer)
    listed = await admin.get("/desk/accounts")
    assert "통계 프로그램" in listed
    assert secret not in listed
    headers = {"Authorization": f"Bearer {secret}"}
    assert (await client.get("/api/desk/leads", headers=headers)).status == 200
    with database.session(read_only=True) as session:
        token_id = session.execute(select(ApiToken.id).where(ApiToken.name == "통계 프로그램")).scalar_one()
    await admin.post("/desk/accounts", 303, action="revoke", token=token_id)
    assert (await client.get("/api/desk/leads", headers=headers)).status == 401
    await admin.post("/desk/accounts", 404, action="revoke", token=token_id)
    nameless = await admin.post("/desk/accounts", 409, action="token", name=" ", role="administrator")
    assert "어디에 쓰는 토큰인지" in await nameless.text()
