"""What may be remembered as a wished time of a visit."""

from __future__ import annotations

import pytest

from actions.validation import possible


@pytest.mark.parametrize(("day", "may_be"), [
    ("2026-11-22", False),  # yesterday
    ("2026-11-23", True),
    ("2026-12-03", True),
    ("2027-11-22", False),  # "11월 22일", read as the next one
    ("2027-11-23", True),  # today a year on: as said
    ("2027-09-24", False),  # some sixty days ago
    ("2027-09-23", True),
])
def test_a_day_just_gone_is_no_day_for_a_visit(day: str, may_be: bool, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NOW", "2026-11-23T10:00:00+09:00")
    window = {"start": f"{day}T00:00:00+09:00", "end": f"{day}T23:59:00+09:00", "grain": "day"}
    assert possible("visit_window", window) is may_be


def test_a_stretch_of_time_is_not_taken_for_a_day_gone(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("BOT_NOW", "2026-11-23T10:00:00+09:00")
    november = {"start": "2027-11-01T00:00:00+09:00", "end": "2027-11-20T23:59:00+09:00", "grain": "month"}
    assert possible("visit_window", november)
