"""What a document holds that its reader does not understand, and how rows are taken from it: from XML or from JSON.

A row becomes `Fields`: name → text, or None where it is empty, and `+name` → what is nested there, to be read in turn.
So one set of readers (`parts`, `actions`) serves both sources, which name the same things alike.
"""

from __future__ import annotations

import re
from abc import ABC, abstractmethod
from collections.abc import Callable, Container, Iterable
from typing import Any

from tracker.congress.calendar import valid_day
from tracker.records.shapes import Shape
from tracker.records.values import is_time
from tracker.records.xml import one_line, refuse

Fields = dict[str, Any]

PATHS_LIMIT = 50
ODD_LIMIT = 50

_COMMITTEE_CODE = re.compile(r"[a-z]{4}\d\d")


class Account(ABC):
    """Unknown elements by path, values that cannot be what they claim, and parts that may stand in an unknown element."""

    __slots__ = ("odd", "unknown", "unsure")

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}
        self.odd: list[str] = []
        self.unsure: set[str] = set()

    @abstractmethod
    def fields(self, node: Any, shape: Shape) -> Fields:
        """The children of one node. Raises DocumentRefused where a needed one is missing beside an unknown one."""

    @abstractmethod
    def rows(
        self, container: Any, shape: Shape, tag: str = "item", known: Container[str] = ()
    ) -> list[Fields]:
        """The fields of each row (in XML: each child `tag`) that holds anything; of None, none.

        Raises DocumentRefused where every row lacks what is usual and has an unknown element instead.
        """

    @abstractmethod
    def inside(self, node: Any, name: str) -> Any:
        """The nested node of this name, or None."""

    def nested(self, row: Fields, name: str, shape: Shape) -> Fields:
        """The fields of what is nested in a row under this name; none where nothing is."""
        node = row.get(f"+{name}")
        return {} if node is None else self.fields(node, shape)

    def strange(self, path: str, count: int = 1) -> None:
        """Count an unknown path; beyond `PATHS_LIMIT` different ones, under "…"."""
        path = one_line(path, 120)
        if path not in self.unknown and len(self.unknown) >= PATHS_LIMIT:
            path = "…"
        self.unknown[path] = self.unknown.get(path, 0) + count

    def doubt(self, where: str, value: str) -> None:
        """List a value that cannot be what it claims; of more than `ODD_LIMIT` the first ones."""
        if len(self.odd) < ODD_LIMIT:
            self.odd.append(f"{where}: {one_line(value, 60)}")

    def doubt_day(self, text: str | None, where: str) -> None:
        """List the text if it is no day."""
        if text is not None and valid_day(text) is None:
            self.doubt(where, text)

    def doubt_time(self, text: str | None, where: str) -> None:
        """List the text if it is neither an instant nor a day."""
        if text is not None and not is_time(text):
            self.doubt(where, text)

    def settle(
        self,
        children: Iterable[tuple[str, Any]],
        shape: Shape,
        said: Callable[[Any], str | None],
        row_names: Callable[[Any], Iterable[frozenset[str]]],
    ) -> Fields:
        """`fields`, slowly and with care, for a node with unknown, repeated or unexpectedly nested children.

        `children` are keys and values as in `Fields`; of a repeated one the first that is not empty counts. `said`
        gives all the text in a nested value, `row_names` the names that each row in it has.
        """
        found: Fields = {}
        strangers: dict[str, Any] = {}
        for key, value in children:
            name = key.lstrip("+")
            if key not in shape.names and name in shape.names:  # a text, with elements in it
                self.strange(f"{shape.below(name)}/…")
                key, value = name, said(value)
            elif key not in shape.names:
                self.strange(shape.below(name))
                strangers[key] = value
            if found.get(key) is None:
                found[key] = value
        if strangers:
            unknown = next(iter(strangers)).lstrip("+")
            for name in shape.needed:
                if name not in found and f"+{name}" not in found:
                    _refuse_name(unknown, name, shape)
            for name, wanted in shape.optional.items():
                if name in found or f"+{name}" in found:
                    continue
                nested = (value for key, value in strangers.items() if key.startswith("+"))
                if any(wanted <= names for value in nested for names in row_names(value)):
                    self.unsure.add(shape.part or name)
        return found

    def refuse_renamed(self, rows: list[Fields], shape: Shape) -> None:
        """Raises DocumentRefused where every row has, in the place of one that is usual, an unknown element."""
        for usual in shape.usual:
            names = usual.lstrip("+").split("|")
            instead = [_instead(row, names, usual.startswith("+"), shape) for row in rows]
            if all(instead):
                _refuse_name(str(instead[0]), names[0], shape)


def _instead(row: Fields, names: list[str], nested: bool, shape: Shape) -> str | None:
    """The unknown element of this row that may be one of the names, renamed; None where none is, or the row has one."""
    if any(name in row or f"+{name}" in row for name in names):
        return None
    for key, value in row.items():
        if key in shape.names or key.startswith("+") != nested:
            continue
        if nested or (value is not None and _could_be(names[0], value)):
            return key.lstrip("+")
    return None


def _could_be(name: str, value: str) -> bool:
    if name.endswith(("Date", "date")):
        return is_time(value)
    if name == "systemCode":
        return _COMMITTEE_CODE.fullmatch(value) is not None
    return True


def _refuse_name(unknown: str, expected: str, shape: Shape) -> None:
    refuse(f"unknown part {one_line(unknown, 60)} where {expected} was expected, in {shape.path}")
