"""All processes of the service started one by one, as many of each as wanted, to be killed and started again.

``tests.running`` starts them the way ``./run`` does; here each stands alone, as a platform runs them.
"""

from __future__ import annotations

import contextlib
import os
import secrets
import signal
import subprocess
import sys
import time
import uuid
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import requests

from bot.service.model import rasa_environment, train
from tests.running import MONDAY_MORNING, ROOT, free_port
from tests.servers import is_ready, wait_for

_NO_LIMITS = dict.fromkeys((
    "SESSION_MESSAGES_BURST", "ADDRESS_MESSAGES_BURST", "ADDRESS_SESSIONS_BURST", "ABNORMAL_SESSIONS_PER_MINUTE"), "1000000")


class Stack:
    """``web`` × web, ``rasa`` × Rasa, ``actions`` × action servers; the n-th Rasa uses the n-th action server."""

    def __init__(
        self, folder: Path, *, web: int = 1, rasa: int = 1, actions: int = 1, rasa_url: str = "", now: str = MONDAY_MORNING,
        **environment: str
    ) -> None:
        self.folder = folder
        self.ports = {f"{kind}{number}": free_port() for kind, count in (("actions", actions), ("rasa", rasa), ("web", web))
                      for number in range(count)}
        self.web = [f"http://127.0.0.1:{self.ports[name]}" for name in self.ports if name.startswith("web")]
        self.rasa = [f"http://127.0.0.1:{self.ports[name]}" for name in self.ports if name.startswith("rasa")]
        self.actions = [f"http://127.0.0.1:{self.ports[name]}" for name in self.ports if name.startswith("actions")]
        self.environment = {
            **rasa_environment(), **_NO_LIMITS, "DATA_DIR": str(folder), "BOT_NOW": now, "RASA_TOKEN": secrets.token_hex(16),
            "RASA_URL": rasa_url or ",".join(self.rasa), "TRACKER_URL": f"sqlite:///{folder / 'conversations.db'}",
            "ACTIONS_URL": ",".join(self.actions or ["http://127.0.0.1:9"]), "METRICS_PORT": "", **environment}
        self.model = train()
        self.processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Stack:
        subprocess.run([sys.executable, "-m", "bot.cli", "desk", "migrate"], cwd=ROOT, env=self.environment, check=True,
                       stdout=subprocess.DEVNULL)
        for name in self.ports:
            self.start(name)
        return self

    def __exit__(self, *_: object) -> None:
        for process in self.processes.values():
            with contextlib.suppress(ProcessLookupError):
                os.killpg(process.pid, signal.SIGKILL)
            process.wait()

    def start(self, name: str, *, model: Path | None = None) -> None:
        """Start a process (again) on its port."""
        kind, number, port = name.rstrip("0123456789"), int(name.lstrip("abcdefghijklmnopqrstuvwxyz")), str(self.ports[name])
        environment = {**self.environment, **({"METRICS_PORT": str(free_port())} if kind == "web" else {})}
        if kind == "rasa" and self.actions:
            environment["ACTIONS_URL"] = self.actions[number % len(self.actions)]
        command = {
            "web": ["-m", "bot.web", "--port", port], "actions": ["-m", "actions", "--port", port],
            "rasa": ["-m", "bot.service.rasa", "run", "--enable-api", "--interface", "127.0.0.1", "--port", port,
                     "--model", str(model or self.model), "--endpoints", "endpoints.yml", "--credentials", "credentials.yml"],
        }[kind]
        with (self.folder / f"{name}.log").open("ab") as log:
            self.processes[name] = subprocess.Popen([sys.executable, *command], cwd=ROOT, env=environment, stdout=log, stderr=log,
                                                    start_new_session=True)

    def signal(self, name: str, number: signal.Signals) -> None:
        """Send a signal to a process and its children."""
        os.killpg(self.processes[name].pid, number)

    def kill(self, name: str) -> None:
        """End a process at once."""
        self.signal(name, signal.SIGKILL)
        self.processes[name].wait()

    def is_up(self, name: str) -> bool:
        """Whether a process answers on its port; fails when it has ended."""
        ended = self.processes[name].poll()
        assert ended is None, f"{name} ended with {ended}:\n" + (self.folder / f"{name}.log").read_text(errors="replace")[-2000:]
        path = {"web": "/healthz", "actions": "/health", "rasa": "/"}[name.rstrip("0123456789")]
        try:
            return requests.get(f"http://127.0.0.1:{self.ports[name]}{path}", timeout=5).status_code == 200
        except requests.RequestException:
            return False

    def wait_until_ready(self, seconds: float = 300) -> None:
        """Wait until every process answers, and let each Rasa read a message so that nobody waits for that."""
        for name in self.ports:
            wait_for(lambda name=name: self.is_up(name), seconds, f"{name} does not answer: {self.folder / name}.log")  # type: ignore[misc]
        for url in self.web:
            wait_for(lambda url=url: is_ready(url), seconds, f"{url} is not ready")  # type: ignore[misc]
        for rasa in self.rasa:
            requests.post(f"{rasa}/model/parse", params={"token": self.environment["RASA_TOKEN"]}, json={"text": "안녕하세요"},
                          timeout=120).raise_for_status()


