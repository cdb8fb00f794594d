"""What happened to a measure, and when: claims of introduction, passage, reports, signature, and by which vote."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from tracker.congress.actions import Effect
from tracker.congress.calendar import valid_day
from tracker.press import guards
from tracker.press.committees import Panel, among, words_of
from tracker.press.days import Days
from tracker.press.dossier import DECIDING, PASSING, Dossier, Event
from tracker.press.judge import Judge, written
from tracker.press.phrases import MAKES, SOME_WORDS
from tracker.press.scene import Line, Member, Scene

_ON = r"(?:(?:,? (?:by|with|without|in|on an?) (?!D)[^.;DHMPKX]{3,40}?,?|,? (?:by )?[0-9]{1,3} ?(?:-|–|to) ?[0-9]{1,3},?|,? [a-z]+ly,?)?,? (?:early |late |back |as recently as )?(?:on |in |last |since |from )?(?:the night of |the morning of )?(?P<when>D))"
_INTRODUCED = [
    re.compile(rf"(?P<core>(?:re)?introduc(?:ed|ing|tion of)|\bfiled|\bpresented|\bsubmitted|\boffered|\bunveiled|\bsponsored|\bdeposited|\blodged|\bproposed|\bput forward|\bbrought (?:in|forward))\b(?: M)?(?: in the H| in H|,? by {SOME_WORDS}P(?:(?:, and|, | and) P)*)*(?: with (?:[a-z-]+ ){{1,4}}(?:P(?:(?:, and |, | and )P)*)?)?(?:,? (?:back |early |late |first |already )?(?:(?:less|more) than D,? |D,? )?(?:on |in |last |for the first time )?)(?P<when>D)"),
    re.compile(r"(?P<core>\bM dates (?:from|back to) )(?P<when>D)"),
    re.compile(r"(?P<core>(?:M's |its |the )?introduction (?:on|in|of) )(?P<when>D)"),
    re.compile(r"(?:^|, )(?:on |in |last )?(?P<when>D),? P(?:(?:, and |, | and )P)* (?:\w+ly )?(?P<core>(?:re)?introduced|filed|submitted|offered) M"),
    re.compile(r"(?P<core>M of )(?P<when>D)(?=,)"),
    re.compile(rf"(?P<core>\b{MAKES} M)(?!(?: on| in)? D)(?:(?! and | but |which|that|pass|vot|sign|report|refer|adopt|before|after|until|since|agree|when)[^.;MPHKXQD]){{1,60}}? (?:on |in )?(?P<when>D)"),
]  # fmt: skip
#: Who signs and vetoes, as lines have it: Presidents are no members, and so are words there.
_PRESIDENT = r"(?:(?:the )?president(?: (?!s|v)[a-z.]+){0,3}|(?:mr\. )?(?:donald (?:j\. )?trump|joe biden|trump|biden)|P|white house)"
_PASSES = r"(?:passed|approved|adopted|agreed to|cleared|okayed|endorsed|backed|ratified)"


@dataclass(frozen=True, slots=True)
class Told:
    """A way to tell of an event: the pattern, with groups `core`, and `when`, `by` where it has them."""

    pattern: re.Pattern[str]
    effects: frozenset[Effect]
    what: str
    denied: bool = False  # whether a "failed to" is part of it


_BECAME = frozenset({Effect.SIGNED, Effect.BECAME_LAW, Effect.VETO_OVERRIDDEN})
_TOLD = [
    Told(re.compile(rf"(?P<core>(?P<by>H)(?:,? (?:on )?(?P<early>D),?)? (?:\w+ly |then |also |later |has |had |had already |has already |in turn |itself ){{0,3}}{_PASSES} (?:P's (?:[a-z-]+ ){{0,2}})?M(?! (?:rule|amendment|motion))){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M (?:\w+ly |then |also |later |has |had |already |narrowly |easily |which |that ){{0,3}}(?:passed|cleared|won approval in|won passage in|was passed by|was approved by|was adopted by|was agreed to by|sailed through|got through|squeaked through|squeezed through|breezed through|made it through|passed in|passed through|was adopted in) (?:unanimously )?(?P<by>H)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M,? (?:which |that )?(?:was |had been |has been )(?:\w+ly ){{0,2}}(?:passed|adopted|agreed to|approved)(?: (?:in|by) (?P<by>H))?(?! by K)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>(?:, |and )(?:which |that |it )?(?:passed|cleared) (?P<by>H)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>\b(?:passed|cleared) (?P<by>H)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M,? (?:which |that )?(?P<by>H) (?:\w+ly |then |had |has ){{0,2}}{_PASSES}){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M(?:, which|, that)? (?:\w+ly |was |has |had |then ){{0,2}}passed)(?=,? (?:on |in |last |by |[0-9])|,|\.|$|,? D){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?:(?:on |in )?(?P<early>D),? )?(?P<core>(?:M|they) (?:\w+ly )?(?:passed|approved|adopted) M){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>{_PASSES} (?:in|by) (?P<by>H)){_ON}?"), PASSING, "passed"),
    Told(re.compile(r"\b(?:passed|approved|adopted|cleared|agreed to)\b(?:[^.;]{0,80}?)(?:,? and|;|, then|,) (?:by |in )?(?P<core>(?P<by>H) )(?:with X |in turn |did so |followed |followed suit |agreed |concurred )?(?:[^.;DHMPKX]{0,30}? )?(?:on |in |last )?(?P<when>D)"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>(?P<by>H) (?:\w+ly |then |also )?agreed)(?![^.;]{{0,60}}\b(?:to (?!M)|with\b|that\b|on (?!D)))(?=,? (?:by|on|in|without|last|D)|[,.;]|$){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M, signed(?: into law)?){_ON}"), _BECAME, "signed"),
    Told(re.compile(rf"(?P<core>(?:legislation|M,?) (?:which |that )?{_PRESIDENT} (?:has |had )?signed){_ON}?"), frozenset({Effect.SIGNED, Effect.BECAME_LAW}), "signed"),
    Told(re.compile(rf"(?P<core>(?P<by>H) (?:\w+ly )?(?:followed suit|followed|concurred|did the same|did so)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>{_PRESIDENT}(?:,? (?:on )?(?P<early>D),?)? (?:\w+ly |then |has |had ){{0,2}}signed (?:P's )?M(?: into law)?){_ON}?"), frozenset({Effect.SIGNED, Effect.BECAME_LAW}), "signed"),
    Told(re.compile(rf"(?P<core>(?:M,? (?:which |that )?)?(?:was |had been |has been |were )?(?:signed (?:M )?into law|signed by (?:president P|{_PRESIDENT}))(?: by (?:president P|{_PRESIDENT}))?){_ON}?"), _BECAME, "signed"),
    Told(re.compile(rf"(?P<core>(?:M,? (?:which |that )?)?\b(?:has |had |then |later |formally |already |since |now )*(?:became|become|been made) (?:the )?(?:a |federal )?law){_ON}?"), _BECAME, "became law"),
    Told(re.compile(rf"(?P<core>M,? (?:which |that )?(?:was|has been|had been) enacted){_ON}?"), _BECAME, "became law"),
    Told(re.compile(rf"(?P<core>{_PRESIDENT}(?:,? (?:on )?(?P<early>D),?)? (?:has |had |then )*vetoed M){_ON}?"), frozenset({Effect.VETOED}), "vetoed"),
    Told(re.compile(rf"(?P<core>M (?:was |has been |had been )?vetoed){_ON}?"), frozenset({Effect.VETOED}), "vetoed"),
    Told(re.compile(rf"(?P<core>M (?:was |has been |had been )?(?:sent|presented|delivered) to the (?:president|white house)(?:'s desk)?){_ON}?"), frozenset({Effect.PRESENTED}), "presented to the President"),
    Told(re.compile(rf"(?P<core>(?:(?P<by>H)(?:,? (?:on )?(?P<early>D),?)? )(?:\w+ly |has |had |then ){{0,2}}(?:rejected|defeated|voted down|killed|blocked|turned down|turned back|struck down|shot down) M|(?P<by3>H)(?:,? (?:on )?D,?)? voted M down){_ON}?"), frozenset({Effect.FAILED, Effect.TABLED}), "failed"),
    Told(re.compile(rf"(?P<core>M,? (?:which |that )?(?:\w+ly )?(?:failed(?! to)|was (?:\w+ly )?(?:rejected|defeated|voted down|killed))(?: (?:in|by|on) (?:the )?(?:floor of )?(?P<by>H))?){_ON}?"), frozenset({Effect.FAILED, Effect.TABLED, Effect.VETO_SUSTAINED}), "failed"),
    Told(re.compile(rf"(?P<core>(?:(?P<by>H) )(?:\w+ly |has |had |then ){{0,2}}tabled M|M (?:was|has been) tabled(?: (?:in|by) (?P<by2>H))?){_ON}?"), frozenset({Effect.TABLED}), "tabled"),
    Told(re.compile(rf"(?P<core>(?:M,? (?:which |that )?)(?:was |has been |had been |is )?(?:placed|put|listed) on (?:the )?(?:H's |H |legislative |union |house |senate |executive )*calendar(?: of business)?){_ON}?"), frozenset({Effect.ON_CALENDAR}), "placed on the calendar"),
    Told(re.compile(rf"(?P<core>(?P<by>H)(?:,? (?:on )?(?P<early>D),?)? (?:\w+ly |has |had |then ){{0,2}}(?:(?:failed to override|fell short of overriding)(?: (?:the |his |{_PRESIDENT}(?:'s)? )?veto(?: of M)?)?|(?:sustained|upheld) (?:the |his |{_PRESIDENT}(?:'s)? )?veto(?: of M)?)){_ON}?"), frozenset({Effect.VETO_SUSTAINED}), "failed over the veto", True),
    Told(re.compile(rf"(?P<core>(?:\band |, |, but )(?:was |had been |has been )?vetoed(?: by {_PRESIDENT})?){_ON}?"), frozenset({Effect.VETOED}), "vetoed"),
    Told(re.compile(rf"(?P<core>(?P<by>H)(?:,? (?:on )?(?P<early>D),?)? (?:voted|agreed) (?:\w+ly )?(?:[0-9]{{1,3}} ?(?:-|to) ?[0-9]{{1,3}},? )?(?:on )?(?P<mid>D)?,? ?to (?:pass|adopt|approve|agree to) M){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>M,? (?:which |that )?(?:has |had |then |also ){{0,2}}(?:won|gained|got|received|secured) (?:the )?(?:final |unanimous |overwhelming )?(?:approval|passage|support) (?:of|from|in|by) (?P<by>H)|M (?:won|gained|got|received|secured) (?P<by2>H) (?:approval|passage)){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>(?P<by>H) (?:gave (?:its )?(?:final )?approval to|signed off on|gave its blessing to) M){_ON}?"), PASSING, "passed"),
    Told(re.compile(rf"(?P<core>(?P<by>H) (?:\w+ly )?(?:fell|came up) (?:[a-z-]+ (?:votes? )?)?short(?= of| on| in|,| D)){_ON}?"), frozenset({Effect.FAILED, Effect.TABLED, Effect.VETO_SUSTAINED}), "failed", True),
    Told(re.compile(rf"(?P<core>M (?:was |has been |had been )?(?:withdrawn)){_ON}?"), frozenset({Effect.WITHDRAWN}), "withdrawn"),
]  # fmt: skip
_BY_COMMITTEE = [
    re.compile(rf"(?P<core>(?:(?:on |last )?(?P<early>D),? )?(?P<who>K)(?:,? (?:on|in) (?P<mid>D),?)? (?:\w+ly |has |had |then |also ){{0,2}}(?P<verb>reported|advanced|approved|cleared|passed|sent|moved|voted to (?:advance|report|approve)|voted|ordered|discharged|backed|endorsed)(?: out)?(?: favorably)? M(?: favorably)?(?: to the full H| to the (?:H )?floor| out of committee| out)?){_ON}?"),
    re.compile(rf"(?P<core>M,? (?:which |that )?(?:was |had been |has been )?(?:\w+ly )?(?P<verb>reported|advanced|approved|cleared|passed|ordered reported|discharged)(?: out)?(?: favorably)?(?: \w+ly)? (?:by|from|out of|through|of|in) (?P<who>K)){_ON}?"),
    re.compile(rf"(?P<who>K)\b[^.;HX]{{0,90}}?\band (?:then )?(?P<core>(?P<verb>reported|advanced|approved|sent) M){_ON}"),
    re.compile(rf"(?P<who>K)\b[^.;HX]{{0,90}}?\b(?P<core>(?P<verb>was discharged)(?: from M)?){_ON}"),
    re.compile(rf"(?P<core>(?P<who>K),? which (?:\w+ly |has |had |then |also )*(?P<verb>reported|advanced|approved|cleared|passed|endorsed|discharged) M){_ON}?"),
    re.compile(r"(?P<core>(?P<verb>discharging) (?P<who>K))(?P<when>)"),
    re.compile(rf"(?P<core>(?P<who>K) (?:has |had |then )?(?P<verb>ordered) M (?:to be )?(?:favorably )?reported(?: favorably)?){_ON}?"),
    re.compile(rf"(?P<core>(?P<who>K)'s (?P<verb>approval|report) (?:of|on) M (?:came )?){_ON}"),
    re.compile(rf"(?P<core>M (?P<verb>cleared|left|emerged from|advanced from|advanced out of|came out of|made it out of) (?P<who>K)){_ON}?"),
]  # fmt: skip
_REFERRED = re.compile(
    r"(?P<core>(?:referred|sent|assigned|went)(?: M)? to (?P<who>K))(?:,? (?:on |in |last )?(?P<when>D))"
)


def read_events(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims to have happened to a measure."""
    for line in scene.lines:
        if "D" in line.text:
            _introductions(judge, scene, line)
        for told in _TOLD:
            for found in told.pattern.finditer(line.text):
                _event(judge, scene, line, told, found)
        if "K" in line.text:
            for pattern in _BY_COMMITTEE:
                for found in pattern.finditer(line.text):
                    _by_committee(judge, scene, line, found)
            for found in _REFERRED.finditer(line.text):
                _referral(judge, scene, line, found)


