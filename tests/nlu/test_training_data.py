"""The utterances to learn from: every act of the domain is there, none stands under two acts, none is from validation."""

from __future__ import annotations

from collections import Counter, defaultdict
from pathlib import Path

import pytest
import yaml

from bot.nlu import evaluation, evaluation_choices

ROOT = Path(__file__).resolve().parents[2]


def _examples() -> list[tuple[str, str]]:
    """(act, utterance) of every training example."""
    found = []
    for path in sorted((ROOT / "data" / "nlu").glob("*.yml")):
        for block in yaml.safe_load(path.read_text(encoding="utf-8"))["nlu"]:
            examples = block["examples"]
            if isinstance(examples, str):
                lines = [line for line in examples.splitlines() if line.strip()]
                assert all(line.startswith("- ") for line in lines), path.name
                texts = [line[2:].strip() for line in lines]
            else:
                texts = [item["text"].strip() for item in examples]
            found += [(block["intent"], text) for text in texts]
    return found


def _bare(text: str) -> str:
    return "".join(text.split()).casefold()


@pytest.fixture(scope="module")
def examples() -> list[tuple[str, str]]:
    return _examples()


def test_no_utterance_stands_under_two_acts(examples: list[tuple[str, str]]) -> None:
    acts = defaultdict(set)
    for act, text in examples:
        acts[_bare(text)].add(act)
    assert {text: found for text, found in acts.items() if len(found) > 1} == {}


def test_no_utterance_is_repeated(examples: list[tuple[str, str]]) -> None:
    assert [text for text, count in Counter(text for _, text in examples).items() if count > 1] == []


def test_no_utterance_is_taken_from_the_validation_set(examples: list[tuple[str, str]]) -> None:
    unseen = {_bare(utterance.text) for utterance in evaluation.load_validation()}
    assert [text for _, text in examples if _bare(text) in unseen] == []


def test_every_act_of_the_domain_has_enough_utterances_and_no_other_act_is_taught(
        examples: list[tuple[str, str]]) -> None:
    domain = yaml.safe_load((ROOT / "domain.yml").read_text(encoding="utf-8"))
    acts = {next(iter(item)) if isinstance(item, dict) else item for item in domain["intents"]} - {evaluation.FALLBACK}
    taught = Counter(act for act, _ in examples)
    assert set(taught) == acts
    assert {act: count for act, count in taught.items() if count < 60} == {}


def test_the_validation_set_is_large_and_covers_every_act(examples: list[tuple[str, str]]) -> None:
    labelled = Counter(utterance.intent for utterance in evaluation.load_validation())
    assert sum(labelled.values()) >= 600
    assert {act for act, _ in examples} == set(labelled)
    assert min(labelled.values()) >= 10


def test_validation_topics_are_items_of_the_knowledge() -> None:
    base = ROOT / "knowledge_base"
    items = {path.stem for room in ("programs", "rights", "faq") for path in (base / room).rglob("*.yaml")}
    topics = {topic for utterance in evaluation.load_validation() for topic in utterance.topic}
    assert topics - items == set()


def test_no_utterance_is_taken_from_the_set_that_settings_are_chosen_by(examples: list[tuple[str, str]]) -> None:
    kept_apart = {_bare(utterance.text) for utterance in evaluation_choices.development()}
    assert len(kept_apart) >= 800
    assert [text for _, text in examples if _bare(text) in kept_apart] == []
