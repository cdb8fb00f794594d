"""How long a session lives, and how it ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

import pytest
import time_machine
from allauth.usersessions.models import UserSession
from django.contrib.sessions.models import Session
from django.test import Client
from django.utils import timezone

from tests.desk import cast
from tests.desk.cast import PASSWORD, code_of
from tracker.desk import staff
from tracker.desk.models import Act, User

pytestmark = pytest.mark.django_db
ROOT = Path(__file__).resolve().parents[2]


def _is_in(client: Client) -> bool:
    return client.get("/desk/").status_code == 200


def _sign_in(user: User, **extra: str) -> Client:
    """Sign in by the forms, as a browser does."""
    client = Client(**extra)
    client.post("/accounts/login/", {"username": user.email, "password": PASSWORD})
    client.post("/accounts/code/", {"code": code_of(user)})
    return client


@pytest.fixture
def now() -> datetime:
    return timezone.now()


def test_two_idle_hours_end_it(editor: User, now: datetime) -> None:
    client = cast.signed_in(editor)
    with time_machine.travel(now + timedelta(hours=1, minutes=59)):
        assert _is_in(client)
    with time_machine.travel(now + timedelta(hours=3, minutes=58)):
        assert _is_in(client)
    with time_machine.travel(now + timedelta(hours=6)):
        assert not _is_in(client)
    assert not _is_in(client)  # and it does not come back to life
    assert not UserSession.objects.exists()


def test_twelve_hours_end_it_however_busy_it_was(editor: User, now: datetime) -> None:
    client = cast.signed_in(editor)
    for hours in range(1, 12):
        with time_machine.travel(now + timedelta(hours=hours)):
            assert _is_in(client)
    with time_machine.travel(now + timedelta(hours=12, seconds=1)):
        assert not _is_in(client)


def test_a_page_that_asks_by_itself_keeps_nobody_signed_in(editor: User, now: datetime) -> None:
    client = cast.signed_in(editor)
    for minutes in range(10, 120, 10):
        with time_machine.travel(now + timedelta(minutes=minutes)):
            assert client.get("/desk/", headers={"HX-Request": "true"}).status_code == 200
    with time_machine.travel(now + timedelta(hours=2, seconds=1)):
        assert not _is_in(client)


def test_a_session_fixed_before_the_sign_in_is_worth_nothing_after_it(editor: User) -> None:
    client = Client()
    client.post("/accounts/login/", {"username": editor.email, "password": PASSWORD})
    fixed = client.cookies["session"].value
    client.post("/accounts/code/", {"code": code_of(editor)})
    assert client.cookies["session"].value != fixed
    stolen = Client()
    stolen.cookies["session"] = fixed
    assert not _is_in(stolen)


def test_signing_out_kills_the_key_and_takes_it_off_the_list(editor: User) -> None:
    client = _sign_in(editor)
    stolen = Client()
    stolen.cookies["session"] = client.cookies["session"].value
    client.post("/accounts/logout/")
    assert not _is_in(stolen)
    assert not UserSession.objects.exists()
    assert Act.objects.filter(verb="sign_out", by=editor).exists()


def test_a_new_password_ends_all_but_the_session_that_set_it(editor: User) -> None:
    here, elsewhere = cast.signed_in(editor), cast.signed_in(editor)
    key = here.cookies["session"].value
    chosen = {"new_password1": "another four plain words", "new_password2": "another four plain words"}
    assert here.post("/accounts/password/", chosen).headers["Location"] == "/accounts/?saved=password"
    assert _is_in(here)
    assert here.cookies["session"].value != key
    assert not _is_in(elsewhere)


ENDINGS: list[tuple[str, Callable[[User, User], object]]] = [
    ("switched off", lambda admin, user: staff.switch_off(admin, user)),
    ("another role", lambda admin, user: staff.change_role(admin, user, "contributor")),
    ("second factor reset", lambda admin, user: staff.reset_second_factor(admin, user, "lost")),
    ("forgotten", lambda admin, user: staff.forget(admin, user)),
]


@pytest.mark.parametrize("end", [end for _, end in ENDINGS], ids=[name for name, _ in ENDINGS])
def test_what_an_admin_does_ends_the_sessions_at_their_next_request(
    editor: User, admin: User, end: Callable[[User, User], object]
) -> None:
    client = cast.signed_in(editor)
    end(admin, editor)
    assert not _is_in(client)
    assert not UserSession.objects.filter(user=editor).exists()
    assert not Session.objects.exists()


def test_ones_sessions_are_listed_and_one_of_them_ended(editor: User) -> None:
    here = _sign_in(editor, HTTP_USER_AGENT="Firefox on <the> train", REMOTE_ADDR="203.0.113.77")
    elsewhere = cast.signed_in(editor)
    page = here.get("/accounts/").content.decode()
    assert "Firefox on &lt;the&gt; train" in page
    assert "203.0.113.0" in page
    assert "203.0.113.77" not in page
    row = UserSession.objects.get(session_key=elsewhere.cookies["session"].value)
    assert here.post("/accounts/sessions/", {"session": row.pk}).status_code == 302
    assert _is_in(here)
    assert not _is_in(elsewhere)
    assert Act.objects.filter(verb="end_session", by=editor).count() == 1


def test_all_others_are_ended_at_once(editor: User) -> None:
    here, *others = (cast.signed_in(editor) for _ in range(3))
    here.post("/accounts/sessions/")
    assert _is_in(here)
    assert not any(_is_in(client) for client in others)


@pytest.mark.parametrize("which", ["theirs", "0", "9" * 18, "9" * 40, "x", "-1"])
def test_nobody_ends_anothers_session(editor: User, admin: User, which: str) -> None:
    theirs = cast.signed_in(admin)
    row = UserSession.objects.get(user=admin)
    answer = cast.signed_in(editor).post(
        "/accounts/sessions/", {"session": row.pk if which == "theirs" else which}
    )
    assert answer.status_code == 404
    assert _is_in(theirs)


HTTPS = """
from django.conf import settings as s
assert s.SESSION_COOKIE_NAME == "__Host-session" and s.CSRF_COOKIE_NAME == "__Host-csrftoken", "names"
assert s.SESSION_COOKIE_SECURE and s.CSRF_COOKIE_SECURE and s.SESSION_COOKIE_HTTPONLY and s.CSRF_COOKIE_HTTPONLY
assert s.SESSION_COOKIE_SAMESITE == s.CSRF_COOKIE_SAMESITE == "Lax"
assert s.SESSION_COOKIE_DOMAIN is None and s.CSRF_COOKIE_DOMAIN is None
assert s.SESSION_COOKIE_PATH == s.CSRF_COOKIE_PATH == "/"
"""


def test_over_https_cookies_are_bound_to_the_host_and_kept_from_scripts() -> None:
    environment = {**os.environ, "SITE_URL": "https://whereas.example.org", "SECRET_KEY": "x" * 50}
    program = "import django; django.setup()\n" + HTTPS
    environment["DJANGO_SETTINGS_MODULE"] = "tracker.settings"
    subprocess.run([sys.executable, "-c", program], env=environment, check=True, cwd=ROOT)
