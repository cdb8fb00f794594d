"""The same action, listed by two source systems: two actions in the record, one line for a reader.

A chamber lists what it did; the Library of Congress lists it again, often with a label before the chamber's words and
without the references behind them ("Passed/agreed to in Senate: Resolution agreed to in Senate …").
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from tracker.ledger.told import EventLike

_LIBRARY = "Library of Congress"
_REFERENCES = re.compile(r"(?:\s*\([^()]*\)|[\s.])+$")  # " (text: CR S1912-1913)"
_LABEL = re.compile(r"^[^:]{3,80}:\s+")  # "Passed/agreed to in House: "


def said_once(events: Iterable[EventLike]) -> list[list[EventLike]]:
    """Actions added, gathered by what they say on their day; the chamber's own row first."""
    gathered: dict[tuple[date | None, str], list[EventLike]] = {}
    for event in sorted(events, key=_is_library):
        essence = _essence(event)
        place = (event.occurred_on, essence)
        if _is_library(event) and place not in gathered:
            unlabelled = (event.occurred_on, _LABEL.sub("", essence))
            place = unlabelled if unlabelled in gathered else place
        gathered.setdefault(place, []).append(event)
    return list(gathered.values())


def _is_library(event: EventLike) -> bool:
    return (event.became or {}).get("source") == _LIBRARY


def _essence(event: EventLike) -> str:
    text = " ".join(((event.became or {}).get("text") or event.subject).split())
    return _REFERENCES.sub("", text).casefold()
