"""The way of an entry, up to its publication: start, save, ask, take back, send back, note, confirm.

    entry = entries.start(cora, Kind.KEY_POINTS, {"measure_id": measure.pk})
    revision = entries.save(entry, cora, based_on=0, title="In plain words", fields={"points": [{"text": "It would …"}]})
    entries.ask(entry, cora, version=revision.number, reviewer=edith)
    publishing.publish(entry, edith, version=revision.number)

Each function is one transaction with one act, and leaves `entry` as it found it: read it again. Whoever acts on an entry
names the revision that they read (`based_on`, `version`); where a newer one has been saved meanwhile, `Overtaken` is raised
and nothing is written. `PermissionDenied` is raised where the account's role may not, `WrongState` where the entry has not
come or is past the step, `NotValid` where words are missing or wrong: all with sentences for whoever reads the page.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.utils import timezone

from tracker.desk import acts, kept_articles, kinds, mail, unsaved
from tracker.desk.fields import NotValid
from tracker.desk.models import Entry, Kind, Publication, Review, Revision, User
from tracker.desk.models.entries import Fields
from tracker.desk.permissions import MEANING, ROLES, Right, may
from tracker.ledger.models import ChangeEvent

NOTE_LENGTH = 5_000  # characters of a note, a reason, a remark on a change

State, Step = Entry.State, Review.Step


class Overtaken(Exception):
    """A newer revision has been saved than the one that was read; it is in `newest`."""

    def __init__(self, newest: Revision) -> None:
        super().__init__(f"{newest} is newer than the one you read")
        self.newest = newest


class WrongState(ValueError):
    """The entry cannot take this step from where it stands; the message says why and what to do."""


def start(by: User, kind: str, about: Mapping[str, Any]) -> Entry:
    """A new entry without words yet, in draft. `about` names one column: measure_id, member or topic_id."""
    demand(by, Right.WRITE_ENTRY)
    now = timezone.now()
    with transaction.atomic():
        entry = Entry.objects.create(
            kind=Kind(kind),
            author=by,
            created_at=now,
            changed_at=now,
            **{name: value for name, value in about.items() if value is not None},
        )
        _act(entry, by, "start_entry", f"Started {named(entry)}")
    return entry


def save(
    entry: Entry,
    by: User,
    *,
    based_on: int,
    title: str,
    fields: Mapping[str, Any],
    why: str = "",
    read: str | None = None,
) -> Revision:
    """Keep these words as the entry's newest revision, which is a draft. `based_on`: the revision they were written from.

    Words that are the same as the newest revision's make no new one; that one is answered. What the writer had not saved is
    dropped, but for what another tab of theirs kept since (`read`: see `unsaved.keep`). An entry that waits for a review is
    taken back by it; what is public stays as it is until a correction is published. Raises NotValid with the errors by field, Overtaken.
    """
    demand(by, Right.WRITE_ENTRY)
    line, words = _read(entry.kind, title, fields)
    remark = bounded(why, "why")
    with transaction.atomic():
        entry, now = locked(entry), timezone.now()
        newest = as_read(entry, based_on)
        unsaved.drop(entry, by, read=read, title=title, fields=fields)
        kept = kinds.stored(words)
        if newest is not None and (newest.title, _as_now(entry.kind, newest)) == (line, kept):
            return newest
        revision = Revision.objects.create(
            entry=entry,
            number=entry.version + 1,
            based_on=based_on,
            title=line,
            fields=kept,
            why=remark,
            by=by,
            at=now,
        )
        if entry.state == State.IN_REVIEW:
            step(entry, Step.TAKEN_BACK, by, now, "by changing it")
        _to(entry, State.DRAFT, now, version=revision.number)
        _act(
            entry,
            by,
            "save_entry",
            f"Saved revision {revision.number} of {named(entry)}",
            before={"version": based_on},
            after={"version": revision.number, "why": remark},
        )
        if entry.kind == Kind.PRESS_COVERAGE:
            transaction.on_commit(kept_articles.ring, robust=True)
    return revision


def ask(entry: Entry, by: User, *, version: int, reviewer: User | None = None, note: str = "") -> Entry:
    """Ask a second person to read the newest revision: this colleague, or whoever may. Whoever is asked is mailed.

    Raises NotValid where anything is missing, by its field, or the colleague may not publish it.
    """
    demand(by, Right.WRITE_ENTRY)
    said = bounded(note, "note")
    with transaction.atomic():
        entry, now = locked(entry), timezone.now()
        revision = as_read(entry, version)
        if entry.state in (State.PUBLISHED, State.CORRECTED):
            raise WrongState("There is nothing new to review: readers see the newest revision already.")
        if entry.state == State.IN_REVIEW and entry.reviewer == reviewer:
            raise WrongState("It waits for a review already.")
        complete(entry, revision)
        if reviewer is not None and not may(reviewer, Right.PUBLISH_ENTRY):
            raise NotValid({"reviewer": "Choose an editor or an admin: a contributor cannot publish it."})
        if reviewer is not None and reviewer.pk in writers(entry):
            raise NotValid(
                {"reviewer": "Choose somebody who has not written in it since it was last public."}
            )
        before = entry.state
        _to(entry, State.IN_REVIEW, now, reviewer=reviewer, asked_at=now, asked_by=by)
        step(entry, Step.ASKED, by, now, said)
        _act(
            entry,
            by,
            "ask_review",
            f"Asked for a review of {named(entry)}, revision {version}",
            before={"state": before},
            after={"state": entry.state, "reviewer": acts.account(reviewer) if reviewer else None},
        )
        asked = second_readers(entry) if reviewer is None else [reviewer]
        mail.asked_to_review(entry, by, asked, said)
    return entry


def take_back(entry: Entry, by: User, *, note: str = "") -> Entry:
    """Make a draft of what waits for a review: for whoever wrote in it or asked, and for those who may send it back."""
    demand(by, Right.WRITE_ENTRY)
    if not may_take_back(entry, by, writers(entry)):
        raise PermissionDenied("Whoever wrote it or asked for the review takes it back, or an editor.")
    return _out_of_review(entry, by, Step.TAKEN_BACK, bounded(note, "note"))


def send_back(entry: Entry, by: User, *, version: int, why: str) -> Entry:
    """Give what waits for a review back to its writer, with a reason. The author and whoever asked are mailed."""
    demand(by, Right.REVIEW_ENTRY)
    reason = wanted(why, "why", "Say what has to change before it can be published.")
    return _out_of_review(entry, by, Step.SENT_BACK, reason, version=version)


def note(entry: Entry, by: User, text: str) -> Review:
    """Leave a note beside the newest revision, for the desk alone."""
    demand(by, Right.SEE_PRIVATE_NOTES)
    said = wanted(text, "note", "Write the note.")
    with transaction.atomic():
        entry = locked(entry)
        left = step(entry, Step.NOTED, by, timezone.now(), said)
        _act(entry, by, "note_entry", f"Left a note on {named(entry)}")
    return left


def confirm(entry: Entry, by: User, *, version: int, event: int | None = None, note: str = "") -> Entry:
    """Say that what readers see still holds after the record has changed. Readers are told nothing new.

    `version` is the revision that readers see; `event` the measure's last event that whoever confirms had before them (None:
    the last there is). What came after it was not read, and stays to be looked at. Raises WrongState for another's event.
    """
    demand(by, Right.REVIEW_ENTRY)
    said = bounded(note, "note")
    with transaction.atomic():
        entry, now = locked(entry), timezone.now()
        if entry.public_version is None:
            raise WrongState("Readers see nothing of it, so there is nothing to confirm.")
        if entry.public_version != version:
            raise Overtaken(entry.revisions.get(number=entry.public_version))
        before = entry.read_at_event
        if entry.measure is not None:
            known = entry.measure.last_event if event is None else event
            if event is not None and not ChangeEvent.objects.filter(pk=event, measure=entry.measure).exists():
                raise WrongState(
                    "It was not said up to which change you have read the record. Read it again, and confirm it here."
                )
            entry.read_at_event = max(known, before or 0)
        entry.changed_at = now
        entry.save(update_fields=["read_at_event", "changed_at"])
        step(entry, Step.CONFIRMED, by, now, said, number=entry.public_version)
        _act(
            entry,
            by,
            "confirm_entry",
            f"Confirmed {named(entry)}, revision {entry.public_version}",
            before={"read_at_event": before},
            after={"read_at_event": entry.read_at_event},
        )
    return entry


# What these and `tracker.desk.publishing` share


def demand(by: User, right: Right) -> None:
    """Raise PermissionDenied where this account may not: behind every door there is this one."""
    if not may(by, right):
        raise PermissionDenied(f"Your account may not {MEANING[right].split(';')[0]}.")


def locked(entry: Entry) -> Entry:
    """The entry's row as it is now, kept from others until this transaction ends."""
    return Entry.objects.select_for_update(of=("self",)).select_related("measure", "topic").get(pk=entry.pk)


