"""Signing in at a real browser: app, passkey, recovery code, sessions; by keyboard, under the site's own policy."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator

import pytest
from allauth.mfa.totp.internal import auth as totp
from playwright.sync_api import Browser, Page

from tests.desk import cast
from tests.desk.browsing import chromium_running, every_fault, refusals, sit_down
from tests.desk.cast import PASSWORD
from tracker.desk.accounts import one_time_link
from tracker.desk.models import Act, User

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(chromium: str, monkeypatch: pytest.MonkeyPatch) -> Iterator[Browser]:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    with chromium_running(chromium) as running:
        yield running


@pytest.fixture
def site(live_server, settings) -> str:
    """The site by name: browsers make no passkeys for a number."""
    settings.ALLOWED_HOSTS = ["localhost"]
    settings.SITE_URL = str(live_server.url)
    return str(live_server.url)


def _give_password(page: Page, site: str, user: User) -> None:
    page.goto(f"{site}/accounts/login/")
    page.get_by_label("Mail address").fill(user.email)
    page.get_by_label("Password").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url(re.compile("/accounts/code/|/desk/|/accounts/second-factor/"))


def _code(secret: str, steps: int = 0) -> str:
    return str(totp.format_hotp_value(totp.hotp_value(secret, int(time.time()) // 30 + steps)))


def _first_sign_in(page: Page, user: User) -> None:
    """By the one-time link, until the desk asks for a second factor."""
    page.goto(one_time_link(user))
    page.get_by_label("New password").fill(PASSWORD)
    page.get_by_label("The same again").fill(PASSWORD)
    page.keyboard.press("Enter")
    page.wait_for_url("**/accounts/second-factor/?next=/desk/")


def test_an_app_is_set_up_by_keyboard_and_opens_the_desk_from_then_on(site: str, browser: Browser) -> None:
    user = User.objects.create_user("new@example.org", User.Role.EDITOR)
    page = sit_down(browser, site, None)
    _first_sign_in(page, user)
    page.get_by_role("link", name="Set up an app").focus()
    page.keyboard.press("Enter")
    secret = page.locator(".key").inner_text().replace(" ", "")
    picture = page.get_by_role("img", name=re.compile("Picture for an authenticator app"))
    assert picture.bounding_box()["width"] > 150
    page.get_by_label("Code").fill("000000")
    page.keyboard.press("Enter")
    page.get_by_role("alert").wait_for()
    assert page.get_by_label("Code").get_attribute("aria-invalid") == "true"
    assert page.locator(".key").inner_text().replace(" ", "") == secret
    page.get_by_label("Code").fill(_code(secret))
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    codes = page.locator(".codes code").all_inner_texts()
    assert len(codes) == 10
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/desk/")

    again = sit_down(browser, site, None)
    _give_password(again, site, user)
    again.wait_for_function("document.activeElement.name === 'code'")
    again.keyboard.type(_code(secret, steps=1))
    again.keyboard.press("Enter")
    again.wait_for_url("**/desk/")

    lost = sit_down(browser, site, None)
    _give_password(lost, site, user)
    lost.wait_for_function("document.activeElement.name === 'code'")
    lost.keyboard.type(codes[0])
    lost.keyboard.press("Enter")
    lost.wait_for_url("**/desk/")
    assert page.complaints == again.complaints == lost.complaints == []


def test_a_passkey_is_made_used_at_sign_in_and_removed(site: str, browser: Browser) -> None:
    user = User.objects.create_user("new@example.org", User.Role.EDITOR)
    page = sit_down(browser, site, None)
    key = page.context.new_cdp_session(page)
    key.send("WebAuthn.enable")
    options = {
        "protocol": "ctap2",
        "transport": "internal",
        "hasUserVerification": True,
        "isUserVerified": True,
        "hasResidentKey": True,
        "automaticPresenceSimulation": True,
    }
    made = key.send("WebAuthn.addVirtualAuthenticator", {"options": options})
    _first_sign_in(page, user)
    page.get_by_role("link", name="Add a passkey").click()
    page.get_by_label("What to call it").fill("The desk’s <key>")
    page.locator("button:enabled", has_text="Make the passkey").wait_for()
    page.keyboard.press("Enter")
    page.get_by_role("heading", name="Keep these recovery codes").wait_for()
    assert len(key.send("WebAuthn.getCredentials", made)["credentials"]) == 1
    page.get_by_role("link", name="I have kept them").click()
    page.wait_for_url("**/desk/")
    page.get_by_role("button", name="Sign out").click()

    _give_password(page, site, user)
    page.get_by_role("button", name="Use a passkey").click()
    page.wait_for_url("**/desk/")
    assert "Signed in by password, webauthn" in Act.objects.filter(verb="sign_in").last().summary

    page.goto(f"{site}/accounts/")
    page.get_by_role("link", name="Remove The desk’s <key>").click()
    page.get_by_role("button", name="Remove it").click()
    page.get_by_text("This is your only second factor").first.wait_for()
    page.goto(f"{site}/accounts/logout/")
    page.locator("main").get_by_role("button", name="Sign out").click()

    key.send("WebAuthn.clearCredentials", made)  # another device: it has none of the account's
    _give_password(page, site, user)
    page.get_by_role("button", name="Use a passkey").click()
    page.get_by_text("The browser did not give a passkey").wait_for()
    assert page.url == f"{site}/accounts/code/"
    assert [said for said in page.complaints if "Content Security Policy" in said] == []


def test_a_session_ended_from_the_list_is_out_at_its_next_page(site: str, browser: Browser) -> None:
    user = cast.an_editor()
    here, there = sit_down(browser, site, user), sit_down(browser, site, user)
    there.goto(f"{site}/desk/")
    here.goto(f"{site}/accounts/")
    here.get_by_role("button", name=re.compile("End it")).click()
    here.get_by_role("status").get_by_text("The session has ended.").wait_for()
    there.goto(f"{site}/desk/")
    assert there.url == f"{site}/accounts/login/?next=/desk/"
    here.goto(f"{site}/desk/")
    assert here.url == f"{site}/desk/"


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_accounts_shuts_anybody_out(site: str, browser: Browser, theme: str) -> None:
    admin, editor = cast.an_admin(), cast.an_editor()
    page = sit_down(browser, site, admin, color_scheme=theme)
    stranger = sit_down(browser, site, None, color_scheme=theme)
    found = {}
    for path in ("/accounts/login/", "/accounts/forgotten/"):
        stranger.goto(f"{site}{path}")
        found[path] = every_fault(stranger)
    for path in (
        "/accounts/",
        "/accounts/password/",
        "/accounts/second-factor/",
        "/accounts/second-factor/passkey/",
        "/accounts/recovery-codes/",
        "/accounts/confirm/",
        "/desk/accounts/",
        f"/desk/accounts/{editor.pk}/",
        "/desk/audit/",
        "/desk/audit/?after=x",
    ):
        page.goto(f"{site}{path}")
        found[path] = every_fault(page)
        page.set_viewport_size({"width": 320, "height": 800})
        width = page.evaluate("document.documentElement.scrollWidth")
        assert width <= 320, f"{path} is {width} wide on a phone"
        page.set_viewport_size({"width": 1280, "height": 900})
    page.goto(f"{site}/desk/accounts/{admin.pk}/")
    page.get_by_role("button", name="Switch the account off").click()
    found["a refusal"] = every_fault(page)
    assert {path: faulty for path, faulty in found.items() if faulty} == {}
    assert refusals(page) == [400, 400]  # a day that is none, and the admin who would switch themself off
