"""Every answer of the API, key by key: what is sent is built of these structs, and the OpenAPI document is drawn from them.

A key without a value is null or an empty list, never missing. Days are Washington's; instants are UTC.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated, Literal

import msgspec
from msgspec import Meta


class Shape(msgspec.Struct, gc=False):
    """Base of all answers."""


MeasureId = Annotated[str, Meta(description="A measure's id.", examples=["119/sres/145"])]
MemberId = Annotated[str, Meta(description="A Bioguide id.", examples=["T000476"])]
CommitteeCode = Annotated[str, Meta(description="A committee's system code.", examples=["ssfr00"])]
Instant = Annotated[datetime, Meta(tz=True)]
Chamber = Literal["house", "senate"]
NextPage = Annotated[str | None, Meta(description="The address of the next page; null on the last one.")]


# Measures


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


class Entry(Shape):
    """What staff of this tracker wrote, beside the official record."""

    kind: Annotated[str, Meta(examples=["key_points"])]
    title: Annotated[str, Meta(description="May be empty.")]
    html: Annotated[str, Meta(description="Paragraphs, lists, emphasis and links; addresses in full.")]
    published_at: Instant
    revised_at: Annotated[Instant | None, Meta(description="When it was last corrected.")]
    url: Annotated[str, Meta(description="Its own page, with every version.")]


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


# Changes


class Event(Shape):
    """One change, as it stands in the ledger for good."""

    id: Annotated[int, Meta(description="Grows in the order observed, without gaps.")]
    measure: Annotated[
        MeasureId | None, Meta(description="Null: what staff wrote about a member or a topic.")
    ]
    kind: Annotated[str, Meta(examples=["action_added"])]
    subject: Annotated[str, Meta(description="What part: an action's key, a member's id, a field's name, …")]
    before: Annotated[msgspec.Raw, Meta(description="The part as it was; null where there was none.")]
    after: Annotated[msgspec.Raw, Meta(description="The part as it became; null where it is no more.")]
    occurred_on: Annotated[date | None, Meta(description="The official day, where the part has one.")]
    observed_at: Annotated[Instant, Meta(description="When this tracker learned of it.")]
    source: str
    document: Annotated[str | None, Meta(description="SHA-256 of the document that showed it.")]
    hash: Annotated[str, Meta(description="SHA-256 over the event before it and this one.")]
    url: Annotated[str, Meta(description="The measure's page; where there is no measure, the entry's own.")]


class EventList(Shape):
    results: list[Event]
    next: NextPage


class Changes(Shape):
    results: list[Event]
    next: Annotated[str, Meta(description="Never null: at the end it is where to ask again.")]


# People


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


# Committees


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


# Topics


class TopicShort(Shape):
    """A topic of this tracker, as lists show it."""

    slug: Annotated[
        str, Meta(description="Its short name: what `topic=` takes.", examples=["iranian-refugees"])
    ]
    name: str
    measures: Annotated[int, Meta(description="How many measures are in it.")]
    changed_at: Annotated[
        Instant | None, Meta(description="When one of its measures changed last; null where it has none.")
    ]
    url: Annotated[str, Meta(description="The topic's page.")]


class Topic(TopicShort):
    html: Annotated[str, Meta(description="What is said of it; empty where nothing is.")]
    by_status: Annotated[dict[str, int], Meta(description="Its measures, by status.")]
    entries: list[Entry]


class TopicList(Shape):
    results: list[TopicShort]
    next: NextPage


# The tracker itself


class SourceHealth(Shape):
    """How it goes with one source."""

    name: Annotated[str, Meta(examples=["govinfo"])]
    asked_at: Instant | None
    answered_at: Annotated[Instant | None, Meta(description="The last good answer.")]
    changed_at: Annotated[Instant | None, Meta(description="The last answer that had news.")]
    failing_since: Annotated[Instant | None, Meta(description="Null: the last answer was good.")]
    error: str | None
    failures: Annotated[int, Meta(description="In a row.")]
    rests_until: Instant | None
    stale_answers: Annotated[int, Meta(description="Documents older than the one held, not taken.")]
    refused_answers: Annotated[int, Meta(description="Bodies that failed a check, not taken.")]


class Folder(Shape):
    """How far the first load of one Congress's measures of one type is."""

    congress: int
    type: str
    total: Annotated[int | None, Meta(description="Files in the zip being loaded; null: not known yet.")]
    done: int
    loaded_at: Annotated[Instant | None, Meta(description="Held whole since; null: not yet.")]
    listed_at: Annotated[Instant | None, Meta(description="The last complete listing.")]


