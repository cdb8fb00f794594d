"""What allauth asks of the site it works for: who is let in and noted how, where to lead, how secrets are kept."""

from __future__ import annotations

import base64
import ipaddress

from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.mfa.adapter import DefaultMFAAdapter
from cryptography.fernet import Fernet, InvalidToken
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDF
from django.conf import settings
from django.contrib.auth.base_user import AbstractBaseUser
from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.utils.http import url_has_allowed_host_and_scheme

from tracker.addresses import cut_address
from tracker.desk import acts, sessions
from tracker.desk.models import User

UNKNOWN = "0.0.0.0"  # noqa: S104 (no address to listen on: what a row holds where a socket has none)


class CannotRead(Exception):
    """A second factor was sealed with another SECRET_KEY than this site's."""


def safe_next(request: HttpRequest, where: str | None) -> str | None:
    """Where to go on to, if it is a path of this site; None otherwise."""
    if not where or not where.startswith("/") or not where.isprintable():
        return None
    hosts = {request.get_host()}
    safe = url_has_allowed_host_and_scheme(where, allowed_hosts=hosts, require_https=request.is_secure())
    return where if safe else None


class AccountAdapter(DefaultAccountAdapter):
    def get_login_stages(self) -> list[str]:
        return ["allauth.mfa.stages.AuthenticateStage"]

    def login(self, request: HttpRequest, user: AbstractBaseUser) -> None:
        super().login(request, user)
        if isinstance(user, User):
            sessions.begin(request, user)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **kwargs: object) -> HttpResponse:
        with transaction.atomic():
            response: HttpResponse = super().post_login(request, user, **kwargs)
            if isinstance(user, User):
                by = [
                    str(row.get("type") or row["method"]) for row in get_authentication_records(request, user)
                ]
                acts.record(user, "sign_in", acts.account(user), f"Signed in by {', '.join(by)}")
        return response

    def respond_user_inactive(self, request: HttpRequest, user: AbstractBaseUser) -> HttpResponse:
        return redirect("login")

    def is_safe_url(self, url: str | None) -> bool:
        return safe_next(self.request, url) is not None

    def get_client_ip(self, request: HttpRequest) -> str:
        """The first address of the client's network: whole ones are not kept."""
        cut = cut_address(request.META.get("REMOTE_ADDR", ""))
        return str(ipaddress.ip_network(cut).network_address) if cut else UNKNOWN


class SecondFactorAdapter(DefaultMFAAdapter):
    """Secrets lie in the database sealed with the site's SECRET_KEY: who steals the one still lacks the other."""

    def encrypt(self, text: str) -> str:
        return _seal().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        """Raises CannotRead."""
        try:
            return _seal().decrypt(encrypted_text.encode()).decode()
        except InvalidToken:
            raise CannotRead from None

    def get_public_key_credential_rp_entity(self) -> dict[str, str]:
        entity: dict[str, str] = super().get_public_key_credential_rp_entity()
        return {**entity, "name": settings.MFA_TOTP_ISSUER}


def _seal() -> Fernet:
    key = HKDF(SHA256(), length=32, salt=None, info=b"whereas second factors").derive(
        settings.SECRET_KEY.encode()
    )
    return Fernet(base64.urlsafe_b64encode(key))
