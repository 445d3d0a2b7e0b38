"""A conversation kept in Rasa's process is the one in the database, and rules are compared with the same states."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from rasa.core.tracker_store import SQLTrackerStore
from rasa.engine.graph import ExecutionContext, GraphComponent, GraphSchema, SchemaNode
from rasa.engine.runner.dask import DaskGraphRunner
from rasa.engine.storage.local_model_storage import LocalModelStorage
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import (
    ActionExecuted,
    ActionReverted,
    ActiveLoop,
    BotUttered,
    Event,
    Restarted,
    SessionStarted,
    SlotSet,
    UserUtteranceReverted,
    UserUttered,
)
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.service.turns import calls, predictions, trackers

DOMAIN = Domain.from_dict({
    "intents": ["inform", "deny"], "actions": ["action_x"],
    "slots": {"facts": {"type": "any", "mappings": [{"type": "custom"}]},
              "asked": {"type": "text", "influence_conversation": True, "mappings": [{"type": "custom"}]}},
    "forms": {"visit_form": {"required_slots": ["asked"]}}, "responses": {"utter_x": [{"text": "네"}]},
})


@pytest.fixture(autouse=True)
def _replaced(monkeypatch: pytest.MonkeyPatch) -> None:
    for owner, name in ((SQLTrackerStore, "retrieve"), (SQLTrackerStore, "save"), (SQLTrackerStore, "session_scope"),
                        (DialogueStateTracker, "past_states"), (DaskGraphRunner, "run"), (EndpointConfig, "session")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # so that it is put back
    monkeypatch.setattr("rasa.core.tracker_store.create_engine_kwargs", trackers.kept_open)
    trackers.replace()
    predictions.replace()
    calls.replace()


def store(folder: Path) -> SQLTrackerStore:
    return SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(folder / "conversations.db"))


def say(tracker: DialogueStateTracker, number: int) -> None:
    """One turn: a message, a fact, an answer."""
    events: list[Event] = [
        UserUttered(f"{number}명이요", {"name": "inform", "confidence": 0.9}), SlotSet("facts", {"headcount": number}),
        ActionExecuted("action_x"), BotUttered("네"), ActionExecuted("action_listen")]
    tracker.update_with_events(events, DOMAIN)


async def test_a_conversation_is_stored_whole_over_many_turns(tmp_path: Path) -> None:
    ours = store(tmp_path)
    for number in range(6):
        tracker = await ours.get_or_create_tracker("one")
        say(tracker, number)
        await ours.save(tracker)
    elsewhere = await store(tmp_path).retrieve("one")
    assert elsewhere is not None
    assert [event.as_dict() for event in elsewhere.events] == [event.as_dict() for event in tracker.events]
    assert elsewhere.current_slot_values() == tracker.current_slot_values()


async def test_the_conversation_saved_last_is_used_again(tmp_path: Path) -> None:
    ours = store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 1)
    await ours.save(tracker)
    assert await ours.retrieve("one") is tracker
    # It was taken out and not saved: whatever was done with it is not what is stored.
    assert await ours.retrieve("one") is not tracker


async def test_what_another_process_wrote_is_seen(tmp_path: Path) -> None:
    ours, other = store(tmp_path), store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 1)
    await ours.save(tracker)
    there = await other.get_or_create_tracker("one")
    say(there, 2)
    await other.save(there)
    again = await ours.get_or_create_tracker("one")
    assert again.get_slot("facts") == {"headcount": 2}
    say(again, 3)
    await ours.save(again)
    assert (await other.get_or_create_tracker("one")).get_slot("facts") == {"headcount": 3}


async def test_an_erased_conversation_is_gone_at_once(tmp_path: Path) -> None:
    ours = store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 1)
    await ours.save(tracker)
    with ours.engine.begin() as connection:
        connection.exec_driver_sql("DELETE FROM events")
    assert await ours.retrieve("one") is None


async def test_a_turn_that_failed_half_way_leaves_nothing(tmp_path: Path) -> None:
    ours = store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 1)
    await ours.save(tracker)
    failed = await ours.get_or_create_tracker("one")
    failed.update(UserUttered("2명이요"))
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 3)
    await ours.save(tracker)
    whole = await store(tmp_path).retrieve("one")
    assert whole is not None
    assert [event.text for event in whole.events if isinstance(event, UserUttered)] == ["1명이요", "3명이요"]


async def test_a_conversation_begun_again_is_told_from_its_latest_start(tmp_path: Path) -> None:
    ours = store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    tracker.update_with_events([SessionStarted(timestamp=1.0), ActionExecuted("action_listen", timestamp=1.0)], DOMAIN)
    say(tracker, 1)
    await ours.save(tracker)
    tracker = await ours.get_or_create_tracker("one")
    tracker.update(SessionStarted())
    say(tracker, 2)
    await ours.save(tracker)
    latest = await ours.retrieve("one")
    assert latest is not None
    assert [event.text for event in latest.events if isinstance(event, UserUttered)] == ["2명이요"]


async def test_a_new_domain_is_taken_up(tmp_path: Path) -> None:
    ours = store(tmp_path)
    tracker = await ours.get_or_create_tracker("one")
    say(tracker, 1)
    await ours.save(tracker)
    ours.domain = Domain.from_dict({"slots": {"facts": {"type": "any", "mappings": [{"type": "custom"}]},
                                              "added": {"type": "any", "mappings": [{"type": "custom"}]}}})
    again = await ours.retrieve("one")
    assert again is not None
    assert "added" in again.slots


async def test_only_so_many_are_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(trackers, "MOST_KEPT", 2)
    ours = store(tmp_path)
    said = []
    for name in ("one", "two", "three"):
        said.append(await ours.get_or_create_tracker(name))
        say(said[-1], 1)
        await ours.save(said[-1])
    assert await ours.retrieve("one") is not said[0]
    assert await ours.retrieve("three") is said[2]


TURNINGS: list[list[Event]] = [
    [UserUttered("네", {"name": "inform"}), ActionExecuted("action_x"), SlotSet("asked", "yes"), ActionExecuted("action_listen")],
    [UserUttered("아니요", {"name": "deny"}), ActionExecuted("visit_form"), ActiveLoop("visit_form"), ActionExecuted("action_listen")],
    [UserUttered("네", {"name": "inform"}), ActionExecuted("visit_form"), SlotSet("asked", "no"), ActionExecuted("action_listen")],
    [UserUttered("음", {"name": "deny"}), UserUtteranceReverted()],
    [ActionExecuted("action_x"), ActionReverted()],
    [UserUttered("네", {"name": "inform"}), ActionExecuted("visit_form"), ActiveLoop(None), ActionExecuted("action_listen")],
    [Restarted(), ActionExecuted("action_listen")],
    [UserUttered("다시", {"name": "inform"}), ActionExecuted("action_x"), ActionExecuted("action_listen")],
]


def test_the_states_are_those_rasa_finds_after_every_event() -> None:
    tracker = DialogueStateTracker("one", DOMAIN.slots)
    for event in [one for turn in (*TURNINGS, *TURNINGS) for one in turn]:
        tracker.update(event, DOMAIN)
        expected = predictions._past_states_anew(tracker, DOMAIN)
        found = tracker.past_states(DOMAIN)
        assert found == expected
        for state in found:
            state.clear()  # Rasa changes what it is given
        assert tracker.past_states(DOMAIN) == expected


class Adding(GraphComponent):
    """A component that adds its inputs."""

    @classmethod
    def create(cls, config: dict[str, Any], *_: Any, **__: Any) -> Adding:
        return cls()

    def add(self, first: int, second: int) -> int:
        return first + second


def test_components_run_in_order_and_only_those_that_are_wanted(tmp_path: Path) -> None:
    def node(**needs: str) -> SchemaNode:
        return SchemaNode(needs=needs, uses=Adding, constructor_name="create", fn="add", config={}, is_target=False)

    schema = GraphSchema({"last": node(first="middle", second="given"), "middle": node(first="given", second="given"),
                          "other": node(first="missing", second="given")})
    runner = DaskGraphRunner.create(schema, LocalModelStorage.create(tmp_path), ExecutionContext(schema))
    for _ in range(2):
        assert runner.run({"given": 2}, ["last", "middle"]) == {"last": 6, "middle": 4}
    assert runner.run({"given": 3}, ["last"]) == {"last": 9}


async def test_one_session_serves_all_calls_of_an_endpoint() -> None:
    endpoint = EndpointConfig("http://127.0.0.1:1/webhook")
    async with endpoint.session() as first, endpoint.session() as second:
        assert first is second
    assert not first.closed
    await first.close()
    async with endpoint.session() as third:
        assert third is not first
    await third.close()
