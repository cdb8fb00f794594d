"""What is known of the sources themselves, and what is due: the database is the queue, the broker only rings."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime, timedelta

from django.db import models
from django.db.models import Q
from django.utils import timezone


class SourceQuerySet(models.QuerySet["Source"]):
    def claim(self, name: str, not_since: datetime, now: datetime) -> bool:
        """Take the turn to poll: True for one caller alone, unless the source was polled since `not_since`.

        A turn that was taken later than now is none: the clock was set back since.
        """
        self.get_or_create(name=name)
        free = self.filter(Q(polled_at=None) | Q(polled_at__lte=not_since) | Q(polled_at__gt=now), name=name)
        return free.update(polled_at=now) == 1


class Source(models.Model):
    """The health of one source; the only row that a quiet poll writes."""

    name = models.CharField(max_length=20, primary_key=True)  # govinfo, congress.gov, legislators
    polled_at = models.DateTimeField(null=True)  # when a worker last took the turn to poll
    asked_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)  # last success
    changed_at = models.DateTimeField(null=True)  # last time it had news
    failing_since = models.DateTimeField(null=True)
    error = models.TextField(null=True)  # one line: which check failed, where; null: the last answer was good
    failures = models.IntegerField(default=0)  # in a row
    rests_until = models.DateTimeField(null=True)
    rest_asked_for = models.BooleanField(default=False)  # by the source (Retry-After), not of our own accord
    stale_answers = models.IntegerField(default=0)  # documents older than the one held, not taken
    refused_answers = models.IntegerField(default=0)  # bodies that failed a check, not taken
    marks = models.JSONField(
        default=dict
    )  # what it said last time, to ask "what changed since": validators and stamps

    objects = SourceQuerySet.as_manager()


class FolderQuerySet(models.QuerySet["Folder"]):
    def note_absent(self, keys: Iterable[tuple[int, str]], now: datetime) -> None:
        """The source has no such folder: no measure of that type yet in that Congress. Noted once, until one is loaded."""
        for congress, type in keys:
            self.get_or_create(congress=congress, type=type)
            self.filter(congress=congress, type=type, loaded_at=None, absent_since=None).update(
                absent_since=now
            )


class Folder(models.Model):
    """One Congress's measures of one type at GovInfo: how far its first load is, and the listing's stamp taken last."""

    objects = FolderQuerySet.as_manager()

    pk = models.CompositePrimaryKey("congress", "type")
    congress = models.IntegerField()
    type = models.CharField(max_length=7)
    mark = models.TextField(null=True)  # lastmod of its sitemap that was worked off
    loaded_at = models.DateTimeField(null=True)  # held whole since; null: not yet
    absent_since = models.DateTimeField(
        null=True
    )  # the source has none, as seen first; null: it has, or was not asked
    total = models.IntegerField(null=True)  # files in the zip being loaded
    done = models.IntegerField(default=0)
    zip_etag = models.TextField(null=True)
    zip_last_modified = models.TextField(null=True)
    listed_at = models.DateTimeField(null=True)  # the last complete listing that was read


class SourceFile(models.Model):
    """One measure's file at GovInfo, and the listing's stamp under which the document held was fetched."""

    measure_id = models.BigIntegerField(primary_key=True)
    mark = models.TextField(null=True)  # lastmod as listed; null: not known, so it will be fetched
    etag = models.TextField(null=True)
    last_modified = models.TextField(null=True)
    missing_lists = models.IntegerField(default=0)  # complete listings in a row that lack it
    missing_since = models.DateTimeField(null=True)


class DueFetchQuerySet(models.QuerySet["DueFetch"]):
    def ready(self, now: datetime) -> DueFetchQuerySet:
        """Due, not leased by a worker that may still live, not set aside."""
        return self.due(now).unleased(now)

    def unleased(self, now: datetime) -> DueFetchQuerySet:
        """In no hands that may still be at it. A lease longer than any is of a clock that was set back."""
        too_long = timezone.now() + DueFetch.LEASE
        return self.filter(Q(leased_until=None) | Q(leased_until__lte=now) | Q(leased_until__gt=too_long))

    def due(self, now: datetime) -> DueFetchQuerySet:
        """Due, whoever holds it, and not set aside. A file becomes due when it is noted: one that is to be so later than it is
        now was noted before the clock was set back."""
        return self.filter(Q(due_at__lte=now) | Q(due_at__gt=timezone.now()), set_aside=False)


class DueFetch(models.Model):
    """A file that has to be fetched. Lives until its document is applied, whoever is killed meanwhile."""

    LEASE = timedelta(minutes=5)  # of whoever fetches it

    measure_id = models.BigIntegerField(primary_key=True)
    mark = models.TextField(
        null=True
    )  # the listing's stamp that made it due; stored on SourceFile with the document
    reason = models.CharField(max_length=20)  # load, listed, batch, absent, listed again, unconfirmed, repair
    due_at = models.DateTimeField()
    attempts = models.IntegerField(default=0)
    leased_until = models.DateTimeField(null=True)
    leased_by = models.CharField(max_length=40, null=True)
    error = models.TextField(null=True)
    set_aside = models.BooleanField(default=False)  # after five leases that ended in no answer of any kind

    objects = DueFetchQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["due_at"], name="due_first")]


class Batch(models.Model):
    """A finished batch that GovInfo's RSS named and that was worked off."""

    guid = models.CharField(max_length=80, primary_key=True)
    seen_at = models.DateTimeField()


class UnknownPart(models.Model):
    """An element, or a version of the schema, that the parser has no name for, and in how many documents it stood."""

    path = models.CharField(max_length=200, primary_key=True)
    documents = models.IntegerField(default=0)
    first_seen_at = models.DateTimeField()
    last_measure = models.TextField()
