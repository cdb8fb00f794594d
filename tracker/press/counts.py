"""How many stand behind a measure: claims of the number of its cosponsors, in all and by party."""

from __future__ import annotations

import re
from datetime import date

from tracker.congress.people import PARTIES
from tracker.press import guards
from tracker.press.days import Days
from tracker.press.dossier import DECIDING, Dossier, parties
from tracker.press.judge import OVER, Judge, written
from tracker.press.numbers import LIMIT, NUMBER, agrees, number
from tracker.press.phrases import MAKES
from tracker.press.scene import Line, Member, Scene
from tracker.records.model import CosponsorRecord

_KIND = r"(?:(?:other|additional|fellow|further|new|more|total|bipartisan|house|senate|original|initial|listed|current|official|named|of the|of its|republican|democratic|gop|independent) )"
_COUNTED = re.compile(
    rf"(?:\b(?P<limit>{LIMIT}) )?(?<![\w,.-])(?!one of )(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>co-?sponsors?|co-?signers)(?![\w-])"
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
    rf"(?:\b(?P<limit>{LIMIT}) )?(?<![\w,.-])(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>senators|members|lawmakers|representatives|colleagues|legislators|deputies|others|democrats|republicans|house members)(?: (?:of both parties|from both parties|of the H|of congress))?,? (?:have |had |has )?(?:now |since |already |also )*(?:co-?sponsor(?:ed|ing)?|signed on|signed onto|co-?signed|signed(?=[.,;]|$| M)|put their names|added their names|joined (?:as|M|him|her|P)|(?:are|were) (?:now )?co-?sponsors)"
)
_LED = re.compile(
    rf"\b(?:led|leads|leading) (?:a (?:bipartisan )?group of )?(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?:of (?:his|her|their) )?(?P<adj>{_KIND}{{0,3}})(?P<noun>colleagues|senators|members|lawmakers|democrats|republicans) (?:in|on) (?:[a-z]+ing )?M"
)
_GROWN = re.compile(
    rf"(?:\b(?:grown|risen|climbed|swelled|increased|expanded|rose|grew|swollen) (?:since )?to|\b(?:brings?|brought|bringing|raising|raises|puts?|putting) (?:the|its|their) (?:total|number|count|tally|list|roster)(?: of co-?sponsors)? (?:to|at)|\btotal (?:of co-?sponsors )?(?:now )?(?:stands at|is)) (?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER})(?P<adj>)(?P<noun>)(?! (?:percent|years|million|billion|votes))"
)
_SOLE = re.compile(
    r"\b(?:only|sole|lone) (?P<party>republican |democratic |gop |democrat )?co-?sponsor(?![\w-])"
)
_ARE = re.compile(
    rf"(?:^|[,;:.] |\b(?:the|and|now) )(?:(?P<limit>{LIMIT}) )?(?P<count>{NUMBER}) (?P<adj>{_KIND}{{0,3}})(?P<noun>senators|members|lawmakers|representatives|colleagues|democrats|republicans|house members)(?: of the H)? (?:now )?(?:are|were) (?:now )?(?:its |the )?(?:listed as )?co-?sponsors"
)
_BUT = r"(?!,? (?:but|except|excepting|save|apart from|aside from|other than)\b)"  # "all Democrats but one" is not all
_OF_ONE = re.compile(
    r"\ball (?:of )?(?:(?:its|the|M's) )?(?:[a-z-]+ )?co-?sponsors (?:are|were) (?P<all4>democrat|republican)s(?! and| or|, (?:and |or )?(?:democrat|republican|independent))(?![\w-])"
    rf"{_BUT}"
    r"|co-?sponsors?(?: of M)?(?:,| \(|:| –| (?:are|were))(?: are)? ?(?:(?:all|each|every one|every last one)(?: of (?:them|whom))?(?:,| are| were| is)?(?: an?| fellow)? (?P<all>democrat|republican)s?|(?P<all2>democrat|republican)s,? (?:all|every one))(?![\w-])"
    rf"{_BUT}"
    r"|\b(?:every|each) co-?sponsor is an? (?P<all3>democrat|republican)(?! or)(?![\w-])"
    rf"{_BUT}"
    r"|co-?sponsors?[^.;]{0,30}?,? (?:and |but )?(?:none|not one)(?: of (?:them|whom))?,? (?:is|are|was|were)?,? ?an? (?P<none>democrat|republican)s?"
    r"|\b(?:no|not a single|not one) (?P<none2>democrat|republican)s? (?:members? |senators? )?(?:has |have |had )?(?:signed(?: on| M)?|co-?sponsor(?:ed|s)?(?: M)?|is a co-?sponsor|joined (?:as (?:a )?co-?sponsors?|M))(?![\w-])"
)
_OF_THEM = re.compile(
    rf"co-?sponsors?[^.;]{{0,50}}?(?:[,(–]| include[sd]?) ?(?:including |of whom |of which |with )?(?P<count>{NUMBER}) (?:of (?:them|whom|those) )?(?:are )?(?P<noun>democrats?|republicans?|independents?)(?! and|,? and {NUMBER})(?![\w-])"
)
_MAJORITY = re.compile(
    r"co-?sponsor[^.;]{0,50}\b(?P<core>(?:a |the |an outright )?majority of (?:the )?(?:full |whole |entire )?(?:H|chamber)|more than half (?:of )?(?:the )?(?:H|chamber))"
)
_BY_PARTY = re.compile(
    rf"(?P<count>{NUMBER}) (?P<noun>democrats?|republicans?|independents?)(?= (?:and|,)|[,;)]|\.|$| are| have| among)"
)
_WISHED = re.compile(
    r"\b(?:need|seek|hop|goal|aim|target|short|until|reach|want|wait|expect|lack|would|could|if|takes?|require)\w*\b[^,;]{0,40}$"
)
_AT_FIRST = re.compile(
    r"\b(?:original|initial|at introduction|when it was introduced|introduc|from the (?:start|first day)|first day|filed|began|started|submitted (?:M|it)|offered (?:M|it)|the same day)"
)


