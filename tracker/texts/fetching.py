"""Working off what is due: zips where much of a folder is lacking, single files else."""

from __future__ import annotations

import time
from collections.abc import Iterable, Mapping
from datetime import datetime

from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import bulk
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import Measure, measure_key
from tracker.ledger.readings import record_of
from tracker.sources.bill_texts import BillTexts, FetchedTexts
from tracker.sources.bulkzip import ZipMember
from tracker.sources.errors import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable
from tracker.texts import due
from tracker.texts.keeping import Arrived, keep
from tracker.texts.models import MeasureText
from tracker.texts.report import TextsReport

WORTH_A_ZIP = 50  # texts of one Congress and type that were never asked for
SINGLY_A_POLL = 200  # files asked for one by one; what is left waits for the next sweep
BATCH = 100
PAUSE_SECONDS = 0.02  # between batches, so that whoever else writes gets the lock
_GIVE_UP = 3  # files in a row that the source did not answer: it is the source, not the file


def fetch_texts(source: BillTexts, report: TextsReport, *, take_over: bool = False) -> None:
    """Fetch what is due now. What is not there is noted; what failed stays due, each with its line.

    Raises SourceError where the source as a whole does not answer, after giving back what was leased.
    """
    _from_zips(source, report, take_over=take_over)
    now = timezone.now()
    rows = due.lease(now, limit=SINGLY_A_POLL, take_over=take_over)
    report.listed += len(rows)
    listed = _addresses(rows)
    silent = 0
    for place, row in enumerate(rows):
        try:
            _fetch(source, row, listed.get(row.package, ()), report)
            silent = 0
        except (SourceUnreachable, SourceRefused) as error:
            silent += 1
            due.unanswered(row, str(error), timezone.now())
            report.failures.append(str(error))
            if silent == _GIVE_UP or error.retry_at or error.status in (401, 403):
                due.give_back(rows[place + 1 :])
                raise
        failpoint("between texts")
    report.waiting = MeasureText.objects.wanted(timezone.now()).count() if len(rows) == SINGLY_A_POLL else 0


def _fetch(source: BillTexts, row: MeasureText, listed: Iterable[str], report: TextsReport) -> None:
    report.asked += 1
    try:
        fetched = source.text(row.package, tuple(listed))
    except NotThere as error:
        report.absent += 1
        due.not_had(row, MeasureText.State.ABSENT, str(error), timezone.now())
        return
    except BadAnswer as error:
        due.not_had(row, MeasureText.State.UNREADABLE, str(error), timezone.now())
        report.failures.append(str(error))
        return
    assert fetched.body is not None  # no validators were sent
    report.count(keep([Arrived(row, fetched.body, fetched.url, fetched.fetched_at)], timezone.now()))


def _addresses(rows: Iterable[MeasureText]) -> dict[str, tuple[str, ...]]:
    """By package: the addresses that the measure's record lists of it."""
    pks = {row.measure_id for row in rows}
    found: dict[str, tuple[str, ...]] = {}
    for some in bulk.chunks(sorted(pks), BATCH):
        for measure in Measure.objects.filter(pk__in=some).select_related("document"):
            for version in record_of(measure.document).text_versions:
                if version.package:
                    found[version.package] = tuple(form.url for form in version.formats if form.url)
    return found


def _from_zips(source: BillTexts, report: TextsReport, *, take_over: bool) -> None:
    """Bring what many are lacking of at once: a request a session instead of one a text.

    What no zip of its folder holds is left to be asked for singly: zips are made hours after the files, and lack the
    versions that have no XML.
    """
    now = timezone.now()
    due_now = MeasureText.objects.wanted(now) if take_over else MeasureText.objects.ready(now)
    folders: dict[tuple[int, str], dict[str, MeasureText]] = {}
    for row in due_now.filter(attempts=0, asked_at=None):
        congress, type, _ = measure_key(row.measure_id).split("/")
        folders.setdefault((int(congress), type), {})[row.package] = row
    for (number, type), wanted in sorted(folders.items(), reverse=True):
        if len(wanted) >= WORTH_A_ZIP:
            due.take(wanted.values(), timezone.now())
            try:
                _from_folder(source, number, type, wanted, report)
            finally:
                due.give_back(wanted.values())


def _from_folder(
    source: BillTexts, congress: int, type: str, wanted: dict[str, MeasureText], report: TextsReport
) -> None:
    """Keep what the folder's zips hold of what is wanted, and take it out of that."""
    report.listed += len(wanted)
    whole = True
    for session in _sessions(congress):
        try:
            report.asked += 1
            fetched = source.zip(congress, session, type)
        except NotThere as error:
            report.notes.append(str(error))
            continue
        except SourceError as error:
            if isinstance(error, SourceUnreachable) or error.retry_at:
                raise
            report.failures.append(str(error))
            whole = False
            continue
        with fetched.zip:
            for members in bulk.chunks(fetched.zip.members(), BATCH):
                report.count(
                    keep(_arrived(source, fetched, session, members, wanted, report), timezone.now())
                )
                due.take(wanted.values(), timezone.now())
                failpoint("texts of a zip kept")
                time.sleep(PAUSE_SECONDS)
    if whole:
        _asked_in_vain(wanted, timezone.now())
        report.listed -= len(wanted)  # they are counted when they are asked for singly


def _arrived(
    source: BillTexts,
    fetched: FetchedTexts,
    session: int,
    members: Iterable[ZipMember],
    wanted: dict[str, MeasureText],
    report: TextsReport,
) -> list[Arrived]:
    arrived = []
    for member in members:
        package = member.name.removesuffix(".xml")
        if package not in wanted:
            continue
        if member.body is None:
            report.notes.append(f"govinfo: texts of {member.congress}/{member.type}: {member.error}")
            continue
        url = source.address(member.congress, session, member.type, package)
        arrived.append(Arrived(wanted.pop(package), member.body, url, fetched.fetched_at))
    return arrived


def _asked_in_vain(wanted: Mapping[str, MeasureText], now: datetime) -> None:
    for some in bulk.chunks([row.pk for row in wanted.values()], 500):
        MeasureText.objects.filter(pk__in=some, state=MeasureText.State.DUE).update(
            asked_at=now, error="not in its folder's zips"
        )


def _sessions(congress: int) -> list[int]:
    """The sessions of a Congress that have begun."""
    first = calendar.first_day(congress)
    return [1, 2] if calendar.today() >= first.replace(year=first.year + 1) else [1]
