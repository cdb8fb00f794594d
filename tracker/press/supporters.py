"""Who is behind a measure: claims of sponsors, of cosponsors by name. `counts` reads their number."""

from __future__ import annotations

import re

from tracker.congress.calendar import valid_day
from tracker.press import guards
from tracker.press.counts import read_counts
from tracker.press.days import Days
from tracker.press.dossier import Dossier
from tracker.press.judge import Judge, written
from tracker.press.numbers import NUMBER
from tracker.press.people import Person
from tracker.press.phrases import LIST, MAKES, SOME_WORDS
from tracker.press.scene import Line, Member, Scene, Token
from tracker.records.model import CosponsorRecord

_THING = r"(?:the |his |her |their |this |that )?M"

_LED_BY = re.compile(r"\bled by (?P<who>P)")
_FROM = re.compile(rf"M from {SOME_WORDS}(?P<who>P)")
_OWN = re.compile(r"(?P<who>P)'s (?:[a-z-]+ ){0,2}M")

# Each pattern has a group `who`: all members in it are meant.
_SPONSOR = [
    re.compile(rf"(?P<who>{LIST}),?(?: who)?(?: who [^,;.()MPHKXQ]{{3,60}},)? (?:has |had |have |first |also |then |formally |jointly |recently |again |\w+ly )*{MAKES} {_THING}"),
    re.compile(rf"M(?:, |,? (?:was|were|is|had been|has been|being) )?(?:also |first |then |originally )*{MAKES}(?: (?:on|in|last)? ?D| last D|,? in the H| in the H)*,? by {SOME_WORDS}(?P<who>{LIST})"),
    re.compile(rf"M(?:,| was| is)? (?:was |first )?{MAKES}(?! X)(?:(?! and |sign|spons|join|back|support|follow|oppos|veto)[^.;MPKX]){{0,60}},? by {SOME_WORDS}(?P<who>{LIST})"),
    re.compile(r"M(?:,| is| was)? (?:came from|comes from|is from|was from) (?P<who>P)"),
    re.compile(rf"M(?:,| \(?) ?(?:which|that|and) (?:was |were |has been |had been )?(?:first |originally )?(?:{MAKES}) (?:(?:on|in) D )?(?:in the H )?by {SOME_WORDS}(?P<who>{LIST})"),
    re.compile(rf"M(?:,? (?:which|that))? (?P<who>{LIST}) (?:has |had |have |first )?{MAKES}(?! (?:his|her|their|its|an?|the) )\b"),
    re.compile(rf"(?:^|, |and |\b(?:was|is|were|been) )(?:which |that )?(?:was |is |were |had been )?{MAKES}(?: (?:on|in)? ?D| in the H)* by {SOME_WORDS}(?P<who>{LIST})"),
    re.compile(r"M(?:,? is|,|, (?:a|the) \w+ \w+,)? by (?:(?!a |an )[a-z'-]+ ){0,3}(?P<who>P)(?:[,;) ]|\.|$)"),
    re.compile(rf"(?P<who>P),? (?:who )?(?:(?:has|had|is) )?(?:led|leads|leading) (?:{NUMBER}|several|dozens|a (?:bipartisan )?group)[^.;MPX]{{0,50}} (?:in|on) (?:[a-z]+ing )?M"),
    _LED_BY,
    _OWN,
    _FROM,
    re.compile(r"(?:the |its |M's |chief |lead |prime |main |original |principal |primary )sponsor(?:s|,| is| was| are| of M(?: is|,)?)? ?,? ?(?P<who>P)"),
    re.compile(r"(?P<who>P),? (?:is |was |who is |remains )?(?:the |its |M's |a )?(?:chief |lead |prime |main |original |principal |primary |sole )*(?:sponsor|author)\b(?! of X)"),
    re.compile(r"\b(?:its|the|M's) (?:author|sponsor|writer|patron|architect|chief author) (?:is|was|remains),? (?P<who>P)"),
    re.compile(r"M's (?:chief |lead |prime |main |original |principal |primary |sole )*(?:sponsor|author),? (?P<who>P)"),
    re.compile(r"M (?:is|was) (?:led|spearheaded|championed|authored) by (?P<who>P)"),
    re.compile(rf"(?P<who>{LIST}),? (?:has |had |have )?(?:led|spearheads|spearheaded|championed) M(?! (?:through|in|on|past|to))"),
    re.compile(r"lists? (?P<who>P) first\b"),
    re.compile(r"M (?:is|was) (?:the (?:work|brainchild|idea|handiwork|project) of (?P<who>P)|(?P<who2>P)'s (?:idea|work|brainchild|project|doing|handiwork))"),
]  # fmt: skip
_NAMED_GROUP = re.compile(
    rf"\b(?:colleagues|co-?sponsors|senators|members|democrats|republicans|lawmakers|others|backers|supporters)[:,] (?P<who>{LIST})"
)
_COSPONSOR = [
    re.compile(rf"co-?sponsored (?:in the H )?by (?:[a-z, -]{{0,60}}?)(?P<who>{LIST})"),
    re.compile(rf"\bco-?sponsors(?: of M)?(?: are| were| include[sd]?| included|,? including|,? among them|:|,| now include) (?:[a-z, -]{{0,30}}?)(?P<who>{LIST})"),
    re.compile(rf"(?P<who>{LIST}),? (?:(?:is|are|was|were) (?:also |both |all |now |each |among )?(?:listed |named )?(?:as )?(?:one of |among )?(?:its |the |M's |an? )?(?:[a-z-]+ ){{0,2}}co-?sponsors?|(?:is|was) (?:[a-z-]+ ){{1,5}}and an? co-?sponsor|(?:has |have )?(?:also )?co-?sponsor(?:ed|s)? )"),
    re.compile(rf"(?P<who>{LIST}),? (?:both |all |each )?(?:were |are |was |is )?(?:original |first )?co-?sponsors?\b"),
    re.compile(rf"(?P<who>{LIST}),? (?:who (?:is|was|are|were) )?(?:also |likewise |too )?an? (?:original )?co-?sponsor\b"),
    re.compile(rf"\bco-?sponsors? (?P<who>{LIST})"),
    re.compile(rf"with (?P<who>{LIST}) as (?:[a-z, ]{{0,30}})co-?sponsors?"),
    re.compile(rf"with (?P<who>{LIST}) as the first of"),
    re.compile(rf"(?P<who>{LIST}) (?:has |have |had )?(?:also |later |soon |since |then |quickly )*(?:signed on(?:to)?|added (?:his|her|their) names?|put (?:his|her|their) names?|joined (?:as (?:an? )?(?:[a-z]+ )?co-?sponsors?|M|the M|the sponsors|the list|P as))"),
    re.compile(rf"(?:was |were |is |are |has been |had been )?joined (?:at once |in introducing M |in the effort |on M |as co-?sponsors )?by (?:(?:[a-z-]+ ){{0,6}}[:,] ?|(?:[a-z-]+ ){{0,3}})?(?P<who>{LIST})"),
    re.compile(rf"lists? P first,? (?:then|followed by) (?P<who>{LIST})"),
    _NAMED_GROUP,
]  # fmt: skip
_FOLLOWED = re.compile(
    rf"(?P<who>{LIST}) (?:followed|was the (?:first|second|third|last|latest|newest)|were the (?:first|last)|leads? (?:the |a list of )|tops? the list|came next|joined|signed)"
)
_ABOUT_SUPPORT = re.compile(
    r"co-?sponsor|\bjoin|\bsigned (?:on|M)|\bbackers?\b|\bbacked\b|\bsupporters\b|\bcolleagues\b|\bnames\b|\balong(?:side| with)\b|\bfirst republican|\bfirst democrat|\bwith (?:two|three|four|five|six|seven|eight) (?:other )?(?:democrats|republicans|senators|colleagues)|lists? P|\bwith (?:him|her|it|them)\b|at the (?:start|outset)|\bbehind M|\bcame (?:last|next|later|first|in|a day|D)|backing of|introduced [^;]{0,30}with P|from the (?:first day|start|beginning)|\\bone of them\\b|of the number\\b"
)
_OF_VOTES = re.compile(
    r"\bvot(?:e|es|ed|ing)\b|\bin favor\b|\bagainst\b|\bopposed\b|\branks\b|\baisle\b|\bdissent|\bnays?\b|\bsided\b"
)
FIRST_DAY = re.compile(
    r"\boriginal\b|\bat once\b|\bthe (?:first|same) day\b|from the (?:first day|start|beginning|outset)(?! of)|on (?:the first day|day one|its first day)|at (?:its )?introduction|when it was introduced"
)
_WITHDREW = re.compile(
    r"(?P<who>P) (?:has |had |later |then |since )*(?:(?:withdrew|withdrawn|removed|took back|pulled)(?: (?:as (?:a )?co-?sponsor|(?:his|her) (?:name|sponsorship|support|co-?sponsorship|signature)|from M)){1,2}|(?:took|taken) (?:his|her) name off(?: M)?|withdrew(?= D| on D| in D|[,;.]))(?: (?:on |in |last )?(?P<when>D))?"
)
_LEFT = re.compile(r"\bwithdr[ae]w")
_WITHDREW_ALL = re.compile(
    rf"\b(?:withdrew|withdrawn)(?: [^.;:P]{{0,30}})?,? (?:and )?so did (?P<who>{LIST})(?P<when>)|\b(?:withdrew|withdrawn|dropped (?:out|off)|took (?:back )?their names(?: off)?|(?:lost|shed) [^.;:P]{{0,20}}co-?sponsors)[^.;:P]{{0,50}}: (?P<who2>{LIST})(?P<when2>)"
)
_JOINED_ON = re.compile(
    rf"(?P<who>{LIST}) (?:has |have |had )?(?:also )?(?:joined|followed|signed on(?:to)?|(?:became|becoming) (?:a )?co-?sponsors?|added (?:his|her|their) names?|co-?sponsored)(?: (?:M|as (?:a )?co-?sponsors?|to M))* (?:(?:on|in|last) )?(?P<when>D)"
)
_NOT_ONE = re.compile(
    rf"(?P<who>{LIST})(?:,? (?:of|from) [a-z .']{{2,30}})?(?:, [a-z ]{{2,30}},)? (?:(?:is|are|was|were) not (?:a |an |among (?:its|the) |one of (?:its|the) )?co-?sponsors?|(?:(?:has|have|had|did) (?:not|never)|never|hasn't|haven't|didn't) (?:signed on|sign on|co-?sponsored|co-?sponsor|joined|join)(?: M| as co-?sponsor)?)"
)


