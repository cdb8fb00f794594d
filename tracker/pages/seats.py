"""Seats of a chamber drawn one by one, as pure numbers: circles, squares and diamonds, so that a party survives grey print."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

ROWS = 10
_PITCH = 16
_SIZE = 12
HEIGHT = ROWS * _PITCH - (_PITCH - _SIZE)

#: The sign of a party beside its name, in the shape of its seats.
SIGNS = {"d": "●", "r": "■", "i": "◆"}


@dataclass(frozen=True, slots=True)
class Seats:
    """The seats of one group: for each party's colour one path. A seat has the same size in every group."""

    width: int
    height: int
    paths: tuple[tuple[str, str], ...]  # (colour: d, r, i; path)


def seats(counts: Sequence[tuple[str, int]]) -> Seats:
    """Seats in columns of ten, filled from the top, colours (d, r, i) one after the other with as many seats as said."""
    place, found = 0, []
    for colour, count in counts:
        if count:
            found.append((colour, "".join(_seat(colour, place + n) for n in range(count))))
            place += count
    columns = max(-(-place // ROWS), 1)
    return Seats(columns * _PITCH - (_PITCH - _SIZE), HEIGHT, tuple(found))


def _seat(colour: str, place: int) -> str:
    column, row = divmod(place, ROWS)
    x, y, half = column * _PITCH, row * _PITCH, _SIZE // 2
    if colour == "r":
        return f"M{x + 0.5:g} {y + 0.5:g}h{_SIZE - 1}v{_SIZE - 1}h-{_SIZE - 1}z"
    if colour == "d":
        return f"M{x} {y + half}a{half} {half} 0 1 1 {_SIZE} 0a{half} {half} 0 1 1-{_SIZE} 0"
    return f"M{x + half} {y}l{half} {half}l-{half} {half}l-{half}-{half}z"
