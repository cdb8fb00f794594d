"""Committees: by chamber with their subcommittees, and what came to one of them."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.ledger import chain
from tracker.ledger.health import LEGISLATORS
from tracker.ledger.models import (
    Committee,
    CommitteeActivity,
    CommitteeReferral,
    CommitteeSeat,
    Measure,
    Member,
    Source,
)
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.paging import cut_query
from tracker.pages.quoted import web_address
from tracker.pages.templatetags.measure import without_chamber
from tracker.pages.templatetags.record import plain_day
from tracker.pages.views.measures import Entry, page_number

MEASURES_A_PAGE = 50
ACTIVITIES_AT_A_GLANCE = 15

CHAMBERS = {"senate": "Senate", "house": "House", "joint": "Joint", None: "Chamber not known"}


@dataclass(slots=True)
class Branch:
    """A committee, how many measures came to it, and its subcommittees."""

    committee: Committee
    measures: int
    subcommittees: list[Branch] = field(default_factory=list)


def _stamp(request: HttpRequest) -> list[object]:
    """Committees and seats change with an answer of their source, what came to them with the ledger."""
    changed = Source.objects.filter(name=LEGISLATORS).values_list("changed_at", flat=True)
    return [chain.head().hash, *changed]


def _stamp_of_committee(request: HttpRequest, code: str) -> list[object]:
    return _stamp(request)


@require_safe
@public_page(_stamp)
def committees(request: HttpRequest) -> HttpResponse:
    """All committees that are known, today's by chamber, then those that only older records name."""
    only(request.GET)
    rows = list(Committee.objects.order_by("name", "code"))
    counts = dict(
        CommitteeReferral.objects.order_by()
        .values_list("code")
        .annotate(count=Count("measure_id", distinct=True))
    )
    listed = any(row.from_list for row in rows)
    branches = _branches([row for row in rows if row.current or not listed], counts)
    former = _branches([row for row in rows if not row.current and listed and counts.get(row.code)], counts)
    context: dict[str, Any] = {
        "chambers": [
            (
                name,
                chamber or "unknown",
                sorted(
                    (branch for branch in branches if branch.committee.chamber == chamber),
                    key=lambda branch: without_chamber(branch.committee.name),
                ),
            )
            for chamber, name in CHAMBERS.items()
        ],
        "former": former,
        "count": sum(1 for row in rows if row.current and row.parent is None),
        "listed": listed,
        "source": Source.objects.filter(name=LEGISLATORS).first(),
    }
    return render(request, "pages/committees.html", context)


def _branches(rows: list[Committee], counts: dict[str | None, int]) -> list[Branch]:
    """The committees of these rows with their subcommittees; one whose parent is not among them stands by itself."""
    branches = {row.code: Branch(row, counts.get(row.code, 0)) for row in rows}
    roots = []
    for branch in branches.values():
        parent = branches.get(branch.committee.parent or "")
        if parent is None:
            roots.append(branch)
        else:
            parent.subcommittees.append(branch)
    return roots


@require_safe
@public_page(_stamp_of_committee)
def committee(request: HttpRequest, code: str) -> HttpResponse:
    """One committee: who sits on it, what came to it, newest first, and what it did lately."""
    only(request.GET, frozenset({"page"}))
    number = page_number(request.GET)
    found = Committee.objects.filter(pk=code).first()
    if found is None:
        raise Http404(f"No committee with the code {code} is held here.")
    came = Measure.objects.filter(pk__in=CommitteeReferral.objects.filter(code=code).values("measure_id"))
    totals = came.aggregate(count=Count("pk"), last=Max("introduced_on"))
    page = cut_query(came.order_by("-introduced_on", "-pk"), number, MEASURES_A_PAGE, totals["count"])
    seats = list(CommitteeSeat.objects.filter(committee=code).order_by("side", "rank", "pk"))
    people = Member.objects.in_bulk([seat.member for seat in seats])
    activities = CommitteeActivity.objects.filter(code=code, at__isnull=False).select_related("measure")
    family = list(Committee.objects.filter(parent=found.parent or code).order_by("name", "code"))
    context: dict[str, Any] = {
        "committee": found,
        "chamber": CHAMBERS.get(found.chamber),
        "parent": Committee.objects.filter(pk=found.parent).first() if found.parent else None,
        "subcommittees": [] if found.parent else family,
        "sides": [
            (side, [(people.get(seat.member), seat) for seat in seats if seat.side == side])
            for side in dict.fromkeys(seat.side for seat in seats)
        ],
        "page": page,
        "measures": [Entry(row, row.introduced_on, "introduced") for row in page.rows],
        "lead": _lead(found, totals["count"], totals["last"]),
        "committee_url": web_address(found.url),
        "activities": list(activities.order_by("-at", "-measure_id", "position")[:ACTIVITIES_AT_A_GLANCE]),
        "source": Source.objects.filter(name=LEGISLATORS).first(),
    }
    return render(request, "pages/committee.html", context)


def _lead(committee: Committee, count: int, last_on: date | None) -> str:
    """How many measures came to it, and the newest one's day."""
    if not count:
        return "No measure held here was referred to it."
    came = f"{count:,} measure{' held here was' if count == 1 else 's held here were'} referred to it"
    return f"{came}; the newest was introduced on {plain_day(last_on)}." if last_on else f"{came}."
