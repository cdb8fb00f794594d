"""Keys of parts to which the source gives no id.

An action has none: the same action is the same day, code, source, committees and words (the contract's rule). The
key is a hash of these, and so the same in every document and every release.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.records.model import ActionRecord

_SIGNS = 12


def action_identity(action: ActionRecord) -> tuple[str | None, ...]:
    """What makes an action the same action; white space in its words does not count."""
    text = None if action.text is None else " ".join(action.text.split())
    if not action.committees:
        return action.on, action.code, action.source, "", text
    codes = sorted([committee.code or committee.name or "" for committee in action.committees])
    return action.on, action.code, action.source, " ".join(codes), text


def action_keys(actions: Sequence[ActionRecord]) -> list[str]:
    """One key an action, in the same order: 12 hexadecimal signs, and "-2", "-3", … on exact repetitions."""
    keys = []
    seen: dict[str, int] = {}
    for action in actions:
        identity = "\x1f".join(["\x00" if part is None else part for part in action_identity(action)])
        key = hashlib.blake2b(identity.encode("utf-8", "surrogatepass"), digest_size=_SIGNS // 2).hexdigest()
        count = seen[key] = seen.get(key, 0) + 1
        keys.append(key if count == 1 else f"{key}-{count}")
    return keys
