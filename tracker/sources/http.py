"""Asking a source over HTTP. The only place that imports requests.

`Fetcher.get` gives one whole, checked answer or raises one SourceError: paced per host, timed, bounded in size, asked
again where that may help, redirected only within the source's own host. Nothing is kept between calls but an open
connection: which validators to send, and whether a source rests, is for the caller to know.
"""

from __future__ import annotations

import http.cookiejar
import io
import json
import random
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from typing import IO, Any, Literal
from urllib.parse import urljoin, urlsplit

import requests
import requests.adapters
import requests.auth
import urllib3.exceptions

from . import wire
from .body import PIECE, BodyCut, BodyRefused, copy_body, shown_size
from .errors import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable, one_line
from .limits import Limits
from .pauses import PACE, Pace, seconds_to_wait
from .unanswered import why_unanswered

Form = Literal["xml", "json", "yaml", "zip"]

ACCEPT: dict[Form, str] = {
    "xml": "application/xml, text/xml, application/rss+xml, */*;q=0.1",
    "json": "application/json",  # GovInfo's listings answer 406 to anything else
    "yaml": "*/*",
    "zip": "application/zip, */*;q=0.1",
}
STARTS: dict[Form, tuple[bytes, ...]] = {
    "xml": (b"<",),
    "json": (b"{", b"["),
    "yaml": (b"",),
    "zip": (b"PK\3\4", b"PK\5\6"),
}
PASSING = frozenset({408, 429, 500, 502, 503, 504, 520, 521, 522, 523, 524})
REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOOPBACK = ("localhost", "127.0.0.1", "::1")
NOTICE_BYTES, NOTICE_SECONDS = 65_536, 5  # of an error's body, read for its words and to keep the connection


@dataclass(frozen=True, slots=True)
class Fetched:
    """One answer: 200 with its body (None where it went to a file), or 304 without.

    `etag` and `last_modified` are to be sent back verbatim, and kept only with a body that was accepted.
    """

    status: int
    url: str
    body: bytes | None = field(repr=False)
    etag: str | None
    last_modified: str | None
    fetched_at: datetime
    headers: Mapping[str, str] = field(repr=False)


@dataclass(frozen=True, slots=True)
class Question:
    """What to ask for, and what stands for it in errors: `source` and `what` ("govinfo", "sitemap of 119/sres").

    `form` is what the body has to look like. `missing_at`: paths of pages that a redirect to means "not there".
    `secret_headers` go to this host alone and into no error. An error answer with `settled` in its words will not
    pass with time. `before` is called before every request, repeated ones too, and may raise; `heard` is given the headers
    of every answer, refusals too.
    """

    url: str
    source: str
    what: str
    form: Form
    etag: str | None = None
    last_modified: str | None = None
    secret_headers: Mapping[str, str] = field(default_factory=dict, repr=False)
    missing_at: tuple[str, ...] = ()
    settled: str | None = None
    before: Callable[[], object] | None = None
    heard: Callable[[Mapping[str, str]], object] | None = None


class _Failure(Exception):
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


