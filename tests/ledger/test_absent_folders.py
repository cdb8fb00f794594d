"""A folder that GovInfo does not have yet is known as such, and loaded with its first measure."""

from __future__ import annotations

import io
import zipfile
from datetime import UTC, datetime, timedelta

import pytest
from django.test import override_settings

from tests.builders import billstatus
from tracker.ledger import health
from tracker.ledger.models import Folder, Measure
from tracker.ledger.polling.govinfo import Marks, poll_govinfo
from tracker.ledger.polling.report import SourceReport
from tracker.sources.bulkzip import BulkZip
from tracker.sources.govinfo import FetchedZip
from tracker.sources.limits import Limits

pytestmark = pytest.mark.django_db

STAMP = "2025-03-28T09:00:00Z"


class Source:
    """Lists no folder but that of the House resolutions until it has Senate resolutions too."""

    def __init__(self) -> None:
        self.types = ["hres"]

    def sitemap_index(self) -> dict[tuple[int, str], str]:
        return {(119, type): STAMP for type in self.types}

    def sitemap(self, congress: int, type: str) -> dict[int, str]:
        return {7: STAMP}

    def zip(self, congress: int, type: str, etag: str | None, last_modified: str | None) -> FetchedZip:
        packed = io.BytesIO()
        with zipfile.ZipFile(packed, "w") as made:
            made.writestr(f"BILLSTATUS-119{type}7.xml", billstatus(7, type=type))
        bulk = BulkZip(packed, congress, type, Limits())
        return FetchedZip(bulk, "x", None, None, datetime.now(UTC))

    def batches(self, etag: str | None, last_modified: str | None) -> None:
        return None

    def measure_url(self, congress: int, type: str, number: int) -> str:
        return "x"

    def measure_file(self, *measure: object, **validators: str | None) -> None:
        return None


def _poll(source: Source) -> None:
    health.of(health.GOVINFO)
    asked = (datetime.now(UTC) - timedelta(minutes=1)).isoformat()
    marks: Marks = {"batches_asked_at": asked}
    poll_govinfo(source, SourceReport(health.GOVINFO), marks, take_over=True)


@override_settings(CONGRESSES=[119], MEASURE_TYPES=["sres", "hres"])
def test_what_is_not_listed_is_noted_once_and_loaded_when_it_comes() -> None:
    source = Source()
    _poll(source)
    absent = Folder.objects.get(type="sres")
    assert absent.absent_since is not None
    assert Folder.objects.get(type="hres").absent_since is None
    _poll(source)
    assert Folder.objects.get(type="sres").absent_since == absent.absent_since
    source.types.append("sres")
    _poll(source)
    come = Folder.objects.get(type="sres")
    assert come.loaded_at is not None
    assert come.absent_since is None
    assert sorted(Measure.objects.values_list("type", "number")) == [("hres", 7), ("sres", 7)]


@override_settings(CONGRESSES=[119], MEASURE_TYPES=["hres"])
def test_a_folder_that_is_held_and_for_once_not_listed_is_not_called_absent() -> None:
    source = Source()
    _poll(source)
    source.types = ["sres"]
    _poll(source)
    assert Folder.objects.get(type="hres").absent_since is None
