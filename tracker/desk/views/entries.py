"""The desk's list of entries, and what can be done to many of them at once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import entries as desk
from tracker.desk import entry_list, publishing, subjects
from tracker.desk.doors import allowed, who
from tracker.desk.entries import Overtaken, WrongState
from tracker.desk.entry_list import PAGE_SIZE, SORTS, EntryFilters, read_filters
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry, SavedList, User
from tracker.desk.permissions import ROLES, Right, may
from tracker.desk.views.entry_page import colleague

MOST_AT_ONCE = 100

# What can be done to many: its button, the right it needs, its sentence, and whether a reason is wanted.
BULK = {
    "ask": ("Ask for a review", Right.WRITE_ENTRY, "Ask for a review of"),
    "send_back": ("Send back", Right.REVIEW_ENTRY, "Send back to their writers"),
    "withdraw": ("Withdraw", Right.WITHDRAW_ENTRY, "Withdraw, so that readers see them no more,"),
}


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """The list. At most twelve queries, however many entries there are."""
    me = who(request)
    filters = read_filters(request.GET)
    try:
        found = entry_list.found(filters, me)
    except subjects.NotFound as nothing:
        filters = replace(filters, about="", problems={**filters.problems, "about": str(nothing)})
        found = entry_list.found(filters, me)
    states, kinds = entry_list.state_choices(filters, me)
    total = _shown(filters, states)
    last = max(1, -(-total // PAGE_SIZE))
    page = min(filters.page, last)
    rows = list(entry_list.in_order(found, filters)[(page - 1) * PAGE_SIZE : page * PAGE_SIZE])
    about, openings = subjects.of_entries(rows), entry_list.openings(rows)
    return render(
        request,
        "desk/entries.html",
        {
            "filters": filters,
            "asked_about": request.GET.get("about", "")[:200],
            "states": states,
            "kinds": kinds,
            "sorts": SORTS.items(),
            "people": User.objects.filter(is_active=True).order_by("name", "email"),
            "rows": [
                (
                    entry,
                    about[entry.pk],
                    entry_list.STATES[Entry.State(entry.state)],
                    openings.get(entry.pk, ""),
                )
                for entry in rows
            ],
            "total": total,
            "page": page,
            "last": last,
            "newer": _page_query(filters, page - 1) if page > 1 else "",
            "older": _page_query(filters, page + 1) if page < last else "",
            "saved_lists": SavedList.objects.filter(by=me, of=SavedList.Of.ENTRIES).order_by("name"),
            "bulk": [(name, words) for name, (words, right, _) in BULK.items() if may(me, right)],
        },
        status=HTTPStatus.BAD_REQUEST if filters.problems else HTTPStatus.OK,
    )


def _shown(filters: EntryFilters, states: Sequence[entry_list.Choice]) -> int:
    """How many entries the list has in all: the counts beside the states add up to it."""
    return sum(choice.count for choice in states if choice.chosen or not filters.state)


def _page_query(filters: EntryFilters, page: int) -> str:
    query = filters.query
    return f"{query}{'&' if query else ''}page={page}" if page > 1 else query


@allowed(Right.USE_DESK)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do one thing to all the chosen entries: first a page that names them all, then, once confirmed, one by one.

    Each entry is a transaction of its own: what cannot be done to one is said beside its name, and the others are done.
    """
    me, do = who(request), request.POST.get("do", "")
    chosen = [int(pk) for pk in request.POST.getlist("chosen") if pk.isdecimal() and len(pk) < 10]
    if do not in BULK:
        return HttpResponseRedirect("/desk/entries/")
    desk.demand(me, BULK[do][1])
    found = Entry.objects.filter(pk__in=chosen[:MOST_AT_ONCE])
    rows = list(found.select_related("author", "reviewer", "measure", "topic").order_by("id"))
    about = subjects.of_entries(rows)
    context: dict[str, Any] = {
        "do": do,
        "button": BULK[do][0],
        "sentence": BULK[do][2],
        "rows": [(entry, about[entry.pk], entry_list.STATES[Entry.State(entry.state)]) for entry in rows],
        "left_out": max(0, len(chosen) - MOST_AT_ONCE),
        "most": MOST_AT_ONCE,
        "reviewers": User.objects.filter(is_active=True, role__in=ROLES[Right.PUBLISH_ENTRY]).order_by("name", "email"),
        "note": request.POST.get("note", ""),
        "reviewer": request.POST.get("reviewer", ""),
        "back": request.POST.get("back", "")[:2000],
    }  # fmt: skip
    if request.POST.get("confirmed") != "yes" or not rows:
        return render(request, "desk/entries_bulk.html", context)
    note = request.POST.get("note", "").strip()
    if do in ("send_back", "withdraw") and not note:
        context["error"] = "Say why: whoever wrote them, or readers, will want to know."
        return render(request, "desk/entries_bulk.html", context, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    reviewer = colleague(request.POST.get("reviewer", ""))
    told = [(entry, about[entry.pk], _done(request, entry, do, note, reviewer)) for entry in rows]
    context |= {"told": told, "done": sum(not refused for *_, refused in told)}
    return render(request, "desk/entries_bulk.html", context)


def _done(request: HttpRequest, entry: Entry, do: str, note: str, reviewer: User | None) -> str:
    """Do it to one entry. What comes back is why it could not be done; nothing where it was."""
    me, given = who(request), request.POST.get(f"version-{entry.pk}", "")
    version = (
        int(given) if given.isdecimal() and len(given) < 10 else 0
    )  # that which the page of names showed
    try:
        if do == "ask":
            desk.ask(entry, me, version=version, reviewer=reviewer, note=note)
        elif do == "send_back":
            desk.send_back(entry, me, version=version, why=note)
        else:
            publishing.withdraw(entry, me, why=note)
    except NotValid as wrong:
        return " ".join(wrong.errors.values())
    except (WrongState, PermissionDenied) as refused:
        return str(refused)
    except Overtaken as overtaken:
        return f"Revision {overtaken.newest.number} was saved meanwhile. Read it first."
    return ""
