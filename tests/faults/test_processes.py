"""Processes that die or stop answering while people talk: nothing said is lost, nothing is said twice, people are told."""

from __future__ import annotations

import random
import signal
import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import requests

from tests.faults.conftest import Running
from tests.faults.transcripts import check_transcript

pytestmark = pytest.mark.timeout(600)


@pytest.mark.parametrize("victims", [("actions0", "web1", "actions1", "web0"), ("rasa0",), ("rasa1", "actions1", "web1")],
                         ids=["actions and web", "rasa", "one of each"])
def test_processes_killed_at_random_moments_cost_nobody_a_word(running: Running, victims: tuple[str, ...]) -> None:
    chance = random.Random(str(victims))

    def kill() -> None:
        for name in victims:
            time.sleep(chance.uniform(0.1, 1.5))
            running.stack.kill(name)
            running.stack.start(name)

    running.while_people_book(kill)


def test_a_slow_action_server_gets_an_honest_notice_and_its_answer_later(running: Running) -> None:
    person = running.person()
    for name in ("actions0", "actions1"):
        running.stack.signal(name, signal.SIGSTOP)
    try:
        with ThreadPoolExecutor(1) as pool:
            answer = pool.submit(person.say, "직원이 육아휴직 간대요")
            deadline = time.monotonic() + 30
            while not person.notices and time.monotonic() < deadline:
                time.sleep(0.2)
            for name in ("actions0", "actions1"):
                running.stack.signal(name, signal.SIGCONT)
            assert answer.result()["turn"]["act"] == "ask_fact"
    finally:
        for name in ("actions0", "actions1"):
            running.stack.signal(name, signal.SIGCONT)
    assert "1350" in person.notices[0]
    check_transcript(person)


def test_what_is_said_without_any_action_server_is_answered_whole_when_one_is_back(running: Running) -> None:
    person = running.person()
    for name in ("actions0", "actions1"):
        running.stack.kill(name)
    with ThreadPoolExecutor(1) as pool:
        answer = pool.submit(person.say, "수원에 있는 25명 제조업인데 직원이 12월부터 육아휴직 가요")
        time.sleep(3)
        for name in ("actions0", "actions1"):
            running.stack.start(name)
        assert answer.result()["turn"]["facts"]["company"]["headcount"] == 25
    assert "1350" in person.notices[0]
    check_transcript(person)


def test_readiness_names_a_stopped_rasa_while_the_other_goes_on(running: Running) -> None:
    for name in ("rasa0", "rasa1"):
        running.stack.signal(name, signal.SIGSTOP)
    try:
        told = requests.get(f"{running.stack.web[0]}/readyz", timeout=20)
        assert (told.status_code, told.json()["rasa"]) == (503, False)
        running.stack.signal("rasa1", signal.SIGCONT)
        assert requests.get(f"{running.stack.web[0]}/readyz", timeout=20).json()["rasa"] is True
    finally:
        for name in ("rasa0", "rasa1"):
            running.stack.signal(name, signal.SIGCONT)
