"""Votes in sentences, by open rules."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.roll_calls import Tally
from tracker.congress.vote_sentences import (
    Matter,
    crossing_sentence,
    headline,
    matter_named,
    need_sentence,
    party_sentences,
    tie_sentence,
)

BILL = Matter("H.R. 4")


@pytest.mark.parametrize(
    ("chamber", "question", "outcome", "words"),
    [
        ("house", "On Passage", "agreed", "The House passed H.R. 4"),
        ("house", "On Passage", "rejected", "The House did not pass H.R. 4"),
        ("senate", "On Passage of the Bill", "agreed", "The Senate passed H.R. 4"),
        ("senate", "On the Joint Resolution", "rejected", "The Senate did not pass H.R. 4"),
        ("house", "On Agreeing to the Resolution, as Amended", "agreed", "The House agreed to H.R. 4, as amended"),
        ("senate", "On the Concurrent Resolution", "agreed", "The Senate agreed to H.R. 4"),
        ("house", "On Motion to Suspend the Rules and Pass, as Amended", "agreed", "The House suspended the rules and passed H.R. 4, as amended"),
        ("house", "On Motion to Suspend the Rules and Pass, as Amended", "rejected", "The House did not suspend the rules to pass H.R. 4"),
        ("house", "On Ordering the Previous Question", "agreed", "The House ordered the previous question on H.R. 4"),
        ("house", "On Motion to Recommit", "rejected", "The House did not agree to recommit H.R. 4"),
        ("house", "On Motion to Table", "agreed", "The House agreed to the motion to table, on H.R. 4"),
        ("house", "Passage, Objections of the President To The Contrary Notwithstanding", "rejected", "The House did not pass H.R. 4 over the President’s veto"),
        ("senate", "On Cloture on the Motion to Proceed", "rejected", "The Senate did not invoke cloture on the motion to proceed to H.R. 4"),
        ("senate", "On the Cloture Motion", "agreed", "The Senate invoked cloture on H.R. 4"),
        ("senate", "On the Motion to Proceed", "agreed", "The Senate agreed to proceed to H.R. 4"),
        ("senate", "On the Motion to Discharge", "rejected", "The Senate rejected the motion to discharge, on H.R. 4"),
        ("senate", "On the Decision of the Chair", "agreed", "The Senate sustained the decision of the Chair on H.R. 4"),
        ("senate", "On the Point of Order", "rejected", "The Senate held a point of order on H.R. 4 not well taken"),
        ("house", "On Retaining Division A", "agreed", "The House voted on retaining Division A, on H.R. 4: as printed"),
        ("house", "On Passage", "none", "The House voted on passage, on H.R. 4: as printed"),
    ],
)  # fmt: skip
def test_a_question_and_its_outcome_make_the_headline(
    chamber: str, question: str, outcome: str, words: str
) -> None:
    assert headline(chamber, question, "as printed", outcome, "vote", BILL) == words


def test_a_nomination_an_amendment_and_nothing_at_all_are_named_as_they_are() -> None:
    assert (
        headline("senate", "On the Nomination", "x", "agreed", "vote", Matter("PN11-2"))
        == "The Senate confirmed PN11-2"
    )
    amendment = Matter("S.Amdt. 14", "S.Con.Res. 7")
    assert (
        headline("senate", "On the Amendment", "x", "rejected", "vote", amendment)
        == "The Senate rejected S.Amdt. 14 to S.Con.Res. 7"
    )
    unnumbered = Matter("", "H.R. 1")
    assert (
        headline("house", "On Agreeing to the Amendment", "x", "agreed", "vote", unnumbered)
        == "The House agreed to an amendment to H.R. 1"
    )
    assert (
        headline("house", "On Motion to Adjourn", "x", "agreed", "vote", Matter())
        == "The House agreed to the motion to adjourn"
    )
    assert (
        headline("house", "Election of the Speaker", "Johnson (LA)", "elected", "election", Matter())
        == "The House elected Johnson (LA) Speaker"
    )
    assert (
        headline("house", "Call of the House", "", "none", "quorum", Matter())
        == "The House called the roll of its members"
    )


def test_what_a_vote_was_about_is_named_from_its_matters() -> None:
    bill = {"name": "H J RES 25", "measure": "119/hjres/25"}
    assert matter_named([bill]) == Matter("H.J.Res. 25")
    assert matter_named([bill | {"name": "H R 1, amendment 3", "measure": "119/hr/1"}]) == Matter(
        "", "H.R. 1"
    )
    assert matter_named([{"name": "x", "measure": "119/sconres/7", "amendment": "119/samdt/14"}]) == Matter(
        "S.Amdt. 14", "S.Con.Res. 7"
    )
    assert matter_named(
        [{"name": "PN1", "nomination": "PN1"}, {"name": "PN2", "nomination": "PN2"}]
    ) == Matter("2 nominations")
    assert matter_named([]) == Matter()


@pytest.mark.parametrize(
    ("by_party", "sentences"),
    [
        ({"R": Tally(yea=216), "D": Tally(yea=76, nay=132)}, ["Every Republican who voted was for it.", "Democrats split: 76 for, 132 against."]),
        ({"R": Tally(yea=207), "D": Tally(yea=206)}, ["Every Republican and every Democrat who voted was for it."]),
        ({"R": Tally(yea=3, nay=210), "D": Tally(nay=1, not_voting=9)}, ["All but three of the 213 Republicans who voted were against it.", "The one Democrat who voted was against it."]),
        ({"D": Tally(yea=10, nay=10)}, ["Democrats split evenly, 10 for and 10 against."]),
        ({"I": Tally(nay=2)}, ["Both independents who voted were against it."]),
        ({"I": Tally(yea=1, nay=1)}, ["Independents split evenly, 1 for and 1 against."]),
        ({"R": Tally(present=3)}, []),
        ({}, []),
    ],
)  # fmt: skip
def test_the_parties_are_told_the_united_first(by_party: dict[str, Tally], sentences: list[str]) -> None:
    assert party_sentences(by_party) == sentences


def test_what_it_needed_is_told_and_that_more_were_for_it_where_that_was_not_enough() -> None:
    assert (
        need_sentence("1/2", {"R": Tally(yea=292, nay=132)}, "agreed")
        == "It needed 213 of the 424 who voted yea or nay."
    )
    assert need_sentence("2/3", {"R": Tally(yea=264, nay=133)}, "rejected") == (
        "It needed two thirds, 265 of the 397 who voted yea or nay. More were for it than against it."
    )
    assert need_sentence("3/5", {"R": Tally(yea=52, nay=45, not_voting=3)}, "rejected").startswith(
        "It needed three fifths of the 100 senators, 60."
    )
    assert need_sentence(None, {"R": Tally(yea=1)}, "agreed") == ""


def test_a_tie_names_who_broke_it_where_that_is_known() -> None:
    assert (
        tie_sentence("Vice President of the United States", "Yea", "JD Vance")
        == "The Vice President, JD Vance, broke the tie: yea."
    )
    assert (
        tie_sentence("Vice President of the United States", "Nay", None)
        == "The Vice President broke the tie: nay."
    )
    assert tie_sentence(None, None, None) == ""


def test_who_crossed_is_counted_by_party() -> None:
    assert crossing_sentence({"R": 1, "D": 3}) == "3 Democrats, 1 Republican"
    assert crossing_sentence({}) == "Nobody"


tallies = st.builds(Tally, yea=st.integers(0, 300), nay=st.integers(0, 300), present=st.integers(0, 9))


@given(st.dictionaries(st.sampled_from(["D", "R", "I", "L", "X", ""]), tallies))
def test_any_tallies_make_whole_sentences(by_party: dict[str, Tally]) -> None:
    for sentence in party_sentences(by_party):
        assert sentence.endswith(".") and sentence[0].isupper()


@given(st.text(max_size=60), st.sampled_from(["agreed", "rejected", "none"]), st.text(max_size=20))
def test_any_question_has_a_headline(question: str, outcome: str, name: str) -> None:
    assert headline("house", question, "Passed", outcome, "vote", Matter(name)).startswith("The House ")
