"""Members said to stand behind a measure, or not to, in words that name neither it nor the cosponsors: "so is P", "P has not signed"."""

from __future__ import annotations

import re

from tracker.press import guards
from tracker.press.dossier import Dossier
from tracker.press.judge import Judge
from tracker.press.numbers import NUMBER
from tracker.press.people import Person
from tracker.press.phrases import LIST
from tracker.press.scene import Line, Member, Scene, Token
from tracker.press.supporters import FIRST_DAY, deny_cosponsor, members_of, one_cosponsor

_SUPPORT = re.compile(
    r"co-?sponsor|\bsign(?:ed|ers?|atures?|atories)\b|\bbackers?\b|\bsupport(?:s|ers?|ed)?\b|\bnames?\b|\baboard\b|\bon board\b|\bbehind (?:it|M)\b|\bbacked\b|\bbacks?\b|\bjoin(?:ed|s)?\b|\bon (?:it|M)\b|\bthe list\b|\bintroduc\w+\b[^;]{0,40}\bwith P"
)
_VOTES = re.compile(
    r"\bvot(?:e|es|ed|ing)\b|\bnays?\b|\bayes?\b|\broll call\b|\bin favor\b|\bagainst\b|\bopposed\b"
)
_WITHDREW = re.compile(r"\b(?:withdr[ae]w|took (?:his|her|their|back)|dropped|removed|left M|lost)\b")
_SO_TOO = re.compile(r"[,; ]*(?:and )?(?:so|as) ")
_WAS = re.compile(r"\b(?:was|were|had)\b")
_ASIDE = r"(?:, [a-z][^,;.()MPHKXQD]{2,60},)?"
_THEM = r"(?:them|him|her|in|up|P|too|as well|M|the (?:list|effort|cause|group|others))"
_SO = [
    re.compile(rf"(?P<who>{LIST}){_ASIDE},? (?:too |also )?(?:(?:is|are|was|were|has been|have been|remains?|stays?|stands?) (?:still |also |now |both |all |too |listed |counted )*(?:on (?:the list|M|board|it)(?![a-z ]*(?:committee|panel))|among (?:them|the (?:backers|signers|supporters|names|[a-z]* ?co-?sponsors))|one of (?:them|the (?:[a-z]+ )?(?:backers|signers|names|co-?sponsors)|the (?:{NUMBER})(?=[,.;]|$))|aboard|there|behind M|a (?:[a-z]+ )?co-?sponsor))"),
    re.compile(rf"(?:^|[,;] |\band )(?:so|as) (?:too )?(?:is|are|was|were|has|have|did|do|does) (?P<who>{LIST})"),
    re.compile(rf"(?P<who>{LIST}){_ASIDE} (?:has |have |had )?(?:also |since |later |then |both |all |recently |just |quickly )*(?:joined {_THEM}|joined(?=[,.;]|$)|signed(?: on| up| too| as well)?(?=[,.; ]|$)|(?:came|come) (?:aboard|on board)|(?:added|put|lent) (?:his|her|their) (?:names?|support)(?: (?:to|on|behind) M)?|(?:is|are|was|were) with {_THEM})"),
    re.compile(rf"(?P<who>{LIST}){_ASIDE},? (?:is|was|are|were|remains?) (?:the |its |one of the )(?:third|fourth|fifth|sixth|other one|last one|(?:only |lone |other |first |second |third |latest |newest |last |lead |two |chief )*(?:democrats?|republicans?|independents?|members?|senators?|names?|ones?|signers?|backers?))(?: (?:on (?:the list|it|M)|there|among them|to (?:sign|join)(?: on| M)?|behind (?:it|M)|in the group))?(?=[,.;]| and|$)"),
    re.compile(rf"\b(?:of (?:them|these)|the others?|the rest|another|the (?:last|first|newest|latest|only (?:other )?\w+)(?: of (?:them|these))?(?: to (?:sign|join)(?: on)?)?) (?:is|are|was|were|being)(?: an?)? ?(?:democrats?|republicans?|independents?|senators?)?(?:,| –|:)? ?(?:including |among them )?(?P<who>{LIST})"),
    re.compile(rf"\bamong [^;:.PMHK]{{0,60}} (?:were|are|was|is) (?P<who>{LIST})"),
    re.compile(rf"(?P<who>{LIST}),? (?:with|beside|alongside) (?:them|him|her)(?=[,.;]|$)"),
    re.compile(rf"\b(?:co-?sponsored|signed|joined|backed)\b[^:;.PHK]{{0,60}}: (?P<who>{LIST})"),
    re.compile(rf"\b(?:supporters|backers|names|signers|signatories|co-?sponsors|additions|recruits)(?: of M)? (?:now |also )?(?:include|are|were|included|such as|like) (?P<who>{LIST})"),
    re.compile(rf"\b(?:democrats?|republicans?|senators|members|colleagues|independents?) (?:(?:now |also )?(?:support|back|are (?:on|behind)|have (?:signed|joined|backed)|signed|joined|co-?sponsor\w*)(?: on| onto)?(?: M| it)?)(?:,|:| –) (?P<who>{LIST})(?=[.;,]| and| among|$)"),
    re.compile(rf"\bwith (?P<who>{LIST}) (?:at (?:his|her|their) side|beside (?:him|her|them)|on board|aboard|as (?:the |its |his |her )?(?:lead|chief|first|leading|only) (?:democrat|republican|partner|co-?sponsor|co-?lead)\w*)"),
]  # fmt: skip
_NOT_SO = re.compile(
    rf"(?P<who>{LIST}){_ASIDE},? (?:(?:has|have|had|did|does|do|is|are|was|were)(?: not|n't|n't yet| never)(?: yet| ever)?|never|hasn't|haven't|didn't|isn't|aren't|wasn't)(?: yet)? (?:been )?(?:sign(?:ed)?(?: on| onto| M)?|join(?:ed)?(?: {_THEM})?|co-?sponsor(?:ed|s|ing)?(?: M)?|put (?:his|her|their) names?(?: (?:to|on) (?:M|it))?|add(?:ed)? (?:his|her|their) names?(?: to (?:M|it))?|(?:come|came) aboard|lent (?:his|her|their) names?|(?:on (?:the list|M|board)|among (?:them|the (?:backers|signers|supporters|co-?sponsors)|its (?:[a-z]+ )?co-?sponsors)|one of (?:them|the (?:[a-z]+ )?co-?sponsors|its (?:[a-z]+ )?co-?sponsors)))(?=[,.;]| and| but| yet|$)"
    rf"|(?P<who2>{LIST}){_ASIDE},? (?:is|are|was|were|remains?) (?:absent|missing) from (?:M|the list|its)|(?P<who3>{LIST}){_ASIDE},? (?:has |have )?(?:stayed|kept) (?:off|away)"
)


