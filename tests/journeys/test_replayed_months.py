"""Months of Congress, replayed: polls at uneven moments tell every change once, and end where a load would."""

from __future__ import annotations

import datetime as dt
import random
import sys
from collections import Counter
from collections.abc import Iterator

import pytest
from django.db.models import Count

from tests.journeys.oracle import events
from tests.journeys.test_load import held_against_truth
from tests.replay import TOOL, data_folder
from tracker.ledger import chain
from tracker.ledger.models import ChangeEvent, DueFetch, Measure, Source
from tracker.ledger.polling.run import poll

pytestmark = [pytest.mark.real_data, pytest.mark.django_db(transaction=True)]

START, END = dt.datetime(2025, 2, 1, tzinfo=dt.UTC), dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def moments(seed: int, start: dt.datetime = START, end: dt.datetime = END) -> Iterator[dt.datetime]:
    """Uneven steps, from an hour to three weeks; the last one is `end`."""
    gaps, at = random.Random(seed), start
    while at < end:
        yield at
        at += dt.timedelta(hours=gaps.choice([1, 5, 13, 30, 60, 100, 200, 300, 500]))
    yield end


def implied(folders: list[str], polled: list[dt.datetime]) -> Counter[str]:
    """Events by kind that the files of these moments imply, by the plain second implementation."""
    sys.path.insert(0, str(TOOL.parent))
    from replay.clock import Clock
    from replay.world import World

    world = World([data_folder() / folder for folder in folders], Clock(None, 0))
    stamps = [int(at.timestamp()) for at in polled]
    opened = {place: next((at for at in stamps if at >= born), None) for place, born in world.born.items()}
    found: Counter[str] = Counter()
    for measure in world.measures.values():
        seen = [at for at in stamps if at >= measure.born]
        states = {measure.updated(at): at for at in reversed(seen)}
        if states:
            first = "loaded" if opened[measure.congress, measure.kind] == seen[0] else "introduced"
            found.update(events((measure.xml(at) for at in sorted(states.values())), first))
    return found


def recorded() -> Counter[str]:
    rows = ChangeEvent.objects.exclude(kind="status_changed").values_list("kind").annotate(n=Count("id"))
    return Counter(dict(rows))


def hold_polls_against_files(replayed, client, folders: list[str], polled: list[dt.datetime]) -> None:
    """Poll at each of these moments: no failure, the truth held, the events that the files imply, a chain that holds."""
    replay = replayed(*folders, clock=START.strftime("%Y-%m-%dT%H:%M:%SZ"))
    for at in polled:
        replay.clock(at.strftime("%Y-%m-%dT%H:%M:%SZ"))
        assert [line for report in poll() for line in report.failures] == []
    assert held_against_truth(client, replay) == {}
    assert recorded() == implied(folders, polled)
    assert list(chain.verify()) == []
    assert not DueFetch.objects.exists()


def test_polls_at_uneven_moments_tell_every_change_once_and_end_where_a_load_would(
    replayed, settings, client
):
    settings.CONGRESSES = [119]
    hold_polls_against_files(replayed, client, ["congress-119"], list(moments(7)))


def test_so_do_polls_of_all_folders_served_together(replayed, settings, client):
    settings.CONGRESSES = [113, 114, 115, 116, 117, 118, 119]
    polled = [START, START + dt.timedelta(days=100), START + dt.timedelta(days=103), END]
    hold_polls_against_files(replayed, client, ["congress-119", "congress-118", "families"], polled)


def test_a_poll_with_nothing_new_asks_once_and_writes_nothing_but_the_health_of_the_sources(
    replayed, settings
):
    settings.CONGRESSES, settings.MEASURE_TYPES = [119], ["sres", "sconres"]
    replay = replayed(clock="2025-06-01T00:00:00Z")
    poll()
    poll()
    before, asked = _everything(), replay.stats()
    poll()
    assert _everything() == before
    after = replay.stats()
    assert after["requests"] - asked["requests"] == 1
    assert after["bytes"] - asked["bytes"] < 2_000


def _everything() -> dict[str, list]:
    """All rows of all tables of the record but the sources' health."""
    from django.apps import apps

    return {
        model.__name__: list(model._default_manager.order_by("pk").values_list())
        for model in apps.get_app_config("ledger").get_models()
        if model not in (Source, ChangeEvent) and model._meta.managed
    } | {"events": [ChangeEvent.objects.count(), Measure.objects.count()]}
