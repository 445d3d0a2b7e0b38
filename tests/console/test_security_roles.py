"""Who reaches what at the desk: other centers, partners, settings of others, and what never leaves the page."""

from __future__ import annotations

import logging
from collections.abc import Awaitable, Callable
from typing import Any
from urllib.parse import urlencode

import pytest
from aiohttp.test_utils import TestClient
from sqlalchemy import select

from bot.desk import database, lead_actions
from bot.desk.models import Closure, ContactView, Lead, LeadNote, Planner
from tests.console.conftest import PHONE, WISH, Person, make_lead

SignedIn = Callable[[str], Awaitable[Person]]
PAGES = ("/desk", "/desk/calendar", "/desk/visits", "/desk/calendar/settings", "/desk/marks", "/desk/marks/cases.yaml",
         "/desk/numbers", "/desk/feedback", "/desk/partners", "/desk/waiting", "/desk/accounts", "/desk/accounts/x",
         "/desk/account", "/desk/leads/x", "/desk/leads/x/visit")


@pytest.mark.parametrize("path", PAGES)
async def test_security_nobody_sees_a_page_without_signing_in(client: TestClient[Any, Any], path: str) -> None:
    for method in ("GET", "POST"):
        answer = await client.request(method, path, allow_redirects=False)
        home = f"?{urlencode({'next': path})}" if method == "GET" and path not in ("/desk", "/desk/account") else ""
        assert (answer.status, answer.headers.get("Location")) == (303, f"/desk/sign-in{home}"), method


@pytest.mark.parametrize("who", ["busan", "park"])
@pytest.mark.parametrize("action", ["claim", "note", "move", "hand_over", "transfer", "mark"])
async def test_security_another_centers_lead_is_not_there(person: SignedIn, who: str, action: str) -> None:
    lead_id, other = make_lead(partner=None), await person(who)
    await other.get(f"/desk/leads/{lead_id}", 404)
    await other.post(f"/desk/leads/{lead_id}", 404, action=action, to_state="contacted", text="x", center="busan",
                     reason="x", program="replacement_worker_grant", right="yes")
    await other.get(f"/desk/leads/{lead_id}/visit", 404)
    await other.post(f"/desk/leads/{lead_id}/visit", 404, opening="suwon.suwon-1.20261201T1400")
    with database.session(read_only=True) as session:
        number = session.get(Lead, lead_id).number
        assert session.execute(select(LeadNote)).first() is None
        assert session.get(Lead, lead_id).state == "new"
    assert number not in await other.get("/desk?state=all")
    assert number not in (await (await other.post("/desk/search", 200, q=PHONE)).text())
    assert number not in (await (await other.post("/desk/export", 200, kind="csv", state="all")).text())


async def test_security_a_partner_sees_its_leads_without_contact_wishes_notes_and_talk(person: SignedIn) -> None:
    lead_id = make_lead()
    with database.session() as session:
        from tests.console.test_lead_pages import KIM
        lead_actions.note(session, lead_id, "내부 메모", KIM)
    park = await person("park")
    text = await park.get(f"/desk/leads/{lead_id}")
    for hidden in (PHONE, "김하나", "hana@firm.example", WISH, "내부 메모", "봇과 나눈 대화", "제가 맡을게요", "<textarea"):
        assert hidden not in text, hidden
    assert "010-****-6789" in text
    for action in ("claim", "note", "mark", "move", "hand_over"):
        answer = await park.post(f"/desk/leads/{lead_id}", action=action, text="x", program="replacement_worker_grant",
                                 right="yes", to_state="withdrawn")
        assert answer.status in (403, 409), action
    exported = await (await park.post("/desk/export", 200, kind="csv", contact="1")).text()
    assert PHONE not in exported
    assert "하나정밀" in exported
    with database.session(read_only=True) as session:
        assert session.get(Lead, lead_id).state == "new"
        assert session.execute(select(ContactView)).first() is None


@pytest.mark.parametrize(("who", "paths"), [
    ("kim", ("/desk/numbers", "/desk/feedback", "/desk/partners", "/desk/partners/industrial-park", "/desk/accounts",
             "/desk/accounts/x")),
    ("boss", ("/desk/partners", "/desk/partners/industrial-park", "/desk/accounts", "/desk/accounts/x")),
    ("park", ("/desk/accounts", "/desk/accounts/x", "/desk/waiting", "/desk/numbers", "/desk/feedback", "/desk/calendar", "/desk/visits", "/desk/marks",
              "/desk/marks/cases.yaml", "/desk/calendar/settings")),
])
async def test_security_pages_of_other_roles_are_refused(person: SignedIn, who: str, paths: tuple[str, ...]) -> None:
    somebody = await person(who)
    for path in paths:
        assert "권한이 없어요" in await somebody.get(path, 403), path


