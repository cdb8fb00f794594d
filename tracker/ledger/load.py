"""Whole folders from GovInfo's zips: the first load, and a poll that meets more changes than are worth fetching singly."""

from __future__ import annotations

import email.utils
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from django.db import transaction
from django.utils import timezone

from tracker.congress import calendar
from tracker.congress.measures import measure_type
from tracker.ledger import absence, bulk, due, health
from tracker.ledger.apply import Settled, apply
from tracker.ledger.failpoints import failpoint
from tracker.ledger.incoming import Applied, Incoming, Outcome
from tracker.ledger.models import Document, Folder, SourceFile, measure_pk
from tracker.sources.bulkzip import ZipMember
from tracker.sources.govinfo import FetchedZip, GovInfo
from tracker.sources.http import NotThere, SourceError

BATCH = 100
WORTH_A_ZIP = 300  # files of one folder that differ
PAUSE_SECONDS = 0.02  # between batches, so that whoever else writes (staff, on SQLite) gets the lock

Progress = Callable[[int, int], None]  # files done, files in all


def _silent(done: int, total: int) -> None:
    pass


def folders_wanted(congresses: Sequence[int], types: Sequence[str]) -> list[tuple[int, str]]:
    """The folders to load, in that order: the newest Congress's resolutions, its bills, then the older Congresses."""
    bills_last = sorted(types, key=lambda t: measure_type(t).form == "bill")
    return [(congress, type) for congress in sorted(congresses, reverse=True) for type in bills_last]


@dataclass(slots=True)
class FolderReport:
    """What a load did with one folder. `failures` are lines for the operator."""

    congress: int
    type: str
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    applied: list[Applied] = field(default_factory=list)  # those that were not taken
    events: int = 0
    failures: list[str] = field(default_factory=list)
    missing: bool = False  # the source has no such folder (yet): no failure
    unchanged: bool = False  # the zip is the one that was read last time

    @property
    def name(self) -> str:
        return f"{self.congress}/{self.type}"

    def add(self, applied: Applied) -> None:
        self.outcomes[applied.outcome] += 1
        self.events += applied.events
        if applied.outcome is Outcome.REFUSED:
            self.failures.append(f"govinfo: zip of {self.name}: {applied.measure}: {applied.reason}")


def load_folder(
    source: GovInfo, congress: int, type: str, *, mark: str | None, progress: Progress = _silent
) -> FolderReport:
    """Bring one folder up to what its zip holds. `mark` is its stamp in the sitemap index, read before.

    May be killed at any moment and run again: a measure that is current costs a digest. What the zip lacks, or holds in an
    older state than the sitemap lists, is left to be fetched singly, as part of the load: it is news to nobody. Where more
    is lacking than is worth that, or it is not known what, a first load is not over: it begins again with another zip.

    Raises SourceError where no zip could be had at all.
    """
    report = FolderReport(congress, type)
    folder, _ = Folder.objects.get_or_create(congress=congress, type=type)
    stamps = _listed(source, report)
    etag, last_modified = (folder.zip_etag, folder.zip_last_modified) if folder.loaded_at else (None, None)
    try:
        fetched = source.zip(congress, type, etag, last_modified)
    except NotThere:
        Folder.objects.note_absent([(congress, type)], timezone.now())
        report.missing = True
        return report
    if fetched is None:
        report.unchanged = True
    else:
        with fetched.zip:
            _read_zip(source, fetched, folder, stamps, report, progress)
    _finish(folder, stamps, mark, whole=not report.failures)
    return report


def _listed(source: GovInfo, report: FolderReport) -> dict[int, str]:
    """The folder's stamps; none where its sitemap cannot be had: its files are then asked for when it can."""
    try:
        stamps = source.sitemap(report.congress, report.type)
        absence.refuse_empty(stamps, f"sitemap of {report.name}")
        return stamps
    except NotThere:
        return {}
    except SourceError as error:
        report.failures.append(str(error))
        return {}


