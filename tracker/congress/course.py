"""The course of one measure: its list of actions put in order, and folded into where it stands."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from tracker.congress.actions import ActionLike, Effect, Event, read_action
from tracker.congress.calendar import valid_day
from tracker.congress.measures import MeasureType

SETTLED = frozenset({"agreed_to", "enacted", "veto_overridden"})  # nothing that follows changes these

_LIBRARY = "Library of Congress"  # restates what the chambers say, in lines of its own
_LIBRARY_BEGINS = ("Passed/agreed to in ", "Failed of passage/not agreed to in ")  # where no source is named
_STEPS = {
    Effect.INTRODUCED: "introduced",
    Effect.REFERRED: "referred",
    Effect.REPORTED: "reported",
    Effect.ON_CALENDAR: "on_calendar",
}
_HEIGHT = {code: height for height, code in enumerate(_STEPS.values())}
_STOPPED = frozenset({"failed", "withdrawn"})
_LEFT_CONGRESS = SETTLED | {"to_president", "vetoed", "to_archivist"}

_FLOOR = frozenset({Effect.RECONSIDERED, Effect.FAILED, Effect.TABLED, Effect.WITHDRAWN, Effect.PASSED})
_FIRST_FLOOR, _SECOND_FLOOR = Effect.RECONSIDERED, Effect.PASSED


@dataclass(frozen=True, slots=True)
class Status:
    """A status code of the contract, the day (`YYYY-MM-DD`) since when, and the index of the action that set it.

    `since` is None where no source dates it; `action` where none set it (the calendar did, or a text or a law did).
    `before` is where a measure stood that died with its Congress, and None for every other.
    """

    code: str
    since: str | None = None
    action: int | None = None
    before: Status | None = None


@dataclass(frozen=True, slots=True)
class DatedEvent:
    """An event of the list: its action's index, its day for ordering, and the day as written (None: no valid day)."""

    event: Event
    index: int
    day: date
    on: str | None


def dated_events(actions: Sequence[ActionLike], origin: str) -> list[DatedEvent]:
    """The events of a list (newest first) in the order they happened, restatements of one event as one.

    A line without a valid day counts with the older one beside it. Within a day the usual order of procedure holds,
    the chamber of `origin` before the other; only what one chamber did on its floor keeps the list's own order. Of
    restatements the chamber's own line is taken, and a passage amended if any of them says so (S 1318: one does).
    """
    placed: list[tuple[date, int, int, DatedEvent]] = []
    day = date.min
    for index in range(len(actions) - 1, -1, -1):
        action = actions[index]
        dated = valid_day(action.on)
        day = dated or day
        event = read_action(action.text, action.code)
        if event is not None:
            on = action.on if dated is not None else None
            placed.append((day, _place(event, origin), -index, DatedEvent(event, index, day, on)))
    placed.sort(key=lambda item: item[:3])
    return list(_merged((item[3] for item in placed), actions))


def _place(event: Event, origin: str) -> int:
    if event.effect not in _FLOOR:
        return event.effect
    return _FIRST_FLOOR if event.chamber in (None, origin) else _SECOND_FLOOR


def _merged(events: Iterable[DatedEvent], actions: Sequence[ActionLike]) -> Iterable[DatedEvent]:
    held: DatedEvent | None = None
    for new in events:
        if held is None:
            held = new
        elif (held.day, held.event[:2]) == (new.day, new.event[:2]):
            event = new.event._replace(amended=held.event.amended or new.event.amended)
            best = new if _restates(actions[held.index]) and not _restates(actions[new.index]) else held
            held = DatedEvent(event, best.index, best.day, best.on)
        else:
            yield held
            held = new
    if held is not None:
        yield held


def _restates(action: ActionLike) -> bool:
    return action.source == _LIBRARY or not action.text or action.text.startswith(_LIBRARY_BEGINS)


