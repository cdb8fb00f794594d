"""The rule of a topic: a query string of the list of measures, and what it proposes that nobody has decided on yet."""

from __future__ import annotations

from collections.abc import Sequence

from django.core.exceptions import TooManyFieldsSent
from django.db.models import Count, QuerySet, Value
from django.http import QueryDict

from tracker.desk.models import Topic, TopicMeasure
from tracker.ledger.filters import BadFilter
from tracker.ledger.listing import MeasureFilters
from tracker.ledger.models import Measure

LONGEST_RULE = 2000  # characters
MOST_COUNTED = 40  # topics whose proposals one query counts


def rule_text(text: str) -> str:
    """A rule as it is kept: of a whole address the query string, without the page and the order that it asks for."""
    text = text.strip()
    bare = text.partition("?")[2] if text.startswith(("http://", "https://", "/", "?")) else text
    if len(bare) > LONGEST_RULE:
        return bare
    try:
        query = QueryDict(bare, mutable=True)
    except TooManyFieldsSent:
        return bare
    for name in ("page", "sort"):
        query.pop(name, None)
    return query.urlencode()


def read_rule(rule: str) -> MeasureFilters | None:
    """The list that a rule names; None where it is empty. Raises BadFilter, with the words of every list."""
    if not rule:
        return None
    if len(rule) > LONGEST_RULE:
        raise BadFilter("rule", rule, f"longer than {LONGEST_RULE} characters", "a shorter one")
    try:
        query = QueryDict(rule)
    except TooManyFieldsSent as problem:
        raise BadFilter("rule", rule, "has too many filters", "fewer of them") from problem
    if "topic" in query:
        raise BadFilter(
            "topic", query.get("topic") or "", "a rule cannot lead to topics", "the other filters"
        )
    filters = MeasureFilters.from_query(query)
    if not filters.active:
        accepted = "filters of the list of measures, such as q=ashraf&type=sres"
        raise BadFilter("rule", rule, "does not filter", accepted)
    return filters


def proposed(topic: Topic) -> QuerySet[Measure]:
    """The measures that a topic's rule finds and that were neither put in nor refused, last changed first. Raises BadFilter."""
    filters = read_rule(topic.rule)
    if filters is None:
        return Measure.objects.none()
    decided = TopicMeasure.objects.filter(topic=topic).values("measure_id")
    found = filters.measures().order_by().values("pk")
    return Measure.objects.filter(pk__in=found).exclude(pk__in=decided).order_by("-changed_at", "-pk")


def proposals(topics: Sequence[Topic]) -> dict[int, int]:
    """How many measures the rule of each topic proposes, by topic; topics without proposals are left out. Costs one query."""
    counts = []
    for topic in topics[:MOST_COUNTED]:
        try:
            if not topic.rule or read_rule(topic.rule) is None:
                continue
            rows = proposed(topic).order_by().annotate(topic_pk=Value(topic.pk)).values("topic_pk")
        except BadFilter:  # a filter that has gone since: the topic's own page says so
            continue
        counts.append(rows.annotate(number=Count("pk")).values_list("topic_pk", "number"))
    if not counts:
        return {}
    found = counts[0].union(*counts[1:], all=True) if len(counts) > 1 else counts[0]
    return {pk: number for pk, number in found if number}
