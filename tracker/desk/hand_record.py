"""A measure entered by hand as a record, so that pages, lists, search, API and both clocks draw it as any other."""

from __future__ import annotations

from tracker.congress.measures import measure_type
from tracker.desk.hand_fields import HandFields, Person
from tracker.records.model import (
    ActionRecord,
    CommitteeRecord,
    CosponsorRecord,
    MeasureRecord,
    SponsorRecord,
)
from tracker.records.staff import Sighting, StaffDocument

SOURCE_SYSTEM = "Entered by staff"  # where a record names the system that an action is from


def document_of(fields: HandFields, *, read_alone: bool) -> StaffDocument:
    """What the ledger is given of a measure of the Congress."""
    return StaffDocument(
        record_of(fields),
        tuple(Sighting(s.what, s.url, s.on or None, s.name or None) for s in fields.seen),
        read_alone=read_alone,
    )


def record_of(fields: HandFields) -> MeasureRecord:
    """The record; actions newest first, those of one day as they would be listed: the last entered first."""
    assert fields.identity is not None, "another parliament’s measure is no record of Congress"
    congress, type, number = fields.identity
    chamber = measure_type(type).chamber
    introduced_on = fields.introduced_on or None
    placed = sorted(enumerate(fields.actions), key=lambda pair: (pair[1].on, pair[0]), reverse=True)
    return MeasureRecord(
        congress,
        type,
        number,
        title=fields.title,
        origin_chamber=chamber.capitalize(),
        introduced_on=introduced_on,
        sponsors=tuple(SponsorRecord(*_person(p, chamber)) for p in fields.sponsors),
        cosponsors=tuple(
            CosponsorRecord(
                *_person(p, chamber),
                joined_on=p.joined_on or introduced_on,
                original=(p.joined_on or introduced_on) == introduced_on and introduced_on is not None,
            )
            for p in fields.cosponsors
        ),
        actions=tuple(ActionRecord(a.on, a.text, source=SOURCE_SYSTEM) for _, a in placed),
        committees=tuple(
            CommitteeRecord(c.code, c.name, chamber.capitalize(), None) for c in fields.committees
        ),
    )


def _person(person: Person, chamber: str) -> tuple[str | None, str, str | None, str | None, str | None]:
    """Bioguide id, name as records write it, party, state and district."""
    district = person.district if chamber == "house" else None
    seat = "-".join(str(p) for p in (person.party, person.state, district) if p is not None)
    given, _, family = person.name.rpartition(" ")
    inverted = f"{family}, {given}" if given else family
    office = "Sen." if chamber == "senate" else "Rep."
    name = f"{office} {inverted} [{seat}]" if seat else f"{office} {inverted}"
    return person.member, name, person.party, person.state, None if district is None else str(district)