_RELATIVE = re.compile(r"M,? (?:which |that )?(?=H|P|president|[a-z])")


def _claims(line: Line, found: re.Match[str], start: int | None = None) -> bool:
    """Whether the article says so; from `start`, where the words before it hold a "failed to" of their own.

    What is told of a measure in a clause of its own stands, whatever the measure would do: "… under a bill the House passed".
    """
    begin, end = found.start("core"), found.end("core")
    if guards.is_others_speech(line, begin):
        return False
    if start is not None and start > begin:
        return not guards.is_open(line, begin, begin)
    relative = _RELATIVE.match(line.text, begin)
    if (
        relative is not None
        and begin
        and (", which" in relative.group() or line.text[relative.end()] in "HP")
    ):
        begin = relative.end()
        return not (guards.is_open_from(line, begin, end) or guards.is_denied_from(line, begin, end))
    return not (guards.is_open(line, begin, end) or guards.is_denied(line, begin, end))


_LED_BY_DAY = re.compile(r"(?:^|[,;] |\band )(?:(?:late |early )?(?:on|in|last) )?(?P<when>D),? $")


def _days(line: Line, found: re.Match[str]) -> tuple[Days | None, int]:
    groups = found.groupdict()
    for name in ("when", "mid", "early"):
        if groups.get(name):
            value = line.token(found.start(name)).value
            if isinstance(value, Days):
                return value, found.end(name)
    before = _LED_BY_DAY.search(line.text, 0, found.start("core"))
    if before is not None:
        value = line.token(before.start("when")).value
        if isinstance(value, Days):
            return value, found.end("core")
    return None, found.end("core")


