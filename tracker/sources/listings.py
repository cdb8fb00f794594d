"""What GovInfo's lists say: sitemaps, folder listings, the feed of batches. Pure readers of one body each.

All raise ListRefused, whose text is one line, for a body that is not such a list. Entries that belong to no bill status
file of the folder asked for are left out and counted. Links are read by their path alone: the host that a list writes
into them need not be the one that answered. Source: usgpo/bulk-data, usgpo/bill-status, https://www.sitemaps.org.
"""

from __future__ import annotations

import email.utils
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import TypeVar

import msgspec
from lxml import etree

from tracker.congress.measures import TYPES

from .errors import one_line

K = TypeVar("K")
V = TypeVar("V")
FolderKey = tuple[int, str]  # Congress and type of measure
MeasureKey = tuple[int, str, int]

FILE = re.compile(r"/bulkdata/BILLSTATUS/(\d{1,3})/([a-z]+)/BILLSTATUS-(\d{1,3})([a-z]+)(\d{1,6})\.xml")
FILE_NAME = re.compile(r"BILLSTATUS-([1-9]\d{0,2})([a-z]+)([1-9]\d{0,5})\.xml")
SITEMAP = re.compile(r"/sitemap/bulkdata/BILLSTATUS/(\d{1,3})([a-z]+)/sitemap\.xml$")
LONGEST_STAMP = 64


class ListRefused(ValueError):
    """Not a list of the kind asked for. `str()` says why."""


class Listed(dict[K, V]):
    """A list by key, in the source's order; `ignored` counts the entries that were of no use."""

    def __init__(self) -> None:
        super().__init__()
        self.ignored = 0


@dataclass(frozen=True, slots=True)
class BatchItem:
    """One finished batch: its guid, when it was published (None where it does not say), the files it names, each once."""

    guid: str
    published_at: datetime | None
    files: tuple[MeasureKey, ...]


def measure_named(name: str) -> MeasureKey | None:
    """(119, "sres", 145) of the file name "BILLSTATUS-119sres145.xml"; None for any other name."""
    found = FILE_NAME.fullmatch(name)
    if not found or found[2] not in TYPES:
        return None
    return int(found[1]), found[2], int(found[3])


def read_sitemap_index(body: bytes) -> Listed[FolderKey, str]:
    """{(congress, type): lastmod, as written} of `/sitemap/bulkdata/BILLSTATUS/sitemapindex.xml`."""
    folders: Listed[FolderKey, str] = Listed()
    for loc, stamp in _stamped(_root(body, "sitemapindex"), "sitemap"):
        found = SITEMAP.search(loc)
        if found and found[2] in TYPES and stamp:
            _keep(folders, (int(found[1]), found[2]), stamp)
        else:
            folders.ignored += 1
    return folders


def read_sitemap(body: bytes, congress: int, type: str) -> Listed[int, str]:
    """{number: lastmod, as written} of one folder's sitemap. An entry without a date has the stamp ""."""
    numbers: Listed[int, str] = Listed()
    for loc, stamp in _stamped(_root(body, "urlset"), "url"):
        key = _measure_in(FILE.search(loc))
        if key and key[:2] == (congress, type):
            _keep(numbers, key[2], stamp)
        else:
            numbers.ignored += 1
    return numbers


class _Row(msgspec.Struct):
    name: str
    formattedLastModifiedTime: str = ""
    size: int | str | None = None
    folder: bool = False


class _Folder(msgspec.Struct):
    files: list[_Row]


def read_folder(body: bytes, congress: int, type: str) -> Listed[int, tuple[str, int | None]]:
    """{number: ("18-Sep-2026 20:26", size in bytes)} of a folder's JSON listing. The folder's zip is no entry of it."""
    try:
        # as text, since msgspec does not look into the fields that it has no use for
        rows = msgspec.json.decode(body.decode("utf-8-sig"), type=_Folder).files
    except (msgspec.DecodeError, RecursionError, UnicodeDecodeError) as error:
        raise ListRefused(f"not a folder listing: {one_line(str(error))}") from error
    numbers: Listed[int, tuple[str, int | None]] = Listed()
    for row in rows:
        key = measure_named(row.name)
        if key and key[:2] == (congress, type):
            size = int(text) if (text := str(row.size)).isascii() and text.isdecimal() else None
            numbers[key[2]] = (row.formattedLastModifiedTime[:LONGEST_STAMP], size)
        elif row.name != f"BILLSTATUS-{congress}-{type}.zip":
            numbers.ignored += 1
    return numbers


def read_batches(body: bytes) -> list[BatchItem]:
    """The batches of `/rss/billstatus-batch.xml`, in the feed's order (not reliably newest first).

    The description is HTML whose links are not quoted, so files are found by the form of their path, not as markup.
    """
    root = _root(body, "rss")
    batches = []
    for item in root.iterfind("channel/item"):
        guid = (item.findtext("guid") or "").strip()
        if not guid:
            continue
        links = FILE.finditer(item.findtext("description") or "")
        files = dict.fromkeys(key for link in links if (key := _measure_in(link)))
        batches.append(BatchItem(guid, _published(item.findtext("pubDate") or ""), tuple(files)))
    return batches


def _root(body: bytes, name: str) -> etree._Element:
    """The root element `name` of an XML document; nothing that a document type could declare is looked at."""
    if b"<!DOCTYPE" in body[:4096]:  # told before anything in it is looked at
        raise ListRefused("refused: document type declaration")
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False)
    try:
        root = etree.fromstring(body, parser)
    except etree.XMLSyntaxError as error:
        raise ListRefused(f"not well-formed XML: {one_line(error.msg or 'no reason given')}") from error
    if root.getroottree().docinfo.internalDTD is not None:  # in another encoding, or further down
        raise ListRefused("refused: document type declaration")
    found = etree.QName(root).localname
    if found != name:
        raise ListRefused(f"the root element is {one_line(found, 60)!r}, not {name!r}")
    return root


def _stamped(root: etree._Element, entry: str) -> Iterator[tuple[str, str]]:
    for row in root.iterchildren(f"{{*}}{entry}"):
        stamp = (row.findtext("{*}lastmod") or "").strip()
        yield (row.findtext("{*}loc") or "").strip(), stamp[:LONGEST_STAMP]


def _keep(stamps: Listed[K, str], key: K, stamp: str) -> None:
    """Of an entry that is listed twice the later stamp counts, whatever the order, so that it does not flicker."""
    stamps[key] = max(stamp, stamps.get(key, ""))


def _measure_in(found: re.Match[str] | None) -> MeasureKey | None:
    if not found or found[1] != found[3] or found[2] != found[4] or found[2] not in TYPES:
        return None
    number = int(found[5])
    return (int(found[1]), found[2], number) if number else None


def _published(text: str) -> datetime | None:
    try:
        at = email.utils.parsedate_to_datetime(text.strip())
        return (at if at.tzinfo else at.replace(tzinfo=UTC)).astimezone(UTC)
    except (ValueError, OverflowError):
        return None
