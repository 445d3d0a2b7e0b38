"""What a question names or a firm told decides the first word: yes, no, or the figure of this very case."""

from __future__ import annotations

from datetime import date

import pytest

from knowledge_base.answer_lists import asks_of_here
from knowledge_base.answers import answer
from knowledge_base.facts import Facts
from knowledge_base.loading import load_knowledge
from knowledge_base.named_matters import matter_named, matters_named
from knowledge_base.search_items import item

TODAY = date(2026, 11, 23)
NOBODY: dict[str, object] = {}


def _said(text: str, facts: dict[str, object], before: str = "", about: str | None = None) -> str:
    return answer(text, facts=Facts.read(facts), as_of=TODAY, before=before, about=about).text


def test_every_matter_comes_from_an_item() -> None:
    assert all(item(matter.item) for matter in matters_named())


@pytest.mark.parametrize(("text", "begins"), [
    ("E-9 직원이 육아휴직 가면 지원금 나와요?", "아니요, "),
    ("E-9 직원은 지원금 안 되나요?", "네, "),
    ("캄보디아 사람을 대체인력으로 뽑으려는데 비자가 H-2예요 되나요", "네, "),
    ("결혼이민 비자 직원도 되나요", "네, "),
    ("아들이 직원인데 육아휴직 지원금 받나요", "아니요, "),
    ("조카가 직원인데 지원금 되나요", "빠지는 사람으로"),
    ("단란주점도 대체인력지원금 되나요", "아니요, "),
    ("구조조정하면 대체인력지원금 못 받나요", "네, "),
    ("월급 110만원 받는 직원도 지원금 나오나요", "아니요, "),
    ("파견 직원으로 대신해도 지원금 나와요?", "네, "),
    ("동료 업무분담 지정서류 안 내도 되나요", "네, "),
    ("후임 계약을 2년 넘게 해도 돼요?", "네, "),
    ("가족돌봄휴직인데 대신할 사람을 못 구했어요 거부해도 되나요", "거부할 수 있어요"),
    ("상습체불 사업주도 지원금 되나요", "아니요, "),
])
def test_a_matter_named_is_met_with_yes_or_no(text: str, begins: str) -> None:
    assert _said(text, NOBODY).startswith(begins)


@pytest.mark.parametrize("text", [
    "우리 직원 아내가 출산해요 지원금 있나요", "월급 250만원인 직원도 지원금 나오나요", "육아휴직 지원금 얼마예요", "파견 기간은 얼마까지예요",
])
def test_what_decides_nothing_is_no_matter(text: str) -> None:
    assert matter_named(text) is None


@pytest.mark.parametrize(("text", "before", "begins"), [
    ("육아휴직은 꼭 줘야 하나요", "들어온 지 두 달 된 직원이에요", "입사한 지 2개월"),
    ("가족돌봄휴직 거부해도 되나요", "4개월차 직원이에요", "입사한 지 4개월"),
    ("육아휴직 쓸 수 있나요", "애가 초등학교 4학년이에요", "아니요, "),
    ("육아휴직 되나요", "아이가 초1이에요", "네, "),
    ("육아기 단축은 되나요", "아이가 초등 6학년이에요", "네, "),
    ("육아기 단축은 되나요", "딸이 중2예요", "아니요, "),
    ("출산휴가 며칠 줘야 해요", "세쌍둥이를 임신했대요", "쌍둥이 이상이면 120일"),
])
def test_what_was_told_before_decides(text: str, before: str, begins: str) -> None:
    assert _said(text, NOBODY, before).startswith(begins)


@pytest.mark.parametrize(("months", "may"), [(5, True), (6, False)])
def test_six_months_are_enough(months: int, may: bool) -> None:
    facts: dict[str, object] = {"events": [{"type": "parental_leave", "worker_tenure_months": months}]}
    assert ("6개월이 안 되면 거부할 수 있어요" in _said("육아휴직 거부해도 되나요", facts)) is may


def test_what_the_place_of_the_firm_gives() -> None:
    assert asks_of_here("시에서 주는 건 없어요?")
    assert not asks_of_here("다시 말해 주세요")
    code = next(program.scope.codes[0] for program in load_knowledge().programs.values() if program.id == "jeonbuk_10am")
    there = answer("우리 지역에서 따로 받는 게 있나요", facts=Facts.read({"company": {"region": f"{code}110"[:5]}}), as_of=TODAY)
    assert "jeonbuk_substitute_worker" in there.items
    assert "대체인력 근로자 지원" in there.text
