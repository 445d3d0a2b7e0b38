"""Getting in: accounts, the first administrator's token, the lock, sessions that end, forms of our own."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select, update

from bot.desk import accounts, database, signed_in
from bot.desk.accounts import AccountInvalid, User
from bot.desk.models import AuditEntry
from bot.desk.signed_in import DeskSession
from tests.console.conftest import PASSWORD, Person, SignIn, make_lead

SignedIn = Callable[[str], Awaitable[Person]]
KIM = "kim@desk.example"


async def test_a_planner_signs_in_with_address_and_password(sign_in: SignIn, client: TestClient[Any, Any]) -> None:
    answer = await sign_in(email=" KIM@desk.example ", password=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")
    cookie = answer.cookies["donghaeng-desk"]
    assert cookie["httponly"]
    assert cookie["samesite"] == "Strict"
    assert "김하늘" in await (await client.get("/desk")).text()


async def test_the_first_administrator_signs_in_with_the_token_in_the_file(sign_in: SignIn, data_dir: Path) -> None:
    answer = await sign_in(token=(data_dir / "desk-token").read_text())
    assert answer.status == 303


async def test_security_the_cookie_is_no_api_token_and_the_database_holds_only_a_digest(sign_in: SignIn) -> None:
    secret = (await sign_in(email=KIM, password=PASSWORD)).cookies["donghaeng-desk"].value
    with database.session(read_only=True) as session:
        row = session.execute(select(DeskSession)).scalar_one()
        stored = session.execute(select(User.password_hash).where(User.email == KIM)).scalar_one()
    assert secret not in (row.digest, signed_in.csrf_of(secret))
    assert stored.startswith("$argon2id$")


@pytest.mark.parametrize("form", [
    {"email": KIM, "password": "틀린 비밀번호예요"}, {"email": "nobody@desk.example", "password": PASSWORD},
    {"email": KIM, "password": ""}, {"token": "dh_guessed"}, {"email": KIM, "password": "x" * 5000},
])
async def test_security_whoever_is_wrong_stays_outside(
    sign_in: SignIn, client: TestClient[Any, Any], form: dict[str, str]
) -> None:
    answer = await sign_in(**form)
    assert answer.status == 403
    assert "donghaeng-desk" not in answer.cookies
    assert str((await client.get("/desk")).url).endswith("/desk/sign-in")


async def test_security_wrong_address_and_wrong_password_sound_the_same(sign_in: SignIn) -> None:
    one = await (await sign_in(email=KIM, password="틀린 비밀번호예요")).text()
    other = await (await sign_in(email="nobody@desk.example", password="틀린 비밀번호예요")).text()
    strip = [line for line in one.splitlines() if "csrf" not in line]
    assert strip == [line for line in other.splitlines() if "csrf" not in line]


async def test_security_five_failures_lock_the_account_also_for_the_right_password(sign_in: SignIn) -> None:
    for _ in range(accounts.MOST_FAILURES):
        assert (await sign_in(email=KIM, password="틀린 비밀번호예요")).status == 403
    locked = await sign_in(email=KIM, password=PASSWORD)
    assert locked.status == 429
    assert "15분 뒤" in await locked.text()
    assert (await sign_in(email="lee@desk.example", password=PASSWORD)).status == 303


async def test_a_locked_account_opens_by_itself_and_by_a_new_password(sign_in: SignIn) -> None:
    for _ in range(accounts.MOST_FAILURES):
        await sign_in(email=KIM, password="틀린 비밀번호예요")
    with database.session() as session:
        session.execute(update(User).where(User.email == KIM)
                        .values(locked_until=User.created_at).execution_options(synchronize_session=False))
    assert (await sign_in(email=KIM, password=PASSWORD)).status == 303
    for _ in range(accounts.MOST_FAILURES):
        await sign_in(email=KIM, password="틀린 비밀번호예요")
    with database.session() as session:
        accounts.set_password(session, KIM, "새로운 비밀번호예요", actor="test")
    assert (await sign_in(email=KIM, password="새로운 비밀번호예요")).status == 303


async def test_a_right_password_forgets_the_failures_before_it(sign_in: SignIn) -> None:
    for _ in range(2):
        for _ in range(accounts.MOST_FAILURES - 1):
            await sign_in(email=KIM, password="틀린 비밀번호예요")
        assert (await sign_in(email=KIM, password=PASSWORD)).status == 303


@pytest.mark.parametrize(("column", "ago"), [("seen_at", signed_in.IDLE), ("created_at", signed_in.AT_MOST)])
async def test_security_a_session_ends_when_idle_and_after_a_day(person: SignedIn, column: str, ago: timedelta) -> None:
    kim = await person("kim")
    with database.session() as session:
        row = session.execute(select(DeskSession)).scalar_one()
        setattr(row, column, getattr(row, column) - ago)
    answer = await kim.raw("GET", "/desk")
    assert (answer.status, answer.headers["Location"]) == (303, "/desk/sign-in?again=1")


async def test_looking_at_pages_keeps_a_session_alive(person: SignedIn) -> None:
    kim = await person("kim")
    with database.session() as session:
        row = session.execute(select(DeskSession)).scalar_one()
        row.seen_at = row.seen_at - signed_in.IDLE + timedelta(minutes=2)
        before = row.seen_at
    await kim.get("/desk")
    with database.session(read_only=True) as session:
        assert session.execute(select(DeskSession.seen_at)).scalar_one() > before


async def test_security_signing_out_ends_the_session_on_the_server(person: SignedIn) -> None:
    kim = await person("kim")
    await kim.post("/desk/sign-out", 303)
    assert (await kim.raw("GET", "/desk")).status == 303


async def test_security_a_shut_account_is_out_at_once(person: SignedIn) -> None:
    kim = await person("kim")
    with database.session() as session:
        accounts.disable(session, KIM, actor="test")
    assert (await kim.raw("GET", "/desk")).status == 303


async def test_security_a_new_password_needs_the_old_one_and_ends_every_session(
    person: SignedIn, sign_in: SignIn
) -> None:
    kim, elsewhere = await person("kim"), await person("kim")
    await kim.post("/desk/account", 409, old="틀린 비밀번호예요", new="새로운 비밀번호예요", again="새로운 비밀번호예요")
    await kim.post("/desk/account", 409, old=PASSWORD, new="짧아요", again="짧아요")
    await kim.post("/desk/account", 303, old=PASSWORD, new="새로운 비밀번호예요", again="새로운 비밀번호예요")
    assert (await elsewhere.raw("GET", "/desk")).status == 303
    assert (await sign_in(email=KIM, password="새로운 비밀번호예요")).status == 303


async def test_security_a_form_without_our_token_or_from_another_site_does_nothing(person: SignedIn) -> None:
    lead_id = make_lead()
    kim, lee = await person("kim"), await person("lee")
    path = f"/desk/leads/{lead_id}"
    for csrf in ("", "guessed", await lee.csrf()):
        await kim.post(path, 403, csrf=csrf, action="claim")
    foreign = await kim.raw("POST", path, data={"csrf": await kim.csrf(), "action": "claim"},
                            headers={"Origin": "https://evil.example"})
    assert foreign.status == 403
    await kim.post(path, 303, action="claim")


async def test_security_signing_in_needs_the_form_of_the_door(client: TestClient[Any, Any]) -> None:
    answer = await client.post("/desk/sign-in", data={"email": KIM, "password": PASSWORD}, allow_redirects=False)
    assert answer.status == 403


async def test_security_the_desk_api_takes_the_session_and_a_header_for_changes(
    person: SignedIn, client: TestClient[Any, Any]
) -> None:
    lead_id = make_lead()
    kim = await person("kim")
    assert (await kim.raw("GET", "/api/desk/leads")).status == 200
    path, body = f"/api/desk/leads/{lead_id}/transitions", {"to": "claimed"}
    assert (await kim.raw("POST", path, json=body)).status == 401
    assert (await kim.raw("POST", path, json=body, headers={"X-CSRF-Token": await kim.csrf()})).status == 200


async def test_security_signing_in_and_locking_stand_in_the_audit_without_addresses(sign_in: SignIn) -> None:
    await sign_in(email=KIM, password=PASSWORD)
    for _ in range(accounts.MOST_FAILURES):
        await sign_in(email=KIM, password="틀린 비밀번호예요")
    with database.session(read_only=True) as session:
        rows = list(session.execute(select(AuditEntry)).scalars())
    assert {"signed in", "user.locked"} <= {row.action for row in rows}
    assert not any("@" in f"{row.subject}{row.details}{row.actor}" for row in rows)


@pytest.mark.parametrize(("given", "said"), [
    ({"role": "planner"}, "센터"), ({"role": "planner", "center_id": "atlantis"}, "센터"),
    ({"role": "planner", "center_id": "suwon", "planner_id": "busan-1"}, "플래너"), ({"role": "king"}, "역할"),
    ({"role": "partner", "partner_id": "nobody"}, "파트너"), ({"role": "administrator", "name": "김하늘"}, "이름"),
    ({"role": "administrator", "email": "KIM@desk.example"}, "이메일"),
    ({"role": "administrator", "password": "짧은비번"}, "10자"),
])
def test_an_account_that_cannot_be_is_refused_with_the_reason(
    data_dir: Path, given: dict[str, str], said: str
) -> None:
    whole = {"name": "새 사람", "email": "new@desk.example", "password": PASSWORD, **given}
    with database.session() as session, pytest.raises(AccountInvalid, match=said):
        accounts.add_user(session, actor="test", **whole)
