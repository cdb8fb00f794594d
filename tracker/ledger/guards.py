"""What the database itself refuses: any change of what is written in the ledger or kept as a document."""

from __future__ import annotations

from django.db.backends.base.base import BaseDatabaseWrapper

_KEPT = {"ledger_changeevent": "id", "ledger_document": "sha256"}  # table: its key


def install(connection: BaseDatabaseWrapper) -> None:
    """Have the database refuse UPDATE, DELETE, TRUNCATE and overwriting INSERT on the ledger and its documents."""
    with connection.cursor() as cursor:
        for statement in _install(connection.vendor):
            cursor.execute(statement)


def remove(connection: BaseDatabaseWrapper) -> None:
    """Take the guards away: for tests that empty their own database, and for nothing else."""
    with connection.cursor() as cursor:
        for table in _KEPT:
            for what in ("update", "delete", "insert", "truncate"):
                on = f" ON {table}" if connection.vendor == "postgresql" else ""
                cursor.execute(f"DROP TRIGGER IF EXISTS {table}_no_{what}{on}")


def _install(vendor: str) -> list[str]:
    return _postgresql() if vendor == "postgresql" else _sqlite()


def _sqlite() -> list[str]:
    statements = []
    for table, key in _KEPT.items():
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


def _postgresql() -> list[str]:
    statements = [
        "CREATE OR REPLACE FUNCTION ledger_only_grows() RETURNS trigger LANGUAGE plpgsql AS $$ "
        "BEGIN RAISE EXCEPTION '% only grows: % refused', TG_TABLE_NAME, lower(TG_OP); END $$"
    ]
    for table in _KEPT:
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
