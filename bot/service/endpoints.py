"""Rasa's neighbours from the environment: the lock store where REDIS_URL is set, the broker where BROKER_URL is.

Rasa reads one file in which nothing is conditional, so the file it gets is written anew at each start. Passwords stay
in the environment: the file only names the variables.
"""

from __future__ import annotations

import os
import tempfile
from collections.abc import Mapping, MutableMapping
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

import yaml

# The queue of Rasa's events, read by ``donghaeng conversation-log``.
EVENTS_QUEUE = "donghaeng_conversations"
_LOCKS = {"redis": 6379, "rediss": 6379}
_BROKERS = {"amqp": 5672, "amqps": 5671}


class BackendError(ValueError):
    """An address of a neighbour that cannot be used; the message says which and what is wanted."""


def completed(file: Path, environment: MutableMapping[str, str]) -> Path:
    """``file`` with the sections that ``environment`` asks for, written where only we can read it.

    Sets the variables the written file names. Raises BackendError.
    """
    sections = {**_lock_store(environment), **_event_broker(environment)}
    if not sections:
        return file
    descriptor, written = tempfile.mkstemp(prefix="endpoints-", suffix=".yml")
    with os.fdopen(descriptor, "w", encoding="utf-8") as out:
        out.write(file.read_text(encoding="utf-8") + "\n" + yaml.safe_dump(sections))
    return Path(written)


def _lock_store(environment: MutableMapping[str, str]) -> dict[str, Any]:
    if not (url := environment.get("REDIS_URL")):
        return {}
    parts = _parts("REDIS_URL", url, _LOCKS)
    section: dict[str, Any] = {"type": "redis", "url": parts["host"], "port": parts["port"],
                               "db": int(urlsplit(url).path.strip("/") or 0), "use_ssl": parts["scheme"] == "rediss"}
    if parts["user"]:
        section["username"] = parts["user"]
    if parts["password"]:
        environment["REDIS_PASSWORD"] = unquote(parts["password"])
        section["password"] = "${REDIS_PASSWORD}"
    return {"lock_store": section}


def _event_broker(environment: MutableMapping[str, str]) -> dict[str, Any]:
    if not (url := environment.get("BROKER_URL")):
        return {}
    parts = _parts("BROKER_URL", url, _BROKERS)
    if not parts["user"]:
        raise BackendError("BROKER_URL에 계정이 없어요. amqp://계정:암호@주소:5672/ 처럼 적어 주세요.")
    environment["BROKER_PASSWORD"] = parts["password"]
    # Rasa takes the whole address as the host, and wants account and password once more as they stand in it.
    return {"event_broker": {"type": "pika", "url": "${BROKER_URL}", "username": parts["user"],
                             "password": "${BROKER_PASSWORD}", "port": parts["port"],
                             "queues": [EVENTS_QUEUE]}}


def _parts(name: str, url: str, ports: Mapping[str, int]) -> dict[str, Any]:
    try:
        parts = urlsplit(url)
        port = parts.port
        if name == "REDIS_URL" and not (parts.path.strip("/") or "0").isdecimal():
            raise ValueError(f"데이터베이스 번호가 수가 아니에요({parts.path})")
    except ValueError as error:
        raise BackendError(f"{name}을 읽을 수 없어요: {error}") from error
    if parts.scheme not in ports or not parts.hostname:
        raise BackendError(f"{name}은 {'나 '.join(ports)}로 시작하는 주소여야 해요.")
    return {"scheme": parts.scheme, "host": parts.hostname, "port": port or ports[parts.scheme],
            "user": parts.username or "", "password": parts.password or ""}
