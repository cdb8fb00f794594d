"""An entry's page at the desk: read, compared, sent on its way, and what the record does to it."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.db import transaction
from django.test import Client
from django.utils import timezone

from tests.api.holding import INTRODUCED, REFERRED, hold, record
from tests.desk import cast, writing
from tests.desk.cast import page
from tests.pages.reading import links, visible
from tests.texts import printed
from tracker.desk import entries
from tracker.desk.models import Act, Entry, Kind, Publication
from tracker.desk.views import entry_page
from tracker.ledger import beside
from tracker.ledger.chain import PendingEvent
from tracker.ledger.models import Measure, measure_pk
from tracker.records.model import ActionRecord

pytestmark = pytest.mark.django_db


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
