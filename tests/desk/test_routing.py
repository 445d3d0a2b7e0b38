"""Which center gets a firm: every 시군구, and the strategies before and after it, each with its reason."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.desk import calendar_edits, database, handoff, leads, load, routing
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import Lead, Planner
from knowledge_base import places
from tests.desk.conftest import NOW, at

ADMIN = Viewer("admin", "administrator")
REGIONS = sorted(code for code, region in places.places().regions.items() if region.part_of is None)


def _route(**asked: object) -> routing.Routing:
    with database.session(read_only=True) as session:
        return routing.route(session, **asked)


def test_there_are_230_regions_to_route() -> None:
    assert len(REGIONS) == 230


def test_every_region_leads_to_the_center_that_helps_employers_to_a_question_or_to_1350(sqlite_desk: str) -> None:
    unrouted, asked = [], []
    with database.session(read_only=True) as session:
        for code in REGIONS:
            decision = routing.route(session, region=code)
            if decision.method == "ask_region":
                asked.append(code)
            elif decision.center is None:
                unrouted.append(code)
            else:
                assert decision.method == "region"
                assert decision.center == places.center_for(code).business_center
            assert decision.reason
    assert unrouted == ["12860"]  # 진도군: no source names its center
    assert asked == ["41590", "48120"]  # 화성시, 창원시: the 구 decides


def test_jindo_goes_to_1350_and_says_why(sqlite_desk: str) -> None:
    decision = _route(region="12860")
    assert (decision.center, decision.method, decision.fallback_first) == (None, "fallback", True)
    assert "1350" in (decision.note or "")


def test_songpa_goes_to_seoul_dongbu_whose_planner_has_no_published_number(sqlite_desk: str) -> None:
    decision = _route(region="11710")
    assert decision.center is not None
    assert decision.center.id == "seouldongbu"
    assert "플래너 번호는 공개되지 않아" in (decision.note or "")


def test_a_small_center_hands_employers_on_and_says_so(sqlite_desk: str) -> None:
    decision = _route(region="44270")  # 당진시
    assert decision.center is not None
    assert decision.center.id == "cheonan"
    assert "당진고용센터" in decision.reason
    assert "천안고용센터" in decision.reason


@pytest.mark.parametrize(("region", "center"), [("41591", "hwaseong"), ("41597", "suwon"), ("48121", "changwon")])
def test_a_split_city_is_settled_by_its_district(sqlite_desk: str, region: str, center: str) -> None:
    decision = _route(region=region)
    assert decision.center is not None
    assert decision.center.id == center


def test_a_split_city_is_asked_for_its_district(sqlite_desk: str) -> None:
    assert set(_route(region="41590").ask) == {part.code for part in places.parts_of("41590")}


def test_a_low_confidence_region_is_routed_but_names_1350_first(sqlite_desk: str) -> None:
    decision = _route(region="41290")  # 과천시: the sources differ
    assert decision.center is not None
    assert decision.fallback_first


def test_candidates_with_one_center_are_not_asked_about(sqlite_desk: str) -> None:
    decision = _route(regions=["11110", "11140"])  # 종로구, 중구
    assert (decision.method, decision.center and decision.center.id) == ("same_center", "seoul")


def test_candidates_with_different_centers_are_asked_about(sqlite_desk: str) -> None:
    decision = _route(regions=["41610", "12200"] if "12200" in places.places().regions else ["41610", "11110"])
    assert (decision.method, decision.center) == ("ask_region", None)
    assert len(decision.ask) == 2


@pytest.mark.parametrize("asked", [{}, {"region": "99999"}, {"regions": ["99999"]}, {"planner": "없는사람"}])
def test_nothing_known_goes_to_the_fallback_queue_with_every_strategy_told(
    sqlite_desk: str, asked: dict[str, object]
) -> None:
    decision = _route(**asked)
    assert (decision.method, decision.center) == ("fallback", None)
    assert [method for method, _ in decision.tried] == [
        "returning_firm", "named_planner", "region", "ask_region", "fallback"]


def _earlier(request_of: Callable[..., HandOff], **changed: object) -> None:
    with database.session() as session:
        handoff.hand_off(session, request_of(**changed), now=at("2026-11-20 10:00"))


def test_a_returning_firm_keeps_its_center_and_planner(desk: str, request_of: Callable[..., HandOff]) -> None:
    _earlier(request_of)
    decision = _route(phone="01012345678")
    assert (decision.method, decision.planner_id) == ("returning_firm", "suwon-1")
    assert decision.center is not None
    assert decision.center.id == "suwon"


def test_a_returning_firm_is_known_by_its_name_only_in_the_same_area(
    desk: str, request_of: Callable[..., HandOff]
) -> None:
    _earlier(request_of)
    assert _route(company_name="주식회사 하나 정밀", region="41110").method == "returning_firm"
    elsewhere = _route(company_name="하나정밀", region="11110")
    assert (elsewhere.method, elsewhere.center and elsewhere.center.id) == ("region", "seoul")


def test_a_returning_firm_that_moved_goes_by_its_region_now(desk: str, request_of: Callable[..., HandOff]) -> None:
    _earlier(request_of)
    decision = _route(phone="01012345678", region="11110")
    assert decision.center is not None
    assert (decision.method, decision.center.id) == ("region", "seoul")
    assert "지난 접수는 수원고용센터" in decision.tried[0][1]


def test_a_planner_who_left_is_not_kept(desk: str, request_of: Callable[..., HandOff]) -> None:
    _earlier(request_of)
    with database.session() as session:
        calendar_edits.edit_planner(session, ADMIN, "suwon-1", active=False)
    decision = _route(phone="01012345678")
    assert (decision.method, decision.planner_id) == ("returning_firm", None)


def test_a_named_planner_is_found_by_name(desk: str) -> None:
    with database.session() as session:
        calendar_edits.add_planner(session, ADMIN, "busan", "이하늘")
    decision = _route(planner="이하늘")
    assert decision.center is not None
    assert (decision.method, decision.center.id, decision.planner_id) == ("named_planner", "busan", "busan-2")


def test_a_name_two_planners_share_is_settled_by_the_region_or_not_at_all(desk: str) -> None:
    with database.session() as session:
        for center in ("busan", "suwon"):
            calendar_edits.add_planner(session, ADMIN, center, "이하늘")
    assert _route(planner="이하늘").method == "fallback"
    assert _route(planner="이하늘", region="41110").planner_id == "suwon-2"


def test_call_backs_are_shared_out_evenly(desk: str, request_of: Callable[..., HandOff]) -> None:
    with database.session() as session:
        for name in ("이하늘", "박바다", "최산들"):
            calendar_edits.add_planner(session, ADMIN, "suwon", name)
    given = []
    for turn in range(9):
        with database.session() as session:
            receipt = handoff.hand_off(session, request_of(
                phone=f"010-2000-000{turn}", company_name=f"회사{turn}", conversation_id=f"c-{turn}"))
            given.append(session.get(Lead, receipt.lead_id).planner_id)
    assert sorted(given) == sorted(["suwon-2", "suwon-3", "suwon-4"] * 3)


def test_closed_leads_do_not_count_as_work(desk: str) -> None:
    with database.session() as session:
        for number, planner, state in (("DAAAAAAA", "suwon-1", "withdrawn"), ("DBBBBBBB", "suwon-9", "new")):
            if session.get(Planner, planner) is None:
                session.add(Planner(id=planner, center_id="suwon", name="박바다"))
                session.flush()
            session.add(Lead(number=number, kind="callback", state=state, planner_id=planner, facts={}, routing={},
                             link_digest=number, contact_due_at=NOW))
        session.flush()
        order = load.fair_order(session, ["suwon-1", "suwon-9"])
    assert min(order, key=lambda name: order[name]) == "suwon-1"


def test_a_planner_is_named_by_name_and_office_and_the_last_one_counts(sqlite_desk: str) -> None:
    with database.session() as session:
        for name in ("이하늘", "박바다"):
            calendar_edits.add_planner(session, ADMIN, "suwon", name)
        for said, meant in (
            (["이하늘 플래너님한테 상담받고 싶어요"], "이하늘"), (["수원고용센터 박바다플래너요"], "박바다"),
            (["이하늘 플래너요", "아니 박바다 플래너요"], "박바다"), (["담당 플래너랑 통화할래요"], None),
            (["저는 이하늘이에요"], None), (["홍길동 플래너요"], None), ([], None),
        ):
            assert routing.named_in(session, said) == meant, said


def test_a_lead_whose_firm_named_a_planner_goes_to_that_planner_with_the_reason_stored(
    desk: str, request_of: Callable[..., HandOff]
) -> None:
    with database.session() as session:
        calendar_edits.add_planner(session, ADMIN, "suwon", "이하늘")
        lead = session.get(Lead, handoff.hand_off(session, request_of(planner="이하늘")).lead_id)
        assert (lead.planner_id, lead.routing["method"]) == ("suwon-2", "named_planner")
        assert lead.routing["reason"] == "회사가 찾은 이하늘 플래너의 수원고용센터"


def test_a_firm_without_a_center_waits_in_the_queue_that_only_administrators_see(
    desk: str, request_of: Callable[..., HandOff]
) -> None:
    with database.session() as session:
        lead = session.get(Lead, handoff.hand_off(session, request_of(facts={"company": {"region": "12860"}})).lead_id)
        assert (lead.center_id, lead.planner_id, lead.routing["method"]) == (None, None, "fallback")
        assert leads.queue(session, ADMIN)[0] == [lead]
        assert leads.queue(session, Viewer("kim", "planner", "suwon"))[0] == []
