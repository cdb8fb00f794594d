"""Where a measure stands: claims that it waits, sits in a committee, lies on a calendar, has become law, has died."""

from __future__ import annotations

import re

from tracker.congress.actions import Effect
from tracker.congress.calendar import last_day
from tracker.press import guards
from tracker.press.committees import Panel, among, words_of
from tracker.press.dossier import DECIDING, PASSING, Dossier
from tracker.press.events import named
from tracker.press.judge import Judge, written
from tracker.press.scene import Line, Scene

_NOT = r"(?:has|have|had|is|was) (?:not|never|yet to)(?: yet)?(?: been)?"
_SO_FAR = r"(?:,? (?:yet|so far|to date))?"
_NO_VOTE = [
    re.compile(rf"(?P<core>M (?:{_NOT}|hasn't(?: yet)?(?: been)?|never|did not|awaits?|is awaiting|still awaits|still waits for|is waiting for|waits for|remains without) (?:come to |come up for |receive[d]? |had |have |get |got |gotten |put to |brought to |reached |reach |taken up|scheduled for |been |be |on )*(?:an? |the |its |full )*(?:H )?(?:floor )?(?:vote[d]?(?: on)?|voted upon|taken up|the floor|floor|acted on|considered|vote of (?:the )?(?:full )?H|action(?: (?:by|in|from) (?:the )?(?:full )?H)?|debate[d]?)(?: (?:of|by|in|from|on) (?:the )?(?:full )?(?P<by>H))?{_SO_FAR})"),
    re.compile(rf"(?P<core>(?P<by>H) (?:{_NOT}|hasn't(?: yet)?|never|did not) (?:voted?|acted?|taken (?:any |a )?(?:action|vote)|take[n]? up|considered?|decided?|passed|debated|approved|adopted|agreed to|agree to|pass)(?: (?:up|on|upon))*(?: M)?{_SO_FAR})"),
    re.compile(rf"(?P<core>no (?:floor )?vote (?:on M )?(?:has been|had been|was|is) (?:taken|held|scheduled|called)(?: on M)?(?: (?:in|by) (?P<by>H))?{_SO_FAR})"),
    re.compile(r"(?P<core>(?:awaits|awaiting|still awaits|waits for|awaited) (?:a |its |the )?(?:(?:floor |final |full )*(?:vote|action|consideration|debate))(?: (?:of|by|in|from|on) (?:the )?(?:full )?(?P<by>H)(?: floor)?)?)"),
    re.compile(rf"(?P<core>\bhas not (?:yet )?(?:been (?:voted on|brought to a vote|taken up|put to a vote)|come (?:up for|to) a vote|received a vote|had a vote|got(?:ten)? a vote)(?: (?:in|by) (?P<by>H))?{_SO_FAR})"),
    re.compile(r"(?P<core>M (?:has|have|had) yet to (?:be voted on|be taken up|come (?:up for|to) a vote|receive a vote|get a vote|reach the (?:H )?floor|pass(?: (?:either chamber|(?P<by>H)))?|be passed))"),
    re.compile(r"(?P<core>(?P<by>H) (?:has|have|had) yet to (?:vote|act|take up|take M up|bring M up|consider|pass|approve|schedule|debate)(?: (?:on|upon))?(?: M| a vote)?)"),
    re.compile(rf"(?P<core>M (?:{_NOT}|hasn't(?: yet)?(?: been)?|did not|never) (?:passed|pass|adopted|approved|agreed to)\b(?! (?:through|over|out|up|by K|a committee))(?: (?:by |in )?(?P<by>H)| either chamber)?{_SO_FAR})"),
    re.compile(rf"(?P<core>(?P<by>H) {_NOT} (?:taken|brought) M up{_SO_FAR})"),
    re.compile(r"(?P<core>M (?:still |now |also )?(?:needs|requires|lacks|awaits) (?:the )?(?:(?P<by>H)'s (?:approval|consent|blessing|vote)|(?:approval|consent|blessing) (?:of|from|by) (?P<by2>H)))"),
    re.compile(r"(?P<core>(?P<committee>K)(?:,? (?:which|to which|where) [^,]{0,40},)? (?:took|has taken|held|has held) no vote)"),
]  # fmt: skip
_ON_CALENDAR = re.compile(
    r"(?P<core>M (?:is|sits|remains|lies|stands|waits|languishes|now sits) (?:now |still |currently |again )?on (?:the )?(?:H's |H |legislative |union |house |senate )*calendar)|(?P<core2>\bnow on the (?:H's |H |legislative |union |house |senate )*calendar)"
)
_IN_COMMITTEE = re.compile(
    r"(?P<core>(?:M (?:(?:is|was|has been|had been|now|still|currently|remains?|which|that) ){0,3}(?:(?:now|still|currently) )?|(?:and|,) (?:still |now )?|^)(?:has (?:lain|sat|been|languished|stalled|remained|waited|rested)(?: (?:stuck|pending|idle|untouched))?|sits?|sitting|remains?|waits?|waiting|languish(?:es|ing)|stuck|stalled|pending|bottled up|lies|rests?|parked|before|held up|buried|awaits (?:action|a hearing|a vote|consideration)|is|stays?)(?: (?:now|still|there|idle))? (?:in|before|with|at) (?P<who>(?:the |a |its |that |this )?(?:same )?(?:K(?: of K)?|committee)))(?! (?:on|of) )"
)
_NOT_LEFT = re.compile(
    r"(?P<core>\b(?:has not|have not|hasn't|has yet to|had not|never|did not)(?: yet)? (?:left|leave|emerged from|emerge from|been reported (?:by|out of|from)|cleared|clear|moved (?:out of|beyond|past)|move (?:out of|beyond|past)|advanced (?:out of|from|beyond)|got(?:ten)? out of|made it out of) (?P<who>(?:the |a |its |that |this )?(?:same )?(?:K|committee)))"
)
_NOT_ACTED = re.compile(
    r"(?P<core>(?P<who>K) (?:has|have|had) (?:not|never|yet to)(?: yet)? (?:acted|act|voted|vote|taken (?:any )?action|take action|reported|report)(?: (?:on|upon))?(?: M)?)"
)
_HAS_IT = re.compile(
    r"(?P<core>(?P<who>K) (?:now |still |currently )?(?:has(?: had)?|had|holds|is (?:now )?(?:considering|reviewing|weighing)|has jurisdiction over) (?:M|jurisdiction)\b)"
)
_REFERRED = re.compile(
    r"(?P<core>\b(?:referred|sent|assigned|went|gone|routed|directed|goes|heads)(?: M)?(?: \w+ly)? to (?:H's )?(?:(?:two|three|four|five|six) (?:H )?committees[,:] )?(?P<who>K(?:(?:, and |, | and )K)*))"
)
_TO_WHICH = re.compile(
    r"(?P<core>(?P<who>K),? to which M (?:was|had been|has been) (?:referred|sent|assigned))"
)
_LEANS_ON = re.compile(
    r"\b(?:report|refer|discharg|hearing|mark|panel|approved|advanc|jurisdiction|sent|committee|took|has M)"
)
_ROLE = re.compile(
    r"\b(?:chair\w*|lead\w*|heads?|member|members|serves?|sits|sit|ranking|democrats?|republicans?|seat|colleagues?|top \w+) (?:of|on|in) (?:the )?$|\bchair\w* (?:the )?$|'s? $"
)
_LAW = re.compile(r"(?P<core>M is (?:now |already )?(?:the |federal |a )?law(?! enforcement))")
_NO_LAW = re.compile(
    r"(?P<core>M (?:(?:has|had) (?:not|never)(?: yet)? become|is not(?: yet)?|never became|did not become|has yet to become) (?:a )?law)"
)
_DIED = re.compile(
    r"(?P<core>(?:M,? |\band )(?:which |that )?(?:then |later |quietly |eventually |has |had ){0,2}(?:died|expired|lapsed)(?: there| when (?:the |that )?congress (?:ended|closed|adjourned))?(?: (?:in|with|at the end of|without) (?:the )?(?:K|committee|congress|H|[0-9]{2,3}(?:st|nd|rd|th) congress|that congress|last congress|a vote))*)"
)
_TO_OTHER = re.compile(
    r"(?P<core>M,? (?:which |that )?(?:now |next )?(?:goes|heads|moves|returns|was sent|has been sent|has gone|is headed|is now|is (?:now )?on its way) (?:now |back |on )?(?:to|in|before) (?P<by>H))"
)
_TO_PRESIDENT = re.compile(
    r"(?P<core>M,? (?:which |that )?(?:now |next )?(?:goes|heads|moves|is headed|is on its way|awaits|is awaiting|sits on|is on|waits for|is now before|reached|has reached) (?:now )?(?:to |on )?(?:the )?(?:president|P|white house)(?:'s)?(?: (?:desk|signature))?)"
)
_CLEARED = re.compile(
    r"(?P<core>M,? (?:which |that )?(?:has |had |have )?(?:now |already )?(?:passed|cleared) (?:both (?:chambers|houses)|congress)|both (?:chambers|houses) (?:have |had )?(?:passed|approved|agreed to|adopted) M)"
)
_INTRODUCED_IN = re.compile(
    r"(?P<core>(?:introduced|filed|submitted|offered)(?: M)?(?: (?:on|in) D| D)? in (?P<by>H))"
)
_OVERRODE = re.compile(
    r"(?P<core>(?:congress|the house and senate|both chambers|(?P<by>H)) (?:has |have |had |then )?(?:overrode|overridden) (?:the (?:president|white house)(?:'s)? |the |his )?veto(?: of M)?)"
)
_NEVER_REPORTED = re.compile(
    r"(?P<core>(?:was|has been|had been) (?:never|not(?: yet)?) (?:reported|voted out|marked up)(?: (?:by|out of|from) (?:the |its |a )?(?:K|committee))?)"
)
_COMMITTEE_FREE = re.compile(
    r"(?P<core>M (?:was|has been|had been) reported(?: favorably)?(?: out)?(?: of| by| from)? (?:the |a |its )?committee|M (?:cleared|passed|emerged from|made it out of|won approval in) (?:the |its |a )?committee)"
)

