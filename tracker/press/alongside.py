"""How members voted who are named with others: some of a number, "so did P", names in one list."""

from __future__ import annotations

import re

from tracker.press.judge import Judge
from tracker.press.numbers import NUMBER, number
from tracker.press.phrases import LIST
from tracker.press.rolls import rolls_meant
from tracker.press.scene import Line, Member, Scene
from tracker.press.sides import AGAINST, FOR, PARTY_NOUN, against_own, is_told

_GROUP_OF = re.compile(  # "15 Republicans lined up against it, among them A and B", "six joined them: A, B and C"
    rf"(?P<count>{NUMBER}) (?:[a-z]+ )?{PARTY_NOUN}(?P<told>[^.;:P]{{0,80}}?(?:P[^.;:P]{{0,20}})?),? ?(?:(?:among them|including|them|:|–)(?: were| was)?,? (?:his |her )?(?:fellow )?(?P<who>{LIST})(?: among them)?|, (?P<who4>{LIST})(?=[.;]|$))"
    rf"|the (?P<count3>{NUMBER}) (?P<party3>democrats|republicans) who did(?: so)?(?P<told3>) (?:included?|were|are) (?P<who5>{LIST})"
    rf"|(?P<count2>{NUMBER}) (?:[a-z]+ )?(?P<party2>democrats|republicans)(?P<told2>[^.;:P]{{0,80}}?), (?P<who2>{LIST}) among them(?:,? (?:along with|and so did|as well as) (?P<more>{LIST}))?"
)
_AS_WELL = re.compile(
    rf"(?:^|[;,] (?:and |but )?|\band )(?P<who>{LIST})(?P<aside>, [a-z][^,;.PMHK]{{2,60}},)?(?P<others> and (?:most|many|some|all) other (?:democrats|republicans))? (?P<same>did too|did so(?: too| as well)?|did likewise|did as well|also did|agreed|joined (?:them|him|her|in)|(?:was|were) (?:too|as well|with them|another|among them|one of them)|followed suit|made (?:it )?[a-z]+|(?:was|were) the (?:other|third|fourth|fifth))(?![a-z])"
    rf"|(?:^|[;,] (?:and )?|\band )so (?:too )?(?:did|was|were) (?:his |her )?(?:fellow )?(?P<who2>{LIST})"
    rf"|(?:^|[;,] (?:and |but )?|\bbut )(?P<who3>{LIST}) (?P<other>did not|didn't|voted the other way|went the other way|was not|did the opposite|dissented)(?=[,.;]|$)"
)
_SIDES = (
    ("nay", re.compile(rf"\bvot(?:ed|ing) {AGAINST}|\bopposed\b|\bagainst\b|\bdissent|\bobject|\bno\b|\bnays?\b|\brejected\b")),
    ("yea", re.compile(rf"\bvot(?:ed|ing) {FOR}|\bin favor\b|\bbacked\b|\bsupported\b|\bvoted (?:yes|aye|for)")),
    ("present", re.compile(r"\bpresent\b")),
)  # fmt: skip
_WON_OVER = re.compile(r"\b(?:brought|won|picked|peeled) (?:over|off|up) (?:the )?$")
_CROSSING = re.compile(
    r"\bvoted with the (?:democrats|republicans)|\bwent with|\bjoin|\bcross|\bbroke|\bdefect|\bsided|\bbuck|\bdid so"
)
_RUN = re.compile(LIST)
_FEWEST = 3  # names in a list, of which all but one voted alike
_OF_A_VOTE = re.compile(r"\bvot|\bagainst\b|\bopposed\b|\bin favor\b|\bcrossed\b|\bbroke\b")


_AMONG = re.compile(
    rf"(?P<who>{LIST}) (?:was|were) among the (?P<count>{NUMBER})(?! [a-z]+ who)(?=[.,;]| |$)"
)


def _among(judge: Judge, scene: Scene, line: Line) -> None:
    """ "It passed 399 to 5. P was among the five": on the side that has as many."""
    for found in _AMONG.finditer(line.text):
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        rolls = rolls_meant(judge, scene, line, dossier, None, found.start()) if dossier else []
        said = number(found["count"])
        sides = {side for roll in rolls for side in ("yea", "nay", "present") if roll.total(side) == said}
        if len(sides) == 1:
            _stood(judge, scene, line, found, "who", sides.pop(), None)


def read_alongside(judge: Judge, scene: Scene, line: Line) -> None:
    """Add what one sentence on a vote claims of members named with others."""
    _in_groups(judge, scene, line)
    _as_well(judge, scene, line)
    _among(judge, scene, line)
    if _OF_A_VOTE.search(line.text):
        _lists(judge, scene, line)


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


def _side_in(told: str) -> str:
    """The side that words tell; "crossed" for those who left their party's; "" where they tell none, or two."""
    sides = [side for side, pattern in _SIDES if pattern.search(told)]
    if len(sides) == 1:
        return sides[0]
    if not sides and _CROSSING.search(told):
        return "crossed"
    return ""


def _last_side(text: str) -> str:
    """The side told last in a text, "" where none is."""
    found = [(m.end(), side) for side, pattern in _SIDES for m in pattern.finditer(text)]
    return max(found)[1] if found else ""


def _stood(
    judge: Judge, scene: Scene, line: Line, found: re.Match[str], name: str, side: str, party: str | None
) -> None:
    """Judge that each of the members in a group of a match was on a side; `side` "crossed" is against most of their party."""
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or not side or not is_told(line, found):
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
        wanted = against_own(rolls[-1], person) if side == "crossed" else side
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


def _lists(judge: Judge, scene: Scene, line: Line) -> None:
    """Names listed together in a sentence on a vote: where all but one voted alike, that one is misplaced."""
    for found in _RUN.finditer(line.text):
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        if dossier is None or not is_told(line, found):
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
