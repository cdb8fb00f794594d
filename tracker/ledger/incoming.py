"""A document on its way in, and what became of it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from tracker.ledger.models import measure_pk
from tracker.records.model import Reading


class Outcome(StrEnum):
    """What became of a document."""

    NEW = "new"  # the measure's first official one
    CHANGED = "changed"  # in force now, with events
    SAME = "same"  # says nothing that the one in force does not
    STALE = "stale"  # older than the one in force: kept, asked for again
    UNCONFIRMED = "unconfirmed"  # lost too much at once: kept, asked for again
    REFUSED = "refused"  # cannot be read: not kept, asked for again


@dataclass(frozen=True, slots=True)
class Incoming:
    """A document as a source sent it, for one measure. `mark`, `etag`, `last_modified` are stored once it is accepted."""

    congress: int
    type: str
    number: int
    body: bytes
    source: str
    format: str
    url: str
    fetched_at: datetime
    mark: str | None = None
    etag: str | None = None
    last_modified: str | None = None

    @property
    def identity(self) -> tuple[int, str, int]:
        return self.congress, self.type, self.number

    @property
    def key(self) -> str:
        return f"{self.congress}/{self.type}/{self.number}"

    @property
    def pk(self) -> int:
        return measure_pk(self.congress, self.type, self.number)


@dataclass(frozen=True, slots=True)
class Applied:
    """What became of one document: how many events it made, and one line where it was not taken."""

    measure: str
    outcome: Outcome
    events: int = 0
    reason: str = ""


@dataclass(slots=True)
class Parsed:
    """A document that is not the one in force, parsed before the lock is taken."""

    incoming: Incoming
    sha256: str
    packed: bytes
    reading: Reading
