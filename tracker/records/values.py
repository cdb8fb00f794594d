"""Single values as sources write them → as the records have them. Shared by the readers of XML and of JSON."""

from __future__ import annotations

import re
from functools import lru_cache

from tracker.congress.calendar import instant, valid_day, washington_day
from tracker.congress.measures import TYPES
from tracker.congress.versions import version_of_package
from tracker.records.model import TextFormat, TextVersionRecord

_NOT_STORABLE = re.compile("[\x00\ud800-\udfff]")
_WHOLE = re.compile(r"\d{1,9}", re.ASCII)
_TYPE_MARKS = re.compile(r"[.\s]")
_OLD_CLOCK = re.compile(r"(\d\d):(\d\d) ?([AP])M", re.ASCII)
_PACKAGE = re.compile(r"(BILLS-\d+[a-z]+\d+[a-z]+\d*[a-z]*|PLAW-\d+p(?:ubl|vtl)\d+)", re.ASCII | re.I)
_CHAMBERS = {"house": "house", "house of representatives": "house", "senate": "senate"}
_AMENDMENT_TYPES = frozenset(("hamdt", "samdt", "suamdt"))
_FOLDERS = {"xml": ("xml", "xml"), "uslm": ("uslm", "xml"), "pdf": ("pdf", "pdf"), "htm": ("html", "htm")}
_ENDINGS = {"xml": "xml", "pdf": "pdf", "htm": "htm", "html": "htm", "txt": "txt"}


def clean(text: str) -> str | None:
    """The text without white space around it, None for an empty one.

    NUL and lone halves of surrogate pairs, which JSON and YAML can write and PostgreSQL cannot store, become U+FFFD.
    """
    return _NOT_STORABLE.sub("\ufffd", text).strip() or None


def whole(text: str | None) -> int | None:
    """The number that the text is, digits only; None for anything else, and beyond nine digits."""
    return int(text) if text is not None and _WHOLE.fullmatch(text) else None


def measure_kind(text: str | None) -> str | None:
    """The type code of "HJRES" or "H.J. Res."; None where it is none of the eight."""
    kind = _TYPE_MARKS.sub("", text or "").lower()
    return kind if kind in TYPES else None


def measure_id(congress: str | None, kind: str | None, number: str | None) -> str | None:
    """The id "119/hres/166" of three texts; None where they name no measure."""
    a, b, c = whole(congress), measure_kind(kind), whole(number)
    return f"{a}/{b}/{c}" if a and b and c else None


def amendment_id(congress: str | None, kind: str | None, number: str | None) -> str | None:
    """The id "119/samdt/1717" of three texts; None where they name no amendment."""
    a, b, c = whole(congress), (kind or "").lower(), whole(number)
    return f"{a}/{b}/{c}" if a and c and b in _AMENDMENT_TYPES else None


def chamber(text: str | None) -> str | None:
    """ "house" or "senate", or None."""
    return _CHAMBERS.get((text or "").lower())


def is_yes(text: str | None) -> bool:
    """Whether a flag is set: "True", "Y"."""
    return text is not None and text.lower() in ("true", "y", "yes")


def clock(text: str | None) -> str | None:
    """A wall clock time as 24 hours: the schema of 2014 wrote "07:15PM". Anything else stays as it is."""
    old = _OLD_CLOCK.fullmatch(text) if text is not None else None
    if old is None:
        return text
    hour, minute, half = old.groups()
    return f"{int(hour) % 12 + (12 if half == 'P' else 0):02}:{minute}:00"


def is_time(text: str) -> bool:
    """Whether the text is an instant or a day."""
    return valid_day(text) is not None or instant(text) is not None


@lru_cache(maxsize=4096)
def day_of(text: str | None) -> str | None:
    """The day of a text version's date, which is midnight of Washington in UTC. What is no time stays as it is."""
    day = washington_day(text)
    return text if day is None else day.isoformat()


def text_version(name: str | None, date: str | None, addresses: list[str]) -> TextVersionRecord:
    """A text version from its name, date and the addresses of its formats, which tell its package and its code."""
    formats = tuple([TextFormat(address, _format(address)) for address in addresses])
    package = None
    for address in addresses:
        if found := _PACKAGE.search(address):
            package = found[0]
            break
    return TextVersionRecord(version_of_package(package), name, day_of(date), package, formats)


def published_at(address: str) -> str:
    """Where GovInfo has the text that www.congress.gov has at this address; another address stays as it is.

    Congress.gov answers programs with a challenge page; GovInfo keeps each package's formats in folders.
    """
    kind, package = _format(address), _PACKAGE.search(address)
    if "congress.gov" not in address or package is None or kind not in _FOLDERS:
        return address
    folder, ending = _FOLDERS[kind]
    return f"https://www.govinfo.gov/content/pkg/{package[0]}/{folder}/{package[0]}.{ending}"


def _format(address: str) -> str | None:
    """The format that an address ends in: "xml", "pdf", "htm", "uslm" (XML of another schema), or None."""
    kind = _ENDINGS.get(address.rpartition(".")[2].lower())
    return "uslm" if kind == "xml" and "/uslm/" in address else kind
