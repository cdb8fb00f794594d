"""The desk's list of measures: every filter of the readers' list, and what only the desk knows of a measure beside it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

from django.db.models import Count, F, Q
from django.http import QueryDict

from tracker.desk.care import PRIORITIES
from tracker.desk.models import Care, Entry, Seen, Topic, TopicMeasure, User
from tracker.ledger.filters import BadFilter
from tracker.ledger.listing import MeasureFilters
from tracker.ledger.models import Measure
from tracker.ledger.models.measures import MeasureQuerySet

PER_PAGE = 50
LAST_PAGE = 500
SEEN = {"changed": "changed since I marked them as seen", "never": "never marked as seen by me"}
OWN = ("assigned", "priority", "topic", "seen", "page")


@dataclass(frozen=True, slots=True)
class DeskFilters:
    """Which measures. `assigned` is "me", "nobody" or an account's number; `topic` any topic of the desk, public or not."""

    public: MeasureFilters = field(default_factory=MeasureFilters)
    assigned: str = ""
    priority: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    seen: str = ""

    @classmethod
    def from_query(cls, query: QueryDict) -> DeskFilters:
        """The filters that a query string names. Raises BadFilter for a parameter or a value that means nothing."""
        rest = query.copy()
        for name in OWN:
            rest.pop(name, None)
        try:
            public = MeasureFilters.from_query(rest)
        except BadFilter as problem:
            if problem.reason == "no such parameter":
                known = f"{problem.accepted}, {', '.join(OWN)}"
                raise BadFilter(problem.parameter, problem.value, problem.reason, known) from problem
            raise
        return cls(
            public,
            _person(query),
            _among(query, "priority", list(PRIORITIES)),
            _topics(query),
            next(iter(_among(query, "seen", list(SEEN))), ""),
        )

    @property
    def in_use(self) -> bool:
        return self != DeskFilters(MeasureFilters(sort=self.public.sort))

    def query(self, page: int = 1) -> str:
        """This list as a query string, without the question mark."""
        own: list[tuple[str, Any]] = [("assigned", self.assigned)] if self.assigned else []
        own += [("priority", word) for word in self.priority] + [("topic", slug) for slug in self.topic]
        own += [("seen", self.seen)] if self.seen else []
        own += [("page", page)] if page > 1 else []
        return "&".join(part for part in (self.public.query(), urlencode(own)) if part)

    def measures(self, me: User) -> MeasureQuerySet:
        """The measures, in order."""
        found: MeasureQuerySet = self.public.measures().filter(self._own(me))
        return found

    def _own(self, me: User) -> Q:
        wanted = Q()
        if self.assigned == "nobody":
            wanted &= ~Q(pk__in=Care.objects.exclude(assigned_to=None).values("measure_id"))
        elif self.assigned:
            person = me.pk if self.assigned == "me" else int(self.assigned)
            wanted &= Q(pk__in=Care.objects.filter(assigned_to=person).values("measure_id"))
        if self.priority:
            wanted &= self._by_priority()
        if self.topic:
            inside = TopicMeasure.objects.filter(refused=False, topic__slug__in=self.topic)
            wanted &= Q(pk__in=inside.values("measure_id"))
        if self.seen:
            marks = Seen.objects.filter(by=me)
            if self.seen == "changed":
                news = marks.filter(measure__last_event__gt=F("event"))
                wanted &= Q(pk__in=news.values("measure_id"))
            else:
                wanted &= ~Q(pk__in=marks.values("measure_id"))
        return wanted

    def _by_priority(self) -> Q:
        """Measures of which nothing is kept are of the usual priority."""
        chosen = [PRIORITIES[word] for word in self.priority]
        if Care.Priority.NORMAL in chosen:
            others = [priority for priority in Care.Priority if priority not in chosen]
            return ~Q(pk__in=Care.objects.filter(priority__in=others).values("measure_id"))
        return Q(pk__in=Care.objects.filter(priority__in=chosen).values("measure_id"))

    def sentence(self, count: int, people: Sequence[User], topics: Sequence[Topic]) -> str:
        """What this list holds, in words."""
        said = [self.public.sentence(count)]
        if self.assigned:
            names = {str(person.pk): person.called for person in people}
            who = {"me": "me", "nobody": "nobody"}.get(self.assigned, names.get(self.assigned, "somebody"))
            said.append(f"looked after by {who}")
        if self.priority:
            said.append(f"of {' or '.join(self.priority)} priority")
        if self.topic:
            named = {topic.slug: topic.name for topic in topics}
            said.append("in " + " or ".join(f"“{named.get(slug, slug)}”" for slug in self.topic))
        if self.seen:
            said.append(SEEN[self.seen])
        return ", ".join(said)


def _person(query: QueryDict) -> str:
    given = query.get("assigned", "").strip()
    if not given or given in ("me", "nobody"):
        return given
    if (
        given.isascii()
        and given.isdecimal()
        and len(given) < 10
        and User.objects.filter(pk=int(given)).exists()
    ):
        return given
    raise BadFilter("assigned", given, "no such account", "me, nobody, or an account’s number")


def _among(query: QueryDict, name: str, accepted: list[str]) -> tuple[str, ...]:
    given = [text for text in query.getlist(name) if text.strip()]
    for text in given:
        if text not in accepted:
            raise BadFilter(name, text, "none of them", ", ".join(accepted))
    return tuple(dict.fromkeys(given))


def _topics(query: QueryDict) -> tuple[str, ...]:
    given = tuple(dict.fromkeys(text for text in query.getlist("topic") if text.strip()))
    if given:
        known = set(
            Topic.objects.filter(slug__in=[slug for slug in given if "\0" not in slug]).values_list(
                "slug", flat=True
            )
        )
        for slug in given:
            if slug not in known:
                raise BadFilter("topic", slug, "no such topic", "the short name of a topic of the desk")
    return given


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1. Raises BadFilter for anything but a number that the list can have."""
    given = query.get("page") or "1"
    if not (given.isascii() and given.isdecimal()) or not 1 <= int(given[:9]) <= LAST_PAGE:
        raise BadFilter("page", given, "not a page of this list", f"a number from 1 to {LAST_PAGE}")
    return int(given)


@dataclass(frozen=True, slots=True)
class Row:
    """One measure in the list, with what the desk keeps of it."""

    measure: Measure
    care: Care | None
    topics: tuple[Topic, ...]
    entries: int
    news: bool  # whether something happened since it was marked as seen


def rows(measures: Sequence[Measure], me: User) -> list[Row]:
    """These measures with what is kept of them. Costs four queries, however many there are."""
    pks = [measure.pk for measure in measures]
    cares = {row.pk: row for row in Care.objects.filter(pk__in=pks).select_related("assigned_to")}
    inside: dict[int, list[Topic]] = {}
    for row in (
        TopicMeasure.objects.filter(measure_id__in=pks, refused=False)
        .select_related("topic")
        .order_by("topic__position", "topic_id")
    ):
        inside.setdefault(row.measure_id, []).append(row.topic)
    written = Entry.objects.filter(measure_id__in=pks).order_by().values_list("measure_id")
    entries = dict(written.annotate(count=Count("pk")))
    marks = dict(Seen.objects.filter(by=me, measure_id__in=pks).values_list("measure_id", "event"))
    return [
        Row(
            measure,
            cares.get(measure.pk),
            tuple(inside.get(measure.pk, ())),
            entries.get(measure.pk, 0),
            measure.pk in marks and measure.last_event > marks[measure.pk],
        )
        for measure in measures
    ]
