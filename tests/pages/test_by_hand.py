"""The pages of a measure that staff entered: what marks them, and what stays when it was withdrawn."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from tests.builders import held
from tests.pages.reading import links, queries, visible
from tracker.ledger.by_hand import publish_by_hand, withdraw_by_hand
from tracker.ledger.models import Measure
from tracker.records.model import MeasureRecord, SponsorRecord
from tracker.records.staff import Sighting, StaffDocument

pytestmark = pytest.mark.django_db

ADDRESS = "/measures/119/sres/145/"
TILLIS = SponsorRecord("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC")
RECORD = MeasureRecord(119, "sres", 145, title="On refugees.", introduced_on="2025-03-27", sponsors=(TILLIS,))


def entered(what: str = "press report", *, read_alone: bool = False) -> Measure:
    seen = (Sighting(what, "https://paper.example/a?b=1&c=2", "2025-03-28", "The <Paper>"),)
    before = timezone.now() - timedelta(days=3)
    publish_by_hand(StaffDocument(RECORD, seen, read_alone=read_alone), now=before)
    return Measure.objects.get(origin=Measure.Origin.STAFF)


def page(address: str = ADDRESS, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status, address
    assert not response.cookies
    return response.content.decode()


@pytest.mark.parametrize(
    ("what", "words"),
    [
        ("press report", "Entered by staff from a press report, not yet in any official source."),
        ("chamber’s site", "Entered by staff from the chamber’s site, not yet"),
        ("agency or archive", "Entered by staff from an agency or archive, not yet"),
        ("other", "Entered by staff from what they saw elsewhere, not yet"),
    ],
)
def test_it_says_from_what_it_was_entered_and_where_that_was_seen(what: str, words: str) -> None:
    entered(what)
    html = page()
    assert words in visible(html) and "The <Paper>" in visible(html)
    assert "https://paper.example/a?b=1&c=2" in links(html)
    assert "Read by a second person before it was published." in visible(html)
    assert "Actions, as staff entered them" in visible(html) and "Official actions" not in visible(html)


def test_one_that_nobody_else_read_says_so() -> None:
    entered(read_alone=True)
    assert "Published without a second reader." in visible(page())


def test_an_official_record_bears_no_such_mark() -> None:
    held()
    for address in (ADDRESS, "/measures/", "/"):
        assert "entered by staff" not in visible(page(address)).lower()


def test_one_withdrawn_says_why_and_leads_to_what_stood_before() -> None:
    withdraw_by_hand(entered(), "The number was <wrong>.")
    html = page(status=410)
    assert "Withdrawn: our staff had entered this by mistake" in visible(html)
    assert "The number was <wrong>." in visible(html)
    (then,) = [link for link in links(html) if link.startswith("?as_of=")]
    earlier = visible(page(f"{ADDRESS}{then}"))
    assert "On refugees." in earlier and "Entered by staff" in earlier
    assert "On refugees." not in visible(page("/measures/"))
    assert "On refugees." not in visible(page("/measures/?q=refugees"))
    assert Client().get("/search?q=S.Res.+145+of+the+119th+Congress").status_code == 302
    assert "No measures" in visible(Client().get("/measures/?q=S.Res.+145").content.decode())


CLAIMS = (
    "nobody has cosponsored",
    "stands alone",
    "none withdrew",
    "no sponsor is named",
    "the source lists",
    "official actions",
    "the official record relates",
    "as the official records list",
    "the record lists",
    "no summary",
    "congressional research service",
    "no roll call is listed",
    "no action in the",
    "congress.gov",
    "none named",
    "none listed",
)


@pytest.mark.parametrize("part", ["", "actions/", "changes/", "sponsors/", "text/", "votes/", "related/"])
def test_what_staff_left_empty_is_no_claim(part: str) -> None:
    entered()
    html = page(ADDRESS + part)
    said = visible(html).lower()
    assert [claim for claim in CLAIMS if claim in said] == []
    assert not [link for link in links(html) if "www.congress.gov" in link]


def test_what_staff_left_empty_is_said_to_be_theirs() -> None:
    entered()
    words = visible(page())
    assert "Staff entered no cosponsors." in words and "Sponsor Thomas Tillis" in words
    assert "Staff entered no actions." in words
    assert "Related measures" not in words and "What it says" not in words
    assert "Staff entered no cosponsors" in visible(page("/embed/119/sres/145/"))
    assert "Staff entered no actions" in visible(page(f"{ADDRESS}actions/"))


def test_an_official_record_keeps_its_claims() -> None:
    held(146, actions=())
    words = visible(page("/measures/119/sres/146/"))
    for said in ("stands alone: nobody has cosponsored it", "The source lists no action", "At Congress.gov"):
        assert said in words
    assert "Staff entered" not in words
    assert "No cosponsors" in visible(page("/embed/119/sres/146/"))


def test_a_mark_costs_no_query() -> None:
    held(146)
    official = queries("/measures/119/sres/146/"), queries("/measures/")
    entered()
    assert (queries(ADDRESS), queries("/measures/")) == official
