"""Members and committees: who represents a place, what a name is put to, what came to a committee."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from django.test import Client

from tests.api.holding import FOREIGN_RELATIONS, TILLIS, WARNOCK, cosponsor, hold, record
from tests.pages.reading import first_words, links, queries, visible
from tracker.ledger import health, people
from tracker.ledger.models import Member
from tracker.records.legislators import CommitteeListed, MemberRecord, SeatRecord, TermRecord
from tracker.records.model import CommitteeRecord, SponsorRecord, SubcommitteeRecord

pytestmark = pytest.mark.django_db

TODAY = date(2026, 11, 24)


def listed(
    bioguide, name, type="rep", state="NC", district=11, party="R", end="2027-01-03", start="2023-01-03"
):
    first, last = name.split(" ", 1)
    term = TermRecord(type, start, end, state, district if type == "rep" else None, party)
    return MemberRecord(bioguide, name, f"{last}, {first}", None, (term,))


THOM = MemberRecord(
    "T000476",
    "Thom Tillis",
    "Tillis, Thom",
    "S384",
    (
        TermRecord("sen", "2015-01-06", "2021-01-03", "NC", None, "R"),
        TermRecord("sen", "2021-01-03", "2027-01-03", "NC", None, "R"),
    ),
)
EDWARDS = listed("E000246", "Chuck Edwards")
FOUSHEE = listed("F000477", "Valerie Foushee", district=4, party="D")
GONE = listed("W000001", "Old Member", district=3, end="2025-01-03")
AT_LARGE = listed("W000002", "Some Wyomingite", state="WY", district=0)


@pytest.fixture(autouse=True)
def _lists():
    people.take_members([THOM, EDWARDS, FOUSHEE, GONE, AT_LARGE], TODAY, current=True)
    people.take_committees(
        [
            CommitteeListed("ssfr00", "Senate Committee on Foreign Relations", "senate", None, "https://www.foreign.senate.gov/"),
            CommitteeListed("ssfr07", "Near East", "senate", "ssfr00", None),
        ],
        current=True,
    )  # fmt: skip
    people.take_seats([SeatRecord("ssfr00", "T000476", "majority", 1, "Chairman"), SeatRecord("ssfr00", "X999999", "minority", 1, None)])  # fmt: skip
    health.of(health.LEGISLATORS)
    health.answered(health.LEGISLATORS, changed=True, marks={})


def page(path, status=200):
    response = Client().get(path)
    assert response.status_code == status, visible(response.content.decode())[:400]
    return response.content.decode()


def test_who_sits_stands_first_and_who_does_not_is_marked():
    words = visible(page("/members/"))
    assert "4 members sit in Congress; 1 sat before" in words
    assert words.index("Thom Tillis") < words.index("Old Member")
    assert "House former" in words


def test_a_state_and_district_give_whoever_represents_it_senators_too():
    html = page("/members/?state=NC&district=11")
    assert first_words(html, "h1") == "Two members represent North Carolina, district 11"
    words = visible(html)
    assert words.index("Thom Tillis") < words.index("Chuck Edwards") and "Foushee" not in words


def test_a_place_with_one_seat_is_at_large():
    assert "One member represents Wyoming, at large" in visible(page("/members/?state=WY&district=0"))


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("q=till", {"T000476"}),
        ("q=Edwards+Chuck", {"E000246"}),
        ("chamber=senate", {"T000476"}),
        ("party=D", {"F000477"}),
        ("state=nc&chamber=house&party=R", {"E000246", "W000001"}),
        ("q=nobody+at+all", set()),
        ("q=%25", set()),
    ],
)
def test_filters_find_members(query, found):
    rows = {link.split("/")[2] for link in links(page(f"/members/?{query}")) if link.startswith("/members/") and link.count("/") == 3}  # fmt: skip
    assert rows == found


@pytest.mark.parametrize("query", ["state=ZZ", "district=11", "state=NC&district=x", "chamber=lords", "party=Q", "colour=red", "page=0"])  # fmt: skip
def test_a_wrong_filter_is_named_with_what_is_accepted(query):
    words = visible(page(f"/members/?{query}", 400))
    assert query.split("&")[-1].split("=")[0] in words and "ccepted" in words


def test_the_list_says_what_it_is_and_of_when():
    assert "the lists of the unitedstates project, as they stood" in visible(page("/members/"))


def test_a_member_has_facts_terms_seats_and_measures():
    hold(record(), record("119/sres/146", sponsors=(WARNOCK,), cosponsors=(cosponsor(TILLIS, "2025-04-02"),)))
    html = page("/members/T000476/")
    words = visible(html)
    assert first_words(html, "h1") == "Thom Tillis"
    assert "Senator Republican North Carolina" in words
    assert "In the Senate since Jan 6, 2015. Sponsor of 1 measure held here, and cosponsor of 1." in words
    assert "Senate Committee on Foreign Relations Chairman" in words
    assert "Term ends Jan 3, 2027" in words and "Jan 3, 2021 to Jan 3, 2027, Republican" in words
    assert {"/measures/119/sres/145/", "/measures/119/sres/146/", "/committees/ssfr00/"} <= links(html)


def test_a_withdrawn_name_is_struck_on_the_members_page_too():
    hold(record(cosponsors=(cosponsor(TILLIS, "2025-04-02", withdrawn_on="2025-04-09"),)))
    html = page("/members/T000476/")
    assert "withdrew Apr 9, 2025" in visible(html) and "<del>A measure numbered 145.</del>" in html
    assert "and cosponsor of 0." in visible(html)


def test_a_member_whom_no_list_knows_has_a_page_all_the_same():
    hold(record(cosponsors=(cosponsor(WARNOCK),)))
    words = visible(page("/members/W000790/"))
    assert "Raphael G. Warnock" in words and "cosponsor of 1" in words
    assert not Member.objects.get(pk="W000790").from_list


def test_a_member_who_left_is_a_former_one():
    assert "Former representative" in visible(page("/members/W000001/"))


def test_an_unknown_id_says_so():
    assert "No member with the id Z999999 is held here." in visible(page("/members/Z999999/", 404))
    assert "No committee with the code zzzz00 is held here." in visible(page("/committees/zzzz00/", 404))


def test_cosponsored_measures_are_paged():
    hold(
        *(record(f"119/sres/{n}", sponsors=(WARNOCK,), cosponsors=(cosponsor(TILLIS),)) for n in range(1, 62))
    )
    assert "Page 1 of 2" in visible(page("/members/T000476/"))
    assert "/measures/119/sres/1/" in links(page("/members/T000476/?page=2"))


def test_committees_stand_by_chamber_with_their_subcommittees_and_what_came():
    hold(record())
    html = page("/committees/")
    assert "Senate Foreign Relations 1 measure Near East" in visible(html)
    assert {"/committees/ssfr00/", "/committees/ssfr07/"} <= links(html)


def test_a_committee_no_list_names_is_listed_apart():
    older = CommitteeRecord("slxx00", "Special Committee on Something", "Senate", "Special")
    hold(record(committees=(older,)))
    words = visible(page("/committees/"))
    assert words.index("No longer listed") < words.index("Special Committee on Something")


def test_a_committees_page_has_seats_measures_activities_and_subcommittees():
    sub = SubcommitteeRecord("ssfr07", "Near East Subcommittee")
    hold(record(committees=(CommitteeRecord(*[getattr(FOREIGN_RELATIONS, f) for f in ("code", "name", "chamber", "type", "activities")], (sub,)),)))  # fmt: skip
    html = page("/committees/ssfr00/")
    words = visible(html)
    assert "1 measure held here was referred to it; the newest was introduced on Mar 27, 2025." in words
    assert "Thom Tillis R-NC Chairman" in words and "X999999" in words
    assert "Mar 27, 2025 Referred To: S.Res. 145" in words
    assert "/committees/ssfr07/" in links(html) and "https://www.foreign.senate.gov/" in links(html)
    assert "1 measure held here was referred to it" in visible(page("/committees/ssfr07/"))
    assert "/committees/ssfr00/" in links(page("/committees/ssfr07/"))


@pytest.mark.parametrize("path", ["/members/", "/members/T000476/", "/committees/", "/committees/ssfr00/"])
def test_lists_cost_the_same_few_queries_for_one_row_and_for_many(path):
    hold(record(cosponsors=(cosponsor(TILLIS),)))
    few = queries(path)
    many = [SponsorRecord(f"Y{n:06}", f"Sen. Name{n}, Given [D-GA]", "D", "GA") for n in range(40)]
    hold(*(record(f"119/sres/{n}", cosponsors=tuple(cosponsor(who) for who in (TILLIS, *many))) for n in range(1, 41)))  # fmt: skip
    assert queries(path) == few < 13


def test_a_hostile_name_stands_literally():
    evil = "<script>alert(1)</script>{{ 1 }}"
    Member.objects.create(bioguide="Q000001", name=evil, sort_name=evil, state=evil, party=evil, sitting=True)
    hold(record(), at=datetime(2025, 4, 1, tzinfo=UTC))
    for path in ("/members/", "/members/Q000001/", f"/members/?q={evil}"):
        html = page(path)
        assert "<script>alert" not in html and "{{ 1 }}" in visible(html)
