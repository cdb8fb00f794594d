"""One file that holds everything, and comes back on either kind of database.

The file is a zip: a member for each table (rows as msgpack, a thousand at a time, each batch after its length in four
bytes), and `manifest.json` last, with the number of rows and the SHA-256 of every member, the migrations that the tables
have, and the ledger's head. It is written beside its place and moved there whole; what is read is read in one snapshot,
so a poll may go on meanwhile. Sessions are left out: whoever is signed in signs in again.
"""

from __future__ import annotations

import hashlib
import os
import struct
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import msgspec
from django.apps import apps
from django.core.exceptions import ValidationError
from django.core.management.color import no_style
from django.db import DataError, IntegrityError, connection, transaction
from django.db.migrations.recorder import MigrationRecorder
from django.db.models import Field, Model
from django.utils import timezone

from tracker.desk.acts import ONLY_GROW
from tracker.ledger import chain, guards, search
from tracker.ledger.models import Measure
from tracker.ledger.readings import record_of

FORMAT = 1
MANIFEST = "manifest.json"
LARGEST_BATCH = 512 * 1024 * 1024  # bytes; no thousand rows come near
_BATCH = 1000  # rows
_LEFT_OUT = {"contenttypes", "sessions"}  # made anew by migrating; not worth keeping
_LENGTH = struct.Struct(">I")
_SEAL = 64  # bytes: the digits of a SHA-256

Progress = Callable[[str, int], None]  # a table, and its rows


class BadBackup(ValueError):
    """The file cannot be restored, in one line that says why; nothing was changed."""


class Table(msgspec.Struct, frozen=True):
    """What the manifest says of one table."""

    columns: list[str]
    rows: int
    sha256: str


class Manifest(msgspec.Struct, frozen=True):
    """What a backup says of itself."""

    format: int
    made_at: datetime
    database: str  # sqlite, postgresql: where it came from
    migrations: list[str]  # "ledger.0001_initial", sorted
    tables: dict[str, Table]
    events: int
    head: str  # hash of the last event


def _silent(table: str, rows: int) -> None:
    pass


# Writing


def backup(path: Path, progress: Progress = _silent) -> Manifest:
    """Write everything into `path`, which is there whole or not at all. Raises OSError where it cannot be written."""
    beside = path.with_name(f".{path.name}.{os.getpid()}.part")
    try:
        with zipfile.ZipFile(beside, "x", zipfile.ZIP_DEFLATED, compresslevel=6) as file, _snapshot():
            manifest = _write(file, progress)
        with beside.open("rb+") as written:
            digest = _digest(written, beside.stat().st_size - _SEAL)
            written.seek(-_SEAL, os.SEEK_END)
            written.write(digest)
            written.flush()
            os.fsync(written.fileno())
        beside.replace(path)
    finally:
        beside.unlink(missing_ok=True)
    return manifest


def _write(file: zipfile.ZipFile, progress: Progress) -> Manifest:
    head, tables = chain.head(), dict[str, Table]()
    for model in _models():
        name, fields = model._meta.db_table, _fields(model)
        digest, rows = hashlib.sha256(), 0
        with file.open(_member(name), "w", force_zip64=True) as member:
            for batch in _batches(model, fields):
                packed = msgspec.msgpack.encode(batch)
                for piece in (_LENGTH.pack(len(packed)), packed):
                    digest.update(piece)
                    member.write(piece)
                rows += len(batch)
        tables[name] = Table([str(field.column) for field in fields], rows, digest.hexdigest())
        progress(name, rows)
    manifest = Manifest(
        FORMAT, timezone.now(), connection.vendor, _migrations(), tables, head.count, head.hash
    )
    file.writestr(MANIFEST, msgspec.json.format(msgspec.json.encode(manifest)))
    file.comment = b"0" * _SEAL  # room for the digest of all before it
    return manifest


def _digest(file: IO[bytes], length: int) -> bytes:
    """The SHA-256 of the first `length` bytes, as 64 digits."""
    digest = hashlib.sha256()
    file.seek(0)
    while length > 0 and (piece := file.read(min(length, 1024 * 1024))):
        digest.update(piece)
        length -= len(piece)
    return digest.hexdigest().encode()


