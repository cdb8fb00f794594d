"""Figures and days that the article says a measure's text gives, each held against what the text says of the same thing."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache

from tracker.press import guards
from tracker.press.days import Days
from tracker.press.dossier import Dossier, stems
from tracker.press.judge import Judge
from tracker.press.numbers import NUMBER, number
from tracker.press.plain import folded
from tracker.press.scene import Line, Scene

_SAYS = re.compile(
    r"(?:^|[,;] )(?:according to|in|under) (?:M|its (?:text|preamble))\b|\b(?:M(?:'s (?:text|preamble|recitals|clauses|findings))?|its (?:text|preamble|recitals|clauses|findings))(?:,? which| also| further| then| itself|, in [a-z ]+,)* (?:also |further |then )*"
    r"(?:says?|said|states?|reads?|declares?|notes?|recalls?|recites?|cites?|recounts?|counts?|lists?|speaks? of|mentions?|puts?|describes?|finds?|warns?|points? (?:out|to)|tells?|would|sets?|gives?|names?|complains?|deplores?|condemns?|honors?|commends?|remembers?|marks?|commemorates?|requires?|bars?|allows?|lets?|authorizes?|directs?|begins?|ends?|adds?|observes?)\b"
    r"|, (?:M|the preamble) (?:says|notes|adds|recalls|states),|\bwould have (?:had )?(?=[0-9a-z]+ (?:years|months|days))|,? according to (?:M|its (?:text|preamble)|the (?:text|preamble))\b|\bone of (?:them|its clauses) (?:notes|says|recalls)|\banother (?:puts|notes|says|recalls)"
)
_FIGURE = re.compile(
    rf"(?<![\w.,/$#-])(?P<number>\$?(?:[0-9]+\.[0-9]+|{NUMBER}))(?P<unit>(?: |-)(?:million|billion|trillion|percent)|%)?(?P<noun>(?:(?: |-)(?!(?:and|or|to|in|on|at|by|from|that|which|who|while|when|as|are|were|is|was|have|has|had)\b)[a-z][a-z-]+){{0,3}})"
)
_NOT_ITS = re.compile(
    r"^(?: |-)?(?:co-?sponsors?|votes?|senators|members|democrats?|republicans?|colleagues|lawmakers|cents|roll|of (?:them|whom|its))\b"
)
_SHARED = 3  # telling words that an article's sentence and the clause of the text must share
_MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
_DATE = re.compile(rf"\b(?:{'|'.join(_MONTHS)}) [0-9]{{1,2}}(?:, [0-9]{{4}})?")
_CLAUSE = re.compile(r"(?<=[;.])\s+|\bwhereas\b|\(\w{1,2}\)", re.I)
_RATIO = re.compile(
    rf"\b(?P<some>{NUMBER}) (?:in|out of|of) (?:every )?(?P<all>{NUMBER})(?! (?:million|billion|percent))"
)
_NTH = re.compile(
    r"\b(?P<nth>[0-9]{1,3})(?:st|nd|rd|th) (?:[a-z]+ )?(?P<noun>anniversary|birthday|year|observance)"
)
_TIMES = {"million": 10**6, "billion": 10**9, "trillion": 10**12}
_LARGE = 6  # digits of a number that is telling even where nothing says what it counts
_ROUND = ("one", "a single", "no", "zero", "two", "a pair of")  # too common to tell one thing from another


@dataclass(frozen=True, slots=True)
class Figure:
    """A number with what it counts: its unit, and the stems of the words after it. `start` and `end` without those."""

    value: str
    unit: str
    nouns: tuple[str, ...]
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Texts:
    """The texts of a measure, folded: whole, their figures, and their clauses with the telling words of each."""

    whole: str
    figures: tuple[Figure, ...]
    clauses: tuple[tuple[frozenset[str], str], ...]

    def clause(self, telling: frozenset[str]) -> str | None:
        """The clause that shares most telling words with a sentence; None where it shares too few."""
        best, most = None, _SHARED - 1
        for words, clause in self.clauses:
            if len(words) > most and (shared := len(words & telling)) > most:
                best, most = clause, shared
        return best


@lru_cache(maxsize=8)
def _read_texts(texts: tuple[str, ...]) -> Texts:
    """Read once for all sentences of an article: of many measures, the last few are kept."""
    clauses = tuple((stems(clause), folded(clause)) for text in texts for clause in _CLAUSE.split(text))
    whole = folded(" ".join(texts))
    return Texts(whole, tuple(figures(whole)), clauses)


def read_recited(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of the figures and days in a measure's text, that was not read otherwise."""
    for line in scene.lines:
        _read(judge, scene, line)


