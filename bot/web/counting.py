"""What the web process counts: requests and their ids, turns and what was shown in them, and how long it all took."""

from __future__ import annotations

import time
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from aiohttp import web

from bot.observing import metrics, request_ids
from knowledge_base.freshness import is_old

Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@web.middleware
async def name_and_count(request: web.Request, handler: Handler) -> web.StreamResponse:
    """Give every request an id (its ``X-Request-ID`` if that is a UUID), tell it in the response, and count both."""
    request_id = request_ids.usable(request.headers.get("X-Request-ID")) or request_ids.new()
    with request_ids.bound(request_id):
        response = await handler(request)
    response.headers["X-Request-ID"] = request_id
    resource = request.match_info.route.resource
    route = resource.canonical if resource is not None else "none"
    metrics.REQUESTS.labels(f"{request.method} {route}", response.status).inc()
    return response


@contextmanager
def stage(name: str) -> Iterator[None]:
    """Time a stage of a turn, also when it fails."""
    began = time.perf_counter()
    try:
        yield
    finally:
        metrics.STAGE.labels(name).observe(time.perf_counter() - began)


def count_answer(messages: list[dict[str, Any]], turn: dict[str, Any]) -> None:
    """Count one stored answer: its act, the verdicts on its cards, and what is shown although it is old."""
    metrics.TURNS.labels(turn.get("act") or "answer").inc()
    for message in messages:
        card = message.get("card") or {}
        for verdict in card.get("verdicts") or []:
            metrics.VERDICTS.labels(verdict["program"], verdict["status"]).inc()
            _count_if_old(verdict["program"], verdict.get("checked_on"))
        if card.get("type") in ("answer", "case"):
            _count_if_old((card.get("items") or ["(none)"])[0], card.get("checked_on"))


def _count_if_old(item: str, checked_on: object) -> None:
    if isinstance(checked_on, str) and is_old(date.fromisoformat(checked_on)):
        metrics.STALE_SHOWN.labels(item).inc()
