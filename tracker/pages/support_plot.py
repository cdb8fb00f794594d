"""Cosponsors over time by party, drawn as steps: numbers of an inline SVG, as a pure function of the ledger.

One line a party and one for all, each named at its end; a ring where a majority was reached. Independents and the
smaller parties share a line, since they share a colour.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.supporters import Step
from tracker.pages.templatetags.record import party_colour

WIDTH = 360.0
_LEFT, _RIGHT = 28.0, 296.0  # beside it stands "338 in all"
_DEEP = 126.0  # of the lines themselves
_OVER, _OVER_RINGS, _UNDER = (
    12.0,
    30.0,
    20.0,
)  # what stands above them, with and without words on rings, and below
_LINE = 13.0  # between the middles of two labels that would touch
_HIGHEST_WORD = 11.0  # where a label's foot stands when its head touches the upper edge
_WIDEST = 150.0  # about the width of a ring's words

_Place = Callable[[date], float]
_Height = Callable[[int], float]
_ORDER = ("all", "d", "r", "i")
_LETTERS = {"d": "D", "r": "R", "i": "I"}


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its colour's class (`all`, `d`, `r`, `i`), its paths, and its words at the end."""

    colour: str
    solid: str
    dotted: str | None
    label: str
    label_y: float


@dataclass(frozen=True, slots=True)
class Ring:
    """Where a share of the chamber was reached, on the line of all; no words where they would run into others."""

    x: float
    y: float
    words: str
    words_x: float
    anchor: str


@dataclass(frozen=True, slots=True)
class PartyPlot:
    """The drawing. `ticks` are counts at the left edge with their height."""

    width: float
    height: float
    left: float
    right: float
    base: float
    lines: tuple[Line, ...]
    rings: tuple[Ring, ...]
    ticks: tuple[tuple[int, float], ...]
    begins_on: date
    ends_on: date


def party_plot(
    ledger: Sequence[Step], marks: Iterable[tuple[date, str]] = (), *, known_to: date, until: date
) -> PartyPlot:
    """The plot of this ledger; `marks` are the days on which something was reached, with words for it.

    Solid to `known_to`, the day of the record, dotted from there to `until`; the last step is never cut. Raises
    ValueError for an empty ledger.
    """
    if not ledger:
        raise ValueError("a plot of names needs one day at least")
    begins_on, last_on = ledger[0].day, ledger[-1].day
    ends_on = max(until, last_on)
    known_to = min(max(known_to, last_on), ends_on)
    span = max((ends_on - begins_on).days, 1)
    highest = max(max(step.total for step in ledger), 1)
    marked = list(marks)
    base = _DEEP + (_OVER_RINGS if marked else _OVER)

    def across(day: date) -> float:
        return round(_LEFT + (_RIGHT - _LEFT) * (day - begins_on).days / span, 1)

    def up(count: int) -> float:
        return round(base - _DEEP * count / highest, 1)

    counts = _counts(ledger)
    lines, wanted = [], []
    for colour in _ORDER:
        values = counts[colour]
        if not any(values) or (colour == "all" and sum(any(counts[c]) for c in _LETTERS) == 1):
            continue
        path = f"M{_LEFT} {up(0)}" + "".join(
            f"H{across(step.day)}V{up(value)}" for step, value in zip(ledger, values, strict=True)
        )
        dotted = f"M{across(known_to)} {up(values[-1])}H{_RIGHT}" if ends_on > known_to else None
        label = f"{values[-1]:,} {_LETTERS.get(colour, 'in all')}"
        wanted.append(up(values[-1]) + 4)
        lines.append((colour, f"{path}H{across(known_to)}", dotted, label))
    heights = _apart(wanted, base + 4)
    return PartyPlot(
        width=WIDTH,
        height=base + _UNDER,
        left=_LEFT,
        right=_RIGHT,
        base=base,
        lines=tuple(Line(*line, label_y=y) for line, y in zip(lines, heights, strict=True)),
        rings=tuple(_rings(ledger, marked, across, up)),
        ticks=((0, base), (highest, up(highest))),
        begins_on=begins_on,
        ends_on=ends_on,
    )


def _counts(ledger: Sequence[Step]) -> dict[str, list[int]]:
    found: dict[str, list[int]] = {colour: [0] * len(ledger) for colour in _ORDER}
    for place, step in enumerate(ledger):
        found["all"][place] = step.total
        for party, count in step.by_party.items():
            found[party_colour(party)][place] += count
    return found


def _apart(wanted: Sequence[float], floor: float) -> list[float]:
    """These heights, moved as little as keeps labels a line apart, none below the floor and none over the edge."""
    order = sorted(range(len(wanted)), key=lambda place: -wanted[place])
    found = list(wanted)
    for place in order:  # from the lowest up
        found[place] = round(min(found[place], floor), 1)
        floor = found[place] - _LINE
    ceiling = _HIGHEST_WORD
    for place in reversed(order):  # and back, where they were moved over the edge
        found[place] = round(max(found[place], ceiling), 1)
        ceiling = found[place] + _LINE
    return found


def _rings(
    ledger: Sequence[Step], marks: Iterable[tuple[date, str]], across: _Place, up: _Height
) -> Iterator[Ring]:
    totals = {step.day: step.total for step in ledger}
    free_to = -1.0
    for day, words in marks:
        x = across(day)
        anchor = "start" if x + _WIDEST <= WIDTH else "end"
        begins, ends = (x, x + _WIDEST) if anchor == "start" else (x - _WIDEST, x)
        fits = begins >= free_to
        free_to = max(free_to, ends) if fits else free_to
        yield Ring(x, up(totals[day]), words if fits else "", x, anchor)
