"""A disk that is full, or read-only, at any moment: one line says so, pages go on, nothing is torn, and room is all it takes."""

from __future__ import annotations

import sqlite3
import time
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from tests.faults.disks import ROOM, disk
from tests.faults.installation import Installation
from tests.following.cast import MailServer
from tests.following.receivers import Receiver
from tests.operate.programs import KEY, Running, finish, free_port, get
from tests.replay import Replay

ON_SQLITE = {"kind": "sqlite"}  # whose file lies on the disk in question, whatever the suite runs on
BEGIN, LATER = "2025-06-01T00:00:00Z", "2025-06-20T12:00:00Z"
FEW = {"CONGRESSES": "119", "MEASURE_TYPES": "sconres,hconres"}

pytestmark = [
    pytest.mark.real_data,
    pytest.mark.django_db,
]  # a minute, and of SQLite's file alone, so it runs once, with those over the full data


def one_line_names(said: str, database: Path) -> None:
    line = said.splitlines()[-1]
    assert line.startswith(f"the database {database} cannot be written: "), said
    assert "make room on its disk" in line
    assert "Traceback" not in said


@pytest.fixture(scope="module")
def replay():
    with Replay.start(("congress-119",), BEGIN) as running:
        yield running


def test_a_load_and_a_poll_that_meet_a_full_disk_go_on_as_soon_as_there_is_room(replay, tmp_path):
    replay.clock(BEGIN)
    with Installation(tmp_path / "undisturbed", replay.url, **ON_SQLITE, **FEW) as whereas:
        whereas.finish("load")
        loaded = whereas.events(), whereas.record()
        replay.clock(LATER)
        whereas.finish("poll")
        polled = whereas.events(), whereas.record()
        room = (tmp_path / "undisturbed" / "whereas.sqlite3").stat().st_size // 1024

    database = tmp_path / "disk" / "whereas.sqlite3"
    replay.clock(BEGIN)
    with (
        disk(tmp_path / "disk") as small,
        Installation(small.folder, replay.url, **ON_SQLITE, **FEW) as whereas,
    ):
        migrated = database.stat().st_size // 1024
        for spare in (0, 400):
            small.size(migrated + spare)
            one_line_names(whereas.finish("load", status=1), database)
        small.size(ROOM)
        whereas.finish("load")
        assert (whereas.events(), whereas.record()) == loaded

        replay.clock(LATER)
        held = database.stat().st_size // 1024
        for share in (0.0, 0.3, 0.6, 0.8):  # in the record, in lists, in votes, in texts
            small.size(held + int((room - held) * share))
            one_line_names(whereas.finish("poll", status=1), database)
        small.size(ROOM)
        whereas.finish("poll")
        assert (whereas.events(), whereas.record()) == polled
        whereas.finish("verify")
        assert whereas.rows("PRAGMA integrity_check") == [("ok",)]


def test_what_is_to_be_delivered_waits_for_room_and_is_delivered_once(tmp_path):
    work = ("shell", "-v0", "-c", "from tests.faults.delivering import work; work()")
    with (
        MailServer() as server,
        called() as receiver,
        disk(tmp_path / "disk") as small,
        Installation(
            small.folder, "http://127.0.0.1:9", EMAIL_URL=f"smtp://127.0.0.1:{server.port}", **ON_SQLITE
        ) as whereas,
    ):
        prepare = f"from tests.faults.delivering import prepare; prepare(20, {receiver.url!r})"
        whereas.finish("shell", "-v0", "-c", prepare)
        whereas.finish("shell", "-v0", "-c", "from tests.faults.delivering import change; change(3)")
        small.fill()
        for _ in range(2):
            one_line_names(whereas.finish(*work, status=1), small.folder / "whereas.sqlite3")
        assert not server.taken and not receiver.got  # not sent and forgotten
        small.size(ROOM)
        whereas.finish(*work)
        whereas.finish(*work)
    assert len(server.taken) == len({mail["To"] for mail in server.taken}) == 20
    assert receiver.events == sorted(set(receiver.events))
    assert len(receiver.events) == 3


@contextmanager
def called():
    receiver = Receiver()
    try:
        yield receiver
    finally:
        receiver.stop()


def test_a_backup_that_finds_no_room_leaves_nothing_and_says_so(tmp_path):
    with disk(tmp_path / "disk", 8) as small:
        assert finish("manage.py", "migrate", var=tmp_path / "var", SECRET_KEY=KEY).returncode == 0
        file = small.folder / "all.zip"
        ended = finish("manage.py", "backup", str(file), var=tmp_path / "var", SECRET_KEY=KEY)
        assert ended.returncode == 1
        assert ended.stderr == f"{file} cannot be written: No space left on device; nothing was left there\n"
        assert list(small.folder.iterdir()) == []


def test_a_first_start_on_a_full_disk_says_what_is_lacking_and_a_later_one_is_as_if_it_had_not_been(tmp_path):
    with disk(tmp_path / "disk", 4) as small:
        var = small.folder / "var"
        for kilobytes in (64, 1500, 4000):
            small.size(kilobytes)
            ended = finish("manage.py", "run", var=var, PORT=str(free_port()))
            assert ended.returncode in (1, 2)
            assert "cannot be written" in ended.stderr.splitlines()[-1]
            assert "Traceback" not in ended.stderr
        small.size(ROOM)
        with Running(var) as site:
            site.wait_until_it_answers()
            assert get(f"{site.url}/measures/118/sres/599/") == 200
            assert get(f"{site.url}/readyz") == 200


def test_a_running_site_whose_disk_is_full_is_read_as_before_and_works_again_by_itself(tmp_path):
    with disk(tmp_path / "disk") as small:
        var = small.folder / "var"
        with Running(var, POLL_SECONDS="1", DEBUG="true", LOG_FORMAT="plain") as site:
            site.wait_until_it_answers()
            small.fill()
            site.until(lambda: "nobody was rung: the broker is away" in site.said(), "beat finds no room")
            time.sleep(3)  # the worker looks into its queue a few times
            for address in ("", "measures/", "measures/118/sres/599/", "api/v1/stats", "readyz", "sources/"):
                assert get(f"{site.url}/{address}") == 200, address
            assert set(site.children()) == {"web", "worker", "beat"}
            assert "Traceback" not in site.said()

            small.size(ROOM)
            before = asked_at(var)
            site.until(lambda: asked_at(var) != before, "it polls again")


def asked_at(var: Path) -> list[tuple[str]]:
    with closing(sqlite3.connect(var / "whereas.sqlite3")) as database:
        return database.execute("SELECT asked_at FROM ledger_source WHERE name = 'govinfo'").fetchall()
