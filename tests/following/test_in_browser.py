"""Following from first click to last, in a real browser: with scripts and without, on every page that a follower sees."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.core import mail
from django.utils import timezone
from playwright.sync_api import Browser, Page, expect
from pytest_django.live_server_helper import LiveServer

from tests.builders import AGREED, INTRODUCED, REFERRED, held
from tests.desk import cast
from tests.desk.browsing import chromium_running, every_fault, sit_down
from tests.following.cast import a_follower, deliver, following, from_here_on
from tracker.following import endpoints, sending
from tracker.following.models import Attempt, Call, Delivery, Follow, Follower, Mailing
from tracker.ledger.models import ChangeEvent

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def site(live_server: LiveServer, settings, monkeypatch) -> str:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    settings.SITE_URL = str(live_server.url)
    held()
    from_here_on()
    return str(live_server.url)


@pytest.fixture
def browser(chromium: str) -> Iterator[Browser]:
    with chromium_running(chromium) as opened:
        yield opened


def link_in(body: str, ending: str) -> str:
    found = re.search(rf"http://\S+/follow/\S*{ending}", body)
    assert found, body
    return found[0]


@pytest.mark.parametrize("scripts", [True, False], ids=["with scripts", "without"])
def test_a_search_is_followed_confirmed_changed_and_left(site: str, browser: Browser, scripts: bool) -> None:
    page = sit_down(browser, site, None, java_script_enabled=scripts)
    page.goto(f"{site}/measures/?q=refugees")
    page.locator('main a[href^="/follow/?"]').click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("“refugees”")
    page.get_by_label("Your mail address").fill("reader@example.org")
    page.get_by_label("At once").check()
    page.get_by_role("button", name="Follow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")

    sending.send_due()
    page.goto(link_in(mail.outbox[-1].body, r"/confirm/\d+/"))
    page.get_by_role("button", name="Yes, follow").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You follow 1 thing")

    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    assert deliver() == 1
    assert mail.outbox[-1].subject.startswith("S.Res. 145 (119th): Agreed to")

    page.goto(link_in(mail.outbox[-1].body, "/"))
    expect(page.locator("#mails + .scroll")).to_contain_text("left")
    page.locator("details.followed summary").click()
    page.get_by_label("Titles").uncheck()
    page.get_by_role("button", name="Keep this choice").click()
    expect(page.get_by_text("1 kind of change left out")).to_be_visible()
    page.get_by_label("Once a week", exact=True).check()
    page.get_by_label("Day, if once a week").select_option("Friday")
    page.get_by_label("Your time zone").fill("Europe/Nowhere")
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.get_by_role("alert")).to_contain_text("is no time zone")
    expect(page.get_by_label("Your time zone")).to_have_value("Europe/Nowhere")
    page.get_by_label("Your time zone").fill("Europe/Berlin")
    page.get_by_role("button", name="Keep this", exact=True).click()
    expect(page.get_by_role("alert")).to_have_count(0)
    reader = Follower.objects.get()
    assert (reader.rhythm, reader.weekday, reader.zone) == ("weekly", 4, "Europe/Berlin")
    assert Follow.objects.get().muted == ["title_changed"]

    page.goto(link_in(mail.outbox[-1].body, "/leave/"))
    assert Follower.objects.exists()
    page.get_by_role("button", name="Leave").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You have left")
    for kept in (Follower, Follow, Mailing, Delivery):
        assert not kept.objects.exists()
    page.go_back()
    assert page.goto(f"{site}/follow/{reader.secret}/").status == 404


def stations(site: str) -> Iterator[tuple[str, str, bool]]:
    """Each page that somebody who follows may see: its name, its address, and whether a wrong form is sent on it."""
    reader = a_follower()
    follow = following(reader, "measure", "119/sres/145")
    asked = following(reader, "search", "q=refugees", confirmed_at=None)
    now = timezone.now()
    for state, more in (
        ("sent", {"sent_at": now, "possibly_doubled": True}),
        ("given_up", {"error": "550 no"}),
    ):
        Mailing.objects.create(
            follower=reader, created_at=now, due_at=now, planned_for=now, state=state, **more
        )
    resting = a_follower("resting@example.org", suspended_at=now, suspended_reason="550 5.1.1 no such user")
    following(resting, "measure", "119/sres/145", muted=["title_changed"])
    yield "nothing named", f"{site}/follow/", False
    yield "form", f"{site}/follow/?measure=119/sres/145", False
    yield "form, wrong", f"{site}/follow/?measure=119/sres/145", True
    yield "confirm", f"{site}/follow/{reader.secret}/confirm/{asked.pk}/", False
    yield "confirmed", f"{site}/follow/{reader.secret}/confirm/{follow.pk}/", False
    yield "manage", f"{site}/follow/{reader.secret}/", False
    yield "rests", f"{site}/follow/{resting.secret}/", False
    yield "leave", f"{site}/follow/{reader.secret}/leave/", False
    yield "no such link", f"{site}/follow/nobody/", False


def shut_out(page: Page, theme: str) -> list[str]:
    """What axe finds serious or critical; in the dark its one rule that a theme can break."""
    only = {} if theme == "light" else {"runOnly": ["color-contrast"]}
    found = Axe().run(page, options=only).response["violations"]
    return [fault["id"] for fault in found if fault["impact"] in ("serious", "critical")]


def test_no_page_shuts_anybody_out_or_scrolls_sideways(site: str, browser: Browser) -> None:
    found = {}
    pages = [
        (
            theme,
            width,
            sit_down(browser, site, None, color_scheme=theme, viewport={"width": width, "height": 900}),
        )
        for theme, width in (("light", 1280), ("light", 390), ("dark", 390))
    ]
    for name, address, wrong in stations(site):
        for theme, width, page in pages:
            page.goto(address)
            if wrong:
                page.get_by_label("Your time zone").fill("Nowhere")
                page.get_by_label("Your mail address").fill("reader@example.org")
                page.get_by_role("button", name="Follow").click()
                expect(page.get_by_role("alert")).to_be_visible()
            page.evaluate("document.querySelectorAll('details').forEach(each => { each.open = true })")
            page.set_viewport_size({"width": 320, "height": 900})
            over = page.evaluate("document.documentElement.scrollWidth") > 320
            page.set_viewport_size({"width": width, "height": 900})
            if (these := shut_out(page, theme)) or over:
                found[name, theme, width] = (these, over)
    assert found == {}


def test_the_pages_of_webhooks_have_no_fault_however_slight(site: str, browser: Browser) -> None:
    edith = cast.an_editor()
    endpoint, _ = endpoints.add(edith, "Newsroom", "https://hooks.example.org/whereas", "")
    now = timezone.now()
    call = Call.objects.create(endpoint=endpoint, event=ChangeEvent.objects.latest("id"), due_at=now)
    for error, status in (("HTTP 500", 500), ("timed out", None), ("", 200)):
        Attempt.objects.create(call=call, at=now, milliseconds=12, status=status, answer="no", error=error)
    found = {}
    for width in (1280, 390):
        page = sit_down(
            browser, site, edith, viewport={"width": width, "height": 900}, has_touch=width == 390
        )
        for path in ("/desk/webhooks/", f"/desk/webhooks/{endpoint.pk}/"):
            page.goto(f"{site}{path}")
            found[path, width] = every_fault(page)
    assert {where: wrong for where, wrong in found.items() if wrong} == {}
