"""``donghaeng kb``: what does not agree between files is found with its file; what changed is said in Korean."""

from __future__ import annotations

import json
import os
import subprocess
from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.cli import main
from bot.commands import kb
from knowledge_base import checking, errors
from knowledge_base.differences import differences, report, title_of
from knowledge_base.errors import KnowledgeError
from knowledge_base.loading import Knowledge, load_knowledge
from knowledge_base.program_schema import Combination

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def knowledge() -> Knowledge:
    return load_knowledge()


def found(problems: list[KnowledgeError], said: str) -> KnowledgeError:
    matching = [problem for problem in problems if said in str(problem)]
    assert matching, f"'{said}' 없음: {[str(problem) for problem in problems]}"
    return matching[0]


def with_program(knowledge: Knowledge, identifier: str, **changes: Any) -> Knowledge:
    changed = knowledge.programs[identifier].copy(update=changes)
    return replace(knowledge, programs={**knowledge.programs, identifier: changed})


def test_the_knowledge_of_this_checkout_agrees_with_itself(knowledge: Knowledge) -> None:
    assert [str(problem) for problem in checking.problems(knowledge)] == []
    assert [str(remark) for remark in checking.remarks(knowledge)] == []


def test_an_exclusion_written_on_one_side_only_is_found(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    entry = next(entry for entry in program.exclusions if entry.program == "work_sharing_grant")
    kept = tuple(one for one in program.exclusions if one is not entry)
    broken = with_program(knowledge, "replacement_worker_grant", exclusions=kept)
    problem = found(checking.problems(broken), "'replacement_worker_grant'와의 관계")
    assert problem.file.name == "work_sharing_grant.yaml"
    assert "replacement_worker_grant.yaml" in problem.to_do


def test_an_exclusion_of_another_kind_on_the_other_side_is_found(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    changed = tuple(
        entry.copy(update={"kind": "exclusive"}) if entry.program == "work_sharing_grant" else entry
        for entry in program.exclusions
    )
    broken = with_program(knowledge, "replacement_worker_grant", exclusions=changed)
    assert "offset" in str(found(checking.problems(broken), "'work_sharing_grant'와의 관계(exclusive)"))


def test_a_program_that_is_not_there_is_found_with_its_line(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    entry = program.exclusions[0].copy(update={"program": "no_such_grant"})
    broken = with_program(knowledge, "replacement_worker_grant", exclusions=(entry, *program.exclusions[1:]))
    problem = found(checking.problems(broken), "no_such_grant")
    lines = problem.file.read_text(encoding="utf-8").splitlines()
    assert problem.line is not None
    assert "program:" in lines[problem.line - 1]


def test_a_region_code_that_is_not_there_is_found(knowledge: Knowledge) -> None:
    scope = knowledge.programs["suwon_10am"].scope.copy(update={"codes": ("41999",)})
    broken = with_program(knowledge, "suwon_10am", scope=scope)
    found(checking.problems(broken), "지역 코드 '41999'")


def test_values_that_share_a_day_are_found(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    row = next(row for row in program.values if row.id == "year_2025")
    again = row.copy(update={"id": "year_2025_again", "from_": date(2025, 12, 31), "to": None})
    broken = with_program(knowledge, "replacement_worker_grant", values=(*program.values, again))
    found(checking.problems(broken), "'year_2025'와 'year_2025_again'의 기간이 겹칩니다")
    next_day = again.copy(update={"from_": date(2026, 1, 1)})
    fine = with_program(knowledge, "replacement_worker_grant", values=(*program.values, next_day))
    assert checking.problems(fine) == []


def test_a_word_that_no_fact_ever_takes_is_found(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    conditions = tuple(
        one.copy(update={"value": ["parental_leaf"]}) if one.id == "event" else one for one in program.conditions
    )
    broken = with_program(knowledge, "replacement_worker_grant", conditions=conditions)
    problem = found(checking.problems(broken), "event.type에 'parental_leaf'")
    assert problem.line is not None
    assert "parental_leave" in problem.to_do


def test_a_region_code_in_a_condition_is_found(knowledge: Knowledge) -> None:
    program = knowledge.programs["tax_credit_career_break_hire"]
    row = next(row for row in program.values if any(test.fact == "company.region" for test in row.presumed))
    presumed = tuple(test.copy(update={"value": ["99"]}) for test in row.presumed if test.fact == "company.region")
    values = tuple(one.copy(update={"presumed": presumed}) if one is row else one for one in program.values)
    found(checking.problems(with_program(knowledge, program.id, values=values)), "지역 코드 '99'")


def test_programs_that_always_exclude_each_other_cannot_be_had_together(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    entry = program.exclusions[0].copy(
        update={"program": "work_sharing_grant", "kind": "exclusive", "scope": None, "option": None, "when": ()}
    )
    together = Combination(program="work_sharing_grant", note="함께")
    broken = with_program(knowledge, program.id, exclusions=(entry,), combines_with=(together,))
    found(checking.problems(broken), "함께 받을 수도, 받을 수 없다고도")


def test_days_of_a_program_in_force_without_any_amount_are_remarked(knowledge: Knowledge) -> None:
    program = knowledge.programs["replacement_worker_grant"]
    values = tuple(
        row.copy(update={"to": date(2025, 12, 30)}) if row.id == "year_2025" else row for row in program.values
    )
    found(checking.remarks(with_program(knowledge, program.id, values=values)), "2025-12-30와 2026-01-01 사이")


def test_days_between_two_values_are_remarked(knowledge: Knowledge) -> None:
    right = knowledge.rights["spouse_childbirth_leave"]
    rows = tuple(
        row.copy(update={"from_": date(2026, 9, 20)}) if row.from_ == date(2026, 9, 18) else row
        for row in right.durations
    )
    assert rows != right.durations
    broken = replace(knowledge, rights={**knowledge.rights, right.id: right.copy(update={"durations": rows})})
    found(checking.remarks(broken), "2026-09-17와 2026-09-20 사이")


def test_a_mark_that_nobody_fills_is_found(knowledge: Knowledge) -> None:
    question = knowledge.questions["faq_001"].copy(update={"answer": "{amount}원을 받습니다."})
    broken = replace(knowledge, questions={**knowledge.questions, "faq_001": question})
    problem = found(checking.problems(broken), "{amount}")
    assert (problem.file.name, problem.line is not None) == ("faq_001.yaml", True)


def test_an_id_of_two_kinds_is_found(knowledge: Knowledge) -> None:
    right = knowledge.rights["parental_leave"].copy(update={"id": "parental_leave_grant"})
    broken = replace(knowledge, rights={**knowledge.rights, "parental_leave_grant": right})
    found(checking.problems(broken), "id 'parental_leave_grant'가 programs에도 있습니다")


def test_a_source_key_that_is_not_there_is_found(knowledge: Knowledge) -> None:
    region = knowledge.regions["41110"].copy(update={"sources": ("S99",)})
    places = replace(knowledge.places, regions={**knowledge.regions, "41110": region})
    problem = found(checking.problems(replace(knowledge, places=places)), "출처 'S99'")
    assert problem.file.name == "41110.yaml"


def test_spoken_names_of_an_item_that_is_not_there_are_remarked(knowledge: Knowledge) -> None:
    rights = {identifier: right for identifier, right in knowledge.rights.items() if identifier != "parental_leave"}
    found(checking.remarks(replace(knowledge, rights=rights)), "rights에 'parental_leave'가 없습니다")


def test_a_spoken_name_that_is_another_items_own_is_remarked(knowledge: Knowledge) -> None:
    right = knowledge.rights["nursing_time"].copy(update={"aliases": ("육휴 월급",)})
    broken = replace(knowledge, rights={**knowledge.rights, "nursing_time": right})
    found(checking.remarks(broken), "'육휴 월급'가 nursing_time의 이름이기도 합니다")


def test_kb_check_says_how_much_there_is(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "check", "--strict"]) == 0
    written = len(list((errors.KNOWLEDGE_ROOT / "faq").glob("faq_*.yaml")))
    assert f"지원제도 41, 권리 33, 질문 {written}, 사례 24, 센터 134" in capsys.readouterr().out


def test_kb_check_fails_with_the_file_the_line_and_the_remedy(
    capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    from knowledge_base import json_schemas

    bad = tmp_path / "bad.yaml"
    bad.write_text("id: bad\nnaem: 잘못\n", encoding="utf-8")
    monkeypatch.setattr(json_schemas, "files_of", lambda name: [bad] if name == "right" else [])
    assert main(["kb", "check"]) == 1
    assert "bad.yaml" in (out := capsys.readouterr().out)
    assert "→" in out


@pytest.mark.parametrize(("name", "written", "said"), [
    ("particulars", "split:\n  parental_leave: {so: true}\n", "'split.parental_leave.text'이(가) 빠졌습니다"),
    ("particulars", "slpit:\n  parental_leave: {so: true, text: 나눠 써도 돼요.}\n", "값을 쓸 수 없습니다"),
    ("named_matters", "- asked: '비자('\n  item: faq_095\n  say: 네, 영주 비자면 돼요.\n", "정규식으로 읽을 수 없습니다"),
    ("named_matters", "asked: 비자\n", "목록이 아닙니다"),
    ("told_limits", "parental_leave:\n  - {told: leave_months, cases: [{to: 12, text: '{m}개월은 돼요.'}]}\n", "자리표시 {m}"),
    ("told_limits", "parental_leave:\n  - {told: leave_months, cases: [{to: 12, text: '{left}개월 남아요.'}]}\n", "total"),
    ("told_limits", "parental_leave:\n  - {told: leave_months, cases: [{to: 12, text: 신청하면 돼요.}, {to: 6, text: 그래도 돼요.}]}\n",
     "점점 커져야"),
])
def test_a_broken_ready_sentence_is_told_with_its_file_and_line(
    name: str, written: str, said: str, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch,
    tmp_path: Path,
) -> None:
    from knowledge_base import json_schemas

    bad = tmp_path / f"{name}.yaml"
    bad.write_text(written, encoding="utf-8")
    monkeypatch.setattr(json_schemas, "files_of", lambda schema: [bad] if schema == name else [])
    assert main(["kb", "check"]) == 1
    out = capsys.readouterr().out
    assert f"{name}.yaml:" in out
    assert said in out


@pytest.mark.parametrize(("name", "written"), [
    ("particulars", "split:\n  parental_leav: {text: 나눠 써도 돼요.}\n"),
    ("named_matters", "- asked: 비자\n  item: parental_leav\n  say: 네, 영주 비자면 돼요.\n"),
    ("told_limits", "parental_leav:\n  - {told: leave_months, cases: [{to: 12, text: 신청하면 돼요.}]}\n"),
])
def test_a_ready_sentence_of_no_item_is_found_with_its_line(
    name: str, written: str, knowledge: Knowledge, monkeypatch: pytest.MonkeyPatch, tmp_path: Path,
) -> None:
    for file in ("particulars", "named_matters", "told_limits"):
        (tmp_path / f"{file}.yaml").write_text("[]" if file == "named_matters" else "{}", encoding="utf-8")
    (tmp_path / f"{name}.yaml").write_text(written, encoding="utf-8")
    monkeypatch.setattr(checking, "SENTENCES", tmp_path)
    problem = found(checking.problems(knowledge), "'parental_leav'가 programs, rights, faq에 없습니다")
    assert problem.line is not None


def test_kb_stale_lists_what_is_due_on_a_day(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "stale", "--on", "2026-11-23", "--json"]) == 0
    rows = json.loads(capsys.readouterr().out)
    due = {(row["item"], row["what"], row["reason"]) for row in rows}
    assert ("suwon", "플래너 번호", "old") in due
    assert ("seouldongbu", "플래너 번호", "unknown") in due
    assert any(item == "faq_069" and reason == "unsure" for item, _, reason in due)


def test_kb_show_gives_an_item_a_center_and_a_region(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "show", "faq_001"]) == 0
    assert "육아휴직을 거부할 수 있나요" in capsys.readouterr().out
    assert main(["kb", "show", "suwon"]) == 0
    assert "경기도 수원시(41110)" in capsys.readouterr().out
    assert main(["kb", "show", "12860"]) == 0
    assert "확인된 자료 없음" in capsys.readouterr().out
    assert main(["kb", "show", "parental_leave", "--json"]) == 0
    assert json.loads(capsys.readouterr().out)["id"] == "parental_leave"


def test_kb_show_of_an_unknown_id_offers_near_ones(capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["kb", "show", "parental_leav"]) == 2
    assert "parental_leave" in capsys.readouterr().err


ROW = {"id": "under_30", "label": "30인 미만", "from": date(2026, 1, 1), "to": None, "value": 1_400_000}
GRANT = {"id": "grant", "name": "지원금", "values": [ROW], "how_to_apply": "고용24"}


def told(old: dict[str, Any], new: dict[str, Any]) -> str:
    before, after = {"programs/grant.yaml": old}, {"programs/grant.yaml": new}
    return report(differences(before, after, on=TODAY), {"programs/grant.yaml": title_of(new)})


def test_a_changed_amount_is_told_in_won() -> None:
    text = told(GRANT, {**GRANT, "values": [{**ROW, "value": 1_500_000}]})
    assert "under_30 · 값: 140만원 → 150만원" in text
    assert "※" not in text


def test_a_changed_amount_of_days_gone_by_is_warned_of() -> None:
    past = {**ROW, "to": date(2025, 12, 31), "from": date(2025, 1, 1)}
    text = told({**GRANT, "values": [past]}, {**GRANT, "values": [{**past, "value": 1}]})
    assert "기록은 고치지 말고 덧붙여 주세요" in text


def test_closing_a_row_and_adding_the_next_is_told_without_a_warning() -> None:
    closed = {**ROW, "to": date(2026, 12, 31)}
    later = {**ROW, "id": "under_30_2027", "from": date(2027, 1, 1), "value": None}
    text = told(GRANT, {**GRANT, "values": [closed, later]})
    assert "under_30 · 끝나는 날: 열린 끝(null) → 2026-12-31" in text
    assert "under_30_2027: 새로 모름(null) 2027-01-01~ 30인 미만" in text
    assert "※" not in text


def test_a_row_taken_away_is_warned_of() -> None:
    assert "지난 기록은 남기고" in told(GRANT, {**GRANT, "values": []})


def test_other_wording_is_counted_not_quoted() -> None:
    text = told(GRANT, {**GRANT, "how_to_apply": "고용24 또는 고용센터"})
    assert "글이 바뀐 곳 1군데: how_to_apply" in text
    assert "고용센터" not in text


def test_the_same_knowledge_has_no_differences() -> None:
    assert told(GRANT, dict(GRANT)) == "금액·날짜·글 가운데 바뀐 것이 없습니다."


def test_rows_that_only_moved_are_no_change() -> None:
    other = {**ROW, "id": "other"}
    assert "바뀐 것이 없습니다" in told({**GRANT, "values": [ROW, other]}, {**GRANT, "values": [other, ROW]})


@pytest.fixture
def repository(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Callable[..., str]:
    """A repository with one right in its knowledge; the function runs git in it."""
    for name in [name for name in os.environ if name.startswith("GIT_")]:
        monkeypatch.delenv(name)

    def git(*words: str) -> str:
        command = ["git", "-c", "user.name=t", "-c", "user.email=t@example.org", *words]
        return subprocess.run(command, cwd=tmp_path, check=True, capture_output=True, text=True).stdout

    folder = tmp_path / "knowledge_base" / "rights"
    folder.mkdir(parents=True)
    (folder / "some.yaml").write_text("id: some\nname: 어떤 권리\npay:\n- {series: cap, from: 2026-01-01, to: null, "
                                      "value: 2200000, unit: 원}\n", encoding="utf-8")
    git("init", "-q")
    git("add", ".")
    git("commit", "-qm", "one")
    monkeypatch.setattr(errors, "KNOWLEDGE_ROOT", tmp_path / "knowledge_base")
    return git


def test_kb_diff_tells_money_changed_since_a_revision(
    repository: Callable[..., str], tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    file = tmp_path / "knowledge_base" / "rights" / "some.yaml"
    file.write_text(file.read_text(encoding="utf-8").replace("2200000", "2300000"), encoding="utf-8")
    (file.parent / "새것.yaml").write_text("id: fresh\nname: 새 권리\n", encoding="utf-8")
    assert main(["kb", "diff", "HEAD"]) == 0
    out = capsys.readouterr().out
    assert "cap 2026-01-01부터 · 값: 220만원 → 230만원" in out
    assert "파일: 새로 새 권리" in out


@pytest.mark.parametrize("revision", ["no-such-revision", "--help", "HEAD; rm -rf x"])
def test_kb_diff_of_no_revision_says_what_to_write(
    repository: Callable[..., str], revision: str, capsys: pytest.CaptureFixture[str]
) -> None:
    with pytest.raises(KnowledgeError, match="REV를"):
        kb._two_states(errors.KNOWLEDGE_ROOT, revision)
