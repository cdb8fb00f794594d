"""A member of staff's own page: name, password, second factors, recovery codes, sessions, and what they are mailed about."""

from __future__ import annotations

import json
from functools import wraps
from ipaddress import ip_address
from typing import Any

from allauth.mfa.adapter import get_adapter
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.webauthn.internal import auth as webauthn
from allauth.usersessions.models import UserSession
from django import forms
from django.contrib.auth import update_session_auth_hash
from django.contrib.auth.forms import SetPasswordForm
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.http import urlencode
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from tracker.desk import acts, notices, second_factor, sessions
from tracker.desk.accounts import (
    CodeForm,
    PasskeyForm,
    counted,
    form_of_second_factor,
    second_factor_context,
    tell_of_failures,
)
from tracker.desk.adapters import safe_next
from tracker.desk.doors import View, allowed, who
from tracker.desk.models import User
from tracker.desk.permissions import Right
from tracker.desk.qr import qr_path

NAME_LENGTH = 80
WRONG_PASSWORD = "This is not your password."  # noqa: S105 (what the page says)
SAID = {  # what the page says of what was just done, by the word in its address
    "name": "Your name was saved.",
    "mails": "What you are mailed about was saved.",
    "password": "Your new password was set. Your other sessions have ended.",
    "removed": "The second factor was removed.",
    "added": "The second factor was added.",
    "ended": "The session has ended.",
}

mine = allowed(Right.OWN_ACCOUNT)
mine_without_second_factor = allowed(Right.OWN_ACCOUNT, needs_second_factor=False)
form_page = require_http_methods(["GET", "HEAD", "POST"])


def confirmed(view: View) -> View:
    """A view for whoever gave password or second factor within the last ten minutes; others give it first, and come back.

    Where the account has a second factor that this session has not shown, the password does not do.
    """

    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponseBase:
        user = who(request)
        if sessions.is_confirmed(request, user) and not _owes_second_factor(request, user):
            return view(request, *args, **kwargs)
        return redirect(f"/accounts/confirm/?{urlencode({'next': request.path})}")

    return answer


def _owes_second_factor(request: HttpRequest, user: User) -> bool:
    return not sessions.shown_second_factor(request) and second_factor.is_set_up(user)


class NameForm(forms.Form):
    name = forms.CharField(max_length=NAME_LENGTH, required=False, strip=True)

    def clean_name(self) -> str:
        name = str(self.cleaned_data["name"])
        if not name.isprintable():
            raise ValidationError("A name is one line of letters, without control signs.")
        return name


class MailsForm(forms.Form):
    mailed_when_assigned = forms.BooleanField(required=False)
    mailed_when_asked = forms.BooleanField(required=False)
    mailed_when_outgrown = forms.BooleanField(required=False)


