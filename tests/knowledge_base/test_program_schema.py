"""Program files: bad ones stop the start with file, line and remedy; the good ones are whole and agree."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from knowledge_base.errors import KnowledgeError
from knowledge_base.program_schema import PROGRAMS, Program, load_programs, programs

EXAMPLE = PROGRAMS / "replacement_worker_grant.yaml"


def spoiled(tmp_path: Path, old: str, new: str) -> KnowledgeError:
    text = EXAMPLE.read_text(encoding="utf-8")
    assert old in text
    (tmp_path / EXAMPLE.name).write_text(text.replace(old, new, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError) as caught:
        load_programs(tmp_path)
    return caught.value


@pytest.mark.parametrize(("old", "new", "says"), [
    ("who_pays:", "who_pay:", "who_pay"),
    ("    op: equals\n", "    op: same\n", "op"),
    ("met: '{actual}", "met: '{headcounts}", "headcounts"),
    ("to: null\n    value: 1400000", "to: 2025-01-01\n    value: 1400000", "보다 늦"),
    ("id: under_30", "id: from_30", "두 번"),
    ("value: [hire, dispatch]", "value: hire", "목록"),
])
def test_a_bad_file_names_itself_the_line_and_the_remedy(tmp_path: Path, old: str, new: str, says: str) -> None:
    error = spoiled(tmp_path, old, new)
    assert says in str(error)
    assert error.file.name == EXAMPLE.name
    assert error.line
    assert error.to_do


def test_the_line_of_an_unknown_key_is_its_own(tmp_path: Path) -> None:
    error = spoiled(tmp_path, "    if_unknown: check\n", "    if_unkown: check\n")
    line = (tmp_path / EXAMPLE.name).read_text(encoding="utf-8").splitlines()[(error.line or 1) - 1]
    assert "if_unkown" in line


def test_there_are_the_forty_one_programs_of_the_research() -> None:
    assert len(programs()) == 41
    assert sum(program.scope.kind == "national" for program in programs().values()) == 23


@pytest.mark.parametrize("program", programs().values(), ids=lambda program: program.id)
def test_every_sentence_is_whole_and_every_figure_has_a_source(program: Program) -> None:
    for condition in program.conditions:
        for text in (condition.met, condition.unmet, condition.unknown, condition.change):
            assert text is None or text.endswith((".", "요")), (condition.id, text)
    for value in program.values:
        assert value.value is None or value.reference is not None, value.id
        assert value.checked_on is not None
    for check in program.conditions_to_check:
        assert check.text.endswith("."), check.text


def test_exclusions_and_combinations_are_written_on_both_sides() -> None:
    for program in programs().values():
        for entry in program.exclusions:
            if entry.program is not None:
                back = [e for e in programs()[entry.program].exclusions if e.program == program.id]
                assert entry.kind in {e.kind for e in back}, (program.id, entry.program)
        for entry in program.combines_with:
            if entry.program is not None:
                back = [e.program for e in programs()[entry.program].combines_with]
                assert program.id in back, (program.id, entry.program)


def test_an_option_an_exclusion_names_is_one_the_program_has() -> None:
    for program in programs().values():
        for entry in (*program.exclusions, *program.combines_with):
            if entry.option is not None:
                assert entry.option_of is not None
                assert entry.option in {value.option for value in programs()[entry.option_of].values}


def test_rows_of_one_figure_do_not_overlap_unless_facts_tell_them_apart() -> None:
    for program in programs().values():
        rows = [value for value in program.values if not value.when and not value.check and not value.started]
        for one in rows:
            for other in rows:
                alike = all(getattr(one, key) == getattr(other, key) for key in ("group", "option", "phases"))
                if one is not other and alike:
                    apart = (one.to and other.from_ and one.to < other.from_) or (
                        other.to and one.from_ and other.to < one.from_)
                    assert apart, (program.id, one.id, other.id)


def test_a_figure_of_2026_that_ends_goes_on_as_not_known() -> None:
    ended = re.compile(r"출산전후휴가|배우자 출산|난임")
    program = programs()["maternity_leave_pay_priority_firm"]
    for name in ("maternity", "spouse", "infertility"):
        rows = [value for value in program.values if value.group == name]
        assert ended.search(rows[-1].label)
        assert (rows[-1].from_ is not None and rows[-1].from_.year, rows[-1].value) == (2027, None)
