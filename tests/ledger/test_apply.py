"""A document comes in: what it makes of the ledger, and what it must not."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from tests.builders import (
    AGREED,
    COONS,
    CRUZ,
    INTRODUCED,
    KING,
    REFERRED,
    SHAHEEN,
    billstatus,
    brought,
    held,
    incoming,
)
from tracker.ledger.apply import Settled, apply
from tracker.ledger.incoming import Incoming, Outcome
from tracker.ledger.models import (
    ChangeEvent,
    Cosponsorship,
    Document,
    DueFetch,
    Measure,
    Member,
    SourceFile,
    UnknownPart,
)

pytestmark = pytest.mark.django_db

FOUR = [(SHAHEEN, "2025-03-27"), (COONS, "2025-03-27"), (CRUZ, "2025-03-27"), (KING, "2025-03-27")]


def kinds() -> list[str]:
    return list(ChangeEvent.objects.order_by("id").values_list("kind", flat=True))


def test_a_measure_first_seen_in_a_poll_is_introduced_and_its_parts_make_no_events_of_their_own():
    measure = held(cosponsors=FOUR)
    assert kinds() == ["introduced"]
    assert measure.status == "referred"
    assert measure.cosponsors_by_party == {"D": 2, "R": 1, "I": 1}
    assert Cosponsorship.objects.filter(measure=measure).count() == 4
    assert Member.objects.get(pk="S001181").name == "Jeanne Shaheen"


def test_a_measure_first_seen_in_a_load_is_loaded():
    held(loading=True)
    assert kinds() == ["loaded"]


def test_the_same_document_again_makes_nothing():
    held()
    assert brought().outcome is Outcome.SAME
    assert kinds() == ["introduced"]
    assert Document.objects.count() == 1


def test_documents_that_would_write_nothing_are_told_without_comparing_them():
    document = incoming(billstatus(145), mark="2025-03-28")
    apply([document])

    def is_settled(document: Incoming) -> bool:
        return Settled(document.pk, document.pk).has(document)

    assert is_settled(document) and is_settled(replace(document, mark=None))
    assert not is_settled(replace(document, mark="2025-03-29"))
    assert not is_settled(replace(document, etag="one"))
    assert not is_settled(incoming(billstatus(145, cosponsors=FOUR), mark="2025-03-28"))
    assert not is_settled(incoming(billstatus(146), 146))


@pytest.mark.parametrize("open_", ["due", "in doubt", "vanished", "never accepted"])
def test_the_same_bytes_are_looked_at_where_anything_is_open_of_the_measure(open_: str) -> None:
    document = incoming(billstatus(145), mark="2025-03-28")
    apply([document])
    now = datetime.now(UTC)
    if open_ == "due":
        DueFetch.objects.create(measure_id=document.pk, mark="2025-03-28", reason="listed", due_at=now)
    elif open_ == "in doubt":
        Measure.objects.update(unconfirmed_document=Document.objects.get().pk, unconfirmed_since=now)
    elif open_ == "vanished":
        Measure.objects.update(vanished_at=now)
    else:
        SourceFile.objects.all().delete()
    settled = Settled(document.pk, document.pk)
    assert not settled.has(document) and not settled.has(replace(document, mark=None))


def test_a_new_cosponsor_and_a_new_status_make_their_events_in_that_order():
    held()
    applied = brought(
        updated_at="2025-06-03T10:00:00Z",
        cosponsors=[(SHAHEEN, "2025-05-06")],
        actions=[AGREED, REFERRED, INTRODUCED],
    )
    assert applied.outcome is Outcome.CHANGED
    assert sorted(kinds()[1:3]) == ["action_added", "cosponsor_added"]
    assert kinds()[3] == "status_changed"
    last = ChangeEvent.objects.latest("id")
    assert (last.was["code"], last.became["code"], last.occurred_on) == (
        "referred",
        "agreed_to",
        date(2025, 6, 2),
    )
    measure = Measure.objects.get()
    assert (measure.status, measure.last_event, measure.cosponsor_count) == ("agreed_to", last.id, 1)


def test_an_older_document_is_kept_and_changes_nothing():
    held(updated_at="2025-06-03T10:00:00Z", cosponsors=FOUR)
    applied = brought(updated_at="2025-05-01T10:00:00Z", cosponsors=FOUR[:1])
    assert applied.outcome is Outcome.STALE
    assert "2025-05-01" in applied.reason
    assert kinds() == ["introduced"]
    assert Measure.objects.get().cosponsor_count == 4
    assert Document.objects.count() == 2


def test_an_update_date_ahead_of_our_clock_dates_nothing():
    held(updated_at="2096-01-01T00:00:00Z")
    applied = brought(updated_at="2025-06-03T10:00:00Z", cosponsors=[(SHAHEEN, "2025-05-06")])
    assert applied.outcome is Outcome.CHANGED


def test_a_list_that_loses_half_waits_for_a_second_witness():
    held(cosponsors=FOUR)
    first = brought(updated_at="2025-06-03T10:00:00Z")
    assert first.outcome is Outcome.UNCONFIRMED
    measure = Measure.objects.get()
    assert kinds() == ["introduced"]
    assert measure.cosponsor_count == 4
    assert "no cosponsors just now; 4 stood" in measure.unconfirmed_reason

    later = datetime.now(UTC) + timedelta(seconds=5)
    (second,) = apply([incoming(billstatus(updated_at="2025-06-03T10:00:00Z"), fetched_at=later)])
    assert second.outcome is Outcome.CHANGED
    assert kinds()[1:] == ["cosponsor_removed"] * 4
    assert Measure.objects.get().unconfirmed_document is None


def test_a_list_that_was_lost_once_and_comes_back_makes_no_event():
    held(cosponsors=FOUR)
    brought(updated_at="2025-06-03T10:00:00Z")
    assert brought(cosponsors=FOUR).outcome is Outcome.SAME
    assert kinds() == ["introduced"]
    assert Measure.objects.get().unconfirmed_document is None


def test_a_part_that_is_missing_beside_an_unknown_one_is_never_taken_for_empty():
    held(cosponsors=FOUR)
    body = billstatus(updated_at="2025-06-03T10:00:00Z", cosponsors=FOUR).replace(
        b"cosponsors>", b"coSponsorList>"
    )
    for hours in range(3):
        (applied,) = apply([incoming(body, fetched_at=datetime.now(UTC) + timedelta(hours=hours))])
        assert applied.outcome is Outcome.UNCONFIRMED
        assert "coSponsorList" in applied.reason
    assert kinds() == ["introduced"]
    assert UnknownPart.objects.filter(path__contains="coSponsorList").exists()


def test_another_measure_inside_is_refused_whole_and_names_both():
    held()
    (applied,) = apply([incoming(billstatus(146), 145)])
    assert applied.outcome is Outcome.REFUSED
    assert "146" in applied.reason and "145" in applied.reason
    assert kinds() == ["introduced"]


def test_one_bad_document_does_not_keep_its_neighbours_from_being_taken():
    outcomes = apply([incoming(b"<html>", 144), incoming(billstatus(145), 145)])
    assert [a.outcome for a in outcomes] == [Outcome.REFUSED, Outcome.NEW]


def test_a_date_that_is_none_leaves_the_rest_applied_and_is_counted():
    measure = held(cosponsors=[(SHAHEEN, "2025-02-30")])
    assert Cosponsorship.objects.get(measure=measure).joined_on is None
    assert UnknownPart.objects.filter(path__startswith="odd value").count() == 1


def test_the_same_words_in_another_order_are_taken_without_an_event():
    held(cosponsors=FOUR)
    applied = brought(updated_at="2025-06-03T10:00:00Z", cosponsors=FOUR[::-1])
    assert applied.outcome is Outcome.SAME
    assert kinds() == ["introduced"]
    assert Measure.objects.get().updated_at == "2025-06-03T10:00:00Z"
