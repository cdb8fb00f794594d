from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

import pytest

from tests.sources.loopback import Loopback
from tracker.sources.http import Fetched, Fetcher, Limits, Question
from tracker.sources.pauses import Pace

NOON = datetime(2026, 3, 2, 12, 0, tzinfo=UTC)

#: Small in size, so that a fault costs little; patient, so that a busy machine is no fault.
SMALL = Limits(
    document_seconds=60,
    zip_seconds=60,
    document_bytes=100_000,
    zip_bytes=200_000,
    ratio_from_bytes=10_000,
    zip_members=20,
    member_bytes=60_000,
    unpacked_bytes=150_000,
)


@dataclass
class Asker:
    """A fetcher whose waits take no time and are written down, and whose clock stands at noon."""

    server: Loopback
    limits: Limits = SMALL
    slept: list[float] = field(default_factory=list)
    now: datetime = NOON

    def __post_init__(self) -> None:
        self.fetcher = Fetcher(
            site_url="https://tracker.example",
            version="1.2",
            pace_seconds=0,
            limits=self.limits,
            pace=Pace(),
            sleep=self.slept.append,
            now=lambda: self.now,
            jitter=lambda: 1.0,
        )

    def get(self, path: str = "/a.xml", **question: Any) -> Fetched:
        into = question.pop("into", None)
        given = {"source": "govinfo", "what": "sitemap of 119/sres", "form": "xml", **question}
        return self.fetcher.get(Question(url=self.server.url + path, **given), into)


@pytest.fixture
def server() -> Iterator[Loopback]:
    running = Loopback()
    yield running
    running.stop()


@pytest.fixture
def asker(server: Loopback) -> Iterator[Asker]:
    made = Asker(server)
    yield made
    made.fetcher.close()
