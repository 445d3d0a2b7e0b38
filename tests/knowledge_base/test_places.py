"""Places: names lead to the right regions, and each region to the center that is published for it."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import date, datetime
from pathlib import Path

import pytest

from knowledge_base import contacts, places
from knowledge_base.clock import KST
from knowledge_base.errors import KnowledgeError

MONDAY_MORNING = datetime(2026, 11, 23, 10, 0, tzinfo=KST)


def test_all_centers_and_regions_are_there() -> None:
    known = places.places()
    assert len(known.centers) == 134
    assert sum(1 for item in known.regions.values() if item.part_of is None) == 230
    assert len(known.sidos) == 16
    assert sum(1 for item in known.centers.values() if item.planner) == 13
    assert sum(1 for item in known.centers.values() if item.planner and item.planner.phone) == 12


@pytest.mark.parametrize(
    ("name", "code"),
    [("수원", "41110"), ("성남시 분당구", "41130"), ("동탄", "41597"), ("G밸리 근처", None), ("하남산단", "12330"),
     ("경북 군위", "27720"), ("인천 동구", "28125"), ("dmc", "11440"), ("세종", "36110"), ("충남 예산", "44810")],
)
def test_a_name_leads_to_its_region(name: str, code: str | None) -> None:
    match = places.regions_by_alias(name)
    assert (match.usual if match else None) == code


def test_spaces_and_capitals_in_a_name_do_not_matter() -> None:
    assert places.regions_by_alias("성남시분당구") == places.regions_by_alias("성남시 분당구")
    assert places.regions_by_alias("DMC") == places.regions_by_alias("dmc")


@pytest.mark.parametrize(
    ("name", "codes"),
    [("광주", {"12210", "12240", "12270", "12300", "12330", "41610"}),
     ("화성시", {"41591", "41593", "41595", "41597"}),
     ("인천 서구", {"28275", "28290"}), ("G밸리", {"11530", "11545"})],
)
def test_a_name_of_several_regions_gives_them_all(name: str, codes: set[str]) -> None:
    match = places.regions_by_alias(name)
    assert match is not None
    assert match.ambiguous
    assert set(match.codes) == codes


def test_an_ambiguous_name_within_one_center_says_so() -> None:
    match = places.regions_by_alias("G밸리")
    assert match is not None
    assert (match.usual, match.center) == (None, "seoulgwanak")


def test_the_usual_region_of_a_shared_name_comes_first() -> None:
    match = places.regions_by_alias("시화공단")
    assert match is not None
    assert match.usual == match.codes[0] == "41390"


def test_a_common_word_is_no_alias_but_its_full_name_is() -> None:
    for word, collision in places.word_collisions().items():
        assert places.regions_by_alias(word) is None, word
        assert all(places.regions_by_alias(full) for full in collision.full_names), word


def test_the_alias_table_is_longest_first() -> None:
    lengths = [len(name) for name, _ in places.alias_table()]
    assert lengths == sorted(lengths, reverse=True)
    assert len(lengths) == 4720


def test_former_regions_say_what_they_became() -> None:
    former = {item.name: item for item in places.former_regions()}
    assert [(part.code, part.part) for part in former["인천 서구"].became] == [
        ("28275", "아라뱃길 남쪽"), ("28290", "아라뱃길 북쪽"),
    ]
    assert {part.code for part in former["광주광역시"].became} == {"12210", "12240", "12270", "12300", "12330"}


def test_a_region_without_a_published_center_leads_to_1350_alone() -> None:
    match = places.center_for("12860")  # 진도
    assert match.center is None
    assert match.business_center is None
    assert match.fallback.phone == "1350"
    assert match.fallback_first
    assert {item.id for item in match.alternatives} == {"haenam", "mokpo"}
    contact = contacts.contact_for(match, MONDAY_MORNING)
    assert [phone.number for phone in contact.phones] == ["1350"]


def test_a_pilot_center_whose_planner_number_was_not_printed_gives_its_general_line_and_1350() -> None:
    match = places.center_for("11710")  # 송파: 서울동부
    assert match.planner_phone is None
    contact = contacts.contact_for(match, MONDAY_MORNING)
    assert [phone.number for phone in contact.phones] == ["02-2142-8924", "1350"]
    assert "공개되지 않아" in (contact.note or "")


def test_a_pilot_center_gives_the_planners_number_of_the_poster_first() -> None:
    contact = contacts.contact_for(places.center_for("41110"), MONDAY_MORNING)
    assert [phone.number for phone in contact.phones] == ["031-231-7840", "031-231-7864", "1350"]
    assert "2024년 7월" in (contact.note or "")


def test_a_region_of_the_same_office_only_is_not_promised_that_planner() -> None:
    match = places.center_for("11650")  # 서초: 서울청 소속이지만 다른 센터
    assert (match.pilot_basis, match.planner_phone) == ("office", None)
    assert "확인되지 않았어요" in (match.note or "")


def test_a_small_center_hands_employers_to_the_center_above_it() -> None:
    match = places.center_for("44270")  # 당진
    assert match.center is not None
    assert match.business_center is not None
    assert (match.center.id, match.business_center.id) == ("dangjin", "cheonan")
    assert match.center.business_support.handles is False
    assert "천안고용센터" in (match.note or "")


def test_business_support_is_known_of_fourteen_centers_only() -> None:
    known = [item.business_support.handles for item in places.centers()]
    assert (known.count(True), known.count(False), known.count(None)) == (13, 1, 120)


@pytest.mark.parametrize(
    ("code", "center"),
    [("41591", "hwaseong"), ("41593", "hwaseong"), ("41595", "suwon"), ("41597", "suwon"),
     ("48121", "changwon"), ("48123", "changwon"), ("48125", "masan"), ("48127", "masan"), ("48129", "changwon")],
)
def test_hwaseong_and_changwon_go_by_their_districts(code: str, center: str) -> None:
    match = places.center_for(code)
    assert match.center is not None
    assert match.center.id == center


def test_a_city_split_among_centers_asks_for_the_district() -> None:
    match = places.center_for("41590")
    assert match.fallback_first
    assert "어느 구" in (match.note or "")
    assert places.same_center(["41590"]) is None


def test_regions_of_one_center_need_not_be_told_apart() -> None:
    assert places.same_center(["28125", "28155"]) == "incheon"
    assert places.same_center(["11110", "41110"]) is None


def test_sources_that_disagree_put_1350_first() -> None:
    contact = contacts.contact_for(places.center_for("41290"), MONDAY_MORNING)  # 과천
    assert contact.phones[0].number == "1350"
    assert "안양고용센터" in (contact.note or "")


def test_a_region_lies_in_its_city_and_its_sido() -> None:
    assert places.within("41597", "41590")
    assert places.within("41597", "41")
    assert not places.within("41597", "11")


@pytest.mark.parametrize(
    ("code", "single"), [("30", "daejeon"), ("31", "ulsan"), ("36", "sejong"), ("50", "jeju"), ("11", None)]
)
def test_a_sido_of_one_center_need_not_be_asked_further(code: str, single: str | None) -> None:
    item = places.sido(code)
    assert item.single_center == single
    if single:
        assert places.same_center([r.code for r in places.places().regions.values() if r.sido == code]) == single


@pytest.mark.parametrize(
    ("moment", "is_open"),
    [("2026-11-23T08:59:59", False), ("2026-11-23T09:00:00", True), ("2026-11-23T17:59:59", True),
     ("2026-11-23T18:00:00", False), ("2026-11-22T10:00:00", False), ("2026-12-25T10:00:00", False),
     ("2026-08-17T10:00:00", False)],
)
def test_1350_answers_on_working_days_from_nine_to_six(moment: str, is_open: bool) -> None:
    assert contacts.call_center_open(datetime.fromisoformat(moment).replace(tzinfo=KST)) is is_open


def test_a_closed_contact_says_when_1350_opens_next() -> None:
    contact = contacts.contact("daegu", datetime(2026, 12, 24, 19, 0, tzinfo=KST))
    assert contact.opens_next == datetime(2026, 12, 28, 9, 0, tzinfo=KST)
    assert "12월 28일(월) 오전 9시" in contact.hours
    assert contact.card()["open_now"] is False


def test_a_contact_card_has_what_the_chat_api_promises() -> None:
    card = contacts.contact("seogwipo", MONDAY_MORNING).card()
    assert card["type"] == "contact"
    assert card["phones"] == [{"label": "고용노동부 고객상담센터 (국번 없이)", "number": "1350"}]
    assert card["address"] is None
    assert "확인되지 않았어요" in card["note"]


def test_substitute_holidays_are_not_working_days() -> None:
    assert contacts.holiday_name(date(2026, 10, 5)) is not None
    assert contacts.is_working_day(date(2026, 10, 6))


@pytest.fixture
def copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A copy of ``places/`` that may be spoilt; ``places.places()`` reads it."""
    root = tmp_path / "places"
    shutil.copytree(places.PLACES_ROOT, root)
    monkeypatch.setattr(places, "PLACES_ROOT", root)
    places.places.cache_clear()
    yield root
    places.places.cache_clear()