#: What else is filed: "the report was filed on", "filed his nominating petitions on".
_OF_PAPERS = re.compile(
    r"\b(?:amendments?|reports?|petitions?|motions?|papers|suit|lawsuit|complaint|brief|charges)\b"
)
_FAR = 14  # signs between the words and their day, beyond which the day stands for the claim


def _at(line: Line, found: re.Match[str]) -> tuple[int, int]:
    """Where the claim stands: its words, and its day where that follows them."""
    groups = found.groupdict()
    if groups.get("when"):
        between = line.text[found.end("core") : found.start("when")]
        if "P" in between or any(sign.isdigit() for sign in between) or len(between) > _FAR:
            return line.span(*found.span("when"))
    ends = [found.end(name) for name in ("core", "when", "mid") if groups.get(name)]
    starts = [found.start(name) for name in ("core", "when") if groups.get(name)]
    led = None if ends[1:] or groups.get("early") else _LED_BY_DAY.search(line.text, 0, found.start("core"))
    if led is not None:
        starts.append(led.start("when"))
    return line.span(min(starts), max(ends))


def _introductions(judge: Judge, scene: Scene, line: Line) -> None:
    for pattern in _INTRODUCED:
        for found in pattern.finditer(line.text):
            dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
            days = line.token(found.start("when")).value
            if (
                dossier is None
                or not isinstance(days, Days)
                or dossier.introduced is None
                or not _claims(line, found)
            ):
                continue
            if _OF_PAPERS.search(line.text, max(0, found.start() - 40), found.start("when")):
                continue
            if days.counted and not days.holds(dossier.introduced):
                continue
            verdict = "true" if days.holds(dossier.introduced) else "false"
            judge.add("introduced_on", dossier, _at(line, found), verdict, dossier.introduced.isoformat())


