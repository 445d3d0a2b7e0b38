"""Holds, visits, changes and cancellations on both databases: what is promised is kept, and refusals lead on."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from sqlalchemy import func, select

from bot.desk import booking, calendar, database, handoff, visits
from bot.desk.calendar import Opening
from bot.desk.errors import NotFound
from bot.desk.handoff import HandOff, Receipt
from bot.desk.lead_models import AuditEntry, Lead
from bot.desk.models import OutboxEntry, TakenTime, Visit
from tests.desk.conftest import NOW, at

Make = Callable[..., HandOff]
TWO, FOUR, TEN = (f"suwon.suwon-1.20261201T{hour}00" for hour in (14, 16, 10))


def _visit(request_of: Make, opening_id: str = TWO, conversation: str = "c-1", **changed: object) -> Receipt:
    with database.session() as session:
        held = booking.hold(session, opening_id, conversation_id=conversation)
        return handoff.hand_off(session, request_of(hold_id=held.id, conversation_id=conversation, **changed))


def _count(table: type, *where: object) -> int:
    with database.session(read_only=True) as session:
        return int(session.execute(select(func.count()).select_from(table).where(*where)).scalar_one())


def test_a_hold_keeps_the_time_for_ten_minutes(desk: str, opening: Opening) -> None:
    with database.session() as session:
        held = booking.hold(session, opening.id, conversation_id="c-1")
    assert held.expires_at - NOW == timedelta(minutes=10)
    with database.session() as session, pytest.raises(booking.OpeningTaken, match="방금 마감됐어요"):
        booking.hold(session, opening.id, conversation_id="c-2", now=NOW + timedelta(minutes=9, seconds=59))


def test_a_hold_that_has_run_out_goes_to_the_next(desk: str, opening: Opening) -> None:
    with database.session() as session:
        first = booking.hold(session, opening.id, conversation_id="c-1")
    with database.session() as session:
        booking.hold(session, opening.id, conversation_id="c-2", now=NOW + timedelta(minutes=10))
    with database.session() as session:
        assert session.get(Visit, first.id).state == "expired"


def test_who_comes_second_is_offered_the_three_nearest_times(desk: str, opening: Opening) -> None:
    with database.session() as session:
        booking.hold(session, opening.id, conversation_id="c-1")
    with database.session() as session, pytest.raises(booking.OpeningTaken) as refused:
        booking.hold(session, opening.id, conversation_id="c-2")
    assert [item.id for item in refused.value.alternatives] == [TEN, FOUR, "suwon.suwon-1.20261202T1000"]


def test_a_refused_hold_leaves_nothing_behind(desk: str, opening: Opening) -> None:
    with database.session() as session:
        booking.hold(session, opening.id, conversation_id="c-1")
    with database.session() as session, pytest.raises(booking.OpeningTaken):
        booking.hold(session, opening.id, conversation_id="c-2")
    assert _count(Visit) == 1
    assert _count(TakenTime) == 4  # 14:00-15:00 and the way until 16:00


def test_holding_the_same_time_again_only_starts_the_ten_minutes_anew(desk: str, opening: Opening) -> None:
    with database.session() as session:
        first = booking.hold(session, opening.id, conversation_id="c-1")
    with database.session() as session:
        again = booking.hold(session, opening.id, conversation_id="c-1", now=NOW + timedelta(minutes=5))
    assert again.id == first.id
    assert again.expires_at == NOW + timedelta(minutes=15)


def test_a_conversation_that_holds_another_time_gives_the_first_back(desk: str) -> None:
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="c-1")
        booking.hold(session, FOUR, conversation_id="c-1")
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="c-2")


def test_a_conversation_keeps_its_hold_when_the_other_time_is_taken(desk: str) -> None:
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="c-1")
        booking.hold(session, FOUR, conversation_id="c-2")
    with database.session() as session, pytest.raises(booking.OpeningTaken):
        booking.hold(session, FOUR, conversation_id="c-1")
    assert _count(Visit, Visit.state == "held", Visit.conversation_id == "c-1") == 1


def test_a_released_time_is_free_again_and_a_second_release_does_nothing(desk: str, opening: Opening) -> None:
    with database.session() as session:
        held = booking.hold(session, opening.id, conversation_id="c-1")
    with database.session() as session:
        assert booking.release(session, held.id)
        assert not booking.release(session, held.id)
        booking.hold(session, opening.id, conversation_id="c-2")


def test_a_booked_visit_cannot_be_released_like_a_hold(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        assert not booking.release(session, receipt.visit.id)
    assert _count(Visit, Visit.state == "booked") == 1


def test_a_visit_found_by_number_and_phone_however_they_are_spelt(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        found = booking.look_up(session, f" {receipt.number[:4].lower()} {receipt.number[4:]}", "+82 10-1234-5678")
    assert (found.number, found.status, found.when_ko) == (receipt.number, "booked", "2026년 12월 1일(화) 오후 2시")
    assert found.contact_masked == "김*나 010-****-5678"


@pytest.mark.parametrize("phone", ["010-1234-5679", "모름", ""])
def test_security_a_number_with_a_wrong_phone_finds_nothing(desk: str, request_of: Make, phone: str) -> None:
    receipt = _visit(request_of)
    with database.session() as session, pytest.raises(NotFound, match="예약을 찾지 못했어요"):
        booking.look_up(session, receipt.number, phone)


def test_security_a_forged_link_finds_nothing(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        assert visits.look_up_link(session, receipt.link_token).number == receipt.number
        almost = receipt.link_token[:-1] + ("B" if receipt.link_token.endswith("A") else "A")
        for forged in ("", receipt.lead_id, almost, receipt.link_token.swapcase()):
            with pytest.raises(NotFound):
                visits.look_up_link(session, forged)


def test_security_a_link_cannot_be_read_from_the_database(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        stored = session.execute(select(Lead.link_digest)).scalar_one()
    assert receipt.link_token not in stored
    assert len(receipt.link_token) == 32


def test_a_change_frees_the_old_time_and_counts_for_the_invitation(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        moved = booking.change(session, receipt.visit.id, FOUR)
        assert (moved.id, moved.sequence, moved.starts_at) == (receipt.visit.id, 1, at("2026-12-01 16:00"))
    with database.session() as session:
        booking.hold(session, TWO, conversation_id="c-2")


def test_a_change_that_fails_leaves_the_visit_where_it_was(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        booking.hold(session, FOUR, conversation_id="c-2")
    with database.session() as session, pytest.raises(booking.OpeningTaken):
        booking.change(session, receipt.visit.id, FOUR)
    with database.session() as session:
        kept = session.get(Visit, receipt.visit.id)
        assert (kept.state, kept.starts_at, kept.sequence) == ("booked", at("2026-12-01 14:00"), 0)
    assert _count(TakenTime, TakenTime.visit_id == receipt.visit.id) == 4


def test_a_change_caught_inside_a_session_keeps_the_visit_too(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        booking.hold(session, FOUR, conversation_id="c-2")
    with database.session() as session:
        with pytest.raises(booking.OpeningTaken):
            booking.change(session, receipt.visit.id, FOUR)
        assert session.get(Visit, receipt.visit.id).starts_at == at("2026-12-01 14:00")
    assert _count(TakenTime, TakenTime.visit_id == receipt.visit.id) == 4


def test_a_change_takes_the_time_the_same_conversation_holds(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        booking.hold(session, FOUR, conversation_id="c-1")
    with database.session() as session:
        booking.change(session, receipt.visit.id, FOUR)
    assert _count(Visit, Visit.state == "held") == 0


def test_changing_to_the_same_time_changes_nothing(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        assert booking.change(session, receipt.visit.id, TWO).sequence == 0
    assert _count(OutboxEntry, OutboxEntry.topic == "visit.changed") == 0


@pytest.mark.parametrize(("now", "allowed"), [("2026-12-01 10:00", True), ("2026-12-01 10:01", False)])
def test_the_firm_may_cancel_until_four_hours_before(desk: str, request_of: Make, now: str, allowed: bool) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        if allowed:
            assert booking.cancel(session, receipt.visit.id, now=at(now)).state == "cancelled"
        else:
            with pytest.raises(booking.TooLateToChange, match="센터로 전화"):
                booking.cancel(session, receipt.visit.id, now=at(now))


def test_the_desk_may_cancel_after_the_cut_off(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        booking.cancel(session, receipt.visit.id, actor="planner-kim", now=at("2026-12-01 13:59"))
    assert _count(AuditEntry, AuditEntry.action == "visit.cancelled", AuditEntry.actor == "planner-kim") == 1


def test_a_cancelled_visit_cannot_be_cancelled_or_changed_again(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session:
        booking.cancel(session, receipt.visit.id)
    with database.session() as session:
        for again in (lambda: booking.cancel(session, receipt.visit.id),
                      lambda: booking.change(session, receipt.visit.id, FOUR)):
            with pytest.raises(booking.NotBooked):
                again()


def test_a_change_to_a_time_without_notice_is_refused(desk: str, request_of: Make) -> None:
    receipt = _visit(request_of)
    with database.session() as session, pytest.raises(calendar.OpeningTooSoon):
        booking.change(session, receipt.visit.id, "suwon.suwon-1.20261130T1400", now=at("2026-11-29 15:00"))
