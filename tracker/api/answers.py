"""Ready bytes with what lets others keep them: a validator, and for how long they are good."""

from __future__ import annotations

import gzip
import hashlib
from collections.abc import Callable, Sequence
from functools import cache
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import msgspec
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils.cache import get_conditional_response, patch_vary_headers

from tracker.api import kept
from tracker.packing import packed, takes_gzip

MAX_AGE = 60  # seconds that a cache may answer for us
SHORT_AGE = 10  # … what somebody polls
KEEP = 60  # seconds that a ready answer is kept here: a crowd costs one in a minute, and a repair shows in the next

encode = msgspec.json.Encoder().encode


def base_url(request: HttpRequest) -> str:
    """Scheme and host that links to further pages begin with: SITE_URL, unless the reader came by another name.

    A proxy may speak https for us without saying so; then SITE_URL knows it and the request does not.
    """
    host = request.get_host()
    site: str = settings.SITE_URL
    return site if urlsplit(site).netloc == host else f"{request.scheme}://{host}"


def etag(request: HttpRequest, *stamps: object) -> str:
    """A weak validator of what this address answers while the stamps, and the program, are the same."""
    parts = (release(), settings.SITE_URL, base_url(request), request.get_full_path(), *stamps)
    return f'W/"{hashlib.blake2b(repr(parts).encode(), digest_size=12).hexdigest()}"'


def answer(request: HttpRequest, value: Any, *, max_age: int = MAX_AGE) -> HttpResponse:
    """The value as 200, or 304 where the reader has it already. Its bytes make its validator: for what no event stamps."""
    body = encode(value)
    return _conditional(request, packed(body), etag(request, body), max_age)


def stamped(
    request: HttpRequest,
    stamps: Sequence[object],
    build: Callable[[], Any],
    *,
    max_age: int = MAX_AGE,
    keep: int = KEEP,
) -> HttpResponse:
    """The same for an answer that is another one only when one of its stamps is: it is built once, and kept ready.

    A reader who has it already costs whatever the stamps cost, and no more.
    """
    tag = etag(request, *stamps)
    unchanged = get_conditional_response(request, etag=tag)
    if unchanged is not None:
        return _good_for(unchanged, tag, max_age)
    body = kept.body(f"api:{tag}", lambda: encode(build()), keep)
    return _conditional(request, body, tag, max_age)


def _conditional(request: HttpRequest, body: bytes, tag: str, max_age: int) -> HttpResponse:
    """`body` is packed, and goes out so to whoever unpacks it: JSON of a record shrinks to a seventh."""
    if takes_gzip(request):
        response = HttpResponse(body, content_type="application/json", headers={"Content-Encoding": "gzip"})
    else:
        response = HttpResponse(gzip.decompress(body), content_type="application/json")
    return _good_for(get_conditional_response(request, etag=tag, response=response) or response, tag, max_age)


def _good_for(response: HttpResponse, tag: str, max_age: int) -> HttpResponse:
    response.headers["ETag"] = tag
    patch_vary_headers(response, ["Accept-Encoding"])
    response.headers["Cache-Control"] = f"public, max-age={max_age}"
    return response


@cache
def release() -> str:
    """A digest of the code: answers of another release validate nothing.

    A new parser, a new rule of status or another shape changes what is answered without an event.
    """
    tracker = Path(__file__).resolve().parent.parent
    digest = hashlib.blake2b(digest_size=8)
    for module in sorted(tracker.rglob("*.py")):
        digest.update(module.read_bytes())
    return digest.hexdigest()
