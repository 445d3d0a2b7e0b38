"""Models of the files of ready sentences: narrow questions, matters that decide, and limits of numbers told.

``particulars.yaml``, ``named_matters.yaml`` and ``told_limits.yaml``; what they mean in a talk is in the modules of
the same names. That their ids exist is in ``checking.py``.
"""

from __future__ import annotations

import re
from typing import Literal

from pydantic import Extra, Field, validator

from knowledge_base.place_schema import Written

# split: used in parts · applicant: who applies · instalments: paid monthly or at the end · open_now: applications
# taken now · approval: needed before it begins · wage: paid in full meanwhile · payback: to be given back ·
# hire_from: how early somebody may be hired in the place.
Particular = Literal["split", "applicant", "instalments", "open_now", "approval", "wage", "payback", "hire_from"]
# What a number counts: weeks of a pregnancy, days of the leave in all and at a time, months of it, days used up, days
# since a birth or since it happened, days the cover stayed, overtime in a month, hours worked a day, hours a week
# (worked, or cut), months of service in full, the child's months, days a month, and 만원 a month earned on leave.
Counted = Literal[
    "pregnancy_weeks", "leave_days", "days_at_a_time", "leave_months", "used_days", "days_since", "days_since_birth",
    "cover_days", "overtime_hours", "day_hours", "week_hours", "week_cut", "tenure_months", "child_months",
    "days_a_month", "month_income",
]
_MARK = re.compile(r"\{[^{}]*\}")
_MARKS = {"{n}", "{left}"}


class Told(Written):
    """What an item's own sentences say: ``so`` is yes or no where the question can be met so, and the sentences."""

    so: bool | None = None
    text: str = Field(..., min_length=5)


class ParticularsFile(Written):
    """``particulars.yaml``: per narrow question the ids that have a sentence of their own, with it."""

    __root__: dict[Particular, dict[str, Told]]

    class Config:
        extra = Extra.ignore  # "forbid" would shut the root's own keys out of the JSON Schema


class Matter(Written):
    """What is named, and the sentence that decides. ``talk`` may stand in what was said before; ``but`` must not."""

    asked: str
    talk: str | None = None
    but: str | None = None
    item: str
    say: str = Field(..., min_length=10)

    @validator("asked", "talk", "but")
    def _is_a_pattern(cls, pattern: str | None) -> str | None:
        try:
            re.compile(pattern or "")
        except re.error as error:
            raise ValueError(f"정규식으로 읽을 수 없습니다({error})") from error
        return pattern


class MattersFile(Written):
    """``named_matters.yaml``: every matter, in the order in which they are tried."""

    __root__: tuple[Matter, ...]

    class Config:
        extra = Extra.ignore  # as above


class Case(Written):
    """What is said of a number up to ``to``; ``so`` is yes or no where that answers the question."""

    to: int
    so: bool | None = None
    text: str = Field(..., min_length=5)

    @validator("text")
    def _only_known_marks(cls, text: str) -> str:
        if unknown := [mark for mark in _MARK.findall(text) if mark not in _MARKS]:
            raise ValueError(f"채워지지 않는 자리표시 {unknown[0]}가 있습니다. {{n}}과 {{left}}만 쓸 수 있습니다")
        return text


class Limit(Written):
    """What a number counts, and the cases by its size; ``total`` is what {left} is reckoned from."""

    told: Counted
    total: int | None = None
    cases: tuple[Case, ...]

    @validator("cases")
    def _rise(cls, cases: tuple[Case, ...], values: dict[str, object]) -> tuple[Case, ...]:
        ends = [case.to for case in cases]
        if not ends:
            raise ValueError("적어도 하나는 있어야 합니다")
        if ends != sorted(set(ends)):
            raise ValueError("to는 위에서 아래로 점점 커져야 합니다")
        if values.get("total") is None and any("{left}" in case.text for case in cases):
            raise ValueError("{left}를 쓰려면 total을 적어야 합니다")
        return cases


class LimitsFile(Written):
    """``told_limits.yaml``: the limits by the id of the right, the benefit or the program."""

    __root__: dict[str, tuple[Limit, ...]]

    class Config:
        extra = Extra.ignore  # as above
