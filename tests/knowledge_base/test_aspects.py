"""What a question is about: the amount, the papers, the penalty … measured on questions kept apart."""

from __future__ import annotations

from pathlib import Path

import pytest
import yaml

from knowledge_base.aspects import asked_about

QUESTIONS = yaml.safe_load((Path(__file__).parent / "questions" / "aspects.yaml").read_text(encoding="utf-8"))


def _share_right(split: str) -> float:
    pairs = [(aspect, str(text)) for aspect, texts in QUESTIONS[split].items() for text in texts]
    return sum(asked_about(text).aspect == aspect for aspect, text in pairs) / len(pairs)


def test_aspects_of_held_out_questions_are_recognised() -> None:
    assert _share_right("held_out") >= 0.90


@pytest.mark.parametrize(
    ("text", "aspect"),
    [
        ("서류는요?", "documents"),
        ("얼마예요?", "amount"),
        ("언제까지요?", "deadline"),
        ("언제 들어와요?", "payment"),
        ("안 주면 벌금 얼마예요", "penalty"),
        ("얼마 동안 쉴 수 있어요", "duration"),
        ("신청기한이 며칠이에요", "deadline"),
        ("서류 보관 몇 년 해야 해요", "duration"),
        ("거부하면 어떻게 되나요", "penalty"),
        ("거부해도 되나요", "refusal"),
    ],
)
def test_neighbouring_aspects_are_told_apart(text: str, aspect: str) -> None:
    assert asked_about(text).aspect == aspect


def test_a_bare_name_is_a_general_question() -> None:
    assert asked_about("육아휴직").aspect in ("general", "definition")
