"""Rasa as we run it: ``python -m bot.service.rasa run …`` is ``rasa run …`` less the costs that ``turns`` spares.

A conversation begun with another model goes on with this one (``_fetch_and_leave_unknown_form``).

It also gets what the environment asks for: the lock store and broker of ``endpoints``, RASA_TOKEN (which all could
read in a command line), our log lines, and for a message it is asked a second time (``{"again": true}`` in its
metadata) the answer it gave instead of a second handling.

Rasa 3.6.21 is the last of its line and pinned, so what is replaced here and in ``turns`` will not move under us. Each
replacement says what it spares; nothing that is said or stored changes, and the service works with a plain
``rasa run`` as well, only slower (``benchmarks/service.py``).
"""

from __future__ import annotations

import os
import sys
from contextvars import ContextVar
from pathlib import Path
from typing import Any

import rasa.__main__
import rasa.core.run
import rasa.utils.io
from rasa.core.channels.channel import CollectingOutputChannel, UserMessage
from rasa.core.processor import MessageProcessor
from rasa.shared.core.constants import REQUESTED_SLOT
from rasa.shared.core.events import ActiveLoop, BotUttered, SlotSet, UserUttered
from rasa.shared.core.trackers import DialogueStateTracker

from bot.observing import logs
from bot.service import endpoints
from bot.service.turns import calls, failures, predictions, trackers

_handle_message = MessageProcessor.handle_message
_fetch_tracker = MessageProcessor.fetch_tracker_and_update_session
_save_tracker = MessageProcessor.save_tracker
_load_agent = rasa.core.run.load_agent_on_start
# The facts of the tracker saved last in this task: one task handles one message.
_saved_facts: ContextVar[dict[str, Any]] = ContextVar("saved_facts")
_FIRST_MESSAGE = "수원 25명 제조업인데 직원이 12월에 육아휴직 가요"


def replace() -> None:
    """Put the replacements in force in this process."""
    calls.replace()
    failures.replace()
    predictions.replace()
    trackers.replace()
    MessageProcessor.save_tracker = _save_and_note_facts
    MessageProcessor.handle_message = _handle_and_tell_facts
    MessageProcessor.fetch_tracker_and_update_session = _fetch_and_leave_unknown_form
    rasa.utils.io.configure_colored_logging = _leave_logging
    rasa.core.run.load_agent_on_start = _load_and_read_one


async def _handle_and_tell_facts(self: MessageProcessor, message: UserMessage) -> list[dict[str, Any]] | None:
    """Answer a message, and tell the facts as they are now in a part of their own, ``{"custom": {"facts": …}}``.

    Otherwise the web process has to ask for the tracker after each answer, which is read anew from the database.
    """
    said = await _said_already(self, message)
    if said is None:
        said = await _handle_message(self, message)
    facts = _saved_facts.get(None)
    if facts is not None and type(message.output_channel) is CollectingOutputChannel:
        message.output_channel.messages.append({"recipient_id": message.sender_id, "custom": {"facts": facts}})
    return said


def _leave_logging(_level: int | None = None) -> None:
    """Rasa would put coloured lines, with whatever is said in them, in the place of ours."""


async def _load_and_read_one(*arguments: Any) -> Any:
    """Load the model and read one message before the port opens, which takes morphemes and vectors some seconds.

    So nobody's first message waits for them, also where this process takes over from another. A model that cannot
    read ends the process, in place of a Rasa that answers and understands nothing.
    """
    agent = await _load_agent(*arguments)
    await agent.parse_message(_FIRST_MESSAGE)
    return agent


async def _said_already(self: MessageProcessor, message: UserMessage) -> list[dict[str, Any]] | None:
    """What was answered to the same turn before, where the web process asks again; None where nothing was.

    Called under the conversation's lock: whoever handled it first has saved it by now, in this process or another.
    """
    metadata = message.metadata or {}
    if not metadata.get("again"):
        return None
    tracker = await self.tracker_store.retrieve(message.sender_id)
    said: list[dict[str, Any]] = []
    ours = False
    for event in tracker.events if tracker is not None else ():
        if isinstance(event, UserUttered):
            ours = (event.metadata or {}).get("turn") == metadata.get("turn")
        elif isinstance(event, BotUttered) and ours:
            told = {"text": event.text, **{name: event.data.get(name) for name in ("buttons", "custom")}}
            said.append({"recipient_id": message.sender_id, **{name: part for name, part in told.items() if part}})
    if not said or tracker is None:
        return None
    _saved_facts.set(tracker.get_slot("facts") or {})
    message.output_channel.messages.extend(said)
    return said


async def _save_and_note_facts(self: MessageProcessor, tracker: DialogueStateTracker) -> None:
    failures.stop_if_failed()
    _saved_facts.set(tracker.get_slot("facts") or {})
    await _save_tracker(self, tracker)


async def _fetch_and_leave_unknown_form(
    self: MessageProcessor, *arguments: Any, **named: Any
) -> DialogueStateTracker:
    """A conversation in a form that this model does not have any more goes on outside it, with all its facts.

    It was begun with another model. Rasa would look for the form at each of its messages and answer none of them.
    """
    tracker: DialogueStateTracker = await _fetch_tracker(self, *arguments, **named)
    form = tracker.active_loop_name
    if form is not None and form not in self.domain.form_names:
        tracker.update(ActiveLoop(None), self.domain)
        tracker.update(SlotSet(REQUESTED_SLOT, None), self.domain)
    return tracker


def arguments(given: list[str]) -> list[str]:
    """The command line of ``rasa`` with what the environment asks for. Raises BackendError."""
    whole = list(given)
    if "--endpoints" in whole:
        place = whole.index("--endpoints") + 1
        whole[place] = str(endpoints.completed(Path(whole[place]), os.environ))
    if not any(one.startswith("--auth-token") for one in whole) and os.environ.get("RASA_TOKEN"):
        whole.append(f"--auth-token={os.environ['RASA_TOKEN']}")
    if "--logging-config-file" not in whole:
        whole += ["--logging-config-file", str(Path(logs.__file__).with_name("logging_rasa.yml"))]
    return whole


if __name__ == "__main__":
    sys.argv[1:] = arguments(sys.argv[1:])
    replace()
    rasa.__main__.main()
