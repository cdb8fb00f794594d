"""Texts that the operator brings in files: those that GovInfo was asked for and does not have, and those of bills.

A file is a zip of GovInfo's XML (`BILLS-117hr2043ih.xml` and the like), or JSON lines, packed with gzip or not, of
`{"congress": 114, "type": "s", "number": 3114, "version": "is", "text": "…", "url": "…"}`, of which other keys are passed over.
"""

from __future__ import annotations

import gzip
import zipfile
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from pathlib import Path, PurePosixPath
from zlib import error as BadGzip

import msgspec
from django.db import transaction

from tracker.ledger import bulk
from tracker.ledger.models import TextVersion, measure_key, measure_pk
from tracker.records.bill_text import read_bill_text
from tracker.records.model import DocumentRefused
from tracker.sources.bill_texts import package_named
from tracker.texts.due import RESOLUTIONS
from tracker.texts.keeping import Arrived, keep
from tracker.texts.models import MeasureText

SOURCE = "brought"
MOST_BYTES = 32 * 1024 * 1024  # of one text; the longest bill printed has some ten million
_BATCH = 25  # of which each may be long

__all__ = ["SOURCE", "Bringing", "NoTexts", "Text", "bring", "texts_in"]


class NoTexts(Exception):
    """A file that holds no texts, with the reason in one line."""


class Text(msgspec.Struct, frozen=True):
    """One text as a file has it: of which package ("BILLS-114s3114is"), its bytes, and where they are from."""

    package: str
    body: bytes
    url: str


class Bringing(msgspec.Struct):
    """What became of the texts of one file."""

    held: int = 0
    known: int = 0  # held before
    left: int = 0  # of resolutions: GovInfo was not asked yet, or has it
    unlisted: int = 0  # no record held lists such a version
    unreadable: list[str] = []

    def line(self) -> str:
        """ "32 now held; 2 were held before; …"."""
        parts = [f"{self.held:,} now held"]
        if self.known:
            parts.append(f"{self.known:,} held before")
        if self.left:
            parts.append(f"{self.left:,} left to GovInfo, which was not asked for them yet: run `poll` first")
        if self.unlisted:
            parts.append(f"{self.unlisted:,} that no record held here lists")
        if self.unreadable:
            parts.append(f"{len(self.unreadable):,} that could not be read")
        return "; ".join(parts)


class _Line(msgspec.Struct):
    congress: int
    type: str
    number: int
    version: str
    text: str
    url: str | None = None


def texts_in(path: Path) -> Iterator[Text]:
    """The texts of a file, one after the other. Raises NoTexts, in one line, for what is no such file or breaks off."""
    try:
        if zipfile.is_zipfile(path):
            yield from _zipped(path)
        else:
            yield from _lines(path)
    except (OSError, EOFError, BadGzip, zipfile.BadZipFile, NotImplementedError, RuntimeError) as error:
        raise NoTexts(f"{path.name}: {str(error) or type(error).__name__}".splitlines()[0]) from error


def bring(texts: Iterable[Text], now: datetime) -> Bringing:
    """Hold what of these a record lists and GovInfo does not bring, some at a time; safe to stop and to run again."""
    done = Bringing()
    for some in bulk.chunks(texts, _BATCH):
        _bring(list(some), now, done)
    return done


def _bring(texts: Sequence[Text], now: datetime, done: Bringing) -> None:
    wanted = {each.package: each for each in texts}
    versions = TextVersion.objects.filter(measure_id__in=_measures(wanted), package__in=wanted)
    listed = {row.package: row for row in versions.exclude(code=None) if row.package}
    rows = {row.package: row for row in MeasureText.objects.filter(package__in=wanted)}
    done.unlisted += len(wanted.keys() - listed.keys())
    chosen = []
    for package, version in listed.items():
        row, text = rows.get(package), wanted[package]
        if row is not None and row.state == MeasureText.State.HELD:
            done.known += 1
        elif _is_asked_for(version) and (row is None or row.state == MeasureText.State.DUE):
            done.left += 1
        elif (refused := _refusal(text)) is not None:
            done.unreadable.append(f"{package}: {refused}")
        else:
            chosen.append((row or _row(version, now), text))
    with transaction.atomic():
        fresh = [row for row, _ in chosen if row.pk is None]
        MeasureText.objects.bulk_create(fresh)
        kept = keep([Arrived(row, text.body, text.url, now, SOURCE) for row, text in chosen], now)
    done.held += sum(each.reason is None for each in kept)


def _measures(packages: Iterable[str]) -> list[int]:
    named = [package_named(package) for package in packages]
    return [measure_pk(*each[:3]) for each in named if each is not None]


def _is_asked_for(version: TextVersion) -> bool:
    return measure_key(version.measure_id).split("/")[1] in RESOLUTIONS


def _refusal(text: Text) -> str | None:
    try:
        read_bill_text(text.body)
    except DocumentRefused as refused:
        return str(refused)
    return None


def _row(version: TextVersion, now: datetime) -> MeasureText:
    return MeasureText(
        measure_id=version.measure_id,
        version=version.code or "",
        package=version.package or "",
        on=version.on,
        seen_at=now,
        due_at=now,
    )


def _zipped(path: Path) -> Iterator[Text]:
    with zipfile.ZipFile(path) as opened:
        for member in opened.infolist():
            name = PurePosixPath(member.filename)
            if name.suffix != ".xml" or package_named(name.stem) is None:
                continue
            if member.file_size > MOST_BYTES:
                raise NoTexts(f"{path.name}: {name} is larger than {MOST_BYTES:,} bytes")
            yield Text(name.stem, opened.read(member), f"{path.name}/{member.filename}")


def _lines(path: Path) -> Iterator[Text]:
    decoder = msgspec.json.Decoder(_Line)
    with path.open("rb") as plain:
        packed = plain.read(2) == b"\x1f\x8b"
    with gzip.open(path) if packed else path.open("rb") as file:
        for count, line in enumerate(iter(lambda: file.readline(MOST_BYTES), b""), 1):
            if not line.strip():
                continue
            try:
                read = decoder.decode(line)
            except (msgspec.DecodeError, UnicodeDecodeError) as error:
                raise NoTexts(f"{path.name}, line {count}: {error}") from error
            package = f"BILLS-{read.congress}{read.type}{read.number}{read.version}"
            if package_named(package) is None:
                raise NoTexts(f"{path.name}, line {count}: {package} is no text of a measure")
            yield Text(package, read.text.encode(), read.url or f"{path.name}, line {count}")
