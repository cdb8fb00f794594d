"""`/measures/{congress}/{type}/{number}/kin`: which measures say the same, by their words, with the evidence."""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.measures import held
from tracker.api.record import SHORT_COLUMNS, short_form
from tracker.api.shapes.kin import CarriedClause, Kin, KinList
from tracker.ledger.models import Measure
from tracker.texts import lineage
from tracker.texts.models import Kin as Pair


def measure_kin(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """Earlier, later and companion measures, and those that share a paragraph, which no official record relates to this one
    across Congresses; each with its evidence and what staff said of it. docs/TEXTS.md has the rules."""
    asked.only(request)
    own = held(congress, type, number)
    pairs = list(Pair.objects.of(own.pk).shown().select_related("first", "second").order_by("-score", "pk"))
    pairs.sort(key=lambda pair: not pair.is_whole)
    line = Measure.objects.filter(pk__in=lineage.line(own.pk)).order_by("congress", "introduced_on", "pk")
    rows = list(line.values("last_event", *SHORT_COLUMNS))
    drawn_from = [
        (pair.pk, pair.kind, pair.score, pair.state, pair.first.last_event, pair.second.last_event)
        for pair in pairs
    ]

    def build() -> KinList:
        alone = len(rows) < 2
        return KinList(
            own.key,
            [_kin(own, pair) for pair in pairs],
            [] if alone else [shapes.MeasureShort(**short_form(row)) for row in rows],
        )

    stand = [(row["id"], row["last_event"]) for row in rows]
    return stamped(request, [own.last_event, *drawn_from, *stand], build)


def _kin(own: Measure, pair: Pair) -> Kin:
    other = pair.second if pair.first_id == own.pk else pair.first
    said = pair.evidence
    has_texts = said.get("has_texts", True)
    comparison = f"{pair.second.get_absolute_url()}text/compare/?from={pair.first.key}&to={pair.second.key}"
    return Kin(
        measure=other.key,
        title=other.title,
        introduced_on=other.introduced_on,
        relation=pair.kind,
        is_earlier=other.pk == pair.first_id,
        score=pair.score,
        has_texts=has_texts,
        same_sponsor=said.get("same_sponsor", False),
        same_title=said.get("same_title", False),
        one_title=said.get("one_title", False),
        title_words=said.get("title_words", []),
        clauses=[CarriedClause(*row) for row in said.get("carried", [])],
        confirmed=pair.state == Pair.State.CONFIRMED,
        found_at=pair.found_at,
        compare_url=f"{settings.SITE_URL}{comparison}" if has_texts else None,
    )
