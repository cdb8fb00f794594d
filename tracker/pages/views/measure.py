"""One measure: its overview, and its parts that have an address of their own."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django.db.models import Q
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.congress.measures import measure_type
from tracker.desk import public_topics
from tracker.ledger.filters import ordinal
from tracker.ledger.models import Measure, Relation, measure_pk
from tracker.pages.amendments import acted_on_first
from tracker.pages.amendments import amendments as offered
from tracker.pages.clocks import read_clock
from tracker.pages.http import public_page
from tracker.pages.measure_changes import changes as page_of_changes
from tracker.pages.measure_frame import frame
from tracker.pages.measure_overview import overview as glance
from tracker.pages.paging import cut
from tracker.pages.sight import Sight
from tracker.pages.support_drawn import support_drawn
from tracker.pages.timeline import in_pages
from tracker.pages.views.measures import page_number

ACTIONS_A_PAGE = 200  # lines; the longest record of the 119th Congress has 114
AMENDMENTS_A_PAGE = 50

_DRAWN = ("pk", "last_event", "document_id", "unconfirmed_document", "unconfirmed_since", "vanished_at")


def _stamp(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
    """What the pages of a measure are drawn from: its own row, and those of the measures that it is related to."""
    pk = measure_pk(congress, type, number)
    relatives = Q(pk__in=Relation.objects.filter(measure_id=pk).values("other_id"))
    relatives |= Q(pk__in=Relation.objects.filter(other_id=pk).values("measure_id"))
    rows = list(Measure.objects.filter(Q(pk=pk) | relatives).order_by("pk").values_list(*_DRAWN))
    if all(row[0] != pk for row in rows):
        raise _not_held(congress, type, number)
    return [*rows, *public_topics.stamp_of_measure(pk)]


def _not_held(congress: int, type: str, number: int) -> Http404:
    name = f"{measure_type(type).abbreviation} {number} of the {ordinal(congress)} Congress"
    return Http404(
        f"{name} is not held here. It may exist all the same, or its number may not be given out yet."
    )


def _open(
    request: HttpRequest, congress: int, type: str, number: int, also: frozenset[str] = frozenset()
) -> Sight:
    clock = read_clock(request.GET, also)
    measure = Measure.objects.keyed(congress, type, number).first()
    if measure is None:
        raise _not_held(congress, type, number)
    return Sight.open(measure, clock)


def _page(request: HttpRequest, sight: Sight, part: str, context: dict[str, Any]) -> HttpResponse:
    template = "pages/measure.html" if part == "overview" else f"pages/measure_{part}.html"
    return render(request, template, {**frame(sight, part), **context})


@require_safe
@public_page(_stamp)
def overview(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Everything of a measure at a glance, long lists cut with a link to the whole."""
    sight = _open(request, congress, type, number)
    return _page(request, sight, "overview", glance(sight))


@require_safe
@public_page(_stamp)
def actions(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """All official actions by day."""
    sight = _open(request, congress, type, number, frozenset({"page"}))
    page = cut(in_pages(sight.days, ACTIONS_A_PAGE), page_number(request.GET), 1)
    return _page(request, sight, "actions", {"page": page, "days": page.rows[0] if page.rows else []})


@require_safe
@public_page(_stamp)
def changes(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """All that changed in its record since this tracker first saw it."""
    sight = _open(request, congress, type, number, frozenset({"page"}))
    return _page(request, sight, "changes", page_of_changes(sight, page_number(request.GET)))


@require_safe
@public_page(_stamp)
def sponsors(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """All names with their days, the withdrawn struck."""
    sight = _open(request, congress, type, number)
    return _page(request, sight, "sponsors", support_drawn(sight))


@require_safe
@public_page(_stamp)
def text(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The versions of its text, with links to where they are published."""
    sight = _open(request, congress, type, number)
    return _page(request, sight, "text", {})


@require_safe
@public_page(_stamp)
def votes(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The roll calls that its actions name."""
    sight = _open(request, congress, type, number)
    return _page(request, sight, "votes", {"votes": sight.votes})


@require_safe
@public_page(_stamp)
def related(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The measures that the official record relates it to, in both directions."""
    sight = _open(request, congress, type, number)
    return _page(request, sight, "related", {"kin": sight.kin})


@require_safe
@public_page(_stamp)
def amendments(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The amendments offered to it."""
    sight = _open(request, congress, type, number, frozenset({"page"}))
    page = cut(acted_on_first(sight.record.amendments), page_number(request.GET), AMENDMENTS_A_PAGE)
    shown = offered(page.rows)
    return _page(request, sight, "amendments", {"page": page, "amendments": shown})
