"""Topics at the desk: made, named, described, ordered, and filled from what their rules propose."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import topic_rules, topics
from tracker.desk.doors import allowed, who
from tracker.desk.models import Entry, Topic, TopicMeasure
from tracker.desk.permissions import Right, may
from tracker.desk.topics import TopicWords
from tracker.desk.views.said import heard, say
from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure

PER_PAGE = 100
NONE = TopicWords("")


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All topics in their order, with what is in each and what is proposed; a form for a new one."""
    return _list(request, NONE, {})


@allowed(Right.ORDER_TOPICS)
@require_POST
def make(request: HttpRequest) -> HttpResponse:
    words = _words(request)
    try:
        topic = topics.make(words, who(request))
    except topics.Refused as refused:
        return _list(request, words, refused.faults, HTTPStatus.UNPROCESSABLE_ENTITY)
    say(request, f"The topic “{topic.name}” is made.")
    return redirect(f"/desk/topics/{topic.pk}/")


def _list(
    request: HttpRequest, words: TopicWords, errors: dict[str, str], status: int = HTTPStatus.OK
) -> HttpResponse:
    rows = list(Topic.objects.order_by("position", "id"))
    counts = topics.counts()
    proposals = topic_rules.proposals(rows)
    context: dict[str, Any] = {
        "topics": [(row, counts.get(row.pk, 0), proposals.get(row.pk, 0)) for row in rows],
        "words": words,
        "errors": errors,
        "said": heard(request),
        "may_order": may(request.user, Right.ORDER_TOPICS),
    }
    return render(request, "desk/topics.html", context, status=status)


@allowed(Right.USE_DESK)
@require_safe
def topic(request: HttpRequest, pk: int) -> HttpResponse:
    """One topic: its words, its measures, and what its rule proposes."""
    return _draw(request, get_object_or_404(Topic, pk=pk))


@allowed(Right.ORDER_TOPICS)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    found, words = get_object_or_404(Topic, pk=pk), _words(request)
    try:
        topics.change(found, words, who(request), read=request.POST.get("read", ""))
    except topics.Refused as refused:
        return _draw(request, found, words, refused.faults, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except topics.Overtaken as overtaken:
        return _draw(request, overtaken.now, words, overtaken=overtaken.now, status=HTTPStatus.CONFLICT)
    say(request, "The topic is kept.")
    return redirect(f"/desk/topics/{pk}/")


@allowed(Right.ORDER_TOPICS)
@require_POST
def move(request: HttpRequest, pk: int) -> HttpResponse:
    """Up or down by one (`to`), or to the place of a number."""
    found = get_object_or_404(Topic, pk=pk)
    to = request.POST.get("to", "")
    order = list(Topic.objects.order_by("position", "id").values_list("pk", flat=True))
    here = order.index(pk) + 1
    place = {"up": here - 1, "down": here + 1}.get(to)
    if place is None:
        given = request.POST.get("place", "")
        place = int(given) if given.isascii() and given.isdecimal() and len(given) < 6 else here
    topics.put_at(found, place, who(request))
    return redirect(f"/desk/topics/#t-{pk}")


@allowed(Right.ORDER_TOPICS)
@require_POST
def decide(request: HttpRequest, pk: int) -> HttpResponse:
    """Take what is proposed in, or refuse it, or take measures out: one, those chosen, or all that are shown."""
    found, me = get_object_or_404(Topic, pk=pk), who(request)
    do = request.POST.get("do", "")
    one = request.POST.get("one", "")  # "put_in 1198000145": the button of one row
    if one:
        do, _, number = one.partition(" ")
        given = [number]
    else:
        given = request.POST.getlist("shown" if request.POST.get("all") else "chosen")
    measures = [int(text) for text in given if text.isascii() and text.isdecimal() and len(text) < 19]
    deeds = {"put_in": topics.put_in, "refuse": topics.refuse, "take_out": topics.take_out}
    if do not in deeds:
        say(request, "Nothing was done: choose what to do.")
    elif not measures:
        say(request, "Nothing was done: choose measures.")
    else:
        count = deeds[do](found, measures[: topics.MOST_AT_ONCE], me)
        words = {"put_in": "put in", "refuse": "refused, and not proposed again", "take_out": "taken out"}[do]
        say(request, f"{count:,} measure{'' if count == 1 else 's'} {words}.")
    return redirect(f"/desk/topics/{pk}/")


@allowed(Right.ORDER_TOPICS)
@require_POST
def delete(request: HttpRequest, pk: int) -> HttpResponse:
    found = get_object_or_404(Topic, pk=pk)
    try:
        topics.delete(found, who(request))
    except topics.Refused as refused:
        return _draw(request, found, None, refused.faults, status=HTTPStatus.CONFLICT)
    say(request, f"The topic “{found.name}” is deleted.")
    return redirect("/desk/topics/")


def _words(request: HttpRequest) -> TopicWords:
    sent = request.POST
    return TopicWords(
        sent.get("name", "").replace("\0", ""),
        sent.get("slug", ""),
        sent.get("description", "").replace("\r\n", "\n"),
        sent.get("rule", ""),
        bool(sent.get("is_public")),
    )


def _draw(
    request: HttpRequest,
    found: Topic,
    words: TopicWords | None = None,
    errors: dict[str, str] | None = None,
    *,
    overtaken: Topic | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    kept = TopicWords.of(found)
    proposed: list[Measure] = []
    proposed_count, broken = 0, ""
    try:
        rows = topic_rules.proposed(found)
        proposed_count, proposed = rows.order_by().count(), list(rows[:PER_PAGE])
    except BadFilter as problem:
        broken = str(problem)
    inside = Measure.objects.filter(
        pk__in=TopicMeasure.objects.filter(topic=found, refused=False).values("measure_id")
    )
    context: dict[str, Any] = {
        "topic": found,
        "words": words or kept,
        "kept": kept,
        "errors": errors or {},
        "overtaken": overtaken,
        "proposed": proposed,
        "proposed_count": proposed_count,
        "broken": broken,
        "measures": list(inside.order_by("-changed_at", "-pk")[:PER_PAGE]),
        "measures_count": inside.count(),
        "refused": TopicMeasure.objects.filter(topic=found, refused=True).count(),
        "entries": list(
            Entry.objects.filter(topic=found).select_related("author").order_by("-changed_at")[:20]
        ),
        "said": heard(request),
        "may_order": may(request.user, Right.ORDER_TOPICS),
    }
    return render(request, "desk/topic.html", context, status=status)
