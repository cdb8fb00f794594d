"""Which committees hold a measure, or had it, and who sits on them: today's members, for no list tells of others."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from tracker.congress.calendar import washington_day
from tracker.congress.committees import committee_name
from tracker.congress.measures import measure_type
from tracker.ledger.models import CommitteeSeat
from tracker.records.model import CommitteeRecord, MeasureRecord

_LETS_GO = {
    "reported by": "reported it",
    "reported original measure": "reported it",
    "discharged from": "was discharged of it",
}
_IN_FIRST_CHAMBER = frozenset({"introduced", "referred", "reported", "on_calendar"})
_IN_SECOND_CHAMBER = frozenset({"passed_house", "passed_senate"})
WITHOUT_A_VOTE = "Ex Officio"  # title of a seat on the Senate's Intelligence Committee, as the list has it


@dataclass(frozen=True, slots=True)
class Held:
    """A committee that a measure was sent to: since when, whether it still is there, and what became of it if not."""

    code: str
    name: str  # as prose has it: "Foreign Relations Committee"
    since: date | None
    holds: bool
    let_go: str = ""  # "reported it"; "" where it never did
    let_go_on: date | None = None
    below: tuple[tuple[str, str], ...] = ()  # subcommittees that have it too: code, name


@dataclass(slots=True)
class Seated:
    """Who sits on a committee today, majority first, each side by rank."""

    seats: list[CommitteeSeat] = field(default_factory=list)

    @property
    def voting(self) -> list[CommitteeSeat]:
        return [seat for seat in self.seats if seat.title != WITHOUT_A_VOTE]


def committees_of(record: MeasureRecord, code: str) -> list[Held]:
    """The committees that this record names, its status being `code`: those that hold the measure first, each group in the record's order.

    A committee holds it from its referral until it reports it or is discharged, or the chamber takes it up without that:
    while the measure is pending in that chamber.
    """
    first = measure_type(record.type).chamber
    second = "senate" if first == "house" else "house"
    pending_in = first if code in _IN_FIRST_CHAMBER else second if code in _IN_SECOND_CHAMBER else None
    found = [_held(each, pending_in) for each in record.committees if each.code]
    return sorted(found, key=lambda each: not each.holds)


def _held(committee: CommitteeRecord, pending_in: str | None) -> Held:
    came = [washington_day(each.at) for each in committee.activities if _is(each.name, "referred to")]
    went = [
        (washington_day(each.at), _LETS_GO[(each.name or "").casefold()])
        for each in committee.activities
        if (each.name or "").casefold() in _LETS_GO
    ]
    days_came, days_went = [day for day in came if day], [day for day, _ in went if day]
    last_came, last_went = max(days_came, default=None), max(days_went, default=None)
    sent_again = last_came is not None and last_went is not None and last_came > last_went
    gone = bool(went) and not sent_again
    return Held(
        code=committee.code or "",
        name=committee_name(committee.name or committee.code or ""),
        since=last_came if sent_again else min(days_came, default=None),
        holds=not gone and (committee.chamber or "").casefold() == pending_in,
        let_go=next((words for day, words in went if day == last_went), "") if gone else "",
        let_go_on=last_went if gone else None,
        below=tuple((part.code, part.name or part.code) for part in committee.subcommittees if part.code),
    )


def _is(name: str | None, words: str) -> bool:
    return (name or "").casefold() == words


def seated(codes: Iterable[str]) -> dict[str, Seated]:
    """Who sits on these committees today, by code. One query."""
    found: dict[str, Seated] = {code: Seated() for code in codes}
    for seat in CommitteeSeat.objects.filter(committee__in=found).order_by("side", "rank", "pk"):
        found[seat.committee].seats.append(seat)
    return found
