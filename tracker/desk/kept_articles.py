"""Articles that staff keep with press coverage, held against the record again whenever it moves.

Each check remembers the last event, and the newest vote, of every measure that its article names: that is its cursor in the
ledger. What has moved beyond it is checked again by the worker (`look_again`), and where a verdict changed, the statement, both
verdicts and the event that made the difference are kept for the desk, and whoever keeps the article is mailed. So nothing is
lost by a crash and nothing is told twice: check and differences are written in one transaction.

A new release that reads articles otherwise makes no differences: what it alone changes is stored without a word.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import msgspec
import structlog
from django.db import transaction
from django.db.models import Exists, F, Max, OuterRef, Q, QuerySet, Subquery, Value
from django.db.models.functions import Coalesce
from django.utils import timezone
from kombu.exceptions import OperationalError

from tracker.congress.calendar import valid_day
from tracker.desk import kinds, mail
from tracker.desk.models import ArticleCheck, Care, CitedMeasure, Entry, Kind, MovedClaim, Revision, User
from tracker.ledger import chain
from tracker.ledger.failpoints import failpoint
from tracker.ledger.models import ChangeEvent, Measure, RollCall, measure_pk
from tracker.ledger.vote_rows import newest_revision
from tracker.press import check as press_check
from tracker.press.check import check
from tracker.press.result import CheckResult, Claim
from tracker.press.telling import VERDICTS, record_told
from tracker.texts.models import MeasureText

log = structlog.get_logger("tracker.desk")

AT_ONCE = 100  # articles that one ring checks; the next ring, a minute later, goes on
DISAGREES = ("false", "outgrown")

_MOVED_BY = {  # kinds of events that move each kind of statement; any other where none of these came
    "cosponsor": ("cosponsor_added", "cosponsor_withdrawn", "cosponsor_removed"),
    "cosponsor_count": ("cosponsor_added", "cosponsor_withdrawn", "cosponsor_removed"),
    "sponsor": ("sponsor_changed",),
    "status": ("status_changed", "became_law", "action_added", "action_edited", "action_removed"),
    "action_on": ("action_added", "action_edited", "action_removed", "status_changed"),
    "chamber": ("action_added", "action_edited", "action_removed", "status_changed"),
    "vote": ("vote_recorded", "action_added", "action_edited"),
    "committee": ("committee_activity_added", "committee_activity_removed"),
    "title": ("title_changed",),
}


@dataclass(frozen=True, slots=True)
class _Words:
    """The article of one revision: its text, its day, and a digest of both."""

    revision: int
    text: str
    on: str
    called: str

    @property
    def digest(self) -> str:
        return hashlib.sha256(f"{self.on}\n{self.text}".encode()).hexdigest()


@dataclass(frozen=True, slots=True)
class _Marks:
    """Where ledger and votes ended before an article was checked: what came while it was is looked at by the next check."""

    event: int
    vote: int
    at: datetime


def ring() -> None:
    """Ring for a worker. A broker that is away costs a minute: then the sweep checks what is due."""
    from tracker.desk.tasks import check_articles

    try:
        check_articles.delay()
    except OperationalError as error:
        log.warning("nobody was rung to check articles: the broker is away", error=str(error))


def look_again(limit: int = AT_ONCE) -> int:
    """Check every article that was not checked as it stands, or whose measures moved since; how many. Safe to run twice, late,
    or beside itself. One query where nothing is due."""
    due = list(_due().values_list("pk", flat=True)[:limit])
    for pk in due:
        _look_at(pk)
    return len(due)


def _due() -> QuerySet[Entry]:
    checked = ArticleCheck.objects.filter(entry=OuterRef("pk"))
    text_came = MeasureText.objects.held().filter(
        measure_id=OuterRef("measure"), held_at__gt=OuterRef("check_of__at")
    )
    newest = RollCall.objects.filter(measure_id=OuterRef("measure")).order_by().values("measure_id")
    moved = (
        CitedMeasure.objects.filter(check_of=OuterRef("pk"))
        .annotate(
            event_now=Coalesce(
                Subquery(Measure.every.filter(pk=OuterRef("measure")).values("last_event")[:1]), Value(0)
            ),
            votes_now=Coalesce(Subquery(newest.annotate(n=Max("revision")).values("n")), Value(0)),
        )
        .filter(~Q(event=F("event_now")) | ~Q(votes=F("votes_now")) | Exists(text_came))
    )
    return (
        Entry.objects.filter(kind=Kind.PRESS_COVERAGE, version__gt=0)
        .annotate(watched=Coalesce("public_version", "version"))
        .filter(~Exists(checked.filter(revision_number=OuterRef("watched"), rules=_rules())) | Exists(moved))
        .order_by("changed_at", "pk")
    )


def _look_at(pk: int) -> None:
    """Check the article of one entry, and write what became of its statements."""
    marks = _Marks(chain.head().count, newest_revision(), timezone.now())
    entry = Entry.objects.get(pk=pk)
    words = _words(entry)
    result, error = None, ""
    if words.text:
        try:
            result = check(words.text, valid_day(words.on))
        except Exception as problem:
            # whatever one article does to the check, the others are to be checked all the same
            log.exception("an article could not be checked", entry=pk)
            error = mail.one_line(f"{type(problem).__name__}: {problem}")
    with transaction.atomic():
        entry = Entry.objects.select_for_update(of=("self",)).get(pk=pk)
        if _words(entry) != words:
            return  # it was saved or published meanwhile, and is due again
        held = ArticleCheck.objects.filter(entry=entry).first()
        if held is not None and held.at > marks.at:
            return  # another worker has checked it on a newer record
        before = None if held is None else opened(held.result)
        same_words = held is not None and held.words == words.digest
        if held is not None and not same_words:
            _settle_of_old_words(entry, marks.at)
        events = {} if held is None else dict(held.cited.values_list("measure", "event"))
        if before is not None and result is not None and same_words:
            tell = held is not None and (held.rules == _rules() or _has_moved(events))
            _compare(entry, words, before, result, events, marks, tell=tell)
        _store(entry, words, result, error, held, marks)
        failpoint("before article commit")


def _words(entry: Entry) -> _Words:
    """The article as readers' page is drawn from it; as it was written last where they see nothing."""
    watched = entry.version if entry.public_version is None else entry.public_version
    revision = Revision.objects.get(entry=entry, number=watched)
    made = kinds.words(entry.kind, revision.fields)
    assert isinstance(made, kinds.PressCoverage), "only press coverage is asked for"
    return _Words(watched, made.article, made.on, made.headline or revision.title or "an article")


