"""A small real record, loaded once a module, before sources that each test may make ill; nothing a test does to it stays."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.test import override_settings

from tests.emptying import empty
from tests.faults.ailing import LOADED, Sources, folder_of_two_types, impatient
from tests.replay import Replay
from tracker.ledger import outside
from tracker.ledger.polling import further, run


@pytest.fixture(scope="module")
def _loaded(django_db_setup, django_db_blocker, tmp_path_factory) -> Iterator[Sources]:
    folder = folder_of_two_types(tmp_path_factory.mktemp("sources"))
    clock = LOADED.strftime("%Y-%m-%dT%H:%M:%SZ")
    with Replay.start((folder,), clock, "--etag", "--rate-limit", "1000000") as replay:
        sources = Sources(replay)
        with (
            _named(replay),
            pytest.MonkeyPatch.context() as patch,
            django_db_blocker.unblock(),
        ):
            fetcher = impatient()
            patch.setattr(outside, "fetcher", lambda: fetcher)
            patch.setattr(
                further, "_polls", []
            )  # the record alone; what rooms above fetch has tests of its own
            for name in (
                "poll_house",
                "poll_senate",
            ):  # so have the chambers: tests/journeys/test_replayed_votes.py
                patch.setattr(run, name, lambda source, report, marks, **_: marks)
            try:
                assert sources.poll() == []
                yield sources
            finally:
                empty()


@pytest.fixture
def sources(_loaded: Sources, db, monkeypatch) -> Sources:
    """In June 2025, well, and polled an instant ago."""
    _loaded.replay.faults()
    _loaded.go(LOADED)
    fetcher = impatient()
    monkeypatch.setattr(outside, "fetcher", lambda: fetcher)
    return _loaded


def _named(replay: Replay) -> override_settings:
    return override_settings(
        GOVINFO_URL=replay.url,
        LEGISLATORS_URL=replay.url,
        HOUSE_CLERK_URL=replay.url,
        SENATE_URL=replay.url,
        CONGRESS_API_URL=f"{replay.url}/v3",
        CONGRESS_API_KEY="",
        PACE_SECONDS=0,
        CONGRESSES=[119],
        MEASURE_TYPES=["sres"],
    )
