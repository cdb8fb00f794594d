"""The heading of the first page: from counts of one day to a sentence."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from tracker.pages.news import DayOfRecord, headline

DAY = date(2026, 5, 29)


def news(**what: object) -> str:
    counters = {name: Counter(value) for name, value in what.items() if name != "moved"}
    return headline(DayOfRecord(DAY, **counters, moved=frozenset(what.get("moved", {"hr", "s"}))))


@pytest.mark.parametrize(
    ("what", "sentence"),
    [
        ({"introduced": {"hres": 5}}, "Five resolutions were introduced in the House."),
        ({"introduced": {"sres": 1}}, "One resolution was introduced in the Senate."),
        (
            {"introduced": {"hres": 5, "hr": 23, "s": 1}},
            "Five resolutions and 23 bills were introduced in the House, one bill in the Senate.",
        ),
        (
            {"introduced": {"hres": 5}, "gained": {"hres": 4, "hjres": 3}},
            "Five resolutions were introduced in the House; seven more gained names.",
        ),
        ({"gained": {"hres": 1}, "lost": {"hr": 2}}, "One resolution gained names; two bills lost names."),
        ({"gained": {"hres": 1, "hr": 30}}, "31 measures gained names."),
        ({"came_to": {("hr", "enacted"): 2}}, "Two bills became law."),
        (
            {"came_to": {("sres", "agreed_to"): 2, ("hconres", "agreed_to"): 1}},
            "The Senate agreed to two resolutions; both chambers agreed to one resolution.",
        ),
        ({"came_to": {("sjres", "passed_senate"): 1}}, "The Senate passed one resolution."),
        ({"came_to": {("hjres", "vetoed"): 1}}, "One resolution was vetoed."),
        ({"came_to": {("hconres", "failed"): 2}}, "Two resolutions failed."),
        (
            {"came_to": {("sjres", "to_archivist"): 1}},
            "One resolution went to the states, to amend the Constitution.",
        ),
        (
            {"introduced": {"hres": 2}, "moved": set()},
            "Two resolutions were introduced in the House. No Senate measure was introduced or moved.",
        ),
        ({}, "The record lists nothing new on this day."),
    ],
)
def test_the_day_is_told_in_a_sentence(what: dict[str, object], sentence: str) -> None:
    assert news(**what) == sentence


def test_the_weightiest_comes_first_and_the_rest_is_left_to_the_list() -> None:
    sentence = news(
        came_to={
            ("hr", "enacted"): 1,
            ("sres", "agreed_to"): 1,
            ("hres", "agreed_to"): 1,
            ("hr", "failed"): 1,
        },
        introduced={"s": 4},
        gained={"s": 9},
    )
    assert sentence == (
        "One bill became law; the House agreed to one resolution; the Senate agreed to one resolution; one bill failed."
    )
