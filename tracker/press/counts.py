"""How many stand behind a measure: claims of the number of its cosponsors, in all and by party."""

from __future__ import annotations

import re

from tracker.congress.people import PARTIES
from tracker.press import guards
from tracker.press.dossier import Dossier, parties
from tracker.press.judge import Judge
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.phrases import MAKES
from tracker.press.scene import Line, Scene
from tracker.records.model import CosponsorRecord

_KIND = r"(?:(?:other|additional|fellow|further|new|more|total|bipartisan|house|senate|original|initial|listed|current|official|named|of the|of its|republican|democratic|gop|independent) )"
_COUNTED = re.compile(
    rf"(?:\b(?P<limit>{LIMIT}) )?(?<![\w,.-])(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>co-?sponsors?|co-?signers)(?![\w-])"
)
_COUNTED_BY = re.compile(
    rf"co-?sponsored by (?:a (?:bipartisan )?group of )?(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>senators|members|lawmakers|representatives|colleagues|legislators|others|democrats|republicans|people|house members)"
)
_JOINED = re.compile(
    rf"joined (?:at once |in introducing M |as co-?sponsors |on M )?by (?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>colleagues|senators|members|lawmakers|representatives|others|democrats|republicans|co-?sponsors|house members)"
)
_GROUP = re.compile(
    rf"(?:group|coalition|team) of (?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>senators|members|lawmakers|representatives|legislators|house members|democrats|republicans)(?= .{{0,60}}?\b{MAKES})"
)
_SIGNED = re.compile(
    rf"(?:\b(?P<limit>{LIMIT}) )?(?<![\w,.-])(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>senators|members|lawmakers|representatives|colleagues|legislators|others|democrats|republicans|house members)(?: (?:of both parties|from both parties|of the H|of congress))?,? (?:have |had |has )?(?:now |since |already |also )*(?:co-?sponsor(?:ed|ing)?|signed on|signed onto|put their names|added their names|joined (?:as|M|him|her|P)|(?:are|were) (?:now )?co-?sponsors)"
)
_BY_PARTY = re.compile(
    rf"(?P<count>{NUMBER}) (?P<noun>democrats?|republicans?|independents?)(?= (?:and|,)|,|\)|\.|$| are| have| among)"
)
_WISHED = re.compile(
    r"\b(?:need|seek|hop|goal|aim|target|short|until|reach|want|wait|expect|lack|would|could|if|takes?|require)\w*\b[^,;]{0,40}$"
)
_AT_FIRST = re.compile(
    r"\b(?:original|initial|at introduction|when it was introduced|introduc|from the (?:start|first day)|first day|filed|began|started)"
)


def read_counts(judge: Judge, scene: Scene, line: Line) -> None:
    """Add what one sentence claims of how many stand behind a measure."""
    for pattern, with_sponsor in (
        (_COUNTED, False),
        (_COUNTED_BY, False),
        (_JOINED, False),
        (_GROUP, True),
        (_SIGNED, True),
    ):
        for found in pattern.finditer(line.text):
            dossier = judge.measure_at(scene, line, found.start(), found.end())
            said = number(found["count"])
            if dossier is None or said is None or not _counted_as_fact(line, found):
                continue
            _count(judge, dossier, line, found, said, with_sponsor)
    if re.search(r"co-?sponsor", line.text):
        _party_counts(judge, scene, line)


def _counted_as_fact(line: Line, found: re.Match[str]) -> bool:
    if _WISHED.search(line.text, guards.clause_start(line, found.start()), found.start()):
        return False
    if guards.is_others_speech(line, found.start()) or guards.is_open(line, found.start(), found.end()):
        return False
    no = found["count"] in ("no", "zero")
    return no or not guards.is_denied(line, found.start(), found.start())


def _count(
    judge: Judge, dossier: Dossier, line: Line, found: re.Match[str], said: int, with_sponsor: bool
) -> None:
    limit = found["limit"]
    first = bool(
        _AT_FIRST.search(
            line.text, guards.clause_start(line, found.start()), min(len(line.text), found.end() + 40)
        )
    )
    party = _party_of(f"{found['adj']} {found['noun']}")
    then, now, at_first = dossier.standing, dossier.standing_now, dossier.originals
    if party:
        then, now, at_first = (tuple(c for c in rows if c.party == party) for rows in (then, now, at_first))
    counts, counts_now = {len(then)}, {len(now)}
    if first or with_sponsor or found.re is _JOINED:
        counts.add(len(at_first))
    own = bool(not party or any(s.party == party for s in dossier.sponsors))
    if with_sponsor and own:
        counts |= {count + 1 for count in counts}
        counts_now |= {count + 1 for count in counts_now}
    start = found.start("limit") if limit else found.start("count")
    at = line.span(start, found.end())
    record = f"{len(then)} on {dossier.day.isoformat()}" + (
        f"; {len(now)} now" if len(now) != len(then) else ""
    )
    if agrees(limit, said, counts):
        event = first or found.re is _JOINED or found.re is _GROUP
        still = event or agrees(limit, said, counts_now)
        judge.add(
            "cosponsor_count",
            dossier,
            at,
            judge.state(True, still),
            record,
            _by_party(then) if not party else None,
        )
    elif dossier.ends is not None and said > max(counts):
        verdict, note = judge.missing(dossier)
        judge.add("cosponsor_count", dossier, at, verdict, record, note)
    else:
        judge.add("cosponsor_count", dossier, at, "false", record, _by_party(then) if not party else None)


def _party_of(words: str) -> str | None:
    for sign, party in (("democrat", "D"), ("republican", "R"), ("gop", "R"), ("independent", "I")):
        if sign in words:
            return party
    return None


def _by_party(rows: tuple[CosponsorRecord, ...]) -> str | None:
    counted = parties(rows)
    told = ", ".join(
        f"{count} {PARTIES.get(party, party)}{'s' if count != 1 else ''}" for party, count in counted.items()
    )
    return f"{told}." if told else None


def _party_counts(judge: Judge, scene: Scene, line: Line) -> None:
    """ "18 cosponsors, 12 Democrats and six Republicans"."""
    rows = list(_BY_PARTY.finditer(line.text))
    if len({row["noun"][:3] for row in rows}) < 2 or "vot" in line.text:
        return
    for found in rows:
        dossier = judge.measure_at(scene, line, found.start(), found.end())
        said = number(found["count"])
        party = _party_of(found["noun"])
        if dossier is None or said is None or not _claimed_count(line, found):
            continue
        then = {sum(c.party == party for c in dossier.standing)}
        own = {count + 1 for count in then if any(s.party == party for s in dossier.sponsors)}
        first = {sum(c.party == party for c in dossier.originals)}
        now = sum(c.party == party for c in dossier.standing_now)
        so = said in then or (said in first and bool(_AT_FIRST.search(line.text)))
        if not so and said in own:
            continue  # the sponsor counted with the others
        record = f"{next(iter(then))} {PARTIES.get(party or '', '')}s on {dossier.day.isoformat()}"
        if so:
            judge.add(
                "cosponsor_count",
                dossier,
                line.span(*found.span()),
                judge.state(True, said == now or said in first),
                record,
            )
        elif dossier.ends is None or said < min(then):
            judge.add("cosponsor_count", dossier, line.span(*found.span()), "false", record)


def _claimed_count(line: Line, found: re.Match[str]) -> bool:
    return guards.is_claimed(line, found.start(), found.end())
