"""The path of a measure's type, and how far this one has come on it: what the track at the head of its page draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.calendar import valid_day
from tracker.congress.measures import measure_type
from tracker.congress.stages import STATUS_LABELS, Status, is_constitutional_amendment, stations

_ENDED = frozenset({"died", "failed", "withdrawn", "vetoed"})


@dataclass(frozen=True, slots=True)
class Stop:
    """A station as it is drawn: `state` is done, here, ended or "" (not reached)."""

    label: str
    state: str = ""
    on: date | None = None
    note: str | None = None

    @property
    def is_here(self) -> bool:
        return self.state in ("here", "ended")


def path(type: str, title: str | None, history: Sequence[Status], introduced_on: str | None) -> list[Stop]:
    """The stations of this type with how far the measure has come; empty for a number that is only reserved.

    `history` are the statuses it has had, oldest first (`derive_history`). What has ended keeps the stations it reached,
    then says how it ended, and shows none that will never come.
    """
    status = history[-1]
    if status.code == "reserved":
        return []
    kind = measure_type(type)
    heights = _heights(kind.chamber)
    reached: dict[int, date | None] = {1: valid_day(introduced_on)}
    for had in history:
        height = heights.get(had.code)
        if height is not None and reached.get(height) is None:
            reached[height] = valid_day(had.since)
    since = valid_day(status.since)
    ended = status.code in _ENDED
    now = max(reached) if ended else heights[status.code]
    stops = []
    for station in stations(type, constitutional_amendment=is_constitutional_amendment(type, title)):
        height = heights[station.code]
        if height > now:
            if not ended:
                stops.append(Stop(station.label))
        elif height not in reached:
            stops.append(Stop(station.label, note="passed over"))
        else:
            here = height == now and not ended
            stops.append(Stop(station.label, "here" if here else "done", reached[height]))
    if ended:
        stops.append(Stop(STATUS_LABELS[status.code], "ended", since))
    return stops


def _heights(origin: str) -> dict[str, int]:
    """How far along each status is; statuses of one height are one station."""
    other = "house" if origin == "senate" else "senate"
    return {
        "introduced": 1,
        "referred": 2,
        "reported": 3,
        "on_calendar": 3,
        f"passed_{origin}": 4,
        f"passed_{other}": 5,
        "resolving_differences": 5,
        "passed_both": 5,
        "to_president": 6,
        "agreed_to": 7,
        "to_archivist": 7,
        "enacted": 7,
        "veto_overridden": 7,
    }
