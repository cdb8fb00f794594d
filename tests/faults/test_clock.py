"""Polls by a clock that jumps ahead and back, in processes of their own: the ledger's order and its times never go back, nothing
is told twice, and no source is silenced by a time that never came."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.installation import Installation
from tests.replay import Replay

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

FEW = {"CONGRESSES": "119", "MEASURE_TYPES": "hconres"}
BEGIN = "2025-06-01T00:00:00Z"
#: What the clock says beside the true time, and how far the sources are by then.
JUMPS = (
    ("+1d", "2025-06-03"),
    ("+1h", "2025-06-09"),
    ("+30d", "2025-06-14"),
    ("-1d", "2025-06-18"),
)


@pytest.fixture
def faked() -> dict[str, str]:
    found = sorted(Path("/usr/lib").glob("*/faketime/libfaketime.so.1"))
    if not found:
        pytest.skip("libfaketime is not installed")
    return {"LD_PRELOAD": str(found[0])}


def test_a_clock_that_jumps_between_polls_loses_doubles_and_silences_nothing(faked, tmp_path):
    with Replay.start(("congress-119",), BEGIN) as replay:
        with Installation(tmp_path / "steady", replay.url, **FEW) as whereas:
            whereas.finish("load")
            for _, day in JUMPS:
                replay.clock(f"{day}T12:00:00Z")
                whereas.finish("poll")
            events, record = whereas.events(), whereas.record()

        replay.clock(BEGIN)
        with Installation(tmp_path / "jumping", replay.url, **FEW) as whereas:
            whereas.finish("load")
            for beside, day in JUMPS:
                replay.clock(f"{day}T12:00:00Z")
                said = whereas.finish("poll", FAKETIME=beside, **faked)
                if beside.startswith("-"):
                    assert "legislators: asked lately" not in said  # as of a time still to come
            assert whereas.events() == events
            assert whereas.record() == record
            whereas.finish("verify")
            times = [at for (at,) in whereas.rows("SELECT observed_at FROM ledger_changeevent ORDER BY id")]
    assert times == sorted(times)
    assert len(set(times)) >= 3
