"""How members and parties voted: claims that the roll calls held can confirm."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.dossier import DECIDING, Dossier, RollCalled
from tracker.press.judge import Judge
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.people import Person
from tracker.press.phrases import LIST
from tracker.press.rolls import rolls_meant
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
    re.compile(rf"\b(?:only|lone|sole) (?:[a-z]+ )?(?:democrat|republican|member|senator|independent|one)s? (?:(?:to vote |voting |who voted |voted )?(?:(?P<nay>against|opposed|no|dissenting)|(?P<yea>for|in favor|yes)))(?: of)?(?: M)?,? (?:was|were|came from|being) (?P<who>{LIST})"),
    re.compile(rf"(?P<who>{LIST}) cast (?:the )?(?:(?:only|lone|sole|{NUMBER}) )*(?P<nay>no votes?|nays?|votes? against|dissenting votes?)"),
    re.compile(rf"(?P<who>{LIST}) (?P<nay>opposed M|voted M down)"),
    re.compile(rf"(?P<who>{LIST}),? (?:(?:was|were|is|are|stood) (?:also |both |all |too )*(?:(?P<nay>opposed|against|in opposition|among the (?:noes|nays|opponents|dissenters))|(?P<yea>in favor|among the (?:yeas|ayes)))|(?:also |both |all |too )*(?:(?P<nay2>opposed|rejected|objected to)|(?P<yea2>backed|supported|favored)) (?:M|it))(?![a-z])"),
    re.compile(rf"(?P<who>{LIST}),? (?:(?:also |both |all )*(?P<missed>(?:missed|skipped|sat out) (?:the|that|this) (?:vote|roll call)|did not vote|cast no vote|(?:was|were) absent|abstained|(?:was|were) not (?:there|present) (?:to vote|for (?:the|that) vote)))"),
    re.compile(rf"\bonly (?P<who>{LIST}) (?P<missed>missed|skipped)"),
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
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:[a-z]+ )?{_PARTY_NOUN}(?: (?:members|senators|representatives))?(?:(?:,| –) [P, and]+(?:,| –))? (?:in H )?(?:(?:voted|voting) (?P<with>with the (?:democrats|republicans))|(?:voted|voting|were|cast (?:their )?(?:ballots|votes)) {_SIDE}|(?P<joined>joined|joining|crossed|crossing|sided|siding)|(?:were |was )?(?P<nay2>opposed|objected|dissented|dissenting|against|lined up against|rejected (?:M|it))|(?:were )?(?P<yea2>in favor|backed (?:M|it)|supported (?:M|it)|favored (?:M|it)))"
)
_NONE_CROSSED = re.compile(
    rf"(?P<none>not one|not a single|no) {_PARTY_NOUN}s? (?:crossed (?:over|the aisle|party lines)|broke ranks|defected|broke with)"
)
_GROUP_OF = re.compile(  # "15 Republicans lined up against it, among them A and B", "six joined them: A, B and C"
    rf"(?P<count>{NUMBER}) (?:[a-z]+ )?{_PARTY_NOUN}(?P<told>[^.;:P]{{0,80}}?(?:P[^.;:P]{{0,20}})?),? ?(?:(?:among them|including|them|:|–)(?: were| was)?,? (?:his |her )?(?:fellow )?(?P<who>{LIST})(?: among them)?|, (?P<who4>{LIST})(?=[.;]|$))"
    rf"|the (?P<count3>{NUMBER}) (?P<party3>democrats|republicans) who did(?: so)?(?P<told3>) (?:included?|were|are) (?P<who5>{LIST})"
    rf"|(?P<count2>{NUMBER}) (?:[a-z]+ )?(?P<party2>democrats|republicans)(?P<told2>[^.;:P]{{0,80}}?), (?P<who2>{LIST}) among them(?:,? (?:along with|and so did|as well as) (?P<more>{LIST}))?"
)
_AS_WELL = re.compile(
    rf"(?:^|[;,] (?:and |but )?|\band )(?P<who>{LIST})(?P<aside>, [a-z][^,;.PMHK]{{2,60}},)?(?P<others> and (?:most|many|some|all) other (?:democrats|republicans))? (?P<same>did too|did so(?: too| as well)?|did likewise|did as well|also did|agreed|joined (?:them|him|her|in)|(?:was|were) (?:too|as well|with them|another|among them|one of them)|followed suit|made (?:it )?[a-z]+|(?:was|were) the (?:other|third|fourth|fifth))(?![a-z])"
    rf"|(?:^|[;,] (?:and )?|\band )so (?:too )?did (?P<who2>{LIST})"
    rf"|(?:^|[;,] (?:and |but )?|\bbut )(?P<who3>{LIST}) (?P<other>did not|didn't|voted the other way|went the other way|was not|did the opposite|dissented)(?=[,.;]|$)"
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
    rf"(?P<all>every|all|all the) (?:voting )?{_PARTY_NOUN}(?: (?:members?|senators?))?(?: present| who voted| voting| on the floor)? (?:(?:voted|said|cast (?:a|their) (?:ballots?|votes?)) {_SIDE}|(?:was |were )?(?P<nay2>opposed|against|dissented)|(?:was |were )?(?P<yea2>in favor|backed (?:M|it)|supported (?:M|it)))(?![a-z])"
)
_MEMBERS = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:members|senators|lawmakers|representatives|others)(?: of the H)? (?:voted|voting|answered|answering) {_SIDE}"
)
_TALK = re.compile(
    r"vot|join|oppos|object|cross|brok|break|did|yes|so w|\bno\b|roll call|skipp|absent|back|reject|cast|favor|dissent|against|ranks|aisle|party lines|defect|buck|sided|siding|nays?\b"
)


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
        _in_groups(judge, scene, line)
        _as_well(judge, scene, line)
        if re.search(r"\bvot|\bagainst\b|\bopposed\b|\bin favor\b|\bcrossed\b|\bbroke\b", line.text):
            _lists(judge, scene, line)
        for found in _NONE_CROSSED.finditer(line.text):
            _none_crossed(judge, scene, line, found)
        for pattern in (_PARTY, _NONE, _ALL, _MEMBERS, _BY_VOTES_OF):
            for found in pattern.finditer(line.text):
                _totals(judge, scene, line, found)


def _in_groups(judge: Judge, scene: Scene, line: Line) -> None:
    """Members named as some of a number of their party, who are on the side that these are said to be on."""
    for found in _GROUP_OF.finditer(line.text):
        groups = found.groupdict()
        lead = line.text[max(0, found.start() - 30) : found.start()]
        told = groups["told"] or groups["told2"] or ""
        if _WON_OVER.search(lead):
            told = f"crossed {told}"
        party = "D" if (groups["party"] or groups["party2"] or groups["party3"]).startswith("d") else "R"
        side = _last_side(scene.previous) if groups["count3"] else _side_in(told)
        names = [name for name in ("who", "who2", "who4", "who5", "more") if groups.get(name)]
        for name in names:
            _stood(judge, scene, line, found, name, side, party)


_SIDES = (
    ("nay", re.compile(rf"\bvot(?:ed|ing) {_AGAINST}|\bopposed\b|\bagainst\b|\bdissent|\bobject|\bno\b|\bnays?\b|\brejected\b")),
    ("yea", re.compile(rf"\bvot(?:ed|ing) {_FOR}|\bin favor\b|\bbacked\b|\bsupported\b|\bvoted (?:yes|aye|for)")),
    ("present", re.compile(r"\bpresent\b")),
)  # fmt: skip
_WON_OVER = re.compile(r"\b(?:brought|won|picked|peeled) (?:over|off|up) (?:the )?$")
_CROSSING = re.compile(
    r"\bvoted with the (?:democrats|republicans)|\bwent with|\bjoin|\bcross|\bbroke|\bdefect|\bsided|\bbuck|\bdid so"
)


def _side_in(told: str) -> str:
    """The side that words tell; "crossed" for those who left their party's; "" where they tell none, or two."""
    sides = [side for side, pattern in _SIDES if pattern.search(told)]
    if len(sides) == 1:
        return sides[0]
    if not sides and _CROSSING.search(told):
        return "crossed"
    return ""