def _event(judge: Judge, scene: Scene, line: Line, told: Told, found: re.Match[str]) -> None:
    dossier = judge.measure_at(scene, line, found.end("core") - 1, found.end("core"))
    start = found.end("core") if told.denied else found.start("core")
    if dossier is None or not _claims(line, found, start):
        return
    if "X" in line.text[found.start("core") : found.end("core")]:
        return
    if told.what == "signed" and _by_member(line, found):
        return
    if _ATTEMPT.search(line.text, guards.clause_start(line, found.start("core")), found.start("core")):
        return
    chamber = _chamber(line, found)
    if chamber is None and told.effects is PASSING and _IN_PANEL.match(line.text, found.end("core")):
        return
    days, _ = _days(line, found)
    compare(judge, dossier, _at(line, found), told.effects, told.what, chamber, days)


_IN_PANEL = re.compile(r"[^;.HM]{0,60}?\b(?:in|by|out of) (?:the )?(?:K|committee|panel)")


def _by_member(line: Line, found: re.Match[str]) -> bool:
    """Whether a member of Congress is who signed: then it is support, and no act of the President."""
    members = [t.value for _, t in line.of("P", *found.span("core"))]
    return any(isinstance(m, Member) and m.named is not None and m.named.person is not None for m in members)


#: "A motion to table it failed": what failed is the motion.
_ATTEMPT = re.compile(
    r"\b(?:motions?|efforts?|attempts?|bids?|push|moves?|votes?|petitions?|drives?|amendments?|overrides?|requests?)\b(?: [^,;.]{1,40})? (?:to|of|on|for|against|at) (?:[a-z]+ ){0,3}$"
)


