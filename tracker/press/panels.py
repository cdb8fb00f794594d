"""Committees that no whole phrase explained: is each named beside an act on a measure one of those that had it?"""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.acts import Act, acts_of
from tracker.press.committees import Panel, among, words_of
from tracker.press.dossier import Dossier
from tracker.press.events import named
from tracker.press.judge import Judge
from tracker.press.scene import Line, Scene

_COMMITTEE_ACTS = frozenset({Act.REFERRED, Act.REPORTED, Act.PASSED, Act.VOTED, Act.ON_CALENDAR})
_HOLDS = re.compile(
    r"\b(?:in|before|with|at|to|by|from|through|of) (?:the )?$|^(?: has| had|,? which (?:has|had)| took| held| let| never| did| has done| holds| kept| gave| amended| rewrote| cleared)"
)
_STANDS = re.compile(
    r"\b(?:lay|lies|lain|sits?|sat|pending|waits?|waited|stuck|stalled|remains?|remained|before|never left|left|languish\w*|idle|died|jurisdiction|acted|action|taken? (?:M )?up|took (?:M )?up|took no|held no|no vote|no hearing|done nothing|had it|let (?:it|M) (?:go|out)|given to|amended|rewr\w+|petition|is (?:now )?(?:in|before|with))\b"
)
_NEAR = 40  # signs after a committee within which an act is its own, past an aside
_WHERE = re.compile(r"\b(?:in|before) (?:the )?$")
_ROLE_BEFORE = re.compile(
    r"\b(?:chair\w*|leads?|led|heads?|members?|serves?|served|sits|sit|ranking|democrats?|republicans?|seats?|colleagues?|top \w+|staff|aides?|counsel|spokes\w+|belongs?) (?:(?:of|on|in|for|to|at|member of|member on) )?(?:the )?$|'s? $"
)
_ROLE_AFTER = re.compile(
    r"^(?:'s)? (?:chair\w*|ranking|top|members?|democrats?|republicans?|lead\w*|staff|aides?|spokes\w+|website|room|counsel|majority|minority|investigat\w+|gop)"
)


def read_panels(judge: Judge, scene: Scene) -> None:
    """Add what the committees left over claim."""
    line = scene.whole
    if "K" not in line.text:
        return
    acts = [told for told in acts_of(line) if told.act in _COMMITTEE_ACTS]
    for place, token in line.of("K"):
        panel = token.value
        if not isinstance(panel, Panel) or judge.has_read(("committee",), token.start, token.end):
            continue
        start = guards.clause_start(line, place)
        end = guards.clause_end(line, place + 1)
        acted = (
            any(start <= told.start < end or 0 <= told.start - place < _NEAR for told in acts)
            or _STANDS.search(line.text, start, end)
            or ("M" in line.text[start:place] and _WHERE.search(line.text, start, place))
        )
        if not acted or _ROLE_BEFORE.search(line.text, 0, place) or _ROLE_AFTER.match(line.text[place + 1 :]):
            continue
        if not (_HOLDS.search(line.text, 0, place) or _HOLDS.match(line.text[place + 1 :]) or acts):
            continue
        _judge_panel(judge, scene, line, place, panel)


def _judge_panel(judge: Judge, scene: Scene, line: Line, place: int, panel: Panel) -> None:
    dossier = judge.measure_at(scene, line, place, place + 1)
    if dossier is None or not dossier.committees or not _is_of_it(scene, line):
        return
    if guards.is_open(line, place, place + 1) or guards.is_others_speech(line, place):
        return
    at = (panel.start, panel.end)
    if among(panel, dossier.committees):
        other = _did_not(dossier, panel, line, place)
        judge.add("committee", dossier, at, "false" if other else "true", other or named(dossier))
        return
    if panel.chamber is None and guards.is_denied(line, place, place + 1):
        return
    if any(panel.words <= words_of(title) for title in dossier.titles):
        return  # what the measure is about: "removing a member from the Foreign Affairs Committee"
    verdict, note = judge.missing(dossier)
    judge.add("committee", dossier, at, verdict, named(dossier), note)


_DONE = re.compile(r"\b(?:approved|amended|reported|advanced|rewr\w+|marked up|ordered|voted)\b")
_WORK = re.compile(r"reported|mark-?up|discharged", re.I)


def _did_not(dossier: Dossier, panel: Panel, line: Line, place: int) -> str | None:
    """The committees that worked on it, where this one, said to have approved or amended it, only had it referred."""
    clause = line.text[guards.clause_start(line, place) : guards.clause_end(line, place)]
    if not _DONE.search(clause):
        return None
    worked: list[str] = []
    for committee in dossier.then.committees:
        parts = committee.parts()
        done = any(_WORK.search(activity.name or "") for part in parts for activity in part.activities)
        own = any(part.name and panel.words <= words_of(part.name) for part in parts)
        if own and (done or not committee.activities):
            return None
        if done and committee.name and (committee.chamber or "").casefold() == dossier.kind.chamber:
            worked.append(committee.name)
    return "; ".join(worked) or None


def _is_of_it(scene: Scene, line: Line) -> bool:
    """Whether the sentence, or the one before it, speaks of a measure at all."""
    return "M" in line.text or "M" in scene.previous or "H" in line.text