@pytest.mark.parametrize(
    ("file", "before", "after", "said"),
    [("regions/gyeonggi/41110.yaml", "center: suwon\nconfidence", "center: suwn\nconfidence", "센터 'suwn'"),
     ("regions/gyeonggi/41595.yaml", "part_of: '41590'", "part_of: '41599'", "part_of '41599'"),
     ("centers/dangjin.yaml", "center: cheonan", "center: cheonon", "기업지원 센터 'cheonon'"),
     ("centers/suwon.yaml", "031-231-7840", "031-231-78401", "planner.phone"),
     ("sido.yaml", "ask_region: true", "ask_region: 아마도", "ask_region")],
)
def test_a_wrong_place_stops_the_start_with_its_file(
    copied: Path, file: str, before: str, after: str, said: str
) -> None:
    path = copied / file
    text = path.read_text(encoding="utf-8")
    assert before in text
    path.write_text(text.replace(before, after, 1), encoding="utf-8")
    with pytest.raises(KnowledgeError, match=said) as caught:
        places.places()
    assert caught.value.file == path


def test_a_name_added_to_a_second_region_becomes_ambiguous(copied: Path) -> None:
    path = copied / "regions" / "seoul" / "11110.yaml"
    path.write_text(path.read_text(encoding="utf-8").replace("common: [", "common: [수원역, ", 1), encoding="utf-8")
    match = places.regions_by_alias("수원역")
    assert match is not None
    assert (match.codes, match.usual, match.center) == (("11110", "41110"), None, None)


@pytest.mark.parametrize(("text", "named"), [
    ("부산 해운대구 고용센터 어디예요", None),
    ("대구 고용센터 번호", "대구고용센터"),
    ("경기수원고용센터요", "수원고용센터"),
    ("수원센터 전화", "수원고용센터"),
    ("인천 서부 고용센터", "인천서부고용센터"),
])
def test_a_center_is_named_by_whole_words(text: str, named: str | None) -> None:
    found = places.center_named(text)
    assert (found.name if found else None) == named
