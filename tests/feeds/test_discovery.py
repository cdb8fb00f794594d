"""Feeds and calendars are found from the pages they belong to, and choose what the list chooses, by every filter."""

from __future__ import annotations

import re
from html import unescape

import feedparser
import pytest
from django.test import Client
from django.utils import timezone
from icalendar import Calendar

from tests.builders import AGREED, COONS, INTRODUCED, REFERRED, brought, held
from tracker.desk.models import Topic
from tracker.ledger.filters import FILTERS

pytestmark = pytest.mark.django_db

LINK = re.compile(r'<link rel="alternate" type="(.*?)" href="(.*?)" title="(.*?)">')
ATOM, DAYS = "application/atom+xml", "text/calendar"
EVERYTHING = {ATOM: "/feeds/changes.atom", DAYS: "/calendar.ics"}
OF_THE_MEASURE = {ATOM: "/measures/119/sres/145/changes.atom"}

PAGES = {
    "/": EVERYTHING,
    "/changes/": EVERYTHING,
    "/changes/?type=sres&kind=introduced": {
        ATOM: "/feeds/changes.atom?type=sres&kind=introduced",
        DAYS: "/calendar.ics?type=sres",
    },
    "/measures/": {ATOM: "/measures/changes.atom", DAYS: "/calendar.ics"},
    "/measures/?q=refugees&sort=number": {
        ATOM: "/measures/changes.atom?q=refugees&sort=number",
        DAYS: "/calendar.ics?q=refugees&sort=number",
    },
    **{
        f"/measures/119/sres/145/{part}": OF_THE_MEASURE
        for part in ("", "actions/", "changes/", "text/", "votes/")
    },
    "/members/T000476/": {ATOM: "/members/T000476/changes.atom", DAYS: "/calendar.ics?sponsor=T000476"},
    "/committees/ssfr00/": {ATOM: "/committees/ssfr00/changes.atom", DAYS: "/calendar.ics?committee=ssfr00"},
    "/topics/bees/": {ATOM: "/topics/bees/changes.atom", DAYS: "/calendar.ics?topic=bees"},
    **dict.fromkeys(
        ("/members/", "/committees/", "/topics/", "/votes/", "/sources/", "/nowhere/"), EVERYTHING
    ),
}


@pytest.fixture(autouse=True)
def some() -> None:
    held()
    held(146, title="A resolution on bridges.", actions=[AGREED, REFERRED, INTRODUCED], subjects=["Bridges"])
    brought(147, cosponsors=[(COONS, "2025-03-27")], committees=[("ssju00", "Judiciary Committee")])
    topic = Topic.objects.create(slug="bees", name="Bees", is_public=True, changed_at=timezone.now())
    topic.measures.create(measure_id=1198000146, at=timezone.now())


@pytest.mark.parametrize("page", PAGES)
def test_each_page_names_its_feed_and_its_calendar(client: Client, page: str) -> None:
    found = {kind: unescape(href) for kind, href, _ in LINK.findall(client.get(page).content.decode())}
    assert found == PAGES[page]
    for kind, href in found.items():
        answer = client.get(href)
        assert (answer.status_code, answer.headers["Content-Type"].partition(";")[0]) == (200, kind)


QUERIES = {
    "type": "sres",
    "congress": "119",
    "status": "agreed_to",
    "chamber": "senate",
    "sponsor": "T000476",
    "party": "R",
    "committee": "ssju00",
    "subject": "Bridges",
    "topic": "bees",
    "introduced_after": "2025-03-01",
    "introduced_before": "2025-03-27",
    "changed_after": "2025-03-01",
    "q": "bridges",
}


def test_every_filter_of_lists_is_tried_here() -> None:
    assert set(QUERIES) == {row.name for row in FILTERS.values() if row.always}


@pytest.mark.parametrize("name", QUERIES)
def test_a_feed_and_a_calendar_hold_the_measures_of_the_list(client: Client, name: str) -> None:
    query = f"{name}={QUERIES[name]}"
    listed = {row["number"] for row in client.get(f"/api/v1/measures?{query}").json()["results"]}
    for address in ("/measures/changes.atom", "/feeds/changes.atom"):
        items = feedparser.parse(client.get(f"{address}?{query}").content).entries
        assert {int(item.title.split()[1]) for item in items} == listed
    days = Calendar.from_ical(client.get(f"/calendar.ics?{query}").content).walk("VEVENT")
    assert {int(day["uid"].split("-")[2]) for day in days} == listed
