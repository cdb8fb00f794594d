"""When the official record takes over what staff had entered: the fields in which both differ, settled one by one.

The ledger cannot call the desk. So what is to be done is read off both at any time: a hand-entered measure that the desk holds
for public, and the ledger for official, has been taken over. `notice` finds these, from the beat and from every page of the
desk that shows them; each is one transaction, so that one killed in between is found again by the next.
"""

from __future__ import annotations

from collections.abc import Sequence

from django.db import transaction
from django.db.models import QuerySet
from django.utils import timezone

from tracker.congress.calendar import washington_day
from tracker.desk import acts, entries
from tracker.desk.entries import NOTE_LENGTH, WrongState, demand
from tracker.desk.fields import NotValid
from tracker.desk.hand_compare import Differing, differing
from tracker.desk.models import Difference, Entry, HandEntered, Kind, User
from tracker.desk.permissions import Right
from tracker.ledger.by_hand import last_by_hand, taken_over_by
from tracker.ledger.models import Document, Measure
from tracker.ledger.readings import record_of

State, Outcome = HandEntered.State, Difference.Outcome
SETTLED = (Outcome.RECORD, Outcome.DISPUTED, Outcome.BOTH)


def open_differences() -> QuerySet[Difference]:
    """The differences that nobody has settled yet, those of the measure taken over last first; each with its measure."""
    found = Difference.objects.filter(outcome=Outcome.OPEN).select_related("hand_entered")
    return found.order_by("-hand_entered__taken_over_at", "hand_entered_id", "id")


def notice() -> int:
    """Take note of what the record has taken over, and of what it agrees with by now; answers how many of both there were.

    Costs two queries where there is nothing new.
    """
    over = HandEntered.objects.filter(state=State.PUBLIC, measure__origin=Measure.Origin.OFFICIAL)
    taken = [_take_over(pk) for pk in over.values_list("pk", flat=True)]
    moved = HandEntered.objects.filter(state=State.TAKEN_OVER, differences__outcome=Outcome.OPEN).distinct()
    behind = [h.pk for h in moved.select_related("measure") if h.measure and _has_moved(h, h.measure)]
    return sum(taken) + sum(_refresh(pk) for pk in behind)


def _take_over(pk: int) -> bool:
    with transaction.atomic():
        hand = _locked(pk)
        if hand.state != State.PUBLIC or hand.measure is None:
            return False  # another worker was first
        ours, event = last_by_hand(hand.measure), taken_over_by(hand.measure)
        if ours is None or event is None or event.document_id is None:
            raise RuntimeError(f"{hand.key}: official, and the ledger does not say since when")
        theirs = Document.objects.get(pk=event.document_id)
        found = _compared(ours, theirs)
        Difference.objects.bulk_create(
            [
                Difference(hand_entered=hand, field=d.field[:200], ours=d.ours, theirs=d.theirs)
                for d in {d.field[:200]: d for d in found}.values()
            ]
        )
        hand.state, hand.taken_over_at, hand.compared_document = (
            State.TAKEN_OVER,
            event.observed_at,
            theirs.sha256,
        )
        hand.save(update_fields=["state", "taken_over_at", "compared_document"])
        acts.record(
            None,
            "take_over_measure",
            f"by_hand/{hand.pk}",
            f"The official record took over {hand.key}; {len(found)} fields differ",
            before={"document": ours.sha256},
            after={"document": theirs.sha256, "differ": [d.field for d in found]},
        )
    return True


def _refresh(pk: int) -> bool:
    """Hold what is still open against the record of today: what agrees by now is settled, what changed is shown as it is."""
    with transaction.atomic():
        hand = _locked(pk)
        if hand.measure is None or not _has_moved(hand, hand.measure):
            return False
        ours = last_by_hand(hand.measure)
        assert ours is not None  # else nothing had been taken over
        now_is = {d.field[:200]: d for d in _compared(ours, hand.measure.document)}
        for difference in hand.differences.filter(outcome=Outcome.OPEN):
            still = now_is.get(difference.field)
            if still is None:
                difference.outcome, difference.settled_at = Outcome.AGREED, timezone.now()
                summary = f"The record came to agree in {difference.field} of {hand.key}"
                acts.record(None, "settle_difference", f"by_hand/{hand.pk}", summary)
            else:
                difference.theirs = still.theirs
            difference.save(update_fields=["outcome", "settled_at", "theirs"])
        hand.compared_document = hand.measure.document_id
        hand.save(update_fields=["compared_document"])
    return True


