"""What changed in one measure's record, as known at the moment shown."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from operator import attrgetter
from typing import Any

from tracker.congress.calendar import WASHINGTON
from tracker.ledger.models import ChangeEvent
from tracker.ledger.models.events import ChangeEventQuerySet
from tracker.ledger.tellers import NAMED_AT_MOST
from tracker.ledger.words import tell
from tracker.pages.changed import ChangedDay, change_days, group, with_measures
from tracker.pages.paging import Cut, bounds
from tracker.pages.sight import Sight

EVENTS_AT_A_GLANCE = 60  # read for the overview's last changes
DOCUMENTS_AT_A_GLANCE = 5
LINES_AT_A_GLANCE = 12
EVENTS_A_PAGE = 200


def lately(sight: Sight) -> dict[str, Any]:
    """The last changes known at this moment, a document's together; the first load is no change."""
    found = list(with_measures(_events(sight).announced().exclude(kind="introduced"))[:EVENTS_AT_A_GLANCE])
    days = _first_lines(change_days(found, limit=DOCUMENTS_AT_A_GLANCE), LINES_AT_A_GLANCE)
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
        "changed_days": _every_change(with_measures(_events(sight))[where]),
        "page": Cut((), number, EVENTS_A_PAGE, sight.changes),
    }


def _events(sight: Sight) -> ChangeEventQuerySet:
    """The events of the measure known at this moment, newest first."""
    events: ChangeEventQuerySet = ChangeEvent.objects.filter(measure=sight.measure).order_by("-id")
    return events if sight.clock.as_of is None else events.filter(observed_at__lte=sight.clock.as_of)


def _first_lines(days: Sequence[ChangedDay], limit: int) -> list[ChangedDay]:
    """The first `limit` lines of these days: a document may bring forty, and the rest of the page has its say too."""
    kept, left = list[ChangedDay](), limit
    for day in days:
        changed = []
        for each in day.changed:
            if left > 0:
                changed.append(replace(each, lines=each.lines[:left]))
                left -= len(each.lines)
        if changed:
            kept.append(ChangedDay(day.day, tuple(changed)))
    return kept


def _every_change(events: Iterable[ChangeEvent]) -> list[ChangedDay]:
    """These events, newest first, none left out: the overview and lists count what is much alike, this page names it.

    Names that came or went in one document on the same official day still share lines, as many as it takes.
    """
    groups = []
    for _, of_document in groupby(events, key=attrgetter("of_one_document")):
        several = list(of_document)
        lines = [line for run in _runs(several) for line in tell(run)]
        groups.append(group(several, lines))
    return [
        ChangedDay(day, tuple(same_day))
        for day, same_day in groupby(
            groups, key=lambda group: group.observed_at.astimezone(WASHINGTON).date()
        )
    ]


def _runs(events: Sequence[ChangeEvent]) -> Iterator[list[ChangeEvent]]:
    """Events that one call of `tell` names in full: a few names of one day, or a single event of any other kind."""
    for (kind, _), alike in groupby(events, key=lambda event: (event.kind, event.occurred_on)):
        several, size = list(alike), NAMED_AT_MOST if kind.startswith("cosponsor_") else 1
        yield from (several[first : first + size][::-1] for first in range(0, len(several), size))
