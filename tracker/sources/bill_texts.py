"""GovInfo's published texts of measures: one at a time, or a Congress's session of one type in a zip.

Source: https://github.com/usgpo/bulk-data and GovInfo's content packages. The same XML stands at several addresses of
one host; which of them a record names differs by Congress, and not every version has XML.
"""

from __future__ import annotations

import re
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from urllib.parse import urlsplit

from tracker.congress.measures import TYPES

from .bulkzip import BulkZip, ZipRefused
from .errors import BadAnswer, NotThere, SourceError
from .exchange import Form
from .govinfo import MISSING_AT, SOURCE, SPOOLED_BYTES
from .http import Fetched, Fetcher, Question

_PACKAGE = re.compile(r"BILLS-([1-9]\d{0,2})([a-z]+?)([1-9]\d{0,5})([a-z]{1,6}\d{0,2}[a-z]?)", re.ASCII)
_PATH = re.compile(r"/(?:content/pkg|bulkdata/BILLS)/[\w./-]{1,200}", re.ASCII)
_FORMS: dict[str, Form] = {"xml": "xml", "htm": "html", "html": "html"}


def package_named(package: str) -> tuple[int, str, int, str] | None:
    """(119, "sres", 145, "is") of "BILLS-119sres145is"; None for what is no text of a measure."""
    found = _PACKAGE.fullmatch(package)
    if not found or found[2] not in TYPES:
        return None
    return int(found[1]), found[2], int(found[3]), found[4]


class TextsZip(BulkZip):
    """The zip of the texts of one folder (congress, session, type). A member's `name` is its package's, with ".xml"."""

    HOLDS = "text"

    def _number(self, name: str) -> int | None:
        key = package_named(name.removesuffix(".xml")) if name.endswith(".xml") else None
        return key[2] if key and key[:2] == (self.congress, self.type) else None


@dataclass(frozen=True, slots=True)
class FetchedTexts:
    """A zip of texts, open: read it with `zip.members()`, then close it (or use it in a `with`)."""

    zip: TextsZip
    fetched_at: datetime


class BillTexts:
    """GovInfo's texts at `base_url`. All methods raise SourceError for what is not there or not whole."""

    def __init__(self, fetcher: Fetcher, base_url: str, *, work_dir: Path | None = None) -> None:
        self._fetcher, self._base = fetcher, base_url.rstrip("/")
        self._work_dir = str(work_dir) if work_dir else None

    def zip(self, congress: int, session: int, type: str) -> FetchedTexts:
        """All texts of a folder that were printed in this session. NotThere where there is none. Close it when read."""
        question = Question(
            url=f"{self._base}/bulkdata/BILLS/{congress}/{session}/{type}/BILLS-{congress}-{session}-{type}.zip",
            source=SOURCE,
            what=f"texts of {congress}/{type}, session {session}",
            form="zip",
            missing_at=MISSING_AT,
        )
        # closed with the TextsZip, or below
        file = tempfile.SpooledTemporaryFile(SPOOLED_BYTES, dir=self._work_dir)  # noqa: SIM115
        try:
            answer = self._fetcher.get(question, into=file)
            return FetchedTexts(TextsZip(file, congress, type, self._fetcher.limits), answer.fetched_at)
        except ZipRefused as error:
            file.close()
            raise BadAnswer(SOURCE, question.what, str(error)) from error
        except BaseException:
            file.close()
            raise

    def address(self, congress: int, session: int, type: str, package: str) -> str:
        """Where a zip's member stands by itself."""
        return f"{self._base}/bulkdata/BILLS/{congress}/{session}/{type}/{package}.xml"

    def text(self, package: str, listed: Sequence[str] = ()) -> Fetched:
        """One text: from the first address that has it, those that its record lists first.

        Raises NotThere where none of them has it, and the first other SourceError at once: what a source does not
        answer now is not to be looked for elsewhere.
        """
        missing: SourceError | None = None
        for path in addresses(package, listed):
            question = Question(
                url=self._base + path,
                source=SOURCE,
                what=f"text {package}",
                form=_FORMS[path.rpartition(".")[2]],
                missing_at=MISSING_AT,
            )
            try:
                return self._fetcher.get(question)
            except NotThere as error:
                missing = missing or error
        raise missing or NotThere(SOURCE, f"text {package}", "no address is known of it")


def addresses(package: str, listed: Sequence[str] = ()) -> list[str]:
    """The paths at which a text may stand, the likeliest first: those listed, then the package's own; XML before plain.

    >>> addresses("BILLS-119sres145is")[0]
    '/content/pkg/BILLS-119sres145is/xml/BILLS-119sres145is.xml'
    """
    named = [path for each in listed if (path := _path_of(each, package))]
    own = f"/content/pkg/{package}"
    derived = [f"{own}/xml/{package}.xml", f"{own}/html/{package}.htm"]
    if package.endswith("enr"):
        derived.insert(1, f"{own}/uslm/{package}.xml")
    paths = dict.fromkeys([*named, *derived])
    return sorted(paths, key=lambda path: not path.endswith(".xml"))


def _path_of(address: str, package: str) -> str | None:
    """The path of a listed address at GovInfo, whatever host it names; None for another place or form."""
    try:
        path = urlsplit(address).path
    except ValueError:
        return None
    if not _PATH.fullmatch(path) or ".." in path or package not in path:
        return None
    return path if path.rpartition(".")[2] in _FORMS else None
