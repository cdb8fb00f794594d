"""Members of Congress as an article names them: with an office or without, by the short given name, by the family name
alone once they were named in full, or by "he" and "she".
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable
from dataclasses import dataclass, field

from tracker.congress.people import STATES
from tracker.press.nicknames import may_be_one
from tracker.press.plain import folded
from tracker.press.seats import Said, said_after


@dataclass(frozen=True, slots=True)
class Person:
    """A member: `given` and `family` are the spellings that sources use, folded; facts as of the Congress in question."""

    bioguide: str
    name: str
    family: frozenset[str]
    given: frozenset[str]
    chamber: str | None = None
    party: str | None = None
    state: str | None = None
    district: int | None = None


@dataclass(frozen=True, slots=True)
class Named:
    """A stretch of the plain text that names members: `people` are all whom it can mean.

    `office` is the chamber that a title before the name says; `lead` are words before it ("Texas Republican").
    """

    start: int
    end: int
    people: tuple[Person, ...]
    office: str | None = None
    full: bool = False
    plural: bool = False  # in a list of names after one title: "Sens. A, B and C"

    @property
    def person(self) -> Person | None:
        """The one member meant, or None where it can be more than one."""
        return self.people[0] if len(self.people) == 1 else None


_OFFICES = re.compile(
    r"""(?:(?:then[- ])?(?:U\.?\s?S\.?\s)?(?:
      (?P<senate>Sens?\.|Senators?)|(?P<house>Reps?\.|Representatives?|Congress(?:man|woman|men|women|member|members)|Dels?\.|Delegates?|Resident\sCommissioner)
      |(?P<either>Chair(?:man|woman)?|Speaker|(?:Majority|Minority)\s(?:Leader|Whip)|Mr\.|Mrs\.|Ms\.|Dr\.))\s{1,2})$""",
    re.VERBOSE,
)
_WORD = re.compile(r"[^\W\d_](?:[\w'.-]*[^\W_])?")
_PARTICLES = frozenset(["de", "la", "del", "van", "von", "der", "den", "mc", "st.", "st"])
_SUFFIX = re.compile(r",? (?:Jr|Sr|II|III|IV)\b\.?")
_RUN = re.compile(r",? (?:and |& )?")
_SEAT_AFTER = re.compile(r" \((?:R|D|I)[-–]|, (?:R|D|I)[-–][A-Z]")
_GIVEN_OF_ANOTHER = re.compile(
    r" (?!(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|(?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec)|Jr|Sr|II|Act\b|Republican|Democrat|Independent)[A-Z][\w.'-]*"
)
_ALSO_WORDS_TEXT = """
    young scott rose case self king green brown short banks justice paul lee ford bean strong moore bush
    jordan hill rice mann steel good kim bell crane fields wild long cloud pence ross rounds crow fry frost
    foster carter smith white cole cohen price walker hunt davis adams williams allen johnson miller moody
    warren gray grey gill garden story stone west north jackson lincoln washington austin houston madison
    casey bishop marshall graves posey waters lofgren chu meng li lieu hoyer clay hall barr burr rush reed
    may march rogers parker murphy kelly kennedy clark clarke carson
"""
_ALSO_WORDS = frozenset(_ALSO_WORDS_TEXT.split())
_LONGEST_FAMILY = 3  # words


def is_so(person: Person, said: Said) -> bool:
    """Whether what is said of a member's party or state is so."""
    if said.kind == "party":
        party = "I" if person.party == "ID" else person.party
        return party == said.value
    if said.district is not None and person.district not in (None, said.district):
        return False
    return person.state == said.value


def family_and_given(inverted: str) -> tuple[str, str]:
    """("Cortez Masto", "Catherine") of "Cortez Masto, Catherine" and of "Sen. Cortez Masto, Catherine [D-NV]"."""
    bare = re.sub(r"\s*\[[^\[\]]*\]\s*$", "", inverted)
    bare = re.sub(r"^\s*(?:Sen|Rep|Del|Rescom|Com|Resident Commissioner)\.?\s+", "", bare)
    bare = re.sub(r"[\"“”]", "", bare)
    family, _, given = bare.partition(",")
    family = re.sub(r" (?:Jr|Sr|II|III|IV)\.?$", "", family.strip())
    return family.strip(), given.split(",")[0].strip()


