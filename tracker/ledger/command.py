"""What the ledger's commands share: a migrated database, plain lines, a true exit status."""

from __future__ import annotations

import sys
from typing import Any

from django.core.management.base import BaseCommand
from django.db import DatabaseError, connection
from django.db.migrations.executor import MigrationExecutor

from tracker.database import told


class LedgerCommand(BaseCommand):
    """A command whose `run` answers the exit status. Ctrl-C ends it with status 130 and one line."""

    requires_system_checks: list[str] = []

    def run(self, **options: Any) -> int:
        """Do it; answers the exit status."""
        raise NotImplementedError

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            status = self._refusal() or self.run(**options)
        except KeyboardInterrupt:
            self.problem(self.stopped())
            status = 130
        except DatabaseError as error:
            self.problem(told(error))
            status = 1
        if status:
            sys.exit(status)

    def stopped(self) -> str:
        """What to say at Ctrl-C."""
        return "stopped; nothing is half done, run the same again to go on"

    def say(self, line: str) -> None:
        self.stdout.write(line)

    def problem(self, line: str) -> None:
        self.stderr.write(line)

    def _refusal(self) -> int:
        executor = MigrationExecutor(connection)
        if executor.migration_plan(executor.loader.graph.leaf_nodes()):
            self.problem("the database is not migrated: run `python manage.py migrate` first")
            return 1
        return 0
