"""The scheduler that rings by the clock."""

from __future__ import annotations

from typing import Any

import structlog
from celery.beat import ScheduleEntry, Scheduler, SchedulingError
from kombu.exceptions import OperationalError

log = structlog.get_logger(__name__)


class Bell(Scheduler):
    """Celery's own, in memory (no file that a crash could spoil); where it cannot ring, it says so in one line."""

    def apply_entry(self, entry: ScheduleEntry, producer: Any = None) -> None:
        try:
            self.apply_async(entry, producer=producer, advance=False)
        except SchedulingError as error:  # Celery would write a trace, each minute and for each task
            away = isinstance(error.__context__, OperationalError)
            log.error(
                "nobody was rung: the broker is away" if away else "nobody was rung",
                task=entry.name,
                error=str(error.__context__),
                exc_info=not away,
            )
