"""The desk's list of measures."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_safe

from tracker.congress.citations import parse_citation
from tracker.congress.measures import TYPES
from tracker.congress.people import PARTIES
from tracker.congress.stages import STATUS_LABELS
from tracker.desk import care, lists
from tracker.desk.doors import allowed, who
from tracker.desk.measure_list import LAST_PAGE, PER_PAGE, SEEN, DeskFilters, page_number, rows
from tracker.desk.models import SavedList, Topic, User
from tracker.desk.permissions import Right, may
from tracker.desk.views.said import heard
from tracker.ledger import chain
from tracker.ledger.filters import BadFilter
from tracker.ledger.listing import SORTS
from tracker.ledger.models import Measure

_RESOLUTIONS_FIRST = ("sres", "hres", "sjres", "hjres", "sconres", "hconres", "s", "hr")


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list that the query string describes, with what the desk keeps of each measure. At most fifteen queries."""
    me = who(request)
    topics, people = list(Topic.objects.order_by("position", "id")), colleagues()
    context: dict[str, Any] = {
        "topics": topics,
        "people": people,
        "priorities": list(care.PRIORITIES),
        "seen_choices": SEEN.items(),
        "types": [(code, TYPES[code].abbreviation) for code in _RESOLUTIONS_FIRST],
        "statuses": STATUS_LABELS.items(),
        "parties": PARTIES.items(),
        "sorts": [(name, words) for name, words in SORTS.items() if name != "relevance"],
        "saved_lists": [(row, lists.address(row)) for row in lists.seen_by(me, SavedList.Of.MEASURES)],
        "said": heard(request),
        "may_change": may(me, Right.BULK),
        "head": chain.head(),
        "most": care.MOST_AT_ONCE,
    }
    try:
        filters = DeskFilters.from_query(request.GET)
        number = page_number(request.GET)
        found = filters.measures(me)
    except BadFilter as problem:
        context |= {
            "filters": DeskFilters(),
            "problem": problem,
            "typed": request.GET,
            "count": 0,
            "rows": [],
        }
        context |= {"sentence": "This address asks for something that the list does not have"}
        return render(request, "desk/measures.html", context, status=HTTPStatus.BAD_REQUEST)
    count = found.order_by().count()
    last = min(max(1, -(-count // PER_PAGE)), LAST_PAGE)
    number = min(number, last)
    context |= {
        "filters": filters,
        "count": count,
        "sentence": filters.sentence(count, people, topics),
        "rows": rows(list(found[(number - 1) * PER_PAGE : number * PER_PAGE]), me),
        "page": number,
        "last": last,
        "query": filters.query(),
        "others": _others(filters),
        "previous": filters.query(page=number - 1) if number > 1 else None,
        "next": filters.query(page=number + 1) if number < last else None,
    }
    return render(request, "desk/measures.html", context)


def _others(filters: DeskFilters) -> list[tuple[str, str]]:
    """Further values of filters whose control in the form shows but one, so that sending it keeps them."""
    rest = [(name, values[1:]) for name, values in filters.public.active.items()] + [
        ("topic", filters.topic[1:])
    ]
    return [(name, str(value)) for name, values in rest for value in values]


def colleagues() -> list[User]:
    """Whom a measure can be given to, by name."""
    return sorted(User.objects.filter(is_active=True), key=lambda person: person.called.casefold())


@allowed(Right.USE_DESK)
@require_safe
def quick_open(request: HttpRequest) -> HttpResponse:
    """From a citation in any spelling to the desk's page of the measure; from anything else to the list that it finds."""
    text = request.GET.get("q", "").strip()
    citation = parse_citation(text) if text and "\0" not in text else None
    if citation is not None:
        held = Measure.objects.filter(type=citation.type, number=citation.number).order_by("-congress")
        if citation.congress is not None:
            held = held.filter(congress=citation.congress)
        measure = held.first()
        if measure is not None:
            return redirect(f"/desk/measures/{measure.key}/")
    query = QueryDict(mutable=True)
    query["q"] = text  # what cannot be searched for is told beside the field
    return redirect(f"/desk/measures/?{query.urlencode()}" if text else "/desk/measures/")
