"""One running service for each clock the cases ask for, started when first needed."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Iterator

import pytest

from tests.running import Running, running_service

ServiceAt = Callable[[str], Running]


@pytest.fixture(scope="session")
def service_at(tmp_path_factory: pytest.TempPathFactory) -> Iterator[ServiceAt]:
    """A function from an ISO time to the service whose clock stands there."""
    with contextlib.ExitStack() as stack:
        started: dict[str, Running] = {}

        def at(now: str) -> Running:
            if now not in started:
                folder = tmp_path_factory.mktemp("data")
                started[now] = stack.enter_context(running_service(folder, now=now))
            return started[now]

        yield at
