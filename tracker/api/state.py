"""`/sources` and `/stats`: how it goes with the sources, and how much is held."""

from __future__ import annotations

from typing import Any

from django.db import models
from django.db.models import Count, QuerySet
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import SHORT_AGE, answer, stamped
from tracker.ledger import chain
from tracker.ledger.models import (
    Action,
    Amendment,
    ChangeEvent,
    CommitteeReferral,
    Cosponsorship,
    Folder,
    Law,
    Measure,
    RecordedVote,
    Relation,
    Source,
    Subject,
    Summary,
    TextVersion,
    Title,
    UnknownPart,
)

_COUNTED_FOR = 60  # seconds


def sources(request: HttpRequest) -> HttpResponse:
    """Each source with its last success and its failures, how far first loads are, and the ledger's head."""
    asked.only(request)
    rows = Source.objects.order_by("name").values(*shapes.SourceHealth.__struct_fields__)
    folders = Folder.objects.order_by("-congress", "type").values(*shapes.Folder.__struct_fields__)
    unknown = UnknownPart.objects.order_by("path").values(*shapes.UnknownPart.__struct_fields__)
    head = chain.head()
    return answer(
        request,
        shapes.Sources(
            sources=[shapes.SourceHealth(**row) for row in rows],
            folders=[shapes.Folder(**row) for row in folders],
            unknown_parts=[shapes.UnknownPart(**row) for row in unknown],
            ledger=shapes.LedgerHead(head.count, head.hash, head.at),
        ),
        max_age=SHORT_AGE,
    )


def stats(request: HttpRequest) -> HttpResponse:
    """Counts of what is held now."""
    asked.only(request)
    # Rows change with events; a document that only repeats an action makes none, but its source answered.
    answered = list(Source.objects.order_by("name").values_list("name", "answered_at"))
    return stamped(request, [chain.head().hash, answered], counts, max_age=SHORT_AGE, keep=_COUNTED_FOR)


def counts() -> shapes.Stats:
    """What is held now of what sources list, counted row by row: without what staff entered by hand."""
    by_hand = list(Measure.every.filter(origin=Measure.Origin.STAFF).values_list("pk", flat=True))

    def listed(part: type[models.Model]) -> QuerySet[Any]:
        rows = part._default_manager.all()
        return rows.exclude(measure_id__in=by_hand) if by_hand else rows

    by_kind = ChangeEvent.objects.order_by("kind").values_list("kind").annotate(count=Count("pk"))
    roll_calls = listed(RecordedVote).values("congress", "chamber", "session", "roll").distinct()
    return shapes.Stats(
        measures=Measure.every.count() - len(by_hand),
        actions=listed(Action).count(),
        cosponsors=listed(Cosponsorship).count(),
        withdrawn=listed(Cosponsorship).exclude(withdrawn_on=None).count(),
        titles=listed(Title).count(),
        summaries=listed(Summary).count(),
        text_versions=listed(TextVersion).count(),
        committees=listed(CommitteeReferral).filter(parent=None).count(),
        subjects=listed(Subject).count(),
        laws=listed(Law).count(),
        related=listed(Relation).count(),
        amendments=listed(Amendment).count(),
        recorded_votes=roll_calls.count(),
        changes=dict(by_kind),
    )
