"""Days that no whole phrase explained, each compared with the days of the act that it stands with."""

from __future__ import annotations

import re
from datetime import date

from tracker.congress.actions import Effect
from tracker.congress.calendar import valid_day, washington_day
from tracker.press import guards
from tracker.press.acts import Act, Told, act_of_day, acts_of
from tracker.press.days import Days
from tracker.press.dossier import DECIDING, PASSING, Dossier
from tracker.press.judge import Judge
from tracker.press.scene import Line, Member, Scene

_KINDS = ("action_on", "introduced_on", "cosponsor", "vote")
_EFFECTS = {
    Act.PASSED: PASSING,
    Act.SIGNED: frozenset({Effect.SIGNED, Effect.BECAME_LAW}),
    Act.VETOED: frozenset({Effect.VETOED}),
    Act.PRESENTED: frozenset({Effect.PRESENTED}),
    Act.ON_CALENDAR: frozenset({Effect.ON_CALENDAR}),
}
_COMMITTEE = re.compile(r"committee|subcommittee|reported|discharged|mark-?up|hearing|ordered to be", re.I)
_FELL = re.compile(
    r"\bfailed|\bnot (?:agreed|invoked|passed)|\brejected|\btabled|\bto table\b.*agreed|\bpostponed|\bsustained|\bover veto",
    re.I,
)
_RECEIVED = re.compile(r"received in|message on|held at the desk|referred to", re.I)
_REFERRED = re.compile(r"referred", re.I)
_ON_A_MOTION = frozenset({Act.VOTED, Act.FAILED, Act.PASSED})
_MOTION = re.compile(
    r"\b(?:motion|attempt|bid|effort|cloture|proceed|amendment|debate|rule|petition|hearing|recommit)\b"
)


def read_dated(judge: Judge, scene: Scene) -> None:
    """Add what the days left over claim."""
    line = scene.whole
    if "D" not in line.text:
        return
    acts = acts_of(line)
    for place, token in line.of("D"):
        days = token.value
        if not isinstance(days, Days) or judge.has_read(_KINDS, token.start, token.end):
            continue
        told = act_of_day(line, acts, place)
        if told is not None and told.act is not Act.OTHER:
            _compare(judge, scene, line, told, place, days)


def _compare(judge: Judge, scene: Scene, line: Line, told: Told, place: int, days: Days) -> None:
    start, end = min(told.start, place), max(told.end, place + 1)
    dossier = judge.measure_at(scene, line, end - 1, end)
    if dossier is None or "X" in line.text[guards.clause_start(line, start) : end]:
        return
    if not guards.is_claimed(line, told.start, end):
        return
    if dossier.introduced is None or (days.last < dossier.introduced and told.act is not Act.INTRODUCED):
        return  # of a time before it was there
    if told.act in (Act.JOINED, Act.WITHDREW):
        _of_member(judge, dossier, line, told, place, days)
        return
    act = told.act
    if act is Act.PASSED and _by_committee(line, told):
        act = Act.REPORTED
    if act in _ON_A_MOTION and _MOTION.search(line.text[guards.clause_start(line, start) : end + 40]):
        return
    on = _days_of(dossier, act, _chamber(line, told))
    if not on:
        return
    hit = any(days.holds(day) for day in on)
    if not hit and (days.counted or act is Act.VOTED):
        return  # what was voted on that day may be something on the way
    at = line.span(start, end) if end - start < 60 else line.span(place, place + 1)
    verdict, note = ("true", None) if hit else judge.missing(dossier)
    kind = "introduced_on" if act is Act.INTRODUCED else "action_on"
    record = "; ".join(dict.fromkeys(day.isoformat() for day in sorted(on)))
    judge.add(kind, dossier, at, verdict, record, note)


def _of_member(judge: Judge, dossier: Dossier, line: Line, told: Told, place: int, days: Days) -> None:
    """When a member joined or withdrew: of the one named last before the act."""
    between = [t for _, t in line.of("P", told.end, place)]  # "A signed on Monday, B in April"
    before = between[-1:] or [t for at, t in line.of("P", 0, told.start) if told.start - at < 60]
    member = before[-1].value if before else None
    person = member.named.person if isinstance(member, Member) and member.named else None
    row = dossier.cosponsor(person.bioguide) if person else None
    if person is None or row is None or re.search(r"[;:]", line.text[told.end : place]):
        return
    day = valid_day(row.withdrawn_on if told.act is Act.WITHDREW else row.joined_on)
    if day is None or (len(before) > 1 and not days.holds(day)):
        return
    if not days.holds(day) and days.counted:
        return
    record = f"{row.name} {'withdrew' if told.act is Act.WITHDREW else 'joined'} {day.isoformat()}"
    verdict = "true" if days.holds(day) else "false"
    judge.add(
        "cosponsor", dossier, line.span(min(told.start, place), max(told.end, place + 1)), verdict, record
    )


def _chamber(line: Line, told: Told) -> str | None:
    """The chamber that acted: named directly after the act, or last before it in its clause."""
    after = re.match(
        r"(?: M| it)?(?:,? (?:by|in|through|from|of))?(?: (?:the )?(?:full )?)?(?=H)", line.text[told.end :]
    )
    if after is not None:
        value = line.token(told.end + after.end()).value
        return value if isinstance(value, str) else None
    inside = line.of("H", told.start, told.end)
    before = inside or line.of("H", guards.clause_start(line, told.start), told.start)
    value = before[-1][1].value if before else None
    return value if isinstance(value, str) else None


def _by_committee(line: Line, told: Told) -> bool:
    """Whether a committee is the one that approved: named last before the act, or directly after it."""
    before = line.text[: told.start]
    after = line.text[told.end : told.end + 40]
    return (
        before.rfind("K") > before.rfind("H")
        or re.search(r"\b(?:committee|panel)\b", before[before.rfind("H") + 1 :]) is not None
        or re.match(r"(?: M| it)?,? (?:by|in|out of) (?:the )?(?:K|committee)", after) is not None
    )


def _days_of(dossier: Dossier, act: Act, chamber: str | None) -> set[date]:
    """The days by the article's on which the record has such an act."""
    if act is Act.INTRODUCED:
        return {dossier.introduced} if dossier.introduced else set()
    if act in _EFFECTS:
        return {e.day for e in dossier.happened(_EFFECTS[act], chamber) if e.day}
    if act is Act.FAILED:
        return _lines(dossier, _FELL, chamber)
    if act is Act.REPORTED:
        return _lines(dossier, _COMMITTEE, None) | _activities(dossier)
    if act is Act.REFERRED:
        return _lines(dossier, _REFERRED, None)
    if act is Act.RECEIVED:
        return _lines(dossier, _RECEIVED, chamber)
    if act is Act.VOTED:
        return {e.day for e in dossier.happened(DECIDING, chamber) if e.day}
    return set()


def _lines(dossier: Dossier, told: re.Pattern[str], chamber: str | None) -> set[date]:
    """The days of the lines that tell so, in this chamber where one is named."""
    rows = (a for a in dossier.lines if told.search(a.text or ""))
    of = (a for a in rows if chamber is None or chamber in f"{a.source} {a.text}".casefold())
    return set(filter(None, (valid_day(a.on) for a in of)))


def _activities(dossier: Dossier) -> set[date]:
    """The days on which committees had to do with it."""
    rows = (activity for c in dossier.then.committees for part in c.parts() for activity in part.activities)
    return set(filter(None, (washington_day(activity.at) for activity in rows)))
