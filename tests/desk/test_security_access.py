"""Who may see and do what at the desk; every refusal is tested from the outside in."""

from __future__ import annotations

import re
import stat
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from sqlalchemy import select

from bot.desk import (
    booking,
    calendar_edits,
    clock_on_wall,
    database,
    guessing,
    handoff,
    lead_actions,
    lead_moves,
    leads,
    privacy,
    tokens,
)
from bot.desk.booking import HoldExpired
from bot.desk.errors import DeskError, NotAllowed, NotFound
from bot.desk.handoff import HandOff
from bot.desk.leads import Viewer
from bot.desk.models import ApiToken, Lead, Visit
from bot.desk.settings import defaults
from tests.desk.conftest import at

KIM = Viewer("kim", "planner", "suwon", "suwon-1")
BOSS = Viewer("boss", "center_lead", "suwon")
ADMIN = Viewer("admin", "administrator")
STRANGER = Viewer("choi", "planner", "seoul", "seoul-1")
PARTNER = Viewer("kfme", "partner", partner="kfme")
Make = Callable[..., HandOff]


@pytest.fixture
def lead_id(desk: str, request_of: Make) -> str:
    """A call-back of 수원 that came through the partner kfme."""
    with database.session() as session:
        return handoff.hand_off(session, request_of(partner="kfme")).lead_id


@pytest.mark.parametrize("action", [
    lambda session, lead_id: leads.get(session, lead_id, STRANGER),
    lambda session, lead_id: lead_actions.claim(session, lead_id, STRANGER),
    lambda session, lead_id: lead_actions.move(session, lead_id, "withdrawn", STRANGER),
    lambda session, lead_id: lead_actions.note(session, lead_id, "메모", STRANGER),
    lambda session, lead_id: lead_actions.notes(session, lead_id, STRANGER),
    lambda session, lead_id: lead_actions.history(session, lead_id, STRANGER),
    lambda session, lead_id: lead_actions.mark_verdict(session, lead_id, "x", STRANGER, right=True),
    lambda session, lead_id: lead_actions.schedule_visit(session, lead_id, "suwon.suwon-1.20261201T1400", STRANGER),
])
def test_security_another_centers_lead_does_not_even_exist(
    lead_id: str, action: Callable[[object, str], object]
) -> None:
    with database.session() as session:
        with pytest.raises(NotFound) as hidden:
            action(session, lead_id)
        with pytest.raises(NotFound) as missing:
            action(session, "00000000-0000-0000-0000-000000000000")
    assert str(hidden.value) == str(missing.value)


def test_security_the_queue_holds_only_the_own_centers_leads(lead_id: str) -> None:
    with database.session(read_only=True) as session:
        assert [lead.id for lead in leads.queue(session, KIM)[0]] == [lead_id]
        assert leads.queue(session, STRANGER)[0] == []
        assert [lead.id for lead in leads.queue(session, ADMIN)[0]] == [lead_id]


def test_security_a_center_filter_does_not_widen_what_one_sees(lead_id: str) -> None:
    with database.session(read_only=True) as session:
        assert leads.queue(session, STRANGER, leads.Filter(center_id="suwon"))[0] == []
        assert leads.queue(session, STRANGER, leads.Filter(search="010-1234-5678"))[0] == []


def test_security_the_fallback_queue_is_the_administrators(desk: str, request_of: Make) -> None:
    with database.session() as session:
        lead_id = handoff.hand_off(session, request_of(facts={})).lead_id
        assert leads.get(session, lead_id, ADMIN).center_id is None
        for viewer in (KIM, BOSS, Viewer("x", "planner", None), PARTNER):
            with pytest.raises(DeskError):
                leads.get(session, lead_id, viewer)


@pytest.mark.parametrize("viewer", [
    Viewer("x", "planner"), Viewer("x", "center_lead"), Viewer("x", "partner"), Viewer("x", "bot"),
    Viewer("x", "customer"), Viewer("x", "system"), Viewer("x", "root"), Viewer("x", ""),
])
def test_security_a_role_without_its_center_or_an_unknown_role_sees_nothing(lead_id: str, viewer: Viewer) -> None:
    with database.session(read_only=True) as session, pytest.raises(NotAllowed):
        leads.queue(session, viewer)


def test_security_a_partner_reads_its_own_leads_masked_and_changes_nothing(lead_id: str) -> None:
    with database.session() as session:
        lead = leads.get(session, lead_id, PARTNER)
        seen = leads.document(lead, PARTNER)
        assert seen["contact"]["phone"] == "010-****-5678"
        assert seen["contact"]["masked"]
        assert seen["wishes"] == []
        for action in (
            lambda: lead_actions.claim(session, lead_id, PARTNER),
            lambda: lead_actions.note(session, lead_id, "메모", PARTNER),
            lambda: lead_actions.notes(session, lead_id, PARTNER),
            lambda: lead_actions.mark_verdict(session, lead_id, "x", PARTNER, right=True),
        ):
            with pytest.raises(NotAllowed):
                action()
        with pytest.raises(lead_moves.MoveNotAllowed):
            lead_actions.move(session, lead_id, "withdrawn", PARTNER)


