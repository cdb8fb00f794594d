"""The community's lists of members and committees: how each is taken over, and taken anew from what is kept of it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import models, transaction

from tracker.congress import calendar
from tracker.ledger import chain, health, people
from tracker.ledger.models import Committee, CommitteeSeat, Document, Member, Source
from tracker.records.legislators import read_committee_seats, read_committees, read_legislators

# former members first, so that whoever stands in both lists ends as the current one says
_LISTS: dict[str, tuple[Callable[[bytes], Any], Callable[[Any], int]]] = {  # how each is read, and taken over
    "legislators-historical": (
        read_legislators,
        lambda listed: people.take_members(listed, calendar.today(), current=False),
    ),
    "legislators-current": (
        read_legislators,
        lambda listed: people.take_members(listed, calendar.today(), current=True),
    ),
    "committees-historical": (read_committees, lambda listed: people.take_committees(listed, current=False)),
    "committees-current": (read_committees, lambda listed: people.take_committees(listed, current=True)),
    "committee-membership-current": (read_committee_seats, people.take_seats),
}
NAMES = tuple(_LISTS)

_Rows = dict[str, dict[str, object]]  # who or what, in words → column → value


def read(name: str, body: bytes) -> Any:
    """What a list says. Raises DocumentRefused."""
    return _LISTS[name][0](body)


def take(name: str, listed: Any) -> int:
    """Take a list over, in the caller's transaction, under the ledger's lock; answers how many rows differ from before."""
    return _LISTS[name][1](listed)


def mark(name: str) -> str:
    """The key, among the marks of the source, of the digest of the list that was taken last."""
    return f"{name} sha256"


def take_anew() -> int:
    """Write members, committees and seats anew from the lists kept; answers how many lists there are.

    Who is known from measures alone stays, and so does whoever was taken off a list.
    """
    taken = 0
    with transaction.atomic():
        chain.lock()
        for name, document in _kept():
            take(name, read(name, document.body))
            taken += 1
    return taken


def differing() -> list[str]:
    """Each member, committee and seat whose row is not what the kept lists say, in words, with the columns that differ.

    Found by taking the lists anew and taking that back: what is compared is what `take_anew` would leave.
    """
    with transaction.atomic():
        before = _rows()
        take_anew()
        after = _rows()
        transaction.set_rollback(True)
    lines = []
    for what in sorted(before.keys() | after.keys()):
        old, new = before.get(what), after.get(what)
        if old is None:
            lines.append(f"{what}: in a list kept, and its row is gone")
        elif new is None:
            lines.append(f"{what}: held, and in no list kept")
        elif wrong := [column for column, value in new.items() if old[column] != value]:
            lines.append(f"{what}: differs from the list kept in {', '.join(wrong)}")
    return lines


def _kept() -> Iterator[tuple[str, Document]]:
    marks = Source.objects.filter(pk=health.LEGISLATORS).values_list("marks", flat=True).first() or {}
    lists = Document.objects.filter(format=Document.Format.LEGISLATORS).order_by("-fetched_at")
    for name in NAMES:
        document = lists.filter(pk=marks.get(mark(name))).first()
        document = (
            document or lists.filter(url__endswith=f"/{name}.yaml").first()
        )  # taken before marks were kept
        if document is not None:
            yield name, document


def _rows() -> _Rows:
    return {
        **_plain("member", Member.objects.all(), "bioguide"),
        **_plain("committee", Committee.objects.all(), "code"),
        **_plain("seat", CommitteeSeat.objects.all(), "committee", "member"),
    }


def _plain(kind: str, held: models.QuerySet[Any, Any], *key: str) -> _Rows:
    rows = ({column: value for column, value in row.items() if column != "id"} for row in held.values())
    return {f"{kind} {' on '.join(str(row[column]) for column in reversed(key))}": row for row in rows}
