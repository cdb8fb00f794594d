"""One measure at the desk: who looks after it, its topics, what was written about it, what changed, who did what."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.congress.measures import TYPES, measure_type
from tracker.desk import care, seen, topics
from tracker.desk.doors import allowed, who
from tracker.desk.models import Act, Care, Entry, Topic, TopicMeasure, User
from tracker.desk.permissions import Right, may
from tracker.desk.views.measures import colleagues
from tracker.desk.views.said import heard, say
from tracker.ledger import chain
from tracker.ledger.filters import ordinal
from tracker.ledger.models import ChangeEvent, Measure, measure_pk
from tracker.ledger.words import tell

ACTS_SHOWN = 20
EVENTS_SHOWN = 40


def _measure(congress: int, type: str, number: int) -> Measure:
    found = None
    if type in TYPES and 0 < congress < 1000 and 0 < number < 1_000_000:
        found = Measure.objects.filter(pk=measure_pk(congress, type, number)).first()
    if found is None:
        raise Http404("This measure is not held here.")
    return found


@allowed(Right.USE_DESK)
@require_safe
def measure(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The page. At most fifteen queries."""
    return _draw(request, _measure(congress, type, number))


@allowed(Right.USE_DESK)
@require_POST
def keep(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Keep who looks after it, its priority and the note: all, or nothing with what was wrong beside its field."""
    found, me = _measure(congress, type, number), who(request)
    now = care.of(found)
    sent = {name: request.POST.get(name, "") for name in ("assigned_to", "priority", "note", "version")}
    version = sent["version"]
    try:
        given = care.look_after(
            found,
            me,
            version=int(version) if version.isascii() and version.isdecimal() and len(version) < 10 else -1,
            assigned_to=_person(sent["assigned_to"], now)
            if "assigned_to" in request.POST
            else now.assigned_to,
            priority=care.PRIORITIES.get(sent["priority"], 0) if "priority" in request.POST else now.priority,
            note=sent["note"] if "note" in request.POST else now.note,
        )
    except care.NotKept as problem:
        return _draw(request, found, sent=sent, errors=problem.errors, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except care.Overtaken as overtaken:
        return _draw(request, found, sent=sent, overtaken=overtaken.now, status=HTTPStatus.CONFLICT)
    say(request, "Kept." if given.version != int(version) else "Nothing was changed.")
    return redirect(f"/desk/measures/{found.key}/")


def _person(chosen: str, now: Care) -> User | None:
    """The colleague chosen. Raises NotKept for whoever is none."""
    if not chosen:
        return None
    found = None
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        found = User.objects.filter(pk=int(chosen)).first()
    if found is None:
        raise care.NotKept({"assigned_to": "Choose one of your colleagues, or nobody."})
    return found


@allowed(Right.ORDER_TOPICS)
@require_POST
def put_in_topics(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Have the measure in these topics and in no others."""
    found, me = _measure(congress, type, number), who(request)
    wanted = set(request.POST.getlist("topic"))
    inside = set(_inside(found).values_list("topic_id", flat=True))
    for topic in Topic.objects.all():
        if topic.slug in wanted and topic.pk not in inside:
            topics.put_in(topic, [found.pk], me)
        elif topic.slug not in wanted and topic.pk in inside:
            topics.take_out(topic, [found.pk], me)
    say(request, "Its topics are kept.")
    return redirect(f"/desk/measures/{found.key}/")


@allowed(Right.USE_DESK)
@require_POST
def mark_seen(request: HttpRequest) -> HttpResponse:
    """Mark as seen what one measure (`measure`, its row id), or each of several, showed up to the event `till`."""
    till = request.POST.get("till", "")
    given = [
        text
        for text in request.POST.getlist("measure")
        if text.isascii() and text.isdecimal() and len(text) < 19
    ]
    if till.isascii() and till.isdecimal() and len(till) < 19:
        count = seen.mark(who(request), [int(text) for text in given[: care.MOST_AT_ONCE]], int(till))
        say(request, f"{count:,} measure{'' if count == 1 else 's'} marked as seen.")
    back = request.POST.get("back", "")
    return redirect(back if back.startswith("/desk/") and "\\" not in back else "/desk/")


def _inside(found: Measure) -> Any:
    return TopicMeasure.objects.filter(measure=found, refused=False)


def _draw(
    request: HttpRequest,
    found: Measure,
    *,
    sent: dict[str, str] | None = None,
    errors: Any = None,
    overtaken: Care | None = None,
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    me = who(request)
    kept = overtaken or care.of(found)
    news = seen.news_of(me, found)
    events = list(ChangeEvent.objects.announced().filter(measure=found).order_by("-id")[:EVENTS_SHOWN])
    inside = set(_inside(found).values_list("topic_id", flat=True))
    entries = care.entries_of(found)
    shown = sent or {
        "assigned_to": str(kept.assigned_to_id or ""),
        "priority": kept.get_priority_display(),
        "note": kept.note,
    }
    context: dict[str, Any] = {
        "measure": found,
        "type_name": measure_type(found.type).name,
        "congress": ordinal(found.congress),
        "care": kept,
        "shown": shown,
        "errors": errors or {},
        "overtaken": overtaken,
        "people": colleagues(),
        "priorities": list(care.PRIORITIES),
        "topics": [(topic, topic.pk in inside) for topic in Topic.objects.order_by("position", "id")],
        "entries": entries,
        "news": news,
        "days": _days(events),
        "acts": _acts(found, entries),
        "head": chain.head(),
        "said": heard(request),
        "may_assign": may(me, Right.ASSIGN),
        "may_order": may(me, Right.ORDER_TOPICS),
    }
    return render(request, "desk/measure.html", context, status=status)


def _acts(found: Measure, entries: list[Entry]) -> list[Act]:
    """Who did what lately with the measure, and with what was written about it. One query."""
    of = [found.key, *(f"entry/{entry.pk}" for entry in entries)]
    return list(Act.objects.filter(object__in=of).select_related("by").order_by("-id")[:ACTS_SHOWN])


def _days(events: list[ChangeEvent]) -> list[tuple[Any, list[Any]]]:
    """What changed lately, by document: when it was learned, and the lines that tell it."""
    found: dict[Any, list[ChangeEvent]] = {}
    for event in events:
        found.setdefault((event.observed_at, event.document_id), []).append(event)
    return [(observed, tell(reversed(several))) for (observed, _), several in found.items()]
