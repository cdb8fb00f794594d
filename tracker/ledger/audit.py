"""What is stored, held against what the sources list now, the sources against one another, and rows against documents."""

from __future__ import annotations

from collections.abc import Iterator

import msgspec
from django.conf import settings
from django.utils import timezone

from tracker.congress import calendar
from tracker.ledger import absence, bulk, due, health, lists, outside, rows, search
from tracker.ledger.models import (
    ChangeEvent,
    Folder,
    Measure,
    SourceFile,
    UnknownPart,
    measure_key,
    measure_pk,
)
from tracker.ledger.polling.fetching import fetch_due
from tracker.ledger.polling.report import SourceReport
from tracker.ledger.readings import record_of
from tracker.ledger.rebuild import columns_of, fallen_back, prune, rebuild_measures, told
from tracker.records.keys import action_keys
from tracker.sources.govinfo import GovInfo
from tracker.sources.http import NotThere, SourceError

_BATCH = 100


class Drift(msgspec.Struct, frozen=True):
    """One difference, in one line. `measure_id` is its measure's row id, where it is of one."""

    line: str
    measure_id: int | None = None


def audit(*, repair: bool = False) -> list[Drift]:
    """Every drift found. With `repair`, rows are written anew from their documents and files that differ are fetched again.

    Nothing of the ledger is ever edited: what a repair brings comes as any document does. Rows come first, so that a measure
    whose row is gone is put back from the ledger, and is not taken for a new one when its file comes.
    """
    wrong = [*_lost(), *_rows(), *map(Drift, lists.differing())]
    if repair:
        lists.take_anew()
        for pks in bulk.chunks(sorted({d.measure_id for d in wrong if d.measure_id}), 25):
            rebuild_measures(pks, today=calendar.today())
        prune()
    source = outside.govinfo()
    drifts: list[Drift] = []
    failed: SourceError | None = None
    health.of(health.GOVINFO)
    for congress in settings.CONGRESSES:
        for type in settings.MEASURE_TYPES:
            try:
                drifts += _folder(source, congress, type, repair)
            except NotThere:
                continue  # no measure of this type yet
            except SourceError as error:
                drifts.append(Drift(str(error)))
                failed = failed or error
    if failed is not None:  # once, as a poll does: five failures in a row make a source rest
        health.failed(health.GOVINFO, failed)
    if repair:
        drifts += _fetch(source)
    return [*drifts, *wrong, *_open_questions()]


def _folder(source: GovInfo, congress: int, type: str, repair: bool) -> Iterator[Drift]:
    """Sitemap and listing of one folder against what is held, and against each other."""
    stamps = source.sitemap(congress, type)
    listing = source.listing(congress, type)
    absence.refuse_empty(stamps, f"sitemap of {congress}/{type}")
    absence.refuse_empty(listing, f"listing of {congress}/{type}")
    for number in sorted(stamps.keys() ^ listing.keys()):
        where = (
            "the sitemap and not in the listing" if number in stamps else "the listing and not in the sitemap"
        )
        yield Drift(f"{congress}/{type}/{number}: in {where}", measure_pk(congress, type, number))
    listed = {measure_pk(congress, type, number): stamps.get(number) for number in {*stamps, *listing}}
    low, high = measure_pk(congress, type, 0), measure_pk(congress, type, 999_999)
    marks = dict(SourceFile.objects.filter(pk__range=(low, high)).values_list("pk", "mark"))
    here = set(
        Measure.every.filter(pk__range=(low, high), origin=Measure.Origin.OFFICIAL).values_list(
            "pk", flat=True
        )
    )
    again: dict[int, str | None] = {}
    for pk, stamp in sorted(listed.items()):
        if pk not in here:
            yield Drift(f"{measure_key(pk)}: listed by the source and not held", pk)
        elif stamp is not None and marks.get(pk) != stamp:
            yield Drift(
                f"{measure_key(pk)}: listed as of {stamp}, held as of {marks.get(pk) or 'an unknown moment'}",
                pk,
            )
        else:
            continue
        again[pk] = stamp
    for pk in sorted(here - listed.keys()):
        yield Drift(f"{measure_key(pk)}: held, and not listed by the source", pk)
    now = timezone.now()
    if repair:
        due.want(again, "repair", now)
    absence.compare(congress, type, listed.keys(), now)
    Folder.objects.filter(congress=congress, type=type).update(listed_at=now)


def _fetch(source: GovInfo) -> list[Drift]:
    report = SourceReport(health.GOVINFO)
    try:
        fetch_due(source, report, take_over=True)
    except SourceError as error:
        health.failed(health.GOVINFO, error)
    return [Drift(line) for line in report.failures]


def _lost() -> Iterator[Drift]:
    """Measures that the ledger knows and the table lacks, those that no event names, and rows of no measure at all."""
    known = ChangeEvent.objects.named_measures()
    here = set(Measure.every.values_list("pk", flat=True))
    for pk in sorted(known - here):
        yield Drift(f"{measure_key(pk)}: in the ledger, and its row is gone", pk)
    for pk in sorted(here - known):
        yield Drift(f"{measure_key(pk)}: held, and no event of the ledger names it")
    for pk in sorted(rows.orphans() - known):
        yield Drift(f"{measure_key(pk)}: has parts, and is no measure held")


def _rows() -> Iterator[Drift]:
    """Measures whose rows are not what their document says, and the ledger."""
    today = calendar.today()
    for pks in bulk.chunks(Measure.every.order_by("pk").values_list("pk", flat=True).iterator(), _BATCH):
        held, known = rows.held(pks), told(pks)
        entries, differences = [], {}
        measures = Measure.every.filter(pk__in=pks).select_related("document").order_by("pk")
        behind = fallen_back(measures)
        for measure in measures:
            record = record_of(measure.document)
            keys = action_keys(record.actions)
            wrong = [
                part._meta.verbose_name_plural
                for part, fresh in rows.rows_of(measure.pk, record, keys).items()
                if rows.plain(fresh) != held[part].get(measure.pk, [])
            ]
            should = columns_of(measure.document, record, keys, today) | known.get(measure.pk, {})
            wrong += [name for name, value in should.items() if not _equal(getattr(measure, name), value)]
            wrong += ["its document, which is older than the ledger's last"] if measure.pk in behind else []
            entries.append(search.entry(measure.pk, record))
            differences[measure.pk] = wrong
        for pk in search.differing(entries):
            differences[pk].append("search index")
        for pk, wrong in differences.items():
            if wrong:
                words = ", ".join(map(str, wrong))
                yield Drift(f"{measure_key(pk)}: differs from its document in {words}", pk)


def _equal(held: object, derived: object) -> bool:
    return held == derived if isinstance(derived, dict) else str(held) == str(derived)


def _open_questions() -> Iterator[Drift]:
    for measure in Measure.every.exclude(unconfirmed_document=None).order_by("pk"):
        yield Drift(f"{measure.key}: unconfirmed: {measure.unconfirmed_reason}", measure.pk)
    for part in UnknownPart.objects.order_by("path"):
        yield Drift(f"unknown part {part.path} in {part.documents:,} documents, last {part.last_measure}")
