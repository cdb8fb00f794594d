"""Loads and polls that are killed at any moment, or run beside one another: not one event is lost, doubled or invented."""

from __future__ import annotations

import random
import time

import pytest

from tests.faults.installation import Installation
from tests.replay import Replay

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

FEW = {"CONGRESSES": "119", "MEASURE_TYPES": "sres,sconres,hconres"}
BEGIN, LATER = "2025-06-01T00:00:00Z", "2025-06-20T12:00:00Z"
LOAD_POINTS = (
    "parsed",
    "in transaction",
    "documents written",
    "events written",
    "before commit",
    "committed",
)
POLL_POINTS = (*LOAD_POINTS, "listed", "lease taken", "fetched", "between files")
RANDOM_KILLS = 34  # with the failpoints, fifty


@pytest.fixture(scope="module")
def replay():
    with Replay.start(("congress-119",), BEGIN) as running:
        yield running


@pytest.fixture(scope="module")
def undisturbed(replay, tmp_path_factory) -> dict:
    """What a load and a poll come to when nobody kills them, and how long each takes."""
    replay.clock(BEGIN)
    with Installation(tmp_path_factory.mktemp("undisturbed"), replay.url, **FEW) as whereas:
        begun = time.monotonic()
        whereas.finish("load")
        loaded = {"events": whereas.events(), "record": whereas.record(), "seconds": time.monotonic() - begun}
        replay.clock(LATER)
        begun = time.monotonic()
        whereas.finish("poll")
        polled = {"events": whereas.events(), "record": whereas.record(), "seconds": time.monotonic() - begun}
    return {"load": loaded, "poll": polled}


def compare(whereas: Installation, expected: dict) -> None:
    assert whereas.events() - expected["events"] == {}  # invented or doubled
    assert expected["events"] - whereas.events() == {}  # lost
    assert whereas.record() == expected["record"]
    whereas.finish("verify")


@pytest.mark.parametrize("point", LOAD_POINTS)
def test_a_load_killed_at_a_failpoint_goes_on_where_it_was(point, replay, undisturbed, tmp_path):
    replay.clock(BEGIN)
    with Installation(tmp_path, replay.url, **FEW) as whereas:
        assert whereas.killed("load", WHEREAS_FAILPOINT=f"{point}:3")
        whereas.finish("load")
        compare(whereas, undisturbed["load"])


@pytest.mark.parametrize("point", POLL_POINTS)
def test_a_poll_killed_at_a_failpoint_works_at_once_when_it_is_run_again(
    point, replay, undisturbed, tmp_path
):
    replay.clock(BEGIN)
    with Installation(tmp_path, replay.url, **FEW) as whereas:
        whereas.finish("load")
        replay.clock(LATER)
        nth = 1 if point in ("listed", "lease taken") else 4
        assert whereas.killed("poll", WHEREAS_FAILPOINT=f"{point}:{nth}")
        whereas.finish("poll")
        compare(whereas, undisturbed["poll"])


def test_loads_and_polls_killed_at_random_moments_lose_and_double_nothing(replay, undisturbed, tmp_path):
    moments, kills, round_ = random.Random(50), 0, 0
    while kills < RANDOM_KILLS:
        round_ += 1
        replay.clock(BEGIN)
        with Installation(tmp_path / str(round_), replay.url, **FEW) as whereas:
            for command, clock in (("load", BEGIN), ("poll", LATER)):
                replay.clock(clock)
                longest = undisturbed[command]["seconds"]
                for _ in range(4):
                    kills += whereas.killed(command, after=moments.uniform(0.25, 1.0) * longest)
                whereas.finish(command)
                compare(whereas, undisturbed[command])


def test_three_polls_at_once_make_the_events_of_one(replay, undisturbed, tmp_path):
    for turn in range(3):
        replay.clock(BEGIN)
        with Installation(tmp_path / str(turn), replay.url, **FEW) as whereas:
            _together(whereas, "load")
            compare(whereas, undisturbed["load"])
            replay.clock(LATER)
            _together(whereas, "poll")
            compare(whereas, undisturbed["poll"])


def _together(whereas: Installation, command: str) -> None:
    running = [whereas.start(command) for _ in range(3)]
    for process in running:
        said, _ = process.communicate(timeout=300)
        assert process.returncode == 0, said
        assert "locked" not in said