def test_security_another_partner_does_not_see_the_lead(lead_id: str) -> None:
    with database.session(read_only=True) as session, pytest.raises(NotFound):
        leads.get(session, lead_id, Viewer("other", "partner", partner="other"))


def test_security_a_planner_cannot_close_an_untouched_lead_but_the_center_lead_can(lead_id: str) -> None:
    with database.session() as session:
        with pytest.raises(lead_moves.MoveNotAllowed):
            lead_actions.move(session, lead_id, "closed", KIM, close_reason="spam")
        lead_actions.move(session, lead_id, "closed", BOSS, close_reason="spam")


def test_security_only_senior_roles_reopen_a_closed_lead(lead_id: str) -> None:
    with database.session() as session:
        lead_actions.move(session, lead_id, "closed", BOSS, close_reason="spam")
        with pytest.raises(lead_moves.MoveNotAllowed):
            lead_actions.move(session, lead_id, "following_up", KIM, reason="다시")
        lead_actions.move(session, lead_id, "following_up", BOSS, reason="다시")


@pytest.mark.parametrize(("viewer", "allowed"), [
    (ADMIN, True), (BOSS, True), (KIM, True), (Viewer("lee", "planner", "suwon", "suwon-9"), False),
    (STRANGER, False), (Viewer("boss", "center_lead", "seoul"), False), (PARTNER, False),
])
def test_security_leave_is_entered_by_the_planner_or_those_above(desk: str, viewer: Viewer, allowed: bool) -> None:
    with database.session() as session:
        def enter() -> object:
            return calendar_edits.close(session, viewer, at("2026-12-01 00:00"), at("2026-12-02 00:00"), kind="leave",
                                        planner_id="suwon-1")
        if allowed:
            enter()
        else:
            with pytest.raises(NotAllowed):
                enter()


@pytest.mark.parametrize("viewer", [KIM, STRANGER, PARTNER, Viewer("boss", "center_lead", "seoul")])
def test_security_the_centers_rules_are_the_center_leads(desk: str, viewer: Viewer) -> None:
    with database.session() as session:
        for action in (
            lambda: calendar_edits.set_rules(session, viewer, "suwon", defaults().center),
            lambda: calendar_edits.add_planner(session, viewer, "suwon", "이하늘"),
            lambda: calendar_edits.close(session, viewer, at("2026-12-01 00:00"), at("2026-12-02 00:00"),
                                         center_id="suwon"),
            lambda: calendar_edits.close(session, viewer, at("2026-12-01 00:00"), at("2026-12-02 00:00")),
        ):
            with pytest.raises(NotAllowed):
                action()


def test_security_a_center_lead_cannot_close_all_centers(desk: str) -> None:
    with database.session() as session, pytest.raises(NotAllowed):
        calendar_edits.close(session, BOSS, at("2026-12-01 00:00"), at("2026-12-02 00:00"))


def test_security_the_first_token_is_written_for_its_owner_only_and_stored_as_a_digest(
    desk: str, tmp_path: Path
) -> None:
    with database.session() as session:
        path = tokens.first_token(session)
    secret = path.read_text().strip()
    assert path == tmp_path / "desk-token"
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    with database.session(read_only=True) as session:
        stored = session.execute(select(ApiToken)).scalar_one()
        assert secret not in (stored.token_digest, stored.name)
        viewer = tokens.authenticate(session, secret)
    assert viewer is not None
    assert viewer.role == "administrator"


def test_security_starting_again_keeps_the_token_and_a_lost_file_revokes_the_old_one(desk: str) -> None:
    with database.session() as session:
        path = tokens.first_token(session)
    first = path.read_text()
    with database.session() as session:
        assert tokens.first_token(session).read_text() == first
    path.unlink()
    with database.session() as session:
        second = tokens.first_token(session).read_text()
        assert second != first
        assert tokens.authenticate(session, first.strip()) is None
        assert tokens.authenticate(session, second.strip()) is not None


@pytest.mark.parametrize("forged", ["", "dh_", "dh_" + "A" * 43, "Bearer x", "' OR 1=1 --"])
def test_security_a_forged_token_is_nobody(desk: str, forged: str) -> None:
    with database.session() as session:
        tokens.create(session, "real", role="administrator", actor="admin")
        assert tokens.authenticate(session, forged) is None


def test_security_the_stored_digest_is_not_a_token(desk: str) -> None:
    with database.session() as session:
        token, _ = tokens.create(session, "real", role="administrator", actor="admin")
        assert tokens.authenticate(session, token.token_digest) is None
        assert tokens.authenticate(session, f"dh_{token.token_digest}") is None


def test_security_a_revoked_or_expired_token_is_nobody(desk: str) -> None:
    with database.session() as session:
        revoked, one = tokens.create(session, "a", role="planner", center_id="suwon", actor="admin")
        _, other = tokens.create(session, "b", role="planner", center_id="suwon", actor="admin",
                                 expires_at=clock_on_wall.wall_now() - timedelta(seconds=1))
        assert tokens.authenticate(session, one) == Viewer("token:a", "planner", "suwon")
        tokens.revoke(session, revoked.id, actor="admin")
        assert tokens.authenticate(session, one) is None
        assert tokens.authenticate(session, other) is None
        with pytest.raises(NotFound):
            tokens.revoke(session, revoked.id, actor="admin")


