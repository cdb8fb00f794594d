"""`manage.py load`: the first load, from GovInfo's bulk zips."""

from __future__ import annotations

import gc
from argparse import ArgumentParser, ArgumentTypeError
from typing import Any

from django.conf import settings
from tqdm import tqdm

from tracker.accepted import FIRST_CONGRESS
from tracker.congress.calendar import congress_on, today
from tracker.congress.measures import TYPES
from tracker.ledger import health, outside
from tracker.ledger.command import LedgerCommand
from tracker.ledger.incoming import Outcome
from tracker.ledger.load import FolderReport, folders_wanted, load_folder
from tracker.ledger.polling.fetching import fetch_due
from tracker.ledger.polling.report import SourceReport
from tracker.sources.http import SourceError


class Command(LedgerCommand):
    help = "Load whole Congresses from GovInfo's bulk zips. Can be stopped and started again; skips what is current."

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--congress",
            type=_congress,
            nargs="+",
            action="extend",  # said twice, it means both
            metavar="N",
            help="such as 119; default: CONGRESSES",
        )
        parser.add_argument(
            "--type",
            nargs="+",
            action="extend",
            choices=list(TYPES),
            metavar="TYPE",
            help=f"of {' '.join(TYPES)}; default: MEASURE_TYPES",
        )

    def run(self, **options: Any) -> int:
        gc.disable()  # millions of short-lived objects, none in a cycle: looking for some costs a tenth of the load
        try:
            return self._load(options)
        finally:
            gc.enable()

    def stopped(self) -> str:
        return "stopped; what was loaded is held, run the same `load` again to go on"

    def _load(self, options: dict[str, Any]) -> int:
        congresses = options["congress"] or settings.CONGRESSES
        types = options["type"] or settings.MEASURE_TYPES
        failures: list[str] = []
        index: dict[tuple[int, str], str] = {}
        health.of(health.GOVINFO)
        try:
            index = outside.govinfo().sitemap_index()
        except SourceError as error:
            failures.append(str(error))
            self.problem(str(error))
        for congress, type in folders_wanted(congresses, types):
            failures += self._folder(congress, type, index.get((congress, type)))
        failures += self._rest()
        if failures:
            health.failed(health.GOVINFO, failures[0])
            return 1
        health.answered(health.GOVINFO, changed=True)
        return 0

    def _folder(self, congress: int, type: str, mark: str | None) -> list[str]:
        with tqdm(total=0, unit=" files", desc=f"{congress}/{type}", disable=None, leave=False) as bar:

            def progress(done: int, total: int) -> None:
                bar.total = total
                bar.update(done - bar.n)

            try:
                report = load_folder(outside.govinfo(), congress, type, mark=mark, progress=progress)
            except SourceError as error:
                self.problem(str(error))
                return [str(error)]
        for line in report.failures:
            self.problem(line)
        self.say(_line(report))
        return report.failures

    def _rest(self) -> list[str]:
        """What the zips lacked or held in an older state, singly."""
        report = SourceReport(health.GOVINFO)
        try:
            fetch_due(outside.govinfo(), report, take_over=True)
        except SourceError as error:
            if str(error) not in report.failures:
                report.failures.append(str(error))
        for line in report.failures:
            self.problem(line)
        if report.listed:
            self.say(report.line())
        return report.failures


def _congress(written: str) -> int:
    """The number of a Congress that a source can have: the first whose actions are kept is the 93rd."""
    latest = congress_on(today()) + 1
    if not (written.isascii() and written.isdigit() and FIRST_CONGRESS <= int(written[:9]) <= latest):
        raise ArgumentTypeError(f"{written!r}: give numbers from {FIRST_CONGRESS} to {latest}, such as 119")
    return int(written)


def _line(report: FolderReport) -> str:
    if report.missing:
        return f"{report.name}: the source has no such folder (yet)"
    if report.unchanged:
        return f"{report.name}: nothing changed since the last load"
    parts = [
        f"{report.outcomes[outcome]:,} {outcome.value}" for outcome in Outcome if report.outcomes[outcome]
    ]
    return f"{report.name}: {', '.join(parts) or 'empty'}"
