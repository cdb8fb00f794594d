"""Where an entry stands, what this person may do with it next, and why not the rest. Asked by its page and its form."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from tracker.desk import entries
from tracker.desk.models import Entry, Review, User
from tracker.desk.permissions import Right, may

State = Entry.State


@dataclass(frozen=True, slots=True)
class Offer:
    """Which buttons an entry's page shows to one person. Each is held again by the function that it calls."""

    ask: bool = False
    take_back: bool = False
    send_back: bool = False
    publish: bool = False  # also a correction: `correcting` says which
    correcting: bool = False
    alone: bool = False  # it would be published without a second reader, and the public log would say so
    withdraw: bool = False
    confirm: bool = False
    correct: bool = False  # begin a new revision of what readers see
    why_not: tuple[str, ...] = ()  # what is not shown, and who can do it


@dataclass(frozen=True, slots=True)
class Station:
    """One station on an entry's way, for the track: how it is drawn, its name, and what is said beneath."""

    shape: str  # done, here, ended or empty
    name: str
    said: str
    at: datetime | None = None


def offer(entry: Entry, me: User) -> Offer:
    """What this person may do now. One query."""
    wrote = entries.writers(entry)
    own = me.pk in wrote
    alone = own and may(me, Right.PUBLISH_OWN_ALONE)
    written, public = entry.version > 0, entry.public_version is not None
    in_review, at_work = entry.state == State.IN_REVIEW, entry.state in (State.DRAFT, State.IN_REVIEW)
    may_publish = may(me, Right.PUBLISH_ENTRY) and (not own or alone)
    ready = in_review or (at_work and written and may(me, Right.PUBLISH_OWN_ALONE))
    why_not = []
    if at_work and written:
        if not may(me, Right.PUBLISH_ENTRY):
            why_not.append("Editors and admins publish; you write.")
        elif own and not alone:
            why_not.append("You wrote it, so someone else publishes it.")
        elif not ready:
            why_not.append("It is published once its writer has asked for a review.")
    if public and not may(me, Right.WITHDRAW_ENTRY):
        why_not.append("Editors and admins withdraw it, or confirm that it still holds.")
    return Offer(
        ask=at_work and written and not in_review,
        take_back=in_review and entries.may_take_back(entry, me, wrote),
        send_back=in_review and may(me, Right.REVIEW_ENTRY),
        publish=ready and may_publish,
        correcting=public,
        alone=alone,
        withdraw=public and may(me, Right.WITHDRAW_ENTRY),
        confirm=public and may(me, Right.REVIEW_ENTRY),
        correct=entry.state in (State.PUBLISHED, State.CORRECTED),
        why_not=tuple(why_not),
    )


def track(entry: Entry, steps: Iterable[Review]) -> list[Station]:
    """Draft, in review, published: which it has passed, and when. `steps` oldest first."""
    asked = last_published = withdrawn = None
    for step in steps:
        match step.step:
            case Review.Step.ASKED:
                asked = step
            case Review.Step.PUBLISHED | Review.Step.CORRECTED:
                last_published = step
            case Review.Step.WITHDRAWN:
                withdrawn = step
    writer = "came with Whereas" if entry.author is None else named(entry.author)
    if entry.state == State.DRAFT:
        first = Station("here", "Draft", writer, entry.changed_at)
    else:
        first = Station("done", "Draft", writer, entry.created_at)
    second = Station("", "In review", "a second person reads it")
    if entry.state == State.IN_REVIEW:
        asked_of = f"{named(entry.reviewer)} is asked" if entry.reviewer else "anyone who may is asked"
        second = Station("here", "In review", asked_of, entry.asked_at)
    elif entry.state != State.DRAFT and asked is not None:
        second = Station("done", "In review", f"asked by {named(asked.by)}", asked.at)
    elif entry.state != State.DRAFT:
        second = Station("done", "In review", "nobody was asked")
    if entry.state == State.WITHDRAWN and withdrawn is not None:
        return [first, second, Station("ended", "Withdrawn", f"by {named(withdrawn.by)}", withdrawn.at)]
    third = Station("", "Published", "needs a reader who did not write it")
    if entry.state in (State.PUBLISHED, State.CORRECTED) and last_published is not None:
        name = "Corrected" if entry.state == State.CORRECTED else "Published"
        third = Station("here", name, f"by {named(last_published.by)}", last_published.at)
    elif entry.public_version is not None:
        third = Station("", "Corrected", f"readers see revision {entry.public_version} meanwhile")
    return [first, second, third]


def named(person: User | None) -> str:
    """A colleague as the desk calls them; what has no writer came with Whereas."""
    return "Whereas" if person is None else person.called


def reviewers(entry: Entry) -> list[User]:
    """Who may be asked to read it, for a menu. Three queries."""
    return entries.second_readers(entry)
