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
from .errors import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable
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


def unanswered(error: Exception, limits: Limits) -> Failure:
    """An error of requests or urllib3, raised while asking or while reading the body."""
    why, answered = _why_unanswered(error)
    tries = limits.tries if answered else limits.unconnected_tries
    if not why and answered:
        why, tries = f"nothing came for {limits.silence_seconds:g} s", limits.silent_tries
    elif not why:
        why = f"no connection within {limits.connect_seconds:g} s"
    return Failure(SourceUnreachable, why, tries=tries)


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


def _why_unanswered(error: BaseException) -> tuple[str, bool]:
    """(what happened, did the host answer at all), for an error raised while asking or while reading the body.

    What happened is "" for a timeout: how long was waited is known to the caller only.
    """
    found = list(_causes(error))

    def first(*kinds: type[BaseException]) -> BaseException | None:
        return next((e for e in found if isinstance(e, kinds)), None)

    if cut := first(http.client.IncompleteRead):
        partial, expected = getattr(cut, "partial", 0), getattr(cut, "expected", None)
        came = len(partial) if isinstance(partial, bytes) else partial
        return f"short body: {came:,} of {came + expected:,} bytes" if expected else "short body", True
    if untrusted := first(ssl.SSLCertVerificationError):
        return (
            f"certificate not accepted: {getattr(untrusted, 'verify_message', '') or 'unknown reason'}",
            False,
        )
    if first(urllib3_errors.NameResolutionError, socket.gaierror):
        return "host name not found", False
    if first(ConnectionRefusedError):
        return "connection refused", False
    if first(urllib3_errors.ProxyError):
        return "the proxy gave no connection", False
    if first(urllib3_errors.ReadTimeoutError):
        return "", True
    if first(urllib3_errors.ConnectTimeoutError, TimeoutError):
        return "", False
    if tls := first(ssl.SSLError, urllib3_errors.SSLError):
        return f"TLS failed: {getattr(tls, 'reason', None) or 'no reason given'}", False
    if first(http.client.RemoteDisconnected, ConnectionResetError, BrokenPipeError):
        return "connection closed before the answer was whole", True
    if first(http.client.HTTPException, urllib3_errors.ProtocolError):
        return "not a valid HTTP answer", True
    if down := first(OSError):
        return f"no connection: {getattr(down, 'strerror', None) or type(down).__name__}", False
    return f"no answer: {type(error).__name__}", True
