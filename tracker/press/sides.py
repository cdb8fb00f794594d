"""The sides of a vote, as articles tell them, and on which of them a party mostly was."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.dossier import RollCalled
from tracker.press.people import Person
from tracker.press.scene import Line

FOR = r"(?P<yea>for|yes|aye|yea|in favor(?: of)?|in support(?: of)?|to (?:pass|approve|adopt|support|agree to|condemn|denounce|override))"
AGAINST = r"(?P<nay>against|no(?! party)|nay|to (?:reject|oppose|defeat|block|sustain)|in opposition)"
SIDE = rf'"?(?:{FOR}|{AGAINST}|(?P<present>(?:only )?present))(?![a-z])'
PARTY_NOUN = r"(?P<party>democrats|republicans|democrat|republican)"


def side_of(found: re.Match[str]) -> str:
    """The position that a pattern's groups tell, "" where they tell none."""
    groups = found.groupdict()
    return next(
        (s for s in ("yea", "nay", "present") if groups.get(s) or groups.get(f"{s}2")),
        "not_voting" if groups.get("missed") else "",
    )


def against_own(roll: RollCalled, person: Person) -> str:
    """The side that this member's party was mostly not on, "" where it was of two minds."""
    return {"yea": "nay", "nay": "yea"}.get(majority_of(roll, person.party or ""), "")


def majority_of(roll: RollCalled, party: str) -> str:
    """The side that most of a party was on, "" where it was of two minds."""
    totals = roll.by_party.get(party, {})
    yea, nay = totals.get("yea", 0), totals.get("nay", 0)
    if max(yea, nay) < 2 * min(yea, nay) or not yea + nay:
        return ""
    return "yea" if yea > nay else "nay"


def is_told(line: Line, found: re.Match[str]) -> bool:
    """Whether the article itself says so. A vote against is no denial, so that "no" may stand in these words."""
    if guards.is_open(line, found.start(), found.start()) or guards.is_others_speech(line, found.start()):
        return False
    return not guards.is_denied(line, found.start(), found.start())
