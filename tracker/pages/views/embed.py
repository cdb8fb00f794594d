"""A measure's status as a card that other sites may show in a frame: the one page that may be framed."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.ledger.filters import ordinal
from tracker.pages.http import public_page
from tracker.pages.measure_opening import measure_stamp, open_measure

P = ParamSpec("P")


def _framed(view: Callable[P, HttpResponse]) -> Callable[P, HttpResponse]:
    """Anybody may frame its answers."""

    @wraps(view)
    def answer(*args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        response = view(*args, **kwargs)
        for name, value in (("_csp_replace", {"frame-ancestors": ["*"]}), ("xframe_options_exempt", True)):
            setattr(response, name, value)  # where django-csp and tracker.operate.headers look
        return response

    return answer


@_framed
@require_safe
@public_page(measure_stamp)
def card(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Designation, title, where it stands, who stands behind it, and the day of the record. No script, no cookie."""
    sight = open_measure(request, congress, type, number)
    context = {
        "measure": sight.measure,
        "nth": f"{ordinal(congress)} Congress",
        "title": sight.title,
        "sentence": sight.sentence,
        "stands": sight.support,
        "by_hand": sight.by_hand,
        "document": sight.shown.document,
    }
    return render(request, "pages/embed.html", context)
