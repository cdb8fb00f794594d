"""`manage.py audit`: is what is stored what the sources list?"""

from __future__ import annotations

from argparse import ArgumentParser
from typing import Any

from tracker.ledger.audit import audit
from tracker.ledger.command import LedgerCommand


class Command(LedgerCommand):
    help = "Compare what is stored with what the sources list now, and the sources with one another; print each drift."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument("--repair", action="store_true", help="fetch again what differs, write rows anew")

    def run(self, **options: Any) -> int:
        drifts = audit(repair=options["repair"])
        for drift in drifts:
            self.problem(drift.line)
        if drifts:
            self.say(f"{len(drifts):,} drifts" + ("; asked for again" if options["repair"] else ""))
            return 1
        self.say("no drift: what is held is what the sources list, and what the documents say")
        return 0
