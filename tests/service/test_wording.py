"""Wording: each in its turn, no sentence twice in a row; and changed wording changes no transition."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import tarfile
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.wording import WordingInTurn
from tests.running import ROOT

DOMAIN = """
version: "3.1"
responses:
  utter_thanks: [{text: "하나"}, {text: "둘"}, {text: "셋"}]
  utter_once: [{text: "한 가지뿐이에요."}]
  utter_ask_name: [{text: "성함이요?", custom: {act: visit, asks: contact.name}}]
  utter_told: [{text: "{answer}"}]
  utter_again: [{text: "다시 말씀드릴게요. {said}"}]
  utter_ask_again: [{text: "다시 여쭐게요. {said}"}]
"""


@pytest.fixture
def spoken() -> WordingInTurn:
    return WordingInTurn(Domain.from_yaml(DOMAIN))


def turns(wording: WordingInTurn, response: str, times: int, **values: Any) -> list[str]:
    """What is said when the same response is uttered in so many turns on end."""
    tracker = DialogueStateTracker.from_events("talk", [], slots=[])
    said = []
    for _ in range(times):
        tracker.update(UserUttered("…"))
        told = asyncio.run(wording.generate(response, tracker, "rest", **values))
        assert told is not None
        said.append(told["text"])
        tracker.update(BotUttered(told["text"], metadata={"utter_action": response}))
    return said


def test_wordings_take_turns(spoken: WordingInTurn) -> None:
    assert turns(spoken, "utter_thanks", 4) == ["하나", "둘", "셋", "하나"]


def test_a_sentence_said_again_is_led_in(spoken: WordingInTurn) -> None:
    once = "한 가지뿐이에요."
    assert turns(spoken, "utter_once", 3) == [once, f"다시 말씀드릴게요. {once}", once]
    assert turns(spoken, "utter_ask_name", 2)[1] == "다시 여쭐게요. 성함이요?"
    assert turns(spoken, "utter_told", 2, answer="140만원이에요.")[1] == "다시 말씀드릴게요. 140만원이에요."


def test_what_the_domain_does_not_have_is_not_said(spoken: WordingInTurn) -> None:
    tracker = DialogueStateTracker.from_events("talk", [], slots=[])
    assert asyncio.run(spoken.generate("utter_nothing", tracker, "rest")) is None


def test_changed_wording_changes_no_transition(tmp_path: Path) -> None:
    """All that decides the next action is the rule policy's table; it is learned here with every text replaced."""
    plain, changed = tmp_path / "plain.yml", tmp_path / "changed.yml"
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    plain.write_text(yaml.safe_dump(domain, allow_unicode=True), encoding="utf-8")
    texts = 0
    for name, wordings in domain["responses"].items():
        for at, wording in enumerate(wordings):
            texts += "text" in wording
            wording["text"] = f"딴소리 {name} {at}"
            for button in wording.get("buttons", []):
                button["title"] = f"단추 {at}"
    assert texts > 200
    changed.write_text(yaml.safe_dump(domain, allow_unicode=True), encoding="utf-8")
    script = ("import sys; from rasa.model_training import train_core\n"
              "for domain in sys.argv[2:]:\n"
              "    train_core(domain, 'config.yml', 'data/stories', sys.argv[1], fixed_model_name=domain.split('/')[-1].split('.')[0])")
    environment = {**os.environ, "PYTHONPATH": str(ROOT), "RASA_TELEMETRY_ENABLED": "false", "CUDA_VISIBLE_DEVICES": ""}
    done = subprocess.run([sys.executable, "-c", script, str(tmp_path), str(plain), str(changed)], cwd=ROOT,
                          env=environment, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr[-3000:]
    learned = [_rules(tmp_path / f"{domain.stem}.tar.gz") for domain in (plain, changed)]
    assert learned[0] == learned[1]
    assert "action_hand_off" in json.dumps(learned[0])


def _rules(model: Path) -> Any:
    """The table of states and actions that the rule policy of a model learned."""
    with tarfile.open(model) as packed:
        name = next(name for name in packed.getnames() if name.endswith("rule_policy.json"))
        file = packed.extractfile(name)
        assert file is not None
        return json.load(file)
