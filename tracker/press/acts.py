"""What is done to a measure, in whatever words: the acts that a line tells of, each with its place.

The readers of single claims know whole phrases. Where those leave a day or a committee unread, the act that stands nearest
to it tells what it is of; a verb that is none of these acts stands for something that the record knows nothing of.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import Enum

from tracker.press.scene import Line


class Act(Enum):
    """What is done to a measure."""

    INTRODUCED = "introduced"
    JOINED = "joined"
    WITHDREW = "withdrew"
    REFERRED = "referred"
    REPORTED = "reported"  # or considered, amended, heard, discharged: what a committee does
    ON_CALENDAR = "placed on the calendar"
    PASSED = "passed"
    FAILED = "failed"
    VOTED = "voted on"
    RECEIVED = "received"
    PRESENTED = "presented to the President"
    SIGNED = "signed"
    VETOED = "vetoed"
    OTHER = "something else"


@dataclass(frozen=True, slots=True)
class Told:
    """An act, and where the line tells of it."""

    act: Act
    start: int
    end: int


_IT = r"(?:M|it|them)"
_PRESIDENT = r"(?:(?:the )?president(?: [a-z.]+){0,2}|(?:donald )?trump|(?:joe )?biden|white house)"
_PATTERNS = (
    (Act.OTHER, r"(?:filed|issued|submitted|published|released) (?:its |a |an |the |their |written )*(?:report|motion|petition|brief|suit|lawsuit|complaint|cloture|discharge|amendments?|charges|papers|nominating)\b"),
    (Act.REPORTED, r"\breport (?:[^,;.]{0,30} )?(?:was |is )?(?:filed|followed|came|printed|published|ready|out)"),
    (Act.OTHER, r"\b(?:petition|motion|suit|complaint|amendment|brief|charges) (?:was |were )?(?:filed|submitted|offered|withdrawn|rejected|adopted|agreed to|failed|defeated)"),
    (Act.OTHER, r"(?:re)?(?:filed|introduced|submitted|offered|unveiled|presented) (?:his|her|their|its|an?|several|two|three|four|five) (?!M)(?:[a-z-]+ ?)+"),
    (Act.OTHER, r"\b(?:sent|returned|referred) back\b"),
    (Act.OTHER, r"offered (?:an |the |several |two |three |his |her )?(?:amendments?|substitute|praise|support|help|comment)"),
    (Act.OTHER, r"(?:joined|signed|rejoined) (?:in |on to )?(?:the )?(?:K|congress|H|caucus|staff|army|marines|navy|letter|agreement|accord|deal|treaty|contract|statement)\b"),
    (Act.OTHER, r"(?:not |never |n't )(?:yet )?(?:been )?(?:introduc|refer|report|pass|vot|sign|veto|act|mov|taken|consider)\w*"),
    (Act.OTHER, r"\b(?:overrid\w+|overrode|sustain\w*|uph[eo]ld) [^.;D]{0,40}\bveto"),
    (Act.SIGNED, rf"{_PRESIDENT}(?: has| had|'s|,? on D,?)? (?:then |later |finally |duly )?(?:signed|signature|put (?:his|her) (?:name|pen|signature) (?:to|on) M|enacted|affixed|gave (?:his|her) (?:signature|assent))"),
    (Act.SIGNED, rf"\b(?:signed (?:{_IT} )?(?:into law|by {_PRESIDENT})|becam?e (?:a |the |federal )*law|(?:was |been )?enacted|enactment|put on the books|took effect as law|law since|(?:president|trump|biden)'s signature|(?:(?<=M )|(?<=M, )|(?<=was )|(?<=were ))signed(?= D| on D))"),
    (Act.VETOED, r"\b(?:veto(?:ed)?(?! message| override| threat)|disapproved M|sent M back (?:unsigned|without his signature))\b"),
    (Act.PRESENTED, rf"\b(?:sent|presented|delivered|went|gone|goes|reached|landed|arrived|submitted|forwarded)(?: {_IT})? (?:over )?(?:to |on |at )?(?:the )?(?:president|white house|oval office|trump|biden)(?:'s desk)?(?! with)"),
    (Act.INTRODUCED, r"\b(?:re)?introduc(?:ed|es|ing|tion)\b|\bdropp?ed (?:(?:M|it) )?in(?:to)? the (?:house |H )?hopper|\bdropped M\b|\bfil(?:ed|ing)\b|\bdeposited\b|\blodged\b|\bbrought (?:M )?(?:in|forward)\b|\bput (?:M )?(?:forward|in)(?= D|,| on D| last|\.|$)|\bsubmitted\b|\boffered\b|\bunveiled\b|\blaid (?:M )?before the H|\btabled his\b|\bput M (?:before|to) the H"),
    (Act.WITHDREW, r"\b(?:withdr[ae]w(?:n|al|s)?|dropped (?:off|out)|(?:took|taken|taking|removed|pulled|struck|had) (?:his|her|their) names? (?:off|from|removed|struck|taken)|took back (?:his|her|their) names?|backed out|pulled out)\b"),
    (Act.JOINED, r"\b(?:co-?sponsor(?:ed|ing)|sign(?:ed|ing) (?:on|onto|M)(?= |[,.;]|$)|sign(?:ed|ing)(?= (?:the )?(?:first|same) day| at once| (?:only |just )?(?:on |in )?D|,|\.|;|$)|(?:re)?join(?:ed|ing)|(?:came|come|coming|been|climbed|got|hopped) (?:aboard|on board)|add(?:ed|ing) (?:his|her|their) (?:own )?(?:names?|support)|put (?:his|her|their) names?|lent (?:his|her|their) names?|bec(?:ame|oming|ome) (?:an? |the |its )?(?:[a-z-]+ ){0,2}co-?sponsors?|threw (?:his|her|their) (?:support|weight) behind|got behind|followed|(?:done|did) so)\b"),
    (Act.ON_CALENDAR, r"\b(?:placed|put|listed|entered|landed|lain|been|sat|waited|went|resting) on (?:the |its |H's |H |a )*(?:legislative |union |house |senate |executive |private |general |consent )*calendar"),
    (Act.REFERRED, r"\b(?:referr(?:ed|al)|assigned|routed|steered|went|gone|sent|directed|shipped|passed along)(?: M)?(?: (?:[a-z]+ly|over|back|straight|first|there|at once|immediately|that day|D|on D|the same day))*,? (?:to|on to) (?:H's )?(?:[a-z]+ (?:H )?(?:committees|panels)[,:] )?(?:the full )?K|\breferr(?:ed|al)\b|\bassigned\b"),
    (Act.RECEIVED, r"\b(?:received|(?<=H )got M|was sent to the H|sent (?:M )?(?:over )?to the H|arrived in the H|reached the H|messaged|sent over|came over|took delivery|was delivered to the H|has been in the H)\b"),
    (Act.REPORTED, r"\b(?:report(?:ed|ing)?(?= M| by| out| favorabl| advers| with| to the| on D| D|,| from|\.|$)|mark(?:ed)?(?: M)?[ -]?up|markup|discharg(?:ed|ing|e)|forwarded|(?:came|come|coming) out of|cleared K|left K|emerged from|moved out of|(?:straight )?to the floor|amended(?! by)|rewr(?:ote|itten)|hearings?|ordered (?:M )?(?:to be )?(?:favorably )?reported|bypass(?:ed|ing)|sent (?:M )?to the (?:full )?(?:H )?floor|sent M on)"),
    (Act.FAILED, r"\b(?:fail(?:ed|s|ure)|reject(?:ed|s|ion)|defeat(?:ed|s)?|voted (?:M )?down|went down|turned (?:M )?(?:down|back|away)|fell (?:short|to)|tabled|killed|blocked|shot down|set (?:M )?aside|postponed|stopped|stalled|sustained|upheld|shelved)\b"),
    (Act.PASSED, r"\b(?:pass(?:ed|es|age|ing)?(?! over| through K| up)|adopt(?:ed|s|ion|ing)|approv(?:ed|es|al|ing)|agree[ds]? to(?= M| it\b| D| on D|[,.;])|agreed(?= on D| D|[,.;]|$)|clear(?:ed|s|ing)|okayed|ratified|endorsed|waved (?:M )?through|green-?lit|concurred|(?:signed|sign) off on|(?<=M )carried(?= [0-9]|,? on D| D)|blessing|overrode|overridden)\b"),
    (Act.VOTED, r"\b(?:vot(?:ed?|es|ing)|took (?:M )?up|taken (?:M )?up|take (?:M )?up|debat(?:ed?|ing)|considered|brought (?:M )?(?:up|to the floor|to a vote)|called (?:M )?up|roll call|floor action|acted|came to the floor|reached the floor|tried|moved)\b"),
)  # fmt: skip
_ACTS = [(act, re.compile(pattern)) for act, pattern in _PATTERNS]
_VERB = re.compile(
    r"\b(?:[a-z]{2,}ed|said|says|told|tells|wrote|writes|held|met|gave|took|made|went|spoke|stood|rose|broke|bought|built|fought|knew|won|lost|led|left|found|saw|kept"
    r"|began|begun|drew|cast|cut|felt|fell|grew|heard|hit|paid|read|rode|sold|sought|taught|thought|threw|wore|died|became|ran|set|struck|shot|brought|put|let|sat|sent|dates?|expires?|ends?|starts?|takes? effect)\b"
)
_NO_VERB = frozenset(
    [
        "red",
        "need",
        "indeed",
        "bed",
        "hundred",
        "amended",
        "united",
        "proposed",
        "unopposed",
        "limited",
        "related",
        "so-called",
        "need",
        "unnamed",
        "speed",
        "feed",
        "seed",
        "deed",
        "shed",
        "based",
        "titled",
        "numbered",
        "dated",
        "opened",
        "limited",
        "scheduled",
        "combined",
        "continued",
        "held",
        "led",
        "read",
        "put",
        "set",
        "let",
        "cut",
        "cast",
        "left",
    ]
)
_AUXILIARY = re.compile(
    r"(?:came|was|were|is|has|had|been|be|happened|occurred|followed|held|taken|took place|place|being)$"
)


def acts_of(line: Line) -> list[Told]:
    """The acts of a line in their order, of two that overlap the one told of first above; `OTHER` for any other verb."""
    taken: list[Told] = []
    for act, pattern in _ACTS:
        for found in pattern.finditer(line.text):
            if not any(told.start < found.end() and found.start() < told.end for told in taken):
                taken.append(Told(act, found.start(), found.end()))
    for found in _VERB.finditer(line.text):
        word = found.group()
        if word in _NO_VERB or _AUXILIARY.fullmatch(word):
            continue
        if not any(told.start < found.end() and found.start() < told.end for told in taken):
            taken.append(Told(Act.OTHER, found.start(), found.end()))
    return sorted(taken, key=lambda told: told.start)


_BREAK = re.compile(
    r"[;:()]|\b(?:up|down) from\b|\b(?:who|whose|which|where)\b| – |, (?:but|while|although|though|whereas|yet)\b|, and (?=(?:H|P|K|M|the|it|they|he|she|both|no|two|on|in)\b)|, (?=D\b)|\bbut\b"
)
_LEADS = re.compile(
    r"(?:(?:^|[,;:(] ?| – |\b(?:and|but|then|that|which|who) )(?:[a-z]+ ){0,2}|[HKPM],? )(?:on |in |by |only |back |early |late |just |last |since )*$"
)


def act_of_day(line: Line, acts: list[Told], place: int) -> Told | None:
    """The act whose day stands at `place` of a line: the one before it in its part of the sentence, or, where the day leads
    a clause, the one after it.
    """
    begin = max((found.end() for found in _BREAK.finditer(line.text, 0, place)), default=0)
    before = [told for told in acts if begin <= told.start < place]
    if _DATELINE.match(line.text, place):
        return None
    ahead = [told for told in acts if told.start > place]
    follows_when = re.match(r"D,? (?:when|that)\b", line.text[place:]) is not None
    if _IN_NAME.match(line.text, place):
        return None
    if _AND_ON.search(line.text, 0, place):  # the day of what follows
        return ahead[0] if ahead and "D" not in line.text[place + 1 : ahead[0].start] else None
    if before and "D" in line.text[before[-1].end : place] and before[-1].act is not Act.JOINED:
        return None  # that act has its day already
    if before and not follows_when and not _stands_between(line, before[-1], place):
        return before[-1]
    if ahead and (follows_when or _LEADS.search(line.text, 0, place)):
        between = line.text[place + 1 : ahead[0].start]
        if "D" not in between and not re.search(r"[;:.]|\b(?:who|which|that)\b(?<!^ that)", between):
            return ahead[0]
    return None


_AND_ON = re.compile(r"\b(?:and|then),? (?:on )?$")
_IN_NAME = re.compile(
    r"D (?:session|meeting|hearing|sitting|night|morning|edition|newspaper|paper|column|deadline)\b"
)
_DATELINE = re.compile(r"D[.)]?(?: \([a-z ]+\))? ?(?:–|-|—) ")


def _stands_between(line: Line, told: Told, place: int) -> bool:
    """Whether the day leads a clause of its own, so that the act before it is another's."""
    between = line.text[told.end : place]
    return re.search(r"(?:, (?:and|then)|;| and) (?:the )?[HKP],? (?:on |in )?$", between) is not None