class PasswordForm(forms.Form):
    """One's password once more."""

    password = forms.CharField(max_length=4096, strip=False)

    def __init__(self, *args: Any, user: User, request: HttpRequest, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.user, self.request = user, request

    def clean_password(self) -> str:
        with counted("confirm", self.user, self.request) as tries:
            if not self.user.check_password(self.cleaned_data["password"]):
                tell_of_failures(self.user, tries, "password")
                raise ValidationError(WRONG_PASSWORD, code="wrong")
        return str(self.cleaned_data["password"])


@mine
@require_safe
def me(request: HttpRequest) -> HttpResponse:
    """Everything about one's own account on one page."""
    return _page(request, said=SAID.get(request.GET.get("saved", ""), ""))


@mine
@require_POST
def name(request: HttpRequest) -> HttpResponse:
    user, form = who(request), NameForm(request.POST)
    if not form.is_valid():
        return _page(request, name_form=form)
    _change(user, "change_name", "Changed their name", {"name": form.cleaned_data["name"]}, told=False)
    return redirect("/accounts/?saved=name")


@mine
@require_POST
def mails(request: HttpRequest) -> HttpResponse:
    form = MailsForm(request.POST)
    form.full_clean()
    _change(who(request), "choose_mails", "Chose what to be mailed about", form.cleaned_data)
    return redirect("/accounts/?saved=mails")


def _change(user: User, verb: str, summary: str, fields: dict[str, Any], *, told: bool = True) -> None:
    """Write fields of the account, and the act; without `told` the act does not keep the values, which are personal."""
    with transaction.atomic():
        before = {field: getattr(user, field) for field in fields}
        User.objects.filter(pk=user.pk).update(**fields)
        acts.record(
            user,
            verb,
            acts.account(user),
            summary,
            before=before if told else None,
            after=fields if told else None,
        )


@mine
@form_page
@confirmed
def password(request: HttpRequest) -> HttpResponse:
    """A new password; every other session of the account ends."""
    user = who(request)
    form = SetPasswordForm(user, request.POST if request.method == "POST" else None)
    if form.is_bound and form.is_valid():
        form.save(commit=False)  # hashing takes its time, and outside a transaction
        with transaction.atomic():
            user.save(update_fields=["password"])
            acts.record(user, "set_password", acts.account(user), "Changed their password")
            sessions.end_all(user, but=request.session.session_key)
            notices.password_changed(user)
        old = request.session.session_key
        update_session_auth_hash(request, user)
        sessions.renamed(old, request.session.session_key)
        return redirect("/accounts/?saved=password")
    return render(request, "accounts/password.html", {"form": form})


@mine_without_second_factor
@require_safe
def choose_second_factor(request: HttpRequest) -> HttpResponse:
    """Where an account that has none is led: an authenticator app, or a passkey."""
    user = who(request)
    context = {
        "set_up": second_factor.is_set_up(user),
        "needed": second_factor.is_needed(user),
        "no_passkeys": _why_no_passkeys(request),
    }
    return render(request, "accounts/second_factor.html", context)


@mine_without_second_factor
@form_page
@confirmed
def app(request: HttpRequest) -> HttpResponse:
    """Set up an authenticator app: show its secret, and take the first code it gives."""
    user = who(request)
    if second_factor.of(user).filter(type=Authenticator.Type.TOTP).exists():
        return redirect("me")
    wrong = ""
    secret = totp.get_totp_secret(regenerate=request.method != "POST")
    if request.method == "POST":
        try:
            with counted("code", user, request):
                if not second_factor.set_up_totp(user, secret, request.POST.get("code", "")):
                    raise ValidationError(
                        "This is not the code that the app shows just now. Look that the telephone’s clock is right.",
                        code="wrong",
                    )
        except ValidationError as error:
            wrong = error.messages[0]
        else:
            totp.clear_totp_secret(request)
            return _after_setting_up(request, user, "totp")
    address = get_adapter().build_totp_url(user, secret)
    path, size = qr_path(address)
    spelled = " ".join(secret[at : at + 4] for at in range(0, len(secret), 4))
    return render(
        request,
        "accounts/app.html",
        {"qr": path, "size": size, "secret": spelled, "address": address, "wrong": wrong},
    )


@mine_without_second_factor
@form_page
@confirmed
def passkey(request: HttpRequest) -> HttpResponse:
    """Add a passkey: the browser makes it, and its answer is checked here."""
    user = who(request)
    why_not, wrong = _why_no_passkeys(request), ""
    if why_not:
        return render(request, "accounts/passkey.html", {"why_not": why_not})
    called = " ".join(request.POST.get("name", "").split())[:NAME_LENGTH]
    if request.method == "POST":
        try:
            credential = json.loads(request.POST.get("credential", ""))
            webauthn.parse_registration_response(credential)
            webauthn.complete_registration(credential)
        except (ValueError, TypeError, KeyError, AttributeError, ValidationError):
            wrong = "The browser’s answer could not be used: it may have taken too long. Try again."
        else:
            second_factor.add_passkey(user, called or "Passkey", credential)
            return _after_setting_up(request, user, "webauthn")
    options = webauthn.begin_registration(user, passwordless=False)
    return render(request, "accounts/passkey.html", {"options": options, "wrong": wrong, "called": called})


def _after_setting_up(request: HttpRequest, user: User, kind: str) -> HttpResponse:
    """The session has a second factor now. With the account's first one come its recovery codes, shown this once."""
    sessions.note_second_factor(request, user, kind)
    if second_factor.recovery_codes_left(user):
        return redirect("/accounts/?saved=added")
    return _show_codes(request, second_factor.new_recovery_codes(user), first=True)


@mine
@form_page
@confirmed
def remove(request: HttpRequest, pk: int) -> HttpResponse:
    """Take one second factor away."""
    user = who(request)
    rows = second_factor.of(user).exclude(type=Authenticator.Type.RECOVERY_CODES)
    row = get_object_or_404(rows, pk=pk)
    wrong = ""
    if request.method == "POST":
        try:
            second_factor.remove(user, row)
        except ValidationError as error:
            wrong = error.messages[0]
        else:
            return redirect("/accounts/?saved=removed")
    return render(request, "accounts/remove.html", {"row": _factor(row), "wrong": wrong})


@mine
@form_page
@confirmed
def recovery_codes(request: HttpRequest) -> HttpResponse:
    """How many codes are left; new ones on request."""
    user = who(request)
    if not second_factor.is_set_up(user):
        return redirect("second-factor")
    if request.method == "POST":
        return _show_codes(request, second_factor.new_recovery_codes(user), first=False)
    return render(request, "accounts/recovery_codes.html", {"left": second_factor.recovery_codes_left(user)})


def _show_codes(request: HttpRequest, codes: list[str], *, first: bool) -> HttpResponse:
    spelled = [f"{code[:4]} {code[4:]}" for code in codes]
    return render(request, "accounts/recovery_codes.html", {"codes": spelled, "first": first})


@mine_without_second_factor
@form_page
def confirm(request: HttpRequest) -> HttpResponse:
    """Password or second factor once more, before something that matters."""
    user = who(request)
    where = safe_next(request, request.POST.get("next") or request.GET.get("next")) or "/accounts/"
    owes = _owes_second_factor(request, user)
    by_password = not owes and user.has_usable_password()
    form: forms.Form
    if by_password and (request.method != "POST" or "password" in request.POST):
        form = PasswordForm(request.POST if request.method == "POST" else None, user=user, request=request)
    else:
        form = form_of_second_factor(request, user)
    if form.is_bound and form.is_valid():
        if isinstance(form, (CodeForm, PasskeyForm)) and form.authenticator is not None:
            sessions.note_second_factor(request, user, form.authenticator.type)
        else:
            sessions.confirm(request, user, "password")
        return redirect(where)
    context = second_factor_context(request, user, form)
    return render(request, "accounts/confirm.html", {**context, "by_password": by_password, "next": where})


@mine
@require_POST
def end_sessions(request: HttpRequest) -> HttpResponse:
    """End one of one's sessions (`session`), or all but this one."""
    user, chosen = who(request), request.POST.get("session", "")
    with transaction.atomic():
        if not chosen:
            count = sessions.end_all(user, but=request.session.session_key)
        elif chosen.isdecimal() and len(chosen) < 19 and sessions.end(user, int(chosen)):
            count = 1
        else:
            raise Http404("This session has ended already.")
        acts.record(user, "end_session", acts.account(user), f"Ended {count} of their sessions")
    return redirect("/accounts/?saved=ended")


def _page(request: HttpRequest, *, said: str = "", name_form: NameForm | None = None) -> HttpResponse:
    user = User.objects.get(pk=who(request).pk)
    rows = list(second_factor.of(user))
    return render(
        request,
        "accounts/me.html",
        {
            "said": said,
            "account": user,
            "name_form": name_form or NameForm({"name": user.name}),
            "name_wrong": name_form.errors.get("name") if name_form else None,
            "factors": [_factor(row) for row in rows if row.type != Authenticator.Type.RECOVERY_CODES],
            "needed": second_factor.is_needed(user),
            "codes_left": second_factor.recovery_codes_left(user),
            "sessions": _sessions(request, user),
        },
        status=400 if name_form else 200,
    )


def _factor(row: Authenticator) -> dict[str, Any]:
    is_key = row.type == Authenticator.Type.WEBAUTHN
    return {
        "pk": row.pk,
        "called": row.data.get("name", "Passkey") if is_key else "Authenticator app",
        "kind": "passkey" if is_key else "app",
        "since": row.created_at,
        "last_used_at": row.last_used_at,
    }


def _sessions(request: HttpRequest, user: User) -> list[dict[str, Any]]:
    here = request.session.session_key
    living = UserSession.objects.purge_and_list(user)
    return [
        {
            "pk": row.pk,
            "here": row.session_key == here,
            "agent": row.user_agent or "a browser that does not say its name",
            "network": row.ip,
            "since": row.created_at,
            "seen": row.last_seen_at,
        }
        for row in sorted(living, key=lambda row: row.last_seen_at, reverse=True)
    ]


def _why_no_passkeys(request: HttpRequest) -> str:
    """Browsers make passkeys for a site with a name, over https or on one's own machine; "" where they do."""
    host = request.get_host().rsplit(":", 1)[0].strip("[]")
    try:
        ip_address(host)
    except ValueError:
        if request.is_secure() or host == "localhost" or host.endswith(".localhost"):
            return ""
        return "Browsers make passkeys only over https. This site is reached by http."
    return f"Browsers make passkeys only for a site with a name, and this one is reached by the number {host}. On your own machine, localhost in place of the number does."
