"""The names behind a measure as its record lists them, as people and supporters that can be counted."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from tracker.congress.calendar import valid_day
from tracker.congress.people import display_name, party_letter
from tracker.congress.supporters import Person, Supporter
from tracker.records.model import CosponsorRecord, MeasureRecord, SponsorRecord


def person(record: SponsorRecord | CosponsorRecord) -> Person:
    """The member that a sponsor or cosponsor names; whoever has no name is shown by id."""
    district = record.district or ""
    return Person(
        member=record.member,
        name=display_name(record.name) or record.member or "someone whom the record does not name",
        party=party_letter(record.party),
        state=record.state,
        district=int(district) or None if district.isascii() and district.isdigit() else None,
    )


def sponsors_of(record: MeasureRecord) -> tuple[Person, ...]:
    """Its sponsors, in the record's order."""
    return tuple(person(sponsor) for sponsor in record.sponsors)


def cosponsors_of(record: MeasureRecord) -> tuple[Supporter, ...]:
    """Its cosponsors, in the record's order, the withdrawn among them."""
    again = _rejoined(record.cosponsors)
    return tuple(
        Supporter(
            person=person(cosponsor),
            joined_on=valid_day(cosponsor.joined_on),
            written=cosponsor.joined_on,
            original=cosponsor.original,
            withdrawn_on=valid_day(cosponsor.withdrawn_on),
            withdrawn=cosponsor.withdrawn_on is not None,
            again=cosponsor.member in again,
        )
        for cosponsor in record.cosponsors
    )


def _rejoined(cosponsors: Sequence[CosponsorRecord]) -> set[str]:
    """The members who withdrew once and stand on the list more than once."""
    listed = Counter(cosponsor.member for cosponsor in cosponsors if cosponsor.member)
    left = {cosponsor.member for cosponsor in cosponsors if cosponsor.withdrawn_on is not None}
    return {member for member, times in listed.items() if times > 1 and member in left}
