"""A measure that staff enter by hand is held as any other, marked, until the official document takes it over."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.utils import timezone

from tests.builders import (
    AGREED,
    COONS,
    CRUZ,
    INTRODUCED,
    REFERRED,
    SHAHEEN,
    billstatus,
    brought,
    held,
    incoming,
)
from tracker.ledger import chain
from tracker.ledger.apply import apply
from tracker.ledger.as_of import shown
from tracker.ledger.audit import _lost, _rows
from tracker.ledger.by_hand import (
    HeldAlready,
    entered_by_hand,
    last_by_hand,
    publish_by_hand,
    taken_over_by,
    withdraw_by_hand,
)
from tracker.ledger.incoming import Outcome
from tracker.ledger.models import ChangeEvent, Cosponsorship, Document, Measure, measure_pk
from tracker.ledger.rebuild import rebuild
from tracker.ledger.words import tell
from tracker.records.model import ActionRecord, CosponsorRecord, DocumentRefused, MeasureRecord, SponsorRecord
from tracker.records.staff import Sighting, StaffDocument, open_staff, read_staff, write_staff

pytestmark = pytest.mark.django_db

SEEN = (Sighting("press report", "https://paper.example/ashraf", "2025-03-28", "The Paper"),)
TILLIS = SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")


def names(*people) -> tuple[CosponsorRecord, ...]:
    return tuple(CosponsorRecord(*person, joined_on="2025-03-27") for person in people)


def record(**parts) -> MeasureRecord:
    facts = {"title": "A resolution on refugees.", "introduced_on": "2025-03-27", "sponsors": (TILLIS,)}
    return MeasureRecord(119, "sres", 145, **{**facts, **parts})


def entered(**parts) -> Measure:
    publish_by_hand(StaffDocument(record(**parts), SEEN))
    return Measure.every.get(pk=measure_pk(119, "sres", 145))


def kinds() -> list[str]:
    return list(ChangeEvent.objects.order_by("id").values_list("kind", flat=True))


def row_drifts() -> list[str]:
    """What an audit says of what is stored; the sources are not asked."""
    return [drift.line for drift in (*_lost(), *_rows())]


def test_it_is_held_with_its_rows_and_one_event_and_says_that_staff_entered_it() -> None:
    measure = entered(cosponsors=names(SHAHEEN, COONS))
    assert (measure.origin, measure.title, measure.cosponsor_count) == (
        "staff",
        "A resolution on refugees.",
        2,
    )
    event = ChangeEvent.objects.get()
    assert (event.kind, event.source, event.document_id) == ("introduced", "staff", measure.document_id)
    assert entered_by_hand(measure.document).seen == SEEN
    assert measure.document.url == "https://paper.example/ashraf"
    assert list(chain.verify()) == []


def test_what_staff_add_afterwards_makes_the_events_that_a_poll_would_have_made() -> None:
    entered(cosponsors=names(SHAHEEN))
    measure = entered(
        cosponsors=names(SHAHEEN, COONS),
        actions=(ActionRecord("2025-06-02", "Resolution agreed to in Senate by Unanimous Consent."),),
    )
    assert kinds() == ["introduced", "cosponsor_added", "action_added", "status_changed"]
    assert (measure.origin, measure.status) == ("staff", "agreed_to")


def test_staff_may_take_back_many_names_at_once_without_a_second_witness() -> None:
    entered(cosponsors=names(SHAHEEN, COONS, CRUZ))
    measure = entered(cosponsors=())
    assert measure.cosponsor_count == 0 and measure.unconfirmed_document is None


def test_the_same_words_twice_make_no_event() -> None:
    entered()
    entered()
    assert kinds() == ["introduced"]


@pytest.mark.parametrize("loading", [False, True])
def test_the_official_document_takes_over_in_one_step_and_followers_hear_of_it(loading: bool) -> None:
    ours = entered(cosponsors=names(SHAHEEN))
    measure = held(loading=loading, cosponsors=[(SHAHEEN, "2025-03-27"), (COONS, "2025-03-27")])
    assert kinds() == ["introduced", "loaded" if loading else "introduced", "field_changed", "status_changed"]
    assert (measure.origin, measure.status, measure.cosponsor_count) == ("official", "referred", 2)
    assert last_by_hand(measure).sha256 == ours.document_id
    assert taken_over_by(measure).document_id == measure.document_id
    assert Cosponsorship.objects.filter(measure=measure).count() == 2


def test_after_that_the_ledger_takes_no_more_of_the_staffs() -> None:
    entered()
    official = held()
    with pytest.raises(HeldAlready):
        entered(title="Ours again.")
    with pytest.raises(HeldAlready):
        withdraw_by_hand(official, "A mistake.")
    assert held().document_id == official.document_id
    assert not Document.objects.filter(source="staff").exclude(pk=last_by_hand(official).pk).exists()


def test_what_a_source_holds_is_not_entered_beside_it() -> None:
    brought()
    with pytest.raises(HeldAlready):
        entered()
    assert kinds() == ["introduced"] and not Document.objects.filter(source="staff").exists()


def test_an_official_document_older_than_the_staffs_words_takes_over_all_the_same() -> None:
    entered()
    assert brought(updated_at="2025-03-28T10:00:00Z").outcome is Outcome.NEW
    assert brought(updated_at="2025-03-28T10:00:00Z").outcome is Outcome.SAME


def test_as_of_shows_what_staff_had_said_and_then_what_the_record_says() -> None:
    before = timezone.now() - timedelta(days=2)
    publish_by_hand(StaffDocument(record(), SEEN), now=before)
    measure = held(title="The official title.")
    then = shown(measure, as_of=before + timedelta(hours=1))
    assert (then.record.title, then.document.source) == ("A resolution on refugees.", "staff")
    assert shown(measure).record.title == "The official title."


def test_rebuild_and_audit_find_it_as_it_was_written() -> None:
    measure = entered(cosponsors=names(SHAHEEN))
    assert row_drifts() == []
    Cosponsorship.objects.all().delete()
    assert row_drifts() != []
    rebuild()
    assert row_drifts() == []
    assert Measure.every.get(pk=measure.pk).origin == "staff"


def test_a_withdrawn_one_is_in_no_list_and_the_ledger_keeps_all() -> None:
    before = timezone.now() - timedelta(days=2)
    publish_by_hand(StaffDocument(record(cosponsors=names(SHAHEEN)), SEEN), now=before)
    measure = Measure.objects.get()
    withdraw_by_hand(measure, "It was S.Res. 154.")
    assert not Measure.objects.filter(pk=measure.pk).exists()
    gone = Measure.every.get(pk=measure.pk)
    assert gone.is_withdrawn_by_staff and gone.title == "A resolution on refugees."
    assert not Cosponsorship.objects.exists()
    assert entered_by_hand(gone.document).withdrawn == "It was S.Res. 154."
    assert kinds() == ["introduced", "vanished"]
    assert ChangeEvent.objects.latest("id").became == {"withdrawn": "It was S.Res. 154."}
    assert shown(gone, as_of=gone.seen_at).record.cosponsors
    assert row_drifts() == [] and list(chain.verify()) == []
    rebuild()
    assert Measure.every.get(pk=measure.pk).is_withdrawn_by_staff


def test_one_withdrawn_is_listed_again_when_staff_or_a_source_bring_it() -> None:
    withdraw_by_hand(entered(), "A mistake.")
    measure = entered(cosponsors=names(SHAHEEN))
    assert kinds()[2:] == ["returned"] and measure.cosponsor_count == 1
    assert Measure.objects.filter(pk=measure.pk).exists()
    withdraw_by_hand(measure, "Once more.")
    official = held()
    assert official.origin == "official" and official.vanished_at is None
    assert kinds()[3:] == ["vanished", "returned", "introduced", "field_changed", "status_changed"]
    rebuild()
    assert Measure.objects.get(pk=official.pk).vanished_at is None and row_drifts() == []


def test_no_reader_is_told_of_a_measure_of_the_staffs_as_of_an_official_one(client) -> None:
    entered(cosponsors=names(SHAHEEN))
    brought(146)
    row = client.get("/api/v1/measures/119/sres/145").json()
    assert (row["origin"], row["source"]["name"], row["source"]["url"]) == ("staff", "staff", SEEN[0].url)
    listed = client.get("/api/v1/measures").json()["results"]
    assert {each["id"]: each["origin"] for each in listed} == {
        "119/sres/145": "staff",
        "119/sres/146": "official",
    }
    stats = client.get("/api/v1/stats").json()
    assert (stats["measures"], stats["cosponsors"], stats["committees"]) == (1, 0, 1)


def test_the_api_says_what_it_was_at_an_earlier_moment(client) -> None:
    before = datetime.now(UTC) - timedelta(days=2)
    publish_by_hand(StaffDocument(record(), SEEN), now=before)
    held()
    day = before.date().isoformat()
    assert client.get(f"/api/v1/measures/119/sres/145?as_of={day}").json()["origin"] == "staff"
    assert client.get("/api/v1/measures/119/sres/145").json()["origin"] == "official"


def test_the_api_says_why_one_was_withdrawn(client) -> None:
    withdraw_by_hand(entered(), "It was S.Res. 154.")
    answer = client.get("/api/v1/measures/119/sres/145")
    assert answer.status_code == 404 and "It was S.Res. 154." in answer.json()["detail"]
    assert client.get("/api/v1/measures").json()["results"] == []


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"\xff",
        b'{"measure": {}}',
        b'{"measure": {"congress": 119, "type": "zres", "number": 1}}',
        b"[" * 5000,
    ],
)
def test_bytes_that_are_no_such_document_are_refused_in_a_line(body: bytes) -> None:
    with pytest.raises(DocumentRefused, match="no measure entered by hand"):
        open_staff(body)


def test_the_document_of_another_measure_is_refused() -> None:
    body = write_staff(StaffDocument(record()))
    with pytest.raises(DocumentRefused, match="another measure"):
        read_staff(body, expected=(119, "sres", 146))
    assert read_staff(body, expected=(119, "sres", 145)).record == record()


def test_a_poll_of_many_takes_over_the_one_among_them() -> None:
    entered()
    apply([incoming(billstatus(n, actions=(AGREED, REFERRED, INTRODUCED)), n) for n in (144, 145, 146)])
    assert set(Measure.objects.values_list("origin", flat=True)) == {"official"}


def told() -> list[str]:
    return [str(line) for event in ChangeEvent.objects.order_by("id") for line in tell([event])]


def test_the_log_says_what_staff_entered_what_the_record_took_over_and_what_was_withdrawn() -> None:
    entered()
    withdraw_by_hand(entered(cosponsors=names(SHAHEEN)), "It was S.Res. 154.")
    entered(cosponsors=names(SHAHEEN))
    held()
    lines = told()
    assert lines[0].endswith("(as staff entered it, from no official source).")
    assert (
        lines[1]
        == "Jeanne Shaheen (D-NH) joined as cosponsor (as staff entered it, from no official source)."
    )
    assert lines[2] == "Withdrawn by the staff who had entered it: “It was S.Res. 154.”"
    assert lines[4].startswith("Introduced by Thomas Tillis (R-NC)") and "staff" not in lines[4]
    assert lines[5] == "The official record lists it now; until then it stood as staff had entered it."
