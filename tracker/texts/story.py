"""The paragraph on a measure at a moment: from its record then, with what it was and came back as by what was found then."""

from __future__ import annotations

from datetime import date

from tracker.congress import calendar
from tracker.congress.language import Proof, Sentence
from tracker.ledger.as_of import Shown
from tracker.ledger.models import Document
from tracker.records.story import story
from tracker.records.telling import Before, Known
from tracker.texts.lineage import Relative, predecessors, successors

_CONSTITUTION = "https://constitution.congress.gov/constitution/amendment-{}/"


def story_of(shown: Shown) -> tuple[Sentence, ...]:
    """The sentences, that of the status first; `tracker.congress.language.plain` has the words of each. One query, or two.

    Of a record in doubt, or gone from its source, nothing is said of silence; that the last poll saw none, only of now.
    """
    measure, day = shown.measure, _day(shown)
    source = _source(shown.document)
    later = successors(measure, as_of=shown.as_of, on=day) if shown.status.code == "died" else []
    known = Known(
        day=day,
        source=source,
        settled=_is_settled(shown),
        polled=source == "official" and shown.as_of is None and shown.on is None,
        came_back=_nearest(later, day),
        was=_nearest(predecessors(measure, as_of=shown.as_of), day),
    )
    return story(shown.record, shown.status, known)


def page_of(proof: Proof, base: str, suffix: str = "") -> str | None:
    """Where a proof is found, on this site for all but the Constitution; None for votes and documents, of which not each has a page.

    `base` is the path of the measure, `suffix` the query that keeps links at a moment.
    """
    match proof.kind:
        case "action":
            return f"{base}actions/{suffix}#a-{proof.key}"
        case "member":
            return f"/members/{proof.key}/"
        case "committee":
            return f"/committees/{proof.key}/"
        case "measure":
            return f"/measures/{proof.key}/"
        case "names":
            return f"{base}sponsors/{suffix}"
        case "texts":
            return f"{base}text/{suffix}"
        case "amendments":
            return f"{base}amendments/{suffix}"
        case "kin":
            return f"{base}related/{suffix}#family"
        case "polls":
            return "/sources/"
        case "constitution":
            return _CONSTITUTION.format(proof.key)
    return None


def _nearest(found: list[Relative], day: date) -> Before | None:
    if not found:
        return None
    other = found[0].measure
    died = other.status == "died" and calendar.is_over(other.congress, day)
    return Before(other.key, other.citation, other.congress, died)


def _is_settled(shown: Shown) -> bool:
    measure = shown.measure
    if shown.as_of is None:
        return measure.vanished_at is None and measure.unconfirmed_since is None
    return measure.vanished_at is None or measure.vanished_at > shown.as_of


def _source(document: Document) -> str:
    if document.format == Document.Format.STAFF:
        return "staff"
    return "starter" if document.source == "starter" else "official"


def _day(shown: Shown) -> date:
    today = calendar.today()
    if shown.on is not None:
        return min(shown.on, today)
    return today if shown.as_of is None else min(today, shown.as_of.astimezone(calendar.WASHINGTON).date())
