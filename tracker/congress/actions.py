"""What one line of the list of actions does to a measure.

A line is read by its words first, and by its code only where the words say nothing known. Codes mislead (E30000 is on
"Signed by President." and on "Vetoed by President.", H12100 on reports and on introductions), Senate and committee
lines carry none, and older records here have neither code nor type. Words are matched at the start of the line, so
that a debate on a motion, a rule for another measure or an amendment is never taken for the thing itself.
"""

from __future__ import annotations

import re
from enum import IntEnum
from functools import lru_cache
from typing import NamedTuple, Protocol


class ActionLike(Protocol):
    """What is needed of an action; `tracker.records.model.ActionRecord` has it."""

    @property
    def on(self) -> str | None: ...
    @property
    def text(self) -> str | None: ...
    @property
    def code(self) -> str | None: ...
    @property
    def type(self) -> str | None: ...
    @property
    def source(self) -> str | None: ...


class Effect(IntEnum):
    """What happened. The value is the usual order within one day, where the order of the lines does not tell."""

    INTRODUCED = 1
    REFERRED = 2  # or ordered to be reported: still the committee's
    REPORTED = 3
    ON_CALENDAR = 4  # or discharged: the floor may take it up
    RECONSIDERED = 5  # a failure undone
    FAILED = 6
    TABLED = 7  # or postponed indefinitely
    WITHDRAWN = 8
    PASSED = 9
    IN_DISPUTE = 10  # one chamber amends or rejects the other's words, or both confer
    CONFERENCE_AGREED = 11
    CONCURRED = 12  # one chamber takes the other's words as they are
    TO_STATES = 13
    PRESENTED = 14
    VETOED = 15
    VETO_SUSTAINED = 16
    VETO_OVERRIDDEN = 17  # in one chamber
    SIGNED = 18
    BECAME_LAW = 19


class Event(NamedTuple):
    """The effect of one line; `chamber` is house, senate or None, `amended` whether a passage changed the text."""

    effect: Effect
    chamber: str | None = None
    amended: bool = False


class Rule(NamedTuple):
    """Lines that begin with `words` (a pattern), or failing any such line those with one of `codes`, have `effect`."""

    effect: Effect
    words: str
    codes: str = ""
    chamber: str | None = None


_MEASURE = r"(?:measure|bill|(?:joint |concurrent )?resolution)"
_VOTED = (
    rf"(?:on passage|on agreeing to the (?:joint |concurrent )?resolution"
    rf"|on motion to suspend the rules and (?:pass|agree to) the {_MEASURE})(?:,? as amended)?[.,]?"
)
_BY_ORDER = r"(?:(?:upon reconsideration|under the order)[^:]{0,160}?, )?"
_OVER_VETO = r"on passage, the objections of the president[^:]{0,60}?"
_RULE_SAYS = r"pursuant to the provisions of [^,]{1,40}, [^,]{1,40}"
_SENTENCES = r"(?:[^:]{0,160}?[.,] ?)?"  # "Committee on Finance. Ordered …", "Read the second time. Placed …"
_COMMITTEE = r"(?:(?:the|senate|house|permanent|select|special|joint) ){0,4}committees? on "

