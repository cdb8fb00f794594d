"""Every roll call of the data set: what its names make is what it prints, and every voter is somebody."""

from __future__ import annotations

import zipfile
from collections import Counter
from collections.abc import Iterator
from datetime import date

import pytest
import yaml

from tests.replay import data_folder
from tracker.congress.roll_calls import needed, vice_president
from tracker.congress.vote_sentences import Matter, headline, party_sentences, printed_measure
from tracker.records.house_vote import read_house_vote
from tracker.records.legislators import read_legislators
from tracker.records.roll_call import RollCallRecord, mismatches
from tracker.records.senate_vote import read_senate_vote

pytestmark = pytest.mark.real_data


@pytest.fixture(scope="module")
def roll_calls() -> list[RollCallRecord]:
    return list(_read())


def _read() -> Iterator[RollCallRecord]:
    with zipfile.ZipFile(data_folder() / "congress-119" / "roll-calls-119.zip") as archive:
        for name in sorted(archive.namelist()):
            if name.endswith(".xml"):
                yield (read_house_vote if name.startswith("house") else read_senate_vote)(archive.read(name))


def test_the_totals_that_the_names_make_are_those_printed(roll_calls: list[RollCallRecord]) -> None:
    assert Counter(record.chamber for record in roll_calls) == {"house": 328, "senate": 147}
    assert {record.key: mismatches(record) for record in roll_calls if mismatches(record)} == {}


def test_every_position_is_one_of_four_and_every_vote_is_about_a_measure(
    roll_calls: list[RollCallRecord],
) -> None:
    found = Counter(voter.position for record in roll_calls for voter in record.voters)
    assert found.keys() == {"yea", "nay", "present", "not_voting"}
    assert sum(found.values()) == 141_622 + 14_696
    assert all(record.matters[0].measure for record in roll_calls)


def test_what_a_vote_needed_says_what_came_of_it_but_for_broken_ties(
    roll_calls: list[RollCallRecord],
) -> None:
    odd = []
    for record in roll_calls:
        least = needed(record.threshold, record.counted)
        assert least is not None
        if (record.counted.yea >= least) != (record.outcome == "agreed"):
            odd.append(record)
    assert [record.key for record in odd] == ["119/senate/2025/391", "119/senate/2026/9"]
    assert all(record.tie_break and record.tie_break.cast == "Yea" for record in odd)


def test_every_vote_has_a_sentence_that_names_what_it_was_about(roll_calls: list[RollCallRecord]) -> None:
    in_its_own_words = []
    for record in roll_calls:
        told = headline(
            record.chamber,
            record.question,
            record.result,
            record.outcome,
            record.form,
            Matter(printed_measure(record.matters[0].measure)),
        )
        assert printed_measure(record.matters[0].measure) in told and "{" not in told
        if " voted on " in told:
            in_its_own_words.append(record.question)
        assert len(party_sentences(record.by_party)) >= 1
    assert sorted(in_its_own_words) == ["On Retaining Division A", "On Retaining Divisions B and C"]


def test_every_voter_is_in_the_list_of_members_or_named_as_one_who_left(
    roll_calls: list[RollCallRecord],
) -> None:
    members = read_legislators((data_folder() / "legislators-current.yaml").read_bytes())
    bioguide, lis = {m.bioguide for m in members}, {m.lis for m in members}
    left = {
        (voter.id, voter.name, voter.state)
        for record in roll_calls
        for voter in record.voters
        if voter.id not in (bioguide if record.chamber == "house" else lis)
    }
    assert all(name and state for _, name, state in left)
    assert {id for id, *_ in left if id and id.startswith("S") and len(id) == 4} == {"S350", "S419", "S421"}
    assert len(left) == 15


def test_the_vice_presidents_are_those_of_the_list() -> None:
    listed = yaml.safe_load((data_folder() / "executive.yaml").read_text())
    terms = [
        (date.fromisoformat(str(term["start"])), date.fromisoformat(str(term["end"])), row["name"]["last"])
        for row in listed
        for term in row["terms"]
        if term["type"] == "viceprez" and str(term["start"]) >= "1989-01-20"
    ]
    assert len(terms) >= 9
    for start, end, last in terms:
        assert (vice_president(start) or "").endswith(last)
        assert (vice_president(date(end.year, 1, 19)) or "").endswith(last)
