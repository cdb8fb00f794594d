"""What the calendar does to measures: a Congress ends, and all that is pending in it dies."""

from __future__ import annotations

from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.congress.stages import PENDING
from tracker.ledger import bulk, chain
from tracker.ledger.chain import PendingEvent
from tracker.ledger.derived import derive
from tracker.ledger.models import Measure
from tracker.ledger.readings import record_of
from tracker.ledger.rows import day
from tracker.records.keys import action_keys

_BATCH = 100


def end_congresses(*, now: datetime | None = None, today: date | None = None) -> int:
    """Let die what was pending when its Congress ended, each with one `status_changed`; answers how many did."""
    now, today = now or timezone.now(), today or calendar.today()
    ended = [
        c for c in Measure.every.values_list("congress", flat=True).distinct() if calendar.is_over(c, today)
    ]
    pending = Measure.every.filter(status__in=PENDING, congress__in=ended).values_list("pk", flat=True)
    return sum(_end(pks, now, today) for pks in bulk.chunks(list(pending), _BATCH))


def _end(pks: list[int], now: datetime, today: date) -> int:
    with transaction.atomic():
        chain.lock()
        events, columns = [], {}
        for measure in Measure.every.filter(pk__in=pks).select_related("document").order_by("pk"):
            record = record_of(measure.document)
            derived = derive(record, action_keys(record.actions), today)
            if derived.status.code != "died" or measure.status == "died":
                continue
            was = {"code": measure.status, "since": measure.status_since and measure.status_since.isoformat()}
            events.append(
                PendingEvent(
                    measure.pk,
                    "status_changed",
                    "status",
                    measure.document.source,
                    measure.document_id,
                    before=was,
                    after={"code": "died", "since": derived.status.since},
                    occurred_on=day(derived.status.since),
                )
            )
            columns[measure.pk] = derived.columns
        observed, last = chain.append(events, now)
        for pk, derived_columns in columns.items():
            Measure.every.filter(pk=pk).update(**derived_columns, changed_at=observed, last_event=last[pk])
    return len(events)
