"""A source that does as it is told: a server on loopback that answers from a script, well or badly, and counts who asks."""

from __future__ import annotations

import contextlib
import socket
import ssl
import threading
from collections.abc import Callable, Mapping
from dataclasses import dataclass

#: Sends what it sends; True where the connection is to stay open for the next request.
Answer = Callable[[socket.socket, threading.Event], "bool | None"]


@dataclass(frozen=True)
class Asked:
    """One request as it came. Names of headers are in lower case."""

    path: str
    headers: Mapping[str, str]


def raw(data: bytes) -> Answer:
    """Exactly these bytes, then the connection is closed."""
    return lambda conn, over: conn.sendall(data)


def ok(body: bytes = b"<ok/>", /, status: str = "200 OK", **headers: str) -> Answer:
    """A whole answer. Header names are given with _ for -; a Content-Length is told unless one is given."""
    told = {"Content_Length": str(len(body)), **headers}
    head = "".join(f"{name.replace('_', '-')}: {value}\r\n" for name, value in told.items() if value)
    return raw(f"HTTP/1.1 {status}\r\nConnection: close\r\n{head}\r\n".encode("latin-1") + body)


def kept(body: bytes, status: str = "200 OK", *, chunked: bool = False) -> Answer:
    """A whole answer that leaves the connection open."""

    def answer(conn: socket.socket, over: threading.Event) -> bool:
        head = f"HTTP/1.1 {status}\r\n".encode()
        if chunked:
            conn.sendall(
                head + b"Transfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n" % (len(body), body)
            )
        else:
            conn.sendall(head + b"Content-Length: %d\r\n\r\n" % len(body) + body)
        return True

    return answer


def refusal(status: str, body: bytes = b"", /, **headers: str) -> Answer:
    return ok(body, status, **headers)


def redirect(to: str, status: str = "302 Found") -> Answer:
    return ok(b"", status, Location=to)


def drop(conn: socket.socket, over: threading.Event) -> None:
    """The connection is closed without a byte."""


def hang(conn: socket.socket, over: threading.Event) -> None:
    """Silence, for as long as the test lasts."""
    over.wait(30)


def drip(data: bytes, every: float = 0.03) -> Answer:
    """A byte at a time, so that no silence is long."""

    def answer(conn: socket.socket, over: threading.Event) -> None:
        for byte in data:
            conn.sendall(bytes([byte]))
            if over.wait(every):
                return

    return answer


def endless(piece: bytes = b" " * 10_000, *, chunked: bool = False) -> Answer:
    """A body without an end and without a length."""

    def answer(conn: socket.socket, over: threading.Event) -> None:
        conn.sendall(
            b"HTTP/1.1 200 OK\r\n" + (b"Transfer-Encoding: chunked\r\n" if chunked else b"") + b"\r\n"
        )
        while not over.is_set():
            conn.sendall(b"%x\r\n%s\r\n" % (len(piece), piece) if chunked else piece)

    return answer


class Loopback:
    """The server. `answers` are used one after the other, the last of them for all further requests."""

    def __init__(self, tls: ssl.SSLContext | None = None) -> None:
        self._tls = tls
        self.asked: list[Asked] = []
        self.connections = 0
        self._route: Callable[[Asked], Answer] = lambda asked: ok()
        self._lock = threading.Lock()
        self._over = threading.Event()
        self._listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listening.getsockname()[1]
        self.url = f"http{'s' if tls else ''}://127.0.0.1:{self.port}"
        threading.Thread(target=self._serve, daemon=True).start()

    def answers(self, *answers: Answer) -> None:
        left = list(answers)
        self.routed(lambda asked: left[0] if len(left) == 1 else left.pop(0))

    def routed(self, route: Callable[[Asked], Answer]) -> None:
        """Answer each request as `route` says."""
        self.asked.clear()
        self._route = route

    def stop(self) -> None:
        self._over.set()
        with contextlib.suppress(OSError):  # wakes the thread that accepts
            socket.create_connection(("127.0.0.1", self.port), timeout=1).close()
        self._listening.close()

    def _serve(self) -> None:
        while not self._over.is_set():
            try:
                conn, _ = self._listening.accept()
            except OSError:
                return
            threading.Thread(target=self._receive, args=(conn,), daemon=True).start()

    def _receive(self, conn: socket.socket) -> None:
        with contextlib.suppress(OSError):  # of a handshake that the other side broke off
            self._answer(self._tls.wrap_socket(conn, server_side=True) if self._tls else conn)

    def _answer(self, conn: socket.socket) -> None:
        self.connections += 1
        with conn, contextlib.suppress(OSError):  # the other side has had enough
            while head := self._head(conn):
                first, *lines = head.decode("latin-1").split("\r\n")
                headers = {n.lower(): v for n, v in (line.split(": ", 1) for line in lines)}
                with self._lock:
                    asked = Asked(first.split(" ")[1], headers)
                    self.asked.append(asked)
                    answer = self._route(asked)
                if not answer(conn, self._over):
                    conn.shutdown(socket.SHUT_WR)
                    return

    def _head(self, conn: socket.socket) -> bytes:
        head = b""
        while not head.endswith(b"\r\n\r\n"):
            piece = conn.recv(65_536)
            if not piece:
                return b""
            head += piece
        return head.removesuffix(b"\r\n\r\n")
