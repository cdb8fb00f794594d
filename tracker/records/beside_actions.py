"""What schema 1.0.0 and its predecessor list beside the actions, under `bill`, and 3.0.0 has in them.

A roll call stands at every action that names it ("(Roll no. 568)", "Record Vote Number: 329.") on the day it was
taken, as in 3.0.0; else at those of the same instant; else at the newest action of that day on the floor of that
chamber; else at the newest of that day. One whose day has no action is left out and listed as odd. A House calendar
(`U00083`) stands at the action that says so ("Placed on the Union Calendar, Calendar No. 83."); the Senate's has its
number in that action's words alone, in 3.0.0 too.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

import msgspec

from tracker.congress.calendar import action_instant, instant, washington_day
from tracker.records.account import Account
from tracker.records.model import ActionRecord, VoteReference

_NAMED = {
    "house": re.compile(r"\bRoll (?:no\.|Call No\.|Call) ?(\d+)", re.I),
    "senate": re.compile(r"\bRecord Vote (?:Number|No\.?): ?(\d+)", re.I),
}
_CALENDAR = re.compile(r"([UHDPC])0*(\d+)")
_PLACED = re.compile(r"\bplaced on the (?P<name>[A-Z])[a-z]+ Calendar, Calendar No\. (?P<number>\d+)", re.I)
_FLOOR = {"house": ("House floor actions",), "senate": ("Senate",)}


def place_votes(
    actions: Sequence[ActionRecord], votes: Sequence[VoteReference], account: Account
) -> tuple[ActionRecord, ...]:
    """The actions, each with the roll calls of `votes` that belong to it; those that it had stay."""
    placed: dict[int, list[VoteReference]] = {}
    for vote in votes:
        rows = _rows_of(vote, actions)
        if not rows:
            account.doubt(
                "recorded_votes",
                f"{vote.chamber} {vote.congress}/{vote.session}/{vote.roll}: no action of its day",
            )
        for row in rows:
            placed.setdefault(row, []).append(vote)
    return tuple(
        [
            msgspec.structs.replace(action, recorded_votes=(*action.recorded_votes, *placed[row]))
            if row in placed
            else action
            for row, action in enumerate(actions)
        ]
    )


def place_calendars(actions: Sequence[ActionRecord], calendars: Sequence[str]) -> tuple[ActionRecord, ...]:
    """The actions, with the House calendar on which each placed the measure; those that had one keep it."""
    numbered = {
        (found[1], int(found[2])): calendar
        for calendar in calendars
        if (found := _CALENDAR.fullmatch(calendar))
    }

    def placed(action: ActionRecord) -> ActionRecord:
        said = _PLACED.search(action.text or "")
        calendar = numbered.get((said["name"].upper(), int(said["number"]))) if said else None
        if calendar is None or action.calendar is not None:
            return action
        return msgspec.structs.replace(action, calendar=calendar)

    return tuple([placed(action) for action in actions])


def _rows_of(vote: VoteReference, actions: Sequence[ActionRecord]) -> list[int]:
    day = washington_day(vote.at)
    written = None if day is None else day.isoformat()
    at = instant(vote.at)
    of_day = [row for row, action in enumerate(actions) if action.on == written]
    tests: tuple[Callable[[ActionRecord], bool], ...] = (
        lambda action: _names(action, vote),
        lambda action: at is not None and action_instant(action.on, action.time) == at,
    )
    for test in tests:
        if rows := [row for row in of_day if test(actions[row])]:
            return rows
    on_floor = [
        row for row in of_day if actions[row].source in _FLOOR[vote.chamber] and actions[row].type == "Floor"
    ]
    return (on_floor or of_day)[:1]


def _names(action: ActionRecord, vote: VoteReference) -> bool:
    return any(int(roll) == vote.roll for roll in _NAMED[vote.chamber].findall(action.text or ""))
