"""Who is written with: an employee, an owner who becomes a parent, somebody who only wants to know, a family's firm.

Who it is is read in ``knowledge_base/speakers.py``; here is what each is told and that they are not screened.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from actions.memory import Message, Reading, question_of
from knowledge_base import places
from knowledge_base.answer_lists import local_programs
from knowledge_base.in_talk import may_or_must
from knowledge_base.may_have import asks_of_the_firm
from knowledge_base.of_the_event import asks_what_is_due
from knowledge_base.question_shape import shape_of
from knowledge_base.search_items import title_of
from knowledge_base.search_text import matters
from knowledge_base.speakers import (
    OF_THE_FAMILY,
    WHERE_TO_TURN,
    asks_for_own_grant,
    asks_of_grants,
    asks_where_to_turn,
    is_for_owners,
    names_staff,
    of_the_family,
    own_birth,
    refused,
    speaker_of,
    without_the_family,
)

Slots = Mapping[str, Any]

_SIDO_DIGITS = 2
_NOTED, _TOLD = "noted", "told"


def settle(reading: Reading, message: Message, slots: Slots, *, before: str) -> str | None:
    """Remember who writes; the question to be answered in place of the message, None where it is none."""
    if message.text.startswith("/"):
        return None
    known = slots.get("speaker")
    speaker = speaker_of(message.text, before)
    if speaker is None and known and _has_staff(reading, message):
        reading.slots["speaker"] = None  # now it is an employee of theirs who takes leave
        return None
    if speaker and speaker != known:
        reading.slots["speaker"] = speaker
        return _first_asked(speaker, reading, message, slots)
    if known == "owner" and asks_for_own_grant(message.text) and shape_of(message.text) == "question":
        return owners_question(before, {**slots, **reading.slots})
    if known == "employee" and asks_where_to_turn(message.text):
        return WHERE_TO_TURN
    return _of_the_family(reading, message, slots)


def _of_the_family(reading: Reading, message: Message, slots: Slots) -> str | None:
    """What somebody of the owner's family in the firm means for the grants, told once."""
    text = question_of(message)
    asks = shape_of(message.text) in ("question", "look_up") or may_or_must(message.text)
    if slots.get("family") == _TOLD or not (slots.get("family") or of_the_family(message.text)):
        return None
    of_grants = asks_of_the_firm(text) or asks_what_is_due(text) or asks_of_grants(text)
    reading.slots["family"] = _NOTED if asks and not of_grants else _TOLD
    if asks and not of_grants:
        return without_the_family(text) if of_the_family(message.text) else None
    return OF_THE_FAMILY


def owners_question(text: str, slots: Slots) -> str:
    """What an owner asks who has a child: of the program of the place, where it has one of its own for owners.

    ``text`` is what was said; a birth of the wife's is another matter than one's own.
    """
    region = slots.get("company_region") or slots.get("region_choices")
    sido = places.sido(region[:_SIDO_DIGITS]).name if isinstance(region, str) else ""
    local = (program.short_name for program in local_programs(sido) if is_for_owners(program.short_name))
    return next(local, own_birth(text))


def _first_asked(speaker: str, reading: Reading, message: Message, slots: Slots) -> str | None:
    asks = shape_of(message.text) in ("question", "look_up")
    if speaker == "owner" and asks and not asks_for_own_grant(message.text):
        return None
    if speaker == "owner":
        return owners_question(message.text, {**slots, **reading.slots})
    if asks:
        return None
    right = next((str(one["value"]) for one in message.entities if one["entity"] == "right"), None)
    if speaker == "employee" and right and matters(message.text)[0]:
        return refused(title_of(right) or right)
    return None


def _has_staff(reading: Reading, message: Message) -> bool:
    facts = {"headcount", "event_type"} & {one["entity"] for one in message.entities if not one.get("role")}
    return bool(facts) and names_staff(message.text) and reading.told.get("company_headcount") != 0
