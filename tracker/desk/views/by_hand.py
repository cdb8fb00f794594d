"""Measures entered by hand: the list, the form, one measure with its history, and its steps."""

from __future__ import annotations

from http import HTTPStatus
from typing import Any

from django.core.exceptions import PermissionDenied
from django.core.paginator import Paginator
from django.db.models import Count, Q
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.congress.citations import parse_citation
from tracker.desk import by_hand, differences, hand_fields
from tracker.desk.by_hand import AlreadyEntered, HeldHere, Overtaken
from tracker.desk.doors import allowed, who
from tracker.desk.entries import WrongState
from tracker.desk.fields import NotValid
from tracker.desk.hand_forms import ROWS, Given, form_of, given_by, given_of
from tracker.desk.hand_names import committees, shown, suggestions
from tracker.desk.models import Difference, HandEntered, HandEnteredPublication, HandEnteredRevision, User
from tracker.desk.permissions import Right, may
from tracker.ledger.by_hand import held_elsewhere

PER_PAGE = 50
HISTORY = 50  # revisions that a measure's page lists
_SENT_NAMES = ("sponsors.name", "cosponsors.name")
State = HandEntered.State


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """All of them, last changed first; `state` chooses some."""
    differences.notice()
    state = request.GET.get("state", "")
    every = HandEntered.objects.order_by("-changed_at", "-id").select_related("by")
    every = every.annotate(open=Count("differences", filter=Q(differences__outcome=Difference.Outcome.OPEN)))
    if state in State.values:
        every = every.filter(state=state)
    page = Paginator(every, PER_PAGE).get_page(request.GET.get("page"))
    counts = dict(HandEntered.objects.order_by().values_list("state").annotate(n=Count("pk")))
    context = {
        "page": page,
        "state": state,
        "states": [(value, label, counts.get(value, 0)) for value, label in State.choices],
        "every": sum(counts.values()),
        "may_enter": may(request.user, Right.ENTER_MEASURE),
    }
    return render(request, "desk/by_hand/list.html", context)


@allowed(Right.ENTER_MEASURE)
@require_http_methods(["GET", "HEAD", "POST"])
def new(request: HttpRequest) -> HttpResponse:
    if request.method != "POST":
        given = {"citation": request.GET.get("citation", "")[:80]}
        return _form(request, None, given)
    given = given_by(request.POST)
    if request.POST.get("more") in ROWS:
        return _form(request, None, given, more=request.POST["more"])
    try:
        hand = by_hand.start(who(request), given)
    except NotValid as wrong:
        return _form(request, None, given, errors=wrong.errors)
    except (HeldHere, AlreadyEntered) as there:
        return _form(request, None, given, there=there)
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/?done=entered")


@allowed(Right.ENTER_MEASURE)
@require_http_methods(["GET", "HEAD", "POST"])
def edit(request: HttpRequest, pk: int) -> HttpResponse:
    hand = _found(pk)
    if hand.state == State.TAKEN_OVER:
        return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/differences/")
    newest = hand.revisions.select_related("by").get(number=hand.version)
    if request.method != "POST":
        return _form(request, hand, given_of(hand_fields.opened(newest.fields)), based_on=hand.version)
    given, based_on = given_by(request.POST), _number(request, "based_on")
    again: dict[str, Any] = {"based_on": based_on, "why": request.POST.get("why", "")[:500]}
    if request.POST.get("more") in ROWS:
        return _form(request, hand, given, more=request.POST["more"], **again)
    try:
        by_hand.save(hand, who(request), based_on=based_on, given=given, why=again["why"])
    except NotValid as wrong:
        return _form(request, hand, given, errors=wrong.errors, **again)
    except Overtaken as newer:
        return _form(
            request, hand, given, **again | {"overtaken": newer.newest, "based_on": newer.newest.number}
        )
    except (HeldHere, AlreadyEntered) as there:
        return _form(request, hand, given, there=there, **again)
    except WrongState:
        return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/differences/")
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/?done=saved")


@allowed(Right.ENTER_MEASURE)
@require_safe
def names(request: HttpRequest) -> HttpResponse:
    """Members whose names begin as what was typed into a box, as options for it."""
    typed = next((request.GET[name] for name in _SENT_NAMES if name in request.GET), "")[:100]
    citation = parse_citation(request.GET.get("citation", "")[:200])
    found = suggestions(typed, citation.type if citation else None, citation.congress if citation else None)
    return render(request, "desk/by_hand/names.html", {"names": [shown(member) for member in found]})


@allowed(Right.USE_DESK)
@require_safe
def one(request: HttpRequest, pk: int) -> HttpResponse:
    return _page(request, _found(pk))


@allowed(Right.PUBLISH_ENTRY)
@require_POST
def publish(request: HttpRequest, pk: int) -> HttpResponse:
    hand = _found(pk)
    try:
        by_hand.publish(hand, who(request), version=_number(request, "version"))
    except (WrongState, Overtaken, HeldHere, PermissionDenied) as refused:
        return _page(request, _found(pk), problem=_words(refused), status=_status(refused))
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/?done=published")


