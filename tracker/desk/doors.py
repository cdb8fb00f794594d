"""Who may pass, and that nothing behind is ever kept by a cache."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.contrib.auth.decorators import login_required
from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponseBase
from django.utils.cache import patch_cache_control

from tracker.desk.models import User

View = Callable[..., HttpResponseBase]


def private(view: View) -> View:
    """Answers of this view are one reader's alone."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        response = view(request, *args, **kwargs)
        response.headers.pop("Cache-Control", None)
        patch_cache_control(response, private=True, no_store=True)
        return response

    return answer


def staff(view: View) -> View:
    """Only for whoever has signed in; everybody else is led to the sign-in page."""
    return private(login_required(view))


def admins(view: View) -> View:
    """Only for admins: others who have signed in are refused."""

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        if not isinstance(request.user, User) or request.user.role != User.Role.ADMIN:
            raise PermissionDenied("Only admins may do this.")
        return view(request, *args, **kwargs)

    return staff(answer)
