"""Where a measure stands, told in one plain sentence: who did what, when, and what that means.

Days are absolute ("March 27, 2025"), so that a sentence stays true when it is stored, cached or printed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import lru_cache

from tracker.congress.actions import Effect, read_action
from tracker.congress.calendar import valid_day
from tracker.congress.committees import committee_in_line, committee_name
from tracker.congress.english import ENGLISH
from tracker.congress.language import Language, Proof, Sentence, Span, Value, plain
from tracker.congress.measures import TYPES, MeasureType
from tracker.congress.stages import Status

_COUNT = re.compile(
    r"(?:yeas and nays|recorded vote|yea-nay vote)[.: ]{1,3}(?:\(2/3 required\):? )?(\d{1,3}) - (\d{1,3})\b",
    re.IGNORECASE | re.ASCII,
)
_ROLL = re.compile(
    r"(?:roll(?: call)? no\.|record vote (?:number:|no\.)) ?(\d{1,5})\b", re.IGNORECASE | re.ASCII
)
_MANNERS = {
    " by unanimous consent": "how.unanimous",
    " by voice vote": "how.voice",
    " without objection": "how.no_objection",
}
_CALENDARS = ("union", "house", "private", "executive")
_LAW = re.compile(r"became (public|private) law no:? (\d{1,3}-\d{1,4})", re.IGNORECASE | re.ASCII)
_END = Proof("constitution", "20")


@lru_cache(maxsize=1 << 12)
def written_day(day: str | None) -> str:
    """A day as prose has it, "March 27, 2025"; "" where it is none."""
    valid = valid_day(day)
    return ENGLISH.day(valid) if valid is not None else ""


@dataclass(frozen=True, slots=True)
class ToldLine:
    """A line of the list of actions: its words, what proves that it is there, and votes of its day by chamber and number."""

    text: str = ""
    proof: Proof | None = None
    votes: Mapping[tuple[str, int], str] = field(default_factory=dict)

    @property
    def vote(self) -> Proof | None:
        """The vote whose number its words name; None where they name none, or one that the record does not list."""
        named = _ROLL.search(self.text)
        if named is None:
            return None
        chamber = "house" if named[0].casefold().startswith("roll") else "senate"
        key = self.votes.get((chamber, int(named[1])))
        return Proof("vote", key) if key else None


@dataclass(frozen=True, slots=True)
class CommitteeOf:
    """A committee that the record lists: its name there, and its system code where it has one."""

    name: str
    code: str | None = None


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
    listed = [CommitteeOf(name) for name in committees]
    line = ToldLine(action_text or "")
    return plain(
        told_status(
            type=type,
            status=status,
            line=line,
            introduced_on=introduced_on,
            committees=listed,
            congress=congress,
            law=law,
        )
    )


def told_status(
    *,
    type: str,
    status: Status,
    line: ToldLine,
    introduced_on: str | None,
    committees: Sequence[CommitteeOf],
    congress: int,
    law: str | None = None,
    before: Proof | None = None,
    language: Language = ENGLISH,
) -> Sentence:
    """The same in any language, each phrase with its proof; `before` proves since when it stood where it died."""
    telling = Telling(
        TYPES[type], status, line, introduced_on, committees, congress, law, before or line.proof, language
    )
    return _TOLD[status.code](telling)


@dataclass(frozen=True, slots=True)
class Telling:
    """What a sentence may speak of."""

    kind: MeasureType
    status: Status
    line: ToldLine
    introduced_on: str | None
    committees: Sequence[CommitteeOf]
    congress: int
    law: str | None
    before: Proof | None
    language: Language

    def say(self, name: str, *choices: str, count: int | None = None, **values: Value) -> Sentence:
        """A message about the chamber of origin, dated by the status unless other values are given."""
        chamber = self.kind.chamber
        given: dict[str, Value] = {
            "chamber": self.language.say(chamber),
            "day": self.on,
            "how": None,
            "line": self.line.proof,
            **values,
        }
        return self.language.say(name, *choices, chamber, count=count, in_words=True, **given)

    @property
    def on(self) -> Span | None:
        """The day of the status, as the language writes it."""
        day = valid_day(self.status.since)
        return None if day is None else self.language.on(day, self.line.proof)

    @property
    def other(self) -> Sentence:
        return self.language.say("house" if self.kind.chamber == "senate" else "senate")

    @property
    def acting(self) -> str:
        """The chamber that the line is of, or that of the measure's origin."""
        event = read_action(self.line.text, None)
        return event.chamber if event is not None and event.chamber else self.kind.chamber

    @property
    def says_yes(self) -> str:
        """What a chamber does that says yes: bills and joint resolutions pass, others are agreed to."""
        return "passed" if self.kind.form in ("bill", "joint") else "agreed"

    @property
    def how(self) -> Sentence | None:
        return told_manner(self.line, self.language)

    @property
    def named(self) -> Span | None:
        """The committee that the line names."""
        return told_committee(self.line, self.committees, alone=False)


def told_manner(line: ToldLine, language: Language) -> Sentence | None:
    """ "by 216 votes to 214", "by unanimous consent", … as far as the line says."""
    count = _COUNT.search(line.text)
    if count is not None:
        yeas, nays = (language.number(int(number)) for number in count.groups())
        return language.say("how.tally", yeas=yeas, nays=nays, vote=line.vote or line.proof)
    words = line.text.casefold()
    manner = next((name for said, name in _MANNERS.items() if said in words), None)
    return language.say(manner, line=line.proof) if manner else None


