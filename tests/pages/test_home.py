"""The first page: its news, its tables, its empty states, and how it tells of a first load."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client, override_settings

from tests.builders import AGREED, COONS, CRUZ, INTRODUCED, KING, REFERRED, SHAHEEN, brought, held
from tests.pages.holding import several
from tests.pages.reading import first_words, links, queries, visible
from tests.vote_builders import HOUSE, hold_house
from tracker.desk.models import Topic, TopicMeasure
from tracker.ledger.by_hand import publish_by_hand
from tracker.ledger.models import Folder, Measure, Source, measure_pk
from tracker.records.model import CosponsorRecord, MeasureRecord
from tracker.records.staff import Sighting, StaffDocument

pytestmark = pytest.mark.django_db

NOW = datetime(2025, 6, 10, 12, tzinfo=UTC)


@pytest.fixture(autouse=True)
def _one_day():
    with time_machine.travel(NOW):
        yield


def home() -> str:
    response = Client().get("/")
    assert response.status_code == 200
    return response.content.decode()


def test_with_nothing_held_it_says_so_and_what_comes_next() -> None:
    assert first_words(home(), "h1") == "Nothing is held here yet"
    assert "python manage.py load" in visible(home())


def test_the_heading_tells_the_last_day_of_the_record() -> None:
    held(1)
    held(2, actions=(AGREED, REFERRED, INTRODUCED))
    held(3, cosponsors=[(KING, "2025-06-02")])
    page = home()
    assert "Monday, June 2, 2025" in visible(page)
    assert first_words(page, "h1") == (
        "The Senate agreed to one resolution; one resolution gained names. No House measure was introduced or moved."
    )


def _entered_by_hand(number: int, **more: Any) -> None:
    record = MeasureRecord(119, "sres", number, title="On bees.", introduced_on="2025-06-09", **more)
    publish_by_hand(StaffDocument(record, (Sighting("press report", "https://paper.example/"),)))


def test_what_staff_entered_is_no_news_of_the_record_and_in_none_of_its_counts() -> None:
    held(1, cosponsors=[(SHAHEEN, "2025-06-02")])
    before = home()
    _entered_by_hand(2, cosponsors=(CosponsorRecord(*COONS[:4], joined_on="2025-06-09"),))
    after = home()
    assert "Monday, June 2, 2025" in visible(after)
    assert "1 measure held" in visible(after)
    assert "Senate resolutions 1 0 0 0 0 1" in visible(after)
    assert first_words(after, "h1") == first_words(before, "h1") == "One resolution gained names."
    gaining = visible(after)[visible(after).index("Gaining names") :]
    assert "S.Res. 2" not in gaining
    assert "On bees." in visible(after)
    assert "as staff entered it, from no official source" in visible(after)


def test_what_staff_entered_is_not_of_the_starter_record() -> None:
    held(1, loading=True)
    Measure.objects.update(origin="starter")
    _entered_by_hand(2)
    words = visible(home())
    assert "Only the starter record is held: 1 measure that come" in words
    assert "Senate resolutions 1 0 0 0 0 1" in words


def test_a_day_that_has_not_come_is_no_news() -> None:
    held(1, actions=(("2125-01-01", "Referred to the Committee on Tomorrow.", None), INTRODUCED))
    assert "Thursday, March 27, 2025" in visible(home())


def test_news_stands_before_housekeeping() -> None:
    held(1)
    brought(1, subjects=["Bees"])
    held(2, introduced_on="2025-06-09")
    brought(2, introduced_on="2025-06-09", actions=(AGREED, REFERRED, INTRODUCED))
    words = visible(home())
    assert words.index("Agreed to; before") < words.index("Introduced by")
    assert "Subjects" not in words


def test_after_a_first_load_it_shows_the_last_day_of_the_record_itself() -> None:
    held(1, loading=True, cosponsors=[(SHAHEEN, "2025-03-27")])
    words = visible(home())
    assert (
        "No change has been seen since this record was first loaded. From the record itself, of Mar 27, 2025:"
        in words
    )
    assert "Introduced by Thomas Tillis R-NC, with 1 cosponsor ( 1 D )" in words


def test_each_number_of_the_table_leads_to_its_list() -> None:
    held(1)
    held(2, actions=(AGREED, REFERRED, INTRODUCED))
    page = home()
    assert "Senate resolutions 1 0 0 1 0 2" in visible(page)
    cell = "/measures/?congress=119&type=sres&status=agreed_to&status=enacted&status=veto_overridden&status=to_archivist"
    assert cell in links(page)
    assert first_words(Client().get(cell).content.decode(), "h1").startswith("1 Senate resolution")


def test_who_gains_names_is_listed_with_how_many_joined_lately() -> None:
    held(1, cosponsors=[(SHAHEEN, "2025-06-02"), (KING, "2025-06-03")])
    held(2, cosponsors=[(CRUZ, "2025-06-01")])
    held(3, cosponsors=[(COONS, "2025-04-01")])
    held(4, cosponsors=[(COONS, "2025-06-02", "2025-06-03")])
    words = visible(home())
    gaining = words[words.index("Gaining names") :]
    assert gaining.index("S.Res. 1 ") < gaining.index("S.Res. 2 ")
    assert "names that joined: +2" in gaining
    assert "S.Res. 3" not in gaining
    assert "S.Res. 4" not in gaining


@override_settings(CONGRESSES=[119], MEASURE_TYPES=["sres", "hres", "hr"])
def test_a_first_load_under_way_shows_how_far_it_is() -> None:
    held(1, loading=True)
    Folder.objects.create(congress=119, type="sres", total=531, done=531, loaded_at=NOW)
    Folder.objects.create(congress=119, type="hres", total=948, done=412)
    words = visible(home())
    assert "The record of the 119th Congress is being fetched: one of three types is held" in words
    assert "Senate resolutions 531, held House resolutions 412 of 948 House bills waits" in words
    before = Client().get("/")["ETag"]
    Folder.objects.filter(type="hres").update(done=500)
    assert Client().get("/")["ETag"] != before
    part = Client().get("/", headers={"HX-Request": "true"})
    assert "500 of 948" in visible(part.content.decode())
    assert b"<html" not in part.content
    assert "HX-Refresh" not in part
    Folder.objects.filter(type="hres").update(loaded_at=NOW)
    Folder.objects.create(congress=119, type="hr", total=0, loaded_at=NOW)
    assert "being fetched" not in home()
    assert Client().get("/", headers={"HX-Request": "true"})["HX-Refresh"] == "true"


@override_settings(CONGRESSES=[119, 118], MEASURE_TYPES=["sres", "hres"])
def test_a_congress_of_which_nothing_or_all_is_held_is_one_line_of_the_load() -> None:
    Folder.objects.create(congress=119, type="sres", total=531, done=531, loaded_at=NOW)
    Folder.objects.create(congress=119, type="hres", total=948, done=412)
    assert "House resolutions 412 of 948 118th Congress waits" in visible(home())
    Folder.objects.filter(type="hres").update(loaded_at=NOW)
    assert "119th Congress all held 118th Congress waits" in visible(home())


@override_settings(CONGRESSES=[120, 119], MEASURE_TYPES=["sres", "hres"])
def test_what_the_source_has_none_of_yet_is_not_waited_for() -> None:
    """A Congress's first days: its folders come with their first measures."""
    Folder.objects.create(congress=119, type="sres", total=531, done=531, loaded_at=NOW)
    Folder.objects.create(congress=119, type="hres", total=948, done=412)
    Folder.objects.create(congress=120, type="sres", absent_since=NOW)
    Folder.objects.create(congress=120, type="hres", total=9, done=3)
    assert "Senate resolutions none yet House resolutions 3 of 9" in visible(home())
    Folder.objects.filter(loaded_at=None, absent_since=None).update(loaded_at=NOW)
    assert "being fetched" not in home()


