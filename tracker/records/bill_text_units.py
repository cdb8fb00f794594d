"""What the readers of texts make first, a tree of units, and the naming of its clauses.

Anchors (docs/TEXTS.md has the whole scheme):

    w1, w2, …        recitals, in order
    r1, r2, …        resolving clauses without a mark, in order
    p1, p1-A, …      marked paragraphs of the first of them, by their marks
    r2-1, …          marked paragraphs of a later one
    s2, s2-a-1, …    sections and what is in them, by their marks
    title-II, …      what holds sections
    …-u1             the first unmarked unit within another; …-c1 words that go on after its units
    …-q-…            what a unit would put into a law, between quotation marks
    x-…              what is struck
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field

from tracker.records.text_model import Clause, digest_of

MOST_CLAUSES = 200_000
_NAMED = re.compile(r"[A-Za-z0-9]+(?:[-–.][A-Za-z0-9]+)*")
_LEAD = re.compile(r"^(?:sections?|secs?\.?|articles?|title|subtitle|part|chapter|division|§+)\s+", re.I)
_LONGEST_MARK = 16
_HOLDERS = frozenset(
    ("title", "subtitle", "division", "subdivision", "part", "subpart", "chapter", "subchapter", "article")
)


@dataclass(slots=True)
class Unit:
    """One structural unit as a reader found it; `text` are its own words, lines apart by a line break."""

    kind: str
    mark: str | None = None
    heading: str | None = None
    text: str = ""
    units: list[Unit] = field(default_factory=list)
    quoted: bool = False
    struck: bool = False


def clauses_of(units: Sequence[Unit], *, prefix: str = "") -> tuple[Clause, ...]:
    """The clauses of a tree in the text's order, named. `prefix` stands before every anchor ("x-" for struck ones)."""
    taken: set[str] = set()
    clauses = []
    for anchor, level, unit in _named(units):
        name = _free(prefix + anchor, taken)
        taken.add(name)
        text = unit.text.strip()
        if text or unit.heading or unit.mark:
            clauses.append(
                Clause(
                    name,
                    unit.kind,
                    level,
                    text,
                    digest_of(unit.heading, text),
                    unit.mark,
                    unit.heading,
                    unit.quoted,
                )
            )
    return tuple(clauses)


def split_struck(units: Iterable[Unit]) -> tuple[list[Unit], list[Unit]]:
    """The tree without what is struck, and what is struck."""
    kept, struck = [], []
    for unit in units:
        if unit.struck:
            struck.append(unit)
            continue
        unit.units, gone = split_struck(unit.units)
        kept.append(unit)
        struck += gone
    return kept, struck


def mark_name(mark: str | None) -> str:
    """The part of an anchor that a printed mark makes: "1" of "(1)", "2" of "SEC. 2.", "" of none."""
    found = _NAMED.search(_LEAD.sub("", (mark or "").strip(" \t“‘\"'(")))
    return found[0].replace(".", "-").replace("–", "-")[:_LONGEST_MARK] if found else ""


def _free(anchor: str, taken: set[str]) -> str:
    """The anchor, or with ".2", ".3" … where a text uses one mark twice."""
    if anchor not in taken:
        return anchor
    return next(name for n in range(2, MOST_CLAUSES) if (name := f"{anchor}.{n}") not in taken)


def _named(units: Sequence[Unit]) -> Iterator[tuple[str, int, Unit]]:
    recitals = unmarked = 0
    for unit in units:
        if unit.kind == "recital":
            recitals += 1
            anchor = f"w{recitals}"
        else:
            name = mark_name(unit.mark)
            if unit.kind in _HOLDERS:
                anchor = f"{unit.kind}-{name}" if name else unit.kind
            elif not name:
                unmarked += 1
                anchor = f"r{unmarked}"
            else:
                anchor = f"s{name}" if unit.kind == "section" else f"p{name}"
        yield from _within(anchor, 0, unit)


def _within(anchor: str, level: int, unit: Unit) -> Iterator[tuple[str, int, Unit]]:
    yield anchor, level, unit
    unmarked = continued = 0
    for child in unit.units:
        name = mark_name(child.mark)
        base = f"{anchor}-q" if child.quoted and not unit.quoted else anchor
        if child.kind == "continuation":
            continued += 1
            yield from _within(f"{base}-c{continued}", level, child)
            continue
        if child.kind in _HOLDERS:
            named = f"{child.kind}-{name}" if name else child.kind
            full = named if unit.kind in _HOLDERS and not child.quoted else f"{base}-{named}"
        elif child.kind == "section" and name and unit.kind in _HOLDERS and not child.quoted:
            full = f"s{name}"  # sections are numbered through, whatever they stand under
        elif child.kind == "section" and name:
            full = f"{base}-s{name}"
        elif name:
            full = f"p{name}" if anchor == "r1" and base == anchor else f"{base}-{name}"
        else:
            unmarked += 1
            full = f"{base}-u{unmarked}"
        yield from _within(full, level + 1, child)
