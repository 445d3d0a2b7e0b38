"""Starts and watches the processes of one machine: web, Rasa and the action server.

All of them stop together: on Ctrl-C or TERM, when one of them dies, and when this process is killed.
"""

from __future__ import annotations

import ctypes
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bot.service import processes
from bot.service.model import ROOT, rasa_environment

_READY_WITHIN = 180.0  # seconds until every process must answer
_STOP_WITHIN = 10.0  # seconds a process gets to end by itself
_PR_SET_PDEATHSIG = 1


class ServiceError(RuntimeError):
    """The service could not start or had to stop; the message says why and what to do."""


class _StopAsked(Exception):
    """Not an error: somebody asked us to stop."""


@dataclass
class Service:
    """The processes of one machine. ``port`` is the web's; the others listen on loopback only."""

    port: int
    data_dir: Path
    children: dict[str, subprocess.Popen[bytes]] = field(default_factory=dict)
    _addresses: dict[str, str] = field(default_factory=dict, repr=False)

    def run(self) -> None:
        """Serve until asked to stop. Raises ServiceError when a process dies or does not become ready."""
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, _ask_to_stop)
        try:
            self._start()
            self._wait_until_ready()
            self._warm_up()
            print(f"동행봇이 준비됐어요: http://127.0.0.1:{self.port}", flush=True)
            self._watch()
        except _StopAsked:
            print("멈추고 있어요 …", flush=True)
        finally:
            self._stop()

    def _start(self) -> None:
        environment = self._addresses = self._environment()
        # Rasa and the action server listen on loopback whatever is said of the web.
        inner = {**environment, "BIND_HOST": ""}
        self._spawn("actions", processes.command("actions", inner), _with_metrics_port(environment, 1))
        self._spawn("rasa", processes.command("rasa", inner), environment)
        self._spawn("web", processes.command("web", environment), environment)

    def _environment(self) -> dict[str, str]:
        environment = rasa_environment()
        environment["DATA_DIR"] = str(self.data_dir)
        environment["PORT"] = str(self.port)
        rasa = environment.setdefault("RASA_PORT", str(_free_port()))
        actions = environment.setdefault("ACTIONS_PORT", str(_free_port()))
        environment.setdefault("RASA_URL", f"http://127.0.0.1:{rasa}")
        environment.setdefault("ACTIONS_URL", f"http://127.0.0.1:{actions}")
        # Hexadecimal: a token that began with "-" would be read as an option of the command line.
        environment.setdefault("RASA_TOKEN", secrets.token_hex(24))
        environment.setdefault("TRACKER_URL", _tracker_url(environment, self.data_dir))
        return environment

    def _spawn(self, name: str, arguments: list[str], environment: Mapping[str, str]) -> None:
        logs = self.data_dir / "logs"
        logs.mkdir(exist_ok=True)
        with (logs / f"{name}.log").open("ab") as log:
            self.children[name] = subprocess.Popen(
                arguments, cwd=ROOT, env=dict(environment), stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_end_with_parent,
            )

    def _wait_until_ready(self) -> None:
        """Wait for /readyz of the web process, which asks all the others."""
        print("시작하고 있어요 …", flush=True)
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline:
            self._check_children()
            try:
                with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                    if answer.status == 200:
                        return
            except (urllib.error.URLError, TimeoutError, ConnectionError):
                pass  # not up yet: this is what we are waiting for
            time.sleep(0.3)
        logs = self.data_dir / "logs"
        raise ServiceError(f"{_READY_WITHIN:.0f}초 안에 준비되지 않았어요. {logs}의 기록을 봐 주세요.")

    def _warm_up(self) -> None:
        """Let Rasa read one message, so that nobody's first one waits for morphemes and vectors to load."""
        request = urllib.request.Request(
            f"{self._addresses['RASA_URL']}/model/parse?token={self._addresses['RASA_TOKEN']}",
            data=json.dumps({"text": "수원 25명 제조업인데 직원이 12월에 육아휴직 가요"}).encode(), method="POST",
            headers={"Content-Type": "application/json"})
        with urllib.request.urlopen(request, timeout=_READY_WITHIN) as answer:
            answer.read()

    def _watch(self) -> None:
        while True:
            self._check_children()
            time.sleep(0.5)

    def _check_children(self) -> None:
        for name, child in self.children.items():
            if (code := child.poll()) is not None:
                log = self.data_dir / "logs" / f"{name}.log"
                last = "\n".join(log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
                raise ServiceError(f"{name} 프로세스가 멈췄어요(종료 코드 {code}). 기록: {log}\n{last}")

    def _stop(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
            signal.signal(number, signal.SIG_IGN)  # stopping is under way; a second Ctrl-C must not break it off
        for child in self.children.values():
            _signal_group(child, signal.SIGTERM)
        deadline = time.monotonic() + _STOP_WITHIN
        for child in self.children.values():
            try:
                child.wait(timeout=max(0.1, deadline - time.monotonic()))
            except subprocess.TimeoutExpired:
                _signal_group(child, signal.SIGKILL)
                child.wait()


def _signal_group(child: subprocess.Popen[bytes], number: signal.Signals) -> None:
    try:
        os.killpg(child.pid, number)
    except ProcessLookupError:
        return  # it has ended already


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise _StopAsked


def _end_with_parent() -> None:
    """Linux: the child gets TERM when this process dies, however it dies, so no orphan is left."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)


def _with_metrics_port(environment: Mapping[str, str], further: int) -> dict[str, str]:
    """The environment of a process beside web, whose /metrics is on METRICS_PORT itself (nobody's when not set)."""
    port = environment.get("METRICS_PORT", "").strip()
    return {**environment, "METRICS_PORT": str(int(port) + further) if port.isdigit() else ""}


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _tracker_url(environment: Mapping[str, str], data_dir: Path) -> str:
    """Where Rasa keeps conversations: beside the desk in PostgreSQL, else a SQLite file of its own."""
    desk = environment.get("DATABASE_URL", "")
    return desk if desk.startswith("postgresql") else f"sqlite:///{data_dir / 'conversations.db'}"


def check_port(port: int) -> None:
    """Raises ServiceError when ``port`` on loopback is taken."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError as error:
            raise ServiceError(
                f"{port}번 포트를 다른 프로그램이 쓰고 있어요. PORT=8081 ./run 처럼 다른 포트로 시작해 주세요."
            ) from error
