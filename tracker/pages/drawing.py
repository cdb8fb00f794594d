"""Numbers of the drawings on a page, as pure functions: what a template writes into an inline SVG.

Drawings are 360 units wide and scale with the column; counts are steps that start at zero, since names come and go on
days and never gradually. The same numbers always stand in text beside the drawing.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

WIDTH = 360.0
HEIGHT = 78.0
_LEFT, _RIGHT = 26.0, 356.0
_TOP, _BASE = 17.0, 61.0
_LINE = 11.0  # the height of a line of words: two labels nearer than this would run into each other
_WORDS = 118.0  # about the width of "230 since Mar 27, 2025"

_Place = Callable[[date], float]
_Height = Callable[[int], float]


@dataclass(frozen=True, slots=True)
class Mark:
    """A count written beside the line: where, on which side of the point, how many, and since which day."""

    x: float
    y: float
    anchor: str  # SVG's text-anchor: start, end
    count: int
    day: date


@dataclass(frozen=True, slots=True)
class StepPlot:
    """A count over days. `solid` is the path of what the record lists, `dotted` of the days that no record covers."""

    width: float
    height: float
    left: float
    right: float
    base: float
    solid: str
    dotted: str | None
    first: Mark | None  # the count after the first day; None where its label would run into another
    last: Mark
    begins_on: date
    ends_on: date


def step_plot(steps: Sequence[tuple[date, int]], *, known_to: date, until: date) -> StepPlot:
    """The plot of a count that changed on the days of `steps` (rising days, the count after each) up to `until`.

    The line is solid to `known_to`, the day of the record, and dotted from there. Days before the last step never cut
    it. Raises ValueError for no steps, days that do not rise, or a negative count.
    """
    if not steps:
        raise ValueError("a plot of steps needs one step at least")
    if any(later <= earlier for (earlier, _), (later, _) in pairwise(steps)):
        raise ValueError("the days of steps have to rise")
    if any(count < 0 for _, count in steps):
        raise ValueError("a count of names is never negative")
    begins_on, last_on = steps[0][0], steps[-1][0]
    known_to = max(known_to, last_on)
    ends_on = max(until, last_on)
    known_to = min(known_to, ends_on)
    span = max((ends_on - begins_on).days, 1)
    highest = max(max(count for _, count in steps), 1)

    def across(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - begins_on).days / span, 1)

    def up(count: int) -> float:
        return round(_BASE - (_BASE - _TOP) * count / highest, 1)

    path = [f"M{_LEFT} {_BASE}"]
    for day, count in steps:
        path += [f"H{across(day)}", f"V{up(count)}"]
    path.append(f"H{across(known_to)}")
    last_count = steps[-1][1]
    dotted = None
    if ends_on > known_to:
        dotted = f"M{across(known_to)} {up(last_count)}H{_RIGHT}"
    return StepPlot(
        width=WIDTH,
        height=HEIGHT,
        left=_LEFT,
        right=_RIGHT,
        base=_BASE,
        solid="".join(path),
        dotted=dotted,
        first=_first_mark(steps, up),
        last=_last_mark(steps, across, up),
        begins_on=begins_on,
        ends_on=ends_on,
    )


def _first_mark(steps: Sequence[tuple[date, int]], up: _Height) -> Mark | None:
    day, count = steps[0]
    y = up(count)
    if len(steps) == 1 or _BASE - y < _LINE:  # one step says it at its end; a low one would sit on the zero
        return None
    return Mark(x=_LEFT - 4, y=round(y + 3, 1), anchor="end", count=count, day=day)


def _last_mark(steps: Sequence[tuple[date, int]], across: _Place, up: _Height) -> Mark:
    day, count = steps[-1]
    x = across(day)
    if x + _WORDS <= _RIGHT:
        # where the count fell, the words stand clear of the higher line to their left
        return Mark(x=round(x + 2, 1), y=round(up(count) - 5, 1), anchor="start", count=count, day=day)
    peak_beneath = min(up(c) for _, c in steps)
    return Mark(x=_RIGHT, y=round(peak_beneath - 5, 1), anchor="end", count=count, day=day)


@dataclass(frozen=True, slots=True)
class Segment:
    """A party's part of a bar, in seats: where it begins and how wide it is."""

    party: str
    x: int
    count: int


@dataclass(frozen=True, slots=True)
class SupportBar:
    """Names against the seats of a chamber: one seat is one unit wide."""

    seats: int
    majority: int
    total: int
    width: int  # seats, or names where (former members counted) more have signed than there are seats
    segments: tuple[Segment, ...]

    @property
    def is_majority(self) -> bool:
        return self.total >= self.majority


def support_bar(by_party: Mapping[str, int], seats: int) -> SupportBar:
    """The bar of these names, in the order given. Raises ValueError for no seats or a negative count."""
    if seats < 1:
        raise ValueError(f"{seats} seats: a chamber has one at least")
    segments: list[Segment] = []
    x = 0
    for party, count in by_party.items():
        if count < 0:
            raise ValueError("a count of names is never negative")
        if count:
            segments.append(Segment(party, x, count))
            x += count
    return SupportBar(
        seats=seats, majority=seats // 2 + 1, total=x, width=max(seats, x), segments=tuple(segments)
    )
