"""The Congress.gov API: for what GovInfo lacks, or is a day late with. GovInfo's document remains the first choice.

Whole measures only: no record is ever half from one source and half from the other.
"""

from __future__ import annotations

from datetime import timedelta

from django.conf import settings

from tracker.congress import calendar
from tracker.ledger.models import Folder
from tracker.ledger.polling.report import SourceReport
from tracker.sources.congress_api import CongressApi

LATE = timedelta(hours=24)  # GovInfo is rebuilt every few hours: what it lacks for a day, it is late with
MOST_A_POLL = 50  # measures; each costs about ten of 5,000 requests an hour
Marks = dict[str, str | None]


def poll_congress_api(source: CongressApi, report: SourceReport, marks: Marks, *, take_over: bool) -> Marks:
    """Ask what changed since last time, and fetch what GovInfo should have and has not; answers the marks for next time."""
    for congress in settings.CONGRESSES:
        if not Folder.objects.filter(congress=congress).exclude(loaded_at=None).exists():
            continue  # the first load comes from the zips
        since = calendar.instant(marks.get(f"{congress} since"))
        if since is None:
            since = _newest_held(congress)
        changed = list(source.changed_since(congress, since))
        report.listed += len(changed)
        newest = max((c.updated_at for c in changed), default=since)
        for bill in _late(changed, newest)[:MOST_A_POLL]:
            _take(source, bill, report)
        # what is not late yet is asked for again: the window begins before it
        marks = marks | {
            f"{congress} since": min(since, newest - LATE).isoformat() if not changed else _window(newest)
        }
    return marks
