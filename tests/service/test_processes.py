"""Each process by itself, as a container runs it: it starts, answers, and gives nothing to whoever has no token."""

from __future__ import annotations

import contextlib
import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
import requests

from bot.service import processes, secret_files
from tests.running import MONDAY_MORNING, ROOT, free_port

TOKEN = "a-token-of-the-tests"


@contextlib.contextmanager
def alone(name: str, data_dir: Path, **environment: str) -> Iterator[str]:
    """Run one process and give its address once it is healthy."""
    port = str(free_port())
    variable = {"web": "PORT", "rasa": "RASA_PORT", "actions": "ACTIONS_PORT"}[name]
    env = {**os.environ, "DATA_DIR": str(data_dir), "BOT_NOW": MONDAY_MORNING, variable: port, **environment}
    process = subprocess.Popen([sys.executable, "-m", "bot.cli", "serve", name], cwd=ROOT, env=env,
                               stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    try:
        deadline = time.monotonic() + 180
        while subprocess.run([sys.executable, "-m", "bot.cli", "healthy", name], cwd=ROOT, env=env, check=False).returncode:
            assert process.poll() is None, process.communicate()[0]
            assert time.monotonic() < deadline, f"{name} did not become healthy"
            time.sleep(0.5)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.send_signal(signal.SIGTERM)
        try:
            process.communicate(timeout=30)
        except subprocess.TimeoutExpired:
            process.kill()
            process.communicate()


@pytest.fixture(scope="module")
def rasa(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """A Rasa by itself."""
    folder = tmp_path_factory.mktemp("rasa")
    with alone("rasa", folder, RASA_TOKEN=TOKEN, ACTIONS_URL="http://127.0.0.1:1",
               TRACKER_URL=f"sqlite:///{folder / 'conversations.db'}") as address:
        yield address


@pytest.mark.parametrize(("method", "path"), [
    ("GET", "/status"), ("GET", "/domain"), ("GET", "/conversations/c-1/tracker"), ("GET", "/conversations/c-1/story"),
    ("POST", "/model/parse"), ("POST", "/model/train"), ("POST", "/conversations/c-1/messages"),
    ("POST", "/conversations/c-1/tracker/events"), ("PUT", "/model"), ("DELETE", "/model"),
    ("POST", "/webhooks/rest/webhook"), ("GET", "/webhooks/rest/"),
])
@pytest.mark.parametrize("token", [None, "", "wrong", "틀림"])
def test_security_rasa_answers_nobody_without_its_token(rasa: str, method: str, path: str, token: str | None) -> None:
    query = {} if token is None else {"token": token}
    answer = requests.request(method, rasa + path, params=query, json={"sender": "c-1", "message": "안녕", "text": "안녕"},
                              timeout=20)
    assert answer.status_code == 401, answer.text


def test_rasa_reads_a_message_for_who_has_the_token(rasa: str) -> None:
    answer = requests.post(f"{rasa}/model/parse", params={"token": TOKEN}, json={"text": "안녕하세요"}, timeout=60)
    assert answer.json()["intent"]["name"] == "greet"
    assert requests.get(f"{rasa}/webhooks/rest/", params={"token": TOKEN}, timeout=20).status_code == 200


def test_security_rasa_tells_nothing_on_the_one_open_page(rasa: str) -> None:
    """``/`` is for probes: it names the version and nothing of people or models."""
    assert requests.get(rasa, timeout=20).text.startswith("Hello from Rasa")


def test_the_action_server_by_itself_is_healthy_on_loopback(tmp_path: Path) -> None:
    with alone("actions", tmp_path) as address:
        assert requests.get(f"{address}/health", timeout=20).status_code == 200


def test_web_by_itself_lives_and_says_what_is_missing(tmp_path: Path) -> None:
    with alone("web", tmp_path, RASA_URL="http://127.0.0.1:1", ACTIONS_URL="http://127.0.0.1:1", RASA_TOKEN=TOKEN) as address:
        answer = requests.get(f"{address}/readyz", timeout=20)
        assert answer.status_code == 503
        assert (answer.json()["database"], answer.json()["rasa"]) == (True, False)


def test_a_process_that_is_not_there_is_not_healthy() -> None:
    assert not processes.answers("web", {"PORT": str(free_port())})


def test_rasa_does_not_start_without_a_token_or_on_a_port_that_is_none() -> None:
    with pytest.raises(processes.ProcessError, match="RASA_TOKEN"):
        processes.command("rasa", {})
    with pytest.raises(processes.ProcessError, match="RASA_PORT"):
        processes.command("rasa", {"RASA_PORT": "５０"+ "x"})


def test_secrets_are_read_from_files(tmp_path: Path) -> None:
    (tmp_path / "key").write_text("a-key\n")
    environment = {"DESK_KEY_FILE": str(tmp_path / "key")}
    secret_files.read(environment)
    assert environment["DESK_KEY"] == "a-key"
    with pytest.raises(ValueError, match="둘 다"):
        secret_files.read({"DESK_KEY_FILE": str(tmp_path / "key"), "DESK_KEY": "another"})
    with pytest.raises(FileNotFoundError):
        secret_files.read({"RASA_TOKEN_FILE": str(tmp_path / "nothing")})
