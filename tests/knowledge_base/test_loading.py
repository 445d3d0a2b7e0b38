"""Loading: everything of the knowledge is read strictly, and bad knowledge says where it is bad and what to do."""

from __future__ import annotations

import json
import shutil
import time
from datetime import date, datetime
from pathlib import Path
from typing import Any

import jsonschema
import pytest
import yaml

from knowledge_base import json_schemas, loading
from knowledge_base.errors import KNOWLEDGE_ROOT, KnowledgeError
from knowledge_base.item_schema import Question, Right
from knowledge_base.items import read_folder, read_item


def write(path: Path, text: str) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


RIGHT = """\
id: some_right
name: 어떤 권리
summary: 요약
who: null
employer_duty: null
pay:
  - series: cap
    from: 2026-01-01
    to: 2026-12-31
    value: 100
    unit: 원
    reference: {law: 어떤 법}
  - series: cap
    from: 2027-01-01
    to: null
    value: null
    unit: 원
    reference: null
penalty: null
under5: {applies: true, note: 모두}
how_to_apply: null
legal_basis: [어떤 법 제1조]
sources:
  - {title: 어떤 법, url: 'https://example.org', kind: law, read: copy}
checked_on: 2026-11-22
confirmed_until: 2026-12-31
confidence: high
notes: null
"""


def test_all_that_was_collected_is_there() -> None:
    knowledge = loading.load_knowledge()
    assert len(knowledge.programs) == 41
    assert len(knowledge.rights) == 33
    assert len(knowledge.questions) == len(list((KNOWLEDGE_ROOT / "faq").glob("faq_*.yaml"))) >= 178
    assert len(knowledge.cases) == 24
    assert len(knowledge.centers) == 134
    assert len(knowledge.timeline) == 12


def test_loading_takes_at_most_a_second() -> None:
    loading.load_knowledge()  # imports and disk caches are not what is measured
    best = min(_seconds_to_load() for _ in range(2))
    assert best <= 1.0


def _seconds_to_load() -> float:
    from knowledge_base import checking, definitions, places

    for cached in (loading.load_knowledge, definitions.definitions, places.places):
        cached.cache_clear()
    started = time.process_time()
    checking.problems(loading.load_knowledge())
    return time.process_time() - started


def test_an_item_is_found_by_its_id_with_its_kind() -> None:
    knowledge = loading.load_knowledge()
    assert knowledge.find("parental_leave")[0] == "right"
    assert knowledge.find("parental_leave_grant")[0] == "program"
    assert knowledge.find("faq_001")[0] == "question"
    assert knowledge.find("suwon")[0] == "center"
    with pytest.raises(KeyError):
        knowledge.find("nothing")


def test_every_value_stands_on_a_reference_or_is_unknown() -> None:
    for right in loading.load_knowledge().rights.values():
        for row in (*right.durations, *right.pay):
            assert row.reference is not None or row.value is None, (right.id, row.series)


@pytest.mark.parametrize(
    ("day", "paid_days", "cap"),
    [(date(2025, 2, 22), "최초 1일 유급", None), (date(2026, 11, 26), "최초 2일 유급", 168_420),
     (date(2026, 11, 27), "최초 4일 유급", 336_840), (date(2026, 12, 31), "최초 4일 유급", 336_840)],
)
def test_a_right_is_looked_up_on_a_day(day: date, paid_days: str, cap: int | None) -> None:
    right = loading.load_knowledge().rights["infertility_treatment_leave"]
    rows = {row.series: row for row in right.values_on(day)}
    assert rows["days"].condition == paid_days
    assert (rows["cap"].value if "cap" in rows else None) == cap


def test_a_cap_set_each_year_is_unknown_the_year_after_and_not_ended() -> None:
    right = loading.load_knowledge().rights["maternity_leave_benefit"]
    caps = [row for row in right.values_on(date(2027, 1, 1)) if row.series == "cap"]
    assert [row.value for row in caps] == [None]


def test_the_version_follows_the_contents(tmp_path: Path) -> None:
    write(tmp_path / "rights" / "a.yaml", "id: a\n")
    first = loading.version_of(tmp_path)
    assert loading.version_of(tmp_path) == first
    write(tmp_path / "rights" / "a.yaml", "id: b\n")
    assert loading.version_of(tmp_path) != first
    assert loading.load_knowledge().version == loading.knowledge_version()


def test_a_good_right_is_read(tmp_path: Path) -> None:
    right = read_item(write(tmp_path / "some_right.yaml", RIGHT), Right)
    assert right.pay[1].value is None


