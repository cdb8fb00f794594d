"""Lists under a name: one's own, and those that colleagues share."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.desk import entry_list, lists
from tracker.desk.doors import allowed, who
from tracker.desk.measure_list import DeskFilters
from tracker.desk.models import SavedList
from tracker.desk.permissions import Right
from tracker.desk.views.said import heard, say
from tracker.ledger.filters import BadFilter


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All lists that this person sees."""
    return _draw(request)


def _draw(
    request: HttpRequest, wrong: tuple[int, str] | None = None, status: int = HTTPStatus.OK
) -> HttpResponse:
    me = who(request)
    rows = [(row, lists.address(row), row.by_id == me.pk) for row in lists.seen_by(me)]
    context: dict[str, Any] = {
        "mine": [row for row in rows if row[2]],
        "shared": [row for row in rows if not row[2]],
        "said": heard(request),
        "wrong": wrong,
    }
    return render(request, "desk/lists.html", context, status=status)


@allowed(Right.USE_DESK)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """Give a list a name. The address holds what it is of (`of`) and its filters."""
    given = request.POST if request.method == "POST" else request.GET
    of = given.get("of", "")
    if of not in SavedList.Of.values:
        return redirect("/desk/lists/")
    query = given.get("query", "") if request.method == "POST" else _rest(request.GET)
    wrong = ""
    try:
        kept = _as_kept(of, query)
    except BadFilter as problem:
        kept, wrong = query, f"This list cannot be kept: {problem}."
    if request.method == "POST" and not wrong:
        try:
            row = lists.save(who(request), of, given.get("name", ""), kept, shared=bool(given.get("shared")))
        except lists.NotKept as problem:
            wrong = str(problem)
        else:
            say(request, f"The list “{row.name}” is saved.")
            return redirect(lists.address(row) if of == SavedList.Of.MEASURES else "/desk/lists/")
    context = {
        "of": of,
        "query": kept,
        "name": given.get("name", ""),
        "shared": given.get("shared"),
        "wrong": wrong,
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if wrong else HTTPStatus.OK
    return render(request, "desk/list_new.html", context, status=status)


def _rest(query: QueryDict) -> str:
    rest = query.copy()
    for name in ("of", "page"):
        rest.pop(name, None)
    return rest.urlencode()


def _as_kept(of: str, query: str) -> str:
    """The filters as their list writes them. Raises BadFilter for what that list would not understand."""
    if of == SavedList.Of.MEASURES:
        return DeskFilters.from_query(QueryDict(query[: lists.LONGEST_QUERY])).query()
    filters = entry_list.read_filters(QueryDict(query[: lists.LONGEST_QUERY]))
    for name, words in filters.problems.items():
        raise BadFilter(name, "", words.rstrip("."), "the filters of the list")
    return filters.query


@allowed(Right.USE_DESK)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """Rename one's own list, share it or not, or delete it (`do`)."""
    me = who(request)
    row = get_object_or_404(lists.seen_by(me), pk=pk)
    if request.POST.get("do") == "delete":
        lists.delete(me, row)
        say(request, f"The list “{row.name}” is deleted.")
        return redirect("/desk/lists/")
    try:
        lists.rename(me, row, request.POST.get("name", ""), shared=bool(request.POST.get("shared")))
    except lists.NotKept as problem:
        return _draw(request, (pk, str(problem)), HTTPStatus.UNPROCESSABLE_ENTITY)
    say(request, "The list is kept.")
    return redirect("/desk/lists/")
