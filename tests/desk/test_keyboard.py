"""The desk by keyboard alone, without script, for a screen reader, and on a phone."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.desk import cast, writing
from tests.desk.browsing import chromium_running, every_fault, faults, refusals, sit_down
from tests.desk.measures import with_text
from tests.texts import printed
from tracker.desk import entries
from tracker.desk.models import Entry, Kind

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with chromium_running(chromium) as opened:
        yield opened


@pytest.fixture
def site(live_server, monkeypatch) -> str:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    return str(live_server.url)


def test_keys_lead_through_the_desk_and_mean_nothing_while_one_types(site, browser) -> None:
    cora = cast.a_contributor()
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/")
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("n")  # in front of the page, keys are the dialog's
    assert page.url == f"{site}/desk/entries/"
    page.keyboard.press("Escape")
    expect(page.locator("#keys")).to_be_hidden()
    page.keyboard.press("n")
    page.wait_for_url("**/desk/entries/new/")
    page.locator("#about").focus()
    page.keyboard.type("gen?jkxs")
    expect(page.locator("#about")).to_have_value("gen?jkxs")
    expect(page.locator("#keys")).to_be_hidden()
    page.locator("h1").click()
    page.keyboard.press("g")
    page.keyboard.press("e")
    page.wait_for_url("**/desk/entries/")
    page.keyboard.press("g")
    page.keyboard.press("d")
    page.wait_for_url("**/desk/")
    assert page.complaints == []


def test_rows_are_walked_through_chosen_and_opened_by_key(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    notes = [writing.draft(cora, writing.about(measure), Kind.NOTE, title=f"Note {n}") for n in range(3)]
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/")
    page.keyboard.press("j")
    expect(page.locator("tr.current")).to_contain_text("Note 2")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("tr.current input")).to_be_checked()
    expect(page.locator("tr.current")).to_contain_text("Note 1")
    assert page.locator("input[name=chosen]:checked").count() == 1
    page.keyboard.press("k")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**/desk/entries/{notes[2].pk}/")
    page.go_back()
    page.check("#all")
    assert page.locator("input[name=chosen]:checked").count() == 3


def test_key_points_are_written_ordered_saved_and_sent_by_keyboard_alone(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = entries.start(cora, Kind.KEY_POINTS, writing.about(measure))
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.locator("#point-1").focus()
    page.keyboard.type("First.")
    page.locator("#point-3").focus()
    page.keyboard.type("Third.")
    page.locator("#new-tie").focus()
    page.keyboard.press("Tab")  # to the button that adds a point
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("A point was added.")
    page.wait_for_function("document.activeElement?.name === 'text' && !document.activeElement.value")
    page.keyboard.type("Untied.")
    up = page.get_by_role("button", name="Up point 3")
    up.focus()
    page.keyboard.press("Enter")
    expect(page.locator("#said")).to_have_text("Point 3 is now point 2.")
    page.wait_for_function(  # the cursor goes along with the point
        """() => document.activeElement?.value?.startsWith("up:")
            && document.activeElement.closest("fieldset").querySelector("textarea").value === 'Untied.'"""
    )
    page.keyboard.press("Control+s")
    expect(page.locator("main")).to_contain_text("Saved.")
    assert [point["text"] for point in entry.revisions.get().fields["points"]] == [
        "First.",
        "Untied.",
        "Third.",
    ]
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.locator("#f-lead").focus()
    page.keyboard.type("It would.")
    page.keyboard.press("Control+Enter")
    expect(page.locator("main")).to_contain_text("a review is asked for")
    assert Entry.objects.get().state == "in_review"
    assert page.complaints == []


def test_what_is_typed_while_a_point_is_being_moved_is_not_taken_away(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = writing.draft(cora, writing.about(measure))
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    words = page.locator("#points textarea").first
    held: list[Route] = []
    page.route("**/edit/", lambda route: held.append(route))
    page.get_by_role("button", name="Add a point").click()
    words.fill("Typed meanwhile.")
    page.wait_for_timeout(50)  # for the browser's driver to hand the request over
    held[0].continue_()
    expect(page.locator("#kept")).to_contain_text("You went on typing, so nothing was moved.")
    expect(words).to_have_value("Typed meanwhile.")
    page.unroute("**/edit/")
    count = page.locator("#points textarea").count()
    page.get_by_role("button", name="Add a point").click()
    expect(page.locator("#points textarea")).to_have_count(count + 1)
    expect(words).to_have_value("Typed meanwhile.")


def test_the_record_beside_a_point_follows_its_menu_and_the_cursor_stays(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = writing.draft(cora, writing.about(measure))
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    tie = page.locator(
        "select[name=tied]", has=page.locator("option[selected]", has_text="paragraph 1")
    ).first
    option = tie.locator("option", has_text="recital 2").first
    tie.select_option(option.get_attribute("value"))
    page.wait_for_function(
        "words => document.activeElement?.closest('fieldset')?.querySelector('.record')?.textContent === words",
        arg=printed.RECITALS[1],
    )
    assert page.evaluate("document.activeElement.tagName") == "SELECT"


def test_the_summary_of_what_is_wrong_is_read_first_and_leads_to_the_field(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = entries.start(cora, Kind.STATUS_UPDATE, writing.about(measure))
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.fill("#f-on", "in spring")
    page.locator("#f-on").press("Enter")
    expect(page.locator(".wrong-summary")).to_be_focused()
    page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("#f-on")).to_be_focused()
    assert page.locator("#f-on").get_attribute("aria-invalid") == "true"
    expect(page.locator("#f-on")).to_have_accessible_description(
        re.compile(r"^“in spring” is no day.*2025-03-27\.$")
    )


def test_without_script_an_entry_goes_all_its_way(site, browser) -> None:
    cora, edith, measure = cast.a_contributor(), cast.an_editor(), with_text()
    page = sit_down(browser, site, cora, java_script_enabled=False)
    page.goto(f"{site}/desk/entries/new/")
    page.fill("#about", "S.Res. 145")
    page.check("#kind-key_points")
    page.click("text=Begin to write")
    page.fill("#point-1", "It would honor them.")
    page.click("text=Add a point")
    expect(page.locator("main")).to_contain_text("These are your words as they were kept")
    page.locator("#points textarea").last.fill("It is short.")
    page.click("text=Show now")
    expect(page.locator("#beside li")).to_have_text(["It would honor them. (paragraph 1)", "It is short."])
    page.click("text=Save and ask for a review")
    expect(page.locator("main")).to_contain_text("a review is asked for")
    reader = sit_down(browser, site, edith, java_script_enabled=False)
    reader.goto(page.url)
    reader.click("button:text-is('Publish')")
    expect(reader.locator("main")).to_contain_text("Published. Readers see it now.")
    assert Entry.objects.get().state == "published"
    assert measure.pk == Entry.objects.get().measure_id


@pytest.mark.parametrize("width", [390, 1280])
def test_official_words_that_scroll_can_be_reached_by_key_and_no_others(site, browser, width) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = writing.draft(cora, writing.about(measure))
    page = sit_down(browser, site, cora, viewport={"width": width, "height": 844})
    long = page.context.new_page()
    long.route("**/edit/", _lengthen)
    for opened, regions in ((page, 0), (long, 1)):
        opened.goto(f"{site}/desk/entries/{entry.pk}/edit/")
        expect(opened.locator("#points .record[tabindex='0'][role=region]")).to_have_count(regions)
        assert opened.locator("#points .record").count() > 1
        assert faults(opened) == []
    expect(long.locator("#points .record[role=region]")).to_have_accessible_name(
        re.compile("^The official words, ")
    )


def _lengthen(route: Route) -> None:
    """The page with the first point's official words as long as some are."""
    answer = route.fetch()
    body = re.sub(
        r'(<p class="record" dir="auto" id="record-1"[^>]*>)',
        lambda found: found[1] + "Whereas the banks are kept; " * 200,
        answer.text(),
    )
    route.fulfill(response=answer, body=body)


