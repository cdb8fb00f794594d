"""What votes mean, by open rules."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.roll_calls import (
    POSITIONS,
    Tally,
    needed,
    outcome_of,
    position_of,
    tallies,
    vice_president,
    whole,
    with_party,
)


@pytest.mark.parametrize(
    ("result", "outcome"),
    [
        ("Passed", "agreed"),
        ("Failed", "rejected"),
        ("Agreed to", "agreed"),
        ("Cloture on the Motion to Proceed Rejected", "rejected"),
        ("Cloture on the Motion to Proceed Agreed to (84-9, 3/5 majority required)", "agreed"),
        ("Motion to Waive All Applicable Budgetary Discipline Re: H.R. 1, as Amended Rejected", "rejected"),
        ("Bill Passed, as Amended", "agreed"),
        ("Nomination Confirmed", "agreed"),
        ("Amendment Not Agreed to", "rejected"),
        ("Point of Order Well Taken", "agreed"),
        ("Point of Order Not Well Taken", "rejected"),
        ("Decision of Chair Sustained", "agreed"),
        ("Decision of Chair Not Sustained", "rejected"),
        ("Veto Sustained", "rejected"),
        ("Veto Overridden", "agreed"),
        ("Not Guilty", "rejected"),
        ("Guilty", "agreed"),
        ("Joint Resolution Defeated", "rejected"),
        ("Johnson (LA)", "none"),
        ("", "none"),
        (None, "none"),
    ],
)
def test_the_end_of_a_result_says_what_came_of_it(result: str | None, outcome: str) -> None:
    assert outcome_of(result) == outcome


@given(st.text())
def test_any_result_has_an_outcome(result: str) -> None:
    assert outcome_of(result) in ("agreed", "rejected", "none")


def test_a_half_is_of_the_votes_cast_and_three_fifths_of_the_senators_sworn() -> None:
    assert needed("1/2", Tally(yea=292, nay=132, present=1, not_voting=7)) == 213
    assert needed("1/2", Tally(yea=50, nay=50)) == 51
    assert needed("2/3", Tally(yea=290, nay=100)) == 260
    assert needed("2/3", Tally(yea=290, nay=101)) == 261
    assert needed("3/5", Tally(yea=52, nay=45, not_voting=3)) == 60
    assert needed("3/5", Tally(yea=84, nay=9, not_voting=6)) == 60
    assert needed(None, Tally(yea=3)) is None
    assert needed("1/2", Tally()) is None


SPLIT = {
    "R": Tally(yea=213, nay=1),
    "D": Tally(yea=100, nay=100),
    "I": Tally(yea=1, nay=2),
    "L": Tally(yea=1),
}


@pytest.mark.parametrize(
    ("party", "position", "answer"),
    [
        ("R", "yea", True),
        ("R", "nay", False),
        ("R", "present", None),
        ("R", "not_voting", None),
        ("D", "yea", None),  # split evenly
        ("I", "nay", None),  # independents have no line
        ("L", "yea", None),  # alone
        (None, "yea", None),
        ("X", "yea", None),
    ],
)
def test_who_votes_with_the_party_votes_as_most_of_it_do(
    party: str | None, position: str, answer: bool | None
) -> None:
    assert with_party(party, position, SPLIT) is answer


@given(st.lists(st.tuples(st.sampled_from(["D", "R", "I", None]), st.sampled_from(sorted(POSITIONS)))))
def test_everyone_counts_once(votes: list[tuple[str | None, str]]) -> None:
    total = whole(tallies(votes))
    assert total.all == len(votes)
    for position in POSITIONS:
        assert getattr(total, position) == sum(where == position for _, where in votes)


def test_words_of_no_vote_are_a_candidate_in_an_election_alone() -> None:
    assert position_of("Johnson (LA)", election=True) == "candidate"
    assert position_of("Johnson (LA)") == "other"
    assert position_of("Present", election=True) == "present"
    assert position_of("Present, Giving Live Pair") == "present"


@pytest.mark.parametrize(
    ("day", "name"),
    [
        (date(2025, 1, 19), "Kamala Harris"),
        (date(2025, 7, 15), "JD Vance"),
        (date(1989, 1, 3), None),
        (date(2029, 1, 20), None),
    ],
)
def test_a_tie_is_broken_by_who_was_vice_president_that_day(day: date, name: str | None) -> None:
    assert vice_president(day) == name
