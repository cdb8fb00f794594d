"""What operators' doors say, and to whom."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor
from django.test import Client
from django.utils import timezone
from prometheus_client.parser import text_string_to_metric_families
from pytest_django import DjangoAssertNumQueries, Settings

from tracker.environment import METRICS_FROM
from tracker.ledger.models import DueFetch, Source, measure_pk

pytestmark = pytest.mark.django_db


def _due(
    number: int = 1, *, minutes: int = 60, leased_for: int | None = None, set_aside: bool = False
) -> None:
    now = timezone.now()
    DueFetch.objects.create(
        measure_id=measure_pk(119, "sres", number),
        reason="listed",
        due_at=now - timedelta(minutes=minutes),
        leased_until=None if leased_for is None else now + timedelta(minutes=leased_for),
        set_aside=set_aside,
    )


def test_alive_asks_nobody(client: Client, django_assert_num_queries: DjangoAssertNumQueries) -> None:
    with django_assert_num_queries(0):
        answer = client.get("/healthz")
    assert (answer.status_code, answer.content) == (200, b"alive\n")


def test_ready_where_the_database_answers_and_is_migrated(client: Client) -> None:
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\n")


def test_not_ready_while_migrations_are_pending(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(MigrationExecutor, "migration_plan", lambda *_: [("something", False)])
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: migrations pending\n")


def test_not_ready_without_the_database_and_no_word_of_where_it_is(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object) -> None:
        raise DatabaseError("connection to server at 10.1.2.3 failed")

    monkeypatch.setattr("tracker.operate.health.MigrationExecutor", refuse)
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (503, b"not ready: the database does not answer\n")


def test_work_that_waits_is_said_and_keeps_pages_in_service(client: Client) -> None:
    _due()
    answer = client.get("/readyz")
    assert (answer.status_code, answer.content) == (200, b"ready\nbackground work is waiting\n")


def test_work_does_not_wait_while_it_is_fresh_in_somebodys_hands_or_set_aside(client: Client) -> None:
    _due(1, minutes=5)
    _due(2, set_aside=True)
    assert client.get("/readyz").content == b"ready\n"
    _due(3)
    _due(4, leased_for=3)  # a worker is at it, and the queue is long
    assert client.get("/readyz").content == b"ready\n"


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_no_cache_keeps_what_they_say_and_nothing_is_to_be_posted(client: Client, path: str) -> None:
    assert "no-store" in client.get(path).headers["Cache-Control"]
    assert client.post(path).status_code == 405


def _figures(client: Client) -> dict[str, float]:
    answer = client.get("/metrics")
    assert answer.status_code == 200
    return {
        " ".join([sample.name, *sample.labels.values()]): sample.value
        for family in text_string_to_metric_families(answer.content.decode())
        for sample in family.samples
    }


def test_metrics_are_read_from_the_database_when_asked(client: Client) -> None:
    now = timezone.now()
    Source.objects.create(
        name="govinfo", answered_at=now - timedelta(seconds=90), failures=2, refused_answers=3
    )
    Source.objects.create(name="congress.gov")
    _due(1, minutes=10)
    _due(2, set_aside=True)
    figures = _figures(client)
    assert figures["whereas_due"] == 1
    assert figures["whereas_due_oldest_seconds"] == pytest.approx(600, abs=30)
    assert figures["whereas_set_aside"] == 1
    assert figures["whereas_events"] == 0
    assert figures["whereas_source_failures govinfo"] == 2
    assert figures["whereas_source_refused_answers govinfo"] == 3
    assert figures["whereas_source_lag_seconds govinfo"] == pytest.approx(90, abs=30)
    assert (
        "whereas_source_lag_seconds congress.gov" not in figures
    )  # never answered: no figure, not a small one


@pytest.mark.parametrize(
    ("address", "status"),
    [("127.0.0.1", 200), ("::1", 200), ("192.0.2.7", 404), ("10.0.0.1", 404), ("", 404)],
)
def test_metrics_do_not_exist_but_for_whom_they_are_meant(client: Client, address: str, status: int) -> None:
    assert client.get("/metrics", REMOTE_ADDR=address).status_code == status


def test_metrics_can_be_opened_for_a_network(
    client: Client, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("METRICS_FROM", "10.0.0.0/8")
    settings.METRICS_FROM = METRICS_FROM.value()
    assert client.get("/metrics", REMOTE_ADDR="10.9.9.9").status_code == 200
    assert client.get("/metrics", REMOTE_ADDR="127.0.0.1").status_code == 404


def test_a_proxy_on_this_machine_that_nobody_named_does_not_open_them_to_the_world(client: Client) -> None:
    assert client.get("/metrics", HTTP_X_FORWARDED_FOR="192.0.2.7").status_code == 404
    assert client.get("/metrics", HTTP_FORWARDED="for=192.0.2.7").status_code == 404


def test_the_plan_of_migrations_is_asked_of_this_database() -> None:
    assert (
        MigrationExecutor(connection).migration_plan(MigrationExecutor(connection).loader.graph.leaf_nodes())
        == []
    )
