"""The fields of a measure entered by hand: what a form gives, read and held against what Congress is and what is held here."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from typing import Any

import msgspec

from tracker.congress.calendar import congress_on, first_day, last_day, valid_day
from tracker.congress.citations import Citation, ordinal, parse_citation
from tracker.congress.measures import measure_type
from tracker.desk.fields import NotValid, Reader
from tracker.desk.hand_names import Ambiguous, Named, committee_named, person_named

TITLE_LENGTH = 1_000
LINE_LENGTH = 200
ACTION_LENGTH = 2_000
NEWEST_CONGRESS_AHEAD = 1  # of today's: a measure may be announced for the next one
Where = tuple[str | None, int | None]  # type and Congress of a measure
MOST = {"sponsors": 10, "cosponsors": 150, "actions": 60, "committees": 20, "seen": 10}  # rows of each

WHERE_SEEN = {
    "press report": "a press report",
    "chamber’s site": "the chamber’s own site",
    "member’s site": "a member’s own site",
    "printed record": "the printed record of debates",
    "agency or archive": "an agency or archive",
    "other": "somewhere else",
}
"""Where a measure may have been seen, as stored and as a form offers it."""


class Person(msgspec.Struct, frozen=True, omit_defaults=True):
    """A sponsor or cosponsor: of a member known here the Bioguide id too. `joined_on` is a cosponsor's."""

    name: str
    member: str | None = None
    party: str | None = None
    state: str | None = None
    district: int | None = None
    joined_on: str = ""

    @property
    def typed(self) -> str:
        """As the form shows it: "Thom Tillis [R-NC] (T000476)"."""
        seat = "-".join(part for part in (self.party, self.state) if part)
        words = f"{self.name} [{seat}]" if seat else self.name
        return f"{words} ({self.member})" if self.member else words


class Dated(msgspec.Struct, frozen=True, omit_defaults=True):
    """An action, or anything else that happened to it, on its day."""

    on: str
    text: str


class CommitteeNamed(msgspec.Struct, frozen=True, omit_defaults=True):
    name: str
    code: str | None = None

    @property
    def typed(self) -> str:
        return f"{self.name} ({self.code})" if self.code else self.name


class SeenAt(msgspec.Struct, frozen=True, omit_defaults=True):
    """Where staff saw it: what that is (a key of WHERE_SEEN), its address, its day and its name."""

    what: str
    url: str
    on: str = ""
    name: str = ""


class HandFields(msgspec.Struct, frozen=True, omit_defaults=True):
    """One measure as staff enter it. Of the Congress `congress`, `type` and `number` are its identity."""

    citation: str
    title: str
    parliament: str = ""  # empty: the Congress of the United States
    congress: int | None = None
    type: str | None = None
    number: int | None = None
    chamber: str = ""
    introduced_on: str = ""
    sponsors: tuple[Person, ...] = ()
    cosponsors: tuple[Person, ...] = ()
    actions: tuple[Dated, ...] = ()
    committees: tuple[CommitteeNamed, ...] = ()
    seen: tuple[SeenAt, ...] = ()

    @property
    def identity(self) -> tuple[int, str, int] | None:
        """Congress, type and number; None for another parliament's."""
        if self.congress is None or self.type is None or self.number is None:
            return None
        return self.congress, self.type, self.number

    @property
    def key(self) -> str | None:
        """ "118/sres/599"; None for another parliament's."""
        return "/".join(map(str, self.identity)) if self.identity else None


def stored(fields: HandFields) -> dict[str, Any]:
    """The fields as a revision keeps them."""
    kept: dict[str, Any] = msgspec.to_builtins(fields)
    return kept


def opened(kept: Mapping[str, Any]) -> HandFields:
    """The fields of a revision or a publication."""
    return msgspec.convert(kept, HandFields)


def read(given: Mapping[str, Any], *, today: date) -> HandFields:
    """The fields from what a form gives: single values by name, rows as lists of mappings. Empty rows go.

    Asks the ledger who is meant by a name. Raises NotValid with a sentence for each wrong field; a row's are
    "cosponsors.2.name" (from 0).
    """
    reader = Reader(given, today=today)
    parliament = reader.line("parliament", 80)
    introduced_on = reader.day("introduced_on")
    citation = _citation(reader, introduced_on, today) if not parliament else None
    written = reader.line("citation", 80)
    if not written and "citation" not in reader.errors:
        reader.wrong("citation", "Give the measure’s citation: its number, as it is cited.")
    title = " ".join(reader.text("title", characters=TITLE_LENGTH).split())
    if not title and "title" not in reader.errors:
        reader.wrong("title", "Give its title; where none is known yet, what it is about.")
    chamber = reader.line("chamber", 80)
    if citation is not None:
        chamber = _chamber(reader, citation, chamber)
        _in_its_congress(reader, citation, introduced_on)
    where: Where | None = (
        None if parliament else (citation.type, citation.congress) if citation else (None, None)
    )
    fields = HandFields(
        citation=str(citation) if citation is not None else written,
        title=title,
        parliament=parliament,
        congress=citation.congress if citation else None,
        type=citation.type if citation else None,
        number=citation.number if citation else None,
        chamber=chamber,
        introduced_on=introduced_on,
        sponsors=_people(reader, "sponsors", where),
        cosponsors=_people(reader, "cosponsors", where, introduced_on),
        actions=_actions(reader),
        committees=_committees(reader, citation),
        seen=_seen(reader),
    )
    reader.done()
    return fields


