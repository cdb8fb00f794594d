"""An article cut into sentences, and what in it nobody claims as fact: headlines, and what stands in quotation marks."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

_LONGEST = 1_200  # signs of one sentence; what is longer is a table or worse, and is read in pieces
_BREAK = re.compile(r"\x1e\s*|\n[ \t]*\n\s*|\n(?=[ \t]*(?:[-*•]|[0-9]{1,2}[.)])[ \t])")
_STOP = re.compile(r"""[.!?]["')\]]{0,3}(?=\s)""")
_ABBREVIATED = re.compile(
    r"""(?:^|[\s("'\[–/.-])(?:[A-Z]|(?:[A-Za-z]\.){1,4}[A-Za-z]?|Sens?|Reps?|Dels?|Res|Con|Cong|Conc|Jt|No|Nos|Nr|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov
    |Dec|Mr|Mrs|Ms|Dr|Prof|Gov|Gen|Lt|Col|Sgt|Capt|Rev|Hon|Jr|Sr|St|Ste|Ft|Mt|vs|etc|Inc|Corp|Co|Ltd|Dept|Comm?|Amdt|Rept|Pub|Pvt|approx
    |Ala|Ariz|Ark|Calif|Colo|Conn|Dela?|Fla|Ga|Ill|Ind|Kan|Kans|Ky|La|Mass|Md|Mich|Minn|Miss|Mo|Mont|Neb|Nebr|Nev|Okla|Ore|Pa|Penn|Tenn
    |Tex|Vt|Va|Wash|Wis|Wisc|Wyo|ST|JAN|FEB|MAR|APR|JUN|JUL|AUG|SEPT?|OCT|NOV|DEC)$""",
    re.VERBOSE,
)
_BEFORE_NAMES = frozenset(
    [
        "Sen",
        "Sens",
        "Rep",
        "Reps",
        "Del",
        "Dels",
        "Mr",
        "Mrs",
        "Ms",
        "Dr",
        "Gov",
        "Gen",
        "Prof",
        "St",
        "ST",
        "Ste",
        "Rev",
        "Hon",
        "Lt",
        "Col",
        "Capt",
        "Sgt",
        "vs",
        "Ft",
        "Mt",
        "Pub",
        "Pvt",
        "Com",
        "H",
        "S",
        "J",
        "R",
    ]
)
_BEGINS = re.compile(  # words that begin a sentence, and no name
    r"\s+(?:The|A|An|It|Its|He|She|They|His|Her|Their|In|On|But|And|This|That|These|Those|If|As|At|For|When|While|So|No|Not|One|Two"
    r"|Both|Each|Some|Since|After|By|With|There|We|I|Neither|Among|Because|Before|Under|From|Now|To|Who|What)\b"
)
_NEXT = re.compile(r"\s+(\S)")
_QUOTED = re.compile(r'"[^"\n]{0,2000}"')
_SINGLE = re.compile(r"(?<![\w'])'(?=\w)[^'\n]{1,300}(?:'(?=\w)[^'\n]{1,300}){0,6}[\w.,!?]'(?![\w'])")
_ENDS_AS_SENTENCE = re.compile(r"""[.!?:;,–]["')\]]{0,3}\s*$""")


@dataclass(frozen=True, slots=True)
class Sentence:
    """From `start` to `end` of the plain text. `quotes` are the stretches of it within quotation marks, marks included.

    `headline` is whether it stands as a title over the article or a part of it, and so claims nothing.
    """

    start: int
    end: int
    paragraph: int
    quotes: tuple[tuple[int, int], ...] = ()
    headline: bool = False


