"""Amendments as lists of a measure's pages show them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.text import slugify

from tracker.congress.supporters import Person
from tracker.records.model import AmendmentRecord
from tracker.records.signers import person

_NAMES = {"samdt": "S.Amdt.", "hamdt": "H.Amdt.", "suamdt": "S.Up.Amdt."}


@dataclass(frozen=True, slots=True)
class Amendment:
    """An amendment as a list shows it."""

    slug: str
    citation: str
    amends: str | None
    sponsor: Person | None
    words: str | None
    latest_on: str | None
    latest_text: str | None


def acted_on_first(records: Sequence[AmendmentRecord]) -> list[AmendmentRecord]:
    """The amendments with those first that something became of, the newest first; then the rest by number."""

    def place(record: AmendmentRecord) -> tuple[str, int]:
        number = record.id.rpartition("/")[2]
        latest = record.latest_on or "" if record.latest_text else ""
        return latest, int(number) if number.isascii() and number.isdigit() else 0

    return sorted(records, key=place, reverse=True)


def amendments(records: Sequence[AmendmentRecord]) -> list[Amendment]:
    """These amendments as a list shows them."""
    return [
        Amendment(
            slug=slugify(record.id),
            citation=amendment_name(record.id),
            amends=amendment_name(record.amends) if record.amends else None,
            sponsor=person(record.sponsors[0]) if record.sponsors else None,
            words=record.purpose or record.description,
            latest_on=record.latest_on,
            latest_text=record.latest_text,
        )
        for record in records
    ]


def amendment_name(id: str) -> str:
    """ "S.Amdt. 1" for "119/samdt/1"; what is of no known kind stays as it is."""
    parts = id.split("/")
    known = _NAMES.get(parts[1]) if len(parts) == 3 else None
    return f"{known} {parts[2]}" if known else id
