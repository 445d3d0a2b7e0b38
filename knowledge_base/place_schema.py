"""What a file of ``places/`` may hold: centers, regions, names of places and where each was learnt.

Only shapes and what a single file can be checked for; looking places up is in ``places.py``, checks across
files are in ``checking.py``.
"""

from __future__ import annotations

from datetime import date
from typing import Literal

from pydantic import BaseModel, Extra, Field, validator

Confidence = Literal["high", "medium", "low", "none"]
REGION_CODE = r"^\d{5}$"
SIDO_CODE = r"^\d{2}$"
PHONE = r"^(0\d{1,2}-\d{3,4}-\d{4}|1\d{3})$"


class Written(BaseModel):
    """The ground of every knowledge model: no unknown keys, and nothing changes after reading."""

    class Config:
        extra = Extra.forbid
        frozen = True
        anystr_strip_whitespace = True
        smart_union = True


def _not_empty(values: tuple[object, ...]) -> tuple[object, ...]:
    if not values:
        raise ValueError("적어도 하나는 있어야 합니다")
    return values


class BusinessSupport(Written):
    """Whether the center helps employers (null: not known) and which center does where it does not."""

    handles: bool | None
    center: str = Field(..., description="기업지원 문의를 넘길 센터의 id (자기 자신일 수 있음)")
    note: str | None = None
    sources: tuple[str, ...] = ()


class CenterPhone(Written):
    """The general line."""

    number: str | None = Field(..., regex=PHONE)
    confidence: Confidence
    sources: tuple[str, ...]
    note: str | None = None


class Address(Written):
    """Where the center stands; ``complete`` is false where only the street is known."""

    text: str | None
    complete: bool
    sources: tuple[str, ...]
    note: str | None = None


class PlannerLine(Written):
    """The planner's own line of one of the thirteen pilot centers; null where the poster gave none."""

    phone: str | None = Field(..., regex=PHONE)
    as_of: date
    confidence: Confidence
    sources: tuple[str, ...]
    note: str


class Jurisdiction(Written):
    """How sure the center's regions are; which they are stands in the regions' own files."""

    confidence: Confidence
    note: str | None = None
    sources: tuple[str, ...]


class Center(Written):
    """One job center (고용센터). ``planner`` is there only for the pilot centers of 2024-07."""

    id: str = Field(..., regex=r"^[a-z0-9_]+$")
    name: str
    also_called: tuple[str, ...] = ()
    sido: str = Field(..., regex=SIDO_CODE)
    office: str | None = Field(..., description="소속 지방고용노동청·지청")
    org_code: str | None
    kind: str | None = None
    business_support: BusinessSupport
    phone: CenterPhone
    address: Address
    planner: PlannerLine | None = None
    jurisdiction: Jurisdiction
    checked_on: date
    note: str | None = None


class Pilot(Written):
    """The pilot center of 2024 for a region: its own area (center), or only guessed from the office (office)."""

    center: str
    basis: Literal["center", "office"]
    confidence: Confidence


class District(Written):
    """A 일반구 and the region code under which it is looked up."""

    name: str
    code: str = Field(..., regex=REGION_CODE)
    region: str = Field(..., regex=REGION_CODE)


class Former(Written):
    """A name that is no more and which part of it this region became."""

    name: str
    part: str


class RegionNames(Written):
    """How the region is called. ``shared`` are names it has in common with other regions."""

    full: tuple[str, ...] = ()
    common: tuple[str, ...] = ()
    towns: tuple[str, ...] = ()
    industrial: tuple[str, ...] = ()
    shared: tuple[str, ...] = ()

    def all(self) -> tuple[str, ...]:
        """Every name, in the order of the file."""
        return self.full + self.common + self.towns + self.industrial + self.shared


class Region(Written):
    """One 시군구 (or, in 화성 and 창원, one 일반구 with its own center) and the job center it belongs to."""

    code: str = Field(..., regex=REGION_CODE)
    name: str
    full_name: str
    kind: str
    sido: str = Field(..., regex=SIDO_CODE)
    part_of: str | None = Field(None, regex=REGION_CODE)
    office: str | None
    center: str | None
    confidence: Confidence
    sources: tuple[str, ...]
    checked_on: date
    alternatives: tuple[str, ...] = Field((), description="자료가 엇갈릴 때 다른 후보 센터")
    note: str | None = None
    business_confidence: Confidence | None = Field(None, description="confidence와 다를 때만: 기업지원 센터")
    business_note: str | None = None
    pilot: Pilot | None = None
    districts: tuple[District, ...] = ()
    formerly: tuple[Former, ...] = ()
    names: RegionNames


