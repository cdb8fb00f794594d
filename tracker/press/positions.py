"""How members and parties voted: claims that the roll calls held can confirm."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.judge import Judge
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.scene import Line, Member, Scene

_LIST = r"P(?:(?:, and |, | and | & |, along with | as well as )P)*"
_FOR = (
    r"(?P<yea>for|yes|aye|yea|in favor(?: of)?|to (?:pass|approve|adopt|support|agree to|condemn|denounce))"
)
_AGAINST = r"(?P<nay>against|no(?! party)|nay|to (?:reject|oppose|defeat|block))"
_SIDE = rf"(?:{_FOR}|{_AGAINST}|(?P<present>(?:only )?present))"
_MEMBER = [
    re.compile(rf"(?P<who>{_LIST}),? (?:who )?(?:both |all |each |also |had |has |have )*vot(?:ed|ing) {_SIDE}(?! X)"),
    re.compile(rf"(?P<who>{_LIST}) (?:was|were) (?:the )?(?:only|lone|sole|among the|one of the) (?:[a-z-]+ ){{0,3}}(?:to vote|who voted|voting) {_SIDE}"),
    re.compile(r"(?:the )?(?:only|lone|sole) (?P<nay>no vote|nay|vote against(?: M)?|dissenter|member to vote against M)(?:,| was| came from| being)+ (?P<who>P)"),
    re.compile(rf"(?P<who>{_LIST}) cast the (?:only|lone|sole) (?P<nay>no vote|nay|vote against|dissenting vote)"),
    re.compile(rf"(?P<who>{_LIST}) (?P<nay>opposed M|voted M down)"),
]  # fmt: skip
_PARTY = re.compile(
    rf"(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?P<party>democrats|republicans|democrat|republican)(?: (?:members|senators|representatives))? (?:in H )?(?:(?:voted|voting|were|cast (?:their )?(?:ballots|votes)) {_SIDE}|(?P<joined>joined|crossed|sided))"
)


def read_positions(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of how members or parties voted on a measure."""
    for line in scene.lines:
        if (
            "vot" not in line.text
            and "joined" not in line.text
            and "opposed" not in line.text
            and "cast" not in line.text
        ):
            continue
        for pattern in _MEMBER:
            for found in pattern.finditer(line.text):
                _members(judge, scene, line, found)
        for found in _PARTY.finditer(line.text):
            _party(judge, scene, line, found)


def _side(found: re.Match[str]) -> str:
    groups = found.groupdict()
    return next((side for side in ("yea", "nay", "present") if groups.get(side)), "")


def _members(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or not _said(line, found):
        return
    side = _side(found)
    for _, token in line.of("P", *found.span("who")):
        member = token.value
        person = member.named.person if isinstance(member, Member) and member.named else None
        if person is None or not isinstance(member, Member) or member.named is None:
            continue
        rolls = [
            r
            for r in dossier.decided_by(judge.rolls.get(dossier.id, ()), None)
            if person.bioguide in r.positions
        ]
        stood = {roll.positions[person.bioguide] for roll in rolls}
        at = line.span(*found.span())
        several = len(line.of("P", *found.span("who"))) > 1
        place = (member.named.start, member.named.end) if several else at
        if len(stood) == 1:
            position = stood.pop()
            record = f"{person.name}: {position.replace('_', ' ')}, {rolls[-1].chamber} roll call {rolls[-1].number}"
            judge.add(
                "vote",
                dossier,
                place,
                "true" if position == side else "false",
                record,
                None,
                rolls[-1].address,
            )


def _said(line: Line, found: re.Match[str]) -> bool:
    """A vote against is no denial, so that "no" may stand in these words."""
    if guards.is_open(line, found.start(), found.start()) or guards.is_others_speech(line, found.start()):
        return False
    return not guards.is_denied(line, found.start(), found.start())


def _party(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    said = number(found["count"])
    if dossier is None or said is None or not _said(line, found):
        return
    rolls = dossier.decided_by(judge.rolls.get(dossier.id, ()), _chamber(line, found.start()))
    if len(rolls) != 1:
        return
    party = "D" if found["party"].startswith("d") else "R"
    totals = rolls[0].by_party.get(party, {})
    at = line.span(*found.span())
    record = f"{party}: {totals.get('yea', 0)} yea, {totals.get('nay', 0)} nay, {rolls[0].chamber} roll call {rolls[0].number}"
    side = _side(found)
    if not side:  # "86 Democrats joined": whom, the words do not say
        if agrees(found["limit"], said, {totals.get("yea", 0), totals.get("nay", 0)}):
            judge.add("vote", dossier, at, "true", record, None, rolls[0].address)
        return
    verdict = "true" if agrees(found["limit"], said, {totals.get(side, 0)}) else "false"
    judge.add("vote", dossier, at, verdict, record, None, rolls[0].address)


def _chamber(line: Line, place: int) -> str | None:
    before = line.of("H", 0, place)
    value = before[-1][1].value if before else None
    return value if isinstance(value, str) else None
