"""Emptying a database that only grows."""

from __future__ import annotations

from collections.abc import Callable

from django.core.management import call_command
from django.db import connection

from tracker.desk.acts import ONLY_GROW
from tracker.ledger import guards, search

GUARDED = guards.LEDGER | ONLY_GROW


def _flush() -> None:
    call_command("flush", interactive=False, verbosity=0)


def empty(flush: Callable[[], None] = _flush) -> None:
    """As an installation that was only migrated. The database would refuse, so its guards are lifted meanwhile; SQLite would
    look for rows that refer to each one deleted, minutes for a whole Congress, so it is not asked to."""
    guards.remove(connection, GUARDED)
    try:
        with connection.constraint_checks_disabled():
            flush()
        search.prune()  # its table has no model, so Django does not know of it
    finally:
        guards.install(connection, GUARDED)
