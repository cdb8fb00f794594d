"""What a poll of texts did, for the operator's eyes and the exit status."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from tracker.ledger.polling.report import SourceReport
from tracker.texts.keeping import Kept


@dataclass(slots=True)
class TextsReport(SourceReport):
    """Counts and lines of one poll of texts."""

    held: int = 0  # that were not before
    unreadable: int = 0
    waiting: int = 0  # left for the next sweep

    def count(self, kept: Iterable[Kept]) -> None:
        """Count what became of texts that came."""
        for each in kept:
            if each.reason is None:
                self.held += 1
            else:
                self.unreadable += 1
                self.failures.append(f"govinfo: text {each.package}: {each.reason}")

    def line(self) -> str:
        """ "texts: 214 due, 212 held, 2 not there (yet), 0 failed"."""
        parts = [f"{self.listed:,} due" if self.listed else "nothing due"]
        if self.held:
            parts.append(f"{self.held:,} held")
        if self.absent:
            parts.append(f"{self.absent:,} not there (yet)")
        if self.waiting:
            parts.append(f"{self.waiting:,} left for the next poll")
        parts.append(f"{len(self.failures):,} failed")
        return f"{self.source}: {', '.join(parts)}"
