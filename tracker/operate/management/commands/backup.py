"""`manage.py backup FILE`: everything, in one file."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from tracker.ledger.command import LedgerCommand
from tracker.operate import backup


class Command(LedgerCommand):
    help = "Write everything that this installation holds into one file; a poll may go on meanwhile."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("file", type=Path, help="where to; it must not be there yet")

    def run(self, **options: Any) -> int:
        path: Path = options["file"]
        if path.exists():
            self.problem(f"{path} is there already: give another name, or move it away")
            return 1
        try:
            manifest = backup.backup(path)
        except OSError as error:
            self.problem(f"{path} cannot be written: {error.strerror}; nothing was left there")
            return 1
        rows = sum(table.rows for table in manifest.tables.values())
        size = path.stat().st_size / 1_000_000
        self.say(f"{path}: {rows:,} rows of {len(manifest.tables)} tables, {size:,.1f} MB")
        self.say(f"ledger: {manifest.events:,} events, head {manifest.head}")
        self.say(
            "SECRET_KEY is not in it. Keep it apart: without it second factors and webhooks' secrets cannot be read."
        )
        return 0

    def stopped(self) -> str:
        return "stopped; no file was left"
