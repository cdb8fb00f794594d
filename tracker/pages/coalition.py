"""The coalition board of a measure: the members of the committees that hold it, who supports it, and who could be asked.

Seats are those of today, for no list held here tells of earlier ones: of an ended Congress, and of an earlier moment, the
board says so in place of names. What members did before is told by what is held: whom an earlier measure of the same
words, or its twin, names as supporters, and roll calls on passing it or such a one.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from tracker.congress import calendar
from tracker.congress.numbers import number_word
from tracker.congress.roll_calls import YEA
from tracker.congress.vote_sentences import plural
from tracker.ledger.models import CommitteeSeat, Measure, Member
from tracker.pages.chosen_seats import SORTS, STANDS, ChosenSeats
from tracker.pages.coalition_before import CastVote, before_of, same_measures, votes_of
from tracker.pages.drawing import SupportBar, support_bar
from tracker.pages.holding import WITHOUT_A_VOTE, Held, committees_of, seated, seats_are_known
from tracker.pages.sight import Sight
from tracker.texts.lineage import successors

_STANDING = {"sponsor", "cosponsor"}


@dataclass(slots=True)
class BoardMember:
    """One seat: who holds it, where they stand on the measure, and what they did with the same before."""

    seat: CommitteeSeat
    who: Member | None
    stand: str = ""  # sponsor, cosponsor, withdrew; "" for neither
    since: date | None = None
    before: list[Measure] = field(default_factory=list)  # of the same words, that they support or supported
    votes: list[CastVote] = field(default_factory=list)
    below: list[str] = field(default_factory=list)  # subcommittees that have it, of which they are members

    @property
    def supports(self) -> bool:
        return self.stand in _STANDING

    @property
    def may_vote(self) -> bool:
        return self.seat.title != WITHOUT_A_VOTE

    @property
    def party(self) -> str | None:
        return self.who.party if self.who else None

    @property
    def state(self) -> str | None:
        return self.who.state if self.who else None

    @property
    def yeas(self) -> int:
        return sum(1 if vote.position == YEA else -1 for vote in self.votes)

    def order(self, sort: str) -> tuple[Any, ...]:
        name = self.who.sort_name if self.who else self.seat.member
        rank = (self.seat.side != "majority", self.seat.rank if self.seat.rank is not None else 999, name)
        if sort == "name":
            return (name,)
        if sort == "state":
            return (self.state or "", name)
        if sort == "rank":
            return rank
        return (self.stand == "withdrew", -(len(self.before) * 2 + self.yeas), *rank)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a committee: "12 Republicans", how many of them support it, and who leads it."""

    name: str  # majority, minority
    seats: str
    supporting: int
    leaders: tuple[BoardMember, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One committee's members. Counts are of all that vote there; `open` and `supporters` are those chosen to be shown."""

    held: Held
    sides: tuple[Side, ...]
    seats: int
    supporting: int
    majority: int
    bar: SupportBar | None
    open: tuple[BoardMember, ...]
    supporters: tuple[BoardMember, ...]
    parties: frozenset[str]  # of all who sit there, shown or not: what may be chosen
    states: frozenset[str]
    state: str  # "holds it", "reported it"

    @property
    def missing(self) -> int:
        """Names that are wanting to a majority of the committee."""
        return max(self.majority - self.supporting, 0)

    @property
    def open_before(self) -> bool:
        return any(member.before or member.votes for member in self.open)

    @property
    def supporters_before(self) -> bool:
        return any(member.before or member.votes for member in self.supporters)


def coalition(sight: Sight, chosen: ChosenSeats) -> dict[str, Any]:
    """What the page shows: about ten queries, however many committees hold it."""
    known = seats_are_known(sight) and sight.clock.is_now and sight.by_hand is None
    committees = committees_of(sight)
    made = boards(sight, chosen, committees) if known and committees else []
    return {
        "boards": made,
        "held_by": [each for each in committees if each.holds],
        "known": known,
        "committees": committees,
        "is_over": calendar.is_over(sight.record.congress, sight.today),
        "came_back": [each.measure for each in successors(sight.measure)][:1],
        "chosen": chosen,
        "stands_choices": STANDS,
        "sorts": SORTS,
        "parties": sorted({party for board in made for party in board.parties}),
        "states": sorted({state for board in made for state in board.states}),
        "csv": f"{sight.base}coalition.csv" + (f"?{chosen.query}" if chosen.query else ""),
        "any_before": any(board.open_before or board.supporters_before for board in made),
        **({"heading": _heading(made)} if made else {}),
    }


def _heading(made: Sequence[Board]) -> str:
    """ "6 of 22 members of the Foreign Relations Committee support it"; of several committees, of the first."""
    first = made[0]
    words = f"{first.supporting} of {first.seats} members of the {first.held.name} support it"
    return f"{words}, the first of {number_word(len(made))} committees" if len(made) > 1 else words


def boards(sight: Sight, chosen: ChosenSeats, committees: Sequence[Held]) -> list[Board]:
    """The board of each of these committees of which seats are held."""
    below = {code: name for each in committees for code, name in each.below}
    seats = seated([each.code for each in committees] + list(below))
    ids = {seat.member for each in committees for seat in seats[each.code].seats}
    people = Member.objects.in_bulk(ids)
    stands = _stands(sight)
    same = same_measures(sight)
    before = before_of(same, ids)
    votes = votes_of(sight.measure, same, ids)
    below_of: dict[str, list[str]] = {}
    for code, name in below.items():
        for seat in seats[code].seats:
            below_of.setdefault(seat.member, []).append(name)
    found = []
    for each in committees:
        codes = {code for code, _ in each.below}
        names = {name for code, name in below.items() if code in codes}
        members = [
            BoardMember(
                seat,
                people.get(seat.member),
                *stands.get(seat.member, ("", None)),
                before=before.get(seat.member, []),
                votes=votes.get(seat.member, []),
                below=[name for name in below_of.get(seat.member, []) if name in names],
            )
            for seat in seats[each.code].seats
        ]
        if members:
            found.append(_board(each, members, chosen))
    return found


def _board(held: Held, members: Sequence[BoardMember], chosen: ChosenSeats) -> Board:
    voting = [member for member in members if member.may_vote]
    supporting = [member for member in voting if member.supports]
    shown = sorted(
        (m for m in members if chosen.holds(m.party, m.state, supports=m.supports)),
        key=lambda member: member.order(chosen.sort),
    )
    by_party: dict[str, int] = {}
    for member in supporting:
        by_party[member.party or "?"] = by_party.get(member.party or "?", 0) + 1
    by_party = dict(sorted(by_party.items(), key=lambda row: (-row[1], row[0])))
    return Board(
        held=held,
        sides=tuple(_side(name, voting) for name in dict.fromkeys(m.seat.side for m in voting)),
        seats=len(voting),
        supporting=len(supporting),
        majority=len(voting) // 2 + 1,
        bar=support_bar(by_party, len(voting)) if supporting else None,
        open=tuple(member for member in shown if not member.supports),
        supporters=tuple(member for member in shown if member.supports),
        parties=frozenset(member.party for member in members if member.party),
        states=frozenset(member.state for member in members if member.state),
        state="holds it" if held.holds else held.let_go or "has it no more",
    )


def _side(name: str, voting: Sequence[BoardMember]) -> Side:
    own = [member for member in voting if member.seat.side == name]
    counts: dict[str, int] = {}
    for member in own:
        counts[member.party or ""] = counts.get(member.party or "", 0) + 1
    parts = [
        f"{count} {plural(party) if count != 1 else plural(party).removesuffix('s')}"
        if party
        else f"{count} of no known party"
        for party, count in sorted(counts.items(), key=lambda row: (-row[1], row[0]))
    ]
    return Side(
        name=name,
        seats=" and ".join(parts),
        supporting=sum(member.supports for member in own),
        leaders=tuple(member for member in own if member.seat.title),
    )


def _stands(sight: Sight) -> Mapping[str, tuple[str, date | None]]:
    """Where each member who ever stood on its list stands now, and since when."""
    found: dict[str, tuple[str, date | None]] = {}
    for each in sight.support.cosponsors:
        member = each.person.member
        if member is None or (each.withdrawn and found.get(member, ("",))[0] == "cosponsor"):
            continue
        found[member] = ("withdrew", each.withdrawn_on) if each.withdrawn else ("cosponsor", each.joined_on)
    for who in sight.support.sponsors:
        if who.member:
            found[who.member] = ("sponsor", None)
    return found
