"""What the web process is told from outside: ports, addresses and limits, from the environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, fields


class SettingsError(ValueError):
    """An environment variable that cannot be read."""


@dataclass(frozen=True)
class Settings:
    """Field names in capitals are the environment variables; ``*_seconds`` and ``*_per_*`` are what they say.

    ``public_url`` is how the world reaches us (for snippets and links); empty means: as the request came.
    ``rasa_url`` and ``actions_url`` may name several, with commas; ``redis_url`` makes limits hold across processes.
    ``trusted_proxies`` counts the proxies of ours in front, whose X-Forwarded-For entries we believe.
    """

    bind_host: str = "127.0.0.1"
    port: int = 8080
    rasa_url: str = ""
    rasa_port: int = 5005
    rasa_token: str = ""
    actions_url: str = ""
    actions_port: int = 5055
    redis_url: str = ""
    public_url: str = ""
    trusted_proxies: int = 0
    answer_seconds: float = 8.0
    working_seconds: float = 45.0
    session_days: int = 7
    body_bytes: int = 64 * 1024
    body_seconds: float = 10.0
    message_length: int = 1000
    turns_per_session: int = 500
    session_messages_burst: int = 40
    session_messages_per_second: float = 1.0
    address_messages_burst: int = 200
    address_messages_per_second: float = 5.0
    address_sessions_burst: int = 60
    address_sessions_per_second: float = 0.2
    abnormal_sessions_per_minute: int = 300
    proof_effort: int = 60_000

    @classmethod
    def from_environment(cls, environment: Mapping[str, str] | None = None) -> Settings:
        """The settings in force. Raises SettingsError naming the variable that cannot be read."""
        given = os.environ if environment is None else environment
        values: dict[str, object] = {}
        for field in fields(cls):
            text = given.get(field.name.upper(), "").strip()
            if not text:
                continue
            kind = {str: str, int: int, float: float}[type(getattr(cls, field.name))]
            try:
                values[field.name] = kind(text)
            except ValueError as error:
                raise SettingsError(f"{field.name.upper()}={text!r}: 숫자로 적어 주세요.") from error
        return cls(**values)  # type: ignore[arg-type]

    @property
    def rasas(self) -> tuple[str, ...]:
        """The addresses of the Rasa processes, without a slash at the end; at least one."""
        return _addresses(self.rasa_url or f"http://127.0.0.1:{self.rasa_port}")

    @property
    def actions(self) -> tuple[str, ...]:
        """The addresses of the action servers, without a slash at the end; at least one."""
        told = _addresses(self.actions_url or f"http://127.0.0.1:{self.actions_port}")
        return tuple(one.removesuffix("/webhook") for one in told)


def _addresses(told: str) -> tuple[str, ...]:
    return tuple(one.strip().rstrip("/") for one in told.split(",") if one.strip())
