"""Accounts, for admins: who there is, and what can be done with one."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from allauth.mfa.models import Authenticator
from django import forms
from django.conf import settings
from django.core.exceptions import ValidationError
from django.db.models import Count, Max, Q
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_http_methods

from tracker.desk import mail, staff
from tracker.desk.doors import allowed, who
from tracker.desk.me import NameForm, confirmed
from tracker.desk.models import UnsavedWords, User
from tracker.desk.permissions import Right

form_page = require_http_methods(["GET", "HEAD", "POST"])
SHOWN = 500
SAID = {
    "address": "The mail address was changed.",
    "role": "The role was changed, and the account’s sessions have ended.",
    "off": "The account was switched off, and its sessions have ended.",
    "on": "The account was switched on.",
    "reset": "The second factor was reset, and the account’s sessions have ended.",
    "forget": "The person’s name and address were removed.",
}
UNDERSTOOD = "Tick that this cannot be undone."


class AddForm(NameForm):
    """A new account. Only these fields are read, whatever else is sent."""

    email = forms.CharField(max_length=254)
    role = forms.ChoiceField(
        choices=User.Role.choices, error_messages={"invalid_choice": "Choose contributor, editor or admin."}
    )


class RoleForm(forms.Form):
    role = forms.ChoiceField(
        choices=User.Role.choices, error_messages={"invalid_choice": "Choose contributor, editor or admin."}
    )


@allowed(Right.MANAGE_ACCOUNTS)
@form_page
@confirmed
def accounts(request: HttpRequest) -> HttpResponse:
    """The list, and a form for a new account. The new one's link is shown in the answer, this once."""
    form = AddForm(request.POST if request.method == "POST" else None)
    made = None
    if form.is_bound and form.is_valid():
        try:
            user, link = staff.add(
                who(request), form.cleaned_data["email"], form.cleaned_data["role"], form.cleaned_data["name"]
            )
        except ValidationError as error:
            form.add_error("email", error.messages[0])
        else:
            made, form = {"user": user, "link": link}, AddForm()
    return render(
        request,
        "desk/accounts.html",
        {
            "rows": _with_counts()[:SHOWN],
            "form": form,
            "made": made,
            "mail_goes_nowhere": mail.health().nowhere,
            "roles": User.Role.choices,
            "free": settings.SECOND_FACTOR != "everyone",
        },
        status=400 if form.errors else 200,
    )


def _with_counts() -> Any:
    factors = ~Q(authenticator__type=Authenticator.Type.RECOVERY_CODES)
    return User.objects.annotate(
        factors=Count("authenticator", filter=factors, distinct=True),
        seen=Max("usersession__last_seen_at"),
    ).order_by("-is_active", "forgotten_at", "email")


@allowed(Right.MANAGE_ACCOUNTS)
@form_page
@confirmed
def account(request: HttpRequest, pk: int) -> HttpResponse:
    """One account; `do` says which of its forms was sent."""
    user, me = get_object_or_404(_with_counts(), pk=pk), who(request)
    wrong: dict[str, str] = {}
    link = ""
    todo = request.POST.get("do", "") if request.method == "POST" else ""
    why = request.POST.get("why", "")[:300]
    if todo:
        try:
            link = _do(todo, request, me, user, why) or ""
        except ValidationError as error:
            wrong[todo] = error.messages[0]
        else:
            if not link:
                return redirect(f"/desk/accounts/{pk}/?saved={todo}")
    return render(
        request,
        "desk/account.html",
        {
            "account": user,
            "said": SAID.get(request.GET.get("saved", ""), ""),
            "wrong": wrong,
            "why": why,
            "address": request.POST.get("email", user.email)[:254],
            "link": link,
            "roles": User.Role.choices,
            "is_me": user.pk == me.pk,
            "unsaved": list(
                UnsavedWords.objects.filter(by=user).order_by("entry").values_list("entry", flat=True)
            ),
            "mail_goes_nowhere": mail.health().nowhere,
        },
        status=400 if wrong else 200,
    )


def _do(todo: str, request: HttpRequest, me: User, user: User, why: str) -> str | None:
    """Do one thing with the account; a new link where that is what it was. Raises ValidationError."""
    does: dict[str, Callable[[], object]] = {
        "role": lambda: staff.change_role(me, user, _role(request)),
        "address": lambda: staff.change_address(me, user, request.POST.get("email", "")),
        "off": lambda: staff.switch_off(me, user, why),
        "on": lambda: staff.switch_on(me, user),
        "reset": lambda: staff.reset_second_factor(me, user, why),
        "link": lambda: staff.new_link(me, user),
        "forget": lambda: _forget(request, me, user),
    }
    if todo not in does:
        raise ValidationError("There is no such thing to do with an account.")
    done = does[todo]()
    return str(done) if todo == "link" else None


def _role(request: HttpRequest) -> str:
    form = RoleForm(request.POST)
    if not form.is_valid():
        raise ValidationError(form.errors["role"][0])
    return str(form.cleaned_data["role"])


def _forget(request: HttpRequest, me: User, user: User) -> None:
    if request.POST.get("understood") != "on":
        raise ValidationError(UNDERSTOOD)
    staff.forget(me, user)
