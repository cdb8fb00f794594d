"""The one writer of official rows and events: a document comes in, and has either happened or not.

Under the ledger's lock it is compared with the document in force. The same bytes end there; an older one is kept and ends
there; one that lost half of a list, or a part beside an element that we do not know, is kept and waits for a second witness.
Any other comes into force: both are read by the same parser (so that a new parser makes no event), their differences become
events, events and rows are written, and all of it is committed at once.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import chain, due
from tracker.ledger.batch import Batch
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Applied, Incoming, Outcome, Parsed
from tracker.ledger.models import Document, DueFetch, Measure, SourceFile
from tracker.ledger.readings import read
from tracker.records.model import DocumentRefused

_SETTLED = {Outcome.NEW, Outcome.CHANGED, Outcome.SAME}


def apply(
    documents: Sequence[Incoming],
    *,
    loading: bool = False,
    now: datetime | None = None,
    today: date | None = None,
) -> list[Applied]:
    """Work documents off, in their order, in one transaction; answers what became of each.

    `loading` marks a first load: measures not held before are `loaded`, which is announced to nobody, instead of
    `introduced`. No two documents may be of the same measure.
    """
    now = now or timezone.now()
    today = today or calendar.today()
    done: dict[int, Applied] = {}
    fresh: dict[int, Parsed] = {}
    doubted: set[int] = set()
    in_force = _in_force([d.pk for d in documents])
    for incoming in documents:
        sha256 = Document.digest(incoming.body)
        held, in_doubt = in_force.get(incoming.pk, (None, False))
        if held == sha256:
            done[incoming.pk] = Applied(incoming.key, Outcome.SAME)
            if in_doubt:
                doubted.add(incoming.pk)
            continue
        try:
            reading = read(incoming.format, incoming.body, incoming.identity)
        except DocumentRefused as refused:
            done[incoming.pk] = Applied(incoming.key, Outcome.REFUSED, reason=str(refused))
            continue
        fresh[incoming.pk] = Parsed(incoming, sha256, Document.pack(incoming.body), reading)
    failpoint("parsed")
    if not fresh and not doubted and not due.news([d for d in documents if done[d.pk].outcome in _SETTLED]):
        return [done[d.pk] for d in documents]
    with transaction.atomic():
        chain.lock()
        failpoint("in transaction")
        batch = Batch(loading, now, today)
        measures = Measure.every.select_related("document").in_bulk([*fresh, *doubted])
        for incoming in documents:
            if incoming.pk in fresh:
                done[incoming.pk] = batch.take(fresh[incoming.pk], measures.get(incoming.pk))
            elif incoming.pk in doubted:
                done[incoming.pk] = batch.same_bytes(incoming, measures[incoming.pk])
        batch.write()
        due.accepted([d for d in documents if done[d.pk].outcome in _SETTLED])
        failpoint("before commit")
    failpoint("committed")
    return [done[d.pk] for d in documents]


class Settled:
    """Measures of which nothing is in doubt or due, as they stand now, to pass over documents that would write nothing."""

    def __init__(self, low: int, high: int) -> None:
        """Of the row ids from `low` to `high`. Three queries."""
        span = (low, high)
        due_ = set(DueFetch.objects.filter(pk__range=span).values_list("pk", flat=True))
        held = Measure.every.filter(pk__range=span, unconfirmed_document=None, vanished_at=None)
        self._digests = {pk: d for pk, d in held.values_list("pk", "document_id") if pk not in due_}
        self._marks = dict(SourceFile.objects.filter(pk__range=span).values_list("pk", "mark"))

    def has(self, incoming: Incoming) -> bool:
        """Whether it brings the bytes in force, and no other stamp. A document with validators is for `apply` to look at."""
        held = self._digests.get(incoming.pk)
        if held is None or incoming.pk not in self._marks or incoming.etag or incoming.last_modified:
            return False
        known = incoming.mark is None or incoming.mark == self._marks[incoming.pk]
        return known and held == Document.digest(incoming.body)


def _in_force(pks: Sequence[int]) -> dict[int, tuple[str, bool]]:
    """By row id: the digest of the document in force, and whether anything is in doubt of the measure."""
    held = Measure.every.filter(pk__in=pks)
    found = held.values_list("pk", "document_id", "unconfirmed_document", "vanished_at")
    return {pk: (sha256, bool(unconfirmed or vanished)) for pk, sha256, unconfirmed, vanished in found}
