"""Where an article names measures: by citation, by a bare number, by a title, by the number of a law."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from itertools import islice

from tracker.congress.citations import Citation, find_citations
from tracker.congress.people import STATES
from tracker.press.plain import folded

_STATES = "|".join(re.escape(name) for name in sorted(STATES.values(), key=len, reverse=True))
_ELSEWHERE = re.compile(
    rf"""(?:\b(?:U\.?N\.?|UNSC|UNGA|United\sNations|Security\sCouncil|General\sAssembly|Assembly|Council|Parliament|Board|City|County|state
        |State|Commission|Union|Legislature|{_STATES})(?:'s?)?(?:\s(?:Security\sCouncil|General\sAssembly|Legislature|state|own))?)(?:[ ]|\n(?!\n))*$""",
    # "the Texas Senate Bill 4", but "Rep. Ann Wagner of Missouri" ends a phrase of its own
    re.VERBOSE,
)
_ELSEWHERE_AFTER = re.compile(
    rf"\s?(?:,\s)?\(?(?:of|in|from|by|before)\sthe\s(?:{_STATES}|state|city|county|United\sNations|U\.N\.|Security\sCouncil|General\sAssembly)\b"
)
_STATES_OWN = (
    re.compile(  # "the Minnesota Senate adopted Senate Resolution 7", "Gov. Abbott signed House Bill 3"
        rf"""\b(?:(?:{_STATES})(?:'s)?\s(?:state\s)?|[Ss]tate\s|(?!American|Republican)[A-Z][a-z]+(?:an|ese|ish|ine|ench)\s)(?:[Ss]enat(?:e|ors?)|[Hh]ouse|[Ll]egislat(?:ure|ors?)|[Aa]ssembly|General\sAssembly|lawmakers?|[Rr]epresentatives?)
        (?:\s(?!(?:and|but|while|as|in|Sen|Rep)\b)[\w'-]+){{0,4}}\s$
     |\b(?:Gov\.|Governor)\s[A-Z][^.;]{{0,40}}\b(?:signed|vetoed|proposed)\s(?:[\w'-]+\s){{0,4}}$""",
        re.VERBOSE,
    )
)
_BARE = re.compile(
    r"(?<![\w.-])(?:(?P<form>[Jj]oint|[Cc]oncurrent|[Ss]imple)\s)?(?P<noun>[Rr]esolution|Res\.|Bill)\s(?:[Nn]o\.?\s|[Nn]umber\s|#\s?)?(?P<number>[0-9]{1,5})(?![\w%]|[.,:/][0-9]|\s?(?:[-–]|to|votes\sto)\s?[0-9])"
)
_ACT = re.compile(r"\b(?:Act|Law|Resolution|Amendment)(?:\sof\s(?:19|20)[0-9]{2})?\b")
_TITLE_WORD = re.compile(
    r"(?:[A-Z0-9][\w'.&/-]*,?|of|the|and|for|to|in|on|with|from|a|an|at|by|or|as|&|against|without|through|not),?$"
)
_LONGEST_TITLE = 18  # words
MOST = 2_000  # numbers, and titles, of one article: a text with more of them is a list
_QUOTED_TITLE = re.compile(r'"([^"\n]{8,300})"')
_LAW = re.compile(
    r"\b(?:(?P<private>Private\sLaw|Priv(?:ate|\.)\s?L\.)|Public\sLaw|Pub\.\s?L\.|P\.\s?L\.)\s?(?:(?:No|Number)\.?\s)?(?P<number>[0-9]{2,3}-[0-9]{1,4})(?![\w-])"
)
_CONGRESS = re.compile(r"\b([0-9]{1,3})(?:st|nd|rd|th|d)\sCongress\b")
_EARLIER = re.compile(r"\b(?:last|previous|prior|preceding|past)\sCongress\b", re.I)


def _law(found: re.Match[str]) -> str:
    return f"private {found['number']}" if found["private"] else found["number"]


@dataclass(frozen=True, slots=True)
class Mention:
    """A stretch of the plain text that names a measure. One of: a citation; `types` and a number; a title; a law."""

    start: int
    end: int
    text: str
    types: tuple[str, ...] = ()
    number: int = 0
    congress: int | None = None
    titles: tuple[tuple[int, str], ...] = ()  # (where it begins, the title), longest first
    law: str | None = None  # "119-1"; of a private law "private 119-1"


@dataclass
class Mentions:
    """All that an article names, in order, and what only looks like a measure of Congress."""

    found: list[Mention] = field(default_factory=list)
    laws: list[Mention] = field(default_factory=list)
    decoys: list[tuple[int, int]] = field(default_factory=list)

    def spans(self) -> list[tuple[int, int]]:
        """Where numbers of measures and laws stand, in order and without overlaps."""
        numbered = [(m.start, m.end) for m in (*self.found, *self.laws) if m.number or m.law]
        return sorted([*numbered, *self.decoys])


def find_mentions(text: str) -> Mentions:
    """Every mention of a measure in a plain text."""
    mentions = Mentions()
    taken: list[tuple[int, int]] = []
    for found in islice(find_citations(text), MOST):
        if _is_elsewhere(text, found.start, found.end):
            mentions.decoys.append((found.start, found.end))
        else:
            c = found.citation
            mentions.found.append(
                Mention(found.start, found.end, found.text, (c.type,), c.number, c.congress)
            )
        taken.append((found.start, found.end))
    free = _Free(taken)
    for bare in islice(_BARE.finditer(text), MOST):
        if not free.take(bare.start(), bare.end()):
            continue
        if _is_elsewhere(text, bare.start(), bare.end()):
            mentions.decoys.append(bare.span())
            continue
        form = (bare["form"] or "").casefold()
        ends = {"joint": "jres", "concurrent": "conres"}.get(form, "res")
        types = ("hr", "s") if bare["noun"] == "Bill" else (f"h{ends}", f"s{ends}")
        mentions.found.append(Mention(bare.start(), bare.end(), bare.group(), types, int(bare["number"])))
    for law in islice(_LAW.finditer(text), MOST):
        if free.take(law.start(), law.end()):
            mentions.laws.append(Mention(law.start(), law.end(), law.group(), law=_law(law)))
    for _, end, titles in _titles(text):
        left = tuple(title for title in titles if free.is_free(title[0]))
        if left and free.is_free(end - 1):
            mentions.found.append(Mention(left[0][0], end, text[left[0][0] : end], titles=left))
    mentions.found.sort(key=lambda mention: mention.start)
    return mentions


class _Free:
    """Which stretches are not yet taken; each question costs a look at the neighbours alone."""

    def __init__(self, taken: list[tuple[int, int]]) -> None:
        self._taken: set[int] = set()
        for start, end in taken:
            self._mark(start, end)

    def _mark(self, start: int, end: int) -> None:
        self._taken.update(range(start, min(end, start + 400)))

    def is_free(self, place: int) -> bool:
        return place not in self._taken

    def take(self, start: int, end: int) -> bool:
        if start in self._taken or end - 1 in self._taken:
            return False
        self._mark(start, end)
        return True


def _is_elsewhere(text: str, start: int, end: int) -> bool:
    """Whether it is a text of the United Nations, of a state or of a city."""
    before = text[max(0, start - 48) : start]
    if _STATES_OWN.search(text, max(0, start - 90), start):
        return True
    if _ELSEWHERE.search(before) and not re.search(r"\b(?:of|from)\s[\w\s]{4,24}$", before):
        return True
    return _ELSEWHERE_AFTER.match(text, end, end + 60) is not None


def _titles(text: str) -> list[tuple[int, int, tuple[tuple[int, str], ...]]]:
    """Names in capitals that end in "Act", and what stands in quotation marks: each may be a title."""
    found = []
    for act in islice(_ACT.finditer(text), MOST):
        starts: list[int] = []
        place = act.start()
        for _ in range(_LONGEST_TITLE):
            edge = place - 1
            if edge <= 0 or text[edge] not in " \n":
                break
            begin = (
                max(text.rfind(" ", 0, edge), text.rfind("\n", 0, edge)) + 1
                if edge - 40 < 0
                else _word_start(text, edge)
            )
            word = text[begin:edge]
            if not _TITLE_WORD.fullmatch(word):
                break
            if word[0].isupper() or word[0].isdigit():
                starts.append(begin)
            place = begin
        if starts:
            titles = tuple((start, " ".join(text[start : act.end()].split())) for start in sorted(starts))
            found.append((titles[0][0], act.end(), titles))
    for quoted in islice(_QUOTED_TITLE.finditer(text), MOST):
        words = quoted[1].strip(" ,.;:")
        if words[:1].isupper() and len(words.split()) >= 3:
            found.append((quoted.start(1), quoted.start(1) + len(words), ((quoted.start(1), words),)))
    return found


def _word_start(text: str, edge: int) -> int:
    begin = edge
    while begin > max(0, edge - 40) and (
        text[begin - 1] not in " \n\"'(" or (text[begin - 1] == "'" and text[begin - 2].isalpha())
    ):
        begin -= 1
    return begin


def congresses_said(text: str, start: int, end: int, base: int) -> list[tuple[int, int]]:
    """(place, Congress) of every Congress that a sentence says outright: "in the 118th Congress", "last Congress"."""
    named = [(found.start(), int(found[1])) for found in _CONGRESS.finditer(text, start, end)]
    named += [(found.start(), base - 1) for found in _EARLIER.finditer(text, start, end)]
    return sorted(named)


def same_title(one: str, other: str) -> bool:
    """Whether two titles are the same but for case, marks and the year after it."""
    return _bare(one) == _bare(other)


def _bare(title: str) -> str:
    words = re.sub(r"[^a-z0-9 ]", "", folded(title).replace("-", " "))
    return re.sub(r"^(?:the|a|an) | of (?:19|20)[0-9]{2}$", "", " ".join(words.split()))


def citation(mention: Mention, congress: int, type: str) -> Citation:
    return Citation(mention.congress or congress, type, mention.number)
