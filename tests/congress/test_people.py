"""Names, parties and states as sources write them."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.people import PARTIES, STATES, display_name, party_letter


@pytest.mark.parametrize(
    ("written", "shown"),
    [
        ("Sen. Tillis, Thomas [R-NC]", "Thomas Tillis"),
        ("Rep. Smith, Christopher H. [R-NJ-4]", "Christopher H. Smith"),
        ('Rep. Carter, Earl L. "Buddy" [R-GA-1]', "Earl L. Carter"),
        ('Rep. Johnson, Henry C. "Hank," Jr. [D-GA-4]', "Henry C. Johnson Jr."),
        ("Sen. King, Angus S., Jr. [I-ME]", "Angus S. King Jr."),
        ("Sen. Manchin, Joe, III [D-WV]", "Joe Manchin III"),
        ("Rep. Rosendale Sr., Matthew M. [R-MT-2]", "Matthew M. Rosendale Sr."),
        ("Rep. Weber, Randy K. Sr. [R-TX-14]", "Randy K. Weber Sr."),
        ("Rep. Timmons, William R. IV [R-SC-4]", "William R. Timmons IV"),
        ("Rep. De La Cruz, Monica [R-TX-15]", "Monica De La Cruz"),
        ("Del. Norton, Eleanor Holmes [D-DC-At Large]", "Eleanor Holmes Norton"),
        ("Rescom. Hernández, Pablo Jose [D-PR-At Large]", "Pablo Jose Hernández"),
        ("Resident Commissioner González-Colón, Jenniffer [R-PR-At Large]", "Jenniffer González-Colón"),
        ("Frank Pallone, Jr.", "Frank Pallone Jr."),
        ("Rules Committee", "Rules Committee"),
        ("Senator", "Senator"),
        ("Rep. , [X]", ""),
        ("", ""),
        (None, ""),
    ],
)
def test_a_name_is_shown_in_reading_order(written: str | None, shown: str) -> None:
    assert display_name(written) == shown


@given(st.text(max_size=80))
def test_any_name_can_be_shown(name: str) -> None:
    assert display_name(name) == display_name(name).strip()


@pytest.mark.parametrize(
    ("written", "letter"),
    [
        ("D", "D"),
        ("d", "D"),
        ("Democrat", "D"),
        ("Democratic", "D"),
        ("Republican", "R"),
        ("Independent", "I"),
        ("ID", "ID"),
        ("Independent Democrat", "ID"),
        ("L", "L"),
        (" R ", "R"),
        ("Whig", "Whig"),
        ("", None),
        (None, None),
    ],
)
def test_a_party_has_one_letter_in_any_spelling(written: str | None, letter: str | None) -> None:
    assert party_letter(written) == letter


def test_every_party_letter_stands_for_itself() -> None:
    assert {party_letter(letter) for letter in PARTIES} == set(PARTIES)


def test_there_are_fifty_states_the_district_and_five_territories() -> None:
    assert len(STATES) == 56
    assert {"DC", "PR", "GU", "VI", "AS", "MP"} <= set(STATES)
