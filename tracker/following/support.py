"""Who stands behind the measures of a mail, where names came or went: the total by party, and what the new names mean.

"19 cosponsors now: 12 Democrats, 7 Republicans. The 7th Republican to join."
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from tracker.congress.milestones import (
    Milestone,
    is_majority,
    majority_words,
    milestones,
    nth_to_join,
)
from tracker.congress.people import PARTIES, display_name, party_letter
from tracker.congress.supporters import Person, Supporter, voting
from tracker.ledger import told as told_of
from tracker.ledger.filters import either
from tracker.ledger.models import ChangeEvent, Cosponsorship, Measure, Sponsorship
from tracker.ledger.models.parts import Person as PersonRow

NAMED_AT_MOST = 4  # of those who were the first of their party


def support(events: Iterable[ChangeEvent]) -> dict[int, str]:
    """What to say of each measure in which these events have names come or go, by its key. Two queries, however many."""
    names = [event for event in events if event.kind.startswith("cosponsor_") and event.measure is not None]
    measures = {event.measure.pk: event.measure for event in names if event.measure is not None}
    if not measures:
        return {}
    sponsors, cosponsors = dict[int, list[Person]](), dict[int, list[Supporter]]()
    for row in Sponsorship.objects.filter(measure__in=measures).order_by("measure_id", "position"):
        sponsors.setdefault(row.measure_id, []).append(_person(row))
    for each in Cosponsorship.objects.filter(measure__in=measures).order_by("measure_id", "position"):
        cosponsors.setdefault(each.measure_id, []).append(
            Supporter(
                _person(each),
                each.joined_on,
                original=each.original,
                withdrawn_on=each.withdrawn_on,
                withdrawn=each.withdrawn_on is not None,
            )
        )
    return {
        pk: _said(
            measure,
            [event for event in names if event.measure_id == pk],
            sponsors.get(pk, []),
            cosponsors.get(pk, []),
        )
        for pk, measure in measures.items()
    }


def _person(row: PersonRow) -> Person:
    return Person(row.member, row.name or "", party_letter(row.party), row.state, row.district)


def _said(
    measure: Measure,
    events: Sequence[ChangeEvent],
    sponsors: Sequence[Person],
    cosponsors: Sequence[Supporter],
) -> str:
    chamber = measure.origin_chamber
    days = {event.occurred_on for event in events if event.occurred_on is not None}
    lately = [each for each in milestones(sponsors, cosponsors, chamber=chamber) if each.day in days]
    said = [_total(measure), *(_milestone(each, events) for each in lately)]
    if not lately:
        said.append(_nth(measure, events))
    signed = voting([*sponsors, *(each.person for each in cosponsors if not each.withdrawn)])
    if is_majority(chamber, len(signed)) and not any(each.kind == "majority" for each in lately):
        counts = any(not sponsor.is_delegate for sponsor in sponsors)
        said.append(f"{majority_words(chamber, sponsor_counts=counts)}.")
    return " ".join(filter(None, said))


def _total(measure: Measure) -> str:
    total = measure.cosponsor_count
    parties = sorted(measure.cosponsors_by_party.items(), key=lambda row: (-row[1], row[0]))
    split = ", ".join(
        f"{count} {PARTIES.get(party, party)}{'' if count == 1 else 's'}" for party, count in parties
    )
    if len(parties) == 1 and total > 1:
        split = f"all {PARTIES.get(parties[0][0], parties[0][0])}s"
    return f"{total} cosponsor{'' if total == 1 else 's'} now" + (f": {split}." if split else ".")


def _milestone(told: Milestone, events: Sequence[ChangeEvent]) -> str:
    """With the names of whom it is about, where the mail tells of several."""
    if told.is_threshold or len(events) == 1 or len(told.who) > NAMED_AT_MOST:
        return f"{told.words}."
    names = either(
        [str(told_of.Person(who.member, display_name(who.name), who.party, who.state)) for who in told.who],
        word="and",
    )
    return f"{told.words}: {names}."


def _nth(measure: Measure, events: Sequence[ChangeEvent]) -> str:
    """ "The 13th Republican to join.", of a single name; "" of several, of which none is the 13th."""
    if len(events) != 1 or events[0].kind != "cosponsor_added":
        return ""
    party = str((events[0].became or {}).get("party") or "")
    words = nth_to_join(party, measure.cosponsors_by_party.get(party, 0))
    return f"{words}." if words else ""
