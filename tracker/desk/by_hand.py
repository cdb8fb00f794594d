"""The way of a measure entered by hand: start, save, publish, withdraw. What readers see of it comes out of `publish` alone.

    hand = by_hand.start(edith, {"citation": "S.Res. 599", "introduced_on": "2024-03-20", "title": …, "seen": [{…}]})
    by_hand.publish(hand, otis, version=1)
    by_hand.save(hand, edith, based_on=1, given={…, "actions": [{"on": "2024-04-10", "text": "…"}]})

Each function is one transaction with one act, and leaves `hand` as it found it: read it again. Whoever acts names the revision
that they read; where a newer one has been saved meanwhile, `Overtaken` is raised and nothing is written. `NotValid` holds a
sentence for each wrong field; `HeldHere` and `AlreadyEntered` say which measure is there already, and nothing is made.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import IntegrityError, transaction
from django.db.models import Exists, F, OuterRef, QuerySet, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from django.utils.text import slugify

from tracker.congress import calendar
from tracker.desk import acts, hand_fields
from tracker.desk.entries import WrongState, demand, wanted
from tracker.desk.hand_fields import HandFields
from tracker.desk.hand_record import document_of
from tracker.desk.models import HandEntered, HandEnteredPublication, HandEnteredRevision, User
from tracker.desk.permissions import Right, may
from tracker.ledger.by_hand import HeldAlready, held_elsewhere, publish_by_hand, withdraw_by_hand
from tracker.ledger.models import Measure, measure_pk

State, Shown = HandEntered.State, HandEnteredPublication.Act
WHY_LENGTH = 500


class Overtaken(Exception):
    """A newer revision has been saved than the one that was read; it is in `newest`."""

    def __init__(self, newest: HandEnteredRevision) -> None:
        super().__init__(f"{newest} is newer than the one you read")
        self.newest = newest


class HeldHere(Exception):
    """The measure is held already from another source than the staff."""

    def __init__(self, measure: Measure) -> None:
        super().__init__(f"{measure} is held already")
        self.measure = measure


class AlreadyEntered(Exception):
    """The measure has been entered by hand before; `hand` is that."""

    def __init__(self, hand: HandEntered) -> None:
        super().__init__(f"{hand} is entered already")
        self.hand = hand


def start(by: User, given: Mapping[str, Any]) -> HandEntered:
    """A measure entered, not public yet. Raises NotValid, HeldHere, AlreadyEntered."""
    demand(by, Right.ENTER_MEASURE)
    fields, now = hand_fields.read(given, today=calendar.today()), timezone.now()
    try:
        with transaction.atomic():
            _nobody_has(fields, but=None)
            hand = HandEntered.objects.create(by=by, created_at=now, changed_at=now, **_columns(fields))
            _revise(hand, fields, by, based_on=0, why="")
            _act(
                hand, by, "enter_measure", f"Entered {named(hand)} by hand", after=hand_fields.stored(fields)
            )
    except IntegrityError:  # somebody entered it in the same moment
        _nobody_has(fields, but=None)
        raise
    return hand


def save(
    hand: HandEntered, by: User, *, based_on: int, given: Mapping[str, Any], why: str = ""
) -> HandEnteredRevision:
    """Keep these words as its newest revision; what readers see stays as it is until that is published.

    Words that are the same as the newest revision's make no new one; that one is answered. Raises NotValid, Overtaken, HeldHere,
    AlreadyEntered, and WrongState where the official record has taken over.
    """
    demand(by, Right.ENTER_MEASURE)
    fields = hand_fields.read(given, today=calendar.today())
    remark = " ".join(why.split())[:WHY_LENGTH]
    with transaction.atomic():
        hand = _locked(hand)
        newest = _as_read(hand, based_on)
        _still_ours(hand)
        _same_measure(hand, fields)
        _nobody_has(fields, but=hand)
        if newest.fields == hand_fields.stored(fields):
            return newest
        revision = _revise(hand, fields, by, based_on=based_on, why=remark)
        before = hand_fields.opened(newest.fields)
        _act(
            hand,
            by,
            "save_measure",
            f"Saved revision {revision.number} of {named(hand)}",
            before=_changed(before, fields),
            after=_changed(fields, before) | {"version": revision.number, "why": remark},
        )
    return revision


def publish(hand: HandEntered, by: User, *, version: int) -> HandEnteredPublication:
    """Show readers its newest revision, which somebody else wrote. Of the Congress it becomes a measure of the ledger.

    Raises PermissionDenied for whoever wrote any of it since readers last saw it, unless that is an admin: then readers are told
    that nobody else read it. Raises Overtaken, WrongState, and HeldHere where the official record has come meanwhile.
    """
    demand(by, Right.PUBLISH_ENTRY)
    with transaction.atomic():
        hand, now = _locked(hand), timezone.now()
        revision = _as_read(hand, version)
        _still_ours(hand)
        if hand.state == State.PUBLIC and hand.public_version == version:
            raise WrongState("Readers see this already.")
        alone = by.pk in writers(hand)
        if alone and not may(by, Right.PUBLISH_OWN_ALONE):
            raise PermissionDenied("You wrote this: somebody else has to read and publish it.")
        fields = hand_fields.opened(revision.fields)
        document = _to_ledger(hand, fields, alone)
        act = Shown.REVISED if hand.state == State.PUBLIC else Shown.PUBLISHED
        shown = hand.publications.create(
            number=hand.publications.count() + 1,
            revision_number=revision.number,
            act=act,
            slug=hand.slug or "",
            fields=revision.fields,
            read_alone=alone,
            document=document,
            by=by,
            at=now,
        )
        hand.state, hand.public_version, hand.changed_at = State.PUBLIC, revision.number, now
        hand.save(update_fields=["state", "public_version", "changed_at", "measure"])
        summary = f"Published revision {version} of {named(hand)}"
        _act(
            hand,
            by,
            "publish_measure",
            f"{summary}, without a second reader" if alone else summary,
            after={"version": version, "read_alone": alone, "document": document},
        )
    return shown


def withdraw(hand: HandEntered, by: User, *, version: int, why: str) -> HandEntered:
    """Take it out of every list, with a reason that readers see. What was never public is given up: readers see nothing of it.

    Raises NotValid without a reason, Overtaken, WrongState, HeldHere.
    """
    demand(by, Right.WITHDRAW_ENTRY)
    reason = wanted(why, "why", "Say why, for whoever reads the page.")
    with transaction.atomic():
        hand, now = _locked(hand), timezone.now()
        _as_read(hand, version)
        _still_ours(hand)
        if hand.state == State.WITHDRAWN:
            raise WrongState("It is withdrawn already.")
        before = hand.state
        if hand.state == State.PUBLIC:
            document = ""
            if hand.measure is not None:
                try:
                    document = withdraw_by_hand(hand.measure, reason, now=now)
                except HeldAlready:
                    raise HeldHere(hand.measure) from None
            last = hand.publications.order_by("-number")[0]
            hand.publications.create(
                number=last.number + 1,
                revision_number=last.revision_number,
                act=Shown.WITHDRAWN,
                slug=last.slug,
                fields=last.fields,
                why=reason,
                document=document,
                by=by,
                at=now,
            )
        else:
            hand.key = hand.slug = None  # so that it can be entered anew
        hand.state, hand.changed_at = State.WITHDRAWN, now
        hand.save(update_fields=["state", "changed_at", "key", "slug"])
        _act(
            hand,
            by,
            "withdraw_measure",
            f"Withdrew {named(hand)}",
            before={"state": before},
            after={"state": hand.state, "why": reason},
        )
    return hand


def writers(hand: HandEntered) -> set[int]:
    """The accounts that wrote any revision since readers last saw one: none of them is its second reader."""
    seen = hand.publications.exclude(act=Shown.WITHDRAWN).order_by("-number").first()
    since = min(seen.revision_number, hand.version - 1) if seen else 0
    return set(hand.revisions.filter(number__gt=since).values_list("by_id", flat=True))


def waiting(me: User) -> QuerySet[HandEntered]:
    """Those whose newest words wait for a second reader, as this person may be: not what they have written in."""
    since = Coalesce(OuterRef("public_version"), Value(0))
    written = HandEnteredRevision.objects.filter(hand_entered=OuterRef("pk"), by=me, number__gt=since)
    found = HandEntered.objects.filter(~Exists(written), state__in=(State.DRAFT, State.PUBLIC))
    found = found.exclude(version=F("public_version"))
    return found if may(me, Right.PUBLISH_ENTRY) else found.none()


def named(hand: HandEntered) -> str:
    """ "118/sres/599", or "number 3 of another parliament": for the audit, which quotes nobody's words."""
    return hand.key or f"number {hand.pk}" + (" of another parliament" if hand.parliament else "")


