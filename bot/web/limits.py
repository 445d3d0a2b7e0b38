"""How much one conversation, one address and everybody together may ask of us.

With REDIS_URL the limits hold for all web processes together, else for each by itself. Addresses are only kept as a
keyed hash that changes every day, and no longer than their bucket needs to fill again.
"""

from __future__ import annotations

import ipaddress
import time
from collections import OrderedDict, deque
from collections.abc import Callable

from aiohttp import web

from bot.desk import sealing
from bot.desk.clock_on_wall import wall_now
from bot.web.problems import Problem
from bot.web.settings import Settings
from bot.web.shared import Shared

_MOST_KEYS = 50_000
_COUNT_HOLDS = 60.0  # seconds that a count of all web processes is good for


class TokenBucket:
    """Allows ``burst`` at once and then ``per_second``, for each key by itself."""

    def __init__(self, burst: int, per_second: float, clock: Callable[[], float] = time.monotonic) -> None:
        self.burst, self.per_second, self._clock = burst, per_second, clock
        self._levels: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def take(self, key: str) -> float:
        """Take one; returns 0, or the seconds to wait until there is one (nothing is taken then)."""
        moment = self._clock()
        level, since = self._levels.pop(key, (float(self.burst), moment))
        level = min(self.burst, level + (moment - since) * self.per_second)
        wait = 0.0 if level >= 1 else (1 - level) / self.per_second
        self._levels[key] = (level if wait else level - 1, moment)
        if len(self._levels) > _MOST_KEYS:
            self._levels.popitem(last=False)
        return wait


class Rate:
    """How many things happened in the last minute."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._moments: deque[float] = deque()

    def add(self) -> None:
        """One more happened now."""
        self._moments.append(self._clock())

    def per_minute(self) -> int:
        """How many there were in the last sixty seconds."""
        while self._moments and self._moments[0] < self._clock() - 60:
            self._moments.popleft()
        return len(self._moments)


class Guard:
    """The limits; ``shared`` is where several web processes count together."""

    def __init__(self, settings: Settings, shared: Shared | None = None) -> None:
        self._settings = settings
        self._shared = shared
        self._opened_everywhere = (0.0, 0.0)
        self._session_messages = TokenBucket(settings.session_messages_burst, settings.session_messages_per_second)
        self._address_messages = TokenBucket(settings.address_messages_burst, settings.address_messages_per_second)
        self._address_sessions = TokenBucket(settings.address_sessions_burst, settings.address_sessions_per_second)
        self._opened = Rate()

    async def opening(self, request: web.Request) -> None:
        """A conversation is asked for. Raises Problem 429 when this address opens too many."""
        address = self._address(request)
        if address:
            _refuse(await self._take("opening", address, self._address_sessions), "대화를 너무 자주 새로 열었어요.")
        self._opened.add()
        counted = await self._shared.count("opened") if self._shared is not None else None
        if counted is not None:
            self._opened_everywhere = (counted, time.monotonic())

    async def saying(self, request: web.Request, conversation_id: str) -> None:
        """A message comes in. Raises Problem 429 when there are too many of this conversation or address."""
        _refuse(await self._take("conversation", conversation_id, self._session_messages),
                "메시지를 너무 빨리 보내셨어요.")
        address = self._address(request)
        if address:
            _refuse(await self._take("address", address, self._address_messages),
                    "같은 곳에서 너무 많은 메시지가 왔어요.")

    @property
    def load_is_abnormal(self) -> bool:
        """Whether more conversations were opened in the last minute than people open."""
        counted, at = self._opened_everywhere
        everywhere = counted if time.monotonic() - at < _COUNT_HOLDS else 0.0
        return max(self._opened.per_minute(), everywhere) >= self._settings.abnormal_sessions_per_minute

    async def _take(self, kind: str, key: str, bucket: TokenBucket) -> float:
        if self._shared is not None:
            wait = await self._shared.take(f"{kind}:{key}", bucket.burst, bucket.per_second)
            if wait is not None:
                return wait
        return bucket.take(key)

    def _address(self, request: web.Request) -> str | None:
        """A hash of where the request comes from; None where that says nothing about who asks.

        A peer on loopback is a proxy nobody told us of (TRUSTED_PROXIES) or a developer: to limit it would be to
        limit everybody at once.
        """
        peer = request.remote or ""
        hops = self._settings.trusted_proxies
        if hops:
            told = [one.strip() for one in request.headers.get("X-Forwarded-For", "").split(",") if one.strip()]
            peer = told[-hops] if len(told) >= hops else peer
        try:
            address = ipaddress.ip_address(peer)
        except ValueError:
            return None
        if address.is_loopback:
            return None
        # One subscriber of IPv6 has a /64: single addresses are free to make up.
        network = ipaddress.ip_network((address, 64 if address.version == 6 else 32), strict=False)
        return sealing.digest(f"address {wall_now().date()}", str(network.network_address))


def _refuse(wait: float, reason: str) -> None:
    if wait:
        seconds = max(1, round(wait + 0.5))
        raise Problem(429, "too-many", f"{reason} {seconds}초 뒤에 다시 해 주세요.",
                      headers={"Retry-After": str(seconds)})
