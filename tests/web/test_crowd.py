"""More people than can be answered in time: whoever comes then is told so, whoever is being answered goes on."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

from bot.web.crowd import Crowd
from bot.web.keys import TALK
from bot.web.problems import Problem
from tests.web.conftest import Start, open_chat
from tests.web.fake_rasa import FakeRasa


class Clock:
    def __init__(self) -> None:
        self.now = 100.0

    def __call__(self) -> float:
        return self.now


def _is_refused(let: Callable[[], None]) -> bool:
    try:
        let()
    except Problem as refusal:
        return refusal.status == 503
    return False


def _crowd(took: float, answers: int = 5) -> tuple[Crowd, Clock]:
    clock = Clock()
    crowd = Crowd(8.0, clock)
    for _ in range(answers):
        crowd.answered(took)
    return crowd, clock


def test_openings_are_refused_before_messages_are() -> None:
    for took, opening, message in ((4.0, False, False), (4.1, True, False), (16.0, True, False), (16.1, True, True)):
        crowd, _ = _crowd(took)
        assert (_is_refused(crowd.let_in), _is_refused(crowd.let_speak)) == (opening, message), took


def test_a_few_slow_answers_are_no_crowd() -> None:
    assert not _is_refused(_crowd(60.0, answers=4)[0].let_in)
    crowd, _ = _crowd(0.1, answers=6)
    for _ in range(5):
        crowd.answered(60.0)
    assert not _is_refused(crowd.let_in)


def test_a_crowd_is_forgotten_when_it_has_gone() -> None:
    crowd, clock = _crowd(20.0)
    assert _is_refused(crowd.let_in)
    clock.now += 10.1
    assert not _is_refused(crowd.let_in)


async def test_who_comes_into_a_crowd_is_told_when_to_come_again_and_who_is_there_goes_on(start: Start, rasa: FakeRasa) -> None:
    client = await start(answer_seconds=0.8)
    chats = [await open_chat(client) for _ in range(6)]
    assert client.app is not None
    answers = client.app[TALK].crowd._answers
    answers.clear()  # ten seconds later
    rasa.delay = 0.5
    await asyncio.gather(*(chat.say("몰려요") for chat in chats))
    refused = await client.post("/api/chat/sessions", json={})
    assert refused.status == 503
    assert refused.headers["Retry-After"] == "20"
    detail = (await refused.json())["detail"]
    assert "사람이 몰려서" in detail
    assert "1350" in detail
    assert (await chats[0].say("저는 이어서요"))["messages"][0]["text"] == "들었어요: 저는 이어서요"
    answers.clear()
    assert (await client.post("/api/chat/sessions", json={})).status == 201
