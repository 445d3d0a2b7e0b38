"""Whether more people talk to us than we can answer in time, and what those who come then are told."""

from __future__ import annotations

import statistics
import time
from collections import deque
from collections.abc import Callable

from bot.observing import metrics
from bot.web.problems import Problem

_SEEN_FOR = 10.0  # seconds of answers from which the next ones are foretold
_FEWEST = 5  # answers in them; with fewer nothing can be foretold (a Rasa that is away is no crowd)
_RETRY_AFTER = 20


class Crowd:
    """How long the latest answers of this process took.

    Who waits is at most everybody with a conversation, so whoever comes is stopped first: an opening is refused when
    answers take more than half of ``answer_seconds``, a message only when they take more than twice of them.
    Nothing of what is refused is kept, so it costs next to nothing.
    """

    def __init__(self, answer_seconds: float, clock: Callable[[], float] = time.monotonic) -> None:
        self._answer_seconds, self._clock = answer_seconds, clock
        self._answers: deque[tuple[float, float]] = deque()

    def answered(self, took: float) -> None:
        """A message got its answer now, after so many seconds."""
        self._answers.append((self._clock(), took))

    def seconds_ahead(self) -> float:
        """After how many seconds whoever comes now would be answered; 0 where that cannot be told."""
        since = self._clock() - _SEEN_FOR
        while self._answers and self._answers[0][0] < since:
            self._answers.popleft()
        return statistics.median(took for _, took in self._answers) if len(self._answers) >= _FEWEST else 0.0

    def let_in(self) -> None:
        """Somebody wants to open a conversation. Raises Problem 503 when there are too many already."""
        if self.seconds_ahead() > self._answer_seconds / 2:
            _refuse("지금 사람이 몰려서 새 상담을 바로 시작하지 못하고 있어요.")

    def let_speak(self) -> None:
        """Somebody says something. Raises Problem 503 when the answer would come far too late."""
        if self.seconds_ahead() > self._answer_seconds * 2:
            _refuse("지금 사람이 몰려서 답이 많이 늦어지고 있어요.")


def _refuse(reason: str) -> None:
    metrics.NOTICES.labels("crowded").inc()
    detail = (f"{reason} {_RETRY_AFTER}초쯤 뒤에 다시 해 주세요. "
              "급하시면 국번 없이 1350(평일 9~18시)으로 전화해 주세요.")
    raise Problem(503, "crowded", detail, headers={"Retry-After": str(_RETRY_AFTER)})
