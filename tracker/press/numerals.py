"""The numbers of a measure's calendar, of its roll calls and of the law that it became, as an article gives them."""

from __future__ import annotations

import re
from collections.abc import Callable

from tracker.press import guards
from tracker.press.citing import Mention
from tracker.press.dossier import Dossier
from tracker.press.judge import Judge
from tracker.press.scene import Line, Scene

_CALENDAR = re.compile(
    r"\b(?:calendar|order)\b[^.;]{0,40}?(?P<core>(?:number|no\.?|nr\.?|#) ?(?P<number>[0-9]{1,4}))(?![\w])|(?P<core2>calendar (?:number|no\.?|#) ?(?P<number2>[0-9]{1,4}))"
    r"|(?P<core3>\b(?:number|no\.?|nr\.?|#) ?(?P<number3>[0-9]{1,4}),? on (?:the |its |H's |H )?(?:[a-z]+ ){0,2}calendar)"
)
_REPORT = re.compile(
    r"(?P<core>(?:(?:h|s|house|senate)\.? ?|written )?(?:report|rept)\.?,? (?:no\.? ?|number )?(?P<number>1[01][0-9]-[0-9]{1,4}))(?![\w-])"
)
_ROLL = re.compile(
    r"(?P<core>(?:the )?(?:(?:roll[ -]?call|record(?:ed)? vote|vote)(?: vote)?,? ?(?:was )?(?:number|no\.?|nr\.?|#) ?|roll[ -]?call (?:vote )?)(?P<number>[0-9]{1,4}),?)(?![\w]|-[0-9]| ?(?:-|–|to) ?[0-9])"
)


def read_numerals(judge: Judge, scene: Scene, laws: list[Mention]) -> None:
    """Add what one sentence claims of such numbers. `laws` are the laws that the article names."""
    line = scene.whole
    _law_numbers(judge, scene, line, laws)
    for found in _CALENDAR.finditer(line.text):
        name = "2" if found["core2"] else "3" if found["core3"] else ""
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        numbers = dossier.calendar_numbers() if dossier else []
        if dossier is not None and _is_of_another_calendar(dossier, line, found):
            continue
        if dossier is not None and numbers and guards.is_claimed(line, *found.span(f"core{name}")):
            verdict = "true" if found[f"number{name}"] in numbers else "false"
            judge.add(
                "other",
                dossier,
                line.span(*found.span(f"core{name}")),
                verdict,
                ", ".join(dict.fromkeys(numbers)),
            )
    for pattern, numbers_of in ((_REPORT, Dossier.report_numbers), (_ROLL, Dossier.roll_numbers)):
        for found in pattern.finditer(line.text):
            _number(judge, scene, line, found, numbers_of)


def _is_of_another_calendar(dossier: Dossier, line: Line, found: re.Match[str]) -> bool:
    """Whether the sentence is of the House's calendar of resolutions, and this measure lies on that of bills, or the other way."""
    around = line.text[max(0, found.start() - 40) : found.end()]
    placed = " ".join(a.text or "" for a in dossier.lines).casefold()
    return any(
        said in around and said not in placed and other in placed
        for said, other in (("house calendar", "union calendar"), ("union calendar", "house calendar"))
    )


def _number(
    judge: Judge, scene: Scene, line: Line, found: re.Match[str], numbers_of: Callable[[Dossier], list[str]]
) -> None:
    """Judge a number by those that the record gives for the measure; where it gives none, nothing is claimed."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    numbers = numbers_of(dossier) if dossier else []
    if dossier is not None and numbers and guards.is_claimed(line, *found.span("core")):
        at = line.span(*found.span("core"))
        verdict = "true" if found["number"] in numbers else "false"
        judge.add("other", dossier, at, verdict, ", ".join(dict.fromkeys(numbers)))


_LAW_CLAIM = re.compile(
    r"(?:M|law|law as)(?:,? (?:is|was|became|has become|now|which|signed as|enacted as|known as|designated|as|or|formally)){0,4},? \(?$|\bas $|\bnow $|\b(?:became|becoming|is|act is|it is) (?:now )?$|\bon the books as $",
    re.I,
)


def _law_numbers(judge: Judge, scene: Scene, line: Line, laws: list[Mention]) -> None:
    start, end = scene.sentence.start, scene.sentence.end
    for law in laws:
        if not start <= law.start < end:
            continue
        place = next((i for i in range(len(line.starts)) if line.starts[i] >= law.start), None)
        if (
            place is None
            or not _LAW_CLAIM.search(line.text, 0, place)
            or not guards.is_claimed(line, place, place + 1)
        ):
            continue
        dossier = judge.measure_at(scene, line, place)
        if dossier is None:
            continue
        dossier = next(
            (d for d in judge.dossiers.values() if law.law in d.law_numbers(by_then=True)), dossier
        )
        numbers = dossier.law_numbers()
        if law.law in numbers and dossier.law_numbers(by_then=True):
            judge.add("other", dossier, (law.start, law.end), "true", law.law)
        elif numbers:
            judge.add(
                "other",
                dossier,
                (law.start, law.end),
                "false",
                ", ".join(numbers),
                None if dossier.law_numbers(by_then=True) else "It became law only after the article.",
            )
        else:
            verdict, note = judge.missing(dossier)
            judge.add(
                "other",
                dossier,
                (law.start, law.end),
                verdict,
                dossier.status.code,
                note or "It has not become law.",
            )