def writers(entry: Entry) -> set[int]:
    """The accounts that wrote any revision since readers last saw one: none of them is its second reader."""
    seen = entry.publications.exclude(act=Publication.Act.WITHDRAWN).order_by("-id").first()
    since = min(seen.revision_number, entry.version - 1) if seen else 0
    found = entry.revisions.filter(number__gt=since).values_list("by_id", flat=True)
    return {pk for pk in found if pk is not None}


def second_readers(entry: Entry) -> list[User]:
    """Who may be asked to read it: whoever may publish and has not written in it since it was last public. Three queries."""
    wrote = writers(entry)
    able = User.objects.filter(is_active=True, role__in=ROLES[Right.PUBLISH_ENTRY]).order_by("name", "email")
    return [person for person in able if person.pk not in wrote]


def may_take_back(entry: Entry, by: User, wrote: Collection[int]) -> bool:
    """Whether this account may end the review that others were asked for; `wrote` are the entry's `writers`."""
    return by.pk in wrote or by.pk == entry.asked_by_id or may(by, Right.REVIEW_ENTRY)


def complete(entry: Entry, revision: Revision | None) -> kinds.Words:
    """The revision's words. Raises NotValid, by field, where there are none or something is missing."""
    if revision is None:
        raise NotValid({"title": "Nothing has been written yet."})
    words = kinds.words(entry.kind, revision.fields)
    lacks = kinds.missing(words, title=revision.title)
    if isinstance(words, kinds.Correction) and words.of is not None:
        others = Publication.objects.standing().filter(entry=words.of, measure=entry.measure_id)
        if not others.filter(member=entry.member, topic=entry.topic_id).exists():
            lacks["of"] = "Choose an entry about the same that readers see, or none."
    if lacks:
        raise NotValid(lacks)
    return words