def _batches(model: type[Model], fields: list[Field[Any, Any]]) -> Iterator[list[tuple[Any, ...]]]:
    key = [field.attname for field in model._meta.pk_fields]
    rows = model._base_manager.order_by(*key).values_list(*(field.attname for field in fields))
    batch: list[tuple[Any, ...]] = []
    for row in rows.iterator(_BATCH):
        batch.append(tuple(bytes(value) if isinstance(value, memoryview) else value for value in row))
        if len(batch) == _BATCH:
            yield batch
            batch = []
    if batch:
        yield batch


@contextmanager
def _snapshot() -> Iterator[None]:
    """All that is read inside is of one moment, and keeps no writer waiting."""
    if connection.in_atomic_block:  # the caller's transaction is snapshot enough
        yield
    elif connection.vendor == "postgresql":
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY")
            yield
    else:
        with connection.cursor() as cursor:  # not `atomic`, which would keep every writer out
            cursor.execute("BEGIN DEFERRED")
            try:
                yield
            finally:
                cursor.execute("ROLLBACK")


# Reading


def inspect(path: Path) -> Manifest:
    """The manifest of a backup whose every byte holds and which this release can restore. Raises BadBackup."""
    try:
        with path.open("rb") as raw:
            size = path.stat().st_size
            sealed = _digest(raw, size - _SEAL)
            raw.seek(max(size - _SEAL, 0))
            if raw.read(_SEAL) != sealed:
                raise BadBackup(f"{path}: no whole backup: it is not byte for byte what was written")
        with zipfile.ZipFile(path) as file:
            manifest = _manifest(file)
            for name, table in manifest.tables.items():
                _check(file, name, table)
    except FileNotFoundError:
        raise BadBackup(f"{path}: there is no such file") from None
    except (OSError, zipfile.BadZipFile, KeyError, EOFError, NotImplementedError) as error:
        raise BadBackup(f"{path}: no whole backup: {error}") from None
    return manifest


def _manifest(file: zipfile.ZipFile) -> Manifest:
    try:
        manifest = msgspec.json.decode(file.read(MANIFEST), type=Manifest)
    except msgspec.MsgspecError as error:
        raise BadBackup(f"{file.filename}: its manifest cannot be read: {error}") from None
    if manifest.format != FORMAT:
        raise BadBackup(f"{file.filename}: of format {manifest.format}; this release reads format {FORMAT}")
    ours, theirs = set(_migrations()), set(manifest.migrations)
    if theirs - ours:
        raise BadBackup(
            f"{file.filename}: made by a newer release (it has {min(theirs - ours)}): install that one, then restore"
        )
    if ours - theirs:
        raise BadBackup(
            f"{file.filename}: made by an older release (it lacks {min(ours - theirs)}): restore it with the release that "
            "made it, then install this one and migrate"
        )
    if missing := {model._meta.db_table for model in _models()} - set(manifest.tables):
        raise BadBackup(f"{file.filename}: its manifest lacks the table {min(missing)}")
    return manifest


def _check(file: zipfile.ZipFile, name: str, table: Table) -> None:
    digest = hashlib.sha256()
    with file.open(_member(name)) as member:
        while piece := member.read(1024 * 1024):
            digest.update(piece)
    if digest.hexdigest() != table.sha256:
        raise BadBackup(f"{file.filename}: the table {name} is not what was written: its digest differs")


def holds_anything() -> bool:
    """Whether a restore would replace anything that somebody could miss."""
    return any(model._base_manager.exists() for model in _models())


def restore(path: Path, progress: Progress = _silent) -> Manifest:
    """Put everything in the file in the place of everything held, in one transaction. Raises BadBackup; then all is as before.

    The ledger's guards are lifted for its length, and it ends only if the chain holds and ends where the manifest says.
    """
    manifest = inspect(path)
    try:
        _replace_all(path, manifest, progress)
    except (ValidationError, IntegrityError, DataError, msgspec.MsgspecError, struct.error) as error:
        said = " ".join(str(error).split())
        raise BadBackup(f"{path}: it holds what no release writes: {said[:200]}") from error
    return manifest


