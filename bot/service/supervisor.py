"""Starts and watches the processes of one machine: web, Rasa and the action server.

A process that dies is started again; one that keeps dying ends the service. All of them stop together: on Ctrl-C or
TERM, and when this process is killed. On USR1 (``donghaeng update``) a new Rasa and a new action server are started
beside the old ones, and the old ones end when the new ones answer.
"""

from __future__ import annotations

import secrets
import signal
import socket
import time
import urllib.error
import urllib.request
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import FrameType

from bot.service import processes
from bot.service.children import Child, KeepsDying
from bot.service.model import model_file, rasa_environment
from bot.service.running import Running

_READY_WITHIN = 180.0  # seconds until every process must answer
_STOP_WITHIN = 10.0  # seconds a process gets to end by itself
_DRAIN_WITHIN = 30.0  # seconds a Rasa that is replaced gets for the messages it is at
_LOOK_EVERY = 0.5


class ServiceError(RuntimeError):
    """The service could not start or had to stop; the message says why and what to do."""


class _StopAsked(Exception):
    """Not an error: somebody asked us to stop."""


@dataclass
class _Behind:
    """What answers behind the web process: a Rasa with its model, and the action server of the same sources."""

    rasa: Child
    actions: Child
    environment: dict[str, str]

    def answers(self) -> bool:
        """Whether both answer."""
        return processes.answers("actions", self.environment) and processes.answers("rasa", self.environment)


