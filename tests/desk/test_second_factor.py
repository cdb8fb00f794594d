"""The second factor: asked for after the password, taken once, never skipped, and reset only by who may."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from allauth.mfa.models import Authenticator
from django.contrib.auth import get_user
from django.core.management import call_command
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from tests.desk import cast
from tests.desk.cast import PASSWORD, code_of
from tracker.desk import limits, second_factor
from tracker.desk.accounts import one_time_link
from tracker.desk.models import Act, OutgoingMail, User

pytestmark = pytest.mark.django_db


def _password(client: Client, user: User, where: str = "") -> str:
    sent = {"username": user.email, "password": PASSWORD, "next": where}
    return str(client.post("/accounts/login/", sent).headers["Location"])


def _give(client: Client, code: str) -> str:
    """Send a code; answers the page's words, or where it leads."""
    answer = client.post("/accounts/code/", {"code": code})
    return answer.headers.get("Location") or answer.content.decode()


def _path(link: str) -> str:
    return link.removeprefix("http://testserver")


def _set_up_app(client: Client) -> list[str]:
    """Set up an authenticator app as its owner does; answers the recovery codes shown."""
    page = client.get("/accounts/second-factor/app/").content.decode()
    key = re.search(r'class="key">([A-Z2-7 ]+)<', page)
    assert key is not None
    code = second_factor.totp.format_hotp_value(
        second_factor.totp.hotp_value(key[1].replace(" ", ""), int(timezone.now().timestamp()) // 30)
    )
    shown = client.post("/accounts/second-factor/app/", {"code": code}).content.decode()
    return [found.replace(" ", "") for found in re.findall(r"<li><code>([\d ]+)</code>", shown)]


def test_after_the_password_a_code_is_asked_for_and_leads_where_one_wanted_to_go(
    client: Client, editor: User
) -> None:
    assert _password(client, editor, "/accounts/") == "/accounts/code/"
    assert get_user(client).is_anonymous
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")
    assert _give(client, code_of(editor)) == "/accounts/"
    assert client.get("/desk/").status_code == 200


def test_a_code_is_taken_once(client: Client, editor: User) -> None:
    _password(client, editor)
    code = code_of(editor)
    assert _give(client, code) == "/desk/"
    other = Client()
    _password(other, editor)
    assert "A code is taken only once" in _give(other, code)
    earlier = code_of(editor, steps=-1)  # a step before the one that was taken
    assert "A code is taken only once" in _give(other, earlier)
    assert _give(other, code_of(editor, steps=1)) == "/desk/"


@pytest.mark.parametrize("code", ["", "000000", "12345", "abcdef", "１２３４５６", "0" * 40])
def test_a_wrong_code_lets_nobody_in(client: Client, editor: User, code: str) -> None:
    _password(client, editor)
    said = _give(client, code)
    assert 'aria-invalid="true"' in said
    assert 'role="alert"' in said
    assert get_user(client).is_anonymous


def test_twenty_wrong_codes_and_the_right_one_is_refused_too(client: Client, editor: User) -> None:
    _password(client, editor)
    for _ in range(limits.TRIES):
        _give(client, "000000")
    assert "Too many tries" in _give(client, code_of(editor))
    assert Act.objects.filter(verb="fail_sign_in", object=f"account/{editor.pk}").count() == 2
    assert OutgoingMail.objects.get(to=editor).subject == "10 failed tries to sign in as you"


def test_a_new_password_by_mail_does_not_skip_the_second_factor(client: Client, editor: User) -> None:
    client.post("/accounts/forgotten/", {"email": editor.email.upper()})
    mail = OutgoingMail.objects.get(to=editor)
    link = re.search(r"http://testserver(/accounts/set-password/\S+)", mail.text)
    assert link is not None
    form = client.get(link[1]).headers["Location"]
    chosen = {"new_password1": "another four plain words", "new_password2": "another four plain words"}
    assert client.post(form, chosen).headers["Location"] == "/accounts/code/"
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")
    assert _give(client, code_of(editor)) == "/desk/"


def test_the_same_is_said_where_nobody_has_the_address(client: Client, editor: User) -> None:
    pages = [
        client.post("/accounts/forgotten/", {"email": email}).content
        for email in (editor.email, "nobody@example.org")
    ]
    assert pages[0] == pages[1]
    assert OutgoingMail.objects.count() == 1


def test_an_account_that_is_switched_off_gets_no_link(client: Client, editor: User) -> None:
    link = one_time_link(editor)
    User.objects.update(is_active=False)
    client.post("/accounts/forgotten/", {"email": editor.email})
    assert not OutgoingMail.objects.exists()
    assert "This link no longer works" in client.get(_path(link)).content.decode()


def test_whoever_has_none_is_led_to_set_one_up_and_gets_ten_codes_once(client: Client) -> None:
    user = User.objects.create_user("new@example.org", User.Role.CONTRIBUTOR)
    form = client.get(_path(one_time_link(user))).headers["Location"]
    client.post(form, {"new_password1": PASSWORD, "new_password2": PASSWORD})
    assert client.get("/desk/").headers["Location"] == "/accounts/second-factor/?next=/desk/"
    assert client.get("/accounts/password/").headers["Location"].startswith("/accounts/second-factor/")
    before = client.cookies["session"].value
    codes = _set_up_app(client)
    assert len(set(codes)) == 10
    assert client.cookies["session"].value != before  # a session that may more has a new key
    assert client.get("/desk/").status_code == 200
    assert "10 of your codes are unused" in client.get("/accounts/recovery-codes/").content.decode()
    stored = str(Authenticator.objects.values_list("data", flat=True))
    assert not any(code in stored for code in codes)


def test_a_recovery_code_opens_the_desk_once(client: Client, editor: User) -> None:
    codes = second_factor.new_recovery_codes(editor)
    _password(client, editor)
    assert _give(client, f" {codes[3][:4]}-{codes[3][4:]} ") == "/desk/"
    assert client.get("/desk/").status_code == 200
    other = Client()
    _password(other, editor)
    assert "A code is taken only once" in _give(other, codes[3])
    assert second_factor.recovery_codes_left(editor) == 9


def test_new_recovery_codes_take_the_place_of_all_before(editor: User) -> None:
    client = cast.signed_in(editor)
    old = second_factor.new_recovery_codes(editor)
    client.post("/accounts/recovery-codes/")
    assert second_factor.take_code(editor, old[0]) is None


def test_the_secret_lies_sealed_and_another_key_is_told_in_words(
    client: Client, editor: User, settings: Settings
) -> None:
    sealed = Authenticator.objects.get(user=editor).data["secret"]
    assert sealed.startswith("gAAAA")
    settings.SECRET_KEY = "another key, as after a restore without the old one"
    _password(client, editor)
    assert "SECRET_KEY has changed" in _give(client, "123456")


def test_the_last_one_stays_while_the_desk_asks_for_one(editor: User, settings: Settings) -> None:
    row = Authenticator.objects.get(user=editor)
    client = cast.signed_in(editor)
    path = f"/accounts/second-factor/{row.pk}/remove/"
    assert "This is your only second factor" in client.post(path).content.decode()
    assert Authenticator.objects.filter(pk=row.pk).exists()
    settings.SECOND_FACTOR = "admins"
    assert client.post(path).status_code == 302
    assert not second_factor.of(editor).exists()


def test_nobody_removes_anothers(editor: User, admin: User) -> None:
    row = Authenticator.objects.get(user=admin)
    assert cast.signed_in(editor).post(f"/accounts/second-factor/{row.pk}/remove/").status_code == 404
    assert Authenticator.objects.filter(pk=row.pk).exists()


@pytest.mark.parametrize(("role", "free"), [("contributor", True), ("editor", True), ("admin", False)])
def test_an_operator_may_free_all_but_admins(
    client: Client, settings: Settings, role: str, free: bool
) -> None:
    settings.SECOND_FACTOR = "admins"
    user = cast.person("somebody@example.org", role)
    second_factor.take_all_away(user)
    assert _password(client, user) == "/desk/"
    assert (client.get("/desk/").status_code == 200) is free
    if free:
        assert "without a second factor" in client.get("/desk/").content.decode()
        assert "this site asks only admins for one" in client.get("/accounts/").content.decode()


def test_whoever_has_one_shows_it_though_the_site_would_not_ask(
    client: Client, editor: User, settings: Settings
) -> None:
    settings.SECOND_FACTOR = "admins"
    assert _password(client, editor) == "/accounts/code/"


def test_a_session_from_before_the_second_factor_shows_it_first(editor: User) -> None:
    client = cast.signed_in(editor, second_factor=False)
    assert client.get("/desk/").headers["Location"] == "/accounts/confirm/?next=/desk/"
    page = client.post("/accounts/confirm/", {"password": PASSWORD, "next": "/desk/"})
    assert page.status_code == 200  # the password does not do
    assert client.get("/accounts/second-factor/app/").headers["Location"].startswith("/accounts/confirm/")
    done = client.post("/accounts/confirm/", {"code": code_of(editor), "next": "/desk/"})
    assert done.headers["Location"] == "/desk/"
    assert client.get("/desk/").status_code == 200


def test_what_matters_is_confirmed_again_after_ten_minutes(editor: User) -> None:
    client = cast.signed_in(editor)
    assert client.get("/accounts/password/").status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=11)):
        asked = client.get("/accounts/password/").headers["Location"]
        assert asked == "/accounts/confirm/?next=%2Faccounts%2Fpassword%2F"
        wrong = client.post(asked, {"password": "not it"}).content.decode()
        assert "This is not your password." in wrong
        before = client.cookies["session"].value
        assert client.post(asked, {"password": PASSWORD}).headers["Location"] == "/accounts/password/"
        assert client.cookies["session"].value != before
        assert client.get("/accounts/password/").status_code == 200


def test_whoever_runs_the_site_can_reset_it(admin: User, capsys: pytest.CaptureFixture[str]) -> None:
    client = cast.signed_in(admin)
    call_command("staff", "reset-second-factor", admin.email)
    assert "has no second factor now" in capsys.readouterr().out
    assert not second_factor.is_set_up(admin)
    assert client.get("/desk/").headers["Location"].startswith("/accounts/login/")
    act = Act.objects.get(verb="reset_second_factor")
    assert (act.by, act.object) == (None, f"account/{admin.pk}")
