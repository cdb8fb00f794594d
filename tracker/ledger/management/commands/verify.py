"""`manage.py verify`: does the ledger hold?"""

from __future__ import annotations

from typing import Any

from tracker.ledger import chain
from tracker.ledger.command import LedgerCommand


class Command(LedgerCommand):
    help = "Recompute the ledger's hash chain and the digests of the kept documents; name what does not hold."

    def run(self, **options: Any) -> int:
        head = chain.head()
        broken = 0
        for link in chain.verify():
            self.problem(f"{link.row}: {link.reason}")
            broken += 1
        if broken:
            return 1
        kept = chain.documents_kept()
        self.say(f"{head.count:,} events and {kept:,} documents hold; head {head.hash}")
        return 0
