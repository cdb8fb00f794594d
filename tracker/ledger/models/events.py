"""The one append-only log, from which timelines, feeds, mails and `as_of` are derived."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import datetime
from typing import Any

from django.db import models


class ChangeEventQuerySet(models.QuerySet["ChangeEvent"]):
    def of_official_record(self) -> ChangeEventQuerySet:
        """Without the desk's own events."""
        return self.exclude(kind__startswith="entry_")

    def named_measures(self) -> set[int]:
        """The row ids of the measures that these events name; some of the desk's name none."""
        rows = self.exclude(measure__isnull=True).order_by().values_list("measure_id", flat=True).distinct()
        return {pk for pk in rows if pk is not None}

    def announced(self, kinds: Collection[str] = ()) -> ChangeEventQuerySet:
        """What readers are told of: all but first loads and entries that came with Whereas, unless they ask for the kind by name."""
        told = self if "loaded" in kinds else self.exclude(kind="loaded")
        if "entry_published" in kinds:
            return told
        return told.exclude(kind="entry_published", source="starter")


class ChangeEvent(models.Model):
    """One change, in the order observed. Never edited, never deleted: triggers in the database refuse both.

    `before` and `after` are canonical JSON text or null, so that the hash is over the very bytes that are stored.
    `hash` = SHA-256 of the hash before, and this event's canonical JSON (see `tracker.ledger.chain`).
    """

    class Kind(models.TextChoices):
        INTRODUCED = "introduced"
        LOADED = "loaded"
        ACTION_ADDED = "action_added"
        ACTION_EDITED = "action_edited"
        ACTION_REMOVED = "action_removed"
        STATUS_CHANGED = "status_changed"
        SPONSOR_CHANGED = "sponsor_changed"
        COSPONSOR_ADDED = "cosponsor_added"
        COSPONSOR_WITHDRAWN = "cosponsor_withdrawn"
        COSPONSOR_REMOVED = "cosponsor_removed"
        TITLE_CHANGED = "title_changed"
        TEXT_PUBLISHED = "text_published"
        SUMMARY_PUBLISHED = "summary_published"
        SUMMARY_REVISED = "summary_revised"
        COMMITTEE_ACTIVITY_ADDED = "committee_activity_added"
        COMMITTEE_ACTIVITY_REMOVED = "committee_activity_removed"
        SUBJECTS_CHANGED = "subjects_changed"
        POLICY_AREA_CHANGED = "policy_area_changed"
        RELATED_ADDED = "related_added"
        RELATED_REMOVED = "related_removed"
        AMENDMENT_ADDED = "amendment_added"
        AMENDMENT_CHANGED = "amendment_changed"
        VOTE_RECORDED = "vote_recorded"
        BECAME_LAW = "became_law"
        FIELD_CHANGED = "field_changed"
        VANISHED = "vanished"
        RETURNED = "returned"
        ENTRY_PUBLISHED = "entry_published"
        ENTRY_CORRECTED = "entry_corrected"
        ENTRY_WITHDRAWN = "entry_withdrawn"

    id = models.BigIntegerField(
        primary_key=True
    )  # given by the chain, without gaps: id order is commit order
    measure = models.ForeignKey(
        "ledger.Measure", models.DO_NOTHING, related_name="events", db_index=False, null=True
    )  # null: the desk's event about a member or a topic
    kind = models.CharField(max_length=30, choices=Kind.choices)
    subject = models.TextField()
    before = models.TextField(null=True)
    after = models.TextField(null=True)
    occurred_on = models.DateField(null=True)  # the official day; null where the part has none
    observed_at = models.DateTimeField()
    source = models.CharField(max_length=20)
    document_id = models.CharField(
        max_length=64, null=True
    )  # null: not shown by a document (the desk's events)
    hash = models.CharField(max_length=64)

    objects = ChangeEventQuerySet.as_manager()

    class Meta:
        indexes = [
            models.Index(fields=["measure", "id"], name="event_of_measure"),  # timelines, as_of
            models.Index(fields=["kind", "id"], name="event_of_kind"),  # /changes?kind=, what a status became
        ]

    def __str__(self) -> str:
        return f"{self.id} {self.kind} {self.subject}"

    @property
    def is_announced(self) -> bool:
        """Whether it is among `announced`."""
        return self.kind != "loaded" and (self.kind, self.source) != ("entry_published", "starter")

    @property
    def of_one_document(self) -> tuple[int | str, str | None, datetime]:
        """What the events that one document brought to one measure share; what is about no measure is of its entry alone."""
        return self.measure_id or self.subject, self.document_id, self.observed_at

    @property
    def is_of_entry(self) -> bool:
        """Whether it tells of what the desk wrote."""
        return self.kind.startswith("entry_")

    @property
    def was(self) -> Any:
        """`before` as a Python value."""
        return None if self.before is None else json.loads(self.before)

    @property
    def became(self) -> Any:
        """`after` as a Python value."""
        return None if self.after is None else json.loads(self.after)
