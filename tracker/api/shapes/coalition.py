"""The board of a measure: who sits on the committees that hold it, and where they stand on it."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes.base import CommitteeCode, MeasureId, MemberId, Shape

NoBoard = Literal["congress_over", "entered_by_staff", "no_committee", "no_list"]


class SeatVote(Shape):
    """A yea or nay on passing the measure, or one of the same words."""

    vote: Annotated[str, Meta(description="The vote's id.", examples=["119/house/2025/123"])]
    on: date
    position: Literal["yea", "nay"]
    measure: Annotated[
        MeasureId | None, Meta(description="The one of the same words; null: on this measure.")
    ]


class BoardSeat(Shape):
    """One seat of a committee: who holds it, and where that member stands on the measure."""

    member: MemberId
    name: str | None
    party: str | None
    state: str | None
    district: int | None
    side: Annotated[str, Meta(description="majority, minority")]
    rank: int | None
    title: Annotated[str | None, Meta(description="Chairman, Ranking Member, …")]
    votes_there: Annotated[
        bool, Meta(description="False: a seat held ex officio, which counts to no majority.")
    ]
    stand: Annotated[
        Literal["sponsor", "cosponsor", "withdrew"] | None,
        Meta(description="null: on no list of this measure, which says nothing of how a member would vote."),
    ]
    since: Annotated[
        date | None, Meta(description="The day of joining, or of leaving where `stand` is withdrew.")
    ]
    supported_before: Annotated[
        list[MeasureId],
        Meta(
            description="Measures of the same words that this member sponsored or cosponsors, newest Congress first."
        ),
    ]
    votes: Annotated[list[SeatVote], Meta(description="Newest first.")]
    subcommittees: Annotated[
        list[str], Meta(description="Those of its subcommittees that have the measure and this member.")
    ]  # fmt: skip


class Board(Shape):
    """One committee that holds the measure, or had it. Counts are of the members who vote there."""

    committee: CommitteeCode
    name: str
    holds: bool
    since: Annotated[date | None, Meta(description="The day on which it was sent there.")]
    let_go: Annotated[str | None, Meta(description="What became of it there; null: nothing yet.")]
    let_go_on: date | None
    seats: int
    supporting: int
    majority: Annotated[int, Meta(description="Of those seats.")]
    by_party: Annotated[dict[str, int], Meta(description="The supporting, by party.")]
    members: Annotated[list[BoardSeat], Meta(description="The majority first, each side by rank.")]


class Coalition(Shape):
    """The boards of a measure: today's members of the committees that hold it or had it."""

    measure: MeasureId
    none_because: Annotated[
        NoBoard | None,
        Meta(
            description="Why no board is given: its Congress ended and only today's members are known; staff entered it; "
            "it names no committee; no list of its members is held. null: there are boards."
        ),
    ]
    boards: Annotated[list[Board], Meta(description="The committees that hold it first.")]
