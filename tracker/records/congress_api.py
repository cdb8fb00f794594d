"""The Congress.gov API's JSON → `MeasureRecord`. One document is a bundle of the measure's parts, as the client collects it.

`{"bill": {…}, "actions": […], "cosponsors": […], "committees": […], "subjects": {…}, "summaries": […], "titles": […],
"textVersions": […], "relatedBills": […], "amendments": […]}`: the measure's item, and of each part the items of all
its pages. The API and BILLSTATUS are of one making and name the same things alike, so that the readers are the same.
What differs by nature: numbers and flags are JSON's own; texts have addresses at www.congress.gov, which answer no
program, in place of which the addresses at GovInfo of the same package are given; amendments are only listed, and taken
without sponsors, cosponsors and actions even where an answer has some, since it may not have all.
"""

from __future__ import annotations

import json
import re
from collections.abc import Container, Iterator
from typing import Any

from tracker.records import shapes
from tracker.records.account import Account, Fields
from tracker.records.measure import missing_parts, read_identity, read_measure
from tracker.records.model import DocumentRefused, Reading
from tracker.records.values import clean, published_at
from tracker.records.xml import DEPTH_LIMIT, one_line, refuse

LISTS = (
    "actions",
    "cosponsors",
    "committees",
    "summaries",
    "titles",
    "textVersions",
    "relatedBills",
    "amendments",
)
_NOT_LISTED = frozenset(("sponsors", "cosponsors", "onBehalfOfSponsor", "actions"))
_BRACKETS = re.compile(rb'"(?:[^"\\]|\\.)*"|[\[{]|[\]}]', re.DOTALL)


def read_congress_api(body: bytes, *, expected: tuple[int, str, int] | None = None) -> Reading:
    """Read one bundle. Raises DocumentRefused, in one line, as `read_billstatus` does."""
    bundle = _decode(body)
    bill = bundle.get("bill")
    if not isinstance(bill, dict):
        error = bundle.get("error")
        refuse(f"no bill is in the answer: {error!r}" if error else "no bill is in the answer")
    account = JsonAccount()
    for name in bundle.keys() - {"bill", "subjects", *LISTS}:
        account.strange(name)
    item = {name: value for name, value in bill.items() if name not in LISTS and name != "subjects"}
    for name in LISTS:
        if name in bundle:
            item[name] = _of_type(bundle[name], list, name)
    if "subjects" in bundle:
        item["subjects"] = _of_type(bundle["subjects"], dict, "subjects")
    for version in item.get("textVersions", ()):
        _move_to_govinfo(version)
    if "amendments" in item:
        item["amendments"] = [_listed(amendment) for amendment in item["amendments"]]
    fields = account.fields(item, shapes.BILL)
    identity = read_identity(fields.get("congress"), fields.get("type"), fields.get("number"), expected)
    record = read_measure(account, identity, fields)
    return Reading(record, account.unknown, missing_parts(account, fields, record), tuple(account.odd))


class JsonAccount(Account):
    """Reads objects: texts, numbers and flags are leaves; lists and objects are nested."""

    __slots__ = ()

    def fields(self, node: Any, shape: shapes.Shape) -> Fields:
        children = list(_children(node))
        found = dict(children)
        if len(found) != len(children) or not shape.names.issuperset(found):
            return self.settle(children, shape, _said, _row_names)
        return found

    def rows(
        self, container: Any, shape: shapes.Shape, tag: str = "item", known: Container[str] = ()
    ) -> list[Fields]:
        if container is None:
            return []
        if isinstance(container, dict) and tag in container:  # a list that kept the element around it
            container = container[tag]
        if not isinstance(container, list):
            self.strange(f"{shape.path}/{{…}}")
            return []
        found = [self.fields(row, shape) for row in container if isinstance(row, dict) and row]
        if any(not isinstance(row, dict) for row in container):
            self.strange(f"{shape.path}/text()")
        if self.unknown and found:
            self.refuse_renamed(found, shape)
        return found

    def inside(self, node: Any, name: str) -> Any:
        return node.get(name) if isinstance(node, dict) else None


def _decode(body: bytes) -> dict[str, Any]:
    if not body.strip():
        raise DocumentRefused("the document is empty")
    if body.lstrip()[:1] == b"<":
        raise DocumentRefused("the answer is a web page or XML, not JSON")
    depth = 0
    for found in _BRACKETS.finditer(body):
        mark = found[0]
        if mark in b"[{":
            depth += 1
        elif mark in b"]}":
            depth -= 1
        if depth > DEPTH_LIMIT:
            raise DocumentRefused(f"the JSON is nested deeper than {DEPTH_LIMIT}")
    try:
        bundle = json.loads(body)  # not msgspec, which refuses halves of surrogate pairs: `clean` mends those
    except (ValueError, RecursionError) as error:
        raise DocumentRefused(f"not well-formed JSON: {one_line(str(error))}") from error
    if not isinstance(bundle, dict):
        raise DocumentRefused("the JSON holds no object")
    return bundle


def _of_type(value: Any, kind: type, name: str) -> Any:
    if not isinstance(value, kind):
        refuse(f"{name} is no {'list' if kind is list else 'object'} in the answer")
    return value


def _children(node: Any) -> Iterator[tuple[str, Any]]:
    if not isinstance(node, dict):
        return
    for name, value in node.items():
        name = clean(name) or ""
        if isinstance(value, str):
            yield name, clean(value)
        elif isinstance(value, bool):
            yield name, str(value)
        elif isinstance(value, (list, dict)):
            yield f"+{name}", value
        else:
            yield name, None if value is None else str(value)


def _said(node: Any) -> str | None:
    """All texts within, in order."""
    texts: list[str] = []
    waiting = [node]
    while waiting:
        value = waiting.pop()
        if isinstance(value, dict):
            waiting += reversed(list(value.values()))
        elif isinstance(value, list):
            waiting += reversed(value)
        elif isinstance(value, str):
            texts.append(value)
    return clean(" ".join(" ".join(texts).split()))


def _row_names(node: Any) -> Iterator[frozenset[str]]:
    for row in node if isinstance(node, list) else [node]:
        if isinstance(row, dict):
            yield frozenset(row)


def _listed(amendment: Any) -> Any:
    if not isinstance(amendment, dict):
        return amendment
    return {name: value for name, value in amendment.items() if name not in _NOT_LISTED}


def _move_to_govinfo(version: Any) -> None:
    """Put the addresses at GovInfo in the place of those at www.congress.gov."""
    formats = version.get("formats") if isinstance(version, dict) else None
    if isinstance(formats, list):
        for one in formats:
            if isinstance(one, dict) and isinstance(address := one.get("url"), str):
                one["url"] = published_at(address)
