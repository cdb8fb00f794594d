"""How one try fails: in what words, and whether another try is worth making."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator
from datetime import datetime, timedelta
from http import HTTPStatus

import urllib3.exceptions as urllib3_errors

from . import wire
from .errors import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable, one_line
from .exchange import Question
from .limits import Limits

PASSING = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})


class Failure(Exception):
    """One try failed. `tries`: how many are worth making in all; `wait`: seconds that the source asked for."""

    def __init__(
        self,
        kind: type[SourceError],
        why: str,
        *,
        tries: int = 1,
        status: int | None = None,
        wait: float | None = None,
    ) -> None:
        super().__init__(why)
        self.kind, self.why, self.tries, self.status, self.wait = kind, why, tries, status, wait

    def as_error(self, question: Question, tried: int, now: datetime, limits: Limits) -> SourceError:
        """The failure of the last of `tried` tries, as the caller of `Fetcher.get` is told. Holds no secret."""
        retry_at = None
        if self.wait is not None:
            retry_at = now + timedelta(seconds=min(self.wait, limits.rest_seconds))
        why = self.why if tried == 1 else f"{self.why}, {tried} times"
        for secret in question.secret_headers.values():
            why = why.replace(secret, "…")
        return self.kind(question.source, question.what, why, status=self.status, retry_at=retry_at, at=now)


def bad_answer(why: str, *, status: int = 200) -> Failure:
    """An answer that failed a check: it would be no better at once."""
    return Failure(BadAnswer, why, status=status)


def late(spent: wire.DeadlineSpent, seconds: float, limits: Limits) -> Failure:
    """The deadline of the whole call, `seconds`, is over, or will surely be: what was spent is not spent again."""
    if isinstance(spent, wire.TooSlow):
        return Failure(SourceUnreachable, f"it comes at less than {limits.slowest:,g} bytes a second")
    return Failure(SourceUnreachable, f"not whole after {seconds:g} s")


def refused(status: int, words: str, wait: float | None, question: Question, limits: Limits) -> Failure:
    """An answer that is neither 200 nor 304. `words`: what it says of itself; `wait`: its Retry-After in seconds."""
    if status == 404:
        return Failure(NotThere, "not there (404)", status=404, wait=wait)
    try:
        phrase = f" ({HTTPStatus(status).phrase})"
    except ValueError:  # one of no standard, such as 520
        phrase = ""
    why = f"answered {status}{phrase}" + (f": {words}" if words else "")
    passing = status in PASSING and not (question.settled and question.settled in words)
    return Failure(SourceRefused, why, tries=limits.tries if passing else 1, status=status, wait=wait)


def unanswered(error: Exception, limits: Limits, *, connected: bool) -> Failure:
    """An error of requests or urllib3, raised while asking or while reading the body.

    `connected`: the request had gone out, so that silence was the source's and not that of a handshake.
    """
    found = list(_causes(error))

    def first(*kinds: type[BaseException]) -> BaseException | None:
        return next((e for e in found if isinstance(e, kinds)), None)

    def failed(why: str, tries: int) -> Failure:
        return Failure(SourceUnreachable, why, tries=tries)

    if cut := first(http.client.IncompleteRead):
        return failed(_short(cut), limits.tries)
    if untrusted := first(ssl.SSLCertVerificationError):
        reason = getattr(untrusted, "verify_message", "") or "no reason given"
        return failed(f"certificate not accepted: {reason}", 1)
    if first(urllib3_errors.NameResolutionError, socket.gaierror):
        return failed("host name not found", limits.unconnected_tries)
    if first(ConnectionRefusedError):
        return failed("connection refused", limits.unconnected_tries)
    if first(urllib3_errors.ProxyError):
        return failed("the proxy gave no connection", limits.unconnected_tries)
    if connected and first(urllib3_errors.ReadTimeoutError):
        return failed(f"nothing came for {limits.silence_seconds:g} s", limits.silent_tries)
    if first(urllib3_errors.TimeoutError, TimeoutError):
        return failed(f"no connection within {limits.connect_seconds:g} s", limits.unconnected_tries)
    if tls := first(ssl.SSLError) or first(urllib3_errors.SSLError):
        reason = getattr(tls, "reason", None) or "no reason given"
        return failed(f"no encrypted connection: {one_line(str(reason), 80)}", limits.unconnected_tries)
    if first(http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        return failed("connection closed before the answer was whole", limits.tries)
    if first(http.client.HTTPException, urllib3_errors.ProtocolError):
        return failed("not a valid HTTP answer", limits.tries)
    if down := first(OSError):
        reason = getattr(down, "strerror", None) or type(down).__name__
        return failed(f"no connection: {reason}", limits.unconnected_tries)
    return failed(f"no answer: {type(error).__name__}", limits.unconnected_tries)


def _causes(error: BaseException) -> Iterator[BaseException]:
    """`error` and all that it wraps, as argument, reason, cause or context, the outermost first."""
    waiting, seen = [error], set()
    while waiting:
        this = waiting.pop(0)
        if id(this) in seen:
            continue
        seen.add(id(this))
        yield this
        inner = [*this.args, getattr(this, "reason", None), this.__cause__, this.__context__]
        waiting += [e for e in inner if isinstance(e, BaseException)]


def _short(cut: BaseException) -> str:
    came, missing = getattr(cut, "partial", None), getattr(cut, "expected", None)
    came = len(came) if isinstance(came, bytes) else came  # http.client keeps what came, urllib3 its length
    if not isinstance(came, int) or not isinstance(missing, int):
        return "short body"
    return f"short body: {came:,} of {came + missing:,} bytes"
