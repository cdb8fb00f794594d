"""`/changes`: the ledger, read by a cursor that misses nothing; and how one event is shown."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import SHORT_AGE, stamped
from tracker.api.paging import cursor, next_url, place
from tracker.desk import public_topics
from tracker.ledger import chain
from tracker.ledger.listing import MeasureFilters, SortKey
from tracker.ledger.models import measure_key
from tracker.ledger.told import path_of_entry

EVENT_COLUMNS = (
    "id",
    "measure_id",
    "kind",
    "subject",
    "before",
    "after",
    "occurred_on",
    "observed_at",
    "source",
    "document_id",
    "hash",
)
BY_ID = (SortKey("id"),)
"""The order observed: events get their ids under one lock, without gaps, so an id once passed is never filled later."""

OWN_PARAMETERS = frozenset({"kind", "updated_since", "since", "limit"})

_NULL = msgspec.Raw(b"null")


def changes(request: HttpRequest) -> HttpResponse:
    """All changes, oldest first, from the beginning or after the cursor `since`.

    Keep `next` and ask it again: a reader who does misses none and sees none twice. Filters of measures narrow the list
    to measures that match now.
    """
    filters = MeasureFilters.from_query(request.GET, also=OWN_PARAMETERS, strict=True)
    size, since = asked.limit(request), place(request, "since", BY_ID)
    head = chain.head()
    last_seen = since[0] if since else 0

    def build() -> shapes.Changes:
        # Nothing beyond the head just read: then a page that is not full was looked through up to there.
        events = filters.events().order_by("id").filter(id__gt=last_seen, id__lte=head.count)
        rows = list(events.values(*EVENT_COLUMNS)[:size])
        reached = rows[-1]["id"] if len(rows) == size else max(head.count, last_seen)
        return shapes.Changes([event(row) for row in rows], next_url(request, since=cursor([reached])))

    stamps = [head.hash, *(public_topics.stamp_of_lists() if filters.topic else ())]
    return stamped(request, stamps, build, max_age=SHORT_AGE)


def event(row: Mapping[str, Any]) -> shapes.Event:
    """One event from its columns. `before` and `after` go out as they are stored, byte for byte."""
    key = None if row["measure_id"] is None else measure_key(row["measure_id"])
    return shapes.Event(
        id=row["id"],
        measure=key,
        kind=row["kind"],
        subject=row["subject"],
        before=_stored(row["before"]),
        after=_stored(row["after"]),
        occurred_on=row["occurred_on"],
        observed_at=row["observed_at"],
        source=row["source"],
        document=row["document_id"],
        hash=row["hash"],
        url=f"{settings.SITE_URL}/measures/{key}/"
        if key
        else f"{settings.SITE_URL}{path_of_entry(row['subject'])}",
    )


def _stored(text: str | None) -> msgspec.Raw:
    return _NULL if text is None else msgspec.Raw(text.encode())
