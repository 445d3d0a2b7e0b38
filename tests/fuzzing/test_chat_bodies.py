"""The chat API over HTTP, given any bytes: an answer or a problem document, never a crash."""

from __future__ import annotations

import json
import random
from typing import Any

from aiohttp.test_utils import TestClient
from hypothesis import strategies as st

from tests.fuzzing.hostile import documents, text
from tests.web.conftest import *  # noqa: F403 - the fixtures of the web's own tests
from tests.web.conftest import Chat

_BODIES = st.one_of(
    st.binary(max_size=300),
    documents("text", "payload", "client_message_id", "partner_key", "rating", "message_id").map(
        lambda value: json.dumps(value).encode()),
    st.sampled_from([b"[" * 5000, b'{"text":' * 500, b'{"text": "\\ud800"}', b'{"text": 1e999}', b'{"text": "a", "text": []}',
                     b"\xff\xfe{\x00}\x00", b'{"text": "' + b"a" * 70_000 + b'"}', b"null", b"NaN", b""]))
_TOKENS = st.one_of(st.just(""), text(60).map(lambda some: "".join(c for c in some if 32 <= ord(c) < 127)))


def _examples(strategy: st.SearchStrategy[Any], many: int, seed: int) -> list[Any]:
    """Drawn beforehand: inside the test's event loop hypothesis cannot run asynchronous code."""
    from hypothesis import HealthCheck, Phase, given, settings
    from hypothesis import seed as seeded

    drawn: list[Any] = []

    @seeded(seed)
    @settings(max_examples=many, database=None, phases=[Phase.generate], deadline=None,
              suppress_health_check=list(HealthCheck))
    @given(strategy)
    def draw(value: Any) -> None:
        drawn.append(value)

    draw()
    return drawn


async def test_any_body_gets_an_answer_or_a_problem(chat: Chat, client: TestClient[Any, Any]) -> None:
    seed = random.SystemRandom().randrange(2**32)
    for body in _examples(_BODIES, 150, seed):
        for path in ("/api/chat/sessions", f"/api/chat/sessions/{chat.id}/messages", f"/api/chat/sessions/{chat.id}/feedback"):
            answer = await client.post(path, data=body, headers={**chat.headers, "Content-Type": "application/json"})
            said = await answer.text()
            assert answer.status < 500, (seed, path, body, said)
            if answer.status >= 400:
                assert json.loads(said)["detail"], (seed, path, body)


async def test_security_no_made_up_token_opens_a_conversation(chat: Chat, client: TestClient[Any, Any]) -> None:
    seed = random.SystemRandom().randrange(2**32)
    for token in _examples(_TOKENS, 150, seed):
        answer = await client.get(f"/api/chat/sessions/{chat.id}", headers={"Authorization": f"Bearer {token}"})
        assert answer.status == 401, (seed, token)
