"""What lies outside the processes: a full disk, a clock set back, a network that swallows answers."""

from __future__ import annotations

import asyncio
import os
import resource
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from pathlib import Path

import pytest
import sqlalchemy as sa

from bot.desk import database
from bot.desk.conversation_models import ChatSession
from bot.desk.conversations import lease
from tests.running import ROOT, free_port
from tests.servers import is_ready, wait_for
from tests.stack import Person
from tests.web.conftest import Start, data_dir, migrated, open_chat, rasa, settings, start  # noqa: F401
from tests.web.fake_rasa import FakeRasa

_UNLIMITED = (resource.RLIM_INFINITY, resource.RLIM_INFINITY)


@pytest.mark.timeout(200)
async def test_a_full_disk_is_told_and_nothing_is_lost_or_doubled_when_there_is_room_again(
    data_dir: Path, rasa: FakeRasa  # noqa: F811
) -> None:
    port = free_port()
    web = subprocess.Popen([sys.executable, "-m", "bot.web", "--port", str(port)], cwd=ROOT, stderr=subprocess.DEVNULL,
                           env={**os.environ, "RASA_URL": rasa.url, "ACTIONS_URL": rasa.url})
    url = f"http://127.0.0.1:{port}"
    try:
        await asyncio.to_thread(wait_for, lambda: is_ready(url), 60, "web does not start")
        person = await asyncio.to_thread(Person([url]).open)
        await asyncio.to_thread(person.say, "자리가 있을 때")
        # No file may grow or be written beyond its first page: what a full disk is to SQLite.
        resource.prlimit(web.pid, resource.RLIMIT_FSIZE, (4096, resource.RLIM_INFINITY))
        answer = asyncio.create_task(asyncio.to_thread(person.say, "자리가 없을 때"))
        await asyncio.sleep(3)
        assert not answer.done()
        assert person.refusals
        assert "1350" in person.refusals[0]
        resource.prlimit(web.pid, resource.RLIMIT_FSIZE, _UNLIMITED)
        assert [one["text"] for one in (await answer)["messages"]] == ["들었어요: 자리가 없을 때"]
        lines = (await asyncio.to_thread(person.look))["messages"]
    finally:
        web.kill()
        web.wait()
    assert [line["text"] for line in lines if line["from"] == "person"] == ["자리가 있을 때", "자리가 없을 때"]
    assert [text for _, text in rasa.heard].count("자리가 없을 때") == 1


async def test_a_clock_set_back_leaves_no_conversation_waiting(start: Start, rasa: FakeRasa) -> None:  # noqa: F811
    chat = await open_chat(await start())
    with database.session() as session:
        # A process took the lease an hour ahead of us and died before the clock was set back.
        session.execute(sa.update(ChatSession).values(leased_until=time.time() + 3600 + 60))
    assert (await chat.say("시계를 돌렸어요"))["messages"][0]["text"] == "들었어요: 시계를 돌렸어요"


def test_a_lease_that_can_still_be_held_is_respected() -> None:
    held = ChatSession(leased_until=time.time() + 59)
    assert not lease(held, 60)
    assert lease(ChatSession(leased_until=time.time() - 1), 60)


class Network:
    """A line to a server: ``state`` is "whole", "cut" (nothing gets through) or "swallows" (answers are lost)."""

    def __init__(self, port: int) -> None:
        self._port = port
        self.state = "whole"

    async def begin(self) -> str:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", 0)
        return f"http://127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def _carry(self, near: asyncio.StreamReader, near_out: asyncio.StreamWriter) -> None:
        far, far_out = await asyncio.open_connection("127.0.0.1", self._port)

        async def along(source: asyncio.StreamReader, target: asyncio.StreamWriter, answers: bool) -> None:
            while data := await source.read(65536):
                if self.state == "cut" or (answers and self.state == "swallows"):
                    break
                target.write(data)
                await target.drain()
            near_out.close()
            far_out.close()

        await asyncio.gather(along(near, far_out, False), along(far, near_out, True), return_exceptions=True)

    async def end(self) -> None:
        self._server.close()


@pytest.fixture
async def network(rasa: FakeRasa) -> AsyncIterator[tuple[Network, str]]:  # noqa: F811
    line = Network(int(rasa.url.rsplit(":", 1)[1]))
    url = await line.begin()
    yield line, url
    await line.end()


async def test_an_answer_lost_on_its_way_is_found_and_not_asked_for_again(
    start: Start, rasa: FakeRasa, network: tuple[Network, str]  # noqa: F811
) -> None:
    line, url = network
    chat = await open_chat(await start(rasa_url=url))
    line.state = "swallows"
    said = await chat.say("한 번만", "m1")
    assert said["waiting"] is True
    assert "1350" in said["messages"][0]["card"]["text"]
    line.state = "whole"
    found = await chat.look()
    assert [one["text"] for one in found["messages"]].count("들었어요: 한 번만") == 1
    assert [text for _, text in rasa.heard].count("한 번만") == 1


async def test_a_cut_line_keeps_what_is_said_until_it_is_whole(
    start: Start, rasa: FakeRasa, network: tuple[Network, str]  # noqa: F811
) -> None:
    line, url = network
    chat = await open_chat(await start(rasa_url=url))
    line.state = "cut"
    assert (await chat.say("들리세요", "m1"))["waiting"] is True
    line.state = "whole"
    assert [one["text"] for one in (await chat.say("이제요", "m2"))["messages"]] == ["들었어요: 들리세요", "들었어요: 이제요"]
    assert [text for _, text in rasa.heard][1:] == ["들리세요", "이제요"]
