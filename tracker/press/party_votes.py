"""How many of a party, or of all, were on a side: claims held against the roll calls."""

from __future__ import annotations

import re

from tracker.press.dossier import DECIDING, Dossier
from tracker.press.judge import Judge
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.rolls import rolls_meant
from tracker.press.scene import Line, Scene
from tracker.press.sides import PARTY_NOUN, SIDE, is_told, majority_of, side_of

_SIDE_AGAIN = r"(?:(?P<yea2>for|in favor|in support)|(?P<nay2>against|opposed))(?![a-z])"
_NONE_CROSSED = re.compile(
    rf"(?P<none>not one|not a single|no) {PARTY_NOUN}s? (?:crossed (?:over|the aisle|party lines)|broke ranks|defected|broke with)"
)
_NONE = re.compile(
    rf"(?P<none>not one|not a single|no) (?:{PARTY_NOUN}s?|(?P<party2>democratic|republican))(?: (?:members?|senators?|lawmakers?|representatives?))? (?:voted|cast (?:a|their) (?:ballots?|votes?)) {SIDE}"
    rf"|without (?P<none2>a single) (?P<party3>democrat|republican) (?:voting )?{_SIDE_AGAIN}"
)
_BY_VOTES_OF = re.compile(
    rf"with (?P<yea>the (?:votes|support)) of (?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) {PARTY_NOUN}(?! and)"
)
_DID_SO = re.compile(rf"^(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) {PARTY_NOUN} did so\b")
_VOTED = re.compile(rf"\bvot(?:ed|ing) {SIDE}")
_ALL = re.compile(
    rf"(?P<all>every|all|all the) (?:voting )?{PARTY_NOUN}(?: (?:members?|senators?))?(?: present| who voted| voting| on the floor)? (?:(?:voted|said|cast (?:a|their) (?:ballots?|votes?)) {SIDE}|(?:was |were )?(?P<nay2>opposed|against|dissented)|(?:was |were )?(?P<yea2>in favor|backed (?:M|it)|supported (?:M|it)))(?![a-z])"
)
_MEMBERS = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:members|senators|lawmakers|representatives|others)(?: of the H)? (?:voted|voting|answered|answering) {SIDE}"
)
_PARTY = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:[a-z]+ )?{PARTY_NOUN}(?: (?:members|senators|representatives))?(?:(?:,| –) [P, and]+(?:,| –))? (?:in H )?(?:(?:voted|voting) (?P<with>with the (?:democrats|republicans))|(?:voted|voting|were|cast (?:their )?(?:ballots|votes)) {SIDE}|(?P<joined>joined|joining|crossed|crossing|sided|siding)|(?:were |was )?(?P<nay2>opposed|objected|dissented|dissenting|against|lined up against|rejected (?:M|it))|(?:were )?(?P<yea2>in favor|backed (?:M|it)|supported (?:M|it)|favored (?:M|it)))"
)


def read_party_votes(judge: Judge, scene: Scene, line: Line) -> None:
    """Add what one sentence on a vote claims of numbers."""
    if scene.previous and (did := _DID_SO.match(line.text)):
        sides = {side_of(voted) for voted in _VOTED.finditer(scene.previous)}
        if len(sides) == 1:
            _totals(judge, scene, line, did, sides.pop())
    for found in _NONE_CROSSED.finditer(line.text):
        _none_crossed(judge, scene, line, found)
    for pattern in (_PARTY, _NONE, _ALL, _MEMBERS, _BY_VOTES_OF):
        for found in pattern.finditer(line.text):
            _totals(judge, scene, line, found)


def told_before(previous: str) -> str:
    """On which side a number of members was said to be, "" where there were none or several such."""
    sides = {side_of(found) for found in _PARTY.finditer(previous)} - {""}
    return sides.pop() if len(sides) == 1 else ""


def _none_crossed(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "No Democrat crossed over": all who voted were on one side."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    if dossier is None or not is_told(line, found):
        return
    rolls = rolls_meant(judge, scene, line, dossier, _chamber(line, found.start()), found.start())
    if len(rolls) != 1:
        return
    party = "D" if found["party"].startswith("d") else "R"
    totals = rolls[0].by_party.get(party, {})
    yea, nay = totals.get("yea", 0), totals.get("nay", 0)
    record = f"{party}: {yea} yea, {nay} nay, {rolls[0].chamber} roll call {rolls[0].number}"
    verdict = "false" if yea and nay else "true"
    judge.add("vote", dossier, line.span(*found.span()), verdict, record, None, rolls[0].address)


def _totals(judge: Judge, scene: Scene, line: Line, found: re.Match[str], told: str = "") -> None:
    """A number of a party's members, or of all, on one side."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    groups = found.groupdict()
    said = number(found["count"]) if groups.get("count") else 0
    if dossier is None or said is None or not is_told(line, found) or "X" in found.group():
        return
    at, side = line.span(*found.span()), told or side_of(found)
    noun = groups.get("party") or groups.get("party2") or groups.get("party3")
    chamber = _chamber(line, found.start())
    rolls = rolls_meant(judge, scene, line, dossier, chamber, found.start())
    if not rolls and noun is None:
        _by_the_lines(judge, dossier, at, (groups["limit"], said, side), chamber)
    if len(rolls) != 1:
        return
    roll = rolls[0]
    if noun is None:
        told = ", ".join(f"{roll.total(s)} {s}" for s in ("yea", "nay", "present"))
        verdict = "true" if agrees(groups["limit"], said, {roll.total(side)}) else "false"
        judge.add("vote", dossier, at, verdict, f"{told}, {roll.chamber} roll call {roll.number}", None, roll.address)  # fmt: skip
        return
    party = "D" if noun.startswith("d") else "R"
    totals = roll.by_party.get(party, {})
    yea, nay = totals.get("yea", 0), totals.get("nay", 0)
    record = f"{party}: {yea} yea, {nay} nay, {roll.chamber} roll call {roll.number}"
    if groups.get("joined"):  # "86 Democrats joined": whom, the words do not say
        if agrees(groups["limit"], said, {yea, nay}):
            judge.add("vote", dossier, at, "true", record, None, roll.address)
        return
    if groups.get("with"):
        side = majority_of(roll, "D" if "democrats" in found["with"] else "R")
        if not side:
            return
    if groups.get("all"):
        other = nay if side == "yea" else yea
        judge.add("vote", dossier, at, "false" if other or side == "present" else "true", record, None, roll.address)  # fmt: skip
        return
    limit = groups.get("limit")
    verdict = "true" if agrees(limit, said, {totals.get(side, 0)}) else "false"
    judge.add("vote", dossier, at, verdict, record, None, roll.address)


def _by_the_lines(
    judge: Judge,
    dossier: Dossier,
    at: tuple[int, int],
    told: tuple[str | None, int, str],
    chamber: str | None,
) -> None:
    """The same by the totals in the lines of actions, where the roll call is not held."""
    limit, said, side = told
    events = [e for e in dossier.happened(DECIDING, chamber) if e.count]
    if len(events) != 1 or not events[0].count:
        return
    yea, nay = events[0].count
    count = {"yea": yea, "nay": nay, "present": events[0].present or 0}[side]
    judge.add("vote", dossier, at, "true" if agrees(limit, said, {count}) else "false", events[0].text)


def _chamber(line: Line, place: int) -> str | None:
    before = line.of("H", 0, place)
    value = before[-1][1].value if before else None
    return value if isinstance(value, str) else None
