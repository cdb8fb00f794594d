"""The supporters of a measure as a story: each day who came and who left, what it meant, and the same drawn by party."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Any

from tracker.congress.calendar import valid_day, washington_day
from tracker.congress.measures import measure_type
from tracker.congress.milestones import Milestone, milestones
from tracker.congress.stages import is_final
from tracker.congress.supporters import Step, Supporter
from tracker.pages.panels import panels
from tracker.pages.returning import no_longer_sitting, returning
from tracker.pages.sight import Sight
from tracker.pages.support_drawn import support_drawn
from tracker.pages.support_plot import PartyPlot, party_plot
from tracker.pages.templatetags.record import plain_day
from tracker.texts.lineage import successors

ROWS_OPEN = 15  # days whose numbers stand open beside the drawing; more are folded, and stand by the names all the same
NAMES_OF_A_FIRST = 6


@dataclass(frozen=True, slots=True)
class ToldDay:
    """One day of the story. `step` is None for names without a day, and where no count over time is told."""

    day: date | None
    joined: tuple[Supporter, ...]
    left: tuple[Supporter, ...]
    step: Step | None
    milestones: tuple[Milestone, ...]

    @property
    def is_dayless(self) -> bool:
        """Whether the record writes no day at all for any of its names."""
        return self.day is None and not any(each.written for each in self.joined)


def story(sight: Sight) -> dict[str, Any]:
    """What the page of supporters shows: seven queries at most beside those of its frame."""
    stands = sight.support
    committees = panels(sight)
    chamber = measure_type(sight.record.type).chamber
    told = milestones(stands.sponsors, stands.cosponsors, chamber=chamber, panels=committees)
    steps = {step.day: step for step in stands.ledger}
    before, before_elsewhere = returning(sight)
    drawn = support_drawn(sight)
    plot = _plot(sight, told) if drawn["plot"] else None
    return {
        **drawn,
        "plot": None,  # the overview's; here it is drawn by party
        "milestones": told,
        "of_committees": any("committee" in each.kind for each in told),
        "panels": committees,
        "story": [
            ToldDay(
                day.day,
                day.joined,
                day.left,
                steps.get(day.day) if day.day else None,
                tuple(each for each in told if each.day == day.day),
            )
            for day in sorted(stands.days, key=lambda day: (day.day is None, day.day or date.max))
        ],
        "party_plot": plot,
        "columns": _columns(stands.ledger),
        "rows": [_row(step, _columns(stands.ledger)) for step in stands.ledger],
        "fold": len(stands.ledger) > ROWS_OPEN,
        "by_party_finding": _finding(sight, told) if plot else None,
        "returning": before,
        "before_elsewhere": before_elsewhere,
        "came_back": successors(sight.measure, as_of=sight.clock.as_of, on=sight.clock.on)[:1],
        "former": no_longer_sitting(sight),
        "names_of_a_first": NAMES_OF_A_FIRST,
    }


def _columns(ledger: tuple[Step, ...]) -> list[str]:
    """The parties that ever stood behind it, those of most names first."""
    most: dict[str, int] = {}
    for step in ledger:
        for party, count in step.by_party.items():
            most[party] = max(most.get(party, 0), count)
    return sorted(most, key=lambda party: (-most[party], party))


def _row(step: Step, columns: list[str]) -> dict[str, Any]:
    return {
        "day": step.day,
        "joined": len(step.joined),
        "left": len(step.left),
        "parties": [step.by_party.get(party, 0) for party in columns],
        "total": step.total,
        "signed": step.signed,
    }


def _plot(sight: Sight, told: tuple[Milestone, ...]) -> PartyPlot | None:
    """By party, up to the day shown, or to the day that settled the measure."""
    written = washington_day(sight.shown.document.updated_at) or sight.day
    settled = valid_day(sight.status.since) if is_final(sight.status.code) else None
    marks = [
        (each.day, f"{each.words.split(':')[0].split(',')[0]}, {plain_day(each.day)}")
        for each in told
        if each.kind in ("majority", "share")
    ]
    known_to = min(written, sight.day)
    return party_plot(sight.support.ledger, marks, known_to=known_to, until=settled or sight.day)


def _finding(sight: Sight, told: tuple[Milestone, ...]) -> str:
    """ "From 13 on Mar 27, 2025 to 18 on Jun 16, 2025: 12 D, 6 R." """
    first, last = sight.support.ledger[0], sight.support.ledger[-1]
    parties = ", ".join(f"{count:,} {party}" for party, count in last.by_party.items())
    reached = next((each for each in told if each.kind == "majority"), None)
    also = f" {reached.words} on {plain_day(reached.day)}." if reached else ""
    began = f"{first.total:,} cosponsor{'' if first.total == 1 else 's'}"
    return (
        f"From {began} on {plain_day(first.day)} to {last.total:,} on {plain_day(last.day)}: {parties}.{also}"
    )
