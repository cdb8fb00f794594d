"""What a poll of one source did, for the operator's eyes and the exit status."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from datetime import datetime

from tracker.ledger.incoming import Applied, Outcome


@dataclass(slots=True)
class SourceReport:
    """Counts and lines of one source in one poll. `failures` make the exit status 1; `notes` are worth a line, no more."""

    source: str
    listed: int = 0
    asked: int = 0
    unchanged: int = 0  # 304
    absent: int = 0  # 404
    outcomes: Counter[Outcome] = field(default_factory=Counter)
    events: int = 0
    lists_changed: int = 0
    votes_changed: int = 0
    not_due_until: datetime | None = None  # the source is asked less often, and was not asked in this poll
    failures: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def has_news(self) -> bool:
        return self.events > 0 or self.lists_changed > 0 or self.votes_changed > 0

    def add(self, applied: Applied) -> None:
        self.outcomes[applied.outcome] += 1
        self.events += applied.events
        line = f"{self.source}: {applied.measure}: {applied.reason}"
        if applied.outcome is Outcome.REFUSED:
            self.failures.append(line)
        elif applied.outcome in (Outcome.STALE, Outcome.UNCONFIRMED):
            self.notes.append(line)

    def line(self) -> str:
        """ "govinfo: 214 due, 12 changed, 3 new, 31 events, 0 failed"."""
        if self.not_due_until is not None:
            return f"{self.source}: asked lately, not due again until {self.not_due_until:%Y-%m-%d %H:%M} UTC"
        parts = [f"{self.listed:,} due" if self.listed else "nothing due"]
        for outcome in Outcome:
            if outcome is not Outcome.REFUSED and self.outcomes[outcome]:
                parts.append(f"{self.outcomes[outcome]:,} {outcome.value}")
        if self.unchanged:
            parts.append(f"{self.unchanged:,} not modified")
        if self.absent:
            parts.append(f"{self.absent:,} not there (yet)")
        if self.lists_changed:
            parts.append(f"{self.lists_changed:,} members, committees and seats changed")
        parts += [f"{self.events:,} events", f"{len(self.failures):,} failed"]
        return f"{self.source}: {', '.join(parts)}"
