"""The operator's own periodic work."""

from __future__ import annotations

import structlog
from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore

from tracker.api import bulk

log = structlog.get_logger(__name__)


@shared_task(acks_late=True, ignore_result=True)
def forget_old_sessions() -> None:
    """Delete the sessions that have run out: Django leaves their rows for ever."""
    SessionStore.clear_expired()


@shared_task(acks_late=True, ignore_result=True)
def write_bulk_file() -> None:
    """Make the file of the whole public record."""
    measures, digest = bulk.write()
    log.info("bulk file made", measures=measures, sha256=digest)
