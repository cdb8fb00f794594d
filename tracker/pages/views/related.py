"""What a measure is related to: by the official record, by its text, and through the Congresses."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.pages.family import family
from tracker.pages.found_kin import MOST, found_kin
from tracker.pages.http import public_page
from tracker.pages.measure_opening import measure_page, measure_stamp, open_measure


@require_safe
@public_page(measure_stamp)
def related(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The measures that the official record relates it to, in both directions, its line, and those that its text is kin to."""
    sight = open_measure(request, congress, type, number)
    found = found_kin(sight)
    line = family(sight)
    context: dict[str, Any] = {"kin": sight.kin, "family": line}
    if found:
        context["heading"] = _heading(len(sight.kin), len(found), line.through if line else 0)
    cut = {"found_kin": found[:MOST], "found_cut": len(found) - len(found[:MOST])}
    return measure_page(request, sight, "related", {**context, **cut})


def _heading(official: int, found: int, through: int) -> str:
    """ "The record relates it to no other measures; 4 are kin by their words, and 1 by way of others"."""
    others = "1 other measure" if official == 1 else f"{official or 'no'} other measures"
    kin = f"{found:,} {'is kin by its' if found == 1 else 'are kin by their'} words"
    return (
        f"The record relates it to {others}; {kin}{f', and {through:,} by way of others' if through else ''}"
    )
