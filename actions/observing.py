"""Each call of the action server timed, and under the id of the message it is made for.

Registered as an extension of rasa-sdk's server, whose own code stays as it is.
"""

from __future__ import annotations

import time
from typing import Any

import pluggy
import structlog
from sanic import Sanic
from sanic.request import Request
from sanic.response import BaseHTTPResponse

from bot.observing import metrics, request_ids


@pluggy.HookimplMarker("rasa_sdk")
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Add both ends of a call's observation to the server."""
    app.register_middleware(begin, "request")
    app.register_middleware(end, "response")


async def begin(request: Request) -> None:
    """Start the clock and take over the message's id, which the web process put into its metadata."""
    request.ctx.began = time.perf_counter()
    if request.path != "/webhook":
        return
    structlog.contextvars.clear_contextvars()
    tracker: dict[str, Any] = (request.json or {}).get("tracker") or {}
    metadata = (tracker.get("latest_message") or {}).get("metadata") or {}
    request_id = request_ids.usable(metadata.get("request"))
    if request_id:
        structlog.contextvars.bind_contextvars(request=request_id, conversation=str(tracker.get("sender_id")))


async def end(request: Request, _response: BaseHTTPResponse) -> None:
    """Stop the clock."""
    if request.path == "/webhook":
        metrics.STAGE.labels("action").observe(time.perf_counter() - request.ctx.began)
