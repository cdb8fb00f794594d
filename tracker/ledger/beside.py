"""The ledger's writer for rooms above: an event of their own beside the official record, with the measure's stamp raised."""

from __future__ import annotations

from datetime import datetime

from tracker.ledger import chain
from tracker.ledger.chain import PendingEvent
from tracker.ledger.models import Measure


def append(event: PendingEvent, now: datetime) -> tuple[int, datetime]:
    """Append one event; answers its id and when it was observed. The caller holds the ledger's lock, in its transaction.

    The event's measure, where it has one, counts as changed: its pages and its place in lists follow its last event.
    Nothing of the official record changes, and `as_of` passes such events over.
    """
    observed, last = chain.append([event], now)
    if event.measure_id is None:
        return chain.head().count, observed
    number = last[event.measure_id]
    Measure.every.filter(pk=event.measure_id).update(changed_at=observed, last_event=number)
    return number, observed
