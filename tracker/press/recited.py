"""Figures and days that the article says a measure's text gives, each held against the clause that speaks of the same."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.days import Days
from tracker.press.dossier import Dossier, stems
from tracker.press.judge import Judge
from tracker.press.plain import folded
from tracker.press.scene import Line, Scene

_SAYS = re.compile(
    r"(?:^|[,;] )(?:according to|in) (?:M|its (?:text|preamble))\b|\bM(?:'s (?:text|preamble|recitals|clauses))?(?:,? which| also| further| then| itself|, in [a-z ]+,)* (?:also |further |then )*"
    r"(?:says?|said|states?|reads?|declares?|notes?|recalls?|recites?|cites?|recounts?|counts?|lists?|speaks? of|mentions?|puts?|describes?|finds?|warns?|points? (?:out|to)|tells?|would|sets?|gives?|names?|complains?|deplores?|condemns?|honors?|commends?|remembers?|marks?|commemorates?|requires?|bars?|allows?|lets?|authorizes?|directs?)\b"
)
_NUMBER = re.compile(
    r"(?<![\w.,/$-])\$?(?P<number>[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+(?:\.[0-9]+)?)(?![\w]|[.,/-]?[0-9])(?P<unit> (?:million|billion|percent|%))?"
)
_NOT_ITS = re.compile(
    r"^ (?:co-?sponsors?|votes?|senators|members|democrats|republicans|to [0-9]|colleagues|lawmakers|on the)|^-"
)
_SHARED = 3  # telling words that an article's sentence and the clause of the text must share
_MONTHS = [
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
]
_DATE = re.compile(rf"\b(?:{'|'.join(_MONTHS)}) [0-9]{{1,2}}(?:, [0-9]{{4}})?")
_CLAUSE = re.compile(r"(?<=[;.])\s+|\bwhereas\b|\(\w{1,2}\)", re.I)


def read_recited(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of the figures and days in a measure's text, that was not read otherwise."""
    line = scene.whole
    says = _SAYS.search(line.text)
    carried = _carries_on(scene)
    if says is None and not carried:
        return
    start = says.start() if says else 0
    if guards.is_others_speech(line, start):
        return
    dossier = judge.measure_at(scene, line, says.end() - 1 if says else 0, says.end() if says else 1)
    if dossier is None or not dossier.texts:
        return
    telling = stems(judge.plain.text[scene.sentence.start : scene.sentence.end])
    clause = _clause(dossier, telling)
    if clause is None:
        return
    whole = folded(" ".join(dossier.texts))
    _numbers(judge, dossier, line, start, clause, whole)
    _days(judge, dossier, line, start, clause, whole)


def _carries_on(scene: Scene) -> bool:
    """ "It also tells of …", "… and the arson at …", after a sentence on what the text says."""
    return bool(_SAYS.search(scene.previous)) and not re.search(r"[HKP]", scene.whole.text)


def _clause(dossier: Dossier, telling: frozenset[str]) -> str | None:
    """The clause of the text that shares most telling words with a sentence, folded; None where it shares too few."""
    best, most = None, _SHARED - 1
    for text in dossier.texts:
        for clause in _CLAUSE.split(text):
            shared = len(stems(clause) & telling)
            if shared > most:
                best, most = clause, shared
    return folded(best) if best else None


def _numbers(judge: Judge, dossier: Dossier, line: Line, start: int, clause: str, whole: str) -> None:
    own = {m["number"] for m in _NUMBER.finditer(clause)}
    for found in _NUMBER.finditer(line.text, start):
        number = found["number"]
        place = line.span(*found.span())
        if len(number) < 2 or _NOT_ITS.match(line.text[found.end() :]) or not own:
            continue
        if judge.has_read(("other", "vote", "cosponsor_count", "title"), *place):
            continue
        if re.search(rf"(?<![\d,.]){re.escape(number)}(?![\d]|,\d)", whole):
            judge.add("other", dossier, place, "true", " ".join(clause.split())[:300])
        elif _alike(number, own):
            judge.add("other", dossier, place, "false", " ".join(clause.split())[:300])


def _alike(number: str, own: set[str]) -> bool:
    """Whether the clause gives a figure of the same size, one alone, so that it must be the one meant."""
    size = len(number.replace(",", "").split(".")[0])
    return sum(len(other.replace(",", "").split(".")[0]) == size for other in own) == 1


def _days(judge: Judge, dossier: Dossier, line: Line, start: int, clause: str, whole: str) -> None:
    own = _DATE.findall(clause)
    for place, token in line.of("D", start):
        days = token.value
        if not isinstance(days, Days) or not days.exact or not re.search(r"[A-Z][a-z]+\.? [0-9]", days.words):
            continue
        if judge.has_read(("action_on", "introduced_on", "cosponsor", "other"), token.start, token.end):
            continue
        written = f"{_MONTHS[days.first.month - 1]} {days.first.day}"
        if re.search(rf"\b{written}\b", whole):
            judge.add("other", dossier, line.span(place, place + 1), "true", " ".join(clause.split())[:300])
        elif len(set(own)) == 1:
            judge.add("other", dossier, line.span(place, place + 1), "false", " ".join(clause.split())[:300])
