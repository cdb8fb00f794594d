"""How it was voted: claims of totals, and of votes by voice or without a voice against."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.days import Days
from tracker.press.dossier import PASSING, Dossier, Event
from tracker.press.events import votes_of
from tracker.press.judge import Judge
from tracker.press.scene import Line, Scene

_PAIR = r"(?P<yeas>[0-9]{1,3}) ?(?:-|–|to|votes? to|ayes? to|in favor (?:to|and)|for and|yeas? (?:to|and)) ?(?P<nays>[0-9]{1,3}|none|nothing|zero|nil)(?: against)?(?![\w%-]|,[0-9]|\.[0-9])"
_TOTALS = [
    re.compile(rf"(?P<core>(?:(?P<by>H) )?(?:\w+ly )?vot(?:ed|ing) (?:\w+ly )?(?:by )?(?:a margin of )?{_PAIR})"),
    re.compile(rf"(?P<core>(?:by|on|in|with) (?:an? |the )?(?:\w+ )?(?:vote|margin|tally|count|roll call|roll-call vote|recorded vote|result)(?: of|:)? {_PAIR})"),
    re.compile(rf"(?P<core>(?:by|on|in|with) (?:an? )?(?:[a-z-]+ )?{_PAIR}(?: (?:vote|margin|tally|roll call))?)"),
    re.compile(rf"(?P<core>the (?:final |H )?(?:vote|tally|count|roll call) (?:was|stood at) {_PAIR})"),
    re.compile(rf"(?P<core>(?:won|got|drew|mustered) (?:an? )?(?:\w+ )?majority,? {_PAIR})"),
    re.compile(rf"(?P<core>(?:passe[ds]|approve[ds]|adopt(?:ed|s)|agree[ds] to|reject(?:ed|s)|defeat(?:ed|s)|fail(?:ed|s)|clear(?:ed|s))(?: (?:M|H|the|by|in))*,? {_PAIR})"),
    re.compile(rf"(?P<core>(?P<by>H),? {_PAIR})"),
    re.compile(rf"(?P<core>(?:H )?vote,? (?:on D,? )?(?:was|stood at) {_PAIR})"),
    re.compile(rf"D,? (?P<core>(?:by )?{_PAIR})(?=[.;,)]|$)"),
    re.compile(rf"(?:override|overrode) (?:the )?(?:president's )?(?:veto|M)(?: of M)?,? (?P<core>{_PAIR})"),
    re.compile(rf"(?<=[ (])(?P<core>{_PAIR} (?:\w+ )?(?:vote|tally|margin|count|roll call)\b)"),
    re.compile(rf"(?<=[ (])(?P<core>{_PAIR})(?=,? (?:to pass|to approve|to adopt|to reject|to denounce|to condemn|margin|with))"),
]  # fmt: skip
_MANNER = re.compile(
    r"(?<!almost )(?<!nearly )(?<!virtually )(?<!practically )"  # not quite so is another statement
    r"(?P<core>(?:\b(?:by|on|with|through) (?:a )?)(?P<how>voice vote|unanimous consent|unanimous vote|acclamation)|(?P<how2>without objection|without (?:a )?(?:recorded vote|roll call)|without dissent|without a dissenting vote)|(?P<how3>\bunanimously))"
)
_LOOSE = re.compile(rf"(?<![\w,.$#%-])(?P<core>{_PAIR})")  # anywhere in a sentence on a vote
_LAST_WORD = re.compile(
    r", [0-9]{2,3} ?(?:-|–|to) ?[0-9]{1,3}[.]?$"
)  # "had removed her from the committee, 218-211."
_NO_TOTAL = re.compile(
    r"\b(?:from|between|ages?|grades?|pages?|sections?|titles?|no\.?|numbers?|law|reports?|rept\.|p\.l\.|score\w*|beat|majority|split|edge|record|control\w*|hold\w*|advantage|lead) (?:a |an |the |of |its |their )*$"
)
_MOST_IN_COMMITTEE = 70  # votes; the largest has 66 members
_FULL = {"house": (150, 440), "senate": (51, 101)}  # how many can have voted
# What is voted on when it is not the measure itself: as articles say it, and as the record does.
_MOTIONS = (
    (re.compile(r"\brecommit|\bsend(?:ing)? M back to (?:K|committee)"), re.compile(r"\brecommit", re.I)),
    (re.compile(r"\bdischarg"), re.compile(r"\bdischarge", re.I)),
    (re.compile(r"\bcloture|\bfilibuster|\b(?:end|limit|cut off) debate"), re.compile(r"\bcloture", re.I)),
    (re.compile(r"\bproceed|\b(?:begin|open|start) debate"), re.compile(r"motion to proceed", re.I)),
    (re.compile(r"\bprevious question"), re.compile(r"previous question", re.I)),
    (re.compile(r"\bto refer\b|\b(?:send|sending) M (?:back )?to K"), re.compile(r"motion to refer|to commit", re.I)),
    (re.compile(r"\btabl(?:e|ing)\b"), re.compile(r"\btable", re.I)),
)  # fmt: skip
_OTHER_VOTE = re.compile(
    r"\b(?:cloture|filibuster|advance|proceed|procedural|discharge|table|motion|amendment|previous question|rule|committee|recommit|reconsider|debate)\b"
)
_VOTES = re.compile(
    r"\b(?:tabl|discharg|refus|block|sustain|squeak|squeez|sail|fell short|override|vot|pass|adopt|agreed|approv|reject|defeat|fail|clear|tally|margin|concur|overr)"
)
_NAMES_VOTERS = re.compile(r"[MH]")
_ON_THE_WAY = re.compile(
    r"\b(?:cloture|filibuster|advance\w*|proceed|procedural|discharge\w*|tabl\w+|motions?|amend\w+|previous question|rule|committee|panel|recommit|reconsider|debate|take (?:M )?up|taken (?:M )?up|took (?:M )?up|refer\w*|send|sent|test|tie|tied|first|earlier|before|point of order|conference|changes|version|open|begin|call\w*|end)\b|K"
)
_FINAL = re.compile(
    r"\bfinal\b|\bpass|\badopt|\bagreed to M|\bapprov|\bvoted down|\bdefeat|\bfailed|\breject"
)
_COUNT = re.compile(r"\b([0-9]{1,3}) ?- ?([0-9]{1,3})\b")


def read_votes(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of how a measure was voted."""
    for line in scene.lines:
        if not (_VOTES.search(line.text) or _LAST_WORD.search(line.text) or _NAMES_VOTERS.search(line.text)):
            continue
        read: list[tuple[int, int]] = []
        for pattern in _TOTALS:
            for found in pattern.finditer(line.text):
                _total(judge, scene, line, found)
                read.append(found.span("yeas"))
        for found in _LOOSE.finditer(line.text):
            if found.span("yeas") not in read and _is_total(line, found):
                _total(judge, scene, line, found)
        for found in _MANNER.finditer(line.text):
            _manner(judge, scene, line, found)


