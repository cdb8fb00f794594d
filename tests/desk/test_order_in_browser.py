"""The desk's front, lists and topics in a real browser: by keyboard, without script, for a screen reader, on the smallest phone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone
from playwright.sync_api import Browser, expect

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.desk import cast, writing
from tests.desk.browsing import chromium_running, every_fault, refusals, sit_down
from tracker.desk import care, kept_articles, lists, topics
from tracker.desk.models import Care, Kind, MovedClaim, Seen, Topic, TopicMeasure, User
from tracker.desk.topics import TopicWords
from tracker.ledger.models import DueFetch, measure_pk

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

PATHS = (
    "/desk/",
    "/desk/outgrown/",
    "/desk/articles/",
    "/desk/entries/{article}/check/",
    "/entries/{article}/",
    "/desk/unsettled/",
    "/desk/measures/",
    "/desk/measures/?assigned=me&priority=high",
    "/desk/measures/?type=zres",
    "/desk/measures/119/sres/145/",
    "/desk/topics/",
    "/desk/topics/{topic}/",
    "/desk/lists/",
    "/desk/lists/new/?of=measures&type=sres",
    "/topics/",
    "/topics/refugees/",
)


def pk(number: int) -> int:
    return measure_pk(119, "sres", number)


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with chromium_running(chromium) as opened:
        yield opened


@pytest.fixture
def edith(live_server, monkeypatch) -> User:
    """An editor with a desk on which something of everything waits."""
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    cora, edith, ada = cast.a_contributor(), cast.an_editor(), cast.an_admin()
    hold(
        *(
            record(f"119/sres/{n}", title=f"On refugees {n}.", cosponsors=(cosponsor(WARNOCK),))
            for n in (1, 2, 145)
        )
    )
    topic = topics.make(
        TopicWords("Refugees", description="*Of* them.", rule="q=refugees", is_public=True), edith
    )
    topics.make(TopicWords("Bees"), edith)
    topics.put_in(topic, [pk(145)], edith)
    care.assign([pk(145), pk(1)], edith, ada)
    lists.save(edith, "measures", "Mine", "assigned=me", shared=True)
    writing.in_review(cora, {"measure_id": pk(2)})
    writing.public(
        cora, edith, {"measure_id": pk(145)}, fields={"points": [{"text": "It has one cosponsor."}]}
    )
    writing.draft(edith, {"measure_id": pk(1)}, Kind.PRESS_COVERAGE)
    article = "The text of S.Res. 145 is short. S.Res. 145 has one cosponsor, whose office did not answer."
    kept = {**writing.WORDS[Kind.PRESS_COVERAGE], "on": "2025-04-02", "article": article, "verdicts": "shown"}
    writing.public(cora, edith, {"measure_id": pk(145)}, Kind.PRESS_COVERAGE, fields=kept)
    kept_articles.look_again()
    now = timezone.now()
    for n in (145, 1):
        hold(record(f"119/sres/{n}", title=f"On refugees {n}.", updated_at="2025-06-01T08:00:00Z"), at=now)
    kept_articles.look_again()
    assert MovedClaim.objects.exists()  # what the pages below have to show
    DueFetch.objects.create(
        measure_id=pk(9),
        reason="listed",
        due_at=now - timedelta(hours=2),
        attempts=6,
        error="gone",
        set_aside=True,
    )
    return edith


def _paths() -> list[str]:
    topic, article = Topic.objects.get(slug="refugees").pk, MovedClaim.objects.get().entry_id
    return [path.format(topic=topic, article=article) for path in PATHS]


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_no_page_of_the_desks_order_shuts_anybody_out(live_server, browser, edith, theme) -> None:
    page = sit_down(browser, live_server.url, edith, color_scheme=theme)
    found = {}
    for path in _paths():
        page.goto(live_server.url + path)
        page.wait_for_load_state("networkidle")
        found[path] = every_fault(page)
    assert {path: wrong for path, wrong in found.items() if wrong} == {}
    assert refusals(page) == [400]  # the list by a type that there is not


def test_no_page_scrolls_sideways_on_the_smallest_phone(live_server, browser, edith) -> None:
    page = sit_down(browser, live_server.url, edith, viewport={"width": 320, "height": 640})
    widths: dict[str, Any] = {}
    for path in _paths():
        page.goto(live_server.url + path)
        widths[path] = page.evaluate("document.documentElement.scrollWidth")
    assert {path: width for path, width in widths.items() if width > 320} == {}


def test_what_the_machine_could_not_settle_comes_in_below(live_server, browser, edith) -> None:
    page = sit_down(browser, live_server.url, edith)
    page.goto(f"{live_server.url}/desk/")
    expect(page.locator("#main")).to_contain_text("119/sres/9")
    bare = sit_down(browser, live_server.url, edith, java_script_enabled=False)
    bare.goto(f"{live_server.url}/desk/")
    bare.locator("a", has_text="On its own page").click()
    expect(bare.locator("#main")).to_contain_text("119/sres/9")


def test_a_measure_is_opened_kept_and_marked_by_keyboard_alone_and_without_script(
    live_server, browser, edith
) -> None:
    page = sit_down(browser, live_server.url, edith, java_script_enabled=False)
    page.goto(f"{live_server.url}/desk/")
    page.locator("#open").focus()
    page.keyboard.type("s res 145")
    page.keyboard.press("Enter")
    page.wait_for_url("**/desk/measures/119/sres/145/")
    page.locator("textarea[name=note]").focus()
    page.keyboard.type("By keys alone.")
    page.locator("select[name=priority]").focus()
    page.keyboard.type("high")
    page.locator(".care button").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("Kept.")
    kept = Care.objects.get(pk=pk(145))
    assert (kept.note, kept.priority) == ("By keys alone.", Care.Priority.HIGH)
    before = Seen.objects.get(by=edith, measure_id=pk(145)).event
    page.locator("button", has_text="Mark as seen").first.focus()
    page.keyboard.press("Space")
    expect(page.locator(".said")).to_have_text("1 measure marked as seen.")
    assert Seen.objects.get(by=edith, measure_id=pk(145)).event > before


def test_rows_are_chosen_by_key_and_given_to_a_colleague(live_server, browser, edith) -> None:
    page = sit_down(browser, live_server.url, edith)
    page.goto(f"{live_server.url}/desk/measures/?assigned=nobody")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator("input[name=chosen]").first).to_be_checked()
    page.locator("select[name=person]").focus()
    page.keyboard.type("Ada")
    page.locator("button[value=assign]").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".said")).to_have_text("1 measure given to Ada Admin.")
    assert Care.objects.get(pk=pk(2)).assigned_to.name == "Ada Admin"


def test_topics_are_ordered_and_filled_by_keyboard_and_a_wrong_field_gets_its_words(
    live_server, browser, edith
) -> None:
    page = sit_down(browser, live_server.url, edith, java_script_enabled=False)
    page.goto(f"{live_server.url}/desk/topics/")
    page.locator("button", has_text="Down: Refugees").focus()
    page.keyboard.press("Enter")
    expect(page.locator(".ordered > li").first).to_contain_text("Bees")
    assert list(Topic.objects.order_by("position").values_list("name", flat=True)) == ["Bees", "Refugees"]
    page.locator("input[name=rule]").fill("type=zres")
    page.locator("input[name=name]").fill("Wrong")
    page.locator("button", has_text="Make it").press("Enter")
    wrong = page.locator("input[name=rule]")
    assert wrong.get_attribute("aria-invalid") == "true"
    expect(page.locator(f"#{(wrong.get_attribute('aria-describedby') or '').split(' ')[0]}")).to_contain_text(
        "no such type"
    )
    expect(page.locator("input[name=name]")).to_have_value("Wrong")
    page.locator("a", has_text="Refugees").click()
    page.locator("button", has_text="Put in: S.Res. 2").press("Enter")
    expect(page.locator(".said")).to_have_text("1 measure put in.")
    page.locator("button", has_text="Refuse: S.Res. 1").press("Enter")
    expect(page.locator(".said")).to_have_text("1 measure refused, and not proposed again.")
    assert set(TopicMeasure.objects.values_list("measure_id", "refused")) == {
        (pk(145), False),
        (pk(2), False),
        (pk(1), True),
    }
