"""GPO's own sample files of all three schemas: nothing of substance is dropped, by count and by word."""

from __future__ import annotations

import re
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

import pytest

from tests.replay import data_folder
from tracker.records.billstatus import read_billstatus
from tracker.records.model import MeasureRecord, Reading, VoteReference

pytestmark = pytest.mark.real_data

# Where the rows of each part stand in any of the schemas.
ROWS = {
    "titles": ("titles/item",),
    "sponsors": ("sponsors/item",),
    "cosponsors": ("cosponsors/item",),
    "actions": ("actions/item",),
    "committees": ("committees/item", "committees/billCommittees/item"),
    "subjects": (
        "subjects/legislativeSubjects/item",
        "subjects/billSubjects/legislativeSubjects/item",
        "subjects/billSubjects/otherSubjects/item",
    ),
    "summaries": ("summaries/summary", "summaries/billSummaries/item"),
    "related": ("relatedBills/item",),
    "amendments": ("amendments/amendment",),
    "laws": ("laws/item",),
    "notes": ("notes/item",),
    "committee_reports": ("committeeReports/committeeReport",),
    "estimates": ("cboCostEstimates/item",),
}


class Sample(NamedTuple):
    reading: Reading
    bill: ElementTree.Element

    @property
    def record(self) -> MeasureRecord:
        return self.reading.record


@pytest.fixture(scope="module")
def samples() -> dict[str, Sample]:
    folder = data_folder() / "billstatus-samples"
    return {
        str(path.relative_to(folder)): sample(path.read_bytes()) for path in sorted(folder.rglob("*.xml"))
    }


def sample(body: bytes) -> Sample:
    bill = ElementTree.fromstring(body).find("bill")
    assert bill is not None
    return Sample(read_billstatus(body), bill)


def has_text(node: ElementTree.Element) -> bool:
    return any((one.text or "").strip() for one in node.iter())


def test_all_samples_are_read_and_nothing_in_them_is_unknown_or_odd(samples: dict[str, Sample]) -> None:
    assert len(samples) == 44
    for name, (reading, _) in samples.items():
        congress, kind, number = re.findall(r"(\d+)([a-z]+)(\d+)\.xml", name)[0]
        assert reading.record.id == f"{congress}/{kind}/{number}", name
        assert (reading.unknown, reading.odd) == ({}, ()), name


@pytest.mark.parametrize("part", ROWS)
def test_each_part_has_as_many_rows_as_the_file(samples: dict[str, Sample], part: str) -> None:
    rows = 0
    for name, (reading, bill) in samples.items():
        listed = sum(has_text(item) for path in ROWS[part] for item in bill.findall(path))
        assert len(getattr(reading.record, part)) == listed, name
        rows += listed
    assert rows > 0


def test_each_text_version_with_any_content_is_there(samples: dict[str, Sample]) -> None:
    for name, (reading, bill) in samples.items():
        versions = reading.record.text_versions
        listed = [item for item in bill.findall("textVersions/item") if has_text(item)]
        assert len(versions) == len(listed), name
        assert all(version.code and version.package for version in versions if version.formats), name


def test_nested_rows_are_all_there(samples: dict[str, Sample]) -> None:
    for name, (reading, bill) in samples.items():
        record = reading.record
        counts = {
            "activities": sum(
                len(c.activities) + sum(len(s.activities) for s in c.subcommittees) for c in record.committees
            ),
            "relation details": sum(len(relation.details) for relation in record.related),
            "amendments' actions": sum(len(amendment.actions) for amendment in record.amendments),
            "amendments' cosponsors": sum(len(amendment.cosponsors) for amendment in record.amendments),
            "amendments' sponsors": sum(len(amendment.sponsors) for amendment in record.amendments),
            "actions' committees": sum(len(action.committees) for action in record.actions),
        }
        paths = {
            "activities": (".//activities/item",),
            "relation details": ("relatedBills/item/relationshipDetails/item",),
            "amendments' actions": ("amendments/amendment/actions/actions/item",),
            "amendments' cosponsors": ("amendments/amendment/cosponsors/item",),
            "amendments' sponsors": ("amendments/amendment/sponsors/item",),
            "actions' committees": ("actions/item/committees/item", "actions/item/committee"),
        }
        for what, found in counts.items():
            listed = sum(has_text(item) for path in paths[what] for item in bill.findall(path))
            assert found == listed, (name, what)


def test_every_roll_call_of_a_file_stands_at_an_action_of_its_day(samples: dict[str, Sample]) -> None:
    placed_beside = 0
    for name, (reading, bill) in samples.items():
        record = reading.record
        for path in ("recordedVotes/recordedVote", "actions/item/recordedVotes/recordedVote"):
            for vote in bill.findall(path):
                key = [
                    vote.findtext(tag, "").lower()
                    for tag in ("chamber", "congress", "sessionNumber", "rollNumber")
                ]
                at = [action for action in record.actions if key in map(vote_key, action.recorded_votes)]
                assert at, (name, key)
                placed_beside += path.startswith("recorded")
    assert placed_beside == 65


def vote_key(vote: VoteReference) -> list[str]:
    return [vote.chamber, str(vote.congress), str(vote.session), str(vote.roll)]


def test_a_roll_call_of_the_old_schema_stands_at_both_rows_that_name_it(samples: dict[str, Sample]) -> None:
    record = samples["legacy/BILLSTATUS-114hr3762.xml"].record
    at = {
        (action.code, vote.chamber, vote.session, vote.roll)
        for action in record.actions
        for vote in action.recorded_votes
    }
    assert at == {
        ("H41610", "house", 2, 6),
        ("19500", "house", 2, 6),
        ("H37100", "house", 1, 568),
        ("8000", "house", 1, 568),
    }


def test_the_same_measure_reads_alike_in_the_old_schema_and_the_new(samples: dict[str, Sample]) -> None:
    def both(number: str) -> tuple[MeasureRecord, MeasureRecord]:
        names = (f"formatChange/{age}/BILLSTATUS-{number}.xml" for age in ("current", "future"))
        old, new = (samples[name].record for name in names)
        return old, new

    old, new = both("117s35")
    assert old.cosponsors == new.cosponsors
    assert old.committees == new.committees
    assert old.subjects == new.subjects
    assert [(t.code, t.on) for t in old.text_versions] == [(t.code, t.on) for t in new.text_versions]
    assert [(s.version, s.on, s.text) for s in old.summaries] == [
        (s.version, s.on, s.text) for s in new.summaries
    ]


def test_times_of_2015_are_read_as_the_wall_clock_of_today(samples: dict[str, Sample]) -> None:
    record = samples["legacy/BILLSTATUS-114hr3762.xml"].record
    times = {action.time for action in record.actions}
    assert {"17:54:00", "11:58:00", "13:01:00", None} <= times
    assert all(time is None or re.fullmatch(r"\d\d:\d\d:00", time) for time in times)


def test_a_statement_of_authority_is_read_from_wherever_a_file_keeps_it(samples: dict[str, Sample]) -> None:
    for name in ("formatChange/future/BILLSTATUS-117hr6658.xml", "legacy/BILLSTATUS-114hjres45.xml"):
        statement = samples[name].record.authority
        assert statement is not None
        assert statement.startswith("<pre>"), name


def test_data_folder_of_the_samples_is_whole(samples: dict[str, Sample]) -> None:
    assert {Path(name).parts[0] for name in samples} == {
        "actions-committees",
        "amendment-votes",
        "formatChange",
        "legacy",
        "textVersions",
    }
