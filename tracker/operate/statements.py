"""A limit on how long one statement of the database may take while somebody waits for a page."""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import Any

from django.db.backends.base.base import BaseDatabaseWrapper
from django.db.backends.signals import connection_created

SECONDS = 5.0
_STEPS = 10_000  # of SQLite's virtual machine between two looks at the clock


def limit_statements() -> None:
    """From now on, each new connection of this process ends a statement after SECONDS, with an OperationalError.

    For the web server alone: loading, rebuilding and migrating may take as long as they need.
    """
    connection_created.connect(_limit, dispatch_uid="limit-statements")


def _limit(connection: BaseDatabaseWrapper, **_: Any) -> None:
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute(f"SET statement_timeout = {int(SECONDS * 1000)}")
    elif connection.vendor == "sqlite":
        clock = _Clock()
        connection.connection.set_progress_handler(clock.is_late, _STEPS)
        connection.execute_wrappers[:] = [
            *(wrapper for wrapper in connection.execute_wrappers if not isinstance(wrapper, _Clock)),
            clock,
        ]


class _Clock:
    """Set anew by each statement; SQLite, which has no timeout of its own, asks it now and then."""

    def __init__(self) -> None:
        self._deadline = float("inf")

    def __call__(self, execute: Callable[..., Any], sql: Any, params: Any, many: bool, context: Any) -> Any:
        self._deadline = time.monotonic() + SECONDS
        return execute(sql, params, many, context)

    def is_late(self) -> bool:
        return time.monotonic() > self._deadline
