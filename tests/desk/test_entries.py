"""The way of an entry up to its publication: who may take which step, and that nothing written is lost."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import PermissionDenied
from django.db import DatabaseError, transaction

from tests.builders import held
from tests.desk import cast
from tests.desk.writing import POINTS, about, draft, in_review, public
from tracker.desk import entries, entry_state, unsaved
from tracker.desk.entries import Overtaken, WrongState
from tracker.desk.fields import NotValid
from tracker.desk.models import Act, Entry, Kind, OutgoingMail, Publication, Review, Revision, User
from tracker.ledger.models import ChangeEvent, Measure

pytestmark = pytest.mark.django_db


@pytest.fixture
def of(db: None) -> dict[str, Any]:
    return about(held())


def test_a_draft_keeps_each_saving_as_a_revision(contributor: User, of: dict[str, Any]) -> None:
    entry = draft(contributor, of)
    second = entries.save(entry, contributor, based_on=1, title="In plain words", fields={"lead": "New."})
    entry.refresh_from_db()
    assert (entry.version, entry.state, second.number) == (2, Entry.State.DRAFT, 2)
    assert [r.fields["lead"] for r in entry.revisions.order_by("number")] == [POINTS["lead"], "New."]


def test_saving_the_same_words_again_makes_no_revision(contributor: User, of: dict[str, Any]) -> None:
    entry = draft(contributor, of)
    again = entries.save(entry, contributor, based_on=1, title="In plain words", fields=POINTS)
    assert again.number == 1
    assert Revision.objects.count() == 1


def test_who_saves_over_a_newer_revision_is_told_and_overwrites_nothing(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = draft(contributor, of)
    theirs = entries.save(entry, editor, based_on=1, title="Theirs", fields=POINTS)
    unsaved.keep(entry, contributor, based_on=1, title="Mine", fields=POINTS)
    with pytest.raises(Overtaken) as told:
        entries.save(entry, contributor, based_on=1, title="Mine", fields=POINTS)
    assert told.value.newest == theirs
    assert Revision.objects.count() == 2
    kept = unsaved.of(entry, contributor)
    assert kept is not None
    assert kept.title == "Mine"


def test_saving_drops_what_its_writer_had_not_saved_and_no_one_elses(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = draft(contributor, of)
    unsaved.keep(entry, contributor, based_on=1, title="Mine", fields=POINTS)
    unsaved.keep(entry, editor, based_on=1, title="Theirs", fields=POINTS)
    entries.save(entry, contributor, based_on=1, title="Mine", fields=POINTS)
    assert unsaved.of(entry, contributor) is None
    assert unsaved.of(entry, editor) is not None


def test_every_wrong_field_is_named_at_once(contributor: User, of: dict[str, Any]) -> None:
    entry = entries.start(contributor, Kind.PRESS_COVERAGE, of)
    fields = {"url": "javascript:alert(1)", "on": "soon", "outlet": "x" * 301}
    with pytest.raises(NotValid) as wrong:
        entries.save(entry, contributor, based_on=0, title="x" * 201, fields=fields)
    assert set(wrong.value.errors) == {"title", "url", "on", "outlet"}
    assert all(words.endswith((".", "?")) for words in wrong.value.errors.values())
    assert Revision.objects.count() == 0


def test_a_review_is_not_asked_for_what_lacks_words(contributor: User, of: dict[str, Any]) -> None:
    entry = draft(contributor, of, fields={"lead": "Only a lead."})
    with pytest.raises(NotValid) as wrong:
        entries.ask(entry, contributor, version=1)
    assert wrong.value.errors == {"points": "Write at least one point."}


def test_the_colleague_asked_is_mailed_and_has_to_be_one_who_may_publish(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = draft(contributor, of)
    with pytest.raises(NotValid):
        entries.ask(entry, contributor, version=1, reviewer=contributor)
    entries.save(entry, editor, based_on=1, title="Mine too", fields=POINTS)
    with pytest.raises(NotValid):
        entries.ask(entry, contributor, version=2, reviewer=editor)
    assert OutgoingMail.objects.count() == 0


def test_asking_mails_the_colleague_once(contributor: User, editor: User, of: dict[str, Any]) -> None:
    entry = draft(contributor, of)
    entry = entries.ask(entry, contributor, version=1, reviewer=editor, note="Is point 1 fair?")
    assert (entry.state, entry.reviewer, entry.asked_by) == (Entry.State.IN_REVIEW, editor, contributor)
    with pytest.raises(WrongState):
        entries.ask(entry, contributor, version=1, reviewer=editor)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [editor]


def test_asking_anyone_mails_all_who_may_publish_it_once(
    contributor: User, editor: User, other_editor: User, admin: User, of: dict[str, Any]
) -> None:
    User.objects.filter(pk=other_editor.pk).update(mailed_when_asked=False)
    entry = draft(contributor, of)
    entry = entries.ask(entry, contributor, version=1, note="Is point 1 fair?")
    mails = list(OutgoingMail.objects.all())
    assert {mail.to for mail in mails} == {editor, admin}
    assert all("Is point 1 fair?" in mail.text and "or another who may" in mail.text for mail in mails)
    with pytest.raises(WrongState):
        entries.ask(entry, contributor, version=1)
    assert OutgoingMail.objects.count() == 2


def test_asking_anyone_mails_neither_the_actor_nor_a_writer_of_it(
    contributor: User, editor: User, other_editor: User, admin: User, of: dict[str, Any]
) -> None:
    entries.ask(draft(editor, of), admin, version=1)
    assert [mail.to for mail in OutgoingMail.objects.all()] == [other_editor]


def test_asking_for_another_revision_than_the_newest_is_refused(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = draft(contributor, of)
    entries.save(entry, editor, based_on=1, title="Theirs", fields=POINTS)
    with pytest.raises(Overtaken):
        entries.ask(entry, contributor, version=1)


def test_what_waits_for_a_review_goes_back_with_a_reason(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = in_review(contributor, of)
    with pytest.raises(NotValid):
        entries.send_back(entry, editor, version=1, why="  ")
    with pytest.raises(PermissionDenied):
        entries.send_back(entry, contributor, version=1, why="No.")
    entry = entries.send_back(entry, editor, version=1, why="Point 1 says too much.")
    assert entry.state == Entry.State.DRAFT
    assert [s.step for s in entry.steps.order_by("id")] == [Review.Step.ASKED, Review.Step.SENT_BACK]
    assert [mail.to for mail in OutgoingMail.objects.filter(about__startswith="sent_back:")] == [contributor]


def test_changing_what_waits_for_a_review_takes_it_back(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    entry = in_review(contributor, of)
    entries.save(entry, contributor, based_on=1, title="Better", fields=POINTS)
    entry.refresh_from_db()
    assert entry.state == Entry.State.DRAFT
    assert entry.steps.filter(step=Review.Step.TAKEN_BACK).count() == 1
    assert entry.asked_at is None


def test_a_review_is_taken_back_by_its_writer_by_who_asked_and_by_editors_alone(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    asker = cast.person("asa@example.org", User.Role.CONTRIBUTOR)
    bystander = cast.person("ben@example.org", User.Role.CONTRIBUTOR)
    entry = draft(contributor, of)
    for by in (contributor, asker, editor):
        entry = entries.ask(entry, asker, version=1)
        with pytest.raises(PermissionDenied):
            entries.take_back(entry, bystander)
        assert not entry_state.offer(entry, bystander).take_back
        assert entry_state.offer(entry, by).take_back
        entry = entries.take_back(entry, by)
        assert entry.state == Entry.State.DRAFT


def test_taking_back_a_draft_is_refused(contributor: User, of: dict[str, Any]) -> None:
    with pytest.raises(WrongState):
        entries.take_back(draft(contributor, of), contributor)


def test_confirming_raises_what_it_was_read_against_and_tells_readers_nothing(
    contributor: User, editor: User, of: dict[str, Any]
) -> None:
    publication = public(contributor, editor, of)
    held(updated_at="2025-04-01T00:00:00Z", title="A resolution protecting refugees, amended.")
    before = ChangeEvent.objects.count()
    entry = Entry.objects.get(pk=publication.entry_id)
    assert entry.read_at_event == publication.event_id
    with pytest.raises(Overtaken):
        entries.confirm(entry, editor, version=7)
    entry = entries.confirm(entry, editor, version=1)
    assert entry.read_at_event == Measure.objects.get(pk=of["measure_id"]).last_event
    assert ChangeEvent.objects.count() == before
    assert Publication.objects.count() == 1


def test_nothing_public_is_nothing_to_confirm(contributor: User, editor: User, of: dict[str, Any]) -> None:
    with pytest.raises(WrongState):
        entries.confirm(draft(contributor, of), editor, version=1)


def test_a_note_stays_with_the_desk(contributor: User, editor: User, of: dict[str, Any]) -> None:
    entry = draft(contributor, of)
    left = entries.note(entry, editor, "Ask the office again.")
    assert (left.step, left.revision_number) == (Review.Step.NOTED, 1)
    with pytest.raises(NotValid):
        entries.note(entry, editor, " ")


def test_each_step_is_one_act(contributor: User, editor: User, of: dict[str, Any]) -> None:
    entry = in_review(contributor, of)
    entries.send_back(entry, editor, version=1, why="Shorter, please.")
    verbs = list(Act.objects.filter(object=f"entry/{entry.pk}").order_by("id").values_list("verb", flat=True))
    assert verbs == ["start_entry", "save_entry", "ask_review", "send_back"]


def test_who_is_switched_off_can_write_nothing(contributor: User, of: dict[str, Any]) -> None:
    contributor.is_active = False
    with pytest.raises(PermissionDenied):
        entries.start(contributor, Kind.NOTE, of)


@pytest.mark.parametrize("model", [Revision, Review])
def test_the_database_refuses_to_change_what_was_written(
    contributor: User, of: dict[str, Any], model: type[Any]
) -> None:
    in_review(contributor, of)
    row = model.objects.first()
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk).update(by=None)
    with pytest.raises(DatabaseError), transaction.atomic():
        model.objects.filter(pk=row.pk)._raw_delete("default")
