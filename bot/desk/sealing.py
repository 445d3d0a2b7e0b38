"""What makes contact data unreadable at rest: keys, encryption, look-up digests and unguessable link tokens.

The key comes from ``DESK_KEY`` (one or several Fernet keys with commas between, newest first) or is made once into
``$DATA_DIR/desk-key``. What is sealed and how long it is kept is not decided here (``lead_models``, ``privacy``).
"""

from __future__ import annotations

import base64
import hashlib
import hmac
import logging
import os
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken, MultiFernet
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF

from bot.desk.errors import DeskError

log = logging.getLogger(__name__)


class SealError(DeskError):
    """The desk's key is unusable, or something was sealed with a key that is not there any more."""

    default = "개인정보 암호화 키를 쓸 수 없습니다. DESK_KEY 환경 변수를 확인해 주세요."


@dataclass(frozen=True)
class _Keys:
    fernet: MultiFernet
    lookup: bytes
    links: bytes


def data_dir() -> Path:
    """The directory of everything the desk writes beside its database; made if it is not there (mode 0700)."""
    path = Path(os.environ.get("DATA_DIR") or "./var")
    path.mkdir(mode=0o700, parents=True, exist_ok=True)
    return path


def seal(text: str) -> str:
    """``text`` encrypted with the newest key."""
    return _keys().fernet.encrypt(text.encode()).decode()


def unseal(sealed: str) -> str:
    """What ``seal`` was given. Raises SealError when no key fits."""
    try:
        return _keys().fernet.decrypt(sealed.encode()).decode()
    except InvalidToken as error:
        raise SealError("저장된 정보를 풀 키가 없습니다. 예전 키를 DESK_KEY 뒤에 쉼표로 이어 주세요.") from error


def reseal(sealed: str) -> str:
    """The same text sealed again with the newest key (after a key was put in front of ``DESK_KEY``)."""
    return _keys().fernet.rotate(sealed.encode()).decode()


def digest(kind: str, value: str) -> str:
    """A keyed digest by which equal values of one ``kind`` ("phone", "company") are found without being stored."""
    return hmac.new(_keys().lookup, f"{kind}\0{value}".encode(), hashlib.sha256).hexdigest()


def link_token(subject: str) -> str:
    """The unguessable token of ``subject`` for links sent to people: 192 bits, made anew from the key each time."""
    raw = hmac.new(_keys().links, subject.encode(), hashlib.sha256).digest()[:24]
    return base64.urlsafe_b64encode(raw).decode()


def token_digest(token: str) -> str:
    """What is stored of a random token: tokens have too many bits for a salt or a slow hash to matter."""
    return hashlib.sha256(token.encode()).hexdigest()


def _keys() -> _Keys:
    configured = os.environ.get("DESK_KEY")
    return _derive(configured) if configured else _derive(_key_file(data_dir() / "desk-key"))


@lru_cache(maxsize=8)
def _derive(configured: str) -> _Keys:
    keys = [key.strip() for key in configured.split(",") if key.strip()]
    try:
        fernet = MultiFernet([Fernet(key) for key in keys])
        # Digests must survive a rotation, so they hang on the oldest key, which stays last in the list.
        oldest = base64.urlsafe_b64decode(keys[-1])
    except (ValueError, IndexError) as error:
        raise SealError() from error
    return _Keys(fernet, _expand(oldest, b"look-up"), _expand(oldest, b"links"))


def _expand(key: bytes, purpose: bytes) -> bytes:
    return HKDF(algorithm=SHA256(), length=32, salt=None, info=b"donghaeng desk " + purpose).derive(key)


def _key_file(path: Path) -> str:
    try:
        return path.read_text()
    except FileNotFoundError:
        pass
    fresh = Fernet.generate_key()
    draft = path.with_name(f"{path.name}.{os.getpid()}")
    descriptor = os.open(draft, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    with os.fdopen(descriptor, "wb") as file:
        file.write(fresh)
        file.flush()
        os.fsync(file.fileno())
    try:
        # A link never replaces: of several processes starting at once exactly one key wins.
        os.link(draft, path)
        log.warning("DESK_KEY is not set: made a key in %s. Back it up: without it contact data is lost.", path)
    except FileExistsError:
        pass
    finally:
        draft.unlink()
    return path.read_text()
