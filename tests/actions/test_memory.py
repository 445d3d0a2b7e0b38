"""What one message changes: facts, answers to the open question, corrections and taking them back."""

from __future__ import annotations

from typing import Any

import pytest

from actions.memory import Message, of_a_pregnancy, question_of, read, taken_back
from actions.names import is_noun, plain_name
from actions.slots import facts_document

TODAY = "2026-11-23"


def reading(intent: str, *entities: dict[str, Any], text: str = "", **slots: Any) -> dict[str, Any]:
    return read(Message(text, intent, entities), slots, today=TODAY).slots


def entity(name: str, value: Any, **more: Any) -> dict[str, Any]:
    return {"entity": name, "value": value, **more}


def test_several_facts_fill_several_slots() -> None:
    found = reading("inform", entity("headcount", 25), entity("industry", "C"), entity("event_type", "parental_leave"))
    assert found["company_headcount"] == 25
    assert found["company_industry"] == "C"
    assert found["event_type"] == "parental_leave"


def test_what_is_said_of_others_or_denied_is_not_ours() -> None:
    found = reading("inform", entity("headcount", 10, role="other"), entity("headcount", 120))
    assert found["company_headcount"] == 120
    assert "company_headcount" not in reading("correct", entity("headcount", 25, role="negated"))


def test_a_rough_count_keeps_its_range_and_an_exact_one_drops_it() -> None:
    assert reading("inform", entity("headcount", 30, min=27, max=33))["company_headcount_range"] == {"min": 27, "max": 33}
    exact = reading("correct", entity("headcount", 28), company_headcount=30, company_headcount_range={"min": 27, "max": 33})
    assert exact["company_headcount_range"] is None


def test_a_bare_number_answers_the_question_asked() -> None:
    found = reading("inform", entity("number", 29), requested_slot="company_insured_headcount")
    assert found["company_insured_headcount"] == 29
    assert "company_headcount" not in found
    assert "company_headcount" not in reading("inform", entity("number", 29))


def test_people_counted_when_the_insured_were_asked_for_are_the_insured() -> None:
    found = reading("inform", entity("headcount", 29), requested_slot="company_insured_headcount")
    assert found["company_insured_headcount"] == 29
    assert "company_headcount" not in found


@pytest.mark.parametrize(("intent", "value"), [("affirm", True), ("deny", False)])
def test_yes_and_no_answer_a_yes_or_no_question(intent: str, value: bool) -> None:
    asked = reading(intent, requested_slot="company_employment_insurance")
    assert asked["company_employment_insurance"] is value
    assert "company_headcount" not in reading(intent, requested_slot="company_headcount")


def test_not_knowing_is_remembered_until_the_fact_is_told() -> None:
    unknown = reading("dont_know", requested_slot="event_cover")
    assert unknown["unknowable"] == ["event.cover"]
    told = reading("inform", entity("cover", "hire"), unknowable=["event.cover", "event.months"])
    assert told["unknowable"] == ["event.months"]


def test_a_birth_date_takes_the_place_of_a_rough_age() -> None:
    found = reading("inform", entity("child_birth", "2025-08-01"), event_child_age={"min": 12, "max": 23, "on": TODAY})
    assert found["event_child_age"] is None


def test_a_date_answers_the_child_question() -> None:
    found = reading("inform", entity("event_start", "2026-08-01"), requested_slot="event_child_birth")
    assert found["event_child_birth"] == "2026-08-01"


def test_a_correction_can_be_taken_back() -> None:
    changes = [{"slot": "company_headcount", "old": 120, "new": 25}]
    assert taken_back({"changes": changes, "company_headcount": 25}).slots == {"company_headcount": 120}
    assert taken_back({}).slots == {}


def test_a_word_that_is_only_a_place_when_asked_is_taken_then_alone() -> None:
    assert reading("inform", entity("region_if_asked", ["44810"]), requested_slot="company_region")["company_region"] == "44810"
    assert "company_region" not in reading("inform", entity("region_if_asked", ["44810"]))


