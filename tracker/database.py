"""What a database's own errors mean: what cannot be done, to which database, and what to do about it."""

from __future__ import annotations

from django.db import DatabaseError, Error, InterfaceError, OperationalError, connection

_ROOM = "make room on its disk"
_RIGHTS = "let this account write it, and its folder"
_DISK = "make room on its disk if it is full, else see whether it is sound and whether files may grow"
# By SQLite's name of an error, or PostgreSQL's SQLSTATE: what to do where it cannot be written.
_UNWRITABLE = {
    "SQLITE_FULL": _ROOM,
    "SQLITE_READONLY": _RIGHTS,
    "SQLITE_IOERR": _DISK,
    "53100": _ROOM,
    "25006": "see why it is read-only: a standby, or default_transaction_read_only",
    "58030": _DISK,
}
_UNUSABLE = {
    "SQLITE_BUSY": "see which process keeps it",
    "SQLITE_CANTOPEN": "make its folder, and let this account write there",
    "SQLITE_CORRUPT": "put a backup in its place",
    "SQLITE_NOTADB": "put a backup in its place, or name another in DATABASE_URL",
}


def is_outage(error: BaseException) -> bool:
    """Whether the database, and not this program, is what failed."""
    if _known(error, _UNWRITABLE | _UNUSABLE):
        return True
    # "no such table", "no such column": SQLite's words for a fault of ours
    return isinstance(error, (OperationalError, InterfaceError)) and not str(error).startswith("no such ")


def cannot_be_written(error: BaseException) -> bool:
    """Whether it can still be read: a full disk, a file without rights, a server that takes no writes."""
    return _known(error, _UNWRITABLE) is not None


def told(error: Error) -> str:
    """One line for an operator: what, where, the database's own reason, and what to do where that is known."""
    verb = "written" if cannot_be_written(error) else "used"
    advice = _known(error, _UNWRITABLE | _UNUSABLE)
    line = f"the database {_place()} cannot be {verb}: {first_line(error)}"
    return f"{line}; {advice}, then run the same again" if advice else line


def first_line(error: BaseException) -> str:
    """The first line of an error's words."""
    return str(error).strip().partition("\n")[0]


def _known(error: BaseException, table: dict[str, str]) -> str | None:
    cause = error.__cause__ if isinstance(error, DatabaseError) else None
    name = getattr(cause, "sqlite_errorname", None) or getattr(cause, "sqlstate", None) or ""
    if name.startswith("SQLITE_"):  # the extended names go on: SQLITE_IOERR_WRITE
        name = "_".join(name.split("_")[:2])
    return table.get(name)


def _place() -> str:
    given = connection.settings_dict
    return str(given["NAME"]) + (f" at {given['HOST']}" if given["HOST"] else "")
