"""The line of a measure through the Congresses: who brought it in, who supported it, how it ended, drawn on one scale of time."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby

from tracker.congress import calendar
from tracker.congress.stages import is_final
from tracker.ledger.models import Measure
from tracker.pages.sight import Sight
from tracker.texts import lineage
from tracker.texts.models import Kin

WIDTH = 360.0  # of the drawing, as of all drawings

_Place = Callable[[date], float]


@dataclass(frozen=True, slots=True)
class Life:
    """From the day a measure was introduced to the day that settled it, or to the day looked back from."""

    begins_on: date
    ends_on: date
    is_open: bool  # nothing has settled it yet
    x: float
    width: float


@dataclass(frozen=True, slots=True)
class Step:
    """One measure of the line. `life` is None where the record names no day of introduction."""

    measure: Measure
    here: bool
    life: Life | None
    is_titled_otherwise: bool  # than the one shown
    through: tuple[
        Measure, ...
    ]  # of this line, which lead to it where it was not itself found to be kin of the one shown


@dataclass(frozen=True, slots=True)
class Stage:
    """The measures of one Congress, with its days and where they lie in the drawing."""

    congress: int
    first_day: date
    last_day: date
    x: float
    width: float
    steps: tuple[Step, ...]


@dataclass(frozen=True, slots=True)
class Family:
    """The same measure through the Congresses, oldest first, with this one among them."""

    stages: tuple[Stage, ...]
    finding: str  # what the line shows, in one sentence
    is_cut: bool  # there are more than are shown

    @property
    def through(self) -> int:
        """How many of them were not themselves found to be kin of the one shown."""
        return sum(bool(step.through) for stage in self.stages for step in stage.steps)


def family(sight: Sight) -> Family | None:
    """The line that the measure shown is part of; None where there is no other. Four queries at most."""
    pks = lineage.line(sight.measure.pk, as_of=sight.clock.as_of)
    if len(pks) == 1:
        return None
    measures = [sight.measure, *Measure.objects.filter(pk__in=pks).exclude(pk=sight.measure.pk)]
    if sight.clock.on is not None:
        on = sight.clock.on
        known = (each for each in measures[1:] if each.introduced_on and each.introduced_on <= on)
        measures = [sight.measure, *known]
    if len(measures) == 1:
        return None
    measures.sort(key=lambda each: (each.congress, each.introduced_on or date.max, each.pk))
    place, through = _scale(measures, sight.day), _through(sight, measures)
    stages = tuple(
        _stage(congress, list(some), sight, place, through)
        for congress, some in groupby(measures, key=lambda each: each.congress)
    )
    return Family(stages, _finding(stages), len(pks) == lineage.MOST)


def _scale(measures: Sequence[Measure], day: date) -> _Place:
    """Where a day lies between the beginning of the first Congress and the end of the last, or the day looked back from."""
    begins = calendar.first_day(measures[0].congress)
    ends = max(min(calendar.last_day(measures[-1].congress), day), calendar.first_day(measures[-1].congress))
    span = max((ends - begins).days, 1)

    def place(at: date) -> float:
        return round(WIDTH * min(max((at - begins).days / span, 0), 1), 1)

    return place


def _through(sight: Sight, measures: Sequence[Measure]) -> Mapping[int, tuple[Measure, ...]]:
    """By measure: those of the line that it is kin of; nothing for those that are kin of the one shown."""
    rows = {each.pk: each for each in measures}
    pairs = Kin.objects.shown().exclude(kind=Kin.Kind.PARAGRAPH).filter(first__in=rows, second__in=rows)
    if sight.clock.as_of is not None:
        pairs = pairs.filter(found_at__lte=sight.clock.as_of)
    found: dict[int, list[Measure]] = {pk: [] for pk in rows}
    for one, two in pairs.order_by("first_id", "second_id").values_list("first_id", "second_id"):
        found[one].append(rows[two])
        found[two].append(rows[one])
    own = sight.measure.pk
    return {
        pk: () if pk == own or any(each.pk == own for each in near) else tuple(near)
        for pk, near in found.items()
    }


def _stage(
    congress: int,
    measures: Sequence[Measure],
    sight: Sight,
    place: _Place,
    through: Mapping[int, tuple[Measure, ...]],
) -> Stage:
    first, last = calendar.first_day(congress), calendar.last_day(congress)
    x = place(first)
    steps = tuple(
        Step(
            each,
            each.pk == sight.measure.pk,
            _life(each, sight.day, place),
            each.title != sight.measure.title,
            through[each.pk],
        )
        for each in measures
    )
    return Stage(congress, first, last, x, round(place(last) - x, 1), steps)


def _life(measure: Measure, day: date, place: _Place) -> Life | None:
    begins_on = measure.introduced_on
    if begins_on is None:
        return None
    is_open = not is_final(measure.status)
    settled = None if is_open else measure.status_since
    ends_on = max(min(settled or day, calendar.last_day(measure.congress), day), begins_on)
    x = place(begins_on)
    # a measure agreed to on its first day is still to be seen
    return Life(begins_on, ends_on, is_open, x, round(max(place(ends_on) - x, 2.0), 1))


def _finding(stages: Sequence[Stage]) -> str:
    """ "3 measures in 2 Congresses, this one among them." """
    count = sum(len(stage.steps) for stage in stages)
    where = "one Congress" if len(stages) == 1 else f"{len(stages)} Congresses"
    return f"{count} measures in {where}, this one among them."