def test_no_bar_stands_beside_the_stations_of_an_entry(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = writing.in_review(cora, writing.about(measure))
    page = sit_down(browser, site, cora, viewport={"width": 390, "height": 844})
    page.goto(f"{site}/desk/entries/{entry.pk}/")
    bar = page.locator(".track .done").first.evaluate("it => getComputedStyle(it).borderInlineStartWidth")
    assert bar == "0px"


@pytest.mark.parametrize(("width", "theme"), [(1280, "light"), (1280, "dark"), (390, "light"), (390, "dark")])
def test_no_page_of_entries_shuts_anybody_out(site, browser, width, theme) -> None:
    cora, edith, ada, measure = cast.a_contributor(), cast.an_editor(), cast.an_admin(), with_text()
    entry = writing.in_review(cora, writing.about(measure), title="")
    public = writing.public(cora, edith, writing.about(measure), Kind.NOTE)
    entries.save(public.entry, cora, based_on=1, title="Anew", fields={"body": "Other words."})
    fault = entries.start(ada, Kind.POSITION, writing.about(measure))
    page = sit_down(browser, site, ada, color_scheme=theme, viewport={"width": width, "height": 844})
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url))
    found, wide = {}, {}
    for path in (
        "/desk/entries/",
        "/desk/entries/?state=gone&about=zzz",
        "/desk/entries/new/",
        "/desk/entries/new/?about=119/sres/145&kind=note",
        f"/desk/entries/{entry.pk}/",
        f"/desk/entries/{entry.pk}/edit/",
        f"/desk/entries/{fault.pk}/edit/",
        f"/desk/entries/{public.entry_id}/",
        f"/desk/entries/{public.entry_id}/compare/",
    ):
        page.goto(site + path)
        found[path] = every_fault(page)
        wide[path] = page.evaluate("document.documentElement.scrollWidth")
    page.goto(f"{site}/desk/entries/{fault.pk}/edit/")
    page.fill("#f-on", "in spring")
    page.click("button[data-key=save]")
    found["with errors"] = every_fault(page)
    page.goto(f"{site}/desk/entries/")
    page.check("#all")
    page.click("button[value=ask]")
    found["many at once"] = every_fault(page)
    assert {path: faulty for path, faulty in found.items() if faulty} == {}
    assert {path: pixels for path, pixels in wide.items() if pixels > width} == {}
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert refusals(page) == [400, 422]  # filters that mean nothing, and a day that is none
