"""The health of each source: one row, the only one that a quiet poll writes."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from tracker.ledger.models import Source
from tracker.sources.http import SourceError

GOVINFO, CONGRESS_API, LEGISLATORS = "govinfo", "congress.gov", "legislators"
HOUSE_CLERK, SENATE = "house-clerk", "senate"
_TOLERATED = 5  # failures in a row before a source rests
_LONGEST_REST = timedelta(hours=1)
SLACK = timedelta(minutes=1)  # by so much do clocks differ, or are they put right, without having been wrong


def of(name: str) -> Source:
    """The row of a source, made at its first use."""
    return Source.objects.get_or_create(name=name)[0]


def rests(source: Source, now: datetime) -> bool:
    """Whether it is not to be asked now. A rest that began later than now is of a clock that was set back, and is over."""
    begun = source.asked_at is None or source.asked_at <= now + SLACK
    return begun and source.rests_until is not None and source.rests_until > now


def answered(name: str, *, changed: bool, marks: dict[str, str | None] | None = None) -> None:
    """The source gave what was asked of it. `marks` is what to ask "what changed since" with next time."""
    now = timezone.now()
    fields: dict[str, object] = {
        "asked_at": now,
        "answered_at": now,
        "failing_since": None,
        "error": None,
        "failures": 0,
        "rests_until": None,
        "rest_asked_for": False,
    }
    if changed:
        fields["changed_at"] = now
    if marks is not None:
        fields["marks"] = marks
    Source.objects.filter(name=name).update(**fields)


def failed(name: str, error: SourceError | str) -> None:
    """The source did not; after five times in a row it rests a minute, then twice as long each time, an hour at most."""
    now, source = timezone.now(), of(name)
    source.asked_at = now
    source.failing_since = source.failing_since or now
    source.error = str(error)[:1000]
    source.failures += 1
    asked_for = error.retry_at if isinstance(error, SourceError) else None
    own = None
    if source.failures >= _TOLERATED:
        own = now + min(timedelta(minutes=1) * 2 ** min(source.failures - _TOLERATED, 10), _LONGEST_REST)
    source.rests_until = max(filter(None, (asked_for, own)), default=None)
    source.rest_asked_for = asked_for is not None and source.rests_until == asked_for
    source.save(
        update_fields=["asked_at", "failing_since", "error", "failures", "rests_until", "rest_asked_for"]
    )


def counted(name: str, *, stale: int = 0, refused: int = 0) -> None:
    """Add to what the source sent and was not taken."""
    if stale or refused:
        # int, since a truth value is a number to SQLite, and none to PostgreSQL
        Source.objects.filter(name=name).update(
            stale_answers=F("stale_answers") + int(stale), refused_answers=F("refused_answers") + int(refused)
        )
