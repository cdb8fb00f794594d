"""Following by mail, without an account: ask, confirm, change, leave. Who holds a follower's link may use it; nobody else
learns whether an address is known here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from zoneinfo import available_timezones

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import get_object_or_404, render
from django.utils.cache import patch_cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.desk import limits
from tracker.following import asking, resting
from tracker.following.models import MUTABLE, Follow, Follower, Mailing
from tracker.following.reasons import subject
from tracker.following.things import NAMES, Thing, thing_named
from tracker.ledger.listing import BadFilter
from tracker.ledger.words import KIND_LABELS
from tracker.pages.views.errors import bad_parameter

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

View = Callable[..., HttpResponse]


def _unkept(view: View) -> View:
    """No cache keeps these answers: they hold a form's token, or what one reader follows."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        try:
            response = view(request, *args, **kwargs)
        except BadFilter as problem:
            response = bad_parameter(request, problem)
        patch_cache_control(response, private=True, no_store=True)
        response["X-Robots-Tag"] = "noindex"
        # The address itself is the reader's key, so no other site may learn it. Ours does: of pages that tell it to nobody
        # (no-referrer) browsers send forms with `Origin: null`, which cannot be told from a stranger's.
        response["Referrer-Policy"] = "same-origin"
        return response

    return answer


@_unkept
@require_http_methods(["GET", "HEAD", "POST"])
def follow(request: HttpRequest) -> HttpResponse:
    """The form, for what the address names; once sent, the same words whoever the address belongs to."""
    asked = QueryDict(mutable=True)
    for name, values in request.GET.lists():
        asked.setlist(name, values)
    thing = thing_named(asked)
    if request.method != "POST" or thing is None:
        return _form(request, thing, {}, {})
    try:
        email = asking.address_of(request.POST.get("email", ""))
        rhythm = asking.rhythm_of({name: str(value) for name, value in request.POST.items()})
        _may_ask(request, email)
        asking.ask(email, thing, rhythm)
    except asking.Wrong as wrong:
        return _form(request, thing, request.POST.dict(), {wrong.field: wrong.message}, status=400)
    return render(request, "pages/follow_asked.html", {"thing": thing, "email": email})


def _may_ask(request: HttpRequest, email: str) -> None:
    """Nobody uses this form to write to many strangers. Raises Wrong."""
    try:
        tries = limits.count_try("follow", email, request.META.get("REMOTE_ADDR", ""))
    except limits.CannotCount:
        raise asking.Wrong(
            "email", "This cannot be done just now. Nothing was kept: try again later."
        ) from None
    if tries.too_many:
        raise asking.Wrong("email", "Too many requests from where you are within the hour. Try again later.")


def _form(
    request: HttpRequest, thing: Thing | None, typed: dict[str, Any], wrong: dict[str, str], status: int = 200
) -> HttpResponse:
    context = {"thing": thing, "typed": typed, "wrong": wrong, "names": NAMES, **_choices()}
    return render(request, "pages/follow.html", context, status=status)


def _choices() -> dict[str, Any]:
    return {
        "rhythms": Follower.Rhythm.choices,
        "hours": range(24),
        "weekdays": list(enumerate(WEEKDAYS)),
        "zones": sorted(
            zone for zone in available_timezones() if "/" in zone and not zone.startswith("Etc/")
        ),
    }


def _of_link(secret: str) -> Follower:
    found = Follower.objects.filter(secret=secret).first()
    if found is None:
        raise Http404(
            "Nothing is kept for this link: whoever it belonged to has left, and the address is deleted."
        )
    return found


