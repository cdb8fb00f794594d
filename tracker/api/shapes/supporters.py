"""Who joined a measure and who left it, day by day."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import MeasureId, MemberId, Shape


class SupportDay(Shape):
    """One day on which names came or went. The record gives no order within a day."""

    on: date
    joined: Annotated[list[MemberId], Meta(description="Cosponsors who joined that day.")]
    left: Annotated[list[MemberId], Meta(description="Cosponsors who withdrew that day.")]
    total: Annotated[int, Meta(description="Cosponsors who stood at its end.")]
    by_party: Annotated[dict[str, int], Meta(description="The same by party, as the record gives each.")]
    signed: Annotated[
        int, Meta(description="Sponsors and standing cosponsors who vote on passage, each member once.")
    ]


class Milestone(Shape):
    """A first, or a share of the chamber that was reached or lost."""

    on: date
    kind: Annotated[
        str,
        Meta(
            description="first_of_party; majority, majority_lost; share, share_lost: two thirds, or three fifths of the Senate."
        ),
    ]
    words: str
    members: Annotated[list[MemberId], Meta(description="Whom it is about; empty for a share.")]


class Supporters(Shape):
    """The supporters of a measure as a story, from its record alone."""

    measure: MeasureId
    seats: Annotated[int, Meta(description="Of the chamber whose members can join: 435 or 100.")]
    majority: Annotated[int, Meta(description="Of those seats; held against `signed`.")]
    days: Annotated[
        list[SupportDay],
        Meta(description="Oldest first; empty where the record gives a name no valid day, since counts would be a guess."),
    ]  # fmt: skip
    milestones: Annotated[list[Milestone], Meta(description="Oldest first.")]
