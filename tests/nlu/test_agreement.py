"""The two readings of the validation set: every utterance has both, they agree, and the page quotes what is printed."""

from __future__ import annotations

import pytest

from benchmarks import agreement
from benchmarks.agreement import Pair
from bot.nlu import evaluation
from bot.nlu.evaluation import Utterance

GUIDE = (evaluation.VALIDATION / "README.md").read_text(encoding="utf-8")


@pytest.fixture(scope="module")
def pairs() -> list[Pair]:
    return agreement.pairs()


def test_every_utterance_was_read_twice(pairs: list[Pair]) -> None:
    assert [pair.first.text for pair in pairs] == [utterance.text for utterance in evaluation.load_validation()]


def test_two_people_agree_well_enough_for_a_score_to_mean_something(pairs: list[Pair]) -> None:
    assert agreement.acts(pairs).kappa >= 0.9
    assert agreement.facts(pairs).f1 >= 0.9


def test_the_guide_quotes_what_the_command_prints(pairs: list[Pair]) -> None:
    act, top = agreement.acts(pairs), agreement.ceiling(pairs)
    for name, figure in [
        ("same act", act.same), ("Cohen's kappa (34 acts)", act.kappa),
        ("same act, or one that one of the two calls fair", act.fair),
        ("facts, F1 of one against the other", agreement.facts(pairs).f1),
        ("facts, those counted too that either calls arguable", agreement.facts(pairs, arguable=True).f1),
        ("the second annotator scored as a model, act macro-F1", top.macro_f1),
        ("the same, first label only", top.strict_macro_f1),
    ]:
        assert f"| {name} | {figure:.3f} |" in GUIDE


def test_the_guide_explains_every_act_of_the_set() -> None:
    assert [act for act in sorted({utterance.intent for utterance in evaluation.load_validation()})
            if f"`{act}`" not in GUIDE] == []


def test_agreement_beyond_chance_is_none_where_one_says_always_the_same() -> None:
    pairs = [Pair(Utterance("네", "affirm"), Utterance("네", "affirm")),
             Pair(Utterance("아뇨", "deny"), Utterance("아뇨", "affirm"))]
    found = agreement.acts(pairs)
    assert (found.same, found.kappa, found.fair) == (0.5, 0.0, 0.5)


@pytest.mark.parametrize(("first", "second", "counts"), [
    (Utterance("5명", "inform", facts={"headcount": 5}), Utterance("5명", "inform", facts={"headcount": 5}), (1, 0, 0)),
    (Utterance("5명", "inform", facts={"headcount": 5}), Utterance("5명", "inform", facts={"headcount": 6}), (0, 1, 1)),
    (Utterance("5명", "inform", facts={"headcount": 5}), Utterance("5명", "inform", maybe=("headcount",)), (0, 0, 0)),
    (Utterance("5명", "inform", maybe=("headcount",)), Utterance("5명", "inform", facts={"headcount": 5}), (0, 0, 0)),
    (Utterance("5명", "inform", facts={"headcount": 5}), Utterance("5명", "inform", negated={"headcount": 5}), (0, 1, 1)),
])
def test_facts_agree_in_value_and_role_unless_one_calls_them_arguable(
    first: Utterance, second: Utterance, counts: tuple[int, int, int],
) -> None:
    scores = agreement.facts([Pair(first, second)])
    assert (scores.hits, scores.missed, scores.spurious) == counts


def test_an_arguable_fact_counts_where_that_is_asked_for() -> None:
    pair = Pair(Utterance("5명", "inform", maybe=("headcount",)), Utterance("5명", "inform", facts={"headcount": 5}))
    assert agreement.facts([pair], arguable=True).spurious == 1
