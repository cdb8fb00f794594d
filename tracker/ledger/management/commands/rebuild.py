"""`manage.py rebuild`: everything derived, anew from the documents."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from tqdm import tqdm

from tracker.ledger.command import LedgerCommand
from tracker.ledger.further_rebuild import Progress, rebuilds
from tracker.ledger.rebuild import rebuild
from tracker.ledger.votes import rebuild_votes


class Command(LedgerCommand):
    help = (
        "Recompute tables, statuses, counts, the search index and kin from the stored official documents. "
        "Makes no event, and keeps what staff settled."
    )

    def run(self, **options: Any) -> int:
        with _bar("measures") as progress:
            count = rebuild(progress)
        votes = rebuild_votes()
        self.say(f"{count:,} measures written anew from their documents; the ledger is as it was")
        if votes:
            self.say(f"{votes:,} recorded votes written anew from their files")
        for further in rebuilds():
            with _bar(further.unit) as progress:
                line = further.run(progress)
            if line:
                self.say(line)
        return 0


@contextmanager
def _bar(unit: str) -> Iterator[Progress]:
    with tqdm(total=0, unit=f" {unit}", disable=None) as bar:

        def progress(done: int, total: int) -> None:
            bar.total = total
            bar.update(done - bar.n)

        yield progress
