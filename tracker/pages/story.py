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


@dataclass(frozen=True, slots=True)
class Told:
    """The paragraph as the page sets it: first where the measure stands, and as what it came back; then the rest."""

    status: list[Phrase]
    came_back: list[Phrase]
    rest: list[list[Phrase]]
    compared: bool  # it names the same measure in another Congress, which was found by comparing texts


def told(sight: Sight) -> Told:
    """What became of this measure, at this moment."""
    votes = {
        vote_key(named.chamber, named.congress, named.session, named.roll): vote.path
        for vote in sight.votes
        for named in (vote.roll_call,)
    }
    status, *rest = [[_phrase(sight, span, votes) for span in sentence] for sentence in story_of(sight.shown)]
    came_back = next((said for said in rest if any(phrase.kind == "kin" for phrase in said)), [])
    return Told(
        status,
        came_back,
        [said for said in rest if said is not came_back],
        compared=any(phrase.kind == "measure" for said in rest for phrase in said),
    )


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
