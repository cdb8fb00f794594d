"""How far the first load is, folder by folder, for as long as one is missing."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from itertools import groupby

from django.conf import settings

from tracker.congress.measures import TYPES
from tracker.congress.numbers import number_word
from tracker.ledger.filters import ordinal
from tracker.ledger.models import Folder


@dataclass(frozen=True, slots=True)
class Progress:
    """One Congress's measures of one type. `total` is None before its zip is there.

    Of what the source has none of yet, as in a Congress's first days, all is held.
    """

    congress: int
    type: str
    done: int
    total: int | None
    is_held: bool
    is_absent: bool = False

    @property
    def name(self) -> str:
        return f"{TYPES[self.type].name}s"

    @property
    def is_under_way(self) -> bool:
        return not self.is_held and self.total is not None

    @property
    def shown(self) -> int:
        """How far the bar is filled, out of `total` (or 1, where that is not known)."""
        return (self.total or 1) if self.is_held else self.done

    @property
    def words(self) -> str:
        if self.is_absent:
            return "none yet"
        if self.is_held:
            return f"{self.total or self.done:,}, held"
        return "waits" if self.total is None else f"{self.done:,} of {self.total:,}"


@dataclass(frozen=True, slots=True)
class OfCongress:
    number: int
    folders: tuple[Progress, ...]

    @property
    def in_short(self) -> str | None:
        """ "all held", or "waits": what its bars would say at length; None while they differ."""
        if all(folder.is_held for folder in self.folders):
            return "all held"
        waits = not any(folder.is_held or folder.is_under_way for folder in self.folders)
        return "waits" if waits else None


@dataclass(frozen=True, slots=True)
class FirstLoad:
    """Every folder that is tracked, in the order of loading."""

    congresses: tuple[OfCongress, ...]

    @property
    def folders(self) -> list[Progress]:
        return [folder for congress in self.congresses for folder in congress.folders]

    @property
    def sentence(self) -> str:
        """ "The record of the 119th Congress is being fetched: two of eight types are held"."""
        held = sum(folder.is_held for folder in self.folders)
        named = [f"{ordinal(congress.number)}" for congress in self.congresses]
        whose = (
            f"{named[0]} Congress" if len(named) == 1 else f"{', '.join(named[:-1])} and {named[-1]} Congress"
        )
        of = "types" if len(named) == 1 else "parts"
        return (
            f"The record of the {whose} is being fetched: {number_word(held) if held else 'none'} of "
            f"{number_word(len(self.folders))} {of} {'is' if held == 1 else 'are'} held"
        )


def first_load(folders: Iterable[Folder]) -> FirstLoad | None:
    """The load as these rows tell it, while it is under way; None before the first has begun, and once all is held."""
    known = {(folder.congress, folder.type): folder for folder in folders}
    progress = [
        _progress(congress, type_, known.get((congress, type_)))
        for congress in settings.CONGRESSES
        for type_ in settings.MEASURE_TYPES
    ]
    begun = any((folder.is_held and not folder.is_absent) or folder.is_under_way for folder in progress)
    if not begun or all(folder.is_held for folder in progress):
        return None
    return FirstLoad(
        tuple(
            OfCongress(congress, tuple(folders))
            for congress, folders in groupby(progress, key=lambda folder: folder.congress)
        )
    )


def _progress(congress: int, type_: str, folder: Folder | None) -> Progress:
    if folder is None:
        return Progress(congress, type_, 0, None, False)
    is_absent = folder.absent_since is not None and folder.total is None
    is_held = is_absent or folder.loaded_at is not None
    return Progress(congress, type_, folder.done, folder.total, is_held, is_absent)