def settle(difference: Difference, by: User, outcome: str, note: str = "") -> Difference:
    """Settle one field: the record is right, both are, or we dispute it. A dispute is a correction beside the record.

    The correction is an entry on the measure that begins with the note, and goes the way of every entry: readers see it when a
    second person has published it. Raises NotValid where a note is wanted, WrongState where somebody has settled it already.
    """
    demand(by, Right.SETTLE_MEASURE)
    if outcome not in SETTLED:
        raise NotValid(
            {"outcome": "Choose how to settle this: the record is right, both are right, or dispute it."}
        )
    said = entries.bounded(note, "note")
    if outcome != Outcome.RECORD and not said:
        raise NotValid({"note": _WANTED[Outcome(outcome)]})
    with transaction.atomic():
        found = Difference.objects.select_for_update(of=("self",)).select_related("hand_entered__measure")
        difference = found.get(pk=difference.pk)
        if difference.outcome != Outcome.OPEN:
            raise WrongState("Somebody has settled this meanwhile.")
        difference.outcome, difference.note = Outcome(outcome), said
        difference.settled_by, difference.settled_at = by, timezone.now()
        if outcome == Outcome.DISPUTED:
            difference.entry = _dispute(difference, by, said)
        difference.save()
        hand = difference.hand_entered
        acts.record(
            by,
            "settle_difference",
            f"by_hand/{hand.pk}",
            f"Settled {difference.field} of {hand.key}: {difference.get_outcome_display()}",
            before={"ours": difference.ours, "theirs": difference.theirs},
            after={"outcome": outcome, "note": said, "entry": difference.entry_id},
        )
    return difference


def settle_all(hand: HandEntered, by: User) -> int:
    """Say of everything that is still open that the record is right; answers how much that was."""
    with transaction.atomic():
        still = list(hand.differences.filter(outcome=Outcome.OPEN).order_by("id"))
        for difference in still:
            settle(difference, by, Outcome.RECORD)
    return len(still)


_WANTED = {
    Outcome.DISPUTED: f"Say what is right, and how that is known: readers see it beside the record. At most {NOTE_LENGTH:,} characters.",
    Outcome.BOTH: "Say how both can be right.",
}


def _dispute(difference: Difference, by: User, note: str) -> Entry:
    """The correction, as a draft."""
    entry = entries.start(by, Kind.CORRECTION, {"measure_id": difference.hand_entered.measure_id})
    title = f"{words_of(difference.field)}: the record and what we know differ"
    entries.save(entry, by, based_on=0, title=title, fields={"body": note})
    return entry


_PARTS = {
    "title": "Title",
    "introduced_on": "Day of introduction",
    "sponsors": "Sponsor",
    "cosponsors": "Cosponsor",
    "committees": "Committee",
    "actions": "Action",
}


def words_of(field: str) -> str:
    """A field as a page names it: "Cosponsor"."""
    part = field.partition("/")[0]
    return _PARTS.get(part, part.replace("_", " ").capitalize())


def _compared(ours: Document, theirs: Document) -> Sequence[Differing]:
    known_on = washington_day(ours.updated_at)
    assert known_on is not None  # the desk stamps what it publishes
    return differing(record_of(ours), record_of(theirs), known_on=known_on)


def _has_moved(hand: HandEntered, measure: Measure) -> bool:
    return bool(measure.document_id != hand.compared_document)


def _locked(pk: int) -> HandEntered:
    return HandEntered.objects.select_for_update(of=("self",)).select_related("measure__document").get(pk=pk)
