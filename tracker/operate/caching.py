"""A shared cache that may be away without a reader noticing more than a slower page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any, ClassVar, TypeVar

import structlog
from django.core.cache.backends.base import DEFAULT_TIMEOUT
from django.core.cache.backends.redis import RedisCache

T = TypeVar("T")
log = structlog.get_logger("tracker.cache")

REST = 10.0  # seconds in which a cache that failed is not asked again, so that not every page waits for it


class ForgivingRedisCache(RedisCache):
    """Redis for rendered pages: while it does not answer, everything is a miss. Counting (`incr`) still raises."""

    _rests_until: ClassVar[float] = 0.0

    def get(self, key: Any, default: Any = None, version: int | None = None) -> Any:
        return self._ask(lambda: super(ForgivingRedisCache, self).get(key, default, version), default)

    def set(self, key: Any, value: Any, timeout: Any = DEFAULT_TIMEOUT, version: int | None = None) -> None:
        self._ask(lambda: super(ForgivingRedisCache, self).set(key, value, timeout, version), None)

    def delete(self, key: Any, version: int | None = None) -> bool:
        return self._ask(lambda: super(ForgivingRedisCache, self).delete(key, version), False)

    def _ask(self, question: Callable[[], T], otherwise: T) -> T:
        import redis  # here, since only whoever names a Redis has it installed

        if time.monotonic() < ForgivingRedisCache._rests_until:
            return otherwise
        try:
            return question()
        except redis.RedisError as error:
            ForgivingRedisCache._rests_until = time.monotonic() + REST
            log.warning("cache away", error=str(error), seconds=REST)
            return otherwise
