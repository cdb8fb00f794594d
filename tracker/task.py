"""What every task of the worker does alike."""

from __future__ import annotations

from typing import Any

import celery
import structlog
from django.db import Error, InterfaceError, OperationalError

from tracker.database import told

log = structlog.get_logger(__name__)


class Task(celery.Task[..., Any]):
    """A task that tells in one line that the database failed it: the next minute's ring tries again, and says so again."""

    throws = (OperationalError, InterfaceError)  # of which Celery then writes no trace

    def on_failure(self, exc: BaseException, task_id: str, args: Any, kwargs: Any, einfo: Any) -> None:
        if isinstance(exc, self.throws):
            assert isinstance(exc, Error)
            log.error("not done", task=self.name, error=told(exc))
