"""Beginning an entry: what it is about, and of which kind."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tracker.desk import entries, subjects
from tracker.desk.doors import allowed, who
from tracker.desk.entry_list import STATES
from tracker.desk.models import Entry, Kind
from tracker.desk.permissions import Right
from tracker.desk.subjects import Subject

KINDS = {
    Kind.KEY_POINTS: "What it says, point by point, each beside the official words. Of a measure.",
    Kind.STATUS_UPDATE: "What you learned before the record shows it, with where you saw it.",
    Kind.NOTE: "Anything else that a reader should know.",
    Kind.PRESS_COVERAGE: "An article about it: outlet, headline, day, address.",
    Kind.CORRECTION: "What somebody said wrong of it, and what is right.",
    Kind.POSITION: "Where somebody outside Congress stands.",
}


@allowed(Right.WRITE_ENTRY)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    """A GET prepares, as a link from a measure's page does; only a POST with a certain subject and a kind begins an entry."""
    asked = request.POST if request.method == "POST" else request.GET
    about, kind = asked.get("about", "").strip(), asked.get("kind", "")
    errors: dict[str, str] = {}
    found: list[Subject] = []
    if about or request.method == "POST":
        try:
            found = subjects.find(about)
        except subjects.NotFound as nothing:
            errors["about"] = str(nothing)
    if kind and kind not in Kind.values:
        errors["kind"] = f"“{kind[:40]}” is no kind of entry. Choose one of these."
        kind = ""
    elif not kind and request.method == "POST":
        errors["kind"] = "Choose what kind of entry it is."
    if len(found) == 1 and kind == Kind.KEY_POINTS and found[0].measure is None:
        errors["kind"] = "Key points retell a measure’s text. Choose another kind for a member or a topic."
    status = HTTPStatus.OK
    if request.method == "POST":
        if len(found) > 1:
            errors["about"] = "This can mean several. Choose one below."
        if not errors:
            entry = entries.start(who(request), kind, found[0].columns)
            return HttpResponseRedirect(f"/desk/entries/{entry.pk}/edit/")
        status = HTTPStatus.UNPROCESSABLE_ENTITY
    return render(
        request,
        "desk/entry_new.html",
        {
            "about": found[0].key if len(found) == 1 else about[:200],
            "found": found,
            "one": found[0] if len(found) == 1 else None,
            "kind": kind,
            "kinds": [(str(value), value.label, words) for value, words in KINDS.items()],
            "errors": errors,
            "there": _there(found[0]) if len(found) == 1 else [],
        },
        status=status,
    )


def _there(subject: Subject) -> list[tuple[Entry, str]]:
    """What the desk has on it already, so that nobody writes it twice."""
    entries = Entry.objects.filter(**subject.columns_set).select_related("author")
    return [
        (entry, STATES[Entry.State(entry.state)]) for entry in entries.order_by("-changed_at", "-id")[:12]
    ]