def _read(judge: Judge, scene: Scene, line: Line) -> None:
    says = _SAYS.search(line.text)
    if says is None and not _carries_on(scene):
        return
    start = says.start() if says else 0
    if guards.is_others_speech(line, start) and not says:
        return
    dossier = judge.measure_at(scene, line, says.end() - 1 if says else 0, says.end() if says else 1)
    if dossier is None or not dossier.texts or not judge.may_look():
        return
    said = _read_texts(dossier.texts)
    clause = said.clause(stems(judge.plain.text[scene.sentence.start : scene.sentence.end]))
    _numbers(judge, dossier, line, clause, said)
    if clause is not None:
        _days(judge, dossier, line, clause, said.whole)


def _carries_on(scene: Scene) -> bool:
    """Whether a sentence goes on to tell what the text says: the one before it did, and it names nobody who acts."""
    return bool(_SAYS.search(scene.previous)) and not re.search(r"[HKPX]", scene.whole.text)


def figures(text: str) -> list[Figure]:
    """The numbers of a folded text, in figures or words, with what each counts."""
    found = []
    ratios = [m.span() for m in _RATIO.finditer(text)]
    for m in _FIGURE.finditer(text):
        written = m["number"].lstrip("$")
        value = str(number(written)) if number(written) is not None else written
        unit = (m["unit"] or "").strip(" -").replace("%", "percent")
        if unit in _TIMES and value.replace(".", "", 1).isdigit():
            value, unit = str(round(float(value) * _TIMES[unit])), ""
        nouns = tuple(stem for word in re.split(r"[ -]", m["noun"].strip(" -")) for stem in stems(word))
        end = m.end("unit") if m["unit"] else m.end("number")
        if written not in _ROUND and not any(first <= m.start() < last for first, last in ratios):
            found.append(
                Figure(value, f"${unit}" if m["number"].startswith("$") else unit, nouns, m.start(), end)
            )
    for m in _RATIO.finditer(text):
        parts = [str(number(m[name])) for name in ("some", "all")]
        found.append(Figure("/".join(parts), "ratio", (), m.start(), m.end()))
    for m in _NTH.finditer(text):
        found.append(Figure(m["nth"], "nth", (m["noun"],), m.start(), m.end("nth") + 2))
    return found


def _numbers(judge: Judge, dossier: Dossier, line: Line, clause: str | None, texts: Texts) -> None:
    whole, held = texts.whole, list(texts.figures)
    near = figures(clause) if clause else []
    for said in figures(line.text):
        place = line.span(said.start, said.end)
        if _NOT_ITS.match(line.text[said.end :]) or (
            not said.nouns and not said.unit and len(said.value) < _LARGE
        ):
            continue
        if judge.has_read(("other", "vote", "cosponsor_count", "title", "action_on"), *place):
            continue
        if any(_same(said, other) for other in held):
            judge.add("other", dossier, place, "true", _told(clause or whole, said))
        elif (
            not re.search(rf"(?<![\d,.]){re.escape(line.text[said.start : said.end])}(?!\d|,\d)", whole)
            and (other := _instead(said, near) or (_instead(said, held) if said.nouns else None)) is not None
        ):
            judge.add("other", dossier, place, "false", _told(whole, other))


def _same(said: Figure, other: Figure) -> bool:
    """Whether two figures are one: the same number of the same unit, and of the same thing where both name one."""
    if (said.value, said.unit) != (other.value, other.unit):
        return False
    if said.unit or len(said.value) > 2 or not (said.nouns and other.nouns):
        return True
    return bool(set(said.nouns) & set(other.nouns))


def _instead(said: Figure, held: list[Figure]) -> Figure | None:
    """The figure that the text gives for the same thing, where it gives one alone."""
    alike = [
        other
        for other in held
        if other.unit == said.unit
        and (set(said.nouns[:2]) & set(other.nouns) if said.nouns else not other.nouns)
    ]
    return alike[0] if len({other.value for other in alike}) == 1 else None


def _told(text: str, figure: Figure) -> str:
    """The words of the text around a figure."""
    place = figure.start if figure.end <= len(text) else 0
    return " ".join(text[max(0, place - 60) : place + 100].split())


def _days(judge: Judge, dossier: Dossier, line: Line, clause: str, whole: str) -> None:
    own = set(_DATE.findall(clause))
    for place, token in line.of("D"):
        days = token.value
        if not isinstance(days, Days) or not re.search(r"[A-Z][a-z]+\.? [0-9]", days.words):
            continue
        if judge.has_read(("action_on", "introduced_on", "cosponsor", "other"), token.start, token.end):
            continue
        month = _MONTHS[days.first.month - 1]
        written = f"{month} {days.first.day}" if days.exact else f"{month}(?: [0-9]+)?,? {days.first.year}"
        if re.search(rf"\b{written}\b", whole):
            judge.add("other", dossier, line.span(place, place + 1), "true", " ".join(clause.split())[:300])
        elif len(own) == 1 and days.exact:
            judge.add("other", dossier, line.span(place, place + 1), "false", " ".join(clause.split())[:300])
