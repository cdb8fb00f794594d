"""What a page that stays open costs while nothing changes: `python -m tracker.operate.bench.open_pages MEASURE`.

Each question is put a thousand times to the product's own WSGI door, all middleware included, in this one process: what is
left out is the network. Prints JSON: for each question the status of the answers, the median and the 99th percentile of
their milliseconds, the median of their CPU milliseconds, and how many SQL statements one answer took at most.
"""

from __future__ import annotations

import io
import json
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from dataclasses import asdict, dataclass
from typing import Any

TIMES = 1000
HTMX = {"HTTP_HX_REQUEST": "true"}


@dataclass(frozen=True, slots=True)
class Asked:
    """What 1,000 answers to one question took."""

    question: str
    status: int
    p50: float  # milliseconds
    p99: float
    cpu: float  # milliseconds, the median
    statements: int  # the most of any answer


Application = Callable[[dict[str, Any], Callable[..., Any]], Iterable[bytes]]
Answer = tuple[int, dict[str, str]]


def ask(application: Application, address: str, headers: dict[str, str]) -> Answer:
    """One request from loopback: the status of the answer, and its headers."""
    path, _, query = address.partition("?")
    said: list[Answer] = []

    def start(status: str, found: list[tuple[str, str]], _: object = None) -> None:
        said.append((int(status.split()[0]), dict(found)))

    environ = {
        "REQUEST_METHOD": "GET",
        "PATH_INFO": path,
        "QUERY_STRING": query,
        "SERVER_NAME": "127.0.0.1",
        "SERVER_PORT": "80",
        "SERVER_PROTOCOL": "HTTP/1.1",
        "REMOTE_ADDR": "127.0.0.1",
        "wsgi.url_scheme": "http",
        "wsgi.input": io.BytesIO(),
        "wsgi.errors": sys.stderr,
        **headers,
    }
    body = application(environ, start)
    for _ in body:
        continue
    close = getattr(body, "close", None)
    if close is not None:
        close()
    return said[0]


def measured(
    application: Application, question: str, address: str, headers: dict[str, str], times: int
) -> Asked:
    """Put one question `times` times."""
    from django.db import connection

    took, used, most, status = list[float](), list[float](), 0, 0
    for _ in range(times):
        statements = 0

        def count(execute: Any, sql: str, params: Any, many: bool, context: Any) -> Any:
            nonlocal statements
            statements += 1
            return execute(sql, params, many, context)

        with connection.execute_wrapper(count):
            begun, cpu = time.perf_counter(), time.process_time()
            status, _ = ask(application, address, headers)
            took.append((time.perf_counter() - begun) * 1000)
            used.append((time.process_time() - cpu) * 1000)
        most = max(most, statements)
    took.sort()
    return Asked(
        question, status, statistics.median(took), took[int(times * 0.99)], statistics.median(used), most
    )


def questions(application: Application, measure: str) -> Iterator[tuple[str, str, dict[str, str]]]:
    """What pages, programs and caches ask again and again: a name, the address, and headers."""
    from tracker.ledger import chain
    from tracker.ledger.models import Measure

    congress, type, number = measure.split("/")
    last = Measure.every.keyed(int(congress), type, int(number)).values_list("last_event", flat=True).get()
    yield "/changes/, open", f"/changes/?after={chain.head().count}", HTMX
    yield "a measure, open", f"/measures/{measure}/changes/?after={last}", HTMX
    for question, address in (
        ("/changes/, asked with its ETag", "/changes/"),
        ("a measure, asked with its ETag", f"/measures/{measure}/"),
        ("/api/v1/changes, asked with its ETag", "/api/v1/changes"),
        ("a feed, asked with its ETag", "/feeds/changes.atom"),
    ):
        _, headers = ask(application, address, {})
        yield question, address, {"HTTP_IF_NONE_MATCH": headers["ETag"]}


def main(measure: str) -> None:
    import django

    django.setup()
    from django.core.wsgi import get_wsgi_application

    application = get_wsgi_application()
    found = [measured(application, *one, times=TIMES) for one in questions(application, measure)]
    sys.stdout.write(json.dumps([asdict(one) for one in found]))


def table(found: Iterable[dict[str, Any]]) -> Iterator[str]:
    """Lines of the table."""
    yield f"{'an open page, 1,000 times, nothing new':<44} {'answer':>8} {'p50 ms':>8} {'p99 ms':>8} {'CPU ms':>8} {'SQL':>8}"
    for one in found:
        yield (
            f"{one['question']:<44} {one['status']:>8} {one['p50']:>8.2f} {one['p99']:>8.2f} {one['cpu']:>8.2f}"
            f" {one['statements']:>8}"
        )


if __name__ == "__main__":
    main(sys.argv[1])
