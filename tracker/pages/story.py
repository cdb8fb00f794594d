"""The paragraph at the top of a measure's page, each phrase leading to what proves it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from tracker.congress.language import Proof, Span
from tracker.pages.quoted import web_address
from tracker.pages.sight import Sight
from tracker.records.telling import vote_key
from tracker.texts.story import page_of, story_of


@dataclass(frozen=True, slots=True)
class Phrase:
    """A run of words of a sentence, with where it leads and the day that it names, where it has them.

    `kind` is that of its proof, "" without one.
    """

    text: str
    href: str | None = None
    day: date | None = None
    kind: str = ""


def told(sight: Sight) -> list[list[Phrase]]:
    """The sentences of this measure at this moment, that of its status first."""
    votes = {
        vote_key(named.chamber, named.congress, named.session, named.roll): vote.path
        for vote in sight.votes
        for named in (vote.roll_call,)
    }
    return [[_phrase(sight, span, votes) for span in sentence] for sentence in story_of(sight.shown)]


def _phrase(sight: Sight, span: Span, votes: Mapping[str, str]) -> Phrase:
    if span.proof is None:
        return Phrase(span.text, day=span.day)
    return Phrase(span.text, _href(sight, span.proof, votes), span.day, span.proof.kind)


def _href(sight: Sight, proof: Proof, votes: Mapping[str, str]) -> str | None:
    if proof.kind == "vote":
        return votes.get(proof.key)
    if proof.kind == "document":
        return web_address(sight.shown.document.url)
    return page_of(proof, sight.base, sight.clock.suffix)
