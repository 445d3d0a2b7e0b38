"""Places: job centers, 시도 and 시군구, what people call them, and which center a firm belongs to.

Finding a place in a sentence is ``bot.nlu``'s trade; this module gives it the names. Routing a lead to a
planner is ``bot.desk``'s; this module says what is published about who is responsible, and how sure that is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import lru_cache
from pathlib import Path

from knowledge_base.errors import KnowledgeError
from knowledge_base.items import read_folder, read_item
from knowledge_base.place_schema import (
    CallCenter,
    Center,
    Confidence,
    FormerRegion,
    FormerRegionsFile,
    PlannerService,
    Region,
    RegionChangesFile,
    SharedNamesFile,
    Sido,
    SidoFile,
    WordCollision,
    WordCollisionsFile,
)

PLACES_ROOT = Path(__file__).parent / "places"
_SPACES = re.compile(r"\s+")
_SURENESS: dict[Confidence, int] = {"none": 0, "low": 1, "medium": 2, "high": 3}


def normal(name: str) -> str:
    """A place name as it is compared: no spaces, Latin letters in lower case."""
    return _SPACES.sub("", name).casefold()


@dataclass(frozen=True)
class NameMatch:
    """The regions a name leads to, best first.

    ``usual`` is the one normally meant (``codes[0]``) or None: then ask back, saying ``note`` if there is one.
    ``center`` is the center id all of them belong to, if it is the same: then asking back may not be needed.
    """

    name: str
    codes: tuple[str, ...]
    usual: str | None = None
    note: str | None = None
    center: str | None = None

    @property
    def ambiguous(self) -> bool:
        """Whether several regions are called so."""
        return len(self.codes) > 1


@dataclass(frozen=True)
class Places:
    """All places, read once."""

    centers: Mapping[str, Center]
    regions: Mapping[str, Region]
    sidos: Mapping[str, Sido]
    names: Mapping[str, NameMatch]
    sido_names: Mapping[str, str]
    collisions: Mapping[str, WordCollision]
    former: tuple[FormerRegion, ...]
    call_center: CallCenter
    service: PlannerService
    longest_first: tuple[str, ...] = field(repr=False)


@dataclass(frozen=True)
class CenterMatch:
    """Who is responsible for a firm in a region, as far as that is published.

    ``center`` is the job center of the region and ``business_center`` the one that helps employers (often the
    same). ``planner_phone`` is given only where the region is in a pilot center's own area and the poster
    printed a number. ``pilot_center`` with ``pilot_basis == "office"`` is a guess: same regional office, other
    center. ``confidence`` is the weakest link. ``fallback`` (1350) is always to be shown too; with
    ``fallback_first`` the center is not sure enough (or not known) and 1350 is to be named before it.
    """

    region: Region
    center: Center | None
    business_center: Center | None
    pilot_center: Center | None
    pilot_basis: str | None
    planner_phone: str | None
    general_phone: str | None
    note: str | None
    confidence: Confidence
    alternatives: tuple[Center, ...]
    fallback: CallCenter
    fallback_first: bool


@lru_cache(maxsize=1)
def places() -> Places:
    """Every place of ``knowledge_base/places``, read once a process.

    Raises KnowledgeError naming file and line for a wrong file, or for a region or center that is not there.
    """
    regions = read_folder(PLACES_ROOT / "regions", Region, id_field="code")
    centers = read_folder(PLACES_ROOT / "centers", Center)
    sidos = {item.code: item for item in read_item(PLACES_ROOT / "sido.yaml", SidoFile).sido}
    _check_links(regions, centers, sidos)
    collisions = read_item(PLACES_ROOT / "word_collisions.yaml", WordCollisionsFile)
    names = _name_table(regions, read_item(PLACES_ROOT / "shared_names.yaml", SharedNamesFile))
    read_item(PLACES_ROOT / "changes.yaml", RegionChangesFile)
    return Places(
        centers=centers,
        regions=regions,
        sidos=sidos,
        names=names,
        sido_names={normal(name): item.code for item in sidos.values() for name in (*item.names, item.name)},
        collisions={item.word: item for item in collisions.words},
        former=read_item(PLACES_ROOT / "former_regions.yaml", FormerRegionsFile).former_regions,
        call_center=read_item(PLACES_ROOT / "call_center.yaml", CallCenter),
        service=read_item(PLACES_ROOT / "planner_service.yaml", PlannerService),
        longest_first=tuple(sorted(names, key=lambda name: (-len(name), name))),
    )


def _check_links(regions: Mapping[str, Region], centers: Mapping[str, Center], sidos: Mapping[str, Sido]) -> None:
    for region in regions.values():
        file = PLACES_ROOT / "regions" / sidos[region.sido].folder / f"{region.code}.yaml"
        named = [region.center, *region.alternatives, region.pilot.center if region.pilot else None]
        for missing in (name for name in named if name and name not in centers):
            raise KnowledgeError(
                f"센터 '{missing}'가 places/centers에 없습니다", file=file, to_do="센터 id의 철자를 확인해 주세요"
            )
        if region.part_of and region.part_of not in regions:
            raise KnowledgeError(
                f"part_of '{region.part_of}'가 없습니다", file=file, to_do="시군구 코드를 확인해 주세요"
            )
    for center in centers.values():
        if center.business_support.center not in centers:
            raise KnowledgeError(
                f"기업지원 센터 '{center.business_support.center}'가 없습니다",
                file=PLACES_ROOT / "centers" / f"{center.id}.yaml", to_do="센터 id의 철자를 확인해 주세요",
            )


def _name_table(regions: Mapping[str, Region], shared: SharedNamesFile) -> dict[str, NameMatch]:
    """Names without spaces → the regions they lead to; derived, so a name is written down in one place only."""
    leads: dict[str, set[str]] = {}
    spelling: dict[str, str] = {}
    split = {region.part_of for region in regions.values() if region.part_of}
    for region in regions.values():
        # A city split among centers is never the answer itself: its name leads to its 일반구, to be asked for.
        for name in () if region.code in split else region.names.all():
            leads.setdefault(normal(name), set()).add(region.code)
            spelling.setdefault(normal(name), name)
    known = {normal(name): item for item in shared.shared_names for name in item.names}
    table = {}
    for name, codes in leads.items():
        item = known.get(name)
        usual = item.usual if item else None
        ordered = tuple(sorted(codes, key=lambda code: (code != usual, code)))
        table[name] = NameMatch(
            name=spelling[name], codes=ordered, usual=usual if len(ordered) > 1 else ordered[0],
            note=item.note if item else None, center=_common({regions[code].center for code in ordered}),
        )
    return table


def _common(values: set[str | None]) -> str | None:
    return next(iter(values)) if len(values) == 1 else None


def regions_by_alias(name: str) -> NameMatch | None:
    """The regions called ``name`` (spaces do not matter), or None. Word collisions are not in this table."""
    return places().names.get(normal(name))


def alias_table() -> tuple[tuple[str, NameMatch], ...]:
    """Every name without spaces with its regions, longest first: the order in which a text is to be matched."""
    known = places()
    return tuple((name, known.names[name]) for name in known.longest_first)


def ambiguous_names() -> dict[str, NameMatch]:
    """The names (without spaces) that lead to several regions."""
    return {name: match for name, match in places().names.items() if match.ambiguous}


def word_collisions() -> Mapping[str, WordCollision]:
    """Common words that are places too; they come before every other table (see ``word_collisions.yaml``)."""
    return places().collisions


def former_regions() -> tuple[FormerRegion, ...]:
    """시도 and 시군구 that are no more, with what they became."""
    return places().former


def sidos() -> tuple[Sido, ...]:
    """The sixteen 시도."""
    return tuple(places().sidos.values())


def sido_by_alias(name: str) -> Sido | None:
    """The 시도 called ``name``, or None. 세종 is a region as well: look in ``regions_by_alias`` first."""
    code = places().sido_names.get(normal(name))
    return places().sidos[code] if code else None


def region(code: str) -> Region:
    """The region of a code. Raises KeyError for a code that is not among the regions."""
    return places().regions[code]


def within(region_code: str, area: str) -> bool:
    """Whether a region lies in ``area``: itself, its city (화성 for 동탄구) or its 시도's two-digit code.

    Raises KeyError for an unknown region code.
    """
    item = region(region_code)
    return area in (item.code, item.part_of, item.sido)


def sido(code: str) -> Sido:
    """The 시도 of a two-digit code, or of a region's code. Raises KeyError where there is none."""
    known = places()
    if code in known.regions:
        return known.sidos[known.regions[code].sido]
    return known.sidos[code]


