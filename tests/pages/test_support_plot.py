"""The drawing of supporters by party: lines end where the ledger does, and labels never lie on one another."""

from __future__ import annotations

from datetime import date, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.supporters import Step
from tracker.pages.support_plot import party_plot

BEGUN = date(2025, 1, 3)


def step(days: int, **by_party: int) -> Step:
    return Step(BEGUN + timedelta(days), (), (), sum(by_party.values()), by_party, sum(by_party.values()))


def plot(*ledger: Step, marks=()):
    return party_plot(ledger, marks, known_to=date(2025, 12, 1), until=date(2026, 1, 1))


def test_each_party_has_a_line_that_is_named_at_its_end_and_all_have_one():
    drawn = plot(step(0, D=1), step(30, D=2, R=1, I=1))
    assert [(line.colour, line.label) for line in drawn.lines] == [
        ("all", "4 in all"), ("d", "2 D"), ("r", "1 R"), ("i", "1 I"),
    ]  # fmt: skip
    assert all(line.dotted for line in drawn.lines)  # no record of December


def test_a_party_alone_is_not_drawn_twice():
    assert [line.label for line in plot(step(0, R=3), step(9, R=5)).lines] == ["5 R"]


def test_a_ring_stands_on_the_line_of_all_and_words_that_would_collide_are_left_out():
    first, second = plot(step(0, D=100), step(30, D=218), step(40, D=300), marks=[(BEGUN + timedelta(30), "218th"), (BEGUN + timedelta(40), "290th")]).rings  # fmt: skip
    assert (first.words, second.words) == ("218th", "") and second.y < first.y


def test_no_day_no_drawing():
    with pytest.raises(ValueError, match="one day at least"):
        plot()


counts = st.fixed_dictionaries({party: st.integers(0, 300) for party in "DRI"})


@given(st.lists(counts, min_size=1, max_size=12))
def test_labels_stand_apart_and_inside_the_drawing(days):
    drawn = plot(*(step(number * 7, **by_party) for number, by_party in enumerate(days)))
    heights = sorted(line.label_y for line in drawn.lines)
    assert all(lower - upper >= 12.9 for upper, lower in pairwise(heights))
    assert all(11 <= height <= drawn.height for height in heights)
