"""When a document is not believed at once: it is older than what is held, or it lost too much in one step."""

from __future__ import annotations

from datetime import datetime

from tracker.congress import calendar
from tracker.ledger.models import Measure
from tracker.records.diff import lost_parts
from tracker.records.model import MeasureRecord, Reading

_WORDS = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "titles": "titles",
    "subjects": "subjects",
    "summaries": "summaries",
    "text_versions": "text versions",
    "related": "related measures",
    "amendments": "amendments",
}


def is_older(record: MeasureRecord, measure: Measure, now: datetime) -> bool:
    """Whether the record is of an earlier state than the one in force, by the source's own update date.

    A date ahead of our clock dates nothing: neither the held record nor this one can be told old by it.
    """
    held, found = calendar.instant(measure.updated_at), calendar.instant(record.updated_at)
    if held is None or found is None or held > now or found > now:
        return False
    return found < held


def reason(before: MeasureRecord, reading: Reading, measure: Measure, fetched_at: datetime) -> str | None:
    """Why the record is not taken yet, in words for its page; None where it is.

    A list that lost half of its items (three or more) needs a second witness: a later fetch that finds the same. A part
    that is missing beside an element unknown to us is not known to be empty, however often it comes.
    """
    after = reading.record
    hidden = [part for part in reading.missing if getattr(before, part, None)] if reading.unknown else []
    if hidden:
        return f"the source sends an unknown part ({', '.join(reading.unknown)}) and no {_said(hidden)}"
    lost = lost_parts(before, after)
    if not lost:
        return None
    since = measure.unconfirmed_since
    if since is not None and fetched_at > since:
        return None
    counts = (
        f"{len(getattr(after, part)) or 'no'} {_WORDS.get(part, part)} just now; {len(getattr(before, part))} stood "
        f"in the record of {(before.updated_at or 'an earlier day')[:10]}"
        for part in lost
    )
    return f"the source lists {', and '.join(counts)}"


def _said(parts: list[str]) -> str:
    return " or ".join(_WORDS.get(part, part) for part in parts)
