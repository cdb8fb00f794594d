"""`/measures/{congress}/{type}/{number}/supporters`: who joined and who left, day by day, and what was reached."""

from __future__ import annotations

from collections.abc import Iterable

from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.measures import held, held_then
from tracker.congress.measures import measure_type
from tracker.congress.milestones import majority_of, milestones
from tracker.congress.people import SEATS
from tracker.congress.supporters import Person, steps
from tracker.records.signers import cosponsors_of, sponsors_of


def measure_supporters(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Who came and who went, with the counts of each day by party, firsts and majorities. docs/PAGES.md has the rules;
    what is told of committees stands on the page alone, since it goes by who sits on them today."""
    asked.only(request, "as_of", "on")
    clocks = asked.clocks(request)
    found = held(congress, type, number)

    def build() -> shapes.Supporters:
        record = held_then(found, clocks).record
        sponsors, cosponsors = sponsors_of(record), cosponsors_of(record)
        chamber = measure_type(record.type).chamber
        days = [
            shapes.SupportDay(
                step.day,
                _ids(each.person for each in step.joined),
                _ids(each.person for each in step.left),
                step.total,
                step.by_party,
                step.signed,
            )
            for step in steps(sponsors, cosponsors)
        ]
        told = [
            shapes.Milestone(each.day, each.kind, each.words, _ids(each.who))
            for each in milestones(sponsors, cosponsors, chamber=chamber)
        ]
        return shapes.Supporters(found.key, SEATS[chamber], majority_of(chamber), days, told)

    return stamped(request, [found.last_event, found.document_id], build)


def _ids(people: Iterable[Person]) -> list[str]:
    return [who.member for who in people if who.member]
