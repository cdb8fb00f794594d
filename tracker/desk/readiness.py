"""What a careful reader would ask before an entry is published: plain, sourced, complete, careful. Pure; it hinders nothing.

Machines see only some of it, so an answer is a tick or a question, never a refusal.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from tracker.desk.wordings import word_count

LONGEST_POINT = 25  # words

# What a text does once its chamber has agreed to it, and only then. What it *says*, *asks* or *names* it does at once.
_EFFECTS = (
    "approves|authorises|authorizes|bans|bars|begins|binds|blocks|celebrates|censures|changes|commemorates|commends|condemns|"
    "congratulates|creates|cuts|declares|denounces|designates|directs|disapproves|does|ends|establishes|expels|forbids|forces|"
    "funds|gives|grants|honors|honours|imposes|instructs|lifts|makes|mandates|obliges|orders|overturns|permits|prohibits|"
    "proclaims|recognises|recognizes|removes|repeals|requires|restores|sanctions|sets|stops|suspends|terminates|withdraws"
)
_DOES = re.compile(
    rf"\b(?:it|this|the (?:resolution|measure|bill|text|senate|house|congress)|congress)"
    rf"(?: also| now| then| formally| strongly)? (?:{_EFFECTS})\b",
    re.IGNORECASE,
)
_SENTENCE = re.compile(r"[^.;!?]+[.;!?]*\s*")


@dataclass(frozen=True, slots=True)
class Check:
    """One thing looked at: its name, whether it holds as far as a machine can see, and what was found."""

    name: str
    holds: bool
    found: str

    @property
    def sign(self) -> str:
        return "✓" if self.holds else "?"


def check_points(
    points: Sequence[Mapping[str, Any]], clauses: Sequence[tuple[str, str]], *, pending: bool, lead: str = ""
) -> list[Check]:
    """Key points looked at. `clauses` are the operative ones, each (anchor, its name for a reader: "paragraph (2)").

    `pending`: the measure has not been agreed to, so that what its text does is still "would".
    """
    texts = [str(point["text"]) for point in points]
    checks = [_plain(texts)]
    untied = [str(at) for at, point in enumerate(points, 1) if not point.get("tied")]
    if points:
        checks.append(
            Check(
                "Sourced",
                not untied,
                f"{_counted('point', untied)} {_names(untied)} {'name' if len(untied) > 1 else 'names'} no paragraph and no action"
                if untied
                else "each point names what it is from",
            )
        )
    if clauses:
        tied = {point["tied"].get("anchor") for point in points if point.get("tied")}
        without = [name for anchor, name in clauses if anchor not in tied]
        checks.append(
            Check(
                "Complete",
                not without,
                f"{_names(without)} {'have' if len(without) > 1 else 'has'} no point"
                if without
                else "every paragraph of the text has its point",
            )
        )
    checks.append(careful([lead, *texts], pending=pending))
    return checks


def careful(texts: Iterable[str], *, pending: bool) -> Check:
    """Whether words tell what a text does before anyone has agreed to it."""
    if not pending:
        return Check("Careful", True, "it has been agreed to: what the text does, it does")
    found = list(dict.fromkeys(words for text in texts for words in _claimed(text)))
    if found:
        quoted = ", ".join(f"“{words}”" for words in found[:3])
        return Check("Careful", False, f"{quoted}: it has not been agreed to, so it “would”")
    return Check("Careful", True, "“would”, not “does”: it has not been agreed to")


def _plain(texts: Sequence[str]) -> Check:
    if not texts:
        return Check("Plain", False, "there is no point yet")
    long = [str(at) for at, text in enumerate(texts, 1) if word_count(text) > LONGEST_POINT]
    if long:
        verb = "have" if len(long) > 1 else "has"
        return Check(
            "Plain", False, f"{_counted('point', long)} {_names(long)} {verb} more than {LONGEST_POINT} words"
        )
    return Check("Plain", True, f"no point has more than {LONGEST_POINT} words")


def _claimed(text: str) -> Iterator[str]:
    """Where a sentence says that the measure does something, and nowhere "would"."""
    for sentence in _SENTENCE.findall(text):
        if not re.search(r"\b(?:would|if|once|were)\b", sentence, re.IGNORECASE):
            yield from (" ".join(found[0].split()) for found in _DOES.finditer(sentence))


def _counted(word: str, things: Sequence[str]) -> str:
    return word if len(things) == 1 else f"{word}s"


def _names(names: Sequence[str]) -> str:
    """ "paragraph (2)", "paragraphs (2) and (5)": the word they share is said once."""
    words = [name.rsplit(" ", 1) for name in names]
    if len(names) > 1 and all(len(word) == 2 and word[0] == words[0][0] for word in words):
        return f"{words[0][0]}s {_listed([word[1] for word in words])}"
    return _listed(names)


def _listed(names: Sequence[str]) -> str:
    return names[0] if len(names) == 1 else f"{', '.join(names[:-1])} and {names[-1]}"
