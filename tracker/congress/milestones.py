"""What is worth saying of who joins a measure and who leaves it: firsts of a party and of a committee, and majorities.

    told = milestones(sponsors, cosponsors, chamber="house")
    [each for each in told if each.day == day]      # what one day brought: each.words, and whom it is about in each.who

`sponsors` are `Person`s and `cosponsors` `Supporter`s of `tracker.congress.supporters`. What a single name that joined is
worth, where nothing but today's counts is at hand, say `nth_to_join("R", 13)` and `is_majority("house", 218)`.

A majority of a chamber is counted of its seats (218 of 435, 51 of 100), not of those who happen to sit: vacancies come and
go. Sponsors count; delegates and the resident commissioner, who sign but do not vote on passage, do not. In committees they
vote as everybody else, and so count there.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.citations import ordinal
from tracker.congress.people import PARTIES, SEATS
from tracker.congress.supporters import Person, Step, Supporter, distinct, steps

COUNTED = ("R", "D", "I", "ID", "L")  # parties of which it is worth saying which number somebody is
_MOST_COMMITTEES = 3  # of more that hold a measure at once, whose member was the first says little

CHAMBERS = {"house": "House", "senate": "Senate"}

#: Names, of the seats of a chamber, from which something more is in reach, and what: beside the majority.
_FURTHER = {
    "house": ((290, "two thirds of the House’s {seats} seats"),),
    "senate": (
        (60, "three fifths of the Senate’s {seats} seats, enough to end debate"),
        (67, "two thirds of the Senate’s {seats} seats"),
    ),
}


@dataclass(frozen=True, slots=True)
class Panel:
    """A committee that holds the measure: its name in prose ("Foreign Relations Committee") and the ids of who sits on it."""

    name: str
    members: frozenset[str]

    @property
    def majority(self) -> int:
        return len(self.members) // 2 + 1


@dataclass(frozen=True, slots=True)
class Milestone:
    """One thing worth saying of one day. `words` is a phrase without a full stop, which begins with a capital."""

    day: date
    kind: str  # first_of_party, first_of_committee, majority, majority_lost, share, share_lost, committee_majority, …_lost
    words: str
    who: tuple[Person, ...] = ()  # whom it is about; () for a count that was reached or lost

    @property
    def is_threshold(self) -> bool:
        return not self.who


def majority_of(chamber: str) -> int:
    """How many are a majority of a chamber ("house", "senate"): 218 of 435, 51 of 100."""
    return SEATS[chamber] // 2 + 1


def is_majority(chamber: str, signed: int) -> bool:
    """Whether so many sponsors and cosponsors, those without a vote on passage not counted, are a majority of the chamber."""
    return signed >= majority_of(chamber)


def majority_words(chamber: str, *, sponsor_counts: bool = True) -> str:
    """ "With its sponsor, a majority of the House". `sponsor_counts`: it has a sponsor, who votes on passage."""
    words = f"a majority of the {CHAMBERS[chamber]}"
    return f"With its sponsor, {words}" if sponsor_counts else words[0].upper() + words[1:]


def nth_to_join(party: str | None, number: int) -> str | None:
    """ "The 13th Republican to join", of whoever made it so many of that party; None for a party that nobody counts."""
    if party not in COUNTED or number < 1:
        return None
    which = "first" if number == 1 else ordinal(number)
    return f"The {which} {PARTIES[party]} to join"


def milestones(
    sponsors: Sequence[Person],
    cosponsors: Sequence[Supporter],
    *,
    chamber: str,
    panels: Sequence[Panel] = (),
) -> tuple[Milestone, ...]:
    """What is worth saying, oldest first, of a measure of this chamber; () where a day is missing, as for `steps`.

    `panels` are the committees that hold it, by who sits on them now; leave them out for an ended Congress, of which no
    seats are held. A count that is lost and reached again is told each time, a first only once.
    """
    days = steps(sponsors, cosponsors)
    found = [*_firsts_of_party(sponsors, days), *_firsts_of_committee(days, panels, sponsors)]
    found += _shares(sponsors, days, chamber)
    found += [told for panel in panels for told in _majorities(panel, sponsors, days)]
    return tuple(sorted(found, key=lambda each: each.day))


def _firsts_of_party(sponsors: Sequence[Person], days: Sequence[Step]) -> Iterable[Milestone]:
    """The first of each party that no sponsor is of; of a sponsor's own party only where others came before."""
    own = {who.party for who in sponsors}
    seen: set[str | None] = set()
    for step in days:
        came_later = bool(seen)
        for party in dict.fromkeys(each.person.party for each in step.joined):
            if party in seen or party not in COUNTED:
                continue
            who = tuple(distinct(each.person for each in step.joined if each.person.party == party))
            if party not in own:
                across = ", from the other party than its sponsor" if _is_across(party, own) else ""
                yield Milestone(step.day, "first_of_party", f"{_first(who, PARTIES[party])}{across}", who)
            elif came_later:
                words = f"{_first(who, PARTIES[party])} to join its sponsor"
                yield Milestone(step.day, "first_of_party", words, who)
        seen |= {each.person.party for each in step.joined}


