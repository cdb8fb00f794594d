"""Signing in, the one-time link, and who is let through."""

from __future__ import annotations

import re
from datetime import timedelta
from urllib.parse import urljoin, urlsplit

import pytest
import time_machine
from django.contrib.auth import get_user
from django.contrib.auth.hashers import get_hasher
from django.core.management import call_command
from django.test import Client, RequestFactory
from django.utils import timezone
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import Settings

from tracker.desk import limits
from tracker.desk.accounts import one_time_link
from tracker.desk.adapters import safe_next
from tracker.desk.models import Act, OutgoingMail, User

pytestmark = pytest.mark.django_db

PASSWORD = "four plain words together"


@pytest.fixture
def editor() -> User:
    user = User.objects.create_user("editor@example.org", User.Role.EDITOR)
    user.set_password(PASSWORD)
    user.save()
    return user


def _sign_in(
    client: Client, email: str = "editor@example.org", password: str = PASSWORD, **extra: str
) -> str:
    """Try; answers the page's words, or where it leads."""
    answer = client.post("/accounts/login/", {"username": email, "password": password}, **extra)
    return answer.headers.get("Location") or answer.content.decode()


def _path(link: str) -> str:
    return link.removeprefix("http://testserver")


def test_the_right_password_leads_to_the_desk_which_asks_for_a_second_factor(
    client: Client, editor: User
) -> None:
    assert _sign_in(client) == "/desk/"
    assert get_user(client) == editor
    assert client.get("/desk/").headers["Location"] == "/accounts/second-factor/?next=/desk/"


def test_an_address_is_the_same_however_it_is_written(client: Client, editor: User) -> None:
    assert _sign_in(client, " Editor@Example.ORG ") == "/desk/"


def test_a_wrong_password_and_an_unknown_account_read_the_same(client: Client, editor: User) -> None:
    wrong = _sign_in(client, password="not the right words")
    unknown = _sign_in(client, email="nobody@example.org")
    words = "No account has this mail address and password."
    assert words in wrong
    assert words in unknown
    assert 'role="alert"' in wrong


def test_an_account_that_is_switched_off_is_out_at_its_next_request(client: Client, editor: User) -> None:
    _sign_in(client)
    User.objects.update(is_active=False)
    assert client.get("/desk/").status_code == 302
    assert "No account has this mail address and password." in _sign_in(Client())


def test_a_new_key_is_given_at_sign_in_and_the_old_one_is_dead_after_sign_out(
    client: Client, editor: User
) -> None:
    _sign_in(client)
    key = client.cookies["session"].value
    assert client.get("/accounts/logout/").status_code == 200  # a link signs nobody out
    assert client.get("/accounts/second-factor/").status_code == 200
    client.post("/accounts/logout/")
    stolen = Client()
    stolen.cookies["session"] = key
    assert stolen.get("/accounts/second-factor/").headers["Location"].startswith("/accounts/login/")


def test_twenty_tries_an_hour_for_an_account_from_wherever_they_come(client: Client, editor: User) -> None:
    for number in range(limits.TRIES):
        assert "No account has" in _sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.2.{number}")
    assert "Too many tries" in _sign_in(client, REMOTE_ADDR="198.51.100.1")
    with time_machine.travel(timezone.now() + timedelta(hours=1, seconds=1)):
        assert _sign_in(client, REMOTE_ADDR="198.51.100.1") == "/desk/"


def test_twenty_tries_an_hour_from_an_address_for_whichever_account(client: Client, editor: User) -> None:
    for number in range(limits.TRIES):
        _sign_in(client, email=f"someone{number}@example.org", REMOTE_ADDR="192.0.2.7")
    assert "Too many tries" in _sign_in(client, REMOTE_ADDR="192.0.2.7")
    assert _sign_in(client, REMOTE_ADDR="192.0.2.8") == "/desk/"


def test_a_forged_header_is_no_other_address(client: Client, editor: User) -> None:
    for number in range(limits.TRIES):
        _sign_in(client, email=f"someone{number}@example.org", HTTP_X_FORWARDED_FOR=f"192.0.2.{number}")
    assert "Too many tries" in _sign_in(client)


