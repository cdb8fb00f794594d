"""What the last days of the record hold, asked across measures: for the first page.

Of the record alone: what staff entered by hand is told among the changes, marked, and never as news of the record.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

from django.db.models import Case, Count, Max, Q, When

from tracker.ledger.models import Cosponsorship, Measure, measure_key
from tracker.pages.news import DayOfRecord

GAINING_DAYS = 30
GAINING_SHOWN = 6
BILLS = ("hr", "s")


@dataclass(frozen=True, slots=True)
class Gaining:
    """A measure that names joined in the last days: how many, and the count after each day on which that moved."""

    measure: Measure
    joined: int
    before: int
    steps: tuple[tuple[date, int], ...]


@dataclass(frozen=True, slots=True)
class News:
    """The last day to which the record dates anything, and the measures that most names joined in the days to it."""

    day: date
    since: date
    of_day: DayOfRecord
    gaining: tuple[Gaining, ...]


def news_of(today: date) -> News | None:
    """The news that the record holds by `today`; None where it holds no day at all. Costs four queries."""
    last = Measure.objects.of_record().aggregate(
        introduced=Max("introduced_on", filter=Q(introduced_on__lte=today)),
        acted=Max("latest_on", filter=Q(latest_on__lte=today)),
    )
    day = max((found for found in last.values() if found is not None), default=None)
    if day is None:
        return None
    window = _names_by_day(day - timedelta(days=GAINING_DAYS), today)
    day = max([day, *(named for days in (*window.joined.values(), *window.left.values()) for named in days)])
    since = day - timedelta(days=GAINING_DAYS)
    return News(day, since, _day_of_record(day, window), _gaining(window.joined, since))


def measures_of(day: date, limit: int) -> list[Measure]:
    """Measures introduced or acted upon on this day, resolutions first; one more than `limit` where there are more."""
    rows = (
        Measure.objects.of_record().filter(Q(introduced_on=day) | Q(latest_on=day)).defer("status_sentence")
    )
    bills_last = Case(When(type__in=BILLS, then=1), default=0)
    return list(rows.order_by(bills_last, "-introduced_on", "type", "-number")[: limit + 1])


def last_introduced(limit: int) -> list[Measure]:
    """The measures introduced last; one more than `limit` where there are more."""
    rows = Measure.objects.of_record().filter(introduced_on__isnull=False).defer("status_sentence")
    return list(rows.order_by("-introduced_on", "-id")[: limit + 1])


_ByMeasure = Mapping[int, Mapping[date, int]]  # row id → day → names


@dataclass(frozen=True, slots=True)
class _Names:
    joined: _ByMeasure  # who stand now
    left: _ByMeasure


def _names_by_day(after: date, until: date) -> _Names:
    joined: dict[int, Counter[date]] = defaultdict(Counter)
    left: dict[int, Counter[date]] = defaultdict(Counter)
    came = Q(joined_on__gt=after, joined_on__lte=until, withdrawn_on=None)
    went = Q(withdrawn_on__gt=after, withdrawn_on__lte=until)
    rows = (
        Cosponsorship.objects.filter(came | went)
        .exclude(measure__origin=Measure.Origin.STAFF)
        .values_list("measure_id", "joined_on", "withdrawn_on")
        .annotate(names=Count("position"))
        .order_by()
    )
    for measure_id, joined_on, withdrawn_on, names in rows:
        if withdrawn_on is not None:
            left[measure_id][withdrawn_on] += names
        elif joined_on is not None:
            joined[measure_id][joined_on] += names
    return _Names(joined, left)


def _day_of_record(day: date, names: _Names) -> DayOfRecord:
    introduced: Counter[str] = Counter()
    came_to: Counter[tuple[str, str]] = Counter()
    moved, new = set(), set()
    rows = Measure.objects.of_record().filter(Q(introduced_on=day) | Q(status_since=day) | Q(latest_on=day))
    for pk, type_, status, begun, since, acted in rows.values_list(
        "pk", "type", "status", "introduced_on", "status_since", "latest_on"
    ):
        if begun == day:
            introduced[type_] += 1
            new.add(pk)
        if since == day:
            came_to[type_, status] += 1
        if acted == day:
            moved.add(type_)
    gained = (pk for pk, days in names.joined.items() if day in days and pk not in new)
    lost = (pk for pk, days in names.left.items() if day in days)
    return DayOfRecord(day, introduced, came_to, _types(gained), _types(lost), frozenset(moved))


def _types(measures: Iterable[int]) -> Counter[str]:
    return Counter(measure_key(pk).split("/")[1] for pk in measures)


def _gaining(joined: _ByMeasure, since: date) -> tuple[Gaining, ...]:
    counts = {pk: sum(n for day, n in days.items() if day > since) for pk, days in joined.items()}
    top = sorted((pk for pk, count in counts.items() if count), key=lambda pk: (-counts[pk], -pk))[
        :GAINING_SHOWN
    ]
    measures = Measure.objects.defer("status_sentence", "latest_text").in_bulk(top)
    found = []
    for pk in top:
        measure = measures.get(pk)
        if (
            measure is None
        ):  # its row is written with its names, so it stands but for a load that is under way
            continue
        before = count = max(measure.cosponsor_count - counts[pk], 0)
        steps = []
        for day in sorted(day for day in joined[pk] if day > since):
            count += joined[pk][day]
            steps.append((day, count))
        found.append(Gaining(measure, counts[pk], before, tuple(steps)))
    return tuple(found)