def _replace_all(path: Path, manifest: Manifest, progress: Progress) -> None:
    guarded = {**guards.LEDGER, **ONLY_GROW}
    models = _models()
    with transaction.atomic():
        chain.lock()
        guards.remove(connection, guarded)
        with connection.cursor() as cursor:
            for model in reversed(
                models
            ):  # a row that others refer to is deleted in a moment once they are gone
                cursor.execute(f"DELETE FROM {connection.ops.quote_name(model._meta.db_table)}")  # noqa: S608 - ours
            search.prune()  # no measure is held just now, so this empties it
            with zipfile.ZipFile(path) as file:
                for model in models:
                    progress(model._meta.db_table, _read(file, model, manifest, cursor))
            for statement in connection.ops.sequence_reset_sql(no_style(), models):
                cursor.execute(statement)
        _index()
        guards.install(connection, guarded)
        _judge(path, manifest)


def _read(file: zipfile.ZipFile, model: type[Model], manifest: Manifest, cursor: Any) -> int:
    name = model._meta.db_table
    table, fields = manifest.tables[name], _fields(model)
    by_column = {field.column: field for field in fields}
    if set(table.columns) != set(by_column):
        raise BadBackup(f"{file.filename}: the table {name} has other columns than here")
    ordered = [by_column[column] for column in table.columns]
    quote = connection.ops.quote_name
    statement = (
        f"INSERT INTO {quote(name)} ({', '.join(quote(column) for column in table.columns)}) "  # noqa: S608 - names of ours
        f"VALUES ({', '.join(['%s'] * len(ordered))})"
    )
    rows = 0
    with file.open(_member(name)) as member:
        while (batch := _next_batch(member)) is not None:
            cursor.executemany(
                statement,
                [[_stored(field, value) for field, value in zip(ordered, row, strict=True)] for row in batch],
            )
            rows += len(batch)
    if rows != table.rows:
        raise BadBackup(
            f"{file.filename}: the table {name} has {rows:,} rows, and should have {table.rows:,}"
        )
    return rows


def _next_batch(member: IO[bytes]) -> list[list[Any]] | None:
    begin = member.read(_LENGTH.size)
    if not begin:
        return None
    (length,) = _LENGTH.unpack(begin)
    if length > LARGEST_BATCH:
        raise BadBackup("a batch is larger than any that is written")
    batch: list[list[Any]] = msgspec.msgpack.decode(member.read(length))
    return batch


def _stored(field: Field[Any, Any], value: Any) -> Any:
    return field.get_db_prep_save(field.to_python(value), connection)


def _index() -> None:
    """The search index, which each kind of database builds its own way."""
    measures = Measure.every.select_related("document").order_by("pk")
    entries = []
    for measure in measures.iterator(200):
        entries.append(search.entry(measure.pk, record_of(measure.document)))
        if len(entries) == 500:
            search.write(entries)
            entries = []
    search.write(entries)


def _judge(path: Path, manifest: Manifest) -> None:
    broken = next(chain.verify(), None)
    if broken is not None:
        raise BadBackup(f"{path}: its ledger does not hold: {broken.row} {broken.reason}")
    head = chain.head()
    if (head.count, head.hash) != (manifest.events, manifest.head):
        raise BadBackup(f"{path}: its ledger ends at event {head.count}, and should end at {manifest.events}")


# Both


def _models() -> list[type[Model]]:
    """Every table that is ours to keep, the ones that others refer to first."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model._meta.app_label not in _LEFT_OUT
        if model._meta.label not in ("auth.Permission", "auth.Group_permissions")
    ]


def _fields(model: type[Model]) -> list[Field[Any, Any]]:
    return [field for field in model._meta.concrete_fields if field.column]


def _member(table: str) -> str:
    return f"tables/{table}"


def _migrations() -> list[str]:
    applied = MigrationRecorder(connection).applied_migrations()
    return sorted(f"{app}.{name}" for app, name in applied)
