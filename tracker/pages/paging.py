"""A long list cut into numbered pages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from django.db.models import Model, QuerySet
from django.http import Http404, QueryDict

from tracker.ledger.listing import BadFilter

Row = TypeVar("Row")
Held = TypeVar("Held", bound=Model)


@dataclass(frozen=True, slots=True)
class Cut(Generic[Row]):
    """One page of a list of `total` rows; pages count from 1, and a list without rows has one."""

    rows: Sequence[Row]
    number: int
    size: int
    total: int

    @property
    def last(self) -> int:
        return max(1, -(-self.total // self.size))

    @property
    def first_row(self) -> int:
        return min((self.number - 1) * self.size + 1, self.total)

    @property
    def last_row(self) -> int:
        return min(self.number * self.size, self.total)

    @property
    def next(self) -> int | None:
        return self.number + 1 if self.number < self.last else None

    @property
    def previous(self) -> int | None:
        return self.number - 1 or None


def change_number(query: QueryDict, name: str) -> int | None:
    """The number of a change in the log that a parameter gives, or None. Raises BadFilter for anything else."""
    text = query.get(name)
    if not text:
        return None
    if not (text.isascii() and text.isdigit() and len(text) <= 18):
        raise BadFilter(
            name,
            text,
            "not the number of a change",
            "the number of a change, as the links of this page have it",
        )
    return int(text)


def bounds(number: int, size: int, total: int) -> slice:
    """Where page `number` stands in the list. Raises Http404, in a sentence, beyond the last."""
    last = max(1, -(-total // size))
    if number > last:
        raise Http404(f"This list ends at page {last}; page {number} was asked for.")
    return slice((number - 1) * size, number * size)


def cut(rows: Sequence[Row], number: int, size: int) -> Cut[Row]:
    """Page `number` of rows that are at hand."""
    return Cut(rows[bounds(number, size, len(rows))], number, size, len(rows))


def cut_query(rows: QuerySet[Held], number: int, size: int, total: int) -> Cut[Held]:
    """Page `number` of rows that the database has, which are `total`; asks for no others."""
    return Cut(list(rows[bounds(number, size, total)]), number, size, total)
