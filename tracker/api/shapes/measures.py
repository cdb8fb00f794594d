"""A measure, in short and whole."""

from __future__ import annotations

from datetime import date
from typing import Annotated, Literal

from msgspec import Meta

from tracker.api.shapes.base import Chamber, CommitteeCode, Instant, MeasureId, MemberId, NextPage, Shape
from tracker.api.shapes.entries import Entry


class Status(Shape):
    """Where a measure stands."""

    code: Annotated[str, Meta(examples=["referred"])]
    label: Annotated[str, Meta(examples=["Referred to committee"])]
    since: date | None
    action: Annotated[
        str | None, Meta(description="Key of the action that set it; null: set by the calendar, or by none.")
    ]
    sentence: Annotated[str, Meta(description="The same in one sentence, with absolute dates.")]


class Sponsor(Shape):
    """The first sponsor. Party and state are as the source writes them."""

    member: MemberId | None
    name: str | None
    party: str | None
    state: str | None
    district: Annotated[int | None, Meta(description="0: at large; null: a senator.")]


class CosponsorCounts(Shape):
    """Who stands behind a measure now: `total` and `by_party` without the withdrawn."""

    total: int
    withdrawn: int
    by_party: dict[str, int]


class DatedText(Shape):
    on: date | None
    text: str | None


class MeasureShort(Shape):
    """One bill or resolution as lists show it."""

    id: MeasureId
    congress: int
    type: Literal["hr", "s", "hjres", "sjres", "hconres", "sconres", "hres", "sres"]
    number: int
    citation: Annotated[str, Meta(examples=["S.Res. 145"])]
    title: str
    origin_chamber: Chamber
    introduced_on: date | None
    status: Status
    sponsor: Sponsor | None
    cosponsor_counts: CosponsorCounts
    latest_action: Annotated[
        DatedText | None, Meta(description="The source's own latest action, often a trivial one.")
    ]
    policy_area: str | None
    origin: Annotated[
        Literal["official", "starter", "staff"],
        Meta(
            description=(
                "`starter`: from the record that ships with Whereas; `staff`: entered by the staff of this site, from a "
                "press report or the like, in no official source yet. Either until an official document comes."
            )
        ),
    ]
    url: Annotated[str, Meta(description="The measure's page.")]
    seen_at: Annotated[Instant, Meta(description="When this tracker first held it.")]
    changed_at: Annotated[Instant, Meta(description="When this tracker last learned of a change.")]


class Title(Shape):
    type: str | None
    type_code: str | None
    chamber: Chamber | None
    text_version: Annotated[
        str | None, Meta(description="The text version that bears it, as the source writes it.")
    ]
    title: str


class SponsorWhole(Sponsor):
    by_request: bool


class Cosponsor(Sponsor):
    joined_on: date | None
    original: bool
    withdrawn_on: date | None


class RecordedVote(Shape):
    """A roll call that an action names."""

    chamber: Chamber
    congress: int
    session: int
    roll: int
    on: date | None
    url: Annotated[
        str | None, Meta(description="As the source writes it; some are wrong. The four numbers are the key.")
    ]


class Action(Shape):
    key: Annotated[str, Meta(description="Made of its day, code, source, committees and words.")]
    on: date | None
    at: Annotated[Instant | None, Meta(description="Where the source gives the time (the House floor).")]
    text: str | None
    code: str | None
    type: str | None
    source: Annotated[str | None, Meta(examples=["Senate"])]
    committees: list[CommitteeCode]
    recorded_votes: list[RecordedVote]


class Activity(Shape):
    name: Annotated[str | None, Meta(examples=["Referred To"])]
    at: Instant | None


class Subcommittee(Shape):
    code: CommitteeCode | None
    name: str | None
    activities: list[Activity]


class CommitteeOfMeasure(Shape):
    code: CommitteeCode | None
    name: str | None
    chamber: Literal["house", "senate", "joint"] | None
    activities: list[Activity]
    subcommittees: list[Subcommittee]


class Summary(Shape):
    """A summary by the Congressional Research Service."""

    version: str | None
    on: date | None
    stage: str | None
    html: Annotated[str, Meta(description="Cleaned: paragraphs, lists, emphasis and links only.")]
    updated_at: Instant | None


class Format(Shape):
    type: Annotated[str | None, Meta(examples=["xml"])]
    url: str


class TextVersion(Shape):
    code: Annotated[str | None, Meta(examples=["is"])]
    name: Annotated[str | None, Meta(examples=["Introduced in Senate"])]
    on: date | None
    formats: list[Format]


class RelationDetail(Shape):
    type: str | None
    by: str | None


class Relation(Shape):
    measure: Annotated[MeasureId, Meta(description="The other measure, held here or not.")]
    title: str | None
    relations: list[RelationDetail]


class Amendment(Shape):
    id: Annotated[str, Meta(examples=["119/samdt/1"])]
    purpose: str | None
    description: str | None
    latest_action: DatedText | None


class Law(Shape):
    type: Annotated[str | None, Meta(examples=["Public Law"])]
    number: Annotated[str | None, Meta(examples=["119-1"])]


class CostEstimate(Shape):
    """A cost estimate of the Congressional Budget Office."""

    on: date | None
    title: str | None
    url: str | None


class DocumentSource(Shape):
    """The official document that all this was read from."""

    name: Annotated[str, Meta(examples=["govinfo"])]
    url: str
    updated_at: Annotated[
        Instant | None, Meta(description="When the source last changed it, by its own words.")
    ]
    fetched_at: Instant
    sha256: str


class Measure(MeasureShort):
    """The whole official record of one measure, lists in the order of the source."""

    titles: list[Title]
    sponsors: list[SponsorWhole]
    cosponsors: list[Cosponsor]
    actions: list[Action]
    committees: list[CommitteeOfMeasure]
    subjects: list[str]
    summaries: list[Summary]
    text_versions: list[TextVersion]
    related: list[Relation]
    amendments: list[Amendment]
    laws: list[Law]
    notes: Annotated[list[str], Meta(description="As the source writes them; cleaned like summaries.")]
    committee_reports: Annotated[list[str], Meta(examples=[["S. Rept. 119-1"]])]
    cbo_estimates: list[CostEstimate]
    entries: list[Entry]
    source: DocumentSource | None


class MeasureList(Shape):
    results: list[MeasureShort]
    next: NextPage
