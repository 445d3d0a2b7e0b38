"""What must agree inside and between the programs: exclusions on both sides, periods of amounts, words of conditions.

``checking.py`` puts these beside the checks of everything else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any, get_args

from pydantic import BaseModel

from knowledge_base.errors import KNOWLEDGE_ROOT, KnowledgeError
from knowledge_base.facts import Cover, EventType, FlexibleMode, Want
from knowledge_base.items import Location, line_of
from knowledge_base.program_schema import Program, Test, Value

Programs = Mapping[str, Program]
# Facts of a fixed vocabulary: a condition on any other word would never be met, and nobody would notice.
_VOCABULARY: dict[str, frozenset[str]] = {
    "event.type": frozenset(get_args(EventType)),
    "event.mode": frozenset(get_args(FlexibleMode)),
    "event.cover": frozenset(get_args(Cover)),
    "event.worker_gender": frozenset(("female", "male")),
    "company.industry": frozenset("ABCDEFGHIJKLMNOPQRSTU"),
    "wants": frozenset(get_args(Want)),
}


def file_of(program: Program) -> Path:
    """The file of a program."""
    return KNOWLEDGE_ROOT / "programs" / f"{program.id}.yaml"


def _at(program: Program, where: Location, problem: str, to_do: str) -> KnowledgeError:
    file = file_of(program)
    return KnowledgeError(problem, file=file, line=line_of(file, where) if file.exists() else None, to_do=to_do)


def one_sided(programs: Programs) -> Iterator[KnowledgeError]:
    """Exclusions and combinations that the other program's file does not have, or has otherwise."""
    for program in programs.values():
        for at, entry in enumerate(program.exclusions):
            other = programs.get(entry.program or "")
            if other is None:
                continue
            kinds = {back.kind for back in other.exclusions if back.program == program.id}
            if entry.kind not in kinds:
                yield _at(program, ("exclusions", at),
                          f"'{other.id}'와의 관계({entry.kind})가 그쪽 파일과 다릅니다"
                          f"({', '.join(sorted(kinds)) or '없음'})",
                          f"programs/{other.id}.yaml의 exclusions에도 같은 kind로 적어 주세요")
        for at, also in enumerate(program.combines_with):
            other = programs.get(also.program or "")
            if other is not None and program.id not in {back.program for back in other.combines_with}:
                yield _at(program, ("combines_with", at),
                          f"'{other.id}'와 함께 받을 수 있다는 말이 그쪽 파일에 없습니다",
                          f"programs/{other.id}.yaml의 combines_with에도 적어 주세요")


def contradictory(programs: Programs) -> Iterator[KnowledgeError]:
    """Programs said to exclude each other always, and to be had together as well."""
    for program in programs.values():
        together = {also.program for also in program.combines_with if not also.scope and not also.option}
        for at, entry in enumerate(program.exclusions):
            always = entry.kind == "exclusive" and not (entry.scope or entry.option or entry.when)
            if always and entry.program in together:
                yield _at(program, ("exclusions", at),
                          f"'{entry.program}'를 함께 받을 수도, 받을 수 없다고도 적었습니다",
                          "한쪽을 지우거나, 어느 경우인지 scope에 적어 주세요")


def _series(program: Program) -> dict[tuple[Any, ...], list[tuple[int, Value]]]:
    """Rows of a program that stand for the same case of the same amount, in order of time."""
    rows: dict[tuple[Any, ...], list[tuple[int, Value]]] = {}
    for at, row in enumerate(program.values):
        key = (row.group, row.option, row.label, row.condition, row.phases, row.months_from, row.months_to,
               tuple(map(repr, (*row.when, *row.presumed))))
        rows.setdefault(key, []).append((at, row))
    return {key: sorted(found, key=lambda pair: pair[1].from_ or date.min) for key, found in rows.items()}


def overlapping_values(programs: Programs) -> Iterator[KnowledgeError]:
    """Two rows for the same case on the same day."""
    for program in programs.values():
        for rows in _series(program).values():
            for (_, before), (at, row) in pairwise(rows):
                if before.to is None or row.from_ is None or row.from_ <= before.to:
                    yield _at(program, ("values", at), f"values의 '{before.id}'와 '{row.id}'의 기간이 겹칩니다",
                              "앞 행의 to를 뒤 행의 from 전날로 적어 주세요")


def gaps(programs: Programs) -> Iterator[KnowledgeError]:
    """Days while a program is in force for which no row of an amount's group holds at all."""
    for program in programs.values():
        groups: dict[str, list[tuple[int, Value]]] = {}
        for at, row in enumerate(program.values):
            groups.setdefault(row.group, []).append((at, row))
        for group, rows in groups.items():
            reached: date | None = None
            for at, row in sorted(rows, key=lambda pair: pair[1].from_ or date.min):
                if reached and row.from_ and _in_force(program, reached + timedelta(1), row.from_ - timedelta(1)):
                    yield _at(program, ("values", at),
                              f"group '{group}'에 {reached}와 {row.from_} 사이 값이 없습니다",
                              "그 사이에 값이 없었는지 확인하고, 쉬었다면 in_force를 나눠 주세요")
                reached = max(reached or date.min, row.to or date.max - timedelta(1))


def _in_force(program: Program, first: date, last: date) -> bool:
    """Whether the program is in force on any day from ``first`` to ``last``; never where they are out of order."""
    return first <= last and any(
        (period.from_ or date.min) <= last and first <= (period.to or date.max) for period in program.in_force
    )


def wrong_words(programs: Programs) -> Iterator[KnowledgeError]:
    """Values of conditions that are not of their fact's vocabulary."""
    for program in programs.values():
        for where, test in _tests(program, ()):
            known = _VOCABULARY.get(test.fact)
            given = test.value if isinstance(test.value, (list, tuple)) else [test.value]
            for word in given if known else ():
                if known and word not in known:
                    yield _at(program, (*where, "value"), f"{test.fact}에 '{word}'라는 값은 없습니다",
                              f"쓸 수 있는 값: {', '.join(sorted(known))}")


def region_codes(program: Program) -> Iterator[tuple[Location, str]]:
    """Every region code of a program's scope and conditions, with its place in the file."""
    for at, code in enumerate(program.scope.codes):
        yield ("scope", "codes", at), code
    for where, test in _tests(program, ()):
        if test.fact == "company.region":
            for code in test.value if isinstance(test.value, (list, tuple)) else [test.value]:
                yield (*where, "value"), str(code)


def _tests(part: Any, where: Location) -> Iterator[tuple[Location, Test]]:
    if isinstance(part, Test):
        yield where, part
    if isinstance(part, BaseModel):
        for name, field in part.__fields__.items():
            yield from _tests(getattr(part, name), (*where, field.alias))
    elif isinstance(part, (list, tuple)):
        for at, one in enumerate(part):
            yield from _tests(one, (*where, at))
