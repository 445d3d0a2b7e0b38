"""What we replace in Rasa's process changes its speed and nothing that is said, told or stored."""

from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from rasa.core.actions.action import RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.core.tracker_store import SQLTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.events import BotUttered, Event, SlotSet, UserUttered
from rasa.shared.core.slots import AnySlot
from rasa.shared.core.trackers import DialogueStateTracker

from bot.service import rasa as ours
from bot.service.turns import calls, trackers

DOMAIN = Domain.from_dict({"slots": {"facts": {"type": "any", "mappings": [{"type": "custom"}]}}})


def conversation(*said: str) -> DialogueStateTracker:
    """A conversation in which each message got a fact and an answer."""
    events: list[Event] = []
    for number, text in enumerate(said):
        events += [UserUttered(text), SlotSet("facts", {"company": {"headcount": number}}), BotUttered(f"{text}?")]
    slots = [AnySlot("facts", mappings=[{"type": "custom"}])]
    return DialogueStateTracker.from_events("one", events, slots=slots)


def test_an_action_is_told_all_slots_the_last_two_turns_and_what_was_said_shortly_before() -> None:
    tracker = conversation("영", "하나", "둘", "셋", "넷")
    told = calls.call_with_late_events(RemoteAction("action_x", None), tracker, DOMAIN)["tracker"]
    texts = [event["text"] for event in told["events"] if event["event"] in ("user", "bot")]
    assert texts == ["하나", "둘", "셋", "셋?", "넷", "넷?"]
    assert told["slots"]["facts"] == {"company": {"headcount": 4}}
    assert told["latest_message"]["text"] == "넷"


def test_the_conversation_itself_stays_whole() -> None:
    tracker = conversation("하나", "둘", "셋")
    before = list(tracker.events)
    calls.call_with_late_events(RemoteAction("action_x", None), tracker, DOMAIN)
    assert list(tracker.events) == before


@pytest.mark.parametrize("answered", [{"events": "none"}, {"events": [{"value": 1}]}, {"responses": ["text"]}, []])
def test_an_answer_that_rasa_would_refuse_is_refused(answered: Any) -> None:
    action = RemoteAction("action_x", None)
    with pytest.raises(jsonschema.ValidationError):
        action._validate_action_result(answered)
    with pytest.raises(jsonschema.ValidationError):
        calls.validate_answer(action, answered)


def test_an_answer_that_rasa_would_take_is_taken() -> None:
    answered = {"events": [{"event": "slot", "name": "facts", "value": {}, "timestamp": None}],
                "responses": [{"text": "네"}]}
    assert RemoteAction("action_x", None)._validate_action_result(answered)
    assert calls.validate_answer(RemoteAction("action_x", None), answered)


def test_the_facts_come_last_and_as_they_were_saved(monkeypatch: pytest.MonkeyPatch) -> None:
    tracker = conversation("하나", "둘")

    class Processor(MessageProcessor):
        def __init__(self) -> None:  # only what is handled here, without a model
            self.saved: list[DialogueStateTracker] = []

    async def handle(self: Processor, message: UserMessage) -> list[dict[str, Any]]:
        await message.output_channel.send_text_message("one", "네")
        await ours._save_and_note_facts(self, tracker)
        return message.output_channel.messages  # type: ignore[no-any-return]

    async def save(self: Processor, saved: DialogueStateTracker) -> None:
        self.saved.append(saved)

    monkeypatch.setattr(ours, "_handle_message", handle)
    monkeypatch.setattr(ours, "_save_tracker", save)
    processor, channel = Processor(), CollectingOutputChannel()
    asyncio.run(ours._handle_and_tell_facts(processor, UserMessage("둘", channel, "one")))
    assert [part.get("text") for part in channel.messages] == ["네", None]
    assert channel.messages[-1]["custom"] == {"facts": {"company": {"headcount": 1}}}
    assert processor.saved == [tracker]


def test_conversations_in_sqlite_keep_what_was_committed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("rasa.core.tracker_store.create_engine_kwargs", trackers.kept_open)
    address = f"sqlite:///{tmp_path / 'conversations.db'}"
    store = SQLTrackerStore(DOMAIN, host=address)
    asyncio.run(store.save(conversation("하나", "둘")))
    with store.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA journal_mode").scalar() == "wal"
    again = SQLTrackerStore(DOMAIN, host=address)
    kept = asyncio.run(again.retrieve("one"))
    assert kept is not None
    assert kept.get_slot("facts") == {"company": {"headcount": 1}}


def test_other_databases_are_opened_as_rasa_opens_them() -> None:
    assert trackers.kept_open("postgresql://somewhere/db") == trackers._engine_arguments("postgresql://somewhere/db")


async def test_a_damaged_conversation_is_refused_and_leaves_the_process_and_the_others_alive(tmp_path: Path) -> None:
    ours.replace()
    store = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "damaged.db"))
    await store.save(conversation("하나"))
    other = DialogueStateTracker.from_events("other", [UserUttered("둘")], slots=[])
    await store.save(other)
    with store.engine.begin() as connection:
        connection.exec_driver_sql("UPDATE events SET data = '{garbage' WHERE sender_id = 'one'")
    store = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "damaged.db"))  # another process
    with pytest.raises(trackers.ConversationUnreadable):
        await store.retrieve("one")
    found = await store.retrieve("other")
    assert found is not None
    assert found.latest_message is not None
    assert found.latest_message.text == "둘"


async def test_a_message_asked_again_gets_the_answer_it_got(tmp_path: Path) -> None:
    ours.replace()
    store = SQLTrackerStore(DOMAIN, dialect="sqlite", db=str(tmp_path / "again.db"))
    slots = [AnySlot("facts", mappings=[{"type": "custom"}])]
    await store.save(DialogueStateTracker.from_events("one", [
        UserUttered("하나", metadata={"turn": "t1"}), BotUttered("하나?", data={"custom": {"act": "answer"}}),
        UserUttered("둘", metadata={"turn": "t2"}), BotUttered("둘?")], slots=slots))
    processor = type("Processor", (), {"tracker_store": store})()

    async def said(turn: str, **more: Any) -> Any:
        message = UserMessage("x", CollectingOutputChannel(), "one", metadata={"turn": turn, **more})
        return await ours._said_already(processor, message)

    assert [one["text"] for one in await said("t1", again=True)] == ["하나?"]
    assert [one["text"] for one in await said("t2", again=True)] == ["둘?"]
    assert await said("t3", again=True) is None
    assert await said("t1") is None
