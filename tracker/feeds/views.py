"""The addresses of feeds and of the calendar: what each is about, and what makes it another one than before."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Sequence
from dataclasses import replace
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.db.models import Q, QuerySet
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render
from django.utils import timezone
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django.views.decorators.http import require_safe

from tracker.congress import calendar as days
from tracker.desk import public_topics, published
from tracker.desk.models import Topic
from tracker.feeds import atom, ical
from tracker.feeds.items import page
from tracker.ledger import chain
from tracker.ledger.filters import ordinal
from tracker.ledger.listing import BadFilter, MeasureFilters
from tracker.ledger.models import ChangeEvent, Committee, Cosponsorship, Measure, Member, Sponsorship
from tracker.packing import packed, takes_gzip

EVENTS_A_PAGE = 100
MAX_AGE = 300  # seconds that a feed may be shown without asking: programs ask again and again
NEWEST = "application/atom+xml; charset=utf-8"

View = Callable[..., HttpResponse]


def _told_what_was_wrong(view: View) -> View:
    """A parameter that means nothing is a 400 that names it, as on the pages."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except BadFilter as problem:
            return render(request, "400.html", {"problem": problem, "without": request.path}, status=400)

    return answer


@require_safe
@_told_what_was_wrong
def everything(request: HttpRequest) -> HttpResponse:
    """All changes, or those of some kinds or of the measures that filters choose. Shows the ledger's head."""
    return _of_list(request, "/changes/", "changes")


@require_safe
@_told_what_was_wrong
def measures(request: HttpRequest) -> HttpResponse:
    """The changes of a list of measures, by the same filters as its page."""
    return _of_list(request, "/measures/", "measures")


def _of_list(request: HttpRequest, path: str, name: str) -> HttpResponse:
    filters = MeasureFilters.from_query(request.GET, also=frozenset({"kind", "before"}))
    query = filters.query(sort=None)
    of = replace(filters, kind=()).sentence() if replace(filters, kind=()).active else "What changed"
    return _feed(
        request,
        _announced(filters),
        title=f"{of} – Whereas" if of == "What changed" else f"Changes: {of} – Whereas",
        name=f"{name}?{query}" if query else name,
        page_path=f"{path}?{query}" if query else path,
        head=name == "changes",
        query=query,
        stamp=public_topics.stamp_of_lists(),  # with a topic go the entries on it
    )


