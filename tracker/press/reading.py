"""From the plain text and what was found in it to scenes, one a sentence, each measure in them settled.

"It", "the bill" and "a resolution which …" mean the measure that the article is speaking of: the last one cited that is
such a thing, or before any was cited the first that will be. "A companion bill", "similar texts" are none of those.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from typing import Generic, Protocol, TypeVar

from tracker.congress.measures import TYPES
from tracker.congress.people import STATES
from tracker.press.committees import Panel
from tracker.press.days import Days
from tracker.press.dossier import stems
from tracker.press.identify import Identified
from tracker.press.people import Named, is_so
from tracker.press.scene import Measured, Member, Scene, Token, draw
from tracker.press.seats import Said, epithets, said_after, said_before
from tracker.press.sentences import Sentence

_NOUN = r"(?:(?:joint|concurrent|simple)\s)?resolution|bill|measure|legislation|act|text|proposal|law|package"
_ADJECTIVE = (
    r"(?:new|bipartisan|bicameral|privileged|Senate's|House's|Senate|House|same|short|sweeping|two-page|nonbinding|non-binding|entire|whole|final|original|House-passed|Senate-passed"
    r"|bipartisan-backed|amended|proposed|controversial|popular|symbolic|landmark|federal|dairy|farm|Republican-led|Democratic-led|GOP-backed|brief|one-page)"
)
_ANAPHOR = re.compile(
    rf"(?<![\w-])(?:(?P<sure>[Tt]he|[Tt]his|[Tt]hat)\s|(?P<some>[Aa]n?)\s|(?<='s\s)|(?<=s'\s)|(?<=\bhis\s)|(?<=\bher\s)|(?<=\btheir\s))(?P<adjectives>(?:{_ADJECTIVE}\s){{0,3}})(?P<noun>(?i:{_NOUN}))(?P<many>s)?(?![\w-])"
    rf"|(?<![\w-])[Tt]he\s(?P<about>(?:(?!(?:the|an?|its|his|her|their|this|that|of|on|to|by|for|with|in|and|or|has|had|have|was|is|sent|took|held|put|brought)\s|[a-z]+ed\s)[a-z][\w'-]*\s){{1,3}})(?P<noun2>bill|measure|resolution|legislation)(?![\w-])"
)
_IT = re.compile(r"(?<![\w-])[Ii]t(?![\w-])(?!'s)")
_OTHER = re.compile(
    rf"(?<![\w-])(?:(?:the|a|an|its|his|her|their|two|three|four|several|many|some|other|these|those|such|similar|The|A|An|Its|Two|Three|Several|Many|Other|Similar)\s)?(?:[a-z-]{{2,14}}\s)?"
    rf"(?:companion|identical|similar|separate|another|Another|rival|competing|earlier|previous|older|prior|related|different|other|Other|Similar|Earlier|Previous|second|broader|wider|larger|narrower|sister)"
    rf"\s(?:[a-z-]{{2,14}}\s)?(?:{_NOUN}|version|effort|amendment)s?(?![\w-])"
    r"|(?<![\w-])(?:[Aa]n?|[Tt]he|[Aa]nother|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Oo]ne|[Tt]wo|[Nn]o|[Aa]n?y|[Ss]everal)\s(?:[a-z-]{2,14}\s)?(?:amendments?|companion|counterpart|(?:House|Senate)\s(?:companion|version|counterpart)|(?:earlier|previous|own)?\s?version|spending\sbill|budget\sresolution|(?:House|special|procedural)\srule|rule(?=\s(?:for|governing|providing|to\sbring|that\swould\sbring|setting)\b)|rule(?=,\sH\.))(?![\w-])"
)
_NOT_CONGRESS = re.compile(  # bodies of other places, and what bears a number of theirs
    r"(?<![\w-])(?:(?:[Tt]he|[Tt]hat|[Ii]ts|[Aa]n?)\s)?(?:[Pp]arliaments?|[Ll]egislatures?|(?:[Gg]rand\s)?[Jj]ury|[Cc]ity\s[Cc]ouncil|[Cc]ounty\s(?:[Cc]ommission|[Bb]oard)|[Ss]chool\s[Bb]oard"
    r"|House\sof\s(?:Commons|Lords|Delegates|Keys)|(?:National|General|State|state)\s[Aa]ssembly|Legislative\s(?:Yuan|Council)|Security\sCouncil|Bundestag|Bundesrat|Knesset|Duma|Sejm|Verkhovna\sRada|Lok\sSabha)(?![\w-])"
    r"|(?<![\w-])(?:commission|commissioners|board|[Cc]ouncil|[Cc]ourt|trustees|justices|judges|shareholders|voters|residents|delegates|regulators|workers|union)\s(?:(?:\w+ly|has|had|have|then|also)\s){0,2}(?:voted|approved|passed|rejected|adopted|agreed|ruled)(?!\w)"
    r"|(?<![\w-])(?:[Ss]uch\sa\s(?:bill|resolution|measure)|(?:[Aa]|[Tt]he|[Ii]ts|[Oo]ne\sin)\s(?:19|20)[0-9]{2}\s(?:version|one|bill|resolution|measure|vote|attempt|effort)|(?:[Aa]\ssimilar|[Aa]nother|[Tt]he\sother|[Aa]n\searlier|[Aa]n\solder|[Tt]he\sfirst|[Tt]he\ssecond)\sone|(?<=[0-9]{4}\s)one(?=\s(?:passed|failed|died|was))|(?:[Ii]ts|[Aa]|[Tt]he)\s(?:first|second|third|later|original|final)\sversion)(?![\w-])"
    r"|(?<![\w-])(?:Resolution|Bill|Ordinance|Proposition|Motion|[Pp]rinted\spaper)\s(?:No\.?\s)?(?:[A-Z]{1,2}-)?[0-9][\w/-]*"
)
_CHAMBER = re.compile(
    r"(?<![\w-])(?:(?:[Tt]he\s)?(?:full\s|whole\s|entire\s|Republican-led\s|Republican-controlled\s|Democratic-led\s|GOP-led\s|U\.?S\.?\s|United\sStates\s)*"
    r"(?P<name>House(?:\sof\sRepresentatives|\smembers|\slawmakers|\sfloor)?|Senate(?:\sfloor)?)(?!\s(?:[A-Z]|bill|resolution|version|companion|counterpart|measure|leader|leadership|majority|minority|Republican|Democrat|calendar|aide|staff|office))|(?:[Tt]he\s)?(?P<side>upper|lower)\s(?:chamber|house)|(?<![\w-])(?:[Ss]enators|Representatives|House\s(?:members|lawmakers))(?=\s(?:\w+ly\s)?(?:passed|approved|voted|agreed|adopted|rejected|fell|failed|defeated|blocked|cleared|debated|took|sustained|refused|tabled|killed)\b))(?![\w-])"
)
_NO_CHAMBER = re.compile(  # the White House, the Texas Senate, the Philippine Senate, a state House
    rf"(?:White\s|[Ss]tate\s|(?:{'|'.join(STATES.values())})(?:'s?)?\s(?:[Ss]tate\s)?|\b(?!American|Republican)[A-Z][a-z]+(?:an|ese|ish|ine|ench)\s|\b(?:Dutch|Greek|Czech|Swiss|Israeli|Iraqi|Thai|Pakistani|(?:Australia|Canada|Mexico|France|Italy|Spain|Brazil|Argentina|Chile|Colombia|Ireland|Japan|Poland|Romania|Belgium)'s)\s)(?:the\s)?(?:H|S|h|s)\w{{0,3}}$"
)
_HE = re.compile(r"(?<![\w-])(?:[Hh]e|[Ss]he)(?![\w-])")
_COMPARED = re.compile(
    r"\b(?:under|of\swhich|including|among\sthem|such\sas|one\sof\sthem|differs?\sfrom|unlike|similar\sto|identical\sto|companion(?:\sto)?|like|compared\s(?:with|to)|than|not\sto\sbe\sconfused\swith|apart\sfrom|replaces?|replaced|as\sdoes|as\sdid|mirrors?|resembles?|counterpart(?:\sof|\sto)?)\s(?:\w+,?\s){0,3}$",
    re.I,
)
_AWAY = "away"  # of an X: what another body than Congress does
_RANK = {"Q": 0, "M": 1, "K": 2, "P": 3, "X": 4, "D": 5, "H": 6}


class Reader:
    """Draws the scenes of one article."""

    def __init__(
        self,
        text: str,
        cut: Sequence[Sentence],
        identified: Iterable[Identified],
        names: Sequence[Named],
        days: Sequence[Days],
        panels: Sequence[Panel],
        about: Mapping[str, frozenset[str]] | None = None,
        decoys: Iterable[tuple[int, int]] = (),
        sponsored: Mapping[str, Collection[str]] | None = None,
    ) -> None:
        self.text, self.cut = text, cut
        self._decoys = _Sorted([Token("X", start, end, _AWAY) for start, end in decoys])
        self._about = about or {}  # the telling words of each measure's titles
        self._sponsored = sponsored or {}  # the measures read that each member brought in
        self.identified = sorted(identified, key=lambda i: i.mention.start)
        self.cited = [i for i in self.identified if i.measure and i.sure]
        self.main = self._main()
        self._names = _Sorted(names)
        self._days = _Sorted(days)
        self._panels = _Sorted(panels)
        self._mentions = _Sorted([_At(i.mention.start, i.mention.end, i) for i in self.identified])
        self._last: str | None = None  # the measure spoken of
        self._seen: list[str] = []  # those cited before, the newest last
        self._twin: tuple[int, str] | None = (
            None  # the paragraph of a twin, and the measure spoken of before it
        )
        self._subject: Member | None = None  # the member last named
        self._aside = False  # whether another measure, not checked, was named since
        self._away = False  # whether that was of another body than Congress

    def _main(self) -> str | None:
        """The measure that the article is about: cited most, or of those first."""
        counts: dict[str, int] = {}
        for i in self.cited:
            if i.measure:
                counts[i.measure] = counts.get(i.measure, 0) + (3 if not counts else 2)
        return max(counts, key=lambda id: counts[id]) if counts else None

    def scenes(self) -> Iterator[Scene]:
        before: Scene | None = None
        for sentence in self.cut:
            scene = self._scene(sentence)
            if before is not None and before.sentence.paragraph == sentence.paragraph:
                scene.previous = before.whole.text
            before = scene
            yield scene

    def _scene(self, sentence: Sentence) -> Scene:
        tokens = self._tokens(sentence)
        if self._twin is not None and self._twin[0] != sentence.paragraph:
            self._last, self._twin = self._twin[1], None
        focus = None if self._away else self._last or self.main
        away = False
        local = self._last
        aside = self._aside
        settled: list[Token] = []
        for token in tokens:
            value = token.value
            if token.letter == "X":
                named = any(t.letter == "M" for t in settled)
                if not named or _TWIN.search(self.text, token.start, token.end):
                    aside = True  # "It", said next, may be that one
                    away = away or value == _AWAY
            elif token.letter == "M" and isinstance(value, Identified):
                measure = value.measure if value.sure else None
                token = Token("M", token.start, token.end, Measured(measure, True, not value.mention.number))
                local, aside = measure, False
                if measure is not None:
                    if self._is_twin(sentence, token) and self._last not in (None, measure):
                        self._twin = self._twin or (sentence.paragraph, self._last or measure)
                        self._last = measure
                    elif not self._is_aside(sentence, token):
                        self._last, self._twin = measure, None
                    if measure not in self._seen[-1:]:
                        self._seen.append(measure)
                else:
                    aside = True
            elif token.letter == "M" and isinstance(value, str):
                measure, other = self._anaphor(value, local, aside, self._between(settled, token))
                measure, other = self._own(settled, token) or (measure, other)
                if self.text.startswith("that ", token.start) and not any(t.letter == "M" for t in settled):
                    other = True  # "…; that resolution, offered by another": of something said before in the sentence
                token = (
                    Token("X", token.start, token.end)
                    if other
                    else Token("M", token.start, token.end, Measured(measure))
                )
                if not other and value != "it":
                    local, aside = measure or local, False
                    if value.startswith("the|") and measure is not None and self._twin is None:
                        self._last = measure  # what is said next is of it
            elif token.letter == "P":
                token = self._person(token, settled)
            settled.append(token)
        settled = [t for at, t in enumerate(settled) if not self._is_named_next(settled, at)]
        self._aside = aside
        self._away = away or (self._away and aside)
        scene = draw(self.text, sentence, settled, focus)
        scene.said = [
            (t.value, t) for t in settled if t.letter == "P" and isinstance(t.value, Member) and t.value.said
        ]
        return scene

    def _is_named_next(self, settled: list[Token], at: int) -> bool:
        """Whether a description that none of the measures bears is of the one cited directly after it."""
        token, after = settled[at], settled[at + 1] if at + 1 < len(settled) else None
        if (
            token.letter != "X"
            or token.value is not None
            or after is None
            or not isinstance(after.value, Measured)
        ):
            return False
        between = self.text[token.end : after.start]
        return (
            after.value.definite
            and between == ", "
            and _TWIN.search(self.text, token.start, token.end) is None
        )

    def _own(self, settled: list[Token], token: Token) -> tuple[str, bool] | None:
        """The measure that "Luna's resolution" means: the one that this member brought in, where that is one alone."""
        before = settled[-1] if settled and settled[-1].letter == "P" else None
        member = before.value if before else None
        if before is None or not isinstance(member, Member) or not member.named or not member.named.person:
            return None
        if not re.fullmatch(r"'s? (?:[a-z-]+ ){0,2}", self.text[before.end : token.start]):
            return None
        ids = self._sponsored.get(member.named.person.bioguide, ())
        return (next(iter(ids)), False) if len(ids) == 1 else None

    def _is_twin(self, sentence: Sentence, token: Token) -> bool:
        """Whether a measure is cited as the twin of the one spoken of, which the next paragraph may speak of again."""
        before = self.text[max(sentence.start, token.start - 40) : token.start]
        after = self.text[token.end : min(sentence.end, token.end + 40)]
        return _TWIN_BEFORE.search(before) is not None or _TWIN_AFTER.match(after) is not None

    def _is_aside(self, sentence: Sentence, token: Token) -> bool:
        before = self.text[max(sentence.start, token.start - 60) : token.start]
        return self._last is not None and _COMPARED.search(before) is not None

    def _between(self, settled: list[Token], token: Token) -> str | None:
        """What stands between a measure named directly before and this."""
        if settled and settled[-1].letter == "M":
            return self.text[settled[-1].end : token.start]
        return None

    def _anaphor(
        self, noun: str, local: str | None, aside: bool, between: str | None
    ) -> tuple[str | None, bool]:
        """The measure that "the bill" means, and whether it is another one than any that is checked."""
        if noun == "it":
            return (None, False) if aside else (local or self.main, False)
        sure, thing, chamber, subject = noun.split("|")
        of = stems(subject)
        if between is not None and _SAME.fullmatch(between):
            return local or self.main, False
        if sure == "a" and self._seen:
            return None, True
        if sure == "" and not chamber:
            return (local or self.main, False) if not aside else (None, False)
        for id in dict.fromkeys(
            filter(None, (local, *reversed(self._seen[-20:]), None if self._seen else self.main))
        ):
            type = TYPES[id.split("/")[1]]
            if chamber and type.chamber != chamber:
                continue
            if thing == "bill" and type.form != "bill" and type.form != "joint":
                continue
            if thing == "resolution" and type.form == "bill":
                continue
            if thing in ("act", "law") and type.form not in ("bill", "joint"):
                continue
            if of and not of <= self._about.get(id, frozenset()):
                continue
            return id, False
        return None, bool(chamber or of)

    def _person(self, token: Token, before: list[Token]) -> Token:
        member = token.value
        if not isinstance(member, Member):
            return token
        if member.pronoun:
            known = self._subject.named if self._subject else None
            person = known.person if known else None
            if member.said and not (person and any(is_so(person, said) for said in member.said)):
                return Token("P", token.start, token.end, Member(None, True))
            return Token("P", token.start, token.end, Member(known, True, member.said))
        self._subject = member
        return token

    # --- what stands in a sentence

    def _tokens(self, sentence: Sentence) -> list[Token]:
        text, start, end = self.text, sentence.start, sentence.end
        found: list[Token] = []
        cited = [at for at in self._mentions.within(start, end) if at.value.measure]
        names = self._names.within(start, end)
        for first, last in sentence.quotes:
            if last - first < 24 and any(named.start < first and last < named.end for named in names):
                continue  # Eric "Rick" Crawford
            if last - first < 24 and len(text[first:last].split()) == 1 and last - first > 2:
                continue  # voted "present"
            if not any(
                first <= at.start and at.end <= last and last - at.end <= 3 and at.start - first <= 2
                for at in cited
            ):
                found.append(Token("Q", first, last))
        found += [
            Token("M", self._with_article(at, start), at.end, at.value)
            for at in self._mentions.within(start, end)
        ]
        found += [Token("K", p.start, p.end, p) for p in self._panels.within(start, end)]
        found += self._people(start, end)
        found += [Token("D", d.start, d.end, d) for d in self._days.within(start, end)]
        for pattern in (_OTHER, _NOT_CONGRESS):
            away = _AWAY if pattern is _NOT_CONGRESS else None
            found += [Token("X", m.start(), m.end(), away) for m in pattern.finditer(text, start, end)]
        found += self._decoys.within(start, end)
        found += [
            Token("M", m.start(), m.end(), _noun(m))
            for m in _ANAPHOR.finditer(text, start, end)
            if not m["many"]
        ]
        found += [Token("M", m.start(), m.end(), "it") for m in _IT.finditer(text, start, end)]
        for m in _CHAMBER.finditer(text, start, end):
            elsewhere = _NO_CHAMBER.search(text, max(start, m.start() - 40), m.start() + 4)
            if elsewhere is None:
                found.append(Token("H", m.start(), m.end(), _chamber(m)))
            elif "White" not in elsewhere.group():
                found.append(Token("X", m.start(), m.end(), _AWAY))
        found += [Token("P", m.start(), m.end(), Member(None, True)) for m in _HE.finditer(text, start, end)]
        found += [Token("P", a, b, Member(None, True, said)) for a, b, said in epithets(text, start, end)]
        return _without_appositions(text, _without_overlaps(found))

    def _with_article(self, at: _At, floor: int) -> int:
        """Where a title begins, with the "the" before it."""
        before = at.start - 4
        if at.value.mention.titles and before >= floor and self.text[before : at.start] in ("the ", "The "):
            return before
        return at.start

    def _people(self, start: int, end: int) -> list[Token]:
        names = self._names.within(start, end)
        found = []
        floor = start
        for place, named in enumerate(names):
            limit = names[place + 1].start if place + 1 < len(names) else end
            before, begin = said_before(self.text, named.start, floor)
            after, stop = said_after(self.text, named.end, min(limit, end))
            home = _OF_PLACE.match(self.text, stop, min(limit, end))
            stop = home.end() if home else stop
            found.append(Token("P", begin, stop, Member(named, said=(*before, *after))))
            floor = stop
        return _all_of_them(self.text, found)


def _all_of_them(text: str, found: list[Token]) -> list[Token]:
    """What is said of all names of a list ("A and B, both from Ohio", "Republicans A and B"), given to each."""
    runs: list[list[int]] = []
    for place, token in enumerate(found):
        if place and _LISTED.fullmatch(text[found[place - 1].end : token.start]):
            runs[-1].append(place)
        else:
            runs.append([place])
    spread = list(found)
    for run in runs:
        if len(run) < 2:
            continue
        for place in run:
            member = found[place].value
            shared: list[Said] = []
            for other in run:
                value = found[other].value
                if other != place and isinstance(value, Member) and value.named:
                    ahead = [s for s in value.said if s.of_all and s.start < value.named.start]
                    behind = [s for s in value.said if s.of_all and s.start >= value.named.end]
                    shared += (ahead if other < place else []) + (behind if other > place else [])
            if shared and isinstance(member, Member):
                spread[place] = Token(
                    "P",
                    found[place].start,
                    found[place].end,
                    Member(member.named, False, (*member.said, *shared)),
                )
    return spread


#: "of Chicago", "of the Bronx": where a member is from, when it is no state.
_OF_PLACE = re.compile(r" of (?:the )?[A-Z][a-z.'-]+(?: [A-Z][a-z.'-]+){0,2}(?=[,.;: ]|$)(?!(?: [A-Z]|'s))")
_SAME = re.compile(r",? \(?|:? | (?:is|was|remains|as|being|became) (?:only |still |just |now )?| – ")
_LISTED = re.compile(r",? (?:and |& )?")


def _noun(found: re.Match[str]) -> str:
    """ "the|bill|senate|": whether it is sure, what it is, of which chamber, and what it is about."""
    if found["about"]:
        return f"the|{found['noun2'].casefold().split()[-1]}||{found['about']}"
    sure = "the" if found["sure"] else "a" if found["some"] else ""
    adjectives = (found["adjectives"] or "").casefold()
    chamber = next((name for name in ("senate", "house") if re.search(rf"\b{name}(?:'s)? ", adjectives)), "")
    return f"{sure}|{found['noun'].casefold().split()[-1]}|{chamber}|"


def _chamber(found: re.Match[str]) -> str:
    if found["side"]:
        return "senate" if found["side"] == "upper" else "house"
    return "senate" if "enat" in found.group() else "house"


def _without_overlaps(found: list[Token]) -> list[Token]:
    """The tokens that stand: of two that overlap, the one of the stronger kind, and of those the longer."""
    kept: list[Token] = []
    for token in sorted(
        found,
        key=lambda t: (
            _RANK[t.letter] + (3.5 if isinstance(t.value, str) and t.letter == "M" else 0),
            t.start - t.end,
        ),
    ):
        if not any(token.start < other.end and other.start < token.end for other in kept):
            kept.append(token)
    return sorted(kept, key=lambda token: token.start)


def _without_appositions(text: str, tokens: list[Token]) -> list[Token]:
    """Without "another measure" where the citation right after it says which one: "the rule, H.Res. 432, …"."""
    kept: list[Token] = []
    for place, token in enumerate(tokens):
        after = tokens[place + 1] if place + 1 < len(tokens) else None
        named = after is not None and after.letter == "M" and isinstance(after.value, Identified)
        if token.letter == "X" and after is not None and named:
            between = text[token.end : after.start]
            if _APPOSED.fullmatch(between) and not _TWIN.search(text, token.start, token.end):
                continue
        before = kept[-1] if kept else None
        of_it = (
            before is not None
            and isinstance(before.value, Identified)
            and text[before.end : token.start] == ", "
            and text[token.end : token.end + 1] == ","
        )
        if token.letter == "X" and of_it:
            continue  # "S.J.Res. 49, an identical measure, …"
        kept.append(token)
    return kept


_APPOSED = re.compile(r", |,? \(|,? (?:known|numbered|filed|listed) as | by [A-Z][^,.;]{2,40}, ")
_TWIN = re.compile(r"companion|identical|similar|sister|counterpart|version|rival|competing|separate")


_TWIN_BEFORE = re.compile(
    r"(?:companion|identical|twin|counterpart|sister|version|matching)(?: (?:bill|measure|resolution|text|legislation|of (?:it|the \w+)))?(?: in the (?:House|Senate))?,? (?:is |was |being |\()?$"
)
_TWIN_AFTER = re.compile(
    r",? (?:an?|the|its) (?:\w+ )?(?:companion|identical|twin|counterpart|sister|matching)\b"
)


class _At:
    def __init__(self, start: int, end: int, value: Identified) -> None:
        self.start, self.end, self.value = start, end, value


class _Placed(Protocol):
    """Anything that stands somewhere in a text."""

    @property
    def start(self) -> int: ...
    @property
    def end(self) -> int: ...


P = TypeVar("P", bound=_Placed)


class _Sorted(Generic[P]):
    """Things of a text by where they begin."""

    def __init__(self, things: Iterable[P]) -> None:
        self._things = sorted(things, key=lambda thing: thing.start)
        self._starts = [thing.start for thing in self._things]

    def within(self, start: int, end: int) -> list[P]:
        """Those that begin and end between two places."""
        first = bisect_left(self._starts, start)
        found = []
        while first < len(self._things) and self._starts[first] < end:
            if self._things[first].end <= end:
                found.append(self._things[first])
            first += 1
        return found
