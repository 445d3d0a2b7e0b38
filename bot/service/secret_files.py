"""Secrets that come as files: what container platforms mount, as the environment variables the code reads."""

from __future__ import annotations

import os
from collections.abc import MutableMapping
from pathlib import Path

# Everything that holds a password, a key or a token.
SECRETS = ("DATABASE_URL", "TRACKER_URL", "REDIS_URL", "BROKER_URL", "SMTP_URL", "DESK_KEY", "RASA_TOKEN")


def read(environment: MutableMapping[str, str] = os.environ) -> None:
    """Set ``NAME`` to the content of the file that ``NAME_FILE`` names, for each secret.

    Raises ValueError when both are given (nobody could tell which one is in force), OSError when it cannot be read.
    """
    for name in SECRETS:
        file = environment.get(f"{name}_FILE")
        if not file:
            continue
        if environment.get(name):
            raise ValueError(f"{name}과 {name}_FILE이 둘 다 있어요. 하나만 정해 주세요.")
        environment[name] = Path(file).read_text(encoding="utf-8").strip()
