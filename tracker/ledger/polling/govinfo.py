"""GovInfo: which folders moved, which files in them, and the files themselves; quiet polls ask once."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import absence, due, health
from tracker.ledger.failpoints import failpoint
from tracker.ledger.load import WORTH_A_ZIP, folders_wanted, load_folder
from tracker.ledger.models import Batch, Folder, SourceFile, measure_pk
from tracker.ledger.polling.fetching import fetch_due
from tracker.ledger.polling.lately import lately
from tracker.ledger.polling.report import SourceReport
from tracker.sources.govinfo import Batches, GovInfo
from tracker.sources.http import NotThere, SourceError

_BATCHES_EVERY = timedelta(hours=1)
_BEFORE_ITS_BATCH = timedelta(hours=8)  # a file stands in a batch that is published up to six hours after it

Marks = dict[str, str | None]


def poll_govinfo(source: GovInfo, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """One poll; answers the marks to ask with next time. Raises SourceError where the source as a whole failed.

    What was found due stays due whatever fails after it, and is fetched first of all next time.
    """
    started = timezone.now()
    index = source.sitemap_index()
    absence.refuse_empty(index, "sitemap index")
    folders = {(f.congress, f.type): f for f in Folder.objects.all()}
    wanted = folders_wanted(settings.CONGRESSES, settings.MEASURE_TYPES)
    _note_absent([key for key in wanted if key not in index], folders, started)
    for (congress, type), mark in ((key, index[key]) for key in wanted if key in index):
        folder = folders.get((congress, type))
        try:
            if folder is None or folder.loaded_at is None:
                _load(source, congress, type, mark, report)
            elif folder.mark != mark:
                _read_folder(source, folder, mark, report)
        except NotThere as error:
            report.notes.append(str(error))
        except SourceError as error:
            report.failures.append(str(error))
            if error.retry_at:
                raise
    marks = _read_batches(source, marks, report, started)
    failpoint("listed")
    fetch_due(source, report, take_over=take_over)
    return marks


def _note_absent(
    absent: Iterable[tuple[int, str]], folders: Mapping[tuple[int, str], Folder], now: datetime
) -> None:
    """A quiet poll writes nothing: only what was not known to be absent is noted."""
    known = {key for key, folder in folders.items() if folder.absent_since or folder.loaded_at}
    Folder.objects.note_absent([key for key in absent if key not in known], now)


def _load(source: GovInfo, congress: int, type: str, mark: str, report: SourceReport) -> None:
    loaded = load_folder(source, congress, type, mark=mark)
    report.outcomes.update(loaded.outcomes)
    report.events += loaded.events
    report.failures += loaded.failures
    if not loaded.missing:
        report.notes.append(
            f"{health.GOVINFO}: {loaded.name} loaded: {sum(loaded.outcomes.values()):,} measures"
        )


def _read_folder(source: GovInfo, folder: Folder, mark: str, report: SourceReport) -> None:
    """Compare a folder's list with what is held, for inequality, not order; what differs becomes due."""
    try:
        stamps = source.sitemap(folder.congress, folder.type)
        absence.refuse_empty(stamps, f"sitemap of {folder.congress}/{folder.type}")
    except SourceError as error:
        if isinstance(error, NotThere) or error.retry_at:
            raise
        report.failures.append(str(error))
        _read_listing(source, folder)
        return
    listed = {measure_pk(folder.congress, folder.type, number): stamp for number, stamp in stamps.items()}
    now = timezone.now()
    held = _held(folder)
    different = {pk: stamp for pk, stamp in listed.items() if held.get(pk, "") != stamp}
    if len(different) > WORTH_A_ZIP:
        _load(source, folder.congress, folder.type, mark, report)
        absence.compare(folder.congress, folder.type, listed.keys(), now)
        return
    with transaction.atomic():
        due.want(different, "listed", now)
        absence.compare(folder.congress, folder.type, listed.keys(), now)
        Folder.objects.filter(congress=folder.congress, type=folder.type).update(mark=mark, listed_at=now)


def _read_listing(source: GovInfo, folder: Folder) -> None:
    """Where the sitemap fails: the folder's own listing, whose times are to the minute. It is not marked as worked off."""
    held = _held(folder)
    different: dict[int, str | None] = {}
    listing = source.listing(folder.congress, folder.type)
    absence.refuse_empty(listing, f"listing of {folder.congress}/{folder.type}")
    for number, (time, _) in listing.items():
        pk = measure_pk(folder.congress, folder.type, number)
        listed = _listed_minute(time)
        stamp = calendar.instant(held.get(pk))
        if listed is None or stamp is None or stamp.replace(second=0, microsecond=0) != listed:
            different[pk] = None
    due.want(different, "listed", timezone.now())


def _read_batches(source: GovInfo, marks: Marks, report: SourceReport, now: datetime) -> Marks:
    """Hourly, the second witness: what finished batches name and no sitemap brought, for sitemaps have stood still for days."""
    if lately(calendar.instant(marks.get("batches_asked_at")), _BATCHES_EVERY, now):
        return marks
    try:
        found = source.batches(marks.get("batches_etag"), marks.get("batches_last_modified"))
        if found is not None:
            absence.refuse_empty(found.items, "feed of batches")
    except SourceError as error:
        report.failures.append(str(error))
        return marks
    marks = marks | {"batches_asked_at": now.isoformat(timespec="seconds")}
    if found is None:
        return marks
    _note_batches(found, now)
    return marks | {"batches_etag": found.etag, "batches_last_modified": found.last_modified}


def _note_batches(found: Batches, now: datetime) -> None:
    seen = set(Batch.objects.filter(guid__in=[b.guid for b in found.items]).values_list("guid", flat=True))
    fresh = [b for b in found.items if b.guid not in seen]
    loaded = set(Folder.objects.exclude(loaded_at=None).values_list("congress", "type"))
    named = {
        measure_pk(*key): batch.published_at
        for batch in sorted(fresh, key=lambda b: (b.published_at is not None, b.published_at))
        for key in batch.files
        if key[:2] in loaded
    }
    held = dict(SourceFile.objects.filter(pk__in=named).values_list("pk", "mark"))
    missed = [pk for pk, at in named.items() if not _brought(held.get(pk), at)]
    with transaction.atomic():
        due.want({pk: held.get(pk) for pk in missed}, "batch", now)
        Batch.objects.bulk_create([Batch(guid=b.guid, seen_at=now) for b in fresh], ignore_conflicts=True)


def _brought(mark: str | None, published_at: datetime | None) -> bool:
    """Whether the state that a batch names is held already, by the stamp under which it was fetched."""
    held = calendar.instant(mark)
    return held is not None and published_at is not None and held > published_at - _BEFORE_ITS_BATCH


def _held(folder: Folder) -> dict[int, str | None]:
    span = (measure_pk(folder.congress, folder.type, 0), measure_pk(folder.congress, folder.type, 999_999))
    return dict(SourceFile.objects.filter(pk__range=span).values_list("pk", "mark"))


def _listed_minute(time: str) -> datetime | None:
    try:
        return datetime.strptime(f"{time} +0000", "%d-%b-%Y %H:%M %z")
    except ValueError:
        return None
