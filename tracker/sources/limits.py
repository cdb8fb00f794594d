"""What one answer of a source may cost, at most."""

from __future__ import annotations

from dataclasses import dataclass

MB = 1_000_000


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds of one call of a source, its retries included. Sizes hold on the wire and again unpacked.

    The real worst of GovInfo is far below: a record of 2.6 MB, a zip of 32 MB and 10,503 members, a ratio of 39.
    """

    connect_seconds: float = 5
    silence_seconds: float = 20  # without a byte
    document_seconds: float = (
        120  # the whole call, tries and waits included: what was spent is not spent again
    )
    zip_seconds: float = 900
    slowest: float = 1_000  # bytes a second, once an answer has been coming for …
    patience_seconds: float = 20
    document_bytes: int = 64 * MB
    zip_bytes: int = 256 * MB
    ratio: int = 200  # unpacked to packed
    ratio_from_bytes: int = MB  # a short body may well be 300 equal spaces

    zip_members: int = 50_000
    member_bytes: int = 64 * MB
    unpacked_bytes: int = 1_000 * MB  # all members of a zip together

    redirects: int = 3
    tries: int = 5  # where an answer came, and a later one may be better
    unconnected_tries: int = 3  # where there was no connection
    silent_tries: int = (
        2  # where it was silent: each costs `silence_seconds`, and a poll has other sources to ask
    )
    waits: tuple[float, ...] = (1, 2, 4, 8)  # seconds before the second try, the third, …
    slept_seconds: float = 8  # a longer Retry-After is not slept through: the source rests
    rest_seconds: float = 86_400  # the longest rest that a Retry-After can ask for
