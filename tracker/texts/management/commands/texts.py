"""`manage.py texts FILE…`: hold texts that GovInfo does not have, and those of bills, from files of the operator's."""

from __future__ import annotations

from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.utils import timezone

from tracker.ledger.command import LedgerCommand
from tracker.texts.bringing import NoTexts, bring, texts_in


class Command(LedgerCommand):
    help = "Hold texts from files: zips of GovInfo's BILLS XML, or JSON lines. Only what a record lists and GovInfo does not bring."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("files", nargs="+", type=Path, metavar="FILE")

    def run(self, **options: Any) -> int:
        failed = False
        for path in options["files"]:
            try:
                done = bring(texts_in(path), timezone.now())
            except NoTexts as error:
                self.problem(str(error))
                failed = True
                continue
            for line in done.unreadable:
                self.problem(line)
            self.say(f"{path.name}: {done.line()}")
            failed = failed or bool(done.unreadable)
        return int(failed)
