"""The numbers of drawings hold for any counts and days."""

from __future__ import annotations

import re
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.pages.drawing import step_plot, support_bar

days = st.dates(date(1973, 1, 3), date(2040, 1, 1))
counts = st.integers(0, 400)


@st.composite
def stepped(draw):
    chosen = sorted(draw(st.sets(days, min_size=1, max_size=30)))
    return [(day, draw(counts)) for day in chosen]


def moves(path: str) -> list[tuple[str, float]]:
    return [(sign, float(number)) for sign, number in re.findall(r"([HV])([\d.]+)", path)]


@given(stepped(), days, days)
def test_the_line_starts_at_zero_and_never_runs_back(steps, known_to, until):
    plot = step_plot(steps, known_to=known_to, until=until)
    assert plot.solid.startswith(f"M{plot.left} {plot.base}")
    across = [number for sign, number in moves(plot.solid) if sign == "H"]
    assert across == sorted(across)
    assert all(plot.left <= x <= plot.right for x in across)


@given(stepped(), days, days)
def test_heights_are_in_proportion_to_the_counts(steps, known_to, until):
    plot = step_plot(steps, known_to=known_to, until=until)
    heights = [plot.base - number for sign, number in moves(plot.solid) if sign == "V"]
    highest = max(count for _, count in steps)
    assert len(heights) == len(steps)
    for height, (_, count) in zip(heights, steps, strict=True):
        assert height == pytest.approx(44 * count / max(highest, 1), abs=0.06)


@given(stepped(), days, days)
def test_the_dotted_line_goes_on_where_the_solid_one_ends(steps, known_to, until):
    plot = step_plot(steps, known_to=known_to, until=until)
    if plot.dotted is None:
        assert max(known_to, steps[-1][0]) >= max(until, steps[-1][0])
        return
    x, y = re.match(r"M([\d.]+) ([\d.]+)H", plot.dotted).groups()
    assert float(x) == moves(plot.solid)[-1][1]
    assert float(y) == [number for sign, number in moves(plot.solid) if sign == "V"][-1]


@given(stepped(), days, days)
def test_what_is_drawn_up_to_a_day_never_ends_before_the_last_step(steps, known_to, until):
    plot = step_plot(steps, known_to=known_to, until=until)
    assert plot.ends_on == max(until, steps[-1][0])
    assert plot.last.count == steps[-1][1]


def test_a_plot_says_the_first_count_unless_it_would_stand_on_the_zero():
    start = date(2025, 3, 27)
    later = start + timedelta(days=40)
    tall = step_plot([(start, 13), (later, 18)], known_to=later, until=later)
    low = step_plot([(start, 1), (later, 230)], known_to=later, until=later)
    assert tall.first is not None and tall.first.count == 13
    assert low.first is None


@pytest.mark.parametrize(
    "steps", [[], [(date(2025, 1, 3), 1), (date(2025, 1, 3), 2)], [(date(2025, 1, 3), -1)]]
)
def test_steps_that_cannot_be_are_refused(steps):
    with pytest.raises(ValueError):
        step_plot(steps, known_to=date(2025, 1, 3), until=date(2025, 1, 3))


@given(st.dictionaries(st.sampled_from(["D", "R", "I", "ID", "L"]), counts), st.integers(1, 500))
def test_segments_of_a_bar_lie_side_by_side_in_the_order_given(by_party, seats):
    bar = support_bar(by_party, seats)
    x = 0
    for segment in bar.segments:
        assert segment.x == x
        x += segment.count
    assert bar.total == x == sum(by_party.values())
    assert bar.width == max(seats, x)
    assert [segment.party for segment in bar.segments] == [p for p, count in by_party.items() if count]


@pytest.mark.parametrize(("seats", "majority"), [(100, 51), (435, 218)])
def test_a_majority_is_more_than_half_of_the_seats(seats, majority):
    assert support_bar({}, seats).majority == majority
    assert not support_bar({"D": majority - 1}, seats).is_majority
    assert support_bar({"D": majority}, seats).is_majority
