"""An ended session, an old page or a refusal in the middle of a form: what was typed stays, with a way on."""

from __future__ import annotations

import json
import re
from collections.abc import Awaitable, Callable
from html import unescape
from typing import Any

import pytest
from aiohttp import ClientResponse
from aiohttp.test_utils import TestClient
from sqlalchemy import delete, select

from bot.desk import database
from bot.desk.models import LeadNote
from bot.desk.signed_in import DeskSession
from tests.console.conftest import PASSWORD, Person, make_lead

SignedIn = Callable[[str], Awaitable[Person]]
KIM, NOTE = "kim@desk.example", "오후 3시에 다시 통화하기로 함 <약속>"


def _end_every_session() -> None:
    with database.session() as session:
        session.execute(delete(DeskSession))


def _notes() -> list[str]:
    with database.session(read_only=True) as session:
        return list(session.execute(select(LeadNote.text)).scalars())


def _hidden(text: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in
            re.findall(r'<input type="hidden" name="([^"]+)" value="([^"]*)"', text)}


async def _own(client: TestClient[Any, Any], path: str, cookie: str | None = None, **form: str) -> ClientResponse:
    """A form as a browser sends it from our own page."""
    origin = f"http://{client.host}:{client.port}"
    headers = {"Origin": origin, **({"Cookie": f"donghaeng-desk={cookie}"} if cookie else {})}
    return await client.post(path, data=form, headers=headers, allow_redirects=False)


async def _door_with_note(
    person: SignedIn, client: TestClient[Any, Any], lead: str, *, with_cookie: bool = True
) -> tuple[ClientResponse, str]:
    kim = await person("kim")
    csrf = await kim.csrf()
    _end_every_session()
    client.session.cookie_jar.clear()
    door = await _own(client, f"/desk/leads/{lead}", kim.cookie if with_cookie else None, csrf=csrf, action="note",
                      text=NOTE)
    return door, await door.text()


@pytest.mark.parametrize("with_cookie", [True, False], ids=["idle too long", "so long that the browser dropped the cookie"])
async def test_a_note_typed_when_the_session_ended_is_sent_after_signing_in(
    person: SignedIn, client: TestClient[Any, Any], with_cookie: bool
) -> None:
    lead = make_lead()
    door, text = await _door_with_note(person, client, lead, with_cookie=with_cookie)
    assert door.status == 401
    assert "적으신 내용은 그대로 있어요" in text
    assert _notes() == []
    again = await _own(client, "/desk/sign-in", **_hidden(text), email=KIM, password=PASSWORD)
    shown = await again.text()
    assert again.status == 200
    assert NOTE in unescape(shown)
    assert f'action="/desk/leads/{lead}"' in shown
    assert _notes() == []  # nothing is sent without a look
    sent = await _own(client, f"/desk/leads/{lead}", again.cookies["donghaeng-desk"].value, **_hidden(shown))
    assert sent.status == 303
    assert _notes() == [NOTE]


async def test_a_wrong_password_on_the_way_loses_neither_the_note_nor_the_address(
    person: SignedIn, client: TestClient[Any, Any]
) -> None:
    _, text = await _door_with_note(person, client, make_lead())
    refused = await _own(client, "/desk/sign-in", **_hidden(text), email=KIM, password="틀린 비밀번호예요")
    second = await refused.text()
    assert refused.status == 403
    assert f'value="{KIM}"' in second
    assert NOTE in json.loads(_hidden(second)["carried"])["fields"].values()


async def test_a_form_of_an_earlier_session_is_shown_again_instead_of_refused(person: SignedIn) -> None:
    lead = make_lead()
    old, kim = await person("kim"), await person("kim")
    answer = await kim.raw("POST", f"/desk/leads/{lead}", data={
        "csrf": await old.csrf(), "action": "note", "text": NOTE},
        headers={"Origin": f"http://{kim.client.host}:{kim.client.port}"})
    text = await answer.text()
    assert answer.status == 403
    assert NOTE in unescape(text)
    assert _hidden(text)["csrf"] == await kim.csrf()


