"""What is said but not claimed: wishes, conditions, forecasts, denials, and what others are said to have said."""

from __future__ import annotations

import re

from tracker.press.scene import Line

_CLAUSE = re.compile(
    r"[;:(]|, (?:but|and|while|although|though|yet|which|who|after|before|as|with|whereas)\b|\b(?:but|while|although|though|whereas|because|since)\b| – "
)
_OPEN = re.compile(
    r"\b(?:would|could|may|might|should|if|unless|hop(?:e|es|ed|ing)|wants?|wanted|plans?|planned|planning|expects?|expected|expecting|urg(?:e|es|ed|ing)"
    r"|ask(?:s|ed|ing)?|calls? (?:on|for)|called (?:on|for)|aims?|seeks?|sought|wish(?:es|ed)?|ought|must|will|won't|wouldn't|until(?! D| [^,;.]{0,50}\b(?:vetoed|was|were|did|had|came|signed|joined|passed|took)\b)|whether|were to|pledg\w+"
    r"|vow\w*|promis\w+|threat\w+|propos\w+ to|likely|unlikely|rumou?r\w*|suggest\w*|claim(?:s|ed|ing)?|alleg\w+|wrongly|falsely|mistaken\w*|incorrectly"
    r"|scheduled|set to|due to|about to|poised|ready to|going to|trying|tries|tried|try|needs?|needed|needing|require[sd]?|goal|target|short of|predict\w*"
    r"|imagine\w*|suppos\w+|can|cannot|can't|intend\w*|prepar\w+|consider(?:s|ing)|weigh(?:s|ing)?|want|to (?=be |get |win |become |pass|reach))\b"
)
_DENIED = re.compile(
    r"\b(?:no(?!\.? ?[0-9]| vote)|not|never|neither|nor|without(?! (?:objection|amendment|dissent|debate|opposition|changes?|an? |any ))|hardly|nobody|none|fail(?:s|ed)? to|refus(?:e|es|ed) to|declin(?:e|es|ed) to|yet to|instead of|rather than)\b|n't\b"
)
_SPEECH = re.compile(
    r"\b(?:said|says|say|told|tells|argu\w+|insist\w*|claim(?:s|ed)|contend\w*|believ\w+|thinks?|thought|boast\w*|complain\w*|tweeted|posted|joked|according to P)\b"
)
_PAPER = r"(?:record|clerk|journal|registers?|calendar|(?:web)?sites?|blogs?|newsletters?|(?:news)?papers?|magazines?|outlets?|reports?|statements?|releases?|columns?|letters?|offices?|pages?|posts?|notices?)"
_OF_PAPER = re.compile(rf"\b(?:{_PAPER}|M)(?:'s)?(?: \w+)? (?:said|says|say)\b")
_CLOSING_SPEECH = re.compile(
    r",? (?:P|he|she|they|(?:critics|opponents|supporters|backers|advocates|activists)(?: of M)?) (?:said|says|told [a-z ]+|argued|claimed|claims|insisted|predicted|joked)(?: [^.]{0,40})?[.\"]*$"
    r"|, (?:an?|one|his|her|its|their) [a-z' -]{2,50} (?:said|says|argued|claimed|claims|insisted)(?: [^.]{0,40})?[.\"]*$"
    r"|, (?:said|says) (?:P|the |an? |one |his |her |its )[^.]{0,60}[.\"]*$"
)
_CLOSED_BY_PAPER = re.compile(
    rf"\b{_PAPER} (?:said|says|claims)(?: [^.]{{0,40}})?[.\"]*$|, (?:said|says) [^.,]{{0,40}}\b{_PAPER}\b"
)
_QUESTION = re.compile(r"\?[\"')]*$")


def clause_start(line: Line, place: int) -> int:
    """Where the clause of this place begins."""
    start = 0
    for found in _CLAUSE.finditer(line.text, 0, place):
        start = found.end()
    return start


def clause_end(line: Line, place: int) -> int:
    """Where the clause of this place ends."""
    found = _CLAUSE.search(line.text, place)
    return found.start() if found else len(line.text)


_COUNTERFACTUAL = re.compile(r"(?:^|[,;] |\band )had (?:[MPHK]|the |they )[^,;]{0,80}$")


def is_open(line: Line, start: int, end: int) -> bool:
    """Whether what stands from `start` to `end` is wished, feared, asked or conditional, and so is no claim."""
    if _QUESTION.search(line.text):
        return True
    begin = clause_start(line, start)
    if _COUNTERFACTUAL.search(line.text, begin, end):
        return True
    return _OPEN.search(line.text, begin, end) is not None


def is_open_from(line: Line, start: int, end: int) -> bool:
    """The same of these words alone, whatever stands before them in their clause."""
    return _QUESTION.search(line.text) is not None or _OPEN.search(line.text, start, end) is not None


def is_denied_from(line: Line, start: int, end: int) -> bool:
    """Whether these words alone deny what they say."""
    return _DENIED.search(line.text, start, end) is not None


def is_denied(line: Line, start: int, end: int) -> bool:
    """Whether the clause, up to `end`, denies what it says."""
    begin = clause_start(line, start)
    led = [found.end() for found in _LED_CLAUSE.finditer(line.text, begin, start)]
    return _DENIED.search(line.text, max([begin, *led]), end) is not None


#: "Because it never went to a committee, it stands on the calendar": what is denied ends at the comma.
_LED_CLAUSE = re.compile(
    r"^(?:because|since|as|after|though|although|while|when|where) [^,;]{3,120}, (?=[MPHK]\b)", re.M
)


def is_others_speech(line: Line, start: int) -> bool:
    """Whether somebody is said to have said it: then it is that person's claim."""
    said = _SPEECH.search(line.text, 0, start)
    if said is not None and _OF_PAPER.search(line.text, max(0, said.start() - 40), said.end()) is None:
        return True
    if _CLOSED_BY_PAPER.search(line.text, start):
        return False
    return _CLOSING_SPEECH.search(line.text, start) is not None


def is_claimed(line: Line, start: int, end: int) -> bool:
    """Whether the article itself says so, as a fact."""
    return not (is_open(line, start, end) or is_denied(line, start, end) or is_others_speech(line, start))
