"""`/check/`: an article marked up in place, by form alone, and nothing of it kept."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.test import Client
from playwright.sync_api import Browser, sync_playwright

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.pages.reading import links, visible
from tracker.ledger.models import ChangeEvent, Document
from tracker.pages.marked import paragraphs
from tracker.pages.templatetags.checked import full_stop
from tracker.press import limits
from tracker.press.result import CheckResult, Claim

pytestmark = pytest.mark.django_db

ARTICLE = (
    "Help for the exiles\r\n\r\nSenate Resolution 145 was introduced by Sen. Thom Tillis, a Democrat, on March 28.\r\n\r\n"
    "<script>alert(1)</script> It is still before the Foreign Relations Committee."
)


@pytest.fixture(autouse=True)
def held() -> None:
    hold(record(cosponsors=(cosponsor(WARNOCK),)))


def post(text: str, date: str = "2025-05-01") -> str:
    response = Client().post("/check/", {"text": text, "date": date})
    assert response.status_code == 200
    return response.content.decode()


def test_the_form_needs_no_script_and_nobody_keeps_the_page():
    response = Client().get("/check/")
    page = response.content.decode()
    assert response.headers["Cache-Control"] == "no-store"
    assert 'action="/check/" method="post"' in page
    assert "csrfmiddlewaretoken" in page
    assert 'href="/check/"' in page


def test_every_statement_is_marked_in_place_with_its_note():
    page = post(ARTICLE)
    assert "5 statements could be checked: 3 true, 2 false." in visible(page)
    marks = re.findall(r'<mark class="claim (\w+)"><a href="#n\d+">(.*?)</a></mark>', page)
    assert ("true", "Sen. Thom Tillis") in marks
    assert ("false", "a Democrat") in marks
    assert any(verdict == "false" and "March 28" in words for verdict, words in marks)
    assert "✗ Not so. Introduced: March 27, 2025." in visible(page)
    targets = set(re.findall(r'id="(n\d+)"', page))
    assert {link.removeprefix("#") for link in links(page) if link.startswith("#n")} == targets
    assert "/measures/119/sres/145/" in links(page)


def test_marks_are_numbered_as_they_stand_and_an_official_line_gets_no_second_full_stop():
    claims = (
        Claim("other", None, "second", (6, 12), "true", "Placed on Calendar No. 101.", None),
        Claim("other", None, "first", (0, 5), "true", "Record", None),
    )
    (drawn,) = paragraphs("first second", CheckResult("2025-05-01", (), claims))
    assert [(note.number, note.claim.quote) for note in drawn.notes] == [(1, "first"), (2, "second")]
    assert [full_stop(words) for words in ("on calendar", "No. 101.", "")] == ["on calendar.", "No. 101.", ""]


def test_the_words_of_the_article_are_all_there_and_none_is_taken_for_markup():
    page = post(ARTICLE)
    assert "<script>alert" not in page
    article = page.split('id="marked"')[1].split("</section>")[0]
    bare = re.sub(r'<ol class="notes">.*?</ol>|<sup.*?</sup>', "", article, flags=re.S)
    for words in (
        "Help for the exiles",
        "was introduced by Sen. Thom Tillis, a Democrat",
        "<script>alert(1)</script> It is still",
    ):
        assert words in visible(bare.partition(">")[2]).replace("& lt;", "<") or words in visible(bare)


def test_what_was_typed_stays_when_something_is_wrong():
    response = Client().post("/check/", {"text": ARTICLE, "date": "last week"})
    assert response.status_code == 400
    page = response.content.decode()
    assert "“last week” is no day." in visible(page)
    assert 'aria-describedby="date-wrong date-hint"' in page
    assert "Senate Resolution 145 was introduced" in page
    empty = Client().post("/check/", {"text": "  ", "date": ""})
    assert empty.status_code == 400
    assert "There is no text." in visible(empty.content.decode())


def test_a_post_without_its_token_is_refused():
    assert Client(enforce_csrf_checks=True).post("/check/", {"text": ARTICLE}).status_code == 403


def test_nothing_of_an_article_is_kept():
    before = Document.objects.count(), ChangeEvent.objects.count()
    post(ARTICLE)
    assert (Document.objects.count(), ChangeEvent.objects.count()) == before


def test_one_address_cannot_have_articles_without_end(monkeypatch):
    monkeypatch.setattr(limits, "CHECKS_PER_MINUTE", 0)
    response = Client().post("/check/", {"text": ARTICLE})
    assert response.status_code == 429
    assert "Try again in" in visible(response.content.decode())
    assert "Senate Resolution 145" in response.content.decode()


def test_a_text_that_names_no_measure_is_told_so():
    assert "No measure of Congress is named" in visible(post("Nothing happened."))


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with sync_playwright() as driver:
        opened = driver.chromium.launch(executable_path=chromium, args=["--no-sandbox"])
        yield opened
        opened.close()


@pytest.mark.browser
@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize(("theme", "width"), [("light", 1280), ("dark", 320)])
def test_in_a_browser_without_script_the_notes_are_reached_from_the_marks(
    live_server, monkeypatch, browser, theme, width
):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")
    page = browser.new_context(
        java_script_enabled=False, color_scheme=theme, viewport={"width": width, "height": 700}
    ).new_page()
    page.goto(f"{live_server.url}/check/")
    page.fill("#text", ARTICLE)
    page.fill("#date", "2025-05-01")
    page.locator(".check-form button").press("Enter")
    page.locator("mark.false a").first.click()
    assert re.search(r"/check/#n\d+$", page.url)
    body = page.locator("body").bounding_box()
    assert body is not None
    assert body["width"] <= width
    scripted = browser.new_context(color_scheme=theme, viewport={"width": width, "height": 700}).new_page()
    scripted.goto(f"{live_server.url}/check/")
    scripted.fill("#text", ARTICLE)
    scripted.locator(".check-form button").click()
    assert scripted.evaluate("document.documentElement.scrollWidth") <= width
    found = Axe().run(scripted).response["violations"]
    assert [(f["id"], f["nodes"][0]["html"]) for f in found if f["impact"] in ("serious", "critical")] == []
