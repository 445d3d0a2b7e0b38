"""Processes that do the same thing at the same moment, round after round: what the race tests share."""

from __future__ import annotations

import multiprocessing
import os
import traceback
from collections.abc import Callable
from multiprocessing.synchronize import Barrier
from typing import Any

from bot.desk import booking, database, handoff, lead_actions
from bot.desk.calendar import OpeningUnavailable
from bot.desk.leads import Viewer
from tests.desk.conftest import NOW

PATIENCE = 120


def race(contest: Callable[[int, Any], str], prizes: list[Any], runners: int) -> list[list[str]]:
    """Let ``runners`` processes run ``contest(runner, prize)`` for each prize at once; what each said, by round.

    The processes are given the environment, so they meet in the test's database.
    """
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])  # importing once is enough for all of them
    barrier, said = context.Barrier(runners), context.Queue()
    environment = dict(os.environ)
    processes = [
        context.Process(target=_run, args=(contest, prizes, runner, barrier, said, environment), daemon=True)
        for runner in range(runners)]
    for process in processes:
        process.start()
    answers = [said.get(timeout=PATIENCE) for _ in range(runners * len(prizes))]
    for process in processes:
        process.join(PATIENCE)
    rounds: list[list[str]] = [[] for _ in prizes]
    for turn, answer in answers:
        rounds[turn].append(answer)
    return rounds


def _run(
    contest: Callable[[int, Any], str], prizes: list[Any], runner: int, barrier: Barrier, said: Any,
    environment: dict[str, str],
) -> None:
    os.environ.clear()
    os.environ.update(environment)  # the fork server's own is that of the first test
    database.engine().connect().close()  # connecting must not decide the first round
    for turn, prize in enumerate(prizes):
        barrier.wait(PATIENCE)
        try:
            answer = contest(runner, prize)
        except Exception:
            answer = f"crashed: {traceback.format_exc()}"
        said.put((turn, answer))


def hold_and_hand_off(runner: int, opening_id: str) -> str:
    """Hold a time and hand over; "won" or the name of the refusal."""
    conversation = f"c-{runner}-{opening_id}"
    try:
        with database.session() as session:
            held = booking.hold(session, opening_id, conversation_id=conversation)
        with database.session() as session:
            handoff.hand_off(session, request(conversation, held.id), idempotency_key=conversation)
    except OpeningUnavailable as refusal:
        return f"{type(refusal).__name__} with {len(refusal.alternatives)}"
    return "won"


def hand_off_once(runner: int, conversation: str) -> str:
    """The same call-back handed over with the same key; gives the number."""
    with database.session() as session:
        return handoff.hand_off(session, request(conversation, None), idempotency_key=conversation).number


def claim(runner: int, lead_id: str) -> str:
    """Claim a lead; "won" or the name of the refusal."""
    try:
        with database.session() as session:
            lead_actions.claim(session, lead_id, Viewer(f"planner-{runner}", "planner", "suwon"))
    except lead_actions.AlreadyClaimed as refusal:
        return type(refusal).__name__
    return "won"


def request(conversation: str, hold_id: str | None) -> handoff.HandOff:
    """A hand-off of a firm in 수원."""
    purpose = "visit" if hold_id else "callback"
    return handoff.HandOff(
        conversation_id=conversation, contact_name="김하나", phone="010-1234-5678", hold_id=hold_id,
        facts={"company": {"region": "41110"}},
        consents=[{"purpose": purpose, "wording_version": "1", "given_at": NOW}])
