"""The Congress.gov API, version 3: what changed, and one measure with all its parts. Needs a key from api.data.gov.

Source: https://github.com/LibraryOfCongress/api.congress.gov. Each key has a quota of requests an hour, told in the
headers of every answer; this client stops well before its end, for a key may serve others too.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlencode

import msgspec

from tracker.congress.calendar import instant, valid_day
from tracker.congress.measures import TYPES

from .errors import BadAnswer, QuotaSpent, SourceRefused, TooManyChanged, one_line
from .http import Fetcher, Question

SOURCE = "congress.gov"
PAGE = 250  # the most that a page holds
PASSES = 4  # over a list of several pages, until one brings nothing new
ROWS_AT_MOST = 10_000  # in a window of days; more is a reprocessing of a whole Congress
DEPTH = 64
LEAST_LEFT = 10  # requests, and never less than a tenth of the quota
QUOTA_RENEWS = timedelta(hours=1)
OVERLAP = timedelta(days=1)

#: The parts of a bundle that have addresses of their own: key in the answer, and last part of the path.
PARTS = {
    "actions": "actions",
    "cosponsors": "cosponsors",
    "committees": "committees",
    "subjects": "subjects",
    "summaries": "summaries",
    "titles": "titles",
    "textVersions": "text",
    "relatedBills": "relatedbills",
    "amendments": "amendments",
}


@dataclass(frozen=True, slots=True)
class Quota:
    """What the last answer told: requests an hour, and how many are left. `rests_until`: none is made before."""

    limit: int | None = None
    remaining: int | None = None
    rests_until: datetime | None = None


@dataclass(frozen=True, slots=True)
class ChangedBill:
    """A measure that the API lists as updated.

    `updated_at` is the later of its two stamps, `updateDate` and `updateDateIncludingText`, of which either may be a
    mere day: then that day's midnight, so that it may be less than a day before the true instant. Aware, UTC.
    """

    congress: int
    type: str
    number: int
    updated_at: datetime

    @property
    def key(self) -> tuple[int, str, int]:
        return self.congress, self.type, self.number


class _Row(msgspec.Struct):
    congress: int
    type: str
    number: int
    updateDate: str | None = None
    updateDateIncludingText: str | None = None


class CongressApi:
    """The API at `base_url` (with its version: `https://api.congress.gov/v3`), asked with `key`.

    Every method raises SourceError where it cannot answer in full; nothing is returned by halves.
    """

    def __init__(self, fetcher: Fetcher, base_url: str, key: str) -> None:
        """Raises ValueError, without the key, for one that cannot be a key."""
        if not key or not key.isascii() or not key.isprintable() or " " in key:
            raise ValueError(
                "CONGRESS_API_KEY: not a key: give letters and digits only, as api.data.gov sent it."
            )
        self._fetcher, self._base, self._key = fetcher, base_url.rstrip("/"), key
        self._quota = Quota()

    @property
    def quota(self) -> Quota:
        """As the answers to this client told; all None before the first."""
        return self._quota

    def changed_since(self, congress: int, since: datetime) -> list[ChangedBill]:
        """Measures of a Congress that the API updated since `since` (aware), or up to two days before it, each once.

        The window goes from midnight to midnight UTC, a day wider at both ends, since what the API makes of a time of
        day is not known, and its clock need not be ours. Rows that are updated meanwhile move between pages: the list
        is read until a pass has as many as the source tells, or brings nothing new; what slips past even so is there
        for the next window. Raises TooManyChanged for more than ROWS_AT_MOST rows.
        """
        query = {
            "fromDateTime": f"{since.astimezone(UTC) - OVERLAP:%Y-%m-%d}T00:00:00Z",
            "toDateTime": f"{self._fetcher.now().astimezone(UTC) + 2 * OVERLAP:%Y-%m-%d}T00:00:00Z",
            "sort": "updateDate asc",
        }
        what = f"changes of Congress {congress} since {query['fromDateTime'][:10]}"
        found: dict[tuple[int, str, int], ChangedBill] = {}
        for turn in range(PASSES):
            before, seen, told = dict(found), set(), 0
            # other bounds each time, so that what slipped past one page lies within another
            for data in self._pages(f"/bill/{congress}", "bills", what, PAGE - 50 * turn, **query):
                told = max(told, _counted(data.get("pagination")))
                for row in self._rows(data, what):
                    seen.add(row.key)
                    known = found.get(row.key)
                    if known is None or known.updated_at < row.updated_at:
                        found[row.key] = row
            if len(seen) >= told or found == before:
                break
        return [row for row in found.values() if row.type in TYPES]

    def bill(self, congress: int, type: str, number: int) -> bytes:
        """One measure as JSON: `{"bill": {…}, "actions": […], …}`, with all of PARTS, those without items empty.

        `subjects` is an object (`legislativeSubjects`, `policyArea`) as the API has it. Keys are in alphabetical order
        throughout, so that the same content is the same bytes. One request, and one for each 250 items of a part.
        """
        what, path = f"{congress}/{type}/{number}", f"/bill/{congress}/{type}/{number}"
        item = self._ask(path, what).get("bill")
        if not isinstance(item, dict):
            raise BadAnswer(SOURCE, what, "the answer holds no bill")
        inside = "/".join(str(item.get(name)) for name in ("congress", "type", "number")).lower()
        if inside != what:
            raise BadAnswer(SOURCE, what, f"another measure is inside: {one_line(inside, 40)}")
        bundle: dict[str, Any] = {"bill": item}
        for part, place in PARTS.items():
            told = item.get(part)
            empty: Any = {} if part == "subjects" else []
            wanted = _counted(told) if isinstance(told, dict) else 0
            bundle[part] = (
                self._part(f"{path}/{place}", part, f"{part} of {what}", wanted) if wanted else empty
            )
        if _deeper_than(bundle, DEPTH):
            raise BadAnswer(SOURCE, what, f"nested deeper than {DEPTH}")
        return msgspec.json.encode(bundle, order="deterministic")

    def _part(self, path: str, part: str, what: str, wanted: int) -> Any:
        """All items of one part, as many as were told: rows that slip from page to page are asked for again."""
        rows: list[Any] = []
        for _ in range(PASSES - 1):
            rows, pages, told = [], 0, wanted
            whole: dict[str, Any] = {}
            for data in self._pages(path, part, what):
                pages, told = pages + 1, max(wanted, _counted(data.get("pagination")))
                content = data[part]
                if part == "subjects":
                    whole |= content
                    content = content.get("legislativeSubjects", [])
                rows += content
            # the policy area may be counted among the subjects
            fewest = told - 1 if whole.get("policyArea") else told
            if len(rows) >= fewest and (pages == 1 or len(rows) <= told):
                return whole | {"legislativeSubjects": rows} if part == "subjects" else rows
        raise BadAnswer(SOURCE, what, f"{len(rows):,} came where {told:,} were told")

    def _rows(self, data: Mapping[str, Any], what: str) -> Iterator[ChangedBill]:
        try:
            rows = msgspec.convert(data["bills"], list[_Row], strict=False)
        except msgspec.ValidationError as error:
            raise BadAnswer(SOURCE, what, one_line(str(error))) from error
        for row in rows:
            stamps = [at for text in (row.updateDate, row.updateDateIncludingText) if (at := _instant(text))]
            if not stamps:
                raise BadAnswer(SOURCE, what, f"{row.type} {row.number} bears no date")
            yield ChangedBill(row.congress, row.type.lower(), row.number, max(stamps))

    def _pages(
        self, path: str, name: str, what: str, limit: int = PAGE, **query: str
    ) -> Iterator[dict[str, Any]]:
        """Page after page of a list, by offset: the address of the next page that an answer gives is not followed."""
        offset = 0
        while True:
            data = self._ask(path, what, limit=limit, offset=offset, **query)
            rows, told = data.get(name), _counted(data.get("pagination"))
            if name == "subjects" and isinstance(rows, dict):
                rows = rows.get("legislativeSubjects", [])
            if not isinstance(rows, list):
                raise BadAnswer(SOURCE, what, f"the answer holds no {name}")
            if told > ROWS_AT_MOST:
                raise TooManyChanged(SOURCE, what, f"{told:,} rows, more than are worth asking for")
            yield data
            offset += limit
            if offset >= told or not rows:
                return

    def _ask(self, path: str, what: str, **query: str | int) -> dict[str, Any]:
        question = Question(
            # XML has been the default since April 2026
            url=f"{self._base}{path}?{urlencode({'format': 'json', **query})}",
            source=SOURCE,
            what=what,
            form="json",
            secret_headers={"X-Api-Key": self._key},
            settled="UnboundLocalError",  # 500 for some reserved numbers, however often one asks
            before=lambda: self._spare(what),
            heard=self._hear,
        )
        try:
            body = self._fetcher.get(question).body or b""
        except SourceRefused as error:
            if error.status != 429:
                raise
            self._rest(error.retry_at)
            raise self._spent(what) from error
        try:
            data = msgspec.json.decode(body)
        except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as error:
            raise BadAnswer(SOURCE, what, f"not JSON: {one_line(str(error))}") from error
        if not isinstance(data, dict) or "error" in data:
            reason = data.get("error") if isinstance(data, dict) else type(data).__name__
            raise BadAnswer(SOURCE, what, f"an error came with 200: {one_line(str(reason), 120)}")
        return data

    def _hear(self, headers: Mapping[str, str]) -> None:
        limit, remaining = (headers.get(f"X-Ratelimit-{name}", "") for name in ("Limit", "Remaining"))
        if limit.isascii() and limit.isdigit() and remaining.isascii() and remaining.isdigit():
            self._quota = Quota(int(limit), int(remaining))
            if int(remaining) <= max(LEAST_LEFT, int(limit) // 10):
                self._rest(None)

    def _rest(self, until: datetime | None) -> None:
        known = self._quota
        self._quota = Quota(known.limit, known.remaining, until or self._fetcher.now() + QUOTA_RENEWS)

    def _spare(self, what: str) -> None:
        """Raise QuotaSpent while this client rests: before each request, a repeated one too."""
        until = self._quota.rests_until
        if until and until > self._fetcher.now():
            raise self._spent(what)

    def _spent(self, what: str) -> QuotaSpent:
        quota = self._quota
        left = (
            f"{quota.remaining} of {quota.limit} requests are left" if quota.limit else "no requests are left"
        )
        return QuotaSpent(SOURCE, what, left, status=429, retry_at=quota.rests_until, at=self._fetcher.now())


def _instant(text: str | None) -> datetime | None:
    if (day := valid_day(text)) is not None:
        return datetime(day.year, day.month, day.day, tzinfo=UTC)
    return instant(text)


def _counted(told: object) -> int:
    """How many items a list has by its own words; for cosponsors `count` leaves out who withdrew, the list does not."""
    if not isinstance(told, dict):
        return 0
    counts = (told.get("count"), told.get("countIncludingWithdrawnCosponsors"))
    return max((n for n in counts if isinstance(n, int)), default=0)


def _deeper_than(data: object, depth: int) -> bool:
    level = [data]
    for _ in range(depth):
        level = [
            kid
            for node in level
            if isinstance(node, (dict, list))
            for kid in (node.values() if isinstance(node, dict) else node)
        ]
    return any(isinstance(node, (dict, list)) for node in level)
