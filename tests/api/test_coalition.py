"""`/measures/…/coalition`: who sits on the committee that holds it, and where they stand, as the page beside it tells."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.pages.test_coalition import NOW, RISCH, committee, seat
from tests.pages.test_supporters import COONS, CRUZ, KIM, before
from tests.vote_builders import hold_senate
from tracker.ledger.models import CommitteeSeat, Source

pytestmark = pytest.mark.django_db

PATH = "/api/v1/measures/119/sres/145/coalition"


@pytest.fixture(autouse=True)
def _one_day() -> Iterator[None]:
    with time_machine.travel(NOW, tick=False):
        yield


def answer(path: str = PATH) -> dict[str, Any]:
    response = Client().get(path)
    assert response.status_code == 200, response.content
    return response.json()


def test_each_seat_says_where_its_member_stands_and_since_when() -> None:
    hold(
        record(cosponsors=(cosponsor(CRUZ), cosponsor(WARNOCK), cosponsor(RISCH, withdrawn_on="2025-05-01")))
    )
    committee()
    told = answer()
    assert told["none_because"] is None
    (board,) = told["boards"]
    assert (board["committee"], board["holds"], board["let_go"]) == ("ssfr00", True, None)
    assert (board["seats"], board["supporting"], board["majority"], board["by_party"]) == (4, 1, 3, {"R": 1})
    stands = {each["member"]: (each["stand"], each["since"]) for each in board["members"]}
    assert stands == {
        RISCH.member: ("withdrew", "2025-05-01"),
        CRUZ.member: ("cosponsor", "2025-03-27"),
        COONS.member: (None, None),
        KIM.member: (None, None),
    }
    assert list(stands) == [RISCH.member, CRUZ.member, COONS.member, KIM.member]  # majority first, by rank


def test_it_has_the_names_of_the_page_s_own_file() -> None:
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    committee()
    before(118, "sres/599", cosponsor(KIM))
    rows = csv.DictReader(io.StringIO(Client().get("/measures/119/sres/145/coalition.csv").content.decode()))
    by_file = {row["member"]: (row["stand"], row["supported_before"]) for row in rows}
    members = answer()["boards"][0]["members"]
    assert by_file.keys() == {each["member"] for each in members}
    assert by_file[KIM.member or ""][1] == "S.Res. 599 (118th)"
    assert [each["supported_before"] for each in members if each["member"] == KIM.member] == [
        ["118/sres/599"]
    ]


def test_votes_on_it_stand_with_their_ids() -> None:
    hold(record("119/sjres/3"))
    committee()
    hold_senate(
        votes=(("S337", "Christopher Coons", "D", "DE", "Yea"), ("S355", "Ted Cruz", "R", "TX", "Nay"))
    )
    members = answer("/api/v1/measures/119/sjres/3/coalition")["boards"][0]["members"]
    cast = {each["member"]: each["votes"] for each in members}
    assert [(v["position"], v["measure"]) for v in cast[COONS.member]] == [("yea", None)]
    assert [v["position"] for v in cast[CRUZ.member]] == ["nay"]
    assert answer(f"/api/v1/votes/{cast[CRUZ.member][0]['vote']}")["id"] == cast[CRUZ.member][0]["vote"]


def test_an_ex_officio_seat_is_told_and_counts_to_no_majority() -> None:
    hold(record(cosponsors=(cosponsor(CRUZ),)))
    seat(CRUZ, "majority", 1)
    seat(KIM, "minority", 2, "Ex Officio")
    (board,) = answer()["boards"]
    assert (board["seats"], board["supporting"], board["majority"]) == (1, 1, 1)
    assert [each["votes_there"] for each in board["members"]] == [True, False]


def test_without_a_board_it_says_why() -> None:
    hold(record("118/sres/5"), record("119/sres/6", committees=()), record("119/sres/7"))
    assert answer("/api/v1/measures/119/sres/7/coalition")["none_because"] == "no_list"
    committee()
    reasons = [
        answer(f"/api/v1/measures/{key}/coalition")["none_because"] for key in ("118/sres/5", "119/sres/6")
    ]
    assert reasons == ["congress_over", "no_committee"]
    assert answer("/api/v1/measures/118/sres/5/coalition")["boards"] == []


def test_new_lists_of_members_make_it_another_answer() -> None:
    hold(record())
    committee()
    lists = Source.objects.update_or_create(name="legislators", defaults={"changed_at": NOW})[0]
    tag = Client().get(PATH)["ETag"]
    assert Client().get(PATH, headers={"If-None-Match": tag}).status_code == 304
    CommitteeSeat.objects.filter(member=KIM.member).delete()
    Source.objects.filter(pk=lists.pk).update(changed_at=NOW + timedelta(hours=1))
    assert len(answer()["boards"][0]["members"]) == 3


def test_no_other_moment_is_offered() -> None:
    hold(record())
    assert Client().get(f"{PATH}?as_of=2025-05-01").status_code == 400
    assert Client().get("/api/v1/measures/119/sres/9999/coalition").status_code == 404
