"""Answers for what was asked: figures of the right day, date and source, honest gaps, follow-ups."""

from __future__ import annotations

import re
from datetime import date

import pytest

from knowledge_base.answer_choice import lacks_subject
from knowledge_base.answer_shape import Answer
from knowledge_base.answers import answer
from knowledge_base.asked_date import asked_date
from knowledge_base.facts import Facts
from knowledge_base.loading import load_knowledge
from knowledge_base.plain_words import simple
from knowledge_base.polite import polite

TODAY = date(2026, 11, 23)


def ask(text: str, facts: dict[str, object] | None = None, about: str | None = None, as_of: date = TODAY) -> Answer:
    return answer(text, facts=Facts.read(facts or {}), as_of=as_of, about=about)


def firm(people: int) -> dict[str, object]:
    return {"company": {"headcount": people, "insured_headcount": people}}


# --- amounts that depend on the firm and on the day


@pytest.mark.parametrize(("people", "there", "not_there"), [(29, "140만원", "130만원"), (30, "130만원", "140만원")])
def test_replacement_grant_depends_on_insured_people(people: int, there: str, not_there: str) -> None:
    said = ask("육아휴직 대체인력지원금 얼마예요", firm(people)).text
    assert there in said
    assert not_there not in said


def test_amount_names_both_sides_of_the_boundary_where_the_headcount_is_unknown() -> None:
    said = ask("대체인력지원금 얼마예요").text
    assert "140만원" in said
    assert "130만원" in said
    assert "30인" in said


@pytest.mark.parametrize(
    ("asked", "figure"),
    [
        ("2025년에는 대체인력지원금 얼마였어요", "120만원"),
        ("2026년 대체인력지원금 얼마예요", "140만원"),
        ("2024년 10월 대체인력지원금 얼마였어요", "80만원"),
        ("업무분담지원금 2025년에 얼마였나요", "20만원"),
    ],
)
def test_amounts_are_looked_up_on_the_day_asked(asked: str, figure: str) -> None:
    assert figure in ask(asked, firm(20)).text


def test_an_amount_says_year_date_checked_and_source() -> None:
    said = ask("대체인력지원금 얼마예요", firm(20)).text
    assert "2026년 기준" in said
    assert "2026-06-05 확인" in said
    assert "출처" in said


def test_worker_benefits_come_from_rights() -> None:
    given = ask("육아휴직 급여 얼마예요")
    assert given.items[0] == "parental_leave_benefit"
    for figure in ("250만원", "200만원", "160만원", "70만원"):
        assert figure in given.text


# --- beyond what is known


@pytest.mark.parametrize(
    "asked",
    [
        "2027년에는 대체인력지원금 얼마예요",
        "내년 육아휴직 급여 얼마",
        "출산휴가 급여 2027년 상한",
        "2027년 업무분담지원금",
        "내년 육아휴직 지원금은요",
        "2027년에 배우자 출산휴가 급여 얼마",
        "내년 3월에 10시 출근제 얼마 줘요",
        "2027년 육아휴직 급여",
    ],
)
def test_figures_of_2026_are_never_carried_into_2027(asked: str) -> None:
    given = ask(asked)
    assert "확인되지 않" in given.text
    assert not re.search(r"\d만\s?원|\d,\d{3}원", given.text.split("※")[0])
    assert given.known is False


def test_what_is_not_known_comes_with_somebody_to_ask() -> None:
    assert "1350" in ask("2027년 대체인력지원금 얼마").text


def test_an_unknown_figure_is_said_to_be_unknown() -> None:
    given = ask("배우자 유산휴가 급여 상한 얼마")
    assert "확인되지 않" in given.text
    assert "252,630" not in given.text


def test_a_follow_up_about_next_year_holds_the_figure_back() -> None:
    given = ask("2027년에는요?", firm(20), about="replacement_worker_grant")
    assert given.items == ["replacement_worker_grant"]
    assert "140만원" not in given.text
    assert "확인되지 않" in given.text


def test_a_local_program_past_its_known_date_says_so() -> None:
    given = ask("수원 10시 출근제 지원금 얼마")
    assert given.items == ["suwon_10am"]
    assert given.known is False
    assert "2025년에는" in given.text


def test_a_program_whose_period_ended_says_when() -> None:
    assert "10월 23일" in ask("전북 10시출근제 지금 얼마 줘요").text


# --- a rule that changes within days


@pytest.mark.parametrize(
    ("asked", "paid"),
    [
        ("11월 26일 난임휴가 며칠 유급이에요", "최초 2일 유급"),
        ("11월 27일부터 난임휴가 며칠 유급이에요", "최초 4일 유급"),
    ],
)
def test_infertility_leave_is_looked_up_on_the_day(asked: str, paid: str) -> None:
    assert paid in ask(asked).text.split("달라져요")[0]


