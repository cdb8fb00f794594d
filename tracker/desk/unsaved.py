"""What one person has typed into an entry and not saved: theirs alone, kept until they save or throw it away.

No act is written of it: nothing is told to anybody, and what comes of it is told when it is saved.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils import timezone

from tracker.desk.models import Entry, UnsavedWords, User
from tracker.desk.models.entries import Fields

LONGEST = (
    400_000  # characters of one entry, as JSON: more than all that its fields may hold once they are saved
)


class TooMuch(ValueError):
    """More than is kept of words that are not saved."""


class KeptElsewhere(Exception):
    """Other words of the same person were kept since this page was drawn: in another tab, or on another machine."""

    def __init__(self, kept: UnsavedWords) -> None:
        super().__init__(
            f"Other words of yours were kept {kept.at:%H:%M} UTC, in another tab or on another machine: save these, and you see both."
        )
        self.kept = kept


def stamp(kept: UnsavedWords | None) -> str:
    """Which keeping a page has read: the moment of it; "" for none."""
    return "" if kept is None else kept.at.isoformat()


def keep(
    entry: Entry, by: User, *, based_on: int, title: str, fields: Fields, read: str | None = None
) -> UnsavedWords:
    """Keep what this person has typed so far, in place of what was kept before. `based_on`: the revision they had read.

    `read`: the `stamp` of the keeping that the page had read; None asks for no comparison. Raises KeptElsewhere where other words have
    been kept since, and TooMuch beyond LONGEST; what was kept before stays then.
    """
    size = len(title) + len(json.dumps(fields, ensure_ascii=False))
    if size > LONGEST:
        raise TooMuch(f"{size:,} characters are too many to be kept ({LONGEST:,} are): shorten it.")
    with transaction.atomic():
        before = UnsavedWords.objects.select_for_update().filter(entry=entry, by=by).first()
        if before is not None and _is_apart(before, read, title, fields):
            raise KeptElsewhere(before)
        kept, _ = UnsavedWords.objects.update_or_create(
            entry=entry,
            by=by,
            defaults={"based_on": based_on, "title": title, "fields": fields, "at": timezone.now()},
        )
    return kept


def of(entry: Entry, by: User) -> UnsavedWords | None:
    """What this person has typed into this entry and not saved."""
    return UnsavedWords.objects.filter(entry=entry, by=by).first()


def drop(entry: Entry, by: User, *, read: str | None, title: str, fields: Mapping[str, Any]) -> bool:
    """Throw away what is kept, for these words are saved; False where other words were kept since `read`: these stay."""
    with transaction.atomic():
        kept = UnsavedWords.objects.select_for_update().filter(entry=entry, by=by).first()
        if kept is not None and _is_apart(kept, read, title, fields):
            return False
        UnsavedWords.objects.filter(entry=entry, by=by).delete()
    return True


def throw_away(entry: Entry, by: User, *, read: str) -> bool:
    """Throw away what its writer wants no more; False where it is not what they had `read`: then it stays."""
    at = _moment(read)
    if at is None:
        return False
    gone, _ = UnsavedWords.objects.filter(entry=entry, by=by, at=at).delete()
    return gone > 0


def _moment(read: str) -> datetime | None:
    try:
        at = datetime.fromisoformat(read)
    except ValueError:
        return None
    return at if at.tzinfo is not None else None


def _is_apart(kept: UnsavedWords, read: str | None, title: str, fields: Mapping[str, Any]) -> bool:
    """Whether what is kept is neither what the page had read nor what it sends."""
    return read is not None and read != stamp(kept) and (kept.title, kept.fields) != (title, fields)
