"""What one person has typed into an entry and not saved: theirs alone, kept until they save or throw it away.

No act is written of it: nothing is told to anybody, and what comes of it is told when it is saved.
"""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tracker.desk.models import Entry, UnsavedWords, User
from tracker.desk.models.entries import Fields


def keep(entry: Entry, by: User, *, based_on: int, title: str, fields: Fields) -> UnsavedWords:
    """Keep what this person has typed so far, in place of what was kept before. `based_on`: the revision they had read."""
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
