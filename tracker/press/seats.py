"""What an article says of a named member's party and state: "(R-N.C.)", "a Kansas Republican", "of Vermont", "both from Ohio"."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tracker.congress.people import STATES

_ABBREVIATED = {
    "AL": "Ala", "AZ": "Ariz", "AR": "Ark", "CA": "Calif Cal", "CO": "Colo", "CT": "Conn", "DE": "Del", "FL": "Fla", "GA": "Ga",
    "IL": "Ill", "IN": "Ind", "KS": "Kan Kans", "KY": "Ky", "LA": "La", "MD": "Md", "MA": "Mass", "MI": "Mich", "MN": "Minn",
    "MS": "Miss", "MO": "Mo", "MT": "Mont", "NE": "Neb Nebr", "NV": "Nev", "OK": "Okla", "OR": "Ore", "PA": "Pa Penn", "TN": "Tenn",
    "TX": "Tex", "VT": "Vt", "VA": "Va", "WA": "Wash", "WI": "Wis Wisc", "WY": "Wyo", "NH": "N.H", "NJ": "N.J", "NM": "N.M", "NY": "N.Y",
    "NC": "N.C", "ND": "N.D", "RI": "R.I", "SC": "S.C", "SD": "S.D", "WV": "W.Va", "DC": "D.C", "PR": "P.R",
}  # fmt: skip
_PEOPLE_OF = {
    "TX": "Texan", "CA": "Californian", "FL": "Floridian", "NY": "New Yorker", "OH": "Ohioan", "GA": "Georgian", "VT": "Vermonter",
    "KS": "Kansan", "NV": "Nevadan", "AZ": "Arizonan", "IA": "Iowan", "AK": "Alaskan", "HI": "Hawaiian", "VA": "Virginian",
    "NC": "North Carolinian", "SC": "South Carolinian", "PA": "Pennsylvanian", "MI": "Michigander", "IN": "Hoosier", "NE": "Nebraskan",
    "LA": "Louisianan", "TN": "Tennessean", "KY": "Kentuckian", "OK": "Oklahoman", "CO": "Coloradan", "UT": "Utahn", "MN": "Minnesotan",
    "NJ": "New Jerseyan", "WA": "Washingtonian", "OR": "Oregonian", "MO": "Missourian", "MD": "Marylander", "MT": "Montanan",
}  # fmt: skip
_CODE = {name.casefold(): code for code, name in STATES.items()}
_CODE |= {short.casefold(): code for code, shorts in _ABBREVIATED.items() for short in shorts.split()}
_CODE |= {code.casefold(): code for code in STATES}
_FULL = "|".join(sorted((re.escape(name) for name in STATES.values()), key=len, reverse=True))
_SHORT = "|".join(
    sorted(
        (re.escape(short) + r"\.?" for shorts in _ABBREVIATED.values() for short in shorts.split()),
        key=len,
        reverse=True,
    )
)
_POSTAL = "|".join(STATES)
_ANY = rf"(?:{_FULL}|{_SHORT}|{_POSTAL})(?!\w)"
_WRITTEN = rf"(?:{_FULL}|{_SHORT})(?!\w)"  # in prose, where "IN" and "OR" are words
_PEOPLE = "|".join(_PEOPLE_OF.values())
_PARTY = r"(?:Republicans?|Democrats?|Democratic|GOP|[Ii]ndependents?)"
_KINDS = {"r": "R", "g": "R", "d": "D", "i": "I"}

_SEAT = re.compile(
    rf"\s?[(\[](?P<party>[RDI]|Rep|Dem|Ind|Republican|Democrat|Independent)\.?"
    rf"(?:\s?[-–,/ ]\s?(?P<state>{_ANY})(?:\s?[-–]?\s?(?P<district>[0-9]{{1,2}})(?:st|nd|rd|th)?)?)?[)\]]"
    rf"|\s?[(\[](?P<state2>{_ANY})(?:[-–](?P<district2>[0-9]{{1,2}}))?[)\]]"
    rf"|,\s(?P<party3>[RDI])[-–](?P<state3>{_ANY})"
)
_OF = re.compile(
    rf",?\s(?:of|from)\s(?:the\sstate\sof\s)?(?P<state>{_WRITTEN})(?!\s(?:City|University|State))"
)
_AS = re.compile(
    rf"""(?:,|\s\(|\s–)\s?(?:(?:himself|herself|themselves|also|who\s(?:is|are))\s)?(?P<all>both|all|each)?\s?(?P<said>
      (?:(?:an?|the|two|three|his\sfellow|her\sfellow|fellow|a\sfellow|the\sonly|the\schamber's)\s)?(?:(?:first-term|freshman|longtime|conservative|liberal|moderate|progressive|retiring|senior|junior)\s){{0,2}}
      (?:(?:[A-Z][\w.]+(?:\s[A-Z][\w.]+)?-area|suburban)\s)?(?:(?P<before>{_WRITTEN})(?:'s)?\s)?(?P<party>{_PARTY})(?:\ssenators?|\srepresentatives?|\s(?:congress)?(?:man|woman|men|women)|\smembers?)?
      (?:,?\s(?:of|from|who\srepresents|representing)\s(?P<after>{_WRITTEN}))?)(?![\w-])(?!\s(?:(?:co-?)?sponsor|leader|whip|caucus|chair|nominee|candidate|conference))""",
    re.VERBOSE,
)
_BOTH_OF = re.compile(
    rf"(?:,|\s\(|\s–)\s?(?P<said>(?P<all>both|all)\s(?:(?:of\sthem|are)\s)?(?:of|from)\s(?P<state>{_WRITTEN}))"
)
_SITS_FOR = re.compile(
    rf",\s(?:an?|the)\s(?:[a-z-]+\s){{0,2}}(?:senator|congressman|congresswoman|lawmaker|representative|delegate|member)\s(?:from|of|for)\s(?P<said>(?P<state>{_WRITTEN}))(?!\s(?:City|University|State))"
    rf"|,\s(?P<said2>(?P<state2>{_WRITTEN}))'s?\s(?:only|lone|sole|at-large|senior|junior|other)\s(?:(?:U\.?S\.?|House|Senate)\s)?(?:member|representative|congressman|congresswoman|senator|delegate)"
)
_A_PERSON_OF = re.compile(
    rf",\s(?P<said>(?:an?|the|another|(?:a|his|her)\sfellow)\s(?P<person>{_PEOPLE}))(?!\w)"
)
_REPRESENTS = re.compile(
    rf"(?:,?\s(?:and\s)?(?:who|that)|,)?\srepresents\s(?P<said>(?:(?!{_FULL})[\w.'-]+,?\s){{0,5}}?(?P<state>{_WRITTEN}))"
)
_EPITHET = re.compile(
    rf"(?<![\w-])(?:[Tt]he)\s(?P<said>(?:(?P<state>{_WRITTEN})(?:'s)?\s(?:(?P<party>Republican|Democrat|independent)|(?:senator|congressman|congresswoman|lawmaker|representative))))(?![\w-])(?!\s[A-Z])"
)
_BEFORE = re.compile(
    rf"""(?:(?<=\s)|(?<=^)|(?<=["(–]))(?P<said>(?:(?P<state>{_WRITTEN})(?:'s)?\s)?(?P<party>Republicans?|Democrats?|Democratic|GOP|[Ii]ndependents?)\s
        (?:(?:U\.?S\.?\s)?(?:congressm[ae]n|congresswom[ae]n|senators?|representatives?|lawmakers?|members?|co-?sponsors?|sponsors?)\s(?:are\s|include\s)?)?|(?P<only>{_WRITTEN})(?:'s)?\s(?:(?:senators?|congressm[ae]n|congresswom[ae]n)\s)?)$""",
    re.VERBOSE,
)


@dataclass(frozen=True, slots=True)
class Said:
    """A description: `kind` "party" or "state", the `value` as records write it, and where it stands.

    `of_all` is whether it is said of all the names directly before it, not of the last alone.
    """

    kind: str
    value: str
    start: int
    end: int
    of_all: bool = False
    district: int | None = None


def state_code(written: str) -> str | None:
    """The postal code of a state in any spelling."""
    return _CODE.get(written.rstrip(".").casefold())


def _party(written: str) -> str:
    return _KINDS[written[0].casefold()]


def said_after(text: str, place: int, limit: int) -> tuple[list[Said], int]:
    """What stands directly after a name that ends at `place`, and where it ends (`place` where nothing is said)."""
    found: list[Said] = []
    end = place
    seat = _SEAT.match(text, end, limit)
    if seat is not None:
        party, state = seat["party"] or seat["party3"], seat["state"] or seat["state2"] or seat["state3"]
        district = seat["district"] or seat["district2"]
        which = "party" if seat["party"] else "party3"
        if party:
            found.append(Said("party", _party(party), seat.start(which), seat.end(which)))
        code = state_code(state) if state else None
        if state and code:
            name = "state" if seat["state"] else "state2" if seat["state2"] else "state3"
            found.append(
                Said(
                    "state",
                    code,
                    seat.start(name),
                    seat.end(name),
                    district=int(district) if district else None,
                )
            )
        end = seat.end()
    of = _OF.match(text, end, limit)
    if of is not None and (code := state_code(of["state"])):
        found.append(Said("state", code, of.start("state"), of.end("state")))
        end = of.end()
    sits = _SITS_FOR.match(text, end, limit)
    if sits is not None:
        name = "state" if sits["state"] else "state2"
        if code := state_code(sits[name]):
            found.append(Said("state", code, sits.start(name), sits.end(name)))
            return found, end
    for pattern in (_BOTH_OF, _AS, _A_PERSON_OF):
        said = pattern.match(text, end, limit)
        if said is None:
            continue
        found += _described(said)
        end = said.end()
        break
    represents = _REPRESENTS.search(text, end, min(limit, end + 120))
    if (
        represents is not None
        and (code := state_code(represents["state"]))
        and _no_stop(text[end : represents.start()])
    ):
        found.append(Said("state", code, represents.start("state"), represents.end("state")))
    return found, end


def _no_stop(between: str) -> bool:
    return not any(sign in between for sign in ".;:") and (not between or between.startswith((",", " ")))


def _described(said: re.Match[str]) -> list[Said]:
    groups = said.groupdict()
    of_all = bool(groups.get("all")) or (groups.get("party") or "").endswith("s")
    if groups.get("person"):
        home = next(code for code, name in _PEOPLE_OF.items() if name == said["person"])
        return [Said("state", home, said.start("said"), said.end("said"))]
    found = []
    if groups.get("party"):
        found.append(Said("party", _party(said["party"]), said.start("said"), said.end("said"), of_all))
    for name in ("before", "after", "state"):
        if groups.get(name) and (code := state_code(said[name])):
            whole = name == "state"
            start, end = (
                (said.start("said"), said.end("said")) if whole else (said.start(name), said.end(name))
            )
            found.append(Said("state", code, start, end, of_all))
    return found


def epithets(text: str, start: int, end: int) -> list[tuple[int, int, tuple[Said, ...]]]:
    """ "The Kansas Republican", said of somebody named before: where it stands, and what it says."""
    found = []
    for named in _EPITHET.finditer(text, start, end):
        said = []
        if named["party"]:
            said.append(Said("party", _party(named["party"]), named.start("party"), named.end("party")))
        if code := state_code(named["state"]):
            said.append(Said("state", code, named.start("state"), named.end("state")))
        found.append((named.start(), named.end(), tuple(said)))
    return found


def said_before(text: str, place: int, floor: int) -> tuple[list[Said], int]:
    """What stands directly before a name that begins at `place`: "Texas Republican ", "North Carolina's "."""
    found = _BEFORE.search(text, max(floor, place - 60), place)
    if found is None:
        return [], place
    said: list[Said] = []
    if found["party"]:
        of_all = found["party"].endswith("s")
        said.append(Said("party", _party(found["party"]), found.start("party"), found.end("party"), of_all))
    name = "state" if found["state"] else "only" if found["only"] else None
    if name and (code := state_code(found[name])):
        said.append(Said("state", code, found.start(name), found.end(name)))
    return said, found.start("said")
