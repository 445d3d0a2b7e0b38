"""What a file of ``rights/``, ``faq/`` and ``cases/`` may say; centers and regions are in ``place_schema.py``.

Only shapes and what one file can be checked for live here. Checks across files are in ``checking.py``, reading
in ``loading.py``, and what to say of an old or unsure value in ``freshness.py``.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from typing import Any, Literal

from pydantic import Extra, Field, root_validator, validator

from knowledge_base.facts import EventType, Want
from knowledge_base.place_schema import SIDO_CODE, Written
from knowledge_base.program_schema import Dated, Reference

Sureness = Literal["high", "medium", "low"]
ITEM_ID = r"^[a-z0-9][a-z0-9_]*$"


class Source(Written):
    """A source as shown to people; ``read`` says how well it was read when the item was written."""

    title: str
    url: str = Field(..., regex=r"^https?://\S+$")
    kind: Literal[
        "law", "law_copy", "gov", "gov_copy", "gov_center", "expert", "case", "news", "news_copy", "secondary"
    ]
    read: Literal["full", "copy", "copy_summary", "excerpt", "third_party_quote", "not_opened"]


class RightValue(Dated):
    """One dated figure of a right: so many days, so much money, or a rule in words.

    ``series`` names what the figure is of: rows of one series follow each other in time, and at most one of them
    holds on a day; rows of different series hold side by side. ``value: null`` is *not known* (never "nothing").
    An open ``to`` means "so when last checked".
    """

    series: str = Field(..., regex=r"^[a-z0-9_]+$")
    value: int | str | tuple[int, ...] | tuple[str, ...] | None
    unit: str | None = Field(None, description="일, 개월, 원, %, 시간 …; 글로 된 값이면 null")
    per: str | None = Field(None, description="월, 30일, 년 …마다")
    meaning: str | None = Field(None, description="상한, 하한, 과태료, 회사 유급 의무 …")
    condition: str | None = None
    note: str | None = None
    reference: Reference | None
    also: tuple[str, ...] = ()
    checked_on: date | None = Field(None, description="항목의 checked_on과 다를 때만")
    confidence: Sureness | None = Field(None, description="항목의 confidence와 다를 때만")
    caution: str | None = None

    @root_validator(skip_on_failure=True)
    def _known_values_have_a_reference(cls, values: dict[str, Any]) -> dict[str, Any]:
        if values["value"] is not None and values["reference"] is None:
            raise ValueError("값이 있으면 근거(reference의 law나 url)도 있어야 합니다")
        return values

    @property
    def is_money(self) -> bool:
        """Whether the figure is an amount of 원."""
        return self.unit == "원"


class Under5(Written):
    """Whether the right holds in firms of fewer than five; null is not known, the note says more."""

    applies: bool | None
    note: str


class PayStep(Written):
    """One stretch of a benefit: ``percent`` of the ordinary wage, at most the figure of the series ``cap``."""

    percent: int = Field(..., ge=1, le=100)
    cap: str
    from_month: int = 1
    to_month: int | None = None


class FromPay(Written):
    """How a benefit follows from the ordinary wage (통상임금): by the month, for every 30 days, or by the hours cut.

    ``floor`` and ``full_hours`` are series of this right too. For ``top_up_days`` of the leave a 우선지원대상기업
    pays what the wage is more than the benefit (``top_up_days_twins`` where two or more are born).
    """

    kind: Literal["by_month", "by_30_days", "by_hours"]
    steps: tuple[PayStep, ...]
    floor: str | None = None
    full_hours: str | None = None
    top_up_days: int | None = None
    top_up_days_twins: int | None = None
    reference: Reference


class Right(Written):
    """One 법정 권리 or benefit of a worker, as an HR manager asks about it. Its file name is its id."""

    id: str = Field(..., regex=ITEM_ID)
    name: str
    aliases: tuple[str, ...] = ()
    summary: str
    who: str | None
    employer_duty: str | None
    durations: tuple[RightValue, ...] = ()
    pay: tuple[RightValue, ...] = ()
    from_pay: FromPay | None = None
    penalty: str | None
    under5: Under5
    how_to_apply: str | None
    legal_basis: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: date
    confirmed_until: date = Field(..., description="이 날까지의 내용을 확인함; 그 뒤는 바뀔 수 있음")
    confidence: Sureness
    caution: str | None = None
    notes: str | None

    @validator("legal_basis", "sources")
    def _is_founded(cls, values: tuple[object, ...]) -> tuple[object, ...]:
        if not values:
            raise ValueError("근거가 적어도 하나는 있어야 합니다")
        return values

    @validator("durations", "pay")
    def _one_row_a_day(cls, rows: tuple[RightValue, ...]) -> tuple[RightValue, ...]:
        overlap = first_overlap(rows)
        if overlap:
            raise ValueError(
                f"series '{overlap[0].series}'의 기간이 겹칩니다({span(overlap[0])}와 {span(overlap[1])})"
            )
        return rows

    @root_validator(skip_on_failure=True)
    def _reckons_by_its_own_rows(cls, values: dict[str, Any]) -> dict[str, Any]:
        rule, series = values["from_pay"], {row.series for row in values["pay"]}
        named = [*(step.cap for step in rule.steps), rule.floor, rule.full_hours] if rule else []
        if missing := [name for name in named if name and name not in series]:
            raise ValueError(f"from_pay가 말하는 series '{missing[0]}'가 pay에 없습니다")
        return values

    def figure_on(self, series: str, day: date) -> int | None:
        """The number of ``series`` in force on ``day``; None where it is not known or no number."""
        found = next((row.value for row in self.pay if row.series == series and row.covers(day)), None)
        return found if isinstance(found, int) else None

    def values_on(self, day: date) -> tuple[RightValue, ...]:
        """Every figure in force on ``day``, durations first, in the order of the file."""
        return tuple(row for row in (*self.durations, *self.pay) if row.covers(day))


def first_overlap(rows: Iterable[RightValue]) -> tuple[RightValue, RightValue] | None:
    """The first two rows of one series that hold on the same day, or None."""
    last: dict[str, RightValue] = {}
    for row in sorted(rows, key=lambda item: (item.series, item.from_ or date.min)):
        before = last.get(row.series)
        if before is not None and (before.to is None or row.from_ is None or row.from_ <= before.to):
            return before, row
        last[row.series] = row
    return None


def span(row: Dated) -> str:
    """A row's days as text: "2026-01-01~2026-12-31"; an open end is left out."""
    return f"{row.from_ or ''}~{row.to or ''}"


