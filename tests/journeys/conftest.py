"""Journeys begin at the replayed sources."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack

import pytest

from tests.replay import Replay
from tracker.ledger import outside

Start = Callable[..., Replay]


@pytest.fixture
def replayed(settings) -> Iterator[Start]:
    """Starts a replay server (as `Replay.start`) and makes it every source of this process, unpaced."""
    with ExitStack() as stack:

        def start(*folders: str, clock: str | None = None, options: tuple[str, ...] = ()) -> Replay:
            replay = stack.enter_context(Replay.start(folders or ("congress-119",), clock, *options))
            settings.GOVINFO_URL = settings.LEGISLATORS_URL = replay.url
            settings.HOUSE_CLERK_URL = settings.SENATE_URL = replay.url
            settings.CONGRESS_API_URL = f"{replay.url}/v3"
            settings.PACE_SECONDS = 0
            outside.fetcher.cache_clear()
            return replay

        yield start
    outside.fetcher.cache_clear()