@require_safe
@_told_what_was_wrong
def measure(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The changes of one measure."""
    found = Measure.every.keyed(congress, type, number).first()
    if found is None:
        raise Http404(f"{type} {number} of the {ordinal(congress)} Congress is not held here.")
    return _feed(
        request,
        _announced(_only_kinds(request)).filter(measure=found),
        title=f"{found.citation} ({ordinal(congress)} Congress): changes – Whereas",
        name=found.key,
        page_path=found.get_absolute_url(),
        query=_only_kinds(request).query(),
        stamp=[found.last_event],
    )


@require_safe
@_told_what_was_wrong
def member(request: HttpRequest, bioguide: str) -> HttpResponse:
    """What changes in the measures that a member sponsors, each measure that the member joins or leaves, and our entries on them."""
    person = get_object_or_404(Member, pk=bioguide)
    theirs = Q(measure__in=Sponsorship.objects.filter(member=bioguide).values("measure_id"))
    joined = Cosponsorship.objects.filter(member=bioguide).values("measure_id")
    names = Q(measure__in=joined, kind__startswith="cosponsor_", subject=bioguide)
    entries = Q(pk__in=published.events_on_member(bioguide).values("event_id"))
    return _feed(
        request,
        _announced(_only_kinds(request)).filter(theirs | names | entries),
        title=f"{person.name}: what changed – Whereas",
        name=f"member/{bioguide}",
        page_path=f"/members/{bioguide}/",
        query=_only_kinds(request).query(),
    )


@require_safe
@_told_what_was_wrong
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """What changes in the measures that went to a committee or to one of its subcommittees."""
    found = get_object_or_404(Committee, pk=code)
    kinds = _only_kinds(request)
    return _feed(
        request,
        _announced(replace(kinds, committee=(code,))),
        title=f"{found.name}: what changed – Whereas",
        name=f"committee/{code}",
        page_path=f"/committees/{code}/",
        query=kinds.query(),
    )


@require_safe
@_told_what_was_wrong
def topic(request: HttpRequest, slug: str) -> HttpResponse:
    """What changes in the measures of one of the desk's topics. A topic that is not public is none."""
    found = get_object_or_404(Topic.objects.public(), slug=slug)
    chosen = found.measures.filter(refused=False).values("measure_id")
    entries = Q(measure=None, kind__startswith="entry_", after__contains=f'"topic/{found.pk}"')
    return _feed(
        request,
        _announced(_only_kinds(request)).filter(Q(measure__in=chosen) | entries),
        title=f"{found.name}: what changed – Whereas",
        name=f"topic/{found.pk}",
        page_path=found.get_absolute_url(),
        query=_only_kinds(request).query(),
        stamp=[chain.head().hash, found.changed_at],
    )


@require_safe
@_told_what_was_wrong
def calendar(request: HttpRequest) -> HttpResponse:
    """What happened to the measures of a list on which day, as iCalendar: the newest days first to be kept."""
    filters = MeasureFilters.from_query(request.GET)
    etag = _etag(request, [chain.head().hash, days.today()])
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is None:
        name = filters.sentence() if filters.active else "What Congress did"
        body = ical.render(ical.happenings(filters.measures().order_by()), name=name)
        unchanged = HttpResponse(body, content_type="text/calendar; charset=utf-8")
        unchanged["Content-Disposition"] = 'inline; filename="whereas.ics"'
    return _kept(request, unchanged, etag)


def _only_kinds(request: HttpRequest) -> MeasureFilters:
    """A feed of one thing takes `kind` and `before`, and none of the filters that choose measures."""
    filters = MeasureFilters.from_query(request.GET, also=frozenset({"kind", "before"}))
    for name in filters.active:
        if name != "kind":
            raise BadFilter(name, str(request.GET.get(name)), "no parameter of this feed", "before, kind")
    return filters


def _announced(filters: MeasureFilters) -> QuerySet[ChangeEvent]:
    return filters.events().announced(filters.kind)


def _before(request: HttpRequest) -> int | None:
    text = request.GET.get("before")
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadFilter("before", text, "not the number of a change", "the number of a change")
    return int(text)


def _feed(
    request: HttpRequest,
    events: QuerySet[ChangeEvent],
    *,
    title: str,
    name: str,
    page_path: str,
    query: str,
    head: bool = False,
    stamp: Sequence[object] | None = None,
) -> HttpResponse:
    etag = _etag(request, [chain.head().hash] if stamp is None else stamp)
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _kept(request, unchanged, etag)
    end = chain.head()
    before = _before(request)
    items, older = page(events.filter(pk__lt=before) if before else events, EVENTS_A_PAGE)
    here = f"{settings.SITE_URL}{request.path}"
    first = f"{here}?{query}" if query else here
    links = [] if older is None else [("next", _with(first, before=older))]
    if before:
        links.append(("first", first))
    newest = max((item.updated for item in items), default=None)
    body = atom.render(
        items,
        name=name,
        title=title,
        page_url=f"{settings.SITE_URL}{page_path}",
        self_url=_with(first, before=before) if before else first,
        links=links,
        # a feed of nothing says when the ledger last grew, so that the same ETag is the same body
        updated=newest or end.at or timezone.now().replace(microsecond=0),
        head=end if head else None,
    )
    return _kept(request, HttpResponse(body, content_type=NEWEST), etag)


def _with(address: str, **parameters: object) -> str:
    return f"{address}{'&' if '?' in address else '?'}{urlencode(parameters)}"


def _etag(request: HttpRequest, stamp: Sequence[object]) -> str:
    of_topics = public_topics.stamp_of_lists() if "topic" in request.GET else ()
    drawn_from = (settings.SITE_URL, request.get_full_path(), *stamp, *of_topics)
    return f'W/"{hashlib.sha256(repr(drawn_from).encode()).hexdigest()[:32]}"'


def _kept(request: HttpRequest, response: HttpResponse, etag: str) -> HttpResponse:
    if response.content and takes_gzip(request):
        response.content = packed(response.content)
        response["Content-Encoding"] = "gzip"
    patch_vary_headers(response, ["Accept-Encoding"])
    response["ETag"] = etag
    response["Access-Control-Allow-Origin"] = "*"
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    return response
