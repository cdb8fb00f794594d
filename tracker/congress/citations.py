"""Citations of measures and laws, in the spellings that people, sources and addresses use.

`parse_citation` takes a text that is one citation as a whole, and so can be generous ("sres145", "s 5");
`find_citations` picks citations out of running text, where "S 5" is a page and "U.S. 50" a road. Neither guesses:
"Resolution 599" alone is no measure. Both take time in proportion to the text, whatever it holds.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.congress.calendar import first_day, last_day
from tracker.congress.measures import TYPES


@dataclass(frozen=True, slots=True)
class Citation:
    """A measure as cited; `congress` is None where the citation leaves it open."""

    congress: int | None
    type: str
    number: int

    @property
    def key(self) -> str | None:
        """The id of the measure ("119/sres/145"), or None where the Congress is open."""
        return None if self.congress is None else f"{self.congress}/{self.type}/{self.number}"

    @property
    def in_full(self) -> str:
        """The citation with its Congress: "S.Res. 145 (119th Congress)"."""
        return str(self) if self.congress is None else f"{self} ({ordinal(self.congress)} Congress)"

    def __str__(self) -> str:
        return f"{TYPES[self.type].abbreviation} {self.number}"


@dataclass(frozen=True, slots=True)
class FoundCitation:
    """A citation in a text: `text` is what stands from `start` to `end`, counted in characters."""

    start: int
    end: int
    text: str
    citation: Citation


def ordinal(number: int) -> str:
    """A number as English counts: 1st, 2nd, 3rd, 111th, 119th."""
    suffix = "th" if number % 100 in (11, 12, 13) else {1: "st", 2: "nd", 3: "rd"}.get(number % 10, "th")
    return f"{number}{suffix}"


# One sign for one, so that places in the text stay what they are.
_PLAIN = str.maketrans(
    dict.fromkeys("\t\n\r\u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a", " ")
    | dict.fromkeys("\u200b\u2028\u2029\u202f\u205f\u2060\u3000\ufeff", " ")
    | dict.fromkeys("\u00ad\u2010\u2011\u2012\u2013\u2014\u2015\u2212\ufe58\ufe63\uff0d", "-")
    | {"\u2019": "'", "\u2018": "'", "\uff0e": ".", "\u2116": "#"}
)
_LONGEST = 2_000  # signs of a text that may be one citation: an address with its query

_TH = r"(?:st|nd|rd|th|d)"  # lawyers count 1st, 2d, 3d
_CONGRESS = r"[ ]?(?:congress|cong\.?)(?![a-z])"
_GAP = r"[ \-_/]{0,2}"
_SIGN = r"(?:(?:no|num|number|nr)(?![a-z])\.?[ ]{0,2}|\#[ ]{0,2})?"
_WHOLE = re.compile(
    rf"""(?:the[ ])?
    (?:(?P<before>[0-9]{{1,3}}) (?:{_TH})? (?:{_CONGRESS})? (?:'s)? [ ,:/\-]{{0,3}})?
    (?:(?P<chamber>house|senate|h|s) \.?{_GAP}
         (?:(?P<kind>joint|jt|j|concurrent|conc|con|simple) \.?{_GAP})? (?:resolution|res) \.?
      |(?P<bill>h\.?{_GAP}r\.?|house[ ]bill|senate[ ]bill|s\.?))
    {_GAP}{_SIGN}(?P<number>[0-9]{{1,6}})
    (?:
      -(?P<id>[0-9]{{1,3}})
     |(?:,|[ ]of|[ ]in)? (?:[ ]the)? [ ]?[(\[]? (?P<after>[0-9]{{1,3}}) {_TH} (?:{_CONGRESS})?
      (?:,?[ ][12]{_TH}[ ]sess(?:ion|\.)?)? [)\]]? (?:[ ]\((?P<year>[0-9]{{4}})\))?
    )?\.?""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

_CODES = "|".join(sorted(TYPES, key=len, reverse=True))
_SLUGS = {kind.congress_gov: kind.code for kind in TYPES.values()}
_ADDRESS = re.compile(
    rf"""(?:
      (?:^|/)bill/(?P<c1>[0-9]{{1,3}}){_TH}-congress/(?P<slug>{"|".join(_SLUGS)})/(?P<n1>[0-9]{{1,6}})(?![0-9])
     |\bBILLS(?:TATUS)?-(?P<c2>[0-9]{{1,3}})(?P<t2>{_CODES})(?P<n2>[0-9]{{1,6}})(?![0-9])
     |(?:^|/)(?P<c3>[0-9]{{1,3}})/(?P<t3>{_CODES})/?(?P<n3>[0-9]{{1,6}})(?![0-9])
     |(?:^|/)(?P<c4>[0-9]{{1,3}})/bills/(?P<t4>{_CODES})(?P<n4>[0-9]{{1,6}})(?![0-9])
     |\blegislation\.(?P<c5>[0-9]{{1,3}})(?P<t5>{_CODES})(?P<n5>[0-9]{{1,6}})(?![0-9])
    )""",
    re.VERBOSE | re.IGNORECASE | re.ASCII,
)

# In running text: abbreviations with their capital or their dots, a lone S only with its dot, no letter or digit that
# would make it part of something else ("U.S. 50", "S. 5th Street", "24 hr 2", "S1912-1913").
_FROM = rf"(?:(?P<before>[0-9]{{1,3}}){_TH}(?i:{_CONGRESS})(?:'s)?,?[ ])?"
_IN_TEXT = re.compile(
    rf"""(?<![\w.])(?<!\w')
    (?:{_FROM}
      (?:(?P<chamber>[HS]\.?|[hs]\.|(?i:house|senate)[ ]) [ ]{{0,2}}
           (?:(?P<kind>J|Jt|JT|Con|CON|Conc|j\.|con\.|(?i:joint|concurrent)[ ]) \.?[ ]{{0,2}})?
           (?:Res|RES|(?<=[. ])res|(?i:resolution)) \.?
        |(?P<bill>H\.?[ ]{{0,2}}R\.? | (?:House|HOUSE|Senate|SENATE)[ ]{{1,2}}(?:[Bb]ill|BILL) | h\.[ ]?r\. | (?<!\b[A-Z]\.[ ])S\.(?=[ ]{{0,2}}[0-9]+(?!-?[0-9]))))
      [ ]{{0,2}}(?i:{_SIGN})(?P<number>[0-9]{{1,6}}) (?!\w|[.,:/][0-9]|[ ]?%)
      (?:(?:,?[ ](?:of|in)[ ]the[ ]|,[ ]|[ ]?[(\[](?:the[ ])?|[ ])
         (?P<after>[0-9]{{1,3}}){_TH}(?i:{_CONGRESS})[)\]]?)?
     |(?P<address>(?i:https?://|www\.|congress\.gov/|govinfo\.gov/|govtrack\.us/)[^\s<>"']{{4,500}}
        |BILLS(?:TATUS)?-[0-9]{{1,3}}(?:{_CODES})[0-9]{{1,6}}[a-z0-9]{{0,6}}))""",
    re.VERBOSE,
)

_KINDS = {"": "", "s": "", "j": "j", "c": "con"}  # by the first letter of joint, jt, concurrent, con, simple


def parse_citation(text: str, *, default_congress: int | None = None) -> Citation | None:
    """The one measure that the whole text cites, or None where it is none, more than one, or not sure.

    Takes written citations, ids (`sres145-119`, `119/sres/145`), GovInfo packages and files, and addresses of
    Congress.gov, its API, GovInfo and GovTrack. `default_congress` is for citations that leave their Congress open.
    """
    if len(text) > _LONGEST:
        return None
    plain = " ".join(text.translate(_PLAIN).split())
    if not plain:
        return None
    if " " not in plain:
        addressed = [_addressed(found) for found in _ADDRESS.finditer(plain)]
        if addressed:
            return addressed[0] if len(set(addressed)) == 1 else None
    bare = plain.strip("\"'“”,;:")
    if bare.startswith(("(", "[")) and bare.endswith((")", "]")):
        bare = bare[1:-1]
    written = _WHOLE.fullmatch(bare.rstrip("/"))
    return None if written is None else _written(written, default_congress)


def find_citations(text: str) -> list[FoundCitation]:
    """All citations of measures in a running text, in their order, without overlaps.

    A Congress named directly before or after ("118th Congress, S. Res. 599", "H.R. 1 (118th Congress)") belongs to
    the citation and to what it spans. Addresses and packages count too.
    """
    plain = text.translate(_PLAIN)
    citations = []
    for found in _IN_TEXT.finditer(plain):
        start, end = found.span()
        if found["address"] is not None:
            end = start + len(plain[start:end].rstrip(".,;:!?)]"))
            citation = parse_citation(plain[start:end])
        else:
            citation = _written(found)
        if citation is not None:
            citations.append(FoundCitation(start, end, text[start:end], citation))
    return citations


def _written(found: re.Match[str], default_congress: int | None = None) -> Citation | None:
    groups = found.groupdict()
    named = {int(groups[name]) for name in ("before", "id", "after") if groups.get(name)}
    if len(named) > 1:
        return None
    congress = named.pop() if named else default_congress
    year = int(groups["year"]) if groups.get("year") else None
    if year is not None and congress and not first_day(congress).year <= year <= last_day(congress).year:
        return None
    if groups["bill"]:
        type = "hr" if groups["bill"][0] in "hH" else "s"
    else:
        type = f"{groups['chamber'][0]}{_KINDS[(groups['kind'] or '')[:1].lower()]}res".lower()
    return _citation(congress, type, int(groups["number"]))


def _addressed(found: re.Match[str]) -> Citation | None:
    if found["slug"]:
        return _citation(int(found["c1"]), _SLUGS[found["slug"].lower()], int(found["n1"]))
    for form in "2345":
        if found[f"t{form}"]:
            return _citation(int(found[f"c{form}"]), found[f"t{form}"].lower(), int(found[f"n{form}"]))
    return None


def _citation(congress: int | None, type: str, number: int) -> Citation | None:
    possible = 0 < number < 100_000 and (congress is None or 0 < congress < 200)
    return Citation(congress, type, number) if possible else None


_LAW = re.compile(
    r"(?:public law|pub\.? ?l(?:aw)?\.?|p\.? ?l\.?)[ \-]{0,2}(?:(?:no|number)\b[.:]? ?)?([0-9]{1,3})-([0-9]{1,4})\.?"
    r"|plaw-([0-9]{1,3})publ([0-9]{1,4})",
    re.IGNORECASE | re.ASCII,
)


def parse_law(text: str) -> str | None:
    """The number of the public law that the whole text cites ("119-1" of "P.L. 119-1", "PLAW-119publ1"), or None."""
    if len(text) > _LONGEST:
        return None
    named = _LAW.fullmatch(" ".join(text.translate(_PLAIN).split()))
    if named is None:
        return None
    congress, number = (int(part) for part in named.groups() if part is not None)
    return f"{congress}-{number}" if congress and number else None
