"""`manage.py kin`: find earlier, later and companion measures by their texts; what the worker does by itself, at once."""

from __future__ import annotations

from typing import Any

from django.core.management.base import CommandParser
from tqdm import tqdm

from tracker.ledger.command import LedgerCommand
from tracker.texts import kinship
from tracker.texts.kinship import Found
from tracker.texts.models import Kin


class Command(LedgerCommand):
    help = "Compare the texts that came since, and keep which measures are kin. What staff settled stays."

    def add_arguments(self, parser: CommandParser) -> None:
        parser.add_argument(
            "--rebuild", action="store_true", help="forget what was found, and compare all texts anew"
        )

    def run(self, **options: Any) -> int:
        if options["rebuild"]:
            kinship.forget()
        with tqdm(total=0, unit=" texts", disable=None) as bar:

            def progress(found: Found) -> None:
                bar.total = max(found.read, found.compared)
                bar.update(found.compared - bar.n)

            found = kinship.find(progress=progress)
        self.say(
            f"{found.read:,} texts read, {found.compared:,} compared; {Kin.objects.count():,} pairs of kin are known"
        )
        return 0
