"""How members voted by their own names: claims that the roll calls held can confirm."""

from __future__ import annotations

import re

from tracker.press.alongside import read_alongside
from tracker.press.judge import Judge
from tracker.press.numbers import NUMBER
from tracker.press.party_votes import read_party_votes, told_before
from tracker.press.phrases import LIST
from tracker.press.rolls import rolls_meant
from tracker.press.scene import Line, Member, Scene
from tracker.press.sides import SIDE, against_own, is_told, side_of

_FEW = rf"(?:the |only |just |sole |lone |among |one |of |{NUMBER} )*"
_WITH = r"(?:(?P<nay>opposed|opposing|dissenting|against|in opposition|in dissent|objecting|voting (?:no|nay|against))|(?P<yea>in favor|in support|voting (?:yes|aye|yea|for|in favor))|(?P<present>voting present))(?![a-z])"
_MEMBER = [
    re.compile(rf"(?P<who>{LIST}),? (?:who )?(?:both |all |each |also |had |has |have )*vot(?:ed|ing|es?) {SIDE}(?! X)"),
    re.compile(rf"(?P<who>{LIST}) (?:was|were) {_FEW}(?:[a-z-]+ ){{0,3}}?(?:to vote|who voted|voting|votes?) {SIDE}"),
    re.compile(rf"(?P<who>{LIST}) (?:was|were) {_FEW}(?P<nay>no votes?|nays?|noes|dissenters?)(?![a-z])"),
    re.compile(rf"(?:the )?(?:only|lone|sole|{NUMBER}) (?:[a-z]+ )?(?P<nay>no votes?|nays?|votes? against(?: M)?|dissenters?|dissents?|members? (?:to vote|who voted|voting) against(?: M)?)(?:,|:| was| were| came from| being)+ (?P<who>{LIST})"),
    re.compile(rf"\b(?:only|lone|sole|the one) (?:[a-z]+ )?(?:democrat|republican|member|senator|independent|one)s? (?:(?:to vote |voting |who voted |voted )?(?:(?P<nay>against|opposed|no|dissenting)|(?P<yea>for|in favor|yes)))(?: of)?(?: M)?,? (?:was|were|came from|being) (?P<who>{LIST})"),
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
_TALK = re.compile(
    r"vot|join|oppos|object|cross|brok|break|did|yes|so w|among the|\bno\b|roll call|skipp|absent|back|reject|cast|favor|dissent|against|ranks|aisle|party lines|defect|buck|sided|siding|nays?\b"
)


def read_positions(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of how members or parties voted on a measure."""
    for line in scene.lines:
        if _TALK.search(line.text) is None:
            continue
        for pattern in (*_MEMBER, _BROKE):
            for found in pattern.finditer(line.text):
                _members(judge, scene, line, found)
        if scene.previous and (go_on := _GO_ON.match(line.text)) and (side := told_before(scene.previous)):
            _members(judge, scene, line, go_on, side)
        read_alongside(judge, scene, line)
        read_party_votes(judge, scene, line)


def _members(judge: Judge, scene: Scene, line: Line, found: re.Match[str], told: str = "") -> None:
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or not is_told(line, found):
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
        side = against_own(rolls[-1], person) if found.re is _BROKE else told or side_of(found)
        if not side:
            continue
        position = stood.pop()
        place = (member.named.start, member.named.end) if len(who) > 1 else line.span(*found.span())
        record = (
            f"{person.name}: {position.replace('_', ' ')}, {rolls[-1].chamber} roll call {rolls[-1].number}"
        )
        verdict = "true" if position == side else "false"
        judge.add("vote", dossier, place, verdict, record, None, rolls[-1].address)
