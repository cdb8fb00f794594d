"""What every test may rely on: databases that can be emptied, and what is skipped, by name, where it is not found."""

from __future__ import annotations

import os
import shutil
import socket
from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from django.core.cache import caches
from django.db import connection
from django.test import TransactionTestCase
from hypothesis import HealthCheck, settings

from tests.emptying import empty
from tests.replay import data_folder

# A busy machine is no fault.
settings.register_profile("patient", deadline=None, suppress_health_check=[HealthCheck.too_slow])
settings.load_profile("patient")

BROKERS = {
    "rabbitmq": os.environ.get("TEST_RABBITMQ_URL", "amqp://guest:guest@127.0.0.1:5672//"),
    "redis": os.environ.get("TEST_REDIS_URL", "redis://127.0.0.1:6379/9"),
}

_flush = TransactionTestCase._fixture_teardown


TransactionTestCase._fixture_teardown = lambda case: empty(lambda: _flush(case))


def pytest_runtest_setup(item: pytest.Item) -> None:
    if item.get_closest_marker("real_data"):
        data_folder()
    if item.get_closest_marker("browser"):
        find_chromium()
    if item.get_closest_marker("postgresql") and connection.vendor != "postgresql":
        pytest.skip("DATABASE_URL names no PostgreSQL server")
    if broker := item.get_closest_marker("broker"):
        find_broker(broker.args[0])


def find_chromium() -> str:
    """Path of the distribution's Chromium; skips the test where there is none."""
    found = next(filter(None, map(shutil.which, ("chromium", "chromium-browser", "google-chrome"))), None)
    if found is None:
        pytest.skip("no Chromium is installed")
    return found


def find_broker(name: str) -> str:
    """The address of a broker that listens ("rabbitmq" or "redis"); skips the test where none does."""
    url = BROKERS[name]
    parts = urlsplit(url)
    try:
        socket.create_connection((parts.hostname or "", parts.port or 0), timeout=1).close()
    except OSError:
        pytest.skip(f"no {name} listens on {parts.hostname}:{parts.port}")
    return url


@pytest.fixture
def real_data() -> Path:
    return data_folder()


@pytest.fixture
def chromium() -> str:
    return find_chromium()


@pytest.fixture(autouse=True)
def _nothing_cached() -> Iterator[None]:
    """No test sees another's counters or rendered pages."""
    for cache in caches.all():
        cache.clear()
    yield
