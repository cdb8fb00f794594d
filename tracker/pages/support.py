"""Who stands behind a measure: its sponsors and cosponsors as a page needs them, from the record alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress import supporters
from tracker.congress.measures import measure_type
from tracker.congress.people import SEATS
from tracker.congress.supporters import Person, Step, Supporter, distinct, party_counts, voting
from tracker.records.model import MeasureRecord
from tracker.records.signers import cosponsors_of, sponsors_of


@dataclass(frozen=True, slots=True)
class Day:
    """Who came and who went on one day; None gathers those of whom the source gives no day."""

    day: date | None
    joined: tuple[Supporter, ...] = ()
    left: tuple[Supporter, ...] = ()


@dataclass(frozen=True, slots=True)
class Support:
    """All who stand, or stood, behind a measure. Counts are of who stands; the withdrawn have their own."""

    sponsors: tuple[Person, ...]
    by_request: bool
    cosponsors: tuple[Supporter, ...]
    total: int
    withdrawn: int
    by_party: dict[str, int]
    days: tuple[Day, ...]  # newest first, the one without a day last
    ledger: tuple[Step, ...]  # after each day; () where a day is missing
    seats: int
    signers: dict[str, int]  # sponsors and standing cosponsors who vote on passage
    delegates: int  # signers who do not

    @property
    def signed(self) -> int:
        return sum(self.signers.values())

    @property
    def steps(self) -> tuple[tuple[date, int], ...]:
        """How many cosponsors stood after each day on which that number changed, oldest first."""
        counts = [0, *(step.total for step in self.ledger)]
        return tuple(
            (s.day, s.total) for s, before in zip(self.ledger, counts, strict=False) if s.total != before
        )


def support(record: MeasureRecord) -> Support:
    """Who stands behind this record's measure."""
    sponsors, cosponsors = sponsors_of(record), cosponsors_of(record)
    standing = [supporter.person for supporter in cosponsors if not supporter.withdrawn]
    signed_by = [*sponsors, *standing]
    return Support(
        sponsors=sponsors,
        by_request=any(sponsor.by_request for sponsor in record.sponsors),
        cosponsors=cosponsors,
        total=len(standing),
        withdrawn=len(cosponsors) - len(standing),
        by_party=party_counts(standing),
        days=_days(cosponsors),
        ledger=supporters.steps(sponsors, cosponsors),
        seats=SEATS[measure_type(record.type).chamber],
        signers=party_counts(voting(signed_by)),
        delegates=sum(who.is_delegate for who in distinct(signed_by)),
    )


def _days(cosponsors: Sequence[Supporter]) -> tuple[Day, ...]:
    joined: dict[date | None, list[Supporter]] = {}
    left: dict[date | None, list[Supporter]] = {}
    for supporter in cosponsors:
        joined.setdefault(supporter.joined_on, []).append(supporter)
        if supporter.withdrawn:
            left.setdefault(supporter.withdrawn_on, []).append(supporter)
    known = sorted({day for day in (*joined, *left) if day is not None}, reverse=True)
    unknown = [None] if None in joined or None in left else []
    return tuple(Day(day, tuple(joined.get(day, ())), tuple(left.get(day, ()))) for day in [*known, *unknown])
