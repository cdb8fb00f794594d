"""A client that walks `/changes` while others write: it misses none and sees none twice, whatever commits when."""

from __future__ import annotations

import json
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from itertools import chain
from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.replay import Replay

pytestmark = pytest.mark.django_db

WRITERS = 4
NOWHERE = "http://127.0.0.1:9"  # no source is asked


class Walk:
    """What a reader saw, page by page; filled when the writers are done."""

    pages: list[list[int]]

    @property
    def seen(self) -> list[int]:
        return list(chain.from_iterable(self.pages))


@contextmanager
def walked(whereas: Installation, folder: Path) -> Iterator[Walk]:
    """A reader in a process of its own, while what stands in the `with` goes on."""
    done, walk = folder / "done", Walk()
    call = f"from tests.api.walking import walk; walk({str(done)!r})"
    reader = whereas.start("shell", "--no-imports", "-c", call, API_READS_PER_MINUTE="0")
    try:
        assert reader.stdout
        while (line := reader.stdout.readline()) and line != "begun\n":
            continue
        yield walk
        done.touch()
        said, _ = reader.communicate(timeout=120)
        assert reader.returncode == 0, said
        walk.pages = json.loads(next(line for line in said.splitlines()[::-1] if line.startswith("[[")))
    finally:
        reader.kill()
        reader.wait()


def all_end_well(programs: list[subprocess.Popen[str]]) -> None:
    for program in programs:
        said, _ = program.communicate(timeout=120)
        assert program.returncode == 0, said


def test_while_several_write_none_is_missed_and_none_seen_twice(tmp_path: Path) -> None:
    with Installation(tmp_path, NOWHERE) as whereas:
        with walked(whereas, tmp_path) as walk:
            calls = [
                f"from tests.api.walking import write; write({worker}, 15)"
                for worker in range(1, WRITERS + 1)
            ]
            all_end_well([whereas.start("shell", "--no-imports", "-c", call) for call in calls])
        ids = [row[0] for row in whereas.rows("SELECT id FROM ledger_changeevent ORDER BY id")]
    assert walk.seen == ids == list(range(1, len(ids) + 1))
    assert sum(len(page) < 7 for page in walk.pages) > 3  # it read along, and not only at the end


@pytest.mark.real_data
def test_while_polls_run_none_is_missed_and_none_seen_twice(tmp_path: Path) -> None:
    """A fortnight of the Senate's resolutions, two polls beside each other each day."""
    few = {"CONGRESSES": "119", "MEASURE_TYPES": "sres,sconres"}
    day = datetime(2025, 6, 1, tzinfo=UTC)
    with (
        Replay.start(("congress-119",), f"{day:%Y-%m-%dT%H:%M:%SZ}") as replay,
        Installation(tmp_path, replay.url, **few) as whereas,
    ):
        with walked(whereas, tmp_path) as walk:
            whereas.finish("load")
            for n in range(1, 15):
                replay.clock(f"{day + timedelta(days=n):%Y-%m-%dT%H:%M:%SZ}")
                all_end_well([whereas.start("poll"), whereas.start("poll")])
        ids = [row[0] for row in whereas.rows("SELECT id FROM ledger_changeevent ORDER BY id")]
        told = whereas.rows("SELECT COUNT(*) FROM ledger_changeevent WHERE kind <> 'loaded'")
        whereas.finish("verify")
    assert walk.seen == ids == list(range(1, len(ids) + 1))
    assert told[0][0] > 50
