"""Rasa's REST channel with the token of its HTTP API: Rasa itself guards the API and leaves its channels open.

A message that could not be handled is answered with 503 and why; Rasa would answer with what it had said by then.
Only the web process knows the token, so a network that lets somebody else in does not let them talk as anybody.
"""

from __future__ import annotations

import hmac
import os
from collections.abc import Awaitable, Callable

from rasa.core.channels.channel import UserMessage
from rasa.core.channels.rest import RestInput
from sanic import Blueprint, Request, response
from sanic.response import HTTPResponse

from bot.service.turns import failures
from bot.service.turns.trackers import ConversationUnreadable


class GuardedRest(RestInput):
    """The channel ``rest`` for who sends ``?token=`` with the value of RASA_TOKEN; without that value for nobody."""

    @classmethod
    def name(cls) -> str:
        """The channel's name in addresses and trackers, as Rasa's own."""
        return "rest"

    def blueprint(self, on_new_message: Callable[[UserMessage], Awaitable[None]]) -> Blueprint:
        """Rasa's routes, each behind the token."""

        async def handle(message: UserMessage) -> None:
            try:
                await on_new_message(message)
            except ConversationUnreadable:
                raise  # at the next try it is no more readable: it is answered with nothing
            except Exception as error:
                failures.note(error)
                raise

        routes: Blueprint = super().blueprint(handle)
        expected = os.environ.get("RASA_TOKEN", "").encode()

        @routes.middleware("request")
        async def check(request: Request) -> HTTPResponse | None:
            failures.begin()
            given = (request.args.get("token") or "").encode("utf-8", "replace")
            if expected and hmac.compare_digest(given, expected):
                return None
            return response.json({"status": "failure", "reason": "NotAuthenticated"}, status=401)

        @routes.middleware("response")
        async def tell(_request: Request, _response: HTTPResponse) -> HTTPResponse | None:
            if (reason := failures.reason()) is None:
                return None
            return response.json({"status": "failure", "reason": reason}, status=503)

        return routes