@dataclass
class Person:
    """Somebody in a browser that sends again what got no answer, to any of the web processes, as the widget does."""

    urls: list[str]
    patience: float = 150.0
    said: list[str] = field(default_factory=list)
    notices: list[str] = field(default_factory=list)
    refusals: list[str] = field(default_factory=list)
    last: dict[str, Any] = field(default_factory=dict)
    id: str = ""
    _headers: dict[str, str] = field(default_factory=dict)
    _turn: int = 0

    def open(self) -> Person:
        """Open a conversation."""
        opened = self._until_answered("/api/chat/sessions", {})
        self.id, self.last = opened["session_id"], opened
        self._headers = {"Authorization": f"Bearer {opened['token']}"}
        return self

    def say(self, text: str) -> dict[str, Any]:
        """Type something and wait for the answer to it, sending it again as often as need be."""
        self.said.append(text)
        return self._send({"text": text})

    def press_opening(self, number: int = 0) -> dict[str, Any]:
        """Take one of the openings offered."""
        offered = [time for message in self.last["messages"] for card in [message["card"] or {}] for day in card.get("days") or []
                   for time in day["times"]]
        assert offered, f"no openings offered: {self.text}"
        return self._send({"payload": offered[number % len(offered)]["payload"]})

    def look(self) -> dict[str, Any]:
        """The transcript."""
        return dict(requests.get(f"{self.urls[0]}/api/chat/sessions/{self.id}", headers=self._headers, timeout=30).json())

    @property
    def text(self) -> str:
        """The texts of the last answer."""
        return "\n".join(message["text"] or "" for message in self.last["messages"])

    @property
    def cards(self) -> list[str]:
        """The types of the cards of the last answer."""
        return [message["card"]["type"] for message in self.last["messages"] if message["card"]]

    def _send(self, body: dict[str, Any]) -> dict[str, Any]:
        self.last = self._until_answered(f"/api/chat/sessions/{self.id}/messages", {**body, "client_message_id": str(uuid.uuid4())})
        return self.last

    def _until_answered(self, path: str, body: dict[str, Any]) -> dict[str, Any]:
        deadline = time.monotonic() + self.patience
        while True:
            self._turn += 1
            try:
                answer = requests.post(self.urls[self._turn % len(self.urls)] + path, json=body, headers=self._headers, timeout=30)
                document = answer.json()
            except requests.RequestException:
                document = {"waiting": True}  # nothing answered: the browser tries again
            else:
                if answer.status_code >= 500:
                    self.refusals.append(document["detail"])
                    assert "1350" in document["detail"]
                    document = {"waiting": True}
                elif answer.status_code >= 300:
                    raise AssertionError(f"{answer.status_code}: {answer.text}")
            if not document.get("waiting") or ("token" in document):
                return dict(document)
            self.notices += [one["card"]["text"] for one in document.get("messages", []) if one["card"]]
            assert time.monotonic() < deadline, f"no answer for {self.patience:.0f} s to {body}"
            time.sleep(0.3)
