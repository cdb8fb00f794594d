"""Full-text search over measures, SQLite's FTS5 and PostgreSQL's `tsvector` behind one name."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from html import unescape
from typing import Any

from django.db import connection
from django.db.models import BooleanField, Case, F, FloatField, Func, Q, Value, When
from django.db.models.sql.compiler import SQLCompiler

from tracker.congress.measures import measure_type
from tracker.ledger.models.measures import MeasureQuerySet
from tracker.records.model import MeasureRecord

_TAG = re.compile(r"<[^>]{0,200}>")
_WORD = re.compile(r"[\w'’.&-]*\w\*?")
_LIFT = 1000.0  # far above any rank that either database gives
_TEXT_LIMIT = 200_000  # PostgreSQL refuses vectors over a megabyte; no title or summary is near

CREATE = {
    "sqlite": [
        "CREATE VIRTUAL TABLE ledger_search USING fts5(title, names, words, tokenize='porter unicode61 remove_diacritics 2')"
    ],
    "postgresql": [
        "CREATE TABLE ledger_search (rowid bigint PRIMARY KEY, found tsvector NOT NULL)",
        "CREATE INDEX ledger_search_found ON ledger_search USING gin (found)",
    ],
}


class Entry(tuple[int, str, str, str]):
    """(row id, titles, names, other words) of one measure."""

    __slots__ = ()


def entry(pk: int, record: MeasureRecord) -> Entry:
    """What a measure is to be found by: its citation and titles; its sponsors; its subjects and summaries."""
    titles = dict.fromkeys([record.title or "", *(t.title for t in record.titles)])
    citation = f"{measure_type(record.type).abbreviation} {record.number}"
    names = " ".join(s.name or "" for s in record.sponsors)
    words = [record.policy_area or "", *record.subjects]
    words += [unescape(_TAG.sub(" ", s.text)) for s in record.summaries if s.text]
    return Entry((pk, _cut(" ".join([citation, *titles])), _cut(names), _cut(" ".join(words))))


_VECTOR = (
    "setweight(to_tsvector('english', %s), 'A') || setweight(to_tsvector('english', %s), 'B') || "
    "setweight(to_tsvector('english', %s), 'C')"
)


def write(entries: Sequence[Entry], replace: Iterable[int] = ()) -> None:
    """Store entries; those whose ids are in `replace` stood in the index before."""
    gone = list(replace)
    if connection.vendor == "postgresql":
        statement = f"INSERT INTO ledger_search (rowid, found) VALUES (%s, {_VECTOR})"  # noqa: S608
    else:
        statement = "INSERT INTO ledger_search (rowid, title, names, words) VALUES (%s, %s, %s, %s)"
    with connection.cursor() as cursor:
        if gone:
            cursor.executemany("DELETE FROM ledger_search WHERE rowid = %s", [(pk,) for pk in gone])
        if entries:
            cursor.executemany(statement, entries)


def differing(entries: Iterable[Entry]) -> set[int]:
    """The row ids of the entries that the index lacks, or holds otherwise."""
    if connection.vendor == "postgresql":
        statement = f"SELECT 1 FROM ledger_search WHERE rowid = %s AND found = {_VECTOR}"  # noqa: S608
    else:
        statement = (
            "SELECT 1 FROM ledger_search WHERE rowid = %s AND title = %s AND names = %s AND words = %s"
        )
    found = set()
    with connection.cursor() as cursor:
        for wanted in entries:
            cursor.execute(statement, wanted)
            if cursor.fetchone() is None:
                found.add(wanted[0])
    return found


def prune() -> None:
    """Take out of the index what is no measure held."""
    with connection.cursor() as cursor:
        cursor.execute("DELETE FROM ledger_search WHERE rowid NOT IN (SELECT id FROM ledger_measure)")


def matching(measures: MeasureQuerySet, query: str) -> MeasureQuerySet:
    """The measures that hold all words of `query`, in any form, annotated with `rank` (the smaller, the nearer).

    The index knows words by their stems, and "socialism" has that of "social": a title with the very words comes first. A word that ends in `*` stands for all that begin with it. No other sign has a meaning, so nothing a reader types is an
    error; a query without any word finds nothing.
    """
    words = [w for w in _WORD.findall(query.replace("\0", " ")) if w.strip("*")]
    if not words:
        return measures.none().annotate(rank=Value(0.0))
    # the condition asks for an inner join, without which FTS5 cannot match
    return measures.filter(_Found("search_entry__measure_id", words), search_entry__isnull=False).annotate(
        rank=_Rank(F("search_entry__measure_id"), words) - _to_the_letter(words)
    )


def _to_the_letter(words: Sequence[str]) -> Case:
    """What a measure is lifted by whose title has these words as they were typed."""
    literal = [Q(title__icontains=word.rstrip("*")) for word in words]
    return Case(When(Q(*literal), then=Value(_LIFT)), default=Value(0.0), output_field=FloatField())


class _Words(Func):
    """A condition or a number over the joined search table; `source` makes Django join it."""

    def __init__(self, source: Any, words: Sequence[str], **extra: Any) -> None:
        super().__init__(source if not isinstance(source, str) else F(source), **extra)
        self.words = tuple(words)

    def _sqlite(self) -> str:
        return " ".join(
            f'"{w.rstrip("*").replace(chr(34), "")}"' + ("*" if w.endswith("*") else "") for w in self.words
        )

    def _postgresql(self) -> str:
        # websearch_to_tsquery takes anything a reader types, but knows no prefixes; to_tsquery needs each word quoted
        quoted = ("'" + w.rstrip("*").replace("\\", "").replace("'", "''") + "'" for w in self.words)
        return " & ".join(
            q + (":*" if w.endswith("*") else "") for q, w in zip(quoted, self.words, strict=True)
        )


class _Found(_Words):
    output_field = BooleanField()
    conditional = True

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return "ledger_search MATCH %s", (self._sqlite(),)

    def as_postgresql(
        self, compiler: SQLCompiler, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        # unqualified: within a subquery Django gives the table another name
        return "found @@ to_tsquery('english', %s)", (self._postgresql(),)


class _Rank(_Words):
    output_field = FloatField()

    def as_sqlite(self, compiler: SQLCompiler, connection: Any, **extra: Any) -> tuple[str, tuple[Any, ...]]:
        return "bm25(ledger_search, 10.0, 4.0, 1.0)", ()

    def as_postgresql(
        self, compiler: SQLCompiler, connection: Any, **extra: Any
    ) -> tuple[str, tuple[Any, ...]]:
        # as float8, so that a cursor that carries the rank is equal to it when it comes back
        return "-ts_rank(found, to_tsquery('english', %s))::float8", (self._postgresql(),)


def _cut(text: str) -> str:
    return text[:_TEXT_LIMIT]
