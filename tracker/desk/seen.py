"""What each member of staff has seen of the measures they look after, and what changed in these since."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import groupby
from operator import attrgetter

from django.db import transaction
from django.db.models import BigIntegerField, F, OuterRef, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone

from tracker.desk import acts
from tracker.desk.models import Care, Seen, User
from tracker.ledger import chain
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.models.events import ChangeEventQuerySet
from tracker.ledger.words import Told, tell

EVENTS_SHOWN = 300  # of all measures together, the newest
LINES_SHOWN = 4  # of one measure; the rest are counted


@dataclass(frozen=True, slots=True)
class News:
    """What changed in one measure since it was marked as seen."""

    measure: Measure
    lines: tuple[Told, ...]
    events: int
    newest: int  # id of its last event
    observed_at: datetime

    @property
    def more(self) -> int:
        return max(len(self.lines) - LINES_SHOWN, 0)

    @property
    def shown(self) -> Sequence[Told]:
        return self.lines[:LINES_SHOWN]


def last_seen(me: User, measure: str) -> Coalesce:
    """For a queryset: the last event that this person has seen of the measure in the column `measure`, 0 for none."""
    mark = Seen.objects.filter(by=me, measure_id=OuterRef(measure)).values("event")
    return Coalesce(Subquery(mark, output_field=BigIntegerField()), Value(0), output_field=BigIntegerField())


def news_for(me: User) -> list[News]:
    """What changed in the measures that somebody looks after and has not marked as seen, the newest first. Costs one query."""
    mine = Care.objects.filter(assigned_to=me).values("measure_id")
    events = _unseen(me, ChangeEvent.objects.filter(measure__in=mine))
    return _by_measure(list(events.order_by("-id")[:EVENTS_SHOWN]))


def news_of(me: User, measure: Measure) -> News | None:
    """The same of one measure, whoever looks after it. Costs one query."""
    events = _unseen(me, ChangeEvent.objects.filter(measure=measure))
    return next(iter(_by_measure(list(events.order_by("-id")[:EVENTS_SHOWN]))), None)


def _unseen(me: User, events: ChangeEventQuerySet) -> QuerySet[ChangeEvent]:
    fresh = events.announced().annotate(last=last_seen(me, "measure_id"))
    return fresh.filter(pk__gt=F("last")).select_related("measure")


def _by_measure(events: list[ChangeEvent]) -> list[News]:
    found: dict[int, list[ChangeEvent]] = {}
    for event in events:
        found.setdefault(event.measure_id or 0, []).append(event)
    return [_news(several) for several in found.values()]


def _news(events: list[ChangeEvent]) -> News:
    """`events` of one measure, newest first."""
    lines: list[Told] = []
    for _, of_document in groupby(events, key=attrgetter("of_one_document")):
        lines += tell(reversed(list(of_document)))
    measure = events[0].measure
    assert measure is not None, "news are of measures"
    return News(measure, tuple(lines), len(events), events[0].pk, events[0].observed_at)


def mark(me: User, measures: Iterable[int], till: int) -> int:
    """Mark what happened to these measures, by row id, up to the event `till` as seen; how many marks moved.

    What happened later stays news: whoever looks at a page has not seen what came after it was made.
    """
    wanted = list(dict.fromkeys(measures))
    with transaction.atomic():
        till = min(till, chain.head().count)
        held = list(Measure.objects.filter(pk__in=wanted).order_by("pk").values_list("pk", flat=True))
        known = dict(Seen.objects.filter(by=me, measure_id__in=held).values_list("measure_id", "event"))
        moved = [pk for pk in held if known.get(pk, -1) < till]
        _put(me, moved, till)
        if moved:
            what = "1 measure" if len(moved) == 1 else f"{len(moved)} measures"
            where = Measure.objects.get(pk=moved[0]).key if len(moved) == 1 else "measures"
            acts.record(me, "mark_seen", where, f"Marked {what} as seen, up to event {till}")
    return len(moved)


def begin(somebody: User, measures: Iterable[int]) -> None:
    """Let somebody's news of measures begin now, in the caller's transaction: what was before they were given them is none."""
    pks = list(measures)
    known = set(Seen.objects.filter(by=somebody, measure_id__in=pks).values_list("measure_id", flat=True))
    _put(somebody, [pk for pk in pks if pk not in known], chain.head().count)


def _put(whose: User, measures: list[int], event: int) -> None:
    now = timezone.now()
    Seen.objects.bulk_create(
        [Seen(by=whose, measure_id=pk, event=event, at=now) for pk in measures],
        update_conflicts=True,
        unique_fields=["by", "measure"],
        update_fields=["event", "at"],
    )