def sole_center(sido_code: str) -> Center | None:
    """The one job center of a whole 시도 (대전, 울산 …), given by its code, or None where it has several."""
    known = places()
    found = _common({item.center for item in known.regions.values() if item.sido == sido_code})
    return known.centers[found] if found else None


def center(center_id: str) -> Center:
    """A job center. Raises KeyError where there is none of that id."""
    return places().centers[center_id]


def centers() -> tuple[Center, ...]:
    """All job centers, in order of id."""
    return tuple(places().centers.values())


def center_named(text: str) -> Center | None:
    """The job center whose name stands in ``text`` ("수원 고용센터", "수원센터"), the longest name first; or None."""
    named = sorted(places().centers.values(), key=lambda item: -len(item.name))
    return next((item for item in named if _called(item).search(text)), None)


@lru_cache(maxsize=256)
def _called(item: Center) -> re.Pattern[str]:
    """A center's name in a text, spaced in any way; "해운대구 고용센터" does not name that of 대구."""
    before = "".join(f"|(?<={re.escape(name)})" for name in sorted(places().sido_names))
    names = (item.name, item.name.replace("고용센터", "센터"))
    spaced = "|".join(r"\s?".join(map(re.escape, _SPACES.sub("", name))) for name in names)
    return re.compile(rf"(?:(?<![가-힣]){before})(?:{spaced})", re.IGNORECASE)


