"""Changes as pages list them: newest first, by the day on which they were learned, a measure's own together."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby, islice, zip_longest
from operator import attrgetter

from django.db.models import QuerySet

from tracker.congress.calendar import WASHINGTON
from tracker.congress.measures import TYPES
from tracker.desk import published
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.words import Told, tell

_OF_EVENT = ("kind", "subject", "before", "after", "occurred_on", "observed_at", "source", "document_id")
_OF_MEASURE = ("congress", "type", "number", "title", "origin", "cosponsor_count", "cosponsors_by_party")


NEWS = (
    "became_law",
    "status_changed",
    "vote_recorded",
    "introduced",
    "cosponsor_withdrawn",
    "cosponsor_added",
    "action_added",
    "text_published",
)
"""The kinds of change that are news, the weightiest first; titles, subjects and the like are housekeeping."""


@dataclass(frozen=True, slots=True)
class About:
    """A member or a topic that the desk wrote about."""

    name: str
    path: str


@dataclass(frozen=True, slots=True)
class Changed:
    """What one document changed in one measure; or what the desk published, of a measure, a member or a topic."""

    measure: Measure | None  # None: of what `about` names
    about: About | None
    lines: tuple[Told, ...]
    observed_at: datetime
    newest: int  # id of its last event

    @property
    def sign(self) -> str:
        return self.lines[0].sign

    @property
    def dated(self) -> list[tuple[Told, bool]]:
        """Each line, and whether its official day is to stand behind it: once for lines of the same day that follow."""
        after = [line.occurred_on for line in self.lines[1:]]
        return [(line, line.occurred_on != next_) for line, next_ in zip_longest(self.lines, after)]

    @property
    def last_names(self) -> Told | None:
        """The last line that tells of names, beside which it is worth saying how many stand now."""
        return next((line for line in reversed(self.lines) if line.kind.startswith("cosponsor_")), None)

    @property
    def weight(self) -> tuple[int, bool]:
        """The smaller, the more it is news: what a chamber did before who joined, resolutions before bills."""
        return min(
            NEWS.index(line.kind) if line.kind in NEWS else len(NEWS) for line in self.lines
        ), _is_bill(self)


@dataclass(frozen=True, slots=True)
class ChangedDay:
    """What was learned on one day in Washington."""

    day: date
    changed: tuple[Changed, ...]

    @property
    def late(self) -> str | None:
        """ "179 to 182 days": how late everything dated was learned, to be said once above the day's lines.

        None where fewer than two lines have another official day, or one of them was told in time: then each
        late line says it for itself.
        """
        days = [
            line.late_days
            for each in self.changed
            for line in each.lines
            if line.occurred_on and line.occurred_on != self.day
        ]
        late = [count for count in days if count is not None]
        if len(late) < 2 or len(late) < len(days):
            return None
        least, most = min(late), max(late)
        return f"{least:,} days" if least == most else f"{least:,} to {most:,} days"


def with_measures(events: QuerySet[ChangeEvent]) -> QuerySet[ChangeEvent]:
    """The same events, with what is shown of their measures in the same query."""
    return events.select_related("measure").only(
        *_OF_EVENT,
        *(f"measure__{name}" for name in _OF_MEASURE),
    )


def newest_news(limit: int) -> list[ChangeEvent]:
    """The last `limit` events that are news rather than housekeeping, newest first. Costs one query."""
    return list(with_measures(ChangeEvent.objects.filter(kind__in=NEWS).order_by("-id"))[:limit])


def anything_new() -> bool:
    """Whether any news has been seen since the first load. Costs one query."""
    return ChangeEvent.objects.filter(kind__in=NEWS).exists()


def change_days(events: Iterable[ChangeEvent], limit: int | None = None) -> list[ChangedDay]:
    """Events, newest first, as days of changed measures; of these at most `limit`.

    What the desk wrote about a topic that readers have no more is left out: an event cannot be taken back, its line can.
    """
    events = list(events)
    named = published.things(_about(event) for event in events if event.measure is None)
    readable = (event for event in events if event.measure is not None or _about(event) in named)
    documents = (list(of_document) for _, of_document in groupby(readable, key=attrgetter("of_one_document")))
    changed = [_changed(several, named) for several in islice(documents, limit)]
    return [
        ChangedDay(day, tuple(same_day))
        for day, same_day in groupby(changed, key=lambda one: one.observed_at.astimezone(WASHINGTON).date())
    ]


def weightiest(days: Sequence[ChangedDay], limit: int) -> list[ChangedDay]:
    """The first `limit` of what changed, each day's weightiest first."""
    kept, left = list[ChangedDay](), limit
    for day in days:
        first = sorted(day.changed, key=lambda one: one.weight)[:left]
        if first:
            kept.append(ChangedDay(day.day, tuple(first)))
            left -= len(first)
    return kept


def whole_documents(events: Sequence[ChangeEvent], size: int) -> list[ChangeEvent]:
    """Of `size` + 1 events the first that make a page: one that does not end in the middle of a document.

    A document of more events than a page holds is cut all the same.
    """
    if len(events) <= size:
        return list(events)
    page = list(events[:size])
    begun = events[size].of_one_document
    kept = [event for event in page if event.of_one_document != begun]
    return kept or page


def _is_bill(changed: Changed) -> bool:
    return changed.measure is not None and TYPES[changed.measure.type].form == "bill"


def _changed(events: Sequence[ChangeEvent], named: Mapping[str, tuple[str, str]]) -> Changed:
    about = None if events[0].measure is not None else About(*named[_about(events[0])])
    return group(events, tell(reversed(events)), about)


def group(events: Sequence[ChangeEvent], lines: Iterable[Told], about: About | None = None) -> Changed:
    """The events of one document, newest first, with the lines that tell them."""
    first = events[0]
    return Changed(first.measure, about, tuple(lines), first.observed_at, first.pk)


def _about(event: ChangeEvent) -> str:
    """What one of the desk's events is about: "member/T000476"."""
    return str((event.became or event.was or {}).get("about") or "")
