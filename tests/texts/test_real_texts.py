"""The texts of a whole Congress's Senate resolutions, as a first poll brings them, and what two of them say of each other."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tests.replay import Replay
from tracker.ledger import outside
from tracker.ledger.models import TextVersion, measure_pk
from tracker.texts import fetching
from tracker.texts.clauses import clauses_of
from tracker.texts.compare import compare_clauses
from tracker.texts.models import MeasureText
from tracker.texts.polling import poll_texts

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]


@pytest.fixture
def loaded(settings, django_db_setup):
    """The Senate's resolutions of two Congresses, loaded, their texts not asked for yet."""
    with Replay.start(("congress-119", "congress-118")) as replay:
        settings.GOVINFO_URL = settings.LEGISLATORS_URL = replay.url
        settings.CONGRESSES, settings.MEASURE_TYPES, settings.PACE_SECONDS = [119, 118], ["sres"], 0
        outside.fetcher.cache_clear()
        call_command("load", verbosity=0)
        yield replay
        outside.fetcher.cache_clear()


def test_a_first_poll_brings_every_text_in_four_zips_and_the_next_asks_nothing(
    loaded: Replay, monkeypatch
) -> None:
    listed = TextVersion.objects.count()
    before = loaded.stats()
    report = poll_texts()
    assert report.failures == []
    assert report.held == listed == 585 + 1_038
    assert loaded.stats()["requests"] - before["requests"] == 4
    poll_texts()
    assert loaded.stats()["requests"] - before["requests"] == 4
    assert set(MeasureText.objects.values_list("state", "format")) == {("held", "bill-dtd")}

    old = clauses_of(measure_pk(118, "sres", 599))
    new = clauses_of(measure_pk(119, "sres", 145))
    assert old is not None and new is not None
    comparison = compare_clauses(old.clauses, new.clauses)
    assert comparison.counts == {"new": 2, "edited": 3, "same": 24, "moved": 0}
    told = {row.clause.anchor: [e.before or e.after for e in row.edits if e.kind != "same"] for row in comparison.rows
            if row.kind == "edited"}  # fmt: skip
    assert told == {
        "w13": ["two ", "2 ", "seven ", "7 "],
        "w22": ["3,600 ", "4,000 ", "125 ", "130 "],
        "r1": ["the "],
    }
    assert [row.clause.anchor for row in comparison.rows if row.kind == "new"] == ["w2", "w6"]
    assert [row.clause.anchor for row in comparison.rows if row.kind == "same"][-5:] == [
        "p1",
        "p2",
        "p3",
        "p4",
        "p5",
    ]


def test_singly_they_come_as_well(loaded: Replay, monkeypatch) -> None:
    monkeypatch.setattr(fetching, "WORTH_A_ZIP", 10_000)
    monkeypatch.setattr(fetching, "SINGLY_A_POLL", 60)
    report = poll_texts()
    assert (report.failures, report.held) == ([], 60)
    assert report.waiting == 585 + 1_038 - 60
