"""Entries at the desk as they are begun and written."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.api.holding import hold, record
from tests.desk import cast, writing
from tests.desk.cast import page
from tests.desk.measures import tie
from tests.pages.reading import first_words, visible
from tests.texts import printed
from tracker.desk import entries, publishing
from tracker.desk.models import Entry, Kind, Publication, Topic, UnsavedWords, User
from tracker.ledger.models import Measure, measure_pk

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 4, 1, 12, tzinfo=UTC)


# Beginning


def test_an_entry_is_begun_on_a_measure_cited_in_any_spelling(contributor: User, measure: Measure) -> None:
    client = cast.signed_in(contributor)
    for spelling in ("S.Res. 145", "senate resolution 145 of the 119th Congress", "119/sres/145"):
        answer = client.post("/desk/entries/new/", {"about": spelling, "kind": "note"})
        entry = Entry.objects.latest("id")
        assert answer.headers["Location"] == f"/desk/entries/{entry.pk}/edit/"
        assert (entry.about, entry.kind, entry.author) == ("119/sres/145", "note", contributor)


def test_an_entry_is_begun_on_a_member_by_name_or_id_and_on_a_topic(editor: User, measure: Measure) -> None:
    topic = Topic.objects.create(slug="rivers", name="Rivers", changed_at=NOW)
    client = cast.signed_in(editor)
    for typed, about in (
        ("Tillis", "member/T000476"),
        ("t000476", "member/T000476"),
        ("river", f"topic/{topic.pk}"),
    ):
        client.post("/desk/entries/new/", {"about": typed, "kind": "note"})
        assert Entry.objects.latest("id").about == about


def test_a_citation_of_two_congresses_is_asked_about_and_nothing_is_begun(
    editor: User, measure: Measure
) -> None:
    hold(record("118/sres/145", title="Another of the same number."))
    client = cast.signed_in(editor)
    answer = client.post("/desk/entries/new/", {"about": "S.Res. 145", "kind": "note"})
    words = visible(answer.content.decode())
    assert answer.status_code == 422
    assert "119th Congress" in words and "118th Congress" in words and "Another of the same number." in words
    assert not Entry.objects.exists()
    client.post("/desk/entries/new/", {"about": "118/sres/145", "kind": "note"})
    assert Entry.objects.get().about == "118/sres/145"


@pytest.mark.parametrize(
    ("sent", "words"),
    [
        ({"about": "S.Res. 9999", "kind": "note"}, "S.Res. 9999 is not held here"),
        ({"about": "nobody of this name", "kind": "note"}, "is no measure, member or topic known here"),
        ({"about": "", "kind": "note"}, "Say what it is about"),
        ({"about": "S.Res. 145", "kind": ""}, "Choose what kind of entry it is"),
        ({"about": "S.Res. 145", "kind": "poem"}, "is no kind of entry"),
        ({"about": "Tillis", "kind": "key_points"}, "Key points retell a measure’s text"),
    ],
)
def test_what_cannot_be_begun_is_said_beside_its_field_with_what_was_typed(
    editor, measure, sent, words
) -> None:
    answer = cast.signed_in(editor).post("/desk/entries/new/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert words in visible(text)
    assert (
        not sent["about"] or f'value="{sent["about"]}"' in text or "119/sres/145" in text or "member/" in text
    )
    assert not Entry.objects.exists()


def test_from_a_measures_page_it_is_chosen_already_and_what_there_is_on_it_is_named(editor, measure) -> None:
    writing.draft(editor, writing.about(measure))
    words = page(cast.signed_in(editor), "/desk/entries/new/?about=119/sres/145&kind=key_points")
    assert "A new entry on S.Res. 145" in first_words(words, "h1")
    assert "On it already" in visible(words)
    assert Entry.objects.count() == 1  # a link changes nothing


# Writing


def test_key_points_are_written_beside_the_official_words(contributor: User, measure: Measure) -> None:
    entry = entries.start(contributor, Kind.KEY_POINTS, writing.about(measure))
    client = cast.signed_in(contributor)
    form = visible(page(client, f"/desk/entries/{entry.pk}/edit/"))
    for paragraph in printed.PARAGRAPHS:
        assert paragraph in form
    assert "None of the text’s three paragraphs has its point yet" in form
    answer = client.post(
        f"/desk/entries/{entry.pk}/edit/",
        {
            "do": "save",
            "based_on": "0",
            "lead": "It would bind nobody.",
            "text": ["It would honor them.", "", "It asks for five years."],
            "tied": [tie(measure, "p1"), tie(measure, "p2"), tie(measure, "p3")],
        },
    )
    assert answer.headers["Location"] == f"/desk/entries/{entry.pk}/?done=saved"
    kept = entry.revisions.get()
    assert [(point["text"], point["tied"]["anchor"]) for point in kept.fields["points"]] == [
        ("It would honor them.", "p1"),
        ("It asks for five years.", "p3"),
    ]
    form = visible(page(client, f"/desk/entries/{entry.pk}/edit/"))
    assert "Two of the text’s three paragraphs have their point" in form
    assert "paragraph 2 has no point" in form


def test_where_no_text_is_held_a_point_is_tied_to_an_action_or_nothing(contributor: User) -> None:
    hold(record("119/sres/9"))
    entry = entries.start(contributor, Kind.KEY_POINTS, {"measure_id": measure_pk(119, "sres", 9)})
    client = cast.signed_in(contributor)
    form = page(client, f"/desk/entries/{entry.pk}/edit/")
    assert "No text of this measure is held here yet" in visible(form)
    assert "Referred to the Committee on Foreign Relations." in form
    action = form.split('value="action|')[1].split('"')[0]
    client.post(
        f"/desk/entries/{entry.pk}/edit/",
        {
            "do": "save",
            "based_on": "0",
            "text": ["It was referred.", "It is short."],
            "tied": [f"action|{action}", ""],
        },
    )
    points = entry.revisions.get().fields["points"]
    assert [point["tied"] for point in points] == [{"kind": "action", "key": action}, None]


def test_points_are_added_moved_and_removed_by_buttons_and_nothing_is_saved_by_it(
    contributor, measure
) -> None:
    entry = writing.draft(contributor, writing.about(measure))
    client = cast.signed_in(contributor)
    sent = {"based_on": "1", "text": ["First.", "Second.", "Third."], "tied": [tie(measure, "p1"), "", ""]}
    path = f"/desk/entries/{entry.pk}/edit/"

    def order(answer) -> list[str]:
        kept = UnsavedWords.objects.get(entry=entry, by=contributor)
        assert all(point["text"] in answer.content.decode() for point in kept.fields["points"])
        return [point["text"] for point in kept.fields["points"]]

    assert order(client.post(path, sent | {"do": "up:3"})) == ["First.", "Third.", "Second."]
    assert order(client.post(path, sent | {"do": "down:1"})) == ["Second.", "First.", "Third."]
    assert order(client.post(path, sent | {"do": "up:1"})) == ["First.", "Second.", "Third."]
    assert order(client.post(path, sent | {"do": "remove:2"})) == ["First.", "Third."]
    answer = client.post(path, sent | {"do": "add", "new_tied": tie(measure, "p2")})
    assert UnsavedWords.objects.get().fields["points"][3]["tied"]["anchor"] == "p2"
    assert "A point was added." in visible(answer.content.decode())
    assert entry.revisions.count() == 1


def test_a_button_that_is_none_of_the_form_does_nothing(contributor, measure) -> None:
    entry = writing.draft(contributor, writing.about(measure))
    for do in ("publish", "up", "", "add:me:up"):
        cast.signed_in(contributor).post(
            f"/desk/entries/{entry.pk}/edit/", {"based_on": "1", "do": do, "text": ["x"]}
        )
    assert entry.revisions.count() == 1
    assert not Publication.objects.exists()


def test_a_tie_that_the_form_did_not_offer_is_refused_and_the_words_stay(contributor, measure) -> None:
    entry = entries.start(contributor, Kind.KEY_POINTS, writing.about(measure))
    sent = {"do": "save", "based_on": "0", "text": ["It would."], "tied": ["clause|is|p99|abc"]}
    answer = cast.signed_in(contributor).post(f"/desk/entries/{entry.pk}/edit/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert "It would." in text and 'aria-invalid="true"' in text
    assert not entry.revisions.exists()


@pytest.mark.parametrize("kind", [kind for kind in Kind if kind != Kind.KEY_POINTS])
def test_every_kind_has_a_form_that_saves_what_it_shows(kind: Kind, editor: User, measure: Measure) -> None:
    entry = entries.start(editor, kind, writing.about(measure))
    client = cast.signed_in(editor)
    words = {name: value or "" for name, value in writing.WORDS[kind].items()}
    form = page(client, f"/desk/entries/{entry.pk}/edit/")
    assert all(f'name="{name}"' in form for name in words)
    client.post(
        f"/desk/entries/{entry.pk}/edit/", {"do": "save", "based_on": "0", "title": "A title", **words}
    )
    assert entry.revisions.get().fields.items() >= writing.WORDS[kind].items()
    form = page(client, f"/desk/entries/{entry.pk}/edit/")
    client.post(
        f"/desk/entries/{entry.pk}/edit/", {"do": "save", "based_on": "1", "title": "A title", **words}
    )
    assert entry.revisions.count() == 1  # saved unchanged, it is the same revision


def test_a_wrong_day_is_said_beside_its_field_and_nothing_typed_is_lost(
    editor: User, measure: Measure
) -> None:
    entry = entries.start(editor, Kind.STATUS_UPDATE, writing.about(measure))
    sent = {
        "do": "save",
        "based_on": "0",
        "on": "2025-02-30",
        "body": "Long words typed.",
        "source_url": "gov",
    }
    answer = cast.signed_in(editor).post(f"/desk/entries/{entry.pk}/edit/", sent)
    text = answer.content.decode()
    assert answer.status_code == 422
    assert '<a href="#f-on">' in text and "“2025-02-30” is no day" in text
    assert 'id="f-on-wrong"' in text and 'aria-describedby="f-on-wrong f-on-hint"' in text
    assert "Long words typed." in text and 'value="gov"' in text
    assert UnsavedWords.objects.get().fields["body"] == "Long words typed."


def test_what_is_missing_is_named_when_a_review_is_asked_and_the_words_are_saved(
    contributor, measure
) -> None:
    entry = entries.start(contributor, Kind.NOTE, writing.about(measure))
    sent = {"do": "ask", "based_on": "0", "title": "", "body": "It has no title."}
    answer = cast.signed_in(contributor).post(f"/desk/entries/{entry.pk}/edit/", sent)
    words = visible(answer.content.decode())
    assert answer.status_code == 422
    assert "Saved, but not sent to review" in words and "Give the note a title." in words
    assert entry.revisions.get().fields["body"] == "It has no title."


def test_a_review_is_asked_of_a_named_colleague_while_saving(contributor, editor, measure) -> None:
    entry = entries.start(contributor, Kind.NOTE, writing.about(measure))
    sent = {
        "do": "ask",
        "based_on": "0",
        "title": "Banks",
        "body": "Words.",
        "reviewer": editor.pk,
        "note": "Soon?",
    }
    answer = cast.signed_in(contributor).post(f"/desk/entries/{entry.pk}/edit/", sent)
    assert answer.headers["Location"] == f"/desk/entries/{entry.pk}/?done=asked"
    entry.refresh_from_db()
    assert (entry.state, entry.reviewer) == ("in_review", editor)
    words = visible(page(cast.signed_in(editor), f"/desk/entries/{entry.pk}/"))
    assert "Edith Editor is asked" in words and "Soon?" in words


def test_the_preview_is_what_readers_will_be_shown(contributor, editor, measure) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    sent = {
        "lead": writing.POINTS["lead"],
        "text": [writing.POINTS["points"][0]["text"]],
        "tied": ["clause|is|p1|"],
    }
    answer = cast.signed_in(contributor).post(
        f"/desk/entries/{entry.pk}/preview/", sent, headers={"HX-Request": "true"}
    )
    publication = publishing.publish(entry, editor, version=1)
    assert publication.html in answer.content.decode()
    assert "<html" not in answer.content.decode()


def test_a_hostile_word_is_shown_as_a_word(contributor, measure) -> None:
    entry = entries.start(contributor, Kind.NOTE, writing.about(measure))
    hostile = "<img src=x onerror=alert(1)><script>alert(2)</script>[x](javascript:alert(3))\"'>"
    client = cast.signed_in(contributor)
    client.post(
        f"/desk/entries/{entry.pk}/edit/", {"do": "save", "based_on": "0", "title": hostile, "body": hostile}
    )
    for path in ("", "edit/", "compare/"):
        text = page(client, f"/desk/entries/{entry.pk}/{path}")
        assert "<img src=x" not in text and "<script>alert" not in text and 'href="javascript:' not in text
