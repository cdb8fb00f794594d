"""Whether this process lives, and whether it can serve."""

from __future__ import annotations

from datetime import timedelta

from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from tracker.ledger.models import DueFetch

WAITING = timedelta(
    minutes=10
)  # a sweep rings each minute: what nobody took up for so long, nobody is there to take


@never_cache
@require_safe
def healthz(request: HttpRequest) -> HttpResponse:
    """200 as long as this process answers; asks nobody else."""
    return _lines(["alive"], 200)


@never_cache
@require_safe
def readyz(request: HttpRequest) -> HttpResponse:
    """200 where pages can be served, else 503 and what is missing.

    Background work that waits is said and stays a 200: pages need the database alone, and a balancer that took this
    process out for want of a worker would turn a delay into an outage.
    """
    missing = what_is_missing()
    if missing:
        return _lines([f"not ready: {reason}" for reason in missing], 503)
    return _lines(["ready", *(["background work is waiting"] if work_is_waiting() else [])], 200)


def what_is_missing() -> list[str]:
    """What keeps pages from being served, in words that tell a stranger nothing more."""
    try:
        executor = MigrationExecutor(connection)
        pending = executor.migration_plan(executor.loader.graph.leaf_nodes())
    except DatabaseError:
        return ["the database does not answer"]
    return ["migrations pending"] if pending else []


def work_is_waiting() -> bool:
    """Whether something has been due for long while no worker holds a lease on anything."""
    now = timezone.now()
    if not DueFetch.objects.ready(now - WAITING).exists():
        return False
    return not DueFetch.objects.filter(leased_until__gt=now).exists()


def _lines(lines: list[str], status: int) -> HttpResponse:
    return HttpResponse(
        "".join(f"{line}\n" for line in lines), content_type="text/plain; charset=utf-8", status=status
    )
