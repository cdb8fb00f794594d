"""The least code that does the same work, as programs of their own: `python -m tracker.operate.bench.floors insert …`.

`insert` parses each document and puts its parts, row by row, into plain SQLite tables in one transaction, indexes last.
`unchanged` reads each document and compares its SHA-256 with those that `insert` stored. No Django in either.
"""

from __future__ import annotations

import hashlib
import sqlite3
import sys
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

from tracker.operate.bench.corpus import documents

# What a tracker has to keep of a measure to show it in full: one table a list of the record, its columns as the source names them.
PARTS = {
    "sponsor": ("sponsors/item", "bioguideId fullName party state district isByRequest"),
    "cosponsor": (
        "cosponsors/item",
        "bioguideId fullName party state district isOriginalCosponsor sponsorshipDate sponsorshipWithdrawnDate",
    ),
    "action": ("actions/item", "actionDate actionTime actionCode type text"),
    "action_source": ("actions/item/sourceSystem", "code name"),
    "action_committee": ("actions/item/committees/item", "systemCode name"),
    "recorded_vote": (
        "actions/item/recordedVotes/recordedVote",
        "chamber congress sessionNumber rollNumber date url",
    ),
    "title": ("titles/item", "titleType titleTypeCode title chamberName billTextVersionCode"),
    "committee": ("committees/item", "systemCode name chamber type"),
    "subcommittee": ("committees/item/subcommittees/item", "systemCode name"),
    "activity": ("committees/item/activities/item", "name date"),
    "subactivity": ("committees/item/subcommittees/item/activities/item", "name date"),
    "subject": ("subjects/legislativeSubjects/item", "name"),
    "summary": ("summaries/summary", "versionCode actionDate actionDesc text updateDate"),
    "text_version": ("textVersions/item", "type date"),
    "text_format": ("textVersions/item/formats/item", "url"),
    "related": ("relatedBills/item", "congress type number title"),
    "relation": ("relatedBills/item/relationshipDetails/item", "type identifiedBy"),
    "amendment": ("amendments/amendment", "congress type number chamber purpose description submittedDate"),
    "law": ("laws/item", "type number"),
}
_MEASURE = "title introducedDate originChamber updateDate"
_INDEXES = (
    "measure (congress, type, number)",
    "measure (introducedDate)",
    "cosponsor (bioguideId, measure)",
    "sponsor (bioguideId, measure)",
    "subject (name, measure)",
    "committee (systemCode, measure)",
    *(f"{table} (measure)" for table in PARTS),
)


def insert(folder: Path, database: Path) -> None:
    connection = sqlite3.connect(database, isolation_level=None)
    connection.execute("PRAGMA journal_mode=WAL")
    connection.execute("PRAGMA synchronous=NORMAL")
    connection.execute("BEGIN")
    measure = _MEASURE.split()
    connection.execute(
        f"CREATE TABLE measure (id INTEGER PRIMARY KEY, congress, type, number, sha256, {', '.join(measure)})"
    )
    columns = {table: names.split() for table, (_, names) in PARTS.items()}
    for table, names in columns.items():
        connection.execute(f"CREATE TABLE {table} (measure INTEGER, place INTEGER, {', '.join(names)})")
    rows: dict[str, list[tuple[Any, ...]]] = {table: [] for table in ("measure", *PARTS)}
    for number, (congress, type, own, body) in enumerate(documents(folder), start=1):
        bill = ElementTree.fromstring(body).find("bill")  # noqa: S314 - a floor: the product's reader is the careful one
        if bill is None:
            continue
        top = {part.tag: part.text for part in bill}
        digest = hashlib.sha256(body).hexdigest()
        rows["measure"].append((number, congress, type, own, digest, *map(top.get, measure)))
        for table, (path, _) in PARTS.items():
            names = columns[table]
            for place, item in enumerate(bill.iterfind(path)):
                leaves = {part.tag: part.text for part in item}
                rows[table].append((number, place, *map(leaves.get, names)))
        if number % 500 == 0:
            _flush(connection, rows)
    _flush(connection, rows)
    for index, what in enumerate(_INDEXES):
        connection.execute(f"CREATE INDEX index_{index} ON {what}")
    connection.execute("COMMIT")
    connection.close()


def _flush(connection: sqlite3.Connection, rows: dict[str, list[tuple[Any, ...]]]) -> None:
    for table, some in rows.items():
        if some:
            marks = ", ".join("?" * len(some[0]))
            connection.executemany(f"INSERT INTO {table} VALUES ({marks})", some)  # noqa: S608 - our own names
            some.clear()


def unchanged(folder: Path, database: Path) -> None:
    known = {digest for (digest,) in sqlite3.connect(database).execute("SELECT sha256 FROM measure")}
    for congress, type, number, body in documents(folder):
        if hashlib.sha256(body).hexdigest() not in known:
            sys.exit(f"{congress}/{type}/{number} is not the one held")


if __name__ == "__main__":
    {"insert": insert, "unchanged": unchanged}[sys.argv[1]](Path(sys.argv[2]), Path(sys.argv[3]))
