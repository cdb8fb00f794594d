"""Recorded votes in the API, key by key."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes import Chamber, Instant, MeasureId, MemberId, NextPage, Shape

VoteId = Annotated[
    str, Meta(description="A vote's id; the year is its session's.", examples=["119/house/2025/123"])
]
Outcome = Annotated[
    Literal["agreed", "rejected", "elected", "none"],
    Meta(description="What came of it; `none` where nothing was decided, as in a call of the roll."),
]
PositionCode = Annotated[
    Literal["yea", "nay", "present", "not_voting", "candidate", "other"],
    Meta(description="`yea` and `nay` stand for Aye and No, Guilty and Not Guilty too."),
]
WithParty = Annotated[
    bool | None,
    Meta(
        description="Whether this was the side on which most of the member's party voted; null: nothing can be said."
    ),
]


Form = Literal["vote", "election", "quorum"]
Threshold = Literal["1/2", "2/3", "3/5"]


class VoteTotals(Shape):
    """How many stand where, counted from the names."""

    yea: int
    nay: int
    present: int
    not_voting: int


class PartyTotals(VoteTotals):
    party: Annotated[str | None, Meta(description="As the chamber prints it, by its letter.", examples=["R"])]


class CandidateTotal(Shape):
    """Of an election: a name as printed, and how many voted for it."""

    name: str
    votes: int


class VoteMatter(Shape):
    """What a vote was about. Votes en bloc have several."""

    name: Annotated[str, Meta(description="As the chamber prints it.", examples=["H J RES 25"])]
    measure: MeasureId | None
    amendment: Annotated[str | None, Meta(examples=["119/samdt/14"])]
    nomination: Annotated[str | None, Meta(examples=["PN11-2"])]
    treaty: Annotated[str | None, Meta(examples=["Treaty Doc. 118-1"])]
    title: str | None


class TieBreak(Shape):
    """Who decided an even vote, and how."""

    by: Annotated[str, Meta(examples=["Vice President of the United States"])]
    name: Annotated[str | None, Meta(description="Who that was on the day, where known.")]
    cast: Annotated[str, Meta(examples=["Yea"])]


class VoteShort(Shape):
    """A recorded vote in short."""

    id: VoteId
    chamber: Chamber
    congress: int
    session: int
    year: Annotated[int, Meta(description="The calendar year of its session.")]
    number: int
    on: date
    at: Annotated[Instant | None, Meta(description="Null: the file gives no time of day.")]
    sentence: Annotated[str, Meta(examples=["The House passed H.J.Res. 25"])]
    question: Annotated[str, Meta(description="As printed.")]
    result: Annotated[str, Meta(description="As printed; of an election the name of who won.")]
    outcome: Outcome
    title: Annotated[str | None, Meta(description="As printed.")]
    measure: Annotated[MeasureId | None, Meta(description="The measure it was about, held here or not.")]
    totals: VoteTotals
    vacated: bool
    url: Annotated[str, Meta(description="Its page here.")]


class VotePosition(Shape):
    """How one member stands. Name, party and state are those of the day, as printed."""

    member: Annotated[MemberId | None, Meta(description="Null: no list held here has the printed id.")]
    voter: Annotated[
        str | None, Meta(description="The printed id: Bioguide in the House, the Senate's own there.")
    ]
    name: str
    party: str | None
    state: str | None
    position: PositionCode
    cast: Annotated[str, Meta(description="As printed; of an election the candidate.")]
    with_party: WithParty


class VoteSource(Shape):
    """The file that all of this is read from."""

    name: Annotated[str, Meta(examples=["house-clerk"])]
    url: str
    updated_at: Annotated[str | None, Meta(description="The chamber's own date of the file.")]
    fetched_at: Instant
    sha256: str


class Vote(VoteShort):
    """A recorded vote with every name."""

    kind: Annotated[str | None, Meta(description="As the Clerk prints it; null in the Senate.")]
    form: Form
    threshold: Threshold | None
    needed: Annotated[
        int | None,
        Meta(description="How many yeas it took; null where no number decides, or it is not known."),
    ]
    matters: list[VoteMatter]
    by_party: list[PartyTotals]
    candidates: list[CandidateTotal]
    tie_break: TieBreak | None
    doubt: Annotated[
        str | None, Meta(description="Printed totals that the names do not make; null: all agree.")
    ]
    official_url: Annotated[str, Meta(description="The chamber's own page of it.")]
    positions: list[VotePosition]
    source: VoteSource


class VoteList(Shape):
    results: list[VoteShort]
    next: NextPage


class VoteOfMember(Shape):
    """One vote, and how the member stands in it."""

    vote: VoteShort
    position: PositionCode
    cast: str
    with_party: WithParty


class VotesOfMember(Shape):
    results: list[VoteOfMember]
    next: NextPage
