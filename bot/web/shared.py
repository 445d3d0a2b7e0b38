"""What several web processes must count together, in Redis: token buckets, conversations opened, proofs used up.

Without REDIS_URL each process counts for itself; so it does while Redis does not answer, rather than refusing people.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Awaitable
from typing import Any

from redis.asyncio import Redis
from redis.exceptions import RedisError

log = logging.getLogger(__name__)

# The generic cell rate algorithm: the key holds when its bucket is full again (milliseconds of Redis's own clock).
_TAKE = """
local clock = redis.call('TIME')
local now = clock[1] * 1000 + math.floor(clock[2] / 1000)
local step, burst = tonumber(ARGV[1]), tonumber(ARGV[2])
local full = math.max(tonumber(redis.call('GET', KEYS[1]) or '0'), now) + step
local wait = full - now - step * burst
if wait > 0 then return math.ceil(wait) end
redis.call('SET', KEYS[1], full, 'PX', math.ceil(full - now) + 1)
return 0
"""
_SECONDS_TO_ANSWER = 1.0
_PAUSE = 5.0


class Shared:
    """Redis as the web processes share it. Every method gives None where Redis does not answer."""

    def __init__(self, url: str) -> None:
        self._redis: Redis[Any] = Redis.from_url(
            url, socket_timeout=_SECONDS_TO_ANSWER, socket_connect_timeout=_SECONDS_TO_ANSWER)
        self._away_until = 0.0

    async def take(self, key: str, burst: int, per_second: float) -> float | None:
        """Take one from the bucket ``key``: 0, or the seconds to wait until there is one."""
        taken = await self._asked(self._redis.eval(_TAKE, 1, f"limit:{key}", 1000 / per_second, burst))
        return None if taken is None else float(taken) / 1000

    async def count(self, name: str) -> float | None:
        """Count one more of ``name``; about how many there were in the last sixty seconds."""
        minute, second = divmod(time.time(), 60)
        async with self._redis.pipeline() as steps:
            this = f"rate:{name}:{minute:.0f}"
            steps.incr(this).expire(this, 180).get(f"rate:{name}:{minute - 1:.0f}")
            counted = await self._asked(steps.execute())
        return None if counted is None else int(counted[0]) + int(counted[2] or 0) * (1 - second / 60)

    async def first(self, name: str, seconds: int) -> bool | None:
        """Whether ``name`` is seen for the first time in so many seconds."""
        seen: bool | None = await self._asked(self._set(name, seconds))
        return seen

    async def answers(self) -> bool:
        """Whether Redis answers now."""
        self._away_until = 0.0
        return await self._asked(self._redis.ping()) is not None

    async def close(self) -> None:
        """Close the connections."""
        await self._redis.close()

    async def _set(self, name: str, seconds: int) -> bool:
        return bool(await self._redis.set(f"once:{name}", 1, nx=True, ex=seconds))

    async def _asked(self, question: Awaitable[Any]) -> Any:
        if time.monotonic() < self._away_until:
            if hasattr(question, "close"):
                question.close()  # a coroutine nobody will wait for
            return None
        try:
            return await question
        except (RedisError, OSError) as error:
            # Not asked again for a moment: nobody's message should wait for a Redis that is away.
            self._away_until = time.monotonic() + _PAUSE
            log.error("Redis does not answer, limits count by process: %s", type(error).__name__)
            return None
