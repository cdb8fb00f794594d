"""The board of a measure: the members of the committees that hold it, who supports it, and who could be asked.

Seats are those of today, for no list held here tells of earlier ones: whoever asks for an ended Congress, or an earlier
moment, has to be told so in place of a board. What members did before is told by what is held: whom an earlier measure of
the same words, or its twin, names as supporters, and roll calls on passing it or such a one.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Literal

from tracker.coalition.before import CastVote, before_of, same_measures, votes_of
from tracker.coalition.holding import WITHOUT_A_VOTE, Held, seated
from tracker.congress.vote_sentences import plural
from tracker.ledger.models import CommitteeSeat, Measure, Member
from tracker.records.model import MeasureRecord
from tracker.records.signers import cosponsors_of, sponsors_of

Stand = Literal["sponsor", "cosponsor", "withdrew"]


@dataclass(slots=True)
class BoardMember:
    """One seat: who holds it, where they stand on the measure, and what they did with the same before."""

    seat: CommitteeSeat
    who: Member | None
    stand: Stand | None = None
    since: date | None = None
    before: list[Measure] = field(default_factory=list)  # of the same words, that they support or supported
    votes: list[CastVote] = field(default_factory=list)
    below: list[str] = field(default_factory=list)  # subcommittees that have it, of which they are members

    @property
    def supports(self) -> bool:
        return self.stand in ("sponsor", "cosponsor")

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
        return sum(1 if vote.is_yea else -1 for vote in self.votes)


@dataclass(frozen=True, slots=True)
class Side:
    """One side of a committee: "12 Republicans", how many of them support it, and who leads it."""

    name: str  # majority, minority
    seats: str
    supporting: int
    leaders: tuple[BoardMember, ...]


@dataclass(frozen=True, slots=True)
class Board:
    """One committee's members, majority first, each side by rank. Counts are of all that vote there."""

    held: Held
    members: tuple[BoardMember, ...]

    @property
    def voting(self) -> list[BoardMember]:
        return [member for member in self.members if member.may_vote]

    @property
    def seats(self) -> int:
        return len(self.voting)

    @property
    def supporting(self) -> int:
        return sum(member.supports for member in self.voting)

    @property
    def majority(self) -> int:
        return self.seats // 2 + 1

    @property
    def missing(self) -> int:
        """Names that are wanting to a majority of the committee."""
        return max(self.majority - self.supporting, 0)

    @property
    def by_party(self) -> dict[str, int]:
        """Who supports it and votes there, by party, the largest first."""
        counts: dict[str, int] = {}
        for member in self.voting:
            if member.supports:
                counts[member.party or "?"] = counts.get(member.party or "?", 0) + 1
        return dict(sorted(counts.items(), key=lambda row: (-row[1], row[0])))

    @property
    def sides(self) -> tuple[Side, ...]:
        return tuple(_side(name, self.voting) for name in dict.fromkeys(m.seat.side for m in self.voting))

    @property
    def state(self) -> str:
        """ "holds it", "reported it"."""
        return "holds it" if self.held.holds else self.held.let_go or "has it no more"


def boards(measure: Measure, record: MeasureRecord, committees: Sequence[Held]) -> list[Board]:
    """The board of each of these committees of which seats are held. About ten queries, however many there are."""
    below = {code: name for each in committees for code, name in each.below}
    seats = seated([each.code for each in committees] + list(below))
    ids = {seat.member for each in committees for seat in seats[each.code].seats}
    people = Member.objects.in_bulk(ids)
    stands = _stands(record)
    same = same_measures(measure)
    before = before_of(same, ids)
    votes = votes_of(measure, same, ids)
    below_of: dict[str, list[str]] = {}
    for code in below:
        for seat in seats[code].seats:
            below_of.setdefault(seat.member, []).append(code)
    found = []
    for each in committees:
        of_this = dict(each.below)
        members = []
        for seat in seats[each.code].seats:
            stand, since = stands.get(seat.member) or (None, None)
            members.append(
                BoardMember(
                    seat,
                    people.get(seat.member),
                    stand,
                    since,
                    before=before.get(seat.member, []),
                    votes=votes.get(seat.member, []),
                    below=[of_this[code] for code in below_of.get(seat.member, ()) if code in of_this],
                )
            )
        if members:
            found.append(Board(each, tuple(members)))
    return found


def _side(name: str, voting: Iterable[BoardMember]) -> Side:
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


def _stands(record: MeasureRecord) -> Mapping[str, tuple[Stand, date | None]]:
    """Where each member who ever stood on its list stands now, and since when."""
    found: dict[str, tuple[Stand, date | None]] = {}
    for each in cosponsors_of(record):
        member = each.person.member
        if member is None or (each.withdrawn and found.get(member, (None,))[0] == "cosponsor"):
            continue
        found[member] = ("withdrew", each.withdrawn_on) if each.withdrawn else ("cosponsor", each.joined_on)
    for who in sponsors_of(record):
        if who.member:
            found[who.member] = ("sponsor", None)
    return found
