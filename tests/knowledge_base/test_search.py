"""Search over programs, rights and questions: floors on questions kept apart, and what must never break."""

from __future__ import annotations

import pytest

from knowledge_base.loading import load_knowledge
from knowledge_base.search import evidence, index, search
from knowledge_base.search_fitting import Measured, fresh, measure, other_matters, owners, phrasings
from knowledge_base.search_text import lexicon, normalised, pack, spoken, words


@pytest.fixture(scope="module")
def held_out() -> Measured:
    return measure(phrasings("held_out"))


def test_first_hit_of_held_out_questions_is_right_often_enough(held_out: Measured) -> None:
    assert held_out.top1 >= 0.85


def test_right_item_of_held_out_questions_is_among_the_first_three(held_out: Measured) -> None:
    assert held_out.top3 >= 0.95


def test_a_question_takes_at_most_fifteen_milliseconds(held_out: Measured) -> None:
    assert held_out.cpu_ms <= 15


def test_questions_written_after_fitting_are_found_as_well() -> None:
    found = measure(fresh())
    assert found.top1 >= 0.85
    assert found.top3 >= 0.95


def test_questions_of_owners_find_their_item() -> None:
    found = measure(owners())
    assert found.top1 >= 0.95
    assert found.top3 >= 0.99


def test_questions_put_from_further_off_are_found_no_worse_than_when_first_read() -> None:
    found = measure(owners(unseen=True))
    assert found.top1 >= 0.77
    assert found.top3 >= 0.88


def test_every_item_has_four_held_out_phrasings() -> None:
    known = load_knowledge()
    counts = dict.fromkeys([*known.programs, *known.rights, *known.questions], 0)
    for phrasing in phrasings("held_out"):
        counts[phrasing.item] += 1
    assert {identifier for identifier, count in counts.items() if count < 4} == set()


def test_held_out_questions_are_not_in_what_is_indexed_or_tuned_on() -> None:
    indexed = {pack(name) for item in index().items for name in (item.title, *item.names, *item.passages)}
    tuned = {pack(phrasing.text) for phrasing in phrasings("tune")}
    kept_apart = [*phrasings("held_out"), *fresh(), *owners(), *owners(unseen=True)]
    assert [p.text for p in kept_apart if pack(p.text) in indexed | tuned] == []


def test_lexicon_names_only_items_that_exist() -> None:
    known = load_knowledge()
    ids = {*known.programs, *known.rights, *known.questions}
    assert set(lexicon()["names"]) <= ids
    assert set(spoken()) <= ids


def test_accepted_alternatives_exist() -> None:
    known = load_knowledge()
    ids = {*known.programs, *known.rights, *known.questions}
    for split in ("tune", "held_out"):
        assert {other for p in phrasings(split) for other in p.also} <= ids


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("육휴", "육아휴직"),
        ("육 휴 거부", "육아휴직 거부"),
        ("출휴 며칠", "출산휴가 며칠"),
        ("대체자 지원", "대체인력 지원"),
        ("육아휴직", "육아휴직"),
        ("사대보험", "4대보험"),
        ("워라벨 장려금", "워라밸 장려금"),
    ],
)
def test_short_forms_and_slips_are_set_right(said: str, meant: str) -> None:
    assert normalised(said) == meant


@pytest.mark.parametrize(
    ("asked", "item"),
    [
        ("ㅇㅇㅎㅈ", "parental_leave"),
        ("대채인력지언금", "replacement_worker_grant"),
        ("대체인력지원금얼마예요", "replacement_worker_grant"),
        ("  대체 인력 지원금  ", "replacement_worker_grant"),
        ("육야휴직 급여", "parental_leave_benefit"),
        ("난임치료휴가", "infertility_treatment_leave"),
        ("수원 10시 출근제", "suwon_10am"),
        ("10시 출근제", "childcare_10am_start_grant"),
    ],
)
def test_names_are_found_however_they_are_typed(asked: str, item: str) -> None:
    assert item in [hit.id for hit in search(asked, limit=2)]


def test_a_local_program_is_not_first_where_its_place_is_not_named() -> None:
    local = {p.id for p in load_knowledge().programs.values() if p.scope.kind == "local"}
    assert search("10시 출근제 지원금", limit=1)[0].id not in local
    assert search("대체인력 인건비 지원", limit=1)[0].id not in local


@pytest.mark.parametrize("text", ["", "   ", "?!", "…", "ㅠㅠ", "😀"])
def test_text_without_words_finds_nothing(text: str) -> None:
    assert search(text) == []


def test_kinds_narrow_what_is_found() -> None:
    hits = search("육아휴직 급여 얼마", limit=5, kinds=("right",))
    assert hits
    assert {hit.kind for hit in hits} == {"right"}


def test_shares_are_beliefs_in_falling_order() -> None:
    hits = search("대체인력지원금 서류", limit=len(index().items))
    scores = [hit.score for hit in hits]
    assert scores == sorted(scores, reverse=True)
    assert sum(scores) == pytest.approx(1.0, abs=1e-6)


def test_questions_of_other_matters_are_seldom_taken_for_ours() -> None:
    others = other_matters("held_out")
    assert sum(evidence(text) >= 0.5 for text in others) / len(others) <= 0.10


def test_questions_of_ours_are_seldom_taken_for_other_matters() -> None:
    asked = phrasings("held_out")
    assert sum(evidence(p.text) < 0.5 for p in asked) / len(asked) <= 0.05


def test_groups_of_meaning_are_seen_through_other_words() -> None:
    assert "해고" in words("육아휴직 중인 직원 잘라도 되나").groups
    assert "거부" in words("육아휴직 안 줘도 되지").groups
