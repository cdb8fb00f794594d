"""Why no whole answer came, in words, from the exceptions that requests and urllib3 wrap in one another."""

from __future__ import annotations

import http.client
import socket
import ssl
from collections.abc import Iterator

import urllib3.exceptions as urllib3_errors


def causes(error: BaseException) -> Iterator[BaseException]:
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


def why_unanswered(error: BaseException) -> tuple[str, bool]:
    """(what happened, did the host answer at all), for an error raised while asking or while reading the body.

    What happened is "" for a timeout: how long was waited is known to the caller only.
    """
    found = list(causes(error))

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
