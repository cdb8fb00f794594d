"""`manage.py restore FILE`: everything back, on either kind of database."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tracker.ledger.command import LedgerCommand
from tracker.operate import backup


class Command(LedgerCommand):
    help = (
        "Put everything in a backup in the place of what is held. All or nothing: a bad file changes nothing."
    )

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path)
        parser.add_argument(
            "--replace", action="store_true", help="though this database holds something already"
        )

    def run(self, **options: Any) -> int:
        path: Path = options["file"]
        try:
            backup.inspect(path)
            if backup.holds_anything() and not options["replace"]:
                self.problem(
                    "this database holds something already, which a restore would delete: give --replace to have it so"
                )
                return 1
            manifest = backup.restore(path)
        except backup.BadBackup as bad:
            self.problem(f"{bad}. Nothing was changed.")
            return 1
        rows = sum(table.rows for table in manifest.tables.values())
        self.say(
            f"restored {rows:,} rows of {len(manifest.tables)} tables, as of {manifest.made_at:%Y-%m-%d %H:%M} UTC"
        )
        self.say(f"ledger: {manifest.events:,} events hold, head {manifest.head}")
        return 0

    def stopped(self) -> str:
        return "stopped; nothing was changed"