@dataclass
class Roster:
    """Everybody whom an article may name, found by family name."""

    people: Iterable[Person]
    expected: Collection[str] = ()  # Bioguide ids of those who stand behind a measure of the article
    _by_family: dict[str, list[Person]] = field(default_factory=dict)
    _heads: set[str] = field(default_factory=set)

    def __post_init__(self) -> None:
        for person in self.people:
            for family in person.family:
                if person not in self._by_family.setdefault(family, []):
                    self._by_family[family].append(person)
                self._heads.add(family.split()[0])

    def find(self, text: str) -> list[Named]:
        """All names of members in a plain text, in order and without overlaps.

        A family name alone counts once the member was named in full before it, or beside an office.
        """
        words = [(m.start(), m.end()) for m in _WORD.finditer(text)]
        found: list[Named] = []
        known: dict[str, tuple[Person, ...]] = {}
        at = 0
        last = 0
        while at < len(words):
            start, end = words[at]
            if not (text[start].isupper() or text[start:end] in _PARTICLES):
                at += 1
                continue
            if found and start < last:
                at += 1
                continue
            first = folded(text[start:end].removesuffix("'s"))
            if first not in self._heads:
                at += 1
                continue
            named, used = self._named(text, words, at, known, found[-1] if found else None)
            if named is None:
                at += 1
                continue
            found.append(named)
            last = named.end
            at += used
        return found

    def _named(
        self,
        text: str,
        words: list[tuple[int, int]],
        at: int,
        known: dict[str, tuple[Person, ...]],
        before: Named | None,
    ) -> tuple[Named | None, int]:
        start = words[at][0]
        last = before.end if before else 0
        for length in range(min(_LONGEST_FAMILY, len(words) - at), 0, -1):
            end = words[at + length - 1][1]
            if any(
                text[words[i][1] : words[i + 1][0]] not in (" ", "-", "\n")
                for i in range(at, at + length - 1)
            ):
                continue
            written = text[start:end]
            if written.endswith("'s"):
                written, end = written[:-2], end - 2
            family = folded(" ".join(written.split()))
            candidates = self._by_family.get(family)
            if not candidates:
                continue
            begin, given = _given(text, words, at, last)
            begin_office, chamber, plural = _office(text, begin, last)
            if (
                begin_office is None
                and before is not None
                and before.plural
                and _RUN.fullmatch(text[last:begin])
            ):
                chamber, plural = before.office, True
            people: tuple[Person, ...]
            if not given and _GIVEN_OF_ANOTHER.match(text, end):
                return None, 0  # "Sen. James Lankford" names no James
            if given:
                people = tuple(p for p in candidates if _fits(given, p, initials=False))
                people = people or tuple(p for p in candidates if _fits(given, p))
            elif family in known and not (chamber and not any(p.chamber == chamber for p in known[family])):
                people = known[family]
            elif begin_office is not None or plural or _SEAT_AFTER.match(text, end):
                people = tuple(candidates)
            elif family not in _ALSO_WORDS:
                people = tuple(p for p in candidates if p.bioguide in self.expected)
                people = people if len(people) == 1 else ()
            else:
                people = ()
            if not people:
                return None, 0  # somebody else of that family name
            if len(people) > 1 and chamber:
                people = tuple(p for p in people if p.chamber == chamber) or people
            people = _narrowed(people, text, end)
            if (
                len(people) > 1 and given
            ):  # father and son: the one who stands behind a measure of the article
                people = tuple(p for p in people if p.bioguide in self.expected) or people
            begin = begin if begin_office is None else begin_office
            suffix = _SUFFIX.match(text, end)
            if suffix is not None:
                end = suffix.end()
            if given and known.get(family, people) != people:
                known[family] = tuple(dict.fromkeys((*known[family], *people)))
            elif given or begin_office is not None or plural:
                known[family] = people
            return Named(begin, end, people, chamber, bool(given), plural), length
        return None, 0


