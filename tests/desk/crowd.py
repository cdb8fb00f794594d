"""A desk of years: thousands of measures and entries at once, written straight into the tables since no page is about how."""

from __future__ import annotations

import random
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any

from tests.desk import writing
from tracker.congress.measures import TYPES
from tracker.desk import kinds, rendering
from tracker.desk.models import Care, Entry, Kind, Publication, Review, Revision, User
from tracker.ledger.models import Document, Measure, Member, measure_key, measure_pk

BEGAN = datetime(2025, 1, 3, 12, tzinfo=UTC)
WORDS = (
    "rivers",
    "banks",
    "floods",
    "States",
    "refugees",
    "bread",
    "letters",
    "bridges",
    "schools",
    "harvests",
    "lamps",
)
DIGEST = "c" * 64


def fill(people: Sequence[User], *, measures: int = 11_448, entries: int = 5_000, seed: int = 145) -> None:
    """Measures of all types, a fifth of them in somebody's care, and entries of every kind and state on some of them.

    The same seed makes the same desk. Two thirds of the entries are on measures, the rest on members.
    """
    chance = random.Random(seed)
    held = _measures(measures, chance)
    Care.objects.bulk_create(
        Care(
            measure_id=pk, assigned_to=chance.choice(people), priority=chance.randint(1, 3), changed_at=BEGAN
        )
        for pk in chance.sample(held, len(held) // 5)
    )
    members = [f"Z{number:06}" for number in range(100)]
    Member.objects.bulk_create(
        Member(bioguide=key, name=f"Member {key}", sort_name=f"{key}, Member") for key in members
    )
    Entry.objects.bulk_create(_entry(number, people, held, members, chance) for number in range(entries))
    written = list(Entry.objects.order_by("id"))
    Revision.objects.bulk_create(
        (
            Revision(
                entry=entry,
                number=number,
                based_on=number - 1,
                title="" if chance.random() < 0.5 else " ".join(chance.sample(WORDS, 3)).capitalize(),
                fields=_fields(entry.kind, chance),
                by=entry.author,
                at=entry.created_at + timedelta(hours=number),
            )
            for entry in written
            for number in range(1, entry.version + 1)
        ),
        batch_size=500,
    )
    _public(written, chance)


def _measures(count: int, chance: random.Random) -> list[int]:
    Document.objects.create(
        sha256=DIGEST, source="govinfo", format="billstatus-xml", fetched_at=BEGAN, packed=b"x"
    )
    types = list(TYPES)
    rows = []
    for place in range(count):
        type, number = types[place % len(types)], 10_000 + place // len(types)
        at = BEGAN + timedelta(minutes=chance.randrange(500_000))
        rows.append(
            Measure(
                id=measure_pk(119, type, number),
                congress=119,
                type=type,
                number=number,
                origin="official",
                title=f"A measure about {' and '.join(chance.sample(WORDS, 3))}.",
                origin_chamber=TYPES[type].chamber,
                introduced_on=at.date(),
                status=chance.choice(("introduced", "referred", "agreed_to", "passed_house")),
                status_since=at.date(),
                status_sentence="It was referred.",
                document_id=DIGEST,
                seen_at=at,
                changed_at=at,
                last_event=place + 1,
            )
        )
    Measure.objects.bulk_create(rows, batch_size=500)
    return [row.pk for row in rows]


def _entry(
    number: int, people: Sequence[User], measures: list[int], members: list[str], chance: random.Random
) -> Entry:
    on_measure = number % 3 != 0
    kind = chance.choice(list(Kind)) if on_measure else Kind.NOTE
    state = chance.choice(list(Entry.State))
    version = chance.randint(1, 2)
    begun = BEGAN + timedelta(minutes=chance.randrange(400_000))
    author, other = chance.sample(list(people), 2)
    public = state in (Entry.State.PUBLISHED, Entry.State.CORRECTED)
    return Entry(
        measure_id=chance.choice(measures) if on_measure else None,
        member=None if on_measure else chance.choice(members),
        kind=kind,
        state=state,
        author=author,
        version=version,
        public_version=version if public else None,
        created_at=begun,
        changed_at=begun + timedelta(days=1),
        reviewer=other if state == Entry.State.IN_REVIEW and number % 2 else None,
        asked_at=begun + timedelta(hours=3) if state == Entry.State.IN_REVIEW else None,
        asked_by=author if state == Entry.State.IN_REVIEW else None,
        read_at_event=number + 1 if public and on_measure else None,
    )


def _fields(kind: str, chance: random.Random) -> dict[str, Any]:
    fields = dict(writing.WORDS[kind])
    for name in ("body", "lead"):
        if name in fields:
            fields[name] = f"It would mend {' and '.join(chance.sample(WORDS, 4))}."
    return fields


def _public(written: Sequence[Entry], chance: random.Random) -> None:
    """What readers were shown of those that are public, and the step that says so."""
    newest = {
        (entry, number): (title, fields)
        for entry, number, title, fields in Revision.objects.values_list(
            "entry_id", "number", "title", "fields"
        )
    }
    shown, steps = [], []
    for entry in written:
        if entry.public_version is None:
            continue
        title, fields = newest[entry.pk, entry.public_version]
        words = kinds.public(kinds.words(entry.kind, fields))
        about = entry.about if entry.measure_id is None else measure_key(entry.measure_id)
        shown.append(
            Publication(
                entry=entry,
                number=1,
                revision_number=entry.public_version,
                act=Publication.Act.PUBLISHED,
                measure_id=entry.measure_id,
                member=entry.member,
                kind=entry.kind,
                title=title,
                fields=kinds.stored(words),
                html=str(rendering.html(words, about)),
                at=entry.changed_at,
                first_at=entry.changed_at,
                event_id=1_000_000 + entry.pk,
                read_alone=chance.random() < 0.1,
            )
        )
        steps.append(
            Review(
                entry=entry,
                revision_number=entry.public_version,
                step=Review.Step.PUBLISHED,
                by=entry.author,
                at=entry.changed_at,
            )
        )
    Publication.objects.bulk_create(shown, batch_size=500)
    Review.objects.bulk_create(steps, batch_size=500)