def _chamber(line: Line, found: re.Match[str]) -> str | None:
    groups = found.groupdict()
    for name in ("by", "by2", "by3"):
        if groups.get(name):
            value = line.token(found.start(name)).value
            return value if isinstance(value, str) else None
    return None


_MOTION_LOST = re.compile(r"\bmotion\b.*\b(?:rejected|not agreed|not invoked|failed)\b", re.I)


def compare(
    judge: Judge,
    dossier: Dossier,
    at: tuple[int, int],
    effects: frozenset[Effect],
    what: str,
    chamber: str | None,
    days: Days | None,
) -> None:
    """Judge that something happened, in this chamber where one is named, on these days where any are."""
    here = dossier.happened(effects, chamber)
    if days is not None and here:
        hits = [event for event in here if event.day is not None and days.holds(event.day)]
        if not hits and days.counted:
            return  # from a day that may itself be wrong
        verdict = "true" if hits else "false"
        judge.add("action_on", dossier, at, verdict, _days_of(hits or here))
    elif here:
        kind = "chamber" if chamber else "status"
        judge.add(kind, dossier, at, "true", f"{_told(here[-1])}")
    elif chamber and dossier.happened(effects):
        other = dossier.happened(effects)[-1]
        note = f"The {(other.chamber or '').title()} did, on {written(other.day)}; the {chamber.title()} has not."
        judge.add("chamber", dossier, at, "false", (other.chamber or "").title(), note)
    elif what == "failed" and any(_MOTION_LOST.search(a.text or "") for a in dossier.lines):
        return  # what failed may be a motion on it
    else:
        outcome, why = judge.missing(dossier)
        later = dossier.happened(effects, chamber, till=dossier.today)
        if later and later[0].day is not None:
            why = f"It {'was ' if what not in ('passed', 'became law', 'failed') else ''}{what} only on {written(later[0].day)}."
            outcome = "false"
        judge.add("status", dossier, at, outcome, dossier.status.code, why)


