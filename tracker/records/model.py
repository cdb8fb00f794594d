"""What one official document says, as frozen structs.

Source: GovInfo BILLSTATUS XML and the Congress.gov API's JSON, which name the same things. Every reader of a measure
(pages, API, both clocks) is given these structs, and every change is the difference of two of them.

Days are `YYYY-MM-DD` and instants RFC 3339, **as the source wrote them**: a day that is no day (2025-02-30) is kept
here as written, and it is for `tracker.congress.calendar.valid_day` to say that it is none. An empty element is None.
Lists are in the source's order. Repetitions within a list are kept; items without any content are not.
"""

from __future__ import annotations

import msgspec


class Record(msgspec.Struct, frozen=True, gc=False, omit_defaults=True):
    """Base of all structs here: frozen, compared by value."""


class CommitteeName(Record, frozen=True):
    """A committee as an action names it. `code` is the system code (`ssfr00`) or None where the source gives none."""

    code: str | None
    name: str | None


class VoteReference(Record, frozen=True):
    """A roll call that an action names. The source's `url` and `date` are not to be trusted; the four numbers are its key."""

    chamber: str  # "house" or "senate"
    congress: int
    session: int
    roll: int
    at: str | None = None  # instant, as written
    url: str | None = None


class ActionRecord(Record, frozen=True):
    """One row of the list of actions. `time` is Washington's wall clock, without a zone, on House floor rows only."""

    on: str | None
    text: str | None
    code: str | None = None
    type: str | None = None
    source: str | None = (
        None  # sourceSystem's name: "Senate", "House floor actions", "Library of Congress", …
    )
    time: str | None = None
    committees: tuple[CommitteeName, ...] = ()
    recorded_votes: tuple[VoteReference, ...] = ()
    calendar: str | None = None  # U00094: Union, H: House, D: Discharge, P: Private, C: Consensus


class SponsorRecord(Record, frozen=True):
    """`member` is a Bioguide id; party, state and district as the source writes them ("D", "NC", "11"; senators have none)."""

    member: str | None
    name: str | None  # "Sen. Tillis, Thomas [R-NC]"
    party: str | None = None
    state: str | None = None
    district: str | None = None
    by_request: bool = False


class CosponsorRecord(Record, frozen=True):
    """One name with its joining day; a member who left and joined again stands twice."""

    member: str | None
    name: str | None
    party: str | None = None
    state: str | None = None
    district: str | None = None
    joined_on: str | None = None
    original: bool = False
    withdrawn_on: str | None = None


class ActivityRecord(Record, frozen=True):
    """What a committee did: "Referred To", "Markup By", "Reported By", … `at` is an instant or None."""

    name: str | None
    at: str | None = None


class SubcommitteeRecord(Record, frozen=True):
    code: str | None
    name: str | None
    activities: tuple[ActivityRecord, ...] = ()


class CommitteeRecord(Record, frozen=True):
    code: str | None
    name: str | None
    chamber: str | None = None
    type: str | None = None  # "Standing", "Select", "Other", …
    activities: tuple[ActivityRecord, ...] = ()
    subcommittees: tuple[SubcommitteeRecord, ...] = ()

    def parts(self) -> tuple[CommitteeRecord | SubcommitteeRecord, ...]:
        """The committee itself, then its subcommittees."""
        return self, *self.subcommittees


class TitleRecord(Record, frozen=True):
    title: str
    type: str | None = None  # "Display Title"
    type_code: str | None = None  # "45"
    chamber: str | None = None  # "House", "Senate"
    text_version: str | None = None  # "IH"


class SummaryRecord(Record, frozen=True):
    """A summary by the Congressional Research Service. `text` is the source's HTML, not cleaned."""

    version: str | None
    on: str | None
    stage: str | None
    text: str | None
    updated_at: str | None = None


class TextFormat(Record, frozen=True):
    url: str
    type: str | None = None  # "xml", "pdf", "htm", "uslm", by the address's ending


class TextVersionRecord(Record, frozen=True):
    """A printed version. `package` ("BILLS-119sres145is") is its identity, where an address shows it."""

    code: str | None  # "is"
    name: str | None  # "Introduced in Senate"
    on: str | None = None
    package: str | None = None
    formats: tuple[TextFormat, ...] = ()