def _read_zip(
    source: GovInfo,
    fetched: FetchedZip,
    folder: Folder,
    stamps: Mapping[int, str],
    report: FolderReport,
    progress: Progress,
) -> None:
    loading = folder.loaded_at is None
    place = Folder.objects.filter(congress=folder.congress, type=folder.type)
    place.update(total=fetched.zip.total, done=0)
    settled = Settled(*_span(folder))
    made = _http_date(fetched.last_modified)
    done = 0
    for members in bulk.chunks(fetched.zip.members(), BATCH):
        documents = []
        for member in members:
            if member.error is not None:
                report.failures.append(f"govinfo: zip of {report.name}: member refused: {member.error}")
            elif member.number is not None and member.body is not None:
                stamp = stamps.get(member.number)
                stamp = stamp if _as_new_as(stamp, made, member) else None
                incoming = _incoming(source, fetched, member, stamp)
                if settled.has(incoming):
                    report.add(Applied(incoming.key, Outcome.SAME))
                else:
                    documents.append(incoming)
        if documents:
            for applied in apply(documents, loading=loading):
                report.add(applied)
            time.sleep(PAUSE_SECONDS)
        done += len(members)
        place.update(done=done)
        progress(done, fetched.zip.total)
        failpoint("batch loaded")
    whole = not report.failures  # else the same zip has to be read again, not answered 304
    place.update(
        zip_etag=fetched.etag if whole else None,
        zip_last_modified=fetched.last_modified if whole else None,
    )


def _incoming(source: GovInfo, fetched: FetchedZip, member: ZipMember, stamp: str | None) -> Incoming:
    assert member.number is not None and member.body is not None
    return Incoming(
        member.congress,
        member.type,
        member.number,
        member.body,
        health.GOVINFO,
        Document.Format.BILLSTATUS,
        source.measure_url(member.congress, member.type, member.number),
        fetched.fetched_at,
        stamp,
    )


def _as_new_as(stamp: str | None, made: datetime | None, member: ZipMember) -> bool:
    """Whether the member is the state that the sitemap lists: zips are at times older than the files they are made of.

    The zip was `made` after the listed moment, and so was the member, where the zip's own stamps can be believed: they have no
    zone, so one within hours of the listed moment says nothing either way.
    """
    listed = calendar.instant(stamp)
    if listed is None:
        return False
    listed = listed.replace(microsecond=0)
    if made is not None and made < listed:
        return False
    return member.modified is None or (listed - member.modified).total_seconds() < 6 * 3600


def _finish(folder: Folder, stamps: Mapping[int, str], mark: str | None, *, whole: bool) -> None:
    """Have what is listed and not held in that state fetched singly, and remember the listing as worked off.

    `whole` is whether all that the zip holds was read.
    """
    listed = {measure_pk(folder.congress, folder.type, number): stamp for number, stamp in stamps.items()}
    held = dict(SourceFile.objects.filter(pk__range=_span(folder)).values_list("pk", "mark"))
    lacking = {pk: stamp for pk, stamp in listed.items() if held.get(pk) != stamp}
    place = Folder.objects.filter(congress=folder.congress, type=folder.type)
    if folder.loaded_at is None and not whole and (not listed or len(lacking) > WORTH_A_ZIP):
        return
    now = timezone.now()
    with transaction.atomic():
        due.want(lacking, "listed" if folder.loaded_at else due.FIRST_LOAD, now)
        if listed:
            place.update(mark=mark, listed_at=now)
        if folder.loaded_at is None:
            place.update(loaded_at=now, absent_since=None)


def _span(folder: Folder) -> tuple[int, int]:
    """The row ids that measures of this folder can have."""
    return measure_pk(folder.congress, folder.type, 0), measure_pk(folder.congress, folder.type, 999_999)


def _http_date(text: str | None) -> datetime | None:
    try:
        return email.utils.parsedate_to_datetime(text).astimezone(UTC) if text else None
    except ValueError:
        return None