# The first rule whose words begin the line holds. Names of measures are those that taught the rule (119th Congress
# where no other is named).
_RULES = (
    Rule(
        Effect.VETO_SUSTAINED,
        rf"failed of passage in (?:house|senate) over veto|{_OVER_VETO} failed",
        "33000 35000",
    ),
    Rule(Effect.VETO_OVERRIDDEN, rf"passed house over veto|{_OVER_VETO} passed", "32000", "house"),
    Rule(Effect.VETO_OVERRIDDEN, r"passed senate over veto", "34000", "senate"),
    Rule(Effect.BECAME_LAW, r"became (?:public|private) law|became law without", "E40000 36000 41000 29100"),
    Rule(Effect.SIGNED, r"signed by (?:the )?president", "E30000"),
    # HR 131, HR 504: vetoed, under the code that else says signed
    Rule(Effect.VETOED, r"(?:pocket[ -])?vetoed by (?:the )?president|pocket[ -]vetoed", "31000 30000"),
    Rule(Effect.PRESENTED, r"presented to (?:the )?president", "28000 E20000"),
    Rule(
        Effect.TO_STATES, r"(?:presented|transmitted|sent|delivered|submitted) to the (?:archivist|states)\b"
    ),
    Rule(Effect.FAILED, rf"failed of passage/not agreed to in house|{_VOTED} failed", "9000", "house"),
    # HR 5371, S 2882: "Upon reconsideration, under the order of …, not having achieved 60 votes …, failed of passage"
    Rule(
        Effect.FAILED,
        rf"failed of passage/not agreed to in senate|{_BY_ORDER}failed of passage in senate"
        rf"|{_MEASURE} not agreed to in senate",
        "18000",
        "senate",
    ),
    # HRES 293: "Pursuant to the provisions of H. Res. 294, H. Res. 293 is considered passed House"
    Rule(
        Effect.PASSED,
        rf"passed/agreed to in house|passed house\b|{_VOTED} (?:passed|agreed to)|{_RULE_SAYS} is considered passed house",
        "8000",
        "house",
    ),
    # HR 4405: "Received in the Senate, read twice, considered, read the third time, and passed, under the order of …"
    Rule(
        Effect.PASSED,
        rf"passed/agreed to in senate|{_BY_ORDER}passed senate\b|{_MEASURE} agreed to in senate"
        r"|(?:submitted|introduced|received) in the senate,[^:]{0,160}?\b(?:agreed to|passed)\b",
        "17000",
        "senate",
    ),
    Rule(
        Effect.CONFERENCE_AGREED,
        r"conference report agreed to in house|on agreeing to the conference report agreed to",
        "21000",
        "house",
    ),
    Rule(
        Effect.CONFERENCE_AGREED,
        r"conference report agreed to in senate|senate agreed to (?:the )?conference report",
        "23000",
        "senate",
    ),
    # S 1318: neither line of the passage in the House says that it amended; the message to the Senate does
    Rule(
        Effect.IN_DISPUTE,
        r"message on (?:house|senate) action [^:]{0,60}: (?:house|senate) (?:amendment|requests|disagree|insist)"
        r"|conference report [^:]{0,60}filed|conference report not agreed|on agreeing to the conference report failed"
        r"|conference committee actions|to conference\b",
        "20700 20800 20900 22000 24000",
    ),
    # HCONRES 14, HR 452, HR 7147 (agreed); HR 3944, HR 6644 (in dispute); HR 4: the House by a rule, without a code
    Rule(
        Effect.CONCURRED,
        r"(?:resolving differences -- (?:house|senate) actions: )?(?:on motion (?:that the house|to (?:concur|agree))\b"
        r"|(?:house|senate) (?:agree[ds]|concur(?:red|s)|recede[ds]|disagree[ds]|insist(?:ed|s))\b)"
        r"|resolving differences\b"
        r"|motion (?:by senator [^:]{1,40}? )?to (?:concur|agree|recede|disagree|insist)\b[^:]{0,200}? agreed to in senate",
        "19000 19500 20000 20500",
    ),
    # HRES 537, HRES 713 (on motion), HRES 164, HRES 598 (by a rule), SJRES 12, SJRES 91 (postponed by the Senate)
    Rule(
        Effect.TABLED,
        rf"on motion to table(?: the {_MEASURE})? agreed to|motion to table the {_MEASURE} agreed to in senate"
        rf"|{_RULE_SAYS} is laid on the table|(?:{_MEASURE} )?indefinitely postponed (?:by|in) (?:the )?(?:senate|house)",
    ),
    Rule(Effect.RECONSIDERED, r"on motion to reconsider agreed to", chamber="house"),  # HRES 580
    Rule(
        Effect.RECONSIDERED,
        r"motion (?:by senator [^:]{1,40}? )?to reconsider [^:]{0,120}?failed of passage[^:]{0,80}? agreed to in senate",
        chamber="senate",
    ),
    Rule(
        Effect.WITHDRAWN,
        rf"(?:by unanimous consent,? )?(?:the )?{_MEASURE} (?:was |is )?withdrawn\b(?! from)",
    ),
    # SJRES 117 of the 118th: "Read twice. Pursuant to PL 118-50(e)(1), Placed on Senate Legislative Calendar"
    # SRES 690: "Submitted in the Senate. Placed on Senate Executive Calendar under Over, Under the Rule."
    Rule(
        Effect.ON_CALENDAR,
        rf"{_SENTENCES}(?:ordered )?placed on (?:the )?(?:union|house|private|corrections|senate)\b[^:.]{{0,40}}calendar"
        r"|submitted in the senate placed on senate",  # SRES 532, without its full stop
    ),
    Rule(
        Effect.ON_CALENDAR,
        rf"{_COMMITTEE}(?:(?!subcommittee)[^:]){{0,160}}?\bdischarged\b",
        "5500 14500 H12300",
    ),
    Rule(
        Effect.REPORTED,
        r"reported (?:\(amended\)|by|in|to|with|without|original|adversely|favorably)"
        rf"|{_COMMITTEE}[^:]{{0,160}}?(?:\. (?:original measure )?reported\b| reported an original measure)",
        "5000 14000 1010 H12200",
    ),
    # S 2067: "referred jointly to"
    Rule(
        Effect.REFERRED,
        rf"(?:sequentially )?re-?ferred\b|re-?referred\b|(?:read|received|introduced|submitted)\b[^:]{{0,80}}?\breferred\b"
        rf"|{_SENTENCES}ordered to be reported",
        "2000 11000 H11100",
    ),
    Rule(
        Effect.INTRODUCED,
        r"(?:introduced|submitted) in (?:the )?(?:house|senate)\b",
        "1000 10000 1025 10025 Intro-H Intro-S",
    ),
)

