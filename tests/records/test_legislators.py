"""The community's lists of members and committees."""

from __future__ import annotations

from pathlib import Path

import pytest

from tracker.records.legislators import (
    CommitteeListed,
    MemberRecord,
    SeatRecord,
    TermRecord,
    committee_code,
    read_committee_seats,
    read_committees,
    read_legislators,
)
from tracker.records.model import DocumentRefused

MEMBERS = b"""
- id: {bioguide: C000127, lis: S275, bioguide_previous: [F000455, X000001]}
  name: {first: Maria, last: Cantwell, official_full: Maria Cantwell}
  terms:
  - {type: rep, start: '1993-01-05', end: '1995-01-03', state: WA, district: 1, party: Democrat}
  - {type: sen, start: '2025-01-03', end: '2031-01-03', state: WA, class: 1, party: Democrat}
- id: {bioguide: K000383}
  name: {first: Angus, last: King, suffix: Jr.}
  terms:
  - {type: sen, start: 2013-01-03, end: 2019-01-03, state: ME, party: Independent}
  - {type: prez, start: '2013-01-03', end: '2019-01-03'}
- id: {govtrack: 1}
  name: {last: Nobody}
- just a text
"""


def test_members_have_names_terms_and_earlier_ids() -> None:
    cantwell, king = read_legislators(MEMBERS)
    assert cantwell == MemberRecord(
        "C000127",
        "Maria Cantwell",
        "Cantwell, Maria",
        "S275",
        (
            TermRecord("rep", "1993-01-05", "1995-01-03", "WA", 1, "D"),
            TermRecord("sen", "2025-01-03", "2031-01-03", "WA", None, "D"),
        ),
        ("F000455", "X000001"),
    )
    assert (king.name, king.sort_name, king.lis, king.previous) == (
        "Angus King, Jr.",
        "King, Angus",
        None,
        (),
    )
    assert king.terms == (TermRecord("sen", "2013-01-03", "2019-01-03", "ME", None, "I"),)


def test_committees_are_followed_by_their_subcommittees_under_the_records_codes() -> None:
    body = b"""
- {type: senate, name: Senate Committee on Foreign Relations, thomas_id: SSFR, url: 'https://foreign.senate.gov/',
   subcommittees: [{name: East Asia, thomas_id: '01'}, {name: Nobody}]}
- {type: joint, name: Joint Economic Committee, thomas_id: JSEC}
"""
    assert read_committees(body) == [
        CommitteeListed(
            "ssfr00", "Senate Committee on Foreign Relations", "senate", None, "https://foreign.senate.gov/"
        ),
        CommitteeListed("ssfr01", "East Asia", "senate", "ssfr00", None),
        CommitteeListed("jsec00", "Joint Economic Committee", "joint", None, None),
    ]


def test_seats_name_committee_member_side_rank_and_title() -> None:
    body = b"""
SSFR: [{name: A, party: majority, rank: 1, title: Chairman, bioguide: R000584}, {name: B, party: minority, bioguide: S001181}]
SSFR01: [{name: A, party: majority, rank: 2, bioguide: R000584}, {name: A, party: majority, rank: 3, bioguide: R000584}]
"""
    assert read_committee_seats(body) == [
        SeatRecord("ssfr00", "R000584", "majority", 1, "Chairman"),
        SeatRecord("ssfr00", "S001181", "minority", None, None),
        SeatRecord("ssfr01", "R000584", "majority", 2, None),
    ]


@pytest.mark.parametrize(("thomas", "code"), [("SSFR", "ssfr00"), ("HSAG15", "hsag15"), ("JSEC", "jsec00")])
def test_codes_are_those_of_the_records(thomas: str, code: str) -> None:
    assert committee_code(thomas) == code


@pytest.mark.parametrize("reader", [read_legislators, read_committees, read_committee_seats])
@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"<!doctype html><title>404</title>",
        b"a: [",
        b"[]",
        b"{}",
        b"- 1",
        b"x: 1",
        b"\x00",
        b"!!python/object/apply:os.getcwd []",
        b"[" * 3000,
    ],
)
def test_what_is_no_such_list_is_refused_in_one_line(reader: object, body: bytes) -> None:
    with pytest.raises(DocumentRefused) as refused:
        reader(body)
    assert "\n" not in str(refused.value)


@pytest.mark.real_data
def test_the_real_lists_are_read_whole(real_data: Path) -> None:
    members = read_legislators((real_data / "legislators-current.yaml").read_bytes())
    assert len(members) == 537
    assert sum(member.lis is not None for member in members) == 100
    assert {term.party for member in members for term in member.terms} <= {"D", "R", "I", "ID", "L"}
    current = read_committees((real_data / "committees-current.yaml").read_bytes())
    historical = read_committees((real_data / "committees-historical.yaml").read_bytes())
    assert len({committee.code for committee in current}) == len(current)
    assert all(len(committee.code) == 6 for committee in (*current, *historical))
    seats = read_committee_seats((real_data / "committee-membership-current.yaml").read_bytes())
    known = {member.bioguide for member in members}
    assert len({(seat.committee, seat.member) for seat in seats}) == len(seats) > 3_000
    assert {seat.member for seat in seats} <= known
    assert {seat.committee for seat in seats} <= {committee.code for committee in current}