def test_a_change_close_ahead_is_told() -> None:
    said = ask("난임휴가 며칠 유급이에요").text
    assert "최초 2일 유급" in said
    assert "11월 27일" in said
    assert "최초 4일 유급" in said


# --- composed for what was asked


@pytest.mark.parametrize(
    ("asked", "there", "not_there"),
    [
        ("대체인력지원금 서류 뭐 내요", "근로계약서", "140만원"),
        ("대체인력지원금 언제까지 신청해요", "12개월", "근로계약서"),
        ("대체인력지원금 누가 줘요", "고용보험기금", "근로계약서"),
        ("대체인력지원금 어디서 신청해요", "고용24", "140만원"),
        ("육아기 단축 거부하면 과태료 얼마", "500만원", "고용24"),
        ("출산휴가 며칠이에요", "90일", "220만원"),
        ("대체인력지원금 법적 근거", "고용보험법 제23조", "140만원"),
    ],
)
def test_only_what_was_asked_is_answered(asked: str, there: str, not_there: str) -> None:
    said = ask(asked).text.split("※")[0]
    assert there in said
    assert not_there not in said


def test_refusing_leave_for_want_of_people_is_answered_with_law_and_caution() -> None:
    given = ask("사람 없는데 육휴 안 줘도 되지?")
    assert given.items[0] == "faq_001"
    assert "안 돼요" in given.text
    assert "제19조" in given.text
    assert given.card["caution"]


def test_two_grants_together_are_answered_for_that_pair() -> None:
    said = ask("대체인력지원금이랑 업무분담지원금 둘 다 받을 수 있나요").text
    assert "업무분담" in said
    assert "빼" in said


def test_deadline_is_a_date_where_the_event_is_known() -> None:
    facts = {
        "company": {"headcount": 20},
        "events": [{"type": "parental_leave", "start": "2026-12-01", "months": 12}],
    }
    assert "2028년 11월 30일" in ask("대체인력지원금 언제까지 신청해요", facts).text


# --- follow-ups


@pytest.mark.parametrize(
    ("asked", "there"),
    [
        ("서류는요?", "지급신청서"),
        ("언제까지요?", "12개월"),
        ("얼마예요?", "140만원"),
        ("어디서 신청해요?", "고용24"),
        ("2025년에는요?", "120만원"),
        ("5인 미만도 되나요?", "고용보험에 가입되어 있으면"),
    ],
)
def test_a_question_without_a_subject_is_about_what_was_last_talked_of(asked: str, there: str) -> None:
    given = ask(asked, firm(20), about="replacement_worker_grant")
    assert "replacement_worker_grant" in given.items
    assert there in given.text


def test_a_follow_up_on_a_ready_question_goes_to_the_program_behind_it() -> None:
    assert ask("서류는요?", about="faq_035").items == ["replacement_worker_grant"]


def test_a_new_subject_is_not_taken_for_a_follow_up() -> None:
    assert ask("난임휴가는 며칠이에요?", about="replacement_worker_grant").items == ["infertility_treatment_leave"]


@pytest.mark.parametrize(
    ("text", "lacks"),
    [
        ("서류는요?", True),
        ("그럼 얼마예요?", True),
        ("2027년에는?", True),
        ("우리도 받을 수 있어요?", True),
        ("육아휴직 서류는요?", False),
        ("파견도 돼요?", False),
        ("연차는요?", False),
    ],
)
def test_subjects_are_noticed(text: str, lacks: bool) -> None:
    assert lacks_subject(text) is lacks


# --- not sure


@pytest.mark.parametrize(
    "text", ["실업급여 얼마 받나요", "여권 재발급 어디서 해요", "오늘 날씨 어때", "최저임금 얼마야", "", "ㅋㅋㅋ"]
)
def test_other_matters_are_not_answered_with_confidence(text: str) -> None:
    given = ask(text)
    assert given.confident is False
    assert given.items == []
    assert given.text


def test_an_unsure_answer_offers_at_most_two_alternatives_by_name() -> None:
    given = ask("지원금")
    assert given.confident is False
    assert 1 <= len(given.alternatives) <= 2


# --- form

QUESTIONS = [
    "얼마예요?",
    "서류는요?",
    "언제까지요?",
    "조건이 뭐예요?",
    "며칠이에요?",
    "거부해도 돼요?",
    "처벌은요?",
    "2027년에는요?",
    "2025년에는요?",
    "그게 뭐예요?",
    "누가 내요?",
    "언제 들어와요?",
    "중복 돼요?",
    "5인 미만도요?",
    "법적 근거는요?",
]


