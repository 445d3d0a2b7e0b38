"""The shape of ``lead.v1``: the contract with everybody who receives leads, published as JSON Schema.

Additions are free; a change or removal needs ``lead.v2``. Filling it in is ``leads.document``.
"""

from __future__ import annotations

from datetime import datetime
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field


class _Part(BaseModel):
    class Config:
        extra = Extra.forbid


class LeadCompany(_Part):
    """The firm; what was not asked or not known is null."""

    name: str | None
    headcount: int | None = Field(None, description="상시 근로자 수(명)")
    insured_headcount: int | None = Field(None, description="고용보험 피보험자 수(명)")
    industry: str | None = Field(None, description="KSIC 대분류")
    region: str | None = Field(None, description="시군구 코드")
    region_name: str | None = None


class LeadContact(_Part):
    """Whom to call. With ``masked`` the values only allow to recognise somebody."""

    name: str | None
    phone: str | None
    email: str | None
    masked: bool


class LeadConsent(_Part):
    """One agreement to a use of the contact data."""

    purpose: str
    wording_version: str
    given_at: datetime
    withdrawn_at: datetime | None


class LeadCenter(_Part):
    """The job center in charge."""

    id: str
    name: str
    phone: str | None


class LeadRouting(_Part):
    """Which strategy chose the center and why; ``tried`` holds every strategy with what it said."""

    method: str
    reason: str
    tried: list[dict[str, str]]


class LeadVisit(_Part):
    """The newest visit. Times in KST; ``sequence`` counts its changes."""

    id: str
    status: str = Field(..., regex="^(booked|visited|no_show|cancelled)$")
    status_ko: str
    starts_at: datetime
    ends_at: datetime
    when_ko: str
    planner_id: str
    planner_name: str
    sequence: int


class LeadWaiting(_Part):
    """A time the firm waits for, in words; ``freed`` is the time that came free, once the firm was told."""

    wish: str
    since: datetime
    told_at: datetime | None
    freed: str | None


class LeadTranscript(_Part):
    """Where the conversation can be read; its text is not part of the lead."""

    conversation_id: str | None
    reference: str | None


class LeadStep(_Part):
    """Something to do, for which program, and by when if there is a day."""

    text: str
    program: str | None
    deadline: str | None


class LeadFirstContact(_Part):
    """The clock to the first contact, in business hours."""

    due_at: datetime
    contacted_at: datetime | None
    overdue: bool


class LeadDocument(_Part):
    """A lead as planners and outside systems receive it."""

    version: Literal["lead.v1"] = Field("lead.v1", alias="schema")
    id: str
    number: str = Field(..., regex=r"^D[2-9A-HJKMNP-Z]{7}$")
    kind: str = Field(..., regex="^(visit|callback)$")
    state: str
    state_ko: str
    close_reason: str | None
    created_at: datetime
    updated_at: datetime
    company: LeadCompany
    contact: LeadContact
    consents: list[LeadConsent]
    facts: dict[str, Any]
    as_of: str | None
    knowledge_version: str | None
    verdicts: list[dict[str, Any]]
    support_type: str | None
    wishes: list[str]
    center: LeadCenter | None
    routing: LeadRouting
    planner_id: str | None
    claimed_by: str | None
    visit: LeadVisit | None
    waiting: list[LeadWaiting]
    call_window: dict[str, Any] | None
    partner: str | None
    transcript: LeadTranscript
    next_steps: list[LeadStep]
    documents: list[str]
    first_contact: LeadFirstContact
    erased_at: datetime | None

    class Config:
        title = "lead.v1"
        extra = Extra.forbid
        allow_population_by_field_name = True


def json_schema() -> dict[str, Any]:
    """The JSON Schema of ``lead.v1``, as published at ``/schemas/lead.v1.json``."""
    schema: dict[str, Any] = LeadDocument.schema(by_alias=True)
    _allow_null(schema, LeadDocument)
    return {"$schema": "http://json-schema.org/draft-07/schema#", "$id": "/schemas/lead.v1.json", **schema}


def _allow_null(schema: dict[str, Any], model: type[BaseModel]) -> None:
    # pydantic v1 forgets that an optional field may be null; a lead says null where something is not known.
    models = {part.__name__: part for part in _Part.__subclasses__()}
    for name, part in {**models, model.__name__: model}.items():
        target = schema if part is model else schema.get("definitions", {}).get(name)
        for field in part.__fields__.values() if target else ():
            if field.allow_none:
                written = target["properties"][field.alias]
                target["properties"][field.alias] = {"anyOf": [written, {"type": "null"}]}
                target["required"] = sorted({*target.get("required", ()), field.alias})