@pytest.mark.parametrize(
    ("before", "after", "line", "said"),
    [
        ("penalty: null", "penality: null", 19, "모르는 키 'penality'"),
        ("confidence: high", "confidence: sure", 27, "쓸 수 있는 값: high, medium, low"),
        ("name: 어떤 권리\n", "", 1, "'name'이(가) 빠졌습니다"),
        ("    from: 2027-01-01", "    from: 2026-12-31", 6, "기간이 겹칩니다"),
        ("    to: 2026-12-31", "    to: 2025-12-31", 7, "보다 늦습니다"),
        ("    reference: {law: 어떤 법}", "    reference: null", 7, "근거"),
        ("legal_basis: [어떤 법 제1조]", "legal_basis: []", 22, "근거가 적어도 하나"),
        ("checked_on: 2026-11-22", "checked_on: 작년", 25, "checked_on"),
        ("who: null", "who: null\nwho: 모두", 5, "두 번"),
        ("summary: 요약", "summary: '요약", None, "YAML로 읽을 수 없습니다"),
    ],
)
def test_bad_knowledge_names_the_file_the_line_and_the_remedy(
    tmp_path: Path, before: str, after: str, line: int | None, said: str
) -> None:
    assert before in RIGHT
    file = write(tmp_path / "some_right.yaml", RIGHT.replace(before, after, 1))
    with pytest.raises(KnowledgeError) as caught:
        read_item(file, Right)
    error = caught.value
    assert said in str(error)
    assert str(file) in str(error)
    assert error.to_do
    if line is not None:
        assert error.line == line


def test_rows_of_one_series_may_follow_each_other_to_the_day_but_not_share_one(tmp_path: Path) -> None:
    read_item(write(tmp_path / "some_right.yaml", RIGHT), Right)  # 2026-12-31, then 2027-01-01
    with pytest.raises(KnowledgeError, match="겹칩니다"):
        read_item(write(tmp_path / "some_right.yaml", RIGHT.replace("to: 2026-12-31", "to: 2027-01-01")), Right)


def test_the_file_name_is_the_id(tmp_path: Path) -> None:
    write(tmp_path / "other.yaml", RIGHT)
    with pytest.raises(KnowledgeError, match="파일 이름") as caught:
        read_folder(tmp_path, Right)
    assert caught.value.line == 1


def test_an_empty_file_is_refused(tmp_path: Path) -> None:
    with pytest.raises(KnowledgeError, match="비어 있거나"):
        read_item(write(tmp_path / "faq_001.yaml", ""), Question)


def test_a_question_about_a_right_that_is_not_there_stops_the_start(monkeypatch: pytest.MonkeyPatch) -> None:
    knowledge = loading.load_knowledge()
    question = knowledge.questions["faq_001"].copy(update={"related_rights": ("no_such_right",)})
    broken = loading.Knowledge(**{**knowledge.__dict__, "questions": {"faq_001": question}})
    monkeypatch.setattr(loading, "read_knowledge", lambda: broken)
    loading.load_knowledge.cache_clear()
    try:
        with pytest.raises(KnowledgeError, match="no_such_right") as caught:
            loading.load_knowledge()
        assert "faq_001.yaml" in str(caught.value)
    finally:
        loading.load_knowledge.cache_clear()


def test_a_copy_of_the_knowledge_loads_alike(tmp_path: Path) -> None:
    for part in ("programs", "rights", "faq", "cases"):
        shutil.copytree(KNOWLEDGE_ROOT / part, tmp_path / part)
    shutil.copy(KNOWLEDGE_ROOT / "timeline.yaml", tmp_path)
    copied = loading.read_knowledge(tmp_path)
    assert copied.rights == loading.load_knowledge().rights


def test_committed_json_schemas_are_those_of_the_models() -> None:
    for path, text in json_schemas.texts().items():
        assert path.read_text(encoding="utf-8") == text, f"{path.name}: donghaeng kb schemas로 다시 만들어 주세요"


@pytest.mark.parametrize("name", sorted(json_schemas.MODELS))
def test_every_file_fits_its_json_schema(name: str) -> None:
    document = json.loads((json_schemas.FOLDER / f"{name}.schema.json").read_text(encoding="utf-8"))
    validator = jsonschema.Draft7Validator(document)
    files = json_schemas.files_of(name)
    assert files
    for file in files:
        content = plain(yaml.load(file.read_bytes(), yaml.CSafeLoader))
        assert [error.message for error in validator.iter_errors(content)] == [], file.name


def plain(value: Any) -> Any:
    """YAML data as an editor's validator sees it: dates are text there."""
    if isinstance(value, dict):
        return {str(key): plain(part) for key, part in value.items()}
    if isinstance(value, list):
        return [plain(part) for part in value]
    return value.isoformat() if isinstance(value, (date, datetime)) else value


@pytest.mark.parametrize("name", sorted(json_schemas.MODELS))
def test_every_file_tells_the_editor_its_schema(name: str) -> None:
    for file in json_schemas.files_of(name):
        first = file.read_text(encoding="utf-8").split("\n", 1)[0]
        named = first.removeprefix("# yaml-language-server: $schema=")
        assert (file.parent / named).resolve() == json_schemas.FOLDER / f"{name}.schema.json", file.name