def _is_across(party: str, own: set[str | None]) -> bool:
    return (party, own) in (("D", {"R"}), ("R", {"D"}))


def _firsts_of_committee(
    days: Sequence[Step], panels: Sequence[Panel], sponsors: Sequence[Person]
) -> Iterable[Milestone]:
    if len(panels) > _MOST_COMMITTEES:
        return
    for panel in panels:
        beside = " beside its sponsor" if any(who.member in panel.members for who in sponsors) else ""
        for step in days:
            who = tuple(distinct(each.person for each in step.joined if each.person.member in panel.members))
            if who:
                words = f"{_first(who, 'member')} of the {panel.name}{beside}"
                yield Milestone(step.day, "first_of_committee", words, who)
                break


def _first(who: Sequence[Person], noun: str) -> str:
    return f"The first {noun}" if len(who) == 1 else f"The first {noun}s"


def _shares(sponsors: Sequence[Person], days: Sequence[Step], chamber: str) -> Iterable[Milestone]:
    seats, half = SEATS[chamber], majority_of(chamber)
    counted = ", its sponsor included" if any(not who.is_delegate for who in sponsors) else ""
    parts = (
        (half, "majority", f"a majority of the {CHAMBERS[chamber]}’s {seats} seats"),
        *((count, "share", words.format(seats=seats)) for count, words in _FURTHER[chamber]),
    )
    for needed, kind, words in parts:
        before = 0
        for step in days:
            if before < needed <= step.signed:
                yield Milestone(step.day, kind, f"The {ordinal(needed)} name{counted}: {words}")
            elif step.signed < needed <= before:
                lost = f"No longer {words}: {step.signed} names{counted}"
                yield Milestone(step.day, f"{kind}_lost", lost)
            before = step.signed


def _majorities(panel: Panel, sponsors: Sequence[Person], days: Sequence[Step]) -> Iterable[Milestone]:
    seated = {who.member for who in sponsors} & panel.members
    standing: dict[str, int] = {}
    before = len(seated)
    for step in days:
        for each in step.joined:
            standing[each.person.member or ""] = standing.get(each.person.member or "", 0) + 1
        for each in step.left:
            standing[each.person.member or ""] -= 1
        now = len(seated | ({member for member, times in standing.items() if times > 0} & panel.members))
        words = f"a majority of the {panel.name}: {now} of {len(panel.members)}"
        if before < panel.majority <= now:
            sponsor = ", its sponsor among them" if seated else ""
            yield Milestone(step.day, "committee_majority", f"{words[0].upper()}{words[1:]}{sponsor}")
        elif now < panel.majority <= before:
            yield Milestone(step.day, "committee_majority_lost", f"No longer {words}")
        before = now
