"""Who may pass, and that nothing behind is ever kept by a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any
from urllib.parse import urlencode

from django.conf import settings
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.cache import patch_cache_control

from tracker.desk import acts, second_factor
from tracker.desk.models import User
from tracker.desk.permissions import MEANING, Right, may

View = Callable[..., HttpResponseBase]
Door = Callable[[View], View]

SIGNED_OUT = "You are signed out, and nothing was saved. Sign in in another tab, then send this once more."
_NOT_SHOWN = {"csrfmiddlewaretoken", "next"}  # of what a signed-out form sent


class PrivateMiddleware:
    """Whatever stands below these addresses is one reader's alone: refusals and pages of errors too.

    For the length of the request, acts know where it comes from.
    """

    BELOW = ("/desk/", "/accounts/", "/admin/")

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponseBase]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with acts.coming_from(request.META.get("REMOTE_ADDR", "")):
            response = self.get_response(request)
        if request.path_info.startswith(self.BELOW):
            _keep_out_of_caches(response)
        return response


def private(view: View) -> View:
    """Answers of this view are one reader's alone, wherever it stands."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        _keep_out_of_caches(response)
        return response

    return answer


def _keep_out_of_caches(response: HttpResponseBase) -> None:
    response.headers.pop("Cache-Control", None)
    patch_cache_control(response, private=True, no_store=True)


def allowed(right: Right, *, hidden: bool = False, needs_second_factor: bool = True) -> Door:
    """A view for whoever is signed in, with the second factor, and whose role has `right`.

    Strangers are led to the sign-in page and back; where they had sent a form, or htmx asks, they get 403 and their words
    back. With `hidden` the address does not exist (404) for strangers and lesser roles: for what is not published.
    Lesser roles get 403 with a page that says what they may not do.
    """

    def door(view: View) -> View:
        @wraps(view)
        def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
            if not isinstance(request.user, User):
                if hidden:
                    raise Http404
                return _to_sign_in(request)
            if needs_second_factor and not second_factor.is_satisfied(request, request.user):
                if hidden:
                    raise Http404
                return _to_second_factor(request)
            if not may(request.user, right):
                if hidden:
                    raise Http404
                raise PermissionDenied(_refusal(request.user, right))
            return view(request, *args, **kwargs)

        return private(answer)

    return door


def who(request: HttpRequest) -> User:
    """Whose request it is, in a view behind `allowed`."""
    if not isinstance(request.user, User):
        raise PermissionDenied("Sign in first.")
    return request.user


def _to_second_factor(request: HttpRequest) -> HttpResponseBase:
    """To where one is set up; where the account has one that this session has not shown, to where it is shown."""
    if request.method not in ("GET", "HEAD") or request.headers.get("HX-Request"):
        raise PermissionDenied("The desk is open to you once you have shown a second factor.")
    shown = second_factor.is_set_up(who(request))
    where = reverse("confirm" if shown else "second-factor")
    return HttpResponseRedirect(f"{where}?{urlencode({'next': request.get_full_path()}, safe='/')}")


def _refusal(user: User, right: Right) -> str:
    return f"Your account is a {user.role}'s. It may not {MEANING[right].split(';')[0]}. An admin can change roles."


def _to_sign_in(request: HttpRequest) -> HttpResponseBase:
    where = settings.LOGIN_URL
    if request.method in ("GET", "HEAD") and not request.headers.get("HX-Request"):
        return HttpResponseRedirect(f"{where}?{urlencode({'next': request.get_full_path()}, safe='/')}")
    if request.headers.get(
        "HX-Request"
    ):  # a swap of the sign-in page would put it into the middle of another
        return HttpResponse(SIGNED_OUT, status=403, content_type="text/plain; charset=utf-8")
    sent = [
        (name, value)
        for name, values in request.POST.lists()
        if name not in _NOT_SHOWN and "password" not in name
        for value in values
        if value.strip()
    ]
    return render(
        request, "accounts/signed_out.html", {"sent": sent, "sign_in": reverse("login")}, status=403
    )
