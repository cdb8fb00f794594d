"""Recorded votes in sentences, by open rules: what a chamber did, how the parties stood, what it needed.

A question that no rule knows is quoted with its result; nothing is put into other words by guess.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass

from tracker.congress import numbers
from tracker.congress.measures import TYPES, measure_type
from tracker.congress.roll_calls import WITHOUT_A_LINE, YEA, Tally, needed, whole

_SPLIT_FROM = 4  # a party is split where at least every fourth of its votes went the other way

# question, as a pattern → what the chamber did where it agreed, and where it did not. {x}: what it was about
_RULES: tuple[tuple[str, str, str], ...] = (
    (
        r"passage, objections of the president|overriding the (?:president's )?veto",
        "passed {x} over the President’s veto",
        "did not pass {x} over the President’s veto",
    ),
    (
        r"motion to suspend the rules and pass",
        "suspended the rules and passed {x}",
        "did not suspend the rules to pass {x}",
    ),
    (
        r"motion to suspend the rules and agree",
        "suspended the rules and agreed to {x}",
        "did not suspend the rules to agree to {x}",
    ),
    (r"passage|the joint resolution", "passed {x}", "did not pass {x}"),
    (
        r"(?:agreeing to )?the (?:concurrent )?resolution",
        "agreed to {x}",
        "did not agree to {x}",
    ),
    (
        r"ordering the previous question",
        "ordered the previous question on {x}",
        "did not order the previous question on {x}",
    ),
    (
        r"consideration of the resolution",
        "agreed to consider {x}",
        "did not agree to consider {x}",
    ),
    (r"(?:agreeing to )?the amendment", "agreed to {amendment}", "rejected {amendment}"),
    (
        r"cloture on the motion to proceed",
        "invoked cloture on the motion to proceed to {x}",
        "did not invoke cloture on the motion to proceed to {x}",
    ),
    (r"(?:the )?cloture", "invoked cloture on {x}", "did not invoke cloture on {x}"),
    (r"the nomination", "confirmed {x}", "did not confirm {x}"),
    (
        r"(?:the )?motion to proceed$",
        "agreed to proceed to {x}",
        "did not agree to proceed to {x}",
    ),
    (r"(?:the )?motion to recommit", "agreed to recommit {x}", "did not agree to recommit {x}"),
    (
        r"the point of order",
        "held a point of order on {x} well taken",
        "held a point of order on {x} not well taken",
    ),
    (
        r"the decision of the chair",
        "sustained the decision of the Chair on {x}",
        "did not sustain the decision of the Chair on {x}",
    ),
    (
        r"(?:the )?(?P<motion>motion to .+?)(?:, as amended)?$",
        "agreed to the {motion}, on {x}",
        "rejected the {motion}, on {x}",
    ),
)
_KNOWN = tuple((re.compile(pattern, re.I), agreed, rejected) for pattern, agreed, rejected in _RULES)
_NO_SUBJECT = re.compile(r",? (?:on|to|of) \{x\}| \{x\}")
_PLURALS = {"D": "Democrats", "R": "Republicans", "I": "independents", "L": "Libertarians"}
_SINGULARS = {"D": "Democrat", "R": "Republican", "I": "independent", "L": "Libertarian"}
_SHARES = {"2/3": "two thirds", "3/5": "three fifths"}


@dataclass(frozen=True, slots=True)
class Matter:
    """What a vote was about, as a sentence names it: "H.J.Res. 25", "S.Amdt. 14 to S.Con.Res. 7"."""

    name: str = ""
    amends: str = ""  # an amendment stands in `name` then; "" where the file gives it no number


def matter_named(matters: list[dict[str, str | None]]) -> Matter:
    """The first matter of a roll call, as `RollCall.matters` holds them; several are counted."""
    if not matters:
        return Matter()
    first = matters[0]
    measure = printed_measure(first.get("measure"))
    name = first.get("name") or ""
    if first.get("amendment") or ", amendment " in name:
        number = (first.get("amendment") or "").rpartition("/")[2]
        return Matter(f"S.Amdt. {number}" if number else "", measure or name)
    if len(matters) > 1 and not measure:
        return Matter(f"{len(matters)} nominations" if first.get("nomination") else f"{len(matters)} matters")
    return Matter(measure or name)


def printed_measure(key: str | None) -> str:
    """ "S.J.Res. 3" for "119/sjres/3"; "" for none."""
    if key is None:
        return ""
    _, kind, number = key.split("/")
    return f"{measure_type(kind).abbreviation} {number}" if kind in TYPES else ""


def headline(
    chamber: str, question: str, result: str, outcome: str, form: str, matter: Matter, candidates: int = 0
) -> str:
    """What the chamber did, without numbers: "The House passed H.J.Res. 25"."""
    who = "The House" if chamber == "house" else "The Senate"
    if form == "election":
        won = (
            f"elected {result} Speaker"
            if outcome == "elected"
            else f"elected nobody of {candidates} candidates"
        )
        return f"{who} {won}"
    if form == "quorum":
        return f"{who} called the roll of its members"
    bare = re.sub(r"^on ", "", question.strip(), flags=re.I)
    for pattern, agreed, rejected in _KNOWN:
        found = pattern.match(bare)
        if found and outcome in ("agreed", "rejected"):
            told = agreed if outcome == "agreed" else rejected
            motion = found.groupdict().get("motion") or ""
            amended = ", as amended" if outcome == "agreed" and bare.casefold().endswith("as amended") else ""
            return f"{who} {_filled(told, matter, _lower_first(motion))}{amended}"
    about = matter.name or matter.amends
    on = f", on {about}" if about else ""
    return f"{who} voted on {_lower_first(bare)}{on}{f': {result}' if result else ''}"


def _filled(pattern: str, matter: Matter, motion: str) -> str:
    x = f"{matter.name or 'an amendment'} to {matter.amends}" if matter.amends else matter.name
    amendment = x if matter.amends else f"an amendment to {x}" if x else "an amendment"
    if not x:
        pattern = _NO_SUBJECT.sub("", pattern)
    return pattern.format(x=x, amendment=amendment, motion=motion)


def _lower_first(words: str) -> str:
    """ "motion to table" for "Motion to Table": the first word, and the verb of a motion."""
    lowered = words[:1].lower() + words[1:]
    return re.sub(r"^(motion to )(\w)", lambda found: found[1] + found[2].lower(), lowered)


def party_sentences(by_party: Mapping[str, Tally]) -> list[str]:
    """How the parties stood, the largest first; those of one mind together; "" for a party that cast no vote."""
    ranked = sorted(by_party.items(), key=lambda row: (-row[1].all, row[0]))
    voted = [(party, tally) for party, tally in ranked if tally.cast and party]
    of_one_mind: dict[str, list[str]] = {}
    for party, tally in voted:
        if tally.line and min(tally.yea, tally.nay) == 0 and tally.cast > 1 and party not in WITHOUT_A_LINE:
            of_one_mind.setdefault(tally.line, []).append(party)
    found = [
        f"{' and '.join(('every ' if n else 'Every ') + singular(p) for n, p in enumerate(parties))} who voted was {_side(line)} it."
        for line, parties in of_one_mind.items()
    ]
    united = {party for parties in of_one_mind.values() for party in parties}
    return found + [_party(party, tally) for party, tally in voted if party not in united]


def _party(party: str, tally: Tally) -> str:
    many, few = plural(party), min(tally.yea, tally.nay)
    side = _side(tally.line)
    if tally.cast == 1:
        return f"The one {singular(party)} who voted was {side} it."
    if tally.line is None:
        return f"{_upper_first(many)} split evenly, {tally.yea} for and {tally.nay} against."
    if few == 0:
        return f"{'Both' if tally.cast == 2 else f'All {tally.cast}'} {many} who voted were {side} it."
    if few * _SPLIT_FROM >= tally.cast:
        return f"{_upper_first(many)} split: {tally.yea} for, {tally.nay} against."
    return f"All but {number_word(few)} of the {tally.cast} {many} who voted were {side} it."


def _side(line: str | None) -> str:
    return "for" if line == YEA else "against"


def need_sentence(threshold: str | None, by_party: Mapping[str, Tally], outcome: str) -> str:
    """What it took; "" where nothing is known of that."""
    total = whole(by_party)
    least = needed(threshold, total)
    if least is None:
        return ""
    if threshold == "3/5":
        told = f"It needed {_SHARES[threshold]} of the {total.all} senators, {least}."
    else:
        share = f"{_SHARES[threshold]}, " if threshold in _SHARES else ""
        told = f"It needed {share}{least} of the {total.cast} who voted yea or nay."
    if outcome == "rejected" and total.yea > total.nay:
        told += " More were for it than against it."
    return told


def tie_sentence(by: str | None, cast: str | None, name: str | None) -> str:
    """Who broke a tie; "" where none was broken."""
    if by is None:
        return ""
    who = by.removesuffix(" of the United States")
    return f"The {who}{f', {name},' if name and who == 'Vice President' else ''} broke the tie: {(cast or '').lower()}."


def crossing_sentence(by_party: Mapping[str, int]) -> str:
    """How many voted against most of their party: "3 Democrats, no Republican" …; `by_party` counts them."""
    if not any(by_party.values()):
        return "Nobody"
    return ", ".join(
        f"{count} {plural(party) if count != 1 else singular(party)}"
        for party, count in sorted(by_party.items(), key=lambda row: (-row[1], row[0]))
        if count
    )


def plural(party: str) -> str:
    """ "Republicans"; a letter that is not known stays what it is."""
    return _PLURALS.get(party, f"members of {party}")


def singular(party: str) -> str:
    """ "Republican"."""
    return _SINGULARS.get(party, f"member of {party}")


def number_word(number: int) -> str:
    """Numbers below ten as words, as running text has them."""
    return numbers.number_word(number, most=9, none="0")


def _upper_first(words: str) -> str:
    return words[:1].upper() + words[1:]
