"""Who stood behind a measure in an earlier Congress and stands behind it again, who does not, and who is new."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from tracker.congress.measures import measure_type
from tracker.congress.supporters import Person, distinct
from tracker.ledger.as_of import NotKnownYet, shown
from tracker.ledger.models import Measure, Member
from tracker.pages.panels import seats_are_known
from tracker.pages.sight import Sight
from tracker.pages.support import support
from tracker.texts.lineage import predecessors


@dataclass(frozen=True, slots=True)
class Returning:
    """The supporters of `before`, sponsor included, against those of the measure shown.

    The four groups of those who are not back are told apart only where today's members are its Congress's (`told_apart`);
    else all of them stand in `absent`.
    """

    before: Measure
    others: int  # earlier ones besides, that are not compared
    supporters: int
    back: tuple[Person, ...]
    left_again: tuple[Person, ...]  # joined this one too, and withdrew
    absent: tuple[Person, ...]  # sit in the chamber and have not joined
    elsewhere: tuple[Person, ...]  # sit in the other chamber, and so cannot
    gone: tuple[Person, ...]  # sit in Congress no more
    new: tuple[Person, ...]
    told_apart: bool


def returning(sight: Sight) -> tuple[Returning | None, list[Measure]]:
    """Against its nearest predecessor in its own chamber, None without one; and those in the other chamber, if that is all.

    Supporters of a House measure cannot sign a Senate one, so no comparison is made of these.
    """
    clock, chamber = sight.clock, measure_type(sight.record.type).chamber
    found = predecessors(sight.measure, as_of=clock.as_of, on=clock.on)
    own = [each.measure for each in found if measure_type(each.measure.type).chamber == chamber]
    if not own:
        return None, [each.measure for each in found]
    try:
        record = shown(own[0], as_of=clock.as_of).record
    except NotKnownYet:
        return None, []
    then = support(record)
    supported = distinct([*then.sponsors, *(e.person for e in then.cosponsors if not e.withdrawn)])
    return _compared(sight, own[0], len(own) - 1, chamber, supported), []


def _compared(
    sight: Sight, before: Measure, others: int, chamber: str, supported: Sequence[Person]
) -> Returning:
    now = sight.support
    here = distinct([*now.sponsors, *(e.person for e in now.cosponsors if not e.withdrawn)])
    standing, left = _ids(here), _ids(e.person for e in now.cosponsors if e.withdrawn)
    missing = [who for who in supported if who.member not in standing and who.member not in left]
    places = _places(who.member for who in missing) if sight.clock.is_now and seats_are_known(sight) else None
    return Returning(
        before=before,
        others=others,
        supporters=len(supported),
        back=tuple(who for who in supported if who.member in standing),
        left_again=tuple(who for who in supported if who.member in left - standing),
        absent=tuple(who for who in missing if places is None or places.get(who.member) == chamber),
        elsewhere=tuple(
            who for who in missing if places is not None and places.get(who.member) not in (None, chamber)
        ),
        gone=tuple(who for who in missing if places is not None and places.get(who.member) is None),
        new=tuple(who for who in here if who.member not in _ids(supported)),
        told_apart=places is not None,
    )


def _ids(people: Iterable[Person]) -> set[str | None]:
    return {who.member for who in people}


def _places(members: Iterable[str | None]) -> dict[str | None, str] | None:
    """The chamber in which each of these sits today, for those who sit; None where no list of members is held. Two queries."""
    if not Member.objects.filter(sitting=True).exists():
        return None
    found = Member.objects.filter(pk__in=[member for member in members if member], sitting=True)
    return {pk: chamber for pk, chamber in found.values_list("pk", "chamber") if chamber}


def no_longer_sitting(sight: Sight) -> int:
    """How many who stand behind it now sit in its chamber no more: their names stay. Two queries; 0 where not known."""
    if not (sight.clock.is_now and seats_are_known(sight)):
        return 0
    now = sight.support
    ids = _ids([*now.sponsors, *(e.person for e in now.cosponsors if not e.withdrawn)]) - {None}
    places = _places(ids)
    chamber = measure_type(sight.record.type).chamber
    return 0 if places is None else sum(places.get(member) != chamber for member in ids)
