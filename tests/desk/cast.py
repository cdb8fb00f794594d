"""Those who appear in the desk's tests: staff of each role, and how one of them sits at a browser.

    client = signed_in(an_editor())
    client.post("/desk/…", {…})

`tests/desk/conftest.py` has a fixture for each: contributor, editor, other_editor, admin, stranger.
"""

from __future__ import annotations

from django.test import Client

from tracker.desk.models import User

PASSWORD = "four plain words together"


def person(email: str, role: str, name: str = "") -> User:
    """A member of staff with a password and a second factor."""
    user = User.objects.create_user(email, role, name=name)
    user.set_password(PASSWORD)
    user.save(update_fields=["password"])
    return user


def a_contributor() -> User:
    return person("cora@example.org", User.Role.CONTRIBUTOR, "Cora Contributor")


def an_editor() -> User:
    return person("edith@example.org", User.Role.EDITOR, "Edith Editor")


def another_editor() -> User:
    return person("otis@example.org", User.Role.EDITOR, "Otis Other")


def an_admin() -> User:
    return person("ada@example.org", User.Role.ADMIN, "Ada Admin")


def signed_in(user: User, **extra: object) -> Client:
    """A browser in which this person has signed in, with the second factor. `extra` goes to Django's test client."""
    client = Client(**extra)
    client.force_login(user)
    return client