def test_asking_how_far_a_load_is_costs_one_query(django_assert_num_queries) -> None:
    Folder.objects.create(congress=119, type="hres", total=948, done=412)
    with django_assert_num_queries(1):
        Client().get("/", headers={"HX-Request": "true"})


def _watch(number: int, slug: str = "bees", *, is_public: bool = True) -> None:
    topic, _ = Topic.objects.get_or_create(
        slug=slug, defaults={"name": slug, "is_public": is_public, "changed_at": NOW}
    )
    TopicMeasure.objects.create(topic=topic, measure_id=measure_pk(119, "sres", number), at=NOW)


def test_what_is_watched_here_are_the_measures_in_topics_that_readers_may_see() -> None:
    for number in (1, 2, 3):
        held(number, title=f"Number {number}.")
    assert "Watched here" not in visible(home())
    before = Client().get("/")["ETag"]
    _watch(1)
    _watch(2, "secret", is_public=False)
    assert Client().get("/")["ETag"] != before
    part = visible(home()).partition("Watched here")[2].partition("Gaining names")[0]
    assert "S.Res. 1" in part
    assert "Number 1." in part
    assert "Number 2." not in part


def test_the_closest_votes_of_the_last_days_come_narrowest_first() -> None:
    held(1, cosponsors=[(SHAHEEN, "2025-06-02")])
    hold_house(8, on="30-May-2025", votes=HOUSE[1:])
    hold_house(7, on="29-May-2025")
    hold_house(6, on="11-Mar-2025")  # too long ago
    hold_house(9, on="30-May-2025", kind="2/3 YEA-AND-NAY")  # no majority decides it
    part = home().partition("Closest votes")[2]
    assert re.findall(r'"/votes/119/house/2025/(\d+)/"', part) == ["7", "8"]


def test_a_starter_record_is_called_one() -> None:
    held(1, loading=True)
    assert "starter record" not in home()
    Measure.objects.update(origin="starter")
    held(2, loading=True)
    Measure.objects.filter(number=2).update(origin="starter")
    page = home()
    assert "Only the starter record is held: 2 measures that come with Whereas" in visible(page)
    assert first_words(page, "h1") == "What Congress resolves, from its own record"  # a sample makes no news
    assert "Of what is held, last introduced first: • S.Res. 2" in visible(page)


def test_a_source_that_cannot_be_read_is_named_with_its_last_success() -> None:
    held(1)
    Source.objects.create(name="govinfo", failing_since=datetime(2025, 6, 10, 9, 15, tzinfo=UTC))
    assert "GovInfo cannot be read since Jun 10, 2025, 09:15 UTC." in visible(home())


def test_it_costs_the_same_for_ten_measures_and_for_a_hundred() -> None:
    several(range(1, 11), cosponsors=[(COONS, "2025-06-02")])
    few = queries("/")
    several(range(11, 101), cosponsors=[(COONS, "2025-06-02"), (KING, "2025-06-03")])
    assert queries("/") == few < 16


def test_hostile_words_are_shown_as_they_are() -> None:
    held(1, title="<script>alert(1)</script>", cosponsors=[(COONS, "2025-06-02")])
    assert "<script>alert" not in home()
