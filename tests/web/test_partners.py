"""Partners: their keys and colours, who may frame the widget, what the self-check finds, and what is counted."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from hypothesis import given
from hypothesis import strategies as st

from bot.desk import booking, calendar, database, handoff, partners
from bot.desk.handoff import HandOff
from bot.desk.partners import PartnerError
from knowledge_base.clock import now
from tests.web.conftest import open_chat

SITE = "https://www.sme.or.kr"


@pytest.fixture
def key(data_dir: Path) -> str:
    """The key of a partner with settings of its own."""
    with database.session() as session:
        return partners.add(session, "sme", "소상공인회", [SITE, "https://*.park.go.kr"], accent="#ffd400",
                            greeting="소상공인회와 함께하는 상담이에요.", hours_notice="전화는 평일 9~18시예요.")


def _frame_ancestors(response: Any) -> str:
    return re.search(r"frame-ancestors (.*)$", response.headers["Content-Security-Policy"]).group(1)


async def test_widget_may_be_framed_by_the_partners_page_alone(client: TestClient[Any, Any], key: str) -> None:
    response = await client.get("/widget", params={"key": key, "origin": SITE})
    assert _frame_ancestors(response) == SITE
    assert "소상공인회" in await response.text()
    assert "X-Frame-Options" not in response.headers
    wild = await client.get("/widget", params={"key": key, "origin": "https://a.b.park.go.kr"})
    assert _frame_ancestors(wild) == "https://a.b.park.go.kr"


async def test_every_bad_key_gets_the_same_empty_page(client: TestClient[Any, Any], key: str) -> None:
    with database.session() as session:
        other = partners.add(session, "gone", "그만둔 곳", [SITE])
        partners.revoke(session, "gone")
    asked = [{"key": "dh_unknown", "origin": SITE}, {"key": other, "origin": SITE}, {"key": "", "origin": SITE},
             {"key": key, "origin": "https://evil.example"}, {"key": key}, {"key": "x\x00" * 300, "origin": SITE},
             {"key": key, "origin": "https://park.go.kr.evil.example"}, {"key": key, "origin": "https://xpark.go.kr"},
             {"key": key, "origin": "null"}, {"key": key, "origin": "*"}]
    pages = set()
    for params in asked:
        response = await client.get("/widget", params=params)
        assert _frame_ancestors(response) == "'none'"
        pages.add((response.status, await response.text()))
    assert len(pages) == 1
    assert "<script" not in pages.pop()[1]


async def test_our_own_page_frames_the_widget_without_a_key(client: TestClient[Any, Any]) -> None:
    assert _frame_ancestors(await client.get("/widget")) == "'self'"
    assert _frame_ancestors(await client.get("/")) == "'none'"


@pytest.mark.parametrize("address", ["/", "/widget", "/healthz", "/api/nothing", "/partners/check", "/favicon.ico"])
async def test_every_response_is_strict_about_what_may_run(client: TestClient[Any, Any], address: str) -> None:
    response = await client.get(address)
    policy = response.headers["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy
    assert "http" not in policy
    assert response.headers["X-Content-Type-Options"] == "nosniff"


@pytest.mark.parametrize("address", ["/", "/widget", "/partners/check"])
async def test_pages_have_nothing_inline_and_nothing_from_elsewhere(
    client: TestClient[Any, Any], address: str
) -> None:
    text = await (await client.get(address)).text()
    assert not re.search(r"<script(?![^>]* src=)", text)
    assert not re.search(r"\s(style|on\w+)=", text)
    assert "<style" not in text
    assert not re.search(r"(src|href)=\"(https?:)?//", text)


async def test_everything_a_browser_loads_is_small(client: TestClient[Any, Any]) -> None:
    from bot.web import assets

    text = await (await client.get("/widget")).text()
    names = set(re.findall(r'(?:src|href)="(/assets/[^"]+)"', text))
    total = sum(len(assets.assets()[name.rsplit("/", 1)[1]].packed) for name in names)
    assert len(names) >= 3
    assert total <= 60_000
    assert len(assets.assets()["embed.js"].packed) <= 3_000


async def test_static_files_are_kept_for_ever_under_their_version_only(client: TestClient[Any, Any]) -> None:
    from bot.web import assets

    good = await client.get(f"/assets/{assets.version()}/app.js")
    assert "immutable" in good.headers["Cache-Control"]
    assert good.headers["Content-Encoding"] == "gzip"
    old = await client.get("/assets/0000/app.js")
    assert old.headers["Cache-Control"] == "no-cache"
    again = await client.get("/assets/0000/app.js", headers={"If-None-Match": old.headers["ETag"]})
    assert again.status == 304
    for name in ("nope.js", "../settings.py", "%2e%2e/settings.py"):
        assert (await client.get(f"/assets/x/{name}")).status == 404


async def test_partners_words_come_first_in_the_greeting(client: TestClient[Any, Any], key: str) -> None:
    chat = await open_chat(client, partner_key=key)
    first, notice, greeting = chat.opened["messages"]
    assert first["text"] == "소상공인회와 함께하는 상담이에요."
    assert notice["card"]["type"] == "notice"
    assert "안녕하세요" in greeting["text"]


async def test_programs_a_partner_puts_first_are_offered_first(client: TestClient[Any, Any], key: str) -> None:
    from knowledge_base.program_schema import programs

    program = next(iter(programs().values()))
    with database.session() as session:
        partners.change(session, "sme", first_programs=[program.id])
    chat = await open_chat(client, partner_key=key)
    first = chat.opened["messages"][-1]["quick_replies"][0]
    assert first["title"] == program.name
    assert (await chat.post({"payload": first["payload"]})).status == 200


async def test_unknown_key_opens_no_conversation(client: TestClient[Any, Any]) -> None:
    response = await client.post("/api/chat/sessions", json={"partner_key": "dh_unknown"})
    assert response.status == 403
    assert "키" in (await response.json())["detail"]


async def test_milestones_are_counted_once_a_conversation(client: TestClient[Any, Any], key: str) -> None:
    chat = await open_chat(client, partner_key=key)
    await open_chat(client, partner_key=key)
    await open_chat(client)
    for text in ("안녕", "verdicts", "verdicts", "visit"):
        await chat.say(text)
    with database.session(read_only=True) as session:
        assert partners.counts(session, "sme")["booked"] == 0, "only looked up, not booked here"
    with database.session() as session:
        held = booking.hold(session, calendar.openings(session, "suwon")[0].id, conversation_id=chat.id)
        handoff.hand_off(session, HandOff(
            conversation_id=chat.id, contact_name="김하늘", phone="010-1234-5678", company_name="동행기계",
            facts={"company": {"region": "41110"}}, hold_id=held.id,
            consents=[{"purpose": "visit", "wording_version": "1", "given_at": now()}]), idempotency_key="k")
    await chat.say("visit")
    await chat.say("visit")
    with database.session(read_only=True) as session:
        assert partners.counts(session, "sme") == {"opened": 2, "talked": 1, "screened": 1, "booked": 1}
        assert partners.counts(session, None)["opened"] == 1


async def test_conversation_knows_its_partner_for_the_lead(client: TestClient[Any, Any], key: str) -> None:
    from bot.desk import conversations

    chat = await open_chat(client, partner_key=key)
    own = await open_chat(client)
    with database.session(read_only=True) as session:
        assert conversations.partner_of(session, chat.id) == "sme"
        assert conversations.partner_of(session, own.id) is None


def test_rotation_gives_a_new_key_and_time_to_change_the_old(
    key: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    with database.session() as session:
        new = partners.rotate(session, "sme", grace_days=14)
        assert partners.of_key(session, key) is not None
    monkeypatch.setenv("BOT_NOW", "2026-12-07T10:00:00+09:00")
    with database.session() as session:
        assert partners.of_key(session, key) is None
        assert partners.of_key(session, new) is not None
        assert [one.key for one in partners.keys(session, "sme")] == [new]


def test_rotating_again_does_not_give_an_old_key_more_time(key: str, monkeypatch: pytest.MonkeyPatch) -> None:
    with database.session() as session:
        partners.rotate(session, "sme", grace_days=1)
        partners.rotate(session, "sme", grace_days=30)
    monkeypatch.setenv("BOT_NOW", "2026-11-24T10:00:01+09:00")
    with database.session() as session:
        assert partners.of_key(session, key) is None


def test_revoked_partner_comes_back_when_restored(key: str) -> None:
    with database.session() as session:
        partners.revoke(session, "sme")
        assert partners.of_key(session, key) is None
        partners.restore(session, "sme")
        assert partners.of_key(session, key) is not None


@pytest.mark.parametrize(("given", "kept"), [
    ("https://www.sme.or.kr", "https://www.sme.or.kr"), ("HTTPS://WWW.SME.or.kr/", "https://www.sme.or.kr"),
    ("https://sme.or.kr:443", "https://sme.or.kr"), ("https://sme.or.kr:8443", "https://sme.or.kr:8443"),
    ("https://*.sme.or.kr", "https://*.sme.or.kr"), ("http://localhost:3000", "http://localhost:3000"),
    ("https://한국.kr", "https://xn--3e0b707e.kr"),
])
def test_origins_are_kept_as_browsers_send_them(given: str, kept: str) -> None:
    assert partners.origin_of(given) == kept


@pytest.mark.parametrize("given", [
    "http://www.sme.or.kr", "www.sme.or.kr", "https://sme.or.kr/page", "https://sme.or.kr?x", "https://user@sme.or.kr",
    "https://", "https://*", "https://a b.kr", "https://sme;script-src *", "https://sme.or.kr:99999", "javascript:1",
    "https://sme", "", "*", "null", "data:text/html,x", "https://sme.or.kr 'unsafe-inline'",
])
def test_addresses_that_are_no_origin_are_refused(given: str) -> None:
    with pytest.raises(PartnerError):
        partners.origin_of(given)


@given(st.tuples(*[st.integers(0, 255)] * 3))
def test_every_colour_is_made_readable(colour: tuple[int, int, int]) -> None:
    accent = partners.readable("#" + "".join(f"{part:02x}" for part in colour))
    rgb = [tuple(int(name[at:at + 2], 16) for at in (1, 3, 5)) for name in (accent.light, accent.dark)]
    assert partners.contrast(rgb[0], (255, 255, 255)) >= 4.5
    assert partners.contrast(rgb[1], (30, 33, 36)) >= 4.5


def test_readable_colour_is_left_alone() -> None:
    assert partners.readable("#256ef4").light == "#256ef4"
    assert not partners.readable("#083891").adjusted
    assert partners.contrast((0, 0, 0), (255, 255, 255)) == pytest.approx(21)


async def _check(client: TestClient[Any, Any], **params: str) -> list[tuple[str, str]]:
    text = await (await client.get("/partners/check", params=params)).text()
    return re.findall(r'<li class="(good|bad|open)"><span>(.*?)</span>', text)


async def test_self_check_says_what_is_wrong_with_the_key(client: TestClient[Any, Any], key: str) -> None:
    assert (await _check(client, key=key))[0] == ("good", "쓸 수 있는 키예요.")
    tone, words = (await _check(client, key="dh_nope"))[0]
    assert tone == "bad"
    assert "새 키" in words


async def test_self_check_says_what_is_wrong_with_the_site(client: TestClient[Any, Any], key: str) -> None:
    assert (await _check(client, key=key, site=f"{SITE}/a/b?c"))[1][0] == "good"
    tone, words = (await _check(client, key=key, site="https://sme.or.kr"))[1]
    assert tone == "bad"
    assert "등록되지 않은 곳" in words


@pytest.mark.parametrize(("policy", "tones"), [
    ("default-src 'self'", ["bad", "bad"]),
    ("script-src 'self' {home}; frame-src {home}", ["good", "good"]),
    ("default-src 'self'; script-src 'self' {home}; child-src {home}", ["good", "good"]),
    ("default-src *", ["good", "good"]),
    ("img-src 'self'", ["good", "good"]),
    ("Content-Security-Policy: script-src {home}; frame-src 'none'", ["good", "bad"]),
])
async def test_self_check_says_what_the_policy_blocks(
    client: TestClient[Any, Any], key: str, policy: str, tones: list[str]
) -> None:
    home = str(client.make_url("")).rstrip("/")
    found = await _check(client, key=key, site=SITE, csp=policy.format(home=home))
    assert [tone for tone, _ in found[2:]] == tones


async def test_self_check_shows_what_it_was_given_as_text(client: TestClient[Any, Any]) -> None:
    attack = '"><script>alert(1)</script>'
    text = await (await client.get("/partners/check", params={"key": attack, "site": attack, "csp": attack})).text()
    assert "<script>alert" not in text


async def test_preview_shows_good_keys_to_the_self_check_only(client: TestClient[Any, Any], key: str) -> None:
    good = await client.get("/partners/preview", params={"key": key})
    assert _frame_ancestors(good) == "'self'"
    bad = await client.get("/partners/preview", params={"key": "nope"})
    assert _frame_ancestors(bad) == "'none'"
    assert "<script" not in await bad.text()


def test_command_adds_lists_rotates_and_revokes(data_dir: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from bot.cli import main

    assert main(["partner", "add", "suwon", "--name", "수원산단", "--origin", SITE, "--accent", "#ffff00"]) == 0
    told = capsys.readouterr().out
    assert 'data-key="dh_' in told
    assert "어둡게" in told
    assert main(["partner", "rotate", "suwon"]) == 0
    assert main(["partner", "revoke", "suwon"]) == 0
    assert main(["partner", "list"]) == 0
    assert "suwon [중지됨]\t수원산단" in capsys.readouterr().out
    assert main(["partner", "add", "suwon", "--name", "또", "--origin", SITE]) == 2
    assert main(["partner", "add", "x", "--name", "x", "--origin", SITE]) == 2
    assert main(["partner", "change", "suwon", "--first-program", "no_such_program"]) == 2
    assert "no_such_program" in capsys.readouterr().err
