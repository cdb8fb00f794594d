"""Entries that the record has outgrown: by the real events that real documents make, and never without one."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.db import transaction
from django.utils import timezone
from hypothesis import HealthCheck, given
from hypothesis import settings as examples
from hypothesis import strategies as st

from tests.api.holding import FIRST_SEEN, INTRODUCED, LAWLER, REFERRED, WARNOCK, cosponsor, hold, record
from tests.desk import cast, measures, writing
from tests.pages.reading import visible
from tests.texts import printed
from tracker.desk import entries, outgrown, publishing
from tracker.desk.models import Entry, Kind, Publication, User
from tracker.desk.outgrown import Reason
from tracker.ledger.absence import vanish
from tracker.ledger.models import Measure, measure_pk
from tracker.records.keys import action_keys
from tracker.records.model import ActionRecord, SponsorRecord
from tracker.texts.keeping import Arrived, keep
from tracker.texts.models import MeasureText

pytestmark = pytest.mark.django_db

AGREED = ActionRecord(
    "2025-05-20", "Resolution agreed to in Senate by Unanimous Consent.", "17000", "Floor", "Senate"
)
NAMES = (cosponsor(WARNOCK), cosponsor(LAWLER))
MORE = SponsorRecord("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")

_days = iter(range(1, 10_000))


def moves(key: str = "119/sres/145", *, seen_at: datetime | None = None, **fields: Any) -> None:
    """The record of this measure as a newer document shows it."""
    at = FIRST_SEEN + timedelta(days=next(_days))
    hold(record(key, updated_at=at.strftime("%Y-%m-%dT%H:%M:%SZ"), **fields), at=seen_at or at)


def soon() -> datetime:
    """A moment that is surely after what was written till now: the ledger counts whole seconds."""
    return timezone.now() + timedelta(seconds=2)


def measure() -> Measure:
    return Measure.objects.get(pk=measure_pk(119, "sres", 145))


@pytest.fixture
def referred(db: None) -> None:
    moves(cosponsors=NAMES)


def published(by: User, second: User, kind: str = Kind.KEY_POINTS, **words: Any) -> Publication:
    return writing.public(by, second, writing.about(measure()), kind, **words)


def points(*texts: str, tied: dict[str, Any] | None = None, lead: str = "") -> dict[str, Any]:
    return {"lead": lead, "points": [{"text": text, "tied": tied} for text in texts]}


def reasons(publication: Publication) -> list[Reason]:
    return list(outgrown.reasons_of(publication.entry))


def kinds(publication: Publication) -> list[str]:
    return [reason.kind for reason in reasons(publication)]


# What moves an entry


def test_a_status_that_changed_is_told_with_both(referred: None, contributor: User, editor: User) -> None:
    entry = published(contributor, editor, fields=points("It waits in committee."))
    assert reasons(entry) == []
    moves(cosponsors=NAMES, actions=(AGREED, REFERRED, INTRODUCED))
    (reason,) = reasons(entry)
    assert reason.kind == "status"
    assert reason.says == "It was written when the measure was: referred to committee."
    assert reason.record == measure().status_sentence
    assert "agreed to" in reason.record
    assert reason.event is not None


def test_a_status_that_went_and_came_back_moves_nothing(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It waits in committee."))
    moves(cosponsors=NAMES, actions=(AGREED, REFERRED, INTRODUCED))
    moves(cosponsors=NAMES, actions=(REFERRED, INTRODUCED))
    assert kinds(entry) == []


@pytest.mark.parametrize(
    ("words", "now", "told"),
    [
        ("It has two cosponsors.", (*NAMES, cosponsor(MORE)), "3 cosponsors stand behind it."),
        ("It has 2 cosponsors.", (NAMES[0],), "1 cosponsor stands behind it."),
        ("Three senators put their names to it.", (*NAMES, cosponsor(MORE)), "3 cosponsors stand behind it."),
        ("One Democrat joined.", (cosponsor(LAWLER),), "Of its cosponsors 0 are Democrats."),
    ],
)
def test_a_count_that_is_no_longer_so_is_told(
    referred: None, contributor: User, editor: User, words: str, now: Any, told: str
) -> None:
    entry = published(contributor, editor, fields=points(words))
    moves(cosponsors=now)
    if words.startswith("Three"):  # the sponsor and two cosponsors then; three without the sponsor now
        assert kinds(entry) == []
        moves(cosponsors=(*now, cosponsor(SponsorRecord("K000383", "Sen. King, Angus [I-ME]", "I", "ME"))))
        told = "4 cosponsors stand behind it."
    (reason,) = reasons(entry)
    assert (reason.kind, reason.record) == ("count", told)
    assert reason.says.strip("“”") in words


def test_a_name_that_left_counts_and_one_taken_off_after_it_left_does_not(
    referred: None, contributor: User, editor: User
) -> None:
    left = (NAMES[0], cosponsor(LAWLER, withdrawn_on="2025-04-20"))
    entry = published(contributor, editor, fields=points("It has two cosponsors."))
    moves(cosponsors=left)
    assert kinds(entry) == ["count"]
    entries.confirm(entry.entry, editor, version=1)
    again = published(contributor, editor, Kind.NOTE, fields={"body": "It has one cosponsor."})
    wrong = published(
        contributor, editor, Kind.NOTE, fields={"body": "It has two cosponsors."}
    )  # it never had since
    moves(cosponsors=(NAMES[0],))
    assert kinds(again) == []
    assert kinds(wrong) == []


def test_a_count_that_never_was_so_is_not_the_machines_to_judge(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("Forty senators wrote a letter."))
    moves(cosponsors=(*NAMES, cosponsor(MORE)))
    assert kinds(entry) == []


def test_an_action_that_a_point_is_tied_to_was_reworded_or_taken_away(
    referred: None, contributor: User, editor: User
) -> None:
    key = action_keys([REFERRED])[0]
    tied = {"kind": "action", "key": key}
    entry = published(contributor, editor, fields=points("It went to a committee.", tied=tied))
    other = published(contributor, editor, Kind.NOTE, fields={"body": "Not tied."})
    reworded = ActionRecord(
        "2025-03-27", "Referred to the Committee on Armed Services.", None, "IntroReferral", "Senate",
        committees=REFERRED.committees,
    )  # fmt: skip
    moves(cosponsors=NAMES, actions=(reworded, INTRODUCED))
    (reason,) = reasons(entry)
    assert (reason.kind, reason.says) == ("action", "Point 1: It went to a committee.")
    assert reason.record == "Referred to the Committee on Armed Services."
    assert kinds(other) == []
    moves(cosponsors=NAMES, actions=(REFERRED, INTRODUCED))
    assert kinds(entry) == []
    moves(cosponsors=NAMES, actions=(INTRODUCED,))
    assert "The record does not list this action any more." in [reason.record for reason in reasons(entry)]


def test_a_measure_that_is_gone_from_its_source_is_told(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, Kind.PRESS_COVERAGE)
    with transaction.atomic():
        vanish(measure().pk, "govinfo", timezone.now())
    assert kinds(entry) == ["vanished"]


@pytest.fixture
def with_text(db: None) -> Measure:
    return measures.with_text()


def _another_text(measure: Measure, body: bytes, held_at: datetime) -> None:
    row = MeasureText.objects.create(
        measure=measure, version="ats", package="BILLS-119sres145ats", seen_at=held_at, due_at=held_at
    )
    keep([Arrived(row, body, "https://www.govinfo.gov/y.xml", held_at)], held_at)


def _tied(measure: Measure, anchor: str) -> dict[str, Any]:
    kind, version, at, digest = measures.tie(measure, anchor).split("|")
    return {"kind": kind, "version": version, "anchor": at, "digest": digest}


def test_a_clause_that_a_newer_text_words_otherwise_is_told_with_its_new_words(
    with_text: Measure, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It asks.", tied=_tied(with_text, "p2")))
    assert kinds(entry) == []
    first, second, third = printed.PARAGRAPHS
    changed = (first, second.replace("have broken", "have broken at last"), third)
    _another_text(with_text, printed.bill_dtd(paragraphs=changed), timezone.now() + timedelta(seconds=1))
    (reason,) = reasons(entry)
    assert (reason.kind, reason.says) == ("clause", "Point 1: It asks.")
    assert reason.record == "(2) calls on the States to mend what floods have broken at last; and"
    assert reason.event is None


def test_a_clause_that_stands_in_a_newer_text_as_it_was_moves_nothing(
    with_text: Measure, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It asks.", tied=_tied(with_text, "p1")))
    _another_text(with_text, printed.bill_dtd(), timezone.now() + timedelta(seconds=1))
    assert kinds(entry) == []


def test_a_text_that_the_writer_could_read_moves_nothing(
    with_text: Measure, contributor: User, editor: User
) -> None:
    tied = _tied(with_text, "p2")
    before = timezone.now() - timedelta(seconds=2)  # what was published is dated in whole seconds
    _another_text(with_text, printed.bill_dtd(paragraphs=printed.PARAGRAPHS[:1]), before)
    entry = published(contributor, editor, fields=points("It asks.", tied=tied))
    moves(title="Another title.")
    assert kinds(entry) == []


def test_what_moved_while_the_words_waited_to_be_published_is_told(
    referred: None, contributor: User, editor: User
) -> None:
    waiting = writing.in_review(
        contributor, writing.about(measure()), fields=points("It has two cosponsors.")
    )
    moves(cosponsors=(*NAMES, cosponsor(MORE)), seen_at=soon())
    entry = publishing.publish(waiting, editor, version=1)
    (reason,) = reasons(entry)
    assert (reason.kind, reason.record) == ("count", "3 cosponsors stand behind it.")
    entries.confirm(entry.entry, editor, version=1)
    assert kinds(entry) == []


def test_a_correction_is_judged_by_when_it_was_written(
    referred: None, contributor: User, editor: User
) -> None:
    first = published(contributor, editor, fields=points("It has some cosponsors."))
    again = entries.save(
        first.entry, contributor, based_on=1, title="", fields=points("It has two cosponsors.")
    )
    entries.ask(first.entry, contributor, version=again.number)
    moves(cosponsors=(NAMES[0],), seen_at=soon())
    entries.confirm(first.entry, editor, version=1)  # of the words that readers see, not of those that wait
    entry = publishing.correct(first.entry, editor, version=2, why="A number was wanted.")
    assert kinds(entry) == ["count"]


def test_a_text_that_came_while_the_words_waited_is_told(
    with_text: Measure, contributor: User, editor: User
) -> None:
    fields = points("It asks.", tied=_tied(with_text, "p1"))
    waiting = writing.in_review(contributor, writing.about(measure()), fields=fields)
    _another_text(with_text, printed.bill_dtd(paragraphs=printed.PARAGRAPHS[1:]), timezone.now())
    moves(title="Another title.", seen_at=soon())  # what is published now is dated after it
    assert kinds(publishing.publish(waiting, editor, version=1)) == ["clause"]


# What clears it, and what it does not concern


@pytest.mark.parametrize("path", ["/desk/entries/{}/", "/desk/outgrown/"])
def test_what_moved_after_the_page_was_opened_is_not_confirmed_by_it(
    referred: None, contributor: User, editor: User, path: str
) -> None:
    entry = published(contributor, editor, fields=points("It has two cosponsors."))
    moves(cosponsors=(NAMES[0],))
    client = cast.signed_in(editor)
    page = client.get(path.format(entry.entry_id)).content.decode()
    shown = page.partition('name="event" value="')[2].partition('"')[0]
    moves(cosponsors=(NAMES[0],), actions=(AGREED, REFERRED, INTRODUCED))
    where = f"/desk/entries/{entry.entry_id}/confirm/"
    assert client.post(where, {"version": "1", "event": shown}).status_code == 302
    assert kinds(entry) == ["status"]
    newest = str(measure().last_event)
    client.post(where, {"version": "1", "event": newest})
    client.post(where, {"version": "1", "event": shown})  # from a page that lay open: nothing is unread again
    assert kinds(entry) == []


@pytest.mark.parametrize("given", ["", "0", "x", "²", "999999", "9" * 30, "of another measure"])
def test_a_confirmation_names_an_event_of_the_measure(
    referred: None, contributor: User, editor: User, given: str
) -> None:
    entry = published(contributor, editor, fields=points("It has two cosponsors."))
    moves(cosponsors=(NAMES[0],))
    moves("119/sres/146")
    if given == "of another measure":
        given = str(Measure.objects.get(pk=measure_pk(119, "sres", 146)).last_event)
    client = cast.signed_in(editor)
    answer = client.post(f"/desk/entries/{entry.entry_id}/confirm/", {"version": "1", "event": given})
    assert answer.status_code == 409
    assert "It was not said up to which change you have read the record." in visible(answer.content.decode())
    assert kinds(entry) == ["count"]


def test_confirming_clears_it_until_the_record_moves_again(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It has two cosponsors."))
    moves(cosponsors=(NAMES[0],))
    assert kinds(entry) == ["count"]
    entries.confirm(entry.entry, editor, version=1)
    assert kinds(entry) == []
    moves(cosponsors=(NAMES[0],), actions=(AGREED, REFERRED, INTRODUCED))
    assert kinds(entry) == ["status"]


def test_a_text_that_was_confirmed_against_is_told_no_more(
    with_text: Measure, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It asks.", tied=_tied(with_text, "p1")))
    _another_text(with_text, printed.bill_dtd(paragraphs=printed.PARAGRAPHS[1:]), timezone.now())
    (reason,) = reasons(entry)
    assert reason.kind == "clause"
    entries.confirm(entry.entry, editor, version=1)
    assert kinds(entry) == []


@pytest.mark.parametrize("kind", [Kind.PRESS_COVERAGE, Kind.CORRECTION])
def test_what_is_said_of_a_day_is_not_outgrown_by_later_ones(
    referred: None, contributor: User, editor: User, kind: str
) -> None:
    entry = published(contributor, editor, kind)
    moves(actions=(AGREED, REFERRED, INTRODUCED))
    assert kinds(entry) == []


def test_a_draft_and_a_withdrawn_entry_are_not_asked_about(
    referred: None, contributor: User, editor: User
) -> None:
    writing.draft(contributor, writing.about(measure()))
    entry = published(contributor, editor)
    moves(actions=(AGREED, REFERRED, INTRODUCED))
    assert len(outgrown.outgrown()) == 1
    publishing.withdraw(entry.entry, editor, why="Wrong.")
    assert outgrown.outgrown() == []


def test_another_entry_on_the_same_measure_moves_nothing(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor)
    published(contributor, editor, Kind.NOTE)
    assert kinds(entry) == []


# The property, and what it costs


FIELDS = st.fixed_dictionaries(
    {},
    optional={
        "cosponsors": st.lists(st.sampled_from([*NAMES, cosponsor(MORE)]), max_size=3, unique=True).map(
            tuple
        ),
        "actions": st.sampled_from([(REFERRED, INTRODUCED), (AGREED, REFERRED, INTRODUCED), (INTRODUCED,)]),
        "title": st.sampled_from(["One.", "Another."]),
    },
)


@given(before=FIELDS, later=st.lists(FIELDS, max_size=3))
@examples(max_examples=12, deadline=None, suppress_health_check=list(HealthCheck))
def test_nothing_is_outgrown_without_an_event_that_came_since(
    contributor: User, editor: User, before: dict[str, Any], later: list[dict[str, Any]]
) -> None:
    moves(**before)
    entry = published(
        contributor,
        editor,
        fields=points("It has two cosponsors, one Democrat.", "It waits.", lead="Two names."),
    )
    assert kinds(entry) == []
    for fields in later:
        moves(**fields)
    for one in outgrown.outgrown(1000):
        since = Entry.objects.get(pk=one.entry.pk).read_at_event
        assert since is not None
        for reason in one.reasons:
            assert reason.event is not None
            assert reason.event > since


def test_many_are_judged_in_five_queries(
    contributor: User, editor: User, django_assert_max_num_queries: Any
) -> None:
    keys = [f"119/sres/{n}" for n in range(1, 31)]
    for key in keys:
        moves(key, cosponsors=NAMES)
        about = {"measure_id": measure_pk(119, "sres", int(key.rpartition("/")[2]))}
        writing.public(contributor, editor, about, fields=points("It has two cosponsors."))
    for key in keys:
        moves(key, cosponsors=(NAMES[0],))
    with django_assert_max_num_queries(5):
        assert len(outgrown.outgrown(100)) == 30


# On the desk


def test_the_desk_shows_what_it_says_and_what_the_record_says_and_confirms(
    referred: None, contributor: User, editor: User
) -> None:
    entry = published(contributor, editor, fields=points("It has two cosponsors."))
    moves(cosponsors=(NAMES[0],))
    client = cast.signed_in(editor)
    for path in ("/desk/", "/desk/outgrown/"):
        page = visible(client.get(path).content.decode())
        assert "“two cosponsors”" in page
        assert "1 cosponsor stands behind it." in page
    client.post(
        f"/desk/entries/{entry.entry_id}/confirm/", {"version": "1", "event": str(measure().last_event)}
    )
    assert "Every entry that readers see fits the record" in visible(
        client.get("/desk/outgrown/").content.decode()
    )
