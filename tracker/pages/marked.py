"""A checked article as its page draws it: paragraphs of plain and marked words, each mark with its notes."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from tracker.press.result import CheckResult, Cited, Claim
from tracker.press.telling import VERDICTS, record_told

_GAP = re.compile(r"(?:\r\n|\r|\n)[ \t]*(?:\r\n|\r|\n)\s*")
_WEIGHT = ("false", "outgrown", "unverifiable", "true")  # what a mark over several claims is coloured by


@dataclass(frozen=True, slots=True)
class Note:
    """What is said of one claim, below its paragraph."""

    number: int
    claim: Claim
    word: str
    sign: str
    told: str


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of an article: plain, marked with notes, or a link to the measure it cites."""

    text: str
    notes: tuple[Note, ...] = ()
    verdict: str = ""
    link: str = ""


@dataclass(frozen=True, slots=True)
class Paragraph:
    pieces: list[Piece]
    notes: list[Note] = field(default_factory=list)


def paragraphs(text: str, result: CheckResult) -> list[Paragraph]:
    """The whole article, nothing left out, with what was found in it."""
    notes = [
        Note(n, claim, *VERDICTS[claim.verdict], record_told(claim))
        for n, claim in enumerate(sorted(result.claims, key=lambda claim: claim.at), 1)
    ]
    clusters = list(_clusters(notes))
    links = [c for c in result.measures if c.sure and c.measure]
    drawn = []
    at = 0
    for start, end in _stretches(text):
        held = []
        while at < len(clusters) and clusters[at][0] < end:
            held.append(clusters[at])
            at += 1
        pieces = list(_pieces(text, start, end, held, links))
        if held or text[start:end].strip():
            drawn.append(Paragraph(pieces, [note for _, _, group in held for note in group]))
    return drawn


def _clusters(notes: Sequence[Note]) -> Iterator[tuple[int, int, list[Note]]]:
    """Claims whose words overlap stand under one mark."""
    start, end, group = 0, 0, list[Note]()
    for note in sorted(notes, key=lambda note: note.claim.at):
        first, last = note.claim.at
        if group and first < end:
            end = max(end, last)
            group.append(note)
            continue
        if group:
            yield start, end, group
        start, end, group = first, last, [note]
    if group:
        yield start, end, group


def _stretches(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for gap in _GAP.finditer(text):
        if gap.start() > place:
            yield place, gap.start()
        place = gap.end()
    if place < len(text):
        yield place, len(text)


def _pieces(
    text: str, start: int, end: int, held: Sequence[tuple[int, int, list[Note]]], links: Sequence[Cited]
) -> Iterator[Piece]:
    place = start
    for first, last, group in held:
        yield from _plain(text, place, first, links)
        verdict = min((note.claim.verdict for note in group), key=_WEIGHT.index)
        yield Piece(text[first:last], tuple(group), verdict)
        place = last
    yield from _plain(text, place, end, links)


def _plain(text: str, start: int, end: int, links: Sequence[Cited]) -> Iterator[Piece]:
    place = start
    index = bisect_left(links, start, key=lambda cited: cited.at[0])
    while index < len(links) and links[index].at[1] <= end:
        first, last = links[index].at
        if first >= place:
            if first > place:
                yield Piece(text[place:first])
            yield Piece(text[first:last], link=f"/measures/{links[index].measure}/")
            place = last
        index += 1
    if end > place:
        yield Piece(text[place:end])
