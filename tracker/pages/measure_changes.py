"""What changed in one measure's record, as known at the moment shown."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from tracker.ledger.models import ChangeEvent
from tracker.pages.changed import change_days, with_measures
from tracker.pages.paging import Cut, bounds
from tracker.pages.sight import Sight

EVENTS_AT_A_GLANCE = 60  # read for the overview's last changes
DOCUMENTS_AT_A_GLANCE = 5
EVENTS_A_PAGE = 200


def lately(sight: Sight) -> dict[str, Any]:
    """The last changes known at this moment, a document's together; the first load is no change."""
    found = list(_events(sight).exclude(kind__in=("loaded", "introduced"))[:EVENTS_AT_A_GLANCE])
    days = change_days(found, limit=DOCUMENTS_AT_A_GLANCE)
    return {
        "lately": days,
        "lately_cut": sight.changes
        > sum(line.count for day in days for each in day.changed for line in each.lines) + 1,
        "changes_total": sight.changes,
        "known_since": sight.measure.seen_at,
    }


def changes(sight: Sight, number: int) -> dict[str, Any]:
    """One page of all changes, the first sight of it too."""
    where = bounds(number, EVENTS_A_PAGE, sight.changes)
    return {
        "changed_days": change_days(_events(sight)[where]),
        "page": Cut((), number, EVENTS_A_PAGE, sight.changes),
    }


def _events(sight: Sight) -> QuerySet[ChangeEvent]:
    """The events of the measure known at this moment, newest first, in one query."""
    events = ChangeEvent.objects.filter(measure=sight.measure)
    if sight.clock.as_of is not None:
        events = events.filter(observed_at__lte=sight.clock.as_of)
    return with_measures(events.order_by("-id"))