class RelationDetail(Record, frozen=True):
    type: str | None
    by: str | None


class RelationRecord(Record, frozen=True):
    """A measure that the source says is related; `measure` is its id, "119/hres/166"."""

    measure: str
    title: str | None = None
    details: tuple[RelationDetail, ...] = ()
    latest_on: str | None = None
    latest_text: str | None = None


class AmendmentRecord(Record, frozen=True):
    """An amendment; `id` is "119/samdt/1". `cosponsors` and `actions` are whole, since any of them may change."""

    id: str
    chamber: str | None = None
    purpose: str | None = None
    description: str | None = None
    submitted_at: str | None = None
    proposed_at: str | None = None
    sponsors: tuple[SponsorRecord, ...] = ()
    cosponsors: tuple[CosponsorRecord, ...] = ()
    latest_on: str | None = None
    latest_time: str | None = None
    latest_text: str | None = None
    amends: str | None = None  # id of the amendment that it amends
    actions: tuple[ActionRecord, ...] = ()
    on_behalf_of: tuple[SponsorRecord, ...] = ()  # those for whom the sponsor submitted or proposed it


class LawRecord(Record, frozen=True):
    type: str | None  # "Public Law"
    number: str | None  # "119-1"


class EstimateRecord(Record, frozen=True):
    """A cost estimate of the Congressional Budget Office. `at` is an instant."""

    at: str | None
    title: str | None
    url: str | None
    description: str | None = None


class MeasureRecord(Record, frozen=True):
    """One measure as one document shows it."""

    congress: int
    type: str  # hr s hjres sjres hconres sconres hres sres
    number: int
    title: str | None = None
    origin_chamber: str | None = None  # "House", "Senate", as written
    introduced_on: str | None = None
    updated_at: str | None = None  # the source's updateDate
    updated_with_text_at: str | None = None  # updateDateIncludingText
    latest_on: str | None = (
        None  # the source's own "latest action": its newest listed row, often a trivial one
    )
    latest_time: str | None = None
    latest_text: str | None = None
    policy_area: str | None = None
    authority: str | None = None  # constitutionalAuthorityStatementText, HTML
    titles: tuple[TitleRecord, ...] = ()
    sponsors: tuple[SponsorRecord, ...] = ()
    cosponsors: tuple[CosponsorRecord, ...] = ()
    actions: tuple[ActionRecord, ...] = ()
    committees: tuple[CommitteeRecord, ...] = ()
    subjects: tuple[str, ...] = ()
    summaries: tuple[SummaryRecord, ...] = ()
    text_versions: tuple[TextVersionRecord, ...] = ()
    related: tuple[RelationRecord, ...] = ()
    amendments: tuple[AmendmentRecord, ...] = ()
    laws: tuple[LawRecord, ...] = ()
    notes: tuple[str, ...] = ()
    committee_reports: tuple[str, ...] = ()
    estimates: tuple[EstimateRecord, ...] = ()

    @property
    def id(self) -> str:
        """The id of the contract, "119/sres/145"."""
        return f"{self.congress}/{self.type}/{self.number}"


class Reading(Record, frozen=True):
    """A parsed document and what in it the parser did not know.

    `unknown` counts paths of elements that this parser has no name for (`{"bill/coSponsorList": 1}`) and versions of
    the schema that it has not met (`{"version 4.0.0": 1}`). `missing` lists the parts of a measure (`cosponsors`, …)
    that have no element at all in this document, and those of which rows stand in an unknown element further down
    (`{"bill/cosponsors/entry": 5}`): beside an unknown element, a missing part is not known to be empty.
    `odd` lists values that cannot be what they claim ("cosponsors[3].joined_on: 2025-02-30").
    """

    record: MeasureRecord
    unknown: dict[str, int] = {}
    missing: tuple[str, ...] = ()
    odd: tuple[str, ...] = ()


class DocumentRefused(ValueError):
    """The bytes are not a document that can be read; says in one line which check failed. Nothing of it is used."""