def read_counts(judge: Judge, scene: Scene, line: Line) -> None:
    """Add what one sentence claims of how many stand behind a measure."""
    for pattern, with_sponsor in (
        (_COUNTED, False),
        (_COUNTED_BY, False),
        (_JOINED, False),
        (_GROUP, True),
        (_SIGNED, True),
        (_LED, False),
        (_ARE, False),
        (_GROWN, False),
    ):
        for found in pattern.finditer(line.text):
            dossier = judge.measure_at(scene, line, found.start(), found.end())
            said = number(found["count"])
            if dossier is None or said is None or not _counted_as_fact(line, found):
                continue
            if pattern is _GROWN and not re.search(
                r"sponsor|\bbackers|\bsupporters", f"{scene.previous} {line.text}"
            ):
                continue
            _count(judge, dossier, line, found, said, with_sponsor)
    if re.search(r"co-?sponsor", line.text):
        _party_counts(judge, scene, line)
    for found in _SOLE.finditer(line.text):
        _sole(judge, scene, line, found)
    for found in _OF_ONE.finditer(line.text):
        _of_one(judge, scene, line, found)
    for found in _OF_THEM.finditer(line.text):
        _of_them(judge, scene, line, found)
    for found in _NTH.finditer(line.text):
        _nth(judge, scene, line, found)
    for found in _MAJORITY.finditer(line.text):
        _majority(judge, scene, line, found)


_CHANGE = re.compile(
    r"\b(?:lost|loses|losing|shed|gained|gains|gaining|added|adds|picked up|withdrew|attracted) (?:an? |the |another )?$"
)
_MORE = re.compile(
    r"\b(?:more|additional|further|new|another)\b(?! than)"
)  # so many joined, and not so many in all
_EVER = re.compile(
    r"\b(?:over time|in all|altogether|at (?:one|some) (?:point|time)|at its peak|once|ever)\b"
)


#: "One cosponsor had left": one of them, and not one in all.
_ONE_OF_THEM = re.compile(r"(?:^|[.;] |, |\band |\bbut )$")


