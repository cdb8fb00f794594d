"""`make bench`: figures of this machine, each beside its floor measured in the same run."""

from __future__ import annotations

import json
import os
import re
import tempfile
from argparse import ArgumentParser
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import BaseCommand

from tracker.operate.bench import corpus, digests, open_pages
from tracker.operate.bench.measured import Cost, ProgramFailed, cost_of
from tracker.operate.bench.pages import pages_beside_floor, table
from tracker.operate.bench.source import Source

_DUE = re.compile(
    r"^\S+: [\d,]+ due", re.MULTILINE
)  # a poll's line on a source that it had to ask for documents
_POLLS_AT_MOST = 200  # a poll asks for two hundred texts
_HEAD = f"{'work':<44} {'wall s':>8} {'CPU s':>8} {'x floor':>8} {'ms each':>8} {'peak MB':>8}"


class Command(BaseCommand):
    help = "Measure load, load again, quiet poll, pages, open pages and mails on SQLite, in a folder of its own; prints a table."
    requires_migrations_checks = False

    def add_arguments(self, parser: ArgumentParser) -> None:
        parser.add_argument(
            "--data",
            type=Path,
            help="folder of BILLSTATUS-<congress>-<type>.zip; without it, made-up measures",
        )
        parser.add_argument("--measures", type=int, default=1000, help="how many to make up (default 1000)")
        parser.add_argument(
            "--readers", type=int, default=1000, help="how many to tell of changes by mail (default 1000)"
        )
        parser.add_argument("--no-pages", action="store_true", help="leave pages and mails out")
        parser.add_argument(
            "--kin",
            type=int,
            metavar="TEXTS",
            help="measure only how long a new text takes to find its kin among so many (of BILLS-*.zip below --data)",
        )

        parser.add_argument(
            "--compare",
            type=int,
            metavar="WORDS",
            help="measure only how long it takes to compare two texts of so many words (clauses of BILLS-*.zip below --data)",
        )

    def handle(self, *args: Any, **options: Any) -> None:
        with tempfile.TemporaryDirectory(prefix="whereas-bench-") as work:
            try:
                if options["kin"]:
                    self._kin(Path(work), options["kin"], options["data"])
                elif options["compare"]:
                    self._compare(Path(work), options["compare"], options["data"])
                else:
                    self._bench(Path(work), options)
            except ProgramFailed as failed:
                self.stderr.write(str(failed))
                raise SystemExit(1) from None

    def _bench(self, work: Path, options: dict[str, Any]) -> None:
        data = options["data"]
        if data is None:
            data = work / "data"
            data.mkdir()
            corpus.make_up(data, options["measures"])
        data = data.resolve()
        count = sum(1 for _ in corpus.documents(data))
        if not count:
            self.stderr.write(f"{data} holds no BILLSTATUS-<congress>-<type>.zip with a measure in it.")
            raise SystemExit(1)
        self.stdout.write(
            f"{count:,} measures, {'from ' + str(data) if options['data'] else 'made up'}; SQLite; {os.cpu_count()} cores\n\n{_HEAD}"
        )
        with Source(data) as source:
            environment = self._environment(work, source)
            self._loads(work, data, count, source, environment)
            self._poll(work, source, environment)
        if not options["no_pages"]:
            congress, type, number, _ = max(corpus.documents(data), key=lambda document: len(document[3]))
            paths = ["/measures/?status=referred", f"/measures/{congress}/{type}/{number}/"]
            self.stdout.write(
                f"\n8 readers, medians of three rounds; the measure is the longest record, {congress}/{type}/{number}\n"
            )
            for line in table(pages_beside_floor(paths, environment=environment, work=work)):
                self.stdout.write(line)
            self.stdout.write("\nIn one process, all middleware included, without the network\n")
            for line in open_pages.table(self._open_pages(work, f"{congress}/{type}/{number}", environment)):
                self.stdout.write(line)
            self.stdout.write(f"\n{options['readers']:,} readers told by mail, without the mail server\n")
            for line in digests.table(self._digests(work, options["readers"], environment)):
                self.stdout.write(line)

    def _digests(self, work: Path, readers: int, environment: dict[str, str]) -> dict[str, Any]:
        said = work / "digests.txt"
        command = ("-m", "tracker.operate.bench.digests", str(readers))
        named = {**environment, "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        cost_of(command, cwd=Path(settings.BASE_DIR), environment=named, said=said)
        found: dict[str, Any] = json.loads(said.read_text().splitlines()[-1])
        return found

    def _open_pages(self, work: Path, measure: str, environment: dict[str, str]) -> list[dict[str, Any]]:
        said = work / "open.txt"
        unlimited = {**environment, "API_READS_PER_MINUTE": "0", "DJANGO_SETTINGS_MODULE": "tracker.settings"}
        command = ("-m", "tracker.operate.bench.open_pages", measure)
        cost_of(command, cwd=Path(settings.BASE_DIR), environment=unlimited, said=said)
        found: list[dict[str, Any]] = json.loads(said.read_text().splitlines()[-1])
        return found

    def _compare(self, work: Path, words: int, data: Path | None) -> None:
        """Two long texts, in a program of its own so that its memory is too."""
        said = work / "said.txt"
        command = (
            "-m",
            "tracker.operate.bench.two_texts",
            str(words),
            *([str(data.resolve())] if data else []),
        )
        cost = cost_of(command, cwd=Path(settings.BASE_DIR), environment=self._own_folder(work), said=said)
        told = json.loads(said.read_text().splitlines()[-1])
        self.stdout.write(f"{'real' if data else 'made-up'} clauses; {os.cpu_count()} cores\n\n{_HEAD}")
        self._line("read, edit and compare them all", cost, None, len(told))
        for each in told:
            one, two = each["words"]
            self.stdout.write(
                f"  {each['name']}: {one:,} and {two:,} words, {each['wall']:.2f} s, CPU {each['cpu']:.2f} s"
            )

    def _kin(self, work: Path, count: int, data: Path | None) -> None:
        """A new text among `count`: what it costs to find its kin, in a program of its own so that the memory is too."""
        environment, said = self._own_folder(work), work / "said.txt"
        program, new = ("-m", "tracker.operate.bench.kin_texts"), str(work / "new.json")

        def run(*command: str) -> Cost:
            return cost_of(command, cwd=Path(settings.BASE_DIR), environment=environment, said=said)

        run("manage.py", "migrate")
        built = run(*program, "build", new, str(count), *([str(data.resolve())] if data else []))
        found = run(*program, "find", new)
        told = json.loads(said.read_text().splitlines()[-1])
        self.stdout.write(
            f"{told['held']:,} texts held, {'real ones varied' if data else 'made up'}; SQLite; {os.cpu_count()} cores\n\n{_HEAD}"
        )
        self._line("read all into the index", built, None, count)
        self._line(f"{len(told['wall'])} new texts find their kin", found, None, len(told["wall"]))
        for name in ("wall", "cpu"):
            times = [1000 * seconds for seconds in told[name]]
            self.stdout.write(
                f"  ms of one, {name}: median {times[len(times) // 2]:.0f}, longest {times[-1]:.0f}"
            )
        self.stdout.write(f"  with kin among them: {told['with_kin']} of {len(told['wall'])}")

    def _environment(self, work: Path, source: Source) -> dict[str, str]:
        """The product's environment: its own folder, and no source but ours."""
        congresses = ",".join(map(str, sorted({congress for congress, _ in source.zips}, reverse=True)))
        return self._own_folder(work) | {
            "GOVINFO_URL": source.url,
            "LEGISLATORS_URL": source.url,
            "HOUSE_CLERK_URL": source.url,
            "SENATE_URL": source.url,
            "CONGRESSES": congresses,
            "PACE_SECONDS": "0",
        }

    def _own_folder(self, work: Path) -> dict[str, str]:
        """An environment with a folder, and so a database, of its own."""
        var = work / "var"
        var.mkdir()
        kept = {
            name: value for name, value in os.environ.items() if name in ("PATH", "HOME", "LANG", "TMPDIR")
        }
        return kept | {"VAR_DIR": str(var), "SECRET_KEY": settings.SECRET_KEY}

    def _loads(self, work: Path, data: Path, count: int, source: Source, environment: dict[str, str]) -> None:
        def run(*command: str) -> Cost:
            return cost_of(
                command, cwd=Path(settings.BASE_DIR), environment=environment, said=work / "said.txt"
            )

        floors = ("-m", "tracker.operate.bench.floors")
        database = str(work / "floor.sqlite3")
        run("manage.py", "migrate")
        start = run("manage.py", "verify")  # of nothing: what is left is the start
        floor = run(*floors, "insert", str(data), database)
        load = run("manage.py", "load")
        untouched = run(*floors, "unchanged", str(data), database)
        source.make_zips_anew()
        again = run("manage.py", "load")
        known = run("manage.py", "load")
        self._line("start of a command (in all of ours below)", start)
        self._line("load", load, floor, count)
        self._line("  floor: parse, insert the rows, index", floor, None, count)
        self._line("load again, new zips of the same files", again, untouched, count)
        self._line("load again, the same zips", known, untouched, count)
        self._line("  floor: read, SHA-256, compare", untouched, None, count)

    def _poll(self, work: Path, source: Source, environment: dict[str, str]) -> None:
        """A poll while nothing is due. Those before it ask for members, votes and texts, which the load left, so many at a time."""
        said = work / "said.txt"

        def poll() -> Cost:
            source.forget()
            return cost_of(
                ("manage.py", "poll"), cwd=Path(settings.BASE_DIR), environment=environment, said=said
            )

        poll()
        for _ in range(_POLLS_AT_MOST):
            cost = poll()
            if not _DUE.search(said.read_text()):
                break
        else:
            raise ProgramFailed(
                f"something is due still after {_POLLS_AT_MOST} polls: {said.read_text()[-500:]}"
            )
        others = (
            "/congress-legislators/",
            "/evs/",
            "/legislative/",
        )  # members, and the chambers' indexes of votes
        asked = [path for path in source.asked if not path.startswith(others)]
        self._line("quiet poll", cost)
        self.stdout.write(
            f"  requests for bill status: {len(asked)}, {source.sent_bytes / 1000:.1f} kB received (floor: 1 request)"
        )

    def _line(self, name: str, cost: Cost, floor: Cost | None = None, count: int = 0) -> None:
        ratio = f"{cost.cpu / floor.cpu:.2f}" if floor else "–"
        each = f"{cost.cpu / count * 1000:.3f}" if count else "–"
        self.stdout.write(
            f"{name:<44} {cost.wall:>8.2f} {cost.cpu:>8.2f} {ratio:>8} {each:>8} {cost.peak:>8.0f}"
        )
        self.stdout.flush()