def _acts_here(line: Line, place: int) -> bool:
    """Whether a chamber is named in the same clause before this place, alone."""
    return len(line.of("H", guards.clause_start(line, place), place)) == 1


def _chamber(line: Line, place: int) -> str | None:
    """The chamber named last before a place of the line; failing that, the only one named after it."""
    before = line.of("H", 0, place)
    if before:
        value = before[-1][1].value
        return value if isinstance(value, str) else None
    after = line.of("H", place)
    value = after[0][1].value if len(after) == 1 else None
    return value if isinstance(value, str) else None


_PASSED_IT = re.compile(r"M,? (?:which |that )?(?=H (?:\w+ly )?(?:passed|approved|adopted|cleared|rejected))")


def _is_open(line: Line, start: int, end: int) -> bool:
    """Whether the vote is wished or forecast; what a bill would do, that a chamber passed, does not make it so."""
    told = [found.end() for found in _PASSED_IT.finditer(line.text, 0, start)]
    return guards.is_open_from(line, told[-1], end) if told else guards.is_open(line, start, end)


_NOT_THAT = re.compile(r"\b(?:not|nor|rather than|instead of)(?: by| on)? $")
_ONE_OF_SEVERAL = re.compile(r"\b(?:the )?(?:first|second|third|former|latter|other)\b(?! time)")
_AMENDMENT = re.compile(r"(?<!with an )(?<!with )(?<!without )(?<!without an )\bamendments?\b")
_OF_ANOTHER = re.compile(r",? (?:an? |the )?X")


def _is_of_before(line: Line, dossier: Dossier, place: int) -> bool:
    """Whether the sentence tells of a time before the measure was there: "In 2023 the House censured …, 234-188"."""
    began = dossier.introduced
    days = [token.value for _, token in line.of("D", line.text.rfind("M", 0, place) + 1, place)]
    if "M" not in line.text:
        days = [token.value for _, token in line.of("D")]
    return began is not None and any(
        isinstance(d, Days) and d.last < began and not any(o >= began for o in d.others) for d in days
    )


