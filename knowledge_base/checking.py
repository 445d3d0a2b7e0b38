"""What must agree between the knowledge files: ids, references, regions, exclusions, periods and whole sentences.

``problems`` stop the start; ``remarks`` are for an editor to look at. What one file can be checked for by itself is
in the schemas.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import TYPE_CHECKING, Any

from pydantic import BaseModel

from knowledge_base import checking_programs
from knowledge_base.errors import KNOWLEDGE_ROOT, KnowledgeError
from knowledge_base.item_schema import IndustriesFile, NamesFile
from knowledge_base.items import Location, line_of, read_item
from knowledge_base.place_schema import PlacesSourcesFile
from knowledge_base.places import normal
from knowledge_base.program_schema import Combination, Exclusion, Prerequisite
from knowledge_base.sentence_schema import LimitsFile, MattersFile, ParticularsFile

if TYPE_CHECKING:
    from knowledge_base.loading import Knowledge

# Where the files of ready sentences are.
SENTENCES = KNOWLEDGE_ROOT
_BRACES = re.compile(r"\{[^{}]*\}")
_FOLDERS = {"program": "programs", "right": "rights", "question": "faq", "case": "cases", "definition": "definitions"}
# The sentences of a program that may carry {marks}: the schema checks those, all others must be whole.
_FILLED = {"met", "unmet", "unknown", "change", "text", "without_date", "over_limit", "ask_headcount", "ask_industry"}


def problems(knowledge: Knowledge) -> list[KnowledgeError]:
    """Everything between the files that must be mended before the knowledge may be used."""
    programs = knowledge.programs
    return [
        *_same_ids(knowledge), *_dangling(knowledge), *_dangling_sentences(knowledge), *_wrong_regions(knowledge),
        *_unfilled(knowledge), *_unknown_sources(knowledge), *checking_programs.one_sided(programs),
        *checking_programs.contradictory(programs), *checking_programs.overlapping_values(programs),
        *checking_programs.wrong_words(programs),
    ]


def remarks(knowledge: Knowledge) -> list[KnowledgeError]:
    """What may be right but should be looked at: days between two periods, and words that lead two ways."""
    return [
        *_gaps(knowledge), *checking_programs.gaps(knowledge.programs), *_doubtful_names(knowledge),
        *_doubtful_trades(),
    ]


def _file(kind: str, identifier: str) -> Path:
    return KNOWLEDGE_ROOT / _FOLDERS[kind] / f"{identifier}.yaml"


def _at(file: Path, where: Location, problem: str, to_do: str) -> KnowledgeError:
    return KnowledgeError(problem, file=file, line=line_of(file, where) if file.exists() else None, to_do=to_do)


def _same_ids(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    seen: dict[str, str] = {}
    for kind, items in knowledge.kinds().items():
        for identifier in items:
            if identifier in seen and "center" not in (kind, seen[identifier]):
                yield _at(_file(kind, identifier), ("id",),
                          f"id '{identifier}'가 {_FOLDERS[seen[identifier]]}에도 있습니다",
                          "한쪽 id와 파일 이름을 바꿔 주세요")
            seen[identifier] = kind


def _dangling(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    for question in knowledge.questions.values():
        named = (("related_programs", question.related_programs, knowledge.programs),
                 ("related_rights", question.related_rights, knowledge.rights))
        for key, identifiers, known in named:
            for missing in (one for one in identifiers if one not in known):
                yield _at(_file("question", question.id), (key,), f"{key}의 '{missing}'가 없습니다",
                          "id의 철자를 확인해 주세요")
    for program in knowledge.programs.values():
        parts: list[tuple[str, Sequence[Exclusion | Combination | Prerequisite]]] = [
            ("exclusions", program.exclusions), ("combines_with", program.combines_with),
            ("prerequisites", program.prerequisites),
        ]
        for key, entries in parts:
            for at, entry in enumerate(entries):
                if entry.program is not None and entry.program not in knowledge.programs:
                    yield _at(_file("program", program.id), (key, at, "program"),
                              f"{key}의 '{entry.program}'가 programs에 없습니다",
                              "id를 고치거나, 이 자료에 없는 제도면 program: null로 적어 주세요")


def _dangling_sentences(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    """Ids of ready sentences that lead to no program, right or question: their sentences would never be said."""
    known = {*knowledge.programs, *knowledge.rights, *knowledge.questions}
    particulars, named, limits = (SENTENCES / f"{name}.yaml" for name in (
        "particulars", "named_matters", "told_limits"))
    ids: list[tuple[Path, Location, str]] = [
        *((particulars, (asked, one), one) for asked, told in read_item(particulars, ParticularsFile).__root__.items()
          for one in told),
        *((named, (at, "item"), one.item) for at, one in enumerate(read_item(named, MattersFile).__root__)),
        *((limits, (one,), one) for one in read_item(limits, LimitsFile).__root__),
    ]
    for file, where, identifier in ids:
        if identifier not in known:
            yield _at(file, where, f"'{identifier}'가 programs, rights, faq에 없습니다", "id의 철자를 확인해 주세요")


def _wrong_regions(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    known = {*knowledge.regions, *knowledge.places.sidos}
    to_do = "places/regions의 코드를 따옴표로 감싸 적어 주세요"
    for program in knowledge.programs.values():
        for where, code in checking_programs.region_codes(program):
            if code not in known:
                yield _at(_file("program", program.id), where, f"지역 코드 '{code}'가 없습니다", to_do)
    for case in knowledge.cases.values():
        codes = (case.place.sido, case.place.region) if case.place else ()
        for code in (one for one in codes if one and one not in known):
            yield _at(_file("case", case.id), ("place",), f"지역 코드 '{code}'가 없습니다", to_do)
    names = [("word_collisions.yaml", code, word.word) for word in knowledge.places.collisions.values()
             for code in word.regions]
    names += [("former_regions.yaml", part.code, former.name) for former in knowledge.places.former
              for part in former.became]
    for file, code, name in names:
        if code not in knowledge.regions:
            yield _at(KNOWLEDGE_ROOT / "places" / file, (), f"'{name}'의 지역 코드 '{code}'가 없습니다", to_do)


def _unfilled(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    for kind, items in knowledge.kinds().items():
        if kind == "center":
            continue
        for identifier, item in items.items():
            for where, text in _texts(item):
                mark = _BRACES.search(text)
                if mark and not (kind in ("program", "definition") and where[-1] in _FILLED):
                    yield _at(_file(kind, identifier), where, f"채워지지 않는 자리표시 {mark.group()}가 있습니다",
                              "값을 그대로 적어 주세요")


def _texts(item: BaseModel) -> Iterator[tuple[Location, str]]:
    def walk(value: Any, where: Location) -> Iterator[tuple[Location, str]]:
        if isinstance(value, str):
            yield where, value
        elif isinstance(value, dict):
            for key, part in value.items():
                yield from walk(part, (*where, key))
        elif isinstance(value, (list, tuple)):
            for at, part in enumerate(value):
                yield from walk(part, (*where, at))

    yield from walk(item.dict(by_alias=True), ())


def _unknown_sources(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    places = KNOWLEDGE_ROOT / "places"
    keys = {source.key for source in read_item(places / "sources.yaml", PlacesSourcesFile).sources}
    files: list[tuple[Path, Iterable[str]]] = [
        (places / "regions" / knowledge.places.sidos[region.sido].folder / f"{region.code}.yaml", region.sources)
        for region in knowledge.regions.values()
    ]
    for center in knowledge.centers.values():
        planner = center.planner.sources if center.planner else ()
        files.append((places / "centers" / f"{center.id}.yaml", (
            *center.phone.sources, *center.address.sources, *center.jurisdiction.sources,
            *center.business_support.sources, *planner,
        )))
    for file, named in files:
        # A source may also be given by its own address.
        for missing in (key for key in named if key not in keys and not key.startswith("http")):
            yield _at(file, ("sources",), f"출처 '{missing}'가 places/sources.yaml에 없습니다",
                      "출처를 더하거나 철자를 고쳐 주세요")


def _gaps(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    to_do = "그 사이에 값이 없었는지 확인해 주세요"
    for right in knowledge.rights.values():
        for key, rows in (("durations", right.durations), ("pay", right.pay)):
            ordered = sorted(enumerate(rows), key=lambda pair: (pair[1].series, pair[1].from_ or date.min))
            for (_, before), (at, row) in pairwise(ordered):
                if before.series == row.series and before.to and row.from_ and row.from_ - before.to > timedelta(1):
                    yield _at(_file("right", right.id), (key, at),
                              f"'{row.series}'에 {before.to}와 {row.from_} 사이 값이 없습니다", to_do)


def _doubtful_names(knowledge: Knowledge) -> Iterator[KnowledgeError]:
    file = KNOWLEDGE_ROOT / "lexicon" / "names.yaml"
    names = read_item(file, NamesFile)
    official: dict[str, set[tuple[str, str]]] = {}
    for kind, items in (("programs", knowledge.programs), ("rights", knowledge.rights)):
        for item in items.values():
            for name in (item.name, *item.aliases):
                official.setdefault(normal(name), set()).add((kind, item.id))
    seen: dict[str, tuple[str, str]] = {}
    groups = (("programs", names.programs, knowledge.programs), ("rights", names.rights, knowledge.rights),
              ("centers", names.centers, knowledge.centers))
    for kind, spoken, known in groups:
        for identifier, words in spoken.items():
            if identifier not in known:
                yield _at(file, (kind, identifier), f"{kind}에 '{identifier}'가 없습니다",
                          "id의 철자를 확인해 주세요")
            for word in words:
                own, said = (kind, identifier), seen.get(normal(word))
                # Where two items bear one name officially, writing it here decides which of them is meant.
                named = official.get(normal(word), set())
                others = ({said} if said else set()) | (set() if own in named else named)
                for other in sorted(others - {own}):
                    yield _at(file, (kind, identifier), f"'{word}'가 {other[1]}의 이름이기도 합니다",
                              "한쪽에만 적어 주세요")
                seen[normal(word)] = own


def _doubtful_trades() -> Iterator[KnowledgeError]:
    file = KNOWLEDGE_ROOT / "lexicon" / "industries.yaml"
    seen: dict[str, str] = {}
    for section, words in read_item(file, IndustriesFile).__root__.items():
        for word in (*words.plain, *words.places, *words.things):
            other = seen.setdefault(normal(word), section)
            if other != section:
                yield _at(file, (section,), f"'{word}'가 업종 {other}에도 있습니다", "한쪽에만 적어 주세요")
