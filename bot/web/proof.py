"""Proof of work before a booking when load is abnormal: the browser finds the number behind a hash, as in ALTCHA.

Stateless but for the proofs used up: a challenge is signed, belongs to one conversation and lives ten minutes.
"""

from __future__ import annotations

import base64
import hashlib
import json
import secrets
import time
from collections import OrderedDict
from hmac import compare_digest
from typing import Any

from bot.desk import sealing

LIVES_SECONDS = 600
_MOST_KEPT = 10_000


class Proofs:
    """Makes challenges and checks solutions; ``effort`` is the largest number a browser may have to try."""

    def __init__(self, effort: int) -> None:
        self._effort = effort
        self._used: OrderedDict[str, None] = OrderedDict()

    def challenge(self, session_id: str) -> dict[str, Any]:
        """``{algorithm, challenge, maxnumber, salt, signature}`` as ALTCHA names them."""
        salt = f"{secrets.token_hex(12)}?expires={int(time.time()) + LIVES_SECONDS}&for={session_id}"
        target = _hash(salt, secrets.randbelow(self._effort + 1))
        return {"algorithm": "SHA-256", "challenge": target, "maxnumber": self._effort, "salt": salt,
                "signature": _sign(target)}

    def accepts(self, solution: object, session_id: str) -> bool:
        """Whether ``solution`` (the challenge with ``number``, base64 of JSON) is right, fresh and not used yet."""
        try:
            told = json.loads(base64.b64decode(str(solution), validate=True))
            salt, number, target, signature = (
                str(told["salt"]), int(told["number"]), str(told["challenge"]), str(told["signature"]))
            expires = int(salt.split("?expires=")[1].split("&")[0])
        except (ValueError, KeyError, TypeError, IndexError):
            return False
        right = (compare_digest(_sign(target).encode(), signature.encode()) and _hash(salt, number) == target
                 and salt.endswith(f"&for={session_id}") and expires > time.time() and target not in self._used)
        if right:
            self._used[target] = None
            if len(self._used) > _MOST_KEPT:
                self._used.popitem(last=False)
        return right


def _hash(salt: str, number: int) -> str:
    return hashlib.sha256(f"{salt}{number}".encode()).hexdigest()


def _sign(target: str) -> str:
    return sealing.digest("proof", target)
