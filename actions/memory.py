"""How one message changes what a conversation remembers.

Pure functions, no Rasa and no database. What a phrase *means* was decided by ``bot.nlu`` (entities);
what a fact is *worth* is decided by ``knowledge_base.screening``.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Any

from actions.names import is_noun, plain_name
from actions.slots import CONTACT_SLOTS, ENTITY_SLOTS, FACT_SLOTS, Slots, dotted
from knowledge_base.of_the_event import names_childcare, tells_of_a_loss, tells_of_a_pregnancy

_YES_NO_SLOTS = {
    "company_employment_insurance", "company_large_group", "company_public_institution",
    "event_coworker_allowance", "consent", "handoff_confirmed", "cancel_confirmed",
    "waiting_wanted",
}
_NUMBER_SLOTS = {
    "company_headcount", "company_insured_headcount", "event_months", "event_worker_tenure_months",
}
# A count asked for may be answered in another count's words: "29명이요" to "고용보험에 든 분은요?".
_ANSWERS_AS = {
    "company_insured_headcount": {"headcount"},
    "event_worker_tenure_months": {"event_months"},
    "event_months": {"worker_tenure_months"},
    "event_start": {"date", "visit_window", "child_birth", "cover_start"},
    "event_cover_start": {"date", "visit_window", "event_start"},
    "event_child_birth": {"date", "visit_window", "event_start"},
    "visit_opening": {"date", "event_start"},
    "event_cover": {"cover_if_asked"},
    "event_coworker_allowance": {"allowance_if_asked"},
}
_DAY_SLOTS = {"event_start", "event_cover_start", "event_child_birth"}
_WHOM = {"person_name", "phone", "email"}
# A name may hold these words: "서울치과" tells neither a place nor a trade when the firm's name was asked for.
_PARTS_OF_NAMES = {"industry", "region", "region_sido", "region_ambiguous", "region_if_asked"}
# Such facts are never in a name: who tells them answers something else than "what is the name?".
_NEVER_IN_A_NAME = {
    "headcount", "insured_headcount", "event_type", "event_start", "event_months", "child_birth", "child_age_months",
    "cover", "cover_start", "worker_tenure_months", "visit_window", "date", "phone", "email", "impossible",
}
_OF_THE_FIRM = {"headcount", "insured_headcount", "industry", "region"}
_INSURED_RANGES = {"under_30": {"min": None, "max": 29}, "from_30": {"min": 30, "max": None}}
_TEXT_SLOTS = {"company_name", "contact_name"}
# Intents that are never the answer to "what is the name?".
_NEVER_A_NAME = {
    "ask", "ask_why", "ask_eligibility", "ask_contact", "ask_privacy", "ask_bot", "talk_to_person", "dont_know",
    "stop", "restart", "deny", "affirm", "repeat", "plain_words", "distress", "abuse", "annoyed", "thanks",
    "book_visit", "cancel_visit", "change_visit", "lookup_visit", "request_callback", "erase_me", "smalltalk",
    "greet", "goodbye", "ask_case", "oos_labour", "oos_government", "oos_other",
}
_SHORT_NAME = re.compile(r"[가-힣]{2,3}")
# An intent less sure than this tells little of a single word: names are like any word ("송미라", "노을공방"), and
# who was asked for the name again answers with the name.
_HARDLY, _HARDLY_AGAIN = 0.95, 0.995
# Beside the point, a word of time is no fact: "오늘 날씨 좋네요", "점심 뭐 먹지".
_BESIDE_THE_POINT = {
    "smalltalk", "greet", "goodbye", "thanks", "annoyed", "abuse", "ask_bot", "oos_labour", "oos_government",
    "oos_other",
}
# Only such messages may hold what is a fact as an answer alone; "뽑으면 얼마 받아요" asks.
_MAY_ANSWER = {"inform", "correct", "affirm", "deny", "dont_know", "annoyed", "smalltalk", "nlu_fallback"}
_WORDS_OF_TIME = {"date", "visit_window"}
_SOON = timedelta(days=14)
# Hours of a window that is a whole part of a day, and the part.
_PARTS_OF_A_DAY = {
    ("09", "12"): "morning", ("09", "11"): "morning", ("13", "18"): "afternoon", ("17", "19"): "evening",
}
_OF_THE_VISIT = {"book_visit", "change_visit"}



@dataclass(frozen=True)
class Message:
    """One message as Rasa's NLU read it."""

    text: str
    intent: str
    entities: tuple[dict[str, Any], ...] = ()
    id: str | None = None
    confidence: float = 1.0


@dataclass(frozen=True)
class Change:
    """A fact that was known and is now something else."""

    slot: str
    old: Any
    new: Any