def _columns(fields: HandFields) -> dict[str, Any]:
    """The columns of its row that its words decide."""
    return {
        "key": fields.key,
        "parliament": fields.parliament,
        "slug": _slug(fields) if fields.parliament else None,
        "citation": fields.citation,
        "title": fields.title,
    }


def _slug(fields: HandFields) -> str:
    """Its part of an address, which no other has."""
    base = slugify(f"{fields.parliament} {fields.citation}")[:70].strip("-") or "measure"
    taken = set(HandEntered.objects.filter(slug__startswith=base).values_list("slug", flat=True))
    return next(s for n in range(1, len(taken) + 2) if (s := base if n == 1 else f"{base}-{n}") not in taken)


def _revise(
    hand: HandEntered, fields: HandFields, by: User, *, based_on: int, why: str
) -> HandEnteredRevision:
    """Keep a revision and what its row shows of it. An address that readers may know already stays."""
    now = timezone.now()
    columns = _columns(fields)
    if hand.slug and (hand.public_version is not None or slugify(hand.citation) == slugify(fields.citation)):
        columns["slug"] = hand.slug
    for name, value in columns.items():
        setattr(hand, name, value)
    hand.version, hand.changed_at = hand.version + 1, now
    hand.save()
    return hand.revisions.create(
        number=hand.version,
        based_on=based_on,
        fields=hand_fields.stored(fields),
        why=why,
        by=by,
        at=now,
    )