def _counted_as_fact(line: Line, found: re.Match[str]) -> bool:
    if found["count"] == "one" and not found["limit"] and _ONE_OF_THEM.search(line.text, 0, found.start()):
        return False
    if _CHANGE.search(line.text, 0, found.start()) or _MORE.search(f"{found['limit'] or ''} {found['adj']}"):
        return False
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
    begin = guards.clause_start(line, found.start())
    if line.text[:begin].endswith(", with"):  # "introduced on March 13, with five cosponsors"
        begin = guards.clause_start(line, max(0, begin - len(", with")))
    first = bool(_AT_FIRST.search(line.text, begin, min(len(line.text), found.end() + 40)))
    party = _party_of(f"{found['adj']} {found['noun']}")
    then, now, at_first = dossier.standing, dossier.standing_now, dossier.originals
    if party:
        then, now, at_first = (tuple(c for c in rows if c.party == party) for rows in (then, now, at_first))
    counts, counts_now = {len(then)}, {len(now)}
    if first or with_sponsor or found.re in (_JOINED, _LED):
        counts.add(len(at_first))
    past = _HAD.search(line.text, 0, found.start()) is not None or (
        _LED_WITH.match(line.text) is not None and _DECIDED.search(line.text, found.end()) is not None
    )
    on = [t.value for _, t in line.of("D", begin, guards.clause_end(line, found.end()))] if past else []
    named = {day for days in on if isinstance(days, Days) for day in (days.first, days.last)}
    if past and not party:
        counts |= {
            len(at_first),
            *(_standing_on(dossier, e.day) for e in dossier.happened(DECIDING) if e.day),
            *(_standing_on(dossier, day) for day in named),
        }
    own = bool(not party or any(s.party == party for s in dossier.sponsors))
    if not party and _EVER.search(line.text):
        counts.add(len({c.member for c in dossier.then.cosponsors}))
    if with_sponsor and own:
        counts |= {count + 1 for count in counts}
        counts_now |= {count + 1 for count in counts_now}
    start = found.start("limit") if limit else found.start("count")
    at = line.span(start, found.end())
    record = f"{len(then)} on {dossier.day.isoformat()}" + (
        f"; {len(now)} now" if len(now) != len(then) else ""
    )
    if agrees(limit, said, counts):
        event = first or past or found.re in (_JOINED, _GROUP, _LED)
        still = event or agrees(limit, said, counts_now)
        judge.add(
            "cosponsor_count",
            dossier,
            at,
            judge.state(True, still),
            record,
            OVER.format(day=written(dossier.ends))
            if dossier.ends
            else _by_party(then)
            if not party
            else None,
        )
    elif dossier.ends is not None and said > max(counts):
        verdict, note = judge.missing(dossier)
        judge.add("cosponsor_count", dossier, at, verdict, record, note)
    else:
        judge.add("cosponsor_count", dossier, at, "false", record, _by_party(then) if not party else None)


_LED_WITH = re.compile(r"(?:with|by then) ")
_DECIDED = re.compile(r"\b(?:passed|adopted|agreed|approved|failed|rejected|cleared|reported)\b")
_HAD = re.compile(r"\b(?:had|drew|gathered|attracted|counted|won) (?:already |by then )?$")


def _standing_on(dossier: Dossier, day: date) -> int:
    """How many stood behind it at the end of a day, of those whose days are known."""
    on = day.isoformat()
    rows = dossier.now.cosponsors
    return sum(
        bool(c.joined_on and c.joined_on <= on and not (c.withdrawn_on and c.withdrawn_on <= on))
        for c in rows
    )


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


