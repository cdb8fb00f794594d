"""Topics: the desk's own order of measures, and what of it readers see."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Count, F, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.stages import STATUS_LABELS
from tracker.desk import markdown, public_topics, published
from tracker.desk.models import Topic
from tracker.pages.changed import change_days, with_measures
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.ours import ours
from tracker.pages.paging import cut_query
from tracker.pages.templatetags.record import plain_day
from tracker.pages.views.measures import Entry, page_number

MEASURES_A_PAGE = 50
CHANGES_AT_A_GLANCE = 60  # events, of which a few documents make some ten lines
CHANGED_AT_A_GLANCE = 10
STATUSES_NAMED = 3


def _stamp(request: HttpRequest) -> tuple[object, ...]:
    return public_topics.stamp_of_lists()


def _stamp_of_topic(request: HttpRequest, slug: str) -> Iterable[object]:
    return public_topics.stamp_of_lists()


@require_safe
@public_page(_stamp)
def topics(request: HttpRequest) -> HttpResponse:
    """All topics in the desk's order, with what is in each."""
    only(request.GET)
    listed = [
        {"topic": each.topic, "measures": each.measures, "changed_at": each.changed_at,
         "words": _first_words(each.topic)}
        for each in public_topics.listed()
    ]  # fmt: skip
    return render(request, "pages/topics.html", {"topics": listed})


@require_safe
@public_page(_stamp_of_topic)
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """One topic: what it is, its measures, and what changed in them lately."""
    only(request.GET, frozenset({"page"}))
    number = page_number(request.GET)
    found = public_topics.topic(slug)
    if found is None:
        raise Http404(f"There is no topic “{slug}” here. All topics are on /topics/.")
    measures = public_topics.measures_in(found)
    statuses = dict(
        measures.order_by().values_list("status").annotate(n=Count("pk")).order_by("-n", "status")
    )
    newest = measures.aggregate(last=Max("introduced_on"))["last"]
    page = cut_query(
        measures.order_by(F("latest_on").desc(nulls_last=True), "-pk"),
        number,
        MEASURES_A_PAGE,
        sum(statuses.values()),
    )
    days = change_days(
        with_measures(public_topics.events_in(found))[:CHANGES_AT_A_GLANCE], CHANGED_AT_A_GLANCE
    )
    context: dict[str, Any] = {
        "topic": found,
        "description": markdown.render(found.description),
        "lead": _lead(statuses, newest),
        "page": page,
        "measures": [Entry(row, row.latest_on or row.introduced_on, "last action") for row in page.rows],
        "days": days if number == 1 else [],
        "ours": ours(shown) if (shown := published.of_topic(found.pk)) and number == 1 else None,
    }
    return render(request, "pages/topic.html", context)


def _first_words(found: Topic) -> str:
    """The first paragraph of what is said of it, plainly."""
    first = found.description.strip().partition("\n\n")[0]
    return markdown.plain(markdown.render(first)) if first else ""


def _lead(statuses: dict[str, int], newest: Any) -> str:
    """ "7 measures: 4 referred to committee, 2 agreed to, 1 other. The newest was introduced on Mar 27, 2025." """
    total = sum(statuses.values())
    if not total:
        return "No measure is in this topic yet."
    named = list(statuses.items())[:STATUSES_NAMED]
    parts = [f"{count:,} {_as_adjective(STATUS_LABELS[code])}" for code, count in named]
    rest = total - sum(count for _, count in named)
    if rest:
        parts.append(f"{rest:,} other")
    measures = "1 measure" if total == 1 else f"{total:,} measures"
    lead = f"{measures}: {', '.join(parts)}."
    if len(statuses) == 1:
        lead = f"{measures}, {'all ' if total > 1 else ''}{_as_adjective(STATUS_LABELS[named[0][0]])}."
    return f"{lead} The newest was introduced on {plain_day(newest)}." if newest and total > 1 else lead


def _as_adjective(label: str) -> str:
    return label[0].lower() + label[1:]
