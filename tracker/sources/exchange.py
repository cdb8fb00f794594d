"""What is asked of a source, what comes back, and whether it looks like what was asked for."""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from .errors import one_line

Form = Literal["xml", "json", "yaml", "zip", "html"]

ACCEPT: dict[Form, str] = {
    "xml": "application/xml, text/xml, application/rss+xml, */*;q=0.1",
    "json": "application/json",  # GovInfo's listings answer 406 to anything else
    "yaml": "*/*",
    "zip": "application/zip, */*;q=0.1",
    "html": "text/html, */*;q=0.1",
}
STARTS: dict[Form, tuple[bytes, ...]] = {
    "xml": (b"<",),
    "json": (b"{", b"["),
    "yaml": (b"",),
    "zip": (b"PK\3\4", b"PK\5\6"),
    "html": (b"<",),
}


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
    of every answer, refusals too. `slower` is how many times the usual pace its host is to be left between two requests.
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
    slower: int = 1
    before: Callable[[], object] | None = None
    heard: Callable[[Mapping[str, str]], object] | None = None


def why_not(form: Form, start: bytes) -> str | None:
    """Why a body that starts so is not of that form; None where it may be. Error pages come with 200 and any Content-Type."""
    begin = start.removeprefix(b"\xef\xbb\xbf").lstrip()
    if not begin:
        return "an empty answer"
    if form != "html" and begin[:14].lower().startswith((b"<!doctype html", b"<html")):
        return f"an HTML page came instead of {form.upper()}"
    utf16 = form == "xml" and start.startswith((b"\xff\xfe", b"\xfe\xff"))
    if not utf16 and not begin.startswith(STARTS[form]):
        return f"not {form.upper()}: it begins with {one_line(repr(start[:16])[1:], 60)}"
    return None


def words_of(body: bytes) -> str:
    """What a JSON error says of itself, in one line: its code or its text; "" for a body that is none."""
    try:
        error = json.loads(body).get("error", "")
    except (ValueError, AttributeError, RecursionError):
        return ""
    if isinstance(error, dict):
        error = error.get("code", "")
    return one_line(error, 120) if isinstance(error, str) else ""


def fit_validator(value: str | None) -> str | None:
    """A validator that can be sent back as a header; None for one that cannot."""
    return value if value and len(value) <= 300 and value.isascii() and value.isprintable() else None
