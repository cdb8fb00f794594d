"""From XML elements to plain values, with an account of what was not known.

`Account` is what the readers of BILLSTATUS write into while they read: unknown elements by path, values that cannot
be what they claim, and the parts of a measure for which an unknown element may stand.
"""

from __future__ import annotations

import re
from collections.abc import Container
from typing import Any

from lxml import etree

from tracker.congress.calendar import valid_day
from tracker.records.shapes import Shape
from tracker.records.values import is_time
from tracker.records.xml import one_line, refuse

Element = etree._Element
Fields = dict[str, Any]
"""A row's children: name → text (None where empty), and `+name` → the element where it holds elements."""

PATHS_LIMIT = 50
ODD_LIMIT = 50

_COMMITTEE_CODE = re.compile(r"[a-z]{4}\d\d")


class Account:
    """What a document holds that its reader does not understand."""

    __slots__ = ("odd", "unknown", "unsure")

    def __init__(self) -> None:
        self.unknown: dict[str, int] = {}
        self.odd: list[str] = []
        self.unsure: set[str] = set()

    def fields(self, element: Element, shape: Shape) -> Fields:
        """The children of one element. Raises DocumentRefused where a needed one is missing beside an unknown one."""
        found = {  # keys are computed before their values, so `nested` serves both
            (f"+{child.tag}" if (nested := len(child)) else child.tag): (
                child if nested else (text.strip() or None) if (text := child.text) else None
            )
            for child in element
        }
        if len(found) != len(element) or not shape.names.issuperset(found):
            return self._settle(element, shape)
        return found

    def rows(
        self, container: Element | None, shape: Shape, tag: str = "item", known: Container[str] = ()
    ) -> list[Fields]:
        """The fields of each child `tag` that holds anything; other children but the `known` ones are counted.

        Raises DocumentRefused where every row lacks what is usual and has an unknown element instead.
        """
        if container is None:
            return []
        found = [self.fields(child, shape) for child in container if child.tag == tag and len(child)]
        if len(found) != len(container):
            self._account_for_rest(container, shape, tag, known)
        if self.unknown and found:
            _refuse_renamed(found, shape)
        return found

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

    def _settle(self, element: Element, shape: Shape) -> Fields:
        """`fields` for an element with unknown, repeated or unexpectedly nested children: the first that is not empty counts."""
        found: Fields = {}
        strangers: list[Element] = []
        for child in element:
            name = str(child.tag)
            key = "+" + name if len(child) else name
            if key in shape.names:
                if found.get(key) is None:
                    found[key] = child if len(child) else (child.text or "").strip() or None
            elif name in shape.names:  # a text, with elements in it
                found[name] = " ".join("".join(map(str, child.itertext())).split()) or None
                self.strange(f"{_below(shape.path, name)}/{child[0].tag}", len(child))
            else:
                strangers.append(child)
                found[key] = child if len(child) else (child.text or "").strip() or None
                self.strange(_below(shape.path, name))
        if strangers:
            for name in shape.needed:
                if name not in found and "+" + name not in found:
                    _refuse_name(str(strangers[0].tag), name, shape)
            self._look_for_optional(found, strangers, shape)
        return found

    def _look_for_optional(self, found: Fields, strangers: list[Element], shape: Shape) -> None:
        for name, wanted in shape.optional.items():
            if name in found or "+" + name in found:
                continue
            for stranger in strangers:
                if any(wanted.issubset({cell.tag for cell in row}) for row in stranger):
                    self.unsure.add(shape.part or name)

    def _account_for_rest(self, container: Element, shape: Shape, tag: str, known: Container[str]) -> None:
        parent = shape.path.rpartition("/")[0]
        for child in container:
            name = str(child.tag)
            if name == tag:
                if not len(child) and (child.text or "").strip():
                    self.strange(f"{shape.path}/text()")
            elif name not in known:
                self.strange(_below(parent, name))
                if len(child) and shape.part and container.find(tag) is None:
                    self.unsure.add(shape.part)


def _refuse_renamed(rows: list[Fields], shape: Shape) -> None:
    for usual in shape.usual:
        name = usual.lstrip("+")
        instead = [_instead(row, name, shape) for row in rows]
        if all(instead):
            _refuse_name(str(instead[0]), name, shape)


def _instead(row: Fields, name: str, shape: Shape) -> str | None:
    """The unknown element of this row that may be `name` renamed; None where there is none or the row has `name`."""
    if name in row or "+" + name in row:
        return None
    nested = "+" + name in shape.usual
    for key, value in row.items():
        if key in shape.names or key.startswith("+") != nested:
            continue
        if nested or (value is not None and _could_be(name, value)):
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


def _below(path: str, name: str) -> str:
    return f"{path}/{name}" if path else name
