"""Topics as readers see them: the one module that pages, API and feeds ask for topics. What is not public is not here."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from typing import Any

from django.db import connection
from django.db.models import Count, Exists, Max, OuterRef, Q, QuerySet, Subquery

from tracker.desk.models import Topic, TopicMeasure
from tracker.ledger.chain import GENESIS
from tracker.ledger.models import ChangeEvent, Measure


class PublicTopics:
    """What lists are told of topics (see `tracker.ledger.filters.topics_from`)."""

    def names(self, slugs: Sequence[str]) -> Mapping[str, str]:
        return dict(Topic.objects.public().filter(slug__in=slugs).values_list("slug", "name"))

    def condition(self, slugs: Sequence[str]) -> Q:
        return Q(pk__in=_members().filter(topic__slug__in=slugs).values("measure_id"))


def _members() -> QuerySet[TopicMeasure]:
    """Measures in topics that readers may see."""
    return TopicMeasure.objects.filter(refused=False, topic__is_public=True)


@dataclass(frozen=True, slots=True)
class Listed:
    """A topic in the list of topics: how many measures are in it, and when one of them changed last."""

    topic: Topic
    measures: int
    changed_at: datetime | None


def topics() -> QuerySet[Topic]:
    """The topics that there are for readers, in the desk's order."""
    return Topic.objects.public()


def topic(slug: str) -> Topic | None:
    """The topic of this short name, or None where readers have none."""
    return topics().filter(slug=slug).first() if "\0" not in slug else None


def listed() -> list[Listed]:
    """Every topic with what is in it, in the desk's order. Costs two queries."""
    rows = list(topics())
    inside = contents([row.pk for row in rows])
    return [Listed(row, *inside[row.pk]) for row in rows]


def contents(ids: Sequence[int]) -> Mapping[int, tuple[int, datetime | None]]:
    """How many measures are in each of these topics, and when one of them changed last; None where there is none. One query."""
    held = Measure.objects.filter(pk=OuterRef("measure_id"))
    rows = _members().filter(Exists(held), topic_id__in=ids).order_by().values("topic_id")
    found = rows.annotate(count=Count("pk"), last=Max("measure__changed_at"))
    counted = {pk: (count, last) for pk, count, last in found.values_list("topic_id", "count", "last")}
    return {pk: counted.get(pk, (0, None)) for pk in ids}


def counted(among: QuerySet[Measure, Any] | None) -> list[tuple[str, str, int]]:
    """Short name and name of every topic, and how many measures are in it: of all, or of these rows. Costs one query."""
    rows = Measure.objects.order_by().values("pk") if among is None else among
    inside = Q(measures__refused=False, measures__measure_id__in=rows)
    found = topics().annotate(count=Count("measures", filter=inside))
    return list(found.values_list("slug", "name", "count"))


def measures_in(row: Topic) -> QuerySet[Measure]:
    """The measures in a topic."""
    return Measure.objects.filter(pk__in=_members().filter(topic=row).values("measure_id"))


def watched(limit: int) -> list[Measure]:
    """The measures in any topic, last changed first. Costs one query."""
    rows = Measure.objects.filter(pk__in=_members().values("measure_id"))
    return list(rows.defer("status_sentence", "latest_text").order_by("-changed_at", "-pk")[:limit])


def events_in(row: Topic) -> QuerySet[ChangeEvent]:
    """What changed in the measures of a topic, newest first; first loads are told to nobody."""
    inside = _members().filter(topic=row).values("measure_id")
    return ChangeEvent.objects.announced().filter(measure__in=inside).order_by("-id")


def topics_of(measure_id: int) -> list[Topic]:
    """The topics that a measure is in, in the desk's order. Costs one query."""
    return list(with_measure(measure_id))


def with_measure(measure_id: int) -> QuerySet[Topic]:
    """The topics that a measure is in."""
    inside = TopicMeasure.objects.filter(measure_id=measure_id, refused=False)
    return topics().filter(pk__in=inside.values("topic_id"))


def stamp_of_lists() -> tuple[object, ...]:
    """The ledger's head, and with it whatever readers are shown of topics, for the stamp of a page. Costs one query.

    Nothing of it moves with a topic that is not public.
    """
    statement, parameters = _head_and_topics(connection.vendor)
    with connection.cursor() as cursor:
        cursor.execute(statement, parameters)
        return cursor.fetchone() or (GENESIS, 0, None)


@cache
def _head_and_topics(vendor: str) -> tuple[str, tuple[Any, ...]]:
    """That query for one kind of database. Building it costs ten times what answering it does, and every list asks it."""
    public = Topic.objects.filter(is_public=True).order_by().values("is_public")
    head = ChangeEvent.objects.order_by("-id").annotate(
        topics=Subquery(public.annotate(n=Count("pk")).values("n")),
        topics_changed_at=Subquery(public.annotate(n=Max("changed_at")).values("n")),
    )
    statement, parameters = head.values_list("hash", "topics", "topics_changed_at")[
        :1
    ].query.sql_with_params()
    return statement, tuple(parameters)
