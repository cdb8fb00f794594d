"""What `make run` does before it starts anything: each step checks for itself whether there is something to do."""

from __future__ import annotations

import fcntl
import os
import socket
from collections.abc import Callable
from pathlib import Path
from typing import TextIO

from django.core.management import call_command
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tracker.database import told
from tracker.desk.starter import load_starter_entries
from tracker.desk.starter_topic import load_starter_topic
from tracker.ledger.starter import load_starter


class CannotStart(Exception):
    """Why it cannot start, in one line."""


def claim(folder: Path, address: str) -> TextIO:
    """Hold `folder` for this process, as long as the file that comes back is open.

    Raises CannotStart where another holds it, or it cannot be written.
    """
    file = folder / "run.lock"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        lock = file.open("a+", encoding="utf-8")
    except OSError as error:
        raise CannotStart(f"VAR_DIR={str(folder)!r} cannot be written: {error.strerror}.") from None
    try:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        lock.seek(0)
        holder = lock.read().strip() or "it is just starting"
        lock.close()
        raise CannotStart(
            f"Whereas runs already on {folder} ({holder}). Stop it first, or give this one a folder: VAR_DIR=…"
        ) from None
    lock.truncate(0)
    lock.write(f"process {os.getpid()}, {address}\n")
    lock.flush()
    return lock


def check_port(port: int) -> None:
    """Raise CannotStart where nothing can listen on this port of 127.0.0.1."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except PermissionError:
            raise CannotStart(
                f"PORT={port}: this account may not listen there; give a port above 1023."
            ) from None
        except OSError:
            raise CannotStart(
                f"PORT={port}: something listens on 127.0.0.1:{port} already. Stop it, or: make run PORT={port + 1}"
            ) from None


def migrate(say: Callable[[str], None]) -> None:
    """Bring the database to the shape this release needs. Raises CannotStart where it cannot be reached or written."""
    try:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            say("Preparing the database …")
            call_command("migrate", interactive=False, verbosity=0)
    except DatabaseError as error:
        raise CannotStart(told(error)) from None


def load_starter_record(say: Callable[[str], None]) -> None:
    """Put the starter record where no measure is held yet, and its entries where there is none; where a start before was
    killed between the two, the entries alone."""
    if measures := load_starter():
        say(f"No measure was held yet: loaded the starter record, {len(measures)} measures.")
    if count := load_starter_entries():
        say(f"Put {count} entries beside it, as examples of what a desk writes.")
    load_starter_topic()
