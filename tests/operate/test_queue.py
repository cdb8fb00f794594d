"""The doorbell: what rings when, and that a broker which is away holds nobody up."""

from __future__ import annotations

import json
import socket
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.conftest import find_broker
from tests.operate.programs import CHECKOUT, KEY, environment, finish, until
from tracker.celery import app

RING = """
import sys, time
from tracker.celery import app
begun = time.monotonic()
try:
    app.send_task("tracker.ledger.tasks.sweep")
    outcome = "rung"
except Exception as error:
    outcome = type(error).__name__
print(outcome, round(time.monotonic() - begun, 1))
"""


def test_every_ring_of_beat_is_for_a_task_that_exists() -> None:
    app.loader.import_default_modules()
    rung = {entry["task"] for entry in app.conf.beat_schedule.values()}
    assert rung <= set(app.tasks)
    assert rung >= {f"tracker.ledger.tasks.{name}" for name in ("poll", "sweep", "audit", "calendar")}


def test_a_ring_nobody_heard_is_not_heard_twice_later() -> None:
    for entry in app.conf.beat_schedule.values():
        assert entry["options"]["expires"] > 0


def test_messages_are_json_and_are_taken_off_only_when_done() -> None:
    assert list(app.conf.accept_content) == ["json"]
    assert app.conf.task_acks_late
    assert app.conf.task_reject_on_worker_lost


def test_the_period_of_polls_is_the_operators(tmp_path: Path) -> None:
    asked = finish(
        *("-c", "from tracker.celery import app; print(app.conf.beat_schedule['poll']['schedule'])"),
        var=tmp_path,
        SECRET_KEY=KEY,
        POLL_SECONDS="61",
    )
    assert asked.stdout == "61\n"


def test_the_embedded_queue_writes_nowhere_but_in_its_folder(tmp_path: Path) -> None:
    before = set(CHECKOUT.iterdir())
    rung = finish("-c", RING, var=tmp_path, SECRET_KEY=KEY)
    assert rung.stdout.startswith("rung"), rung.stderr
    (message,) = (tmp_path / "broker" / "queue").iterdir()
    assert json.loads(message.read_text())["headers"]["task"] == "tracker.ledger.tasks.sweep"
    assert set(CHECKOUT.iterdir()) == before


@pytest.fixture
def silent_port() -> Iterator[int]:
    """A port that takes connections and never says a word."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        yield server.getsockname()[1]


@pytest.mark.parametrize("url", ["amqp://guest:guest@127.0.0.1:{}//", "redis://127.0.0.1:{}/0"])
def test_a_broker_that_is_away_or_silent_is_given_up_in_seconds(
    tmp_path: Path, url: str, silent_port: int
) -> None:
    for port in (9, silent_port):
        rung = finish(
            "-c", RING, var=tmp_path, timeout=30, SECRET_KEY=KEY, CELERY_BROKER_URL=url.format(port)
        )
        outcome, seconds = rung.stdout.split()
        assert outcome == "OperationalError"
        assert float(seconds) < 15  # without our limits: never


def test_beat_starts_while_its_broker_is_away(tmp_path: Path) -> None:
    settings = {
        "SECRET_KEY": KEY,
        "CELERY_BROKER_URL": "amqp://guest:guest@127.0.0.1:9//",
        "LOG_FORMAT": "plain",
    }
    with (tmp_path / "beat.txt").open("w") as said:
        beat = subprocess.Popen(
            [sys.executable, "-m", "celery", "--app", "tracker", "--quiet", "beat"],
            cwd=CHECKOUT,
            env=environment(tmp_path, **settings),
            stdout=said,
            stderr=said,
        )
    words = (tmp_path / "beat.txt").read_text
    try:
        until(
            lambda: "the broker is away" in words() or beat.poll() is not None,
            "it has tried to ring",
            hint=words,
        )
        assert beat.poll() is None
    finally:
        beat.terminate()
        beat.wait(20)
    assert "Traceback" not in words()


@pytest.mark.parametrize(
    "name",
    [
        pytest.param("rabbitmq", marks=pytest.mark.broker("rabbitmq")),
        pytest.param("redis", marks=pytest.mark.broker("redis")),
    ],
)
def test_a_worker_hears_what_is_rung_through(tmp_path: Path, name: str) -> None:
    settings = {"SECRET_KEY": KEY, "CELERY_BROKER_URL": find_broker(name)}
    assert finish("manage.py", "migrate", var=tmp_path, **settings).returncode == 0
    database = tmp_path / "whereas.sqlite3"
    with closing(sqlite3.connect(database)) as connection, connection:
        connection.execute("INSERT INTO django_session VALUES ('old', '', '2020-01-01 00:00:00')")
    queue = f"whereas-{tmp_path.name}"  # its own: whatever else uses this broker is not to hear it
    ours = f"from tracker.celery import app; app.conf.task_default_queue = {queue!r}; "
    with (tmp_path / "worker.txt").open("w") as said:
        worker = subprocess.Popen(
            [sys.executable, "-c", f"{ours}app.start(['--quiet', 'worker', '--pool', 'threads'])"],
            cwd=CHECKOUT,
            env=environment(tmp_path, **settings),
            stdout=said,
            stderr=said,
        )
    try:
        ring = f"{ours}app.send_task('tracker.operate.tasks.forget_old_sessions')"
        rung = finish("-c", ring, var=tmp_path, **settings)
        assert rung.returncode == 0, rung.stderr
        until(lambda: _sessions(database) == 0, "the task is done", hint=(tmp_path / "worker.txt").read_text)
    finally:
        worker.terminate()
        worker.wait(20)
        forget = f"{ours}connection = app.connection(); connection.default_channel.queue_delete({queue!r})"
        finish("-c", forget, var=tmp_path, **settings)


def _sessions(database: Path) -> int:
    with closing(sqlite3.connect(database)) as connection:
        return int(connection.execute("SELECT count(*) FROM django_session").fetchone()[0])
