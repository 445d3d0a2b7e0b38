"""The domain and the actions fit together: no slot without a question, no wording that nobody says."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from typing import Any

import pytest
import yaml
from rasa_sdk import Action
from rasa_sdk.executor import ActionExecutor

from actions.appointments import CONSENT_WORDING
from actions.forms import _REFUSALS
from actions.questions import FORGOTTEN
from actions.slots import CONTACT_SLOTS, FACT_SLOTS, dotted, slot_of
from actions.validation import VALIDATORS
from knowledge_base import facts_said

ROOT = Path(__file__).resolve().parents[2]
DOMAIN: dict[str, Any] = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
CODE = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "actions").glob("*.py")))
RULES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "data" / "stories").glob("*.yml")))
UNIT_TESTS = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "actions").glob("test_[!d]*.py")))
REQUIRED = sorted({slot for form in DOMAIN["forms"].values() for slot in form["required_slots"]})
CASES = "\n".join(path.read_text(encoding="utf-8") for path in sorted((ROOT / "tests" / "conversations").glob("*/*.yml")))


@pytest.mark.parametrize("slot", REQUIRED)
def test_every_required_slot_has_a_question_an_explanation_a_validator_and_one_source(slot: str) -> None:
    assert f"utter_ask_{slot}" in DOMAIN["responses"] or f"action_ask_{slot}" in DOMAIN["actions"]
    assert f"utter_explain_{slot}" in DOMAIN["responses"]
    assert slot in VALIDATORS
    assert DOMAIN["slots"][slot]["mappings"] == [{"type": "custom", "action": "action_read_facts"}]


@pytest.mark.parametrize("slot", sorted({*REQUIRED, *FACT_SLOTS, *CONTACT_SLOTS}))
def test_everything_told_is_forgotten_on_request(slot: str) -> None:
    assert slot in DOMAIN["slots"]
    assert slot in FORGOTTEN


@pytest.mark.parametrize("slot", REQUIRED)
def test_every_required_slot_is_in_a_test(slot: str) -> None:
    """Asked for or told in a live case, or else set in the tests of what a message changes."""
    field = dotted(slot).rpartition(".")[2]
    told = re.search(rf"(asks: {re.escape(dotted(slot))}|\b{field}: )", CASES)
    assert told or f"{slot}" in UNIT_TESTS


@pytest.mark.parametrize("slot", sorted(set(REQUIRED) & set(FACT_SLOTS)))
def test_every_fact_question_has_three_wordings_and_says_what_it_asks(slot: str) -> None:
    wordings = DOMAIN["responses"][f"utter_ask_{slot}"]
    assert len({wording["text"] for wording in wordings}) == 3
    assert all(wording["custom"] == {"act": "ask_fact", "asks": dotted(slot)} for wording in wordings)
    assert facts_said.name_of(dotted(slot))
    assert facts_said.where_to_look(dotted(slot))


def test_slots_and_dotted_names_lead_to_each_other() -> None:
    for slot in set(REQUIRED) & set(FACT_SLOTS):
        assert slot_of(dotted(slot)) == slot


def test_every_response_is_said_by_a_rule_or_an_action() -> None:
    generated = re.compile(r"utter_(ask|explain|refused)_|utter_(another|earlier|next)_event|utter_speaker_")
    said = CODE + RULES + (ROOT / "bot" / "wording.py").read_text(encoding="utf-8")
    unsaid = [name for name in DOMAIN["responses"]
              if name not in said and not generated.match(name) and name not in ("utter_restart", "utter_default")]
    assert unsaid == []


def test_everything_the_actions_say_is_in_the_domain() -> None:
    said = set(re.findall(r'"(utter_[a-z_]+)"', CODE))
    assert said - set(DOMAIN["responses"]) == set()
    assert {f"utter_refused_{slot}" for slot in _REFUSALS} <= set(DOMAIN["responses"])


def test_every_action_of_the_domain_exists_and_the_other_way_round() -> None:
    executor = ActionExecutor()
    executor.register_package("actions")
    ours = {name for name in executor.actions if not name.startswith("action_default")}
    assert ours == set(DOMAIN["actions"])
    assert Action is not None


def test_no_korean_sentence_hides_in_the_actions() -> None:
    code = re.sub(r'"""[\s\S]*?"""|#.*', "", CODE)
    in_patterns = re.sub(r"_NAME_(ENDING|OPENING) = re\.compile\([\s\S]*?\n\)", "", code)
    found = [text for text in re.findall(r'"([^"\n]*[가-힣]{2,}[^"\n]*)"', in_patterns)
             if not re.fullmatch(r"[가-힣]{1,3}/[가-힣]{1,2}", text)]  # names of particles
    assert found == []


def test_a_new_wording_of_the_consent_gets_a_new_version() -> None:
    """Consent rows name the wording that was agreed to: change the version in actions/appointments.py with the text."""
    said = "".join(wording["text"] for purpose in ("visit", "callback", "waiting")
                   for wording in DOMAIN["responses"][f"utter_ask_consent_{purpose}"])
    versions = {"2026-11-23.3": "16759534eaae06c1"}
    assert versions[CONSENT_WORDING] == hashlib.sha256(said.encode()).hexdigest()[:16]


def test_buttons_only_send_what_rasa_can_read() -> None:
    intents = {next(iter(intent)) if isinstance(intent, dict) else intent for intent in DOMAIN["intents"]}
    for response in DOMAIN["responses"].values():
        for wording in response:
            for button in wording.get("buttons", []):
                # Braces are doubled: Rasa reads single ones as the name of a slot.
                intent, _, entities = button["payload"].lstrip("/").partition("{{")
                assert intent in intents
                assert "{" not in intent
                assert not entities or re.match(r'"([a-z_]+)":', entities).group(1) in DOMAIN["entities"]  # type: ignore[union-attr]