@pytest.mark.parametrize("origin", [None, "https://elsewhere.example"])
async def test_security_what_another_site_typed_is_never_carried(
    person: SignedIn, client: TestClient[Any, Any], origin: str | None
) -> None:
    lead = make_lead()
    kim = await person("kim")
    headers = {"Origin": origin} if origin else {}
    for cookie, status in ((kim.cookie, 403), ("gone", 303)):
        client.session.cookie_jar.clear()
        answer = await client.post(f"/desk/leads/{lead}", data={"action": "note", "text": "심은 글"}, headers={
            **headers, "Cookie": f"donghaeng-desk={cookie}"}, allow_redirects=False)
        assert answer.status == status
        assert "심은 글" not in await answer.text()


@pytest.mark.parametrize("path", ["https://elsewhere.example/", "//elsewhere.example", "/desk/../visits/x", "/healthz",
                                  "/desk\\x", "/desk/account", "/desk/sign-out"])
async def test_security_signing_in_leads_only_to_pages_of_the_desk(
    client: TestClient[Any, Any], path: str
) -> None:
    door = await client.get("/desk/sign-in", params={"next": path})
    form = _hidden(await door.text())
    carried = json.dumps({"path": path, "fields": {"text": "심은 글"}})
    answer = await _own(client, "/desk/sign-in", **{**form, "carried": carried, "next": path}, email=KIM,
                        password=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, "/desk")


async def test_security_passwords_are_never_carried(person: SignedIn, client: TestClient[Any, Any]) -> None:
    kim = await person("kim")
    csrf = await kim.csrf()
    _end_every_session()
    client.session.cookie_jar.clear()
    answer = await _own(client, "/desk/account", kim.cookie, csrf=csrf, old=PASSWORD, new="새-비밀번호-하나-1",
                        again="새-비밀번호-하나-1")
    assert answer.status == 303
    assert PASSWORD not in await answer.text()


async def test_a_link_from_a_mail_is_opened_after_signing_in(client: TestClient[Any, Any]) -> None:
    lead = make_lead()
    away = await client.get(f"/desk/leads/{lead}", allow_redirects=False)
    door = await client.get(away.headers["Location"])
    answer = await _own(client, "/desk/sign-in", **_hidden(await door.text()), email=KIM, password=PASSWORD)
    assert (answer.status, answer.headers["Location"]) == (303, f"/desk/leads/{lead}")


async def test_a_refused_move_keeps_the_reason_and_the_choice(person: SignedIn) -> None:
    lead, kim = make_lead(), await person("kim")
    await kim.post(f"/desk/leads/{lead}", 303, action="claim")
    stale = await kim.post(f"/desk/leads/{lead}", 409, action="move", from_state="new", to_state="contacted",
                           reason="두 번째 통화에서 연결됨")
    assert 'value="두 번째 통화에서 연결됨"' in await stale.text()
    await kim.post(f"/desk/leads/{lead}", 303, action="move", to_state="contacted")
    other = await (await kim.post(f"/desk/leads/{lead}", 409, action="move", to_state="closed", close_reason="other",
                                  reason=" ")).text()
    assert re.search(r'<details open><summary>종결하기', other)
    assert '<option value="other" selected>' in other


async def test_a_refused_closure_and_refused_rules_keep_what_was_typed(person: SignedIn) -> None:
    boss = await person("boss")
    refused = await boss.post("/desk/calendar/settings", 409, action="closure", center="suwon", kind="blocked",
                              note="전 직원 교육", **{"from": "2026-12-10T18:00", "until": "2026-12-10T09:00"})
    text = await refused.text()
    assert 'value="전 직원 교육"' in text
    assert 'value="2026-12-10T18:00"' in text
    assert '<option value="blocked" selected>' in text
    rules = await (await boss.post("/desk/calendar/settings", 409, action="rules", center="suwon", visit_minutes="45",
                                   travel_minutes="30", notice_hours="24", horizon_days="60", daily_cap="5",
                                   cutoff_hours="4", email="")).text()
    assert 'name="visit_minutes" value="45"' in rules
    assert 'name="daily_cap" value="5"' in rules
