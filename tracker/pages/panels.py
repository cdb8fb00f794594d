"""The committees that hold a measure as its pages tell them: at the moment shown, and by who votes on them today."""

from __future__ import annotations

from tracker.coalition.holding import Held, committees_of, seated
from tracker.congress import calendar
from tracker.congress.milestones import Panel
from tracker.pages.sight import Sight


def committees_shown(sight: Sight) -> list[Held]:
    """The committees that the record shown names, those that hold the measure first."""
    return committees_of(sight.record, sight.status.code)


def seats_are_known(sight: Sight) -> bool:
    """Whether today's members may be told of: of its own Congress, now, while that Congress sits."""
    return sight.clock.as_of is None and not calendar.is_over(sight.record.congress, sight.today)


def panels(sight: Sight) -> list[Panel]:
    """The committees that hold it with who votes on them today; none where that cannot be told. One query."""
    holding = [each for each in committees_shown(sight) if each.holds] if seats_are_known(sight) else []
    seats = seated([each.code for each in holding]) if holding else {}
    found = [Panel(each.name, frozenset(seat.member for seat in seats[each.code].voting)) for each in holding]
    return [panel for panel in found if panel.members]
