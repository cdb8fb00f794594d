"""A deadline for everything that comes over one connection.

A read timeout bounds each silence, not their sum: a byte every 19 seconds passes one of 20 for days, in the headers as
in the body. So each read of the socket, from the status line on, looks at the clock of the request that it is for.
And since a hundred files that take two minutes each are hours, an answer must also keep a certain speed.
"""

from __future__ import annotations

import http.client
import io
import socket
import time
from contextvars import ContextVar
from typing import Any

import urllib3
from urllib3.connection import HTTPConnection, HTTPSConnection


class DeadlineSpent(Exception):
    """The time for this request is over. No OSError, so that urllib3 hands it on as it is."""


class TooSlow(DeadlineSpent):
    """The answer comes, but so slowly that waiting for its end would hold up everything else."""


class Deadline:
    """The instant (of `time.monotonic`) by which an answer must be whole. May be drawn nearer while it is read.

    Once an answer has been coming for `patience` seconds, it must have come at `slowest` bytes a second or more.
    """

    __slots__ = ("at", "connected", "patience", "slowest")

    def __init__(self, seconds: float, *, slowest: float = 0, patience: float = 0) -> None:
        self.at = time.monotonic() + seconds
        self.slowest, self.patience = slowest, patience
        self.connected = False  # the request has gone out, and an answer is waited for

    def left(self) -> float:
        return self.at - time.monotonic()

    def shorten(self, seconds: float) -> None:
        self.at = min(self.at, time.monotonic() + seconds)


#: Set around each request; an answer keeps the one under which it began.
current: ContextVar[Deadline | None] = ContextVar("deadline", default=None)


class _TimedSocket(io.RawIOBase):
    """Reads a socket, never waiting longer than the socket's timeout or the deadline, whichever is nearer."""

    _begun: float | None = None  # when the first byte came
    _came = 0  # bytes since then

    def __init__(self, sock: socket.socket, deadline: Deadline) -> None:
        self._raw: Any = sock.makefile("rb", buffering=0)
        self._socket, self._silence, self._deadline = sock, sock.gettimeout(), deadline

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int | None:
        left = self._deadline.left()
        if left <= 0:
            raise DeadlineSpent
        self._socket.settimeout(left if self._silence is None else min(self._silence, left))
        try:
            count: int | None = self._raw.readinto(buffer)
        except TimeoutError:
            if self._deadline.left() <= 0:
                raise DeadlineSpent from None
            raise
        self._judge_pace(count or 0)
        return count

    def _judge_pace(self, count: int) -> None:
        now = time.monotonic()
        if self._begun is None:
            self._begun = now
            return
        self._came += count
        lasted = now - self._begun
        if lasted > self._deadline.patience and self._came < self._deadline.slowest * lasted:
            raise TooSlow

    def close(self) -> None:
        if not self.closed:
            self._raw.close()
        super().close()


class _Answer(http.client.HTTPResponse):
    def __init__(self, sock: socket.socket, *args: Any, **kwargs: Any) -> None:
        super().__init__(sock, *args, **kwargs)
        if deadline := current.get():
            deadline.connected = True
            self.fp.close()
            self.fp = io.BufferedReader(_TimedSocket(sock, deadline), 65_536)


class _PlainConnection(HTTPConnection):
    response_class = _Answer


class _TlsConnection(HTTPSConnection):
    response_class = _Answer


class _PlainPool(urllib3.HTTPConnectionPool):
    ConnectionCls = _PlainConnection


class _TlsPool(urllib3.HTTPSConnectionPool):
    ConnectionCls = _TlsConnection


def keep_deadlines(manager: urllib3.PoolManager) -> None:
    """Make every connection that `manager` opens from now on heed `current`."""
    manager.pool_classes_by_scheme = {"http": _PlainPool, "https": _TlsPool}