class UnknownPart(Shape):
    """An element, a schema or a value that the parser has no name for. The document is kept whole, so nothing is lost."""

    path: str
    documents: Annotated[int, Meta(description="In how many documents it stood.")]
    first_seen_at: Instant
    last_measure: MeasureId


class LedgerHead(Shape):
    """Where the ledger ends. A ledger that contradicts a head once published has been tampered with."""

    count: int
    hash: str
    at: Instant | None


class Sources(Shape):
    sources: list[SourceHealth]
    folders: list[Folder]
    unknown_parts: list[UnknownPart]
    ledger: LedgerHead


class Stats(Shape):
    """Counts now. Every item that the source lists counts once, exact repetitions too. What staff entered by hand counts
    in none but `changes`, which are all events of the ledger."""

    measures: int
    actions: int
    cosponsors: Annotated[int, Meta(description="The withdrawn among them.")]
    withdrawn: int
    titles: int
    summaries: int
    text_versions: int
    committees: Annotated[int, Meta(description="Measures' committees, without subcommittees.")]
    subjects: int
    laws: int
    related: int
    amendments: int
    recorded_votes: Annotated[int, Meta(description="Distinct roll calls that measures' own actions name.")]
    changes: Annotated[dict[str, int], Meta(description="Events by kind; kinds without one are not in it.")]


class Index(Shape):
    """Where to begin."""

    documentation: str
    openapi: str
    measures: str
    changes: str
    members: str
    committees: str
    votes: str
    topics: str
    sources: str
    stats: str


# The article check


class CheckedMeasure(Shape):
    """A measure as the article names it."""

    cited_as: str
    at: Annotated[
        list[int], Meta(min_length=2, max_length=2, description="Where, in characters of the text given.")
    ]
    measure: MeasureId | None
    sure: Annotated[bool, Meta(description="Whether it is settled which measure is meant.")]
    why: Annotated[str, Meta(description="How that was settled, or what stands in the way.")]


class CheckedClaim(Shape):
    """A statement, and what the record says of it."""

    kind: Literal[
        "citation",
        "sponsor",
        "cosponsor",
        "cosponsor_count",
        "introduced_on",
        "action_on",
        "status",
        "vote",
        "committee",
        "chamber",
        "party",
        "state",
        "title",
        "other",
    ]
    measure: MeasureId | None
    quote: Annotated[str, Meta(description="The words of the text given that stand at `at`.")]
    at: Annotated[
        list[int], Meta(min_length=2, max_length=2, description="Where, in characters of the text given.")
    ]
    verdict: Annotated[
        Literal["true", "false", "outgrown", "unverifiable"],
        Meta(
            description="`true` (so on the article's date), `false` (the record disagrees), `outgrown` (so then, no longer so), "
            "`unverifiable` (the record held says nothing)."
        ),
    ]
    record: Annotated[str | None, Meta(description="What the record says.")]
    evidence: Annotated[str | None, Meta(description="The address of the page that shows it.")]
    note: str | None


class Check(Shape):
    """What the record says of an article."""

    date: Annotated[date, Meta(description="The day for which it was checked.")]
    measures: list[CheckedMeasure]
    claims: list[CheckedClaim]


class Problem(Shape):
    """What was wrong with a request (RFC 9457)."""

    type: str
    title: str
    status: int
    detail: str
    parameter: Annotated[str | None, Meta(description="The parameter that was wrong, where one was.")]
    accepted: Annotated[str | None, Meta(description="What it accepts.")]
