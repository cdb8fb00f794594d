"""How members and parties voted: claims that the roll calls held can confirm."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.dossier import DECIDING, Dossier, RollCalled
from tracker.press.judge import Judge
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.people import Person
from tracker.press.phrases import LIST
from tracker.press.scene import Line, Member, Scene

_FOR = r"(?P<yea>for|yes|aye|yea|in favor(?: of)?|in support(?: of)?|to (?:pass|approve|adopt|support|agree to|condemn|denounce|override))"
_AGAINST = r"(?P<nay>against|no(?! party)|nay|to (?:reject|oppose|defeat|block|sustain)|in opposition)"
_SIDE = rf'"?(?:{_FOR}|{_AGAINST}|(?P<present>(?:only )?present))(?![a-z])'
_SIDE_AGAIN = r"(?:(?P<yea2>for|in favor|in support)|(?P<nay2>against|opposed))(?![a-z])"
_FEW = rf"(?:the |only |just |sole |lone |among |one |of |{NUMBER} )*"
_WITH = r"(?:(?P<nay>opposed|opposing|dissenting|against|in opposition|in dissent|objecting|voting (?:no|nay|against))|(?P<yea>in favor|in support|voting (?:yes|aye|yea|for|in favor))|(?P<present>voting present))(?![a-z])"
_MEMBER = [
    re.compile(rf"(?P<who>{LIST}),? (?:who )?(?:both |all |each |also |had |has |have )*vot(?:ed|ing|es?) {_SIDE}(?! X)"),
    re.compile(rf"(?P<who>{LIST}) (?:was|were) {_FEW}(?:[a-z-]+ ){{0,3}}?(?:to vote|who voted|voting|votes?) {_SIDE}"),
    re.compile(rf"(?P<who>{LIST}) (?:was|were) {_FEW}(?P<nay>no votes?|nays?|noes|dissenters?)(?![a-z])"),
    re.compile(rf"(?:the )?(?:only|lone|sole|{NUMBER}) (?:[a-z]+ )?(?P<nay>no votes?|nays?|votes? against(?: M)?|dissenters?|dissents?|members? (?:to vote|who voted|voting) against(?: M)?)(?:,|:| was| were| came from| being)+ (?P<who>{LIST})"),
    re.compile(rf"(?P<who>{LIST}) cast (?:the )?(?:(?:only|lone|sole|{NUMBER}) )*(?P<nay>no votes?|nays?|votes? against|dissenting votes?)"),
    re.compile(rf"(?P<who>{LIST}) (?P<nay>opposed M|voted M down)"),
    re.compile(rf"\bwith (?:[a-z ]{{0,40}}[:,–]? ?)?(?P<who>{LIST}),? (?:both |all )?{_WITH}"),
    re.compile(rf"(?:democrats?|republicans?|members|senators|lawmakers|representatives)(?:,| –|:)? (?P<who>{LIST})(?:,| –)? {_WITH}"),
]  # fmt: skip
_BROKE = re.compile(
    rf"(?P<who>{LIST})(?:,| –)? (?:both |all )?(?:(?:broke|breaking) (?:ranks|with (?:his|her|their) (?:own )?party)|(?:crossed|crossing) (?:the aisle|party lines|over)|(?:defected|defecting)|(?:bucked|bucking) (?:his|her|their) (?:own )?party|sided with the (?:democrats|republicans))"
    rf"|(?:democrats?|republicans?) (?:broke ranks|crossed (?:over|the aisle)|defected): (?P<who2>{LIST})"
)
_GO_ON = re.compile(
    rf"(?:they|the (?:{NUMBER}|dissenters|defectors|holdouts|others|no votes|nays)(?: [a-z]+)?) (?:were|are)[:,]? (?P<who>{LIST})"
)
_PARTY_NOUN = r"(?P<party>democrats|republicans|democrat|republican)"
_PARTY = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:[a-z]+ )?{_PARTY_NOUN}(?: (?:members|senators|representatives))?(?:(?:,| –) [P, and]+(?:,| –))? (?:in H )?(?:(?:voted|voting) (?P<with>with the (?:democrats|republicans))|(?:voted|voting|were|cast (?:their )?(?:ballots|votes)) {_SIDE}|(?P<joined>joined|joining|crossed|crossing|sided|siding)|(?P<nay2>opposed|dissenting|against)|(?P<yea2>in favor))"
)
_NONE = re.compile(
    rf"(?P<none>not one|not a single|no) (?:{_PARTY_NOUN}s?|(?P<party2>democratic|republican))(?: (?:members?|senators?|lawmakers?|representatives?))? (?:voted|cast (?:a|their) (?:ballots?|votes?)) {_SIDE}"
    rf"|without (?P<none2>a single) (?P<party3>democrat|republican) (?:voting )?{_SIDE_AGAIN}"
)
_BY_VOTES_OF = re.compile(
    rf"with (?P<yea>the (?:votes|support)) of (?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) {_PARTY_NOUN}(?! and)"
)
_DID_SO = re.compile(rf"^(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) {_PARTY_NOUN} did so\b")
_VOTED = re.compile(rf"\bvot(?:ed|ing) {_SIDE}")
_ALL = re.compile(
    rf"(?P<all>every|all|all the) (?:voting )?{_PARTY_NOUN}(?: (?:members?|senators?))?(?: present)? (?:voted|cast (?:a|their) (?:ballots?|votes?)) {_SIDE}"
)
_MEMBERS = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:members|senators|lawmakers|representatives|others)(?: of the H)? (?:voted|voting|answered|answering) {_SIDE}"
)
_TALK = re.compile(
    r"vot|join|oppos|cast|favor|dissent|against|ranks|aisle|party lines|defect|buck|sided|siding|nays?\b"
)
_PAIR = re.compile(r"\b([0-9]{1,3}) ?(?:-|–|to|votes? to) ?([0-9]{1,3})\b")


def read_positions(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of how members or parties voted on a measure."""
    for line in scene.lines:
        if _TALK.search(line.text) is None:
            continue
        for pattern in (*_MEMBER, _BROKE):
            for found in pattern.finditer(line.text):
                _members(judge, scene, line, found)
        if scene.previous and (go_on := _GO_ON.match(line.text)) and (side := _told_before(scene.previous)):
            _members(judge, scene, line, go_on, side)
        if scene.previous and (did := _DID_SO.match(line.text)):
            sides = {_side(voted) for voted in _VOTED.finditer(scene.previous)}
            if len(sides) == 1:
                _totals(judge, scene, line, did, sides.pop())
        for pattern in (_PARTY, _NONE, _ALL, _MEMBERS, _BY_VOTES_OF):
            for found in pattern.finditer(line.text):
                _totals(judge, scene, line, found)


