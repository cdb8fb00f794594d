"""`/measures`: the list, one measure whole, and its changes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime

from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.changes import BY_ID, EVENT_COLUMNS, event
from tracker.api.paging import page
from tracker.api.problems import not_found
from tracker.api.record import SHORT_COLUMNS, short_form, whole
from tracker.congress.measures import TYPES
from tracker.desk import public_topics, published
from tracker.ledger import chain
from tracker.ledger.as_of import NotKnownYet, Shown, shown
from tracker.ledger.by_hand import entered_by_hand
from tracker.ledger.filters import FILTERS
from tracker.ledger.listing import MeasureFilters
from tracker.ledger.models import ChangeEvent, Measure, measure_pk

LIST_PARAMETERS = frozenset({"updated_since", "cursor", "limit"})
_KIND = FILTERS["kind"]
_LARGEST_NUMBER, _LARGEST_CONGRESS = 999_999, 999  # what a row id has room for


def measures(request: HttpRequest) -> HttpResponse:
    """The measures in short form, those that changed last first unless sorted otherwise.

    Different filters all have to hold; one that is given several times means any of its values.
    """
    filters = MeasureFilters.from_query(request.GET, also=LIST_PARAMETERS, strict=True)
    unindexed = bool(filters.q) or filters.sorted_by in ("number", "cosponsors")

    def build() -> shapes.MeasureList:
        rows, further = page(request, filters.measures(), SHORT_COLUMNS, filters.order, keys_first=unindexed)
        return shapes.MeasureList([shapes.MeasureShort(**short_form(row)) for row in rows], further)

    return stamped(request, stamps_of_list(filters), build)


def stamps_of_list(filters: MeasureFilters) -> Sequence[object]:
    """What a list is drawn from: the ledger, and where it asks for topics, those."""
    return public_topics.stamp_of_lists() if filters.topic else (chain.head().hash,)


def measure(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The whole official record of one measure: now, as known at an instant (`as_of`), or as it officially stood at the
    end of a day (`on`)."""
    asked.only(request, "as_of", "on")
    clocks = asked.clocks(request)
    found = held(congress, type, number)

    def build() -> shapes.Measure:
        moment = held_then(found, clocks)
        # Beside what was officially so on a day stands nothing of ours.
        ours = [] if clocks.on else published.standing(published.of_measure(found.pk, clocks.as_of))
        return whole(moment, changed_at=_changed_at(found, clocks), entries=ours)

    return stamped(request, [found.last_event, found.document_id], build)


def measure_changes(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The changes of one measure, in the order observed."""
    asked.only(request, "kind", "cursor", "limit")
    kinds = MeasureFilters.from_query(request.GET, also=frozenset({"kind", "cursor", "limit"})).kind
    found = held(congress, type, number)
    events = ChangeEvent.objects.filter(measure=found).order_by("id")
    if kinds:
        events = events.filter(_KIND.condition(kinds))

    def build() -> shapes.EventList:
        rows, further = page(request, events, EVENT_COLUMNS, BY_ID)
        return shapes.EventList([event(row) for row in rows], further)

    return stamped(request, [found.last_event], build)


def held_then(found: Measure, clocks: asked.Clocks) -> Shown:
    """The measure at the moment asked for. Raises Refused where it was not known then, or was withdrawn by who entered it."""
    try:
        moment = shown(found, as_of=clocks.as_of, on=clocks.on)
    except NotKnownYet as unknown:
        raise not_found(f"{found.key}: {_since(unknown)}") from unknown
    entered = entered_by_hand(moment.document)
    if entered is not None and entered.withdrawn:
        raise not_found(f"{found.key}: entered here by hand once, and withdrawn: {entered.withdrawn}")
    return moment


def held(congress: int, type: str, number: int) -> Measure:
    """The measure's row. Raises Refused where none is held."""
    found = None
    if type in TYPES and 0 < number <= _LARGEST_NUMBER and 0 < congress <= _LARGEST_CONGRESS:
        found = Measure.every.filter(pk=measure_pk(congress, type, number)).first()
    if found is None:
        raise not_found(f"{congress}/{type}/{number}: no such measure is held here.")
    return found


def _since(unknown: NotKnownYet) -> str:
    if isinstance(unknown.seen_at, datetime):
        return f"known here since {unknown.seen_at.astimezone(UTC):%Y-%m-%dT%H:%M:%SZ}."
    return f"introduced on {unknown.seen_at}."


def _changed_at(found: Measure, clocks: asked.Clocks) -> datetime | None:
    if clocks.as_of is None:
        return found.changed_at
    events = ChangeEvent.objects.filter(measure=found, observed_at__lte=clocks.as_of).order_by("-id")
    return events.values_list("observed_at", flat=True).first()
