"""What a request asks for, read from its query string. Whatever means nothing here is a BadFilter that says what does."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar

from django.http import HttpRequest

from tracker.ledger.as_of import end_of_day
from tracker.ledger.filters import BadFilter, day_named, moment_named

T = TypeVar("T")

DEFAULT_LIMIT = 50
LARGEST_LIMIT = 250
_LIMIT = f"a whole number from 1 to {LARGEST_LIMIT}"
_DAY = "a day as 2025-05-01"
_MOMENT = "a day as 2025-05-01 (its end in UTC), or an instant as 2025-05-01T12:00:00Z"


@dataclass(frozen=True, slots=True)
class Clocks:
    """As known at an instant, as officially so on a day; both None: now."""

    as_of: datetime | None
    on: date | None


def only(request: HttpRequest, *names: str) -> None:
    """Raise BadFilter where the request has a parameter that is none of these."""
    for name in request.GET:
        if name not in names:
            raise BadFilter(
                name, request.GET.get(name) or "", "no such parameter", ", ".join(sorted(names)) or "none"
            )


def one(request: HttpRequest, name: str, accepted: str, parse: Callable[[str], T]) -> T | None:
    """The value of a parameter that is given once, or None where it is not given. `parse` raises ValueError."""
    given = request.GET.getlist(name)
    if not given:
        return None
    if len(given) > 1:
        raise BadFilter(name, " ".join(given), "given more than once", accepted)
    try:
        return parse(given[0])
    except ValueError as problem:
        raise BadFilter(name, given[0], str(problem), accepted) from problem


def limit(request: HttpRequest) -> int:
    """How many rows are wanted."""
    return one(request, "limit", _LIMIT, whole(1, LARGEST_LIMIT)) or DEFAULT_LIMIT


def clocks(request: HttpRequest) -> Clocks:
    """The moment that is asked for by `as_of` and `on`."""
    return Clocks(
        one(request, "as_of", _MOMENT, lambda text: moment_named(text, end_of_day)),
        one(request, "on", _DAY, day_named),
    )


def whole(least: int, most: int) -> Callable[[str], int]:
    """Reads a whole number within bounds."""

    def parse(text: str) -> int:
        if not (text.isascii() and text.isdecimal() and len(text) < 10 and least <= int(text) <= most):
            raise ValueError("not such a number")
        return int(text)

    return parse


def choice(*choices: str) -> Callable[[str], str]:
    """Reads one of a few words."""

    def parse(text: str) -> str:
        if text not in choices:
            raise ValueError("not one of them")
        return text

    return parse


def yes_or_no(text: str) -> bool:
    return bool(choice("true", "false")(text) == "true")
