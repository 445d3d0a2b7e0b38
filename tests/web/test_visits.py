"""A visit by its link: seeing, moving, cancelling, and the invitation; and the desk API over the same visit."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from aiohttp.test_utils import TestClient
from icalendar import Calendar
from sqlalchemy import select

from bot.desk import booking, calendar, calendar_edits, database, handoff, tokens
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import Consent, Visit, Waiting
from knowledge_base.clock import now


@dataclass(frozen=True)
class Booked:
    """A visit booked for the tests."""

    lead_id: str
    number: str
    link: str
    starts_at: datetime


@pytest.fixture
def booked(data_dir: Path) -> Booked:
    """A firm's visit at the first free time of its center."""
    with database.session() as session:
        opening = calendar.openings(session, "suwon")[0]
        held = booking.hold(session, opening.id, conversation_id="c1")
        receipt = handoff.hand_off(session, HandOff(
            conversation_id="c1", contact_name="김하늘", phone="010-1234-5678", company_name="동행기계",
            facts={"company": {"region": "41110", "headcount": 25}}, wishes=("대체인력이 필요해요",),
            consents=[{"purpose": "visit", "wording_version": "1", "given_at": now()}], hold_id=held.id),
            idempotency_key="k1")
        return Booked(receipt.lead_id, receipt.number, receipt.link_token, opening.starts_at)


@pytest.fixture
def desk(data_dir: Path) -> dict[str, str]:
    """An administrator's headers."""
    with database.session() as session:
        _, token = tokens.create(session, "시험", role="administrator", actor="test")
    return {"Authorization": f"Bearer {token}"}


async def test_visit_is_shown_with_its_contact_masked(client: TestClient[Any, Any], booked: Booked) -> None:
    response = await client.get(f"/visits/{booked.link}")
    text = await response.text()
    assert response.status == 200
    assert booked.number in text
    assert "동행기계" in text
    assert "1234" not in text
    assert response.headers["Referrer-Policy"] == "no-referrer"
    assert response.headers["Cache-Control"] == "no-store"


async def test_visit_moves_to_another_free_time(client: TestClient[Any, Any], booked: Booked) -> None:
    text = await (await client.get(f"/visits/{booked.link}")).text()
    openings = re.findall(r'name="opening" value="([^"]+)"', text)
    assert len(openings) >= 2
    response = await client.post(f"/visits/{booked.link}", data={"action": "change", "opening": openings[-1]})
    told = await response.text()
    assert "바꿨어요" in told
    with database.session(read_only=True) as session:
        from bot.desk import visits

        assert visits.look_up_link(session, booked.link).starts_at != booked.starts_at


async def test_visit_is_cancelled_once(client: TestClient[Any, Any], booked: Booked) -> None:
    told = await (await client.post(f"/visits/{booked.link}", data={"action": "cancel", "reason": "일이 생겨서"})).text()
    assert "취소했어요" in told
    assert "시간 바꾸기" not in told
    again = await (await client.post(f"/visits/{booked.link}", data={"action": "cancel"})).text()
    assert 'role="alert"' in again


