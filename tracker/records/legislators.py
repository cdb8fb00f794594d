"""The community's lists of members and committees (unitedstates/congress-legislators, CC0): YAML → structs.

Dates there are quoted text; a file in which one is not still reads. A row that names nobody is left out.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import yaml

from tracker.congress.calendar import valid_day
from tracker.congress.people import party_letter
from tracker.records.model import DocumentRefused
from tracker.records.values import clean
from tracker.records.xml import one_line

_CHAMBERS = {"house": "house", "senate": "senate", "joint": "joint"}
_SIDES = ("majority", "minority")


class TermRecord(msgspec.Struct, frozen=True, gc=False):
    """One term. `end` is the day on which it ends, at noon. `district` is 0 at large, None for a senator."""

    type: str  # "rep" or "sen"
    start: str
    end: str
    state: str | None
    district: int | None
    party: str | None  # "D", "R", "I", …


class MemberRecord(msgspec.Struct, frozen=True, gc=False):
    """Someone who sits or sat in Congress; `terms` are oldest first, at least one."""

    bioguide: str
    name: str  # "Maria Cantwell"
    sort_name: str  # "Cantwell, Maria"
    lis: str | None  # the Senate's id, as in its vote files
    terms: tuple[TermRecord, ...]
    previous: tuple[str, ...] = ()  # Bioguide ids that this member had before


class CommitteeListed(msgspec.Struct, frozen=True, gc=False):
    """A committee, or a subcommittee with its `parent`; codes are those of measures' records ("ssfr00", "ssfr07")."""

    code: str
    name: str
    chamber: str | None  # "house", "senate", "joint"
    parent: str | None
    url: str | None


class SeatRecord(msgspec.Struct, frozen=True, gc=False):
    """Who sits on a committee. `side` is "majority" or "minority"."""

    committee: str
    member: str
    side: str
    rank: int | None
    title: str | None


def read_legislators(body: bytes) -> list[MemberRecord]:
    """The members of `legislators-current` or `legislators-historical`. Raises DocumentRefused for no such list."""
    found = []
    for row in _rows(_load(body, list)):
        ids, name = _mapping(row.get("id")), _mapping(row.get("name"))
        bioguide = _text(ids.get("bioguide"))
        terms = tuple(term for part in _rows(row.get("terms")) if (term := _term(part)) is not None)
        if bioguide is None or not terms:
            continue
        first, last, suffix = (_text(name.get(part)) for part in ("first", "last", "suffix"))
        plain = " ".join(part for part in (first, last) if part) or bioguide
        found.append(
            MemberRecord(
                bioguide,
                _text(name.get("official_full")) or (f"{plain}, {suffix}" if suffix else plain),
                f"{last}, {first}" if last and first else last or plain,
                _text(ids.get("lis")),
                terms,
                tuple(_texts(ids.get("bioguide_previous"))),
            )
        )
    if not found:
        raise DocumentRefused("no member is in the list of legislators")
    return found


def read_committees(body: bytes) -> list[CommitteeListed]:
    """The committees of `committees-current` or `committees-historical`, each followed by its subcommittees.

    Raises DocumentRefused for no such list.
    """
    found = []
    for row in _rows(_load(body, list)):
        code, name = _text(row.get("thomas_id")), _text(row.get("name"))
        if code is None or name is None:
            continue
        parent = committee_code(code)
        chamber = _CHAMBERS.get(_text(row.get("type")) or "")
        found.append(CommitteeListed(parent, name, chamber, None, _text(row.get("url"))))
        for below in _rows(row.get("subcommittees")):
            number, called = _text(below.get("thomas_id")), _text(below.get("name"))
            if number is not None and called is not None:
                sub = committee_code(code + number)
                found.append(CommitteeListed(sub, called, chamber, parent, _text(below.get("url"))))
    if not found:
        raise DocumentRefused("no committee is in the list of committees")
    return found


def read_committee_seats(body: bytes) -> list[SeatRecord]:
    """Who sits where, of `committee-membership-current`; each member once a committee. Raises DocumentRefused for no such list."""
    found: dict[tuple[str, str], SeatRecord] = {}
    for code, rows in _load(body, dict).items():
        committee = committee_code(str(code))
        for row in _rows(rows):
            member, side, rank = _text(row.get("bioguide")), _text(row.get("party")), row.get("rank")
            if member is not None and side in _SIDES:
                seat = SeatRecord(
                    committee, member, side, rank if isinstance(rank, int) else None, _text(row.get("title"))
                )
                found.setdefault((committee, member), seat)
    if not found:
        raise DocumentRefused("no seat is in the list of committee members")
    return list(found.values())


def committee_code(thomas_id: str) -> str:
    """The system code of measures' records: "SSFR" is "ssfr00", "SSFR07" is "ssfr07"."""
    code = thomas_id.lower()
    return code if len(code) > 4 else f"{code}00"


def _load(body: bytes, shape: type) -> Any:
    try:
        # The C loader builds plain values only, as SafeLoader does; the lists have half a million nodes.
        listed = yaml.load(body, Loader=yaml.CSafeLoader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        raise DocumentRefused(f"not well-formed YAML: {one_line(str(error))}") from error
    if not isinstance(listed, shape):
        raise DocumentRefused(f"the YAML holds {type(listed).__name__}, where {shape.__name__} was expected")
    return listed


def _term(row: dict[Any, Any]) -> TermRecord | None:
    kind, start, end = _text(row.get("type")), _day(row.get("start")), _day(row.get("end"))
    if kind not in ("rep", "sen") or start is None or end is None:
        return None
    district = row.get("district")
    return TermRecord(
        kind,
        start,
        end,
        _text(row.get("state")),
        district if kind == "rep" and isinstance(district, int) else None,
        party_letter(_text(row.get("party"))),
    )


def _day(value: Any) -> str | None:
    text = str(value) if value is not None else None
    return text if valid_day(text) is not None else None


def _rows(value: Any) -> Iterator[dict[Any, Any]]:
    return (row for row in value if isinstance(row, dict)) if isinstance(value, list) else iter(())


def _mapping(value: Any) -> dict[Any, Any]:
    return value if isinstance(value, dict) else {}


def _text(value: Any) -> str | None:
    return clean(value) if isinstance(value, str) else None


def _texts(value: Any) -> Iterator[str]:
    several = value if isinstance(value, list) else [value]
    return (text for one in several if (text := _text(one)) is not None)
