"""What staff published: the public log of all of it, and each entry's own page with its versions compared."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.db.models import Count, Max
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.views.decorators.http import require_safe

from tracker.desk import public_check, published
from tracker.desk.published import Shown
from tracker.desk.wordings import compare
from tracker.ledger.listing import BadFilter
from tracker.pages.clocks import only
from tracker.pages.http import public_page
from tracker.pages.paging import Cut, bounds
from tracker.pages.views.measures import page_number

PER_PAGE = 50


def _stamp_of_log(request: HttpRequest) -> list[object]:
    """How many there are as well: a topic that is no longer public takes what is about it along, and one renamed is named anew."""
    return list(published.readable().aggregate(Max("id"), Count("id"), Max("topic__changed_at")).values())


@require_safe
@public_page(_stamp_of_log)
def log(request: HttpRequest) -> HttpResponse:
    """Everything published, corrected and withdrawn, newest first."""
    only(request.GET, frozenset({"page"}))
    number = page_number(request.GET)
    total = published.readable().count()
    rows = published.log(bounds(number, PER_PAGE, total))
    return render(
        request, "pages/entries_log.html", {"page": Cut(rows, number, PER_PAGE, total), "paging": ""}
    )


def _stamp_of_entry(request: HttpRequest, number: int) -> list[object]:
    rows = published.readable().filter(entry=number)
    found = rows.aggregate(last=Max("id"), named=Max("topic__changed_at"))
    if found["last"] is None:
        raise _none_here(number)
    return [*found.values(), published.stamp_of_clauses(number), *public_check.stamp(number)]


@require_safe
@public_page(_stamp_of_entry)
def entry(request: HttpRequest, number: int) -> HttpResponse:
    """One entry as it stands, every publication of it, and two of them word by word (`from`, `to`; the last two)."""
    only(request.GET, frozenset({"from", "to"}))
    versions = published.history(number)
    if not versions:
        raise _none_here(number)
    context: dict[str, Any] = {
        "entry": published.led_to_clauses(versions[-1:])[0],
        "check": public_check.of(versions[-1]),
        "versions": versions[::-1],
        "first": versions[0],
        **_compared(request.GET, versions),
    }
    return render(request, "pages/entry_page.html", context)


def _none_here(number: int) -> Http404:
    return Http404(
        f"There is no entry {number} here. All that is published stands in the log of our entries."
    )


def _compared(query: QueryDict, versions: Sequence[Shown]) -> dict[str, Any]:
    """Two versions that may be read, and what became of the one in the other; {} where fewer than two may."""
    readable = {each.row.number: each for each in versions if each.withdrawn is None}
    numbers = list(readable)
    asked = [_version(query, name, numbers) for name in ("from", "to")]
    if len(numbers) < 2:
        return {}
    first, second = asked[0] or numbers[-2], asked[1] or numbers[-1]
    stretches = compare(readable[first].plain, readable[second].plain)
    return {"comparable": numbers, "compare_from": first, "compare_to": second, "stretches": stretches}


def _version(query: QueryDict, name: str, numbers: Sequence[int]) -> int | None:
    given = query.get(name)
    if not given:
        return None
    found = next((number for number in numbers if str(number) == given), None)
    if found is None:
        accepted = ", ".join(map(str, numbers)) or "none: nothing of it can be compared"
        raise BadFilter(name, given, "no version of this entry that can be read", accepted)
    return found
