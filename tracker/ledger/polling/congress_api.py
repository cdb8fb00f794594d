"""The Congress.gov API: for what GovInfo lacks, or is a day late with. GovInfo's document remains the first choice.

Whole measures only: no record is ever half from one source and half from the other.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from django.conf import settings
from django.db.models import Max
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import health
from tracker.ledger.apply import apply
from tracker.ledger.incoming import Incoming
from tracker.ledger.models import Document, DueFetch, Folder, Measure, measure_pk
from tracker.ledger.models.measures import MeasureQuerySet
from tracker.ledger.polling.report import SourceReport
from tracker.sources.congress_api import ChangedBill, CongressApi
from tracker.sources.errors import NotThere, TooManyChanged

LATE = timedelta(hours=24)  # GovInfo is rebuilt every few hours: what it lacks for a day, it is late with
MOST_A_POLL = 50  # measures; each costs about ten of 5,000 requests an hour
Marks = dict[str, str | None]


def poll_congress_api(source: CongressApi, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """Ask what changed, and fetch what GovInfo should have listed and has not; answers the marks for next time.

    The first load is left to GovInfo's zips: a Congress of which no folder is held yet is not asked for.
    """
    held = Folder.objects.exclude(loaded_at=None).values_list("congress", flat=True)
    for congress in sorted(set(held).intersection(settings.CONGRESSES)):
        mark = f"{congress} since"
        since = calendar.instant(marks.get(mark)) or _newest_held(congress)
        try:
            changed = list(source.changed_since(congress, since))
        except (
            TooManyChanged
        ) as error:  # a reprocessing of the whole: what is news in it comes by GovInfo's files
            report.notes.append(str(error))
            marks = marks | {mark: timezone.now().isoformat(timespec="seconds")}
            continue
        report.asked += 1
        newest = max((c.updated_at for c in changed), default=since)
        late = _late(changed, newest)
        for bill in late[:MOST_A_POLL]:
            _take(source, bill, report)
        report.listed += len(late)
        # the next window begins where what is not late yet, or was too much for one poll, is listed again
        start = late[MOST_A_POLL].updated_at if len(late) > MOST_A_POLL else newest - LATE
        marks = marks | {mark: max(since, start).isoformat(timespec="seconds")}
    return marks


def _newest_held(congress: int) -> datetime:
    """The newest update that is held: by the source's own clock, which need not be ours."""
    newest = _of_sources().filter(congress=congress).aggregate(at=Max("updated_at"))["at"]
    return calendar.instant(newest) or timezone.now()


def _late(changed: Sequence[ChangedBill], newest: datetime) -> list[ChangedBill]:
    """What the API lists in a newer state than is held for a day now, and GovInfo has not even listed; oldest first.

    The day is counted on the source's own clock, from the newest update that it lists.
    """
    late = [c for c in changed if c.updated_at <= newest - LATE and c.type in settings.MEASURE_TYPES]
    pks = {measure_pk(*c.key): c for c in late}
    due = set(DueFetch.objects.filter(pk__in=pks).values_list("pk", flat=True))
    held = dict(_of_sources().filter(pk__in=pks).values_list("pk", "updated_at"))
    lacking = [c for pk, c in pks.items() if pk not in due and _is_behind(held.get(pk), c.updated_at)]
    return sorted(lacking, key=lambda c: c.updated_at)


def _of_sources() -> MeasureQuerySet:
    """Without what staff entered by hand: its update date is of the desk's clock, not of the source's."""
    return Measure.every.exclude(origin=Measure.Origin.STAFF)


def _is_behind(updated_at: str | None, listed: datetime) -> bool:
    held = calendar.instant(updated_at)
    return held is None or held < listed - LATE


def _take(source: CongressApi, bill: ChangedBill, report: SourceReport) -> None:
    try:
        body = source.bill(*bill.key)
    except NotThere as error:
        report.absent += 1
        report.notes.append(str(error))
        return
    congress, type, number = bill.key
    incoming = Incoming(
        congress,
        type,
        number,
        body,
        health.CONGRESS_API,
        Document.Format.CONGRESS_API,
        f"{settings.CONGRESS_API_URL}/bill/{congress}/{type}/{number}",
        timezone.now(),
    )
    (applied,) = apply([incoming])
    report.add(applied)
