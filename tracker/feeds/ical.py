"""What happened on which day, as iCalendar (RFC 5545): one event a measure and day.

Its UID is made of the measure and the day, so that it is the same for ever; its SEQUENCE counts how often the record of
that day changed. A day whose actions the source took back stays for a month as CANCELLED, so that calendars drop it.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from itertools import groupby, islice
from typing import Any
from urllib.parse import urlsplit

from django.conf import settings
from django.db.models import Count, Exists, Max, OuterRef, QuerySet
from icalendar import Calendar, Event

from tracker.ledger.filters import ordinal
from tracker.ledger.models import Action, ChangeEvent, Measure

MOST = 1000  # events in one calendar, the newest days; what a phone still takes gladly
CANCELLED_FOR = timedelta(days=30)
_ACTIONS = ("action_added", "action_edited", "action_removed")


@dataclass(frozen=True, slots=True)
class Happening:
    """One measure on one day of Washington."""

    measure: Measure
    day: date
    actions: list[str] = field(default_factory=list)  # as the record words them, oldest first, each once
    sequence: int = 0
    changed_at: datetime | None = (
        None  # when the record of the day changed last; None: it came with a first load
    )

    @property
    def cancelled(self) -> bool:
        return not self.actions


def happenings(measures: QuerySet[Measure]) -> list[Happening]:
    """The newest days on which anything happened to these measures, newest first, and those lately taken back. Five queries."""
    ids = measures.values("pk")
    kept = _newest_days(ids)
    gone = [place for place in _taken_back(ids) if place not in kept]
    held = Measure.objects.in_bulk({pk for _, pk in [*kept, *gone]})
    changed = _changes(held)
    found = [
        Happening(held[pk], day, kept.get((day, pk), []), *changed.get((day, pk), (0, None)))
        for day, pk in [*kept, *gone]
    ]
    return sorted(found, key=lambda one: (one.day, one.measure.pk), reverse=True)


Place = tuple[date, int]  # a day, and a measure's row id


def _newest_days(ids: QuerySet[Measure, Any]) -> dict[Place, list[str]]:
    """The words of each of the newest days, oldest first, each once."""
    most_rows = MOST * 4  # a day of a measure has three or four actions, as several sources list them
    rows = list(
        Action.objects.filter(measure__in=ids)
        .exclude(on=None)
        .order_by("-on", "-measure_id", "-position")
        .values_list("on", "measure_id", "text")[:most_rows]
    )
    days: dict[Place, list[str]] = {}
    for (day, pk), of_day in groupby(rows, key=lambda row: (row[0], row[1])):
        if day is not None:
            days[day, pk] = list(dict.fromkeys(text for *_, text in of_day if text)) or [
                "An action without words"
            ]
    if len(rows) == most_rows:
        days.popitem()  # perhaps cut
    return dict(islice(days.items(), MOST))


def _taken_back(ids: QuerySet[Measure, Any]) -> list[Place]:
    """The days of which the source took every action back, within the last month."""
    since = datetime.now(UTC) - CANCELLED_FOR
    there_still = Action.objects.filter(measure=OuterRef("measure"), on=OuterRef("occurred_on"))
    removed = (
        ChangeEvent.objects.filter(kind="action_removed", observed_at__gte=since, measure__in=ids)
        .exclude(occurred_on=None)
        .exclude(Exists(there_still))
        .order_by("-id")
        .values_list("occurred_on", "measure_id")[:MOST]
    )
    return list(dict.fromkeys((day, pk) for day, pk in removed if day is not None and pk is not None))


def _changes(ids: Iterable[int]) -> dict[Place, tuple[int, datetime]]:
    """How often the actions of a day changed since the measure is held, and when last."""
    counted = (
        ChangeEvent.objects.filter(measure__in=list(ids), kind__in=_ACTIONS)
        .exclude(occurred_on=None)
        .order_by()
        .values("occurred_on", "measure_id")
        .annotate(times=Count("pk"), last=Max("observed_at"))
    )
    return {
        (row["occurred_on"], row["measure_id"]): (row["times"], row["last"])
        for row in counted
        if row["occurred_on"]
    }


def render(happenings: Iterable[Happening], *, name: str) -> bytes:
    """The calendar. Days are whole days, as Washington counts them."""
    calendar = Calendar()
    calendar.add("prodid", "-//Whereas//What Congress resolves//EN")
    calendar.add("version", "2.0")
    calendar.add("method", "PUBLISH")
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", timedelta(hours=6), parameters={"VALUE": "DURATION"})
    for one in happenings:
        calendar.add_component(_event(one))
    body: bytes = calendar.to_ical()
    return body


def _event(one: Happening) -> Event:
    measure = one.measure
    event = Event()
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    event.add("uid", f"{measure.key.replace('/', '-')}-{one.day.isoformat()}@{host}")
    event.add("dtstamp", one.changed_at or measure.seen_at)
    event.add("dtstart", one.day)
    event.add("dtend", one.day + timedelta(days=1))
    event.add("sequence", one.sequence)
    event.add("transp", "TRANSPARENT")
    name = f"{measure.citation} ({ordinal(measure.congress)})"
    event.add("summary", f"{name}: {one.actions[-1]}" if one.actions else f"{name}: taken back by the source")
    event.add("description", "\n".join([measure.title, *one.actions]))
    event.add("url", f"{settings.SITE_URL}{measure.get_absolute_url()}")
    if one.cancelled:
        event.add("status", "CANCELLED")
    return event
