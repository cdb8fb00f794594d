"""Members and committees: the community's lists taken over, and whoever measures name whom no list knows.

All that writes here is part of a transaction whose caller holds the ledger's lock: polls may run beside one another.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from datetime import date
from typing import Any

from tracker.congress import calendar
from tracker.congress.people import display_name
from tracker.ledger import rows
from tracker.ledger.models import Committee, CommitteeSeat, Member
from tracker.records.legislators import CommitteeListed, MemberRecord, SeatRecord
from tracker.records.model import CosponsorRecord, MeasureRecord, SponsorRecord

_INVERTED = re.compile(r"(?:(?:Sen|Rep|Del|Resident Commissioner|Res\. Comm)\.? )?(.+?)(?: \[.*)?", re.DOTALL)


def note(records: Sequence[MeasureRecord]) -> None:
    """Add the sponsors, cosponsors and committees of these records that are not known yet."""
    persons: dict[str, SponsorRecord | CosponsorRecord] = {}
    for record in records:
        persons |= {p.member: p for p in record.sponsors if p.member}
        persons |= {p.member: p for p in record.cosponsors if p.member}
    for known in Member.objects.filter(pk__in=persons).values_list("pk", flat=True):
        del persons[known]
    Member.objects.bulk_create(_member_named(key, person) for key, person in persons.items())
    committees = {
        part.code: (part.name or part.code, None if part is c else c.code, c.chamber)
        for r in records
        for c in r.committees
        for part in c.parts()
        if part.code
    }
    for known in Committee.objects.filter(pk__in=committees).values_list("pk", flat=True):
        del committees[known]
    Committee.objects.bulk_create(
        Committee(code=code, name=name, chamber=(chamber or "").lower() or None, parent=parent)
        for code, (name, parent, chamber) in committees.items()
    )


def _member_named(bioguide: str, person: SponsorRecord | CosponsorRecord) -> Member:
    written = person.name or bioguide
    chamber = "senate" if written.startswith("Sen.") else "house"
    return Member(
        bioguide=bioguide,
        name=display_name(written),
        sort_name=_sort_name(written),
        chamber=chamber,
        party=person.party,
        state=person.state,
        district=None if chamber == "senate" else rows.district(person.district),
    )


def _sort_name(written: str) -> str:
    found = _INVERTED.fullmatch(written)
    return found[1] if found else written


def take_members(listed: Iterable[MemberRecord], today: date, *, current: bool) -> int:
    """Write what a list says of members over what is held; answers how many rows differ from before.

    Nobody is ever taken away: who is in the list of current members no more keeps the last known facts, and sits no longer.
    """
    columns = (
        "name",
        "sort_name",
        "chamber",
        "party",
        "state",
        "district",
        "sitting",
        "from_list",
        "lis",
        "terms",
        "term_ends_on",
    )
    fresh = {m.bioguide: _member(m, today) for m in listed}
    held = Member.objects.in_bulk()
    changed = [m for key, m in fresh.items() if key in held and _differ(held[key], m, columns)]
    left = [m for key, m in held.items() if current and m.sitting and key not in fresh]
    for member in left:
        member.sitting = False
    new = [m for key, m in fresh.items() if key not in held]
    Member.objects.bulk_create(new, batch_size=50)
    Member.objects.bulk_update([*changed, *left], columns, batch_size=50)
    return len(new) + len(changed) + len(left)


def take_committees(listed: Iterable[CommitteeListed], *, current: bool) -> int:
    """Write what a list says of committees; a list of former ones changes no current one. Answers how many rows differ."""
    columns = ("name", "chamber", "parent", "current", "from_list", "url")
    held = Committee.objects.in_bulk()
    fresh: dict[str, Committee] = {}
    for c in listed:
        if current or not (c.code in held and held[c.code].current):
            fresh[c.code] = Committee(
                code=c.code,
                name=c.name,
                chamber=c.chamber,
                parent=c.parent,
                current=current,
                from_list=True,
                url=c.url,
            )
    changed = [c for key, c in fresh.items() if key in held and _differ(held[key], c, columns)]
    ended = [c for key, c in held.items() if current and c.current and key not in fresh]
    for committee in ended:
        committee.current = False
    new = [c for key, c in fresh.items() if key not in held]
    Committee.objects.bulk_create(new, batch_size=100)
    Committee.objects.bulk_update([*changed, *ended], columns, batch_size=100)
    return len(new) + len(changed) + len(ended)


def take_seats(listed: Sequence[SeatRecord]) -> int:
    """Write who sits on which committee today; answers how many seats came, changed or went."""
    fresh = {(s.committee, s.member): (s.side, s.rank, s.title) for s in listed}
    held = {(s.committee, s.member): (s.side, s.rank, s.title) for s in CommitteeSeat.objects.all()}
    if fresh == held:
        return 0
    CommitteeSeat.objects.all().delete()
    CommitteeSeat.objects.bulk_create(
        [
            CommitteeSeat(committee=committee, member=member, side=side, rank=rank, title=title)
            for (committee, member), (side, rank, title) in fresh.items()
        ],
        batch_size=150,
    )
    return len(fresh.items() ^ held.items())


def _member(listed: MemberRecord, today: date) -> Member:
    last = listed.terms[-1]
    return Member(
        bioguide=listed.bioguide,
        name=listed.name,
        sort_name=listed.sort_name,
        chamber="senate" if last.type == "sen" else "house",
        party=last.party,
        state=last.state,
        district=last.district,
        sitting=any(t.start <= today.isoformat() < t.end for t in listed.terms),
        from_list=True,
        lis=listed.lis,
        terms=[
            {
                "type": t.type,
                "start": t.start,
                "end": t.end,
                "state": t.state,
                "district": t.district,
                "party": t.party,
            }
            for t in listed.terms
        ],
        term_ends_on=calendar.valid_day(last.end),
    )


def _differ(one: Any, other: Any, columns: Iterable[str]) -> bool:
    return any(getattr(one, name) != getattr(other, name) for name in columns)
