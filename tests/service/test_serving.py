"""Starting and stopping the whole service: clear words, loopback only, and nobody left behind."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.faults.transcripts import check_transcript
from tests.running import ROOT, free_port, running_service
from tests.servers import wait_for
from tests.stack import Person


def processes_of(data_dir: Path) -> dict[int, str]:
    """Process id → command of everything that runs on this data folder."""
    found = {}
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            environment = (folder / "environ").read_bytes()
            command = (folder / "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
        if f"DATA_DIR={data_dir}".encode() in environment.split(b"\0") and command.strip():
            found[int(folder.name)] = command
    return found


def wait_until_gone(data_dir: Path, seconds: float = 15) -> dict[int, str]:
    deadline = time.monotonic() + seconds
    while (left := processes_of(data_dir)) and time.monotonic() < deadline:
        time.sleep(0.2)
    return left


def listening_addresses(pid: int) -> set[tuple[str, int]]:
    """The addresses a process listens on (IPv4 and IPv6), as (hex address, port)."""
    sockets = set()
    for descriptor in Path(f"/proc/{pid}/fd").iterdir():
        target = os.readlink(descriptor) if descriptor.is_symlink() else ""
        if target.startswith("socket:["):
            sockets.add(target[8:-1])
    found = set()
    for table in ("tcp", "tcp6"):
        for line in Path(f"/proc/{pid}/net/{table}").read_text().splitlines()[1:]:
            fields = line.split()
            if fields[3] == "0A" and fields[9] in sockets:
                address, port = fields[1].rsplit(":", 1)
                found.add((address, int(port, 16)))
    return found


def test_a_taken_port_is_told_and_nothing_is_started(tmp_path: Path) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = subprocess.run([sys.executable, "-m", "bot.cli", "serve", "--port", str(port)], cwd=ROOT, text=True,
                              capture_output=True, timeout=60, env={**os.environ, "DATA_DIR": str(tmp_path)}, check=False)
    assert done.returncode == 1
    assert f"{port}번 포트" in done.stderr
    assert processes_of(tmp_path) == {}


def test_only_the_web_process_can_be_reached_and_term_stops_all(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        assert requests.get(f"{service.url}/readyz", timeout=10).status_code == 200
        inner = {pid: command for pid, command in processes_of(tmp_path).items()
                 if "bot.service.rasa" in command or "-m actions" in command}
        assert len(inner) == 2
        for pid in inner:
            assert listening_addresses(pid)
            assert all(address == "0100007F" for address, _ in listening_addresses(pid)), inner[pid]
        assert (tmp_path / "desk-token").stat().st_mode & 0o777 == 0o600
    assert service.process.returncode == 0
    assert wait_until_gone(tmp_path) == {}


def pid_of(victim: str, data_dir: Path, *, but: int = 0) -> int:
    """The process of that command, once there is one that is not ``but``."""
    found: list[int] = []

    def seen() -> bool:
        found[:] = [pid for pid, command in processes_of(data_dir).items() if victim in command and pid != but]
        return bool(found)

    wait_for(seen, 30, f"no {victim} is started")
    return found[0]


@pytest.mark.parametrize("victim", ["-m actions", "bot.service.rasa", "-m bot.web"])
def test_a_dead_process_is_started_again_and_the_conversation_goes_on(victim: str, tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        person = Person([service.url]).open()
        person.say("수원에 있는 25명 제조업인데 육아휴직 간대요")
        dead = pid_of(victim, tmp_path)
        os.kill(dead, signal.SIGKILL)
        answer = person.say("새로 뽑을 거예요")
        assert answer["turn"]["facts"]["events"][0]["cover"] == "hire"
        assert pid_of(victim, tmp_path, but=dead)
        check_transcript(person)
        assert service.process.poll() is None


def test_a_process_that_keeps_dying_is_named_and_the_others_are_stopped(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        victim = 0
        for _ in range(5):
            victim = pid_of("-m actions", tmp_path, but=victim)
            os.kill(victim, signal.SIGKILL)
        told, _ = service.process.communicate(timeout=30)
        assert service.process.returncode == 1
        assert "actions 프로세스가 멈춰서" in told
        assert "actions 프로세스가 5번이나 멈춰서 다시 시작하지 않아요" in told
        assert wait_until_gone(tmp_path) == {}


def test_a_second_service_on_the_same_data_is_refused(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        done = subprocess.run([sys.executable, "-m", "bot.cli", "serve", "--port", str(free_port())], cwd=ROOT, text=True,
                              capture_output=True, timeout=60, env={**os.environ, "DATA_DIR": str(tmp_path)}, check=False)
        assert done.returncode == 1
        assert "이미 돌고 있어요" in done.stderr
        assert requests.get(f"{service.url}/readyz", timeout=10).status_code == 200


def test_a_killed_supervisor_leaves_no_orphans(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        service.process.kill()
        service.process.wait(timeout=10)
        assert wait_until_gone(tmp_path) == {}


def test_conversations_go_on_after_a_restart(tmp_path: Path) -> None:
    with running_service(tmp_path) as service:
        talk = service.talk()
        talk.say("수원에 있는 25명 제조업인데 육아휴직 간대요")
        session, headers = talk.id, dict(talk._headers)
    with running_service(tmp_path) as again:
        found = requests.get(f"{again.url}/api/chat/sessions/{session}", headers=headers, timeout=10).json()
        assert found["turn"]["facts"]["company"]["headcount"] == 25
        answer = requests.post(f"{again.url}/api/chat/sessions/{session}/messages", headers=headers, timeout=30,
                               json={"text": "새로 뽑을 거예요", "client_message_id": "after-restart"}).json()
        assert answer["turn"]["facts"]["events"][0]["cover"] == "hire"
        assert answer["turn"]["facts"]["company"]["headcount"] == 25
