"""`/members` and `/committees`."""

from __future__ import annotations

import pytest

from tests.api.conftest import Reader
from tests.api.holding import FOREIGN_RELATIONS, LAWLER, TILLIS, WARNOCK, cosponsor, hold, record
from tracker.ledger.models import Committee, CommitteeSeat, Member

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def known() -> None:
    """Three members named by measures, one of them in the list of members too, and one who is only there."""
    hold(
        record(cosponsors=(cosponsor(WARNOCK), cosponsor(LAWLER, withdrawn_on="2025-05-01"), cosponsor(LAWLER, "2025-05-02"))),
        record("119/sres/146", sponsors=(WARNOCK,), committees=()),
    )  # fmt: skip
    term = {
        "type": "sen",
        "start": "2021-01-03",
        "end": "2027-01-03",
        "state": "NC",
        "district": None,
        "party": "R",
    }
    Member.objects.filter(pk="T000476").update(sitting=True, from_list=True, terms=[term])
    Member.objects.create(
        bioguide="A000001", name="Ana Álvarez", sort_name="Álvarez, Ana", chamber="house", party="D", state="AK",
        district=0, sitting=True, from_list=True,
    )  # fmt: skip
    Committee.objects.filter(pk="ssfr00").update(current=True)
    Committee.objects.create(code="ssfr01", name="Europe", chamber="senate", parent="ssfr00")
    CommitteeSeat.objects.create(committee="ssfr00", member="X000001", side="minority", rank=1, title=None)
    CommitteeSeat.objects.create(
        committee="ssfr00", member="T000476", side="majority", rank=1, title="Chairman"
    )


def ids(reader: Reader, query: str) -> list[str]:
    return [member["id"] for member in reader.get(f"/members?{query}")["results"]]


def test_members_are_listed_by_name_with_every_key(reader: Reader) -> None:
    first = reader.get("/members?q=tillis")["results"][0]
    assert first == {
        "id": "T000476",
        "name": "Thomas Tillis",
        "party": "R",
        "state": "NC",
        "district": None,
        "chamber": "senate",
        "sitting": True,
        "url": "http://testserver/members/T000476/",
    }


@pytest.mark.parametrize(
    ("query", "expected"),
    [
        ("", {"A000001", "L000599", "T000476", "W000790"}),
        ("state=NC", {"T000476"}),
        ("state=AK&district=0", {"A000001"}),
        ("state=NY&district=17", {"L000599"}),
        ("chamber=senate", {"T000476", "W000790"}),
        ("party=D", {"A000001", "W000790"}),
        ("sitting=true", {"A000001", "T000476"}),
        ("sitting=false", {"L000599", "W000790"}),
        ("q=lawler michael", {"L000599"}),
        ("q=law%25", set()),
    ],
)
def test_members_are_found_by_who_represents_whom(reader: Reader, query: str, expected: set[str]) -> None:
    assert set(ids(reader, query)) == expected


def test_pages_hold_every_member_once(reader: Reader) -> None:
    everyone = ids(reader, "limit=250")
    assert [m["id"] for page in reader.pages("/members?limit=1") for m in page] == everyone
    assert len(everyone) == 4


def test_a_member_has_terms_committees_and_counts(reader: Reader) -> None:
    tillis = reader.get("/members/T000476")
    assert list(tillis)[8:] == ["terms", "sponsored", "cosponsored", "committees", "entries"]
    assert tillis["terms"] == [
        {
            "type": "sen",
            "start": "2021-01-03",
            "end": "2027-01-03",
            "state": "NC",
            "district": None,
            "party": "R",
        }
    ]
    assert (tillis["sponsored"], tillis["cosponsored"]) == (1, 0)
    assert tillis["committees"] == [
        {
            "code": "ssfr00",
            "name": FOREIGN_RELATIONS.name,
            "side": "majority",
            "rank": 1,
            "title": "Chairman",
        }
    ]
    assert reader.get("/members/L000599")["cosponsored"] == 1  # left it and joined it again
    assert TILLIS.member == tillis["id"]


def test_committees_are_listed_by_code(reader: Reader) -> None:
    assert reader.get("/committees")["results"] == [
        {
            "code": "ssfr00",
            "name": FOREIGN_RELATIONS.name,
            "chamber": "senate",
            "parent": None,
            "current": True,
            "url": "http://testserver/committees/ssfr00/",
        },
        {
            "code": "ssfr01",
            "name": "Europe",
            "chamber": "senate",
            "parent": "ssfr00",
            "current": False,
            "url": "http://testserver/committees/ssfr01/",
        },
    ]
    assert [c["code"] for c in reader.get("/committees?parent=ssfr00")["results"]] == ["ssfr01"]
    assert [c["code"] for c in reader.get("/committees?current=true&chamber=senate")["results"]] == ["ssfr00"]
    assert [c["code"] for page in reader.pages("/committees?limit=1") for c in page] == ["ssfr00", "ssfr01"]


def test_a_committee_has_seats_subcommittees_and_measures(reader: Reader) -> None:
    committee = reader.get("/committees/ssfr00")
    assert committee["measures"] == 1
    assert committee["by_status"] == {"referred": 1}
    assert [part["code"] for part in committee["subcommittees"]] == ["ssfr01"]
    assert [(seat["member"], seat["name"], seat["side"], seat["title"]) for seat in committee["seats"]] == [
        ("T000476", "Thomas Tillis", "majority", "Chairman"),
        ("X000001", None, "minority", None),
    ]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("/members?state=XX", "state"),
        ("/members?district=-1", "district"),
        ("/members?sitting=yes", "sitting"),
        ("/members?party=Green", "party"),
        ("/members?chamber=joint", "chamber"),
        ("/members?cursor=WzFd", "cursor"),
        ("/committees?parent=SSFR", "parent"),
        ("/committees?limit=x", "limit"),
    ],
)
def test_a_parameter_that_means_nothing_is_named(reader: Reader, query: str, parameter: str) -> None:
    assert reader.problem(query, 400)["parameter"] == parameter
