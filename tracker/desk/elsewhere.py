"""Measures of other parliaments, as readers see them: the last publication of each, and nothing that is not public.

The only door to hand-entered measures for public pages; those of the Congress are in the ledger like any other.
"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Max, Min, QuerySet

from tracker.desk.hand_fields import HandFields, opened
from tracker.desk.models import HandEnteredPublication

Act = HandEnteredPublication.Act


@dataclass(frozen=True, slots=True)
class Elsewhere:
    """One measure as it was last published, or withdrawn."""

    publication: HandEnteredPublication
    fields: HandFields

    @property
    def slug(self) -> str:
        return self.publication.slug

    @property
    def withdrawn(self) -> str | None:
        """Why it was withdrawn; None: it stands."""
        return self.publication.why if self.publication.act == Act.WITHDRAWN else None


def stamp() -> int:
    """What pages of these are drawn from: grows with every publication."""
    return _public().aggregate(last=Max("id"))["last"] or 0


def standing(first: int, last: int) -> tuple[list[Elsewhere], int]:
    """Those that stand, last published first, from place `first` to before `last`; and how many there are."""
    newest = _public().order_by().values("hand_entered_id").annotate(last=Max("id")).values("last")
    found = _public().filter(pk__in=newest).exclude(act=Act.WITHDRAWN).order_by("-id")
    return [Elsewhere(row, opened(row.fields)) for row in found[first:last]], found.count()


def published(slug: str) -> Elsewhere | None:
    """The one with this address as it was last published or withdrawn; None where nothing of it was ever public."""
    row = _public().filter(slug=slug).order_by("-id").first()
    return None if row is None else Elsewhere(row, opened(row.fields))


def first_published(slug: str) -> HandEnteredPublication:
    """Its first publication."""
    first = _public().filter(slug=slug).aggregate(first=Min("id"))["first"]
    return HandEnteredPublication.objects.get(pk=first)


def _public() -> QuerySet[HandEnteredPublication]:
    return HandEnteredPublication.objects.exclude(slug="")
