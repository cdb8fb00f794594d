"""A bulk zip of one folder, read member by member: whatever it holds, nothing is written and memory stays flat."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from types import TracebackType
from typing import IO

from .body import shown_size
from .errors import one_line
from .limits import Limits
from .listings import measure_named

ENTRY_BYTES = 160  # of the zip's directory; GovInfo's are about 80
TAIL_BYTES = 70_000  # what zipfile reads at the end to find the directory
PIECE = 262_144
ENCRYPTED = 0x1
# what zipfile raises on bytes that are no zip, or a damaged one
UNREADABLE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    ValueError,
    OverflowError,
    NotImplementedError,
)


class ZipRefused(ValueError):
    """No zip, or one that would cost too much to read. `str()` says why, in one line."""


@dataclass(frozen=True, slots=True)
class ZipMember:
    """One measure's file, or one that was refused: then `error` says why in one line, and `body` is None.

    `modified` is the zip's own stamp, which has no zone and is read as UTC, to two seconds; None where it is no date.
    `number` is None where the name is none of this folder's.
    """

    name: str
    congress: int
    type: str
    number: int | None
    modified: datetime | None
    body: bytes | None
    error: str | None = None


class _Guarded(io.BufferedIOBase):
    """A zip's file that, while the zip is being opened, refuses a single read larger than a directory may be.

    `zipfile` reads the whole directory at once, at whatever size the zip's last bytes tell, and makes an object of each
    entry: 256 MB of those would be gigabytes.
    """

    def __init__(self, file: IO[bytes], largest: int) -> None:
        self._file = file
        self.largest: int | None = max(largest, TAIL_BYTES)

    def seekable(self) -> bool:
        return True

    def seek(self, offset: int, whence: int = 0, /) -> int:
        if whence == io.SEEK_SET and offset < 0:
            raise zipfile.BadZipFile("something in it begins before it does")
        return self._file.seek(offset, whence)

    def tell(self) -> int:
        return self._file.tell()

    def read(self, size: int | None = -1, /) -> bytes:
        wanted = -1 if size is None else size
        if self.largest is None:
            return self._file.read(wanted)
        body = self._file.read(self.largest + 1 if wanted < 0 else min(wanted, self.largest + 1))
        if len(body) > self.largest:
            raise zipfile.BadZipFile(f"its directory is larger than the limit of {shown_size(self.largest)}")
        return body


class BulkZip:
    """The zip of one folder (congress, type), open for reading; `file` is closed with it. Of bill status unless a
    subclass says otherwise.

    `total` is how many members there are to read, refused ones too. Raises ZipRefused when made of what is no zip, or
    of one that would cost more than `limits` allow.
    """

    HOLDS = "bill status file"

    def __init__(self, file: IO[bytes], congress: int, type: str, limits: Limits) -> None:
        self.congress, self.type = congress, type
        self._file, self._limits = file, limits
        guarded = _Guarded(file, limits.zip_members * ENTRY_BYTES)
        try:
            self._zip = zipfile.ZipFile(guarded)
        except UNREADABLE as error:
            raise ZipRefused(f"not a zip that can be read: {one_line(str(error))}") from error
        guarded.largest = None
        entries = self._zip.infolist()
        if len(entries) > limits.zip_members:
            raise ZipRefused(f"{len(entries):,} members; the limit is {limits.zip_members:,}")
        self._times = Counter(entry.orig_filename for entry in entries)
        unpacked = sum(e.file_size for e in entries if self._refusal(e) is None)
        if unpacked > limits.unpacked_bytes:
            raise ZipRefused(
                f"unpacks to {shown_size(unpacked)}; the limit is {shown_size(limits.unpacked_bytes)}"
            )
        self.total = len(self._times)

    def __enter__(self) -> BulkZip:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        self._zip.close()
        self._file.close()

    def members(self) -> Iterator[ZipMember]:
        """Each member once, in the zip's order, its body whole and with the right checksum, or with `error`."""
        refused_names: set[str] = set()
        for entry in self._zip.infolist():
            error = self._refusal(entry)
            body = None
            if error is None:
                try:
                    body = self._body(entry)
                except UNREADABLE as reason:
                    error = f"cannot be unpacked: {one_line(str(reason) or type(reason).__name__, 100)}"
            if error is not None:
                if entry.orig_filename in refused_names:
                    continue
                refused_names.add(entry.orig_filename)
                error = f"{one_line(entry.orig_filename, 80)}: {error}"
            yield ZipMember(
                name=one_line(entry.orig_filename, 80),
                congress=self.congress,
                type=self.type,
                number=self._number(entry.orig_filename),
                modified=_stamp(entry),
                body=body,
                error=error,
            )

    def _body(self, entry: zipfile.ZipInfo) -> bytes:
        """Unpacked piece by piece: at once, zipfile would unpack far more than the size told, before it cuts."""
        with self._zip.open(entry) as member:
            return b"".join(iter(lambda: member.read(PIECE), b""))

    def _number(self, name: str) -> int | None:
        key = measure_named(name)
        return key[2] if key and key[:2] == (self.congress, self.type) else None

    def _refusal(self, entry: zipfile.ZipInfo) -> str | None:
        """Why a member is not even looked into; None where it may be."""
        limits = self._limits
        if self._number(entry.orig_filename) is None:
            return f"no name of a {self.HOLDS} of {self.congress}/{self.type}"
        if self._times[entry.orig_filename] > 1:
            return f"in the zip {self._times[entry.orig_filename]} times"
        if entry.flag_bits & ENCRYPTED:
            return "encrypted"
        if entry.compress_type not in (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED):
            return f"packed by method {entry.compress_type}, which is not read"
        if entry.file_size > limits.member_bytes:
            return (
                f"{shown_size(entry.file_size)}, larger than the limit of {shown_size(limits.member_bytes)}"
            )
        if entry.file_size > limits.ratio_from_bytes and entry.file_size > limits.ratio * entry.compress_size:
            return f"unpacks to more than {limits.ratio} times its size"
        return None


def _stamp(entry: zipfile.ZipInfo) -> datetime | None:
    try:
        return datetime(*entry.date_time, tzinfo=UTC)
    except ValueError:
        return None