def _told_before(previous: str) -> str:
    """On which side a number of members was said to be, "" where there were none or several such."""
    sides = {_side(found) for found in _PARTY.finditer(previous)} - {""}
    return sides.pop() if len(sides) == 1 else ""


def _side(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next(
        (s for s in ("yea", "nay", "present") if groups.get(s) or groups.get(f"{s}2")),
        "",
    )


def _members(judge: Judge, scene: Scene, line: Line, found: re.Match[str], told: str = "") -> None:
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or not _said(line, found):
        return
    who = line.of("P", *found.span("who" if found["who"] else "who2"))
    for _, token in who:
        member = token.value
        if not isinstance(member, Member) or member.named is None or member.named.person is None:
            continue
        person = member.named.person
        rolls = [r for r in _rolls(judge, scene, line, dossier, None) if person.bioguide in r.positions]
        stood = {roll.positions[person.bioguide] for roll in rolls}
        if len(stood) != 1:
            continue
        side = _against_own(rolls[-1], person) if found.re is _BROKE else told or _side(found)
        if not side:
            continue
        position = stood.pop()
        place = (member.named.start, member.named.end) if len(who) > 1 else line.span(*found.span())
        record = (
            f"{person.name}: {position.replace('_', ' ')}, {rolls[-1].chamber} roll call {rolls[-1].number}"
        )
        verdict = "true" if position == side else "false"
        judge.add("vote", dossier, place, verdict, record, None, rolls[-1].address)


def _against_own(roll: RollCalled, person: Person) -> str:
    """The side that this member's party was mostly not on, "" where it was of two minds."""
    return {"yea": "nay", "nay": "yea"}.get(_majority_of(roll, person.party or ""), "")


def _majority_of(roll: RollCalled, party: str) -> str:
    """The side that most of a party was on, "" where it was of two minds."""
    totals = roll.by_party.get(party, {})
    yea, nay = totals.get("yea", 0), totals.get("nay", 0)
    if max(yea, nay) < 2 * min(yea, nay) or not yea + nay:
        return ""
    return "yea" if yea > nay else "nay"


def _said(line: Line, found: re.Match[str]) -> bool:
    """A vote against is no denial, so that "no" may stand in these words."""
    if guards.is_open(line, found.start(), found.start()) or guards.is_others_speech(line, found.start()):
        return False
    return not guards.is_denied(line, found.start(), found.start())


def _rolls(judge: Judge, scene: Scene, line: Line, dossier: Dossier, chamber: str | None) -> list[RollCalled]:
    """The roll calls that decided; of several, the one whose totals the sentence, or the one before it, gives."""
    rolls = dossier.decided_by(judge.rolls.get(dossier.id, ()), chamber)
    if len(rolls) < 2:
        return rolls
    for text in (line.text, scene.previous):
        given = {(int(m[1]), int(m[2])) for m in _PAIR.finditer(text)}
        of_these = [roll for roll in rolls if (_sum(roll, "yea"), _sum(roll, "nay")) in given]
        if of_these:
            return of_these
    return rolls


def _sum(roll: RollCalled, side: str) -> int:
    return sum(totals.get(side, 0) for totals in roll.by_party.values())


def _totals(judge: Judge, scene: Scene, line: Line, found: re.Match[str], told: str = "") -> None:
    """A number of a party's members, or of all, on one side."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    groups = found.groupdict()
    said = number(found["count"]) if groups.get("count") else 0
    if dossier is None or said is None or not _said(line, found) or "X" in found.group():
        return
    at, side = line.span(*found.span()), told or _side(found)
    noun = groups.get("party") or groups.get("party2") or groups.get("party3")
    chamber = _chamber(line, found.start())
    rolls = _rolls(judge, scene, line, dossier, chamber)
    if not rolls and noun is None:
        _by_the_lines(judge, dossier, at, (groups["limit"], said, side), chamber)
    if len(rolls) != 1:
        return
    roll = rolls[0]
    if noun is None:
        told = ", ".join(f"{_sum(roll, s)} {s}" for s in ("yea", "nay", "present"))
        verdict = "true" if agrees(groups["limit"], said, {_sum(roll, side)}) else "false"
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
        side = _majority_of(roll, "D" if "democrats" in found["with"] else "R")
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
