"""One measure of the starter record: the JSON of a `MeasureRecord`, made by this project and shipped with it."""

from __future__ import annotations

import msgspec

from tracker.congress.measures import TYPES
from tracker.records.model import DocumentRefused, MeasureRecord, Reading
from tracker.records.xml import one_line

_DECODER = msgspec.json.Decoder(MeasureRecord)


def read_starter(body: bytes, *, expected: tuple[int, str, int] | None = None) -> Reading:
    """Read one measure. Raises DocumentRefused, in one line, for bytes that are none, or another than `expected`."""
    try:
        record = _DECODER.decode(body)
    except (msgspec.MsgspecError, UnicodeDecodeError, RecursionError) as error:
        raise DocumentRefused(f"no measure of the starter record: {one_line(str(error))}") from error
    if record.type not in TYPES or record.congress < 1 or record.number < 1:
        raise DocumentRefused(f"no measure of the starter record: {one_line(record.id, 40)!r}")
    identity = record.congress, record.type, record.number
    if expected is not None and identity != tuple(expected):
        raise DocumentRefused(
            f"another measure is in the file: {record.id}, where {'/'.join(map(str, expected))} was expected"
        )
    return Reading(record)
