"""The steps of an entry's way, each a button of its page: one function of the desk called, its refusal shown where it belongs."""

from __future__ import annotations

from collections.abc import Callable
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.views.decorators.http import require_POST

from tracker.desk import entries, publishing
from tracker.desk.doors import allowed, who
from tracker.desk.entries import Overtaken, WrongState
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry
from tracker.desk.permissions import Right
from tracker.desk.views.entry_page import colleague, draw, entry_of

Step = Callable[[HttpRequest, Entry], object]


def _taken(request: HttpRequest, number: int, name: str, take: Step) -> HttpResponse:
    """Take a step and lead back to the entry, or show its page with why it could not be taken."""
    entry = entry_of(number)
    sent = {field: request.POST.get(field, "") for field in ("note", "why", "reviewer")} | {"step": name}
    try:
        take(request, entry)
    except NotValid as wrong:
        lacking = {field: words for field, words in wrong.errors.items() if field not in sent}
        problem = (
            "It cannot be read by others yet. " + " ".join(dict.fromkeys(lacking.values())) if lacking else ""
        )
        return draw(
            request,
            entry,
            errors=wrong.errors,
            problem=problem,
            sent=sent,
            status=HTTPStatus.UNPROCESSABLE_ENTITY,
        )
    except WrongState as problem:
        return draw(request, entry_of(number), problem=str(problem), sent=sent, status=HTTPStatus.CONFLICT)
    except Overtaken as overtaken:
        newer = f"Revision {overtaken.newest.number} was saved after you opened this page. Read it first: it stands below."
        return draw(request, entry_of(number), problem=newer, sent=sent, status=HTTPStatus.CONFLICT)
    except PermissionDenied as refused:
        return draw(request, entry, problem=str(refused), sent=sent, status=HTTPStatus.FORBIDDEN)
    return HttpResponseRedirect(f"/desk/entries/{entry.pk}/?done={'asked' if name == 'ask' else name}")


def _version(request: HttpRequest) -> int:
    """The revision that whoever pressed the button had before them."""
    return _number(request, "version")


def _number(request: HttpRequest, name: str) -> int:
    """A number that a form carries unseen; 0, which names nothing, for what is none."""
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


@allowed(Right.WRITE_ENTRY)
@require_POST
def ask(request: HttpRequest, number: int) -> HttpResponse:
    def take(request: HttpRequest, entry: Entry) -> object:
        reviewer = colleague(request.POST.get("reviewer", ""))
        note = request.POST.get("note", "")
        return entries.ask(entry, who(request), version=_version(request), reviewer=reviewer, note=note)

    return _taken(request, number, "ask", take)


@allowed(Right.WRITE_ENTRY)
@require_POST
def take_back(request: HttpRequest, number: int) -> HttpResponse:
    return _taken(
        request,
        number,
        "take_back",
        lambda request, entry: entries.take_back(entry, who(request), note=request.POST.get("note", "")),
    )


@allowed(Right.REVIEW_ENTRY)
@require_POST
def send_back(request: HttpRequest, number: int) -> HttpResponse:
    return _taken(
        request,
        number,
        "send_back",
        lambda request, entry: entries.send_back(
            entry, who(request), version=_version(request), why=request.POST.get("why", "")
        ),
    )


@allowed(Right.SEE_PRIVATE_NOTES)
@require_POST
def note(request: HttpRequest, number: int) -> HttpResponse:
    return _taken(
        request,
        number,
        "note",
        lambda request, entry: entries.note(entry, who(request), request.POST.get("note", "")),
    )


@allowed(Right.PUBLISH_ENTRY)
@require_POST
def publish(request: HttpRequest, number: int) -> HttpResponse:
    """Publish it, or where readers see an earlier revision, publish this one as its correction."""

    def take(request: HttpRequest, entry: Entry) -> object:
        me, version, said = who(request), _version(request), request.POST.get("note", "")
        if entry.public_version is None:
            return publishing.publish(entry, me, version=version, note=said)
        return publishing.correct(entry, me, version=version, why=request.POST.get("why", ""), note=said)

    return _taken(request, number, "publish" if entry_of(number).public_version is None else "correct", take)


@allowed(Right.WITHDRAW_ENTRY)
@require_POST
def withdraw(request: HttpRequest, number: int) -> HttpResponse:
    return _taken(
        request,
        number,
        "withdraw",
        lambda request, entry: publishing.withdraw(entry, who(request), why=request.POST.get("why", "")),
    )


@allowed(Right.REVIEW_ENTRY)
@require_POST
def confirm(request: HttpRequest, number: int) -> HttpResponse:
    return _taken(
        request,
        number,
        "confirm",
        lambda request, entry: entries.confirm(
            entry,
            who(request),
            version=_version(request),
            event=_number(request, "event") if entry.measure_id is not None else None,
            note=request.POST.get("note", ""),
        ),
    )
