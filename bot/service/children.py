"""One process that ``supervisor`` runs: started with a log, started again when it dies, ended when told to.

How many processes there are, and what each is for, is in ``supervisor``.
"""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from collections import deque
from collections.abc import Callable, Mapping
from pathlib import Path

from bot.service.model import ROOT

# A process that died so often within so many seconds will not live by being started once more.
_DEATHS = 5
_DEATHS_WITHIN = 600.0
_PAUSES = (0.5, 1.0, 2.0, 4.0)  # seconds before the first, second … start after a death
_PR_SET_PDEATHSIG = 1


class KeepsDying(RuntimeError):
    """The process dies again and again; the message says which, and what its log told last."""


class Child:
    """A process of this machine. It ends with us, however we end."""

    def __init__(
        self, name: str, command: list[str], environment: Mapping[str, str], logs: Path,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self.name = name
        self._command, self._environment = command, dict(environment)
        self._log = logs / f"{name}.log"
        self._clock = clock
        self._deaths: deque[float] = deque(maxlen=_DEATHS)
        self._due: float | None = None
        self.start()

    def start(self) -> None:
        """Start it; what it prints goes to the end of its log."""
        self._log.parent.mkdir(exist_ok=True)
        with self._log.open("ab") as log:
            self._process = subprocess.Popen(
                self._command, cwd=ROOT, env=self._environment, stdin=subprocess.DEVNULL,
                stdout=log, stderr=subprocess.STDOUT, start_new_session=True, preexec_fn=_end_with_parent,
            )
        self._due = None

    @property
    def death(self) -> str | None:
        """How it died, with the last lines of its log; None while it lives."""
        if (code := self._process.poll()) is None:
            return None
        last = "\n".join(self._log.read_text(encoding="utf-8", errors="replace").splitlines()[-12:])
        return f"{self.name} 프로세스가 멈췄어요(종료 코드 {code}). 기록: {self._log}\n{last}"

    def keep_up(self) -> str | None:
        """Start it again when it has died and paused; what was noticed now, for the terminal, or None.

        Raises KeepsDying when that has been tried often enough.
        """
        if self._process.poll() is None:
            return None
        moment = self._clock()
        if self._due is None:
            self._deaths.append(moment)
            if len(self._deaths) == _DEATHS and moment - self._deaths[0] < _DEATHS_WITHIN:
                raise KeepsDying(f"{self.name} 프로세스가 {_DEATHS}번이나 멈춰서 다시 시작하지 않아요. {self.death}")
            recent = sum(moment - one < _DEATHS_WITHIN for one in self._deaths)
            self._due = moment + _PAUSES[recent - 1]
            return (f"{self.name} 프로세스가 멈춰서(종료 코드 {self._process.returncode}) 다시 시작해요. "
                    f"기록: {self._log}")
        if moment >= self._due:
            self.start()
        return None

    def ask_to_end(self) -> None:
        """Tell it and its children to end."""
        self._signal(signal.SIGTERM)

    def end(self, within: float) -> None:
        """Wait until it has ended, asked or not, and kill it when that takes longer than so many seconds."""
        try:
            self._process.wait(timeout=max(0.1, within))
        except subprocess.TimeoutExpired:
            self._signal(signal.SIGKILL)
            self._process.wait()

    def has_ended(self) -> bool:
        """Whether it is gone."""
        return self._process.poll() is not None

    def _signal(self, number: signal.Signals) -> None:
        with contextlib.suppress(ProcessLookupError):  # it has ended already
            os.killpg(self._process.pid, number)


def _end_with_parent() -> None:
    """Linux: the child gets TERM when this process dies, however it dies, so no orphan is left."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(_PR_SET_PDEATHSIG, signal.SIGTERM)