def _days_of(events: list[Event]) -> str:
    return "; ".join(dict.fromkeys(event.on for event in events if event.on))


def _told(event: Event) -> str:
    return f"{event.on}: {event.text}" if event.on else event.text


def _by_committee(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    dossier = judge.measure_at(scene, line, found.end("core") - 1, found.end("core"))
    panel = line.token(found.start("who")).value
    if dossier is None or not isinstance(panel, Panel) or not _claims(line, found):
        return
    at = _at(line, found)
    if not among(panel, dossier.committees):
        verdict, note = judge.missing(dossier)
        within = at[0] <= panel.start < at[1]
        judge.add("committee", dossier, at if within else (panel.start, panel.end), verdict, named(dossier), note)  # fmt: skip
        return
    days, _ = _days(line, found)
    let_go = [e for e in _committee_steps(dossier) if _of_panel(e, panel, dossier)]
    own = [e for e in let_go if panel.words <= words_of(e[1])]
    if own and not any(_reports(e[1]) for e in own) and len(dossier.committees) > 1:
        let_go = own  # discharged: what another committee reported is not its report
    happened = [e for e in let_go if _reports(e[1])] if found["verb"] in _REPORTS else let_go
    if let_go and not happened:
        verdict, note = judge.missing(dossier)
        judge.add("committee", dossier, at, verdict, let_go[-1][1], note)
        return
    if days is not None and happened:
        hits = [e for e in happened if e[0] is not None and days.holds(e[0])]
        record = (hits or happened)[-1][0]
        judge.add(
            "action_on", dossier, at, "true" if hits else "false", record.isoformat() if record else None
        )
    elif happened:
        judge.add("committee", dossier, at, "true", f"{happened[-1][1]}")
    else:
        verdict, note = judge.missing(dossier)
        judge.add("status", dossier, at, verdict, dossier.status.code, note)


_STEP = re.compile(
    r"^(?!Rules Committee Resolution|Rule H\.).*(?:\breported\b|\bdischarged\b|ordered to be reported)", re.I
)
_REPORTS = frozenset({"reported", "approved", "endorsed", "ordered", "voted to report", "voted to approve"})


def _reports(words: str) -> bool:
    return "discharged" not in words.casefold()


def _committee_steps(dossier: Dossier) -> list[tuple[date | None, str]]:
    """(day, words) of every line by the article's day with which a committee let the measure go."""
    return [(valid_day(a.on), a.text or "") for a in reversed(dossier.lines) if _STEP.search(a.text or "")]


def _of_panel(step: tuple[date | None, str], panel: Panel, dossier: Dossier) -> bool:
    """Whether a step is this committee's, or names none."""
    named_here = [
        name for name, _ in dossier.committees if words_of(name) and words_of(name) & words_of(step[1])
    ]
    return (
        not named_here
        or any(panel.words <= words_of(name) for name in named_here)
        or len(dossier.committees) == 1
    )


def _referral(judge: Judge, scene: Scene, line: Line, found: re.Match[str]) -> None:
    dossier = judge.measure_at(scene, line, found.end("core") - 1, found.end("core"))
    panel, days = line.token(found.start("who")).value, line.token(found.start("when")).value
    if (
        dossier is None
        or not isinstance(panel, Panel)
        or not isinstance(days, Days)
        or not _claims(line, found)
    ):
        return
    if not among(panel, dossier.committees):
        return
    happened = [e for e in dossier.happened({Effect.REFERRED}) if e.day]
    if happened:
        hits = [e for e in happened if e.day and days.holds(e.day)]
        judge.add(
            "action_on", dossier, _at(line, found), "true" if hits else "false", _days_of(hits or happened)
        )


def named(dossier: Dossier) -> str | None:
    """The committees that had it by the article's day."""
    return "; ".join(dict.fromkeys(name for name, _ in dossier.committees)) or None


def votes_of(dossier: Dossier, chamber: str | None) -> list[Event]:
    """What decided on the measure by the article's day, in this chamber where one is named."""
    return dossier.happened(DECIDING, chamber)
