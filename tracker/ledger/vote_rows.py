"""The rows of recorded votes, and who their voters are. All that writes here holds the ledger's lock, or takes it."""

from __future__ import annotations

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.db import connection, transaction

from tracker.congress.roll_calls import POSITIONS, with_party
from tracker.ledger import bulk, chain
from tracker.ledger.models import Member, Position, RollCall, measure_pk
from tracker.records.roll_call import RollCallRecord, mismatches

_ROLL_CALL_COLUMNS = bulk.columns_of(RollCall)
_POSITION_COLUMNS = bulk.columns_of(Position)


@dataclass(frozen=True, slots=True)
class Held:
    """A roll call and the document that it is read from."""

    pk: int
    record: RollCallRecord
    sha256: str
    updated_at: str | None
    seen_at: datetime


def write(held: Sequence[Held]) -> None:
    """Write the rows of these roll calls in the place of whatever is there. The caller holds the ledger's lock."""
    pks = [each.pk for each in held]
    revision = newest_revision()
    Position.objects.filter(vote__in=pks).delete()
    RollCall.objects.filter(pk__in=pks).delete()
    members = _members(each.record for each in held)
    rows, positions = [], []
    for place, each in enumerate(held, start=1):
        rows.append(_row(each, revision + place))
        positions += _positions(each, members)
    bulk.insert(RollCall, _ROLL_CALL_COLUMNS, rows)
    bulk.insert(Position, _POSITION_COLUMNS, positions)


def newest_revision() -> int:
    """The revision of the roll call written last; 0 where there is none. Asked at every request, as the ledger's head is."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT MAX(revision) FROM ledger_rollcall")
        (newest,) = cursor.fetchone()
    return newest or 0


def _row(held: Held, revision: int) -> tuple[Any, ...]:
    record, by_party, counted = held.record, held.record.by_party, held.record.counted
    first = next((m.measure for m in record.matters if m.measure), None)
    ranked = sorted(record.candidates.items(), key=lambda pair: (-pair[1], pair[0]))
    wrong = mismatches(record)
    values: dict[str, Any] = {
        "id": held.pk,
        "chamber": record.chamber,
        "congress": record.congress,
        "session": record.session,
        "year": record.year,
        "number": record.number,
        "on": record.on,
        "at": bulk.instant(record.at) if record.at else None,
        "question": record.question,
        "kind": record.kind,
        "form": record.form,
        "result": record.result,
        "outcome": record.outcome,
        "threshold": record.threshold,
        "title": record.title,
        "measure_id": _measure_pk(first),
        "amendment": next((m.amendment for m in record.matters if m.amendment), None),
        "matters": _json(
            [
                {
                    "name": m.name,
                    "measure": m.measure,
                    "amendment": m.amendment,
                    "nomination": m.nomination,
                    "treaty": m.treaty,
                    "title": m.title,
                }
                for m in record.matters
            ]
        ),
        "yea": counted.yea,
        "nay": counted.nay,
        "present": counted.present,
        "not_voting": counted.not_voting,
        "by_party": _json(
            {p: {name: n for name in POSITIONS if (n := getattr(t, name))} for p, t in by_party.items()}
        ),
        "candidates": _json([list(pair) for pair in ranked]),
        "tie_breaker": record.tie_break.by if record.tie_break else None,
        "tie_cast": record.tie_break.cast if record.tie_break else None,
        "vacated": record.vacated,
        "doubt": "; ".join(map(str, wrong)) or None,
        "document_id": held.sha256,
        "updated_at": held.updated_at,
        "seen_at": bulk.instant(held.seen_at),
        "revision": revision,
    }
    return tuple(values[name] for name in _ROLL_CALL_COLUMNS)


def _json(value: Any) -> str:
    return json.dumps(value, ensure_ascii=False, separators=(",", ":"))


def _positions(held: Held, members: dict[str, str]) -> list[tuple[Any, ...]]:
    by_party = held.record.by_party
    return [
        tuple(
            {
                "vote_id": held.pk,
                "place": place,
                "member_id": members.get(voter.id or ""),
                "voter": voter.id,
                "name": voter.name,
                "party": voter.party,
                "state": voter.state,
                "cast": voter.cast,
                "position": voter.position,
                "with_party": with_party(voter.party, voter.position, by_party),
            }[name]
            for name in _POSITION_COLUMNS
        )
        for place, voter in enumerate(held.record.voters)
    ]


def _measure_pk(key: str | None) -> int | None:
    if key is None:
        return None
    congress, type, number = key.split("/")
    return measure_pk(int(congress), type, int(number))


def _members(records: Iterable[RollCallRecord]) -> dict[str, str]:
    """The files' ids → Bioguide ids. A representative whom no list knows becomes a member, as the file names one.

    A LIS id that no list held here has is the one senator known here by exactly the printed name and state, if there is
    just one; else it stays unknown.
    """
    lis: dict[str, tuple[str, str | None]] = {}
    bioguide: dict[str, tuple[str, str | None, str | None]] = {}
    for record in records:
        for voter in record.voters:
            if voter.id and record.chamber == "senate":
                lis[voter.id] = (voter.name, voter.state)
            elif voter.id:
                bioguide.setdefault(voter.id, (voter.name, voter.party, voter.state))
    known = set(Member.objects.filter(pk__in=bioguide).values_list("pk", flat=True))
    Member.objects.bulk_create(
        Member(
            bioguide=key,
            name=name,
            sort_name=name,
            chamber="house",
            party=party,
            state=None if state == "XX" else state,
        )
        for key, (name, party, state) in bioguide.items()
        if key not in known
    )
    return {key: key for key in bioguide} | _senators(lis)


def _senators(lis: Mapping[str, tuple[str, str | None]]) -> dict[str, str]:
    """LIS id → Bioguide id, for those (name, state) as a file prints them that are known here."""
    found = {one: pk for one, pk in Member.objects.filter(lis__in=lis).values_list("lis", "pk") if one}
    without = {one: who for one, who in lis.items() if one not in found}
    if without:
        named: dict[tuple[str, str | None], list[str]] = {}
        senators = Member.objects.filter(
            lis=None, chamber="senate", name__in={name for name, _ in without.values()}
        )
        for pk, name, state in senators.values_list("pk", "name", "state"):
            named.setdefault((name, state), []).append(pk)
        found |= {one: named[who][0] for one, who in without.items() if len(named.get(who, ())) == 1}
    return found


def name_members() -> int:
    """Give positions without a member theirs, where one is known now; answers how many positions that names.

    Lists of members may come after the votes, and former senators with a later one.
    """
    unnamed = Position.objects.filter(member=None, vote__chamber="senate").exclude(voter=None)
    rows = unnamed.values_list("voter", "name", "state").distinct()
    found = _senators({voter: (name, state) for voter, name, state in rows if voter})
    if not found:
        return 0
    named = 0
    with transaction.atomic():
        chain.lock()
        for one, pk in found.items():
            theirs = Position.objects.filter(member=None, voter=one)
            votes = list(theirs.values_list("vote_id", flat=True))
            named += theirs.update(member=pk)
            RollCall.objects.filter(pk__in=votes).update(revision=newest_revision() + 1)
    return named
