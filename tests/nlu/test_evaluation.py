"""The yardstick itself: what counts as right, what as a fact, and what as turned away."""

from __future__ import annotations

from typing import Any

import pytest

from bot.nlu import evaluation, evaluation_facts
from bot.nlu.evaluation import Reading, Utterance


def _reading(utterance: Utterance, intent: str, confidence: float = 0.9, entities: list[dict[str, Any]] | None = None,
             ) -> Reading:
    return Reading(utterance, utterance.text, intent, confidence, entities or [], 0.01)


def test_an_act_a_fair_reader_might_choose_counts_but_not_strictly() -> None:
    scores = evaluation.act_scores([_reading(Utterance("수원이요 뭐 받아요", "ask", also=("ask_eligibility",)), "ask_eligibility")])
    assert scores.accuracy == 1.0
    assert scores.strict_accuracy == 0.0


def test_macro_f1_weighs_every_act_alike() -> None:
    many = [_reading(Utterance(f"가{n}", "inform"), "inform") for n in range(9)]
    assert evaluation.act_scores([*many, _reading(Utterance("그만", "stop"), "deny")]).macro_f1 == pytest.approx(0.5)


def test_in_scope_called_out_of_scope_is_turned_away_and_a_fallback_is_asked_back() -> None:
    readings = [_reading(Utterance("육휴 며칠", "ask"), "oos_labour"), _reading(Utterance("육휴 얼마", "ask"), "nlu_fallback"),
                _reading(Utterance("네", "affirm"), "affirm"), _reading(Utterance("여권", "oos_government"), "oos_other")]
    scores = evaluation.act_scores(readings)
    assert scores.turned_away == pytest.approx(1 / 3)
    assert scores.asked_back == pytest.approx(1 / 3)
    assert scores.oos_recall == 1.0
    assert scores.oos_kind_recall == 0.0


def test_calibration_error_is_the_gap_between_confidence_and_being_right() -> None:
    readings = [_reading(Utterance(str(n), "inform"), "inform" if n < 5 else "ask", 0.9) for n in range(10)]
    bins, error = evaluation.calibration(readings)
    assert [(one.count, one.accuracy) for one in bins] == [(10, 0.5)]
    assert error == pytest.approx(0.4)


def test_a_confident_mistake_comes_first_among_the_worst() -> None:
    readings = [_reading(Utterance("가", "ask"), "inform", 0.5), _reading(Utterance("나", "ask"), "inform", 0.99),
                _reading(Utterance("다", "ask"), "ask", 1.0)]
    assert [reading.text for reading in evaluation.worst(readings, 5)] == ["나", "가"]


@pytest.mark.parametrize(("entity", "expected", "found", "same"), [
    ("headcount", 25, {"value": 25}, True),
    ("headcount", 25, {"value": 15}, False),
    ("headcount", 30, {"value": None, "min": 30}, True),
    ("employment_insurance", True, {"value": 1}, False),
    ("event_start", "2027-02", {"value": "2027-02-15"}, True),
    ("event_start", "2027-02-01", {"value": "2027-02-15"}, False),
    ("child_age_months", {"min": 12, "max": 23}, {"value": {"min": 12, "max": None}}, True),
    ("child_age_months", {"min": 12, "max": 23}, {"value": {"min": 84, "max": 107}}, False),
    ("company_name", "대림포장", {"value": "(주)대림포장"}, True),
    ("phone", "010-1234-5678", {"value": "01012345678"}, True),
    ("visit_window", {"from": "2026-12-01", "to": "2026-12-01", "hour": 14},
     {"value": {"start": "2026-12-01T14:00:00+09:00", "end": "2026-12-01T15:00:00+09:00"}}, True),
    ("visit_window", {"from": "2026-12-01", "to": "2026-12-01", "hour": 14},
     {"value": {"start": "2026-12-02T14:00:00+09:00", "end": "2026-12-02T15:00:00+09:00"}}, False),
])
def test_facts_are_compared_by_normalised_value(entity: str, expected: Any, found: dict[str, Any], same: bool) -> None:
    assert evaluation_facts.same(entity, expected, found) is same


def test_missed_and_invented_facts_are_counted_apart() -> None:
    utterance = Utterance("수원 25명", "inform", facts={"headcount": 25, "region": "41110"}, maybe=("industry",))
    entities = [{"entity": "headcount", "value": 25}, {"entity": "worker_gender", "value": "female"},
                {"entity": "industry", "value": "C"}, {"entity": "event_type", "value": "x", "role": "hypothetical"},
                {"entity": "program", "value": "work_sharing_grant"}]
    scores, misses = evaluation_facts.fact_scores([_reading(utterance, "inform", entities=entities)])
    assert (scores.hits, scores.spurious, scores.missed) == (1, 1, 1)
    assert misses[0].missed == ("region=41110",)
    assert misses[0].spurious == ("worker_gender=female",)


def test_a_denied_fact_is_not_the_asserted_one() -> None:
    utterance = Utterance("25명 말고 15명", "correct", facts={"headcount": 15}, negated={"headcount": 25})
    asserted = [{"entity": "headcount", "value": 25}, {"entity": "headcount", "value": 15}]
    scores, _ = evaluation_facts.fact_scores([_reading(utterance, "correct", entities=asserted)])
    assert (scores.hits, scores.spurious, scores.missed) == (1, 1, 1)
