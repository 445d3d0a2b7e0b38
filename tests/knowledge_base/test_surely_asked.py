"""A question in a message taken for something else is answered first, and what only tells is left to the screening."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge_base.follow_up import with_what_was_asked
from knowledge_base.question_shape import asking_part, shape_of
from knowledge_base.surely_asked import TakenFor, surely_asked

SETS: dict[str, list[str]] = yaml.safe_load(
    (Path(__file__).parent / "asked_or_told.yaml").read_text(encoding="utf-8"))
FEWEST_FOUND = 0.9  # measured 55 of 60


def test_nearly_every_question_is_found() -> None:
    found = [text for text in SETS["asks"] if surely_asked(text, "telling", answering=False)]
    assert len(found) >= FEWEST_FOUND * len(SETS["asks"]), sorted(set(SETS["asks"]) - set(found))


@pytest.mark.parametrize("text", SETS["tells"])
def test_what_only_tells_is_not_answered(text: str) -> None:
    assert not surely_asked(text, "telling", answering=False)


@pytest.mark.parametrize("text", ["배우자 출산휴가", "육아기 근로시간 단축", "난임휴가", "쌍둥이 출산휴가"])
def test_bare_words_answer_the_question_that_is_open(text: str) -> None:
    assert not surely_asked(text, "telling", answering=True)


@pytest.mark.parametrize(("text", "taken_for", "asked"), [
    ("토요일에도 방문 예약 되나요", "visit", True),
    ("전화로 상담 가능할까요", "visit", True),
    ("방문 와주실 수 있나요", "visit", False),
    ("다음 주에 플래너 보내 주세요", "visit", False),
    ("근로감독관 나온대요 뭐 준비하죠", "beside", True),
    ("퇴직금 얼마예요", "beside", False),
    ("국민연금 언제부터 받아요", "beside", False),
    ("산부인과 어디가 좋아요", "beside", False),
    ("우리 회사가 받을 수 있는 게 뭐예요", "eligibility", False),
])
def test_what_else_a_question_may_be_taken_for(text: str, taken_for: TakenFor, asked: bool) -> None:
    assert surely_asked(text, taken_for, answering=False) is asked


def test_a_question_without_a_subject_follows_an_answer_only() -> None:
    assert surely_asked("그건 언제까지예요?", "telling", answering=False, follows=True)
    assert not surely_asked("그건 언제까지예요?", "telling", answering=False)


@pytest.mark.parametrize(("text", "shape"), [
    ("출산휴가 며칠이에요", "question"),
    ("노동청에서 조사 나오면", "question"),
    ("휴직을 연장해 달래요", "request"),
    ("신청을 철회한대요", "reported"),
    ("아이가 세 살이래요", None),
    ("대체인력지원금 서류", "look_up"),
    ("쌍둥이 출산휴가", "look_up"),
    ("임신한 직원 야근", "bare"),
    ("육아휴직", None),
    ("얼마 전에 뽑았어요", None),
    ("언제든 괜찮아요", None),
    ("아이 나이는 모르겠어요", None),
    ("12월 출산 예정", None),
])
def test_the_shape_of_a_message(text: str, shape: str | None) -> None:
    assert shape_of(text) == shape


@pytest.mark.parametrize(("text", "before", "whole"), [
    ("그럼 단축은요?", "육아휴직 거부하면 어떻게 돼요", "단축 거부하면 어떻게 돼요"),
    ("쌍둥이면요?", "출산휴가 며칠이에요", "쌍둥이 출산휴가 며칠이에요"),
    ("수원은요", "10시 출근제 얼마", "수원 10시 출근제 얼마"),
    ("서류는요?", "대체인력지원금 얼마예요", "서류는요?"),
    ("업무분담은 얼마예요?", "대체인력지원금 서류", "업무분담은 얼마예요?"),
    ("그럼 단축은요?", None, "그럼 단축은요?"),
])
def test_a_question_of_another_subject_asks_what_was_asked_before(text: str, before: str | None, whole: str) -> None:
    assert with_what_was_asked(text, before) == whole


@pytest.mark.parametrize(("text", "asks"), [
    ("안녕하세요. 저희는 식당인데요. 출산휴가 며칠이에요?", "출산휴가 며칠이에요?"),
    ("안녕하세요 식당입니다 직원이 임신했어요 출산휴가는 며칠 줘야 하나요", "출산휴가는 며칠 줘야 하나요"),
    ("직원이 육아휴직을 갔어요 언제까지 신청해요?", "직원이 육아휴직을 갔어요 언제까지 신청해요?"),
    ("육아휴직 되나요? 식당이에요", "육아휴직 되나요? 식당이에요"),
    ("네", "네"), ("", ""),
])
def test_what_comes_before_a_question_that_stands_alone_is_left_out(text: str, asks: str) -> None:
    assert asking_part(text) == asks