@dataclass
class Service:
    """The processes of one machine. ``port`` is the web's; the others listen on loopback only."""

    port: int
    data_dir: Path
    _environment: dict[str, str] = field(default_factory=dict, repr=False)
    # Two places for what is behind the web process, (Rasa's port, the action server's port); one is free.
    _places: list[tuple[str, str]] = field(default_factory=list, repr=False)
    _children: list[Child] = field(default_factory=list, repr=False)  # those kept up
    _started: list[Child] = field(default_factory=list, repr=False)  # those to be ended with us
    _update_asked: bool = False

    def run(self) -> None:
        """Serve until asked to stop. Raises ServiceError when it does not become ready or a process keeps dying."""
        with Running(self.data_dir) as running:
            for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
                signal.signal(number, _ask_to_stop)
            signal.signal(signal.SIGUSR1, self._ask_to_update)
            try:
                self._serve(running)
            except KeepsDying as error:
                raise ServiceError(str(error)) from error
            except _StopAsked:
                print("멈추고 있어요 …", flush=True)
            finally:
                self._stop()

    def _serve(self, running: Running) -> None:
        self._settle()
        behind = self._begin(0, model_file())
        self._children = [behind.actions, behind.rasa]
        web = {**self._environment, "RASA_URL": self._urls(0), "ACTIONS_URL": self._urls(1)}
        self._children.append(self._child("web", web))
        print("시작하고 있어요 …", flush=True)
        self._wait_until(self._is_ready, self._children)
        running.tell(model_file().name)
        print(f"동행봇이 준비됐어요: http://127.0.0.1:{self.port}", flush=True)
        while True:
            self._keep_up()
            if self._update_asked:
                self._update_asked = False
                behind = self._update(behind, running)
            time.sleep(_LOOK_EVERY)

    def _settle(self) -> None:
        """What all processes are told, and the ports of those inside."""
        environment = rasa_environment()
        environment["DATA_DIR"] = str(self.data_dir)
        environment["PORT"] = str(self.port)
        # Hexadecimal: a token that began with "-" would be read as an option of the command line.
        environment.setdefault("RASA_TOKEN", secrets.token_hex(24))
        environment.setdefault("TRACKER_URL", _tracker_url(environment, self.data_dir))
        self._environment = environment
        told = environment.get("RASA_PORT"), environment.get("ACTIONS_PORT")
        self._places = [(told[0] or _free_port(), told[1] or _free_port()), (_free_port(), _free_port())]

    def _urls(self, which: int) -> str:
        """The addresses of both places, for the web process: it asks whichever answers."""
        return ",".join(f"http://127.0.0.1:{place[which]}" for place in self._places)

    def _begin(self, place: int, model: Path) -> _Behind:
        """Start an action server and a Rasa in the first or the second place."""
        rasa, actions = self._places[place]
        # Rasa and the action server listen on loopback whatever is said of the web.
        environment = {**self._environment, "BIND_HOST": "", "RASA_PORT": rasa, "ACTIONS_PORT": actions,
                       "ACTIONS_URL": f"http://127.0.0.1:{actions}"}
        return _Behind(actions=self._child("actions", _with_metrics_port(environment, 1 + place)),
                       rasa=self._child("rasa", environment, model=model), environment=environment)

    def _child(self, name: str, environment: Mapping[str, str], *, model: Path | None = None) -> Child:
        command = processes.command(name, environment, model=model)
        child = Child(name, command, environment, self.data_dir / "logs")
        self._started.append(child)
        return child

    def _wait_until(self, is_so: Callable[[], bool], children: list[Child]) -> None:
        """Raises ServiceError when one of ``children`` dies before, or when it takes too long."""
        deadline = time.monotonic() + _READY_WITHIN
        while time.monotonic() < deadline:
            for child in children:
                if death := child.death:
                    raise ServiceError(death)
            self._keep_up(but=children)
            if is_so():
                return
            time.sleep(_LOOK_EVERY / 2)
        logs = self.data_dir / "logs"
        raise ServiceError(f"{_READY_WITHIN:.0f}초 안에 준비되지 않았어요. {logs}의 기록을 봐 주세요.")

    def _is_ready(self) -> bool:
        """Whether /readyz of the web process, which asks all the others, says so."""
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.port}/readyz", timeout=2) as answer:
                return bool(answer.status == 200)
        except (urllib.error.URLError, TimeoutError, ConnectionError):
            return False  # not up yet: this is what we are waiting for

    def _keep_up(self, but: list[Child] | None = None) -> None:
        for child in self._children:
            if child not in (but or []) and (noticed := child.keep_up()):
                print(noticed, flush=True)

    def _update(self, old: _Behind, running: Running) -> _Behind:
        """Put a new Rasa and a new action server, of the sources as they are now, in the place of ``old``.

        Where they do not come up, everything stays as it is; ``running`` is told why.
        """
        print("새 모델로 바꾸고 있어요 …", flush=True)
        model = model_file()
        free = 1 if old.environment["RASA_PORT"] == self._places[0][0] else 0
        new: _Behind | None = None
        try:
            new = self._begin(free, model)
            self._wait_until(new.answers, [new.actions, new.rasa])
        except (ServiceError, processes.ProcessError, OSError) as error:
            if new is not None:
                self._end([new.rasa, new.actions])
            print(f"새 모델로 바꾸지 못해 그대로 이어 가요. {error}", flush=True)
            running.tell(None, failed=str(error))
            return old
        self._children = [new.actions, new.rasa, self._children[-1]]
        # The old Rasa takes no new message and ends what it is at; it needs its action server for that.
        old.rasa.ask_to_end()
        deadline = time.monotonic() + _DRAIN_WITHIN
        while not old.rasa.has_ended() and time.monotonic() < deadline:
            self._keep_up()
            time.sleep(_LOOK_EVERY / 2)
        self._end([old.rasa, old.actions])
        running.tell(model.name)
        print(f"새 모델로 바꿨어요: {model.name}", flush=True)
        return new

    def _stop(self) -> None:
        for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGUSR1):
            signal.signal(number, signal.SIG_IGN)  # stopping is under way; a second Ctrl-C must not break it off
        self._end(list(self._started))

    def _end(self, children: list[Child]) -> None:
        """End processes together."""
        for child in children:
            child.ask_to_end()
        deadline = time.monotonic() + _STOP_WITHIN
        for child in children:
            child.end(deadline - time.monotonic())
            self._started.remove(child)

    def _ask_to_update(self, number: int, frame: FrameType | None) -> None:
        self._update_asked = True


def _ask_to_stop(number: int, frame: FrameType | None) -> None:
    raise _StopAsked


def _with_metrics_port(environment: Mapping[str, str], further: int) -> dict[str, str]:
    """The environment of a process beside web, whose /metrics is on METRICS_PORT itself (nobody's when not set)."""
    port = environment.get("METRICS_PORT", "").strip()
    return {**environment, "METRICS_PORT": str(int(port) + further) if port.isdigit() else ""}


def _free_port() -> str:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return str(probe.getsockname()[1])


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
