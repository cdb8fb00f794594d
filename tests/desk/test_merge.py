"""Two people in one draft: the second is shown both, and nothing that either wrote is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.desk import cast, writing
from tests.desk.browsing import chromium_running, faults, sit_down
from tests.desk.measures import tie, with_text
from tests.pages.reading import visible
from tracker.desk import entries
from tracker.desk.models import Entry, Kind, UnsavedWords, User
from tracker.ledger.models import Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def note(contributor: User, measure: Measure) -> Entry:
    fields = {"body": "It would honor them. It would bind nobody."}
    return writing.draft(contributor, writing.about(measure), Kind.NOTE, title="Banks", fields=fields)


def _sent(body: str, *, title: str = "Banks", based_on: int = 1) -> dict[str, str]:
    return {"do": "save", "based_on": str(based_on), "title": title, "body": body, "why": ""}


def test_the_second_to_save_is_led_to_a_page_with_both(contributor, editor, note) -> None:
    path = f"/desk/entries/{note.pk}/"
    first, second = cast.signed_in(editor), cast.signed_in(contributor)
    first.post(f"{path}edit/", _sent("It would honor them. It would bind nobody, here or there."))
    answer = second.post(f"{path}edit/", _sent("It would thank them. It would bind nobody."))
    assert answer.headers["Location"] == f"{path}merge/"
    text = second.get(f"{path}merge/").content.decode()
    assert "<bdi>Edith Editor</bdi> saved revision 2 while you wrote" in text
    assert "It would thank them. It would bind nobody, here or there.</textarea>" in text
    assert "<ins>, here or there</ins>" in text and "<ins>thank </ins>" in text
    assert note.revisions.count() == 2


def test_the_same_words_changed_by_both_are_both_in_the_field(contributor, editor, note) -> None:
    path = f"/desk/entries/{note.pk}/"
    entries.save(
        note,
        editor,
        based_on=1,
        title="Rivers",
        fields={"body": "It would praise them. It would bind nobody."},
    )
    second = cast.signed_in(contributor)
    second.post(f"{path}edit/", _sent("It would thank them. It would bind nobody.", title="Shores"))
    text = second.get(f"{path}merge/").content.decode()
    assert "It would thank praise them." in text
    assert (
        'value="Shores"' in text and "<ins>Rivers</ins>" in text
    )  # a title is one line: mine, theirs beside it
    assert "In 2 places both of you changed the same words" in visible(text)


def test_saving_both_asks_for_the_version_again(contributor, editor, note) -> None:
    path = f"/desk/entries/{note.pk}/"
    second = cast.signed_in(contributor)
    entries.save(
        note,
        editor,
        based_on=1,
        title="Banks",
        fields={"body": "It would honor them twice. It would bind nobody."},
    )
    second.post(f"{path}edit/", _sent("It would honor them. It would bind no one."))
    entries.save(
        note,
        editor,
        based_on=2,
        title="Banks",
        fields={"body": "It would honor them thrice. It would bind nobody."},
    )
    merged = _sent("It would honor them twice. It would bind no one.", based_on=2)
    assert second.post(f"{path}edit/", merged).headers["Location"] == f"{path}merge/"
    text = second.get(f"{path}merge/").content.decode()
    assert (
        "saved revision 3 while you wrote" in text
        and "It would honor them thrice. It would bind no one." in text
    )
    answer = second.post(
        f"{path}edit/", _sent("It would honor them thrice. It would bind no one.", based_on=3)
    )
    assert answer.headers["Location"] == f"{path}?done=saved"
    assert (
        note.revisions.latest("number").fields["body"] == "It would honor them thrice. It would bind no one."
    )
    assert not UnsavedWords.objects.exists()


def test_points_of_both_are_put_together_with_their_ties(contributor, editor, measure) -> None:
    def points(*rows: tuple[str, str]) -> dict[str, list[str]]:
        return {"text": [text for text, _ in rows], "tied": [tie(measure, anchor) for _, anchor in rows]}

    entry = entries.start(contributor, Kind.KEY_POINTS, writing.about(measure))
    path = f"/desk/entries/{entry.pk}/"
    first, second = cast.signed_in(editor), cast.signed_in(contributor)
    second.post(
        f"{path}edit/",
        {"do": "save", "based_on": "0", **points(("It would honor them.", "p1"), ("It asks.", "p2"))},
    )
    first.post(
        f"{path}edit/",
        {"do": "save", "based_on": "1", **points(("It would honor them all.", "p1"), ("It asks.", "p2"))},
    )
    mine = points(("It would honor them.", "p1"), ("It asks the States.", "p2"), ("Within five years.", "p3"))
    second.post(f"{path}edit/", {"do": "save", "based_on": "1", **mine})
    text = second.get(f"{path}merge/").content.decode()
    for words in ("It would honor them all.", "It asks the States.", "Within five years."):
        assert f">{words}</textarea>" in text
    assert f'value="{tie(measure, "p3")}" selected' in text
    assert "New from you." in text and "They changed it." in text


def test_whoever_has_nothing_unsaved_is_led_back_to_the_words(contributor, note) -> None:
    answer = cast.signed_in(contributor).get(f"/desk/entries/{note.pk}/merge/")
    assert answer.headers["Location"] == f"/desk/entries/{note.pk}/edit/"


def test_nobody_sees_what_another_has_not_saved(contributor, editor, other_editor, note) -> None:
    entries.save(note, editor, based_on=1, title="Banks", fields={"body": "Edith’s."})
    cast.signed_in(contributor).post(f"/desk/entries/{note.pk}/edit/", _sent("Cora’s own, unsaved."))
    client = cast.signed_in(other_editor)
    for place in ("", "edit/", "compare/"):
        assert "own, unsaved" not in client.get(f"/desk/entries/{note.pk}/{place}").content.decode()


def test_throwing_ones_own_away_is_asked_once_and_the_words_stay_until_then(
    contributor, editor, note
) -> None:
    path, client = f"/desk/entries/{note.pk}/", cast.signed_in(contributor)
    entries.save(note, editor, based_on=1, title="Banks", fields={"body": "Edith’s."})
    client.post(f"{path}edit/", _sent("Cora’s own, unsaved."))
    asked = client.post(
        f"{path}edit/", _sent("Both, put together.", based_on=2) | {"do": "discard"}
    ).content.decode()
    assert "Cora’s own, unsaved." in asked and f'href="{path}merge/">Keep them' in asked
    assert "Cora’s own, unsaved." in visible(client.get(f"{path}merge/").content.decode())
    sure = {"do": "discard", "sure": UnsavedWords.objects.get().at.isoformat()}
    assert client.post(f"{path}edit/", sure).headers["Location"] == f"{path}?done=thrown_away"
    assert not UnsavedWords.objects.exists()


def test_words_of_two_tabs_and_of_a_colleague_are_all_on_the_page(contributor, editor, note) -> None:
    path, client = f"/desk/entries/{note.pk}/", cast.signed_in(contributor)
    first = {"title": "Rivers", "body": "It would honor them. It would bind nobody, says the first."}
    client.post(f"{path}autosave/", _sent(first["body"], title=first["title"]) | {"read": ""})
    entries.save(note, editor, based_on=1, title="Banks", fields={"body": "It would honor them. Edith’s."})
    sent = _sent("It would thank them. It would bind nobody.", title="Shores") | {"read": ""}
    assert client.post(f"{path}edit/", sent).headers["Location"] == f"{path}merge/"
    kept = UnsavedWords.objects.get()
    assert (kept.title, kept.based_on) == ("Shores / Rivers", 1)
    assert kept.fields["body"] == "It would thank them. It would bind nobody, says the first."
    text = client.get(f"{path}merge/").content.decode()
    assert "Edith’s." in text and "says the first" in text and "thank" in text


def test_points_of_two_tabs_are_put_together_with_their_ties(contributor, editor, measure) -> None:
    entry = entries.start(contributor, Kind.KEY_POINTS, writing.about(measure))
    path, client = f"/desk/entries/{entry.pk}/", cast.signed_in(contributor)

    def one(text: str, anchor: str) -> dict[str, object]:
        return {"based_on": "0", "text": [text], "tied": [tie(measure, anchor)], "read": ""}

    client.post(f"{path}autosave/", one("It would honor them.", "p1"))
    cast.signed_in(editor).post(f"{path}edit/", one("Edith’s.", "p3") | {"do": "save"})
    client.post(f"{path}edit/", one("States are asked to mend.", "p2") | {"do": "save"})
    points = UnsavedWords.objects.get(by=contributor).fields["points"]
    assert sorted((point["text"], point["tied"]["anchor"]) for point in points) == [
        ("It would honor them.", "p1"),
        ("States are asked to mend.", "p2"),
    ]
    assert "Edith’s." in client.get(f"{path}merge/").content.decode()


# In two browsers


@pytest.fixture
def browser(chromium) -> Iterator[Browser]:
    with chromium_running(chromium) as opened:
        yield opened


@pytest.mark.browser
@pytest.mark.parametrize("script", [True, False], ids=["with script", "without script"])
def test_two_browsers_in_one_draft_lose_nothing(
    transactional_db, live_server, monkeypatch, browser, script
) -> None:
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "1")  # the browser's driver keeps a loop in this thread
    cora, edith, measure = cast.a_contributor(), cast.an_editor(), with_text()
    entry = entries.start(cora, Kind.KEY_POINTS, writing.about(measure))
    path = f"{live_server.url}/desk/entries/{entry.pk}/edit/"

    def opened(user: User) -> Page:
        page = sit_down(browser, live_server.url, user, java_script_enabled=script)
        page.goto(path)
        return page

    cora_page = opened(cora)
    cora_page.fill("#f-lead", "It would bind nobody.")
    cora_page.fill("#point-1", "It would honor those who keep the banks.")
    cora_page.click("button[data-key=save]")
    expect(cora_page.locator("main")).to_contain_text("Saved.")

    cora_page.goto(path)
    edith_page = opened(edith)
    cora_page.fill("#f-lead", "It would bind nobody, here or abroad.")
    cora_page.fill("#point-2", "It calls on the States to mend.")
    edith_page.fill("#f-lead", "It would state an opinion. It would bind nobody.")
    edith_page.fill("#point-1", "It would honor everybody who keeps the banks.")
    edith_page.fill("#point-3", "It asks for five years.")
    edith_page.click("button[data-key=save]")
    expect(edith_page.locator("main")).to_contain_text("Saved.")
    cora_page.click("button[data-key=save]")

    cora_page.wait_for_url("**/merge/")
    expect(cora_page.locator("h1")).to_contain_text(
        "Edith Editor saved revision 2 while you wrote. Nothing is lost."
    )
    if script:
        assert faults(cora_page) == []
    expect(cora_page.locator("#f-lead")).to_have_value(
        "It would state an opinion. It would bind nobody, here or abroad."
    )
    cora_page.click("text=Save both together")
    expect(cora_page.locator("main")).to_contain_text("Saved.")
    kept = entry.revisions.get(number=3)
    assert kept.fields["lead"] == "It would state an opinion. It would bind nobody, here or abroad."
    assert [(point["text"], point["tied"]["anchor"]) for point in kept.fields["points"]] == [
        ("It would honor everybody who keeps the banks.", "p1"),
        ("It calls on the States to mend.", "p2"),
        ("It asks for five years.", "p3"),
    ]
    assert [revision.by for revision in entry.revisions.order_by("number")] == [cora, edith, cora]
    # The script's own copies are gone, and the server's of what was not saved.
    assert not UnsavedWords.objects.exists()
