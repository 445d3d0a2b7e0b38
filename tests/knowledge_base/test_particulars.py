"""Short questions of one program or right: each is answered of that very one, or it is said what is not known."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answers import answer
from knowledge_base.facts import Event, Facts
from knowledge_base.in_context import narrowly_named
from knowledge_base.item_schema import Right
from knowledge_base.loading import load_knowledge
from knowledge_base.of_the_event import grant_of_cover_named, paid_for, rights_behind
from knowledge_base.particulars import particular_asked, table, told_of
from knowledge_base.search_items import item, title_of

TODAY = date(2026, 11, 23)
ALL = (*load_knowledge().rights, *load_knowledge().programs)
SHORT = (
    "얼마예요", "언제까지 신청해요", "누가 신청해요", "며칠 쓸 수 있어요", "얼마나 쓸 수 있어요", "나눠 쓸 수 있어요?",
    "안 주면 어떻게 돼요", "서류는요", "월급은 누가 줘요", "한꺼번에 다 써야 하나요", "요즘도 신청받나요",
    "먼저 승인 받아야 해요?", "매달 나와요?",
)


def _kin(identifier: str) -> set[str]:
    """An item with the leave behind it, its benefit and what the firm is paid for it."""
    leaves = {identifier, *rights_behind(identifier, Event())}
    benefits = {f"{leave}_benefit" for leave in leaves}
    return {*leaves, *benefits, *(paid for leave in leaves if (paid := paid_for(leave)))}


@pytest.mark.parametrize("identifier", ALL)
def test_every_short_question_is_answered_of_what_was_spoken_of(identifier: str) -> None:
    for text in SHORT:
        said = answer(text, facts=Facts(), as_of=TODAY, about=identifier, before=f"{title_of(identifier)} 알려 주세요")
        found = item(said.items[0])
        of = _kin(said.items[0]) if isinstance(found, Right) or said.items[0] in load_knowledge().programs else {
            *getattr(found, "related_rights", ()), *getattr(found, "related_programs", ())}
        assert said.confident, text
        assert of & _kin(identifier), (text, said.items)
        assert said.known or "1350" in said.text or "확인" in said.text, text


def test_sentences_of_their_own_are_of_items_that_exist() -> None:
    assert {identifier for told in table().values() for identifier in told} <= set(ALL)


@pytest.mark.parametrize(("text", "item_id", "begins"), [
    ("배우자 출산휴가 쪼개서 써도 되나요", "spouse_childbirth_leave", "네, "),
    ("가족돌봄휴직은 통째로 다 써야 하나요", "family_care_long_leave", "아니요, "),
    ("가족돌봄휴가 하루 단위로 되나요", "family_care_short_leave", "네, "),
    ("일·생활균형 시스템 지원 먼저 승인받아야 하나요", "wlb_system_support", "네, "),
    ("정규직 전환 지원 승인 없이 먼저 시작해도 돼요?", "regular_conversion_support", "아니요, "),
    ("워라밸+4.5 프로젝트 임금 깎아도 되나요", "worklife_45_project", "아니요, "),
    ("워라밸+4.5 프로젝트 임금 깎으면 안 되죠", "worklife_45_project", "네, "),
    ("육아휴직 지원금은 다달이 나오나요", "parental_leave_grant", "매달은 아니에요"),
    ("업무분담지원금 일시불로 주나요", "work_sharing_grant", "매달은 아니고"),
    ("고용촉진장려금 몇 달마다 받아요", "employment_promotion_incentive", "고용촉진장려금은 6개월마다"),
    ("태아검진 시간 무급이죠", "prenatal_checkup_time", "아니요, "),
    ("복귀자 세액공제 나중에 토해내나요", "tax_credit_parental_return", "네, "),
])
def test_a_narrow_question_is_met_with_yes_or_no_first(text: str, item_id: str, begins: str) -> None:
    said = answer(text, facts=Facts(), as_of=TODAY)
    assert (said.items[0], said.text[: len(begins)]) == (item_id, begins)


@pytest.mark.parametrize("text", ["육아휴직 얼마나 쓸 수 있어요", "안녕하세요", "난임휴가 유급은 며칠이에요", "동료가 나눠 맡으면요"])
def test_other_questions_are_not_narrow(text: str) -> None:
    assert particular_asked(text) is None


def test_what_an_item_does_not_say_is_said_not_to_be_known() -> None:
    said = answer("난임치료휴가 하루씩 나눠 쓸 수 있나요", facts=Facts(), as_of=TODAY)
    assert not said.known
    assert "저희 자료에 없어요" in said.text
    assert told_of("penalty_table", "wage", "월급은 그대로인가요", TODAY) is None


@pytest.mark.parametrize(("kind", "before", "text", "items", "contains"), [
    ("spouse_maternity_leave", "직원 아내가 곧 출산해요", "국가에서는 얼마 내 줘요", "spouse_childbirth_leave", "1,684,210원"),
    ("spouse_maternity_leave", "직원 아내가 곧 출산해요", "몰아서 다 써야 하나요", "spouse_childbirth_leave", "아니요"),
    ("maternity_leave", "선생님이 출산휴가 가요", "대신 일할 선생님을 채용하면 얼마 나와요", "replacement_worker_grant", "대체인력지원금"),
    ("maternity_leave", "선생님이 출산휴가 가요", "낳기 한참 전에 채용해도 되나요", "replacement_worker_grant", "2개월 전"),
    ("parental_leave", "과장님이 육아휴직 가요", "일찍 뽑아도 괜찮아요?", "replacement_worker_grant", "2개월 전"),
    ("childcare_reduced_hours", "애 때문에 단축하고 싶대요", "직원이 받는 급여는 얼마예요", "childcare_reduced_hours_benefit", "250만원"),
    ("ten_oclock_start", "10시에 나오게 해 주려고요", "월급은 똑같이 줘야 하죠?", "childcare_10am_start_grant", "네, "),
    ("four_and_half_day", "금요일 오후는 쉬게 하려고요", "요새 접수하나요", "worklife_45_project", "확인되지 않았어요"),
    ("flexible_work", "재택 시키려고요", "그냥 바로 시작해도 되나요", "flexible_work_incentive", "아니요, "),
    ("family_care_leave", "가족돌봄휴가 쓰겠대요", "1년에 며칠까지예요", "family_care_short_leave", "10일"),
])
def test_a_short_question_is_of_the_event_told(kind: str, before: str, text: str, items: str, contains: str) -> None:
    facts = Facts.read({"events": [{"type": kind}]})
    said = answer(text, facts=facts, as_of=TODAY, before=before)
    assert said.items[0] == items
    assert contains in said.text


def test_the_leave_stays_what_is_spoken_of_after_a_ready_question() -> None:
    facts = Facts.read({"events": [{"type": "spouse_maternity_leave"}]})
    first = answer("회사가 먼저 주면 돌려받나요", facts=facts, as_of=TODAY, before="직원 아내가 출산해요")
    then = answer("나눠 써도 돼요?", facts=facts, as_of=TODAY, about=first.spoken_of, before="회사가 먼저 주면 돌려받나요")
    assert then.items[0] == "spouse_childbirth_leave"


def test_a_penalty_after_the_grant_is_that_of_the_leave_talked_of_earlier() -> None:
    said = answer("안 해 주면 벌금 있어요?", facts=Facts(), as_of=TODAY, about="worklife_hours_reduction_grant",
                  before="지원금도 있나요", earlier=("pregnancy_reduced_hours",))
    assert said.items[0] == "pregnancy_reduced_hours"


@pytest.mark.parametrize(("text", "grant"), [
    ("대신 올 사람을 뽑으면 얼마예요", "replacement_worker_grant"), ("동료들이 나눠 하면요", "work_sharing_grant"),
    ("육아휴직 얼마예요", None),
])
def test_the_way_of_filling_the_place_names_its_grant(text: str, grant: str | None) -> None:
    assert grant_of_cover_named(text) == grant


def test_a_name_with_more_than_a_narrow_question_is_left_to_the_search() -> None:
    assert narrowly_named("육아휴직 나눠 쓸 수 있나요") == "parental_leave"
    assert narrowly_named("육아휴직 중에 상여금을 깎아도 되나요") is None