def told_committee(line: ToldLine, committees: Sequence[CommitteeOf], *, alone: bool = True) -> Span | None:
    """The committee that the line names, or (`alone`) the only one that there is; proven by its page, else by the line."""
    name = committee_in_line(line.text)
    listed = {committee_name(each.name): each for each in committees}
    if name is None and alone and len(committees) == 1:
        name = committee_name(committees[0].name)
    if name is None:
        return None
    code = listed[name].code if name in listed else None
    return Span(name, Proof("committee", code) if code else line.proof)


def _introduced(it: Telling) -> Sentence:
    return it.say("status.introduced")


def _referred(it: Telling) -> Sentence:
    if "ordered to be reported" in it.line.text.casefold():
        committee = told_committee(it.line, it.committees)
        name = "status.referred.ordered" if committee else "status.referred.ordered_by_one"
        return it.say(name, committee=committee)
    names = [_listed(it, committee) for committee in it.committees]
    if not names and it.named is not None:
        names = [it.named]
    at_once = ".at_once" if it.on and it.status.since == it.introduced_on else ""
    if len(names) > 2:
        return it.say(f"status.referred.several{at_once}", count=len(names))
    committee, other = (*names, None, None)[:2]
    name = "two" if other else "one" if committee else "unnamed"
    return it.say(f"status.referred.{name}{at_once}", committee=committee, other=other)


def _listed(it: Telling, committee: CommitteeOf) -> Span:
    proof = Proof("committee", committee.code) if committee.code else it.line.proof
    return Span(committee_name(committee.name), proof)


def _reported(it: Telling) -> Sentence:
    committee = told_committee(it.line, it.committees)
    return it.say("status.reported" if committee else "status.reported.unnamed", committee=committee)


def _on_calendar(it: Telling) -> Sentence:
    line = it.line.text.casefold()
    if "discharged" in line:
        named = it.named
        return it.say(f"status.on_calendar.discharged{'' if named else '.unnamed'}", committee=named)
    calendar = next((name for name in _CALENDARS if f"{name} calendar" in line), None)
    return it.say(f"status.calendar.{calendar}" if calendar else "status.on_calendar")


def _passed_first(it: Telling) -> Sentence:
    return it.say(f"status.passed_first.{it.says_yes}", how=it.how, other=it.other)


def _resolving(it: Telling) -> Sentence:
    return it.say(f"status.resolving.{it.says_yes}{'.dated' if it.on else ''}")


def _agreed_to(it: Telling) -> Sentence:
    return it.say(f"status.agreed_to.{'simple' if it.kind.form == 'simple' else 'concurrent'}", how=it.how)


def _enacted(it: Telling) -> Sentence:
    named = _LAW.search(it.line.text)
    number = it.law or (named[2] if named else None)
    if number:
        private = named is not None and named[1].casefold() == "private"
        return it.say(f"status.enacted.{'private' if private else 'public'}", law=number)
    return it.say("status.enacted" + (".signed" if "signed by" in it.line.text.casefold() else ""))


def _veto_overridden(it: Telling) -> Sentence:
    if it.law:
        return it.say("status.veto_overridden.public", law=it.law)
    return it.say("status.veto_overridden")


def _failed(it: Telling) -> Sentence:
    event = read_action(it.line.text, None)
    line = it.line.text.casefold()
    needed = ""
    if event is None or event.effect is Effect.TABLED:
        needed = ".postponed" if "postponed" in line else ".tabled"
    elif "2/3 required" in line:
        needed = ".two_thirds"
    elif "not having achieved 60 votes" in line:
        needed = ".sixty"
    acting = it.acting
    return it.language.say(
        f"status.failed{needed}",
        acting,
        chamber=it.language.say(acting),
        how=it.how,
        day=it.on,
        line=it.line.proof,
    )


def _died(it: Telling) -> Sentence:
    before = it.status.before
    end, stood = valid_day(it.status.since), valid_day(before.since if before else None)
    name, committee = "status.died", None
    if before is not None:
        name += f".{before.code}"
        if before.code == "referred" and len(it.committees) == 1:
            name, committee = f"{name}.one", _listed(it, it.committees[0])
        elif before.code in ("passed_house", "passed_senate", "resolving_differences"):
            name += f".{it.says_yes}"
    return it.say(
        name,
        congress=it.language.ordinal(it.congress),
        day=None if end is None else it.language.on(end, _END),
        since=None if stood is None else it.language.on(stood, it.before),
        committee=committee,
    )


def _as_it_is(code: str) -> Callable[[Telling], Sentence]:
    return lambda it: it.say(f"status.{code}")


_TOLD: dict[str, Callable[[Telling], Sentence]] = {
    "introduced": _introduced,
    "referred": _referred,
    "reported": _reported,
    "on_calendar": _on_calendar,
    "passed_house": _passed_first,
    "passed_senate": _passed_first,
    "resolving_differences": _resolving,
    "agreed_to": _agreed_to,
    "enacted": _enacted,
    "veto_overridden": _veto_overridden,
    "failed": _failed,
    "died": _died,
    **{
        code: _as_it_is(code)
        for code in ("passed_both", "to_archivist", "to_president", "vetoed", "withdrawn", "reserved")
    },
}