@pytest.mark.parametrize(("typed", "name"), [
    ("김민지입니다", "김민지"), ("저는 김민지예요", "김민지"), ("한빛정밀이요", "한빛정밀"), ("회사 이름은 (주)한빛", "(주)한빛"),
    ("네 김민지요", "김민지"), ("123", None), ("왜 물어봐요?", None), ("", None), ("가" * 41, None), ("<b>김</b>", None),
])
def test_a_name_is_read_without_the_sentence_around_it(typed: str, name: str | None) -> None:
    assert plain_name(typed) == name


@pytest.mark.parametrize(("intent", "confidence", "text", "taken"), [
    ("oos_labour", 0.62, "윤서연", True), ("dont_know", 0.87, "모두몰", True), ("inform", 0.9, "밝은치과", True),
    ("greet", 1.0, "안녕하세요", False), ("smalltalk", 1.0, "심심하네요", False), ("talk_to_person", 1.0, "상담원", False),
    ("annoyed", 0.6, "답답하네", False),
])
def test_a_name_is_a_name_whatever_it_looks_like(intent: str, confidence: float, text: str, taken: bool) -> None:
    message = Message(text, intent, confidence=confidence)
    found = read(message, {"requested_slot": "contact_name"}, today=TODAY).slots
    assert found.get("contact_name") == (text if taken else None)
    assert is_noun("밝은치과")
    assert not is_noun("심심하네요")


@pytest.mark.parametrize(("asked_again", "taken"), [(0, False), (1, True)])
def test_a_name_asked_for_again_is_taken_though_it_sounds_like_something_else(asked_again: int, taken: bool) -> None:
    message = Message("고마워플라워", "thanks", confidence=0.976)
    slots = {"requested_slot": "company_name", "misunderstood": {"company_name": asked_again}}
    assert ("company_name" in read(message, slots, today=TODAY).slots) == taken


def test_a_wish_is_no_name_however_often_the_name_was_asked_for() -> None:
    message = Message("취소", "cancel_visit", confidence=0.999)
    slots = {"requested_slot": "company_name", "misunderstood": {"company_name": 3}}
    assert "company_name" not in read(message, slots, today=TODAY).slots


def test_a_part_of_the_day_without_a_day_is_that_part_of_any_day_soon() -> None:
    window = {"start": "2026-11-23T09:00:00+09:00", "end": "2026-11-23T12:00:00+09:00", "grain": "part"}
    found = reading("inform", entity("visit_window", window, time_only=True), text="오전이요", requested_slot="visit_opening")
    assert found["visit_window"] == {"start": "2026-11-23T00:00:00+09:00", "end": "2026-12-07T00:00:00+09:00",
                                     "grain": "any", "part": "morning"}


def test_after_three_oclock_stays_after_three_oclock() -> None:
    window = {"start": "2026-11-23T15:00:00+09:00", "end": "2026-11-23T18:00:00+09:00", "grain": "part"}
    found = reading("inform", entity("visit_window", window, time_only=True), text="3시 이후요", requested_slot="visit_opening")
    assert found["visit_window"] == window


def test_facts_told_instead_of_a_name_are_facts_and_parts_of_a_name_are_none() -> None:
    told = reading("inform", entity("headcount", 26), text="아 직원수 26명이에요", requested_slot="company_name")
    assert told == {"company_headcount": 26}
    named = reading("inform", entity("region_sido", "11"), entity("industry", "Q"), text="서울치과",
                    requested_slot="company_name")
    assert named == {"company_name": "서울치과"}


def test_the_weather_of_today_is_no_birthday() -> None:
    assert reading("smalltalk", entity("date", "2026-11-23"), requested_slot="event_child_birth") == {}


def test_an_afternoon_is_no_birthday_but_a_day_is() -> None:
    afternoon = {"start": "2026-12-02T13:00:00+09:00", "end": "2026-12-02T18:00:00+09:00", "grain": "hour"}
    assert "event_child_birth" not in reading(
        "inform", entity("visit_window", afternoon), requested_slot="event_child_birth")


