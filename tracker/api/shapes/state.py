"""How it goes with the tracker itself, and where to begin."""

from __future__ import annotations

from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import Instant, MeasureId, Shape


class SourceHealth(Shape):
    """How it goes with one source."""

    name: Annotated[str, Meta(examples=["govinfo"])]
    asked_at: Instant | None
    answered_at: Annotated[Instant | None, Meta(description="The last good answer.")]
    changed_at: Annotated[Instant | None, Meta(description="The last answer that had news.")]
    failing_since: Annotated[Instant | None, Meta(description="Null: the last answer was good.")]
    error: str | None
    failures: Annotated[int, Meta(description="In a row.")]
    rests_until: Instant | None
    stale_answers: Annotated[int, Meta(description="Documents older than the one held, not taken.")]
    refused_answers: Annotated[int, Meta(description="Bodies that failed a check, not taken.")]


class Folder(Shape):
    """How far the first load of one Congress's measures of one type is."""

    congress: int
    type: str
    total: Annotated[int | None, Meta(description="Files in the zip being loaded; null: not known yet.")]
    done: int
    loaded_at: Annotated[Instant | None, Meta(description="Held whole since; null: not yet.")]
    listed_at: Annotated[Instant | None, Meta(description="The last complete listing.")]


class UnknownPart(Shape):
    """An element, a schema or a value that the parser has no name for. The document is kept whole, so nothing is lost."""

    path: str
    documents: Annotated[int, Meta(description="In how many documents it stood.")]
    first_seen_at: Instant
    last_measure: MeasureId


class LedgerHead(Shape):
    """Where the ledger ends. A ledger that contradicts a head once published has been tampered with."""

    count: int
    hash: str
    at: Instant | None


class Sources(Shape):
    sources: list[SourceHealth]
    folders: list[Folder]
    unknown_parts: list[UnknownPart]
    ledger: LedgerHead


class Stats(Shape):
    """Counts now. Every item that the source lists counts once, exact repetitions too. What staff entered by hand counts
    in none but `changes`, which are all events of the ledger."""

    measures: int
    actions: int
    cosponsors: Annotated[int, Meta(description="The withdrawn among them.")]
    withdrawn: int
    titles: int
    summaries: int
    text_versions: int
    committees: Annotated[int, Meta(description="Measures' committees, without subcommittees.")]
    subjects: int
    laws: int
    related: int
    amendments: int
    recorded_votes: Annotated[int, Meta(description="Distinct roll calls that measures' own actions name.")]
    changes: Annotated[dict[str, int], Meta(description="Events by kind; kinds without one are not in it.")]


class Index(Shape):
    """Where to begin."""

    documentation: str
    openapi: str
    measures: str
    changes: str
    members: str
    committees: str
    votes: str
    topics: str
    sources: str
    stats: str