def step(
    entry: Entry,
    what: Review.Step,
    by: User | None,
    at: datetime,
    note: str = "",
    *,
    number: int | None = None,
) -> Review:
    """Write down a step on the entry's way, in the caller's transaction."""
    revision = entry.version if number is None else number
    return entry.steps.create(revision_number=revision, step=what, note=note, by=by, at=at)


def named(entry: Entry) -> str:
    """ "key points 17 on 119/sres/145": for the audit, which names no titles."""
    return f"{entry.get_kind_display().lower()} {entry.pk} on {entry.about}"


def bounded(text: str, name: str) -> str:
    """A note or reason as it is kept. Raises NotValid where it is too long."""
    trimmed = text.replace("\0", "").replace("\r\n", "\n").strip()
    if len(trimmed) > NOTE_LENGTH:
        raise NotValid({name: f"This is {len(trimmed):,} characters long; at most {NOTE_LENGTH:,} are kept."})
    return trimmed


def wanted(text: str, name: str, sentence: str) -> str:
    """The same for what must not be empty. Raises NotValid with this sentence."""
    trimmed = bounded(text, name)
    if not trimmed:
        raise NotValid({name: sentence})
    return trimmed


def _read(kind: str, title: str, fields: Mapping[str, Any]) -> tuple[str, kinds.Words]:
    """Title and words, with the errors of both at once."""
    errors: dict[str, str] = {}
    line, words = "", None
    try:
        line = kinds.read_title(title)
    except NotValid as wrong:
        errors |= wrong.errors
    try:
        words = kinds.read(kind, fields)
    except NotValid as wrong:
        errors |= wrong.errors
    if errors or words is None:
        raise NotValid(errors)
    return line, words


def _as_now(kind: str, revision: Revision) -> Fields:
    """A revision's fields as they would be kept now: one that an earlier release kept may lack a field."""
    return kinds.stored(kinds.words(kind, revision.fields))


def as_read(entry: Entry, version: int) -> Revision | None:
    """The newest revision; None where there is none. Raises Overtaken where it is not the one that was read."""
    newest = entry.revisions.filter(number=entry.version).first()
    if version != entry.version:
        if newest is None:
            raise WrongState("Nothing has been written yet.")
        raise Overtaken(newest)
    return newest


def _out_of_review(
    entry: Entry, by: User, what: Review.Step, note: str, *, version: int | None = None
) -> Entry:
    with transaction.atomic():
        entry, now = locked(entry), timezone.now()
        if version is not None:
            as_read(entry, version)
        if entry.state != State.IN_REVIEW:
            raise WrongState("It does not wait for a review.")
        step(entry, what, by, now, note)
        if what == Step.SENT_BACK:
            mail.sent_back(entry, by, note)
            verb, words = "send_back", "Sent back"
        else:
            verb, words = "take_back", "Took back"
        _to(entry, State.DRAFT, now)
        _act(
            entry,
            by,
            verb,
            f"{words} {named(entry)}, revision {entry.version}",
            before={"state": State.IN_REVIEW},
            after={"state": entry.state, "note": note},
        )
    return entry


def _to(entry: Entry, state: Entry.State, now: datetime, **also: Any) -> None:
    """Bring the entry into a state. Whoever was asked to read it is remembered, to be asked again."""
    columns = {"state": state, "changed_at": now, "asked_at": None, "asked_by": None} | also
    for name, value in columns.items():
        setattr(entry, name, value)
    entry.save(update_fields=list(columns))


def _act(
    entry: Entry, by: User | None, verb: str, summary: str, *, before: Any = None, after: Any = None
) -> None:
    acts.record(by, verb, f"entry/{entry.pk}", summary, before=before, after=after)
