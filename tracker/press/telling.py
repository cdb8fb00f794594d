"""A checked claim in words, for a page and for a terminal."""

from __future__ import annotations

import re

from tracker.congress.calendar import valid_day
from tracker.congress.sentences import written_day
from tracker.press.result import CheckResult, Claim

#: What a verdict is called, and its sign, so that neither colour nor place has to tell it.
VERDICTS = {
    "true": ("So", "✓"),
    "false": ("Not so", "✗"),
    "outgrown": ("So then, not now", "→"),
    "unverifiable": ("Not in the record", "?"),
}
KINDS = {
    "citation": "Meant",
    "sponsor": "Sponsor",
    "cosponsor": "Cosponsor",
    "cosponsor_count": "Cosponsors",
    "introduced_on": "Introduced",
    "action_on": "Happened",
    "status": "Stood",
    "vote": "Vote",
    "committee": "Committee",
    "chamber": "Chamber",
    "party": "Record",
    "state": "Record",
    "title": "Title",
    "other": "Record",
}
_DAY = re.compile(r"\b[0-9]{4}-[0-9]{2}-[0-9]{2}\b")
_CODE = re.compile(
    r"\b(on_calendar|passed_house|passed_senate|passed_both|resolving_differences|agreed_to|to_president|veto_overridden|to_archivist"
    r"|introduced|referred|reported|enacted|vetoed|failed|withdrawn|died|reserved)\b"
)
_CODES = {"enacted": "law", "referred": "in committee", "to_archivist": "sent to the states"}
_VOTE = re.compile(r"\b(house|senate):([0-9]{1,3})-([0-9]{1,3})\b")


def record_told(claim: Claim) -> str:
    """What the record says, in words: "Introduced: January 28, 2025"; "" where it says nothing."""
    if not claim.record:
        return ""
    said = _VOTE.sub(lambda m: f"{m[1].title()}: {m[2]} to {m[3]}", claim.record)
    if claim.kind in ("status", "other", "vote"):
        said = _CODE.sub(lambda m: _CODES.get(m[1], m[1].replace("_", " ")), said)
    said = _DAY.sub(lambda m: written_day(m[0]) if valid_day(m[0]) else m[0], said)
    return f"{KINDS[claim.kind]}: {said}"


def summary(result: CheckResult) -> str:
    """ "11 statements could be checked: 8 true, 1 false, 2 so then but no longer." """
    checked = len(result.claims) - result.count("unverifiable")
    if not result.claims:
        return "No statement was found that the record could confirm or deny."
    told = [f"{result.count('true')} true", f"{result.count('false')} false"]
    if outgrown := result.count("outgrown"):
        told.append(f"{outgrown} so then but no longer")
    open_ones = result.count("unverifiable")
    more = f" {open_ones} more {'is' if open_ones == 1 else 'are'} not in the record." if open_ones else ""
    return f"{checked} statement{'' if checked == 1 else 's'} could be checked: {', '.join(told)}.{more}"