def _store(
    entry: Entry,
    words: _Words,
    result: CheckResult | None,
    error: str,
    held: ArticleCheck | None,
    marks: _Marks,
) -> None:
    found = None if result is None else msgspec.to_builtins(result)
    same = held is not None and held.result == msgspec.json.decode(msgspec.json.encode(found))
    changed_at = held.changed_at if held is not None and same else timezone.now()
    row, _ = ArticleCheck.objects.update_or_create(
        entry=entry,
        defaults={
            "revision_number": words.revision,
            "words": words.digest,
            "length": len(words.text),
            "result": found,
            "rules": _rules(),
            "at": marks.at,
            "changed_at": changed_at,
            "error": error,
        },
    )
    row.cited.all().delete()
    CitedMeasure.objects.bulk_create(_cited(row, _named(entry, result) if words.text else [], marks))


def _named(entry: Entry, result: CheckResult | None) -> list[int]:
    """The row ids of the measures to watch: the one that the entry is about, and all that the article names."""
    about = [] if entry.measure_id is None else [entry.measure_id]
    named = [] if result is None else [cited.measure for cited in result.measures if cited.measure]
    return list(dict.fromkeys([*about, *map(row_id, named)]))


def row_id(key: str) -> int:
    """The row id of "119/sres/145"."""
    congress, type_, number = key.split("/")
    return measure_pk(int(congress), type_, int(number))


def _cited(row: ArticleCheck, pks: list[int], marks: _Marks) -> list[CitedMeasure]:
    """Each with how far its record had come: no further than what the check can have read."""
    events = dict(Measure.every.filter(pk__in=pks).values_list("pk", "last_event"))
    called = RollCall.objects.filter(measure_id__in=pks).order_by().values_list("measure_id")
    votes = dict(called.annotate(Max("revision")))
    return [
        CitedMeasure(
            check_of=row,
            measure=pk,
            event=min(events.get(pk, 0), marks.event),
            votes=min(votes.get(pk, 0), marks.vote),
        )
        for pk in pks
    ]


def _has_moved(events: Mapping[int, int]) -> bool:
    now = dict(Measure.every.filter(pk__in=list(events)).values_list("pk", "last_event"))
    return any(now.get(pk, 0) != event for pk, event in events.items())


# What became of each statement


