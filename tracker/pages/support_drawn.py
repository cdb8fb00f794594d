"""Who stands behind a measure, drawn: names against the seats of the chamber, steps over time, and what both show."""

from __future__ import annotations

from typing import Any

from tracker.congress.calendar import valid_day, washington_day
from tracker.congress.stages import is_final
from tracker.pages.drawing import StepPlot, step_plot, support_bar
from tracker.pages.sight import Sight
from tracker.pages.support import Support
from tracker.pages.templatetags.record import plain_day


def support_drawn(sight: Sight) -> dict[str, Any]:
    """The bar against the seats, the steps over time, and the finding that both show."""
    stands = sight.support
    plot = _plot(sight)
    return {
        "bar": support_bar(stands.signers, stands.seats) if stands.total else None,
        "bar_words": _bar_words(stands),
        "plot": plot,
        "finding": _finding(stands) if plot else None,
    }


def _bar_words(stands: Support) -> str:
    members = "senators" if stands.seats == 100 else "representatives"
    with_whom = "With the sponsor, " if stands.total and stands.sponsors else ""
    more = f", a majority{_since(stands)}" if stands.signed > stands.seats // 2 else ""
    words = f"{with_whom}{stands.signed:,} of {stands.seats} {members}{more}"
    return words if with_whom else words[0].upper() + words[1:]


def _since(stands: Support) -> str:
    """ " since May 13, 2025": the day from which that many stood, where days are known."""
    reached = None
    for step in stands.ledger:
        reached = (reached or step.day) if step.signed > stands.seats // 2 else None
    return f" since {plain_day(reached)}" if reached else ""


def _plot(sight: Sight) -> StepPlot | None:
    """Steps, where there is more than one; up to the day shown, or to the day that settled the measure."""
    steps = sight.support.steps
    if len(steps) < 2:
        return None
    written = washington_day(sight.shown.document.updated_at) or sight.day
    settled = valid_day(sight.status.since) if is_final(sight.status.code) else None
    return step_plot(steps, known_to=min(written, sight.day), until=settled or sight.day)


def _finding(stands: Support) -> str:
    """ "13 joined on the first day, Mar 27, 2025; 18 stand since Jun 16, 2025." """
    (first_on, first), (last_on, last) = stands.steps[0], stands.steps[-1]
    highest = max(count for _, count in stands.steps)
    peak = f"; {highest:,} at most" if highest > last else ""
    return f"{first:,} joined on {plain_day(first_on)}{peak}; {last:,} stand since {plain_day(last_on)}."