@allowed(Right.WITHDRAW_ENTRY)
@require_POST
def withdraw(request: HttpRequest, pk: int) -> HttpResponse:
    hand, why = _found(pk), request.POST.get("why", "")
    try:
        by_hand.withdraw(hand, who(request), version=_number(request, "version"), why=why)
    except NotValid as wrong:
        return _page(request, hand, errors=wrong.errors, why=why, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except (WrongState, Overtaken, HeldHere) as refused:
        return _page(request, _found(pk), problem=_words(refused), why=why, status=_status(refused))
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/?done=withdrawn")


def _found(pk: int) -> HandEntered:
    differences.notice()
    return get_object_or_404(HandEntered.objects.select_related("measure", "by"), pk=pk)


def _form(
    request: HttpRequest,
    hand: HandEntered | None,
    given: Given,
    *,
    errors: dict[str, str] | None = None,
    there: HeldHere | AlreadyEntered | None = None,
    overtaken: HandEnteredRevision | None = None,
    based_on: int = 0,
    why: str = "",
    more: str = "",
) -> HttpResponse:
    citation = parse_citation(str(given.get("citation") or "")[:200])
    refused = errors or there or overtaken
    context = {
        "hand": hand,
        "form": form_of(given, errors, more),
        "more": more,
        "based_on": based_on,
        "why": why,
        "held": there.measure if isinstance(there, HeldHere) else None,
        "entered": there.hand if isinstance(there, AlreadyEntered) else None,
        "overtaken": overtaken,
        "theirs": _as_lines(overtaken) if overtaken else None,
        "where_seen": hand_fields.WHERE_SEEN,
        "committees": [
            f"{c.name} ({c.pk})" for c in committees(citation.type if citation else None) if c.current
        ],
    }
    status = HTTPStatus.UNPROCESSABLE_ENTITY if refused else HTTPStatus.OK
    return render(request, "desk/by_hand/form.html", context, status=status)


def _page(
    request: HttpRequest,
    hand: HandEntered,
    *,
    problem: str = "",
    errors: dict[str, str] | None = None,
    why: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    user = who(request)
    revisions = list(hand.revisions.select_related("by").order_by("-number")[:HISTORY])
    publications = list(hand.publications.select_related("by").order_by("-number")[:HISTORY])
    context = {
        "hand": hand,
        "fields": hand_fields.opened(revisions[0].fields),
        "where_seen": hand_fields.WHERE_SEEN,
        "revisions": revisions,
        "publications": publications,
        "alone": publications[0].read_alone if publications else False,
        "withdrawn": _withdrawn(publications),
        "offer": _offer(hand, user),
        "open": hand.differences.filter(outcome=Difference.Outcome.OPEN).count(),
        "held": _held(hand),
        "problem": problem,
        "errors": errors or {},
        "why": why,
        "done": request.GET.get("done", ""),
    }
    return render(request, "desk/by_hand/one.html", context, status=status)


def _offer(hand: HandEntered, user: User) -> dict[str, bool]:
    """Which steps this person may take from here, and whether it would be without a second reader."""
    ours = hand.state != State.TAKEN_OVER and not (
        hand.state == State.WITHDRAWN and hand.public_version is None
    )
    wrote = user.pk in by_hand.writers(hand)
    waits = ours and (hand.has_unpublished or hand.state == State.WITHDRAWN)
    alone = wrote and may(user, Right.PUBLISH_OWN_ALONE)
    return {
        "edit": ours and may(user, Right.ENTER_MEASURE),
        "publish": waits and may(user, Right.PUBLISH_ENTRY) and (not wrote or alone),
        "alone": alone,
        "waits": waits,
        "withdraw": ours and hand.state != State.WITHDRAWN and may(user, Right.WITHDRAW_ENTRY),
        "wrote": wrote,
    }


def _held(hand: HandEntered) -> bool:
    """Whether a source has the measure of what is still a draft here."""
    if hand.key is None or hand.state == State.TAKEN_OVER:
        return False
    congress, type, number = hand.key.split("/")
    return held_elsewhere(int(congress), type, int(number)) is not None


def _withdrawn(publications: list[HandEnteredPublication]) -> HandEnteredPublication | None:
    last = publications[0] if publications else None
    return last if last is not None and last.act == HandEnteredPublication.Act.WITHDRAWN else None


def _as_lines(revision: HandEnteredRevision) -> list[tuple[str, list[str]]]:
    """What somebody else saved meanwhile, part by part, beside what was typed."""
    given = given_of(hand_fields.opened(revision.fields))
    lines = [
        (name, [str(given[name])])
        for name in ("citation", "title", "chamber", "introduced_on")
        if given[name]
    ]
    for part in ROWS:
        rows = [", ".join(value for value in row.values() if value) for row in given[part]]
        lines += [(part, rows)] if rows else []
    return [(name.replace("_", " "), words) for name, words in lines]


def _number(request: HttpRequest, name: str) -> int:
    given = request.POST.get(name, "")
    return int(given) if given.isascii() and given.isdecimal() and len(given) < 10 else 0


def _words(refused: Exception) -> str:
    if isinstance(refused, Overtaken):
        return "Somebody has saved it anew meanwhile. Read what stands here now."
    if isinstance(refused, HeldHere):
        return "The official record has it by now, so it is not entered by hand any more."
    return str(refused)


def _status(refused: Exception) -> HTTPStatus:
    return HTTPStatus.FORBIDDEN if isinstance(refused, PermissionDenied) else HTTPStatus.CONFLICT
