"""Colleagues at real browsers: each with a context of their own, signed in as `cast` signs them in."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from tests.desk import cast
from tracker.desk.models import User


@contextmanager
def chromium_running(path: str) -> Iterator[Browser]:
    """The distribution's Chromium, until the test ends."""
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=path, args=["--no-sandbox", "--disable-gpu"])
        yield opened
        opened.close()


def sit_down(browser: Browser, site: str, user: User | None, **context: Any) -> Page:
    """A page of this person's own browser. `complaints` of the page gather what its console and scripts said was wrong."""
    own = browser.new_context(**{"viewport": {"width": 1280, "height": 900}, **context})
    if user is not None:
        key = cast.signed_in(user).cookies["session"].value
        own.add_cookies([{"name": "session", "value": key, "url": site}])
    page = own.new_page()
    page.set_default_timeout(30_000)
    complaints: list[str] = []
    page.on("console", lambda message: complaints.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: complaints.append(str(error)))
    page.complaints = complaints
    return page


def faults(page: Page) -> list[tuple[str, str]]:
    """What axe finds serious or critical on the page."""
    found = Axe().run(page).response["violations"]
    return [
        (fault["id"], node["html"])
        for fault in found
        if fault["impact"] in ("serious", "critical")
        for node in fault["nodes"]
    ]


def every_fault(page: Page) -> list[tuple[str, str]]:
    """Whatever axe finds, however slight, its best practices and the size of targets with it."""
    found = Axe().run(page, options={"rules": {"target-size": {"enabled": True}}}).response["violations"]
    return [(fault["id"], node["html"]) for fault in found for node in fault["nodes"]]


def refusals(page: Page) -> list[int]:
    """The statuses of what this page was refused, in order; anything else that its console complained of fails the test."""
    statuses = []
    for words in page.complaints:
        found = re.fullmatch(
            r"Failed to load resource: the server responded with a status of (\d{3}) \(.*\)", words
        )
        assert found, words
        statuses.append(int(found[1]))
    return statuses