@dataclass
class Reading:
    """What one message changes: slots to set, facts corrected, facts said not to be known."""

    slots: dict[str, Any] = field(default_factory=dict)
    changes: list[Change] = field(default_factory=list)
    learned: list[str] = field(default_factory=list)
    told: dict[str, Any] = field(default_factory=dict)  # all values named, also those known already
    refused: str | None = None  # a slot for which something impossible was said
    switched: str | None = None  # "another" or "earlier" where the talk went on to another event

    def told_of(self, slots: Iterable[str]) -> dict[str, Any]:
        """The values named for ``slots``."""
        return {slot: self.told[slot] for slot in slots if slot in self.told}


def read(message: Message, slots: Slots, *, today: str) -> Reading:
    """What ``message`` changes, given what is known. ``today`` is the ISO day a child's age is counted from."""
    requested = asked_for(slots)
    if requested == "company_insured_headcount" and _corrects_all(message, slots):
        requested = None
    reading = Reading()
    name, company = _name_told(message, requested, slots), _company_beside(message, requested)
    for entity in _ours(message.entities):
        if (name or company) and entity["entity"] in _PARTS_OF_NAMES:
            continue
        # "플래너 만나고 싶은데요 화성이에요": who wants a visit says where, before it is asked.
        placed = entity["entity"] == "region_if_asked" and message.intent in _OF_THE_VISIT
        if entity["entity"].endswith("_if_asked") and message.intent not in _MAY_ANSWER and not placed:
            continue
        if message.intent in _BESIDE_THE_POINT and entity["entity"] in _WORDS_OF_TIME:
            continue
        if entity["entity"] == "impossible":
            reading.refused = _of_what(entity["value"], requested)
            continue
        # "12월 3일로 바꿀게요": a bare day in a message about the visit is the visit's, whatever was asked.
        asked = "visit_opening" if entity["entity"] == "date" and message.intent in _OF_THE_VISIT else requested
        asked = "company_region" if placed else asked
        for slot, value in _filled(entity, asked, slots, today):
            reading.told[slot] = value
            _set(reading, slots, slot, value)
    if company:
        reading.slots["company_name"] = company
    if requested and requested not in reading.slots:
        _read_answer(reading, message, slots, requested, name)
    _keep_consistent(reading, slots)
    return reading


def _corrects_all(message: Message, slots: Slots) -> bool:
    """Whether a count puts right how many there are in all, though the insured were asked for."""
    marked = message.intent == "correct" or any(entity["entity"] == "put_right" for entity in message.entities)
    return marked and slots.get("company_headcount") is not None


def asked_for(slots: Slots) -> str | None:
    """The slot that a bare answer fills: the one asked for, or the one whose two values are asked about."""
    requested: str | None = slots.get("requested_slot")
    if requested == "which_value":
        waiting = slots.get("conflict") or ()
        # Where two facts clash, a bare number tells neither.
        return waiting[0]["slot"] if waiting and not waiting[0]["against"] else None
    return requested


def _of_what(what: str, requested: str | None) -> str:
    """The slot that something impossible was said of: a day is of what was asked for, else of the event's start."""
    if what == "date":
        return requested if requested in _DAY_SLOTS else "event_start"
    return f"company_{what}" if requested != "company_insured_headcount" else requested


def question_of(message: Message) -> str:
    """The text without what it tells of the firm: "직원 25명인 제조업인데 지원금 얼마예요" asks for the 지원금.

    The facts reach the answer by themselves; left in the text, "다섯 명" would find what is said of firms under five.
    """
    text = message.text
    told = [entity for entity in _ours(message.entities) if entity["entity"] in _OF_THE_FIRM and entity.get("end")]
    for entity in sorted(told, key=lambda one: -int(one["start"])):
        text = text[: int(entity["start"])] + " " + text[int(entity["end"]):]
    if told and not any(letter.isspace() for letter in message.text):
        # Without spaces, scraps of particles are left around the facts: the question is the longest part.
        text = max(text.split(" "), key=len)
    return text if any(letter.isalnum() for letter in text) else message.text


def _ours(entities: Iterable[Mapping[str, Any]]) -> Iterable[Mapping[str, Any]]:
    """Entities that are asserted of this firm, not denied and not somebody else's."""
    return (entity for entity in entities if not entity.get("role"))