def _is_total(line: Line, found: re.Match[str]) -> bool:
    """Whether two numbers side by side are a vote: as many as a chamber has, or a line of the record's own kind."""
    together = sum(_pair(found))
    if _NO_TOTAL.search(line.text, 0, found.start("core")):
        return False
    chamber = _chamber(line, found.start("core"))
    spans = [_FULL[chamber]] if chamber in _FULL else list(_FULL.values())
    return any(low <= together <= high for low, high in spans)


def _pair(found: re.Match[str]) -> tuple[int, int]:
    """The two numbers; "43 votes to none"."""
    return int(found["yeas"]), int(found["nays"]) if found["nays"].isdecimal() else 0


def _is_committee(line: Line, place: int) -> bool:
    """Whether it is a committee's vote: the voter named last before it is one."""
    text = line.text[:place]
    return (
        text.rfind("K") > text.rfind("H")
        or re.search(r"\b(?:committee|panel)\b[^;H]{0,40}$", text) is not None
    )


def _total(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    start, end = found.span("core")
    dossier = judge.measure_at(scene, line, start, end)
    if dossier is None or _is_open(line, start, end) or guards.is_others_speech(line, start):
        return
    if _is_of_before(line, dossier, start) or _NOT_THAT.search(line.text, 0, start):
        return
    if (
        _ONE_OF_SEVERAL.search(line.text, guards.clause_start(line, start), start)
        and line.text.count("M") != 1
    ):
        return
    since = line.text.rfind("M", 0, start) + 1
    if _AMENDMENT.search(line.text, since, start) or _OF_ANOTHER.match(line.text, end):
        return
    said = _pair(found)
    if (said[0] < 3 and said[1] < 3) or "X" in line.text[guards.clause_start(line, start) : end]:
        return
    at = line.span(start, end)
    motion = _motion(line, start, end)
    if motion is None and sum(said) < _MOST_IN_COMMITTEE and _is_committee(line, start):
        _in_committee(judge, dossier, at, said)
        return
    chamber = _chamber(line, start)
    if found.groupdict().get("by"):
        value = line.token(found.start("by")).value
        chamber = value if isinstance(value, str) else chamber
    if motion is not None:
        _on_motion(judge, dossier, at, said, motion)
        return
    events = votes_of(dossier, chamber)
    hits = [
        e
        for e in events
        if e.count and (e.count == said or (e.effect not in PASSING and e.count == said[::-1]))
    ]
    if hits:
        judge.add("vote", dossier, at, "true", _told(hits[-1]))
    elif chamber and _acts_here(line, start) and any(e.count == said for e in votes_of(dossier, None)):
        other = next(e for e in votes_of(dossier, None) if e.count == said)
        judge.add(
            "chamber", dossier, at, "false", _told(other), f"That was the {(other.chamber or '').title()}."
        )
    elif _in_any_line(dossier, said) and not (
        any(e.count for e in events)
        and (
            _FINAL.search(line.text[guards.clause_start(line, start) : end])
            or not _ON_THE_WAY.search(f"{scene.previous} {line.text}")
        )
    ):
        judge.add("vote", dossier, at, "true", _in_any_line(dossier, said))
    elif chamber and any(e.count == said for e in votes_of(dossier, None)):
        other = next(e for e in votes_of(dossier, None) if e.count == said)
        judge.add(
            "chamber", dossier, at, "false", _told(other), f"That was the {(other.chamber or '').title()}."
        )
    elif any(e.count for e in events):
        counted = [e for e in events if e.count]
        if _OTHER_VOTE.search(line.text) and not re.search(r"\bpass|adopt|agreed|approv", line.text):
            judge.add("vote", dossier, at, "unverifiable", None, "No such total is in the record.")
        else:
            judge.add("vote", dossier, at, "false", "; ".join(_told(e) for e in counted))
    elif events:
        judge.add("vote", dossier, at, "false", _told(events[-1]))
    else:
        verdict, note = judge.missing(dossier)
        if chamber and votes_of(dossier, None):
            other = votes_of(dossier, None)[-1]
            judge.add("vote", dossier, at, "false", _told(other))
        else:
            judge.add(
                "vote",
                dossier,
                at,
                verdict,
                dossier.status.code,
                note or "No vote on it is in the record by that day.",
            )


_ORDERED = re.compile(r"\bordered to be reported\b.*?([0-9]{1,2}) ?- ?([0-9]{1,2})\b", re.IGNORECASE)


def _in_committee(judge: Judge, dossier: Dossier, at: tuple[int, int], said: tuple[int, int]) -> None:
    """Judge a committee's total by the line with which it ordered the measure reported, where that gives one."""
    counted = {
        (int(found[1]), int(found[2])): action.text
        for action in dossier.lines
        if (found := _ORDERED.search(action.text or ""))
    }
    if said in counted:
        judge.add("vote", dossier, at, "true", counted[said])
    elif len(counted) == 1:
        judge.add("vote", dossier, at, "false", "; ".join(filter(None, counted.values())))
    else:
        judge.add(
            "vote", dossier, at, "unverifiable", None, "The record does not tell how the committee voted."
        )


def _motion(line: Line, start: int, end: int) -> re.Pattern[str] | None:
    """How the record speaks of the motion voted on, where the clause is of one and not of the measure itself."""
    begin = guards.clause_start(line, start)
    rest = re.split(r"[;.]|,(?! on (?:a|the) motion)| after | before ", line.text[end : end + 60])[0]
    clause = line.text[begin:end] + rest
    for said, written in _MOTIONS:
        if said.search(clause):
            return written
    return None


def _on_motion(
    judge: Judge, dossier: Dossier, at: tuple[int, int], said: tuple[int, int], motion: re.Pattern[str]
) -> None:
    """Judge the total of a motion by the lines of the record on such motions."""
    counted: dict[tuple[int, int], str] = {}
    for action in dossier.lines:
        text = action.text or ""
        if motion.search(text):
            for found in _COUNT.finditer(text):
                counted.setdefault((int(found[1]), int(found[2])), text)
    hit = counted.get(said) or counted.get(said[::-1])
    if hit:
        judge.add("vote", dossier, at, "true", hit)
    elif counted and not _in_any_line(dossier, said):
        verdict, note = judge.missing(dossier)
        judge.add("vote", dossier, at, verdict, "; ".join(counted.values()), note)
    else:
        judge.add("vote", dossier, at, "unverifiable", None, "No such total is in the record.")


def _told(event: Event) -> str:
    """ "house:285-98", or the words of the record where it gives no totals."""
    if event.count:
        return f"{event.chamber}:{event.count[0]}-{event.count[1]}"
    return event.text


def _in_any_line(dossier: Dossier, said: tuple[int, int]) -> str | None:
    """The line of actions by the article's day that gives these totals, if any."""
    for action in dossier.lines:
        for found in _COUNT.finditer(action.text or ""):
            count = (int(found[1]), int(found[2]))
            if count == said or (count[0] == count[1] and said == (count[0] + 1, count[1])):
                return action.text  # the Vice President's vote is not among the yeas of a tie
    return None


def _manner(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    start, end = found.span("core")
    dossier = judge.measure_at(scene, line, start, end)
    if dossier is None or guards.is_open(line, start, end) or guards.is_others_speech(line, start):
        return
    if "X" in line.text[guards.clause_start(line, start) : end] or _is_committee(line, start):
        return
    how = found["how"] or found["how2"] or found["how3"]
    events = [e for e in votes_of(dossier, _chamber(line, start)) if e.effect in PASSING] or votes_of(
        dossier, _chamber(line, start)
    )
    if not events:
        return
    verdicts = [_agrees(how, e) for e in events]
    if "true" in verdicts:
        event, verdict = events[verdicts.index("true")], "true"
    elif "unverifiable" in verdicts:
        event, verdict = events[verdicts.index("unverifiable")], "unverifiable"
    else:
        event, verdict = events[-1], "false"
    judge.add("vote", dossier, line.span(start, end), verdict, _told(event))


def _agrees(how: str, event: Event) -> str:
    manner, count = event.manner, event.count
    if how in ("voice vote", "acclamation"):
        return "true" if manner == "voice vote" else "false" if count or manner else "unverifiable"
    if how == "unanimous consent":
        return (
            "true"
            if manner in ("unanimous consent", "without objection")
            else "false"
            if count or manner
            else "unverifiable"
        )
    if how.startswith("without") and ("roll" in how or "recorded" in how):
        return "false" if count else "true" if manner else "unverifiable"
    if count:
        return "true" if count[1] == 0 else "false"
    if manner in ("unanimous consent", "without objection"):
        return "true"
    return "unverifiable"  # by voice, nobody counts
