"""Which roll call on a measure a sentence speaks of."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.days import Days
from tracker.press.dossier import DECIDING, Dossier, RollCalled
from tracker.press.judge import Judge
from tracker.press.scene import Line, Scene

_PAIR = re.compile(r"\b([0-9]{1,3}) ?(?:-|–|to|votes? to) ?([0-9]{1,3})\b")
#: What was voted on, as articles say it and as the roll calls print it.
_QUESTIONS = (
    (re.compile(r"\brecommit|\bsend(?:ing)? M back"), "recommit"),
    (re.compile(r"\bdischarg|\bpull(?:ed|ing)? M out|\bpr(?:y|ied|ying)\b"), "discharge"),
    (re.compile(r"\bcloture|\bfilibuster|\b(?:end|limit|cut off) debate"), "cloture"),
    (re.compile(r"\bproceed|\btak(?:e|ing) (?:M )?up|\b(?:begin|open|start) debate"), "proceed"),
    (re.compile(r"\bprevious question"), "previous question"),
    (re.compile(r"\bto refer\b|\b(?:send|sending) M (?:back )?to K"), "refer"),
    (re.compile(r"\btabl(?:e|ed|ing)\b"), "table"),
    (re.compile(r"\boverrid|\boverrode|\bveto"), "notwithstanding"),
)


def rolls_meant(
    judge: Judge, scene: Scene, line: Line, dossier: Dossier, chamber: str | None, place: int
) -> list[RollCalled]:
    """The roll calls that may be meant at a place of a sentence, by the article's day.

    Those whose totals the sentence or the one before it gives; failing that those on the question that its clause names;
    else those that decided; else all that there are, where they are on one question.
    """
    held = [
        roll
        for roll in judge.rolls.get(dossier.id, ())
        if roll.day <= dossier.day and chamber in (None, roll.chamber)
    ]
    for text in (line.text, scene.previous):
        given = {(int(m[1]), int(m[2])) for m in _PAIR.finditer(text)}
        if of_these := [roll for roll in held if (roll.total("yea"), roll.total("nay")) in given]:
            return of_these
    clause = line.text[guards.clause_start(line, place) : guards.clause_end(line, place)]
    if asked := _asked(held, clause):
        return asked
    if decided := dossier.decided_by(held, chamber):
        on = [t.value for _, t in line.of("D")]
        return [r for r in decided if any(isinstance(d, Days) and d.holds(r.day) for d in on)] or decided
    if asked := _asked(held, f"{scene.previous} {line.text}"):
        return asked
    if dossier.happened(DECIDING, chamber):
        return []  # what decided is not held
    return held if len({roll.question for roll in held}) == 1 else []


def _asked(held: list[RollCalled], text: str) -> list[RollCalled]:
    """The roll calls on the question that a text names."""
    for said, question in _QUESTIONS:
        asked = [roll for roll in held if question in roll.question.casefold()]
        if asked and said.search(text):
            return asked
    return []
