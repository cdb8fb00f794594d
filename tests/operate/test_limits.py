"""What a web process will not wait for: a statement, or a cache that is away."""

from __future__ import annotations

import time
from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.db import OperationalError, connection
from django.test import Client
from pytest_django import Settings

from tracker.operate import caching, statements

ENDLESS = {
    "sqlite": "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n) SELECT max(i) FROM n",
    "postgresql": "SELECT pg_sleep(600)",
}


@pytest.fixture
def limited(monkeypatch: pytest.MonkeyPatch) -> Iterator[None]:
    """This connection as a web process has it, but with a limit of a fifth of a second."""
    monkeypatch.setattr(statements, "SECONDS", 0.2)
    connection.ensure_connection()
    wrappers = list(connection.execute_wrappers)
    statements._limit(connection)
    yield
    connection.execute_wrappers[:] = wrappers
    if connection.vendor == "sqlite":
        connection.connection.set_progress_handler(None, 0)
    else:
        with connection.cursor() as cursor:
            cursor.execute("RESET statement_timeout")


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("limited")
def test_a_statement_without_end_is_ended_and_the_connection_is_good_for_the_next() -> None:
    with connection.cursor() as cursor:
        with pytest.raises(OperationalError):
            cursor.execute(ENDLESS[connection.vendor])
            cursor.fetchall()
        cursor.execute("SELECT 1")
        assert cursor.fetchone() == (1,)


@pytest.mark.django_db(transaction=True)
@pytest.mark.usefixtures("limited")
def test_the_clock_is_of_each_statement_not_of_the_connection() -> None:
    if connection.vendor != "sqlite":
        pytest.skip("PostgreSQL keeps its own clock")
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
        time.sleep(0.3)
        cursor.execute(
            "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n LIMIT 50000) SELECT max(i) FROM n"
        )
        assert cursor.fetchone() == (50000,)


@pytest.mark.django_db(transaction=True)
def test_a_connection_opened_twice_is_limited_once() -> None:
    connection.ensure_connection()
    before = list(connection.execute_wrappers)
    try:
        statements._limit(connection)
        once = len(connection.execute_wrappers)
        statements._limit(connection)
        assert len(connection.execute_wrappers) == once
    finally:
        connection.execute_wrappers[:] = before
        if connection.vendor == "sqlite":
            connection.connection.set_progress_handler(None, 0)


@pytest.fixture
def cache_away(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every cache is a Redis on a port where nothing listens."""
    pytest.importorskip("redis")
    away = {
        "LOCATION": "redis://127.0.0.1:9/0",
        "OPTIONS": {"socket_connect_timeout": 1, "socket_timeout": 1},
    }
    settings.CACHES = {
        "default": {"BACKEND": "tracker.operate.caching.ForgivingRedisCache", **away},
        "limits": {"BACKEND": "django.core.cache.backends.redis.RedisCache", **away},
    }
    monkeypatch.setattr(caching.ForgivingRedisCache, "_rests_until", 0.0)


@pytest.mark.usefixtures("cache_away")
def test_a_cache_that_is_away_is_a_miss_and_is_left_alone_for_a_while(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cache.set("key", "value")
    resting = caching.ForgivingRedisCache._rests_until
    assert resting > time.monotonic()
    assert cache.get("key", "nothing") == "nothing"
    assert not cache.delete("key")
    assert caching.ForgivingRedisCache._rests_until == resting  # it was not asked again
    monkeypatch.setattr(caching.ForgivingRedisCache, "_rests_until", 0.0)
    assert cache.get("key") is None
    assert caching.ForgivingRedisCache._rests_until > 0


@pytest.mark.django_db
@pytest.mark.usefixtures("cache_away")
@pytest.mark.parametrize("path", ["/", "/measures/", "/api/v1/measures", "/sources/"])
def test_pages_need_no_cache(client: Client, path: str) -> None:
    assert client.get(path).status_code == 200


@pytest.mark.django_db
@pytest.mark.usefixtures("cache_away")
def test_signing_in_waits_for_it(client: Client) -> None:
    page = client.post("/accounts/login/", {"username": "a@example.org", "password": "anything"})
    assert "Nobody can sign in just now" in page.content.decode()
