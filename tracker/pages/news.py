"""The heading of the first page: what the last day of the record brought, in one or two sentences.

By the official day, not by the day on which it was learned: a chamber acts on a day, whoever hears of it when.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date

from tracker.congress.measures import TYPES
from tracker.congress.numbers import number_word
from tracker.ledger.filters import either

MOST_CLAUSES = 4  # a heading that lists everything says nothing

_CHAMBERS = {"house": "House", "senate": "Senate"}


@dataclass(frozen=True, slots=True)
class DayOfRecord:
    """What the record dates to one day. Counters are by type of measure, or by (type, status)."""

    day: date
    introduced: Counter[str] = field(default_factory=Counter)
    came_to: Counter[tuple[str, str]] = field(default_factory=Counter)
    gained: Counter[str] = field(default_factory=Counter)  # measures that were there before and gained names
    lost: Counter[str] = field(default_factory=Counter)  # measures from which names were withdrawn
    moved: frozenset[str] = frozenset()  # types of which any measure has an action of this day


def headline(found: DayOfRecord) -> str:
    """One or two sentences, the weightiest first; never empty."""
    clauses = [
        *_became_law(found),
        *_won(found),
        *_passed(found),
        *_lost_votes(found),
        *_introduced(found),
        *_names(found),
    ][:MOST_CLAUSES]
    if not clauses:
        return "The record lists nothing new on this day."
    text = "; ".join(clauses)
    silence = _silence(found)
    return f"{text[0].upper()}{text[1:]}." + (f" {silence}" if silence else "")


def nouns(types: Counter[str]) -> str:
    """ "five resolutions and one bill": how many of each form, resolutions first."""
    of_bills = sum(count for type_, count in types.items() if TYPES[type_].form == "bill")
    of_resolutions = types.total() - of_bills
    return either(
        [
            f"{number_word(count)} {noun if count == 1 else noun + 's'}"
            for noun, count in (("resolution", of_resolutions), ("bill", of_bills))
            if count
        ],
        word="and",
    )


def _with_status(found: DayOfRecord, statuses: Iterable[str]) -> Counter[str]:
    wanted = set(statuses)
    return _summed((type_, count) for (type_, status), count in found.came_to.items() if status in wanted)


def _summed(pairs: Iterable[tuple[str, int]]) -> Counter[str]:
    total: Counter[str] = Counter()
    for type_, count in pairs:
        total[type_] += count
    return total


def _became_law(found: DayOfRecord) -> list[str]:
    laws = _with_status(found, ("enacted", "veto_overridden"))
    return [f"{nouns(laws)} became law"] if laws else []


def _won(found: DayOfRecord) -> list[str]:
    clauses = []
    for chamber, name in _CHAMBERS.items():
        simple = _summed(
            (t, n)
            for t, n in _with_status(found, ["agreed_to"]).items()
            if _is_simple(t) and TYPES[t].chamber == chamber
        )
        if simple:
            clauses.append(f"the {name} agreed to {nouns(simple)}")
    both = _summed((t, n) for t, n in _with_status(found, ["agreed_to"]).items() if not _is_simple(t))
    if both:
        clauses.append(f"both chambers agreed to {nouns(both)}")
    to_states = _with_status(found, ["to_archivist"])
    if to_states:
        clauses.append(f"{nouns(to_states)} went to the states, to amend the Constitution")
    return clauses


def _is_simple(type_: str) -> bool:
    return TYPES[type_].form == "simple"


def _passed(found: DayOfRecord) -> list[str]:
    clauses = []
    for status, name in (("passed_house", "House"), ("passed_senate", "Senate")):
        passed = _with_status(found, [status])
        if passed:
            clauses.append(f"the {name} passed {nouns(passed)}")
    both = _with_status(found, ("passed_both", "resolving_differences", "to_president"))
    if both:
        clauses.append(f"{nouns(both)} went through both chambers")
    return clauses


def _lost_votes(found: DayOfRecord) -> list[str]:
    clauses = []
    for status, verb in (("vetoed", "vetoed"), ("failed", "failed")):
        gone = _with_status(found, [status])
        if gone:
            clauses.append(
                f"{nouns(gone)} {'was ' if status == 'vetoed' and gone.total() == 1 else ''}{verb}"
            )
    return clauses


def _introduced(found: DayOfRecord) -> list[str]:
    clauses: list[str] = []
    for chamber, name in _CHAMBERS.items():
        here = _summed((t, n) for t, n in found.introduced.items() if TYPES[t].chamber == chamber)
        if here:
            verb = "" if clauses else (" was introduced" if here.total() == 1 else " were introduced")
            clauses.append(f"{nouns(here)}{verb} in the {name}")
    return [", ".join(clauses)] if clauses else []


def _names(found: DayOfRecord) -> list[str]:
    clauses: list[str] = []
    if found.gained:
        more = " more" if found.introduced else ""
        clauses.append(f"{_some(found.gained, more)} gained names")
    if found.lost:
        clauses.append(f"{_some(found.lost, '')} lost names")
    return clauses


def _some(types: Counter[str], more: str) -> str:
    """ "seven more", "seven resolutions", "31 measures"."""
    if more:
        return f"{number_word(types.total())}{more}"
    forms: Sequence[str] = sorted({"bill" if TYPES[t].form == "bill" else "resolution" for t in types})
    noun = forms[0] if len(forms) == 1 else "measure"
    return f"{number_word(types.total())} {noun}{'' if types.total() == 1 else 's'}"


def _silence(found: DayOfRecord) -> str:
    moved = {TYPES[t].chamber for t in (*found.introduced, *found.moved, *(t for t, _ in found.came_to))}
    silent = [name for chamber, name in _CHAMBERS.items() if chamber not in moved]
    return f"No {silent[0]} measure was introduced or moved." if len(silent) == 1 else ""
