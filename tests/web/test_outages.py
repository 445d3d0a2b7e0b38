"""When what is behind the web process is down or slow: nothing said is lost, nothing is said twice, people are told."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest
from aiohttp.test_utils import TestClient

from bot.web import talk
from bot.web.keys import TALK
from tests.web.conftest import Chat, Start, open_chat
from tests.web.fake_rasa import FakeRasa


def _notices(said: dict[str, Any]) -> list[str]:
    return [one["card"]["text"] for one in said["messages"] if one["card"] and one["card"]["type"] == "notice"]


async def test_message_is_kept_while_rasa_is_down_and_answered_with_the_next(chat: Chat, rasa: FakeRasa) -> None:
    rasa.up = False
    said = await chat.say("첫 번째", "m1")
    assert said["waiting"] is True
    assert said["turn"]["act"] == "contact"
    assert "1350" in _notices(said)[0]
    assert said["messages"][0]["card"]["phones"][0]["number"] == "1350"
    rasa.up = True
    later = await chat.say("두 번째", "m2")
    assert [one["text"] for one in later["messages"]] == ["들었어요: 첫 번째", "들었어요: 두 번째"]
    assert later["waiting"] is False


async def test_message_is_answered_when_the_transcript_is_looked_at(chat: Chat, rasa: FakeRasa) -> None:
    rasa.up = False
    await chat.say("기다려요", "m1")
    waiting = await chat.look()
    assert waiting["waiting"] is True
    assert waiting["messages"][-1]["card"]["type"] == "notice"
    rasa.up = True
    found = await chat.look()
    assert found["waiting"] is False
    assert found["messages"][-1]["text"] == "들었어요: 기다려요"
    assert not [one for one in found["messages"] if one["id"].endswith(".wait")]


async def test_late_answer_is_delivered_once(chat: Chat, rasa: FakeRasa) -> None:
    rasa.up = False
    await chat.say("첫 번째", "m1")
    rasa.up = True
    await chat.say("두 번째", "m2")
    third = await chat.say("세 번째", "m3")
    assert [one["text"] for one in third["messages"]] == ["들었어요: 세 번째"]


async def test_repeating_a_message_that_waits_gets_its_answer_when_rasa_is_back(chat: Chat, rasa: FakeRasa) -> None:
    rasa.up = False
    assert (await chat.say("다시", "m1"))["waiting"]
    rasa.up = True
    again = await chat.say("다시", "m1")
    assert [one["text"] for one in again["messages"]] == ["들었어요: 다시"]
    assert [text for _, text in rasa.heard].count("다시") == 1


async def test_opening_while_rasa_is_down_gives_a_conversation_and_a_notice(
    client: TestClient[Any, Any], rasa: FakeRasa
) -> None:
    rasa.up = False
    chat = await open_chat(client)
    assert "1350" in _notices(chat.opened)[0]
    rasa.up = True
    found = await chat.look()
    assert found["turn"]["act"] == "greet"
    assert "안녕하세요" in found["messages"][0]["text"]


async def test_nobody_listening_at_rasas_port_is_like_rasa_down(start: Start) -> None:
    client = await start(rasa_url="http://127.0.0.1:9")
    chat = await open_chat(client)
    said = await chat.say("거기 있나요")
    assert said["waiting"] is True
    assert _notices(said)


async def test_slow_answer_comes_later_and_is_not_asked_for_twice(start: Start, rasa: FakeRasa) -> None:
    chat = await open_chat(await start(answer_seconds=0.4))
    rasa.delay = 3.0  # so much later than the notice that a busy machine confuses neither
    said = await chat.say("느린 말", "m1")
    assert said["waiting"] is True
    await asyncio.sleep(3.0)
    found = await chat.look()
    assert found["messages"][-1]["text"] == "들었어요: 느린 말"
    assert [text for _, text in rasa.heard].count("느린 말") == 1


async def test_message_after_a_slow_one_waits_its_turn(start: Start, rasa: FakeRasa) -> None:
    chat = await open_chat(await start(answer_seconds=1.5))
    rasa.delay = 1.0
    first = asyncio.create_task(chat.say("하나", "m1"))
    await asyncio.sleep(0.1)
    second = await chat.say("둘", "m2")
    assert (await first)["waiting"] is False
    assert second["waiting"] is True
    await asyncio.sleep(0.8)
    assert [one["text"] for one in (await chat.look())["messages"]][-4:] == [
        "하나", "들었어요: 하나", "둘", "들었어요: 둘"]


async def test_answer_rasa_gave_while_we_were_away_is_found_not_asked_for_again(
    start: Start, rasa: FakeRasa
) -> None:
    first = await start(answer_seconds=0.3, working_seconds=0.4)
    chat = await open_chat(first)
    rasa.delay = 0.8
    assert (await chat.say("한 번만", "m1"))["waiting"] is True
    await asyncio.sleep(0.8)
    rasa.delay = 0
    found = await chat.look()
    assert found["messages"][-1]["text"] == "들었어요: 한 번만"
    assert [text for _, text in rasa.heard].count("한 번만") == 1


async def test_message_is_kept_while_the_action_server_is_down(chat: Chat, rasa: FakeRasa) -> None:
    rasa.actions_up = False
    said = await chat.say("조건 봐 주세요", "m1")
    assert said["waiting"] is True
    rasa.actions_up = True
    later = await chat.look()
    assert later["messages"][-1]["text"] == "들었어요: 조건 봐 주세요"


async def test_silence_although_all_is_up_is_admitted(chat: Chat, rasa: FakeRasa) -> None:
    rasa.silent = True
    said = await chat.say("무슨 말이지")
    assert said["waiting"] is False
    assert said["turn"]["act"] == "contact"
    assert "1350" in _notices(said)[0]


async def test_another_process_may_answer_what_this_one_kept(start: Start, rasa: FakeRasa) -> None:
    first, second = await start(), await start()
    chat = await open_chat(first)
    rasa.delay = 0.4
    slow = asyncio.create_task(chat.say("하나", "m1"))
    await asyncio.sleep(0.1)
    other = Chat(second, chat.id, chat.token, chat.opened)
    same, next_one = await asyncio.gather(other.say("하나", "m1"), other.say("둘", "m2"))
    assert same == await slow
    assert next_one["messages"][-1]["text"] == "들었어요: 둘"
    assert [text for _, text in rasa.heard[1:]] == ["하나", "둘"]


async def test_who_a_killed_process_was_answering_is_answered_by_another_soon(
    start: Start, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "_LEASE_SECONDS", 1.0)
    first, second = await start(answer_seconds=0.3), await start()
    chat = await open_chat(first)
    rasa.delay = 0.6
    assert (await chat.say("하나", "m1"))["waiting"] is True
    first.app[TALK]._workers[chat.id].cancel()  # what is left of a killed process: its lease
    other = Chat(second, chat.id, chat.token, chat.opened)
    assert (await other.look())["waiting"] is True
    await asyncio.sleep(1.0)
    assert (await other.look())["messages"][-1]["text"] == "들었어요: 하나"
    assert [text for _, text in rasa.heard].count("하나") == 1


async def test_a_living_process_keeps_its_conversation_however_slow_the_answer(
    start: Start, rasa: FakeRasa, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(talk, "_LEASE_SECONDS", 0.8)
    monkeypatch.setattr(talk, "_RENEW_EVERY", 0.2)
    first, second = await start(), await start()
    chat = await open_chat(first)
    rasa.delay = 2.0
    slow = asyncio.create_task(chat.say("하나", "m1"))
    await asyncio.sleep(1.3)
    await Chat(second, chat.id, chat.token, chat.opened).look()  # takes up what nobody holds
    assert (await slow)["messages"][-1]["text"] == "들었어요: 하나"
    assert [text for _, text in rasa.heard].count("하나") == 1


async def test_readiness_names_what_does_not_answer(client: TestClient[Any, Any], rasa: FakeRasa) -> None:
    assert (await client.get("/readyz")).status == 200
    rasa.actions_up = False
    response = await client.get("/readyz")
    document = await response.json()
    assert response.status == 503
    assert (document["rasa"], document["actions"], document["database"]) == (True, False, True)
    rasa.up = False
    assert (await client.get("/healthz")).status == 200
