"""A process that dies is started again after a pause, and given up only when it keeps dying."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from bot.service.children import Child, KeepsDying
from tests.servers import wait_for


class Clock:
    def __init__(self) -> None:
        self.now = 1000.0

    def __call__(self) -> float:
        return self.now


def child_of(folder: Path, clock: Clock, script: str) -> Child:
    return Child("thing", ["sh", "-c", script], dict(os.environ), folder / "logs", clock)


def let_it_die(child: Child) -> None:
    wait_for(child.has_ended, 10, "it does not end")


def test_a_dead_process_is_started_again_after_its_pause(tmp_path: Path) -> None:
    clock = Clock()
    child = child_of(tmp_path, clock, "echo gone >&2; exit 3")
    let_it_die(child)
    assert "종료 코드 3" in (child.death or "")
    assert "gone" in (child.death or "")
    assert "다시 시작해요" in (child.keep_up() or "")
    clock.now += 0.4
    assert child.keep_up() is None
    assert child.has_ended()
    clock.now += 0.1
    child.keep_up()
    let_it_die(child)
    assert (tmp_path / "logs" / "thing.log").read_text().count("gone") == 2


def test_the_fifth_death_within_ten_minutes_is_the_last(tmp_path: Path) -> None:
    clock = Clock()
    child = child_of(tmp_path, clock, "exit 3")
    for _ in range(4):
        let_it_die(child)
        child.keep_up()
        clock.now += 4.0
        child.keep_up()
    let_it_die(child)
    with pytest.raises(KeepsDying, match="thing"):
        child.keep_up()


def test_a_death_now_and_then_is_no_reason_to_give_up(tmp_path: Path) -> None:
    clock = Clock()
    child = child_of(tmp_path, clock, "exit 3")
    for _ in range(12):
        let_it_die(child)
        assert child.keep_up()
        clock.now += 151.0  # five of them take more than ten minutes
        child.keep_up()


def test_a_process_that_will_not_end_is_killed(tmp_path: Path) -> None:
    child = child_of(tmp_path, Clock(), "trap '' TERM; while :; do sleep 0.1; done")
    child.ask_to_end()
    child.end(0.3)
    assert child.has_ended()
