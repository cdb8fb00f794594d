"""From a kept document to what it says: one parser a format."""

from __future__ import annotations

from collections.abc import Callable

from tracker.ledger.models import Document
from tracker.records.billstatus import read_billstatus
from tracker.records.congress_api import read_congress_api
from tracker.records.model import MeasureRecord, Reading
from tracker.records.staff import read_staff
from tracker.records.starter import read_starter

_READERS: dict[str, Callable[..., Reading]] = {
    Document.Format.BILLSTATUS: read_billstatus,
    Document.Format.CONGRESS_API: read_congress_api,
    Document.Format.STARTER: read_starter,
    Document.Format.STAFF: read_staff,
}


def read(format: str, body: bytes, expected: tuple[int, str, int] | None = None) -> Reading:
    """What these bytes say. Raises DocumentRefused, in one line, for bytes that are not what the format claims."""
    return _READERS[format](body, expected=expected)


def record_of(document: Document) -> MeasureRecord:
    """The record that a kept document of a measure holds, as the parser of today reads it."""
    return read(document.format, document.body).record
