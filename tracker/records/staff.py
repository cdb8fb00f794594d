"""A measure entered by hand, as the desk hands it to the ledger: the JSON of a `StaffDocument`."""

from __future__ import annotations

import msgspec

from tracker.congress.measures import TYPES
from tracker.records.model import DocumentRefused, MeasureRecord, Reading, Record
from tracker.records.xml import one_line


class Sighting(Record, frozen=True):
    """Where staff saw the measure, before any official source listed it."""

    what: str  # "press report", "chamber's site", …: as a sentence says it
    url: str
    on: str | None = None  # day of what was seen
    name: str | None = None  # of the paper, the office, the list


class StaffDocument(Record, frozen=True):
    """What staff say of a measure, where they saw it, and how it came out.

    A withdrawn one keeps its number and title, and says why; what stood before is in the documents before it.
    """

    measure: MeasureRecord
    seen: tuple[Sighting, ...] = ()
    read_alone: bool = False  # published by who wrote it, without a second reader
    withdrawn: str | None = None  # why; None: it stands


_DECODER = msgspec.json.Decoder(StaffDocument)
_encode = msgspec.json.Encoder(order="sorted").encode


def write_staff(document: StaffDocument) -> bytes:
    """The bytes of a document: the same for the same words."""
    return _encode(document)


def open_staff(body: bytes) -> StaffDocument:
    """What the bytes say. Raises DocumentRefused, in one line, for bytes that are none."""
    try:
        document = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentRefused(f"no measure entered by hand: {one_line(str(error))}") from error
    record = document.measure
    if record.type not in TYPES or record.congress < 1 or record.number < 1:
        raise DocumentRefused(f"no measure entered by hand: {one_line(record.id, 40)!r}")
    return document


def read_staff(body: bytes, *, expected: tuple[int, str, int] | None = None) -> Reading:
    """Read the measure. Raises DocumentRefused, in one line, for bytes that are none, or another than `expected`."""
    record = open_staff(body).measure
    identity = record.congress, record.type, record.number
    if expected is not None and identity != tuple(expected):
        raise DocumentRefused(
            f"another measure is in the document: {record.id}, where {'/'.join(map(str, expected))} was expected"
        )
    return Reading(record)
