"""What rooms above the ledger derive of it, for `manage.py rebuild` to write anew too.

Imports run down, so the ledger cannot name them: each room adds its own when Django starts (`AppConfig.ready`), as with
`tracker.ledger.polling.further`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

Progress = Callable[[int, int], None]  # done, of how many


@dataclass(frozen=True, slots=True)
class FurtherRebuild:
    """One thing derived. `run` writes it anew and answers a line for the operator, or "" where there is nothing to tell."""

    unit: str  # "texts"
    run: Callable[[Progress], str]


_rebuilds: list[FurtherRebuild] = []


def add(rebuild: FurtherRebuild) -> None:
    """Have every rebuild run this one too, once, however often it is added."""
    if rebuild not in _rebuilds:
        _rebuilds.append(rebuild)


def rebuilds() -> tuple[FurtherRebuild, ...]:
    """In the order in which they were added."""
    return tuple(_rebuilds)