async def test_security_other_centers_calendars_are_not_there(person: SignedIn) -> None:
    for who in ("kim", "boss"):
        somebody = await person(who)
        for path in ("/desk/calendar", "/desk/visits", "/desk/calendar/settings"):
            await somebody.get(f"{path}?center=busan", 404)
    await (await person("admin")).get("/desk/calendar?center=busan")


@pytest.mark.parametrize("form", [
    {"action": "hours", "planner": "busan-1", "begins0": "09:00", "ends0": "18:00"},
    {"action": "planner", "planner": "busan-1", "name": "침입"},
    {"action": "closure", "planner": "busan-1", "kind": "leave", "from": "2026-12-01T09:00", "until": "2026-12-01T18:00"},
    {"action": "closure", "center": "busan", "kind": "blocked", "from": "2026-12-01T09:00", "until": "2026-12-01T18:00"},
    {"action": "added", "center": "busan", "name": "침입"},
    {"action": "rules", "center": "busan", "visit_minutes": "60", "travel_minutes": "30", "notice_hours": "1",
     "horizon_days": "10", "daily_cap": "1", "cutoff_hours": "1"},
])
@pytest.mark.parametrize("who", ["kim", "boss", "park"])
async def test_security_nobody_edits_another_centers_calendar(person: SignedIn, who: str, form: dict[str, str]) -> None:
    answer = await (await person(who)).post("/desk/calendar/settings", **form)
    assert answer.status == 403
    with database.session(read_only=True) as session:
        assert session.execute(select(Closure)).first() is None
        assert session.execute(select(Planner.name).where(Planner.center_id == "busan")).scalars().all() == ["정부산"]


async def test_security_a_planner_cannot_close_the_whole_center_or_add_planners(person: SignedIn) -> None:
    kim = await person("kim")
    span = {"from": "2026-12-01T09:00", "until": "2026-12-01T18:00"}
    await kim.post("/desk/calendar/settings", 403, action="closure", kind="blocked", **span)
    await kim.post("/desk/calendar/settings", 403, action="added", center="suwon", name="친구")


async def test_security_a_partner_reaches_only_its_own_settings_and_changes_nothing(person: SignedIn) -> None:
    admin, park = await person("admin"), await person("park")
    await admin.post("/desk/partners", 303, id="other-site", name="다른 곳", origins="https://other.example")
    assert "다른 곳" not in await park.get("/desk/partners")
    await park.get("/desk/partners/other-site", 404)
    assert "embed.js" in await park.get("/desk/partners/industrial-park")
    for action in ("rotate", "revoke", "change"):
        await park.post("/desk/partners/industrial-park", 404, action=action, name="침입")


async def test_security_every_page_keeps_the_strict_policy_and_stays_out_of_caches(person: SignedIn) -> None:
    lead_id, admin = make_lead(visit=True), await person("admin")
    for path in (*PAGES[:11], f"/desk/leads/{lead_id}", "/desk/partners/industrial-park"):
        answer = await admin.raw("GET", path)
        text = await answer.text()
        assert answer.status == 200, path
        assert "unsafe-inline" not in answer.headers["Content-Security-Policy"]
        assert answer.headers["Cache-Control"] == "no-store"
        for forbidden in ("<script>", " style=", " onclick=", "javascript:"):
            assert forbidden not in text, (path, forbidden)


async def test_security_what_firms_write_is_text_and_never_html(person: SignedIn) -> None:
    lead_id = make_lead(company="<script>alert(1)</script>", wishes=('"><img src=x onerror=alert(1)>',), visit=True)
    kim = await person("kim")
    for path in ("/desk", f"/desk/leads/{lead_id}", "/desk/calendar", "/desk/visits?day=2026-11-24"):
        text = await kim.get(path)
        assert "<script>alert" not in text
        assert "<img" not in text


async def test_security_no_contact_data_in_logs_also_when_something_breaks(
    person: SignedIn, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    caplog.set_level(logging.DEBUG)
    lead_id, kim = make_lead(), await person("kim")
    await kim.post("/desk/search", 200, q=PHONE)
    await kim.get(f"/desk/leads/{lead_id}")

    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("boom")

    monkeypatch.setattr(lead_actions, "claim", broken)
    answer = await kim.post(f"/desk/leads/{lead_id}", 500, action="claim")
    assert "boom" not in await answer.text()
    told = caplog.text
    assert "unexpected error" in told
    for secret in (PHONE, "김하나", "하나정밀", "kim@desk.example", kim.cookie):
        assert secret not in told