_PENDING_IN_COMMITTEE = frozenset({"referred", "introduced"})


def read_standing(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of where a measure stands."""
    for line in scene.lines:
        _no_votes(judge, scene, line)
        _in_committee(judge, scene, line)
        _states(judge, scene, line)
        if "K" in line.text:
            _committees(judge, scene, line)


def _free(line: Line, start: int, end: int) -> bool:
    """Whether the article itself says so; a denial is part of these claims."""
    return not (guards.is_open(line, start, end) or guards.is_others_speech(line, start))


def _dossier(
    judge: Judge, scene: Scene, line: Line, found: re.Match[str], name: str = "core"
) -> Dossier | None:
    end = found.end(name)
    return judge.measure_at(scene, line, end - 1, end)


def _chamber(line: Line, found: re.Match[str]) -> str | None:
    for name in ("by", "by2"):
        if found.groupdict().get(name):
            value = line.token(found.start(name)).value
            return value if isinstance(value, str) else None
    return None


def _no_votes(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern in _NO_VOTE:
        for found in pattern.finditer(line.text):
            if not _free(line, found.start("core"), found.start("core")) or "X" in found["core"]:
                continue
            dossier = _dossier(judge, scene, line, found)
            if dossier is None or found.groupdict().get("committee"):
                continue
            if _ON_CHANGES.match(line.text, found.end("core")):
                continue  # "has not taken up the House amendment"
            chamber = _chamber(line, found) or _other_named(scene, line, dossier, found)
            voted = dossier.happened(DECIDING, chamber)
            later = dossier.happened(DECIDING, chamber, till=dossier.today)
            passing = re.search(r"\b(?:pass|adopt|approv|agree)", found["core"]) is not None
            if passing:
                voted, later = (
                    [e for e in voted if e.effect in PASSING],
                    [e for e in later if e.effect in PASSING],
                )
            waits = re.search(r"await|wait|needs|requires|lacks", found["core"]) is not None
            if waits and chamber and dossier.kind.form == "simple" and chamber != dossier.kind.chamber:
                alone = f"A simple resolution is the business of the {dossier.kind.chamber.title()} alone."
                judge.add("status", dossier, line.span(*found.span("core")), "false", _status(dossier), alone)
                continue
            vetoed = dossier.status.code == "vetoed" or dossier.happened({Effect.VETOED})
            if voted and not passing and (vetoed or _ON_VETO.match(line.text, found.end("core"))):
                continue  # it may be the veto on which no vote was taken
            ended = dossier.status_now.code == "died" and dossier.status.code != "died"
            if waits and not voted and dossier.status.code == "died":
                judge.add("status", dossier, line.span(*found.span("core")), "false", _status(dossier))
                continue
            verdict = judge.state(not voted, not later and not (waits and ended))
            note = f"{voted[-1].text} ({written(voted[-1].day)})" if voted else _since(dossier)
            judge.add("status", dossier, line.span(*found.span("core")), verdict, _status(dossier), note)


_ON_CHANGES = re.compile(
    r"(?: (?:on|up|upon|to))?(?: (?:the|that|this|those|its|H's|H))* (?:X|changes|amendments?|version)"
)
_THERE = re.compile(r"\bthere\b|\bat the desk\b")


def _other_named(scene: Scene, line: Line, dossier: Dossier, found: re.Match[str]) -> str | None:
    """The other chamber, where the sentence is of what became of the measure after it got there."""
    before = [t.value for _, t in line.of("H", 0, found.start("core"))]
    other = "senate" if dossier.kind.chamber == "house" else "house"
    if dossier.status.code != f"passed_{dossier.kind.chamber}":
        return None
    return other if other in before[-1:] or _THERE.search(line.text) else None


_ON_VETO = re.compile(r" (?:on )?(?:the |his |its |an? )?(?:\w+'s )?(?:veto|override)")


def _status(dossier: Dossier) -> str:
    if dossier.status_now.code == dossier.status.code:
        return dossier.status.code
    return f"{dossier.status.code} on {dossier.day.isoformat()}; {dossier.status_now.code} now"


def _since(dossier: Dossier) -> str | None:
    if dossier.ends is not None:
        return f"The record held ends on {written(dossier.ends)}."
    return None


def _in_committee(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern in (_IN_COMMITTEE, _NOT_LEFT, _NOT_ACTED):
        for found in pattern.finditer(line.text):
            if not _free(line, found.start("core"), found.start("core")):
                continue
            if pattern is _IN_COMMITTEE and guards.is_denied(line, found.start("core"), found.start("core")):
                continue
            dossier = _dossier(judge, scene, line, found)
            if dossier is None:
                continue
            at = line.span(*found.span("core"))
            panel = next((t.value for _, t in line.of("K", *found.span("who"))), None)
            if isinstance(panel, Panel) and not among(panel, dossier.committees):
                verdict, note = judge.missing(dossier)
                judge.add("committee", dossier, at, verdict, named(dossier), note)
                continue
            if isinstance(panel, Panel):
                judge.add("committee", dossier, (panel.start, panel.end), "true", named(dossier))
            if pattern is not _IN_COMMITTEE and dossier.status.code == "died":
                _never_left(judge, dossier, at)
                continue
            then = dossier.status.code in _PENDING_IN_COMMITTEE or _second_chamber(dossier, panel)
            now = dossier.status_now.code in _PENDING_IN_COMMITTEE or _second_chamber(
                dossier, panel, now=True
            )
            judge.add("status", dossier, at, judge.state(then, now), _status(dossier))


def _never_left(judge: Judge, dossier: Dossier, at: tuple[int, int]) -> None:
    """Of a measure whose Congress is over: whether any committee, or its chamber, ever let it go."""
    left = dossier.happened({Effect.REPORTED, Effect.ON_CALENDAR, *DECIDING})
    if left:
        judge.add("status", dossier, at, "false", f"{left[-1].text} ({written(left[-1].day)})")
    elif dossier.ends is not None:
        judge.add("status", dossier, at, "unverifiable", dossier.status.code, _since(dossier))
    else:
        judge.add("status", dossier, at, "true", dossier.status.code)


def _lies_on_calendar(dossier: Dossier, *, now: bool) -> bool:
    """Whether it waits on a calendar: of its own chamber, or, passed there, of the other."""
    status, record = (dossier.status_now, dossier.now) if now else (dossier.status, dossier.then)
    if status.code == "on_calendar":
        return True
    other = "senate" if dossier.kind.chamber == "house" else "house"
    placed = any(_PLACED.search(a.text or "") and other in (a.text or "").casefold() for a in record.actions)
    return status.code == f"passed_{dossier.kind.chamber}" and placed


_PLACED = re.compile(r"placed on (?:the )?\w+ (?:\w+ )?calendar", re.I)


def _second_chamber(dossier: Dossier, panel: object, *, now: bool = False) -> bool:
    """Whether, passed by its own chamber, it is with a committee of the other."""
    status = dossier.status_now if now else dossier.status
    own = dossier.kind.chamber
    if status.code != f"passed_{own}":
        return False
    if isinstance(panel, Panel):
        chambers = {c for name, c in dossier.committees if panel.words <= words_of(name)}
        return bool(chambers - {own, ""})
    return any(c and c != own for _, c in dossier.committees)


def _committees(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern in (_HAS_IT, _REFERRED, _TO_WHICH):
        for found in pattern.finditer(line.text):
            dossier = _dossier(judge, scene, line, found)
            if dossier is None or "X" in found["core"] or not guards.is_claimed(line, *found.span("core")):
                continue
            for _, token in line.of("K", *found.span("who")):
                panel = token.value
                if not isinstance(panel, Panel):
                    continue
                at = (token.start, token.end) if pattern is not _HAS_IT else line.span(*found.span("core"))
                if among(panel, dossier.committees):
                    verdict = "true"
                    if pattern is _HAS_IT and not found["core"].startswith("K had "):
                        verdict = judge.state(
                            dossier.status.code in _PENDING_IN_COMMITTEE or _second_chamber(dossier, panel),
                            dossier.status_now.code in _PENDING_IN_COMMITTEE
                            or _second_chamber(dossier, panel, now=True),
                        )
                    judge.add("committee", dossier, at, verdict, named(dossier))
                else:
                    verdict, note = judge.missing(dossier)
                    if dossier.ends is not None and dossier.committees:
                        verdict = "false" if panel.chamber in (None, dossier.kind.chamber) else verdict
                    judge.add("committee", dossier, at, verdict, named(dossier), note)
    if _LEANS_ON.search(line.text):
        for place, token in line.of("K"):
            dossier = judge.measure_at(scene, line, place)
            panel = token.value
            if dossier is None or not isinstance(panel, Panel) or _ROLE.search(line.text, 0, place):
                continue
            if among(panel, dossier.committees) and guards.is_claimed(line, place, place + 1):
                judge.add("committee", dossier, (token.start, token.end), "true", named(dossier))


def _states(judge: Judge, scene: Scene, line: Line) -> None:
    for found in _ON_CALENDAR.finditer(line.text):
        name = "core" if found["core"] else "core2"
        dossier = _dossier(judge, scene, line, found, name)
        if dossier is not None and guards.is_claimed(line, *found.span(name)):
            then, now = _lies_on_calendar(dossier, now=False), _lies_on_calendar(dossier, now=True)
            judge.add(
                "status", dossier, line.span(*found.span(name)), judge.state(then, now), _status(dossier)
            )
    for pattern, then_now in _STATES:
        for found in pattern.finditer(line.text):
            dossier = _dossier(judge, scene, line, found)
            if dossier is None or "X" in found["core"]:
                continue
            denial = pattern in (_NO_LAW, _NEVER_REPORTED)
            if not _free(line, *found.span("core")) or (
                not denial and guards.is_denied(line, *found.span("core"))
            ):
                continue
            so, still = then_now(dossier, _chamber(line, found))
            if so is None:
                continue
            at = line.span(*found.span("core"))
            if not so and dossier.ends is not None and not denial:
                verdict, note = judge.missing(dossier)
                judge.add("status", dossier, at, verdict, dossier.status.code, note)
                continue
            kind = "chamber" if pattern is _INTRODUCED_IN else "status"
            record = dossier.kind.chamber.title() if kind == "chamber" else _status(dossier)
            judge.add(kind, dossier, at, judge.state(so, bool(still)), record)


Both = tuple[bool | None, bool | None]
_ENACTED = frozenset({"enacted", "veto_overridden"})


def _law(d: Dossier, chamber: str | None) -> Both:
    return d.status.code in _ENACTED, d.status_now.code in _ENACTED


def _no_law(d: Dossier, chamber: str | None) -> Both:
    return d.status.code not in _ENACTED, d.status_now.code not in _ENACTED


def _died(d: Dossier, chamber: str | None) -> Both:
    so = d.status.code == "died" or (
        d.day >= last_day(d.now.congress) and d.status.code not in _ENACTED | {"agreed_to"}
    )
    return so, so


def _to_other(d: Dossier, chamber: str | None) -> Both:
    if chamber is None or chamber == d.kind.chamber:
        return None, None
    if d.kind.form == "simple":
        return False, False
    code = f"passed_{d.kind.chamber}"
    return d.status.code == code, d.status_now.code == code


def _to_president(d: Dossier, chamber: str | None) -> Both:
    if d.kind.form in ("concurrent", "simple"):
        return False, False  # never presented to the President
    codes = ("passed_both", "to_president")
    return d.status.code in codes, d.status_now.code in codes


def _cleared(d: Dossier, chamber: str | None) -> Both:
    so = bool(d.happened(PASSING, "house")) and bool(d.happened(PASSING, "senate"))
    return so, so


def _introduced_in(d: Dossier, chamber: str | None) -> Both:
    so = chamber == d.kind.chamber
    return so, so


def _reported(d: Dossier, chamber: str | None) -> Both:
    so = bool(d.happened({Effect.REPORTED, Effect.ON_CALENDAR})) or any(
        "ordered to be reported" in (a.text or "").casefold() for a in d.lines
    )
    return so, so


def _overrode(d: Dossier, chamber: str | None) -> Both:
    so = d.status.code == "veto_overridden" or bool(chamber and d.happened({Effect.VETO_OVERRIDDEN}, chamber))
    return so, so


def _unreported(d: Dossier, chamber: str | None) -> Both:
    ever = any(event.effect is Effect.REPORTED for event in d.events)
    return not d.happened({Effect.REPORTED}), not ever


_STATES = (
    (_LAW, _law),
    (_NO_LAW, _no_law),
    (_DIED, _died),
    (_TO_OTHER, _to_other),
    (_TO_PRESIDENT, _to_president),
    (_CLEARED, _cleared),
    (_INTRODUCED_IN, _introduced_in),
    (_COMMITTEE_FREE, _reported),
    (_NEVER_REPORTED, _unreported),
    (_OVERRODE, _overrode),
)
