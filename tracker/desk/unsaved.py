"""What one person has typed into an entry and not saved: theirs alone, kept until they save or throw it away.

No act is written of it: nothing is told to anybody, and what comes of it is told when it is saved.
"""

from __future__ import annotations

import json

from django.db import transaction
from django.utils import timezone

from tracker.desk.models import Entry, UnsavedWords, User
from tracker.desk.models.entries import Fields

LONGEST = (
    400_000  # characters of one entry, as JSON: more than all that its fields may hold once they are saved
)


class TooMuch(ValueError):
    """More than is kept of words that are not saved."""


def keep(entry: Entry, by: User, *, based_on: int, title: str, fields: Fields) -> UnsavedWords:
    """Keep what this person has typed so far, in place of what was kept before. `based_on`: the revision they had read.

    Raises TooMuch beyond LONGEST; what was kept before stays then.
    """
    size = len(title) + len(json.dumps(fields, ensure_ascii=False))
    if size > LONGEST:
        raise TooMuch(f"{size:,} characters are too many to be kept ({LONGEST:,} are): shorten it.")
    with transaction.atomic():
        kept, _ = UnsavedWords.objects.update_or_create(
            entry=entry,
            by=by,
            defaults={"based_on": based_on, "title": title, "fields": fields, "at": timezone.now()},
        )
    return kept


def of(entry: Entry, by: User) -> UnsavedWords | None:
    """What this person has typed into this entry and not saved."""
    return UnsavedWords.objects.filter(entry=entry, by=by).first()


def drop(entry: Entry, by: User) -> None:
    """Throw it away: it was saved, or its writer wants it no more."""
    UnsavedWords.objects.filter(entry=entry, by=by).delete()
