"""The text of a measure: its versions, its words."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.pages.http import public_page
from tracker.pages.measure_opening import measure_page, measure_stamp, open_measure


@require_safe
@public_page(measure_stamp)
def text(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The versions of its text, with links to where they are published."""
    sight = open_measure(request, congress, type, number)
    return measure_page(request, sight, "text", {})
