"""Kin found by comparing texts, as staff settle them: confirmed, refused, or left as found."""

from __future__ import annotations

from django.db import transaction
from django.utils import timezone

from tracker.desk import acts
from tracker.desk.entries import demand
from tracker.desk.fields import NotValid
from tracker.desk.models import User
from tracker.desk.permissions import Right
from tracker.texts.models import Kin, KinQuerySet

_DONE = {
    Kin.State.CONFIRMED: "Confirmed that {} and {} are kin",
    Kin.State.REFUSED: "Refused that {} and {} are kin",
    Kin.State.FOUND: "Left open whether {} and {} are kin",
}


def pairs(state: str) -> KinQuerySet:
    """The pairs in this state: those nobody looked at begin with the doubtful, the others with what was settled last."""
    found = Kin.objects.filter(state=state).select_related("first", "second")
    if state == Kin.State.FOUND:
        return found.order_by("score", "pk")
    return found.order_by("-settled_at", "pk")


def settle(pk: int, by: User, outcome: str) -> Kin:
    """Confirm a pair, refuse it, or take that back. Readers see it at once, and no comparison undoes it.

    Raises NotValid for another outcome, PermissionDenied for a role that may not, Kin.DoesNotExist.
    """
    demand(by, Right.SETTLE_MEASURE)
    if outcome not in Kin.State.values:
        raise NotValid(
            {"outcome": "Choose whether the two are kin: confirm it, refuse it, or leave it open."}
        )
    with transaction.atomic():
        pair = Kin.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pk)
        before = pair.state
        if before == outcome:
            return pair
        pair.state = Kin.State(outcome)
        pair.settled_at = None if outcome == Kin.State.FOUND else timezone.now()
        pair.save(update_fields=["state", "settled_at"])
        names = [f"{each.citation} ({each.congress}th)" for each in (pair.first, pair.second)]
        summary = _DONE[Kin.State(outcome)].format(*names)
        acts.record(
            by, "settle_kin", f"kin/{pair.pk}", summary, before={"state": before}, after={"state": outcome}
        )
    return pair
