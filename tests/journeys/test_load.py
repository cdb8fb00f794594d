"""A first load of the real data: everything is held, exactly, and a second load finds nothing to do."""

from __future__ import annotations

import pytest
from django.core.management import call_command

from tracker.ledger import chain
from tracker.ledger.audit import audit
from tracker.ledger.models import ChangeEvent, Measure

pytestmark = [pytest.mark.real_data, pytest.mark.django_db(transaction=True)]

#: The replay's names for what `/api/v1/stats` counts, where they differ.
RENAMED = {"textVersions": "text_versions"}


def truth_as_stats(truth: dict[str, int]) -> dict[str, int]:
    return {RENAMED.get(name, name): count for name, count in truth.items()}


def stats(client) -> dict:
    answer = client.get("/api/v1/stats")
    assert answer.status_code == 200
    return answer.json()


def held_against_truth(client, replay) -> dict[str, tuple[int, int]]:
    """What differs between the API's counts and the truth: {name: (held, true)}."""
    held = stats(client)
    return {
        name: (held[name], count)
        for name, count in truth_as_stats(replay.truth()).items()
        if held[name] != count
    }


def test_a_load_of_the_119th_holds_exactly_what_the_sources_list(replayed, settings, client):
    settings.CONGRESSES = [119]
    replay = replayed()
    call_command("load", congress=[119])
    assert held_against_truth(client, replay) == {}
    assert stats(client)["changes"] == {"loaded": 11_448}
    assert list(chain.verify()) == []

    call_command("load", congress=[119])
    assert replay.stats()["zip"] == 16  # eight times read, eight times not modified
    call_command("poll")
    assert ChangeEvent.objects.count() == 11_448
    assert audit() == []


def test_all_folders_served_together_are_held_together(replayed, settings, client):
    settings.CONGRESSES = [113, 114, 115, 116, 117, 118, 119]
    replay = replayed("congress-119", "congress-118", "families")
    call_command("load")
    assert held_against_truth(client, replay) == {}
    assert Measure.objects.filter(congress=118).count() == 3_101
    assert not Measure.objects.filter(congress__lt=119, status__in=["introduced", "referred"]).exists()
