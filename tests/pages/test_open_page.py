"""Pages in a real browser: what arrives on an open page, lists narrowed without a reload, reading without script."""

from __future__ import annotations

import os
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, expect, sync_playwright

from tests.builders import AGREED, COONS, INTRODUCED, KING, REFERRED, SHAHEEN, brought, held
from tests.pages.holding import several

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PAGES = (
    "/",
    "/measures/?q=refugees",
    "/changes/",
    "/measures/?status=enacted",
    "/measures/?type=zres",
    "/nowhere/",
)
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LOOK = "document.body.dispatchEvent(new CustomEvent('look'))"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    from tests.conftest import find_chromium

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"  # Playwright runs a loop of its own in this thread
    with sync_playwright() as playwright:
        found = playwright.chromium.launch(executable_path=find_chromium(), args=["--no-sandbox"])
        yield found
        found.close()
    del os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"]


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    found = browser.new_page(viewport={"width": 1280, "height": 800})
    problems: list[str] = []
    found.on("pageerror", lambda error: problems.append(str(error)))
    found.on(
        "console",
        lambda message: problems.append(message.text) if "Content Security" in message.text else None,
    )
    yield found
    found.close()
    assert problems == []


def test_a_change_appears_above_and_nobody_loses_their_place(live_server, page: Page) -> None:
    several(range(1, 61))
    page.goto(f"{live_server.url}/changes/")
    place = page.locator(".event .designation").nth(30)
    place.focus()
    before = place.bounding_box()
    brought(5, cosponsors=[(KING, "2025-04-02")])
    page.evaluate(LOOK)
    arrived = page.locator(".event.new")
    expect(arrived).to_have_count(1)
    expect(arrived).to_contain_text("Angus S. King Jr. I-ME joined as cosponsor")
    expect(page.locator("#count")).to_have_text("1 new since you opened this page.")
    expect(page.locator("#events h2")).to_have_count(1)  # the same day has one heading
    assert page.evaluate("document.activeElement.textContent") == "S.Res. 30"
    after = page.locator(".event:not(.new) .designation").nth(30).bounding_box()
    assert before and after
    assert abs(before["y"] - after["y"]) < 2
    brought(6, cosponsors=[(COONS, "2025-04-02")])
    page.evaluate(LOOK)
    expect(page.locator("#count")).to_have_text("2 new since you opened this page.")


def test_an_open_measure_says_what_changed_and_shows_itself_anew(live_server, page: Page) -> None:
    held(1)
    page.goto(f"{live_server.url}/measures/119/sres/1/")
    expect(page.locator(".came")).to_have_count(0)
    brought(1, cosponsors=[(KING, "2025-04-02")])
    page.evaluate(LOOK)
    expect(page.locator("#arrived")).to_contain_text("Angus S. King Jr. I-ME joined as cosponsor")
    page.evaluate(LOOK)
    brought(1, cosponsors=[(KING, "2025-04-02"), (COONS, "2025-04-03")], updated_at="2025-04-04T10:00:00Z")
    page.evaluate(LOOK)
    expect(page.locator(".came")).to_have_count(2)
    page.locator(".came a[data-anew]").first.click()
    expect(page.locator(".came")).to_have_count(0)
    expect(page.locator("#changed")).to_be_visible()
    expect(page.locator("body")).to_contain_text("2 cosponsors")


def test_a_list_is_narrowed_as_one_types_and_back_leads_back(live_server, page: Page) -> None:
    held(1, title="A resolution on bees.")
    held(2, title="A resolution on wasps.", actions=(AGREED, REFERRED, INTRODUCED))
    page.goto(f"{live_server.url}/measures/")
    page.locator("#words").press_sequentially("wasps")
    expect(page.locator("#count")).to_have_text("1 measure with “wasps”")
    assert page.evaluate("document.activeElement.id") == "words"
    assert page.url == f"{live_server.url}/measures/?q=wasps"
    expect(page).to_have_title("1 measure with “wasps” – Whereas")
    page.go_back()
    expect(page.locator("#count")).to_have_text("2 measures")
    expect(page.locator(".masthead")).to_have_count(1)
    page.locator("#status-agreed_to").check()
    expect(page.locator("#count")).to_have_text("1 measure agreed to")
    expect(page.locator("#status-agreed_to")).to_be_checked()


def test_what_the_server_refuses_is_shown_and_not_swallowed(live_server, page: Page) -> None:
    held(1)
    page.goto(f"{live_server.url}/measures/")
    page.locator("#subject").evaluate(
        "field => { field.removeAttribute('maxlength'); field.value = 'x'.repeat(300) }"
    )
    page.get_by_role("button", name="Show").click()
    expect(page.locator("h1")).to_have_text("subject: longer than 200 characters")


def test_a_choice_of_colours_holds_on_every_page(live_server, page: Page) -> None:
    held(1)
    page.goto(f"{live_server.url}/")
    light = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.get_by_role("button", name="dark").click()
    dark = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert dark != light
    page.goto(f"{live_server.url}/measures/")
    assert page.evaluate("getComputedStyle(document.body).backgroundColor") == dark
    expect(page.get_by_role("button", name="dark")).to_have_attribute("aria-pressed", "true")


def test_without_script_lists_are_narrowed_by_the_form_and_changes_read_on(
    live_server, browser: Browser
) -> None:
    several(range(1, 121))
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()
    page.goto(f"{live_server.url}/measures/")
    page.locator("#words").fill("refugees")
    page.locator("form.filters button").click()
    expect(page.locator("#count")).to_have_text("120 measures with “refugees”")
    page.get_by_role("link", name="Next 50").click()
    expect(page.locator(".entry")).to_have_count(50)
    page.goto(f"{live_server.url}/changes/")
    page.get_by_role("link", name="Older").click()
    expect(page.locator(".event")).to_have_count(20)
    expect(page.locator(".themes")).to_be_hidden()
    context.close()


@pytest.mark.parametrize(("width", "colours", "pages"), [(1280, "light", PAGES), (390, "dark", PAGES[:3])])
def test_pages_can_be_used_by_everyone_and_never_scroll_sideways(
    live_server, browser: Browser, width: int, colours: str, pages: tuple[str, ...]
) -> None:
    held(1, cosponsors=[(SHAHEEN, "2025-03-27"), (KING, "2025-04-02")])
    brought(1, title="A resolution protecting all refugees.", actions=(AGREED, REFERRED, INTRODUCED))
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=colours)
    page, outside, found = context.new_page(), list[str](), list[str]()
    page.on(
        "request", lambda request: outside.append(request.url) if live_server.url not in request.url else None
    )
    for path in pages:
        page.set_viewport_size({"width": width, "height": 800})
        page.goto(f"{live_server.url}{path}")
        violations = Axe().run(page, options=RULES).response["violations"]
        found += [f"{path} {violation['id']}: {violation['nodes'][0]['html']}" for violation in violations]
        page.set_viewport_size({"width": 320, "height": 800})
        if page.evaluate("document.documentElement.scrollWidth") > 320:
            found.append(f"{path} scrolls sideways at 320 px")
    context.close()
    assert found == []
    assert outside == []
