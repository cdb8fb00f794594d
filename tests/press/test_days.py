"""Days as articles name them, each as seen from the day of writing."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.press.days import dateline, find_days
from tracker.press.plain import Plain

THURSDAY = date(2025, 6, 19)

MEANT = [  # words, first day, last day
    ("on March 20, 2024,", "2024-03-20", "2024-03-20"),
    ("on Mar. 20", "2025-03-20", "2025-03-20"),
    ("on 20 March 2024", "2024-03-20", "2024-03-20"),
    ("on the 3rd of May", "2025-05-03", "2025-05-03"),
    ("March 20th", "2025-03-20", "2025-03-20"),
    ("on Nov. 8", "2024-11-08", "2024-11-08"),
    ("on 3/20/24", "2024-03-20", "2024-03-20"),
    ("2024-03-20", "2024-03-20", "2024-03-20"),
    ("on Wednesday", "2025-06-18", "2025-06-18"),
    ("Friday, June 13", "2025-06-13", "2025-06-13"),
    ("yesterday", "2025-06-18", "2025-06-18"),
    ("this morning", "2025-06-19", "2025-06-19"),
    ("last month", "2025-05-01", "2025-05-31"),
    ("in March", "2025-03-01", "2025-03-31"),
    ("last October", "2024-10-01", "2024-10-31"),
    ("in late 2023", None, None),
    ("in 2023", "2023-01-01", "2023-12-31"),
    ("three days ago", "2025-06-16", "2025-06-16"),
    ("last year", "2024-01-01", "2024-12-31"),
]


@pytest.mark.parametrize(("words", "first", "last"), MEANT)
def test_words_mean_days(words, first, last):
    found = [(d.first.isoformat(), d.last.isoformat()) for d in find_days(words, THURSDAY)]
    assert found == ([(first, last)] if first else [])


@pytest.mark.parametrize(
    "words",
    [
        "it may pass",
        "a march on Washington",
        "Section 3/4",
        "by a vote of 5-4",
        "page 2024",
        "February 30, 2025",
        "next Tuesday",
    ],
)
def test_what_only_looks_like_a_day_is_none(words):
    assert list(find_days(words, THURSDAY)) == []


def test_last_tuesday_may_be_either_of_two():
    (found,) = find_days("last Tuesday", THURSDAY)
    assert [d for d in (date(2025, 6, 10), date(2025, 6, 17), date(2025, 6, 3)) if found.holds(d)] == [
        date(2025, 6, 10),
        date(2025, 6, 17),
    ]


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 360))
def test_a_day_without_its_year_is_the_last_such_day(today, ago):
    day = today - timedelta(days=ago)
    (found,) = find_days(f"on {day:%B} {day.day}", today)
    assert (found.first.month, found.first.day) == (day.month, day.day)
    assert found.first <= today


@given(st.text(max_size=200), st.dates(date(1800, 1, 1), date(2190, 1, 1)))
def test_no_text_makes_the_reader_of_days_stumble(text, today):
    plain = Plain(text)
    for found in find_days(plain.text, today):
        assert plain.text[found.start : found.end] == found.words


DATELINES = [
    ("Post office\n\nQUINCY, Mass., Feb. 12, 2025 - Rep. Lynch", date(2025, 2, 12)),
    ("Whole milk\n\nBy our farm desk | 7/15/25\n\nMilk", date(2025, 7, 15)),
    ("NOV. 22, 2025. Hours before", date(2025, 11, 22)),
    ("Milk\n\nThe bill was introduced on January 3, 2025, by a senator.", None),
    ("Published: March 4, 2025\nMilk", date(2025, 3, 4)),
]


@pytest.mark.parametrize(("text", "day"), DATELINES)
def test_an_article_gives_its_own_day_at_its_head(text, day):
    assert dateline(text) == day
