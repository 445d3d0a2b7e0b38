"""A turn in which something behind Rasa fails is told as failed, and why; nothing of it is stored."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from typing import Any

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer
from rasa.core.actions.action import ActionExecutionRejection, RemoteAction
from rasa.core.channels.channel import CollectingOutputChannel
from rasa.core.nlg import TemplatedNaturalLanguageGenerator
from rasa.core.tracker_store import FailSafeTrackerStore, InMemoryTrackerStore
from rasa.shared.core.domain import Domain
from rasa.shared.core.trackers import DialogueStateTracker
from rasa.utils.endpoints import EndpointConfig

from bot.service.turns import failures
from tests.running import free_port


@pytest.fixture(autouse=True)
def replaced(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    for owner, name in ((RemoteAction, "run"), (FailSafeTrackerStore, "on_tracker_store_error"),
                        (FailSafeTrackerStore, "on_tracker_store_retrieve_error")):
        monkeypatch.setattr(owner, name, getattr(owner, name))  # put back afterwards
    failures.replace()
    failures.begin()
    yield
    failures.begin()


@pytest.fixture
async def server() -> AsyncIterator[TestServer]:
    """An action server that answers with the status in its path."""

    async def answer(request: web.Request) -> web.Response:
        return web.json_response({"events": [], "responses": [], "action_name": "action_x", "error": "no"},
                                 status=int(request.match_info["status"]))

    app = web.Application()
    app.router.add_post("/{status}", answer)
    made = TestServer(app)
    await made.start_server()
    yield made
    await made.close()


async def _run(url: str) -> Any:
    tracker = DialogueStateTracker.from_events("one", [])
    return await RemoteAction("action_x", EndpointConfig(url)).run(
        CollectingOutputChannel(), TemplatedNaturalLanguageGenerator({}), tracker, Domain.empty())


@pytest.mark.parametrize(("status", "reason"), [(500, "failed"), (404, "failed"), (503, "away")])
async def test_a_failed_action_fails_the_turn(server: TestServer, status: int, reason: str) -> None:
    with pytest.raises(Exception, match="action_x"):
        await _run(str(server.make_url(f"/{status}")))
    assert failures.reason() == reason
    with pytest.raises(failures.TurnFailed):
        failures.stop_if_failed()


async def test_an_action_server_that_is_not_there_is_away() -> None:
    with pytest.raises(Exception, match="connect"):
        await _run(f"http://127.0.0.1:{free_port()}/webhook")
    assert failures.reason() == "away"


async def test_a_form_that_rejects_an_answer_fails_nothing(server: TestServer) -> None:
    with pytest.raises(ActionExecutionRejection):
        await _run(str(server.make_url("/400")))
    failures.stop_if_failed()


async def test_an_action_that_answers_fails_nothing(server: TestServer) -> None:
    assert await _run(str(server.make_url("/200"))) == []
    assert failures.reason() is None


async def test_what_failed_first_is_the_reason(server: TestServer) -> None:
    for status in (503, 500):
        with pytest.raises(Exception, match="action_x"):
            await _run(str(server.make_url(f"/{status}")))
    assert failures.reason() == "away"
    failures.begin()
    assert failures.reason() is None


class _Broken(InMemoryTrackerStore):
    async def retrieve(self, sender_id: str) -> DialogueStateTracker | None:
        raise ConnectionError("the database is away")

    async def save(self, tracker: DialogueStateTracker) -> None:
        raise ConnectionError("the database is away")


async def test_a_conversation_that_cannot_be_read_or_stored_is_not_begun_anew_in_memory() -> None:
    store = FailSafeTrackerStore(_Broken(Domain.empty()))
    with pytest.raises(ConnectionError):
        await store.retrieve("one")
    with pytest.raises(ConnectionError):
        await store.save(DialogueStateTracker.from_events("one", []))
