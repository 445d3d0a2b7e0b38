"""Back-up and restore of everything that is not in the repository: the desk's database and Rasa's trackers.

A back-up is a folder with a copy of each database and a ``manifest.json``. The key that seals contact data is never
in it: whoever finds a back-up cannot read names and numbers, and whoever loses the key cannot either.
"""

from __future__ import annotations

import hashlib
import json
import os
import shutil
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.desk import database, sealing, stores
from bot.desk.clock_on_wall import wall_now
from bot.service import dumps

_MANIFEST = "manifest.json"
_VERSION = 1
_PREFIX = "donghaeng-"
_PROOF = "donghaeng back-up"


class BackupError(ValueError):
    """A back-up that cannot be made or must not be put back; the message says why and what to do."""


@dataclass(frozen=True)
class Copy:
    """One database in a back-up: ``rows`` by table, ``sha256`` of the file."""

    name: str
    kind: str
    file: str
    size: int
    sha256: str
    rows: dict[str, int]


@dataclass(frozen=True)
class Manifest:
    """What a back-up holds. ``sealed`` and ``lookup`` prove, without telling it, with which key it was sealed."""

    version: int
    made_at: str
    sealed: str
    lookup: str
    copies: list[Copy]


def back_up(folder: Path, *, keep: int | None = None, prefix: str = _PREFIX) -> Path:
    """Copy both databases, in use, into a new folder below ``folder`` and give its path.

    The desk is copied before the trackers: a turn that only the trackers know is found again by its id, the other
    way round the bot would have forgotten what the person reads. ``keep`` deletes all but the newest so many.
    Raises BackupError or DumpError; then nothing that looks like a back-up is left.
    """
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    made_at = wall_now()
    target = folder / f"{prefix}{made_at:%Y%m%dT%H%M%S-%f}"
    if target.exists():
        raise BackupError(f"{target}이(가) 이미 있어요. 조금 뒤에 다시 하거나 다른 곳에 백업해 주세요.")
    draft = folder / f".{target.name}.{os.getpid()}"
    draft.mkdir(mode=0o700)
    try:
        copies = [_copy(database_name, url, draft) for database_name, url in _databases() if dumps.exists(url)]
        if not copies:
            raise BackupError("백업할 데이터베이스가 없어요. DATABASE_URL이나 DATA_DIR를 확인해 주세요.")
        manifest = Manifest(_VERSION, made_at.isoformat(timespec="seconds"), sealing.seal(_PROOF),
                            sealing.digest("back-up", _PROOF), copies)
        _write(draft / _MANIFEST, manifest)
        os.replace(draft, target)
    finally:
        shutil.rmtree(draft, ignore_errors=True)
    _forget_old(folder, keep, target)
    return target


def check(backup: Path) -> Manifest:
    """The manifest of a back-up that is whole and whose key we have. Raises BackupError."""
    manifest = _read(backup)
    for copy in manifest.copies:
        file = backup / copy.file
        if not file.is_file() or _sha256(file) != copy.sha256:
            raise BackupError(f"{file}이(가) 없거나 내용이 바뀌었어요. 다른 백업을 써 주세요.")
    try:
        fits = sealing.unseal(manifest.sealed) == _PROOF
    except sealing.SealError:
        fits = False
    if not fits or sealing.digest("back-up", _PROOF) != manifest.lookup:
        raise BackupError("이 백업은 다른 키로 잠겨 있어 이름과 연락처를 읽을 수 없어요. "
                          "백업할 때 쓰던 DESK_KEY(또는 desk-key 파일)를 먼저 되돌려 주세요.")
    return manifest


def restore(backup: Path, *, replace: bool = False) -> Manifest:
    """Put both databases back as they were and compare every table's rows with the manifest.

    The service must be stopped. ``replace`` allows that there is data already: it is backed up beside ``backup``
    first. Raises BackupError, before anything is touched if it can be known then, or DumpError.
    """
    manifest = check(backup)
    targets = dict(_databases())
    for copy in manifest.copies:
        if copy.name not in targets:
            raise BackupError("대화를 따로 담은 백업인데 지금은 한 데이터베이스예요. TRACKER_URL을 따로 정해 주세요.")
        if dumps.kind_of(targets[copy.name]) != copy.kind:
            raise BackupError(f"{copy.name}은(는) {copy.kind} 백업이라 {dumps.kind_of(targets[copy.name])}에 "
                              "되돌릴 수 없어요. DATABASE_URL과 TRACKER_URL을 확인해 주세요.")
    if any(dumps.exists(targets[copy.name]) for copy in manifest.copies):
        if not replace:
            raise BackupError("이미 데이터가 있어요. 서비스를 멈추고, 덮어써도 되면 --replace를 붙여 주세요.")
        back_up(backup.parent, prefix="before-restore-")
    for copy in manifest.copies:
        database.engine().dispose()
        if (found := dumps.restore(targets[copy.name], backup / copy.file)) != copy.rows:
            raise BackupError(f"{copy.name}: 되돌린 줄 수가 백업과 달라요. 백업 {copy.rows}, 지금 {found}")
    return manifest


def _databases() -> list[tuple[str, str]]:
    """Name and URL of each database, once where the trackers lie in the desk's."""
    desk, trackers = database.database_url(), stores.tracker_url()
    return [("desk", desk)] if dumps.same_database(desk, trackers) else [("desk", desk), ("trackers", trackers)]


def _copy(name: str, url: str, folder: Path) -> Copy:
    kind = dumps.kind_of(url)
    file = folder / f"{name}.{'db' if kind == 'sqlite' else 'dump'}"
    rows = dumps.dump(url, file)
    return Copy(name, kind, file.name, file.stat().st_size, _sha256(file), rows)


def _write(file: Path, manifest: Manifest) -> None:
    with os.fdopen(os.open(file, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w", encoding="utf-8") as out:
        json.dump(asdict(manifest), out, ensure_ascii=False, indent=2)
        out.flush()
        os.fsync(out.fileno())


def _read(backup: Path) -> Manifest:
    try:
        document: dict[str, Any] = json.loads((backup / _MANIFEST).read_text(encoding="utf-8"))
        if document["version"] != _VERSION:
            raise BackupError(f"이 프로그램이 모르는 백업이에요(version {document['version']}). "
                              "백업한 때의 프로그램으로 되돌려 주세요.")
        copies = [Copy(**copy) for copy in document.pop("copies")]
        if any(Path(copy.file).name != copy.file for copy in copies):
            raise BackupError(f"{backup}: 백업 폴더 밖의 파일을 가리켜요. 믿을 수 없는 백업이에요.")
        datetime.fromisoformat(document["made_at"])
        return Manifest(copies=copies, **document)
    except (OSError, KeyError, TypeError, AttributeError, json.JSONDecodeError) as error:
        raise BackupError(
            f"{backup}: 백업을 읽을 수 없어요({_MANIFEST}: {error}). 백업 폴더를 적어 주세요.") from error


def _sha256(file: Path) -> str:
    digest = hashlib.sha256()
    with file.open("rb") as opened:
        while block := opened.read(1 << 20):
            digest.update(block)
    return digest.hexdigest()


def _forget_old(folder: Path, keep: int | None, newest: Path) -> None:
    """Old back-ups go, because people's data must not outlive its time in them."""
    if keep is None:
        return
    made = sorted((path for path in folder.glob(f"{_PREFIX}*") if (path / _MANIFEST).is_file()), reverse=True)
    for path in made[max(keep, 1):]:
        if path != newest:
            shutil.rmtree(path)