def _to_ledger(hand: HandEntered, fields: HandFields, alone: bool) -> str:
    """Bring it into the ledger where it is of the Congress; answers the digest of its document, "" for another's."""
    if fields.identity is None:
        return ""
    try:
        digest = publish_by_hand(document_of(fields, read_alone=alone))
    except HeldAlready:
        raise HeldHere(Measure.every.get(pk=measure_pk(*fields.identity))) from None
    hand.measure_id = measure_pk(*fields.identity)
    return digest


def _locked(hand: HandEntered) -> HandEntered:
    return HandEntered.objects.select_for_update(of=("self",)).get(pk=hand.pk)


def _as_read(hand: HandEntered, number: int) -> HandEnteredRevision:
    newest: HandEnteredRevision = hand.revisions.get(number=hand.version)
    if number != hand.version:
        raise Overtaken(newest)
    return newest


def _still_ours(hand: HandEntered) -> None:
    if hand.state == State.TAKEN_OVER:
        raise WrongState("The official record has taken over. Dispute it beside the record, field by field.")


def _same_measure(hand: HandEntered, fields: HandFields) -> None:
    """What readers know under one address does not become another measure."""
    if hand.public_version is not None and (hand.key, bool(hand.parliament)) != (
        fields.key,
        bool(fields.parliament),
    ):
        words = "It is public under this citation. Withdraw it, and enter the other one anew."
        raise hand_fields.NotValid({"citation": words})


def _nobody_has(fields: HandFields, *, but: HandEntered | None) -> None:
    if fields.identity is not None:
        held = held_elsewhere(*fields.identity)
        if held is not None:
            raise HeldHere(held)
        others = HandEntered.objects.filter(key=fields.key)
    else:
        others = HandEntered.objects.filter(
            parliament__iexact=fields.parliament, citation__iexact=fields.citation
        ).exclude(slug=None)
    other = (others.exclude(pk=but.pk) if but else others).first()
    if other is not None:
        raise AlreadyEntered(other)


def _changed(one: HandFields, other: HandFields) -> dict[str, Any]:
    """The fields of `one` that are not as in `other`."""
    said, against = hand_fields.stored(one), hand_fields.stored(other)
    return {name: value for name, value in said.items() if against.get(name) != value}


def _act(hand: HandEntered, by: User, verb: str, summary: str, **states: Any) -> None:
    acts.record(by, verb, f"by_hand/{hand.pk}", summary, **states)
