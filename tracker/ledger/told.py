"""The pieces that a told event is made of, so that a page can link a name and a feed can print the same words plainly."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Protocol

from tracker.congress.calendar import WASHINGTON
from tracker.congress.citations import Citation

LATE_DAYS = 4  # the sources print a day's work by the next working day; a weekend between is not late


class EventLike(Protocol):
    """What is needed of an event; `tracker.ledger.models.ChangeEvent` has it."""

    @property
    def kind(self) -> str: ...
    @property
    def subject(self) -> str: ...
    @property
    def was(self) -> Any: ...
    @property
    def became(self) -> Any: ...
    @property
    def occurred_on(self) -> date | None: ...
    @property
    def observed_at(self) -> datetime: ...
    @property
    def source(self) -> str: ...


@dataclass(frozen=True, slots=True)
class Words:
    """Our own words."""

    text: str

    def __str__(self) -> str:
        return self.text


@dataclass(frozen=True, slots=True)
class Quoted:
    """The record's own words."""

    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Gone:
    """Words that the record has no longer."""

    text: str

    def __str__(self) -> str:
        return f"“{self.text}”"


@dataclass(frozen=True, slots=True)
class Came(Gone):
    """Words that stand where others stood before."""


@dataclass(frozen=True, slots=True)
class Person:
    """A member, as the event names one. `name` is in reading order."""

    member: str | None
    name: str
    party: str | None = None
    state: str | None = None

    def __str__(self) -> str:
        seat = "-".join(part for part in (self.party, self.state) if part)
        return f"{self.name} ({seat})" if seat else self.name


@dataclass(frozen=True, slots=True)
class Other:
    """Another measure; `key` is its id, "119/hres/166"."""

    key: str

    def __str__(self) -> str:
        congress, type_, number = self.key.split("/")
        return Citation(int(congress), type_, int(number)).in_full


@dataclass(frozen=True, slots=True)
class OurEntry:
    """What this tracker's staff wrote beside the record; its public page is at `path_of_entry`."""

    number: int
    text: str

    def __str__(self) -> str:
        return self.text


def path_of_entry(subject: str) -> str:
    """The public page of an entry that an event names: "/entries/17/" for "entry/17"."""
    return f"/entries/{subject.removeprefix('entry/')}/"


Piece = Words | Quoted | Gone | Person | Other | OurEntry


@dataclass(frozen=True, slots=True)
class Told:
    """One line: what happened, on which official day, and when that was learned.

    `sign` repeats the verb for whoever scans a column: + came, − left, ~ changed, • happened.
    `taken_back` marks what the source listed once and lists no longer: pages strike it.
    """

    sign: str
    pieces: tuple[Piece, ...]
    kind: str
    occurred_on: date | None
    observed_at: datetime
    count: int = 1  # events told by it
    taken_back: bool = False

    def __str__(self) -> str:
        """The line as plain text, ending in a full stop."""
        text = "".join(str(piece) for piece in self.pieces).strip()
        return text if text.endswith((".", "?", "!", ".”")) else f"{text}."

    @property
    def dated(self) -> str:
        """ "Mar 27, 2025, reported 22 days late": its official day and how late it was learned; "" where it has no day."""
        if self.occurred_on is None:
            return ""
        day = f"{self.occurred_on:%b} {self.occurred_on.day}, {self.occurred_on.year}"
        return f"{day}, reported {self.late_days} days late" if self.late_days else day

    @property
    def late_days(self) -> int | None:
        """Days between the official day and the day it was learned, where these are more than the sources' usual."""
        if self.occurred_on is None:
            return None
        days = (self.observed_at.astimezone(WASHINGTON).date() - self.occurred_on).days
        return days if days > LATE_DAYS else None
