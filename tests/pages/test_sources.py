"""The page of sources says first what is wrong, and then all that is known of each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.pages.reading import first_words, queries, visible
from tracker.ledger import chain
from tracker.ledger.models import DueFetch, Folder, Measure, Source, UnknownPart
from tracker.pages.source_health import State, headline, health

NOW = datetime(2026, 11, 24, 12, tzinfo=UTC)
QUARTER = timedelta(minutes=15)


def source(name="govinfo", *, asked=5, answered=5, failing=None, **fields) -> Source:
    """A source asked and answering so many minutes ago."""

    def ago(minutes):
        return None if minutes is None else NOW - timedelta(minutes=minutes)

    return Source(
        name=name, asked_at=ago(asked), answered_at=ago(answered), failing_since=ago(failing), **fields
    )


def healths(*rows, off=()):
    names = ("govinfo", "congress.gov", "legislators")
    by_name = {row.name: row for row in rows}
    return [health(name, by_name.get(name), NOW, poll=QUARTER, off=name in off) for name in names]


WELL = [source(), source("congress.gov"), source("legislators")]


@pytest.mark.parametrize(
    ("rows", "off", "said"),
    [
        ([], (), "No source has been asked yet"),
        (WELL, (), "All three sources answered within the last hour"),
        ([WELL[0], WELL[2]], ("congress.gov",), "Both sources answered within the last hour"),
        (
            [source(answered=180), *WELL[1:]],
            (),
            "All three sources answered within the last 3 hours",
        ),
        (
            [source(failing=100, answered=165), *WELL[1:]],
            (),
            "GovInfo has not answered since Nov 24, 2026, 09:15 UTC",
        ),
        (
            [*WELL[:2], source("legislators", failing=100, answered=None)],
            (),
            "The lists of members and committees have not answered since Nov 24, 2026, 10:20 UTC",
        ),
        (
            [source(failing=100), source("congress.gov", failing=100), WELL[2]],
            (),
            "Two of three sources do not answer",
        ),
        (
            [source(name, failing=100) for name in ("govinfo", "congress.gov", "legislators")],
            (),
            "None of three sources answers",
        ),
        ([WELL[0]], ("congress.gov",), "The lists of members and committees have not been asked yet; what was asked answers"),
        ([source(name, asked=300, answered=300) for name in ("govinfo", "congress.gov", "legislators")], (), "No source has been asked since Nov 24, 2026, 07:00 UTC"),
    ],
)  # fmt: skip
def test_the_heading_is_the_news(rows, off, said):
    assert headline(healths(*rows, off=off)) == said


@pytest.mark.parametrize(
    ("row", "off", "state"),
    [
        (None, False, State.NEVER),
        (None, True, State.OFF),
        (source(), False, State.ANSWERS),
        (source(failing=10), False, State.FAILS),
        (source(failing=10, rests_until=NOW + QUARTER), False, State.RESTS),
        (source(failing=10, rests_until=NOW - QUARTER), False, State.FAILS),
        (source(asked=59), False, State.ANSWERS),
        (source(asked=61), False, State.SILENT),
    ],
)
def test_a_source_has_one_state(row, off, state):
    assert health("govinfo", row, NOW, poll=QUARTER, off=off).state is state


@pytest.fixture(autouse=True)
def _one_moment():
    with time_machine.travel(NOW, tick=False):
        yield


def page(path="/sources/", status=200):
    response = Client().get(path)
    assert response.status_code == status
    return response.content.decode()


@pytest.mark.django_db
def test_an_empty_tracker_says_that_nothing_was_asked_and_how_to_begin():
    words = visible(page())
    assert "No source has been asked yet" in words
    assert "Nothing is held yet." in words and "python manage.py load" in words
    assert "No event yet." in words


@pytest.mark.django_db
def test_a_failing_source_is_named_with_its_error_and_when_it_is_asked_again():
    source(failing=45, answered=165, failures=7, error="govinfo: sitemap index: 503", rests_until=NOW + QUARTER, stale_answers=3, refused_answers=2).save()  # fmt: skip
    html = page()
    assert first_words(html, "h1") == "GovInfo has not answered since Nov 24, 2026, 09:15 UTC"
    words = visible(html)
    assert "Pages show what is held" in words
    assert "govinfo: sitemap index: 503 Since Nov 24, 2026, 11:15 UTC, 7 tries in a row." in words
    assert "Rests until Nov 24, 2026, 12:15 UTC." in words
    assert "3 answers older than what is held, 2 that failed a check" in words


@pytest.mark.django_db
def test_gaps_in_the_numbers_are_told_and_how_far_a_first_load_is():
    hold(record("119/sres/1"), record("119/sres/4"))
    Folder(congress=119, type="hr", total=6413, done=1200).save()
    words = visible(page())
    assert "S.Res. 2 4 2" in words  # held, highest, gap
    assert "1,200 of 6,413" in words and "2 measures" in words


@pytest.mark.django_db
def test_what_is_due_set_aside_in_doubt_gone_and_unknown_is_named():
    hold(record(cosponsors=tuple(cosponsor(WARNOCK, f"2025-04-0{n}") for n in range(1, 5))))
    DueFetch(measure_id=1198000145, reason="listed", due_at=NOW - QUARTER, error="404 for two days").save()
    DueFetch(measure_id=1198000146, reason="listed", due_at=NOW, set_aside=True).save()
    Measure.objects.update(unconfirmed_since=NOW, unconfirmed_reason="the source lists no cosponsors just now", vanished_at=NOW)  # fmt: skip
    UnknownPart(
        path="bill/coSponsorList", documents=12, first_seen_at=NOW, last_measure="119/sres/145"
    ).save()
    words = visible(page())
    assert "Waiting 1 file, the oldest since Nov 24, 2026, 11:45 UTC" in words
    assert "Set aside 1 file" in words and "404 for two days" in words
    assert "The source lists no cosponsors just now; since Nov 24, 2026, 12:00 UTC" in words
    assert "Gone from the source S.Res. 145" in words
    assert "bill/coSponsorList in 12 documents" in words


@pytest.mark.django_db
def test_the_head_of_the_ledger_is_published():
    hold(record())
    head = chain.head()
    html = page()
    assert head.hash in html and "Events 1" in visible(html) and "manage.py verify" in html


@pytest.mark.django_db
def test_the_page_costs_few_queries_whatever_is_held():
    hold(record())
    few = queries("/sources/")
    hold(*(record(f"119/sres/{n}") for n in range(200, 230)))
    assert queries("/sources/") == few < 15


@pytest.mark.django_db
def test_an_unknown_parameter_is_named():
    assert "colour" in visible(page("/sources/?colour=red", 400))
