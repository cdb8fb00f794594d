"""What became of one part between two documents of the same measure."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import msgspec


class Change(msgspec.Struct, frozen=True, gc=False):
    """One difference, in the words of the contract. `before` and `after` are plain JSON values (or None).

    `subject` says what part: an action's key, a member's id, a committee's code, a field's name, …
    `occurred_on` is the official day (`YYYY-MM-DD`, a valid one) where the part has one.
    """

    kind: str
    subject: str
    before: Any = None
    after: Any = None
    occurred_on: str | None = None


def in_order(changes: Iterable[Change]) -> list[Change]:
    """The changes by official day, earlier ones first and those without a day last; else as they come."""
    return sorted(changes, key=lambda change: change.occurred_on or "9999")
