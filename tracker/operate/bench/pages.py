"""Pages under eight readers at once, in rounds that alternate with the floor's."""

from __future__ import annotations

import json
import os
import socket
import sqlite3
import statistics
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from django.conf import settings

from tracker.operate.bench.measured import ProgramFailed

READERS = 8
ROUNDS = 3
SECONDS = 3.0  # a round


@dataclass(frozen=True, slots=True)
class Served:
    """Medians of the rounds."""

    kilobytes: float
    per_second: float
    p50: float  # milliseconds
    p99: float
    cpu: float | None  # milliseconds of the server's CPU an answer; None where this system does not tell


@dataclass(frozen=True, slots=True)
class Server:
    port: int
    pid: int

    def cpu(self) -> float | None:
        """Seconds of CPU that it and its workers have used; None where this system does not tell."""
        try:
            below = Path(f"/proc/{self.pid}/task/{self.pid}/children").read_text().split()
            ticks = 0
            for pid in (str(self.pid), *below):
                fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
                ticks += int(fields[11]) + int(fields[12])
            return ticks / os.sysconf("SC_CLK_TCK")
        except FileNotFoundError:
            return None


def pages_beside_floor(
    paths: Sequence[str], *, environment: Mapping[str, str], work: Path
) -> dict[str, tuple[Served, Served]]:
    """{path: (the product's, the floor's)}. The floor stores and sends the very bytes that the product sent."""
    with _gunicorn("tracker.wsgi", environment, Path(settings.BASE_DIR)) as ours:
        bodies = {path: _body(ours, path) for path in paths}
        database = work / "floor-pages.sqlite3"
        connection = sqlite3.connect(database)
        with connection:
            connection.execute("CREATE TABLE page (address TEXT PRIMARY KEY, body BLOB)")
            rows = [(path.partition("?")[0], body) for path, body in bodies.items()]
            connection.executemany("INSERT INTO page VALUES (?, ?)", rows)
        connection.close()
        below = {**environment, "FLOOR_DATABASE": str(database), "PYTHONPATH": str(settings.BASE_DIR)}
        # Started in another folder, since the checkout's gunicorn.conf.py is the product's.
        with _gunicorn("tracker.operate.bench.floor_page", below, work) as floor:
            return {path: _rounds(path, ours, floor, len(bodies[path])) for path in paths}


def _rounds(path: str, ours: Server, floor: Server, size: int) -> tuple[Served, Served]:
    seen: dict[Server, list[dict[str, float | None]]] = {ours: [], floor: []}
    for _ in range(ROUNDS):
        for server, rounds in seen.items():
            rounds.append(_ask(server, path))
    return _median(seen[ours], size), _median(seen[floor], size)


def _ask(server: Server, path: str) -> dict[str, float | None]:
    command = ["-m", "tracker.operate.bench.client", str(server.port), path, str(SECONDS), str(READERS)]
    before = server.cpu()
    asked = subprocess.run(  # noqa: S603 - commands of ours, no shell
        [sys.executable, *command], cwd=settings.BASE_DIR, capture_output=True, text=True
    )
    if asked.returncode:
        raise ProgramFailed(f"{path}: {asked.stderr.strip()}")
    after = server.cpu()
    figures = json.loads(asked.stdout)
    return {
        "per_second": figures["answers"] / figures["seconds"],
        "p50": figures["p50"],
        "p99": figures["p99"],
        "cpu": None if before is None or after is None else (after - before) / figures["answers"] * 1000,
    }


def _median(rounds: Sequence[Mapping[str, float | None]], size: int) -> Served:
    def middle(name: str) -> float | None:
        values = [value for one in rounds if (value := one[name]) is not None]
        return statistics.median(values) if values else None

    return Served(
        size / 1000, middle("per_second") or 0, middle("p50") or 0, middle("p99") or 0, middle("cpu")
    )


@contextmanager
def _gunicorn(application: str, environment: Mapping[str, str], folder: Path) -> Iterator[Server]:
    port = _free_port()
    command = [
        sys.executable,
        "-m",
        "gunicorn",
        application,
        "--bind",
        f"127.0.0.1:{port}",
        "--log-level",
        "error",
    ]
    # Both alike: one process of eight threads, as `make run` has.
    command += [
        "--worker-class",
        "gthread",
        "--threads",
        str(READERS),
        "--workers",
        "1",
        "--no-control-socket",
    ]
    said = (folder if "FLOOR_DATABASE" in environment else Path(environment["VAR_DIR"])) / "gunicorn.txt"
    with said.open("wb") as output:
        process = subprocess.Popen(  # noqa: S603 - commands of ours, no shell
            command, cwd=folder, env=dict(environment), stdout=output, stderr=output
        )
    try:
        _wait(port, process, said)
        yield Server(port, process.pid)
    finally:
        process.terminate()
        process.wait(30)


def _wait(port: int, process: subprocess.Popen[bytes], said: Path) -> None:
    deadline = time.monotonic() + 60
    while time.monotonic() < deadline and process.poll() is None:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            time.sleep(0.05)
        else:
            return
    raise ProgramFailed(f"the server did not start: {said.read_text('utf-8', 'replace')[-500:]}")


def _body(server: Server, path: str) -> bytes:
    """The page as it travels, packed."""
    asked = urllib.request.Request(
        f"http://127.0.0.1:{server.port}{path}", headers={"Accept-Encoding": "gzip"}
    )
    try:
        with urllib.request.urlopen(asked, timeout=60) as answer:  # noqa: S310
            return bytes(answer.read())
    except urllib.error.HTTPError as error:
        raise ProgramFailed(f"{path} answers {error.code}") from None


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def table(pages: Mapping[str, tuple[Served, Served]]) -> Iterable[str]:
    """Lines of the table of pages."""
    yield f"{'page':<40} {'kB':>6} {'req/s':>8} {'x floor':>8} {'p50 ms':>8} {'p99 ms':>8} {'x floor':>8} {'CPU ms':>8} {'x floor':>8}"
    for path, (ours, floor) in pages.items():
        yield _line(path, ours, floor)
        yield _line("  floor: stored page, one query", floor, None)


def _line(name: str, served: Served, floor: Served | None) -> str:
    def times(name: str) -> str:
        figure, below = getattr(served, name), getattr(floor, name, None)
        return f"{figure / below:.2f}" if figure is not None and below else "–"

    return (
        f"{name:<40} {served.kilobytes:>6.1f} {served.per_second:>8.0f} {times('per_second'):>8}"
        f" {served.p50:>8.1f} {served.p99:>8.1f} {times('p99'):>8}"
        f" {'–' if served.cpu is None else f'{served.cpu:.2f}':>8} {times('cpu'):>8}"
    )
