"""Which slots hold facts and contact data, their names in the contracts, and the facts document made of them."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

Slots = Mapping[str, Any]

# fact slot: (group of the facts document, field there)
FACT_SLOTS: dict[str, tuple[str, str]] = {
    "company_headcount": ("company", "headcount"),
    "company_headcount_range": ("company", "headcount_range"),
    "company_insured_headcount": ("company", "insured_headcount"),
    "company_insured_headcount_range": ("company", "insured_headcount_range"),
    "company_industry": ("company", "industry"),
    "company_region": ("company", "region"),
    "company_employment_insurance": ("company", "employment_insurance"),
    "company_large_group": ("company", "large_group"),
    "company_public_institution": ("company", "public_institution"),
    "event_type": ("event", "type"),
    "event_mode": ("event", "mode"),
    "event_start": ("event", "start"),
    "event_months": ("event", "months"),
    "event_child_birth": ("event", "child_birth"),
    "event_child_age": ("event", "child_age"),
    "event_worker_gender": ("event", "worker_gender"),
    "event_worker_tenure_months": ("event", "worker_tenure_months"),
    "event_cover": ("event", "cover"),
    "event_cover_start": ("event", "cover_start"),
    "event_coworker_allowance": ("event", "coworker_allowance"),
    "wants": ("wants", "wants"),
}
CONTACT_SLOTS = ("company_name", "contact_name", "contact_phone", "contact_email")

# entity of bot.nlu: the slot it fills
ENTITY_SLOTS: dict[str, str] = {
    "headcount": "company_headcount",
    "insured_headcount": "company_insured_headcount",
    "industry": "company_industry",
    "region": "company_region",
    "employment_insurance": "company_employment_insurance",
    "large_group": "company_large_group",
    "public_institution": "company_public_institution",
    "coworker_allowance": "event_coworker_allowance",
    "event_type": "event_type",
    "flexible_mode": "event_mode",
    "event_start": "event_start",
    "event_months": "event_months",
    "child_birth": "event_child_birth",
    "worker_gender": "event_worker_gender",
    "worker_tenure_months": "event_worker_tenure_months",
    "cover": "event_cover",
    "cover_start": "event_cover_start",
    "person_name": "contact_name",
    "phone": "contact_phone",
    "email": "contact_email",
    "company_name": "company_name",
    "booking_number": "booking_number",
    "visit_window": "visit_window",
    "opening": "visit_opening",
}
# slot: the entity by which a button gives its value
ENTITY_OF = {slot: entity for entity, slot in ENTITY_SLOTS.items()}


def dotted(slot: str) -> str:
    """The dotted name of a slot: ``company_headcount`` is ``company.headcount``."""
    special = {
        "wants": "wants", "consent": "consent", "visit_opening": "visit.opening", "waiting_wanted": "visit.waiting",
        "booking_number": "visit.number",
        "handoff_confirmed": "handoff.confirmed", "cancel_confirmed": "visit.cancel",
        "event_child_age": "event.child_birth",
    }
    return special.get(slot, slot.replace("_", ".", 1))


def slot_of(fact: str) -> str:
    """The slot of a dotted fact: ``event.cover`` is ``event_cover``."""
    return fact.replace(".", "_")


def facts_document(slots: Slots) -> dict[str, Any]:
    """The facts known, as the design's JSON document; unknown facts are left out."""
    company = {name: slots[slot] for slot, (group, name) in FACT_SLOTS.items()
               if group == "company" and slots.get(slot) is not None}
    events = [event for event in (event_document(slots), *(slots.get("other_events") or ())) if event]
    document: dict[str, Any] = {}
    if company:
        document["company"] = company
    if events:
        document["events"] = events
    if slots.get("wants"):
        document["wants"] = list(slots["wants"])
    return document


def event_document(slots: Slots) -> dict[str, Any]:
    """The event being talked of, as the facts document has it."""
    event: dict[str, Any] = {}
    for slot, (group, name) in FACT_SLOTS.items():
        value = slots.get(slot)
        if value is None or group != "event":
            continue
        if name == "child_age":
            event["child_age_months"] = {"min": value.get("min"), "max": value.get("max")}
            event["child_age_on"] = value.get("on")
        else:
            event[name] = value
    return event
