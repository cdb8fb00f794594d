"""Why a source gave nothing usable, in one line each: which source, what was asked, and what went wrong."""

from __future__ import annotations

from datetime import UTC, datetime


def one_line(text: str, longest: int = 200) -> str:
    """`text` fit for an error line: no control characters, single spaces, cut where too long. For what others wrote."""
    shown = " ".join("".join(c if c.isprintable() else " " for c in text[: 4 * longest]).split())
    return shown if len(shown) <= longest else shown[: longest - 1] + "…"


class SourceError(ValueError):
    """Base of all here. `str()` is one line; `retry_at` (aware, UTC) is set where the source must not be asked before."""

    def __init__(
        self,
        source: str,
        what: str,
        why: str,
        *,
        status: int | None = None,
        retry_at: datetime | None = None,
        at: datetime | None = None,
    ) -> None:
        """`at` is now: on another day than that, the line names `retry_at`'s day too."""
        super().__init__(source, what, why)  # and no more, so that it can be pickled
        self.source, self.what, self.why = source, what, why
        self.status, self.retry_at = status, retry_at
        self.line = f"{source}: {what}: {why}"
        if retry_at:
            utc = retry_at.astimezone(UTC)
            day = "" if at and at.astimezone(UTC).date() == utc.date() else f"{utc:%b} {utc.day}, "
            self.line += f", asked again after {day}{utc:%H:%M} UTC"

    def __str__(self) -> str:
        return self.line


class SourceUnreachable(SourceError):
    """No answer, or one that broke off: no connection, silence, a reset, a short body, a deadline passed."""


class SourceRefused(SourceError):
    """An answer other than 200, 304 and 404; `status` says which. 401 and 403 mean that the source has shut us out."""


class NotThere(SourceError):
    """404, or a redirect to the page that stands for it: the source does not have it (yet, or any more)."""


class BadAnswer(SourceError):
    """A 200 that failed a check: not what was asked for, not whole, too large, or leading elsewhere."""


class QuotaSpent(SourceError):
    """Too little is left of the requests that the source grants; `retry_at` is when it may be asked again."""


class TooManyChanged(SourceError):
    """The source names so much as changed that its bulk files are the better way."""