class _NoCredentials(requests.auth.AuthBase):
    """Keeps requests from looking for the host in ~/.netrc and sending what it finds there."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Adapter(requests.adapters.HTTPAdapter):
    """One connection a host (another thread waits its turn), each with a deadline."""

    def __init__(self) -> None:
        super().__init__(pool_maxsize=1, pool_block=True, max_retries=0)

    def init_poolmanager(self, *args: Any, **kwargs: Any) -> None:
        super().init_poolmanager(*args, **kwargs)
        wire.keep_deadlines(self.poolmanager)

    def proxy_manager_for(self, *args: Any, **kwargs: Any) -> Any:
        manager = super().proxy_manager_for(*args, **kwargs)
        wire.keep_deadlines(manager)
        return manager


class Fetcher:
    """A session with the sources. Threads may share it; processes may not: make it after a fork.

    `site_url` and `version` are told to the sources in the User-Agent. The environment's proxies and certificate
    bundle are honoured, since some hosts reach the network only through them; its ~/.netrc is not, for credentials
    written down for something else are none of these sources' business. Cookies are not kept.
    """

    def __init__(
        self,
        *,
        site_url: str,
        version: str,
        pace_seconds: float = 0.5,
        limits: Limits | None = None,
        pace: Pace = PACE,
        sleep: Callable[[float], None] = time.sleep,
        now: Callable[[], datetime] = lambda: datetime.now(UTC),
        jitter: Callable[[], float] = lambda: random.uniform(0.75, 1.25),  # noqa: S311 (no secret)
    ) -> None:
        self.limits = limits or Limits()
        self.now = now
        self._pace, self._pace_seconds = pace, pace_seconds
        self._sleep, self._jitter = sleep, jitter
        self._session = requests.Session()
        self._session.auth = _NoCredentials()
        self._session.cookies.set_policy(http.cookiejar.DefaultCookiePolicy(allowed_domains=[]))
        self._session.headers.clear()
        self._session.headers["User-Agent"] = one_line(f"Whereas/{version} (+{site_url})")
        for scheme in ("http://", "https://"):
            self._session.mount(scheme, _Adapter())

    def close(self) -> None:
        """Close the connections kept open."""
        self._session.close()

    def get(self, question: Question, into: IO[bytes] | None = None) -> Fetched:
        """The answer to `question`: a 200 whose body passed the checks, or a 304 where the validators still hold.

        With `into`, the body is written to that file (emptied first) instead of memory. A zip may be larger and take
        longer. Raises SourceUnreachable, SourceRefused, NotThere or BadAnswer, whose text is one line.
        """
        limits = self.limits
        deadline = wire.Deadline(limits.zip_seconds if question.form == "zip" else limits.document_seconds)
        tried = 0
        while True:
            tried += 1
            try:
                return self._try(question, into, deadline)
            except _Failure as failure:
                if tried >= failure.tries:
                    raise self._error(question, failure, tried) from failure
                pause = limits.waits[min(tried, len(limits.waits)) - 1] * self._jitter()
                pause = max(pause, failure.wait or 0)
                if (failure.wait or 0) > limits.slept_seconds or pause >= deadline.left():
                    raise self._error(question, failure, tried) from failure
                self._sleep(pause)

    def _error(self, question: Question, failure: _Failure, tried: int) -> SourceError:
        now = self.now()
        retry_at = None
        if failure.wait is not None:
            retry_at = now + timedelta(seconds=min(failure.wait, self.limits.rest_seconds))
        why = failure.why if tried == 1 else f"{failure.why}, {tried} times"
        for secret in question.secret_headers.values():
            why = why.replace(secret, "…")
        return failure.kind(
            question.source, question.what, why, status=failure.status, retry_at=retry_at, at=now
        )

    def _try(self, question: Question, into: IO[bytes] | None, deadline: wire.Deadline) -> Fetched:
        url = question.url
        for _ in range(self.limits.redirects + 1):
            if question.before:
                question.before()
            mine = wire.Deadline(deadline.left())
            response = self._response(question, url, mine)
            try:
                if question.heard:
                    question.heard(response.headers)
                if response.status_code not in REDIRECTS:
                    return self._judged(question, response, into, mine)
                url = self._next_hop(question, url, response)
            finally:
                response.close()
        raise _Failure(BadAnswer, f"redirect refused: more than {self.limits.redirects} in a row")

    def _response(self, question: Question, url: str, deadline: wire.Deadline) -> requests.Response:
        """The status line and headers; the body is still on its way."""
        limits = self.limits
        headers = {
            "Accept": ACCEPT[question.form],
            "Accept-Encoding": "identity" if question.form == "zip" else "gzip",
            **question.secret_headers,
        }
        if question.etag:
            headers["If-None-Match"] = question.etag
        if question.last_modified:
            headers["If-Modified-Since"] = question.last_modified
        host = urlsplit(url).hostname or ""
        self._pace.wait(urlsplit(url).netloc, self._pace_seconds)
        token = wire.current.set(deadline)
        try:
            return self._session.get(
                url,
                headers=headers,
                stream=True,
                allow_redirects=False,
                timeout=(min(limits.connect_seconds, max(deadline.left(), 0.001)), limits.silence_seconds),
                # a proxy's loopback is not ours
                proxies={"no_proxy": host} if host in LOOPBACK else None,
            )
        except wire.DeadlineSpent:
            raise self._too_slow(question) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._unanswered(error) from error
        finally:
            wire.current.reset(token)

    def _next_hop(self, question: Question, url: str, response: requests.Response) -> str:
        """Where a redirect leads, if that is still the source: same host, same scheme (or up to https)."""
        target = urljoin(url, response.headers.get("Location", ""))
        try:
            here, there = urlsplit(url), urlsplit(target)
            same = here.hostname == there.hostname and (
                (here.scheme, here.port) == (there.scheme, there.port)
                or (here.scheme, here.port, there.scheme, there.port) == ("http", None, "https", None)
            )
        except ValueError:  # no address at all, such as a port that is no number
            raise _Failure(BadAnswer, f"redirect refused: {one_line(target, 100)!r} is no address") from None
        if there.path in question.missing_at:
            raise _Failure(NotThere, "not there (redirected to its error page)", status=response.status_code)
        if not same or there.username is not None:
            place = one_line(f"{there.scheme}://{there.hostname or ''}", 100)
            raise _Failure(BadAnswer, f"redirect refused: it leads to {place}", status=response.status_code)
        return target

    def _judged(
        self,
        question: Question,
        response: requests.Response,
        into: IO[bytes] | None,
        deadline: wire.Deadline,
    ) -> Fetched:
        status = response.status_code
        body = None
        if status == 200:
            body = self._body(question, response, into, deadline)
        elif status != 304 or not (question.etag or question.last_modified):
            raise self._refusal(question, response, deadline)
        return Fetched(
            status=status,
            url=response.url,
            body=body,
            etag=_validator(response.headers.get("ETag")),
            last_modified=_validator(response.headers.get("Last-Modified")),
            fetched_at=self.now(),
            headers=response.headers,
        )

    def _body(
        self,
        question: Question,
        response: requests.Response,
        into: IO[bytes] | None,
        deadline: wire.Deadline,
    ) -> bytes | None:
        limits = self.limits
        limit = limits.zip_bytes if question.form == "zip" else limits.document_bytes
        told = response.headers.get("Content-Length", "")
        if told.isdigit() and int(told) > limit:
            raise _Failure(
                BadAnswer, f"{shown_size(int(told))}, larger than the limit of {shown_size(limit)}"
            )
        memory = io.BytesIO()
        file = memory if into is None else into
        file.seek(0)
        file.truncate()
        try:
            copy_body(
                _pieces(response),
                file.write,
                coding=response.headers.get("Content-Encoding", "").strip().lower(),
                limit=limit,
                ratio=limits.ratio,
                ratio_from=limits.ratio_from_bytes,
            )
        except wire.DeadlineSpent:
            raise self._too_slow(question) from None
        except BodyRefused as error:
            raise _Failure(BadAnswer, str(error)) from error
        except BodyCut as error:
            raise _Failure(SourceUnreachable, f"short body: {error}", tries=limits.tries) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise self._unanswered(error) from error
        file.seek(0)
        _check_form(question.form, file.read(1024))
        file.seek(0)
        return memory.getvalue() if into is None else None

    def _refusal(self, question: Question, response: requests.Response, deadline: wire.Deadline) -> _Failure:
        status, limits = response.status_code, self.limits
        words = _words_of(response, deadline)
        try:
            phrase = f" ({HTTPStatus(status).phrase})"
        except ValueError:
            phrase = ""
        wait = seconds_to_wait(
            response.headers.get("Retry-After"), date=response.headers.get("Date"), now=self.now()
        )
        if status == 404:
            return _Failure(NotThere, "not there (404)", status=404, wait=wait)
        passing = status in PASSING and not (question.settled and question.settled in words)
        why = f"answered {status}{phrase}" + (f": {words}" if words else "")
        return _Failure(SourceRefused, why, tries=limits.tries if passing else 1, status=status, wait=wait)

    def _too_slow(self, question: Question) -> _Failure:
        limits = self.limits
        seconds = limits.zip_seconds if question.form == "zip" else limits.document_seconds
        return _Failure(SourceUnreachable, f"not whole after {seconds:g} s")

    def _unanswered(self, error: Exception) -> _Failure:
        limits = self.limits
        why, answered = why_unanswered(error)
        tries = limits.tries if answered else limits.unconnected_tries
        if not why and answered:
            why, tries = f"nothing came for {limits.silence_seconds:g} s", limits.silent_tries
        elif not why:
            why = f"no connection within {limits.connect_seconds:g} s"
        return _Failure(SourceUnreachable, why, tries=tries)


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it comes over the wire, still packed."""
    while piece := response.raw.read(PIECE, decode_content=False):
        yield piece


