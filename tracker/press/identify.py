"""Which measure each mention means: the Congress from the article's day, the chamber where it is left open, and a wrong
number told by what the article is about. Two that fit equally are no answer.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from tracker.congress.calendar import congress_on
from tracker.congress.citations import Citation, ordinal
from tracker.congress.measures import TYPES
from tracker.press.citing import Mention, Mentions, congresses_said
from tracker.press.dossier import Entry, stems
from tracker.press.plain import folded
from tracker.press.sentences import Sentence

_CLEAR = 0.25  # by so much must one measure fit the article better than another
_FAR_CLEAR = 0.6  # better than one that the article may well cite beside it
_STRONG = 0.4
_VERY_STRONG = 0.7  # of a measure that nothing else in the article names
_WEAK = 0.15
MOST_TITLES = 400  # that are looked through for overlaps
_LONGEST_GAP = 30  # signs between a title and the number of the same measure
#: Between a number and the Congress that it is of: "S. Res. 599 of the last Congress".
_OF_CONGRESS = re.compile(
    r",? \(?(?:of|in|from|during)? ?(?:the )?|, (?:introduced|filed|offered) in (?:the )?"
)
_GAP = re.compile(
    r",? ?\(?(?:or |also known as |known as |called |titled |formally |officially )?(?:the )?|\),? ?"
)
_READ = 60_000  # signs of the article that tell what it is about
_OTHER_MEANT = re.compile(
    r"\b(?:companion|identical|counterpart|version|other|unlike|confus\w+|differ\w*|separate|related|similar|rival|compet\w+|another|mirror\w*|sister|twin)\b",
    re.I,
)
_SENATE = re.compile(r"\b(?:Senate|[Ss]enators?|Sens?\.)(?!\w)")
_HOUSE = re.compile(
    r"\b(?:House(?! (?:Republican|of Cards))|Representatives?|Reps?\.|Congress(?:man|woman))(?!\w)"
)


@dataclass(frozen=True, slots=True)
class Identified:
    """A mention and the measure it means. `wrong` is the id of the measure that its words name instead."""

    mention: Mention
    measure: str | None
    sure: bool
    why: str
    wrong: str | None = None


class Identifier:
    """Settles the mentions of one article. `entries` are the measures held among those that `wanted` asks for."""

    def __init__(self, text: str, found: Mentions, cut: Collection[Sentence], written_on: date) -> None:
        self.text, self.found, self.written_on = text, found, written_on
        self.base = congress_on(written_on)
        self.about = stems(text[:_READ])
        self._names = frozenset(re.findall(r"[a-z][a-z'-]+", folded(text[:_READ])))
        self._said = {m: self._congress_said(m, cut) for m in found.found if m.number}
        senate, house = len(_SENATE.findall(text, 0, _READ)), len(_HOUSE.findall(text, 0, _READ))
        self.chamber = (
            "senate" if senate >= 3 * max(house, 1) else "house" if house >= 3 * max(senate, 1) else None
        )
        self.entries: Mapping[str, Entry] = {}
        self.titled: Mapping[str, list[str]] = {}

    def _congress_said(self, mention: Mention, cut: Collection[Sentence]) -> int | None:
        if mention.congress is not None:
            return mention.congress
        within = next((s for s in self._near(cut) if s.start <= mention.start < s.end), None)
        if within is None:
            return None
        others = [m for m in self.found.found if m.number and within.start <= m.start < within.end]
        free: set[int] = set()
        for place, congress in congresses_said(self.text, within.start, within.end, self.base):
            before = [m for m in others if m.end <= place]
            owner = (
                before[-1] if before and _OF_CONGRESS.fullmatch(self.text, before[-1].end, place) else None
            )
            if owner is mention:
                return congress
            if owner is None:
                free.add(congress)
        return free.pop() if len(free) == 1 and len(others) == 1 else None

    def _near(self, cut: Collection[Sentence]) -> Iterable[Sentence]:
        return cut if len(cut) < 400 else ()

    def congresses(self) -> list[int]:
        """The Congresses that can be meant."""
        named = {said for said in self._said.values() if said}
        return sorted({c for c in (self.base, self.base - 1, *named) if 0 < c < 200})[-6:]

    def wanted(self) -> list[Citation]:
        """Every measure that a number in the article can mean, those meant first."""
        first: list[Citation] = []
        second: list[Citation] = []
        for mention in self.found.found:
            if not mention.number:
                continue
            for congress in dict.fromkeys((self._said[mention] or self.base, self.base, self.base - 1)):
                if congress < 1:
                    continue
                for number in _misread(mention.number):
                    second += [Citation(congress, type, number) for type in mention.types]
                for type in TYPES:
                    (first if type in mention.types else second).append(
                        Citation(congress, type, mention.number)
                    )
        return list(dict.fromkeys([*first, *second]))

    def titles(self) -> list[str]:
        return [title for mention in self.found.found for _, title in mention.titles]

    def fit(self, id: str) -> float:
        """How well a measure fits what the article is about: the share of its title's words, and its sponsor's name."""
        entry = self.entries.get(id)
        if entry is None:
            return 0.0
        words = stems(entry.title)
        share = len(words & self.about) / len(words) if words else 0.0
        family = folded(entry.sponsor_family)
        return share + (0.5 if family and all(w in self._names for w in family.split()) else 0.0)

    def settle(self, entries: Mapping[str, Entry], titled: Mapping[str, list[str]]) -> list[Identified]:
        """Every mention with its measure, in the order of the text. Titles that no measure held bears are left out."""
        self.entries, self.titled = entries, titled
        self._by_number: dict[int, set[str]] = {}
        for m in self.found.found:
            if m.number and len(m.types) == 1:
                id = f"{self._said[m] or self.base}/{m.types[0]}/{m.number}"
                self._by_number.setdefault(m.number, set()).add(id)
        self._numbers = [m for m in self.found.found if m.number]
        self._number_starts = [m.start for m in self._numbers]
        self._titles = [m for m in self.found.found if m.titles]
        self._title_ends = [m.end for m in self._titles]
        settled = [self._corrected(self._numbered(m)) for m in self.found.found if m.number]
        cited = {i.measure for i in settled if i.measure}
        named = [i for m in self.found.found if m.titles and (i := self._titled(m, cited)) is not None]
        kept: list[Identified] = []
        for i in sorted(
            named, key=lambda i: i.mention.start - i.mention.end
        ):  # the longer title is the whole one
            start, end = i.mention.start, i.mention.end
            if not any(k.mention.start < end and start < k.mention.end for k in kept[-MOST_TITLES:]):
                kept.append(i)
        settled += kept
        return sorted(settled, key=lambda i: i.mention.start)

    # --- numbers

    def _numbered(self, mention: Mention) -> Identified:
        said = self._said[mention]
        congress = said or self.base
        if len(mention.types) > 1:
            return self._bare(mention, congress)
        type = mention.types[0]
        id = f"{congress}/{type}/{mention.number}"
        if mention.congress is not None:
            why = f"Cited with its Congress, the {ordinal(congress)}."
        elif said:
            why = f"Its sentence names the {ordinal(said)} Congress."
        else:
            why = f"Cited without a Congress; {_day(self.written_on)} is in the {ordinal(congress)}."
            earlier = f"{congress - 1}/{type}/{mention.number}"
            if (
                not self._begun(id)
                and self._begun(earlier)
                and self.fit(earlier) >= max(_STRONG, self.fit(id) + _CLEAR)
            ):
                return Identified(
                    mention, earlier, True,
                    f"Cited without a Congress; the {ordinal(congress)} has none of this number that is held here and was introduced by {_day(self.written_on)}, and the one of the "
                    f"{ordinal(congress - 1)} is about what the article is about.",
                )  # fmt: skip
        if id not in self.entries:
            return Identified(mention, id, False, f"{why} No record of it is held here.")
        if not self._begun(id):
            began = self.entries[id].introduced_on
            return Identified(
                mention, id, False, f"{why} But it was introduced only on {_day(began)}." if began else why
            )
        return Identified(mention, id, True, why)

    def _begun(self, id: str) -> bool:
        entry = self.entries.get(id)
        return entry is not None and (entry.introduced_on is None or entry.introduced_on <= self.written_on)

    def _bare(self, mention: Mention, congress: int) -> Identified:
        """ "Resolution 599": of which chamber?"""
        named = {id for id in self._by_number.get(mention.number, ()) if id.split("/")[1] in mention.types}
        options = [f"{congress}/{type}/{mention.number}" for type in mention.types]
        best = sorted((id for id in options if self._begun(id)), key=self.fit, reverse=True)
        if len(named) == 1:
            id = (
                named.pop()
            )  # unless that is the slip: another of this number may be what the article is about
            if not (best and self.fit(best[0]) >= max(_STRONG, self.fit(id) + _CLEAR)):
                return Identified(
                    mention, id, id in self.entries, "Named with its chamber elsewhere in the article."
                )
        told = " or ".join(f"{TYPES[t].abbreviation} {mention.number}" for t in mention.types)
        if (
            best
            and self.fit(best[0]) >= _STRONG
            and (len(best) == 1 or self.fit(best[0]) - self.fit(best[1]) >= _CLEAR)
        ):
            return Identified(
                mention, best[0], True,
                f"It may be {told}; the one that the article is about, of the {ordinal(congress)} Congress, is {_cite(best[0])}.",
            )  # fmt: skip
        return Identified(
            mention,
            None,
            False,
            f"It may be {told} of the {ordinal(congress)} Congress: the article names no chamber.",
        )

    # --- wrong numbers

    def _corrected(self, settled: Identified) -> Identified:
        """The same, or the measure that was meant where the words name another one."""
        mention, id = settled.mention, settled.measure
        if id is None or len(mention.types) > 1 or self._told_apart(mention):
            return settled
        if (named := self._title_beside(mention, id)) is not None:
            return self._wrong(settled, named, "bears the title that the article gives it")
        fit = self.fit(id)
        if (misread := self._misread(mention, id, fit)) is not None:
            return self._wrong(settled, misread, "is what the article is about")
        siblings = {
            other for other in self._by_number.get(mention.number, ()) if other != id and self._begun(other)
        }
        better = [other for other in siblings if self.fit(other) - fit >= _CLEAR]
        if len(better) == 1 and len(siblings) == 1:
            return self._wrong(settled, better[0], "is cited beside it, and the article is about that one")
        if siblings or fit >= _WEAK:
            return settled
        congress = int(id.split("/")[0])
        others = {
            f"{c}/{type}/{mention.number}" for type in TYPES for c in (congress, self.base, self.base - 1)
        } - {id}
        strong = [other for other in others if self._begun(other) and self.fit(other) >= _STRONG]
        titled = {
            other
            for m in self._titles_near(mention)
            for _, title in m.titles
            for other in self.titled.get(folded(title), ())
            if self._begun(other)
        }
        if id in titled:
            return settled
        if len(strong) == 1 and (not titled or strong[0] in titled):
            return self._wrong(settled, strong[0], "has this number too, and the article is about that one")
        same = [other for other in titled if other.split("/")[1] == id.split("/")[1]]
        if not strong and len(titled) == 1 and id in self.entries:
            return self._wrong(settled, titled.pop(), "bears the title that the article gives")
        if not strong and len(same) == 1 and id in self.entries:
            return self._wrong(settled, same[0], "bears the title that the article gives")
        return settled

    def _misread(self, mention: Mention, id: str, fit: float) -> str | None:
        """The measure whose number has the same figures in another order, where the article is about that one."""
        congress, type, _ = id.split("/")
        others = [f"{congress}/{type}/{number}" for number in _misread(mention.number or 0)]
        cited = {f"{congress}/{type}/{m.number}" for m in self._numbers if type in m.types}
        fitting = [
            other
            for other in others
            if self._begun(other)
            and self.fit(other) >= max(_STRONG if other in cited else _VERY_STRONG, fit + _FAR_CLEAR)
        ]
        return fitting[0] if len(fitting) == 1 else None

    def _title_beside(self, mention: Mention, id: str) -> str | None:
        """The measure whose title stands directly beside this number, where that is another one of the same kind."""
        for name in self._titles_near(mention):
            gap = self.text[min(name.end, mention.end) : max(name.start, mention.start)]
            if len(gap) > _LONGEST_GAP or not _GAP.fullmatch(gap):
                continue
            for _, title in name.titles:
                ids = [other for other in self.titled.get(folded(title), ()) if self._begun(other)]
                if id in ids:
                    return None
                same = [other for other in ids if other.split("/")[:2] == id.split("/")[:2]]
                if len(same) == 1:
                    return same[0]
        return None

    def _titles_near(self, mention: Mention) -> Iterable[Mention]:
        place = bisect_left(self._title_ends, mention.start - 200)
        while place < len(self._titles) and self._titles[place].start < mention.end + 200:
            yield self._titles[place]
            place += 1

    def _told_apart(self, mention: Mention) -> bool:
        """Whether the words around it say that another measure is meant."""
        before = self.text[max(0, mention.start - 60) : mention.start]
        after = self.text[mention.end : mention.end + 40]
        return (
            _OTHER_MEANT.search(re.split(r"[.;]\s", before)[-1]) is not None
            or _OTHER_MEANT.search(re.split(r"[.;]\s", after)[0]) is not None
        )

    def _wrong(self, settled: Identified, meant: str, because: str) -> Identified:
        entry = self.entries.get(settled.measure or "")
        what = f" is another measure (“{_short(entry.title)}”)" if entry else " is not held here"
        return Identified(
            settled.mention, meant, True,
            f"{_cite(settled.measure or '')}{what}; {_cite(meant)} {because}.",
            settled.measure,
        )  # fmt: skip

    # --- titles

    def _titled(self, mention: Mention, cited: Collection[str | None]) -> Identified | None:
        for start, title in mention.titles:
            ids = [id for id in self.titled.get(folded(title), ()) if self._begun(id)]
            if not ids:
                continue
            here = Mention(start, mention.end, self.text[start : mention.end], titles=((start, title),))
            beside = self._beside(mention, ids)
            if beside is not None:
                return Identified(here, beside, True, f"The title of {_cite(beside)}, cited beside it.")
            also = [id for id in ids if id in cited]
            if not also and len(laws := [id for id in ids if self._is_law(id)]) == 1:
                return Identified(
                    here,
                    laws[0],
                    True,
                    f"The title of {_cite(laws[0])}, the one of this title that became law.",
                )
            if len(also) > 1:
                also = [self._spoken_of(mention, also)]
            if len(also) == 1:
                return Identified(
                    here, also[0], True, f"The title of {_cite(also[0])}, which the article cites."
                )
            if len(ids) > 1:
                newest = max(int(id.split("/")[0]) for id in ids)
                ids = [id for id in ids if int(id.split("/")[0]) == newest]
            if len(ids) > 1 and self.chamber:
                ids = [id for id in ids if TYPES[id.split("/")[1]].chamber == self.chamber] or ids
            if len(ids) == 1:
                return Identified(here, ids[0], True, f"The title of {_cite(ids[0])}.")
            told = ", ".join(_cite(id) for id in sorted(ids))
            return Identified(here, None, False, f"More than one measure bears this title: {told}.")
        return None

    def _spoken_of(self, mention: Mention, ids: Collection[str]) -> str:
        """Of twins that the article cites, the one cited last before a title of both; failing that, the first."""
        cited = [
            (m.start, id)
            for m in self._numbers
            for id in ids
            if m.types == (id.split("/")[1],) and str(m.number) == id.split("/")[2]
        ]
        before = [id for start, id in sorted(cited) if start < mention.start]
        return before[-1] if before else min(cited)[1] if cited else next(iter(ids))

    def _beside(self, mention: Mention, ids: Collection[str]) -> str | None:
        """The one of these that is cited directly before or after: "the Laken Riley Act (S. 5)"."""
        place = bisect_left(self._number_starts, mention.start)
        for other in self._numbers[max(0, place - 1) : place + 1]:
            gap = self.text[min(mention.end, other.end) : max(mention.start, other.start)]
            if len(gap) > _LONGEST_GAP or not _GAP.fullmatch(gap) or len(other.types) > 1:
                continue
            id = f"{self._said[other] or self.base}/{other.types[0]}/{other.number}"
            if id in ids:
                return id
        return None

    def misnamed(self, settled: Collection[Identified]) -> list[tuple[Mention, Identified]]:
        """Names in capitals that stand directly beside a citation, as its title, and are the title of no measure held."""
        titled = {i.mention.end for i in settled if i.mention.titles}
        by_start = {i.mention.start: i for i in settled if i.mention.number and i.measure and i.sure}
        found = []
        for name in self._titles:
            if name.end in titled or not name.text.endswith("Act"):
                continue
            place = bisect_left(self._number_starts, name.start)
            for other in self._numbers[max(0, place - 1) : place + 1]:
                gap = self.text[min(name.end, other.end) : max(name.titles[0][0], other.start)]
                meant = by_start.get(other.start)
                if meant is not None and len(gap) <= _LONGEST_GAP and _GAP.fullmatch(gap):
                    found.append((name, meant))
                    break
        return found

    def unborne(self, settled: Collection[Identified]) -> list[Mention]:
        """Names in capitals that end as those of Acts do, and are the title of no measure held."""
        taken = [(i.mention.start, i.mention.end) for i in settled if i.mention.titles]
        return [
            name
            for name in self._titles
            if name.text.endswith("Act")
            and not any(name.start < end and start < name.end for start, end in taken)
        ]

    def _is_law(self, id: str) -> bool:
        """Whether it had become law by the article's day."""
        entry = self.entries.get(id)
        return entry is not None and entry.law_on is not None and entry.law_on <= self.written_on


def _misread(number: int) -> list[int]:
    """The numbers that have the figures of this one, two neighbours exchanged: 374 for 347."""
    figures = str(number)
    turned = {
        figures[:at] + figures[at + 1] + figures[at] + figures[at + 2 :] for at in range(len(figures) - 1)
    }
    return sorted(int(other) for other in turned - {figures} if not other.startswith("0"))


def by_law(laws: Iterable[Mention], numbers: Mapping[str, str]) -> list[Identified]:
    """Public laws that are held, as mentions of the measures that became them."""
    return [
        Identified(law, id, True, f"{_cite(id)} became Public Law {law.law}.")
        for law in laws
        if (id := numbers.get(law.law or "")) is not None
    ]


def _cite(id: str) -> str:
    congress, type, number = id.split("/")
    return f"{TYPES[type].abbreviation} {number} ({ordinal(int(congress))} Congress)"


def _short(title: str) -> str:
    return title if len(title) <= 160 else f"{title[:157].rstrip()}…"


def _day(day: date) -> str:
    return f"{day:%B} {day.day}, {day.year}"
