"""Pages in a real browser: readable by all, by keyboard and without script, and asking nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, sync_playwright

from tests.api.holding import FOREIGN_RELATIONS, TILLIS, WARNOCK, cosponsor, hold, record
from tests.vote_builders import hold_house, hold_senate, senators
from tracker.records.model import (
    ActionRecord,
    AmendmentRecord,
    RelationDetail,
    RelationRecord,
    SummaryRecord,
    TextFormat,
    TextVersionRecord,
    VoteReference,
)

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = (
    "/measures/119/sres/145/",
    *(
        f"/measures/119/sres/145/{part}/"
        for part in ("actions", "amendments", "changes", "coalition", "related", "sponsors", "text", "votes")
    ),
    "/measures/119/sres/145/?on=2025-04-10",
    "/measures/119/sres/9/",
    "/measures/119/sres/9999/",
    "/members/",
    "/members/T000476/",
    "/members/?state=NC",
    "/committees/",
    "/committees/ssfr00/",
    "/sources/",
    "/votes/",
    "/votes/119/senate/2025/517/",
    "/votes/119/senate/2025/517/?party=R",
    "/votes/119/house/2025/123/",
    "/votes/rules/",
    "/members/T000476/votes/",
)


@pytest.fixture
def site(live_server, monkeypatch) -> str:
    """A site that holds one measure with something in every part, and one with almost nothing."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    vote = ActionRecord(
        "2025-06-02",
        "Resolution agreed to in Senate by Yea-Nay Vote. 51 - 44. Record Vote Number: 517.",
        None,
        "Floor",
        "Senate",
        recorded_votes=(VoteReference("senate", 119, 1, 517),),
    )
    full = {
        "related": (RelationRecord("119/sres/9", "Another.", (RelationDetail("Related bill", "CRS"),)),),
        "amendments": (AmendmentRecord("119/samdt/1", "Senate", "To strike it.", sponsors=(TILLIS,)),),
        "summaries": (SummaryRecord("00", "2025-03-27", "Introduced in Senate", "<p>It <b>says</b>.</p>"),),
        "subjects": ("Albania",),
        "committees": (FOREIGN_RELATIONS,),
        "text_versions": (
            TextVersionRecord(
                "is", "Introduced in Senate", "2025-03-27", "BILLS-119sres145is", (TextFormat("https://x.gov/x.xml", "xml"),)
            ),
        ),
    }  # fmt: skip
    hold(record(**full), record("119/sres/9", title="Another."))
    later = {
        **full,
        "cosponsors": (cosponsor(WARNOCK), cosponsor(TILLIS, "2025-04-02", withdrawn_on="2025-05-02")),
    }
    hold(
        record(updated_at="2025-06-20T08:00:00Z", actions=(vote, *record().actions), **later),
        at=datetime(2025, 7, 1, tzinfo=UTC),
    )
    senators()
    hold_senate(517, document=("S.Res.", "145"), question="On the Resolution", result="Resolution Agreed to")
    hold_house()
    return str(live_server.url)


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_shuts_anybody_out_and_none_asks_elsewhere(site, browser, theme):
    page = browser.new_page(color_scheme=theme, viewport={"width": 1280, "height": 800})
    asked, complaints = [], []
    page.on("request", lambda request: asked.append(request.url))
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    only = {} if theme == "light" else {"runOnly": ["color-contrast"]}  # the one rule that a theme can break
    faults = {}
    for path in PATHS:
        page.goto(site + path)
        found = Axe().run(page, options=only).response["violations"]
        faults[path] = [(fault["id"], fault["nodes"][0]["html"]) for fault in found if fault["impact"] in ("serious", "critical")]  # fmt: skip
    assert {path: found for path, found in faults.items() if found} == {}
    assert [url for url in asked if not url.startswith((site, "data:"))] == []
    assert [words for words in complaints if "404" not in words] == []  # one of the paths is not held


def test_no_page_scrolls_sideways_on_the_smallest_phone(site, browser):
    page = browser.new_page(viewport={"width": 320, "height": 640})
    widths = {}
    for path in PATHS:
        page.goto(site + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}


def test_both_clocks_are_reached_by_keyboard_and_without_script(site, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(f"{site}/measures/119/sres/145/")
    page.locator(".clocks summary").press("Enter")
    page.locator("input[name=on]").fill("2025-04-10")
    page.locator("form:has(input[name=on]) button").press("Enter")
    assert page.url.endswith("/measures/119/sres/145/?on=2025-04-10")
    assert "As it officially stood at the end of Apr 10, 2025" in page.locator("main").inner_text()
    page.locator("nav.parts a", has_text="Supporters").click()
    assert page.url.endswith("/sponsors/?on=2025-04-10")
