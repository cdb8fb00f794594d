"""Asking a source over HTTP. The only place that imports requests.

`Fetcher.get` gives one whole, checked answer or raises one SourceError: paced per host, timed, bounded in size, asked
again where that may help, redirected only within the source's own host. Nothing is kept between calls but an open
connection: which validators to send, and whether a source rests, is for the caller to know.
"""

from __future__ import annotations

import http.cookiejar
import io
import random
import time
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import IO, Any
from urllib.parse import urljoin, urlsplit

import requests
import requests.adapters
import requests.auth
import urllib3.exceptions

from . import wire
from .body import PIECE, BodyCut, BodyRefused, copy_body, shown_size
from .errors import BadAnswer, NotThere, SourceError, SourceRefused, SourceUnreachable, one_line
from .exchange import ACCEPT, Fetched, Question, fit_validator, why_not, words_of
from .failures import Failure, bad_answer, late, refused, unanswered
from .limits import Limits
from .pauses import PACE, Pace, seconds_to_wait

__all__ = [
    "BadAnswer",
    "Fetched",
    "Fetcher",
    "Limits",
    "NotThere",
    "Question",
    "SourceError",
    "SourceRefused",
    "SourceUnreachable",
]

REDIRECTS = frozenset({301, 302, 303, 307, 308})
LOOPBACK = ("localhost", "127.0.0.1", "::1")
NOTICE_BYTES, NOTICE_SECONDS = 65_536, 5  # of an error's body, read for its words and to keep the connection


class _NoCredentials(requests.auth.AuthBase):
    """Keeps requests from looking for the host in ~/.netrc and sending what it finds there."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class _Session(requests.Session):
    def get_redirect_target(self, resp: requests.Response) -> str | None:
        """None: requests would read a redirect's body, whatever its size, even where it is told not to follow."""
        return None


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
        self._session = _Session()
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
        deadline = wire.Deadline(self._seconds(question))
        tried = 0
        while True:
            tried += 1
            try:
                return self._try(question, into, deadline)
            except Failure as failure:
                if tried >= failure.tries:
                    raise failure.as_error(question, tried, self.now(), limits) from failure
                pause = limits.waits[min(tried, len(limits.waits)) - 1] * self._jitter()
                pause = max(pause, failure.wait or 0)
                if (failure.wait or 0) > limits.slept_seconds or pause >= deadline.left():
                    raise failure.as_error(question, tried, self.now(), limits) from failure
                self._sleep(pause)

    def _try(self, question: Question, into: IO[bytes] | None, deadline: wire.Deadline) -> Fetched:
        url, limits = question.url, self.limits
        for _ in range(limits.redirects + 1):
            if question.before:
                question.before()
            mine = wire.Deadline(deadline.left(), slowest=limits.slowest, patience=limits.patience_seconds)
            response = self._response(question, url, mine)
            try:
                if question.heard:
                    question.heard(response.headers)
                if response.status_code not in REDIRECTS:
                    return self._judged(question, response, into, mine)
                url = self._next_hop(question, url, response)
            finally:
                response.close()
        raise bad_answer(
            f"redirect refused: more than {limits.redirects} in a row", status=response.status_code
        )

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
        self._pace.wait(urlsplit(url).netloc, question.slower * self._pace_seconds)
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
        except wire.DeadlineSpent as spent:
            raise late(spent, self._seconds(question), limits) from None
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise unanswered(error, limits, connected=deadline.connected) from error
        finally:
            wire.current.reset(token)

    def _next_hop(self, question: Question, url: str, response: requests.Response) -> str:
        """Where a redirect leads, if that is still the source: same host and port, same scheme or from http to https."""
        status, location = response.status_code, response.headers.get("Location", "")
        try:
            target = urljoin(url, location)
            here, there = _place(url), _place(target)
            path, user = urlsplit(target).path, urlsplit(target).username
        except ValueError:  # such as a port that is no number
            why = f"redirect refused: {one_line(location, 80)!r} is no address"
            raise bad_answer(why, status=status) from None
        if path in question.missing_at:
            raise Failure(NotThere, "not there (redirected to its error page)", status=status)
        upgraded = ("https", here[1], 443) if here[::2] == ("http", 80) else here
        if user is not None or there not in (here, upgraded):
            shown = one_line(f"{there[0]}://{there[1] or ''}", 80)
            raise bad_answer(f"redirect refused: it leads to {shown}", status=status)
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
            told = response.headers
            wait = seconds_to_wait(told.get("Retry-After"), date=told.get("Date"), now=self.now())
            raise refused(status, _notice(response, deadline), wait, question, self.limits)
        return Fetched(
            status=status,
            url=response.url,
            body=body,
            etag=fit_validator(response.headers.get("ETag")),
            last_modified=fit_validator(response.headers.get("Last-Modified")),
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
        if (told := _length_told(response)) > limit:
            raise bad_answer(f"{shown_size(told)}, larger than the limit of {shown_size(limit)}")
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
        except wire.DeadlineSpent as spent:
            raise late(spent, self._seconds(question), limits) from None
        except BodyRefused as error:
            raise bad_answer(str(error)) from error
        except BodyCut as error:
            raise Failure(SourceUnreachable, f"short body: {error}", tries=limits.tries) from error
        except (requests.RequestException, urllib3.exceptions.HTTPError) as error:
            raise unanswered(error, limits, connected=deadline.connected) from error
        file.seek(0)
        wrong = why_not(question.form, file.read(1024))
        if wrong:
            raise bad_answer(wrong)
        file.seek(0)
        return memory.getvalue() if into is None else None

    def _seconds(self, question: Question) -> float:
        return self.limits.zip_seconds if question.form == "zip" else self.limits.document_seconds


def _place(url: str) -> tuple[str, str | None, int | None]:
    """(scheme, host, port) of an address. Raises ValueError for one that is none."""
    parts = urlsplit(url)
    return parts.scheme, parts.hostname, parts.port or {"http": 80, "https": 443}.get(parts.scheme)


def _length_told(response: requests.Response) -> int:
    """The answer's Content-Length in bytes; 0 where it tells none."""
    told = response.headers.get("Content-Length", "")
    return int(told) if told.isascii() and told.isdigit() and len(told) < 20 else 0


def _pieces(response: requests.Response) -> Iterator[bytes]:
    """The body as it comes over the wire, still packed."""
    while piece := response.raw.read(PIECE, decode_content=False):
        yield piece


def _notice(response: requests.Response, deadline: wire.Deadline) -> str:
    """What an error answer says. A short body is read whole, so that the connection can stay; a long one is not."""
    if not 0 < _length_told(response) <= NOTICE_BYTES:
        return ""
    deadline.shorten(NOTICE_SECONDS)
    try:
        return words_of(response.raw.read(NOTICE_BYTES, decode_content=False))
    except (wire.DeadlineSpent, urllib3.exceptions.HTTPError):
        return ""  # the status alone must do
