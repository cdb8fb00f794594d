"""The community's lists of members and committees: once a day, conditionally."""

from __future__ import annotations

from datetime import timedelta

from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import bulk, chain, health, lists
from tracker.ledger.models import Document
from tracker.ledger.polling.lately import lately
from tracker.ledger.polling.report import SourceReport
from tracker.records.model import DocumentRefused
from tracker.sources.http import BadAnswer, Fetched, NotThere
from tracker.sources.legislators import Legislators

EVERY = timedelta(hours=20)
Marks = dict[str, str | None]


def poll_lists(source: Legislators, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """Read the lists that changed; answers the marks to ask with next time. A list that is not there is no failure."""
    now = timezone.now()
    asked_at = calendar.instant(marks.get("asked_at"))
    if asked_at is not None and lately(asked_at, EVERY, now):
        report.not_due_until = asked_at + EVERY
        return marks
    for name in lists.NAMES:
        try:
            fetched = source.file(name, marks.get(f"{name} etag"), marks.get(f"{name} last_modified"))
        except NotThere as error:
            report.absent += 1
            report.notes.append(str(error))
            continue
        report.asked += 1
        if fetched is None:
            report.unchanged += 1
            continue
        assert fetched.body is not None
        try:
            listed = lists.read(name, fetched.body)
        except DocumentRefused as refused:
            raise BadAnswer(health.LEGISLATORS, name, str(refused)) from refused
        with transaction.atomic():
            chain.lock()
            report.lists_changed += lists.take(name, listed)
            sha256 = _keep(fetched)
        marks = marks | {f"{name} etag": fetched.etag, f"{name} last_modified": fetched.last_modified}
        marks = marks | {lists.mark(name): sha256}
    return marks | {"asked_at": now.isoformat(timespec="seconds")}


def _keep(fetched: Fetched) -> str:
    """Keep a list as it came; answers its digest."""
    assert fetched.body is not None
    sha256 = Document.digest(fetched.body)
    if not Document.objects.filter(pk=sha256).exists():
        row = (
            sha256,
            health.LEGISLATORS,
            Document.Format.LEGISLATORS.value,
            fetched.url,
            None,
            bulk.instant(fetched.fetched_at),
            None,
            Document.pack(fetched.body),
        )
        bulk.insert(Document, bulk.columns_of(Document), [row])
    return sha256
