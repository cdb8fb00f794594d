"""What the database itself refuses: any change of what is written in the ledger or kept as a document.

Rooms above have tables of their own that only grow: they name them to the same two functions, in a migration of theirs.
(On SQLite a later migration that rewrites such a table loses its guards: install them again there.)
"""

from __future__ import annotations

from collections.abc import Mapping

from django.db.backends.base.base import BaseDatabaseWrapper

Tables = Mapping[str, str]  # each table's key
LEDGER: Tables = {"ledger_changeevent": "id", "ledger_document": "sha256"}


def install(connection: BaseDatabaseWrapper, tables: Tables = LEDGER) -> None:
    """Have the database refuse UPDATE, DELETE, TRUNCATE and overwriting INSERT on these tables."""
    with connection.cursor() as cursor:
        for statement in _postgresql(tables) if connection.vendor == "postgresql" else _sqlite(tables):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper, tables: Tables = LEDGER) -> None:
    """Take the guards away: for tests that empty their own database, and for nothing else."""
    with connection.cursor() as cursor:
        for table in tables:
            for what in ("update", "delete", "insert", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}{on}")


def _sqlite(tables: Tables) -> list[str]:
    statements = []
    for table, key in tables.items():
        for what in ("update", "delete"):
            statements.append(
                f"CREATE TRIGGER IF NOT EXISTS {table}_no_{what} BEFORE {what.upper()} ON {table} "
                f"BEGIN SELECT RAISE(ABORT, '{table} only grows: {what} refused'); END"
            )
        # INSERT OR REPLACE deletes without firing the trigger above
        statements.append(
            f"CREATE TRIGGER IF NOT EXISTS {table}_no_insert BEFORE INSERT ON {table} "  # noqa: S608 (names of our own)
            f"WHEN EXISTS (SELECT 1 FROM {table} WHERE {key} = NEW.{key}) "
            f"BEGIN SELECT RAISE(ABORT, '{table} only grows: overwriting refused'); END"
        )
    return statements


def _postgresql(tables: Tables) -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, lower(TG_OP); END $$"
    ]
    for table in tables:
        for what in ("update", "delete"):
            statements.append(
                f"CREATE OR REPLACE TRIGGER {table}_no_{what} BEFORE {what.upper()} ON {table} "
                "FOR EACH ROW EXECUTE FUNCTION ledger_only_grows()"
            )
        statements.append(
            f"CREATE OR REPLACE TRIGGER {table}_no_truncate BEFORE TRUNCATE ON {table} "
            "FOR EACH STATEMENT EXECUTE FUNCTION ledger_only_grows()"
        )
    return statements
