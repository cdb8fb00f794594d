"""Votes in the ledger: a file comes into force or does not, and its rows are what it says."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest

from tests.vote_builders import (
    HOUSE,
    SENATE,
    hold_house,
    hold_senate,
    house_vote,
    incoming_house,
    incoming_senate,
    senate_vote,
    senators,
)
from tracker.ledger import chain, votes
from tracker.ledger.incoming import Outcome
from tracker.ledger.models import (
    ChangeEvent,
    Document,
    Member,
    Position,
    RollCall,
    measure_pk,
    roll_call_identity,
    roll_call_pk,
)
from tracker.ledger.vote_rows import name_members
from tracker.ledger.votes import rebuild_votes, take_vote

pytestmark = pytest.mark.django_db

EARLY, LATE = "Tue, 11 Mar 2025 23:00:00 GMT", "Thu, 13 Mar 2025 09:00:00 GMT"
CORRECTED = [(*HOUSE[0][:4], "Yea"), *HOUSE[1:]]


def _everything() -> list[object]:
    rows = RollCall.objects.order_by("pk").values()
    return [
        [{name: value for name, value in row.items() if name != "revision"} for row in rows],
        list(Position.objects.order_by("vote_id", "place").values_list()),
    ]


def test_a_number_tells_a_roll_call_and_back() -> None:
    pk = roll_call_pk(119, 2, "senate", 549)
    assert roll_call_identity(pk) == (119, 2, "senate", 549)
    assert (
        roll_call_pk(119, 1, "house", 99_999)
        < roll_call_pk(119, 1, "senate", 1)
        < roll_call_pk(119, 2, "house", 1)
    )


def test_a_new_roll_call_is_held_whole_and_makes_no_event() -> None:
    assert hold_house().outcome is Outcome.NEW
    vote = RollCall.objects.get()
    assert (vote.key, vote.yea, vote.nay, vote.not_voting, vote.outcome) == (
        "119/house/2025/123",
        4,
        3,
        1,
        "agreed",
    )
    assert vote.measure_id == measure_pk(119, "hjres", 25)
    assert vote.by_party["R"] == {"yea": 3, "nay": 1}
    assert list(vote.positions.order_by("place").values_list("member_id", "cast", "position", "with_party"))[
        :2
    ] == [
        ("A000370", "Nay", "nay", True),
        ("A000055", "Yea", "yea", True),
    ]
    assert set(vote.positions.filter(with_party=False).values_list("name", flat=True)) == {"Beyer", "Massie"}
    assert vote.document.body == house_vote()
    assert not ChangeEvent.objects.exists()
    assert list(chain.verify()) == []


def test_the_same_file_again_changes_nothing() -> None:
    hold_house()
    before = _everything()
    assert hold_house().outcome is Outcome.SAME
    assert _everything() == before
    assert Document.objects.count() == 1


def test_a_correction_comes_into_force_and_its_elder_never_again() -> None:
    take_vote(incoming_house(house_vote(), last_modified=EARLY))
    first = RollCall.objects.get()
    later = take_vote(incoming_house(house_vote(votes=CORRECTED), last_modified=LATE))
    assert later.outcome is Outcome.CHANGED
    vote = RollCall.objects.get()
    assert (vote.yea, vote.nay, vote.seen_at) == (5, 2, first.seen_at)
    assert vote.revision > first.revision
    stale = take_vote(incoming_house(house_vote(), last_modified=EARLY))
    assert stale.outcome is Outcome.STALE and "older than the one held" in stale.reason
    assert RollCall.objects.get().yea == 5
    assert Document.objects.count() == 2


def test_the_senates_own_date_of_change_decides_which_file_is_older() -> None:
    senators()
    take_vote(incoming_senate(senate_vote(modified="March 5, 2025, 10:00 AM", title="Corrected")))
    stale = take_vote(incoming_senate(senate_vote(modified="March 4, 2025, 06:20 PM", title="First")))
    assert stale.outcome is Outcome.STALE
    assert RollCall.objects.get().title == "Corrected"


@pytest.mark.parametrize(
    "body",
    [
        house_vote()[:1500],
        b"<html>not now</html>",
        house_vote(124),
        house_vote(votes=HOUSE[:5], totals=house_vote().decode().split("vote-totals>")[1].removesuffix("</")),
    ],
)
def test_a_broken_file_never_comes_into_force(body: bytes) -> None:
    hold_house()
    before = _everything()
    assert take_vote(incoming_house(body, last_modified=LATE)).outcome is Outcome.REFUSED
    assert _everything() == before
    assert Document.objects.count() == 1


def test_a_file_whose_totals_are_wrong_from_the_first_is_held_with_its_doubt() -> None:
    body = house_vote().replace(b"<yea-total>4</yea-total>", b"<yea-total>5</yea-total>")
    assert take_vote(incoming_house(body)).outcome is Outcome.NEW
    vote = RollCall.objects.get()
    assert (vote.yea, vote.doubt) == (4, "yea: 5 printed, 4 counted")


def test_senators_are_told_by_the_ids_that_the_lists_give() -> None:
    senators()
    hold_senate()
    named = dict(Position.objects.values_list("voter", "member_id"))
    assert named == {"S354": "B001230", "S317": "B001261", "S363": "K000383", "S384": "T000476"}


def test_a_senator_in_no_list_is_named_as_the_file_does_and_told_once_a_list_knows() -> None:
    hold_senate()
    assert set(Position.objects.values_list("member_id", flat=True)) == {None}
    assert Position.objects.get(voter="S384").name == "Thom Tillis"
    senators()
    before = RollCall.objects.get().revision
    assert name_members() == 4
    assert Position.objects.get(voter="S384").member_id == "T000476"
    assert RollCall.objects.get().revision > before
    assert name_members() == 0


def test_a_former_senator_is_told_by_exactly_the_name_and_state_where_only_one_has_them() -> None:
    Member.objects.create(bioguide="T000476", name="Thom Tillis", sort_name="", chamber="senate", state="NC")
    Member.objects.create(
        bioguide="X000001", name="Tammy Baldwin", sort_name="", chamber="senate", state="WI"
    )
    Member.objects.create(
        bioguide="X000002", name="Tammy Baldwin", sort_name="", chamber="senate", state="WI"
    )
    Member.objects.create(bioguide="X000003", name="Angus King", sort_name="", chamber="senate", state="VT")
    hold_senate()
    named = dict(Position.objects.values_list("voter", "member_id"))
    assert named == {"S354": None, "S317": None, "S363": None, "S384": "T000476"}


def test_a_representative_whom_no_list_knows_becomes_one_as_the_file_names_them() -> None:
    hold_house()
    massie = Member.objects.get(pk="M001184")
    assert (massie.name, massie.party, massie.state, massie.chamber, massie.sitting) == (
        "Massie",
        "R",
        "KY",
        "house",
        False,
    )


def test_a_rebuild_writes_the_same_rows_from_the_files_alone() -> None:
    senators()
    take_vote(incoming_house(house_vote(), last_modified=EARLY))
    late = datetime(2025, 3, 14, tzinfo=UTC)
    take_vote(incoming_house(house_vote(votes=CORRECTED), at=late, last_modified=LATE))
    take_vote(incoming_house(house_vote(title="stale"), at=late, last_modified=EARLY))
    hold_senate(votes=[*SENATE[:3], (*SENATE[3][:4], "Not Voting")])
    before = _everything()
    Position.objects.all().delete()
    RollCall.objects.filter(chamber="house").delete()
    RollCall.objects.create(
        id=1, chamber="house", congress=1, session=1, year=1789, number=1, on="1789-03-04", question="", form="vote",
        result="", outcome="none", yea=0, nay=0, present=0, not_voting=0, document_id=Document.objects.first().pk,
        seen_at=late, revision=99,
    )  # fmt: skip
    assert rebuild_votes() == 2
    assert _everything() == before
    assert not ChangeEvent.objects.exists()


@pytest.mark.parametrize("point", ["vote document kept", "vote before commit"])
def test_a_writer_that_dies_leaves_nothing_behind(monkeypatch: pytest.MonkeyPatch, point: str) -> None:
    hold_house()
    before, documents = _everything(), Document.objects.count()

    def die(name: str) -> None:
        if name == point:
            raise RuntimeError(name)

    monkeypatch.setattr(votes, "failpoint", die)
    with pytest.raises(RuntimeError):
        take_vote(incoming_house(house_vote(votes=CORRECTED), last_modified=LATE))
    assert (_everything(), Document.objects.count()) == (before, documents)
    monkeypatch.undo()
    assert (
        take_vote(incoming_house(house_vote(votes=CORRECTED), last_modified=LATE)).outcome is Outcome.CHANGED
    )
