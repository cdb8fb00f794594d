"""Committees as an article names them, and whether one named is one of those that had a measure."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.press.plain import folded

_NOISE = frozenset(
    [
        "the",
        "on",
        "of",
        "and",
        "committee",
        "committees",
        "panel",
        "house",
        "senate",
        "joint",
        "select",
        "permanent",
        "special",
        "subcommittee",
        "us",
        "in",
        "for",
        "to",
        "with",
        "at",
        "by",
        "from",
    ]
)
_SHORTHANDS = {"help": frozenset(["health", "education", "labor", "pensions"])}
_NAME_WORD = r"[A-Z][\w'-]*"
_NAME = rf"{_NAME_WORD}(?:(?:,\s(?:and\s)?|\sand\s(?:the\s)?|\s&\s|\s){_NAME_WORD}){{0,7}}"
_ON = re.compile(
    rf"""(?:(?:[Tt]he|its|a)\s)?(?:(?P<chamber>House|Senate)(?:'s)?\s)?(?:(?:Permanent|Select|Special|Joint|Standing)\s){{0,2}}
        (?P<sub>[Ss]ub)?[Cc]ommittees?\son\s(?:the\s)?(?P<name>{_NAME})""",
    re.VERBOSE,
)
_COMMITTEE = re.compile(
    rf"(?P<lead>(?:[Tt]he|[Ii]ts|[Aa])\s)?(?P<name>{_NAME})(?:'s)?\s(?:(?P<sub>[Ss]ubcommittee)|[Cc]ommittee|panel)(?![\w])"
)


@dataclass(frozen=True, slots=True)
class Panel:
    """A committee as the plain text names it from `start` to `end`; `words` are those that tell it from others."""

    start: int
    end: int
    words: frozenset[str]
    chamber: str | None
    subcommittee: bool = False


def words_of(name: str) -> frozenset[str]:
    """The words of a committee's name that tell it from others, folded."""
    found = frozenset(re.findall(r"[a-z]+", folded(name).replace("'", ""))) - _NOISE
    return next((_SHORTHANDS[word] for word in found if word in _SHORTHANDS and len(found) == 1), found)


_BOTH = "Agriculture|Appropriations|Armed Services|Budget|Homeland Security|Intelligence|Judiciary|Rules|Small Business|Veterans' Affairs|Ethics"
_HOUSE = "Education and Workforce|Energy and Commerce|Financial Services|Foreign Affairs|House Administration|Natural Resources|Oversight and Government Reform|Science, Space, and Technology|Transportation and Infrastructure|Ways and Means"
_SENATE = "Aging|Banking, Housing, and Urban Affairs|Commerce, Science, and Transportation|Energy and Natural Resources|Environment and Public Works|Finance|Foreign Relations|Health, Education, Labor, and Pensions|Homeland Security and Governmental Affairs|Indian Affairs"
#: The committees that have long been there, for when no list of committees is held.
STANDING: list[tuple[str, str | None, bool]] = [
    *((name, chamber, False) for name in _BOTH.split("|") for chamber in ("house", "senate")),
    *((name, "house", False) for name in _HOUSE.split("|")),
    *((name, "senate", False) for name in _SENATE.split("|")),
]


_SPOKEN_SHORT = ("Rules", "Judiciary", "Banking", "Commerce", "Oversight", "HELP")
# What sends a measure to a committee, so that its bare name is enough: "was sent to Foreign Relations".
_SENT = r"\b(?:referred|sent|assigned|routed|went|goes|returned)(?: (?:it|back|there|[0-9A-Z][\w. ]{2,24}[0-9]))? to (?:the )?(?:(?:two|three|four|five|six) (?:House |Senate )?committees[,:] (?:the )?)?(?:(?P<chamber>House|Senate)(?:'s)? )?"


class Panels:
    """The committees that there are, to tell their names from others in capitals."""

    def __init__(self, listed: Iterable[tuple[str, str | None, bool]]) -> None:
        known = [*STANDING, *listed]
        self._known = [(words_of(name), chamber, below) for name, chamber, below in known]
        names = sorted(
            {
                _bare(name)
                for name, _, below in known
                if not below and 3 < len(_bare(name)) < 80 and _bare(name) not in ("Rules", "Budget")
            },
            key=len,
            reverse=True,
        )
        cores = {*names, *(name.split(",")[0] for name in names)}
        names_in_turn = "|".join(
            re.escape(name) for name in sorted(filter(None, cores), key=len, reverse=True)
        )
        self._bare = (
            re.compile(
                rf"(?:[Tt]he )?(?P<chamber>House|Senate)(?: |'s )(?P<name>{names_in_turn})(?![\w'-]| (?:Act|Resolution|Bill|Committee|committee|panel|Sub|sub))"
            )
            if names_in_turn
            else None
        )
        sent = "|".join(
            re.escape(name) for name in sorted({*cores, *_SPOKEN_SHORT} - {""}, key=len, reverse=True)
        )
        self._sent = re.compile(rf"{_SENT}(?P<name>{sent})(?![\w'-]| (?:Act|Department|[A-Z]))")

        wide = "|".join(name for name in sent.split("|") if re.search(r"\\ ", name) or " " in name)
        self._acting = (
            re.compile(
                rf"(?<![\w'-])(?P<name>{wide})(?=,? (?:has|had|have|approved|reported|advanced|held|took|marked|voted|passed|amended|let|kept|cleared|discharged|ordered|never)\b)"
            )
            if wide
            else None
        )
        self._next = re.compile(rf"(?:, and |, | and )(?:the )?(?P<name>{sent})(?=[,.;]| and [A-Z])")

    def find(self, text: str) -> list[Panel]:
        """All committees that the plain text names, in order, without overlaps."""
        found: list[Panel] = []
        for pattern in (_ON, _COMMITTEE, self._bare, self._sent, self._acting):
            if pattern is None:
                continue
            for named in pattern.finditer(text):
                panel = self._panel(named)
                if panel is not None and pattern is self._sent:
                    found += self._listed(text, panel)
                if panel is not None and not any(
                    p.start < panel.end and panel.start < p.end for p in found[-400:]
                ):
                    found.append(panel)
        return sorted(found, key=lambda panel: panel.start)

    def _listed(self, text: str, first: Panel) -> list[Panel]:
        """The bare names that go on a list of committees: "…, Agriculture and Natural Resources"."""
        found: list[Panel] = []
        end = first.end
        while (after := self._next.match(text, end)) is not None:
            end = after.end()
            if (words := words_of(after["name"])) and self.is_known(words, False):
                found.append(Panel(after.start("name"), end, words, None))
        return found

    def _panel(self, named: re.Match[str]) -> Panel | None:
        groups = named.groupdict()
        name = groups["name"]
        chamber = groups.get("chamber")
        start, end = named.span("name") if named.re in (self._sent, self._acting) else named.span()
        first = name.split()[0]
        if groups.get("lead") is None and first in (
            "The",
            "A",
            "Its",
            "In",
            "On",
            "By",
            "When",
            "After",
            "Since",
        ):
            start, name = named.start("name"), name
        if "House" in name.split() and "Administration" not in name:
            chamber = "House"
        elif "Senate" in name.split():
            chamber = "Senate"
        words = words_of(name)
        sub = bool(groups.get("sub"))
        if not words:
            return None
        # What follows the name in capitals is cut until it is one: "Foreign Relations, Senator Risch".
        pieces = re.split(r"(?:,\s(?:and\s)?|\sand\s(?:the\s)?|\s)", name)
        for count in range(len(pieces), 0, -1):
            some = words_of(" ".join(pieces[:count] if named.re is _ON else pieces[-count:]))
            if some and self.is_known(some, sub):
                if named.re is _ON and count < len(pieces):
                    cut = _after_words(name, count)
                    end = named.start("name") + cut
                elif named.re is _COMMITTEE and count < len(pieces):
                    start = named.start("name") + _before_words(name, len(pieces) - count)
                    if len(pieces) > count and pieces[len(pieces) - count - 1] in ("Senate", "House"):
                        start = named.start("name") + _before_words(name, len(pieces) - count - 1)
                return Panel(start, end, some, chamber.casefold() if chamber else None, sub)
        return None

    def is_known(self, words: frozenset[str], subcommittee: bool) -> bool:
        """Whether a committee there is can be meant by these words."""
        return any(words <= known and (below or not subcommittee) for known, _, below in self._known)

    def chambers(self, words: frozenset[str]) -> frozenset[str]:
        """In which chambers a committee of these words is."""
        return frozenset(c for known, c, below in self._known if c and not below and words <= known)


def _bare(name: str) -> str:
    bare = re.sub(r"^(?:House|Senate|Joint) ", "", name)
    bare = re.sub(r"^(?:Permanent |Select |Special )*Committee on (?:the )?", "", bare)
    return re.sub(r" Committee$", "", bare)


def _after_words(name: str, count: int) -> int:
    ends = [m.end() for m in re.finditer(r"[A-Z][\w'-]*", name)]
    return ends[count - 1]


def _before_words(name: str, count: int) -> int:
    starts = [m.start() for m in re.finditer(r"[A-Z][\w'-]*", name)]
    return starts[count]


def among(panel: Panel, had: Sequence[tuple[str, str]]) -> bool:
    """Whether the committee named is one of those that had the measure: (name, chamber) of each."""
    for name, chamber in had:
        if panel.words <= words_of(name) and (
            panel.chamber is None or not chamber or panel.chamber == chamber
        ):
            return True
    return False