@_unkept
@require_http_methods(["GET", "HEAD", "POST"])
def confirm(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """A button, since programs that look through mail open every link; then the yes."""
    follower = _of_link(secret)
    follow = get_object_or_404(Follow, pk=number, follower=follower)
    if request.method == "POST":
        asking.confirm(follow)
        return HttpResponseRedirect(f"/follow/{secret}/")
    context = {"what": subject(follow.of, follow.target), "follow": follow, "follower": follower}
    return render(request, "pages/follow_confirm.html", context)


@_unkept
@require_http_methods(["GET", "HEAD", "POST"])
def manage(request: HttpRequest, secret: str) -> HttpResponse:
    """What one reader follows, how often they hear of it, and what came of the last mails."""
    follower = _of_link(secret)
    wrong: dict[str, str] = {}
    if request.method == "POST" and "reaches" in request.POST:
        resting.wake(follower)
        return HttpResponseRedirect(f"/follow/{secret}/")
    if request.method == "POST":
        try:
            typed = {name: str(value) for name, value in request.POST.items()}
            asking.change_rhythm(follower, asking.rhythm_of(typed))
            return HttpResponseRedirect(f"/follow/{secret}/")
        except asking.Wrong as error:
            wrong[error.field] = error.message
    follows = list(follower.follows.order_by("pk"))
    context = {
        "follower": follower,
        "follows": [(one, subject(one.of, one.target), _page(one)) for one in follows],
        "deleted_at": follower.suspended_at and follower.suspended_at + resting.KEPT,
        "mailings": follower.mailings.filter(asks=None).order_by("-created_at")[:10],
        "kinds": [(kind, label) for kind, label in KIND_LABELS.items() if kind in MUTABLE],
        "wrong": wrong,
        "typed": request.POST.dict() if wrong else _typed(follower),
        "GIVEN_UP": Mailing.State.GIVEN_UP,
        **_choices(),
    }
    return render(request, "pages/follow_manage.html", context, status=400 if wrong else 200)


def _typed(follower: Follower) -> dict[str, Any]:
    return {
        "rhythm": follower.rhythm,
        "hour": str(follower.hour),
        "weekday": str(follower.weekday),
        "zone": follower.zone,
    }


def _page(follow: Follow) -> str:
    pages = {"measure": "/measures/{}/", "member": "/members/{}/", "committee": "/committees/{}/"}
    if follow.of == Follow.Of.SEARCH:
        return f"/measures/?{follow.target}"
    return pages[follow.of].format(follow.target) if follow.of in pages else "/topics/"


@_unkept
@require_POST
def change(request: HttpRequest, secret: str, number: int) -> HttpResponse:
    """Mute kinds of change of one follow, or end it."""
    follower = _of_link(secret)
    follow = get_object_or_404(Follow, pk=number, follower=follower)
    if "end" in request.POST:
        follow.delete()
    else:
        wanted = set(request.POST.getlist("kind"))
        try:
            asking.mute(follow, [kind for kind in MUTABLE if kind not in wanted])
        except asking.Wrong as wrong:  # not by this form
            raise Http404(wrong.message) from wrong
    return HttpResponseRedirect(f"/follow/{secret}/")


@csrf_exempt  # mail programs post here by themselves (RFC 8058), with nothing but the link: which is the right to do it
@_unkept
@require_http_methods(["GET", "HEAD", "POST"])
def leave(request: HttpRequest, secret: str) -> HttpResponse:
    """A GET shows a button and changes nothing; a POST deletes the address at once. Again is as well."""
    follower = Follower.objects.filter(secret=secret).first()
    if request.method == "POST":
        if follower is not None:
            asking.leave(follower)
        return render(request, "pages/follow_left.html", {})
    return render(request, "pages/follow_leave.html", {"follower": follower, "secret": secret})


@_unkept
@require_safe
def mine(request: HttpRequest, secret: str) -> HttpResponse:
    """All that is kept of one reader, as JSON."""
    follower = _of_link(secret)
    return JsonResponse(
        {
            "email": follower.email,
            "created_at": follower.created_at,
            "confirmed_at": follower.confirmed_at,
            **_typed(follower),
            "follows": list(follower.follows.values("of", "target", "muted", "created_at", "confirmed_at")),
            "mails": list(follower.mailings.order_by("pk").values("created_at", "sent_at", "state")),
            "told_of_events": list(
                follower.deliveries.exclude(mailing=None)
                .order_by("event_id")
                .values_list("event_id", flat=True)
            ),
        },
        json_dumps_params={"indent": 1},
    )
