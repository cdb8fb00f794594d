"""Recorded votes in the API."""

from __future__ import annotations

import pytest
from django.core.cache import cache

from tests.api.conftest import Reader
from tests.vote_builders import HOUSE, hold_house, hold_senate, senators

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def _cold() -> None:
    cache.clear()


def test_a_vote_is_told_whole(reader: Reader) -> None:
    hold_house()
    vote = reader.get("/votes/119/house/2025/123")
    assert (vote["id"], vote["on"], vote["at"]) == (
        "119/house/2025/123",
        "2025-03-11",
        "2025-03-11T21:51:00Z",
    )
    assert vote["sentence"] == "The House passed H.J.Res. 25"
    assert (vote["question"], vote["result"], vote["outcome"]) == ("On Passage", "Passed", "agreed")
    assert vote["totals"] == {"yea": 4, "nay": 3, "present": 0, "not_voting": 1}
    assert (vote["threshold"], vote["needed"]) == ("1/2", 4)
    assert vote["by_party"][0] == {"yea": 1, "nay": 2, "present": 0, "not_voting": 1, "party": "D"}
    assert vote["measure"] == "119/hjres/25"
    assert vote["matters"][0]["measure"] == "119/hjres/25"
    assert vote["positions"][4] == {
        "member": "B001292", "voter": "B001292", "name": "Beyer", "party": "D", "state": "VA",
        "position": "yea", "cast": "Yea", "with_party": False,
    }  # fmt: skip
    assert vote["source"]["name"] == "house-clerk"
    assert vote["source"]["url"] == "https://clerk.house.gov/evs/2025/roll123.xml"
    assert vote["official_url"] == "https://clerk.house.gov/Votes/2025123"
    assert (vote["tie_break"], vote["doubt"], vote["candidates"]) == (None, None, [])


def test_a_broken_tie_names_who_broke_it(reader: Reader) -> None:
    senators()
    hold_senate(tie=("Vice President of the United States", "Yea"), on="July 15, 2025, 08:07 PM")
    vote = reader.get("/votes/119/senate/2025/549")
    assert vote["tie_break"] == {
        "by": "Vice President of the United States",
        "name": "JD Vance",
        "cast": "Yea",
    }
    assert vote["totals"]["yea"] == vote["totals"]["nay"] == 2
    assert [p["member"] for p in vote["positions"]] == ["B001230", "B001261", "K000383", "T000476"]


def test_the_list_is_newest_first_and_read_on_by_cursor(reader: Reader) -> None:
    for number, day in ((1, "3-Jan-2025"), (2, "7-Jan-2025"), (3, "7-Jan-2025")):
        hold_house(number, on=day)
    first = reader.get("/votes?limit=2")
    assert [vote["number"] for vote in first["results"]] == [3, 2]
    rest = reader.ask(first["next"].partition("/api/v1")[2]).json()
    assert [vote["number"] for vote in rest["results"]] == [1]
    assert rest["next"] is None


def test_the_list_is_filtered_by_what_the_contract_names(reader: Reader) -> None:
    senators()
    hold_house(1)
    hold_house(2, result="Failed", issue="H R 4")
    hold_senate(3)

    def numbers(query: str) -> set[int]:
        return {vote["number"] for vote in reader.get(f"/votes?{query}")["results"]}

    assert numbers("chamber=senate") == {3}
    assert numbers("result=rejected") == {2}
    assert numbers("measure=119/hr/4") == {2}
    assert numbers("congress=119&session=1&year=2025") == {1, 2, 3}
    assert numbers("congress=118") == set()


@pytest.mark.parametrize(
    "query", ["chamber=both", "year=12", "result=won", "measure=hr4", "limit=0", "member=T000476", "cursor=x"]
)
def test_a_parameter_that_means_nothing_is_told(reader: Reader, query: str) -> None:
    response = reader.ask(f"/votes?{query}")
    assert response.status_code == 400
    assert response.json()["parameter"] == query.partition("=")[0]


@pytest.mark.parametrize(
    "path",
    [
        "/votes/119/house/2025/124",
        "/votes/119/house/2023/123",
        "/votes/119/joint/2025/123",
        "/votes/119/house/2025/123456789",
        "/members/X000000/votes",
    ],
)
def test_what_is_not_held_is_a_problem(reader: Reader, path: str) -> None:
    hold_house()
    assert reader.ask(path).status_code == 404


def test_a_member_has_a_voting_record(reader: Reader) -> None:
    hold_house(1)
    hold_house(2, votes=[(*vote[:4], "Nay") for vote in HOUSE])
    record = reader.get("/members/B001292/votes")["results"]
    assert [(row["vote"]["number"], row["cast"], row["with_party"]) for row in record] == [
        (2, "Nay", True),
        (1, "Yea", False),
    ]


def test_a_vote_that_did_not_change_is_not_sent_twice_and_a_correction_is(reader: Reader) -> None:
    hold_house()
    tag = reader.ask("/votes/119/house/2025/123").headers["ETag"]
    assert reader.ask("/votes/119/house/2025/123", if_none_match=tag).status_code == 304
    hold_house(votes=[(*HOUSE[0][:4], "Yea"), *HOUSE[1:]])
    again = reader.ask("/votes/119/house/2025/123", if_none_match=tag)
    assert again.status_code == 200 and again.json()["totals"]["yea"] == 5
