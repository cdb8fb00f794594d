"""Those who appear in the desk's tests: staff of each role, and how one of them sits at a browser.

    client = signed_in(an_editor())
    client.post("/desk/…", {…})

`tests/desk/conftest.py` has a fixture for each: contributor, editor, other_editor, admin, stranger.
"""

from __future__ import annotations

import time

from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from allauth.mfa.utils import decrypt, encrypt
from allauth.usersessions.models import UserSession
from django.test import Client

from tracker.desk import sessions
from tracker.desk.models import User

PASSWORD = "four plain words together"


def person(email: str, role: str, name: str = "") -> User:
    """A member of staff with a password and a second factor."""
    user = User.objects.create_user(email, role, name=name)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    data = {"secret": encrypt(totp.generate_totp_secret())}
    Authenticator.objects.create(user=user, type=Authenticator.Type.TOTP, data=data)
    return user


def a_contributor() -> User:
    return person("cora@example.org", User.Role.CONTRIBUTOR, "Cora Contributor")


def an_editor() -> User:
    return person("edith@example.org", User.Role.EDITOR, "Edith Editor")


def another_editor() -> User:
    return person("otis@example.org", User.Role.EDITOR, "Otis Other")


def an_admin() -> User:
    return person("ada@example.org", User.Role.ADMIN, "Ada Admin")


def signed_in(user: User, *, second_factor: bool = True, **extra: object) -> Client:
    """A browser in which this person has just signed in, with the second factor. `extra` goes to Django's test client."""
    client = Client(**extra)
    client.force_login(user)
    session = client.session
    now = int(time.time())
    session[sessions.SIGNED_IN_AT] = session[sessions.SEEN_AT] = now
    session[sessions.SECOND_FACTOR] = second_factor
    session["account_authentication_methods"] = [{"method": "mfa", "type": "totp", "at": now}]
    session["account_authentication_methods_user"] = str(user.pk)
    session.save()
    UserSession.objects.create(
        user=user, session_key=session.session_key, ip="127.0.0.0", user_agent="the test client"
    )
    return client


def code_of(user: User, steps: int = 0) -> str:
    """What this person's authenticator app shows now, or so many half minutes later."""
    row = Authenticator.objects.get(user=user, type=Authenticator.Type.TOTP)
    step = int(time.time()) // 30 + steps
    return totp.format_hotp_value(totp.hotp_value(decrypt(row.data["secret"]), step))


def page(client: Client, path: str, status: int = 200) -> str:
    """The page at an address, which answers with this status."""
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()
