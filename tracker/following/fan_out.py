"""From the ledger to deliveries: a cursor goes through the events, and writes who is to be told what.

The cursor moves in the transaction that writes the rows, so an event is never left out and never worked off twice; and a
row is unique for its receiver and event, so not even two workers at once can tell anybody twice.
"""

from __future__ import annotations

from datetime import timedelta

from django.db import connection, transaction
from django.http import QueryDict
from django.utils import timezone

from tracker.following.models import CORRECTIONS, Call, Cursor, Delivery, Endpoint, Follower
from tracker.following.slots import next_slot
from tracker.following.wanting import wanted
from tracker.ledger import chain
from tracker.ledger.failpoints import failpoint
from tracker.ledger.listing import BadFilter, MeasureFilters
from tracker.ledger.models import ChangeEvent

NAME = "deliveries"
EVENTS_AT_ONCE = 200
GROUPED_FOR = timedelta(minutes=10)  # what happens to a follower's measures within this goes out in one mail


def begin() -> Cursor:
    """The cursor; where there is none yet it begins at the ledger's end, since what is past is news to nobody."""
    cursor, _ = Cursor.objects.get_or_create(
        name=NAME, defaults={"event": chain.head().count, "moved_at": timezone.now()}
    )
    return cursor


def fan_out() -> int:
    """Write the deliveries of all events that came since the last time; how many. Safe to run twice, late, or beside itself."""
    begin()
    written = 0
    while (made := _batch()) is not None:
        written += made
    return written


def _batch() -> int | None:
    """The deliveries of the next events, in one transaction; None where no event is left."""
    with transaction.atomic():
        cursor = _locked()
        events = list(ChangeEvent.objects.filter(pk__gt=cursor.event).order_by("pk")[:EVENTS_AT_ONCE])
        if not events:
            return None
        now = timezone.now()
        rows = [
            Delivery(follower_id=one.follower, event_id=one.event, follow_id=one.follow, created_at=now)
            for one in wanted(events)
        ]
        Delivery.objects.bulk_create(rows, ignore_conflicts=True, batch_size=1000)
        failpoint("deliveries written")
        _plan({row.follower_id for row in rows})
        calls = _calls(events)
        Call.objects.bulk_create(calls, ignore_conflicts=True, batch_size=1000)
        corrections = _corrections(events)
        Call.objects.bulk_create(corrections, ignore_conflicts=True, batch_size=1000)
        cursor.event, cursor.moved_at = events[-1].pk, now
        cursor.save(update_fields=["event", "moved_at"])
    failpoint("cursor moved")
    return len(rows) + len(calls) + len(corrections)


def _locked() -> Cursor:
    """The cursor, kept from other workers until the transaction ends. On SQLite BEGIN IMMEDIATE has done so already."""
    rows = Cursor.objects.filter(name=NAME)
    return (rows.select_for_update() if connection.vendor == "postgresql" else rows).get()


def _plan(followers: set[int]) -> None:
    """Have a mail due for each follower for whom nothing was due yet."""
    now = timezone.now()
    waiting = Follower.objects.filter(pk__in=followers, due_at=None, suspended_at=None)
    for follower in waiting:
        follower.due_at = (
            now + GROUPED_FOR if follower.rhythm == Follower.Rhythm.AT_ONCE else next_slot(follower, now)
        )
    Follower.objects.bulk_update(waiting, ["due_at"], batch_size=500)


def _calls(events: list[ChangeEvent]) -> list[Call]:
    """What endpoints are to be told of these events."""
    now, calls = timezone.now(), list[Call]()
    told = [event for event in events if event.is_announced and event.kind not in CORRECTIONS]
    for endpoint in Endpoint.objects.filter(is_on=True, after_event__lt=events[-1].pk).order_by("pk"):
        chosen = _chosen(endpoint, told)
        calls += [
            Call(endpoint=endpoint, event=event, due_at=now)
            for event in told
            if event.pk in chosen and event.pk > endpoint.after_event
        ]
    return calls


def _corrections(events: list[ChangeEvent]) -> list[Call]:
    """A correction or withdrawal of our words goes to every endpoint that was told of them, whatever it asks for now, and to
    no other."""
    corrected = [event for event in events if event.kind in CORRECTIONS]
    if not corrected:
        return []
    now = timezone.now()
    told = Call.objects.filter(
        endpoint__is_on=True,
        event__kind__startswith="entry_",
        event__subject__in={event.subject for event in corrected},
    ).values_list("endpoint_id", "event__subject", "event_id")
    pairs = {
        (endpoint, event.pk)
        for endpoint, subject, before in told
        for event in corrected
        if event.subject == subject and before < event.pk
    }
    return [Call(endpoint_id=endpoint, event_id=event, due_at=now) for endpoint, event in sorted(pairs)]


def _chosen(endpoint: Endpoint, events: list[ChangeEvent]) -> set[int]:
    ids = [event.pk for event in events]
    if not endpoint.query:
        return set(ids)
    try:
        filters = MeasureFilters.from_query(QueryDict(endpoint.query), also=frozenset({"kind"}))
    except BadFilter:
        return set()
    return set(filters.events().filter(pk__in=ids).values_list("pk", flat=True))
