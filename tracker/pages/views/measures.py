"""The list of measures: filters, their counts, and one page of fifty."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_safe

from tracker.desk import public_topics
from tracker.ledger import chain
from tracker.ledger.filters import FILTERS
from tracker.ledger.listing import SORTS, BadFilter, Chip, MeasureFilters
from tracker.ledger.models import ChangeEvent, Committee, Measure, Member
from tracker.ledger.words import KIND_LABELS, brief
from tracker.pages import facets
from tracker.pages.changed import anything_new
from tracker.pages.finding import direct
from tracker.pages.http import is_fragment, public_page, render_part
from tracker.pages.paging import Cut, bounds

PER_PAGE = 50
LAST_PAGE = 500

_SHOWN = (
    "congress",
    "type",
    "number",
    "title",
    "status",
    "sponsor_member",
    "sponsor_name",
    "sponsor_party",
    "sponsor_state",
    "cosponsor_count",
    "withdrawn_count",
    "cosponsors_by_party",
    "introduced_on",
    "latest_on",
    "last_event",
    "origin",
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One measure in the list, and what happened to it last: the day and a word or two."""

    measure: Measure
    on: date | None
    what: str


def _stamp(request: HttpRequest) -> tuple[object, ...]:
    return public_topics.stamp_of_lists()


@require_safe
@public_page(_stamp)
def measures(request: HttpRequest) -> HttpResponse:
    """The list that the query string describes. A citation alone, of a measure that is held, leads straight to it."""
    filters = MeasureFilters.from_query(request.GET, also=frozenset({"page"}))
    number = page_number(request.GET)
    if filters == MeasureFilters(q=filters.q) and "page" not in request.GET and not is_fragment(request):
        found = direct(filters.q)
        if found is not None:
            return HttpResponseRedirect(found)
    if not (filters.sort or filters.q or anything_new()):
        filters = replace(filters, sort="introduced")  # a first load ends with its oldest Congress
    counts = facets.counts(filters)
    rows = filters.measures().only(*_SHOWN)[bounds(number, PER_PAGE, counts.total)]
    page = Cut(list(_entries(rows, filters)), number, PER_PAGE, counts.total)
    names = dict(Committee.objects.values_list("code", "name"))
    context: dict[str, Any] = {
        "filters": filters,
        "head": chain.head(),
        "api_query": filters.query(),
        "sentence": filters.sentence(counts.total),
        "page": page,
        "facets": counts.facets,
        "committees": facets.committees(filters, names),
        "topics": facets.topics(filters),
        "others": _other_values(filters),
        "chips": chips(filters, names),
        "sorted_words": SORTS[filters.sorted_by],
        "mixed": len({entry.measure.congress for entry in page.rows}) > 1,
        "sorts": [(name, words) for name, words in SORTS.items() if name != "relevance"],
        "dropping": _dropping(filters, names) if not counts.total else None,
        "next": filters.query(page=page.next) if page.next and page.next <= LAST_PAGE else None,
        "previous": filters.query(page=page.previous) if page.previous else None,
    }
    response = render_part(request, "pages/measures.html", context, part="list")
    if is_fragment(request):
        query = filters.query()
        response["HX-Push-Url"] = f"{request.path}?{query}" if query else request.path
    return response


def page_number(query: QueryDict) -> int:
    """The page asked for, from 1. Raises BadFilter for anything but a number that a list can have."""
    given = query.get("page") or "1"
    if not (given.isascii() and given.isdigit()) or not 1 <= int(given[:9]) <= LAST_PAGE:
        accepted = f"a number from 1 to {LAST_PAGE}; the API reads on from there"
        raise BadFilter("page", given, "not a page of this list", accepted)
    return int(given)


def chips(filters: MeasureFilters, committees: Mapping[str, str]) -> list[Chip]:
    """Each value in use, named, with the list that drops it. Costs one query where a member is among them."""
    named = {"committee": committees, "sponsor": _members(filters.sponsor), "kind": KIND_LABELS}
    found = []
    for name, values in filters.active.items():
        for value in values:
            words = named[name].get(value, value) if name in named else FILTERS[name].words((value,))
            rest = [FILTERS[name].text(other) for other in values if other != value]
            found.append(Chip(name, FILTERS[name].text(value), words, filters.query(**{name: rest})))
    return found


def _members(ids: Sequence[str]) -> dict[str, str]:
    return dict(Member.objects.filter(pk__in=ids).values_list("pk", "name")) if ids else {}


def _entries(rows: Any, filters: MeasureFilters) -> Iterator[Entry]:
    found = list(rows)
    events = ChangeEvent.objects.filter(pk__in=[measure.last_event for measure in found])
    last = {event.pk: event for event in events.only("kind", "occurred_on")}
    for measure in found:
        if filters.sorted_by == "introduced":
            yield Entry(measure, measure.introduced_on, "introduced")
            continue
        event = last.get(measure.last_event)
        if event is None or event.kind in ("loaded", "introduced") or event.occurred_on is None:
            begun = measure.latest_on is None or measure.latest_on == measure.introduced_on
            yield Entry(
                measure, measure.latest_on or measure.introduced_on, "introduced" if begun else "last action"
            )
        else:
            yield Entry(measure, event.occurred_on, brief(event.kind))


def _other_values(filters: MeasureFilters) -> list[tuple[str, str]]:
    """What is in use and has no control of its own in the form, so that sending it keeps them."""
    kept = [("sponsor", member) for member in filters.sponsor]
    kept += [("committee", code) for code in filters.committee[1:]]
    kept += [("subject", name) for name in filters.subject[1:]]
    kept += [("topic", slug) for slug in filters.topic[1:]]
    return kept


@dataclass(frozen=True, slots=True)
class Dropping:
    """The one filter whose absence would help most."""

    words: str
    count: int
    query: str


def _dropping(filters: MeasureFilters, committees: Mapping[str, str]) -> Dropping | None:
    best = facets.dropping(filters)
    if best is None:
        return None
    name, count = best
    if name == "q":
        words = filters.q
    else:
        words = ", ".join(chip.words for chip in chips(filters, committees) if chip.parameter == name)
    return Dropping(words, count, filters.query(**{name: None}))
