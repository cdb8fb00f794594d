"""Practice stories: invented prose around real facts, each statement marked with what it is and whether it is so.

date: 2025-05-23
main: 119/sres/253
---
{chamber:true:The Senate adopted} {cite:119/sres/253:S. RES. 253} …, {vote:false:by 97 to 0}.
"""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

from tests.api.holding import document
from tracker.ledger.apply import apply
from tracker.ledger.models import Committee, Member
from tracker.records.model import (
    ActionRecord,
    ActivityRecord,
    CommitteeRecord,
    CosponsorRecord,
    LawRecord,
    MeasureRecord,
    SponsorRecord,
    TitleRecord,
)

FOLDER = Path(__file__).parent
STORIES = sorted((FOLDER / "stories").glob("*.txt"))
_MARK = re.compile(r"\{(\w+):([^:{}]*):([^{}]*)\}")


@dataclass(frozen=True)
class Told:
    """A statement of a story: what it is, of which measure, its place, and whether it is so."""

    kind: str
    measure: str
    verdict: str
    quote: str
    at: tuple[int, int]


@dataclass(frozen=True)
class Story:
    text: str
    day: date
    cited: tuple[Told, ...]
    told: tuple[Told, ...]


def story(path: Path) -> Story:
    """The story of a file, its marks taken out."""
    head, _, body = path.read_text().partition("---\n")
    facts = dict(line.split(": ", 1) for line in head.splitlines() if ": " in line)
    text, place = "", 0
    cited, told = [], []
    for mark in _MARK.finditer(body):
        text += body[place : mark.start()]
        at = (len(text), len(text) + len(mark[3]))
        text += mark[3]
        place = mark.end()
        if mark[1] == "cite":
            cited.append(Told("cite", mark[2], "true", mark[3], at))
        else:
            verdict, _, measure = mark[2].partition("@")
            told.append(Told(mark[1], measure or facts["main"], verdict, mark[3], at))
    text += body[place:]
    return Story(text, date.fromisoformat(facts["date"]), tuple(cited), tuple(told))


def hold_facts() -> None:
    """Hold the measures that the stories are about, and the members and committees that they name wrongly."""
    rows = json.loads((FOLDER / "facts.json").read_text())
    documents = [document(_record(row), at=datetime(2026, 5, 30, tzinfo=UTC)) for row in rows]
    apply(documents, now=datetime(2026, 5, 30, tzinfo=UTC), today=date(2026, 5, 30), loading=True)
    known = set(Member.objects.values_list("pk", flat=True))
    Member.objects.bulk_create(
        Member(bioguide=id, name=name, sort_name=sort, chamber=chamber, party=party, state=state, from_list=True, sitting=True, term_ends_on=date(2029, 1, 3))
        for id, name, sort, chamber, party, state in OTHERS
        if id not in known
    )  # fmt: skip
    Committee.objects.bulk_create(
        Committee(code=code, name=name, chamber=chamber, current=True)
        for code, name, chamber in COMMITTEES
        if not Committee.objects.filter(pk=code).exists()
    )


def _record(row: dict[str, Any]) -> MeasureRecord:
    congress, type, number = row["id"].split("/")
    return MeasureRecord(
        int(congress),
        type,
        int(number),
        title=row["title"],
        introduced_on=row["introduced"],
        updated_at=row["updated"],
        titles=tuple(TitleRecord(title, "Short Title(s) as Introduced") for title in row["titles"]),
        sponsors=(SponsorRecord(*row["sponsor"]),),
        cosponsors=tuple(
            CosponsorRecord(id, name, party, state, None, joined, original)
            for id, name, party, state, joined, original in row["cosponsors"]
        ),
        committees=tuple(
            CommitteeRecord(code, name, chamber, "Standing", tuple(ActivityRecord(*a) for a in activities))
            for code, name, chamber, activities in row["committees"]
        ),
        actions=tuple(ActionRecord(day, text, source=source) for day, text, source in row["actions"]),
        laws=tuple(LawRecord("Public Law", number) for number in row["laws"]),
    )


OTHERS = [
    ("M001217", "Jared Moskowitz", "Moskowitz, Jared", "house", "D", "FL"),
    ("G000359", "Lindsey Graham", "Graham, Lindsey", "senate", "R", "SC"),
    ("S000033", "Bernard Sanders", "Sanders, Bernard", "senate", "I", "VT"),
    ("R000595", "Marco Rubio", "Rubio, Marco", "senate", "R", "FL"),
    ("W000817", "Elizabeth Warren", "Warren, Elizabeth", "senate", "D", "MA"),
    ("C001035", "Susan M. Collins", "Collins, Susan", "senate", "R", "ME"),
    ("L000599", "Michael Lawler", "Lawler, Michael", "house", "R", "NY"),
    ("P000197", "Nancy Pelosi", "Pelosi, Nancy", "house", "D", "CA"),
]
COMMITTEES = [
    ("hsgo00", "House Committee on Oversight and Government Reform", "house"),
    ("ssfi00", "Senate Committee on Finance", "senate"),
    ("ssev00", "Senate Committee on Environment and Public Works", "senate"),
]