def jurisdiction(center_id: str) -> tuple[Region, ...]:
    """The regions whose job center this is, in order of code."""
    return tuple(item for item in places().regions.values() if item.center == center_id)


def parts_of(code: str) -> tuple[Region, ...]:
    """The 일반구 of a city that have centers of their own (화성, 창원); empty for every other region."""
    return tuple(item for item in places().regions.values() if item.part_of == code)


def same_center(codes: Iterable[str]) -> str | None:
    """The id of the one center that helps employers of all these regions, or None if it differs or is unknown.

    A city whose 일반구 belong to different centers counts as those 일반구.
    """
    expanded = [part.code for code in codes for part in (parts_of(code) or (region(code),))]
    found = {match.business_center.id if (match := center_for(code)).business_center else None for code in expanded}
    return _common(found)


def center_for(region_code: str) -> CenterMatch:
    """The center responsible for a firm in a region. Raises KeyError for an unknown region code.

    Nothing is filled in: 진도 has no center (then only 1350), 서울동부 has no planner's number.
    """
    known = places()
    item = known.regions[region_code]
    own = known.centers[item.center] if item.center else None
    business = known.centers[own.business_support.center] if own else None
    pilot = known.centers[item.pilot.center] if item.pilot else None
    basis = item.pilot.basis if item.pilot else None
    confidence = min(
        item.confidence, item.business_confidence or item.confidence, key=lambda level: _SURENESS[level]
    )
    phone = pilot.planner.phone if pilot and pilot.planner and basis == "center" else None
    return CenterMatch(
        region=item,
        center=own,
        business_center=business,
        pilot_center=pilot,
        pilot_basis=basis,
        planner_phone=phone,
        general_phone=business.phone.number if business else None,
        note=_center_note(item, own, business, pilot, basis),
        confidence=confidence,
        alternatives=tuple(known.centers[name] for name in item.alternatives),
        fallback=known.call_center,
        fallback_first=_SURENESS[confidence] <= _SURENESS["low"] or bool(parts_of(region_code)),
    )


def _center_note(
    item: Region, own: Center | None, business: Center | None, pilot: Center | None, basis: str | None
) -> str | None:
    """What the user should know about the match, in Korean, or None where there is nothing to add."""
    notes = []
    if own is None:
        notes.append(f"{item.full_name}의 관할 고용센터는 확인된 자료가 없어요. 국번 없이 1350에 물어봐 주세요.")
    elif parts_of(item.code):
        notes.append(f"{item.name}는 구에 따라 고용센터가 달라요. 어느 구인지 알려 주시면 정확해요.")
    elif item.alternatives and item.confidence in ("low", "medium"):
        others = ", ".join(places().centers[name].name for name in item.alternatives)
        notes.append(f"자료에 따라 {others}로도 적혀 있어, 방문 전에 1350에 확인해 주세요.")
    if own and business and own.id != business.id:
        notes.append(f"관할은 {own.name}지만, 기업지원은 {business.name}가 맡는 것으로 보여요.")
    if item.business_note:
        notes.append(f"{item.business_note}.".replace("있음.", "있어요."))
    if pilot and basis == "center" and pilot.planner and pilot.planner.phone is None:
        notes.append(f"{pilot.name} 플래너 번호는 공개되지 않아, 대표전화나 1350으로 안내해 드려요.")
    elif pilot and basis == "office":
        notes.append(f"{pilot.name} 플래너가 이 지역까지 맡는지는 확인되지 않았어요.")
    return " ".join(notes) or None