_LINE = re.compile("|".join(f"(?P<r{number}>{rule.words})" for number, rule in enumerate(_RULES)))
_BY_CODE = {code: rule for rule in _RULES for code in rule.codes.split()}

# Remarks, debates and other measures' rules: many, long, and of no effect. (LOC's "Submitted in House" under H30000
# and H11100 is an introduction, so those codes are not here.)
_WITHOUT_EFFECT = frozenset(
    {"B00100", "H8D000", "H8A000", "H12700", "H1L210", "H1L220", "H30300", "H35000", "H37220"}
)

_AMENDED = re.compile(
    r"\bas amended\b(?! by the order)|\(amended\)|\bwith (?:an |further |a further )?amendments?\b"
    r"|\bamended preamble|\bamendment to the title|text of amendment in the +nature of a substitute"
)
_REFERENCES = re.compile(r"\((?:text|consideration)\b")
_NOT_CARRIED = re.compile(r"\bfailed\b|\brejected\b|\bnot agreed\b|\bmoved that\b")
_STILL_OPEN = re.compile(r"\bdisagree|\binsist|\binstruct|\bconference\b|\bconferees\b|\bportion\b")
_LONGEST = 1500  # signs of a line that are looked at; what decides stands at its start, references at its end


@lru_cache(maxsize=1 << 14)
def read_action(text: str | None, code: str | None) -> Event | None:
    """What this line does to the measure it is listed under; None where it changes nothing. Never raises."""
    if code in _WITHOUT_EFFECT:
        return None
    words = (text or "")[:_LONGEST].lower()
    found = _LINE.match(words)
    if found is not None and found.lastgroup is not None:
        rule = _RULES[int(found.lastgroup[1:])]
    elif code is not None and code in _BY_CODE:
        rule = _BY_CODE[code]
        if not words and rule.effect is not Effect.INTRODUCED:
            return None  # HRES 27: a line without words, coded as a report, on the day it was introduced
    else:
        return None
    if rule.effect is Effect.CONCURRED:
        return _answer(words)
    return Event(
        rule.effect, rule.chamber, rule.effect is Effect.PASSED and _AMENDED.search(words) is not None
    )


def _answer(words: str) -> Event | None:
    """Whether an answer to the other chamber's amendments settles them, or keeps the measure in dispute."""
    references = _REFERENCES.search(words)  # "(text as House agreed to Senate amendment with amendment: …)"
    said = words[: references.start()] if references is not None else words
    if _NOT_CARRIED.search(said):
        return None
    if _STILL_OPEN.search(said) or _AMENDED.search(said):
        return Event(Effect.IN_DISPUTE)
    return Event(Effect.CONCURRED) if "amendment" in said else None
