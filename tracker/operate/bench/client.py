"""Readers that ask for one page over and over on kept connections: `python -m tracker.operate.bench.client PORT PATH …`.

Prints JSON: answers, seconds, and the latencies' median and 99th percentile in milliseconds. Any status but 200 ends it.
"""

from __future__ import annotations

import json
import selectors
import socket
import sys
import time


def read_over_and_over(port: int, path: str, *, seconds: float, readers: int) -> dict[str, float]:
    request = f"GET {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\nAccept-Encoding: gzip\r\nConnection: keep-alive\r\n\r\n".encode()
    ready = selectors.DefaultSelector()
    sent: dict[socket.socket, float] = {}
    missing: dict[socket.socket, int] = {}
    took: list[float] = []
    for _ in range(readers):
        connection = socket.create_connection(("127.0.0.1", port))
        connection.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        ready.register(connection, selectors.EVENT_READ)
        sent[connection], missing[connection] = time.perf_counter(), -1
        connection.sendall(request)
    begun = time.perf_counter()
    while (now := time.perf_counter()) - begun < seconds:
        for key, _ in ready.select(timeout=1):
            connection = key.fileobj  # type: ignore[assignment]  # only sockets are registered
            piece = connection.recv(262_144)
            if missing[connection] < 0:
                missing[connection] = _length(piece)
            missing[connection] -= len(piece)
            if missing[connection] <= 0:
                now = time.perf_counter()
                took.append(now - sent[connection])
                sent[connection], missing[connection] = now, -1
                connection.sendall(request)
    took.sort()
    return {
        "answers": len(took),
        "seconds": time.perf_counter() - begun,
        "p50": took[len(took) // 2] * 1000,
        "p99": took[min(len(took) - 1, int(len(took) * 0.99))] * 1000,
    }


def _length(piece: bytes) -> int:
    """How long the answer that begins with this piece is: head and body."""
    head, gap, _ = piece.partition(b"\r\n\r\n")
    if not gap or not head.startswith(b"HTTP/1.1 200"):
        sys.exit(f"an answer that is no page: {head[:80]!r}")
    for line in head.lower().split(b"\r\n"):
        if line.startswith(b"content-length:"):
            return len(head) + 4 + int(line.partition(b":")[2])
    sys.exit("an answer without a length")


if __name__ == "__main__":
    asked = read_over_and_over(
        int(sys.argv[1]), sys.argv[2], seconds=float(sys.argv[3]), readers=int(sys.argv[4])
    )
    sys.stdout.write(json.dumps(asked))