async def test_too_late_is_told_and_nothing_offered(
    client: TestClient[Any, Any], booked: Booked, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("BOT_NOW", booked.starts_at.isoformat())
    assert "바꾸거나 취소할 수 없어요" in await (await client.get(f"/visits/{booked.link}")).text()
    told = await (await client.post(f"/visits/{booked.link}", data={"action": "cancel"})).text()
    assert 'role="alert"' in told


@pytest.mark.parametrize("form", [{}, {"action": "erase"}, {"action": "change"}, {"action": "change", "opening": "x"}])
async def test_forms_nobody_made_change_nothing(
    client: TestClient[Any, Any], booked: Booked, form: dict[str, str]
) -> None:
    response = await client.post(f"/visits/{booked.link}", data=form)
    assert response.status == 200
    assert 'role="alert"' in await response.text()


async def test_forged_link_finds_nothing(client: TestClient[Any, Any], booked: Booked) -> None:
    for token in ("nope", booked.link[:-1], booked.number, "가"):
        assert (await client.get(f"/visits/{token}")).status == 404
        assert (await client.get(f"/visits/{token}.ics")).status == 404
        refused = await client.post(f"/visits/{token}", data={"action": "cancel"})
        assert refused.status == 404
        assert "이 링크로 예약을 찾지 못했어요" in (page := await refused.text())
        assert '<a class="button" href="/">상담창 열기</a>' in page


@pytest.mark.parametrize("ending", [".ics", "/invitation.ics"])
async def test_invitation_is_the_visit(client: TestClient[Any, Any], booked: Booked, ending: str) -> None:
    response = await client.get(f"/visits/{booked.link}{ending}")
    assert response.content_type == "text/calendar"
    [event] = Calendar.from_ical(await response.text()).walk("VEVENT")
    assert event.decoded("dtstart") == booked.starts_at
    assert "attachment" in response.headers["Content-Disposition"]


async def test_desk_reads_leads_and_visits(
    client: TestClient[Any, Any], booked: Booked, desk: dict[str, str]
) -> None:
    listed = await (await client.get("/api/desk/leads", headers=desk)).json()
    schema = await (await client.get("/schemas/lead.v1.json")).json()
    assert listed["next"] is None
    [lead] = listed["leads"]
    jsonschema.validate(lead, schema)
    assert lead["contact"]["phone"] == "010-1234-5678"
    one = await (await client.get(f"/api/desk/leads/{booked.lead_id}", headers=desk)).json()
    assert one["number"] == booked.number
    visits = await (await client.get("/api/desk/visits", headers=desk)).json()
    assert [(one["lead_id"], one["starts_at"]) for one in visits["visits"]] == [
        (booked.lead_id, booked.starts_at.isoformat())]
    day = booked.starts_at.date().isoformat()
    for query, count in (({"from": day, "to": day}, 1), ({"to": "2026-11-23"}, 0), ({"center": "daegu"}, 0),
                         ({"state": "cancelled"}, 0), ({"state": "booked", "limit": "1"}, 1)):
        found = await (await client.get("/api/desk/visits", headers=desk, params=query)).json()
        assert len(found["visits"]) == count, query


async def test_desk_moves_a_lead(client: TestClient[Any, Any], booked: Booked, desk: dict[str, str]) -> None:
    address = f"/api/desk/leads/{booked.lead_id}/transitions"
    before = (await (await client.get(f"/api/desk/leads/{booked.lead_id}", headers=desk)).json())["state"]
    stale = await client.post(address, headers=desk, json={"to": "claimed", "expected_state": "closed"})
    moved = await client.post(address, headers=desk, json={"to": "claimed", "expected_state": before})
    assert moved.status == 200, await moved.text()
    assert (await moved.json())["state"] == "claimed"
    refused = await client.post(address, headers=desk, json={"to": "plan_delivered"})
    assert refused.status == 409
    assert "바꿀 수 없어요" in (await refused.json())["detail"]
    assert stale.status in (200, 409)


@pytest.mark.parametrize("document", [{}, {"to": "nowhere"}, {"to": 5}, []])
async def test_desk_refuses_moves_that_are_none(
    client: TestClient[Any, Any], booked: Booked, desk: dict[str, str], document: Any
) -> None:
    response = await client.post(f"/api/desk/leads/{booked.lead_id}/transitions", headers=desk, json=document)
    assert response.status == 422


async def test_security_desk_needs_a_good_token(client: TestClient[Any, Any], booked: Booked) -> None:
    with database.session() as session:
        planner = tokens.create(session, "대구", role="planner", center_id="daegu", actor="test")[1]
        partner = tokens.create(session, "파트너", role="partner", partner="other", actor="test")[1]
        revoked_row, revoked = tokens.create(session, "옛것", role="administrator", actor="test")
        tokens.revoke(session, revoked_row.id, actor="test")
    for address in ("/api/desk/leads", "/api/desk/visits", f"/api/desk/leads/{booked.lead_id}"):
        for headers in ({}, {"Authorization": "Bearer dh_wrong"}, {"Authorization": f"Bearer {revoked}"}):
            assert (await client.get(address, headers=headers)).status == 401
    for token in (planner, partner):
        headers = {"Authorization": f"Bearer {token}"}
        assert (await (await client.get("/api/desk/leads", headers=headers)).json())["leads"] == []
        assert (await (await client.get("/api/desk/visits", headers=headers)).json())["visits"] == []
        assert (await client.get(f"/api/desk/leads/{booked.lead_id}", headers=headers)).status == 404


@pytest.mark.parametrize("query", [{"state": "nope"}, {"limit": "0"}, {"limit": "201"}, {"limit": "x"}, {"after": "x"}])
async def test_desk_queries_that_are_none_are_problems(
    client: TestClient[Any, Any], desk: dict[str, str], query: dict[str, str]
) -> None:
    response = await client.get("/api/desk/leads", headers=desk, params=query)
    assert response.status in (404, 422)
    assert response.content_type == "application/problem+json"


@pytest.mark.parametrize("query", [{"from": "nope"}, {"to": "0001-01-01"}, {"to": "9999-12-31"}, {"state": "held"}])
async def test_visit_queries_that_are_none_are_problems(
    client: TestClient[Any, Any], desk: dict[str, str], query: dict[str, str]
) -> None:
    assert (await client.get("/api/desk/visits", headers=desk, params=query)).status == 422


@pytest.fixture
def full(booked: Booked) -> str:
    """The booked visit's center is closed for three weeks; the closure's id."""
    with database.session() as session:
        return str(calendar_edits.close(session, Viewer("admin", "administrator"), now(), now() + timedelta(days=21),
                                        center_id="suwon")[0].id)


async def test_with_no_time_free_one_can_wait_with_consent_and_leave_again(
    client: TestClient[Any, Any], booked: Booked, full: str
) -> None:
    page = await (await client.get(f"/visits/{booked.link}")).text()
    assert "자리가 나면 알려 드릴까요?" in page
    start = re.findall(r'name="from" value="([^"]+)"', page)[0]
    refused = await client.post(f"/visits/{booked.link}", data={"action": "wait", "from": start})
    assert "동의해 주셔야" in await refused.text()
    wrong = await client.post(f"/visits/{booked.link}", data={"action": "wait", "agreed": "1", "email": "없음"})
    assert "이메일 주소를 알아보지 못했어요" in await wrong.text()
    told = await (await client.post(f"/visits/{booked.link}", data={
        "action": "wait", "from": start, "agreed": "1", "email": "hana@firm.example"})).text()
    assert "자리가 나면 이메일로 알려 드려요" in told
    with database.session(read_only=True) as session:
        purposes = session.execute(select(Consent.purpose, Consent.wording_version).order_by(Consent.purpose)).all()
    assert [tuple(row) for row in purposes] == [("visit", "1"), ("waiting", "visit page 2026-11-23")]
    entry = re.findall(r'name="waiting" value="([^"]+)"', told)[0]
    left = await (await client.post(f"/visits/{booked.link}", data={"action": "leave", "waiting": entry})).text()
    assert "대기를 그만뒀어요" in left
    assert booked.number in left
    again = await client.post(f"/visits/{booked.link}", data={"action": "leave", "waiting": entry})
    assert "이미 끝났을 수 있어요" in await again.text()


async def test_after_a_block_is_lifted_the_page_offers_the_time_and_books_it(
    client: TestClient[Any, Any], booked: Booked, full: str
) -> None:
    await client.post(f"/visits/{booked.link}", data={"action": "cancel"})
    await client.post(f"/visits/{booked.link}", data={"action": "wait", "agreed": "1", "from": ""})
    with database.session() as session:
        calendar_edits.reopen(session, Viewer("admin", "administrator"), full)
    page = await (await client.get(f"/visits/{booked.link}")).text()
    assert "기다리시던 자리가 났어요" in page
    openings = re.findall(r'name="opening" value="([^"]+)"', page)
    done = await (await client.post(f"/visits/{booked.link}", data={"action": "book", "opening": openings[0]})).text()
    assert "방문을 예약했어요" in done
    assert "기다리시던" not in done
    twice = await (await client.post(f"/visits/{booked.link}", data={"action": "book", "opening": openings[-1]})).text()
    assert "여기서는 예약할 수 없어요" in twice


async def test_security_a_call_back_alone_can_neither_book_nor_wait(client: TestClient[Any, Any], data_dir: Path) -> None:
    with database.session() as session:
        receipt = handoff.hand_off(session, HandOff(
            conversation_id="c2", contact_name="김하늘", phone="010-1234-5678", facts={"company": {"region": "41110"}},
            consents=[{"purpose": "callback", "wording_version": "1", "given_at": now()}]))
        free = calendar.openings(session, "suwon")[0].id
    for form in ({"action": "book", "opening": free}, {"action": "wait", "agreed": "1"}):
        text = await (await client.post(f"/visits/{receipt.link_token}", data=form)).text()
        assert 'role="alert"' in text
    with database.session(read_only=True) as session:
        assert session.execute(select(Visit)).first() is None
        assert session.execute(select(Waiting)).first() is None
