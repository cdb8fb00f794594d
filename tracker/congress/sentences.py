"""Where a measure stands, told in one plain sentence: who did what, when, and what that means.

Days are absolute ("March 27, 2025"), so that a sentence stays true when it is stored, cached or printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import lru_cache

from tracker.congress.actions import Effect, read_action
from tracker.congress.calendar import valid_day
from tracker.congress.citations import ordinal
from tracker.congress.committees import committee_in_line, committee_name
from tracker.congress.measures import TYPES, MeasureType
from tracker.congress.numbers import number_word
from tracker.congress.stages import Status

_COUNT = re.compile(
    r"(?:yeas and nays|recorded vote|yea-nay vote)[.: ]{1,3}(?:\(2/3 required\):? )?(\d{1,3}) - (\d{1,3})\b",
    re.IGNORECASE | re.ASCII,
)
_LAW = re.compile(r"became (public|private) law no:? (\d{1,3}-\d{1,4})", re.IGNORECASE | re.ASCII)


@lru_cache(maxsize=1 << 12)
def written_day(day: str | None) -> str:
    """A day as prose has it, "March 27, 2025"; "" where it is none."""
    valid = valid_day(day)
    return f"{valid:%B} {valid.day}, {valid.year}" if valid is not None else ""


def status_sentence(
    *,
    type: str,
    status: Status,
    action_text: str | None,
    introduced_on: str | None,
    committees: Sequence[str],
    congress: int,
    law: str | None = None,
) -> str:
    """One sentence on a status. The subject is "it": the measure's name stands beside it.

    `action_text` is the line that set the status (None where none did), `committees` the names of those that the
    record lists, `law` the number of the law it became ("119-4"). What is not dated is told without a day. Raises
    KeyError for a type or a status code that the contract does not have.
    """
    telling = _Telling(TYPES[type], status, action_text or "", introduced_on, committees, congress, law)
    return f"{_TOLD[status.code](telling)}."


@dataclass(frozen=True, slots=True)
class _Telling:
    """What a sentence may speak of. Phrases begin with their space, so that absent ones leave no gap."""

    kind: MeasureType
    status: Status
    line: str
    introduced_on: str | None
    committees: Sequence[str]
    congress: int
    law: str | None

    @property
    def chamber(self) -> str:
        return self.kind.chamber.title()

    @property
    def other(self) -> str:
        return "House" if self.kind.chamber == "senate" else "Senate"

    @property
    def on(self) -> str:
        """ " on March 27, 2025" """
        day = written_day(self.status.since)
        return f" on {day}" if day else ""

    @property
    def since(self) -> str:
        day = written_day(self.status.since)
        return f" since {day}" if day else ""

    @property
    def acting(self) -> str:
        """The chamber that the line is of, or that of the measure's origin."""
        event = read_action(self.line, None)
        return event.chamber.title() if event is not None and event.chamber else self.chamber

    @property
    def adopted(self) -> str:
        """What a chamber does that says yes: bills and joint resolutions pass, others are agreed to."""
        return "passed" if self.kind.form in ("bill", "joint") else "agreed to"

    @property
    def how(self) -> str:
        """ " by 216 votes to 214", " by unanimous consent", … as far as the line says."""
        count = _COUNT.search(self.line)
        if count is not None:
            return f" by {count[1]} votes to {count[2]}"
        line = self.line.casefold()
        for manner in (" by unanimous consent", " by voice vote", " without objection"):
            if manner in line:
                return manner
        return ""


def _introduced(it: _Telling) -> str:
    return f"It was introduced in the {it.chamber}{it.on}"


def _referred(it: _Telling) -> str:
    if "ordered to be reported" in it.line.casefold():
        return f"{_committee(it)} voted to report it{it.on}"
    names = [committee_name(name) for name in it.committees]
    if len(names) > 2:
        to = f"{number_word(len(names), most=9)} of its committees"
    elif names:
        to = " and ".join(f"its {name}" for name in names)
    else:
        named = committee_in_line(it.line)
        to = f"its {named}" if named else "committee"
    at_once = it.on and it.status.since == it.introduced_on
    return f"The {it.chamber} referred it to {to}{it.on}{', the day it was introduced' if at_once else ''}"


def _reported(it: _Telling) -> str:
    return f"{_committee(it)} reported it{it.on}"


def _on_calendar(it: _Telling) -> str:
    line = it.line.casefold()
    if "discharged" in line:
        named = committee_in_line(it.line)
        taken = f"its {named}" if named else "its committee"
        return f"The {it.chamber} took it from {taken}{it.on}, and may take it up"
    for calendar in ("Union", "House", "Private", "Executive"):
        if f"{calendar} calendar".casefold() in line:
            return f"It was placed on the {it.chamber}’s {calendar} Calendar{it.on}"
    return f"It was placed on the {it.chamber}’s calendar{it.on}"


