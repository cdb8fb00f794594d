"""`/changes`: a reader that keeps the cursor misses nothing and sees nothing twice."""

from __future__ import annotations

from datetime import timedelta

import pytest

from tests.api.conftest import Reader
from tests.api.holding import FIRST_SEEN, WARNOCK, cosponsor, hold, record
from tracker.ledger.models import ChangeEvent

pytestmark = pytest.mark.django_db

KEYS = [
    "id", "measure", "kind", "subject", "before", "after", "occurred_on", "observed_at", "source", "document", "hash", "url",
]  # fmt: skip


def test_an_event_is_told_as_the_ledger_holds_it(reader: Reader) -> None:
    hold(record())
    later = record(cosponsors=(cosponsor(WARNOCK),), updated_at="2025-05-01T08:00:00Z")
    hold(later, at=FIRST_SEEN + timedelta(days=30))
    first, joined = reader.get("/changes")["results"]
    assert list(joined) == KEYS
    held = ChangeEvent.objects.get(pk=2)
    assert (first["kind"], first["before"]) == ("introduced", None)
    assert joined == {
        "id": 2,
        "measure": "119/sres/145",
        "kind": "cosponsor_added",
        "subject": "W000790",
        "before": None,
        "after": held.became,
        "occurred_on": "2025-03-27",
        "observed_at": "2025-05-01T12:00:00Z",
        "source": "govinfo",
        "document": held.document_id,
        "hash": held.hash,
        "url": "http://testserver/measures/119/sres/145/",
    }


def test_first_loads_are_told_too(reader: Reader) -> None:
    hold(record(), loading=True)
    assert [event["kind"] for event in reader.get("/changes")["results"]] == ["loaded"]


def test_a_reader_who_keeps_the_cursor_sees_each_change_once(reader: Reader) -> None:
    seen: list[int] = []
    following = "/changes?limit=2"
    assert reader.get(following)["results"] == []
    for n in range(1, 12):
        hold(*(record(f"119/sres/{10 * n + k}") for k in range(n % 4)))
        page = reader.get(following)
        seen += [event["id"] for event in page["results"]]
        following = page["next"]
    while (page := reader.get(following))["results"]:
        seen += [event["id"] for event in page["results"]]
        following = page["next"]
    assert seen == list(range(1, ChangeEvent.objects.count() + 1))


def test_at_the_end_next_is_where_to_ask_again(reader: Reader) -> None:
    hold(record())
    end = reader.get("/changes")["next"]
    assert reader.get(end) == {"results": [], "next": end}
    hold(record("119/sres/146"))
    assert [event["measure"] for event in reader.get(end)["results"]] == ["119/sres/146"]


def test_kinds_that_are_not_asked_for_are_passed_over_for_good(reader: Reader) -> None:
    hold(*(record(f"119/sres/{n}") for n in range(1, 6)))
    page = reader.get("/changes?kind=vanished&limit=1")
    assert page["results"] == []
    assert reader.get(page["next"].replace("kind=vanished", "kind=introduced"))["results"] == []


def test_several_kinds_and_filters_of_measures_narrow_the_list(reader: Reader) -> None:
    hold(record("119/sres/1"), record("119/hr/1"), record("118/hr/1"))
    wanted = "/changes?kind=introduced&kind=status_changed&type=hr&congress=119"
    assert [event["measure"] for event in reader.get(wanted)["results"]] == ["119/hr/1"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("kind=exploded", "kind"),
        ("since=1", "since"),
        ("since=", "since"),
        ("since=Wy0xXQ", "since"),  # [-1]
        ("since=WzEsMl0", "since"),  # [1,2], of another list
        ("cursor=WzFd", "cursor"),
        ("limit=1000", "limit"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(reader: Reader, query: str, parameter: str) -> None:
    assert reader.problem(f"/changes?{query}", 400)["parameter"] == parameter
