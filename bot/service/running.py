"""The service that runs on a data folder: one at a time, and what ``donghaeng update`` has to know of it."""

from __future__ import annotations

import fcntl
import json
import os
import signal
import time
from pathlib import Path
from types import TracebackType
from typing import Any

_ASK_EVERY = 0.5


class NotRunning(RuntimeError):
    """There is no service to update, or it ended meanwhile; the message says what to do."""


class AlreadyRunning(RuntimeError):
    """Another service uses the data folder; the message says what to do."""


class Running:
    """Held while a service runs on ``data_dir``; others read in ``service.json`` which process and model it is."""

    def __init__(self, data_dir: Path) -> None:
        self._told = data_dir / "service.json"
        self._lock = (data_dir / "service.lock").open("a")
        self._state: dict[str, Any] = {"pid": os.getpid(), "model": None, "updates": 0, "failed": None}

    def __enter__(self) -> Running:
        """Raises AlreadyRunning."""
        try:
            # The system frees it however we end, which a file with a process id does not.
            fcntl.flock(self._lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise AlreadyRunning("이 DATA_DIR로 동행봇이 이미 돌고 있어요. 멈추고 다시 시작하거나, "
                                 "새 모델로 바꾸려면 donghaeng update를 실행해 주세요.") from error
        self._write()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        self._lock.close()

    def tell(self, model: str | None, *, failed: str | None = None) -> None:
        """The service started or an update ended: with ``model`` in force, or with why it failed."""
        self._state.update(model=model or self._state["model"], failed=failed, updates=self._state["updates"] + 1)
        self._write()

    def _write(self) -> None:
        draft = self._told.with_suffix(".new")
        draft.write_text(json.dumps(self._state, ensure_ascii=False), encoding="utf-8")
        os.replace(draft, self._told)


def ask_to_update(data_dir: Path, within: float) -> str:
    """Let the service of ``data_dir`` take a new Rasa and action server; the name of the model then in force.

    Raises NotRunning, and RuntimeError with what the service says where it goes on as it was.
    """
    before = _state(data_dir)
    os.kill(before["pid"], signal.SIGUSR1)
    deadline = time.monotonic() + within
    while time.monotonic() < deadline:
        state = _state(data_dir)
        if state["updates"] > before["updates"]:
            if state["failed"]:
                raise RuntimeError(f"새 모델로 바꾸지 못해, 쓰던 모델로 이어 가고 있어요.\n{state['failed']}")
            return str(state["model"])
        time.sleep(_ASK_EVERY)
    raise RuntimeError(f"{within:.0f}초가 지나도 끝나지 않았어요. {data_dir / 'logs'}의 기록을 봐 주세요.")


def _state(data_dir: Path) -> dict[str, Any]:
    """What the service has told of itself. Raises NotRunning unless it holds its lock now."""
    nobody = NotRunning(f"{data_dir}에서 돌고 있는 동행봇이 없어요. ./run으로 시작하면 새 모델을 써요.")
    try:
        with (data_dir / "service.lock").open("r+") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        raise nobody
    except FileNotFoundError:
        raise nobody from None
    except BlockingIOError:  # somebody holds it: the service lives
        state: dict[str, Any] = json.loads((data_dir / "service.json").read_text(encoding="utf-8"))
    if state["model"] is None:
        raise NotRunning("동행봇이 아직 시작하고 있어요. 준비된 뒤에 다시 실행해 주세요.")
    return state
