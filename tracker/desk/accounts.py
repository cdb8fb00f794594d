"""Signing in and out, the second factor asked for in between, and the one-time link by which an account gets its password.

The way of a sign-in is allauth's (first the password, then the stage of the second factor); forms, limits and words are ours.
"""

from __future__ import annotations

import json
from typing import Any

from allauth.account.internal.decorators import login_stage_required
from allauth.account.internal.flows.login import perform_login, record_authentication
from allauth.account.internal.stagekit import clear_login
from allauth.account.models import Login
from allauth.mfa.base.internal.flows import post_authentication
from allauth.mfa.models import Authenticator
from allauth.mfa.stages import AuthenticateStage
from allauth.mfa.webauthn.internal import auth as webauthn
from django import forms
from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.forms import AuthenticationForm
from django.contrib.auth.tokens import default_token_generator
from django.contrib.auth.views import LoginView, LogoutView, PasswordResetConfirmView
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import render
from django.urls import reverse
from django.utils.encoding import force_bytes
from django.utils.http import urlsafe_base64_encode

from tracker.desk import acts, limits, notices, second_factor, sessions
from tracker.desk.adapters import safe_next
from tracker.desk.models import User

TOO_MANY = "Too many tries for this account or from this address. Try again in an hour, or ask an admin for a new link."
NOT_NOW = "Nobody can sign in just now: the service that counts tries does not answer. Nothing is wrong with your password."
WRONG_CODE = "This is not the code of your app just now, nor an unused recovery code. A code is taken only once: wait for the next."
WRONG_PASSKEY = "This passkey is not one of this account’s, or was not confirmed in time. Try again."
TOLD_AFTER = 10  # failed tries of one account within an hour after which its owner is told


def one_time_link(user: User) -> str:
    """The address at which this account sets its password: valid for 24 hours, and until it is used or a newer sign-in."""
    where = {
        "uidb64": urlsafe_base64_encode(force_bytes(user.pk)),
        "token": default_token_generator.make_token(user),
    }
    return f"{settings.SITE_URL}{reverse('set-password', kwargs=where)}"


def address_of(request: HttpRequest) -> str:
    """Whose tries are counted together."""
    return str(request.META.get("REMOTE_ADDR", ""))


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
        address = address_of(self.request) if self.request else ""
        try:
            tries = limits.count_try("sign-in", email, address)
            if tries.too_many:
                raise ValidationError(TOO_MANY, code="too_many")
            try:
                cleaned: dict[str, Any] = super().clean()
            except ValidationError:
                tell_of_failures(User.objects.filter(email=email).first(), tries, "password")
                raise
            limits.got_it_right("sign-in", email, address)
        except limits.CannotCount:
            raise ValidationError(NOT_NOW, code="not_now") from None
        return cleaned


def tell_of_failures(user: User | None, tries: limits.Tries, what: str) -> None:
    """Write down failed tries, not each but where they become many: the tenth, and the last that is let pass."""
    if tries.of_account in (TOLD_AFTER, limits.TRIES) and user is not None:
        with transaction.atomic():
            said = f"{tries.of_account} wrong tries at the {what} within an hour"
            acts.record(None, "fail_sign_in", acts.account(user), said)
            if tries.of_account == TOLD_AFTER:
                notices.many_failures(user, TOLD_AFTER, what)
    if tries.from_address == limits.TRIES:
        with transaction.atomic():
            said = f"{limits.TRIES} wrong tries at a {what} from one address within an hour"
            acts.record(None, "fail_sign_in", "address", said)


class SignIn(LoginView):
    template_name = "accounts/login.html"
    authentication_form = SignInForm

    def form_valid(self, form: AuthenticationForm) -> HttpResponse:
        user = form.get_user()
        if self.request.user.is_authenticated:
            logout(self.request)
        record_authentication(self.request, user, "password")
        response: HttpResponse = perform_login(
            self.request, Login(user=user, redirect_url=self.get_success_url())
        )
        return response

    def get_redirect_url(self, request: HttpRequest | None = None) -> str:
        asked = self.request.POST.get("next", self.request.GET.get("next"))
        return safe_next(self.request, asked) or ""


