"""How Rasa finds the next action: the graph of its components, and the states the rules are compared with.

A turn predicts three to five times, and each time Rasa would plan the graph and replay the whole conversation.
"""

from __future__ import annotations

from dataclasses import dataclass
from graphlib import TopologicalSorter
from typing import Any

from rasa.engine.runner.dask import DaskGraphRunner
from rasa.shared.core.domain import Domain, State
from rasa.shared.core.events import ActionExecuted, Event
from rasa.shared.core.trackers import DialogueStateTracker

_past_states_anew = DialogueStateTracker.past_states


def replace() -> None:
    """Put the replacements in force in this process."""
    DaskGraphRunner.run = run_in_order
    DialogueStateTracker.past_states = past_states


def run_in_order(
    self: DaskGraphRunner, inputs: dict[str, Any] | None = None, targets: list[str] | None = None
) -> dict[str, Any]:
    """What the target components make of the inputs: each component in turn, in an order found once.

    Rasa has dask order them and queue them for its one thread each time.
    """
    wanted = tuple(targets or self._graph_schema.target_names)
    if not hasattr(self, "plans"):
        self.plans = {}
    if wanted not in self.plans:
        nodes = self._graph_schema.minimal_graph_schema(list(wanted)).nodes
        needs = {name: tuple(node.needs.values()) for name, node in nodes.items()}
        order = TopologicalSorter(needs).static_order()
        self.plans[wanted] = [(name, needs[name]) for name in order if name in needs]
    made: dict[str, tuple[str, Any]] = {name: (name, value) for name, value in (inputs or {}).items()}
    for name, needed in self.plans[wanted]:
        made[name] = self._instantiated_nodes[name](*(made[one] for one in needed))
    return dict(made[name] for name in wanted)


@dataclass
class _Replayed:
    """A conversation replayed up to somewhere: its events until then, and the state before each action."""

    domain: Domain
    events: list[Event]
    tracker: DialogueStateTracker
    states: list[State]


def past_states(
    self: DialogueStateTracker, domain: Domain, omit_unset_slots: bool = False, ignore_rule_only_turns: bool = False,
    rule_only_data: dict[str, Any] | None = None,
) -> list[State]:
    """The states of the conversation, replaying only the events that came since they were asked for last."""
    if omit_unset_slots or ignore_rule_only_turns:
        whole: list[State] = _past_states_anew(self, domain, omit_unset_slots, ignore_rule_only_turns, rule_only_data)
        return whole
    events = self.applied_events()
    replayed: _Replayed | None = getattr(self, "replayed", None)
    if replayed is None or replayed.domain is not domain or not _begins_with(events, replayed.events):
        replayed = self.replayed = _Replayed(domain, [], self.init_copy(), [])
    for event in events[len(replayed.events):]:
        if isinstance(event, ActionExecuted):
            replayed.states.append(_state(domain, replayed.tracker))
        replayed.tracker.update(event)
    replayed.events = events
    # Rasa changes the states it is given.
    return [{part: dict(values) for part, values in state.items()}
            for state in (*replayed.states, _state(domain, replayed.tracker))]


def _begins_with(events: list[Event], earlier: list[Event]) -> bool:
    return len(events) >= len(earlier) and all(one is other for one, other in zip(earlier, events, strict=False))


def _state(domain: Domain, tracker: DialogueStateTracker) -> State:
    return domain._clean_state(domain.get_active_state(tracker))
