"""Whether a firm may have grants is told in the first sentence: 네, 아니요, or what it hangs on."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answers import answer, whether_ours
from knowledge_base.facts import Facts
from knowledge_base.may_have import asks_of_the_firm, grant_named_alone
from knowledge_base.screening import screen
from knowledge_base.verdict_words import whether

TODAY = date(2026, 11, 23)
LEAVE = {"type": "parental_leave", "start": "2026-12-01", "months": 12, "child_birth": "2026-08-10"}


def first_sentence(text: str, company: dict[str, object] | None = None, **event: object) -> str:
    facts = Facts.read({"company": company or {}, "events": [event] if event else []})
    return answer(text, facts=facts, as_of=TODAY).text.split("\n")[0]


@pytest.mark.parametrize("text", [
    "우리 4명인데 되나요?", "우리 인데 되나요?", "직원 1명인데 되나요", "50인 이상도 되나요", "저희도 해당되나요", "우리도 돼요?",
    "우리 회사도 받을 수 있을까요?", "공공기관도 받을 수 있나요", "회사 인원은 12명인데 회사도 지원받나요",
])
def test_a_question_that_names_no_grant_is_of_the_firm(text: str) -> None:
    assert asks_of_the_firm(text)


@pytest.mark.parametrize("text", [
    "계약직도 되나요", "남자도 되나요", "20일만 써도 되나요", "나눠 써도 되나요", "방문 상담 되나요", "대체인력지원금 되나요",
    "우리 직원 4명인데 육아휴직 줘야 되나요", "5명이 일해요", "둘 다 받을 수 있나요", "주말에도 되나요",
])
def test_a_question_of_something_else_is_not(text: str) -> None:
    assert not asks_of_the_firm(text)


@pytest.mark.parametrize(("company", "begins"), [
    ({"headcount": 4}, "네,"), ({"headcount": 100}, "네,"), ({"headcount": 101}, "업종을 알아야 해요."),
    ({"headcount": 101, "industry": "I"}, "네,"), ({"headcount": 500, "industry": "C"}, "네,"),
    ({"headcount": 501, "industry": "C"}, "아직 확실하지 않아요."), ({"public_institution": True}, "아니요."),
    ({"headcount": 20, "large_group": True}, "아니요."), ({"headcount": 20, "employment_insurance": False}, "아니요."),
    ({}, "네, 고용보험에 든 우선지원대상기업이면"),
])
def test_the_firm_decides_by_the_conditions_on_firms(company: dict[str, object], begins: str) -> None:
    said = whether_ours("우리도 되나요?", facts=Facts.read({"company": company}), as_of=TODAY).text
    assert said.startswith(begins), said


@pytest.mark.parametrize(("text", "begins"), [
    ("공공기관도 받을 수 있나요", "아니요. 국가·지방자치단체·공공기관"), ("150명인데 되나요", "업종을 알아야"), ("50명인데 되나요", "네,"),
])
def test_the_firm_that_the_question_names_counts(text: str, begins: str) -> None:
    assert first_sentence(text).startswith(begins)


def test_one_grant_is_told_whether_before_its_conditions() -> None:
    asked = "대체인력지원금 되나요?"
    assert first_sentence(asked).endswith("따라 달라요.")
    assert first_sentence(asked, {"headcount": 30, "industry": "C"}).startswith("네, 회사는")
    assert first_sentence(asked, {"headcount": 30, "industry": "C"}, **LEAVE, cover="hire").startswith("네, 말씀하신")
    assert first_sentence(asked, {"headcount": 30, "industry": "C"}, **LEAVE, cover="coworkers").startswith("아니요,")
    assert first_sentence(asked, {"public_institution": True}, **LEAVE).startswith("아니요,")
    assert first_sentence(asked, {"headcount": 700, "industry": "C"}, **LEAVE).startswith("아직 확실하지 않아요.")


def test_a_no_says_why_and_what_would_change_it() -> None:
    said = answer("업무분담지원금 되나요", facts=Facts.read({"events": [{**LEAVE, "cover": "hire"}]}), as_of=TODAY).text
    assert "✕" in said
    assert "수당을 주면 받을 수 있어요" in said


def test_a_small_firm_asking_for_one_grant_is_not_told_of_another_matter() -> None:
    assert grant_named_alone("육아휴직 지원금 우리 4명인데 되나요?") == "parental_leave_grant"
    assert grant_named_alone("육아휴직 지원금 외국인도 되나요?") is None
    assert grant_named_alone("아빠 육아휴직 지원금 되나요") is None
    assert first_sentence("육아휴직 지원금 우리 4명인데 되나요?").startswith("네.")


@pytest.mark.parametrize(("company", "cover", "begins"), [
    ({"headcount": 25, "industry": "C"}, "hire", "네, 받을 수 있어 보여요."),
    ({"headcount": 700, "industry": "C"}, None, "아직 확실하지 않아요."),
    ({"public_institution": True}, "hire", "아니요,"),
])
def test_the_screening_answers_whether_too(company: dict[str, object], cover: str | None, begins: str) -> None:
    found = screen(Facts.read({"company": company, "events": [{**LEAVE, "cover": cover}]}), as_of=TODAY)
    assert whether(found).startswith(begins)