def _as_well(judge: Judge, scene: Scene, line: Line) -> None:
    """ "P did too", "so did P", "P did not": on the side, or not on it, that was told directly before."""
    for found in _AS_WELL.finditer(line.text):
        groups = found.groupdict()
        before = line.text[: found.start()]
        side = _last_side(before) or _last_side(scene.previous)
        if side == "":
            continue
        if groups["who3"]:
            side = {"yea": "nay", "nay": "yea"}.get(side, "")
        name = next(n for n in ("who", "who2", "who3") if groups[n])
        _stood(judge, scene, line, found, name, side, None)


_RUN = re.compile(LIST)
_FEWEST = 3  # names in a list, of which all but one voted alike


def _lists(judge: Judge, scene: Scene, line: Line) -> None:
    """Names listed together in a sentence on a vote: where all but one voted alike, that one is misplaced."""
    for found in _RUN.finditer(line.text):
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        if dossier is None or not _said(line, found):
            continue
        rolls = rolls_meant(judge, scene, line, dossier, None, found.start())
        people = [
            (t.value.named, t.value.named.person)
            for _, t in line.of("P", *found.span())
            if isinstance(t.value, Member) and t.value.named and t.value.named.person
        ]
        if len(rolls) != 1 or len(people) < _FEWEST:
            continue
        if any(judge.has_read(("vote", "cosponsor"), named.start, named.end) for named, _ in people):
            continue
        stood = [rolls[0].positions.get(person.bioguide, "") for _, person in people]
        most = max(set(stood), key=stood.count)
        if stood.count(most) < len(stood) - 1 or not most:
            continue
        for (named, person), position in zip(people, stood, strict=True):
            record = (
                f"{person.name}: {position.replace('_', ' ')}, {rolls[0].chamber} roll call {rolls[0].number}"
            )
            verdict = "true" if position == most else "false"
            judge.add("vote", dossier, (named.start, named.end), verdict, record, None, rolls[0].address)