class Course:
    """The statuses of a measure, oldest first, as its events are taken one by one.

    It begins as introduced, with no step of its own until an action says so.
    """

    def __init__(self, kind: MeasureType, *, constitutional_amendment: bool) -> None:
        self.steps: list[Status] = []
        self._kind = kind
        self._to_states = constitutional_amendment
        self._to_president = kind.form in ("bill", "joint") and not constitutional_amendment
        self._day = date.min  # of the last step
        self._before: Status | None = None  # where it stood when it failed
        self._vetoed = False
        self._overrode: set[str | None] = set()
        self._took_report: set[str | None] = set()

    @property
    def code(self) -> str:
        """Where it stands now."""
        return self.steps[-1].code if self.steps else "introduced"

    @property
    def law(self) -> str:
        """The code of this measure as a law."""
        return "veto_overridden" if self._vetoed else "enacted"

    def take(self, dated: DatedEvent) -> None:
        """Let one event have its effect, which depends on what the measure is and on where it stands."""
        stands = self.code
        if stands in SETTLED:
            if dated.event.effect is Effect.BECAME_LAW and stands == self.law and dated.day == self._day:
                # the line with the law's number says more than that of the signature
                self.steps[-1] = Status(stands, dated.on, dated.index)
            return
        code = self._code_after(dated.event)
        if code is not None and (code != self.code or not self.steps):
            self.stand(Status(code, dated.on, dated.index), dated.day)

    def stand(self, status: Status, day: date = date.min) -> None:
        """Stand so from this day on."""
        if status.code in _STOPPED and self.code not in _STOPPED:
            self._before = self.steps[-1] if self.steps else Status("introduced")
        self.steps.append(status)
        self._day = day

    def _code_after(self, event: Event) -> str | None:
        match event.effect:
            case Effect.INTRODUCED | Effect.REFERRED | Effect.REPORTED | Effect.ON_CALENDAR:
                return self._step(event.effect)
            case Effect.PASSED:
                return self._passed(event)
            case Effect.RECONSIDERED:
                self._undo()
            case Effect.FAILED | Effect.TABLED:
                return "failed"
            case Effect.WITHDRAWN:
                return "withdrawn"
            case Effect.IN_DISPUTE:
                return None if self.code in _LEFT_CONGRESS else "resolving_differences"
            case Effect.CONFERENCE_AGREED:
                self._took_report.add(event.chamber)
                return self._both() if len(self._took_report) == 2 else "resolving_differences"
            case Effect.CONCURRED:
                return self._both()
            case Effect.TO_STATES:
                return "to_archivist" if self._to_states else None
            case _ if self._to_president:
                return self._president(event)
        return None

    def _step(self, effect: Effect) -> str | None:
        """A step in the first chamber: only upwards, and no longer once that chamber has decided."""
        if self.code in _STOPPED and effect >= Effect.REPORTED:
            self._undo()  # on a later day: what failed under suspension may come back by the regular order
        step = _STEPS[effect]
        higher = self.code in _HEIGHT and _HEIGHT[step] > _HEIGHT[self.code]
        return step if higher or step == self.code else None

    def _passed(self, event: Event) -> str | None:
        own = event.chamber == self._kind.chamber
        if self._kind.form == "simple":
            return "agreed_to" if own else None
        if own:
            undecided = self.code in _HEIGHT or self.code in _STOPPED
            return f"passed_{self._kind.chamber}" if undecided else None
        if self.code in _LEFT_CONGRESS:
            return None
        return "resolving_differences" if event.amended else self._both()

    def _both(self) -> str | None:
        """Both chambers have agreed to the same words: the end, or the President's turn, or that of the states."""
        if self.code in _LEFT_CONGRESS:
            return None
        if self._kind.form == "concurrent":
            return "agreed_to"
        return "to_archivist" if self._to_states else "passed_both"

    def _president(self, event: Event) -> str | None:
        match event.effect:
            case Effect.PRESENTED:
                return "to_president"
            case Effect.SIGNED | Effect.BECAME_LAW:
                return self.law
        self._vetoed = True
        if event.effect is Effect.VETO_OVERRIDDEN:
            self._overrode.add(event.chamber)
        return "veto_overridden" if len(self._overrode) == 2 else "vetoed"

    def _undo(self) -> None:
        """Stand again where the measure stood when it failed."""
        if self.code in _STOPPED and self._before is not None:
            self.steps.append(self._before)
