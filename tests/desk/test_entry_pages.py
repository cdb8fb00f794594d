"""Entries at the desk: begun, written, read, sent on its way, compared and listed, each as its page shows it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.api.holding import INTRODUCED, REFERRED, hold, record
from tests.desk import cast, writing
from tests.desk.measures import tie, with_text
from tests.pages.reading import first_words, links, visible
from tests.texts import printed
from tracker.desk import entries, publishing
from tracker.desk.models import Act, Entry, Kind, Publication, Topic, UnsavedWords, User
from tracker.desk.views import entry_page
from tracker.ledger import beside
from tracker.ledger.chain import PendingEvent
from tracker.ledger.models import Measure, measure_pk
from tracker.records.model import ActionRecord

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 4, 1, 12, tzinfo=UTC)


@pytest.fixture
def measure() -> Measure:
    return with_text()


def page(client: Client, path: str, status: int = 200) -> str:
    answer = client.get(path)
    assert answer.status_code == status, (path, answer.status_code)
    return answer.content.decode()


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


# Reading, and the steps


def test_the_second_reader_has_the_official_words_beneath_each_point(contributor, editor, measure) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    text = page(cast.signed_in(editor), f"/desk/entries/{entry.pk}/")
    ours, _, official = text.partition("protection</em> of the refugees.")
    assert printed.PARAGRAPHS[0] not in visible(ours)
    assert visible(official).startswith(f"Paragraph 1 {printed.PARAGRAPHS[0]}")
    assert '<p class="record" dir="auto">' in official


def test_long_official_words_can_be_folded_on_a_phone(contributor, editor, measure, monkeypatch) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    monkeypatch.setattr(entry_page, "LONG", len(printed.PARAGRAPHS[0]) - 1)
    text = page(cast.signed_in(editor), f"/desk/entries/{entry.pk}/")
    folded = text.split('<details class="official">')[1].split("</details>")[0]
    assert printed.PARAGRAPHS[0] in visible(folded)


def test_a_point_whose_clause_is_not_held_or_that_has_no_tie_says_so(contributor, editor) -> None:
    hold(record("119/sres/9"))
    untied = [*writing.POINTS["points"], {"text": "It is short.", "tied": None}]
    about = {"measure_id": measure_pk(119, "sres", 9)}
    entry = writing.in_review(contributor, about, fields={**writing.POINTS, "points": untied})
    words = visible(page(cast.signed_in(editor), f"/desk/entries/{entry.pk}/"))
    assert "Paragraph 1: its official words are not held here" in words
    assert "It is short. Tied to nothing in the record." in words


def test_a_pending_correction_shows_which_words_would_change(contributor, editor, measure) -> None:
    note = writing.public(contributor, editor, writing.about(measure), Kind.NOTE, fields={"body": "Eighteen joined."})  # fmt: skip
    entry = Entry.objects.get(pk=note.entry_id)
    reader, path = cast.signed_in(editor), f"/desk/entries/{entry.pk}/"
    assert "What would change" not in page(reader, path)
    entries.save(entry, contributor, based_on=1, title="In plain words", fields={"body": "Nineteen joined."})
    entries.ask(entry, contributor, version=2)
    text = page(reader, path)
    assert "<del>Eighteen </del><ins>Nineteen </ins>joined." in text
    changes = text.split('id="differences"')[1].split("</section>")[0]
    assert "In plain words" not in changes  # the title, which stays as it is


def test_what_the_reviewer_notes_in_publishing_stays_at_the_desk(contributor, editor, measure) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    reader, path = cast.signed_in(editor), f"/desk/entries/{entry.pk}/"
    form = page(reader, path).split(f'action="{path}publish/"')[1].split("</form>")[0]
    assert 'name="note"' in form
    long = reader.post(f"{path}publish/", {"version": "1", "note": "x" * 5001})
    assert long.status_code == 422 and 'id="publish-note-wrong"' in long.content.decode()
    reader.post(f"{path}publish/", {"version": "1", "note": "Held against the text."})
    assert entry.steps.get(step="published").note == "Held against the text."
    assert "Held against the text." in visible(page(reader, path))
    assert "Held against the text." not in Client().get(f"/entries/{entry.pk}/").content.decode()


def test_whoever_wrote_it_is_told_that_somebody_else_publishes_it(editor, other_editor, measure) -> None:
    entry = writing.in_review(editor, writing.about(measure))
    path = f"/desk/entries/{entry.pk}/"
    mine, theirs = page(cast.signed_in(editor), path), page(cast.signed_in(other_editor), path)
    assert "You wrote it, so someone else publishes it." in visible(mine)
    assert f'action="{path}publish/"' not in mine
    assert f'action="{path}publish/"' in theirs


def test_a_contributor_is_shown_no_button_that_is_not_theirs(contributor, editor, measure) -> None:
    publication = writing.public(contributor, editor, writing.about(measure))
    path = f"/desk/entries/{publication.entry_id}/"
    text = page(cast.signed_in(contributor), path)
    for step in ("publish", "withdraw", "confirm", "send-back"):
        assert f'action="{path}{step}/"' not in text
    assert "Editors and admins withdraw it" in visible(text)


def test_an_admin_is_told_that_the_log_will_say_nobody_else_read_it(admin, measure) -> None:
    entry = writing.draft(admin, writing.about(measure))
    client = cast.signed_in(admin)
    assert "published without a second reader" in visible(page(client, f"/desk/entries/{entry.pk}/"))
    client.post(f"/desk/entries/{entry.pk}/publish/", {"version": "1"})
    assert Publication.objects.get().read_alone


def test_the_whole_way_by_buttons(contributor, editor, measure) -> None:
    writer, reader = cast.signed_in(contributor), cast.signed_in(editor)
    entry = writing.draft(contributor, writing.about(measure))
    path = f"/desk/entries/{entry.pk}/"

    def press(client: Client, step: str, **sent: str) -> str:
        answer = client.post(f"{path}{step}/", sent)
        assert answer.status_code == 302, (step, visible(answer.content.decode()))
        entry.refresh_from_db()
        return visible(page(client, answer.headers["Location"]))

    assert "a review is asked for" in press(writer, "ask", version="1", note="Please read.")
    assert "Please read." in press(reader, "send-back", version="1", why="Too long.")
    assert "Sent back by Edith Editor" in visible(page(writer, path))
    press(writer, "ask", version="1")
    press(writer, "take-back")
    press(writer, "note", note="I look again.")
    press(writer, "ask", version="1")
    assert "Readers see it now" in press(reader, "publish", version="1")
    event = str(Measure.objects.get(pk=measure.pk).last_event)
    assert "still holds" in press(reader, "confirm", version="1", event=event)
    entries.save(entry, contributor, based_on=1, title="Better", fields=writing.POINTS)
    press(writer, "ask", version="2")
    assert "readers see revision 1 meanwhile" in visible(page(reader, path))
    assert "correction is published" in press(reader, "publish", version="2", why="The title.")
    assert (entry.state, entry.public_version) == ("corrected", 2)
    words = press(reader, "withdraw", why="It was of another measure.")
    assert "Readers see that it was, and why" in words and "It was of another measure." in words
    verbs = ["start_entry", "save_entry", "ask_review", "send_back", "ask_review", "take_back", "note_entry", "ask_review", "publish_entry", "confirm_entry", "save_entry", "ask_review", "correct_entry", "withdraw_entry"]  # fmt: skip
    assert list(Act.objects.order_by("id").values_list("verb", flat=True)) == verbs


def test_a_step_without_its_reason_is_refused_beside_its_field(contributor, editor, measure) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    answer = cast.signed_in(editor).post(f"/desk/entries/{entry.pk}/send-back/", {"version": "1", "why": " "})
    text = answer.content.decode()
    assert answer.status_code == 422
    assert 'aria-describedby="back-wrong"' in text and "Say what has to change" in visible(text)


def test_what_was_saved_meanwhile_has_to_be_read_before_it_is_published(contributor, editor, measure) -> None:
    entry = writing.in_review(contributor, writing.about(measure))
    entries.save(entry, contributor, based_on=1, title="Quietly changed", fields=writing.POINTS)
    entries.ask(entry, contributor, version=2)
    answer = cast.signed_in(editor).post(f"/desk/entries/{entry.pk}/publish/", {"version": "1"})
    assert answer.status_code == 409
    assert "Revision 2 was saved after you opened this page" in visible(answer.content.decode())
    assert not Publication.objects.exists()


def test_a_forged_post_of_a_contributor_publishes_nothing(contributor, editor, measure) -> None:
    own = writing.in_review(contributor, writing.about(measure))
    others = writing.in_review(editor, writing.about(measure), Kind.NOTE)
    client = cast.signed_in(contributor)
    for entry in (own, others):
        assert (
            client.post(f"/desk/entries/{entry.pk}/publish/", {"version": "1", "why": "x"}).status_code == 403
        )
        forged = {"do": "ask", "based_on": "1", "state": "published", "public_version": "1", "role": "admin", "body": "x", "title": "x"}  # fmt: skip
        client.post(f"/desk/entries/{entry.pk}/edit/", forged)
    bulk = {"do": "withdraw", "chosen": [own.pk], "confirmed": "yes", "note": "x"}
    assert client.post("/desk/entries/bulk/", bulk).status_code == 403
    assert not Publication.objects.exists()
    assert set(Entry.objects.values_list("public_version", flat=True)) == {None}
    contributor.refresh_from_db()
    assert contributor.role == "contributor"


def test_an_entry_that_is_not_there_is_not_found(editor) -> None:
    client = cast.signed_in(editor)
    for path in ("", "edit/", "compare/", "merge/"):
        assert client.get(f"/desk/entries/17/{path}").status_code == 404


# Comparing


def test_any_two_revisions_are_compared_word_by_word(contributor, measure) -> None:
    entry = writing.draft(
        contributor,
        writing.about(measure),
        Kind.NOTE,
        title="One",
        fields={"body": "Eighteen joined in March."},
    )
    for number, body in ((1, "Nineteen joined in March."), (2, "Nineteen joined in May.")):
        entries.save(entry, contributor, based_on=number, title="One", fields={"body": body})
    client = cast.signed_in(contributor)
    text = page(client, f"/desk/entries/{entry.pk}/compare/?from=1&to=3")
    assert "<del>Eighteen </del><ins>Nineteen </ins>joined in <del>March</del><ins>May</ins>." in text
    text = page(client, f"/desk/entries/{entry.pk}/compare/?from=3&to=2")
    assert "<del>May</del><ins>March</ins>" in text and "Eighteen" not in text
    assert "From revision 2 to revision 3" in visible(page(client, f"/desk/entries/{entry.pk}/compare/"))
    assert client.get(f"/desk/entries/{entry.pk}/compare/?from=1&to=9").status_code == 404


def test_points_are_compared_with_what_they_are_tied_to(contributor, measure) -> None:
    entry = writing.draft(contributor, writing.about(measure))
    moved = {
        **writing.POINTS,
        "points": [
            {**writing.POINTS["points"][0], "tied": {"kind": "clause", "version": "is", "anchor": "p2"}}
        ],
    }
    entries.save(entry, contributor, based_on=1, title="In plain words", fields=moved)
    text = page(cast.signed_in(contributor), f"/desk/entries/{entry.pk}/compare/?from=1&to=2")
    assert "<del>1</del><ins>2</ins>" in text


# Listing


def test_the_list_is_filtered_by_state_kind_people_subject_and_words(contributor, editor, measure) -> None:
    hold(record("118/sres/9", title="Of another Congress."))
    drafted = writing.draft(contributor, writing.about(measure), title="Banks of rivers")
    waiting = entries.ask(
        writing.draft(contributor, {"member": "T000476"}, Kind.NOTE, title="Retiring"),
        contributor,
        version=1,
        reviewer=editor,
    )
    public = writing.public(
        contributor,
        editor,
        {"measure_id": measure_pk(118, "sres", 9)},
        Kind.NOTE,
        title="Old",
        fields={"body": "Zażółć the “word”."},
    )
    client = cast.signed_in(editor)

    def listed(query: str) -> set[int]:
        found = links(page(client, f"/desk/entries/?{query}"))
        return {entry.pk for entry in Entry.objects.all() if f"/desk/entries/{entry.pk}/" in found}

    everything = {drafted.pk, waiting.pk, public.entry_id}
    assert listed("") == everything
    assert listed("state=draft") == {drafted.pk}
    assert listed("state=draft&state=in_review") == {drafted.pk, waiting.pk}
    assert listed("kind=note") == {waiting.pk, public.entry_id}
    assert listed("reviewer=me") == {waiting.pk}
    assert listed("author=me") == set()
    assert listed(f"author={contributor.pk}") == everything
    assert listed("about=S.Res.+145") == {drafted.pk}
    assert listed("about=Tillis") == {waiting.pk}
    assert listed("q=banks") == {drafted.pk}
    assert listed("q=Zażółć") == {public.entry_id}
    assert listed("q=%E2%80%9Cword") == {public.entry_id}
    assert listed("q=protection+refugees") == {drafted.pk}
    assert listed("q=nothing+like+it") == set()


@pytest.mark.parametrize(
    "query",
    [
        "state=gone",
        "kind=poem",
        "author=x",
        "reviewer=-1",
        "sort=up",
        "page=0",
        "about=zzz",
        "colour=red",
        "q=%00&page=99999999999999",
    ],
)
def test_a_filter_that_is_not_understood_is_named_and_the_list_is_there_all_the_same(
    editor, measure, query
) -> None:
    entry = writing.draft(editor, writing.about(measure))
    answer = cast.signed_in(editor).get(f"/desk/entries/?{query}")
    assert answer.status_code == 400
    assert 'class="wrong"' in answer.content.decode()
    assert f"/desk/entries/{entry.pk}/" in links(answer.content.decode())


def test_many_are_sent_to_review_after_one_page_that_names_them_all(contributor, editor, measure) -> None:
    drafts = [writing.draft(contributor, writing.about(measure), title=f"Draft {n}") for n in range(3)]
    empty = entries.start(contributor, Kind.NOTE, writing.about(measure))
    client = cast.signed_in(contributor)
    chosen = [entry.pk for entry in (*drafts, empty)]
    asked = client.post("/desk/entries/bulk/", {"do": "ask", "chosen": chosen}).content.decode()
    assert all(f"/desk/entries/{pk}/" in links(asked) for pk in chosen)
    assert not Entry.objects.filter(state="in_review").exists()
    entries.save(drafts[2], contributor, based_on=1, title="Changed meanwhile", fields=writing.POINTS)
    versions = {f"version-{entry.pk}": entry.version for entry in (*drafts, empty)}
    done = client.post(
        "/desk/entries/bulk/",
        {"do": "ask", "chosen": chosen, "confirmed": "yes", "reviewer": editor.pk, **versions},
    )
    words = visible(done.content.decode())
    assert "done for 2 of 4" in words
    assert "Nothing has been written yet" in words and "Revision 2 was saved meanwhile" in words
    assert {entry.pk for entry in Entry.objects.filter(state="in_review", reviewer=editor)} == {
        drafts[0].pk,
        drafts[1].pk,
    }


def test_many_are_withdrawn_with_one_reason_and_not_without(contributor, editor, measure) -> None:
    public = [writing.public(contributor, editor, writing.about(measure), Kind.NOTE) for _ in range(2)]
    client = cast.signed_in(editor)
    sent = {"do": "withdraw", "chosen": [each.entry_id for each in public], "confirmed": "yes"}
    refused = client.post("/desk/entries/bulk/", sent)
    assert refused.status_code == 422 and "Say why" in visible(refused.content.decode())
    client.post("/desk/entries/bulk/", {**sent, "note": "All of them were wrong."})
    assert set(Entry.objects.values_list("state", flat=True)) == {"withdrawn"}


# What the record and articles do to them


def test_what_the_record_has_outgrown_is_told_on_its_page_and_listed(contributor, editor, measure) -> None:
    moved = writing.public(contributor, editor, writing.about(measure), Kind.NOTE)
    still = writing.public(contributor, editor, {"member": "T000476"}, Kind.NOTE)
    agreed = ActionRecord("2025-05-20", "Resolution agreed to in Senate by Unanimous Consent.", "17000", "Floor", "Senate")  # fmt: skip
    newer = record("119/sres/145", updated_at="2025-05-21T08:00:00Z", actions=(agreed, REFERRED, INTRODUCED))
    hold(newer, at=datetime(2025, 5, 22, tzinfo=UTC))
    client = cast.signed_in(editor)
    words = visible(page(client, f"/desk/entries/{moved.entry_id}/"))
    assert "The record has moved on" in words
    assert "It was written when the measure was: referred to committee." in words
    found = links(page(client, "/desk/entries/?outgrown=yes"))
    assert f"/desk/entries/{moved.entry_id}/" in found and f"/desk/entries/{still.entry_id}/" not in found
    client.post(
        f"/desk/entries/{moved.entry_id}/confirm/",
        {"version": "1", "event": str(Measure.objects.get(pk=moved.measure_id).last_event)},
    )
    assert "The record has moved on" not in visible(page(client, f"/desk/entries/{moved.entry_id}/"))
    assert "No entry fits" in visible(page(client, "/desk/entries/?outgrown=yes"))


def test_the_text_of_an_article_is_held_against_the_record_for_the_desk_alone(
    contributor, editor, measure
) -> None:
    article = "Senator Thom Tillis introduced S.Res. 145 on March 20, 2025, in the Senate."
    fields = {**writing.WORDS[Kind.PRESS_COVERAGE], "article": article}
    coverage = writing.public(contributor, editor, writing.about(measure), Kind.PRESS_COVERAGE, fields=fields)
    client = cast.signed_in(contributor)
    words = visible(page(client, f"/desk/entries/{coverage.entry_id}/check/"))
    assert "introduced S.Res. 145 on March 20, 2025" in words
    assert "not so" in words and "Introduced: March 27, 2025." in words
    assert "introduced S.Res. 145" not in Client().get(f"/entries/{coverage.entry_id}/").content.decode()
    note = writing.draft(contributor, writing.about(measure), Kind.NOTE)
    assert client.get(f"/desk/entries/{note.pk}/check/").status_code == 404


def test_what_the_desk_publishes_itself_is_no_change_of_the_record(contributor, editor, measure) -> None:
    entry = writing.public(contributor, editor, writing.about(measure)).entry
    with transaction.atomic():  # the event of another entry of the same measure, some time later
        other = PendingEvent(measure.pk, "entry_published", "entry/999", "desk", None)
        beside.append(other, timezone.now() + timedelta(seconds=2))
    client = cast.signed_in(editor)
    for path in (f"/desk/entries/{entry.pk}/?done=publish", f"/desk/entries/{entry.pk}/edit/"):
        assert "The record has changed since" not in visible(page(client, path))
    hold(
        record("119/sres/145", title="Amended.", updated_at="2026-01-01T00:00:00Z"),
        at=timezone.now() + timedelta(seconds=3),
    )
    for path in (f"/desk/entries/{entry.pk}/", f"/desk/entries/{entry.pk}/edit/"):
        assert "The record has changed since" in visible(page(client, path))
