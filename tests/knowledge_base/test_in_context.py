"""A short question is one about what was just spoken of, and a question with a subject of its own is not."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answers import answer
from knowledge_base.contacts import asks_for_a_number
from knowledge_base.facts import Event, Facts
from knowledge_base.in_context import asks_by_itself, meant
from knowledge_base.talked_of import Talk, not_for_so_few

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(("about", "before", "text", "item", "aspect"), [
    ("faq_049", "육아기 단축 거부해도 되나요", "그럼 거부하면 벌금 얼마에요", "childcare_reduced_hours", "penalty"),
    ("pregnancy_reduced_hours", "임신한 직원이 두 시간 줄여 달래요", "월급은요", "pregnancy_reduced_hours", "who_pays"),
    ("pregnancy_reduced_hours", "월급은요", "40주까지 계속이에요?", "pregnancy_reduced_hours", "duration"),
    ("pregnancy_reduced_hours", "월급은요", "진단서 받아야 하나요", "pregnancy_reduced_hours", "apply"),
    ("maternity_leave", "출산휴가 며칠이에요", "그 기간 월급은요? 월 400 받아요", "faq_015", "who_pays"),
    ("faq_058", "유산한 직원이 있어요", "급여는요?", "faq_312", "who_pays"),
    ("faq_061", "애가 입원했다고 일주일 쉬겠대요", "거절해도 되나요", "short_parental_leave", "refusal"),
    ("short_parental_leave", "거절해도 되나요", "이것도 지원금 나오나요", "faq_091", "eligibility"),
    ("work_sharing_grant", "업무분담지원금 얼마예요", "신청서류는?", "work_sharing_grant", "documents"),
    ("parental_leave_grant", "육아휴직 지원금 얼마예요", "몇번에 나눠줘요", "parental_leave_grant", "payment"),
    ("faq_078", "플래너가 뭐하는 사람이에요", "돈 드나요", "faq_087", "general"),
    ("replacement_workers", "대체인력을 뽑으려고요", "그 사람 퇴직금도 줘야해요?", "faq_032", "refusal"),
    ("parental_leave", "육아휴직 안 준대요", "어디다 신고해요", "faq_177", "general"),
    ("parental_leave", "육아휴직 안 준대요", "신고하면 회사가 어떻게 되나요", "parental_leave", "penalty"),
    ("spouse_childbirth_leave", "배우자 출산휴가 며칠이에요", "반차로 써도 돼요?", "faq_322", "eligibility"),
    ("maternity_leave", "출산휴가 며칠이에요", "토요일 일요일도 들어가나요", "faq_300", "general"),
    ("infertility_treatment_leave", "난임휴가 며칠이에요", "남자도 쓰나요", "faq_325", "general"),
    ("childcare_reduced_hours", "육아기 단축 며칠 전에 신청해요", "팀장이라 안 된다고 해도 돼요?", "faq_383", "refusal"),
    ("infertility_treatment_leave", "난임휴가 며칠이에요", "다른 직원들한테 얘기해도 되나요", "faq_067", "eligibility"),
])
def test_what_is_meant_of_the_item_answered_last(about: str, before: str, text: str, item: str, aspect: str) -> None:
    found = meant(text, Talk(about, before), TODAY)
    assert found is not None
    assert (found.identifier, found.aspect) == (item, aspect)


@pytest.mark.parametrize("text", [
    "난임휴가는 며칠이에요?", "대체인력지원금 서류는요", "실업급여는 얼마예요", "오늘 날씨 어때요?", "2027년에는요?", "네?",
])
def test_what_names_its_own_subject_or_nothing_of_ours_is_not_of_the_talk(text: str) -> None:
    assert meant(text, Talk("parental_leave", "육아휴직 며칠이에요"), TODAY) is None


def test_how_severance_is_counted_is_no_answer_to_how_much_it_is() -> None:
    assert meant("퇴직금 얼마예요", Talk("faq_027", "연차 못쓰고 휴직가면 수당 줘야"), TODAY) is None


def test_nothing_is_meant_before_anything_was_spoken_of() -> None:
    assert meant("월급은요", Talk(), TODAY) is None


def test_the_event_told_of_is_spoken_of_too() -> None:
    found = meant("월급 깎아도 되나요", Talk(event=Event(type="pregnancy_reduced_hours")), TODAY)
    assert found is not None
    assert found.identifier in ("pregnancy_reduced_hours", "faq_054")


def test_papers_are_of_the_grant_for_filling_the_place() -> None:
    event = Event(type="parental_leave", cover="coworkers")
    found = meant("신청서류는?", Talk(event=event), TODAY)
    assert found is not None
    assert found.identifier == "work_sharing_grant"


def test_a_fine_after_the_holidays_is_that_of_the_leave() -> None:
    found = meant("거부하면 벌금은요", Talk("annual_leave_attendance", "", Event(type="parental_leave")), TODAY)
    assert found is not None
    assert found.identifier == "parental_leave"


def test_the_day_named_before_holds_for_who_pays() -> None:
    found = meant("그 돈은 회사가 내나요", Talk("infertility_treatment_leave", "12월에 쓰면 유급은요"), TODAY)
    assert found is not None
    assert found.dated is not None
    assert found.dated.day == date(2026, 12, 1)


@pytest.mark.parametrize(("text", "by_itself"), [("퇴직금은요?", True), ("거부하면요?", True), ("쌍둥이는요?", False)])
def test_another_case_asks_what_was_asked_before(text: str, by_itself: bool) -> None:
    assert asks_by_itself(text, Talk("maternity_leave", "출산휴가 며칠이에요"), TODAY) is by_itself


@pytest.mark.parametrize(("text", "asks"), [
    ("전화번호 알려주세요", True), ("담당 센터 전화번호 알려 주세요", True), ("예약번호 알려주세요", False),
])
def test_a_number_to_call(text: str, asks: bool) -> None:
    assert asks_for_a_number(text) is asks


def test_what_does_not_hold_in_the_smallest_firms() -> None:
    assert not_for_so_few(Talk("faq_025", "육아휴직 다녀온 직원 연차가 몇 개예요")) == "annual_leave_attendance"
    assert not_for_so_few(Talk("parental_leave", "육아휴직 며칠이에요")) is None


@pytest.mark.parametrize(("people", "told"), [(4, True), (5, False)])
def test_a_rule_that_does_not_hold_in_the_firm_told_of_is_said_first(people: int, told: bool) -> None:
    said = answer("휴직 전에 남은 연차는요", facts=Facts.read({"company": {"headcount": people}}), as_of=TODAY).text
    assert said.startswith("직원이 5인 미만이라고 하셨지요") is told


@pytest.mark.parametrize(("about", "before", "asked", "item"), [
    ("flexible_work_incentive", "재택근무 지원금", "몇 명까지요", "faq_109"),
    ("spouse_childbirth_leave", "배우자 출산휴가 며칠이에요", "애 낳기 전에도 써요?", "spouse_childbirth_leave"),
    ("tax_credit_parental_return", "복직하면 세액공제 있다던데", "금방 그만두면요", "tax_credit_parental_return"),
    ("pregnancy_reduced_hours", "임신 10주래요", "주말 근무 시켜도 돼요?", "pregnancy_work_limits"),
    ("pregnancy_reduced_hours", "임신 10주래요", "야간에 일해도 되나요", "pregnancy_work_limits"),
    ("pregnancy_work_limits", "임신한 직원", "병원 가는 시간도 줘야 해요?", "prenatal_checkup_time"),
    ("faq_015", "그 동안 월급은요", "사람 하나 구하려는데 지원되나요", "replacement_worker_grant"),
    ("pregnancy_reduced_hours", "임신 10주래요 근무시간 줄여달래요", "몇시간 줄여줘야 하죠", "faq_400"),
    ("maternity_leave", "출산휴가 며칠이에요", "나중에 출산휴가 가면 누구 뽑아야 하는데 그것도 돈 나와요?", "replacement_worker_grant"),
    ("faq_016", "배우자 출산휴가 유급이에요?", "우리가 다 내요?", "faq_016"),
    ("parental_leave_benefit", "육아휴직자 급여", "급여 신청 우리가 해줘야 하나요", "parental_leave_benefit"),
    ("flexible_work_incentive", "재택근무 지원금", "먼저 시작하고 나중에 신청해도 돼요", "flexible_work_incentive"),
])
def test_the_subject_s_own_answer_goes_before_another_s(about: str, before: str, asked: str, item: str) -> None:
    found = answer(asked, facts=Facts(), as_of=TODAY, about=about, before=before)
    assert item in found.items


def test_how_the_place_is_filled_goes_before_the_grant_said_before() -> None:
    facts = Facts.read({"events": [{"type": "parental_leave", "cover": "coworkers"}]})
    found = answer("언제 신청해요", facts=facts, as_of=TODAY, about="replacement_worker_grant", before="지원금 뭐 있어요")
    assert found.items[0] == "work_sharing_grant"
    named = answer("언제 신청해요", facts=facts, as_of=TODAY, about="replacement_worker_grant", before="대체인력지원금은요")
    assert named.items[0] == "replacement_worker_grant"


def test_pay_told_counts_for_the_benefit_talked_of_before() -> None:
    found = answer("급여는 얼마 나와요 통상임금 320", facts=Facts(), as_of=TODAY, about="employer_document_duty",
                   earlier=("parental_leave_benefit",))
    assert "월 250만원" in found.text
    assert "2,310만원" in found.text


def test_a_leave_that_is_never_taken_by_the_day_is_not_said_to_be() -> None:
    found = answer("하루씩 쓰겠다고 하면요", facts=Facts(), as_of=TODAY, about="family_care_long_leave", before="간병")
    assert found.text.startswith("아니요")
    assert "가족돌봄휴가" in found.text


def test_a_limit_of_another_leave_is_not_put_before_what_is_asked() -> None:
    said = answer("입사 한 달 됐는데요", facts=Facts(), as_of=TODAY, about="family_care_short_leave")
    assert said.items == ["faq_394"]
    assert "거부할 수 있어요" not in said.text
