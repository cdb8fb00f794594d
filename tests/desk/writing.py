"""Entries as a test needs them: written, waiting for a review, public. Dates and people stand in `cast`."""

from __future__ import annotations

from typing import Any

from tracker.desk import entries, publishing
from tracker.desk.models import Entry, Kind, Publication, User
from tracker.ledger.models import Measure

POINTS: dict[str, Any] = {
    "lead": "What it would do:",
    "points": [
        {
            "text": "It would ask for *protection* of the refugees.",
            "tied": {"kind": "clause", "version": "is", "anchor": "p1", "digest": None},
        }
    ],
}

WORDS: dict[str, dict[str, Any]] = {
    Kind.KEY_POINTS: POINTS,
    Kind.STATUS_UPDATE: {
        "on": "2025-04-02",
        "body": "The sponsor’s office says that a hearing is planned.",
        "seen_where": "Letter to the desk",
    },
    Kind.NOTE: {"body": "A note on **how** it came about."},
    Kind.PRESS_COVERAGE: {
        "outlet": "The Example",
        "headline": "Senators act",
        "on": "2025-04-01",
        "url": "https://example.org/story?a=1&b=2",
        "body": "It names the sponsor.",
        "article": "The whole text of the article, which is another’s.",
    },
    Kind.CORRECTION: {"of": None, "body": "The article says H.Res. 145; it is S.Res. 145."},
    Kind.POSITION: {
        "who": "Example Union",
        "stance": "supports",
        "body": "They wrote to the committee.",
        "url": "https://example.org/letter",
        "on": "2025-04-03",
    },
}


def about(measure: Measure) -> dict[str, Any]:
    return {"measure_id": measure.pk}


def draft(
    by: User,
    of: dict[str, Any],
    kind: str = Kind.KEY_POINTS,
    *,
    title: str = "In plain words",
    fields: dict[str, Any] | None = None,
) -> Entry:
    """An entry with one revision."""
    entry = entries.start(by, kind, of)
    entries.save(entry, by, based_on=0, title=title, fields=WORDS[kind] if fields is None else fields)
    entry.refresh_from_db()
    return entry


def in_review(by: User, of: dict[str, Any], kind: str = Kind.KEY_POINTS, **words: Any) -> Entry:
    entry = draft(by, of, kind, **words)
    return entries.ask(entry, by, version=entry.version)


def public(
    by: User, second: User, of: dict[str, Any], kind: str = Kind.KEY_POINTS, **words: Any
) -> Publication:
    """What `by` wrote and `second` published."""
    entry = in_review(by, of, kind, **words)
    return publishing.publish(entry, second, version=entry.version)


def corrected(
    publication: Publication,
    by: User,
    second: User,
    *,
    fields: dict[str, Any],
    title: str = "In plain words",
    why: str = "A word was wrong.",
) -> Publication:
    """The same entry after `by` wrote it anew and `second` published that."""
    entry = Entry.objects.get(pk=publication.entry_id)
    revision = entries.save(entry, by, based_on=entry.version, title=title, fields=fields)
    entries.ask(entry, by, version=revision.number)
    return publishing.correct(entry, second, version=revision.number, why=why)
