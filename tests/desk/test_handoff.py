"""One hand-off, one transaction: everything is there or nothing, and a repetition changes nothing."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import timedelta

import jsonschema
import pytest
from pydantic import ValidationError
from sqlalchemy import func, select

from bot.desk import booking, database, handoff, lead_schema, leads
from bot.desk.handoff import HandOff
from bot.desk.lead_models import Consent, Lead, LeadMove
from bot.desk.models import OutboxEntry, Visit
from knowledge_base.facts import FactsError
from tests.desk.conftest import NOW, at

Make = Callable[..., HandOff]
TWO = "suwon.suwon-1.20261201T1400"
SCREENING = {
    "as_of": "2026-12-01", "knowledge_version": "2026-11-22", "support_type": "application",
    "verdicts": [
        {"program": "replacement_worker_grant", "status": "eligible", "documents": ["신청서", "근로계약서"],
         "to_check": ["임금 지급 확인"], "apply": "고용24에서 신청", "deadline": {"date": "2027-12-01"},
         "reasons": [{"condition": "headcount", "outcome": "met", "text": "30인 미만", "reference": None}]},
        {"program": "work_sharing_grant", "status": "ineligible", "documents": ["다른 서류"], "apply": "없음"},
        {"program": "flexible_work_grant", "status": "eligible", "relevant": False, "documents": ["또 다른 서류"],
         "apply": "없음"},
    ],
}


def _counts() -> dict[str, int]:
    with database.session(read_only=True) as session:
        return {table.__tablename__: session.execute(select(func.count()).select_from(table)).scalar_one()
                for table in (Lead, Consent, LeadMove, OutboxEntry)}


def _handed(request_of: Make, key: str = "key-1", **changed: object) -> handoff.Receipt:
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id="c-1")
        return handoff.hand_off(session, request_of(hold_id=held.id, **changed), idempotency_key=key)


def test_a_visit_hand_off_writes_lead_visit_consent_audit_and_outbox(desk: str, request_of: Make) -> None:
    receipt = _handed(request_of, screening=SCREENING, email="hana@example.co.kr")
    assert receipt.visit.state == "booked"
    assert re.fullmatch(r"D[2-9A-HJKMNP-Z]{7}", receipt.number)
    assert _counts() == {"leads": 1, "consents": 1, "lead_moves": 1, "outbox": 2}  # center and firm


def test_a_call_back_needs_no_visit_and_reaches_the_planner_whose_turn_it_is(desk: str, request_of: Make) -> None:
    with database.session() as session:
        receipt = handoff.hand_off(session, request_of(call_window={"start": "2026-11-24T09:00:00+09:00"}))
        written = leads.document(session.get(Lead, receipt.lead_id))
    assert receipt.visit is None
    assert (written["kind"], written["visit"], written["planner_id"]) == ("callback", None, "suwon-1")


def test_the_same_key_gives_the_first_receipt_and_writes_nothing(desk: str, request_of: Make) -> None:
    first = _handed(request_of)
    before = _counts()
    with database.session() as session:
        again = handoff.hand_off(session, request_of(hold_id=first.visit.id), idempotency_key="key-1")
    assert (again.number, again.visit.id, again.repeated) == (first.number, first.visit.id, True)
    assert _counts() == before


def test_an_expired_hold_writes_no_lead(desk: str, request_of: Make) -> None:
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id="c-1")
    with database.session() as session, pytest.raises(booking.HoldExpired, match="다시 골라"):
        handoff.hand_off(session, request_of(hold_id=held.id), now=NOW + timedelta(minutes=10))
    assert _counts()["leads"] == 0


def test_an_unknown_hold_writes_no_lead(desk: str, request_of: Make) -> None:
    with database.session() as session, pytest.raises(booking.HoldExpired):
        handoff.hand_off(session, request_of(hold_id="nobody"))
    assert _counts()["leads"] == 0


def test_no_consent_no_hand_off(desk: str, request_of: Make) -> None:
    consent = {"purpose": "callback", "wording_version": "1", "given_at": NOW}
    with database.session() as session:
        held = booking.hold(session, TWO, conversation_id="c-1")
        with pytest.raises(handoff.ConsentMissing, match="동의"):
            handoff.hand_off(session, request_of(hold_id=held.id, consents=[consent]))
    assert _counts()["leads"] == 0


def test_facts_outside_the_vocabulary_are_refused(desk: str, request_of: Make) -> None:
    with database.session() as session, pytest.raises(FactsError):
        handoff.hand_off(session, request_of(facts={"company": {"headcount": -1}}))


@pytest.mark.parametrize("changed", [
    {"phone": "123"}, {"phone": "+1 212 555 0100"}, {"email": "hana@@example"}, {"contact_name": ""},
    {"email": "a@b.kr\nBcc: x@y.kr"}, {"unknown": 1},
    {"consents": [{"purpose": "callback", "wording_version": "1", "given_at": "2026-11-23T10:00:00"}]},
])
def test_impossible_contact_data_never_reaches_the_database(request_of: Make, changed: dict[str, object]) -> None:
    with pytest.raises(ValidationError):
        request_of(**changed)


def test_a_hand_off_without_a_center_waits_in_the_fallback_queue(desk: str, request_of: Make) -> None:
    with database.session() as session:
        receipt = handoff.hand_off(session, request_of(facts={"company": {"region": "12860"}}))  # 진도군
        lead = session.get(Lead, receipt.lead_id)
    assert lead.center_id is None
    assert lead.routing["method"] == "fallback"


def test_the_lead_document_keeps_its_published_schema(desk: str, request_of: Make) -> None:
    receipt = _handed(request_of, screening=SCREENING, partner="kfme", transcript="c-1")
    with database.session() as session:
        written = leads.document(session.get(Lead, receipt.lead_id))
    jsonschema.Draft7Validator.check_schema(lead_schema.json_schema())
    jsonschema.validate(written, lead_schema.json_schema(), format_checker=jsonschema.FormatChecker())
    assert written["schema"] == "lead.v1"
    assert written["company"]["region_name"] == "경기도 수원시"
    assert written["wishes"] == ["뽑긴 해야 하는데 사람이 올지 모르겠어요"]
    assert written["support_type"] == "application"
    assert written["documents"] == ["신청서", "근로계약서"]
    assert [step["text"] for step in written["next_steps"]] == ["확인: 임금 지급 확인", "고용24에서 신청"]
    assert written["visit"]["when_ko"] == "2026년 12월 1일(화) 오후 2시"
    assert written["routing"]["method"] == "region"
    assert written["verdicts"] == SCREENING["verdicts"]


def test_the_first_contact_is_due_after_eight_business_hours(desk: str, request_of: Make) -> None:
    with database.session() as session:
        receipt = handoff.hand_off(session, request_of(), now=at("2026-12-24 16:00"))
    # Thursday 16:00 + 2 h, Friday is 성탄절, then Monday 9-12 and 13-16.
    assert receipt.contact_due_at == at("2026-12-28 16:00")


def test_a_number_that_is_given_out_already_is_drawn_again(
    desk: str, request_of: Make, monkeypatch: pytest.MonkeyPatch
) -> None:
    drawn = iter(["DAAAAAAA", "DAAAAAAA", "DBBBBBBB"])
    monkeypatch.setattr(handoff, "new_number", lambda: next(drawn))
    with database.session() as session:
        numbers = [handoff.hand_off(session, request_of(conversation_id=f"c-{i}")).number for i in range(2)]
    assert numbers == ["DAAAAAAA", "DBBBBBBB"]


def test_one_lead_cannot_have_two_booked_visits(desk: str, request_of: Make) -> None:
    receipt = _handed(request_of)
    with database.session() as session:
        lead = session.get(Lead, receipt.lead_id)
        with pytest.raises(booking.OpeningTaken):
            booking.book(session, lead, "suwon.suwon-1.20261201T1600", actor="planner")
    with database.session(read_only=True) as session:
        assert session.execute(select(func.count()).select_from(Visit)).scalar_one() == 1
