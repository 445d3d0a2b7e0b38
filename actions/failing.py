"""What the action server answers while the database is away: 503, for the web process to ask again until it is back.

rasa-sdk answers 500 to everything; of that a few tries are made, then the person is told that there is no answer.
"""

from __future__ import annotations

import logging

import pluggy
from sanic import Sanic, response
from sanic.request import Request
from sanic.response import HTTPResponse
from sqlalchemy.exc import DBAPIError

log = logging.getLogger(__name__)


@pluggy.HookimplMarker("rasa_sdk")
def attach_sanic_app_extensions(app: Sanic) -> None:
    """Answer for a database that is away."""
    app.error_handler.add(DBAPIError, tell)


async def tell(_request: Request, error: DBAPIError) -> HTTPResponse:
    """503 where the database could not be asked, else 500, as rasa-sdk; the words asked in stay out of both."""
    log.error("the database could not be asked: %s", type(error.orig).__name__)
    away = error.connection_invalidated or type(error.orig).__name__ in ("OperationalError", "DatabaseError")
    return response.json({"error": type(error).__name__}, status=503 if away else 500)
