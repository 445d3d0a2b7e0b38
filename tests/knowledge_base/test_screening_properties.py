"""What must hold of screening for any firm: more knowledge never contradicts less, and what is missing stays missing.

Facts are drawn whole and consistent (nobody insured who does not work there), then some are taken away again. Without
the event's start the rules and ages of ``as_of`` count: then nothing that hangs on the start is settled as a "yes",
while a "no" is one for an event that begins on that day.
"""

from __future__ import annotations

import json
from datetime import date, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from knowledge_base.facts import Cover, EventType, Facts, FlexibleMode, Want
from knowledge_base.places import region
from knowledge_base.screening import Screening, screen

NO = {"ineligible", "not_in_force"}
TYPES, MODES, COVERS, WANTS = (list(kind.__args__) for kind in (EventType, FlexibleMode, Cover, Want))
REGIONS = ["11680", "26110", "12240", "28200", "30170", "36110", "41110", "41590", "47190", "52110", "50110"]
DAYS = st.dates(date(2024, 6, 1), date(2027, 12, 31))
KEPT = {"type"}

stable = settings(
    max_examples=100, deadline=None, derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


@st.composite
def companies(draw: st.DrawFn) -> dict[str, Any]:
    headcount = draw(st.integers(0, 620))
    insured = draw(st.integers(0, headcount))
    low, high = draw(st.integers(0, headcount)), draw(st.integers(headcount, 700))
    return {
        "headcount": headcount, "headcount_range": {"min": low, "max": high}, "insured_headcount": insured,
        "industry": draw(st.sampled_from("ABCDEFGHIJKLMNOPQRSTU")), "region": draw(st.sampled_from(REGIONS)),
        "employment_insurance": insured > 0 or draw(st.booleans()), "large_group": draw(st.booleans()),
        "public_institution": draw(st.booleans()),
    }


@st.composite
def events(draw: st.DrawFn, start: st.SearchStrategy[date] = DAYS) -> dict[str, Any]:
    begins = draw(start)
    return {
        "type": draw(st.sampled_from(TYPES)), "mode": draw(st.sampled_from(MODES)), "start": begins.isoformat(),
        "months": draw(st.sampled_from([0.1, 0.5, 0.9, 1, 2, 2.5, 3, 4, 6, 11.5, 12, 18, 24])),
        "child_birth": (begins - timedelta(days=draw(st.integers(-280, 15 * 366)))).isoformat(),
        "worker_gender": draw(st.sampled_from(["female", "male"])), "worker_tenure_months": draw(st.integers(0, 60)),
        "cover": draw(st.sampled_from(COVERS)), "coworker_allowance": draw(st.booleans()),
        "cover_start": (begins - timedelta(days=draw(st.integers(-200, 120)))).isoformat(),
    }


@st.composite
def firms(draw: st.DrawFn) -> dict[str, Any]:
    wants = draw(st.lists(st.sampled_from(WANTS), unique=True, max_size=3))
    return {"company": draw(companies()), "events": [draw(events())], "wants": wants}


@st.composite
def known_and_more(draw: st.DrawFn) -> tuple[dict[str, Any], dict[str, Any]]:
    """A firm of which less is known, and the same firm of which more is known. A rough head count told after an exact
    one takes it back instead of adding to it, so it does not come later."""
    whole = draw(firms())
    names = [f"company.{name}" for name in whole["company"]]
    names += [f"event.{name}" for name in whole["events"][0] if name not in KEPT]
    gone = draw(st.sets(st.sampled_from(names)))
    may_come = sorted(gone - {"company.headcount_range"})
    back = draw(st.sets(st.sampled_from(may_come))) if may_come else set()
    return _without(whole, gone), _without(whole, gone - back)


def _without(firm: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    kept = {name: value for name, value in firm["company"].items() if f"company.{name}" not in gone}
    return {
        "company": kept, "wants": firm["wants"],
        "events": [{n: v for n, v in event.items() if f"event.{n}" not in gone} for event in firm["events"]],
    }


def _screen(firm: dict[str, Any], **more: Any) -> Screening:
    return screen(Facts.read(firm), as_of=more.pop("as_of", date(2026, 11, 23)), **more)


def _statuses(screening: Screening) -> dict[str, str]:
    return {verdict.program.id: verdict.status for verdict in screening.verdicts}


@stable
@given(known_and_more())
def test_a_further_fact_never_turns_a_settled_verdict_around(pair: tuple[dict[str, Any], dict[str, Any]]) -> None:
    less, more = (_statuses(_screen(firm)) for firm in pair)
    started = "start" in pair[0]["events"][0] or "start" not in pair[1]["events"][0]
    around = {
        program: (before, more[program]) for program, before in less.items()
        if (before == "eligible" and more[program] in NO) or (before in NO and started and more[program] != before)
    }
    assert not around


@stable
@given(known_and_more())
def test_an_amount_certain_on_fewer_facts_stands_unchanged_on_more(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    less, more = (_screen(firm) for firm in pair)
    for verdict in less.verdicts:
        later = more.verdict(verdict.program.id)
        if later.status in NO:
            continue
        held = {(a.row.id, a.phase, a.first, a.after, a.total) for a in later.money.amounts}
        sure = {(a.row.id, a.phase, a.first, a.after, a.total) for a in verdict.money.amounts if a.certain}
        assert sure <= held, verdict.program.id
        if verdict.money.certain and later.money.certain:
            assert verdict.money.total == later.money.total, verdict.program.id


@stable
@given(firms(), st.randoms(use_true_random=False))
def test_the_order_in_which_facts_are_told_does_not_matter(firm: dict[str, Any], random: Any) -> None:
    def shuffled(record: dict[str, Any]) -> dict[str, Any]:
        return dict(random.sample(list(record.items()), len(record)))

    told = {"wants": random.sample(firm["wants"], len(firm["wants"])), "events": [shuffled(firm["events"][0])],
            "company": shuffled(firm["company"])}
    assert _screen(firm).to_document() == _screen(told).to_document()


@stable
@given(firms(), st.lists(events(), min_size=1, max_size=2))
def test_the_order_of_events_does_not_matter_to_what_can_be_had(
    firm: dict[str, Any], more: list[dict[str, Any]],
) -> None:
    told = [*firm["events"], *more]
    one, other = (_screen({**firm, "events": order}).relevant for order in (told, told[::-1]))
    had, had_too = ({v.program.id: v.status for v in found if v.status not in NO} for found in (one, other))
    assert had == had_too


@stable
@given(known_and_more())
def test_the_next_question_asks_nothing_known_and_nothing_unknowable(
    pair: tuple[dict[str, Any], dict[str, Any]],
) -> None:
    firm = pair[0]
    known = {f"company.{name}" for name in firm["company"]} | {f"event.{name}" for name in firm["events"][0]}
    question = _screen(firm).next_question
    assert question not in known
    asked = _screen(firm).next_question
    unknowable: set[str] = set()
    while asked is not None:  # "모르겠어요" to everything: the interview ends and never repeats itself
        assert asked not in unknowable
        unknowable.add(asked)
        asked = _screen(firm, unknowable=frozenset(unknowable)).next_question
    assert len(unknowable) <= 14


@stable
@given(firms())
def test_an_interview_promises_nothing_that_the_whole_truth_denies(firm: dict[str, Any]) -> None:
    told: dict[str, Any] = {"company": {}, "events": [{"start": firm["events"][0]["start"]}], "wants": firm["wants"]}
    del firm["company"]["headcount_range"]
    screening, asked = _screen(told), []
    while screening.next_question is not None:
        where, name = screening.next_question.split(".")
        assert screening.next_question not in asked
        asked.append(screening.next_question)
        source, target = (firm[where], told[where]) if where == "company" else (firm["events"][0], told["events"][0])
        target[name] = source[name]
        screening = _screen(told)
    whole, reached = _statuses(_screen(firm)), _statuses(screening)
    turned = {p for p, s in reached.items() if s == "eligible" and whole[p] in NO}
    assert not turned


ANY_DAY = st.dates(date(1, 1, 1), date(9999, 12, 31))
COUNT = st.none() | st.integers(0, 1_000_000)
BOTH_ENDS = st.tuples(st.integers(0, 900), st.integers(0, 900)).map(lambda ends: {"min": min(ends), "max": max(ends)})
RANGE = st.none() | BOTH_ENDS | st.just({"min": 30}) | st.just({"max": 30}) | st.just({})
ANY_EVENT = st.fixed_dictionaries({}, optional={
    "type": st.sampled_from(TYPES), "mode": st.sampled_from(MODES), "start": ANY_DAY, "child_birth": ANY_DAY,
    "months": st.floats(0.01, 60, allow_nan=False), "child_age_months": RANGE, "child_age_on": ANY_DAY,
    "worker_gender": st.sampled_from(["female", "male"]), "worker_tenure_months": st.integers(0, 720),
    "cover": st.sampled_from(COVERS), "cover_start": ANY_DAY, "coworker_allowance": st.booleans(),
})
ANY_FIRM = st.fixed_dictionaries({
    "company": st.fixed_dictionaries({}, optional={
        "headcount": COUNT, "headcount_range": RANGE, "insured_headcount": COUNT, "insured_headcount_range": RANGE,
        "industry": st.sampled_from("ABCDEFGHIJKLMNOPQRSTU"),
        "region": st.sampled_from(REGIONS) | st.text(max_size=5), "employment_insurance": st.booleans(),
        "large_group": st.booleans(), "public_institution": st.booleans(),
    }),
    "events": st.lists(ANY_EVENT, max_size=3), "wants": st.lists(st.sampled_from(WANTS), max_size=8),
})


@stable
@given(ANY_FIRM, ANY_DAY)
def test_any_facts_on_any_day_give_a_whole_document(firm: dict[str, Any], as_of: date) -> None:
    screening = _screen(firm, as_of=as_of)
    for document in (screening.to_document(), screening.to_card()):
        assert "{" not in "".join(_texts(document)), "a sentence was left unfilled"
        json.dumps(document, ensure_ascii=False)


def _texts(value: Any) -> list[str]:
    if isinstance(value, str):
        return [value]
    items = value.values() if isinstance(value, dict) else value if isinstance(value, (list, tuple)) else ()
    return [text for item in items for text in _texts(item)]


def test_the_sampled_regions_exist() -> None:
    assert [region(code).code for code in REGIONS] == REGIONS
