"""The chat API as its callers see it: what is answered, what is refused, and that nothing is said twice."""

from __future__ import annotations

import asyncio
import json
import sqlite3
from pathlib import Path
from typing import Any

import pytest
from aiohttp.test_utils import TestClient
from freezegun import freeze_time

from tests.web.conftest import Chat, Start, open_chat
from tests.web.fake_rasa import CARDS, FakeRasa


def _is_problem(response: Any, document: dict[str, Any]) -> bool:
    korean = any("가" <= letter <= "힣" for letter in document["detail"])
    return bool(response.content_type == "application/problem+json" and document["status"] == response.status and korean)


async def test_opening_greets_and_gives_id_and_token(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    response = await client.post("/api/chat/sessions")
    opened = await response.json()
    assert response.status == 201
    assert response.headers["Location"].endswith(opened["session_id"])
    assert opened["messages"][0]["quick_replies"][0]["payload"] == "/ask_eligibility"
    assert opened["turn"]["act"] == "greet"
    assert rasa.heard == [(opened["session_id"], "/greet")]


async def test_token_is_not_stored_as_it_is(chat: Chat, data_dir: Path) -> None:
    await chat.say("비밀스러운 말")
    rows = sqlite3.connect(data_dir / "desk.db").iterdump()
    dump = "\n".join(rows)
    assert chat.id in dump
    assert chat.token not in dump
    assert "비밀스러운" not in dump


async def test_text_and_card_of_one_utterance_come_as_one_message(chat: Chat) -> None:
    said = await chat.say("answer")
    assert [(one["text"], one["card"]["type"]) for one in said["messages"]] == [("answer 카드예요.", "answer")]
    assert said["turn"] == {"act": "answer", "items": ["one"], "facts": {"company": {"headcount": 25}}, "asks": None}


@pytest.mark.parametrize("kind", sorted(CARDS))
async def test_every_card_passes_as_it_is(chat: Chat, kind: str) -> None:
    said = await chat.say(kind)
    assert said["messages"][0]["card"] == CARDS[kind]


async def test_question_names_the_fact_it_asks_for(chat: Chat) -> None:
    said = await chat.say("buttons")
    assert said["turn"]["act"] == "ask_fact"
    assert said["turn"]["asks"] == "event.cover"
    assert len(said["messages"][0]["quick_replies"]) == 2


async def test_repeated_id_gives_the_first_reply_and_says_nothing_again(chat: Chat, rasa: FakeRasa) -> None:
    first = await chat.say("안녕", "m1")
    again = await chat.say("다른 말", "m1")
    assert again == first
    assert [text for _, text in rasa.heard].count("안녕") == 1
    assert "다른 말" not in [text for _, text in rasa.heard]


async def test_same_id_twice_at_once_is_said_once(chat: Chat, rasa: FakeRasa) -> None:
    rasa.delay = 0.3
    first, second = await asyncio.gather(chat.say("동시에", "m1"), chat.say("동시에", "m1"))
    assert first == second
    assert [text for _, text in rasa.heard].count("동시에") == 1


async def test_messages_of_one_conversation_are_answered_in_order(chat: Chat, rasa: FakeRasa) -> None:
    rasa.delay = 0.1
    posts = []
    for number in range(5):
        posts.append(asyncio.create_task(chat.say(f"말{number}", f"m{number}")))
        await asyncio.sleep(0.02)
    answers = await asyncio.gather(*posts)
    assert [text for _, text in rasa.heard[1:]] == [f"말{number}" for number in range(5)]
    assert [answer["messages"][-1]["text"] for answer in answers] == [f"들었어요: 말{number}" for number in range(5)]


async def test_different_conversations_do_not_wait_for_each_other(
    client: TestClient[Any, Any], rasa: FakeRasa
) -> None:
    chats = [await open_chat(client) for _ in range(4)]
    rasa.delay = 0.5
    begun = asyncio.get_running_loop().time()
    await asyncio.gather(*(one.say("안녕") for one in chats))
    assert asyncio.get_running_loop().time() - begun < 1.6


async def test_offered_payload_is_passed_on_and_shown_by_its_title(chat: Chat, rasa: FakeRasa) -> None:
    response = await chat.post({"payload": "/ask_eligibility", "client_message_id": "p"})
    assert response.status == 200
    assert rasa.heard[-1][1] == "/ask_eligibility"
    lines = (await chat.look())["messages"]
    assert [one["text"] for one in lines if one["from"] == "person"] == ["우리 회사가 받을 지원"]


async def test_times_of_an_openings_card_may_be_chosen(chat: Chat, rasa: FakeRasa) -> None:
    await chat.say("openings")
    payload = CARDS["openings"]["days"][0]["times"][0]["payload"]
    assert (await chat.post({"payload": payload})).status == 200
    assert rasa.heard[-1][1] == payload


@pytest.mark.parametrize("payload", ["/restart", '/inform{"headcount":5}', "/affirm", "", "/ask_eligibility "])
async def test_payload_not_offered_is_refused(chat: Chat, rasa: FakeRasa, payload: str) -> None:
    response = await chat.post({"payload": payload})
    assert response.status == 422
    assert _is_problem(response, await response.json())
    assert len(rasa.heard) == 1


@pytest.mark.parametrize("text", ["/restart", " /restart", "//restart", "\u202e/restart", "/ /restart"])
async def test_text_cannot_be_a_command(chat: Chat, rasa: FakeRasa, text: str) -> None:
    await chat.say(text)
    assert not rasa.heard[-1][1].lstrip().startswith("/")


@pytest.mark.parametrize(("text", "heard"), [
    ("수원이고\r\n25명", "수원이고\n25명"),
    ("한글".encode().decode(), "한글"),
    ("\u1112\u1161\u11ab\u1100\u1173\u11af", "한글"),
    ("가\x00나\x07다", "가나다"),
    ("abc\u202egnp.exe\u2066", "abcgnp.exe"),
    ("Z\u0300\u0301\u0302\u0303\u0304\u0305algo", "Z\u0300\u0301\u0302algo"),
    ("👍🏽", "👍🏽"),
    ("<script>alert(1)</script>", "<script>alert(1)</script>"),
])
async def test_text_arrives_composed_and_without_what_nobody_typed(
    chat: Chat, rasa: FakeRasa, text: str, heard: str
) -> None:
    await chat.say(text)
    assert rasa.heard[-1][1] == heard


async def test_half_a_character_is_no_trouble(chat: Chat, rasa: FakeRasa) -> None:
    response = await chat.client.post(
        f"/api/chat/sessions/{chat.id}/messages", data=b'{"text": "\\ud800\xea\xb0\x80"}', headers=chat.headers)
    assert response.status == 200
    assert rasa.heard[-1][1] == "가"


@pytest.mark.parametrize("document", [
    {}, {"text": ""}, {"text": "   \n"}, {"text": "\u200e\u202e"}, {"text": "/"}, {"text": 5}, {"text": ["가"]},
    {"text": "가", "payload": "/affirm"}, {"payload": 5}, {"text": "가", "client_message_id": 5},
    {"text": "가", "client_message_id": "x" * 81}, [], "가", None, 5,
])
async def test_what_cannot_be_a_message_is_a_korean_problem(chat: Chat, rasa: FakeRasa, document: Any) -> None:
    response = await chat.post(document)
    assert response.status == 422
    assert _is_problem(response, await response.json())
    assert len(rasa.heard) == 1


async def test_a_thousand_characters_are_taken_and_one_more_is_not(chat: Chat, rasa: FakeRasa) -> None:
    await chat.say("가" * 1000)
    assert rasa.heard[-1][1] == "가" * 1000
    for length in (1001, 10_000):
        response = await chat.post({"text": "가" * length})
        problem = await response.json()
        assert response.status == 422
        assert problem["type"].endswith("message-too-long")
        assert f"{length:,}자" in problem["detail"]


async def test_a_megabyte_is_refused_before_it_is_read(chat: Chat) -> None:
    response = await chat.post({"text": "가" * 1_000_000})
    assert response.status == 413
    assert _is_problem(response, await response.json())


@pytest.mark.parametrize("body", [b"{", b"nope", b"\xff\xfe", b"[" * 20_000, b'{"text": NaN'])
async def test_json_that_is_none_is_a_problem(chat: Chat, body: bytes) -> None:
    response = await chat.client.post(f"/api/chat/sessions/{chat.id}/messages", data=body, headers=chat.headers)
    assert response.status == 400
    assert _is_problem(response, await response.json())


async def test_slow_body_is_given_up(start: Start) -> None:
    chat = await open_chat(await start(body_seconds=0.2))

    async def trickle() -> Any:
        yield b'{"text":'
        await asyncio.sleep(0.6)
        yield b'"x"}'

    response = await chat.client.post(f"/api/chat/sessions/{chat.id}/messages", data=trickle(), headers=chat.headers)
    assert response.status == 408
    assert _is_problem(response, await response.json())


async def test_wrong_missing_and_foreign_tokens_open_nothing(client: TestClient[Any, Any], chat: Chat) -> None:
    other = await open_chat(client)
    address = f"/api/chat/sessions/{chat.id}"
    for headers in ({}, {"Authorization": "Bearer wrong"}, {"Authorization": f"Bearer {other.token}"},
                    {"Authorization": f"Basic {chat.token}"}, {"Authorization": "Bearer "}):
        for response in (await client.get(address, headers=headers),
                         await client.post(f"{address}/messages", json={"text": "가"}, headers=headers)):
            assert response.status == 401
            assert response.headers["WWW-Authenticate"] == "Bearer"
            assert _is_problem(response, await response.json())


async def test_unknown_conversation_is_not_found(client: TestClient[Any, Any], chat: Chat) -> None:
    for session_id in ("nope", "00000000-0000-0000-0000-000000000000", "가", "x" * 500):
        response = await client.get(f"/api/chat/sessions/{session_id}", headers=chat.headers)
        assert response.status == 404
        assert _is_problem(response, await response.json())


async def test_token_expires_a_week_after_the_last_message(chat: Chat, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NOW", "2026-11-29T10:00:00+09:00")
    await chat.say("아직 있어요")
    monkeypatch.setenv("BOT_NOW", "2026-12-06T09:59:00+09:00")
    await chat.look()
    monkeypatch.setenv("BOT_NOW", "2026-12-06T10:00:00+09:00")
    response = await chat.client.get(f"/api/chat/sessions/{chat.id}", headers=chat.headers)
    assert response.status == 401


async def test_transcript_resumes_the_conversation(chat: Chat) -> None:
    await chat.say("안녕", "m1")
    found = await chat.look()
    assert [(one["from"], one["text"]) for one in found["messages"]][1:] == [
        ("person", "안녕"), ("bot", "들었어요: 안녕")]
    assert found["messages"][1]["client_message_id"] == "m1"
    assert found["waiting"] is False
    assert len({one["id"] for one in found["messages"]}) == 3


async def test_unknown_address_and_method_are_problems(client: TestClient[Any, Any]) -> None:
    missing = await client.get("/api/nothing")
    assert missing.status == 404
    assert _is_problem(missing, await missing.json())
    wrong = await client.put("/api/chat/sessions")
    assert wrong.status == 405
    assert "POST" in wrong.headers["Allow"]
    assert _is_problem(wrong, await wrong.json())


async def test_surprise_inside_is_a_problem_that_tells_nothing(
    client: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: Any, **__: Any) -> None:
        raise RuntimeError("secret inner detail")

    monkeypatch.setattr("bot.desk.conversations.open_conversation", broken)
    response = await client.post("/api/chat/sessions")
    text = await response.text()
    assert response.status == 500
    assert "secret" not in text
    assert "1350" in json.loads(text)["detail"]


async def test_opinion_is_kept_with_the_answer_it_is_about(chat: Chat) -> None:
    from bot.desk import conversations, database

    message = (await chat.say("answer"))["messages"][0]
    body = {"message_id": message["id"], "rating": "down", "reason": "unclear", "comment": "말이 어려워요"}
    for _ in range(2):
        response = await chat.client.post(f"/api/chat/sessions/{chat.id}/feedback", json=body, headers=chat.headers)
        assert response.status == 204
    with database.session(read_only=True) as session:
        [(kept, line)] = conversations.feedback(session)
        assert (kept.rating, kept.reason, kept.comment) == ("down", "unclear", "말이 어려워요")
        assert line is not None
        assert line.text == "answer 카드예요."


@pytest.mark.parametrize(("change", "status"), [
    ({"rating": "great"}, 422), ({"reason": "because"}, 422), ({"message_id": "99.9"}, 404), ({"message_id": None}, 404),
    ({"comment": "x" * 501}, 422),
])
async def test_opinion_that_cannot_be_is_refused(chat: Chat, change: dict[str, Any], status: int) -> None:
    body = {"message_id": "0.0", "rating": "up", **change}
    response = await chat.client.post(f"/api/chat/sessions/{chat.id}/feedback", json=body, headers=chat.headers)
    assert response.status == status
    assert _is_problem(response, await response.json())


async def test_too_many_messages_of_one_conversation_wait(start: Start) -> None:
    chat = await open_chat(await start(session_messages_burst=3, session_messages_per_second=0.1))
    statuses = [(await chat.post({"text": "가"})).status for _ in range(4)]
    assert statuses == [200, 200, 200, 429]
    refused = await chat.post({"text": "가"})
    assert int(refused.headers["Retry-After"]) >= 1
    other = await open_chat(chat.client)
    assert (await other.post({"text": "가"})).status == 200


async def test_too_many_conversations_of_one_address_wait(start: Start) -> None:
    client = await start(address_sessions_burst=2, address_sessions_per_second=0.01, trusted_proxies=1)

    async def status(address: str) -> int:
        return (await client.post("/api/chat/sessions", headers={"X-Forwarded-For": f"9.9.9.9, {address}"})).status

    assert [await status("203.0.113.5") for _ in range(3)] == [201, 201, 429]
    assert await status("203.0.113.6") == 201
    assert [await status(f"2001:db8::{number}") for number in range(3)] == [201, 201, 429]


async def test_forwarded_address_is_not_believed_without_a_proxy_of_ours(start: Start) -> None:
    client = await start(address_sessions_burst=1, address_sessions_per_second=0.01)
    for number in range(3):
        response = await client.post("/api/chat/sessions", headers={"X-Forwarded-For": f"203.0.113.{number}"})
        assert response.status == 201


async def test_conversation_has_an_end(start: Start) -> None:
    chat = await open_chat(await start(turns_per_session=2))
    assert [(await chat.post({"text": "가"})).status for _ in range(3)] == [200, 200, 409]


async def test_waiting_for_tokens_refills_with_time() -> None:
    from bot.web.limits import TokenBucket

    moment = 0.0
    bucket = TokenBucket(2, 0.5, clock=lambda: moment)
    assert [bucket.take("a"), bucket.take("a"), bucket.take("a")] == [0, 0, 2.0]
    moment = 2.0
    assert bucket.take("a") == 0
    assert bucket.take("a") == 2.0


async def test_proof_of_work_is_wanted_before_booking_under_abnormal_load_only(start: Start, rasa: FakeRasa) -> None:
    import base64
    import hashlib

    chat = await open_chat(await start(abnormal_sessions_per_minute=2, proof_effort=500))
    rasa.asks = "visit.opening"
    assert (await chat.post({"text": "예약이요"})).status == 200
    assert (await chat.post({"text": "2시요", "client_message_id": "m"})).status == 200
    await open_chat(chat.client)  # the second one in a minute
    refused = await chat.post({"text": "3시요", "client_message_id": "n"})
    assert refused.status == 428
    challenge = (await refused.json())["challenge"]
    number = next(n for n in range(challenge["maxnumber"] + 1)
                  if hashlib.sha256(f"{challenge['salt']}{n}".encode()).hexdigest() == challenge["challenge"])
    wrong = base64.b64encode(json.dumps({**challenge, "number": number + 1}).encode()).decode()
    right = base64.b64encode(json.dumps({**challenge, "number": number}).encode()).decode()
    for proof in (wrong, "no base64", 5):
        assert (await chat.post({"text": "3시요", "client_message_id": "n", "proof": proof})).status == 428
    assert (await chat.post({"text": "3시요", "client_message_id": "n", "proof": right})).status == 200
    assert (await chat.post({"text": "네"})).status == 200
    other = await open_chat(chat.client)
    await other.say("예약이요")
    assert (await other.post({"text": "2시요", "proof": right})).status == 428


def test_proof_lives_ten_minutes(data_dir: Path) -> None:
    import base64
    import hashlib

    from bot.web.proof import Proofs

    proofs = Proofs(50)
    with freeze_time("2026-11-23T01:00:00Z") as clock:
        challenge = proofs.challenge("s")
        number = next(n for n in range(51)
                      if hashlib.sha256(f"{challenge['salt']}{n}".encode()).hexdigest() == challenge["challenge"])
        solution = base64.b64encode(json.dumps({**challenge, "number": number}).encode()).decode()
        assert not proofs.accepts(solution, "other")
        clock.tick(601)
        assert not proofs.accepts(solution, "s")


async def test_who_asks_to_be_forgotten_is_answered_and_forgotten(chat: Chat, rasa: FakeRasa, data_dir: Path) -> None:
    from bot.desk import conversations, database, privacy

    await chat.say("저는 김하늘이에요", "m1")
    await chat.say("010-1234-5678", "m2")

    def forget(conversation_id: str) -> None:
        with database.session() as session:
            privacy.erase_conversation(session, conversation_id, actor="bot")

    rasa.meanwhile = forget
    said = await chat.say("지워 주세요", "m3")
    rasa.meanwhile = None
    assert said["messages"][0]["text"] == "들었어요: 지워 주세요"
    with database.session(read_only=True) as session:
        assert [line.text for line in conversations.transcript(session, chat.id)] == ["들었어요: 지워 주세요"]
    assert (await chat.say("고마워요"))["messages"][0]["text"] == "들었어요: 고마워요"


async def test_old_conversations_go_some_days_after_their_token(
    client: TestClient[Any, Any], monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.desk import conversations, database

    old = await open_chat(client)
    await old.say("옛이야기")
    monkeypatch.setenv("BOT_NOW", "2026-11-24T10:00:00+09:00")
    young = await open_chat(client)
    monkeypatch.setenv("BOT_NOW", "2026-12-30T10:00:01+09:00")
    with database.session() as session:
        assert conversations.purge(session, days=30) == [old.id]
        assert conversations.transcript(session, old.id) == []
        assert conversations.transcript(session, young.id)
