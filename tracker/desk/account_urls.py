"""The addresses below `/accounts/`: signing in, and one's own account. Of allauth's own pages none is reachable."""

from __future__ import annotations

from django.urls import path
from django.views.decorators.http import require_http_methods

from tracker.desk import accounts, me
from tracker.desk.doors import private

form_page = require_http_methods(["GET", "HEAD", "POST"])
sign_in = private(form_page(accounts.SignIn.as_view()))
sign_out = private(form_page(accounts.SignOut.as_view()))
set_password = private(form_page(accounts.SetPassword.as_view()))

urlpatterns = [
    path("login/", sign_in, name="login"),
    path("login/", sign_in, name="account_login"),  # as allauth calls it
    path("code/", private(form_page(accounts.second_step)), name="mfa_authenticate"),  # as allauth calls it
    path("logout/", sign_out, name="logout"),
    path("forgotten/", private(form_page(accounts.forgotten)), name="forgotten"),
    path("set-password/<uidb64>/<token>/", set_password, name="set-password"),
    path("", me.me, name="me"),
    path("name/", me.name, name="own-name"),
    path("mails/", me.mails, name="own-mails"),
    path("password/", me.password, name="own-password"),
    path("second-factor/", me.choose_second_factor, name="second-factor"),
    path("second-factor/app/", me.app, name="second-factor-app"),
    path("second-factor/passkey/", me.passkey, name="second-factor-passkey"),
    path("second-factor/<int:pk>/remove/", me.remove, name="second-factor-remove"),
    path("recovery-codes/", me.recovery_codes, name="recovery-codes"),
    path("confirm/", me.confirm, name="confirm"),
    path("confirm/", me.confirm, name="account_reauthenticate"),  # as allauth calls it
    path("sessions/", me.end_sessions, name="own-sessions"),
]
