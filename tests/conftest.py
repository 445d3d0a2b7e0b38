"""What every test needs set before our own modules are imported."""

from __future__ import annotations

import os
from typing import Any

import pydantic.types
import pytest

os.environ.setdefault("RASA_TELEMETRY_ENABLED", "false")
os.environ.setdefault("SQLALCHEMY_SILENCE_UBER_WARNING", "1")


def _unregistered(constrained: Any) -> Any:
    return constrained


# hypothesis loads a plugin of pydantic 1.10 that breaks constrained types with present hypothesis; no strategy of
# ours needs it, so it is put out of use again.
pydantic.types._registered = _unregistered  # type: ignore[attr-defined]


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Browser tests last: Playwright keeps an event loop running, beside which no asynchronous test can start."""
    items.sort(key=lambda item: "browser" in item.path.parts)