def sentences(text: str, whole: Sequence[tuple[int, int]] = ()) -> Iterator[Sentence]:
    """The sentences of a plain text, in their order. `whole` are stretches in which none ends: citations."""
    ends = [end for _, end in whole]
    for number, (start, end) in enumerate(_paragraphs(text)):
        headline = _is_headline(text, start, end, first=number == 0)
        quotes = _quotes(text, start, end)
        at = 0
        for first, last in _cut(text, start, end, quotes, whole, ends):
            while at < len(quotes) and quotes[at][1] <= first:
                at += 1
            inside: list[tuple[int, int]] = []
            place = at
            while place < len(quotes) and quotes[place][0] < last:
                inside.append((max(first, quotes[place][0]), min(last, quotes[place][1])))
                place += 1
            yield Sentence(first, last, number, tuple(inside), headline)


def _paragraphs(text: str) -> Iterator[tuple[int, int]]:
    place = 0
    for gap in _BREAK.finditer(text):
        if text[place : gap.start()].strip():
            yield _trimmed(text, place, gap.start())
        place = gap.end()
    if text[place:].strip():
        yield _trimmed(text, place, len(text))


def _trimmed(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while end > start and text[end - 1].isspace():
        end -= 1
    return start, end


def _is_headline(text: str, start: int, end: int, *, first: bool) -> bool:
    """A short line of its own, without the stop that ends a sentence."""
    if end - start > 200 or "\n" in text[start:end]:
        return False
    closed = _ENDS_AS_SENTENCE.search(text, max(start, end - 5), end) is not None
    if first:
        return not closed or (end - start <= 90 and text[end - 1] in "?!")
    return not closed and len(text[start:end].split()) <= 16


def _quotes(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """What stands in quotation marks in one paragraph. A mark that is never closed quotes to the paragraph's end."""
    found = [quoted.span() for quoted in _QUOTED.finditer(text, start, end)]
    tail = found[-1][1] if found else start
    opened = text.find('"', tail, end)
    if (
        opened >= 0
        and (opened == start or text[opened - 1] in " \n(–")
        and opened + 1 < end
        and not text[opened + 1].isspace()
    ):
        found.append((opened, end))
    taken = list(found)
    for quoted in _SINGLE.finditer(text, start, end):
        first, last = quoted.span()
        if not any(a < last and first < b for a, b in taken):
            found.append((first, last))
    return sorted(found)


def _cut(
    text: str,
    start: int,
    end: int,
    quotes: list[tuple[int, int]],
    whole: Sequence[tuple[int, int]],
    whole_ends: list[int],
) -> Iterator[tuple[int, int]]:
    place = start
    at = 0
    for stop in _STOP.finditer(text, start, end):
        dot = stop.start()
        while at < len(quotes) and quotes[at][1] <= dot:
            at += 1
        if at < len(quotes) and quotes[at][0] < dot < quotes[at][1] - 2:
            continue  # within a quotation, which stays whole
        held = bisect_right(whole_ends, dot)
        if held < len(whole) and whole[held][0] <= dot < whole[held][1] - 1:
            continue
        following = _NEXT.match(text, stop.end(), end)
        if following is not None and following[1].islower():
            continue
        if text[dot] == "." and stop.end() - dot == 1 and not _ends_here(text, place, dot, end):
            continue
        yield from _pieces(text, place, stop.end())
        place = stop.end()
    yield from _pieces(text, place, end)


def _ends_here(text: str, start: int, dot: int, end: int) -> bool:
    """Whether the full stop at `dot` ends a sentence."""
    after = _NEXT.match(text, dot + 1, end)
    if after is None:
        return True
    if not (after[1].isupper() or after[1].isdigit() or after[1] in "\"'(["):
        return False
    before = text[max(start, dot - 12) : dot]
    abbreviated = _ABBREVIATED.search(before)
    if abbreviated is None:
        return True
    word = before[abbreviated.start() :].strip(" \n(\"'[–/.-")
    if after[1].isdigit():
        return False
    if word in _BEFORE_NAMES:
        return False
    return _BEGINS.match(text, dot + 1, end) is not None


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    start, end = _trimmed(text, start, end)
    while end - start > _LONGEST:
        cut = text.rfind(" ", start, start + _LONGEST)
        cut = cut if cut > start else start + _LONGEST
        yield start, cut
        start = _trimmed(text, cut, end)[0]
    if end > start:
        yield start, end
