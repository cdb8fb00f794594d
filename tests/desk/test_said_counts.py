"""Counts that a text says in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.desk.said_counts import said_counts


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("It has 18 cosponsors.", [("18 cosponsors", 18, "cosponsors")]),
        ("Eight senators stand behind it", [("Eight senators", 8, "names")]),
        ("twenty-one co-sponsors, twelve Republicans", [("twenty-one co-sponsors", 21, "cosponsors"), ("twelve Republicans", 12, "R")]),
        ("1,024 names", [("1,024 names", 1024, "names")]),
        ("one cosponsor", [("one cosponsor", 1, "cosponsors")]),
        ("6 Democratic senators and 3 Republican cosponsors", [("6 Democratic senators", 6, "D"), ("3 Republican cosponsors", 3, "R")]),
        ("12\u00a0Democrats", [("12 Democrats", 12, "D")]),
        ("18 original cosponsors", []),  # of the first day, and so for ever
        ("18 committees, $18 senators, 1.5 senators, room 18", []),
        ("S.Res. 145 senators", [("145 senators", 145, "names")]),  # the record's own counts are what tells
        ("the 119 democracies", []),
    ],
)  # fmt: skip
def test_a_count_is_a_number_and_whom_it_counts(text: str, found: list[tuple[str, int, str]]) -> None:
    assert [(said.quote, said.number, said.of) for said in said_counts(text)] == found


@given(st.text(max_size=300))
def test_any_text_can_be_read(text: str) -> None:
    for said in said_counts(text):
        assert said.number >= 0
        assert said.quote


@given(st.integers(0, 999), st.sampled_from(["cosponsors", "senators", "Democrats"]))
def test_a_number_in_digits_is_found_as_it_was_written(number: int, noun: str) -> None:
    (said,) = said_counts(f"Now {number} {noun} stand behind it.")
    assert said.number == number
