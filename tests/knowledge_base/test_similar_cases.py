"""우리와 비슷한 회사: the nearest sure case is shown with its source, or none at all."""

from __future__ import annotations

import pytest

from knowledge_base.loading import load_knowledge
from knowledge_base.similar_cases import card, likeness, similar


@pytest.mark.parametrize(
    ("industry", "region", "headcount", "case"),
    [("C", "41110", 25, "jnt_jangseong"), ("F", "47130", 30, "namkyeung_gyeongju"),
     ("J", "11440", 30, "jaedam_media"), ("C", None, 80, "kpt"), ("Q", None, None, "guro_sungsim_hospital")],
)
def test_the_nearest_case_shares_trade_place_and_size(
    industry: str | None, region: str | None, headcount: int | None, case: str
) -> None:
    found = similar(industry, region, headcount)
    assert found is not None
    assert found.id == case


def test_a_firm_that_shares_nothing_is_shown_no_case() -> None:
    assert similar("G", "50110", 12) is None
    assert similar(None, None, 12) is None
    assert similar() is None


def test_the_same_event_makes_a_case_near_whatever_the_trade() -> None:
    found = similar("I", "50110", 12, event="ten_oclock_start")
    assert found is not None
    assert found.id == "soso_communication"


def test_a_case_already_seen_is_passed_over() -> None:
    first = similar("J", None, 40)
    assert first is not None
    second = similar("J", None, 40, seen=[first.id])
    assert second is not None
    assert second.id != first.id
    assert similar("Q", None, 20, seen=["guro_sungsim_hospital"]) is None


def test_a_neighbour_in_the_same_sido_is_said_to_be_one() -> None:
    found = similar(None, "44130", None)
    assert found is not None
    assert found.place is not None
    assert found.place.sido == "44"
    assert likeness(found, None, "44130", None).reasons == ("같은 충청남도 지역",)


def test_size_counts_for_like_and_against_far_off() -> None:
    case = load_knowledge().cases["jnt_jangseong"]  # 22명
    points = {people: likeness(case, "C", None, people).points for people in (11, 10, 44, 45, 88, 89)}
    assert points[11] == points[44] > points[10] == points[45] == points[88] > points[89]


def test_only_small_firms_with_a_source_are_kept() -> None:
    for case in load_knowledge().cases.values():
        assert case.source.url.startswith("http")
        assert case.confidence in ("high", "medium")
        assert "중견" not in case.size, case.id


def test_a_case_card_gives_its_source_and_why_it_was_chosen() -> None:
    case = load_knowledge().cases["namkyeung_gyeongju"]
    shown = card(case, likeness(case, "F", "47130", 30).reasons)
    assert shown["type"] == "case"
    assert shown["company"] == "㈜남경엔지니어링"
    assert shown["paragraphs"][0].startswith("가까운 건설업·같은 경북 경주 지역")
    assert shown["source"]["url"].startswith("http")
    assert shown["paragraphs"][-1] == case.caution


def test_a_case_without_a_published_name_says_so() -> None:
    assert card(load_knowledge().cases["incheon_biweekly_4day"])["company"] == "보도에 이름이 나오지 않은 회사"
