"""The id that one message keeps on its way from the widget through web, Rasa and actions to the desk's audit."""

from __future__ import annotations

import re
import uuid
from collections.abc import Iterator
from contextlib import contextmanager

import structlog

_UUID = re.compile(r"[0-9a-f]{8}-?(?:[0-9a-f]{4}-?){3}[0-9a-f]{12}")


def usable(told: object) -> str | None:
    """``told`` if it is a UUID, else None: anything else could carry a phone number or a line break into the logs."""
    text = told.lower() if isinstance(told, str) else ""
    return text if _UUID.fullmatch(text) else None


def new() -> str:
    """An id for a request that came without one."""
    return uuid.uuid4().hex


def current() -> str | None:
    """The id of the request being worked on, if there is one."""
    return structlog.contextvars.get_contextvars().get("request")


@contextmanager
def bound(request_id: str, **more: str) -> Iterator[None]:
    """Work on a request: its id (and ``more``) stands in every log line and audit row until the block ends."""
    with structlog.contextvars.bound_contextvars(request=request_id, **more):
        yield
