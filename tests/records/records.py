"""Records for tests, and strategies that draw pairs of them which differ as documents of one measure do."""

from __future__ import annotations

from typing import Any

import msgspec
from hypothesis import strategies as st

from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeName,
    CommitteeRecord,
    CosponsorRecord,
    EstimateRecord,
    LawRecord,
    MeasureRecord,
    RelationDetail,
    RelationRecord,
    SponsorRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

DAYS = ("2025-03-27", "2025-03-28", "2025-05-01", "2025-02-30", None)
days = st.sampled_from(DAYS)
instants = st.sampled_from(("2025-03-27T16:35:22Z", "2025-03-28T02:00:00Z", None))
words = st.sampled_from(("Held.", "Held  at\nlength.", "Agreed to (Roll no. 5).", "", None))


def measure(**parts: Any) -> MeasureRecord:
    """S.Res. 145 with these parts."""
    return MeasureRecord(119, "sres", 145, **parts)


def several(strategy: st.SearchStrategy[Any], most: int = 3) -> st.SearchStrategy[tuple[Any, ...]]:
    return st.lists(strategy, max_size=most).map(tuple)


votes = st.builds(
    VoteReference,
    st.sampled_from(("house", "senate")),
    st.just(119),
    st.integers(1, 2),
    st.integers(1, 3),
    instants,
)
actions = st.builds(
    ActionRecord,
    days,
    words,
    st.sampled_from((None, "1000", "H37100")),
    st.sampled_from(("Floor", "Committee")),
    st.sampled_from(("Senate", "Library of Congress", None)),
    st.sampled_from((None, "11:05:31")),
    several(st.builds(CommitteeName, st.sampled_from(("ssfr00", "ssju00")), st.none()), 2),
    several(votes, 2),
)
sponsors = st.builds(
    SponsorRecord, st.sampled_from(("T000476", None)), st.sampled_from(("Tillis", "Rules Committee"))
)
cosponsors = st.builds(
    CosponsorRecord,
    st.sampled_from(("S001181", "C001088", "K000383", None)),
    st.sampled_from(("Shaheen", "Coons")),
    st.sampled_from(("D", "I")),
    joined_on=days,
    withdrawn_on=days,
)
activities = st.builds(ActivityRecord, st.sampled_from(("Referred To", "Referred to", "Markup By")), instants)
subcommittees = st.builds(
    SubcommitteeRecord, st.sampled_from(("ssfr01", "ssfr02")), st.just("East Asia"), several(activities, 2)
)
committees = st.builds(
    CommitteeRecord,
    st.sampled_from(("ssfr00", "ssju00", None)),
    st.sampled_from(("Foreign Relations", "Judiciary")),
    st.just("Senate"),
    st.just("Standing"),
    several(activities, 3),
    several(subcommittees, 2),
)
titles = st.builds(
    TitleRecord,
    st.sampled_from(("A resolution.", "A  resolution.", "Iran")),
    st.sampled_from(("Display Title", "Short")),
    st.just("45"),
)
summaries = st.builds(
    SummaryRecord,
    st.sampled_from(("00", "49")),
    st.sampled_from(("2025-03-27", None)),
    st.sampled_from(("Introduced", "Public Law")),
    st.sampled_from(("<p>Words.</p>", "<p>Other <b>words</b>.</p>", None)),
    instants,
)
texts = st.builds(
    TextVersionRecord,
    st.sampled_from(("is", "enr")),
    st.sampled_from(("Introduced", "Enrolled")),
    days,
    st.sampled_from(("BILLS-119sres145is", "BILLS-119sres145enr", None)),
)
relations = st.builds(
    RelationRecord,
    st.sampled_from(("119/hres/166", "119/s/1")),
    words,
    several(
        st.builds(RelationDetail, st.sampled_from(("Related bill", "Identical bill")), st.just("CRS")), 2
    ),
    days,
    words,
)
amendments = st.builds(
    AmendmentRecord,
    st.sampled_from(("119/samdt/1", "119/samdt/2")),
    purpose=words,
    submitted_at=instants,
    sponsors=several(sponsors, 1),
    cosponsors=several(cosponsors, 2),
    latest_on=days,
    latest_text=words,
    actions=several(actions, 2),
)
laws = st.builds(LawRecord, st.just("Public Law"), st.sampled_from(("119-1", "119-2")))
estimates = st.builds(EstimateRecord, instants, words, st.sampled_from(("https://cbo/1", None)))

LISTS: dict[str, st.SearchStrategy[Any]] = {
    "titles": titles,
    "sponsors": sponsors,
    "cosponsors": cosponsors,
    "actions": actions,
    "committees": committees,
    "subjects": st.sampled_from(("Iran", "Refugees", "Congress")),
    "summaries": summaries,
    "text_versions": texts,
    "related": relations,
    "amendments": amendments,
    "laws": laws,
    "notes": st.sampled_from(("See S. 1.", "See  S. 1.", "See S. 2.")),
    "committee_reports": st.sampled_from(("H. Rept. 119-1", "S. Rept. 119-2")),
    "estimates": estimates,
}

PARTS = ("values", *LISTS)


def measures(part: str) -> st.SearchStrategy[MeasureRecord]:
    """Records with this one of their lists, or with values alone: parts do not speak to one another."""
    if part != "values":
        return st.builds(measure, **{part: several(LISTS[part])})
    return st.builds(
        measure,
        title=words,
        origin_chamber=st.sampled_from(("Senate", None)),
        introduced_on=days,
        updated_at=instants,
        latest_on=days,
        latest_text=words,
        policy_area=st.sampled_from((None, "Law")),
        authority=st.sampled_from((None, "<pre>Article I</pre>")),
    )


@st.composite
def reordered(draw: st.DrawFn, record: MeasureRecord) -> MeasureRecord:
    """The record with every list in another order, some of their items twice."""
    lists: dict[str, Any] = {}
    for name in LISTS:
        items = list(getattr(record, name))
        if items:
            items += draw(st.lists(st.sampled_from(items), max_size=2))
        lists[name] = tuple(draw(st.permutations(items)))
    return msgspec.structs.replace(record, **lists)
