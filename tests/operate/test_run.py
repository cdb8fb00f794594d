"""`manage.py run`, which `make run` ends in: started, stopped, broken and started again as an operator would see it."""

from __future__ import annotations

import os
import re
import signal
import sqlite3
import urllib.request
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import pytest

from tests.operate.programs import KEY, Running, alive, finish, free_port, get, until


@pytest.fixture(scope="module")
def running(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    """One site for the tests below that only look at it; its sources cannot be reached."""
    with Running(tmp_path_factory.mktemp("site") / "var") as site:
        site.wait_until_it_answers()
        site.until(lambda: "Whereas is at" in site.said(), "it says where it is")
        yield site


def test_it_says_in_plain_lines_what_it_does_where_it_is_and_how_to_get_in(running: Running) -> None:
    running.until(lambda: "staff account" in running.said(), "it says how to make an account")
    said = running.said()
    assert "Wrote a new SECRET_KEY into" in said
    assert "Preparing the database" in said
    assert "loaded the starter record" in said
    assert f"Whereas is at {running.url}/" in said
    given = f"VAR_DIR={running.var} PORT={running.port} "
    assert f"{given}.venv/bin/python manage.py staff add you@example.org --role admin" in said


def test_without_a_network_pages_show_the_starter_record_and_nothing_scary_is_said(running: Running) -> None:
    assert get(f"{running.url}/") == 200
    assert get(f"{running.url}/measures/118/sres/599/") == 200
    assert get(f"{running.url}/sources/") == 200
    assert get(f"{running.url}/readyz") == 200
    running.until(
        lambda: _of_govinfo(running.var, "error") is not None, "the worker has polled and marked the source"
    )
    assert "Traceback" not in running.said()


def test_styles_are_served_under_names_that_never_change_their_meaning(running: Running) -> None:
    with urllib.request.urlopen(f"{running.url}/", timeout=10) as answer:
        page = answer.read().decode()
    (name,) = re.findall(r'href="(/static/css/base\.[0-9a-f]{12}\.css)"', page)
    with urllib.request.urlopen(f"{running.url}{name}", timeout=10) as answer:
        assert "immutable" in answer.headers["Cache-Control"]


def test_it_runs_web_worker_and_beat(running: Running) -> None:
    assert set(running.children()) == {"web", "worker", "beat"}


def test_started_twice_on_one_folder_the_second_says_so(running: Running) -> None:
    var = running.var
    second = finish("manage.py", "run", var=var, PORT=str(free_port()))
    assert second.returncode == 1
    (line,) = second.stderr.splitlines()
    assert line.startswith(f"Whereas runs already on {var} (process {running.process.pid}, {running.url}/).")


def test_a_port_that_is_taken_is_named_with_another_to_take(running: Running, tmp_path: Path) -> None:
    second = finish("manage.py", "run", var=tmp_path, PORT=str(running.port), SECRET_KEY=KEY)
    assert second.returncode == 1
    assert second.stderr.splitlines() == [
        f"PORT={running.port}: something listens on 127.0.0.1:{running.port} already. "
        f"Stop it, or: make run PORT={running.port + 1}"
    ]
    assert not (tmp_path / "whereas.sqlite3").exists()  # nothing half made


def test_a_database_that_cannot_be_used_is_named_in_one_line(tmp_path: Path) -> None:
    nowhere = f"sqlite:///{tmp_path}/not/there.sqlite3"
    ended = finish(
        "manage.py", "run", var=tmp_path, PORT=str(free_port()), SECRET_KEY=KEY, DATABASE_URL=nowhere
    )
    assert ended.returncode == 1
    (line,) = ended.stderr.splitlines()
    assert line.startswith(
        f"the database {tmp_path}/not/there.sqlite3 cannot be used: unable to open database file; "
    )


def test_it_stops_whole_starts_again_with_what_it_had_and_dies_whole(tmp_path: Path) -> None:
    var = tmp_path / "var"
    with Running(var) as first:
        first.wait_until_it_answers()
        family = first.family()
        assert len(family) >= 3
        first.process.send_signal(signal.SIGINT)
        assert first.process.wait(20) == 0
        assert not any(map(alive, family))
        assert "Stopping …" in first.said()
        assert first.said().endswith("Stopped.\n")

    made = finish("manage.py", "staff", "add", "me@example.org", "--role", "admin", var=var)
    assert made.returncode == 0, made.stderr

    just_now = f"{datetime.now(UTC):%Y-%m-%d %H:%M:%S}"
    with closing(sqlite3.connect(var / "whereas.sqlite3")) as database, database:
        # as when it was stopped in the middle of a first load
        database.execute(
            "INSERT OR IGNORE INTO ledger_source (name, failures, stale_answers, refused_answers, marks, rest_asked_for) VALUES ('govinfo', 0, 0, 0, '{}', 0)"
        )
        database.execute("UPDATE ledger_source SET polled_at = ?", [just_now])

    with Running(var) as second:
        second.wait_until_it_answers()
        second.until(lambda: "Whereas is at" in second.said(), "it says where it is")
        said = second.said()
        for once in ("SECRET_KEY", "Preparing", "Collected", "starter record", "staff account"):
            assert once not in said
        assert get(f"{second.url}/measures/118/sres/599/") == 200
        second.until(
            lambda: _of_govinfo(var, "polled_at") not in (None, just_now), "its worker polls at once"
        )
        family = second.family()
        os.kill(second.children()["worker"], signal.SIGKILL)
        assert second.process.wait(20) == 1
        assert "The worker process was killed by SIGKILL. Stopping web and beat." in second.said()
        until(lambda: not any(map(alive, family)), "none is left", seconds=5)


@pytest.mark.postgresql
def test_it_runs_on_postgresql_too(tmp_path: Path) -> None:
    psycopg = pytest.importorskip("psycopg")
    name = f"whereas_run_{os.getpid()}"
    with psycopg.connect(_beside("postgres"), autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
        try:
            with Running(tmp_path / "var", DATABASE_URL=_beside(name)) as site:
                site.wait_until_it_answers()
                assert get(f"{site.url}/measures/118/sres/599/") == 200
                assert get(f"{site.url}/readyz") == 200
                site.process.send_signal(signal.SIGINT)
                assert site.process.wait(20) == 0
            assert not (tmp_path / "var" / "whereas.sqlite3").exists()
        finally:
            admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _beside(name: str) -> str:
    """The address of a database of that name on the server that the suite runs on."""
    parts = urlsplit(os.environ["DATABASE_URL"])
    return urlunsplit(parts._replace(path=f"/{name}"))


def _of_govinfo(var: Path, column: str) -> str | None:
    with closing(sqlite3.connect(var / "whereas.sqlite3")) as connection:
        found = connection.execute(f"SELECT {column} FROM ledger_source WHERE name = 'govinfo'").fetchone()
    return found and found[0]
