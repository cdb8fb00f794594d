"""The desk's pages of webhooks. Editors see their own endpoints, admins all."""

from __future__ import annotations

from typing import Any

from django.db.models import Count, Prefetch, Q, QuerySet
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import path
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.desk.doors import allowed, who
from tracker.desk.models import User
from tracker.desk.permissions import Right, may
from tracker.following import endpoints
from tracker.following.models import Attempt, Call, Endpoint

CALLS_SHOWN = 50


def _theirs(user: User) -> QuerySet[Endpoint]:
    rows = Endpoint.objects.select_related("owner").order_by("pk")
    return rows if may(user, Right.MANAGE_ACCOUNTS) else rows.filter(owner=user)


@allowed(Right.KEEP_WEBHOOKS)
@require_http_methods(["GET", "HEAD", "POST"])
def webhooks(request: HttpRequest) -> HttpResponse:
    """The endpoints and how they are; the form for one more."""
    typed: dict[str, Any] = {}
    wrong: dict[str, str] = {}
    if request.method == "POST":
        typed = {name: str(request.POST.get(name, "")) for name in ("name", "url", "query")}
        try:
            endpoint, secret = endpoints.add(who(request), **typed)
            return _secret(request, endpoint, secret)
        except endpoints.Wrong as error:
            wrong[error.field] = error.message
    waiting = Count("calls", filter=Q(calls__state__in=[Call.State.DUE, Call.State.CALLING]))
    rows = _theirs(who(request)).annotate(waiting=waiting)
    context = {"endpoints": rows, "typed": typed, "wrong": wrong}
    return render(request, "desk/webhooks.html", context, status=400 if wrong else 200)


def _secret(request: HttpRequest, endpoint: Endpoint, secret: str) -> HttpResponse:
    return render(request, "desk/webhook_secret.html", {"endpoint": endpoint, "secret": secret})


@allowed(Right.KEEP_WEBHOOKS)
@require_safe
def webhook(request: HttpRequest, pk: int) -> HttpResponse:
    """One endpoint: each call, each try of it and what came back."""
    endpoint = get_object_or_404(_theirs(who(request)), pk=pk)
    tries = Prefetch("tries", Attempt.objects.order_by("pk"))
    calls = (
        endpoint.calls.select_related("event", "event__measure").prefetch_related(tries).order_by("-event")
    )
    before = request.GET.get("before", "")
    if before.isascii() and before.isdigit() and len(before) < 19:
        calls = calls.filter(event__lt=int(before))
    shown = list(calls[: CALLS_SHOWN + 1])
    counts = endpoint.calls.values_list("state").annotate(number=Count("pk")).order_by()
    context = {
        "endpoint": endpoint,
        "calls": shown[:CALLS_SHOWN],
        "older": shown[CALLS_SHOWN - 1].event_id if len(shown) > CALLS_SHOWN else None,
        "counts": dict(counts),
    }
    return render(request, "desk/webhook.html", context)


@allowed(Right.KEEP_WEBHOOKS)
@require_POST
def change(request: HttpRequest, pk: int) -> HttpResponse:
    """`do` says what: `on`, `off`, `secret`, `delete`."""
    endpoint = get_object_or_404(_theirs(who(request)), pk=pk)
    do = request.POST.get("do")
    if do == "secret":
        return _secret(request, endpoint, endpoints.give_new_secret(endpoint, who(request)))
    if do in ("on", "off"):
        endpoints.switch(endpoint, who(request), on=do == "on")
    elif do == "delete":
        endpoints.delete(endpoint, who(request))
        return HttpResponseRedirect("/desk/webhooks/")
    return HttpResponseRedirect(f"/desk/webhooks/{pk}/")


@allowed(Right.KEEP_WEBHOOKS)
@require_POST
def resend(request: HttpRequest, pk: int, call: int) -> HttpResponse:
    """One call once more."""
    endpoint = get_object_or_404(_theirs(who(request)), pk=pk)
    found = get_object_or_404(endpoint.calls.select_related("endpoint"), pk=call)
    endpoints.send_again(found, who(request))
    return HttpResponseRedirect(f"/desk/webhooks/{pk}/")


urlpatterns = [
    path("", webhooks, name="webhooks"),
    path("<int:pk>/", webhook, name="webhook"),
    path("<int:pk>/change/", change, name="webhook-change"),
    path("<int:pk>/calls/<int:call>/again/", resend, name="webhook-resend"),
]
