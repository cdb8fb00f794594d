"""A measure of another Congress as a paragraph names it."""

from __future__ import annotations

from datetime import date

from tracker.congress import calendar
from tracker.ledger.models import Measure
from tracker.records.telling import Before


def before(other: Measure, day: date) -> Before:
    """The measure, and whether it had died with its Congress by this day."""
    died = other.status == "died" and calendar.is_over(other.congress, day)
    return Before(other.key, other.citation, other.congress, died)