class SignOut(LogoutView):
    """Signs out on POST; on GET shows the button, since following a link must change nothing."""

    http_method_names = ["get", "head", "post", "options"]

    def get(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        return render(request, "accounts/logout.html")

    def post(self, request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        user, key = request.user, request.session.session_key
        if isinstance(user, User):
            with transaction.atomic():
                acts.record(user, "sign_out", acts.account(user), "Signed out")
                sessions.forget(key)
        clear_login(request)
        return super().post(request, *args, **kwargs)


class CodeForm(forms.Form):
    """A code of the authenticator app, or a recovery code."""

    code = forms.CharField(max_length=40)

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request
        self.authenticator: Authenticator | None = None

    def clean_code(self) -> str:
        with counted("code", self.user, self.request) as tries:
            self.authenticator = second_factor.take_code(self.user, self.cleaned_data["code"])
            if self.authenticator is None:
                tell_of_failures(self.user, tries, "code")
                raise ValidationError(WRONG_CODE, code="wrong")
        return str(self.cleaned_data["code"])


class PasskeyForm(forms.Form):
    """What the browser answers for a passkey, as JSON."""

    credential = forms.CharField(max_length=20_000)

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request
        self.authenticator: Authenticator | None = None

    def clean_credential(self) -> dict[str, Any]:
        with counted("code", self.user, self.request) as tries:
            try:
                answer = json.loads(self.cleaned_data["credential"])
                webauthn.parse_authentication_response(answer)
                self.authenticator = webauthn.complete_authentication(self.user, answer)
            except (ValueError, TypeError, KeyError, AttributeError, ValidationError):
                tell_of_failures(self.user, tries, "passkey")
                raise ValidationError(WRONG_PASSKEY, code="wrong") from None
        return dict(answer)


class counted:
    """Count a try at a secret of this account; what passes without an error is right. Raises ValidationError."""

    def __init__(self, what: str, user: User, request: HttpRequest) -> None:
        self.of = (what, str(user.pk), address_of(request))

    def __enter__(self) -> limits.Tries:
        try:
            tries = limits.count_try(*self.of)
        except limits.CannotCount:
            raise ValidationError(NOT_NOW, code="not_now") from None
        if tries.too_many:
            raise ValidationError(TOO_MANY, code="too_many")
        return tries

    def __exit__(self, error: type[BaseException] | None, *rest: object) -> None:
        if error is None:
            try:
                limits.got_it_right(*self.of)
            except limits.CannotCount:
                raise ValidationError(NOT_NOW, code="not_now") from None


@login_stage_required(stage=AuthenticateStage.key, redirect_urlname="login")  # type: ignore[untyped-decorator]
def second_step(request: HttpRequest) -> HttpResponseBase:
    """After the password: a code or a passkey."""
    stage = request._login_stage  # type: ignore[attr-defined]
    user: User = stage.login.user
    form = form_of_second_factor(request, user)
    if form.is_bound and form.is_valid() and form.authenticator is not None:
        post_authentication(request, form.authenticator)
        answer: HttpResponse = stage.exit()
        return answer
    return render(request, "accounts/second_step.html", second_factor_context(request, user, form))


def form_of_second_factor(request: HttpRequest, user: User) -> CodeForm | PasskeyForm:
    """The form that was sent, or an empty one for a code."""
    data = request.POST if request.method == "POST" else None
    if data is not None and "credential" in data:
        return PasskeyForm(data, user=user, request=request)
    return CodeForm(data, user=user, request=request)


def second_factor_context(request: HttpRequest, user: User, form: forms.Form) -> dict[str, Any]:
    """What a page shows that asks for a code or a passkey."""
    types = set(second_factor.of(user).values_list("type", flat=True))
    has_passkey = Authenticator.Type.WEBAUTHN in types
    return {
        "form": form,
        "code_form": form if isinstance(form, CodeForm) else CodeForm(user=user, request=request),
        "passkey_wrong": form.errors.get("credential") if isinstance(form, PasskeyForm) else None,
        "has_code": bool(types - {Authenticator.Type.WEBAUTHN}),
        "has_app": Authenticator.Type.TOTP in types,
        "passkey_options": webauthn.begin_authentication(user) if has_passkey else None,
    }


class ForgottenForm(forms.Form):
    email = forms.EmailField(max_length=254)

    def __init__(self, *args: Any, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request

    def clean_email(self) -> str:
        email = str(self.cleaned_data["email"]).strip().lower()
        try:
            if limits.count_try("forgotten", email, address_of(self.request)).too_many:
                raise ValidationError(TOO_MANY, code="too_many")
        except limits.CannotCount:
            raise ValidationError(NOT_NOW.partition(" Nothing is wrong")[0], code="not_now") from None
        return email


def forgotten(request: HttpRequest) -> HttpResponse:
    """Sends whoever forgot their password a link by mail; says the same where nobody has the address."""
    form = ForgottenForm(request.POST if request.method == "POST" else None, request=request)
    if form.is_bound and form.is_valid():
        user = User.objects.filter(email=form.cleaned_data["email"], is_active=True).first()
        with transaction.atomic():
            if user is not None:
                notices.one_time_link(user, one_time_link(user))
            whose = acts.account(user) if user else "account"
            acts.record(None, "ask_for_link", whose, "A new link was asked for at the sign-in page")
        return render(request, "accounts/forgotten.html", {"sent": True})
    return render(request, "accounts/forgotten.html", {"form": form})


class SetPassword(PasswordResetConfirmView):
    """Sets the password, and signs in: with a second factor where the account has one."""

    template_name = "accounts/set_password.html"

    def get_user(self, uidb64: str) -> User | None:
        user = super().get_user(uidb64)
        return user if user is not None and user.is_active else None

    def form_valid(self, form: Any) -> HttpResponse:
        user: User = form.save(commit=False)  # hashing takes its time, and outside a transaction
        with transaction.atomic():
            user.save(update_fields=["password"])
            acts.record(user, "set_password", acts.account(user), "Set a password by a one-time link")
            sessions.end_all(user)
            if user.last_login is not None:
                notices.password_changed(user)
        logout(self.request)  # whoever used this browser before, and the secret of the link
        record_authentication(self.request, user, "link")
        response: HttpResponse = perform_login(
            self.request, Login(user=user, redirect_url=settings.LOGIN_REDIRECT_URL)
        )
        return response
