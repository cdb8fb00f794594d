"""`/stats` and `/sources`."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.conftest import Reader
from tests.api.holding import (
    FIRST_SEEN,
    FOREIGN_RELATIONS,
    INTRODUCED,
    LAWLER,
    REFERRED,
    WARNOCK,
    cosponsor,
    hold,
    record,
)
from tracker.ledger import chain
from tracker.ledger.models import Folder, Source, UnknownPart
from tracker.records.model import (
    ActionRecord,
    AmendmentRecord,
    CommitteeRecord,
    LawRecord,
    RelationRecord,
    SubcommitteeRecord,
    SummaryRecord,
    TextVersionRecord,
    TitleRecord,
    VoteReference,
)

pytestmark = pytest.mark.django_db

ROLL = VoteReference("house", 119, 1, 123)


def test_every_item_that_a_source_lists_counts_once(reader: Reader) -> None:
    voted = ActionRecord("2025-03-28", "Passed", "8000", recorded_votes=(ROLL,))
    hold(
        record(
            cosponsors=(cosponsor(WARNOCK), cosponsor(LAWLER, withdrawn_on="2025-05-01")),
            actions=(voted, voted, REFERRED, INTRODUCED),  # an exact repetition counts too
            committees=(
                FOREIGN_RELATIONS,
                CommitteeRecord("ssju00", "Judiciary", "Senate", subcommittees=(SubcommitteeRecord("ssju01", "Courts"),)),
            ),
            titles=(TitleRecord("One"), TitleRecord("Two")),
            summaries=(SummaryRecord("00", "2025-03-27", "Introduced", "<p>x</p>"),),
            text_versions=(TextVersionRecord("is", "Introduced in Senate"),),
            subjects=("Iran", "Iran"),
            laws=(LawRecord("Public Law", "119-1"),),
            related=(RelationRecord("119/hres/166"), RelationRecord("119/hres/167")),
            amendments=(AmendmentRecord("119/samdt/1"),),
        ),
        loading=True,
    )  # fmt: skip
    hold(record("119/sres/146", actions=(voted,), committees=()))
    assert reader.get("/stats") == {
        "measures": 2,
        "actions": 5,
        "cosponsors": 2,
        "withdrawn": 1,
        "titles": 2,
        "summaries": 1,
        "text_versions": 1,
        "committees": 2,
        "subjects": 2,
        "laws": 1,
        "related": 2,
        "amendments": 1,
        "recorded_votes": 1,  # one roll call, however many actions name it
        "changes": {"introduced": 1, "loaded": 1},
    }


def test_counts_are_counted_anew_when_something_changed(reader: Reader) -> None:
    hold(record())
    assert reader.get("/stats")["measures"] == 1
    hold(record("119/sres/146"))
    assert reader.get("/stats")["measures"] == 2


def test_a_repetition_that_makes_no_event_is_counted_after_the_next_answer_of_its_source(
    reader: Reader,
) -> None:
    Source.objects.update_or_create(name="govinfo", defaults={"answered_at": FIRST_SEEN})
    hold(record())
    assert reader.get("/stats")["actions"] == 2
    hold(record(actions=(REFERRED, REFERRED, INTRODUCED), updated_at="2025-05-01T08:00:00Z"))
    Source.objects.filter(name="govinfo").update(answered_at=FIRST_SEEN + timedelta(days=30))
    assert reader.get("/stats")["actions"] == 3
    assert sum(reader.get("/stats")["changes"].values()) == 1


def test_sources_say_how_it_goes(reader: Reader) -> None:
    hold(record())
    Source.objects.update_or_create(
        name="govinfo",
        defaults={
            "asked_at": FIRST_SEEN,
            "answered_at": FIRST_SEEN,
            "failing_since": FIRST_SEEN + timedelta(hours=1),
            "error": "503 from www.govinfo.gov",
            "failures": 2,
            "marks": {"etag": "not shown"},
        },
    )
    Folder.objects.create(congress=119, type="sres", total=10, done=4)
    UnknownPart.objects.create(
        path="bill/new", documents=3, first_seen_at=FIRST_SEEN, last_measure="119/sres/1"
    )
    answer = reader.get("/sources")
    (govinfo,) = answer["sources"]
    assert list(govinfo) == [
        "name",
        "asked_at",
        "answered_at",
        "changed_at",
        "failing_since",
        "error",
        "failures",
        "rests_until",
        "stale_answers",
        "refused_answers",
    ]
    assert (govinfo["error"], govinfo["failing_since"]) == (
        "503 from www.govinfo.gov",
        "2025-04-01T13:00:00Z",
    )
    assert answer["folders"] == [
        {"congress": 119, "type": "sres", "total": 10, "done": 4, "loaded_at": None, "listed_at": None}
    ]
    assert answer["unknown_parts"][0]["path"] == "bill/new"
    assert answer["ledger"] == {"count": 1, "hash": chain.head().hash, "at": "2025-04-01T12:00:00Z"}


def test_an_empty_tracker_answers_too(reader: Reader) -> None:
    assert reader.get("/stats")["measures"] == 0
    assert reader.get("/sources")["ledger"] == {"count": 0, "hash": "0" * 64, "at": None}
