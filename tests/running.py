"""A running service for tests: all processes as ./run starts them, on a fixed clock, with its own data folder."""

from __future__ import annotations

import contextlib
import os
import signal
import socket
import subprocess
import sys
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import requests

ROOT = Path(__file__).resolve().parents[1]
MONDAY_MORNING = "2026-11-23T10:00:00+09:00"
# One test run talks far more than any person does.
_NO_LIMITS = {name: "1000000" for name in (
    "SESSION_MESSAGES_BURST", "ADDRESS_MESSAGES_BURST", "ADDRESS_SESSIONS_BURST", "ABNORMAL_SESSIONS_PER_MINUTE")}


@dataclass(frozen=True)
class Running:
    """Where a running service answers and keeps its data."""

    url: str
    data_dir: Path
    process: subprocess.Popen[str]

    @property
    def desk_token(self) -> str:
        return (self.data_dir / "desk-token").read_text(encoding="utf-8").strip()

    def leads(self) -> list[dict[str, Any]]:
        """All leads, as a planner's program reads them."""
        answer = requests.get(f"{self.url}/api/desk/leads", headers={"Authorization": f"Bearer {self.desk_token}"},
                              params={"limit": 200}, timeout=10)
        answer.raise_for_status()
        return list(answer.json()["leads"])

    def talk(self) -> Conversation:
        return Conversation(self)


class Conversation:
    """One person's conversation through the chat API."""

    def __init__(self, service: Running) -> None:
        self.service = service
        opened = requests.post(f"{service.url}/api/chat/sessions", json={}, timeout=30)
        opened.raise_for_status()
        self.opening = opened.json()
        self.id = self.opening["session_id"]
        self.last: dict[str, Any] = self.opening
        self._headers = {"Authorization": f"Bearer {self.opening['token']}"}

    def post(self, body: dict[str, Any]) -> requests.Response:
        return requests.post(f"{self.service.url}/api/chat/sessions/{self.id}/messages", json=body,
                             headers=self._headers, timeout=30)

    def say(self, text: str) -> dict[str, Any]:
        """Type something; the reply ``{messages, turn}``."""
        return self._reply({"text": text})

    def press(self, title: str) -> dict[str, Any]:
        """Press the quick reply (or opening) titled ``title`` of the last reply."""
        for message in self.last["messages"]:
            for reply in message["quick_replies"]:
                if reply["title"] == title:
                    return self._reply({"payload": reply["payload"]})
        offered = [reply["title"] for message in self.last["messages"] for reply in message["quick_replies"]]
        raise AssertionError(f"no button {title!r}; offered: {offered}")

    def take_opening(self, which: str) -> dict[str, Any]:
        """Take the "first" or the "last" opening offered."""
        offered = [time for card in self.cards() if card["type"] == "openings" for day in card["days"] for time in day["times"]]
        assert offered, f"no openings offered: {self.text}"
        return self._reply({"payload": offered[0 if which == "first" else -1]["payload"]})

    def _reply(self, body: dict[str, Any]) -> dict[str, Any]:
        answer = self.post({**body, "client_message_id": uuid.uuid4().hex})
        assert answer.status_code == 200, answer.text
        self.last = answer.json()
        return self.last

    @property
    def text(self) -> str:
        """All the texts of the last reply, one a line."""
        return "\n".join(message["text"] or "" for message in self.last["messages"])

    def cards(self) -> list[dict[str, Any]]:
        """The cards of the last reply."""
        return [message["card"] for message in self.last["messages"] if message["card"]]


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def running_service(
    data_dir: Path, *, now: str = MONDAY_MORNING, folder: Path = ROOT, **environment: str
) -> Iterator[Running]:
    """Start everything from the sources in ``folder``, wait until it is ready, and stop it again."""
    port = free_port()
    env = {**os.environ, "PORT": str(port), "DATA_DIR": str(data_dir), "BOT_NOW": now, **_NO_LIMITS, **environment}
    for inherited in ("RASA_PORT", "ACTIONS_PORT", "RASA_URL", "ACTIONS_URL", "TRACKER_URL", "RASA_TOKEN"):
        env.pop(inherited, None)
    process = subprocess.Popen([sys.executable, "-m", "bot.cli", "serve"], cwd=folder, env=env, text=True,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT)
    try:
        lines: list[str] = []
        assert process.stdout is not None
        for line in process.stdout:
            lines.append(line)
            if line.startswith("동행봇이 준비됐어요"):
                break
        else:
            raise AssertionError("the service did not start:\n" + "".join(lines))
        yield Running(f"http://127.0.0.1:{port}", data_dir, process)
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=20)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()