@pytest.mark.parametrize("asked", QUESTIONS)
def test_every_item_answers_every_aspect_in_whole_korean(asked: str) -> None:
    known = load_knowledge()
    for identifier in (*known.programs, *known.rights, *known.questions):
        given = ask(asked, firm(25), about=identifier)
        assert given.confident, identifier
        assert given.text.strip()
        assert given.plain.strip()
        assert given.card["paragraphs"]
        assert not re.search(r"None|\{|\}|[a-z]+_[a-z]+", given.text), (identifier, given.text)


def test_card_has_the_fields_of_the_contract() -> None:
    card = ask("대체인력지원금 얼마예요").card
    assert card["v"] == 1
    assert card["type"] == "answer"
    assert {"title", "paragraphs", "sources", "checked_on", "caution", "items"} <= set(card)
    assert all({"title", "url"} == set(source) for source in card["sources"])


def test_plain_words_are_shorter_and_keep_the_figure() -> None:
    given = ask("대체인력지원금 얼마예요", firm(20))
    assert len(given.plain) < len(given.text)
    assert "140만원" in given.plain
    assert "피보험자" not in given.plain


def test_plain_words_drop_references_but_keep_short_asides() -> None:
    assert simple("과태료예요(제39조제3항).") == "과태료예요."
    assert simple("6일이에요(최초 4일 유급).") == "6일이에요(최초 4일 유급)."


@pytest.mark.parametrize(
    ("summary", "said"),
    [
        ("90일을 준다.", "90일을 줘요."),
        ("고용보험이 줍니다.", "고용보험이 줘요."),
        ("받지 못함", "받지 못해요."),
        ("확인 안 됨", "확인되지 않았어요."),
        ("의무는 아닙니다.", "의무는 아니에요."),
        ("120일이다.", "120일이에요."),
        ("쓰는 휴가다.", "쓰는 휴가예요."),
        ("청구하면 부여.", "청구하면 부여해요."),
        ("올랐다.", "올랐어요."),
        ("500만원 이하 벌금(형사)입니다.", "500만원 이하 벌금(형사)이에요."),
        ("네.", "네."),
        ("알려 주세요.", "알려 주세요."),
        ("고용센터에 확인.", "고용센터에 확인해 주세요."),
        ("원문을 다시 보지 못함.", "원문을 다시 보지 못했어요."),
    ],
)
def test_summaries_become_polite_speech(summary: str, said: str) -> None:
    assert polite(summary) == said


@pytest.mark.parametrize(
    ("text", "day", "grain"),
    [
        ("2027년에는?", date(2027, 1, 1), "year"),
        ("내년에도 되나요", date(2027, 1, 1), "year"),
        ("올해 얼마예요", TODAY, "year"),
        ("작년엔 얼마였어요", date(2025, 7, 1), "year"),
        ("11월 27일부터 난임휴가", date(2026, 11, 27), "day"),
        ("12월에 쓰면", date(2026, 12, 1), "month"),
        ("내년 3월부터", date(2027, 3, 1), "month"),
        ("3월에 쓰려고요", date(2027, 3, 1), "month"),
        ("2025년 2월 23일", date(2025, 2, 23), "day"),
        ("2026-12-31까지", date(2026, 12, 31), "day"),
        ("9월부터 달라진 제도", date(2026, 9, 1), "month"),
        ("이번 11월", TODAY, "month"),
        ("다음 달", date(2026, 12, 1), "month"),
    ],
)
def test_dates_asked_about_are_read(text: str, day: date, grain: str) -> None:
    found = asked_date(text, TODAY)
    assert found is not None
    assert (found.day, found.grain) == (day, grain)


@pytest.mark.parametrize(
    "text",
    [
        "1~3월차 급여",
        "3개월 쓰면",
        "20일 동안",
        "1년 6개월은 누가 쓰나요",
        "월급 얼마",
        "2년 넘게",
        "30일 이상 써야 하나요",
        "25년차 직원",
    ],
)
def test_lengths_are_not_taken_for_dates(text: str) -> None:
    assert asked_date(text, TODAY) is None


@pytest.mark.parametrize(("text", "told"), [
    ("태아검진 갈 때마다 반차 쓰게 해도 되나요", "임금을 깎으면 안 돼요"),
    ("배우자 출산휴가 반년 뒤에 써도 돼요?", "20일"),
])
def test_what_a_firm_may_do_is_not_met_with_who_may_have_the_leave(text: str, told: str) -> None:
    found = answer(text, facts=Facts(), as_of=TODAY)
    assert told in found.text
    assert "이런 분이" not in found.text


@pytest.mark.parametrize("text", ["육아휴직 누가 쓸 수 있어요", "태아검진 시간 쓸 수 있나요"])
def test_who_may_have_a_leave_is_said_where_it_is_asked(text: str) -> None:
    assert "이런 분이" in answer(text, facts=Facts(), as_of=TODAY).text
