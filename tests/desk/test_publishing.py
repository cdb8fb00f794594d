"""Publishing, correcting, withdrawing: by a second person, in one transaction, with one event in the ledger."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from tests.builders import held
from tests.desk.writing import POINTS, WORDS, about, corrected, draft, in_review, public
from tracker.desk import entries, publishing
from tracker.desk.entries import Overtaken, WrongState
from tracker.desk.fields import NotValid
from tracker.desk.models import Act, Entry, Kind, Publication, Topic, User
from tracker.ledger import chain
from tracker.ledger.as_of import shown
from tracker.ledger.audit import _lost as drifts_of_rows
from tracker.ledger.models import ChangeEvent, Measure, Member
from tracker.ledger.rebuild import rebuild, told

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db: None) -> dict[str, Any]:
    return about(held())


def newest() -> ChangeEvent:
    return ChangeEvent.objects.order_by("-id")[0]


def test_publishing_copies_the_words_and_makes_one_event(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    event = newest()
    assert (event.kind, event.subject, event.source, event.document_id) == (
        "entry_published",
        f"entry/{publication.entry_id}",
        "desk",
        None,
    )
    assert event.was is None
    assert event.became == {
        "entry": publication.entry_id,
        "number": 1,
        "kind": "key_points",
        "about": "119/sres/145",
        "read_alone": False,
        "why": None,
        "digest": publishing.digest(publication),
    }
    assert (publication.event_id, publication.at, publication.first_at) == (
        event.pk,
        event.observed_at,
        event.observed_at,
    )
    assert publication.html == (
        "<p>What it would do:</p><ol><li>It would ask for <em>protection</em> of the refugees. "
        '<a href="/measures/119/sres/145/text/#p1" rel="nofollow noopener">(paragraph 1)</a></li></ol>'
    ).replace("</p><ol>", "</p>\n<ol>")
    entry = Entry.objects.get(pk=publication.entry_id)
    assert (entry.state, entry.public_version, entry.read_at_event) == ("published", 1, event.pk)
    assert list(chain.verify()) == []


def test_the_measure_counts_as_changed_and_a_rebuild_says_the_same(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    measure = Measure.objects.get(pk=of["measure_id"])
    assert (measure.last_event, measure.changed_at) == (publication.event_id, publication.at)
    known = told([measure.pk])[measure.pk]
    assert (known["last_event"], known["changed_at"]) == (measure.last_event, measure.changed_at)


def test_who_wrote_cannot_publish(editor: User, of: dict[str, Any]) -> None:
    entry = in_review(editor, of)
    with pytest.raises(PermissionDenied):
        publishing.publish(entry, editor, version=1)
    assert Publication.objects.count() == 0


def test_who_wrote_any_revision_since_the_last_publication_cannot_publish(
    contributor: User, editor: User, other_editor: User, of: dict[str, Any]
) -> None:
    entry = draft(editor, of)
    entries.save(entry, contributor, based_on=1, title="Another title", fields=POINTS)
    entries.ask(entry, contributor, version=2)
    with pytest.raises(PermissionDenied):
        publishing.publish(entry, editor, version=2)
    published = publishing.publish(entry, other_editor, version=2)
    assert not published.read_alone


def test_whoever_wrote_what_was_public_before_may_publish_a_correction_of_anothers(
    contributor: User, editor: User, other_editor: User, of: dict[str, Any]
) -> None:
    first = public(editor, other_editor, of)
    second = corrected(first, contributor, editor, fields={**POINTS, "lead": "Better:"})
    assert (second.number, second.act, second.read_alone) == (2, "corrected", False)


def test_a_contributor_cannot_publish_correct_or_withdraw(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = in_review(editor, of)
    with pytest.raises(PermissionDenied):
        publishing.publish(entry, contributor, version=1)
    with pytest.raises(PermissionDenied):
        publishing.correct(entry, contributor, version=1, why="x")
    with pytest.raises(PermissionDenied):
        publishing.withdraw(entry, contributor, why="x")


def test_an_admin_alone_may_publish_own_work_and_the_log_says_so(admin: User, of: dict[str, Any]) -> None:
    entry = draft(admin, of)
    publication = publishing.publish(entry, admin, version=1)
    assert publication.read_alone
    assert newest().became["read_alone"] is True


def test_a_draft_that_nobody_asked_to_read_is_not_published_by_an_editor(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    with pytest.raises(WrongState):
        publishing.publish(draft(contributor, of), editor, version=1)


def test_another_revision_than_the_one_read_is_not_published(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = in_review(contributor, of)
    entries.save(entry, contributor, based_on=1, title="Changed meanwhile", fields=POINTS)
    with pytest.raises(Overtaken):
        publishing.publish(entry, editor, version=1)


def test_publishing_twice_makes_one_publication(contributor: User, editor: User, of: dict[str, Any]) -> None:
    publication = public(contributor, editor, of)
    with pytest.raises(WrongState):
        publishing.publish(publication.entry, editor, version=1)
    assert Publication.objects.count() == 1


def test_a_correction_tells_what_was_before_and_why(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    entry = Entry.objects.get(pk=first.entry_id)
    entries.save(entry, contributor, based_on=1, title="In plain words", fields={**POINTS, "lead": "Better:"})
    entries.ask(entry, contributor, version=2)
    with pytest.raises(WrongState):
        publishing.publish(entry, editor, version=2)
    with pytest.raises(NotValid):
        publishing.correct(entry, editor, version=2, why="")
    second = publishing.correct(entry, editor, version=2, why="The lead was wrong.")
    event = newest()
    assert event.kind == "entry_corrected"
    assert (event.was["digest"], event.became["digest"]) == (
        publishing.digest(first),
        publishing.digest(second),
    )
    assert event.became["why"] == "The lead was wrong."
    assert (second.first_at, second.revised_at) == (first.first_at, second.at)
    entry.refresh_from_db()
    assert (entry.state, entry.public_version) == ("corrected", 2)


def test_a_draft_of_a_correction_leaves_what_readers_see(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    entries.save(first.entry, contributor, based_on=1, title="Unpublished", fields=POINTS)
    assert list(Publication.objects.standing()) == [first]


def test_a_withdrawal_leaves_the_reason_and_no_words(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    with pytest.raises(NotValid):
        publishing.withdraw(first.entry, editor, why=" ")
    gone = publishing.withdraw(first.entry, editor, why="It named the wrong person.")
    assert (gone.act, gone.title, gone.fields, gone.html) == ("withdrawn", "", {}, "")
    assert not Publication.objects.standing().exists()
    event = newest()
    assert (event.kind, event.became["why"], event.became["digest"]) == (
        "entry_withdrawn",
        "It named the wrong person.",
        None,
    )
    with pytest.raises(WrongState):
        publishing.withdraw(first.entry, editor, why="Again.")


def test_what_was_withdrawn_can_be_written_anew_and_published_again(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    first = public(contributor, editor, of)
    publishing.withdraw(first.entry, editor, why="Wrong.")
    entries.save(first.entry, contributor, based_on=1, title="Right now", fields=POINTS)
    entries.ask(first.entry, contributor, version=2)
    again = publishing.publish(first.entry, editor, version=2)
    assert (again.number, again.act, again.first_at) == (3, "published", first.first_at)


def test_the_same_words_come_back_only_by_another_than_their_writer(
    contributor: User, editor: User, other_editor: User, of: dict[str, Any]
) -> None:
    first = public(editor, other_editor, of)
    publishing.withdraw(first.entry, other_editor, why="By mistake.")
    entries.ask(first.entry, contributor, version=1)
    with pytest.raises(PermissionDenied):
        publishing.publish(first.entry, editor, version=1)
    assert publishing.publish(first.entry, other_editor, version=1).number == 3


def test_the_text_of_an_article_is_never_published(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of, Kind.PRESS_COVERAGE, title="")
    article = WORDS[Kind.PRESS_COVERAGE]["article"]
    event = newest()
    assert publication.fields["article"] == ""
    assert article not in publication.html + str(event.after)
    assert publication.entry.revisions.get().fields["article"] == article


def test_a_correction_names_only_what_readers_see(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    hidden = draft(contributor, of, Kind.PRESS_COVERAGE)
    entry = draft(contributor, of, Kind.CORRECTION, fields={"of": hidden.pk, "body": "Wrong number."})
    with pytest.raises(NotValid) as wrong:
        entries.ask(entry, contributor, version=1)
    assert set(wrong.value.errors) == {"of"}
    shown = public(contributor, editor, of, Kind.PRESS_COVERAGE)
    entries.save(
        entry, contributor, based_on=1, title="", fields={"of": shown.entry_id, "body": "Wrong number."}
    )
    entries.ask(entry, contributor, version=2)
    assert f"/entries/{shown.entry_id}/" in publishing.publish(entry, editor, version=2).html


def test_an_entry_on_a_member_is_an_event_about_no_measure(contributor: User, editor: User) -> None:
    Member.objects.create(bioguide="T000476", name="Thom Tillis", sort_name="Tillis, Thom", sitting=True)
    public(contributor, editor, {"member": "T000476"}, Kind.NOTE, title="On his office")
    event = newest()
    assert (event.measure_id, event.became["about"]) == (None, "member/T000476")
    assert list(chain.verify()) == []


def test_an_entry_on_a_topic_waits_until_the_topic_is_public(contributor: User, editor: User) -> None:
    topic = Topic.objects.create(slug="iran", name="Iran", changed_at="2025-01-01T00:00:00Z")
    entry = in_review(contributor, {"topic_id": topic.pk}, Kind.NOTE)
    with pytest.raises(WrongState):
        publishing.publish(entry, editor, version=1)
    Topic.objects.update(is_public=True)
    assert publishing.publish(entry, editor, version=1).about == f"topic/{topic.pk}"


def test_no_event_holds_a_word_that_can_be_taken_away(contributor: User, editor: User) -> None:
    topic = Topic.objects.create(
        slug="iran", name="Topicname", is_public=True, changed_at="2025-01-01T00:00:00Z"
    )
    first = public(contributor, editor, {"topic_id": topic.pk}, Kind.NOTE, title="Firsttitle")
    second = corrected(first, contributor, editor, fields=WORDS[Kind.NOTE], title="Secondtitle")
    publishing.withdraw(second.entry, editor, why="It was wrong.")
    events = list(ChangeEvent.objects.filter(kind__startswith="entry_"))
    assert len(events) == 3
    for event in events:
        stored = f"{event.before} {event.after}"
        assert not any(word in stored for word in ("Topicname", "Firsttitle", "Secondtitle")), stored
        assert (event.became["about"], event.became["entry"]) == (f"topic/{topic.pk}", first.entry_id)


def test_publishing_is_one_act_that_names_no_person_and_no_title(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    act = Act.objects.order_by("-id")[0]
    assert (act.by, act.verb, act.object) == (editor, "publish_entry", f"entry/{publication.entry_id}")
    assert "plain words" not in act.summary
    assert act.after["event"] == publication.event_id


def test_the_database_refuses_to_change_a_publication(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk).update(title="Another")
    with pytest.raises(DatabaseError), transaction.atomic():
        Publication.objects.filter(pk=publication.pk)._raw_delete("default")


def test_rebuild_audit_and_verify_pass_over_events_about_no_measure(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    public(contributor, editor, of)
    public(contributor, editor, {"member": "T000476"}, Kind.NOTE, title="On his office")
    before = Measure.objects.values().get(pk=of["measure_id"])
    assert rebuild() == 1
    assert Measure.objects.values().get(pk=of["measure_id"]) == before
    assert list(drifts_of_rows()) == []
    assert list(chain.verify()) == []
    assert shown(Measure.objects.get(), as_of=newest().observed_at).document.source == "govinfo"
