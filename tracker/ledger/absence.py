"""Gone from the source? Absence needs a second witness: two complete listings in a row, and the file's own address."""

from __future__ import annotations

from collections.abc import Collection, Sized
from datetime import datetime

from django.db import transaction
from django.db.models import DateTimeField, F, Value
from django.db.models.functions import Coalesce

from tracker.ledger import chain, due, health
from tracker.ledger.chain import PendingEvent
from tracker.ledger.models import Measure, SourceFile
from tracker.sources.http import BadAnswer

_LISTS = 2


def refuse_empty(listed: Sized, what: str) -> None:
    """Raises BadAnswer for a list of GovInfo's with nothing in it: none of them is ever empty, so it is an outage."""
    if not listed:
        raise BadAnswer(health.GOVINFO, what, "lists nothing: taken for an outage, not for news")


def compare(congress: int, type: str, listed: Collection[int], now: datetime) -> None:
    """Hold a complete listing of a folder (row ids) against what is held.

    The own address of whatever two such listings in a row lack becomes due; who is listed again is no suspect any more.

    A listing that is empty, or lacks more than half of what is held, is an outage and says nothing of anyone.
    """
    held = Measure.every.filter(congress=congress, type=type, origin=Measure.Origin.OFFICIAL)
    here = set(held.values_list("pk", flat=True))
    gone = here.difference(listed)
    files = SourceFile.objects.filter(pk__in=here)
    back = set(files.filter(missing_lists__gt=0).values_list("pk", flat=True)) - gone
    if back:
        SourceFile.objects.filter(pk__in=back).update(missing_lists=0, missing_since=None)
        vanished = held.filter(pk__in=back, vanished_at__isnull=False).values_list("pk", flat=True)
        due.want(dict.fromkeys(vanished), "listed again", now)
    if not gone or len(gone) * 2 > len(here):
        return
    SourceFile.objects.filter(pk__in=gone).update(
        missing_lists=F("missing_lists") + 1,
        missing_since=Coalesce("missing_since", Value(now, output_field=DateTimeField())),
    )
    suspects = SourceFile.objects.filter(pk__in=gone, missing_lists__gte=_LISTS)
    known = held.filter(vanished_at=None).values_list("pk", flat=True)
    due.want(dict.fromkeys(set(suspects.values_list("pk", flat=True)).intersection(known)), "absent", now)


def vanish(pk: int, source: str, now: datetime) -> bool:
    """The file's own address answers 404 too: one `vanished` event, once; the measure stays as it was last held."""
    with transaction.atomic():
        chain.lock()
        measure = Measure.every.get(pk=pk)
        if measure.vanished_at is not None:
            return False
        event = PendingEvent(pk, "vanished", "measure", source, measure.document_id)
        observed, last = chain.append([event], now)
        Measure.every.filter(pk=pk).update(vanished_at=observed, changed_at=observed, last_event=last[pk])
    return True
