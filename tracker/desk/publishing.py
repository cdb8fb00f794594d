"""Publishing an entry, correcting it, withdrawing it: the copy that readers get, and its event in the one ledger.

All of it is one transaction under the ledger's lock, so that whatever kills the process, readers have the words and the
event, or neither.
"""

from __future__ import annotations

import hashlib
from datetime import datetime
from typing import Any

import msgspec
from django.core.exceptions import PermissionDenied
from django.db import transaction
from django.db.models import Subquery
from django.utils import timezone

from tracker.desk import acts, entries, kept_articles, kinds, rendering
from tracker.desk.entries import State, Step, WrongState
from tracker.desk.models import Entry, Kind, Publication, Review, Revision, User
from tracker.desk.permissions import Right, may
from tracker.ledger import beside, chain
from tracker.ledger.chain import PendingEvent
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import ChangeEvent

SOURCE = "desk"  # of the desk's own events
STARTER = "starter"  # of entries that came with Whereas: in the log, but no news

_STATE = {Publication.Act.PUBLISHED: State.PUBLISHED, Publication.Act.CORRECTED: State.CORRECTED}
_STEP = {Publication.Act.PUBLISHED: Step.PUBLISHED, Publication.Act.CORRECTED: Step.CORRECTED}
_KIND = {
    Publication.Act.PUBLISHED: ChangeEvent.Kind.ENTRY_PUBLISHED,
    Publication.Act.CORRECTED: ChangeEvent.Kind.ENTRY_CORRECTED,
    Publication.Act.WITHDRAWN: ChangeEvent.Kind.ENTRY_WITHDRAWN,
}


def publish(entry: Entry, by: User, *, version: int, note: str = "") -> Publication:
    """Show readers the newest revision of what they see nothing of yet (or no longer).

    It has to wait for a review, and whoever publishes must not have written in it; an admin alone may publish own work, and
    a draft, and the public log says so (`read_alone`). `version` is the revision that was read. Raises WrongState, Overtaken,
    NotValid, PermissionDenied.
    """
    entries.demand(by, Right.PUBLISH_ENTRY)
    return _show(entry, by, version, Publication.Act.PUBLISHED, why="", note=entries.bounded(note, "note"))


def correct(entry: Entry, by: User, *, version: int, why: str, note: str = "") -> Publication:
    """Show readers the newest revision in place of the one they see. `why` says to them what was corrected.

    The same rules as for `publish`.
    """
    entries.demand(by, Right.CORRECT_ENTRY)
    reason = entries.wanted(why, "why", "Say to readers what was corrected.")
    return _show(
        entry, by, version, Publication.Act.CORRECTED, why=reason, note=entries.bounded(note, "note")
    )


def withdraw(entry: Entry, by: User, *, why: str) -> Publication:
    """Take what readers see away. They see that it was withdrawn, when, and `why`. Its words are shown to them no more."""
    entries.demand(by, Right.WITHDRAW_ENTRY)
    reason = entries.wanted(why, "why", "Say to readers why it is withdrawn.")
    with transaction.atomic():
        chain.lock()
        entry = entries.locked(entry)
        failpoint("publishing")
        last = _last(entry)
        if last is None or entry.public_version is None:
            raise WrongState("Readers see nothing of it, so there is nothing to withdraw.")
        publication = _record(
            entry,
            Publication(
                act=Publication.Act.WITHDRAWN,
                revision_number=entry.public_version,
                why=reason,
                read_alone=False,
                starter=False,
            ),
            last,
            SOURCE,
            timezone.now(),
        )
        _leave(entry, publication, by, State.WITHDRAWN, Step.WITHDRAWN, reason, "withdraw_entry", "Withdrew")
    return publication


def publish_starter(entry: Entry, revision: Revision, *, now: datetime) -> Publication:
    """Show readers an entry that came with Whereas; in the caller's transaction, under the ledger's lock. It is no news."""
    words = entries.complete(entry, revision)
    shown = _copy(entry, revision, words, Publication.Act.PUBLISHED, read_alone=True, starter=True)
    publication = _record(entry, shown, None, STARTER, now)
    _leave(
        entry,
        publication,
        None,
        State.PUBLISHED,
        Step.PUBLISHED,
        "came with Whereas",
        "publish_entry",
        "Came with Whereas:",
    )
    return publication


def is_own_work(entry: Entry, by: User) -> bool:
    """Whether this account wrote in it since readers last saw it: then only an admin may publish it, and the public log says so."""
    return by.pk in entries.writers(entry)


def digest(publication: Publication) -> str:
    """SHA-256 over what readers were shown: canonical JSON of kind, title, fields and html. It stands in the event."""
    shown = {
        "kind": publication.kind,
        "title": publication.title,
        "fields": publication.fields,
        "html": publication.html,
    }
    return hashlib.sha256(msgspec.json.encode(shown, order="sorted")).hexdigest()


