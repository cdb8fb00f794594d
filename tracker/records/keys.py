"""What makes a part the same part in two documents, for parts to which the source gives no id.

The rules are the contract's. An action is its day, code, source, committees and words; a cosponsor is a member with a
joining day; a text is its package, a summary its version and day, an activity its committee, name and instant.
"""

from __future__ import annotations

import hashlib
from collections.abc import Sequence

from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    CosponsorRecord,
    LawRecord,
    SummaryRecord,
    TextVersionRecord,
)

_SIGNS = 12

ActionIdentity = tuple[str | None, str | None, str | None, str, str | None]


def folded(text: str | None) -> str | None:
    """The text with each run of white space as one space: as such it is compared."""
    return None if text is None else " ".join(text.split())


def action_identity(action: ActionRecord) -> ActionIdentity:
    """What makes an action the same action; `action_key` names it."""
    codes = (
        " ".join(sorted([committee.code or committee.name or "" for committee in action.committees]))
        if action.committees
        else ""
    )
    return action.on, action.code, action.source, codes, folded(action.text)


def action_key(identity: ActionIdentity) -> str:
    """The key of an action: 12 hexadecimal signs, the same in every document and every release."""
    joined = "\x1f".join(["\x00" if part is None else part for part in identity])
    return hashlib.blake2b(joined.encode("utf-8", "replace"), digest_size=_SIGNS // 2).hexdigest()


def action_keys(actions: Sequence[ActionRecord]) -> list[str]:
    """One key an action, in the same order; exact repetitions get "-2", "-3", …"""
    keys = []
    seen: dict[str, int] = {}
    for action in actions:
        key = action_key(action_identity(action))
        count = seen[key] = seen.get(key, 0) + 1
        keys.append(key if count == 1 else f"{key}-{count}")
    return keys


def cosponsor_identity(cosponsor: CosponsorRecord) -> tuple[str | None, str | None]:
    """(member, joining day); the name where no member's id is given."""
    return cosponsor.member or cosponsor.name, cosponsor.joined_on


def text_identity(version: TextVersionRecord) -> str:
    """The package, or name and day where no address shows one."""
    return version.package or " ".join(part for part in (version.name, version.on) if part)


def summary_identity(summary: SummaryRecord) -> str:
    """Version and day, "00 2025-01-03"."""
    return " ".join(part for part in (summary.version, summary.on) if part)


def law_identity(law: LawRecord) -> str:
    """Type and number, "Public Law 119-1"."""
    return " ".join(part for part in (law.type, law.number) if part)


def activity_identity(activity: ActivityRecord) -> tuple[str, str | None]:
    """Name, without regard to its case (which drifts), and instant."""
    return (folded(activity.name) or "").casefold(), activity.at
