"""GovInfo's bulk data of bill status: what changed, and the documents themselves. No key is needed.

Source: https://github.com/usgpo/bill-status and https://github.com/usgpo/bulk-data.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import TypeVar

from .bulkzip import BulkZip, ZipRefused
from .errors import BadAnswer
from .http import Fetched, Fetcher, Question
from .listings import (
    BatchItem,
    FolderKey,
    Listed,
    ListRefused,
    read_batches,
    read_folder,
    read_sitemap,
    read_sitemap_index,
)

SOURCE = "govinfo"
MISSING_AT = ("/error",)  # where GovInfo leads to for what it does not have
SPOOLED_BYTES = 4_000_000  # a smaller zip stays in memory

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Batches:
    """The batches that the feed holds, and the validators to ask with next time."""

    items: list[BatchItem]
    etag: str | None
    last_modified: str | None


@dataclass(frozen=True, slots=True)
class FetchedZip:
    """A folder's zip, open: read it with `zip.members()`, then close it (or use it in a `with`)."""

    zip: BulkZip
    url: str
    etag: str | None
    last_modified: str | None
    fetched_at: datetime


class GovInfo:
    """GovInfo at `base_url`. Each method is one call of it; all raise SourceError for what is not there or not whole.

    `type` is a code as in addresses ("sres"). Methods that take `etag` and `last_modified` return None where those
    still hold. An empty list is returned as such: that it is an outage is for the caller to suspect.
    """

    def __init__(self, fetcher: Fetcher, base_url: str, *, work_dir: Path | None = None) -> None:
        """`work_dir` is where zips are kept while they are read; None is the system's folder for temporary files."""
        self._fetcher, self._base, self._work_dir = (
            fetcher,
            base_url.rstrip("/"),
            str(work_dir) if work_dir else None,
        )

    def sitemap_index(self) -> Listed[FolderKey, str]:
        """{(congress, type): lastmod as written}: which folders moved, in one request."""
        question = self._question("/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml", "sitemap index")
        return self._list(question, read_sitemap_index)

    def sitemap(self, congress: int, type: str) -> Listed[int, str]:
        """{number: lastmod as written} of a folder. To be compared for inequality, not for order."""
        question = self._question(
            f"/sitemap/bulkdata/BILLSTATUS/{congress}{type}/sitemap.xml", f"sitemap of {congress}/{type}"
        )
        return self._list(question, lambda body: read_sitemap(body, congress, type))

    def listing(self, congress: int, type: str) -> Listed[int, tuple[str, int | None]]:
        """{number: (time as written, to the minute, GMT; size in bytes)} of a folder: the sitemap's stand-in."""
        question = Question(
            url=f"{self._base}/bulkdata/json/BILLSTATUS/{congress}/{type}",
            source=SOURCE,
            what=f"listing of {congress}/{type}",
            form="json",
            missing_at=MISSING_AT,
        )
        return self._list(question, lambda body: read_folder(body, congress, type))

    def batches(self, etag: str | None = None, last_modified: str | None = None) -> Batches | None:
        """The last hundred finished batches, the second witness of what changed; None where there is none new."""
        question = self._question("/rss/billstatus-batch.xml", "feed of batches", etag, last_modified)
        answer = self._fetcher.get(question)
        if answer.body is None:
            return None
        return Batches(self._read(question, answer.body, read_batches), answer.etag, answer.last_modified)

    def zip(
        self, congress: int, type: str, etag: str | None = None, last_modified: str | None = None
    ) -> FetchedZip | None:
        """All files of a folder, as of some hours ago; None where it did not change. Close it when read."""
        path = f"/bulkdata/BILLSTATUS/{congress}/{type}/BILLSTATUS-{congress}-{type}.zip"
        question = Question(
            url=self._base + path,
            source=SOURCE,
            what=f"zip of {congress}/{type}",
            form="zip",
            etag=etag,
            last_modified=last_modified,
            missing_at=MISSING_AT,
        )
        # closed with the BulkZip, or below
        file = tempfile.SpooledTemporaryFile(SPOOLED_BYTES, dir=self._work_dir)  # noqa: SIM115
        try:
            answer = self._fetcher.get(question, into=file)
            if answer.status == 304:
                file.close()
                return None
            bulk = BulkZip(file, congress, type, self._fetcher.limits)
        except ZipRefused as error:
            file.close()
            raise BadAnswer(SOURCE, question.what, str(error)) from error
        except BaseException:
            file.close()
            raise
        return FetchedZip(bulk, answer.url, answer.etag, answer.last_modified, answer.fetched_at)

    def measure_url(self, congress: int, type: str, number: int) -> str:
        """The address of one measure's file."""
        return f"{self._base}/bulkdata/BILLSTATUS/{congress}/{type}/BILLSTATUS-{congress}{type}{number}.xml"

    def measure_file(
        self,
        congress: int,
        type: str,
        number: int,
        etag: str | None = None,
        last_modified: str | None = None,
    ) -> Fetched | None:
        """One measure's file, its XML not yet read; None where it did not change. NotThere where it does not exist."""
        question = self._question(
            self.measure_url(congress, type, number).removeprefix(self._base),
            f"{congress}/{type}/{number}",
            etag,
            last_modified,
        )
        answer = self._fetcher.get(question)
        return None if answer.status == 304 else answer

    def _question(
        self, path: str, what: str, etag: str | None = None, last_modified: str | None = None
    ) -> Question:
        return Question(
            url=self._base + path,
            source=SOURCE,
            what=what,
            form="xml",
            etag=etag,
            last_modified=last_modified,
            missing_at=MISSING_AT,
        )

    def _list(self, question: Question, read: Callable[[bytes], T]) -> T:
        return self._read(question, self._fetcher.get(question).body or b"", read)

    def _read(self, question: Question, body: bytes, read: Callable[[bytes], T]) -> T:
        try:
            return read(body)
        except ListRefused as error:
            raise BadAnswer(question.source, question.what, str(error)) from error