def _last_side(text: str) -> str:
    """The side told last in a text, "" where none is."""
    found = [(m.end(), side) for side, pattern in _SIDES for m in pattern.finditer(text)]
    return max(found)[1] if found else ""


def _none_crossed(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "No Democrat crossed over": all who voted were on one side."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    if dossier is None or not _said(line, found):
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


def _stood(
    judge: Judge, scene: Scene, line: Line, found: re.Match[str], name: str, side: str, party: str | None
) -> None:
    """Judge that each of the members in a group of a match was on a side; `side` "crossed" is against most of their party."""
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or not side or not _said(line, found):
        return
    for _, token in line.of("P", *found.span(name)):
        member = token.value
        person = member.named.person if isinstance(member, Member) and member.named else None
        if person is None or judge.has_read(("vote",), token.start, token.end):
            continue
        rolls = [
            r
            for r in rolls_meant(judge, scene, line, dossier, None, found.start())
            if person.bioguide in r.positions
        ]
        if len({r.positions[person.bioguide] for r in rolls}) != 1 or (party and person.party != party):
            continue
        wanted = _against_own(rolls[-1], person) if side == "crossed" else side
        if not wanted:
            continue
        position = rolls[-1].positions[person.bioguide]
        record = (
            f"{person.name}: {position.replace('_', ' ')}, {rolls[-1].chamber} roll call {rolls[-1].number}"
        )
        verdict = "true" if position == wanted else "false"
        at = (member.named.start, member.named.end) if isinstance(member, Member) and member.named else None
        if at is not None:
            judge.add("vote", dossier, at, verdict, record, None, rolls[-1].address)


def _told_before(previous: str) -> str:
    """On which side a number of members was said to be, "" where there were none or several such."""
    sides = {_side(found) for found in _PARTY.finditer(previous)} - {""}
    return sides.pop() if len(sides) == 1 else ""


def _side(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next(
        (s for s in ("yea", "nay", "present") if groups.get(s) or groups.get(f"{s}2")),
        "not_voting" if groups.get("missed") else "",
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
        rolls = [
            r
            for r in rolls_meant(judge, scene, line, dossier, None, found.start())
            if person.bioguide in r.positions
        ]
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
