"""Who stands behind a measure over time: from names with their days to who came, who left and who stood after each day.

Sponsors have no day of their own and never leave; cosponsors join, and may withdraw and join again. Counts of names are
those that the record itself gives (cosponsors, each listing once); `signed` counts whom a majority of the chamber is
counted of: its voting members, the sponsor included, each once.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.people import WITHOUT_A_VOTE


@dataclass(frozen=True, slots=True)
class Person:
    """A member as a measure's record names one, with the party of that day. `district` is None for senators and members at large."""

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
    written: str | None = None
    original: bool = False
    withdrawn_on: date | None = None
    withdrawn: bool = False
    again: bool = False  # the same member stands more than once: withdrew and joined again


@dataclass(frozen=True, slots=True)
class Step:
    """One day on which names came or went, and who stood at its end. The record gives no order within a day."""

    day: date
    joined: tuple[Supporter, ...]
    left: tuple[Supporter, ...]
    total: int  # cosponsors standing
    by_party: dict[str, int]  # of the same, most first
    signed: int  # sponsors and standing cosponsors who vote on passage, each member once


def party_counts(people: Iterable[Person]) -> dict[str, int]:
    """Names by party, most first; equal counts by the party's letter. Names without a party count as "?"."""
    counts = Counter(who.party or "?" for who in people)
    return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))


def distinct(people: Iterable[Person]) -> list[Person]:
    """Each member once: one who withdrew and joined again, or a list that repeats itself, counts once as a signer."""
    seen: dict[object, Person] = {}
    for who in people:
        seen.setdefault(who.member or who, who)
    return list(seen.values())


def voting(people: Iterable[Person]) -> list[Person]:
    """Of these, each once, those who vote on passage: what a majority of the chamber is counted of."""
    return [who for who in distinct(people) if not who.is_delegate]


def steps(sponsors: Sequence[Person], cosponsors: Sequence[Supporter]) -> tuple[Step, ...]:
    """Every day on which names came or went, oldest first; the last step is who stands now.

    () where any name has no valid day, or left before it joined: a count would then be a guess.
    """
    joined: dict[date, list[Supporter]] = {}
    left: dict[date, list[Supporter]] = {}
    for each in cosponsors:
        if each.joined_on is None or (each.withdrawn and each.withdrawn_on is None):
            return ()
        joined.setdefault(each.joined_on, []).append(each)
        if each.withdrawn_on is not None:
            if each.withdrawn_on < each.joined_on:
                return ()
            left.setdefault(each.withdrawn_on, []).append(each)
    standing: dict[int, Person] = {}
    found = []
    for day in sorted({*joined, *left}):
        come, gone = joined.get(day, []), left.get(day, [])
        standing |= {id(each): each.person for each in come}
        for each in gone:
            del standing[id(each)]
        people = standing.values()
        signed = len(voting([*sponsors, *people]))
        found.append(Step(day, tuple(come), tuple(gone), len(people), party_counts(people), signed))
    return tuple(found)