class Sido(Written):
    """One 시도; ``single_center`` where all of it belongs to one center, so that its 시군구 need not be asked."""

    code: str = Field(..., regex=SIDO_CODE)
    name: str
    folder: str
    names: tuple[str, ...]
    ask_region: bool
    single_center: str | None
    note: str | None = None


class SidoFile(Written):
    """``places/sido.yaml``."""

    sido: tuple[Sido, ...]


class SharedName(Written):
    """What is known of names that lead to several regions: the usual one, and what to say when asking back."""

    names: tuple[str, ...]
    usual: str | None = Field(None, regex=REGION_CODE)
    note: str | None = None


class SharedNamesFile(Written):
    """``places/shared_names.yaml``."""

    shared_names: tuple[SharedName, ...]


class WordCollision(Written):
    """A common word that is also a place: a place only in a full name, or as the answer to "where?"."""

    word: str
    regions: tuple[str, ...]
    full_names: tuple[str, ...]

    _some_region = validator("regions", allow_reuse=True)(_not_empty)


class WordCollisionsFile(Written):
    """``places/word_collisions.yaml``."""

    rule: str
    words: tuple[WordCollision, ...]


class BecamePart(Written):
    """A region that a former one became, and which part of it."""

    code: str = Field(..., regex=REGION_CODE)
    part: str


class FormerRegion(Written):
    """A 시도 or 시군구 that is no more, and what it became."""

    name: str
    names: tuple[str, ...]
    until: date
    became: tuple[BecamePart, ...]
    sources: tuple[str, ...]
    note: str | None = None

    _became_something = validator("became", allow_reuse=True)(_not_empty)


class FormerRegionsFile(Written):
    """``places/former_regions.yaml``."""

    former_regions: tuple[FormerRegion, ...]


class RegionChange(Written):
    """A change of the map of Korea that the files already follow."""

    when: str
    what: str
    sources: tuple[str, ...]


class RegionChangesFile(Written):
    """``places/changes.yaml``."""

    changes: tuple[RegionChange, ...]


class PlaceSource(Written):
    """Where something in ``places/`` was learnt; files name it by ``key``."""

    key: str
    title: str
    url: str | None
    date: str | None
    kind: str
    covers: str
    note: str | None = None


class PlacesSourcesFile(Written):
    """``places/sources.yaml``."""

    sources: tuple[PlaceSource, ...]


class Hours(Written):
    """Opening hours; closed on Korean holidays."""

    weekdays_only: bool
    opens: str = Field(..., regex=r"^\d\d:\d\d$")
    closes: str = Field(..., regex=r"^\d\d:\d\d$")
    said: str


class CallCenter(Written):
    """1350, the ministry's call center, which stands in wherever no center or planner is known."""

    id: str
    name: str
    phone: str = Field(..., regex=PHONE)
    phone_said: str
    hours: Hours
    website: str
    center_finder: str
    center_finder_note: str
    sources: tuple[str, ...]
    checked_on: date


class HowToApply(Written):
    """What is confirmed and what is not about asking for a planner."""

    confirmed: str
    unknown: str


class Expansion(Written):
    """The nationwide expansion: announced; ``happened`` stays null until a source says so."""

    announced: str
    happened: bool | None
    note: str


class RelatedService(Written):
    """A service beside the planners."""

    name: str
    since: str
    what: str
    sources: tuple[str, ...]


class PlannerService(Written):
    """``places/planner_service.yaml``: what is known of the planners' service itself."""

    name: str
    former_name: str
    operator: str
    launched: date
    pilot_centers: int
    pilot_planners: int
    target: str
    what_planners_do: tuple[str, ...]
    how_to_apply: HowToApply
    expansion: Expansion
    related: tuple[RelatedService, ...]
    sources: tuple[str, ...]
    checked_on: date
