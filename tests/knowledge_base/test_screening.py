"""Screening as a whole: the conversations it must carry, its statuses, its questions and what it never promises."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from knowledge_base.facts import Facts
from knowledge_base.program_schema import programs
from knowledge_base.screening import Screening
from tests.knowledge_base.situations import FIRM, LEAVE, TODAY, facts, screened, usual

SUWON = {"headcount": 25, "industry": "C", "region": "41110"}
LEAVING = {"type": "parental_leave", "start": "2026-12-01", "worker_gender": "female"}


def statuses(found: Screening) -> dict[str, str]:
    return {verdict.program.id: verdict.status for verdict in found.relevant}


class TestTheFirstConversation:
    """수원 제조업 25명, 12월부터 육아휴직."""

    def test_first_asks_how_the_place_is_filled(self) -> None:
        assert screened(facts(SUWON, LEAVING)).next_question == "event.cover"

    def test_then_asks_for_the_child_because_the_special_rate_hangs_on_it(self) -> None:
        found = screened(facts(SUWON, {**LEAVING, "cover": "hire"}))
        assert found.next_question == "event.child_birth"
        assert "parental_leave_grant" in found.question_settles

    def test_then_nothing_more_matters(self) -> None:
        assert screened(facts(SUWON, {**LEAVING, "cover": "hire", "child_birth": "2026-08-15"})).next_question is None

    def test_both_ways_stand_side_by_side_and_exclude_each_other(self) -> None:
        found = screened(facts(SUWON, {**LEAVING, "cover": "hire", "child_birth": "2026-08-15", "months": 12}))
        replacement, leave = found.verdict("replacement_worker_grant"), found.verdict("parental_leave_grant")
        assert replacement.headline == "월 최대 140만원"
        assert leave.headline == "처음 3개월 월 100만원, 그 뒤 월 30만원"
        assert (replacement.money.total, leave.money.total) == (16_800_000, 5_700_000)
        assert found.best is not None
        assert (found.best.programs, found.best.total) == (("replacement_worker_grant",), 16_800_000)
        assert any("특례 대신 일반 월 30만원" in line and "확인되지 않아" in line for line in found.best.lines)

    def test_what_was_not_asked_is_left_for_a_person_to_check(self) -> None:
        found = screened(facts(SUWON, {**LEAVING, "cover": "hire", "child_birth": "2026-08-15"}))
        verdict = found.verdict("replacement_worker_grant")
        assert verdict.status == "check"
        assert "고용보험에 가입한 사업장이어야 해요." in verdict.to_check


class TestStatus:
    def test_all_conditions_met_is_eligible(self) -> None:
        assert screened(usual()).verdict("replacement_worker_grant").status == "eligible"

    @pytest.mark.parametrize(("fact", "value"), [
        ("employment_insurance", False), ("public_institution", True), ("large_group", True),
    ])
    def test_one_unmet_condition_is_ineligible_and_says_which(self, fact: str, value: bool) -> None:
        verdict = screened(usual({fact: value})).verdict("parental_leave_grant")
        assert verdict.status == "ineligible"
        assert verdict.reasons()[0]["outcome"] == "unmet"
        assert verdict.to_document()["amounts"] == []

    def test_a_program_younger_than_the_event_was_not_in_force(self) -> None:
        morning = {"type": "ten_oclock_start", "months": 6, "child_birth": "2020-05-01", "worker_tenure_months": 30}
        for start, expected in (("2025-12-31", "not_in_force"), ("2026-01-01", "eligible")):
            known = facts(FIRM, {**morning, "start": start})
            assert screened(known, date(2026, 1, 1)).verdict("childcare_10am_start_grant").status == expected

    def test_rules_are_those_of_the_event_s_day_not_of_today(self) -> None:
        for start, expected in (("2024-12-31", "ineligible"), ("2025-01-01", "eligible")):
            known = usual(start=start, cover_start=start, months=6)
            assert screened(known).verdict("replacement_worker_grant").status == expected

    def test_beyond_what_is_confirmed_a_person_must_check(self) -> None:
        for start, expected in (("2026-12-31", "eligible"), ("2027-01-01", "check")):
            known = usual(start=start, cover_start=start)
            assert screened(known).verdict("replacement_worker_grant").status == expected

    def test_an_approval_that_nobody_can_foresee_is_a_check(self) -> None:
        known = facts(FIRM, {"type": "flexible_work", "mode": "telework", "start": "2026-12-01", "months": 6})
        verdict = screened(known).verdict("flexible_work_incentive")
        assert (verdict.status, verdict.decisive) == ("check", True)


    @pytest.mark.parametrize(("count", "expected"), [
        (499, ("eligible", False)), (500, ("eligible", False)), (501, ("check", True)),
    ])
    def test_above_the_industry_s_head_count_only_a_person_can_tell(
        self, count: int, expected: tuple[str, bool],
    ) -> None:
        verdict = screened(usual({"headcount": count, "insured_headcount": count})).verdict("parental_leave_grant")
        assert (verdict.status, verdict.decisive) == expected
        assert not expected[1] or "500명을 넘어요" in verdict.to_check[0]


    def test_after_the_last_day_to_apply_it_says_so_and_promises_nothing(self) -> None:
        known = usual(start="2024-12-01", months=3, cover=None, cover_start=None)  # 2025-02-28에 끝났다
        # 2026-02-28까지 신청하고, 나머지 50%는 끝나고 6개월 뒤부터 12개월 동안 신청한다.
        for today, passed, late in (
            (date(2026, 2, 28), False, False), (date(2026, 3, 1), True, False), (date(2026, 9, 2), True, True),
        ):
            found = screened(known, today)
            verdict = found.verdict("parental_leave_grant")
            assert verdict.status == "eligible"
            assert (verdict.too_late, verdict.status_ko == "신청기한이 지났어요") == (late, late)
            assert (found.best is None) == passed
            assert ("이미 지났어요" in verdict.to_check[0]) == passed
            assert ("나머지 50%는 2026년 9월 1일까지" in verdict.to_check[1]) == (passed and not late)


class TestAmountsInTheDocument:
    def test_nothing_is_certain_while_the_verdict_is_open(self) -> None:
        known = facts({**FIRM, "employment_insurance": None, "insured_headcount": None}, LEAVE)
        document = screened(known).verdict("replacement_worker_grant").to_document()
        assert document["status"] == "check"
        assert not any(amount["certain"] for amount in document["amounts"])

    def test_a_settled_verdict_within_the_confirmed_days_is_certain(self) -> None:
        document = screened(usual(start="2026-10-01", cover_start="2026-10-01", months=3), TODAY).verdict(
            "replacement_worker_grant").to_document()
        assert document["total"] == {"value": 4_200_000, "certain": True, "text": "140만원 × 3개월 = 최대 420만원"}


class TestNextQuestion:
    def test_knowing_nothing_it_asks_what_is_happening(self) -> None:
        assert screened(Facts()).next_question == "event.type"
        assert screened(facts({}, wants=("subsidy",))).next_question == "event.type"

    def test_a_wish_without_an_event_asks_for_the_firm(self) -> None:
        assert screened(facts({}, wants=("consulting",))).next_question == "company.headcount"

    def test_the_industry_is_asked_only_where_it_can_matter(self) -> None:
        event = {"type": "parental_leave", "cover": "hire", "child_birth": "2023-05-01"}
        for count, expected in ((100, "company.region"), (101, "company.industry"), (500, "company.industry")):
            assert screened(facts({"headcount": count}, event)).next_question == expected

    def test_the_insured_count_is_asked_only_around_thirty(self) -> None:
        event = {"type": "parental_leave", "cover": "hire", "child_birth": "2023-05-01"}
        firm = {"industry": "C", "region": "28200"}
        for count, expected in ((29, None), (30, "company.insured_headcount"), (59, "company.insured_headcount"),
                                (60, None)):
            assert screened(facts({**firm, "headcount": count}, event)).next_question == expected

    def test_what_the_person_does_not_know_is_not_asked_again_and_stays_open(self) -> None:
        known = facts(SUWON, LEAVING)
        found = screened(known, TODAY, "event.cover", "event.child_birth")
        assert found.next_question is None
        assert statuses(found)["replacement_worker_grant"] == "possible"
        assert "event.cover" in found.verdict("replacement_worker_grant").asks

    def test_a_verdict_that_is_settled_asks_nothing(self) -> None:
        found = screened(usual({"public_institution": True}, cover=None))
        assert found.verdict("replacement_worker_grant").asks == ()
        assert found.next_question != "event.cover"

    def test_an_interview_ends_and_never_repeats_itself(self) -> None:
        answers = {"event.type": "parental_leave", "company.headcount": 40, "event.cover": "coworkers",
                   "event.child_birth": "2026-08-01", "event.coworker_allowance": True,
                   "company.insured_headcount": 38, "company.region": "41110", "company.industry": "C"}
        company: dict[str, object] = {}
        event: dict[str, object] = {}
        asked: list[str] = []
        while (question := screened(facts(company, *([event] if event else []))).next_question) is not None:
            assert question not in asked
            asked.append(question)
            where, name = question.split(".")
            (company if where == "company" else event)[name] = answers[question]
        assert asked[0] == "event.type"
        assert asked[-1] == "company.region"
        assert len(asked) <= 7


class TestRelevance:
    def test_only_what_the_event_or_a_wish_concerns_is_relevant_and_comes_first(self) -> None:
        found = screened(usual())
        assert {"parental_leave_grant", "replacement_worker_grant"} <= set(statuses(found))
        assert "wlb_best_company" not in statuses(found)
        flags = [verdict.relevant for verdict in found.verdicts]
        assert flags == sorted(flags, reverse=True)

    def test_local_programs_show_only_where_the_firm_is(self) -> None:
        def local(region: str | None) -> set[str]:
            found = screened(usual({"region": region}))
            return {v.program.id for v in found.relevant if v.program.scope.kind == "local"}

        assert "seoul_leave_company_grant" in local("11680")
        assert local("47190").isdisjoint(local("11680"))
        assert local(None) == set()

    def test_each_event_gets_its_own_rules_and_a_program_the_one_it_concerns(self) -> None:
        maternity = {"type": "maternity_leave", "start": "2026-09-02", "months": 3}
        found = screened(facts(FIRM, LEAVE, maternity))
        assert found.verdict("parental_leave_grant").event == 0
        assert found.verdict("maternity_leave_pay_priority_firm").event == 1
        assert found.verdict("maternity_leave_pay_priority_firm").situation.day == date(2026, 9, 2)


class TestCombination:
    def test_a_plain_leave_adds_to_replacement(self) -> None:
        found = screened(usual(child_birth="2023-05-01", start="2026-09-01", cover_start="2026-09-01", months=4))
        assert found.best is not None
        # 140만 × 4 + 30만 × 4 = 560만 + 120만 = 680만
        assert set(found.best.programs) == {"replacement_worker_grant", "parental_leave_grant"}
        assert (found.best.total, found.best.certain) == (6_800_000, True)

    def test_an_unconfirmed_combination_is_named_and_not_summed(self) -> None:
        found = screened(usual(child_birth="2026-09-10", cover="coworkers", coworker_allowance=True))
        assert found.best is not None
        # 업무분담 60만 × 12 = 720만이 특례 570만보다 크다. 둘을 더하지 않는다
        assert (found.best.programs, found.best.total) == (("work_sharing_grant",), 7_200_000)
        assert any("확인되지 않아" in line for line in found.best.lines)

    def test_a_program_nobody_knows_to_be_open_is_never_in_the_total(self) -> None:
        found = screened(usual())
        assert found.best is not None
        assert statuses(found)["win_win_fund_replacement"] == "check"
        assert "win_win_fund_replacement" not in found.best.programs

    def test_money_for_the_worker_is_not_the_firm_s(self) -> None:
        found = screened(facts(FIRM, {"type": "maternity_leave", "start": "2026-09-02", "months": 3, "cover": "hire",
                                      "cover_start": "2026-09-02"}))
        assert found.best is not None
        assert found.best.programs == ("replacement_worker_grant",)

    def test_while_the_place_is_open_each_way_of_filling_it_is_summed(self) -> None:
        found = screened(usual(child_birth="2023-05-01", start="2026-09-01", months=4, cover=None, cover_start=None))
        assert found.best is not None
        # 대체인력 140만 × 4 + 육아휴직 30만 × 4 = 680만, 업무분담 60만 × 4 + 30만 × 4 = 360만
        assert found.best.total is None
        assert found.best.text == (
            "새로 뽑으면 대체인력지원금 + 육아휴직 지원금으로 최대 680만원까지, 동료가 나눠 맡고 수당을 주면 "
            "육아휴직 지원금 + 업무분담지원금으로 최대 360만원까지 받을 수 있어요. 둘 가운데 하나를 고르게 돼요."
        )

    def test_without_a_length_there_is_no_total_to_promise(self) -> None:
        found = screened(usual(months=None))
        assert found.best is not None
        assert found.best.total is None


class TestWhatWouldChange:
    def test_another_way_of_filling_the_place(self) -> None:
        verdict = screened(usual(cover="coworkers", coworker_allowance=True)).verdict("replacement_worker_grant")
        assert verdict.status == "ineligible"
        assert any("새로 뽑거나 파견" in change for change in verdict.would_change)

    def test_the_day_on_which_waiting_alone_does(self) -> None:
        known = facts(FIRM, {"type": "ten_oclock_start", "start": "2026-12-01", "months": 6,
                             "child_birth": "2020-05-01", "worker_tenure_months": 3})
        verdict = screened(known).verdict("childcare_10am_start_grant")
        assert verdict.flips_on == date(2027, 2, 23)
        assert verdict.would_change == ("2027년 2월 23일 이후에 시작하면 6개월을 채워요.",)

    def test_a_later_rule_is_named_with_its_day(self) -> None:
        verdict = screened(usual(start="2024-12-31", cover_start=None)).verdict("replacement_worker_grant")
        assert (verdict.status, verdict.flips_on) == ("ineligible", date(2025, 1, 1))

    def test_on_the_day_named_the_verdict_is_no_longer_a_no(self) -> None:
        event = {"type": "ten_oclock_start", "months": 6, "child_birth": "2020-05-01", "worker_tenure_months": 3}
        eve = (date(2027, 2, 23) - timedelta(days=1)).isoformat()
        for start, expected in ((eve, "ineligible"), ("2027-02-23", "check")):
            known = facts(FIRM, {**event, "start": start})
            assert screened(known).verdict("childcare_10am_start_grant").status == expected


class TestDocument:
    def test_it_has_what_the_contract_names(self) -> None:
        document = screened(usual()).to_document()
        assert set(document) >= {"as_of", "knowledge_version", "next_question", "verdicts", "support_type"}
        assert len(document["verdicts"]) == len(programs())
        verdict = document["verdicts"][0]
        assert set(verdict) >= {
            "program", "status", "amounts", "reasons", "asks", "to_check", "would_change", "deadline", "documents",
            "apply", "excludes", "checked_on", "caution", "relevant",
        }
        assert set(verdict["amounts"][0]) >= {"value", "unit", "per", "months", "note"}
        assert set(verdict["reasons"][0]) >= {"condition", "outcome", "text", "reference"}

    def test_an_unknown_start_is_judged_by_today_and_says_so(self) -> None:
        verdict = screened(usual(start=None)).verdict("parental_leave_grant")
        assert verdict.to_document()["rules_as_of"] == TODAY.isoformat()
        assert "시작하는 날을 몰라 오늘 규정으로 봤어요." in (verdict.caution or "")

    def test_the_card_holds_only_what_the_user_cares_about_in_plain_text(self) -> None:
        card = screened(usual()).to_card()
        assert (card["v"], card["type"]) == (1, "verdicts")
        assert {entry["program"] for entry in card["verdicts"]} == set(statuses(screened(usual())))
        assert set(card["verdicts"][0]) == {
            "program", "name", "status", "status_ko", "headline", "why", "deadline", "next_step", "documents",
            "checked_on", "source", "caution", "to_check", "would_change", "excludes",
        }

    @pytest.mark.parametrize(("known", "expected"), [
        (facts({}, {"type": "parental_leave"}), "application"), (facts({}, wants=("consulting",)), "consulting"),
        (facts({}, {"type": "flexible_work"}), "consulting"), (facts({}, wants=("certification",)), "information"),
        (Facts(), "information"),
    ])
    def test_the_kind_of_support_follows_the_event_and_the_wishes(self, known: Facts, expected: str) -> None:
        assert screened(known).support.id == expected