def read_supporters(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of who is behind a measure."""
    for line in scene.lines:
        if "P" in line.text:
            _sponsors(judge, scene, line)
            _cosponsors(judge, scene, line)
        read_counts(judge, scene, line)


# --- by name


def members_of(line: Line, start: int, end: int) -> list[tuple[int, Token, Person]]:
    """The members named in a stretch of a line, with their places."""
    found = []
    for place, token in line.of("P", start, end):
        member = token.value
        if isinstance(member, Member) and member.named and member.named.person:
            found.append((place, token, member.named.person))
    return found


def _quote(token: Token) -> tuple[int, int]:
    """Where the name stands: of "he", where the one meant was named."""
    member = token.value
    if isinstance(member, Member) and member.named:
        return member.named.start, member.named.end
    return token.start, token.end


def _sponsors(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern in _SPONSOR:
        for found in pattern.finditer(line.text):
            start, end = found.span("who" if found.group("who") else "who2")
            dossier = judge.measure_at(scene, line, max(found.end() - 1, end), found.end())
            if dossier is None or not guards.is_claimed(line, found.start(), found.end()):
                continue
            if _is_amendment(line, found.start(), found.end()) or _is_apart(scene, line, start, found.end()):
                continue
            who = members_of(line, start, end)
            unclear = len(line.of("P", start, end)) - len(who)
            listed = _BESIDE.search(line.text, 0, start)
            if listed is not None and len(line.of("P", start, end)) == 1:
                who = members_of(line, listed.start(), end)
            same = [row for row in who if row[2].chamber in (dossier.kind.chamber, None)]
            several = len(same) > 1 or unclear
            for _place, token, person in same if same and len(same) < len(who) else who:
                if dossier.is_sponsor(person.bioguide):
                    judge.add("sponsor", dossier, _quote(token), "true", _names_of(dossier))
                elif several:
                    row = dossier.cosponsor(person.bioguide)
                    if row is not None and not row.withdrawn_on:
                        judge.add("cosponsor", dossier, _quote(token), "true", _joined(row))
                    elif not unclear and any(dossier.is_sponsor(p.bioguide) for _, _, p in same):
                        _false_cosponsor(judge, dossier, token, person)
                elif pattern in (_LED_BY, _OWN, _FROM) and dossier.cosponsor(person.bioguide):
                    continue  # "Cruz's bill", of one who stands behind it
                elif dossier.sponsors and not (_is_pronoun(token) or _files_report(line, found)):
                    row = dossier.cosponsor(person.bioguide)
                    note = f"{person.name} is a cosponsor ({_joined(row)})." if row else None
                    judge.add("sponsor", dossier, _quote(token), "false", _names_of(dossier), note)


def _files_report(line: Line, found: re.Match[str]) -> bool:
    """Whether it is a committee's report that was filed: "the committee approved it, and its chairman filed it in June"."""
    return (
        "filed" in found.group()
        and re.search(r"K|\bcommittee\b|\bpanel\b", line.text[: found.start()]) is not None
    )


def _is_pronoun(token: Token) -> bool:
    """Whether it is "he" or "she": whom that means is not sure enough to call anything wrong."""
    return isinstance(token.value, Member) and token.value.pronoun


_BESIDE = re.compile(r"P(?:(?:, P)*,? and |, )$")


def _is_apart(scene: Scene, line: Line, start: int, end: int) -> bool:
    """Whether a name stands in an aside and what is said in the sentence around it: "…, who wants the seat of P, filed M"."""
    if line is scene.short:
        return False
    in_short = set(scene.short.starts)
    return (line.starts[start] in in_short) != (line.starts[end - 1] in in_short)


def _is_amendment(line: Line, start: int, end: int) -> bool:
    return "amendment" in line.text[start:end] or "X" in line.text[start:end]


def _names_of(dossier: Dossier) -> str:
    return "; ".join(filter(None, (sponsor.name for sponsor in dossier.sponsors)))


def _joined(row: CosponsorRecord | None) -> str:
    if row is None:
        return "not among the cosponsors"
    joined = f" joined {row.joined_on}" if row.joined_on else ""
    left = f", withdrew {row.withdrawn_on}" if row.withdrawn_on else ""
    return f"{row.name}{joined}{left}"


def _cosponsors(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern, take in (
        (_WITHDREW, _withdrawal),
        (_WITHDREW_ALL, _withdrawal),
        (_NOT_ONE, deny_cosponsor),
        (_JOINED_ON, _joining),
    ):
        for found in pattern.finditer(line.text):
            dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
            if (
                dossier is None
                or guards.is_open(line, found.start(), found.end())
                or guards.is_others_speech(line, found.start())
            ):
                continue
            name = "who" if found["who"] else "who2"
            first, last = found.span(name)
            if take is _joining:
                first = max(
                    first, line.text.rfind(";", first, last)
                )  # "A was the first; B followed on Monday"
            for _, token, person in members_of(line, first, last):
                if take is not _joining or dossier.cosponsor(person.bioguide):
                    take(judge, dossier, line, found, token, person)
                elif _joins_it(scene, line, found) and guards.is_claimed(line, *found.span()):
                    one_cosponsor(judge, dossier, token, person, first_day=False)
    _continued(judge, scene, line)
    denied = _NOT_ONE.search(line.text) is not None or any(
        pattern.search(line.text) for pattern in (_WITHDREW, _WITHDREW_ALL, _LEFT)
    )
    for pattern in _COSPONSOR:
        for found in pattern.finditer(line.text):
            dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
            if dossier is None or denied or not guards.is_claimed(line, found.start(), found.end()):
                continue
            if "X" in line.text[found.start() : found.end()]:
                continue
            if pattern is _NAMED_GROUP and (
                _OF_VOTES.search(line.text) or not _ABOUT_SUPPORT.search(line.text)
            ):
                continue  # "two Republicans, A and B, voted for it"
            near = re.split(r"[;.]", line.text[found.start() : found.end() + 60])[0]
            first_day = FIRST_DAY.search(near) is not None
            for _, token, person in members_of(line, *found.span("who")):
                one_cosponsor(judge, dossier, token, person, first_day=first_day)
    if not denied and _ABOUT_SUPPORT.search(line.text):
        for place, token, person in members_of(line, 0, len(line.text)):
            dossier = judge.measure_at(scene, line, place)
            row = dossier.cosponsor(person.bioguide) if dossier else None
            member = token.value
            pronoun = isinstance(member, Member) and member.pronoun
            if (
                dossier
                and row
                and not row.withdrawn_on
                and not pronoun
                and (row.original or not FIRST_DAY.search(line.text))
                and guards.is_claimed(line, place, guards.clause_end(line, place))
            ):
                judge.add("cosponsor", dossier, _quote(token), "true", _joined(row))


def _continued(judge: Judge, scene: Scene, line: Line) -> None:
    """ "They include A and B", "C is among them, as are D and E", after or with a word on the cosponsors."""
    if not re.search(r"co-?sponsor", f"{scene.previous} {line.text}") or _OF_VOTES.search(line.text):
        return
    for found in _CONTINUED.finditer(line.text):
        for place, token, person in members_of(
            line, *next(found.span(n) for n in ("who", "who2", "who3") if found[n])
        ):
            dossier = judge.measure_at(scene, line, place)
            if dossier is not None and guards.is_claimed(line, place, place + 1):
                too = bool(found["who3"]) and FIRST_DAY.search(line.text, 0, found.start()) is not None
                one_cosponsor(judge, dossier, token, person, first_day=too)


_CONTINUED = re.compile(
    rf"(?:^|[,;] (?:and )?)(?:they|these|among them|the others?|others|the list|the group|the first)(?: also)? (?:includes?|included|are|were|is) (?P<who>{LIST})"
    rf"|(?P<who2>{LIST}),? (?:is|are|was|were) (?:also )?(?:one of them|among them|of the number|another|the others?|among the (?:signers|backers))"
    rf"|(?:(?<=,) as|(?<=;) so|(?<=, and) so) (?:is|are|was|were) (?P<who3>{LIST})"
)


def one_cosponsor(judge: Judge, dossier: Dossier, token: Token, person: Person, *, first_day: bool) -> None:
    """Judge that a member stands behind a measure, since its first day where that is said."""
    if dossier.is_sponsor(person.bioguide):
        return
    row = dossier.cosponsor(person.bioguide)
    if row is None:
        _false_cosponsor(judge, dossier, token, person)
    elif row.withdrawn_on:
        judge.add("cosponsor", dossier, _quote(token), "false", _joined(row))
    elif first_day and not row.original and row.joined_on != dossier.now.introduced_on:
        note = f"Joined later than the day of introduction, {written(dossier.introduced)}."
        judge.add("cosponsor", dossier, _quote(token), "false", _joined(row), note)
    else:
        gone = next((c for c in dossier.now.cosponsors if c.member == person.bioguide), None)
        verdict = "outgrown" if gone and gone.withdrawn_on else "true"
        judge.add(
            "cosponsor", dossier, _quote(token), verdict, _joined(gone if verdict == "outgrown" else row)
        )


def _false_cosponsor(judge: Judge, dossier: Dossier, token: Token, person: Person) -> None:
    if person.chamber and person.chamber != dossier.kind.chamber and not dossier.standing:
        return
    verdict, note = judge.missing(dossier)
    later = dossier.later_cosponsor(person.bioguide)
    if later is not None:
        note = f"{person.name} joined only on {later.joined_on}, after the article."
    judge.add("cosponsor", dossier, _quote(token), verdict, "not among the cosponsors", note)


def _withdrawal(
    judge: Judge, dossier: Dossier, line: Line, found: re.Match[str], token: Token, person: Person
) -> None:
    if guards.is_denied(line, found.start(), found.end()):
        return
    row = dossier.cosponsor(person.bioguide)
    at = _quote(token) if found.re is _WITHDREW_ALL else line.span(*found.span())
    if row and row.withdrawn_on:
        days = line.token(found.start("when")).value if found["when"] else None
        left = valid_day(row.withdrawn_on)
        so = not isinstance(days, Days) or left is None or days.holds(left)
        judge.add("cosponsor", dossier, at, "true" if so else "false", _joined(row))
    elif row:
        verdict, note = judge.missing(dossier)
        judge.add("cosponsor", dossier, at, verdict, _joined(row), note)


def deny_cosponsor(
    judge: Judge, dossier: Dossier, line: Line, found: re.Match[str], token: Token, person: Person
) -> None:
    """Judge that a member does not stand behind a measure."""
    row = dossier.cosponsor(person.bioguide)
    stands = row is not None and not row.withdrawn_on
    later = dossier.later_cosponsor(person.bioguide)
    at = line.span(*found.span())
    if stands:
        judge.add("cosponsor", dossier, at, "false", _joined(row))
    elif dossier.ends is None:
        still = later is None or later.withdrawn_on is not None
        judge.add("cosponsor", dossier, at, judge.state(True, still), _joined(later))


def _joins_it(scene: Scene, line: Line, found: re.Match[str]) -> bool:
    """Whether it is the measure that is joined: a caucus, a vote, a colleague's letter may be joined too."""
    told = f"{scene.previous} {line.text}"
    return "M" in found.group() or "sponsor" in told or "signed on" in found.group()


def _joining(
    judge: Judge, dossier: Dossier, line: Line, found: re.Match[str], token: Token, person: Person
) -> None:
    row = dossier.cosponsor(person.bioguide)
    days = line.token(found.start("when")).value
    if (
        row is None
        or not isinstance(days, Days)
        or not row.joined_on
        or guards.is_denied(line, found.start(), found.end())
    ):
        return
    joined = [c.joined_on for c in dossier.then.cosponsors if c.member == person.bioguide and c.joined_on]
    so = any(
        days.first.isoformat() <= day <= days.last.isoformat() or day in {d.isoformat() for d in days.others}
        for day in joined
    )
    if not so and days.counted:
        return
    several = len(members_of(line, *found.span("who"))) > 1
    at = (token.start, token.end) if several else line.span(found.start("who"), found.end("when"))
    judge.add("cosponsor", dossier, at, "true" if so else "false", _joined(row))
