"""A new model under people who are talking: nothing said is lost or answered twice, and old conversations go on."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.changed_models import Domain, Sources
from tests.faults.transcripts import check_transcript
from tests.running import Running, running_service
from tests.service.test_serving import processes_of
from tests.stack import Person

pytestmark = pytest.mark.timeout(400)
LINES = ("수원에 있는 25명 제조업인데 육아휴직 간대요", "12월부터요", "새로 뽑을 거예요", "두 돌 지났어요", "왜요?", "얼마나 받아요?")
# What the rules of the changed model, which are not trained anew, answer without the action whose name is another.
MEANWHILE = ("안녕하세요", "육아휴직 거부하면 어떻게 되나요?", "실업급여는 얼마예요?", "대체인력지원금이 뭐예요?", "고마워요")


@dataclass
class Changing:
    """A service, and the sources it was started from."""

    sources: Sources
    service: Running

    def update(self) -> tuple[int, str]:
        """``donghaeng update``: its code and what it prints."""
        done = self.sources.run("-m", "bot.cli", "update", DATA_DIR=str(self.service.data_dir))
        return done.returncode, done.stdout + done.stderr

    def pids(self, of: str) -> set[int]:
        return {pid for pid, command in processes_of(self.service.data_dir).items() if of in command}

    def person(self) -> Person:
        return Person([self.service.url]).open()


@pytest.fixture(scope="module")
def changing(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Changing]:
    sources = Sources(tmp_path_factory.mktemp("sources"))
    with running_service(tmp_path_factory.mktemp("data"), folder=sources.folder) as service:
        yield Changing(sources, service)


def new_words(domain: Domain) -> None:
    """Another wording, an intent and a slot more, an action and a form by other names: what a release may bring."""
    domain["responses"]["utter_thanks"] = [{"text": "천만에요. 새 모델이에요.", "custom": {"act": "smalltalk"}}]
    domain["intents"].append("brand_new")
    domain["slots"]["brand_new"] = {"type": "any", "influence_conversation": False, "mappings": [{"type": "custom"}]}
    # In their places: the rules of a model know actions by their number.
    domain["actions"][domain["actions"].index("action_show_verdicts")] = "action_formerly_show_verdicts"
    domain["forms"] = {name.replace("callback_form", "formerly_callback_form"): form for name, form in domain["forms"].items()}


def test_people_who_are_talking_notice_nothing_of_a_new_model_but_its_words(changing: Changing) -> None:
    early, calling = changing.person(), changing.person()
    shown = [card["type"] for line in LINES for message in early.say(line)["messages"] if (card := message["card"])]
    assert "verdicts" in shown, "an action whose name is another in the new model has been run"
    calling.say("전화로 상담받고 싶어요")
    asked = calling.last["turn"]["asks"]
    rasas = changing.pids("bot.service.rasa")
    changing.sources.change(new_words)
    over = threading.Event()

    def talk(_: int) -> Person:
        person = changing.person()
        while not over.is_set():
            for line in MEANWHILE:
                person.say(line)
                time.sleep(0.3)
        return person

    with ThreadPoolExecutor(3) as pool:
        talking = [pool.submit(talk, number) for number in range(3)]
        code, told = changing.update()
        over.set()
        people = [one.result() for one in talking]
    assert code == 0, told
    assert rasas.isdisjoint(changing.pids("bot.service.rasa"))
    assert (len(changing.pids("bot.service.rasa")), len(changing.pids("-m actions"))) == (1, 1)
    for person in people:
        assert not person.notices
        check_transcript(person)
    early.say("감사합니다")
    assert "새 모델이에요" in early.text
    assert early.last["turn"]["facts"]["company"]["headcount"] == 25
    assert asked is not None, "this person is in a form that the new model does not know"
    calling.say("육아휴직 거부하면 어떻게 되나요")
    assert calling.last["turn"]["act"] == "answer"
    for person in (early, calling):
        check_transcript(person)


def test_a_model_that_cannot_be_loaded_leaves_the_service_as_it_is(changing: Changing) -> None:
    rasas = changing.pids("bot.service.rasa")
    changing.sources.change(lambda domain: domain["intents"].append("broken")).write_bytes(b"no archive")
    code, told = changing.update()
    assert code == 1
    assert "이어 가고 있어요" in told
    assert changing.pids("bot.service.rasa") == rasas
    assert changing.person().say("감사합니다")["turn"]["act"] == "smalltalk"


def test_without_a_service_there_is_nothing_to_update(changing: Changing, tmp_path: Path) -> None:
    done = changing.sources.run("-m", "bot.cli", "update", DATA_DIR=str(tmp_path))
    assert done.returncode == 1
    assert "돌고 있는 동행봇이 없어요" in done.stderr
