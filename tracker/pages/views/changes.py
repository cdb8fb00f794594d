"""Everything that changed, newest first; on an open page new changes appear above by themselves."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import Any

from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, QueryDict
from django.views.decorators.http import require_safe

from tracker.congress.measures import TYPES
from tracker.desk import public_topics
from tracker.ledger import chain
from tracker.ledger.listing import BadFilter, MeasureFilters
from tracker.ledger.models import ChangeEvent, Committee
from tracker.ledger.words import KIND_LABELS
from tracker.pages.changed import change_days, whole_documents, with_measures
from tracker.pages.facets import Choice
from tracker.pages.http import is_fragment, keep_private, public_page, render_part, vary_by_part
from tracker.pages.paging import change_number
from tracker.pages.views.measures import chips

PER_PAGE = 100  # events
CURSORS = ("before", "after")

_RESOLUTIONS_FIRST = ("sres", "hres", "sjres", "hjres", "sconres", "hconres", "s", "hr")


@dataclass(frozen=True, slots=True)
class _Asked:
    """What the address asks for: which changes, and from where in the log."""

    filters: MeasureFilters
    before: int | None
    after: int | None

    def events(self) -> QuerySet[ChangeEvent]:
        """Newest first. First loads, and what came with Whereas, are told to nobody, unless asked for by name."""
        return self.filters.events().announced(self.filters.kind)

    def address(self, **changes: Any) -> str:
        query = self.filters.query(**changes)
        return f"/changes/?{query}" if query else "/changes/"


def _stamp(request: HttpRequest) -> tuple[object, ...]:
    """What the desk wrote about a topic goes from here with the topic."""
    return public_topics.stamp_of_lists()


@require_safe
@public_page(_stamp)
def changes(request: HttpRequest) -> HttpResponse:
    """A page of the log, from its end, or from where `before` or `after` points. An open page asks with `after`."""
    asked = _read(request.GET)
    if asked.after is not None and is_fragment(request):
        return _arrived(request, asked, asked.after)
    if asked.after is not None:
        return _newer(request, asked, asked.after)
    events = asked.events()
    if asked.before is not None:
        events = events.filter(pk__lt=asked.before)
    found = list(with_measures(events)[: PER_PAGE + 1])
    shown = whole_documents(found, PER_PAGE)
    return _page(request, asked, shown, has_older=len(found) > len(shown))


def _read(query: QueryDict) -> _Asked:
    filters = MeasureFilters.from_query(query, also=frozenset({"kind", *CURSORS}))
    before, after = (change_number(query, name) for name in CURSORS)
    if before is not None and after is not None:
        raise BadFilter("after", str(after), "beside before, which points the other way", "one of both")
    return _Asked(filters, before, after)


def _arrived(request: HttpRequest, asked: _Asked, after: int) -> HttpResponse:
    """For a page that is open: what came after the change it knows last. Nothing new costs one query and says nothing."""
    head = chain.head()
    if head.count <= after:
        nothing = HttpResponse(status=204)
        vary_by_part(nothing)
        keep_private(nothing)
        return nothing
    found = list(with_measures(asked.events().filter(pk__gt=after, pk__lte=head.count))[: PER_PAGE + 1])
    context = {
        "head": head,
        "days": change_days(found) if len(found) <= PER_PAGE else [],
        "too_many": PER_PAGE if len(found) > PER_PAGE else 0,
        "here": asked.address(),
        "look": asked.address(after=head.count),
    }
    return render_part(request, "pages/changes.html", context, part="arrived")


def _newer(request: HttpRequest, asked: _Asked, after: int) -> HttpResponse:
    """The page before this one in time's order; the newest page has an address of its own."""
    found = list(with_measures(asked.events().filter(pk__gt=after).order_by("pk"))[: PER_PAGE + 1])
    if len(found) <= PER_PAGE:
        return HttpResponseRedirect(asked.address())
    shown = whole_documents(found, PER_PAGE)
    return _page(request, replace(asked, before=shown[-1].pk + 1), shown[::-1], has_older=True)


def _page(request: HttpRequest, asked: _Asked, shown: list[ChangeEvent], *, has_older: bool) -> HttpResponse:
    head = chain.head()
    filters = asked.filters
    names = dict(Committee.objects.filter(pk__in=filters.committee).values_list("code", "name"))
    context: dict[str, Any] = {
        "filters": filters,
        "subject": _of_what(filters),
        "head": head,
        "days": change_days(shown),
        "kinds": _kinds(asked),
        "types": [Choice(t, TYPES[t].abbreviation, 0, t in filters.type) for t in _RESOLUTIONS_FIRST],
        "chips": chips(filters, names),
        "kept": _kept(filters),
        "feed": filters.query(sort=None),
        "days_of": filters.query(sort=None, kind=None),
        "older": asked.address(before=shown[-1].pk) if has_older and shown else None,
        "newer": asked.address(after=shown[0].pk) if asked.before is not None and shown else None,
        "look": asked.address(after=head.count) if asked.before is None else None,
        "loaded": ChangeEvent.objects.filter(kind="loaded").count() if not shown else 0,
    }
    response = render_part(request, "pages/changes.html", context, part="list")
    if is_fragment(request):
        response["HX-Push-Url"] = asked.address()
    return response


def _of_what(filters: MeasureFilters) -> str:
    """ "Senate resolutions, with “Iran”", to stand inside a sentence."""
    words = replace(filters, kind=()).sentence()
    return words if words.startswith(("House", "Senate")) else words[0].lower() + words[1:]


def _kinds(asked: _Asked) -> list[Choice]:
    """Every kind of change there is among these, with its number; those in use always."""
    every = replace(asked.filters, kind=()).events().order_by()
    found = dict(every.values_list("kind").annotate(number=Count("pk")).order_by())
    chosen = asked.filters.kind
    return [
        Choice(kind, label, found.get(kind, 0), kind in chosen)
        for kind, label in KIND_LABELS.items()
        if kind in found or kind in chosen
    ]


def _kept(filters: MeasureFilters) -> list[tuple[str, str]]:
    """Filters in use that this page has no control for, so that sending its form keeps them."""
    query = QueryDict(filters.query(kind=None, type=None, q=None, sort=None))
    return [(name, value) for name in query for value in query.getlist(name)]
