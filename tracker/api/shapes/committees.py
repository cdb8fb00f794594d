"""Committees and who sits on them."""

from __future__ import annotations

from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes.base import CommitteeCode, MemberId, NextPage, Shape


class CommitteeShort(Shape):
    """A committee or a subcommittee."""

    code: CommitteeCode
    name: str
    chamber: Literal["house", "senate", "joint"] | None
    parent: Annotated[CommitteeCode | None, Meta(description="The committee that it is a subcommittee of.")]
    current: Annotated[bool, Meta(description="Whether it is in the list of today's committees.")]
    url: Annotated[str, Meta(description="The committee's page.")]


class SeatOfMember(Shape):
    member: MemberId
    name: str | None
    party: str | None
    state: str | None
    side: Annotated[str, Meta(description="`majority` or `minority`.")]
    rank: int | None
    title: Annotated[str | None, Meta(examples=["Chairman"])]


class Committee(CommitteeShort):
    measures: Annotated[int, Meta(description="Measures referred to it or to one of its subcommittees.")]
    by_status: Annotated[dict[str, int], Meta(description="The same, by status.")]
    subcommittees: list[CommitteeShort]
    seats: list[SeatOfMember]


class CommitteeList(Shape):
    results: list[CommitteeShort]
    next: NextPage
