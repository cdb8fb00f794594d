"""The secrets that webhooks are signed with: shown once, kept sealed under SECRET_KEY."""

from __future__ import annotations

import base64
import hashlib
import secrets
from datetime import datetime, timedelta

from cryptography.fernet import Fernet, InvalidToken
from django.conf import settings
from django.utils import timezone
from standardwebhooks import Webhook

from tracker.following.models import Endpoint

BOTH_FOR = timedelta(hours=24)  # after a change of the secret, what is sent is signed with both


class Unreadable(ValueError):
    """The secret was sealed under another SECRET_KEY."""


def new_secret() -> str:
    """A secret as receivers' libraries take it: "whsec_…", 256 bits."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def seal(secret: str) -> str:
    return _box().encrypt(secret.encode()).decode()


def signatures(endpoint: Endpoint, id: str, at: datetime, body: str) -> str:
    """The value of `webhook-signature`: one signature, or two while a former secret still counts. Raises Unreadable."""
    sealed = [endpoint.secret]
    if endpoint.former_secret and endpoint.former_until and endpoint.former_until > timezone.now():
        sealed.append(endpoint.former_secret)
    return " ".join(Webhook(_open(one)).sign(id, at, body) for one in sealed)


def _open(sealed: str) -> str:
    try:
        return _box().decrypt(sealed.encode()).decode()
    except InvalidToken:
        raise Unreadable(
            "its secret was sealed under another SECRET_KEY: give the endpoint a new secret"
        ) from None


def _box() -> Fernet:
    key = hashlib.sha256(b"webhooks\0" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))
