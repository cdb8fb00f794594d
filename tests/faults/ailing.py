"""Sources that can be made ill in any place and any way, before a record that was loaded when they were well."""

from __future__ import annotations

import hashlib
import re
from collections import Counter
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import time_machine
from django.apps import apps
from django.db import models

from tests.replay import Replay, data_folder
from tracker.ledger import chain
from tracker.ledger.models import ChangeEvent, Source
from tracker.ledger.polling.report import SourceReport
from tracker.ledger.polling.run import poll
from tracker.sources.http import Fetcher, Limits
from tracker.sources.pauses import Pace

#: A place: what its requests' paths look like, and the source that a fault there must be laid to.
Place = tuple[str, str]
FILE: Place = (r"/BILLSTATUS-119sres\d+\.xml$", "govinfo")
ZIP: Place = (r"/BILLSTATUS-119-sconres\.zip$", "govinfo")
INDEX: Place = (r"/sitemapindex\.xml$", "govinfo")
SITEMAP: Place = (r"/119sres/sitemap\.xml$", "govinfo")
BATCHES: Place = (r"/rss/billstatus-batch\.xml$", "govinfo")
LISTING: Place = (r"/bulkdata/json/BILLSTATUS/119/sres$", "govinfo")
API_LIST: Place = (r"/v3/bill/119$", "congress.gov")
API_ITEM: Place = (r"/v3/bill/119/sres/\d+", "congress.gov")
MEMBERS: Place = (r"/congress-legislators/legislators-current\.yaml$", "legislators")

#: When the record was loaded, and three days later, when some of it has changed.
LOADED, LATER = datetime(2025, 6, 9, 12, tzinfo=UTC), datetime(2025, 6, 12, 12, tzinfo=UTC)

#: Sizes that a test need not wait for; a real document is far from them.
SMALL = Limits(
    document_bytes=4_000_000,
    zip_bytes=4_000_000,
    member_bytes=4_000_000,
    unpacked_bytes=20_000_000,
)
#: For faults of time alone: on a busy machine, a source that is well may seem slow by these.
HASTY = replace(SMALL, silence_seconds=1.5, patience_seconds=0.8)

#: How the sources are and what is due: this may change in a poll that took nothing.
HEALTH = {"Source", "SourceFile", "DueFetch", "Folder", "Batch", "UnknownPart", "VoteFile"}


def impatient(limits: Limits = SMALL) -> Fetcher:
    """A way out that waits for nothing and nobody."""
    return Fetcher(
        site_url="http://testserver",
        version="0",
        pace_seconds=0,
        limits=limits,
        pace=Pace(),
        sleep=lambda seconds: None,
    )


def folder_of_two_types(folder: Path) -> Path:
    """The real resolutions and concurrent resolutions of the Senate, with thirty members of Congress: enough to be ill with."""
    real = data_folder()
    folder = folder / "congress-119"
    folder.mkdir(parents=True)
    for type in ("sres", "sconres"):
        name = f"BILLSTATUS-119-{type}.zip"
        (folder / name).symlink_to(real / "congress-119" / name)
    members = (real / "legislators-current.yaml").read_text()
    cut = [found.start() for found in re.finditer(r"^- id:", members, re.MULTILINE)][30]
    (folder / "legislators-current.yaml").write_text(members[:cut])
    return folder