def test_a_thousand_guesses_at_one_account_get_twenty_looks(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    looked = []
    monkeypatch.setattr(User, "check_password", lambda user, raw: bool(looked.append(raw)))
    for number in range(1000):
        where = {
            "REMOTE_ADDR": f"10.{number % 250}.{number // 250}.9",
            "HTTP_X_FORWARDED_FOR": f"192.0.2.{number % 250}",
        }
        _sign_in(client, password=f"guess {number}", **where)
    assert len(looked) == limits.TRIES
    told = OutgoingMail.objects.get(to=editor)
    assert "/accounts/forgotten/" in told.text
    assert [act.summary for act in Act.objects.filter(object=f"account/{editor.pk}").order_by("id")] == [
        "10 wrong tries at the password within an hour",
        "20 wrong tries at the password within an hour",
    ]
    monkeypatch.undo()
    form = client.get(_path(one_time_link(editor))).headers["Location"]  # the true owner still gets in
    client.post(form, {"new_password1": "quite another password", "new_password2": "quite another password"})
    assert get_user(client) == editor


def test_an_unknown_account_costs_the_same_work(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    hashed: list[str] = []
    hasher = type(get_hasher())
    encode = hasher.encode
    monkeypatch.setattr(
        hasher,
        "encode",
        lambda self, password, salt, *rest: hashed.append(password) or encode(self, password, salt, *rest),
    )
    _sign_in(client, password="wrong words")
    known = len(hashed)
    _sign_in(client, email="nobody@example.org", password="wrong words")
    assert (known, len(hashed)) == (1, 2)


def test_whoever_gets_it_right_starts_anew(client: Client, editor: User) -> None:
    for network in range(3):
        for number in range(limits.TRIES - 1):
            _sign_in(client, password="wrong", REMOTE_ADDR=f"192.0.{network}.{number}")
        assert _sign_in(client) == "/desk/"


def test_an_account_of_ones_own_does_not_help_to_guess_at_others(client: Client, editor: User) -> None:
    other = User.objects.create_user("other@example.org", User.Role.EDITOR)
    other.set_password(PASSWORD)
    other.save()
    for number in range(limits.TRIES):
        _sign_in(client, email=f"someone{number}@example.org", password="wrong")
        if number < limits.TRIES - 1:
            assert _sign_in(client, email=other.email) == "/desk/"
    assert "Too many tries" in _sign_in(client, email=other.email)


def test_nobody_is_let_in_while_tries_cannot_be_counted(
    client: Client, editor: User, monkeypatch: pytest.MonkeyPatch
) -> None:
    def away(key: str) -> int:
        raise ConnectionError("redis is away")

    monkeypatch.setattr(limits, "_count", away)
    assert "Nobody can sign in just now" in _sign_in(client)


@pytest.mark.parametrize(
    "where", ["//evil.example", "https://evil.example/", "\\\\evil.example", "javascript:alert(1)"]
)
def test_signing_in_leads_nowhere_else(client: Client, editor: User, where: str) -> None:
    answer = client.post("/accounts/login/", {"username": editor.email, "password": PASSWORD, "next": where})
    assert answer.headers["Location"] == "/desk/"


TRICKS = (
    "//evil.example",
    "\\\\evil.example",
    "/\\evil.example",
    "http:evil.example",
    "https://evil.example/desk/",
    "javascript:alert(1)",
    "/%0d%0aLocation:%20//evil.example",
    "\t//evil.example",
    "///evil.example",
    "@evil.example",
)


@given(
    st.one_of(
        st.sampled_from(TRICKS), st.text(max_size=40), st.text(max_size=30).map(lambda tail: f"/{tail}")
    )
)
def test_what_comes_after_the_sign_in_is_always_of_this_site(where: str) -> None:
    request = RequestFactory().get("/accounts/login/")
    found = safe_next(request, where)
    if found is not None:
        assert urlsplit(urljoin("http://testserver/accounts/login/", found)).netloc == "testserver"
        assert found.startswith("/")
        assert found.isprintable()


@pytest.mark.parametrize(
    "chosen", ["four plain words together " * 4, "ein, zwei, drei, vier Wörter", "密码很长也没有关系吧真的吗"]
)
def test_a_long_password_in_any_script_will_do(client: Client, chosen: str) -> None:
    user = User.objects.create_user("new@example.org", User.Role.EDITOR)
    form = client.get(_path(one_time_link(user))).headers["Location"]
    assert client.post(form, {"new_password1": chosen, "new_password2": chosen}).status_code == 302
    user.refresh_from_db()
    assert user.check_password(chosen)


def test_the_link_sets_a_password_once_and_signs_in(client: Client) -> None:
    user = User.objects.create_user("new@example.org", User.Role.CONTRIBUTOR)
    link = one_time_link(user)
    assert re.fullmatch(r"http://testserver/accounts/set-password/[\w-]+/[\w-]+/", link)
    form = client.get(_path(link))
    assert form.status_code == 302
    assert link.split("/")[-2] not in form.headers["Location"]  # the page itself has no secret in its address
    chosen = {"new_password1": PASSWORD, "new_password2": PASSWORD}
    done = client.post(form.headers["Location"], chosen)
    assert done.headers["Location"] == "/desk/"
    assert get_user(client) == user
    assert "This link no longer works" in Client().get(_path(link)).content.decode()


def test_the_link_holds_for_24_hours(client: Client) -> None:
    user = User.objects.create_user("new@example.org", User.Role.EDITOR)
    link = _path(one_time_link(user))
    now = timezone.now()
    with time_machine.travel(now + timedelta(hours=23, minutes=59)):
        assert Client().get(link).status_code == 302
    with time_machine.travel(now + timedelta(hours=24, minutes=1)):
        assert "This link no longer works" in Client().get(link).content.decode()


@pytest.mark.parametrize(
    "chosen",
    [
        "short",
        "elevensigns",
        "passwordpassword"[:11],
        "new@example.org",
        "123456789012",
        "whereaswhereas",
        "Whereas-2026!",
        "qwertyuiop123",
    ],
)
def test_a_password_too_short_too_common_or_too_much_like_the_address_is_refused(
    client: Client, chosen: str
) -> None:
    user = User.objects.create_user("new@example.org", User.Role.EDITOR)
    form = client.get(_path(one_time_link(user))).headers["Location"]
    page = client.post(form, {"new_password1": chosen, "new_password2": chosen})
    assert page.status_code == 200
    assert 'role="alert"' in page.content.decode()
    user.refresh_from_db()
    assert not user.has_usable_password()


@pytest.mark.parametrize(
    "path",
    [
        "/desk/",
        "/desk/nowhere",
        "/accounts/",
        "/accounts/login/",
        "/accounts/logout/",
        "/accounts/set-password/MQ/x-y/",
    ],
)
def test_no_cache_keeps_a_private_page(client: Client, path: str) -> None:
    assert client.get(path).headers["Cache-Control"] == "private, no-store"


@pytest.mark.parametrize(
    "path",
    [
        *(
            "/",
            "/measures/",
            "/measures/?q=iran",
            "/changes/",
            "/members/",
            "/committees/",
            "/sources/",
            "/nowhere",
        ),
        *(
            "/api/v1/stats",
            "/api/v1/measures",
            "/api/v1/docs",
            "/search?q=S.Res.145",
            "/healthz",
            "/readyz",
            "/metrics",
        ),
    ],
)
def test_a_public_answer_sets_no_cookie_and_does_not_vary_by_it_even_for_whoever_has_signed_in(
    client: Client, editor: User, path: str
) -> None:
    _sign_in(client)
    answer = client.get(path)
    assert not answer.cookies
    assert "Cookie" not in answer.headers.get("Vary", "")


def test_cookies_are_kept_from_scripts_and_from_other_sites(client: Client, editor: User) -> None:
    _sign_in(client)
    for cookie in client.cookies.values():
        assert cookie["httponly"]
        assert cookie["samesite"] == "Lax"


def test_a_form_without_its_token_changes_nothing(editor: User, settings: Settings) -> None:
    strict = Client(enforce_csrf_checks=True)
    answer = strict.post("/accounts/login/", {"username": editor.email, "password": PASSWORD})
    assert answer.status_code == 403
    assert "Open the page again" in answer.content.decode()


def _staff(capsys: pytest.CaptureFixture[str], *words: str) -> tuple[int, list[str], list[str]]:
    try:
        call_command("staff", *words)
        status = 0
    except SystemExit as ended:
        status = int(ended.code or 0)
    said, complained = capsys.readouterr()
    return status, said.splitlines(), complained.splitlines()


def test_staff_add_makes_an_account_and_prints_its_link(
    client: Client, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, complained = _staff(capsys, "add", " First@Example.org", "--role", "admin")
    assert (status, complained) == (0, [])
    user = User.objects.get()
    assert (user.email, user.role, user.has_usable_password()) == ("first@example.org", "admin", False)
    assert said[0] == "Made first@example.org, admin."
    assert client.get(_path(said[-1])).status_code == 302


def test_staff_add_takes_what_colleagues_call_them(capsys: pytest.CaptureFixture[str]) -> None:
    given = ("add", "nora@example.org", "--role", "editor", "--name", " Nora New ")
    assert _staff(capsys, *given)[0] == 0
    assert User.objects.get().called == "Nora New"


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (["add", "a@example.org", "--role", "boss"], "role 'boss': give contributor, editor, admin."),
        (
            ["add", "nonsense", "--role", "admin"],
            "'nonsense' is no mail address: give one such as editor@example.org.",
        ),
        (
            ["add", "EDITOR@example.org", "--role", "admin"],
            "editor@example.org has an account already; `staff link editor@example.org` prints a new link for it.",
        ),
        (
            ["add", "a@example.org", "--role", "admin", "--name", "two\x07bells"],
            "name 'two\\x07bells': A name is one line of letters, without control signs.",
        ),
        (
            ["link", "x@example.org"],
            "x@example.org has no account; `staff add x@example.org --role …` makes one.",
        ),
    ],
)
def test_what_staff_cannot_do_is_said_in_one_line(
    editor: User, capsys: pytest.CaptureFixture[str], words: list[str], complaint: str
) -> None:
    assert _staff(capsys, *words) == (1, [], [complaint])
    assert User.objects.count() == 1


def test_staff_link_gives_whoever_forgot_a_new_one(
    client: Client, editor: User, capsys: pytest.CaptureFixture[str]
) -> None:
    status, said, _ = _staff(capsys, "link", "editor@example.org")
    assert status == 0
    assert client.get(_path(said[-1])).status_code == 302