def _citation(reader: Reader, introduced_on: str, today: date) -> Citation | None:
    """The measure of Congress that is meant: its Congress from the citation, the field beside it, or the date."""
    written = reader.line("citation", 80)
    if not written:
        return None
    found = parse_citation(written)
    if found is None:
        reader.wrong(
            "citation",
            f"“{written[:40]}” is no citation of a measure of Congress. Write it as S.Res. 599 or H.R. 1; for another "
            "parliament’s, name the parliament.",
        )
        return None
    beside = reader.line("congress", 20)
    named = int(beside) if beside.isdecimal() and beside.isascii() else None
    newest = congress_on(today) + NEWEST_CONGRESS_AHEAD
    if beside and (named is None or not 1 <= named <= newest):
        reader.wrong("congress", f"Give the number of a Congress, from 1 to {newest}, such as {newest - 1}.")
        return None
    if named and found.congress and named != found.congress:
        reader.wrong(
            "congress", f"The citation says the {ordinal(found.congress)} Congress. Which one is right?"
        )
        return None
    day = valid_day(introduced_on)
    congress = found.congress or named or (congress_on(day) if day else None)
    if congress is None and "introduced_on" in reader.errors:
        return None
    if congress is None:
        reader.wrong("congress", "Which Congress? Give its number, or the day it was introduced.")
        return None
    if congress > newest:
        reader.wrong(
            "citation",
            f"There is no {ordinal(congress)} Congress yet: the newest is the {ordinal(newest - 1)}.",
        )
        return None
    return Citation(congress, found.type, found.number)


def _chamber(reader: Reader, citation: Citation, given: str) -> str:
    """The chamber that the citation names; another one beside it is a mistake in one of them."""
    said = measure_type(citation.type).chamber.capitalize()
    if given and given.casefold().removeprefix("the ") not in (said.casefold(), f"u.s. {said}".casefold()):
        reader.wrong("chamber", f"{citation} is of the {said}. Correct the citation, or leave this empty.")
    return said


def _in_its_congress(reader: Reader, citation: Citation, introduced_on: str) -> None:
    day, congress = valid_day(introduced_on), citation.congress
    if day is None or congress is None or "introduced_on" in reader.errors:
        return
    if not first_day(congress) <= day <= last_day(congress):
        reader.wrong(
            "introduced_on",
            f"The {ordinal(congress)} Congress sat from {first_day(congress)} to {last_day(congress)}; this day was in the "
            f"{ordinal(congress_on(day))}. Correct the day or the Congress.",
        )


def _people(
    reader: Reader,
    part: str,
    where: Where | None,
    introduced_on: str = "",
) -> tuple[Person, ...]:
    """The named rows; `where` is the type and Congress of the measure, None for another parliament's."""
    found: dict[str, Person] = {}
    for place, given in enumerate(reader.rows(part, MOST[part])):
        row = reader.inside(given, f"{part}.{place}.")
        text, joined = row.line("name", LINE_LENGTH), row.day("joined_on") if part == "cosponsors" else ""
        if not text:
            if joined:
                row.wrong("name", "Whose day is this? Give the name, or clear the day.")
            continue
        if joined and introduced_on and joined < introduced_on:
            row.wrong("joined_on", f"Nobody joins before it is introduced, on {introduced_on}.")
        try:
            named = Named(text) if where is None else person_named(text, *where)
        except Ambiguous as several:
            row.wrong("name", str(several))
            continue
        person = Person(named.name, named.member, named.party, named.state, named.district, joined)
        same = named.member or named.name.casefold()
        if same in found:
            row.wrong("name", f"{named.name} stands here twice. Remove one of them.")
        found[same] = person
    return tuple(found.values())


def _actions(reader: Reader) -> tuple[Dated, ...]:
    found = []
    for place, given in enumerate(reader.rows("actions", MOST["actions"])):
        row = reader.inside(given, f"actions.{place}.")
        on, text = row.day("on"), " ".join(row.text("text", characters=ACTION_LENGTH).split())
        if not on and not text:
            continue
        if not on:
            row.wrong("on", "Give the day on which this happened.")
        if not text:
            row.wrong("text", "Say what happened on this day, or clear the day.")
        found.append(Dated(on, text))
    return tuple(dict.fromkeys(found))


def _committees(reader: Reader, citation: Citation | None) -> tuple[CommitteeNamed, ...]:
    found: dict[str, CommitteeNamed] = {}
    for place, given in enumerate(reader.rows("committees", MOST["committees"])):
        row = reader.inside(given, f"committees.{place}.")
        text = row.line("name", LINE_LENGTH)
        if not text:
            continue
        name, code = committee_named(text, citation.type) if citation else (text, None)
        found[code or name.casefold()] = CommitteeNamed(name, code)
    return tuple(found.values())


def _seen(reader: Reader) -> tuple[SeenAt, ...]:
    found = []
    for place, given in enumerate(reader.rows("seen", MOST["seen"])):
        row = reader.inside(given, f"seen.{place}.")
        what, url = row.one_of("what", WHERE_SEEN), row.address("url")
        on, name = row.day("on"), row.line("name", LINE_LENGTH)
        if not (url or on or name):
            continue  # a kind alone was chosen by nobody
        if not url and f"{row.at}url" not in reader.errors:
            row.wrong("url", "Give the address at which it was seen.")
        if not what and f"{row.at}what" not in reader.errors:
            row.wrong("what", "Say what this is: a press report, the chamber’s site, …")
        found.append(SeenAt(what, url, on, name))
    if not found and "seen" not in reader.errors:
        reader.wrong("seen.0.url", "Say where it was seen: give at least one address, and what it is.")
    return tuple(found)


__all__ = [
    "MOST",
    "WHERE_SEEN",
    "CommitteeNamed",
    "Dated",
    "HandFields",
    "NotValid",
    "Person",
    "SeenAt",
    "opened",
    "read",
    "stored",
]
