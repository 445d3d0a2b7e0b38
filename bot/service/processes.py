"""Each process of 동행봇: its command line from the environment, and whether it answers.

``supervisor`` runs all three on one machine; a container runs one (``donghaeng serve rasa``) and finds its neighbours
by the environment.
"""

from __future__ import annotations

import sys
import urllib.error
import urllib.request
from collections.abc import Mapping
from pathlib import Path

from bot.service.model import model_file

_LOOPBACK = "127.0.0.1"
_PATIENCE = 5.0  # seconds for an answer


class ProcessError(ValueError):
    """The process cannot be started with this environment; the message says what is missing."""


def defaults(name: str, environment: Mapping[str, str]) -> dict[str, str]:
    """What process ``name`` needs and ``environment`` does not say."""
    added = {} if name != "actions" else {"SANIC_HOST": _host(environment)}
    return {key: value for key, value in added.items() if not environment.get(key)}


def command(name: str, environment: Mapping[str, str], *, model: Path | None = None) -> list[str]:
    """The arguments that start process ``name``, Rasa with ``model`` (the present sources'). Raises ProcessError."""
    port = str(_port(name, environment))
    if name == "web":
        return [sys.executable, "-m", "bot.web", "--host", _host(environment), "--port", port]
    if name == "actions":
        return [sys.executable, "-m", "actions", "--port", port]
    # Not an argument: arguments stand in process lists. bot.service.rasa takes it from the environment.
    if not environment.get("RASA_TOKEN"):
        raise ProcessError("RASA_TOKEN이 없어요. web과 같은 값을 정해 주세요. 예: openssl rand -hex 24")
    model = model or model_file()
    if not model.exists():
        raise ProcessError(f"학습한 모델이 없어요: {model.name}. 먼저 donghaeng train을 실행해 주세요.")
    return [sys.executable, "-m", "bot.service.rasa", "run", "--enable-api", "--interface", _host(environment),
            "--port", port, "--model", str(model), "--endpoints", "endpoints.yml",
            "--credentials", "credentials.yml"]


def answers(name: str, environment: Mapping[str, str]) -> bool:
    """Whether process ``name`` of this machine answers; Rasa does not before it has read its first message."""
    path = {"web": "/healthz", "rasa": "/", "actions": "/health"}[name]
    try:
        url = f"http://{_LOOPBACK}:{_port(name, environment)}{path}"
        with urllib.request.urlopen(url, timeout=_PATIENCE) as answer:
            return bool(answer.status == 200)
    except (urllib.error.URLError, TimeoutError, ConnectionError):
        return False


def _host(environment: Mapping[str, str]) -> str:
    return environment.get("BIND_HOST") or _LOOPBACK


def _port(name: str, environment: Mapping[str, str]) -> int:
    variable, usual = {"web": ("PORT", 8080), "rasa": ("RASA_PORT", 5005), "actions": ("ACTIONS_PORT", 5055)}[name]
    given = environment.get(variable) or str(usual)
    if not given.isdecimal():
        raise ProcessError(f"{variable}={given!r}: 포트 번호로 적어 주세요.")
    return int(given)
