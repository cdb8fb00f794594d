"""Where staff and the official record differ, field by field, to be settled."""

from __future__ import annotations

from http import HTTPStatus

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import differences
from tracker.desk.differences import words_of
from tracker.desk.doors import allowed, who
from tracker.desk.entries import WrongState
from tracker.desk.fields import NotValid
from tracker.desk.models import Difference, HandEntered
from tracker.desk.permissions import Right, may


@allowed(Right.USE_DESK)
@require_safe
def compared(request: HttpRequest, pk: int) -> HttpResponse:
    differences.notice()
    return _page(request, _hand(pk))


@allowed(Right.SETTLE_MEASURE)
@require_POST
def settle(request: HttpRequest, pk: int, difference: int) -> HttpResponse:
    hand = _hand(pk)
    found = get_object_or_404(Difference, pk=difference, hand_entered=hand)
    note, outcome = request.POST.get("note", ""), request.POST.get("outcome", "")
    try:
        settled = differences.settle(found, who(request), outcome, note)
    except NotValid as wrong:
        sent = {"pk": found.pk, "note": note, "outcome": outcome, "errors": wrong.errors}
        return _page(request, hand, sent=sent, status=HTTPStatus.UNPROCESSABLE_ENTITY)
    except WrongState as problem:
        return _page(request, hand, problem=str(problem), status=HTTPStatus.CONFLICT)
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/differences/?done={settled.pk}#d{settled.pk}")


@allowed(Right.SETTLE_MEASURE)
@require_POST
def settle_all(request: HttpRequest, pk: int) -> HttpResponse:
    hand = _hand(pk)
    differences.settle_all(hand, who(request))
    return HttpResponseRedirect(f"/desk/by-hand/{hand.pk}/differences/")


def _hand(pk: int) -> HandEntered:
    return get_object_or_404(HandEntered.objects.select_related("measure"), pk=pk)


def _page(
    request: HttpRequest,
    hand: HandEntered,
    *,
    sent: dict[str, object] | None = None,
    problem: str = "",
    status: int = HTTPStatus.OK,
) -> HttpResponse:
    every = hand.differences.select_related("settled_by", "entry").order_by("id")
    rows = [
        {"words": words_of(d.field), "difference": d, "is_open": d.outcome == Difference.Outcome.OPEN}
        for d in every
    ]
    context = {
        "hand": hand,
        "rows": rows,
        "open": sum(1 for row in rows if row["is_open"]),
        "outcomes": [(o.value, o.label) for o in differences.SETTLED],
        "may_settle": may(request.user, Right.SETTLE_MEASURE),
        "sent": sent,
        "problem": problem,
        "done": request.GET.get("done", ""),
    }
    return render(request, "desk/by_hand/differences.html", context, status=status)