class Question(Written):
    """One question of small firms with its short answer. Its file name is its id."""

    id: str = Field(..., regex=r"^faq_\d{3}$")
    category: str
    question: str
    answer: str
    under5: bool | None = Field(..., description="5인 미만에도 그대로인가; null은 나뉨·확인 안 됨")
    related_rights: tuple[str, ...]
    related_programs: tuple[str, ...]
    legal_basis: tuple[str, ...]
    sources: tuple[Source, ...]
    checked_on: date
    confirmed_until: date
    confidence: Sureness
    caution: str | None = None

    @validator("sources")
    def _is_founded(cls, values: tuple[Source, ...]) -> tuple[Source, ...]:
        if not values:
            raise ValueError("출처가 적어도 하나는 있어야 합니다")
        return values


class CasePlace(Written):
    """Where the firm is, as published; null where it was not."""

    said: str
    sido: str = Field(..., regex=SIDO_CODE)
    region: str | None = Field(None, regex=r"^\d{5}$")


class CaseHeadcount(Written):
    """How many people, as published, and the bounds that says."""

    said: str
    min: int | None = Field(None, ge=0)
    max: int | None = Field(None, ge=0)


class CaseSource(Written):
    """Where the case was published."""

    title: str
    url: str = Field(..., regex=r"^https?://\S+$")


class Case(Written):
    """One published case of a small firm. Sentences are 해요체, for the card. Its file name is its id."""

    id: str = Field(..., regex=ITEM_ID)
    company: str | None = Field(..., description="보도에 이름이 없으면 null")
    title: str
    place: CasePlace | None
    industry: str | None = Field(..., description="보도에 적힌 업종")
    industries: tuple[str, ...] = Field((), description="KSIC 대분류 글자; 견줄 때 씀")
    headcount: CaseHeadcount | None
    size: str
    measures: tuple[str, ...]
    wants: tuple[Want, ...] = ()
    events: tuple[EventType, ...] = ()
    award: str | None
    published: str = Field(..., regex=r"^\d{4}(-\d\d){0,2}$")
    what_they_did: str
    effect: str | None
    lesson: str
    source: CaseSource
    more_sources: tuple[str, ...] = ()
    checked_on: date
    confidence: Literal["high", "medium"]
    caution: str | None = None
    notes: str | None = None

    @validator("industries", each_item=True)
    def _is_a_section(cls, letter: str) -> str:
        if len(letter) != 1 or not "A" <= letter <= "U":
            raise ValueError(f"'{letter}': KSIC 대분류는 A부터 U까지 한 글자입니다")
        return letter


class IndustryWords(Written):
    """What owners call one trade: ``plain`` words name it by themselves, ``places`` are also places one goes to,
    ``things`` mean much else too, and ``endings`` close the name of one whatever stands before them."""

    plain: tuple[str, ...] = ()
    places: tuple[str, ...] = ()
    things: tuple[str, ...] = ()
    endings: tuple[str, ...] = ()


class IndustriesFile(Written):
    """``lexicon/industries.yaml``: words by KSIC section letter."""

    __root__: dict[str, IndustryWords]

    class Config:
        extra = Extra.ignore  # "forbid" would shut the root's own keys out of the JSON Schema


class Deed(Written):
    """Things and the stems of the verbs that make a trade of them ("딸기", "키우"); where none are named, any thing
    but those of ``but``."""

    verbs: tuple[str, ...]
    things: tuple[str, ...] = ()
    but: tuple[str, ...] = ()


class DeedsFile(Written):
    """``lexicon/deeds.yaml``: deeds by KSIC section letter."""

    __root__: dict[str, tuple[Deed, ...]]

    class Config:
        extra = Extra.ignore  # as above


class TradesSaidFile(Written):
    """``lexicon/trades_said.yaml``: what owners say of their trade, in lines by KSIC section letter, and of none."""

    __root__: dict[str, tuple[tuple[str, ...], ...]]

    class Config:
        extra = Extra.ignore  # as above


class NamesFile(Written):
    """``lexicon/names.yaml``: what people call programs, rights and centers, by id."""

    programs: dict[str, tuple[str, ...]]
    rights: dict[str, tuple[str, ...]]
    centers: dict[str, tuple[str, ...]]


class WordsFile(Written):
    """``lexicon/words.yaml``: words the morpheme analyser should keep whole."""

    words: tuple[str, ...]
