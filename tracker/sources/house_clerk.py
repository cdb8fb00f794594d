"""The Clerk of the House: the roll calls of a year, and each roll call. Source: https://clerk.house.gov/evs/.

The index of a year shows its newest roll calls and links to pages of a hundred; roll calls are numbered from 1 each year.
Both are pages for people, so only what is certain is read from them: numbers, and which pages there are.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from .errors import BadAnswer
from .http import Fetched, Fetcher, Question

SOURCE = "house-clerk"
SLOWER = 2  # twice the pace: the chambers' hosts are small

_ROLL = re.compile(rb"vote\.asp\?year=(\d{4})&(?:amp;)?rollnumber=(\d{1,5})\b", re.I)
_ROLL_XML = re.compile(rb"/evs/(\d{4})/roll(\d{3,5})\.xml", re.I)
_PAGE = re.compile(rb"""href\s*=\s*["']?(?:[^"'\s>]*/)?ROLL_(\d{1,3})00\.asp""", re.I)


@dataclass(frozen=True, slots=True)
class HouseIndex:
    """The index of a year: the numbers of the roll calls it shows, and the hundreds of which it has a page (0, 1, …)."""

    numbers: frozenset[int]
    hundreds: frozenset[int]
    etag: str | None
    last_modified: str | None

    @property
    def newest(self) -> int:
        """The highest number that the index shows."""
        return max(self.numbers)


class HouseClerk:
    """Roll calls at `base_url`."""

    def __init__(self, fetcher: Fetcher, base_url: str) -> None:
        self._fetcher, self._base = fetcher, base_url.rstrip("/")

    def index(
        self, year: int, etag: str | None = None, last_modified: str | None = None
    ) -> HouseIndex | None:
        """The index of a year; None where `etag` or `last_modified` still hold. Raises SourceError: NotThere before its first."""
        what = f"index of {year}"
        answer = self._page(year, "index", what, etag, last_modified)
        if answer.body is None:
            return None
        numbers = _numbers(answer.body, year)
        if not numbers:
            raise BadAnswer(SOURCE, what, "a page without a roll call of that year")
        hundreds = frozenset(int(found) for found in _PAGE.findall(answer.body))
        return HouseIndex(numbers, hundreds, answer.etag, answer.last_modified)

    def hundred(self, year: int, hundred: int) -> frozenset[int]:
        """The numbers on the page of a hundred (2: those from 200 to 299). Raises SourceError."""
        what = f"roll calls {hundred}00 of {year}"
        answer = self._page(year, f"ROLL_{hundred}00", what)
        assert answer.body is not None  # it was asked for without a validator
        numbers = frozenset(n for n in _numbers(answer.body, year) if n // 100 == hundred)
        if not numbers:
            raise BadAnswer(SOURCE, what, "a page without a roll call of that hundred")
        return numbers

    def vote(
        self, year: int, number: int, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched | None:
        """One roll call as XML, not yet read; None where a validator still holds. Raises SourceError, often NotThere."""
        answer = self._fetcher.get(
            Question(
                url=f"{self._base}/evs/{year}/roll{number:03d}.xml",
                source=SOURCE,
                what=f"roll call {number} of {year}",
                form="xml",
                etag=etag,
                last_modified=last_modified,
                slower=SLOWER,
            )
        )
        return None if answer.status == 304 else answer

    def _page(
        self, year: int, name: str, what: str, etag: str | None = None, last_modified: str | None = None
    ) -> Fetched:
        return self._fetcher.get(
            Question(
                url=f"{self._base}/evs/{year}/{name}.asp",
                source=SOURCE,
                what=what,
                form="html",
                etag=etag,
                last_modified=last_modified,
                slower=SLOWER,
            )
        )


def _numbers(page: bytes, year: int) -> frozenset[int]:
    """The roll calls of this year to which a page links."""
    found: Iterable[tuple[bytes, bytes]] = [*_ROLL.findall(page), *_ROLL_XML.findall(page)]
    return frozenset(int(number) for of, number in found if int(of) == year and int(number))
