"""What a measure was in an earlier Congress, and as what it came back: one query for whoever tells of it.

predecessors(measure)             # [] or the nearest first: .measure (its row), .pair (the evidence)
successors(measure, on=day)       # those introduced by that day
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q

from tracker.ledger.models import Measure
from tracker.texts.models import Kin

SURE = 50  # hundredths of the fuller text: from here on it is said without staff having looked

__all__ = ["SURE", "Relative", "predecessors", "successors"]


@dataclass(frozen=True, slots=True)
class Relative:
    """A measure that is the same as another in a different Congress, with the pair that says so."""

    measure: Measure
    pair: Kin


def predecessors(
    measure: Measure, *, as_of: datetime | None = None, on: date | None = None
) -> list[Relative]:
    """The same measure in earlier Congresses, the nearest first: the latest Congress, its own chamber, the most alike.

    Only what half of either text says alike, or staff confirmed; nothing they refused. `as_of`: found by that moment;
    `on`: introduced by that day. One query.
    """
    return [each for each in _again(measure, as_of, on) if each.measure.congress < measure.congress]


def successors(measure: Measure, *, as_of: datetime | None = None, on: date | None = None) -> list[Relative]:
    """The same measure in later Congresses, as `predecessors`: what it came back as is the first. One query."""
    return [each for each in _again(measure, as_of, on) if each.measure.congress > measure.congress]


def _again(measure: Measure, as_of: datetime | None, on: date | None) -> list[Relative]:
    sure = Q(score__gte=SURE) | Q(state=Kin.State.CONFIRMED)
    pairs = Kin.objects.of(measure.pk).shown().filter(sure, kind=Kin.Kind.AGAIN)
    if as_of is not None:
        pairs = pairs.filter(found_at__lte=as_of)
    found = [
        Relative(pair.second if pair.first_id == measure.pk else pair.first, pair)
        for pair in pairs.select_related("first", "second")
    ]
    if on is not None:
        found = [each for each in found if each.measure.introduced_on and each.measure.introduced_on <= on]
    return sorted(found, key=lambda each: _farness(each, measure))


def _farness(relative: Relative, own: Measure) -> tuple[int, bool, bool, int, int]:
    other, pair = relative.measure, relative.pair
    return (
        abs(other.congress - own.congress),
        pair.state != Kin.State.CONFIRMED,
        other.type[0] != own.type[0],
        -pair.score,
        other.pk,
    )