def read_backing(judge: Judge, scene: Scene) -> None:
    """Add what one sentence claims of who stands behind the measure spoken of."""
    told = f"{scene.previous} {scene.whole.text}"
    if "P" not in scene.whole.text or not _SUPPORT.search(told):
        return
    for line in scene.lines:
        denied: list[tuple[int, int]] = []
        for found in _NOT_SO.finditer(line.text):
            denied.append(found.span())
            _each(judge, scene, line, found, stands=False)
        if (
            _WITHDREW.search(line.text)
            or _VOTES.search(line.text)
            or (_VOTES.search(scene.previous) and "sponsor" not in scene.previous)
        ):
            continue  # who joined whom in a vote is another question
        for pattern in _SO:
            for found in pattern.finditer(line.text):
                if not any(first < found.end() and found.start() < last for first, last in denied):
                    _each(judge, scene, line, found, stands=True)
        if not denied:
            _lists(judge, scene, line)


_RUN = re.compile(LIST)


def _lists(judge: Judge, scene: Scene, line: Line) -> None:
    """Names listed together: where most are cosponsors, so is each one said to be."""
    runs = [members_of(line, *found.span()) for found in _RUN.finditer(line.text)]
    people = [row for run in runs for row in run]
    for run in runs:
        dossier = judge.measure_at(scene, line, run[0][0]) if run else None
        if dossier is None or len(run) < 2 or guards.is_others_speech(line, run[0][0]):
            continue
        if not guards.is_claimed(line, run[0][0], run[-1][0]):
            continue
        left = [
            row
            for row in run
            if not judge.has_read(("cosponsor", "sponsor", "vote"), row[1].start, row[1].end)
            and not dossier.is_sponsor(row[2].bioguide)
        ]
        behind = [row for row in people if (c := dossier.cosponsor(row[2].bioguide)) and not c.withdrawn_on]
        strange = [row for row in people if row not in behind and not dossier.is_sponsor(row[2].bioguide)]
        own = [row for row in run if row in behind]
        if len(strange) > 1 or not own or len(behind) < (2 if len(own) > 1 else 3):
            continue
        for _place, token, person in left:
            if person.chamber in (dossier.kind.chamber, None):
                one_cosponsor(judge, dossier, token, person, first_day=False)


def _each(judge: Judge, scene: Scene, line: Line, found: re.Match[str], *, stands: bool) -> None:
    name = next(n for n in ("who", "who2", "who3") if found.groupdict().get(n))
    dossier = judge.measure_at(scene, line, found.end() - 1, found.end())
    if dossier is None or "X" in found.group():
        return
    if guards.is_open(line, found.start(), found.end()) or guards.is_others_speech(line, found.start()):
        return
    if stands and guards.is_denied(line, found.start(), found.end()):
        return
    first, last = found.span(name)
    ended = re.search(r" and P;", line.text[first:last])  # "A, B and C; D came later": D is of another clause
    for _place, token, person in members_of(line, first, first + ended.end() if ended else last):
        if not judge.has_read(("cosponsor", "sponsor"), token.start, token.end):
            _judge_one(judge, dossier, line, found, token, person, stands=stands)


def _judge_one(
    judge: Judge,
    dossier: Dossier,
    line: Line,
    found: re.Match[str],
    token: Token,
    person: Person,
    *,
    stands: bool,
) -> None:
    if isinstance(token.value, Member) and token.value.pronoun:
        return
    row = dossier.cosponsor(person.bioguide)
    if stands and row and row.withdrawn_on and _WAS.search(found.group()):
        return  # was, and is no longer
    if stands and person.chamber in (dossier.kind.chamber, None):
        told = line.text[: found.end()] if _SO_TOO.match(found.group()) else found.group()
        first_day = FIRST_DAY.search(told) is not None
        one_cosponsor(judge, dossier, token, person, first_day=first_day)
    elif not stands:
        deny_cosponsor(judge, dossier, line, found, token, person)
