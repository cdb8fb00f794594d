"""One sentence as the rules read it: its words in small letters, and in their places what is named in it, one capital each.

    On Wednesday the Senate Foreign Relations Committee reported a resolution …   →   on D K reported M …

M a measure, P a member, D days, H a chamber, K a committee, X a measure that is none of those checked ("a companion
bill"), Q words in quotation marks. A rule is a pattern over such a line; every place in the line leads back to the text.
"""

from __future__ import annotations

import re
from array import array
from dataclasses import dataclass, field

from tracker.press.committees import Panel
from tracker.press.days import Days
from tracker.press.identify import Identified
from tracker.press.people import Named
from tracker.press.seats import Said
from tracker.press.sentences import Sentence


@dataclass(frozen=True, slots=True)
class Measured:
    """What an M stands for: the measure's id (None where that is not sure); `definite` where it is cited or titled."""

    measure: str | None
    definite: bool = False
    title: bool = False


@dataclass(frozen=True, slots=True)
class Member:
    """What a P stands for: the name, and where to quote it; `pronoun` for "he" and "she"."""

    named: Named | None
    pronoun: bool = False
    said: tuple[Said, ...] = ()


@dataclass(frozen=True, slots=True)
class Token:
    """One capital in the line, and what it stands for."""

    letter: str
    start: int  # in the plain text
    end: int
    value: Measured | Member | Days | Panel | Identified | str | None = None


@dataclass
class Line:
    """A sentence, or a shorter telling of it, as patterns read it."""

    text: str
    starts: array[int]
    ends: array[int]
    tokens: dict[int, Token]

    def span(self, start: int, end: int) -> tuple[int, int]:
        """The place in the plain text of what stands from `start` to `end` of the line."""
        return self.starts[start], self.ends[end - 1]

    def token(self, place: int) -> Token:
        return self.tokens[place]

    def of(self, letter: str, start: int = 0, end: int | None = None) -> list[tuple[int, Token]]:
        """The tokens of this letter in a stretch of the line, with their places."""
        found = []
        place = self.text.find(letter, start, end)
        while place >= 0:
            found.append((place, self.tokens[place]))
            place = self.text.find(letter, place + 1, end)
        return found

    def without(self, pattern: re.Pattern[str]) -> Line:
        """The line without what the pattern finds."""
        pieces: list[str] = []
        starts, ends = array("l"), array("l")
        tokens: dict[int, Token] = {}
        place = length = 0
        for found in [*pattern.finditer(self.text), None]:
            cut = found.start() if found else len(self.text)
            for at in range(place, cut):
                if at in self.tokens:
                    tokens[length + at - place] = self.tokens[at]
            pieces.append(self.text[place:cut])
            starts.extend(self.starts[place:cut])
            ends.extend(self.ends[place:cut])
            length += cut - place
            if found:
                place = found.end()
        return Line("".join(pieces), starts, ends, tokens)


@dataclass
class Scene:
    """A sentence with its lines: `whole`, and `short`, without what stands between commas and in brackets.

    `focus` is the measure that the article was speaking of when the sentence began.
    """

    sentence: Sentence
    whole: Line
    short: Line
    focus: str | None
    said: list[tuple[Member, Token]] = field(default_factory=list)
    previous: str = ""  # the line of the sentence before it in its paragraph

    @property
    def lines(self) -> tuple[Line, ...]:
        return (self.whole,) if self.whole.text == self.short.text else (self.whole, self.short)


_ASIDE = re.compile(
    r"(?<=[PKMH])(?:, (?:who|whose|(?:on|of|in|for) which|which|that|where|an?|the|both|all|her?self|himself|now|then|long|once|whom|chair\w*|ranking|from|of|also|each|with|as|her|his|their|its)\b[^,;:.()MQ]{0,140}(?:,(?! (?:and|or) P)|(?=,? and P|, P|[.;)]|$))"
    r"| and an? [a-z -]{1,40},)"
    r"|(?<=P) who (?:is|was|has|had|wants|represents|heads|leads|chairs|runs|serves)\b[^,;:.()MQ]{0,100},(?= )"
    r"|(?<=M), (?:(?:re)?introduced|sponsored|authored|written|filed|offered|led|proposed|put forward|championed|backed|cosponsored|co-sponsored|drafted) [^,;:.()MKQ]{0,100}(?:, (?=and [a-z])|,(?= )|(?=[.;]|$))"
    r"|(?<=M) (?:to|that would|which would|[a-z]+ing)\b[^,;.MPHKXQD]{0,120}?(?= (?:passed|failed|cleared|became|was|is|has|had|won|died|went|goes|heads|awaits|sits)\b)"
    r"|(?<=P), (?:[a-z]+ed|[a-z]+ing)\b[^,;:.()MQ]{0,140},"
    r"|(?<=M)(?:,? (?:also )?(?:known as|called|titled|entitled|dubbed|or|formally) (?:the )?[MQ]\b,?| \([MQ]\)|, [MQ]\b,?)"
    r"| ?\([^()]{0,200}\)| – [^–]{0,200} –(?= )"
)
_TELLS = re.compile(
    r"introduc|sponsor|co-?signer|filed|offered|submitted|pass|vot|adopt|approv|agree|law|veto|reject|defeat|fail|table|calendar|report|discharg|committee"
    r"|panel|died|withdr|enact|sign|unanim|objection|crossed|broke|ranks|defect|aisle|back(?:ed|er|s)|aboard|percent|million|billion|preamble|chamber|congress|house|senate|[0-9]|speak|told|prais|hail|welcom|dismiss|critici|laud|argue|fear|worr|believ|\bcall"
)


def tells(text: str) -> bool:
    """Whether a sentence in which nobody and nothing is named can claim anything of a measure."""
    return _TELLS.search(text.lower()) is not None


def draw(text: str, sentence: Sentence, tokens: list[Token], focus: str | None) -> Scene:
    """The scene of one sentence. `tokens` are those that stand in it, in order and without overlaps."""
    if not tokens and not tells(text[sentence.start : sentence.end]):
        nothing = Line("", array("l"), array("l"), {})
        return Scene(sentence, nothing, nothing, focus)
    pieces: list[str] = []
    starts, ends = array("l"), array("l")
    placed: dict[int, Token] = {}
    length = 0
    place = sentence.start
    for token in [*tokens, None]:
        stop = token.start if token else sentence.end
        for word in re.finditer(r"\s+|\S+", text[place:stop]):
            at = place + word.start()
            if word.group().isspace():
                pieces.append(" ")
                starts.append(at)
                ends.append(at + len(word.group()))
                length += 1
                continue
            small = word.group().lower()
            if len(small) != len(word.group()):  # a sign whose small letter is two
                small = word.group()
                small = "".join(c.lower() if len(c.lower()) == 1 else "?" for c in small)
            small = "".join("?" if c in "MPDHKXQ" else c for c in small)
            pieces.append(small)
            starts.extend(range(at, at + len(small)))
            ends.extend(range(at + 1, at + len(small) + 1))
            length += len(small)
        if token is None:
            break
        placed[length] = token
        pieces.append(token.letter)
        starts.append(token.start)
        ends.append(token.end)
        length += 1
        place = token.end
    whole = Line("".join(pieces), starts, ends, placed)
    return Scene(sentence, whole, whole.without(_ASIDE), focus)
