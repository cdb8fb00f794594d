"""The calendar, read by a second library: one event a measure and day, whose UID never changes."""

from __future__ import annotations

import pytest
from django.test import Client
from icalendar import Calendar, Event
from pytest_django import DjangoAssertNumQueries

from tests.builders import AGREED, INTRODUCED, REFERRED, held

pytestmark = pytest.mark.django_db

UID = "119-sres-145-2025-03-27@testserver"


def events(client: Client, address: str = "/calendar.ics") -> dict[str, Event]:
    answer = client.get(address)
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert max(len(line) for line in answer.content.split(b"\r\n")) <= 75
    found = Calendar.from_ical(answer.content).walk("VEVENT")
    return {str(event["uid"]): event for event in found}


def test_the_actions_of_a_day_are_one_event(client: Client) -> None:
    held()
    (event,) = events(client).values()
    assert event["uid"] == UID
    assert event["summary"] == "S.Res. 145 (119th): Referred to the Committee on Foreign Relations."
    assert "Introduced in Senate" in event["description"]
    assert event["dtstart"].dt.isoformat() == "2025-03-27"
    assert event["url"] == "http://testserver/measures/119/sres/145/"
    assert event["sequence"] == 0


def test_a_day_whose_record_changes_keeps_its_uid_and_counts_up(client: Client) -> None:
    held()
    reworded = ("2025-03-27", "Referred to the Committee on Foreign Relations. (text: CR S1912)", None)
    held(updated_at="2025-04-01T10:00:00Z", actions=[reworded, INTRODUCED])
    assert events(client)[UID]["sequence"] == 1
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, reworded, INTRODUCED])
    assert len(events(client)) == 2
    assert events(client)[UID]["sequence"] == 1


def test_a_day_that_was_taken_back_stays_as_cancelled(client: Client) -> None:
    held(actions=[AGREED, REFERRED, INTRODUCED])
    held(updated_at="2025-06-09T10:00:00Z", actions=[REFERRED, INTRODUCED])
    gone = events(client)["119-sres-145-2025-06-02@testserver"]
    assert gone["status"] == "CANCELLED"
    assert gone["sequence"] == 1


def test_filters_choose_the_measures(client: Client) -> None:
    held()
    held(146, title="A resolution on bridges.", actions=[AGREED, INTRODUCED])
    assert set(events(client, "/calendar.ics?q=bridges")) == {
        "119-sres-146-2025-03-27@testserver",
        "119-sres-146-2025-06-02@testserver",
    }
    assert client.get("/calendar.ics?status=zzz").status_code == 400


def test_an_unchanged_calendar_costs_one_query(
    client: Client, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    held()
    first = client.get("/calendar.ics")
    with django_assert_num_queries(1):
        assert client.get("/calendar.ics", HTTP_IF_NONE_MATCH=first.headers["ETag"]).status_code == 304
