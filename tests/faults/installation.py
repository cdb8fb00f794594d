"""An installation of its own, on the kind of database that the suite runs on, whose programs can be killed at any moment."""

from __future__ import annotations

import functools
import hashlib
import os
import secrets
import signal
import sqlite3
import subprocess
import sys
import tempfile
from collections import Counter
from contextlib import closing
from pathlib import Path
from typing import Any

from django.db import connection

from tests.operate.programs import CHECKOUT, KEY, environment, finish


@functools.cache
def _migrated() -> bytes:
    """SQLite's file as migrating leaves it: made once, since it takes seconds, and begun with many times."""
    with tempfile.TemporaryDirectory() as var:
        made = finish("manage.py", "migrate", "--verbosity=0", var=Path(var), SECRET_KEY=KEY)
        assert made.returncode == 0, made.stderr
        return Path(var, "whereas.sqlite3").read_bytes()


class Installation:
    """A database of its own and the sources at `url`; use it in a `with`."""

    def __init__(self, var: Path, url: str, *, kind: str | None = None, **settings: str) -> None:
        var.mkdir(parents=True, exist_ok=True)
        self._name = f"whereas_{secrets.token_hex(6)}"
        self._file = var / "whereas.sqlite3"
        self._postgresql = (kind or connection.vendor) == "postgresql"
        address = self._address() if self._postgresql else f"sqlite:///{self._file}"
        self._environment = environment(
            var,
            SECRET_KEY=KEY,
            DATABASE_URL=address,
            GOVINFO_URL=url,
            LEGISLATORS_URL=url,
            HOUSE_CLERK_URL=url,
            SENATE_URL=url,
            CONGRESS_API_URL=f"{url}/v3",
            PACE_SECONDS="0",
            DEBUG="true",
            **settings,
        )

    def __enter__(self) -> Installation:
        if self._postgresql:
            self._ask_server(f"CREATE DATABASE {self._name}")
            self.finish("migrate", "--verbosity=0")
        else:
            self._file.write_bytes(_migrated())
        return self

    def __exit__(self, *_: object) -> None:
        if self._postgresql:
            self._ask_server(f"DROP DATABASE {self._name} WITH (FORCE)")

    def start(self, *command: str, **settings: str) -> subprocess.Popen[str]:
        """A management command in the background, in a process group of its own."""
        return subprocess.Popen(
            [sys.executable, "manage.py", *command],
            cwd=CHECKOUT,
            env=self._environment | settings,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
            start_new_session=True,
        )

    def finish(self, *command: str, status: int = 0, **settings: str) -> str:
        """Run a management command to its end, which must be `status`; answers what it said."""
        with self.start(*command, **settings) as process:
            said, _ = process.communicate(timeout=300)
        assert process.returncode == status, said
        return said

    def killed(self, *command: str, after: float | None = None, **settings: str) -> bool:
        """Run a command and kill it with SIGKILL after so many seconds (or by its failpoint); whether that came before its end."""
        with self.start(*command, **settings) as process:
            try:
                process.communicate(timeout=after or 120)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.communicate()
        return process.returncode == -signal.SIGKILL

    def events(self) -> Counter[tuple[Any, ...]]:
        """What the ledger tells, without the moments of telling it."""
        return Counter(
            self.rows(
                "SELECT kind, measure_id, subject, before, after, occurred_on, document_id FROM ledger_changeevent"
            )
        )

    def record(self) -> dict[str, str]:
        """A digest of each table of the record, as a reader would see it."""
        tables = (
            "cosponsorship",
            "action",
            "title",
            "textversion",
            "committeeactivity",
            "subject",
            "sponsorship",
        )
        found = {t: self.rows(f"SELECT * FROM ledger_{t} ORDER BY measure_id, position") for t in tables}
        found["measure"] = self.rows(
            "SELECT id, title, status, status_since, cosponsor_count, document_id FROM ledger_measure ORDER BY id"
        )
        return {table: hashlib.sha256(repr(rows).encode()).hexdigest() for table, rows in found.items()}

    def rows(self, query: str) -> list[tuple[Any, ...]]:
        """What the database answers to a query of the test's own."""
        if not self._postgresql:
            with closing(sqlite3.connect(self._file)) as database:
                return database.execute(query).fetchall()
        import psycopg

        with psycopg.connect(self._address()) as server:
            return server.execute(query).fetchall()

    def _address(self) -> str:
        given = connection.settings_dict
        who = given["USER"] + (f":{given['PASSWORD']}" if given["PASSWORD"] else "")
        return f"postgres://{who}@{given['HOST'] or '127.0.0.1'}:{given['PORT'] or 5432}/{self._name}"

    def _ask_server(self, statement: str) -> None:
        import psycopg

        with psycopg.connect(self._address().replace(self._name, "postgres"), autocommit=True) as server:
            server.execute(statement)