def _filled(entity: Mapping[str, Any], requested: str | None, slots: Slots, today: str) -> Iterable[tuple[str, Any]]:
    """The slots that one entity fills, given the question that was asked."""
    name, value = entity["entity"], entity["value"]
    if name == "want":
        yield "wants", sorted({*(slots.get("wants") or ()), value})
    elif name == "insured_headcount_range":
        yield "company_insured_headcount_range", _INSURED_RANGES.get(value, value)
    elif name == "child_age_months":
        yield "event_child_age", {"min": value.get("min"), "max": value.get("max"), "on": today}
    elif name in ("region_ambiguous", "region_sido"):
        yield "region_choices", value
    elif name == "region_if_asked" and requested == "company_region":
        yield ("company_region", value[0]) if len(value) == 1 else ("region_choices", value)
    elif name == "consent":
        yield "consent", bool(value)
    elif name == "waiting" and requested in ("visit_opening", "waiting_wanted"):
        yield "waiting_wanted", bool(value)
    elif name == "number" and requested in _NUMBER_SLOTS:
        yield requested, value
    elif requested and name in _ANSWERS_AS.get(requested, ()) and not _also_named(entity, requested) and (
        name != "visit_window" or requested == "visit_opening" or _is_a_day(value)
    ):
        yield _answer_in_other_words(entity, requested)
    elif name == "visit_window" and entity.get("time_only") and _part_of_a_day(value):
        yield "visit_window", _that_part_of_any_day(value, today)
    elif name in ENTITY_SLOTS:
        slot = ENTITY_SLOTS[name]
        if slot in ("company_headcount", "company_insured_headcount"):
            rough = "min" in entity or "max" in entity
            yield slot + "_range", {"min": entity.get("min"), "max": entity.get("max")} if rough else None
        yield slot, value


def _answer_in_other_words(entity: Mapping[str, Any], requested: str) -> tuple[str, Any]:
    """A day said in answer to a question: of a birth it is the past one, of a visit a whole day of wishes."""
    value = entity["value"]
    if requested == "visit_opening":
        return "visit_window", _as_window(value)
    if isinstance(value, dict):  # a window of wished time: its day
        value = str(value["start"])[:10]
    return requested, entity.get("past") or value if requested == "event_child_birth" else value


def _is_a_day(window: Mapping[str, Any]) -> bool:
    """Whether a window of time is a whole day or more: "화요일 오후" is when somebody has time, never a birthday."""
    return window.get("grain") in (None, "day", "week", "month") and "part" not in window


def _also_named(entity: Mapping[str, Any], requested: str) -> bool:
    """Whether a head count was plainly said to be of everybody ("전체 31명"), so it answers no other count."""
    return requested == "company_insured_headcount" and bool(entity.get("total"))


def _as_window(day: str) -> dict[str, str]:
    return {"start": f"{day}T00:00:00+09:00", "end": f"{day}T23:59:00+09:00", "grain": "day"}


def _part_of_a_day(window: Mapping[str, Any]) -> str | None:
    """ "morning", "afternoon" or "evening" where a window is all of it; None for "3시 이후"."""
    hours = str(window.get("start"))[11:13], str(window.get("end"))[11:13]
    return _PARTS_OF_A_DAY.get(hours) if window.get("grain") == "part" else None


def _that_part_of_any_day(value: Mapping[str, Any], today: str) -> dict[str, str]:
    """ "오전이요" without a day: the mornings of the days that are open for visits soon."""
    until = (date.fromisoformat(today) + _SOON).isoformat()
    return {"start": f"{today}T00:00:00+09:00", "end": f"{until}T00:00:00+09:00", "grain": "any",
            "part": str(_part_of_a_day(value))}


def _set(reading: Reading, slots: Slots, slot: str, value: Any) -> None:
    old = reading.slots.get(slot, slots.get(slot))
    if old == value:
        return
    if value is not None and (slot in FACT_SLOTS or slot in CONTACT_SLOTS):
        if slot in FACT_SLOTS:
            reading.learned.append(slot)
        if slots.get(slot) is not None and slot != "wants" and not slot.endswith("_range"):
            reading.changes = [change for change in reading.changes if change.slot != slot]
            reading.changes.append(Change(slot, slots.get(slot), value))
    reading.slots[slot] = value


def _company_beside(message: Message, requested: str | None) -> str | None:
    """The firm's name told together with person and phone: "밝은치과 윤서연 010-1234-5678"."""
    told = [entity for entity in message.entities if entity["entity"] in _WHOM and entity.get("end")]
    named = any(entity["entity"] == "company_name" for entity in message.entities)
    if requested != "company_name" or named or not any(entity["entity"] == "phone" for entity in told):
        return None
    text = message.text
    for entity in sorted(told, key=lambda one: -int(one["start"])):
        text = text[: int(entity["start"])] + " , " + text[int(entity["end"]):]
    rest = [plain_name(part) for part in text.split(",")]
    return next((part for part in rest if part and len(part) > 1), None)


def _has_none(message: Message, requested: str) -> bool:
    """ "애 없어요" to the question of a child: nothing to tell, and nothing to ask again."""
    return requested == "event_child_birth" and any(
        entity["entity"] == "no_child_if_asked" for entity in message.entities)


