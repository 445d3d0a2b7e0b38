"""What is known of a firm and of an event there: the facts vocabulary of screening.

Every field is optional: ``None`` means *not known*, never "no". Only the shape lives here; what a fact
means for a program is in ``programs/``, and how it is read from Korean is in ``bot.nlu``.
"""

from __future__ import annotations

from datetime import date
from typing import Any, Literal

from pydantic import BaseModel, Extra, Field, root_validator

EventType = Literal[
    "maternity_leave", "spouse_maternity_leave", "miscarriage_leave", "infertility_leave", "parental_leave",
    "childcare_reduced_hours", "pregnancy_reduced_hours", "family_care_leave", "flexible_work",
    "ten_oclock_start", "reduced_hours", "four_and_half_day", "return_from_leave",
]
FlexibleMode = Literal["staggered", "remote", "telework", "selective"]
Cover = Literal["hire", "dispatch", "coworkers", "none"]
Want = Literal[
    "replacement", "subsidy", "flexible_work", "consulting", "childcare_facility", "tax", "certification", "local",
]


class FactsError(ValueError):
    """The facts given are not of the vocabulary; the message names the field and what it takes."""


class _Facts(BaseModel):
    class Config:
        extra = Extra.forbid
        frozen = True


class Range(_Facts):
    """A whole number known only roughly, both ends included; an open end is None ("30인 이상" has no max)."""

    min: int | None = Field(default=None, ge=0)
    max: int | None = Field(default=None, ge=0)

    @root_validator
    def _ends_in_order(cls, values: dict[str, Any]) -> dict[str, Any]:
        low, high = values.get("min"), values.get("max")
        if low is not None and high is not None and low > high:
            raise ValueError("min이 max보다 큽니다")
        return values


class Company(_Facts):
    """The firm. ``headcount`` and ``insured_headcount`` count people; where a range stands beside a count,
    the count is the best guess and the range is what is certain."""

    headcount: int | None = Field(default=None, ge=0, le=1_000_000)
    headcount_range: Range | None = None
    insured_headcount: int | None = Field(default=None, ge=0, le=1_000_000)
    insured_headcount_range: Range | None = None
    industry: str | None = Field(default=None, regex=r"^[A-U]$", description="KSIC section letter")
    region: str | None = Field(default=None, description="시군구 code of places/regions")
    employment_insurance: bool | None = None
    large_group: bool | None = None
    public_institution: bool | None = None


class Event(_Facts):
    """A leave, a reduction or a wish of one worker. Dates are days in Korea; ``months`` is its length."""

    type: EventType | None = None
    mode: FlexibleMode | None = None
    start: date | None = None
    months: float | None = Field(default=None, gt=0, le=60)
    child_birth: date | None = Field(default=None, description="birth or due date")
    child_age_months: Range | None = Field(default=None, description="age on where no birth date is known")
    child_age_on: date | None = None
    worker_gender: Literal["female", "male"] | None = None
    worker_tenure_months: int | None = Field(default=None, ge=0, le=720)
    cover: Cover | None = None
    cover_start: date | None = None
    coworker_allowance: bool | None = None


class Facts(_Facts):
    """All that is known: one company, its events (the one being talked of comes first) and what it wants."""

    company: Company = Company()
    events: tuple[Event, ...] = ()
    wants: tuple[Want, ...] = ()

    @classmethod
    def read(cls, document: dict[str, Any]) -> Facts:
        """Facts from JSON-like data of the design's vocabulary.

        Raises FactsError, naming the field, for unknown keys and impossible values.
        """
        try:
            return cls.parse_obj(document)
        except ValueError as error:
            raise FactsError(_explain(error)) from error

    def to_document(self) -> dict[str, Any]:
        """The same facts as JSON-like data, unknown fields left out."""
        document: dict[str, Any] = _plain(self.dict(exclude_none=True))
        return document


def _plain(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple)):
        return [_plain(item) for item in value]
    return value.isoformat() if isinstance(value, date) else value


def _explain(error: ValueError) -> str:
    details = getattr(error, "errors", None)
    if details is None:
        return str(error)
    return "; ".join(".".join(str(part) for part in item["loc"]) + ": " + item["msg"] for item in details())
