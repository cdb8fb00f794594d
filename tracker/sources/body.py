"""The body of an answer, read and unpacked within bounds: neither a gzip bomb nor an endless body costs more than the limit."""

from __future__ import annotations

import zlib
from collections.abc import Callable, Iterator

PIECE = 65_536


class BodyRefused(Exception):
    """The body is larger than allowed or in a coding that was not asked for. `str()` says which, and the figure."""


class BodyCut(Exception):
    """The body ended before its packing did: it was cut on its way, and asking again may help."""


def shown_size(count: int) -> str:
    """A number of bytes for people: "64 MB", "1.5 MB", "700 bytes"."""
    return f"{count / 1e6:.1f} MB".replace(".0 MB", " MB") if count >= 100_000 else f"{count:,} bytes"


def copy_body(
    pieces: Iterator[bytes],
    write: Callable[[bytes], object],
    *,
    coding: str,
    limit: int,
    ratio: int,
    ratio_from: int,
) -> int:
    """Write the unpacked body to `write`, piece by piece; returns its length in bytes.

    `coding` is the answer's Content-Encoding. `limit` bounds what comes and what it unpacks to; beyond `ratio_from`
    unpacked bytes, unpacked to packed must stay below `ratio`. Raises BodyRefused and BodyCut; what was written until
    then is of no use.
    """
    came = written = 0

    def passing() -> Iterator[bytes]:
        nonlocal came
        for piece in pieces:
            came += len(piece)
            if came > limit:
                raise BodyRefused(f"larger than the limit of {shown_size(limit)}")
            yield piece

    if coding in ("", "identity"):
        unpacked = passing()
    elif coding in ("gzip", "x-gzip"):
        unpacked = _gunzipped(passing())
    else:
        raise BodyRefused(f"sent as {coding[:40]!r}, which was not asked for")
    for piece in unpacked:
        written += len(piece)
        if written > limit:
            raise BodyRefused(f"larger than the limit of {shown_size(limit)} when unpacked")
        if written > ratio_from and written > ratio * came:
            raise BodyRefused(f"unpacks to more than {ratio} times its size")
        write(piece)
    return written


def _gunzipped(pieces: Iterator[bytes]) -> Iterator[bytes]:
    """Unpacked pieces of at most PIECE bytes. Several gzip members may follow one another, then zeros as padding."""
    gzip = zlib.decompressobj(wbits=31)
    begun = False
    for packed in pieces:
        while packed:
            if gzip.eof:
                packed = packed.lstrip(b"\0")
                if not packed:
                    break
                gzip = zlib.decompressobj(wbits=31)
            try:
                piece = gzip.decompress(packed, PIECE)
            except zlib.error as error:
                raise BodyRefused("not valid gzip") from error
            begun = True
            if piece:
                yield piece
            # all that is unpacked comes before the end, since the checksum is read last
            packed = gzip.unused_data if gzip.eof else gzip.unconsumed_tail
    if begun and not gzip.eof:
        raise BodyCut("gzip ended early")
