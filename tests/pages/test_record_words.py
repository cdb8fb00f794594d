"""How names, days and numbers of the record are printed, and how a path, a bar and a count are drawn."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.congress.measures import TYPES
from tracker.congress.stages import STATUS_LABELS
from tracker.congress.stations import stations
from tracker.ledger.models import Measure
from tracker.pages.found import mark_found
from tracker.pages.templatetags import drawings, record


def test_a_member_is_a_linked_name_with_party_and_state() -> None:
    assert record.member("T000476", "Sen. Tillis, Thomas [R-NC]", "R", "NC") == (
        '<a href="/members/T000476/"><bdi>Thomas Tillis</bdi></a> <span class="party r">R-NC</span>'
    )
    assert record.member(None, "Lawler, Michael", "R", "NY", 17) == (
        '<bdi>Michael Lawler</bdi> <span class="party r">R-NY-17</span>'
    )
    assert record.member(None, None) == "<bdi>someone whom the record does not name</bdi>"
    assert "&lt;b&gt;" in record.member(None, "<b>", "<i>", "NC")


def test_party_counts_stand_most_first_whatever_order_they_are_kept_in() -> None:
    counts = record.party_counts({"I": 1, "D": 1, "R": 6, "L": 0})
    assert re.findall(r">(.*?)</span>", counts) == ["6 R", "1 D", "1 I"]


def test_independents_and_the_unknown_are_grey() -> None:
    assert [record.party_colour(letter) for letter in ("D", "R", "I", "ID", "L", None)] == list("driiii")
    assert record.party(None) == ""


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        (date(2025, 3, 27), '<time datetime="2025-03-27">Mar 27, 2025</time>'),
        ("2025-03-27", '<time datetime="2025-03-27">Mar 27, 2025</time>'),
        ("2025-02-30", "2025-02-30 (date not valid)"),
        ("<b>", "&lt;b&gt; (date not valid)"),
        (None, ""),
    ],
)
def test_days_are_printed_one_way_and_what_is_none_says_so(value: object, shown: str) -> None:
    assert record.day(value) == shown


def test_instants_are_in_utc_whatever_zone_they_come_in() -> None:
    shown = '<time datetime="2026-11-24T20:47:05Z">Nov 24, 2026, 20:47 UTC</time>'
    assert record.instant(datetime(2026, 11, 24, 20, 47, 5, tzinfo=UTC)) == shown
    assert record.instant("2026-11-24T15:47:05-05:00") == shown
    assert record.instant("soon <b>") == "soon &lt;b&gt;"


def test_counts_agree_with_their_nouns() -> None:
    nouns = "cosponsor,cosponsors"
    assert [record.counted(n, nouns) for n in (0, 1, 2, 1852)] == [
        "no cosponsors",
        "1 cosponsor",
        "2 cosponsors",
        "1,852 cosponsors",
    ]


@pytest.mark.parametrize(
    ("query", "text", "marked"),
    [
        ("iran", "Iran and the Iranian people of Tehran", ["Iran", "Iranian"]),
        ("resolutions", "A Resolution on resolving", ["Resolution"]),
        ("war powers", "War Powers Resolution", ["War", "Powers"]),
        ("immigr*", "Immigration", ["Immigration"]),
        ("a.b", "aXb a.b", ["a.b"]),
        ("", "Iran", []),
        ("(", "f(x)", []),
    ],
)
def test_found_words_are_marked_from_their_beginning(query: str, text: str, marked: list[str]) -> None:
    assert re.findall("<mark>(.*?)</mark>", mark_found(text, query)) == marked


@given(st.text(), st.text())
def test_marking_takes_nothing_from_a_text_and_lets_no_markup_through(text: str, query: str) -> None:
    from html import unescape

    shown = mark_found(text, query)
    bare = shown.replace("<mark>", "").replace("</mark>", "")
    assert "<" not in bare
    assert unescape(bare) == text


@pytest.mark.parametrize("type_", sorted(TYPES))
@pytest.mark.parametrize("status", sorted(STATUS_LABELS))
def test_a_path_in_small_has_a_square_for_each_station(type_: str, status: str) -> None:
    drawn = drawings.pips(type_, status)
    squares = drawn.count("h8v8") + drawn.count("h7v7") + drawn.count('class="x"')
    assert squares == len(stations(type_, constitutional_amendment=status == "to_archivist"))


@pytest.mark.parametrize(
    ("type_", "status", "full", "crossed"),
    [
        ("sres", "referred", 2, False),
        ("sres", "agreed_to", 4, False),
        ("sres", "on_calendar", 3, False),
        ("hconres", "passed_house", 4, False),
        ("hr", "on_calendar", 2, False),
        ("hr", "enacted", 6, False),
        ("hr", "vetoed", 5, True),
        ("hjres", "failed", 1, True),
        ("sjres", "to_archivist", 5, False),
        ("hr", "reserved", 0, False),
    ],
)
def test_squares_are_full_as_far_as_a_measure_has_come(
    type_: str, status: str, full: int, crossed: bool
) -> None:
    drawn = drawings.pips(type_, status)
    assert drawn.count("h8v8") == full
    assert ('class="x"' in drawn) is crossed


def test_a_bar_is_as_long_as_the_chamber_and_counts_the_sponsor() -> None:
    measure = Measure(type="sres", sponsor_party="R", cosponsors_by_party={"D": 12, "R": 6})
    drawn = drawings.support(measure)
    assert 'viewBox="0 0 100 12"' in drawn
    assert re.findall(r'class="(\w)" x="(\d+)" width="(\d+)"', drawn) == [("d", "0", "12"), ("r", "12", "7")]
    assert 'd="M51 0v12"' in drawn


def test_a_spark_begins_at_what_stood_before_and_ends_at_what_stands() -> None:
    drawn = drawings.spark(
        [(date(2026, 5, 16), 5), (date(2026, 5, 31), 10)], date(2026, 5, 1), date(2026, 5, 31), 0
    )
    assert 'd="M0 18.0H36.0V10.0H72.0V2.0H72"' in drawn
