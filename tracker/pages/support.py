"""Who stands behind a measure: its sponsors and cosponsors as a page needs them, from the record alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import accumulate

from tracker.congress.calendar import valid_day
from tracker.congress.measures import measure_type
from tracker.congress.people import SEATS, WITHOUT_A_VOTE, display_name, party_letter
from tracker.records.model import CosponsorRecord, MeasureRecord, SponsorRecord


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a measure's record names one. `district` is None for senators and members at large."""

    member: str | None
    name: str
    party: str | None
    state: str | None
    district: int | None = None

    @property
    def is_delegate(self) -> bool:
        """Of a place that sends a delegate, who has no vote on passage."""
        return self.state in WITHOUT_A_VOTE


@dataclass(frozen=True, slots=True)
class Supporter:
    """A cosponsor. A day that is no day stays as the source wrote it in `written` and is None here."""

    person: Person
    joined_on: date | None
    written: str | None
    original: bool
    withdrawn_on: date | None
    withdrawn: bool
    again: bool = False  # the same member stands more than once: withdrew and joined again


@dataclass(frozen=True, slots=True)
class Day:
    """Who came and who went on one day; None gathers those of whom the source gives no day."""

    day: date | None
    joined: tuple[Person, ...] = ()
    left: tuple[Person, ...] = ()


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
    steps: tuple[tuple[date, int], ...]  # who stood after each day on which that changed, oldest first
    seats: int
    signers: dict[str, int]  # sponsors and standing cosponsors who vote on passage
    delegates: int  # signers who do not

    @property
    def signed(self) -> int:
        return sum(self.signers.values())


def person(record: SponsorRecord | CosponsorRecord) -> Person:
    """The member that a sponsor or cosponsor names; whoever has no name is shown by id."""
    district = record.district or ""
    return Person(
        member=record.member,
        name=display_name(record.name) or record.member or "someone whom the record does not name",
        party=party_letter(record.party),
        state=record.state,
        district=int(district) or None if district.isascii() and district.isdigit() else None,
    )


def support(record: MeasureRecord) -> Support:
    """Who stands behind this record's measure."""
    sponsors = tuple(person(sponsor) for sponsor in record.sponsors)
    rejoined = _rejoined(record.cosponsors)
    cosponsors = tuple(_supporter(cosponsor, cosponsor.member in rejoined) for cosponsor in record.cosponsors)
    standing = [supporter.person for supporter in cosponsors if not supporter.withdrawn]
    signers = _distinct([*sponsors, *standing])
    return Support(
        sponsors=sponsors,
        by_request=any(sponsor.by_request for sponsor in record.sponsors),
        cosponsors=cosponsors,
        total=len(standing),
        withdrawn=len(cosponsors) - len(standing),
        by_party=party_counts(standing),
        days=_days(cosponsors),
        steps=_steps(cosponsors),
        seats=SEATS[measure_type(record.type).chamber],
        signers=party_counts([who for who in signers if not who.is_delegate]),
        delegates=sum(who.is_delegate for who in signers),
    )


def party_counts(people: Iterable[Person]) -> dict[str, int]:
    """Names by party, most first; equal counts by the party's letter. Names without a party count as "?"."""
    counts = Counter(who.party or "?" for who in people)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def _supporter(record: CosponsorRecord, again: bool) -> Supporter:
    return Supporter(
        person=person(record),
        joined_on=valid_day(record.joined_on),
        written=record.joined_on,
        original=record.original,
        withdrawn_on=valid_day(record.withdrawn_on),
        withdrawn=record.withdrawn_on is not None,
        again=again,
    )


def _rejoined(cosponsors: Sequence[CosponsorRecord]) -> set[str]:
    """The members who withdrew once and stand on the list more than once."""
    listed = Counter(cosponsor.member for cosponsor in cosponsors if cosponsor.member)
    left = {cosponsor.member for cosponsor in cosponsors if cosponsor.withdrawn_on is not None}
    return {member for member, times in listed.items() if times > 1 and member in left}


def _distinct(people: Sequence[Person]) -> list[Person]:
    """Each member once: one who withdrew and joined again, or a list that repeats itself, counts once as a signer."""
    seen: dict[object, Person] = {}
    for who in people:
        seen.setdefault(who.member or who, who)
    return list(seen.values())


def _days(cosponsors: Sequence[Supporter]) -> tuple[Day, ...]:
    joined: dict[date | None, list[Person]] = {}
    left: dict[date | None, list[Person]] = {}
    for supporter in cosponsors:
        joined.setdefault(supporter.joined_on, []).append(supporter.person)
        if supporter.withdrawn:
            left.setdefault(supporter.withdrawn_on, []).append(supporter.person)
    known = sorted({day for day in (*joined, *left) if day is not None}, reverse=True)
    unknown = [None] if None in joined or None in left else []
    return tuple(Day(day, tuple(joined.get(day, ())), tuple(left.get(day, ()))) for day in [*known, *unknown])


def _steps(cosponsors: Sequence[Supporter]) -> tuple[tuple[date, int], ...]:
    """How many stood after each day; nothing where any day is missing, since a count would then be a guess."""
    changes: Counter[date] = Counter()
    for supporter in cosponsors:
        if supporter.joined_on is None or (supporter.withdrawn and supporter.withdrawn_on is None):
            return ()
        changes[supporter.joined_on] += 1
        if supporter.withdrawn_on is not None:
            changes[supporter.withdrawn_on] -= 1
    days = sorted(changes)
    counts = accumulate(changes[day] for day in days)
    return tuple((day, count) for day, count in zip(days, counts, strict=True) if changes[day])