def _name_told(message: Message, requested: str | None, slots: Slots) -> str | None:
    """The name that the message is, where a name was asked for and nothing else is told."""
    if requested not in _TEXT_SLOTS:
        return None
    sure = _HARDLY_AGAIN if (slots.get("misunderstood") or {}).get(requested) else _HARDLY
    if message.intent in _NEVER_A_NAME and not (message.confidence < sure and is_noun(message.text)):
        return None
    if any(entity["entity"] in _NEVER_IN_A_NAME for entity in message.entities):
        return None
    if requested == "contact_name" and any(entity["entity"] == "company_name" for entity in _ours(message.entities)):
        return _person_named_as_firm(message, slots)
    return plain_name(message.text)


def _person_named_as_firm(message: Message, slots: Slots) -> str | None:
    """The person whose bare name was given for the firm's, once the firm is named: "박정우", then "명성정밀"."""
    before = str(slots.get("company_name") or "")
    return before if message.intent != "correct" and _SHORT_NAME.fullmatch(before) else None


def _read_answer(reading: Reading, message: Message, slots: Slots, requested: str, name: str | None) -> None:
    """A bare answer whose meaning only the question tells: yes, no, 모름, a name."""
    if requested in _YES_NO_SLOTS and message.intent in ("affirm", "deny"):
        _set(reading, slots, requested, message.intent == "affirm")
    elif requested in FACT_SLOTS and (message.intent == "dont_know" or _has_none(message, requested)):
        reading.slots["unknowable"] = sorted({*(slots.get("unknowable") or ()), dotted(requested)})
    elif name:
        reading.slots[requested] = name


def _keep_consistent(reading: Reading, slots: Slots) -> None:
    """What a new fact makes void: an exact count its range, a chosen place its choices, a birth date the age."""
    new = reading.slots
    if "company_region" in new:
        new["region_choices"] = None
    if _of_a_father(new, slots):
        _set(reading, slots, "event_type", "spouse_maternity_leave")
    if new.get("event_coworker_allowance") and not (new.get("event_cover") or slots.get("event_cover")):
        _set(reading, slots, "event_cover", "coworkers")  # an allowance is paid to those who share the work
    if new.get("event_child_birth"):
        new["event_child_age"] = None
    if new.get("event_child_age"):
        new["event_child_birth"] = None
    if new.get("company_insured_headcount") is not None:
        new.setdefault("company_insured_headcount_range", None)
    answered = {dotted(slot) for slot in reading.learned}
    unknowable = new.get("unknowable", slots.get("unknowable")) or []
    if answered & set(unknowable):
        new["unknowable"] = [fact for fact in unknowable if fact not in answered]


def _of_a_father(new: Slots, slots: Slots) -> bool:
    """Whether the leave at a birth told of is a man's: he takes the one of fathers ("남직원이 출산휴가 쓴대요")."""
    event, gender = (new.get(slot, slots.get(slot)) for slot in ("event_type", "event_worker_gender"))
    told = "event_type" in new or "event_worker_gender" in new
    return told and event == "maternity_leave" and gender == "male"


def of_a_pregnancy(reading: Reading, message: Message, slots: Slots, *, before: str, today: str) -> None:
    """Hours cut for a child still unborn are those of a pregnancy, whose pay may not be cut: "하루 두 시간 일찍
    보내 달래요" of one who is ten weeks pregnant. ``before`` is what the person said just before."""
    if reading.slots.get("event_type") != "childcare_reduced_hours" or names_childcare(message.text):
        return
    birth = reading.slots.get("event_child_birth", slots.get("event_child_birth"))
    unborn = birth > today if birth else tells_of_a_pregnancy(before) and not slots.get("event_child_age")
    if unborn:
        reading.slots["event_type"] = reading.told["event_type"] = "pregnancy_reduced_hours"


def of_a_loss(reading: Reading, slots: Slots, *, before: str) -> None:
    """Weeks told after a miscarriage are how long the pregnancy lasted: no birth is to come ("18주였대요")."""
    event = reading.slots.get("event_type", slots.get("event_type"))
    if event != "miscarriage_leave" and not tells_of_a_loss(before):
        return
    for slot in ("event_child_birth", "event_child_age"):
        if slot in reading.slots:
            del reading.slots[slot]
            reading.learned = [known for known in reading.learned if known != slot]
            reading.changes = [change for change in reading.changes if change.slot != slot]


def taken_back(slots: Slots) -> Reading:
    """The last correction undone ("아니 아까 말한 게 맞아요"): the values before it; empty when there is none."""
    reading = Reading()
    for change in slots.get("changes") or ():
        reading.slots[change["slot"]] = change["old"]
        if change["slot"] in FACT_SLOTS:
            reading.learned.append(change["slot"])
        reading.changes.append(Change(change["slot"], change["new"], change["old"]))
    return reading
