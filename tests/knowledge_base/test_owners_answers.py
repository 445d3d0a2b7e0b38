"""What an owner is told: of the right thing, nothing claimed that was not said, nothing called certain that is open."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.polite import polite
from knowledge_base.search_fitting import owners

TODAY = date(2026, 11, 23)


def test_owners_questions_are_answered_from_the_right_item() -> None:
    asked = owners()
    right = [p for p in asked if (told := ask(p.text)).confident and {p.item, *p.also} & set(told.items)]
    assert len(right) / len(asked) >= 0.96


@pytest.mark.parametrize(("size", "figure"), [("30인 미만", "140만원"), ("30인 이상", "130만원"), ("30명 이하", "140만원")])
def test_a_size_said_as_a_bound_is_answered(size: str, figure: str) -> None:
    assert figure in ask(f"{size}이면 대체인력지원금 얼마예요").text


def test_a_right_that_holds_in_the_smallest_firm_is_said_to_hold_there() -> None:
    assert "5인 미만 회사에도 적용돼요" in ask("5인 미만은 출산휴가 안 줘도 된다던데 맞아요?").text


def ask(text: str) -> Answer:
    return answer(text, facts=Facts.read({}), as_of=TODAY)


@pytest.mark.parametrize(
    ("asked", "program"),
    [
        ("남자 직원이 육휴 쓰면 회사에 추가로 주는 돈", "parental_leave_grant"),
        ("2025년에 시작한 육아휴직 특례 올해도 200만원 맞나요", "parental_leave_grant"),
        ("육아기 단축 허용하면 회사에 월 얼마 나와요", "childcare_hours_reduction_grant"),
        ("대체인력 지원금 신청서류 뭐 필요해요", "replacement_worker_grant"),
        ("육아휴직 지원금 신청 서류 뭐뭐 필요해요", "parental_leave_grant"),
        ("출산휴가 대체로 파견 쓰는데 지원금 되나요", "faq_085"),
        ("직원 12명인데 일터혁신 컨설팅 되나요", "consulting_workplace_innovation"),
    ],
)
def test_a_question_of_a_grant_is_not_answered_from_the_right_behind_it(asked: str, program: str) -> None:
    assert ask(asked).items == [program]


def test_a_small_firm_asking_of_a_citys_program_is_told_of_that_program() -> None:
    assert ask("대전에서 작은 가게 하는데 육휴 대체인력 인건비 대주나요").items == ["daejeon_small_biz_leave"]


def test_twelve_people_are_not_two() -> None:
    said = ask("직원 12명인데 일터혁신 컨설팅 되나요").text
    assert "20인 이상" in said


@pytest.mark.parametrize(("asked", "item"), [
    ("대체인력 파견 쓰면 얼마나 나와", "replacement_worker_grant"),
    ("파견이랑 직접 뽑는거 뭐가 나아?", "faq_176"),
    ("육아휴직 들어간 직원 자리에 알바를 뽑았대요 지원금 되나요", "replacement_worker_grant"),
])
def test_who_comes_in_their_place_is_answered_of_the_replacement(asked: str, item: str) -> None:
    assert ask(asked).items == [item]


def test_who_pays_is_a_whole_sentence() -> None:
    said = ask("배우자출산휴가 급여는 누가줘요").text
    assert "주는 곳은 고용노동부(고용보험기금)예요." in said
    assert "됨이에요" not in said


def test_two_colleagues_are_no_firm_of_two() -> None:
    assert ask("업무분담지원금 동료가 두 명이면 두 배로 나오나요?").items == ["work_sharing_grant"]


def test_a_reduction_in_pregnancy_is_not_taken_for_one_for_childcare() -> None:
    said = ask("임신한 직원 단축근무 시키면 회사 장려금 나오나요")
    assert said.items == ["worklife_hours_reduction_grant"]
    assert "받기 어려워요" not in said.text


def test_a_fathers_leave_at_birth_is_not_answered_as_a_mothers() -> None:
    assert "maternity_leave" not in ask("와이프 출산 전인데 남편 출산휴가 미리 써도 되나요").items


def test_leave_for_a_wifes_miscarriage_is_not_answered_as_leave_at_birth() -> None:
    assert "spouse_miscarriage_leave" in ask("아내가 유산한 남직원 휴가 며칠 줘야 하나요").items


@pytest.mark.parametrize(
    ("asked", "needed"),
    [
        ("단축근무하는 직원 연차 시간 비례로 깎아도 되나요", "출근"),
        ("복직자를 다른 지점으로 보내도 되나요", "같은 업무"),
        ("난임 시술 받는 거 팀장한테 말해도 되나요", "누설|알려서는"),
        ("임신한 직원 야근 시키면 안 되나요", "금지|시키지|못"),
    ],
)
def test_may_i_is_answered_with_what_the_firm_must_do_not_with_who_is_entitled(asked: str, needed: str) -> None:
    said = ask(asked).text
    assert "쓸 수 있는 사람이에요" not in said
    assert any(word in said for word in needed.split("|"))


@pytest.mark.parametrize(
    ("asked", "item"),
    [
        ("통상임금 350만원인 직원 출산휴가면 우리가 얼마를 더 줘야 하나요", "maternity_leave_benefit"),
        ("남자 직원 출산휴가 며칠", "spouse_childbirth_leave"),
    ],
)
def test_how_much_is_not_answered_with_days_nor_a_mans_leave_with_a_womans(asked: str, item: str) -> None:
    assert ask(asked).items == [item]


def test_what_the_firm_adds_is_reckoned_from_the_wage_told() -> None:
    assert "모두 260만원" in ask("통상임금 350만원인 직원 출산휴가면 우리가 얼마를 더 줘야 하나요").text


def test_what_is_paid_back_of_a_replacements_wage_is_not_answered_with_a_period() -> None:
    assert "replacement_workers" not in ask("육아휴직 대체인력 월급 200만원 주면 얼마 돌려받아요").items


def test_a_ban_is_nobodys_to_use() -> None:
    said = ask("출산휴가 중에 폐업하면 해고 가능한가요").text
    assert "쓸 수 있는 사람" not in said


def test_how_long_one_must_be_insured_is_not_how_long_one_is_paid() -> None:
    assert "180일" in ask("육아휴직급여 고용보험 며칠 들어있어야 나와요").text


def test_work_rules_are_answered_as_such_although_the_year_is_named() -> None:
    assert "취업규칙" in ask("올해 육아 관련 법 바뀌어서 취업규칙 고쳐야 한다던데요").text


def test_being_insured_is_not_claimed_from_a_headcount() -> None:
    assert "✓ 고용보험에 가입한" not in ask("15명 회사도 4.5일제 지원 되나요").text


def test_what_must_still_be_checked_is_not_said_to_have_been_checked() -> None:
    assert "확인했어요" not in ask("시차출퇴근 장려금 올해 얼마인가요").text


def test_approval_before_the_start_is_said_where_starting_without_it_is_asked() -> None:
    assert "승인" in ask("유연근무 장려금 승인 안 받고 시작해도 되나요").text


def test_wages_are_said_not_to_be_cut_where_cutting_them_is_asked() -> None:
    assert "임금을 깎지 않" in ask("10시 출근제 하면 월급 깎아도 돼요?").text


def test_the_credit_for_people_hired_this_year_comes_before_the_old_one() -> None:
    said = ask("경단녀 채용하면 세금 혜택 있나요").text
    assert "700만원" in said
    assert said.index("1년 차") < said.find("종전 방식") if "종전 방식" in said else True


def test_money_that_comes_only_from_the_press_says_so() -> None:
    assert "정부 원문은 보지 못했어요" in ask("고용보험 미적용자 출산급여 얼마예요").text


def test_the_same_condition_is_not_listed_twice() -> None:
    lines = [line for line in ask("대체인력지원금 조건이 뭐예요").text.split("\n") if line.startswith("•")]
    assert not [line for line in lines if any(other != line and other.startswith(line.rstrip(".")) for other in lines)]


def test_a_note_that_asks_to_consult_is_an_advice() -> None:
    assert polite("구체적인 말과 상황에 따라 달라지므로 노무사와 상의.").endswith("상의해 주세요.")


@pytest.mark.parametrize(
    ("asked", "items", "needed"),
    [
        ("알바도 육아휴직 되나요", ["fixed_term_worker_leave"], "네, 알바"),
        ("육휴 중 알바 가능?", ["faq_071"], "15시간"),
        ("수습기간인데 육아휴직 쓰겠다는데요", ["faq_002"], "의무는 아니에요"),
        ("언제까지 신청해야 하나요 대체인력", ["replacement_worker_grant"], "12개월 안에"),
        ("대체인력 파견으로 써도 지원금 나와요?", ["faq_085"], "파견도 되고"),
        ("육아휴직 끝나고 그만두면 지원금 토해내나요", ["faq_080"], "스스로 그만두면 나머지 절반까지"),
        ("직원이 임신했대요 뭐부터 해야돼요?", ["faq_079"], "먼저 임신 중 보호부터"),
        ("세금 깎아주는거 있어요?", ["faq_081"], "두 가지"),
        ("플래너가 뭐하는 사람이에요", ["faq_078"], "기업지원"),
        ("돈 드나요? 상담", ["faq_087"], "돈"),
        ("이거 불법 아니에요? 임신했다고 자르면", ["faq_082"], "불법"),
        ("신고당하면 어떡해요", ["penalty_table"], "과태료"),
        ("아빠 육아휴직 보너스", ["six_plus_six"], "18개월"),
        ("임신 초기 2시간 단축", ["pregnancy_reduced_hours"], "12주"),
        ("육아휴직 끝나고 다른부서 보내도 되나", ["faq_044"], "같은 업무"),
    ],
)
def test_what_owners_asked_live_is_answered_in_the_first_sentence(asked: str, items: list[str], needed: str) -> None:
    said = ask(asked)
    assert said.items == items
    assert needed in said.text.split("\n(")[0]


@pytest.mark.parametrize("asked", ["태아검진 시간 줘야하나", "수유시간 줘야 되나요", "임신부 단축근무 해줘야 되나요"])
def test_whether_a_leave_must_be_granted_is_said_first(asked: str) -> None:
    assert ask(asked).text.startswith("원칙적으로 줘야 해요.")


def test_pay_for_an_unpaid_leave_is_not_said_to_be_due() -> None:
    said = ask("가족돌봄휴직 월급 줘야 하나요").text
    assert "줘야 해요" not in said
    assert "무급" in said


@pytest.mark.parametrize("asked", ["제주는 지원 없나요", "대구에서 따로 주는거 있나요"])
def test_a_place_without_programs_of_its_own_is_told_of_those_of_the_state(asked: str) -> None:
    said = ask(asked).text
    assert said.startswith("네, 나라에서 하는 지원금")
    assert "저희 자료에 없어요" in said
    assert "1350" in said


@pytest.mark.parametrize(
    ("asked", "item"), [("5인미만인데도 해당되나요", "under5_application"), ("5인 미만도 지원금 받나요", "faq_043")]
)
def test_the_smallest_firms_are_told_what_holds_for_them(asked: str, item: str) -> None:
    assert ask(asked).items[0] == item
    assert ask(asked).confident


def test_pay_asked_after_a_leave_is_the_pay_of_that_leave() -> None:
    said = answer("급여는요", facts=Facts.read({}), as_of=TODAY, about="spouse_childbirth_leave")
    assert said.items == ["faq_016"]  # who pays for that leave
    assert "1,684,210원" in said.text
