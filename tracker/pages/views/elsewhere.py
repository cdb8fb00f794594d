"""Measures of parliaments elsewhere, entered by staff: a list, and a page for each, outside the lists of Congress."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.desk import elsewhere
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.paging import Cut, bounds
from tracker.pages.views.measures import page_number

PER_PAGE = 50


def _stamp(request: HttpRequest) -> Iterable[object]:
    return [elsewhere.stamp()]


def _stamp_of_one(request: HttpRequest, slug: str) -> Iterable[object]:
    return [elsewhere.stamp()]


@require_safe
@public_page(_stamp)
def listed(request: HttpRequest) -> HttpResponse:
    """All that stand, last published first."""
    only(request.GET, frozenset({"page"}))
    number = page_number(request.GET)
    rows, total = elsewhere.standing((number - 1) * PER_PAGE, number * PER_PAGE)
    bounds(number, PER_PAGE, total)
    page = Cut(rows, number, PER_PAGE, total)
    return render(request, "pages/elsewhere.html", {"page": page})


@require_safe
@public_page(_stamp_of_one)
def one(request: HttpRequest, slug: str) -> HttpResponse:
    """One of them; one that was withdrawn says so and why (410)."""
    only(request.GET)
    found = elsewhere.published(slug)
    if found is None:
        raise Http404("No measure of a parliament elsewhere is held here under this address.")
    if found.withdrawn is not None:
        return render(request, "pages/elsewhere_withdrawn.html", {"found": found}, status=HTTPStatus.GONE)
    newest_first = sorted(found.fields.actions, key=lambda action: action.on, reverse=True)
    context = {
        "found": found,
        "fields": found.fields,
        "actions": newest_first,
        "first": elsewhere.first_published(slug),
    }
    return render(request, "pages/elsewhere_one.html", context)
