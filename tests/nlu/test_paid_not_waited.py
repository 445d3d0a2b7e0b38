"""What is paid is no length of a leave, and what came in then is nobody's first day."""

from __future__ import annotations

import pytest

from tests.nlu.reading import told


@pytest.mark.parametrize(("text", "months"), [
    ("2주만 쓴대요 육아휴직", ["event_months=0.5"]), ("월급 150 주려구요", []), ("월 200주면 되죠", []),
])
def test_only_so_many_weeks_are_a_length(text: str, months: list[str]) -> None:
    assert told(text, "event_months") == months


@pytest.mark.parametrize(("text", "known"), [("육아기 단축 신청은 9월 초에 들어왔거든요", False), ("그 직원은 9월 초에 들어왔거든요", True)])
def test_when_a_request_came_in_is_no_service(text: str, known: bool) -> None:
    assert bool(told(text, "worker_tenure_months")) is known
