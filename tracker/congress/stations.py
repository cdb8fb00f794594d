"""The path that a measure of each type takes, and how far one has come on it: what the track of a page draws."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tracker.congress.citations import ordinal
from tracker.congress.measures import TYPES
from tracker.congress.stages import Status

_OTHER = {"house": "senate", "senate": "house"}


@dataclass(frozen=True, slots=True)
class Station:
    """One station of a path: the status `code` that is reached there, its label, and what it means where it ends."""

    code: str
    label: str
    note: str = ""


@dataclass(frozen=True, slots=True)
class Stop:
    """A station as one measure has it. `state` is done, here, ended (it came no further) or "" (not reached).

    `on` is the day (`YYYY-MM-DD`) when it was reached, or None.
    """

    label: str
    state: str = ""
    on: str | None = None
    note: str = ""

    @property
    def is_here(self) -> bool:
        """Whether the measure stands at this stop."""
        return self.state in ("here", "ended")


def stations(type: str, *, constitutional_amendment: bool = False) -> tuple[Station, ...]:
    """The path of a type from beginning to end. A simple resolution's has four stations, a bill's six.

    Raises KeyError for an unknown type.
    """
    kind = TYPES[type]
    first, second = kind.chamber, _OTHER[kind.chamber]
    start = (Station("introduced", "Introduced"), Station("referred", "In committee"))
    if kind.form == "simple":
        end = Station(
            "agreed_to", f"Agreed to by the {first.title()}", "final: not law, and sent to no one else"
        )
        return (*start, Station("reported", "Reported or discharged"), end)
    if kind.form == "concurrent":
        middle = Station(f"passed_{first}", f"Agreed to by the {first.title()}")
        end = Station(
            "agreed_to", f"Agreed to by the {second.title()}", "final: not law, and not sent to the President"
        )
        return (*start, Station("reported", "Reported or discharged"), middle, end)
    passed = (
        Station(f"passed_{first}", f"Passed the {first.title()}"),
        Station("passed_both", f"Passed the {second.title()}"),
    )
    if constitutional_amendment:
        return (
            *start,
            *passed,
            Station(
                "to_archivist", "Sent to the states", "not to the President; three fourths must ratify it"
            ),
        )
    return (*start, *passed, Station("to_president", "To the President"), Station("enacted", "Law"))


def track(
    type: str,
    history: Sequence[Status],
    *,
    congress: int,
    introduced_on: str | None = None,
    constitutional_amendment: bool = False,
) -> tuple[Stop, ...]:
    """The stops of one measure, from `derive_history`: those it made, where it is, and those that lie before it.

    A station that it never made (no committee had it) is left out once it is past. Where its way ended, an ended stop
    says how and the rest of the path is left out. A reserved number has no stops.
    """
    now = history[-1]
    if now.code == "reserved":
        return ()
    path = stations(type, constitutional_amendment=constitutional_amendment)
    places = {station.code: place for place, station in enumerate(path)}
    made: dict[int, Status] = {0: Status("introduced", introduced_on)}
    for status in history:
        place = _place(status.code, places)
        if place is not None and (place not in made or _says_more(status, made[place])):
            made[place] = status
    here = _place(now.code, places)
    if here is None or now.code == "vetoed":
        done = [_stop(path[place], made[place], "done") for place in sorted(made) if place != here]
        return (*done, Stop(_ended(now.code, congress), "ended", now.since))
    made[here] = now
    if now.code == "to_archivist":
        made.setdefault(
            here - 1, Status("passed_both", now.since)
        )  # the second chamber's passage sent it there
    past = [_stop(path[place], made[place], "done") for place in sorted(made) if place < here]
    ahead = [Stop(station.label, note=station.note) for station in path[here + 1 :]]
    return (*past, _stop(path[here], now, "here"), *ahead)


def _place(code: str, places: dict[str, int]) -> int | None:
    """The place of the station at which a measure of this status stands; None where its way has ended."""
    match code:
        case "reported" | "on_calendar":
            return places.get("reported", places["referred"])
        case "resolving_differences":
            return places.get("passed_both", places.get("agreed_to"))
        case "vetoed" | "veto_overridden":
            return places.get("enacted")
    return places.get(code)


def _says_more(status: Status, held: Status) -> bool:
    """Of two statuses at one station: that the committee reported says more than that it had the measure."""
    return (
        held.code == "referred" and status.code in ("reported", "on_calendar")
    ) or held.code == "introduced"


def _stop(station: Station, status: Status, state: str) -> Stop:
    label, note = station.label, station.note
    if status.code != station.code:
        label = _TOLD_APART.get(status.code, label)
        if status.code == "resolving_differences" and state == "here":
            note = "not in the same words"
    return Stop(label, state, status.since, note)


_TOLD_APART = {
    "on_calendar": "On the calendar",
    "reported": "Reported",
    "veto_overridden": "Law, over a veto",
}


def _ended(code: str, congress: int) -> str:
    if code == "died":
        return f"Died with the {ordinal(congress)} Congress"
    return {"failed": "Failed", "withdrawn": "Withdrawn", "vetoed": "Vetoed by the President"}[code]
