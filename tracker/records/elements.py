"""Rows from the elements of XML."""

from __future__ import annotations

from collections.abc import Container, Iterator

from lxml import etree

from tracker.records.account import Account, Fields
from tracker.records.shapes import Shape

Element = etree._Element


class XmlAccount(Account):
    """Reads elements: leaves are texts, and children that hold elements are nested."""

    __slots__ = ()

    def fields(self, node: Element, shape: Shape) -> Fields:
        found = {  # keys are computed before their values, so `nested` serves both
            (f"+{child.tag}" if (nested := len(child)) else child.tag): (
                child if nested else (text.strip() or None) if (text := child.text) else None
            )
            for child in node
        }
        if len(found) != len(node) or not shape.names.issuperset(found):
            return self.settle(_children(node), shape, _said, _row_names)
        return found

    def rows(
        self, container: Element | None, shape: Shape, tag: str = "item", known: Container[str] = ()
    ) -> list[Fields]:
        if container is None:
            return []
        names = shape.names
        found: list[Fields] = []
        for child in container:
            if child.tag == tag and len(child):
                row = {  # as in `fields`, which a first load would call 400,000 times
                    (f"+{cell.tag}" if (nested := len(cell)) else cell.tag): (
                        cell if nested else (text.strip() or None) if (text := cell.text) else None
                    )
                    for cell in child
                }
                if len(row) != len(child) or not names.issuperset(row):
                    row = self.settle(_children(child), shape, _said, _row_names)
                found.append(row)
        if len(found) != len(container):
            self._account_for_rest(container, shape, tag, known)
        if self.unknown and found:
            self.refuse_renamed(found, shape)
        return found

    def inside(self, node: Element, name: str) -> Element | None:
        return node.find(name)

    def _account_for_rest(self, container: Element, shape: Shape, tag: str, known: Container[str]) -> None:
        """Count the children that are no rows, and rows that are a bare text."""
        for child in container:
            name = str(child.tag)
            if name == tag:
                if not len(child) and (child.text or "").strip():
                    self.strange(f"{shape.path}/text()")
            elif name not in known:
                self.strange(f"{shape.path.rpartition('/')[0]}/{name}")
                is_row = any(cell.tag in shape.names for cell in child)
                if shape.part and (is_row or (len(child) and container.find(tag) is None)):
                    self.unsure.add(shape.part)


def _children(node: Element) -> Iterator[tuple[str, Element | str | None]]:
    for child in node:
        if len(child):
            yield f"+{child.tag}", child
        else:
            yield str(child.tag), (child.text or "").strip() or None


def _said(node: Element) -> str | None:
    return " ".join("".join(map(str, node.itertext())).split()) or None


def _row_names(node: Element) -> Iterator[frozenset[str]]:
    for row in node:
        yield frozenset(str(cell.tag) for cell in row)
