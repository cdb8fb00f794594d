"""What a measure is related to: by the official record, by its text, and through the Congresses."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from tracker.ledger.models import Measure, measure_pk
from tracker.pages.family import family
from tracker.pages.found_kin import MOST, found_kin
from tracker.pages.http import public_page
from tracker.pages.measure_opening import measure_page, measure_stamp, open_measure
from tracker.texts import lineage


def _stamp(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
    """What the measure's pages are drawn from, and where all the measures of its line stand."""
    line = Measure.every.filter(pk__in=lineage.line(measure_pk(congress, type, number)))
    stand = line.order_by("pk").values_list("pk", "last_event")
    return [*measure_stamp(request, congress, type, number), *stand]


@require_safe
@public_page(_stamp)
def related(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The measures that the official record relates it to, in both directions, its line, and those that its text is kin to."""
    sight = open_measure(request, congress, type, number)
    found = found_kin(sight)
    context = {"kin": sight.kin, "family": family(sight)}
    cut = {"found_kin": found[:MOST], "found_cut": len(found) - len(found[:MOST])}
    return measure_page(request, sight, "related", {**context, **cut})
