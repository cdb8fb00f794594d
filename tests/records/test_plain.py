"""Parts as plain JSON, under the contract's names."""

from __future__ import annotations

import pytest

from tests.records.records import measure
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    AmendmentRecord,
    CommitteeName,
    CommitteeRecord,
    CosponsorRecord,
    LawRecord,
    RelationDetail,
    RelationRecord,
    SponsorRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)
from tracker.records.plain import as_json, vote_id, words


def test_each_part_has_the_keys_of_the_contract() -> None:
    assert as_json(SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")) == {
        "member": "T000476",
        "name": "Sen. Tillis, Thomas [R-NC]",
        "party": "R",
        "state": "NC",
        "district": None,
        "by_request": False,
    }
    assert as_json(CosponsorRecord("F000470", "Rep. F", "R", "MN", "7", "2025-03-27", True)) == {
        "member": "F000470",
        "name": "Rep. F",
        "party": "R",
        "state": "MN",
        "district": 7,
        "joined_on": "2025-03-27",
        "original": True,
        "withdrawn_on": None,
    }
    assert as_json(TitleRecord("Iran", "Short Title", "101", "House", "IH")) == {
        "type": "Short Title",
        "type_code": "101",
        "chamber": "house",
        "text_version": "IH",
        "title": "Iran",
    }
    assert as_json(LawRecord("Public Law", "119-1")) == {"type": "Public Law", "number": "119-1"}
    assert as_json(RelationRecord("119/hres/166", "Iran", (RelationDetail("Related bill", "CRS"),))) == {
        "measure": "119/hres/166",
        "title": "Iran",
        "relations": [{"type": "Related bill", "by": "CRS"}],
    }
    assert as_json(
        TextVersionRecord(
            "is", "IS", "2025-03-27", "BILLS-119sres145is", (TextFormat("https://x/y.xml", "xml"),)
        )
    ) == {
        "code": "is",
        "name": "IS",
        "on": "2025-03-27",
        "formats": [{"type": "xml", "url": "https://x/y.xml"}],
    }
    assert as_json(AmendmentRecord("119/samdt/1", purpose="To improve it.", latest_on="2025-04-04")) == {
        "id": "119/samdt/1",
        "purpose": "To improve it.",
        "description": None,
        "latest_action": {"on": "2025-04-04", "text": None},
    }


def test_a_committee_has_its_activities_and_what_is_below_it() -> None:
    referral = ActivityRecord("Referred To", "2025-03-27T16:35:22Z")
    below = SubcommitteeRecord("ssfr01", "East Asia", (ActivityRecord("Markup By", None),))
    assert as_json(
        CommitteeRecord("ssfr00", "Foreign Relations", "Senate", "Standing", (referral,), (below,))
    ) == {
        "code": "ssfr00",
        "name": "Foreign Relations",
        "chamber": "senate",
        "activities": [{"name": "Referred To", "at": "2025-03-27T16:35:22Z"}],
        "subcommittees": [
            {"code": "ssfr01", "name": "East Asia", "activities": [{"name": "Markup By", "at": None}]}
        ],
    }


def test_an_action_has_its_instant_from_washingtons_clock() -> None:
    vote = VoteReference("house", 119, 1, 62, "2025-07-04T02:05:31Z", "https://x")
    action = ActionRecord(
        "2025-07-03",
        "Passed.",
        "H37100",
        "Floor",
        "House floor actions",
        "22:05:31",
        (CommitteeName("hsju00", "J"),),
        (vote,),
    )
    said = as_json(action)
    assert said["at"] == "2025-07-04T02:05:31Z"
    assert said["committees"] == ["hsju00"]
    assert said["recorded_votes"] == [
        {
            "chamber": "house",
            "congress": 119,
            "session": 1,
            "roll": 62,
            "on": "2025-07-03",
            "url": "https://x",
        }
    ]
    assert as_json(ActionRecord("2025-01-03", None, time="12:00:00"))["at"] == "2025-01-03T17:00:00Z"
    assert as_json(ActionRecord("2025-02-30", None, time="12:00:00"))["at"] is None


def test_times_that_are_none_stay_as_they_are_written() -> None:
    assert as_json(ActivityRecord("Referred To", "soon")) == {"name": "Referred To", "at": "soon"}


@pytest.mark.parametrize(("session", "expected"), [(1, "119/senate/2025/5"), (2, "119/senate/2026/5")])
def test_a_roll_call_is_addressed_by_the_year_of_its_session(session: int, expected: str) -> None:
    assert vote_id(VoteReference("senate", 119, session, 5)) == expected


@pytest.mark.parametrize(
    ("markup", "expected"),
    [
        ("<p><b>Iran &amp; Iraq</b></p>\n<ul><li>One</li><li>Two</li></ul>", "Iran & Iraq One Two"),
        ("plain", "plain"),
        ("<p></p>", None),
        (None, None),
    ],
)
def test_a_summary_is_told_in_words(markup: str | None, expected: str | None) -> None:
    assert words(markup) == expected
    assert as_json(SummaryRecord("00", "2025-03-27", "Introduced", markup))["text"] == expected


def test_a_measure_is_no_part() -> None:
    with pytest.raises(TypeError, match="MeasureRecord"):
        as_json(measure())
