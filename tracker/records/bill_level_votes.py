"""Where schema 1.0.0 and its predecessor list roll calls: beside the actions, under `bill`. 3.0.0 puts them into actions.

A roll call stands at every action that names it ("(Roll no. 568)", "Record Vote Number: 329.") on the day it was
taken, as in 3.0.0; else at those of the same instant; else at the newest action of that day on the floor of that
chamber; else at the newest of that day. One whose day has no action is left out and listed as odd.
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
