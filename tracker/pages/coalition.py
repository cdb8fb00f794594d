"""The coalition board of a measure as its page shows it: who supports it, and who could still be asked, as chosen."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from tracker.coalition.board import Board, BoardMember, boards
from tracker.congress import calendar
from tracker.congress.numbers import number_word
from tracker.pages.chosen_seats import SORTS, STANDS, ChosenSeats
from tracker.pages.drawing import SupportBar, support_bar
from tracker.pages.panels import committees_shown, seats_are_known
from tracker.pages.sight import Sight
from tracker.texts.lineage import successors


@dataclass(frozen=True, slots=True)
class ShownBoard(Board):
    """One committee's board with those of its members that are chosen to be shown."""

    bar: SupportBar | None
    open: tuple[BoardMember, ...]
    supporters: tuple[BoardMember, ...]

    @property
    def parties(self) -> set[str]:
        """Of all who sit there, shown or not: what may be chosen."""
        return {member.party for member in self.members if member.party}

    @property
    def states(self) -> set[str]:
        return {member.state for member in self.members if member.state}

    @property
    def open_before(self) -> bool:
        return any(member.before or member.votes for member in self.open)

    @property
    def supporters_before(self) -> bool:
        return any(member.before or member.votes for member in self.supporters)


def boards_shown(sight: Sight, chosen: ChosenSeats) -> list[ShownBoard]:
    """The boards as chosen; none where today's members would be false ones."""
    if not (seats_are_known(sight) and sight.clock.is_now and sight.by_hand is None):
        return []
    return [_shown(board, chosen) for board in boards(sight.measure, sight.record, committees_shown(sight))]


def _shown(board: Board, chosen: ChosenSeats) -> ShownBoard:
    shown = sorted(
        (m for m in board.members if chosen.holds(m.party, m.state, supports=m.supports)),
        key=lambda member: _order(member, chosen.sort),
    )
    return ShownBoard(
        board.held,
        board.members,
        bar=support_bar(board.by_party, board.seats) if board.supporting else None,
        open=tuple(member for member in shown if not member.supports),
        supporters=tuple(member for member in shown if member.supports),
    )


def _order(member: BoardMember, sort: str) -> tuple[Any, ...]:
    name = member.who.sort_name if member.who else member.seat.member
    seat = member.seat
    rank = (seat.side != "majority", seat.rank if seat.rank is not None else 999, name)
    if sort == "name":
        return (name,)
    if sort == "state":
        return (member.state or "", name)
    if sort == "rank":
        return rank
    return (member.stand == "withdrew", -(len(member.before) * 2 + member.yeas), *rank)


def coalition(sight: Sight, chosen: ChosenSeats) -> dict[str, Any]:
    """What the page shows: about ten queries, however many committees hold it."""
    committees = committees_shown(sight)
    made = boards_shown(sight, chosen) if committees else []
    return {
        "boards": made,
        "held_by": [each for each in committees if each.holds],
        "known": seats_are_known(sight) and sight.clock.is_now and sight.by_hand is None,
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


def _heading(made: Sequence[ShownBoard]) -> str:
    """ "6 of 22 members of the Foreign Relations Committee support it"; of several committees, of the first."""
    first = made[0]
    words = f"{first.supporting} of {first.seats} members of the {first.held.name} support it"
    return f"{words}, the first of {number_word(len(made))} committees" if len(made) > 1 else words
