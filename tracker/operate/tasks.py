"""The operator's own periodic work."""

from __future__ import annotations

from celery import shared_task
from django.contrib.sessions.backends.db import SessionStore


@shared_task(acks_late=True, ignore_result=True)
def forget_old_sessions() -> None:
    """Delete the sessions that have run out: Django leaves their rows for ever."""
    SessionStore.clear_expired()
