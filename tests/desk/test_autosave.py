"""What is typed is kept a moment after each pause: on the server, or in the browser where the server cannot."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.contrib.sessions.models import Session
from playwright.sync_api import Browser, Page, expect

from tests.desk import cast, writing
from tests.desk.browsing import chromium_running, sit_down
from tests.desk.measures import tie, with_text
from tests.pages.reading import visible
from tracker.desk import entries
from tracker.desk.models import Act, Entry, Kind, UnsavedWords, User
from tracker.ledger.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def measure() -> Measure:
    return with_text()


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
    writer.post(f"{path}edit/", _typed("Three.", 2) | {"do": "discard"})
    assert not UnsavedWords.objects.exists()
    assert note.revisions.count() == 2


def test_words_typed_back_to_what_is_saved_are_not_kept_beside_it(contributor, note) -> None:
    path, writer = f"/desk/entries/{note.pk}/autosave/", cast.signed_in(contributor)
    writer.post(path, _typed("One. Two."))
    assert writer.post(path, _typed("One.")).json() == {"said": "As saved."}
    assert not UnsavedWords.objects.exists()


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
def test_the_preview_follows_and_words_are_counted_without_a_button(site, browser) -> None:
    _, page, _ = _writing(site, browser)
    page.fill("#f-body", "It would **protect** them.")
    expect(page.locator("#beside strong")).to_have_text("protect")
    expect(page.locator("#f-body-words")).to_contain_text("4 words")
    assert page.complaints == []
