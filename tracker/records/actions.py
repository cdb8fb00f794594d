"""Lists of actions: those of a measure, and those of each amendment."""

from __future__ import annotations

from typing import Any

from tracker.congress.calendar import valid_day
from tracker.records.account import Account, Fields
from tracker.records.model import ActionRecord, CommitteeName, VoteReference
from tracker.records.shapes import ActionShapes, Shape
from tracker.records.values import chamber, clock, whole

_NOT_ROWS = ("actionByCounts", "actionTypeCounts", "count")


def read_actions(
    account: Account, container: Any, shapes: ActionShapes, where: str
) -> tuple[ActionRecord, ...]:
    """The actions in the source's order. `where` says which list this is, for what is odd in it."""
    found: list[ActionRecord] = []
    for index, row in enumerate(account.rows(container, shapes.action, known=_NOT_ROWS)):
        on = row.get("actionDate")
        if on is not None and valid_day(on) is None:
            account.doubt(f"{where}[{index}].on", on)
        time = row.get("actionTime")
        votes: tuple[VoteReference, ...] = ()
        if "+recordedVotes" in row:
            votes = read_votes(account, row["+recordedVotes"], shapes.vote, f"{where}[{index}]")
        found.append(
            ActionRecord(
                on,
                row.get("text"),
                row.get("actionCode"),
                row.get("type"),
                account.nested(row, "sourceSystem", shapes.source).get("name"),
                None if time is None else clock(time),
                _committees(account, row, shapes),
                votes,
                _calendar(account, row, shapes) if "+calendarNumber" in row else None,
            )
        )
    return tuple(found)


def read_votes(account: Account, container: Any, shape: Shape, where: str) -> tuple[VoteReference, ...]:
    """The roll calls that a row names. One that its four numbers do not identify is left out and listed as odd."""
    found: list[VoteReference] = []
    for row in account.rows(container, shape, "recordedVote"):
        house = chamber(row.get("chamber"))
        congress, session, roll = (
            whole(row.get("congress")),
            whole(row.get("sessionNumber")),
            whole(row.get("rollNumber")),
        )
        at = row.get("date")
        if house is None or not congress or not session or roll is None:
            named = [row.get(name) or "–" for name in ("chamber", "congress", "sessionNumber", "rollNumber")]
            account.doubt(f"{where}.recorded_votes", "/".join(named))
            continue
        account.doubt_time(at, f"{where}.recorded_votes[{len(found)}].at")
        found.append(VoteReference(house, congress, session, roll, at, row.get("url")))
    return tuple(found)


def _calendar(account: Account, row: Fields, shapes: ActionShapes) -> str | None:
    calendar: str | None = account.fields(row["+calendarNumber"], shapes.calendar).get("calendar")
    return calendar


def _committees(account: Account, row: Fields, shapes: ActionShapes) -> tuple[CommitteeName, ...]:
    if "+committees" in row:
        names = account.rows(row["+committees"], shapes.committee)
    elif "+committee" in row:  # before January 2020 there was one, without a list around it
        names = [account.fields(row["+committee"], shapes.committee)]
    else:
        return ()
    return tuple([CommitteeName(name.get("systemCode"), name.get("name")) for name in names])
