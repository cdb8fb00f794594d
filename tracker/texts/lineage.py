"""What a measure was in an earlier Congress, and as what it came back: one query for whoever tells of it.

predecessors(measure)             # [] or the nearest first: .measure (its row), .pair (the evidence)
successors(measure, on=day)       # those introduced by that day
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime

from django.db import connection
from django.db.models import Q
from django.db.models.expressions import RawSQL

from tracker.ledger import bulk
from tracker.ledger.models import Measure
from tracker.texts.models import Kin

SURE = 50  # hundredths of the fuller text: from here on it is said without staff having looked

MOST = 120  # measures of a line: no line of the data set has more than a dozen

__all__ = ["MOST", "SURE", "Relative", "in_line", "line", "predecessors", "successors"]

# Pair by pair from one measure on, each measure once; the nearest come first, so that a cut leaves out the farthest.
_LINE = """
    WITH RECURSIVE line(id) AS (
        SELECT CAST(%s AS bigint)
        UNION
        SELECT CASE WHEN pair.first_id = line.id THEN pair.second_id ELSE pair.first_id END
        FROM line JOIN texts_kin pair ON pair.first_id = line.id OR pair.second_id = line.id
        WHERE pair.kind <> 'paragraph' AND pair.state <> 'refused' AND pair.found_at <= %s
    )
    SELECT id FROM line LIMIT %s
"""
_EVER = datetime(9999, 1, 1, tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Relative:
    """A measure that is the same as another in a different Congress, with the pair that says so."""

    measure: Measure
    pair: Kin


def predecessors(
    measure: Measure, *, as_of: datetime | None = None, on: date | None = None
) -> list[Relative]:
    """The same measure in earlier Congresses, the nearest first: the latest Congress, its own chamber, the most alike.

    Only what half of either text says alike, or staff confirmed; nothing they refused, nor what titles alone suggest. `as_of`: found by that moment;
    `on`: introduced by that day. One query.
    """
    return [each for each in _again(measure, as_of, on) if each.measure.congress < measure.congress]


def successors(measure: Measure, *, as_of: datetime | None = None, on: date | None = None) -> list[Relative]:
    """The same measure in later Congresses, as `predecessors`: what it came back as is the first. One query."""
    return [each for each in _again(measure, as_of, on) if each.measure.congress > measure.congress]


def line(measure_pk: int, *, as_of: datetime | None = None) -> list[int]:
    """The row ids of all measures that are the same as this one, through others too, itself first. One query.

    A measure that staff refused to be kin of this one is not in its line, whatever leads to it. `as_of`: by pairs found by then.
    """
    with connection.cursor() as cursor:
        cursor.execute(_LINE, [measure_pk, bulk.instant(as_of or _EVER), MOST])
        found = [pk for (pk,) in cursor.fetchall()]
    if len(found) > 1:
        refused = (
            Kin.objects.of(measure_pk).filter(state=Kin.State.REFUSED).values_list("first_id", "second_id")
        )
        left_out = {pk for pair in refused for pk in pair} - {measure_pk}
        found = [pk for pk in found if pk not in left_out]
    return found


def in_line(measure_pk: int) -> RawSQL:
    """What `line` reads, as a part of another query: `filter(pk__in=in_line(pk))`. Those that staff refused are in it."""
    return RawSQL(_LINE, [measure_pk, bulk.instant(_EVER), MOST])  # noqa: S611 - no word of it comes from elsewhere


def _again(measure: Measure, as_of: datetime | None, on: date | None) -> list[Relative]:
    sure = Q(score__gte=SURE) | Q(state=Kin.State.CONFIRMED)
    pairs = Kin.objects.of(measure.pk).shown().filter(sure, kind__in=(Kin.Kind.AGAIN, Kin.Kind.TITLE))
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