@dataclass
class Sources:
    """The replayed sources, and polls of them at the replayed time, which is our own clock's too."""

    replay: Replay
    at: datetime = LOADED
    reports: dict[str, SourceReport] = field(default_factory=dict)

    def go(self, to: datetime) -> None:
        """Let it be then, for the sources and for us."""
        self.at = to
        self.replay.clock(to.strftime("%Y-%m-%dT%H:%M:%SZ"))

    def ill(self, place: Place | str, kind: str, **how: Any) -> dict[str, Any]:
        """A fault in a place until it is cleared."""
        return {"match": place if isinstance(place, str) else place[0], "kind": kind, "times": 999_999} | how

    def touch(self, measures: str, at: datetime | None = None) -> dict[str, Any]:
        """These measures (a regex on "119sres145") are listed as updated then (now), with nothing else changed."""
        return {"match": measures, "kind": "touch", "at": f"{at or self.at:%Y-%m-%dT%H:%M:%SZ}"}

    def poll(self, *, take_over: bool = True) -> list[str]:
        """Poll all sources once; answers the lines of what failed."""
        with self.now():
            self.reports = {report.source: report for report in poll(take_over=take_over)}
        return [line for report in self.reports.values() for line in report.failures]

    def now(self) -> time_machine.travel:
        return time_machine.travel(self.at + timedelta(seconds=5), tick=True)

    def wait(self, **span: float) -> None:
        """Let our clock go on, and the sources' too."""
        self.go(self.at + timedelta(**span))


def record(*, but: set[str] = HEALTH) -> dict[str, str]:
    """A digest of every table of the ledger, row for row; health and queue apart."""
    found = {}
    for model in apps.get_app_config("ledger").get_models():
        if model.__name__ not in but:
            names = [f.attname for f in model._meta.concrete_fields if not isinstance(f, models.BinaryField)]
            rows = model._default_manager.order_by("pk").values_list(*names)
            found[model.__name__] = hashlib.sha256(repr(list(rows)).encode()).hexdigest()
    return found


def validators() -> list[tuple[Any, ...]]:
    """What would be sent as If-None-Match and If-Modified-Since, of files and of zips."""
    Folder, SourceFile = apps.get_model("ledger", "Folder"), apps.get_model("ledger", "SourceFile")
    return [
        *Folder.objects.order_by("type").values_list("type", "zip_etag", "zip_last_modified"),
        *SourceFile.objects.order_by("pk").values_list("pk", "etag", "last_modified"),
    ]


def told() -> Counter[tuple[Any, ...]]:
    """Every event, without when it was seen."""
    names = ("measure_id", "kind", "subject", "before", "after", "occurred_on", "document_id")
    return Counter(ChangeEvent.objects.values_list(*names))


def kinds(measure: int | None = None, since: int = 0) -> Counter[str]:
    """How many events of each kind there are, of one measure (row id) or of all, after the event numbered `since`."""
    events = ChangeEvent.objects.filter(pk__gt=since)
    if measure is not None:
        events = events.filter(measure_id=measure)
    return Counter(events.values_list("kind", flat=True))


def held() -> dict[str, list[tuple[Any, ...]]]:
    """The record as a reader sees it: rows without their own numbers and without when they were seen."""
    found = {}
    for model in apps.get_app_config("ledger").get_models():
        if model.__name__ in HEALTH | {"Document", "ChangeEvent"}:
            continue
        names = [
            f.attname
            for f in model._meta.concrete_fields
            if not isinstance(f, models.AutoField | models.BinaryField | models.DateTimeField)
            and f.attname not in ("last_event", "terms")
        ]
        found[model.__name__] = sorted(model._default_manager.values_list(*names), key=repr)
    return found


def whole() -> None:
    """The ledger's chain and the kept documents' digests hold."""
    assert list(chain.verify()) == []


def assert_told_in_lines(lines: list[str], source: str) -> None:
    """What failed is said in short lines, one each, that name the source and are no traceback."""
    assert lines
    for line in lines:
        assert line.startswith(f"{source}: "), line
        assert line.isprintable() and len(line) < 400, line
        assert "Traceback" not in line and "Error(" not in line, line


def assert_marked(source: str) -> Source:
    """The source's row says since when it fails, and why, in one line."""
    row = Source.objects.get(pk=source)
    assert row.failing_since is not None
    assert row.error and row.error.isprintable() and row.error.startswith(f"{source}: ")
    return row


def assert_well(*sources: str) -> None:
    for row in Source.objects.filter(pk__in=sources):
        assert (row.failing_since, row.error, row.failures) == (None, None, 0), row.name
