"""`/measures/{congress}/{type}/{number}/story`: what became of a measure, in sentences with their proofs."""

from __future__ import annotations

from django.conf import settings
from django.db.models import F
from django.http import HttpRequest, HttpResponse

from tracker.api import asked, shapes
from tracker.api.answers import stamped
from tracker.api.measures import held, held_then
from tracker.congress.calendar import today
from tracker.congress.language import Proof, Span, plain
from tracker.congress.vote_pages import official_page
from tracker.ledger.as_of import Shown
from tracker.texts.models import Kin
from tracker.texts.story import page_of, story_of


def measure_story(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """The paragraph of a measure's page: where it stands, who introduced it, what happened on the way, who stands behind
    it, and since when nothing has happened; each phrase with what proves it. docs/STATUS.md has the rules."""
    asked.only(request, "as_of", "on")
    clocks = asked.clocks(request)
    found = held(congress, type, number)
    others = ("first__last_event", "second__last_event")
    pairs = (
        Kin.objects.of(found.pk).order_by("pk").values_list("pk", "kind", "score", "state", *map(F, others))
    )
    suffix = f"?{query}" if (query := request.GET.urlencode()) else ""
    drawn_from = (found.last_event, found.document_id, found.vanished_at, found.unconfirmed_since)

    def build() -> shapes.Story:
        moment = held_then(found, clocks)
        sentences = story_of(moment)
        return shapes.Story(
            found.key,
            " ".join(plain(sentence) for sentence in sentences),
            [[_phrase(moment, span, suffix) for span in sentence] for sentence in sentences],
        )

    return stamped(request, [*drawn_from, today(), *pairs], build)


def _phrase(moment: Shown, span: Span, suffix: str) -> shapes.Phrase:
    proof = span.proof
    named = shapes.Proof(proof.kind, proof.key, _url(moment, proof, suffix)) if proof else None
    return shapes.Phrase(span.text, span.day, named)


def _url(moment: Shown, proof: Proof, suffix: str) -> str | None:
    if proof.kind == "vote":
        congress, chamber, year, number = proof.key.split("/")
        session = int(year) - 1787 - 2 * int(congress) + 1
        return official_page(chamber, int(congress), session, int(year), int(number))
    if proof.kind == "document":
        return moment.document.url or None
    path = page_of(proof, moment.measure.get_absolute_url(), suffix)
    return f"{settings.SITE_URL}{path}" if path and path.startswith("/") else path