def _narrowed(people: tuple[Person, ...], text: str, end: int) -> tuple[Person, ...]:
    """Of several, those of the state that is said directly after the name."""
    if len(people) < 2:
        return people
    states = {said.value for said in said_after(text, end, end + 60)[0] if said.kind == "state"}
    return tuple(p for p in people if p.state in states) or people


def _fits(given: list[str], person: Person, *, initials: bool = True) -> bool:
    """Whether the given names written can be this member's: one of them is one of the member's.

    An initial is the least that fits: "Mike Lee" is Michael Lee where there is one, and else may be Laurel M. Lee.
    """
    return any(
        may_be_one(word, own)
        for word in given
        for own in person.given
        if not (len(word.rstrip(".")) == 1 and len(given) > 1)
        if initials or min(len(word.rstrip(".")), len(own.rstrip("."))) > 1
    )


def _given(text: str, words: list[tuple[int, int]], at: int, last: int) -> tuple[int, list[str]]:
    """Where the given names directly before a family name begin, and what they are, folded."""
    begin = words[at][0]
    given: list[str] = []
    place = at - 1
    while place >= 0 and len(given) < 3:
        start, end = words[place]
        gap = text[end:begin]
        if (
            gap not in (" ", ". ", "\n", ' "', '" ', " '", "' ", ' ("', '") ', '. "', ". '", "  ")
            or start < last
        ):
            break
        word = text[start:end]
        initial = len(word) == 1 and gap.startswith(".")
        if not word[0].isupper() or _is_title(word) or (word in _NOT_GIVEN and not initial):
            break
        if folded(word) in _STATE_WORDS:
            break
        if gap == ". " and len(word) > 2 and "." not in word:
            break
        given.insert(0, folded(word).strip("."))
        begin = start
        place -= 1
    return begin, [word for name in given for word in name.split("-") if word]


_TITLES_TEXT = """Sen Sens Senator Senators Rep Reps Representative Representatives Congressman Congresswoman
    Congressmen Congresswomen Del Dels Delegate Mr Mrs Ms Dr President Speaker Chairman Chairwoman Chair
    Leader Whip Democrat Democrats Republican Republicans Democratic GOP Independent Secretary Gov
    Governor Justice Judge Ambassador"""
_TITLES = frozenset(_TITLES_TEXT.split())
_NOT_GIVEN_TEXT = """If Because Although Though Whether Unless Until Where Who What How Why So Or Nor Yet Once Now Today Yesterday Last
    Under Over Among Between Instead Meanwhile Had Did Does Has Have Is Was Were Will Would Could Should Not Never Neither Here There Thus
    However Still Perhaps Maybe Longtime Freshman Former Fellow Backers Supporters Lawmakers Members The A An And But With By Then When While As In On At For From To Of Like Even Both Also Only Joining
    Joined Colleagues Cosponsors Sponsors Sponsor Besides After Before Since It Its He She They That This"""
_NOT_GIVEN = frozenset(_NOT_GIVEN_TEXT.split())
_STATE_WORDS = frozenset(folded(name) for name in STATES.values()) - {"virginia", "georgia"}


def _is_title(word: str) -> bool:
    return word.rstrip(".") in _TITLES


def _office(text: str, begin: int, last: int) -> tuple[int | None, str | None, bool]:
    found = _OFFICES.search(text, max(last, begin - 40), begin)
    if found is None:
        return None, None, False
    chamber = "senate" if found["senate"] else "house" if found["house"] else None
    return (
        found.start(),
        chamber,
        bool(re.match(r"(?:Sens|Senators|Reps|Repr\w+s|Congress\w*e[nr]s)", found.group())),
    )