def _check_form(form: Form, start: bytes) -> None:
    """Does a body that starts so look like what was asked for? Error pages come with 200 and any Content-Type."""
    begin = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin:
        raise _Failure(BadAnswer, "an empty answer")
    if begin[:14].lower().startswith((b"<!doctype html", b"<html")):
        raise _Failure(BadAnswer, f"an HTML page came instead of {form.upper()}")
    utf16 = form == "xml" and start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and not begin.startswith(STARTS[form]):
        raise _Failure(BadAnswer, f"not {form.upper()}: it begins with {one_line(repr(start[:16])[1:], 60)}")


def _words_of(response: requests.Response, deadline: wire.Deadline) -> str:
    """What a JSON error says of itself; "" for any other. Reads a short body whole, so that the connection can stay."""
    told = response.headers.get("Content-Length", "")
    if not told.isdigit() or int(told) > NOTICE_BYTES:
        return ""
    deadline.shorten(NOTICE_SECONDS)
    try:
        error = json.loads(response.raw.read(NOTICE_BYTES)).get("error", "")
    except (wire.DeadlineSpent, urllib3.exceptions.HTTPError, ValueError, AttributeError, RecursionError):
        return ""  # the status alone must do
    if isinstance(error, dict):
        error = error.get("code", "")
    return one_line(error, 120) if isinstance(error, str) else ""


def _validator(value: str | None) -> str | None:
    """A validator fit to be sent back as a header; None for one that is none."""
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None
