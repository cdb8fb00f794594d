"""The form of a hand-entered measure: what it sends, as fields; and fields with their errors, as its template draws them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.http import QueryDict

from tracker.desk.hand_fields import MOST, HandFields

SINGLE = ("parliament", "citation", "congress", "title", "chamber", "introduced_on")
ROWS = {
    "sponsors": ("name",),
    "cosponsors": ("name", "joined_on"),
    "actions": ("on", "text"),
    "committees": ("name",),
    "seen": ("what", "url", "on", "name"),
}
_EMPTY = {
    "sponsors": 0,
    "cosponsors": 3,
    "actions": 1,
    "committees": 0,
    "seen": 0,
}  # rows after those that are filled
_LEAST = {"sponsors": 1, "cosponsors": 4, "actions": 2, "committees": 1, "seen": 1}
MORE = 6  # rows that a button adds

Given = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Box:
    """One control: its name as sent, its id, what stands in it, and what is wrong with that."""

    name: str
    id: str
    value: str
    wrong: str = ""
    first_new: bool = False  # the first of the rows that a button has just added


@dataclass(frozen=True, slots=True)
class Row:
    """One row of a part, and its place as a reader counts."""

    place: int
    boxes: dict[str, Box]


@dataclass(frozen=True, slots=True)
class HandForm:
    """What a template draws: single boxes by name, rows by part, and every error with the control that it is about."""

    boxes: dict[str, Box]
    rows: dict[str, list[Row]]
    wrong: list[tuple[str, str]]


def given_by(sent: QueryDict) -> Given:
    """The fields that a form sent. Whatever else it sent is not looked at."""
    given: Given = {name: sent.get(name, "") for name in SINGLE}
    for part, names in ROWS.items():
        columns = [sent.getlist(f"{part}.{name}") for name in names]
        longest = max(map(len, columns))
        padded = [column + [""] * (longest - len(column)) for column in columns]
        rows = [dict(zip(names, values, strict=True)) for values in zip(*padded, strict=True)]
        chosen_alone = {"what"}  # a menu that stands on its first choice says nothing
        given[part] = [r for r in rows if any(v.strip() for n, v in r.items() if n not in chosen_alone)]
    return given


def given_of(fields: HandFields) -> Given:
    """The fields of a revision as the form sends them."""
    return {
        "parliament": fields.parliament,
        "citation": fields.citation,
        "congress": str(fields.congress or ""),
        "title": fields.title,
        "chamber": fields.chamber,
        "introduced_on": fields.introduced_on,
        "sponsors": [{"name": person.typed} for person in fields.sponsors],
        "cosponsors": [{"name": p.typed, "joined_on": p.joined_on} for p in fields.cosponsors],
        "actions": [{"on": action.on, "text": action.text} for action in fields.actions],
        "committees": [{"name": committee.typed} for committee in fields.committees],
        "seen": [{"what": s.what, "url": s.url, "on": s.on, "name": s.name} for s in fields.seen],
    }


def form_of(given: Given, errors: Mapping[str, str] | None = None, more: str = "") -> HandForm:
    """The form with these fields in it; `more` names a part that is to have more empty rows."""
    wrong = dict(errors or {})
    boxes = {
        name: Box(name, name.replace("_", "-"), str(given.get(name) or ""), wrong.get(name, ""))
        for name in SINGLE
    }
    rows = {part: _rows(part, given.get(part) or [], wrong, part == more) for part in ROWS}
    ids = {box.name: box.id for box in boxes.values()}
    listed = [(ids.get(name) or _id(name), words) for name, words in wrong.items()]
    return HandForm(boxes, rows, listed)


def _rows(part: str, filled: list[Mapping[str, Any]], wrong: Mapping[str, str], more: bool) -> list[Row]:
    count = max(len(filled) + _EMPTY[part], _LEAST[part]) + (MORE if more else 0)
    rows = []
    for place in range(min(count, max(MOST[part], len(filled)))):
        values = filled[place] if place < len(filled) else {}
        boxes = {
            name: Box(
                f"{part}.{name}",
                _id(f"{part}.{place}.{name}"),
                str(values.get(name) or ""),
                wrong.get(f"{part}.{place}.{name}", ""),
                first_new=more and place == len(filled) and name == ROWS[part][0],
            )
            for name in ROWS[part]
        }
        rows.append(Row(place + 1, boxes))
    return rows


def _id(name: str) -> str:
    """The control that an error is about: of a row by its place, of a whole part its first."""
    part = name if name not in ROWS else f"{name}.0.{ROWS[name][0]}"
    return part.replace(".", "-").replace("_", "-")