@pytest.mark.parametrize("given", [
    {"role": "planner"}, {"role": "center_lead"}, {"role": "partner"}, {"role": "bot", "center_id": "suwon"},
    {"role": "system"}, {"role": "root"},
])
def test_security_a_token_without_what_its_role_needs_is_not_made(desk: str, given: dict[str, str]) -> None:
    with database.session() as session, pytest.raises(tokens.TokenInvalid):
        tokens.create(session, "x", actor="admin", **given)


def test_security_reading_the_week_of_another_center_is_refused(desk: str) -> None:
    span = (at("2026-11-30 00:00"), at("2026-12-07 00:00"))
    with database.session(read_only=True) as session:
        assert calendar_edits.week_of(session, KIM, "suwon", *span) == []
        with pytest.raises(NotFound):
            calendar_edits.week_of(session, STRANGER, "suwon", *span)
        with pytest.raises(NotAllowed):
            calendar_edits.week_of(session, PARTNER, "suwon", *span)


def test_security_an_erased_lead_is_not_recognised_as_a_returning_firm(lead_id: str) -> None:
    from bot.desk import privacy, routing

    with database.session() as session:
        privacy.erase(session, "010-1234-5678", actor="admin")
        assert routing.route(session, phone="010-1234-5678").method == "fallback"
        assert session.get(Lead, lead_id).phone_digest is None


def test_security_a_hold_of_another_conversation_cannot_be_handed_off(desk: str, request_of: Make) -> None:
    with database.session() as session:
        theirs = booking.hold(session, "suwon.suwon-1.20261201T1400", conversation_id="c-theirs")
    for conversation in ("c-mine", None):
        with database.session() as session, pytest.raises(HoldExpired):
            handoff.hand_off(session, request_of(conversation_id=conversation, hold_id=theirs.id))
    with database.session(read_only=True) as session:
        assert session.get(Visit, theirs.id).state == "held"
        assert session.execute(select(Lead)).first() is None
    with database.session() as session:
        assert handoff.hand_off(session, request_of(conversation_id="c-theirs", hold_id=theirs.id)).visit is not None


def _guess(number: str, phone: str, asker: str, now: datetime) -> str:
    try:
        return guessing.look_up(number, phone, asker=asker, now=now).number
    except DeskError as refusal:
        return type(refusal).__name__


def test_security_one_conversation_cannot_go_on_guessing(desk: str, request_of: Make) -> None:
    now = clock_on_wall.wall_now()
    with database.session() as session:
        right = handoff.hand_off(session, request_of()).number
    for at_try in range(guessing.MOST_BY_ONE):
        assert _guess(f"D{at_try + 2}222222", "010-1234-5678", "c-1", now) == "NotFound"
    assert _guess(right, "010-1234-5678", "c-1", now) == "TooManyGuesses"
    assert _guess(right, "010-1234-5678", "c-2", now) == right
    assert _guess(right, "010-1234-5678", "c-1", now + guessing.LOCKED_FOR) == right


def test_security_one_booking_cannot_be_guessed_at_from_many_conversations(desk: str, request_of: Make) -> None:
    now = clock_on_wall.wall_now()
    with database.session() as session:
        right = handoff.hand_off(session, request_of()).number
    spelt = f" {right[:4].lower()}-{right[4:]}"
    for at_try in range(guessing.MOST_AT_ONE_NUMBER):
        assert _guess(spelt, f"010-0000-{at_try:04d}", f"c-{at_try}", now) == "NotFound"
    assert _guess(right, "010-1234-5678", "c-new", now) == "TooManyGuesses"
    assert _guess(right, "010-1234-5678", "c-new", now + guessing.LOCKED_FOR) == right


def test_security_an_own_booking_opened_in_between_does_not_wipe_out_the_guesses(desk: str, request_of: Make) -> None:
    now = clock_on_wall.wall_now()
    with database.session() as session:
        own = handoff.hand_off(session, request_of()).number
    for at_try in range(guessing.MOST_BY_ONE):
        assert _guess(own, "010-1234-5678", "c-1", now) == own
        assert _guess(f"D{at_try + 2}222222", "010-1234-5678", "c-1", now) == "NotFound"
    assert _guess(own, "010-1234-5678", "c-1", now) == "TooManyGuesses"


def test_counts_of_guesses_are_purged_and_hold_nothing_readable(desk: str, request_of: Make) -> None:
    now = clock_on_wall.wall_now()
    _guess("D2345678", "010-1234-5678", "c-1", now - timedelta(days=1))
    with database.session() as session:
        kept = session.execute(select(guessing.Guess.subject)).scalars().all()
        assert len(kept) == 2
        assert all(re.fullmatch("[0-9a-f]{64}", subject) for subject in kept)
        assert privacy.purge(session)["guesses"] == 2
