"""What the database's own errors come to, made by a real one: which it is, what to do, and what a reader is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from django.db import DatabaseError, ProgrammingError, connection, transaction
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import path
from pytest_django import Settings

from tests.operate.programs import KEY, finish
from tracker.database import cannot_be_written, is_outage, told
from tracker.desk.models import User
from tracker.task import Task

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def takes_no_writes() -> Iterator[None]:
    """The suite's own database, as on a full disk (SQLite) or a standby (PostgreSQL)."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA page_count")
            most = cursor.fetchone()[0]
            cursor.execute(f"PRAGMA max_page_count = {most}")
        else:
            cursor.execute("SET default_transaction_read_only = on")
    yield
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("PRAGMA max_page_count = 1073741823")
        else:
            cursor.execute("SET default_transaction_read_only = off")


def write_much() -> None:
    """More than free pages hold."""
    with transaction.atomic():
        User.objects.bulk_create(
            User(email=f"someone{n}@example.org", role=User.Role.EDITOR, name="n" * 100, password=f"{n:0128}")
            for n in range(2000)
        )


def write(request: HttpRequest) -> HttpResponse:
    write_much()
    return HttpResponse()


urlpatterns = [path("desk/write", write), path("api/v1/write", write)]


def test_one_line_says_which_database_cannot_be_written_why_and_what_to_do(takes_no_writes: None) -> None:
    with pytest.raises(DatabaseError) as caught:
        write_much()
    assert is_outage(caught.value)
    assert cannot_be_written(caught.value)
    line = told(caught.value)
    assert line.startswith(f"the database {connection.settings_dict['NAME']}")
    assert ("make room" if connection.vendor == "sqlite" else "see why it is read-only") in line
    assert line.endswith(", then run the same again")
    assert "\n" not in line
    assert User.objects.count() == 0


def test_whoever_wrote_is_told_that_it_was_not_kept_and_reading_goes_on(
    takes_no_writes: None, settings: Settings
) -> None:
    visitor = Client(raise_request_exception=False)
    assert visitor.get("/measures/").status_code == 200
    settings.ROOT_URLCONF = __name__
    answer = visitor.post("/desk/write")
    assert answer.status_code == 503
    assert answer.headers["Retry-After"] == "30"
    words = answer.content.decode()
    assert "cannot be written just now, so what you sent was not kept" in words
    assert "does not answer" not in words
    problem = visitor.post("/api/v1/write").json()
    assert problem["status"] == 503
    assert problem["title"] == "The database cannot be written"


def test_a_task_that_the_database_failed_says_so_in_one_line(
    takes_no_writes: None, caplog: pytest.LogCaptureFixture
) -> None:
    from tracker.celery import app

    task = app.task(write_much, name="tests.write_much")
    try:
        assert isinstance(task, Task)
        outcome = task.apply()
        assert outcome.failed()
        if connection.vendor == "postgresql":
            return  # whose word for it is that of any mistake, so that its trace is kept
        (record,) = [r for r in caplog.records if r.name == "tracker.task"]
        assert "cannot be written" in record.getMessage()
        assert not [r for r in caplog.records if r.exc_info]
    finally:
        app.tasks.unregister("tests.write_much")


def test_a_mistake_of_ours_is_no_outage() -> None:
    with pytest.raises(DatabaseError) as caught, connection.cursor() as cursor:
        cursor.execute("SELECT colour FROM ledger_measure")
    assert not is_outage(caught.value) or isinstance(caught.value, ProgrammingError)


def corrupt(file: Path) -> None:
    file.write_bytes(b"no database" * 1000)


def a_folder(file: Path) -> None:
    file.mkdir()


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (corrupt, "cannot be used: file is not a database; put a backup in its place"),
        (a_folder, "cannot be used: unable to open database file; make its folder"),
    ],
)
def test_every_command_says_in_one_line_what_ails_the_database(tmp_path: Path, spoil, words: str) -> None:
    file = tmp_path / "ill.sqlite3"
    spoil(file)
    for command in (("migrate",), ("load",), ("run",), ("staff", "add", "me@example.org", "--role", "admin")):
        ended = finish(
            "manage.py", *command, var=tmp_path / "var", SECRET_KEY=KEY, DATABASE_URL=f"sqlite:///{file}"
        )
        assert ended.returncode == 1
        assert ended.stderr.startswith(f"the database {file} {words}"), ended.stderr
        assert len(ended.stderr.splitlines()) == 1
