"""What is typed is kept a moment after each pause: on the server, or in the browser where the server cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, Route, expect

from tests.desk import cast, writing
from tests.desk.browsing import chromium_running, sit_down
from tests.desk.measures import tie, with_text
from tests.pages.reading import visible
from tracker.desk import entries
from tracker.desk.models import Act, Entry, Kind, UnsavedWords, User
from tracker.ledger.models import Measure

pytestmark = pytest.mark.django_db


def _typed(body: str, based_on: int = 1) -> dict[str, str]:
    return {"based_on": str(based_on), "title": "Banks", "body": body, "why": ""}


@pytest.fixture
def note(contributor: User, measure: Measure) -> Entry:
    return writing.draft(
        contributor, writing.about(measure), Kind.NOTE, title="Banks", fields={"body": "One."}
    )


def test_typed_words_are_kept_for_their_writer_alone_and_come_back(contributor, editor, note) -> None:
    path, acts = f"/desk/entries/{note.pk}/", Act.objects.count()
    writer = cast.signed_in(contributor)
    said = writer.post(f"{path}autosave/", _typed("One. Two, not saved.")).json()["said"]
    assert said.startswith("Kept ") and said.endswith(" UTC, not saved yet.")
    assert "Two, not saved." in writer.get(f"{path}edit/").content.decode()
    assert "You have words in it that are not saved" in visible(writer.get(path).content.decode())
    other = cast.signed_in(editor)
    for place in ("", "edit/", "compare/"):
        assert "Two, not saved." not in other.get(f"{path}{place}").content.decode()
    assert note.revisions.count() == 1
    assert Act.objects.count() == acts  # nothing happened yet that anybody should be told


def test_saving_drops_what_was_kept_and_so_does_throwing_it_away(contributor, note) -> None:
    path, writer = f"/desk/entries/{note.pk}/", cast.signed_in(contributor)
    writer.post(f"{path}autosave/", _typed("One. Two."))
    writer.post(f"{path}edit/", _typed("One. Two.") | {"do": "save"})
    assert not UnsavedWords.objects.exists()
    assert note.revisions.count() == 2
    writer.post(f"{path}autosave/", _typed("Three.", 2))
    asked = writer.post(f"{path}edit/", _typed("Three. Four.", 2) | {"do": "discard"}).content.decode()
    kept = UnsavedWords.objects.get()
    assert "Throw these words of yours away?" in asked and "Three. Four." in asked
    assert kept.fields["body"] == "Three. Four."  # until the answer
    stale = {"do": "discard", "sure": "2026-01-01T00:00:00+00:00"}
    assert "Throw these words" in writer.post(f"{path}edit/", stale).content.decode()
    assert UnsavedWords.objects.exists()
    writer.post(f"{path}edit/", {"do": "discard", "sure": kept.at.isoformat()})
    assert not UnsavedWords.objects.exists()
    assert note.revisions.count() == 2


def test_words_typed_back_to_what_is_saved_are_not_kept_beside_it(contributor, note) -> None:
    path, writer = f"/desk/entries/{note.pk}/autosave/", cast.signed_in(contributor)
    writer.post(path, _typed("One. Two."))
    assert writer.post(path, _typed("One.")).json() == {"said": "As saved.", "read": ""}
    assert not UnsavedWords.objects.exists()


def test_words_of_a_second_tab_are_not_kept_over_those_of_the_first(contributor, note) -> None:
    path, writer = f"/desk/entries/{note.pk}/", cast.signed_in(contributor)
    first = writer.post(f"{path}autosave/", _typed("First tab.") | {"read": ""})
    assert first.status_code == 200
    second = writer.post(f"{path}autosave/", _typed("Second tab.") | {"read": ""})
    assert second.status_code == 409
    assert "in another tab or on another machine: save these, and you see both" in second.json()["said"]
    assert writer.post(f"{path}autosave/", _typed("One.") | {"read": ""}).json()["said"] == "As saved."
    assert UnsavedWords.objects.get().fields["body"] == "First tab."
    shown = writer.post(f"{path}edit/", _typed("Second tab.") | {"read": "", "do": "preview"})
    assert "Second tab." in shown.content.decode()
    assert "These here are not kept: save them, and you see both." in visible(shown.content.decode())
    again = writer.post(f"{path}autosave/", _typed("First tab, more.") | {"read": first.json()["read"]})
    assert again.status_code == 200
    assert UnsavedWords.objects.get().fields["body"] == "First tab, more."


def test_the_writer_is_told_that_a_colleague_saved_meanwhile(contributor, editor, note) -> None:
    entries.save(note, editor, based_on=1, title="Banks", fields={"body": "Edith’s."})
    said = (
        cast.signed_in(contributor).post(f"/desk/entries/{note.pk}/autosave/", _typed("Mine.")).json()["said"]
    )
    assert "Meanwhile Edith Editor saved revision 2; when you save, you see both." in said


def test_what_the_desk_would_refuse_is_kept_all_the_same(contributor, measure) -> None:
    entry = entries.start(contributor, Kind.STATUS_UPDATE, writing.about(measure))
    sent = {
        "based_on": "0",
        "on": "in spring",
        "body": "Words.",
        "source_url": "javascript:x",
        "seen_where": "",
    }
    cast.signed_in(contributor).post(f"/desk/entries/{entry.pk}/autosave/", sent)
    assert UnsavedWords.objects.get().fields["on"] == "in spring"


def test_more_than_any_entry_holds_is_not_kept_and_stands_in_the_form(contributor, note) -> None:
    path, client = f"/desk/entries/{note.pk}/", cast.signed_in(contributor)
    client.post(f"{path}autosave/", _typed("Kept before."))
    answer = client.post(f"{path}autosave/", _typed("long " * 100_000))
    assert answer.status_code == 413 and "shorten it" in answer.json()["said"]
    assert UnsavedWords.objects.get().fields["body"] == "Kept before."
    answer = client.post(f"{path}edit/", _typed("long " * 100_000) | {"do": "save"})
    assert answer.status_code == 422
    assert "long long" in answer.content.decode() and "Shorten it." in visible(answer.content.decode())


def test_a_form_sent_after_the_session_ended_shows_every_word_again(contributor, note) -> None:
    client = cast.signed_in(contributor)
    Session.objects.all().delete()
    answer = client.post(
        f"/desk/entries/{note.pk}/edit/", _typed("Long words that took an hour.") | {"do": "save"}
    )
    assert answer.status_code == 403
    assert "Long words that took an hour." in answer.content.decode()


# In a browser


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with chromium_running(chromium) as opened:
        yield opened


@pytest.fixture
def site(transactional_db, live_server, monkeypatch) -> str:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    return str(live_server.url)


def _writing(site: str, browser: Browser) -> tuple[Entry, Page, User]:
    cora = cast.a_contributor()
    entry = writing.draft(cora, writing.about(with_text()), Kind.NOTE, title="Banks", fields={"body": "One."})
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    return entry, page, cora


@pytest.mark.browser
def test_a_pause_keeps_the_words_and_a_new_visit_finds_them(site, browser) -> None:
    entry, page, cora = _writing(site, browser)
    page.fill("#f-body", "One. Two, typed and left.")
    expect(page.locator("#kept")).to_contain_text("not saved yet")
    expect(page.locator("#kept")).to_contain_text("Kept ")
    assert UnsavedWords.objects.get(entry=entry, by=cora).fields["body"] == "One. Two, typed and left."
    page.close()
    again = sit_down(browser, site, cora)
    again.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(again.locator("#f-body")).to_have_value("One. Two, typed and left.")
    expect(again.locator("main")).to_contain_text("These are your words as they were kept")
    again.click("text=Throw them away")
    expect(again.locator("main")).to_contain_text("One. Two, typed and left.")
    again.click("text=Keep them and go on writing")
    expect(again.locator("#f-body")).to_have_value("One. Two, typed and left.")
    again.click("text=Throw them away")
    again.click("button:text-is('Throw them away')")
    expect(again.locator("main")).to_contain_text("Your words that were not saved are thrown away.")
    again.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(again.locator("#f-body")).to_have_value("One.")
    assert page.complaints == again.complaints == []


@pytest.mark.browser
def test_leaving_before_the_words_are_kept_asks_first_and_leaving_after_does_not(site, browser) -> None:
    entry, page, _ = _writing(site, browser)
    asked = []
    page.on("dialog", lambda dialog: (asked.append(dialog.type), dialog.accept()))
    page.locator("#f-body").press_sequentially(" More")
    page.goto(f"{site}/desk/entries/{entry.pk}/")
    assert asked == ["beforeunload"]
    for _ in range(50):  # what was sent in leaving arrives by itself
        if "More" in str(UnsavedWords.objects.values_list("fields", flat=True)):
            break
        page.wait_for_timeout(100)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.locator("#f-body").press_sequentially(" words")
    expect(page.locator("#kept")).to_contain_text("Kept ")
    page.goto(f"{site}/desk/entries/{entry.pk}/")
    assert asked == ["beforeunload"]


@pytest.mark.browser
def test_a_session_that_ends_while_one_types_loses_no_word(site, browser) -> None:
    entry, page, cora = _writing(site, browser)
    Session.objects.all().delete()
    page.fill("#f-body", "Words typed after the session had ended.")
    link = page.locator("#kept a")
    expect(link).to_have_text("Sign in again, and find them here.")
    assert f"next=%2Fdesk%2Fentries%2F{entry.pk}%2Fedit%2F" in (link.get_attribute("href") or "")
    key = cast.signed_in(cora).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": key, "url": site}])
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")  # where signing in leads
    expect(page.locator("#f-body")).to_have_value("Words typed after the session had ended.")
    page.click("button[data-key=save]")
    expect(page.locator("main")).to_contain_text("Saved.")
    assert entry.revisions.get(number=2).fields["body"] == "Words typed after the session had ended."
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(page.locator("#kept")).to_contain_text("Saved ")  # and the browser's own copy is gone
    assert page.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.browser
def test_a_form_sent_into_an_ended_session_is_back_after_signing_in(site, browser) -> None:
    entry, page, cora = _writing(site, browser)
    Session.objects.all().delete()
    page.fill("#f-body", "Sent at once, and refused.")
    page.click("button[data-key=save]")
    expect(page.locator("main")).to_contain_text("You are signed out")
    key = cast.signed_in(cora).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": key, "url": site}])
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(page.locator("#f-body")).to_have_value("Sent at once, and refused.")


@pytest.mark.browser
def test_points_that_only_the_browser_kept_come_back_each_with_its_tie(site, browser) -> None:
    cora, measure = cast.a_contributor(), with_text()
    entry = entries.start(cora, Kind.KEY_POINTS, writing.about(measure))
    page = sit_down(browser, site, cora)
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.select_option("#new-tie", tie(measure, "w1"))
    page.click("text=Add a point")
    expect(page.locator("#points textarea")).to_have_count(4)
    Session.objects.all().delete()
    for number, words in enumerate(("Alpha.", "Beta.", "Gamma.", "Delta."), 1):
        page.fill(f"#point-{number}", words)
    expect(page.locator("#kept a")).to_be_visible()
    key = cast.signed_in(cora).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": key, "url": site}])
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    page.click("button[data-key=save]")
    expect(page.locator("main")).to_contain_text("Saved.")
    points = entry.revisions.get().fields["points"]
    assert sorted((point["text"], point["tied"]["anchor"]) for point in points) == [
        ("Alpha.", "p1"),
        ("Beta.", "p2"),
        ("Delta.", "w1"),
        ("Gamma.", "p3"),
    ]


@pytest.mark.browser
def test_words_in_a_shared_browser_are_offered_to_their_writer_alone(site, browser) -> None:
    entry, page, _ = _writing(site, browser)
    Session.objects.all().delete()
    page.fill("#f-body", "Words of Cora alone.")
    expect(page.locator("#kept a")).to_be_visible()
    assert "Words of Cora alone." in page.evaluate("JSON.stringify(localStorage)")
    key = cast.signed_in(cast.an_editor()).cookies["session"].value
    page.context.add_cookies([{"name": "session", "value": key, "url": site}])
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(page.locator("#f-body")).to_have_value("One.")
    assert page.evaluate("Object.keys(localStorage).length") == 0
    assert not UnsavedWords.objects.exists()


@pytest.mark.browser
def test_signing_out_leaves_no_words_in_the_browser(site, browser) -> None:
    _, page, _ = _writing(site, browser)
    page.route("**/autosave/", lambda route: route.abort())
    page.fill("#f-body", "Words that the server did not get.")
    expect(page.locator("#kept")).to_contain_text("The server cannot be reached.")
    assert page.evaluate("Object.keys(localStorage).length") == 1
    page.click("button:text-is('Sign out')")
    page.wait_for_url(f"{site}/")
    assert page.evaluate("Object.keys(localStorage).length") == 0


@pytest.mark.browser
def test_more_than_a_closing_page_may_send_is_kept_all_the_same(site, browser) -> None:
    _, page, _ = _writing(site, browser)
    long = "Words “typed” at length. " * 5_000
    page.fill("#f-body", long)
    expect(page.locator("#kept")).to_contain_text("Kept ")
    assert UnsavedWords.objects.get().fields["body"] == long


@pytest.mark.browser
def test_a_long_text_left_at_once_is_there_again(site, browser) -> None:
    entry, page, _ = _writing(site, browser)
    long = "Words “typed” at length. " * 5_000
    page.route("**/autosave/", lambda route: route.abort())
    page.on("dialog", lambda dialog: dialog.accept())
    page.fill("#f-body", long)
    page.goto(f"{site}/desk/entries/")
    page.unroute("**/autosave/")
    page.goto(f"{site}/desk/entries/{entry.pk}/edit/")
    expect(page.locator("#f-body")).to_have_value(long)


@pytest.mark.browser
def test_two_tabs_of_one_writer_lose_no_word_of_either(site, browser) -> None:
    entry, first, cora = _writing(site, browser)
    second = first.context.new_page()
    second.goto(first.url)
    first.fill("#f-body", "One. Of the first.")
    expect(first.locator("#kept")).to_contain_text("Kept ")
    second.fill("#f-body", "Of the second. One.")
    expect(second.locator("#kept")).to_contain_text("in another tab or on another machine")
    first.fill("#f-body", "One. Of the first, and more.")
    expect(first.locator("#kept")).to_contain_text("Not saved yet.")
    expect(first.locator("#kept")).to_contain_text("Kept ")
    assert UnsavedWords.objects.get().fields["body"] == "One. Of the first, and more."
    second.reload()  # what the second holds is in this browser still, and not put over the first's
    expect(second.locator("#f-body")).to_have_value("Of the second. One.")
    second.click("button[data-key=save]")
    second.wait_for_url("**/merge/")
    expect(second.locator("h1")).to_contain_text("other words of yours were kept in another tab")
    expect(second.locator("#f-body")).to_have_value("Of the second. One. Of the first, and more.")
    second.click("text=Save both together")
    expect(second.locator("main")).to_contain_text("Saved.")
    assert entry.revisions.get(number=2).fields["body"] == "Of the second. One."
    assert entry.revisions.get(number=3).fields["body"] == "Of the second. One. Of the first, and more."
    assert not UnsavedWords.objects.filter(by=cora).exists()


@pytest.mark.browser
def test_saving_at_once_after_a_pause_is_not_taken_for_another_tab(site, browser) -> None:
    entry, page, _ = _writing(site, browser)
    held: list[Route] = []
    page.route("**/autosave/", lambda route: held.append(route))
    page.fill("#f-body", "One. Two")
    page.wait_for_timeout(3_000)
    assert held
    page.locator("#f-body").press_sequentially(", three.")
    page.click("button[data-key=save]", no_wait_after=True)
    page.wait_for_timeout(100)
    held[0].continue_()
    expect(page.locator("main")).to_contain_text("Saved.")
    assert entry.revisions.get(number=2).fields["body"] == "One. Two, three."
    assert not UnsavedWords.objects.exists()


@pytest.mark.browser
def test_the_preview_follows_and_words_are_counted_without_a_button(site, browser) -> None:
    _, page, _ = _writing(site, browser)
    page.fill("#f-body", "It would **protect** them.")
    expect(page.locator("#beside strong")).to_have_text("protect")
    expect(page.locator("#f-body-words")).to_contain_text("4 words")
    assert page.complaints == []
