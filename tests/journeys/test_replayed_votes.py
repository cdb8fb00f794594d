"""Votes of the two chambers, replayed: polls find them by themselves as days go by, and hold what was published."""

from __future__ import annotations

import zipfile
from datetime import UTC, datetime, timedelta

import pytest
import time_machine
from django.db.models import Count, Q

from tests.replay import data_folder
from tracker.ledger import chain
from tracker.ledger.models import ChangeEvent, Position, RollCall
from tracker.ledger.polling.run import poll
from tracker.ledger.votes import rebuild_votes

pytestmark = [pytest.mark.real_data, pytest.mark.django_db(transaction=True)]


def _numbers() -> list[tuple[str, int, int]]:
    return sorted(RollCall.objects.values_list("chamber", "year", "number"))


def test_polls_find_new_votes_by_themselves_as_days_go_by(replayed, settings) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sconres"]
    at = datetime(2025, 2, 20, 12, tzinfo=UTC)
    replay = replayed(clock=f"{at:%Y-%m-%dT%H:%M:%SZ}")
    found = []
    for _ in range(4):
        replay.clock(f"{at:%Y-%m-%dT%H:%M:%SZ}")
        with time_machine.travel(at):
            reports = poll()
        assert [line for report in reports for line in report.failures] == []
        assert RollCall.objects.filter(on__gt=at.date()).count() == 0
        found.append(RollCall.objects.count())
        at += timedelta(days=5)
    assert found == sorted(set(found)), "each of these weeks had votes"
    taken = {path for path in _published() if path[3] <= (at - timedelta(days=5)).date().isoformat()}
    assert set(_numbers()) == {path[:3] for path in taken}


def test_all_votes_are_held_with_every_voter_known_and_no_total_in_doubt(replayed, settings) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sconres"]
    replayed()
    poll()
    assert set(_numbers()) == {path[:3] for path in _published()}
    assert RollCall.objects.exclude(doubt=None).count() == 0
    counted = Position.objects.values("vote").annotate(
        yeas=Count("place", filter=Q(position="yea")), nays=Count("place", filter=Q(position="nay"))
    )
    by_vote = {row["vote"]: (row["yeas"], row["nays"]) for row in counted}
    assert all(by_vote[vote.pk] == (vote.yea, vote.nay) for vote in RollCall.objects.all())
    unknown = Position.objects.filter(member=None).values_list("voter", "name").distinct()
    assert {voter for voter, _ in unknown} <= {"S350", "S419", "S421"}
    assert all(name for _, name in unknown)
    assert list(chain.verify()) == []


def test_a_rebuild_of_all_votes_changes_nothing_and_makes_no_event(replayed, settings) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sconres"]
    replayed()
    poll()
    before, events = (
        list(Position.objects.order_by("vote_id", "place").values_list()),
        ChangeEvent.objects.count(),
    )
    assert rebuild_votes() == 475
    assert list(Position.objects.order_by("vote_id", "place").values_list()) == before
    assert ChangeEvent.objects.count() == events


def test_a_senate_that_forbids_us_stops_neither_the_house_nor_the_measures(replayed, settings) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sconres"]
    replayed(options=("--forbid-senate",))
    reports = {report.source: report for report in poll()}
    (line,) = reports["senate"].failures
    assert "403" in line
    assert RollCall.objects.filter(chamber="house").count() == 328
    assert reports["govinfo"].failures == []
    assert [line for report in poll() for line in report.failures] == []  # it is not asked again for a day


def _published() -> list[tuple[str, int, int, str]]:
    """(chamber, year, number, day) of every file of the data set, by the plainest of readings."""
    found = []
    with zipfile.ZipFile(data_folder() / "congress-119" / "roll-calls-119.zip") as archive:
        for name in archive.namelist():
            if not name.endswith(".xml"):
                continue
            words = archive.read(name).decode()
            if name.startswith("house"):
                day = datetime.strptime(words.split("<action-date>")[1].split("<")[0], "%d-%b-%Y").date()
                number = int(name[-7:-4].lstrip("l"))
                found.append(("house", int(name.split("/")[1]), number, day.isoformat()))
            else:
                written = words.split("<vote_date>")[1].split("<")[0]
                day = datetime.strptime(", ".join(written.split(", ")[:2]), "%B %d, %Y").date()
                year = int(words.split("<congress_year>")[1].split("<")[0])
                found.append(("senate", year, int(name[-9:-4]), day.isoformat()))
    return found


ILL = ["truncate", "garbage", "empty", "html", "flip", "bomb", "xxe", "gzipbomb"]


@pytest.mark.parametrize("kind", ILL)
def test_bad_bodies_change_nothing_that_is_held_and_heal_with_the_next_good_one(
    replayed, settings, kind: str
) -> None:
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sconres"]
    replay = replayed(clock="2025-01-16T12:00:00Z")
    start = datetime(2025, 1, 16, 12, tzinfo=UTC)
    with time_machine.travel(start):
        poll()
    held = list(Position.objects.order_by("vote_id", "place").values_list())
    assert held
    replay.clock("2025-01-24T12:00:00Z")
    fault = {
        "match": r"roll\d+\.xml|vote_119_1_\d+\.xml|index\.asp|vote_menu",
        "kind": kind,
        "times": 999_999,
    }
    replay.faults(fault | ({"megabytes": 100} if kind == "gzipbomb" else {}))
    with time_machine.travel(start + timedelta(days=8)):
        failures = [line for report in poll() for line in report.failures]
    assert failures and all(len(line) < 400 and line.isprintable() for line in failures)
    assert {line.split(":")[0] for line in failures} == {"house-clerk", "senate"}
    assert list(Position.objects.order_by("vote_id", "place").values_list()) == held
    replay.faults()
    with time_machine.travel(start + timedelta(days=8, hours=2)):
        assert [line for report in poll() for line in report.failures] == []
    assert set(_numbers()) == {path[:3] for path in _published() if path[3] < "2025-01-24"}
    assert list(chain.verify()) == []
