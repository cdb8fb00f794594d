"""One measure: its overview, and its parts that have an address of their own."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.pages.amendments import acted_on_first
from tracker.pages.amendments import amendments as offered
from tracker.pages.http import public_page
from tracker.pages.measure_changes import changes as page_of_changes
from tracker.pages.measure_news import arrived
from tracker.pages.measure_opening import measure_page, measure_stamp, open_measure
from tracker.pages.measure_overview import overview as glance
from tracker.pages.paging import change_number, cut
from tracker.pages.timeline import in_pages
from tracker.pages.views.measures import page_number

ACTIONS_A_PAGE = 200  # lines; the longest record of the 119th Congress has 114
AMENDMENTS_A_PAGE = 50


@require_safe
@public_page(measure_stamp)
def overview(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Everything of a measure at a glance, long lists cut with a link to the whole."""
    sight = open_measure(request, congress, type, number)
    return measure_page(request, sight, "overview", glance(sight))


@require_safe
@public_page(measure_stamp)
def actions(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """All official actions by day."""
    sight = open_measure(request, congress, type, number, frozenset({"page"}))
    page = cut(in_pages(sight.days, ACTIONS_A_PAGE), page_number(request.GET), 1)
    return measure_page(request, sight, "actions", {"page": page, "days": page.rows[0] if page.rows else []})


@require_safe
@public_page(measure_stamp)
def changes(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """All that changed in its record since this tracker first saw it. An open page asks with `after` for what is new."""
    after = change_number(request.GET, "after")
    if after is not None:
        return arrived(request, congress, type, number, after)
    sight = open_measure(request, congress, type, number, frozenset({"page", "after"}))
    return measure_page(request, sight, "changes", page_of_changes(sight, page_number(request.GET)))


@require_safe
@public_page(measure_stamp)
def votes(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The roll calls that its actions name."""
    sight = open_measure(request, congress, type, number)
    return measure_page(request, sight, "votes", {"votes": sight.votes})


@require_safe
@public_page(measure_stamp)
def amendments(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The amendments offered to it."""
    sight = open_measure(request, congress, type, number, frozenset({"page"}))
    page = cut(acted_on_first(sight.record.amendments), page_number(request.GET), AMENDMENTS_A_PAGE)
    shown = offered(page.rows)
    return measure_page(request, sight, "amendments", {"page": page, "amendments": shown})
