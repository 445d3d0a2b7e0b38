"""Hello, yes and no to an offer, and stopping."""

from __future__ import annotations

from rasa_sdk import Action, Tracker
from rasa_sdk.events import ActiveLoop, EventType, FollowupAction, SlotSet
from rasa_sdk.executor import CollectingDispatcher
from rasa_sdk.types import DomainDict

from actions.forms import said_back
from actions.screening import screened_anew
from actions.speaking import say

# What a plain "yes" takes up, by what was offered last.
_OFFERS = {"visit": "visit_form", "screening": "screening_form"}


class ActionGreet(Action):
    """Hello: the whole introduction once, a short word afterwards."""

    def name(self) -> str:
        return "action_greet"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        spoken = any(event.get("event") == "bot" for event in tracker.events)
        if not spoken:
            say(dispatcher, "utter_greet")
        elif tracker.active_loop.get("name"):
            say(dispatcher, "utter_greet_midway")
        elif tracker.get_slot("facts"):
            say(dispatcher, "utter_greet_back", facts_said=said_back(tracker))
            return screened_anew(dispatcher, tracker)
        else:
            say(dispatcher, "utter_greet_again")
        return []


class ActionTakeUpOffer(Action):
    """Yes: what was offered last begins."""

    def name(self) -> str:
        return "action_take_up_offer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        form = _OFFERS.get(tracker.get_slot("offer") or "")
        if form is None or tracker.active_loop.get("name"):
            say(dispatcher, "utter_affirm_alone")
            return []
        return [SlotSet("offer", None), FollowupAction(form)]


class ActionTurnDownOffer(Action):
    """No: the offer is not made again by itself."""

    def name(self) -> str:
        return "action_turn_down_offer"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, "utter_deny_alone")
        return [SlotSet("offer", None)]


class ActionStop(Action):
    """Stop: the open form ends, what was said is kept."""

    def name(self) -> str:
        return "action_stop"

    async def run(self, dispatcher: CollectingDispatcher, tracker: Tracker, domain: DomainDict) -> list[EventType]:
        say(dispatcher, "utter_stopped")
        return [ActiveLoop(None), SlotSet("requested_slot", None)]