def test_what_is_only_an_answer_is_taken_only_as_one() -> None:
    assert reading("nlu_fallback", entity("cover_if_asked", "hire"), requested_slot="event_cover") == {"event_cover": "hire"}
    assert reading("ask", entity("cover_if_asked", "hire"), requested_slot="event_cover") == {}
    assert reading("inform", entity("cover_if_asked", "hire"), requested_slot="event_start") == {}
    nobody = reading("inform", entity("no_child_if_asked", True), requested_slot="event_child_birth")
    assert nobody == {"unknowable": ["event.child_birth"]}


def test_a_question_is_never_taken_for_a_name() -> None:
    assert "contact_name" not in reading("ask", text="그건 왜죠", requested_slot="contact_name")


def test_the_facts_document_leaves_unknown_facts_out() -> None:
    assert facts_document({}) == {}
    assert facts_document({"company_headcount": 25, "event_type": "parental_leave", "wants": ["subsidy"]}) == {
        "company": {"headcount": 25}, "events": [{"type": "parental_leave"}], "wants": ["subsidy"]}


def test_a_bare_day_is_read_by_the_question_asked() -> None:
    day = entity("date", "2027-08-01", past="2026-08-01")
    assert reading("inform", day, requested_slot="event_child_birth")["event_child_birth"] == "2026-08-01"
    assert reading("inform", day, requested_slot="event_start")["event_start"] == "2027-08-01"
    assert reading("inform", day, requested_slot="visit_opening")["visit_window"]["start"].startswith("2027-08-01")
    assert reading("inform", day) == {}


def test_a_day_in_words_about_the_visit_is_the_visits_whatever_was_asked() -> None:
    day = entity("date", "2026-12-03")
    assert reading("change_visit", day, requested_slot="consent")["visit_window"]["start"].startswith("2026-12-03")
    assert "visit_window" not in reading("inform", day, requested_slot="consent")


def test_a_question_is_asked_without_the_facts_it_carries() -> None:
    text = "직원스물다섯명인제조업체인데육아휴직지원금얼마예요"
    told = (entity("headcount", 25, start=2, end=7), entity("industry", "C", start=8, end=12))
    assert question_of(Message(text, "ask", told)) == "인데육아휴직지원금얼마예요"
    spaced = Message("지원금은 25명이면 얼마예요", "ask", (entity("headcount", 25, start=5, end=8),))
    assert question_of(spaced) == "지원금은  이면 얼마예요"
    ruled = entity("headcount", 30, start=0, end=3, role="hypothetical")
    assert question_of(Message("30명 이상이면 얼마예요", "ask", (ruled,))) == "30명 이상이면 얼마예요"
    assert question_of(Message("25명", "ask", (entity("headcount", 25, start=0, end=3),))) == "25명"


@pytest.mark.parametrize(("before", "known", "text", "kind"), [
    ("임산부 있어요", {}, "하루 두 시간 일찍 보내 달래요", "pregnancy_reduced_hours"),
    ("", {"event_child_birth": "2027-06-10"}, "하루 두 시간 일찍 보내 달래요", "pregnancy_reduced_hours"),
    ("", {"event_child_birth": "2025-06-10"}, "하루 두 시간 일찍 보내 달래요", "childcare_reduced_hours"),
    ("임산부 있어요", {}, "육아기 단축도 되나요", "childcare_reduced_hours"),
    ("", {}, "하루 두 시간 일찍 보내 달래요", "childcare_reduced_hours"),
])
def test_hours_cut_before_the_birth_are_those_of_a_pregnancy(
    before: str, known: dict[str, str], text: str, kind: str
) -> None:
    message = Message(text=text, intent="inform", entities=(
        {"entity": "event_type", "value": "childcare_reduced_hours"},))
    reading = read(message, known, today="2026-11-23")
    of_a_pregnancy(reading, message, known, before=before, today="2026-11-23")
    assert reading.slots["event_type"] == kind
