"""Signing in and out, and the one-time link by which an account gets its password. Django's own views, with our limits.

Kept apart from the rest of the desk, so that a second factor can take this module's place.
"""

from __future__ import annotations

from typing import Any

from django.conf import settings
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import LoginView, LogoutView, PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import path, reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tracker.desk import limits
from tracker.desk.doors import private
from tracker.desk.models import User

TOO_MANY = "Too many tries for this account or from this address. Try again in an hour, or ask an admin for a new link."
NOT_NOW = "Nobody can sign in just now: the service that counts tries does not answer. Nothing is wrong with your password."


def one_time_link(user: User) -> str:
    """The address at which this account sets its password: valid for 24 hours, and until it is used or a newer sign-in."""
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return f"{settings.SITE_URL}{reverse('set-password', kwargs=where)}"


class SignInForm(AuthenticationForm):
    """Mail address and password. The same words, and the same work, whether or not there is such an account."""

    error_messages = {
        "invalid_login": "No account has this mail address and password.",
        "inactive": "No account has this mail address and password.",
    }

    def clean_username(self) -> str:
        return str(self.cleaned_data["username"]).strip().lower()

    def clean(self) -> dict[str, Any]:
        email = self.cleaned_data.get("username", "")
        address = self.request.META.get("REMOTE_ADDR", "") if self.request else ""
        try:
            if not limits.may_try(email, address):
                raise ValidationError(TOO_MANY, code="too_many")
            cleaned: dict[str, Any] = super().clean()
            limits.forget(email, address)
        except limits.CannotCount:
            raise ValidationError(NOT_NOW, code="not_now") from None
        return cleaned


class SignIn(LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm


class SignOut(LogoutView):
    """Signs out on POST; on GET shows the button, since following a link must change nothing."""

    http_method_names = ["get", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "accounts/logout.html")


class SetPassword(PasswordResetConfirmView):
    template_name = "accounts/set_password.html"
    post_reset_login = True
    post_reset_login_backend = "django.contrib.auth.backends.ModelBackend"
    success_url = "/desk/"


urlpatterns = [
    path("login/", private(SignIn.as_view()), name="login"),
    path("logout/", private(SignOut.as_view()), name="logout"),
    path("set-password/<uidb64>/<token>/", private(SetPassword.as_view()), name="set-password"),
]
