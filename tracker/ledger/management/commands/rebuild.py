"""`manage.py rebuild`: everything derived, anew from the documents."""

from __future__ import annotations

from typing import Any

from tqdm import tqdm

from tracker.ledger.command import LedgerCommand
from tracker.ledger.rebuild import rebuild
from tracker.ledger.votes import rebuild_votes


class Command(LedgerCommand):
    help = "Recompute tables, statuses, counts and the search index from the stored official documents. Makes no event."

    def run(self, **options: Any) -> int:
        with tqdm(total=0, unit=" measures", disable=None) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            count = rebuild(progress)
        votes = rebuild_votes()
        self.say(f"{count:,} measures written anew from their documents; the ledger is as it was")
        if votes:
            self.say(f"{votes:,} recorded votes written anew from their files")
        return 0
