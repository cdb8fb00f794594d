"""`manage.py poll`: one poll of all sources, now, in this process."""

from __future__ import annotations

from typing import Any

from tracker.ledger.command import LedgerCommand
from tracker.ledger.polling.run import poll


class Command(LedgerCommand):
    help = "Poll all sources once; print what changed. Exit status 1 if a source failed."

    def run(self, **options: Any) -> int:
        reports = poll(take_over=True)
        for report in reports:
            for line in report.notes:
                self.say(line)
            for line in report.failures:
                self.problem(line)
            self.say(report.line())
        return 1 if any(report.failures for report in reports) else 0