def _show(entry: Entry, by: User, version: int, act: Publication.Act, *, why: str, note: str) -> Publication:
    with transaction.atomic():
        chain.lock()
        entry = entries.locked(entry)
        failpoint("publishing")
        revision = entries.as_read(entry, version)
        last = _last(entry)
        _may_take_this_step(entry, act, by)
        alone = is_own_work(entry, by)
        if alone and not may(by, Right.PUBLISH_OWN_ALONE):
            raise PermissionDenied(
                "You wrote in it since it was last public, so somebody else has to publish it."
            )
        if entry.topic is not None and not entry.topic.is_public:
            raise WrongState("Its topic is not public yet: publish the topic first.")
        words = entries.complete(entry, revision)
        if revision is None:
            raise WrongState("Nothing has been written yet.")
        shown = _copy(entry, revision, words, act, read_alone=alone, starter=False)
        shown.why = why
        publication = _record(entry, shown, last, SOURCE, timezone.now())
        said = "\n\n".join(part for part in (why, note) if part)
        verb, words_ = (
            ("publish_entry", "Published")
            if act == Publication.Act.PUBLISHED
            else ("correct_entry", "Corrected")
        )
        _leave(entry, publication, by, _STATE[act], _STEP[act], said, verb, words_)
    return publication


def _may_take_this_step(entry: Entry, act: Publication.Act, by: User) -> None:
    if entry.state in (State.PUBLISHED, State.CORRECTED):
        raise WrongState("Readers see the newest revision already.")
    if act == Publication.Act.PUBLISHED and entry.public_version is not None:
        raise WrongState(
            "Readers see an earlier revision: publish this one as a correction, and say of what."
        )
    if act == Publication.Act.CORRECTED and entry.public_version is None:
        raise WrongState("Readers see nothing of it, so there is nothing to correct: publish it.")
    if entry.state != State.IN_REVIEW and not may(by, Right.PUBLISH_OWN_ALONE):
        raise WrongState("It does not wait for a review yet: its writer has to ask for one.")


def _copy(
    entry: Entry,
    revision: Revision,
    words: kinds.Words,
    act: Publication.Act,
    *,
    read_alone: bool,
    starter: bool,
) -> Publication:
    shown = kinds.public(words)
    return Publication(
        act=act,
        revision_number=revision.number,
        title=revision.title,
        fields=kinds.stored(shown),
        html=rendering.html(shown, entry.about) + "",  # plain text: safe is what was cleaned on reading
        read_alone=read_alone,
        starter=starter,
    )


def _record(
    entry: Entry, publication: Publication, last: Publication | None, source: str, now: datetime
) -> Publication:
    """Write the event and the publication that names it."""
    publication.entry = entry
    publication.number = 1 if last is None else last.number + 1
    publication.kind = entry.kind
    publication.measure_id, publication.member, publication.topic_id = (
        entry.measure_id,
        entry.member,
        entry.topic_id,
    )
    event = PendingEvent(
        entry.measure_id,
        _KIND[Publication.Act(publication.act)],
        f"entry/{entry.pk}",
        source,
        None,
        before=None if last is None else _told(last),
        after=_told(publication),
    )
    publication.event_id, publication.at = beside.append(event, now)
    failpoint("entry event written")
    publication.first_at = publication.at if last is None else last.first_at
    publication.save(force_insert=True)
    return publication


def _told(publication: Publication) -> dict[str, Any]:
    """What an event says of a publication. Events stay for good, so none of the words that can be taken away stand in one:
    neither a title nor a topic's name, only the digest of what was shown."""
    withdrawn = publication.act == Publication.Act.WITHDRAWN
    return {
        "entry": publication.entry_id,
        "number": publication.number,
        "kind": str(publication.kind),
        "about": publication.about,
        "read_alone": publication.read_alone,
        "why": publication.why or None,
        "digest": None if withdrawn else digest(publication),
    }


def _leave(
    entry: Entry,
    publication: Publication,
    by: User | None,
    state: Entry.State,
    step: Review.Step,
    note: str,
    verb: str,
    words: str,
) -> None:
    """Write where the entry stands now, the step, and the act."""
    before = {"state": entry.state, "public_version": entry.public_version}
    withdrawn = publication.act == Publication.Act.WITHDRAWN
    entry.state = state
    entry.public_version = None if withdrawn else publication.revision_number
    entry.read_at_event = _read_at(entry, publication) if entry.measure_id and not withdrawn else None
    entry.asked_at = entry.asked_by = None
    entry.changed_at = publication.at
    entry.save(
        update_fields=["state", "public_version", "read_at_event", "asked_at", "asked_by", "changed_at"]
    )
    entries.step(entry, step, by, publication.at, note, number=publication.revision_number)
    acts.record(
        by,
        verb,
        f"entry/{entry.pk}",
        f"{words} {entries.named(entry)}, revision {publication.revision_number}",
        before=before,
        after={
            "state": state,
            "public_version": entry.public_version,
            "event": publication.event_id,
            "read_alone": publication.read_alone,
        },
    )
    if entry.kind == Kind.PRESS_COVERAGE:
        transaction.on_commit(kept_articles.ring, robust=True)
    failpoint("before publish commit")


def _read_at(entry: Entry, publication: Publication) -> int:
    """The last event that these words can know of: what moved while they waited to be published came after they were saved."""
    saved = Revision.objects.filter(entry=entry, number=publication.revision_number).values("at")[:1]
    missed = ChangeEvent.objects.of_official_record().filter(
        measure=entry.measure_id, pk__lt=publication.event_id, observed_at__gt=Subquery(saved)
    )
    first = missed.order_by("id").values_list("pk", flat=True).first()
    return publication.event_id if first is None else first - 1


def _last(entry: Entry) -> Publication | None:
    return entry.publications.order_by("-number").first()
