"""Members of Congress."""

from __future__ import annotations

from datetime import date
from typing import Annotated

from msgspec import Meta

from tracker.api.shapes.base import Chamber, CommitteeCode, MemberId, NextPage, Shape
from tracker.api.shapes.entries import Entry


class MemberShort(Shape):
    """Someone who sits or sat in Congress, by the last known term."""

    id: MemberId
    name: Annotated[str, Meta(examples=["Thom Tillis"])]
    party: str | None
    state: str | None
    district: Annotated[int | None, Meta(description="0: at large; null: a senator.")]
    chamber: Chamber | None
    sitting: bool
    url: Annotated[str, Meta(description="The member's page.")]


class Term(Shape):
    type: Annotated[str | None, Meta(examples=["sen"])]
    start: date | None
    end: date | None
    state: str | None
    district: int | None
    party: str | None


class Seat(Shape):
    """Where a member sits today."""

    code: CommitteeCode
    name: str | None
    side: Annotated[str, Meta(description="`majority` or `minority`.")]
    rank: int | None
    title: Annotated[str | None, Meta(examples=["Ranking Member"])]


class Member(MemberShort):
    terms: Annotated[
        list[Term], Meta(description="Oldest first; empty for those whom no list of members names.")
    ]
    sponsored: Annotated[int, Meta(description="Measures held here.")]
    cosponsored: Annotated[int, Meta(description="Measures held here, those withdrawn from among them.")]
    committees: list[Seat]
    entries: list[Entry]


class MemberList(Shape):
    results: list[MemberShort]
    next: NextPage