def _sole(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "The only cosponsor", "the lone Republican cosponsor"."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    if dossier is None or not guards.is_claimed(line, *found.span()) or "P" not in line.text:
        return
    party = _party_of(found["party"] or "")
    then, now = (
        sum(party in (None, c.party) for c in rows) for rows in (dossier.standing, dossier.standing_now)
    )
    _judged(judge, dossier, line, found.span(), then == 1, now == 1, f"{then} on {dossier.day.isoformat()}")


def _of_one(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "63 cosponsors, all of them Republicans", "no Democrat has signed on"."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    if dossier is None or not dossier.standing or guards.is_open(line, found.start(), found.start()):
        return
    if guards.is_others_speech(line, found.start()):
        return
    groups = found.groupdict()
    party = _party_of(next(word for word in groups.values() if word))
    all_of = any(groups[name] for name in ("all", "all2", "all3", "all4"))
    then, now = (
        all((c.party == party) is all_of for c in rows) for rows in (dossier.standing, dossier.standing_now)
    )
    start = next(found.start(name) for name, word in groups.items() if word)
    begin = max(line.text.rfind(sign, found.start(), start) for sign in ",(:") + 1
    begin = max(found.start(), begin)
    while begin < start and line.text[begin] == " ":
        begin += 1
    _judged(judge, dossier, line, (begin, found.end()), then, now, _by_party(dossier.standing))


def _of_them(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "18 cosponsors, six of them Republicans"."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    said, party = number(found["count"]), _party_of(found["noun"])
    if dossier is None or said is None or not guards.is_claimed(line, *found.span()):
        return
    if re.search(r"\bvot(?:ed|ing)\b", found.group()):
        return
    then, now, first = (
        sum(c.party == party for c in rows)
        for rows in (dossier.standing, dossier.standing_now, dossier.originals)
    )
    at_first = said == first and _AT_FIRST.search(line.text) is not None
    span = (found.start("count"), found.end())
    record = f"{then} {PARTIES.get(party or '', '')}s on {dossier.day.isoformat()}"
    _judged(judge, dossier, line, span, said == then or at_first, said == now or at_first, record)


_ORDINALS = [
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
]
_NTH = re.compile(
    rf"P,? (?:is|was|became|has become)(?: now)? (?:the |its |M's )(?P<nth>[0-9]{{1,3}}(?:st|nd|rd|th)|{'|'.join(_ORDINALS)}) (?:co-?sponsor|(?:(?:member|senator|lawmaker|representative|name) )?to (?:co-?sponsor|sign)|name(?= on| to|,|\.))"
)


def _nth(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "P was the eleventh to sign": more than ten stood behind it at the end of that day, and fewer before it."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    member = line.token(found.start()).value
    person = member.named.person if isinstance(member, Member) and member.named else None
    row = dossier.cosponsor(person.bioguide) if dossier and person else None
    if dossier is None or row is None or not row.joined_on or not guards.is_claimed(line, *found.span()):
        return
    said = _ORDINALS.index(found["nth"]) + 1 if found["nth"] in _ORDINALS else int(found["nth"][:-2])
    days = [c.joined_on for c in dossier.then.cosponsors if c.joined_on]
    first, last = sum(on < row.joined_on for on in days) + 1, sum(on <= row.joined_on for on in days)
    record = f"{row.name}: {first}" + (f" to {last}" if last > first else "") + f" of {len(days)}"
    so = first <= said <= last
    judge.add(
        "cosponsor_count",
        dossier,
        line.span(found.start() + 1, found.end()),
        "true" if so else "false",
        record,
    )


def _majority(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    """ "Its cosponsors are a majority of the House": more than half of its seats, the sponsor counted."""
    dossier = judge.measure_at(scene, line, found.start(), found.end())
    if dossier is None or not guards.is_claimed(line, *found.span()):
        return
    seats = 435 if dossier.kind.chamber == "house" else 100
    then, now = (
        2 * (len(rows) + len(dossier.sponsors)) > seats for rows in (dossier.standing, dossier.standing_now)
    )
    record = f"{len(dossier.standing)} on {dossier.day.isoformat()}"
    _judged(judge, dossier, line, found.span("core"), then, now, record)


def _judged(
    judge: Judge,
    dossier: Dossier,
    line: Line,
    span: tuple[int, int],
    then: bool,
    now: bool,
    record: str | None,
) -> None:
    """Add a claim of how many stand behind it; what a record that ends early lacks is no proof."""
    verdict, note = (judge.state(then, now), None) if then else judge.missing(dossier)
    judge.add("cosponsor_count", dossier, line.span(*span), verdict, record, note)


def _claimed_count(line: Line, found: re.Match[str]) -> bool:
    return guards.is_claimed(line, found.start(), found.end())
