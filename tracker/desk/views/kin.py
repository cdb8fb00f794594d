"""Kin found by comparing texts, to be confirmed or refused."""

from __future__ import annotations

from http import HTTPStatus

from django.core.paginator import Paginator
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import kin as kept
from tracker.desk.doors import allowed, who
from tracker.desk.fields import NotValid
from tracker.desk.permissions import Right, may
from tracker.desk.views.said import heard, say
from tracker.texts.models import Kin

PAIRS_A_PAGE = 30
_SAID = {
    Kin.State.CONFIRMED: "{} and {} are kin, say readers' pages now.",
    Kin.State.REFUSED: "{} and {} are not shown as kin any more.",
    Kin.State.FOUND: "{} and {} are open again.",
}


@allowed(Right.USE_DESK)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    return _page(request, said=heard(request))


@allowed(Right.SETTLE_MEASURE)
@require_POST
def settle(request: HttpRequest, pk: int) -> HttpResponse:
    try:
        pair = kept.settle(pk, who(request), request.POST.get("outcome", ""))
    except Kin.DoesNotExist as gone:
        raise Http404("This pair is not known any more: the texts have changed since.") from gone
    except NotValid as wrong:
        return _page(request, problem=" ".join(wrong.errors.values()), status=HTTPStatus.UNPROCESSABLE_ENTITY)
    say(request, _SAID[Kin.State(pair.state)].format(pair.first.citation, pair.second.citation))
    shown = request.POST.get("shown", "")
    return HttpResponseRedirect(f"/desk/kin/?state={shown}" if shown in Kin.State.values else "/desk/kin/")


def _page(
    request: HttpRequest, *, said: str = "", problem: str = "", status: HTTPStatus = HTTPStatus.OK
) -> HttpResponse:
    asked = request.GET.get("state", "")
    state = asked if asked in Kin.State.values else Kin.State.FOUND.value
    page = Paginator(kept.pairs(state), PAIRS_A_PAGE).get_page(request.GET.get("page"))
    context = {
        "page": page,
        "state": state,
        "states": [(each.value, each.label) for each in Kin.State],
        "may_settle": may(request.user, Right.SETTLE_MEASURE),
        "said": said,
        "problem": problem,
    }
    return render(request, "desk/kin.html", context, status=status)
