"""A part of a file, for whoever's download broke off (RFC 9110, section 14): one range of its bytes."""

from __future__ import annotations

import re
from http import HTTPStatus
from typing import IO

from django.http import HttpRequest

from tracker.api.problems import Refused

_ONE_RANGE = re.compile(r"bytes=(?:(\d{1,18})-(\d{0,18})|-(\d{1,18}))")


def wanted(request: HttpRequest, size: int, etag: str) -> range | None:
    """The bytes that are asked for; None: the whole file. Raises Refused for a range that begins beyond its end.

    What is not one range of bytes is passed over, as the standard has it; so is one of another file than this (`If-Range`).
    """
    found = _ONE_RANGE.fullmatch(request.headers.get("Range", "").strip())
    if found is None or request.headers.get("If-Range", etag) != etag:
        return None
    first, last, suffix = found.groups()
    if suffix is not None:
        part = range(max(size - int(suffix), 0), size)
    else:
        part = range(int(first), min(int(last), size - 1) + 1 if last else size)
        if last and int(last) < int(first):
            return None
    if not part:
        raise Refused(
            HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE,
            f"The file has {size} bytes.",
            accepted=f"bytes=0-{size - 1}",
            headers={"Content-Range": f"bytes */{size}"},
        )
    return part


class Part:
    """A file from where it stands, to be read for so many bytes and then closed."""

    def __init__(self, file: IO[bytes], part: range) -> None:
        self._file, self._left = file, len(part)
        file.seek(part.start)

    def read(self, size: int = -1) -> bytes:
        body = self._file.read(self._left if size < 0 else min(size, self._left))
        self._left -= len(body)
        return body

    def close(self) -> None:
        self._file.close()
