"""The text of a measure: its words, its versions."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure, measure_pk
from tracker.pages.http import public_page
from tracker.pages.measure_frame import frame
from tracker.pages.measure_opening import TEXT_DRAWN, measure_page, measure_stamp, open_measure
from tracker.pages.text_compared import Named, compared, named
from tracker.pages.text_drawn import read_text
from tracker.texts.models import MeasureText


@require_safe
@public_page(measure_stamp)
def text(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The words of one version, or the list of versions with why none is held."""
    sight = open_measure(request, congress, type, number, frozenset({"version"}))
    return measure_page(request, sight, "text", read_text(sight, request.GET.get("version") or None))


def _compare_stamp(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
    """The same of both measures, and of those that this one is related to, since their texts are offered."""
    own = measure_pk(congress, type, number)
    pks = {own, *(side.pk for side in _sides(request, own).values() if side)}
    others = Measure.objects.filter(pk__in=pks - {own}).order_by("pk").values_list("pk", "last_event")
    texts = MeasureText.objects.filter(measure_id__in=pks - {own}).order_by("pk").values_list(*TEXT_DRAWN)
    return [*measure_stamp(request, congress, type, number), *others, *texts]


def _sides(request: HttpRequest, own: int) -> dict[str, Named | None]:
    """The texts that the address names. Raises BadFilter for what names none, or twice."""
    for name in ("from", "to"):
        if len(request.GET.getlist(name)) > 1:
            raise BadFilter(name, " ".join(request.GET.getlist(name)), "given more than once", "one text")
    return {name: named(request.GET.get(name), name, own) for name in ("from", "to")}


@require_safe
@public_page(_compare_stamp)
def compare(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Two texts, word by word inside their clauses: versions of this measure, or of this and another."""
    sight = open_measure(request, congress, type, number, frozenset({"from", "to"}))
    sides = _sides(request, sight.measure.pk)
    given = {name: request.GET.get(name, "") for name in sides}
    context = {**frame(sight, "text"), **compared(sight, sides["from"], sides["to"], given)}
    return render(request, "pages/measure_text_compare.html", context)
