"""Whether whoever asks takes an answer packed, and how answers are packed."""

from __future__ import annotations

import gzip
import re

from django.http import HttpRequest

_TAKES_GZIP = re.compile(r"\bgzip\b(?!\s*;\s*q=0(\.0*)?\s*(,|$))")
_LEVEL = 6


def takes_gzip(request: HttpRequest) -> bool:
    """Whether the reader's program says that it unpacks gzip."""
    return _TAKES_GZIP.search(request.headers.get("Accept-Encoding", "")) is not None


def packed(body: bytes) -> bytes:
    """The body as gzip; the same body makes the same bytes."""
    return gzip.compress(body, compresslevel=_LEVEL, mtime=0)
