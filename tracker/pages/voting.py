"""How one member stood in the votes held, counted; and the latest of them for the member's page."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Subquery

from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import Position, RollCall, Source
from tracker.ledger.vote_rows import newest_revision
from tracker.pages.told_votes import ToldVote, positions_in_words

LATEST = 20


def lists_and_votes() -> list[object]:
    """What pages of members and votes are drawn from beside the ledger: the lists' last change, the last vote written."""
    newest = RollCall.objects.order_by("-revision").values("revision")[:1]
    lists = Source.objects.filter(name=LEGISLATORS).annotate(votes=Subquery(newest))
    row = lists.values_list("changed_at", "votes").first()
    return list(row) if row is not None else [newest_revision()]


class VotingRecord:
    """How one member stood in every vote held, counted. One query; `rows` are another."""

    def __init__(self, bioguide: str) -> None:
        own = Position.objects.filter(member=bioguide)
        self.rows = own.select_related("vote").order_by("-vote")
        self.by_position: dict[str, int] = {}
        self.with_party = self.against = self.total = 0
        for row in own.order_by().values("position", "with_party").annotate(count=Count("place")):
            self.total += row["count"]
            name = row["position"]
            self.by_position[name] = self.by_position.get(name, 0) + row["count"]
            if row["with_party"] is not None:
                self.with_party += row["count"] if row["with_party"] else 0
                self.against += 0 if row["with_party"] else row["count"]

    @property
    def words(self) -> list[tuple[str, int]]:
        """How often where: [("Yea", 120), …]."""
        return positions_in_words(self.by_position)

    @property
    def sentence(self) -> str:
        """How often with most of the own party, of the votes in which that can be said."""
        lined = self.with_party + self.against
        if not lined:
            return "In no vote held here can it be said whether this was with most of the member’s party."
        share = 100 * self.with_party / lined
        percent = f"{share:.0f}" if share in (0, 100) or 0.5 <= share < 99.5 else f"{share:.1f}"
        return (
            f"With most of the member’s own party in {self.with_party:,} of {lined:,} votes ({percent}%), "
            f"against it in {self.against:,}."
        )


def latest_votes(bioguide: str, most: int = LATEST) -> dict[str, Any]:
    """For a member's page: the latest votes and the count of all. Two queries."""
    record = VotingRecord(bioguide)
    rows = list(record.rows[:most]) if record.total else []
    return {"voting": record, "latest_votes": [(row, ToldVote(row.vote)) for row in rows]}
