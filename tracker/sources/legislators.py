"""The community's lists of members and committees. Source: https://github.com/unitedstates/congress-legislators (CC0)."""

from __future__ import annotations

from typing import Final

from .http import Fetched, Fetcher, Question

SOURCE = "legislators"

#: The lists that are read. `…-current` and `…-historical` are split late, so that neither is whole alone.
NAMES: Final = (
    "legislators-current",
    "legislators-historical",
    "committees-current",
    "committees-historical",
    "committee-membership-current",
)


class Legislators:
    """The lists at `base_url`."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher, self._base = fetcher, base_url.rstrip("/")

    def file(self, name: str, etag: str | None = None, last_modified: str | None = None) -> Fetched | None:
        """One of NAMES as YAML, not yet read; None where `etag` or `last_modified` still hold.

        Raises KeyError for another name, and SourceError: NotThere is no fault of a list that this source lacks.
        """
        if name not in NAMES:
            raise KeyError(name)
        answer = self._fetcher.get(
            Question(
                url=f"{self._base}/congress-legislators/{name}.yaml",
                source=SOURCE,
                what=name,
                form="yaml",
                etag=etag,
                last_modified=last_modified,
            )
        )
        return None if answer.status == 304 else answer