def moved(before: CheckResult, after: CheckResult) -> list[tuple[Claim | None, Claim]]:
    """The statements of one text whose verdict is another by the later check, where the desk has to know: those that the record
    disagrees with now and did not, or did and does no more. None: the earlier check read no statement there."""
    was = {_key(claim): claim for claim in before.claims}
    found: list[tuple[Claim | None, Claim]] = []
    for claim in after.claims:
        old = was.get(_key(claim))
        verdict = "" if old is None else old.verdict
        if (
            claim.measure
            and verdict != claim.verdict
            and (claim.verdict in DISAGREES or verdict in DISAGREES)
        ):
            found.append((old, claim))
    return found


def _key(claim: Claim) -> tuple[str, str | None, int, str]:
    return claim.kind, claim.measure, claim.at[0], claim.quote


def _compare(
    entry: Entry,
    words: _Words,
    before: CheckResult,
    after: CheckResult,
    events: Mapping[int, int],
    marks: _Marks,
    *,
    tell: bool,
) -> None:
    """Bring what is open up to the newest check, and add what moved since the one before."""
    now = {_key(claim): claim for claim in after.claims}
    looked_at = set()
    for row in entry.moved_claims.filter(outcome=MovedClaim.Outcome.OPEN):
        key = (row.kind, row.measure, row.place, row.quote)
        claim = now.get(key)
        if claim is None or claim.verdict == (row.before or {}).get("verdict"):
            row.outcome, row.settled_at = MovedClaim.Outcome.BACK, marks.at
        else:
            row.after = _told(claim)
        looked_at.add(key)
        row.save(update_fields=["outcome", "settled_at", "after"])
    if not tell:
        return
    news = [(old, claim) for old, claim in moved(before, after) if _key(claim) not in looked_at]
    if not news:
        return
    for old, claim in news:
        row = entry.moved_claims.create(
            kind=claim.kind,
            measure=claim.measure or "",  # `moved` passes over a statement about none
            quote=claim.quote,
            place=claim.at[0],
            before=None if old is None else _told(old),
            after=_told(claim),
            event=_event(claim, events),
            since=marks.at,
        )
    lines = [_lines(old, claim) for old, claim in news]
    mail.article_moved(entry, f"“{words.called}”", lines, f"article:{entry.pk}:{row.pk}", _keeper(entry))


def _settle_of_old_words(entry: Entry, at: datetime) -> None:
    entry.moved_claims.filter(outcome=MovedClaim.Outcome.OPEN).update(
        outcome=MovedClaim.Outcome.REWORDED, settled_at=at
    )


def _event(claim: Claim, events: Mapping[int, int]) -> ChangeEvent | None:
    """The event that moved this statement: the last of its kind since the check before, else the last of its measure."""
    pk = row_id(claim.measure or "")
    since = ChangeEvent.objects.of_official_record().filter(measure=pk, pk__gt=events.get(pk, 0))
    of_kind = since.filter(kind__in=_MOVED_BY.get(claim.kind, ()))
    return of_kind.order_by("-id").first() or since.order_by("-id").first()


def _told(claim: Claim) -> dict[str, Any]:
    return {"verdict": claim.verdict, "record": record_told(claim), "note": claim.note or ""}


def _lines(old: Claim | None, claim: Claim) -> str:
    """A moved statement as a mail tells it."""
    was = "not read as a statement" if old is None else _said(old)
    return f"“{mail.one_line(claim.quote)}” ({measure_words(claim.measure)})\n  was: {was}\n  is:  {_said(claim)}"


def _said(claim: Claim) -> str:
    told = record_told(claim)
    return f"{VERDICTS[claim.verdict][0].lower()}{f' ({told})' if told else ''}"


def measure_words(key: str | None) -> str:
    """ "S.Res. 145" of "119/sres/145"."""
    congress, type_, number = (key or "0/sres/0").split("/")
    return Measure(congress=int(congress), type=type_, number=int(number)).citation


def _keeper(entry: Entry) -> User | None:
    """Who is to hear of it: whoever began the entry; once they are gone, whoever looks after its measure."""
    if entry.author is not None and entry.author.is_active:
        return entry.author
    care = Care.objects.filter(measure=entry.measure_id).select_related("assigned_to").first()
    return None if care is None else care.assigned_to


# What is stored


def opened(result: Any) -> CheckResult | None:
    """A stored result; None where there is none, or an earlier release stored it in another shape."""
    if result is None:
        return None
    try:
        return msgspec.convert(result, CheckResult)
    except msgspec.ValidationError:
        return None


@cache
def _rules() -> str:
    """A digest of the code that reads articles: another release may judge the same words and record otherwise."""
    room = Path(press_check.__file__).parent
    digest = hashlib.blake2b(digest_size=8)
    for module in sorted([*room.glob("*.py"), *(room.parent / "congress").glob("*.py")]):
        digest.update(module.read_bytes())
    return digest.hexdigest()
