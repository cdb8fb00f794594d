"""Opening the pages of one measure: what their stamp names, the measure at the moment asked for, its frame."""

from __future__ import annotations

from collections.abc import Iterable
from http import HTTPStatus
from typing import Any

from django.db.models import Count, OuterRef, Q, Subquery
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.congress.measures import measure_type
from tracker.desk import public_topics
from tracker.ledger.filters import ordinal
from tracker.ledger.models import Measure, Relation, measure_pk
from tracker.pages import found_kin
from tracker.pages.clocks import read_clock
from tracker.pages.held_votes import files_of_votes
from tracker.pages.http import Stamp
from tracker.pages.measure_frame import frame
from tracker.pages.sight import Sight
from tracker.pages.stamping import Question, Statement
from tracker.texts import lineage
from tracker.texts.models import MeasureText

_DRAWN = ("pk", "last_event", "document_id", "unconfirmed_document", "unconfirmed_since", "vanished_at")
TEXT_DRAWN = ("pk", "version", "state", "document_id", "asked_at", "error")


def stamp_with(*also: Question) -> Stamp[[int, str, int]]:
    """What all pages of a measure are drawn from, and in `also` what one of them is besides. One query a request.

    The stamp raises Http404 where the measure is not held.
    """
    drawn_from = Statement(lambda pk: (*_drawn_from(pk), *also))

    def stamp(request: HttpRequest, congress: int, type: str, number: int) -> Iterable[object]:
        pk = measure_pk(congress, type, number)
        found = drawn_from.about(pk)
        if all(row[:2] != ("0", str(pk)) for row in found):
            raise not_held(congress, type, number)
        return found

    return stamp


def _drawn_from(pk: int) -> Iterable[Question]:
    """Its own row and those of measures it is related to, with how many of their texts are held; what states its own texts
    are in; its topics, the files of its votes, its kin by text, and all of its line."""
    relatives = Q(pk__in=Relation.objects.filter(measure_id=pk).values("other_id"))
    relatives |= Q(pk__in=Relation.objects.filter(other_id=pk).values("measure_id"))
    # a text that is held once stays as it is, so their number is all that can change
    texts = MeasureText.objects.filter(measure_id=OuterRef("pk")).held().order_by().values("measure_id")
    held = Subquery(texts.annotate(count=Count("pk")).values("count"))
    return (
        Question(Measure.every.filter(Q(pk=pk) | relatives), (*_DRAWN, held)),
        Question(MeasureText.objects.filter(measure_id=pk), TEXT_DRAWN),
        Question(public_topics.with_measure(pk), ("slug", "name")),
        Question(files_of_votes(pk), ("pk", "revision")),
        found_kin.question(pk),
        Question(Measure.every.filter(pk__in=lineage.in_line(pk)), ("pk", "last_event")),
    )


measure_stamp = stamp_with()


def not_held(congress: int, type: str, number: int) -> Http404:
    """What to raise for a measure that is not held."""
    name = f"{measure_type(type).abbreviation} {number} of the {ordinal(congress)} Congress"
    return Http404(
        f"{name} is not held here. It may exist all the same, or its number may not be given out yet."
    )


def open_measure(
    request: HttpRequest, congress: int, type: str, number: int, also: frozenset[str] = frozenset()
) -> Sight:
    """The measure at the moment that the address asks for; `also` are parameters of its own that a page takes.

    Raises Http404, with a sentence, where it is not held or was not known then; BadFilter for any other parameter.
    """
    clock = read_clock(request.GET, also)
    measure = Measure.every.keyed(congress, type, number).first()
    if measure is None:
        raise not_held(congress, type, number)
    return Sight.open(measure, clock)


def measure_page(request: HttpRequest, sight: Sight, part: str, context: dict[str, Any]) -> HttpResponse:
    """The page of one part of a measure, in the frame that all of them share.

    Of one that staff had entered by hand and withdrawn, at this moment, the page that says so and why, in place of any part.
    """
    if sight.by_hand is not None and sight.by_hand.withdrawn:
        gone = {"sight": sight, "why": sight.by_hand.withdrawn, "seen_at": sight.measure.seen_at}
        return render(request, "pages/measure_withdrawn.html", gone, status=HTTPStatus.GONE)
    template = "pages/measure.html" if part == "overview" else f"pages/measure_{part}.html"
    return render(request, template, {**frame(sight, part), **context})
