"""What became of the actions between two records, and which roll calls they name for the first time."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from tracker.congress.calendar import valid_day, washington_day
from tracker.records.change import Change, in_order
from tracker.records.keys import ActionIdentity, action_identity, action_key
from tracker.records.model import ActionRecord, VoteReference
from tracker.records.plain import as_json, vote_id

_PAIRS_COMPARED = 2500  # of more candidates, the first goes with the first

Rows = dict[ActionIdentity, list[ActionRecord]]
VoteKey = tuple[str, int, int, int]


def action_changes(before: Sequence[ActionRecord], after: Sequence[ActionRecord]) -> Iterator[Change]:
    """Actions that went, were edited, or came; one gone and one come with the same day and code are one edited.

    Of several such pairs those most alike go together. An action whose time, type or calendar alone changed is the
    same action: that is a `field_changed`.
    """
    if before == after:
        return
    old, new = _rows(before), _rows(after)
    gone = [identity for identity in old if identity not in new]
    come = [identity for identity in new if identity not in old]
    edited = _pairs(gone, come)
    renewed = {came for _, came in edited}
    replaced = {went for went, _ in edited}
    yield from in_order(
        _change("action_removed", identity, before=old[identity][0])
        for identity in reversed(gone)
        if identity not in replaced
    )
    yield from in_order(
        _change("action_edited", came, before=old[went][0], after=new[came][0]) for went, came in edited
    )
    yield from in_order(
        _change("action_added", identity, after=new[identity][0])
        for identity in reversed(come)
        if identity not in renewed
    )
    yield from _details(old, new)


def vote_changes(before: Sequence[ActionRecord], after: Sequence[ActionRecord]) -> Iterator[Change]:
    """The roll calls that an action names and none named before, each once."""
    known = {_vote_key(vote) for action in before for vote in action.recorded_votes}
    changes = []
    for action in after:
        for vote in action.recorded_votes:
            if _vote_key(vote) in known:
                continue
            known.add(_vote_key(vote))
            taken = washington_day(vote.at) or valid_day(action.on)
            named = {"action": action_key(action_identity(action))}
            changes.append(
                Change(
                    "vote_recorded",
                    vote_id(vote),
                    None,
                    as_json(vote) | named,
                    None if taken is None else taken.isoformat(),
                )
            )
    yield from in_order(changes[::-1])


def _vote_key(vote: VoteReference) -> VoteKey:
    return vote.chamber, vote.congress, vote.session, vote.roll


def _rows(actions: Iterable[ActionRecord]) -> Rows:
    found: Rows = {}
    for action in actions:
        found.setdefault(action_identity(action), []).append(action)
    return found


def _pairs(
    gone: Iterable[ActionIdentity], come: Iterable[ActionIdentity]
) -> list[tuple[ActionIdentity, ActionIdentity]]:
    """Those of `gone` and `come` that are one action, edited: same day and code, the most alike first."""
    went: dict[tuple[str | None, str | None], list[ActionIdentity]] = defaultdict(list)
    came: dict[tuple[str | None, str | None], list[ActionIdentity]] = defaultdict(list)
    for identities, by_place in ((gone, went), (come, came)):
        for identity in identities:
            by_place[identity[:2]].append(identity)
    pairs: list[tuple[ActionIdentity, ActionIdentity]] = []
    for place in came:
        if place not in went:
            continue
        left, right = sorted(went[place], key=_sortable), sorted(came[place], key=_sortable)
        if len(left) * len(right) > _PAIRS_COMPARED:
            pairs += zip(left, right, strict=False)
            continue
        ranked = sorted(
            ((-_likeness(one, other), i, j) for i, one in enumerate(left) for j, other in enumerate(right))
        )
        free_left, free_right = set(range(len(left))), set(range(len(right)))
        for _, i, j in ranked:
            if i in free_left and j in free_right:
                free_left.remove(i)
                free_right.remove(j)
                pairs.append((left[i], right[j]))
    return pairs


def _likeness(one: ActionIdentity, other: ActionIdentity) -> int:
    """How alike two actions of one day and code are: source first, then committees, then the words they begin with."""
    shared = 0
    for sign, opposite in zip(one[4] or "", other[4] or "", strict=False):
        if sign != opposite:
            break
        shared += 1
    return 10_000_000 * (one[2] == other[2]) + 1_000_000 * (one[3] == other[3]) + min(shared, 999_999)


def _sortable(identity: ActionIdentity) -> tuple[str, ...]:
    return tuple([part or "" for part in identity])


def _details(old: Rows, new: Rows) -> Iterator[Change]:
    """What changed of actions that are the same: as often listed as before, with another time, type or calendar."""
    changes = []
    for identity, rows in new.items():
        were = old.get(identity)
        if were is None or len(were) != len(rows) or were == rows:
            continue
        left, right = sorted(map(_detail, were)), sorted(map(_detail, rows))
        if left != right:
            changes.append(
                Change(
                    "field_changed",
                    f"actions.{action_key(identity)}",
                    _json(were[0], identity) | {"calendar": were[0].calendar},
                    _json(rows[0], identity) | {"calendar": rows[0].calendar},
                    _official(identity[0]),
                )
            )
    yield from in_order(changes[::-1])


def _detail(action: ActionRecord) -> tuple[str, str, str]:
    return action.time or "", action.type or "", action.calendar or ""


def _change(
    kind: str,
    identity: ActionIdentity,
    *,
    before: ActionRecord | None = None,
    after: ActionRecord | None = None,
) -> Change:
    return Change(
        kind,
        action_key(identity),
        None if before is None else _json(before, action_identity(before)),
        None if after is None else _json(after, identity),
        _official(identity[0]),
    )


def _json(action: ActionRecord, identity: ActionIdentity) -> dict[str, Any]:
    return {"key": action_key(identity)} | as_json(action)


def _official(on: str | None) -> str | None:
    return on if valid_day(on) is not None else None
