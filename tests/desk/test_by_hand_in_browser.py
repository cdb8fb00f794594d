"""A measure entered by hand in a real browser: by keyboard alone, and with words that would rather be scripts."""

from __future__ import annotations

import pytest

from tests.desk import cast
from tests.desk.browsing import chromium_running, faults, sit_down
from tests.desk.by_hand import congress_known, typed
from tracker.desk import by_hand
from tracker.desk.models import HandEntered, User
from tracker.ledger.models import Measure, measure_pk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

HOSTILE = (
    "<script>document.title='owned'</script>",
    "<img src=x onerror=\"document.title='owned'\">",
    "\"><svg onload=document.title='owned'>",
    "</textarea><script>document.title='owned'</script>",
    "</option></datalist><script>document.title='owned'</script>",
    "' onfocus=document.title='owned' autofocus='",
    "{{ request.user }}{% load static %}",
    "javascript:document.title='owned'",
    "\u202egnp.exe\u2066\u200f",
    "<!--",
    "]]></a>",
    "&lt;script&gt;",
    '=HYPERLINK("https://evil.example")',
    "a\u0000b\u001bc",
    "<style>body{display:none}</style>",
    "<a href=\"javascript:document.title='owned'\">x</a>",
)


@pytest.fixture
def desk(live_server, transactional_db, chromium, monkeypatch):
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    congress_known()
    with chromium_running(chromium) as browser:
        yield lambda user, **context: sit_down(browser, live_server.url, user, **context), live_server.url


def test_it_is_entered_and_published_by_keyboard_alone(desk) -> None:
    sit, site = desk
    edith, otis = cast.an_editor(), cast.another_editor()
    page = sit(edith)
    page.goto(f"{site}/desk/by-hand/new/")
    page.focus("#citation")
    keys = page.keyboard
    keys.type("Senate Resolution 599")
    keys.press("Tab")
    keys.type("2024-03-20")
    while page.evaluate("document.activeElement.id") != "title":
        keys.press("Tab")
    keys.type("A resolution on Ashraf-3.")
    while page.evaluate("document.activeElement.id") != "seen-0-url":
        keys.press("Tab")
    keys.type("https://paper.example/ashraf-3")
    while page.evaluate("document.activeElement.id") != "sponsors-0-name":
        keys.press("Tab")
    with page.expect_response("**/desk/by-hand/names/**"):
        keys.type("Till")
    page.wait_for_selector("#members option", state="attached")
    assert page.evaluate("document.querySelector('#members option').value") == "Thom Tillis [R-NC] (T000476)"
    keys.type("is")
    with page.expect_navigation():
        keys.press("Control+s")
    hand = HandEntered.objects.get()
    assert hand.key == "118/sres/599" and page.url == f"{site}/desk/by-hand/{hand.pk}/?done=entered"
    assert faults(page) == []

    page = sit(otis)
    page.goto(f"{site}/desk/by-hand/{hand.pk}/")
    while page.evaluate("document.activeElement.textContent") != "Publish revision 1":
        page.keyboard.press("Tab")
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert Measure.objects.filter(pk=measure_pk(118, "sres", 599)).exists()
    assert page.complaints == []


def test_an_error_is_read_first_and_its_link_leads_to_the_field(desk) -> None:
    sit, site = desk
    page = sit(cast.an_editor(), viewport={"width": 390, "height": 844})
    page.goto(f"{site}/desk/by-hand/new/")
    page.fill("#citation", "Resolution 599")
    page.fill("#title", "Kept words")
    with page.expect_navigation():
        page.click("button[data-key=save]")
    assert page.evaluate("document.activeElement.getAttribute('role')") == "alert"
    page.click("a[href='#citation']")
    assert page.evaluate("document.activeElement.id") == "citation"
    assert page.input_value("#title") == "Kept words"
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert faults(page) == []
    with page.expect_navigation():
        page.click("button[value=cosponsors]")
    assert page.evaluate("document.activeElement.id") == "cosponsors-0-name"


def test_words_that_would_be_scripts_stay_words_everywhere(desk) -> None:
    sit, site = desk
    edith, otis = cast.an_editor(), cast.another_editor()
    addresses = [_published(edith, otis, number, words) for number, words in enumerate(HOSTILE, start=1)]
    addresses += ["/measures/?congress=118", "/measures/elsewhere/", "/", "/changes/"]
    stranger, staff = sit(None), sit(edith)
    for address in addresses:
        stranger.goto(f"{site}{address}")
        assert stranger.title() != "owned", address
        links = stranger.eval_on_selector_all("a[href]", "all => all.map(a => a.protocol)")
        assert set(links) <= {"http:", "https:"}, address
    for hand in HandEntered.objects.all():
        for part in ("", "edit/"):
            staff.goto(f"{site}/desk/by-hand/{hand.pk}/{part}")
            assert staff.title() != "owned", part
            assert staff.eval_on_selector_all("main script", "all => all.length") == 0
    assert stranger.complaints == [] and staff.complaints == []


def _published(edith: User, otis: User, number: int, words: str) -> str:
    """One of the Congress and one of another parliament with these words in every field; the second's address."""
    names = [{"name": words}]
    seen = [{"what": "press report", "url": "https://paper.example/'%22%3E", "name": words, "on": ""}]
    facts = {"title": words, "sponsors": names, "cosponsors": names, "committees": names, "seen": seen}
    facts["actions"] = [{"on": "2024-03-21", "text": words}]
    ours = by_hand.start(edith, typed(citation=f"S.Res. {number}", **facts))
    theirs = by_hand.start(
        edith, typed(parliament=f"Parliament {words}", citation=f"{number} {words}", chamber=words, **facts)
    )
    for hand in (ours, theirs):
        by_hand.publish(hand, otis, version=1)
        assert hand.revisions.get().by == edith
    theirs.refresh_from_db()
    return theirs.get_absolute_url()