def _passed_first(it: _Telling) -> str:
    return f"The {it.chamber} {it.adopted} it{it.how}{it.on}; the {it.other} has yet to decide"


def _resolving(it: _Telling) -> str:
    both = f"both chambers have {it.adopted} it, but not in the same words"
    return f"S{it.since[2:]}, {both}" if it.since else both.capitalize()


def _passed_both(it: _Telling) -> str:
    second = f", the second{it.on}" if it.on else ""
    return f"Both chambers passed it in the same words{second}; it has yet to be presented to the President"


def _agreed_to(it: _Telling) -> str:
    if it.kind.form == "simple":
        return f"The {it.chamber} agreed to it{it.how}{it.on}: a {it.chamber} resolution is then final, and not law"
    second = f", the second{it.on}" if it.on else ""
    return f"Both chambers agreed to it{second}: a concurrent resolution is then final, and not law"


def _to_archivist(it: _Telling) -> str:
    second = f", the second{it.on}" if it.on else ""
    return f"Both chambers passed it{second}: an amendment to the Constitution is proposed to the states, not to the President"


def _to_president(it: _Telling) -> str:
    return f"It was presented to the President{it.on}, and awaits a decision"


def _enacted(it: _Telling) -> str:
    named = _LAW.search(it.line)
    number = it.law or (named[2] if named else None)
    if number:
        return f"It became {'Private' if named and named[1].casefold() == 'private' else 'Public'} Law {number}{it.on}"
    if "signed by" in it.line.casefold():
        return f"The President signed it into law{it.on}"
    return f"It became law{it.on}"


def _vetoed(it: _Telling) -> str:
    return f"The President vetoed it{it.on}"


def _veto_overridden(it: _Telling) -> str:
    became = f"became Public Law {it.law}" if it.law else "became law"
    return f"It {became}{it.on}, over the President’s veto"


def _failed(it: _Telling) -> str:
    event = read_action(it.line, None)
    if event is None or event.effect is Effect.TABLED:
        if "postponed" in it.line.casefold():
            return f"The {it.acting} postponed it indefinitely{it.on}"
        return f"The {it.acting} laid it on the table{it.how}{it.on}, and so put it aside for good"
    line = it.line.casefold()
    needed = (
        "two thirds"
        if "2/3 required" in line
        else "60 votes"
        if "not having achieved 60 votes" in line
        else ""
    )
    return f"It failed in the {it.acting}{it.how}{it.on}{f', where it needed {needed}' if needed else ''}"


def _withdrawn(it: _Telling) -> str:
    return f"It was withdrawn{it.on}"


def _died(it: _Telling) -> str:
    return f"It died with the {ordinal(it.congress)} Congress{it.on}{_where_it_stood(it)}"


def _where_it_stood(it: _Telling) -> str:
    before = it.status.before
    if before is None:
        return ""
    day = written_day(before.since)
    since = f", where it had been since {day}" if day else ""
    if before.code == "referred":
        names = [committee_name(name) for name in it.committees]
        return f", in {_full(it.chamber, names[0])}{since}" if len(names) == 1 else f", in committee{since}"
    return {
        "introduced": ", referred to no committee",
        "reported": ", reported but not taken up",
        "on_calendar": f", on the {it.chamber}’s calendar{since}",
        "passed_house": f", {it.adopted} by the House but not by the Senate",
        "passed_senate": f", {it.adopted} by the Senate but not by the House",
        "resolving_differences": f", {it.adopted} by both chambers but not in the same words",
        "passed_both": ", passed by both chambers but never made law",
        "to_president": ", presented to the President but never made law",
    }[before.code]


def _reserved(it: _Telling) -> str:
    return "The number is reserved, and no measure has been introduced under it"


def _committee(it: _Telling) -> str:
    """The committee that acted: the one that the line names, or the only one that there is."""
    named = committee_in_line(it.line)
    if named is None and len(it.committees) == 1:
        named = committee_name(it.committees[0])
    return f"T{_full(it.chamber, named)[1:]}" if named else f"A {it.chamber} committee"


def _full(chamber: str, name: str) -> str:
    return f"the {chamber} {name}"


_TOLD: dict[str, Callable[[_Telling], str]] = {
    "introduced": _introduced,
    "referred": _referred,
    "reported": _reported,
    "on_calendar": _on_calendar,
    "passed_house": _passed_first,
    "passed_senate": _passed_first,
    "resolving_differences": _resolving,
    "passed_both": _passed_both,
    "agreed_to": _agreed_to,
    "to_archivist": _to_archivist,
    "to_president": _to_president,
    "enacted": _enacted,
    "vetoed": _vetoed,
    "veto_overridden": _veto_overridden,
    "failed": _failed,
    "withdrawn": _withdrawn,
    "died": _died,
    "reserved": _reserved,
}
