"""Published texts without markup: the fallback where GovInfo has no XML.

GovInfo's `.htm` (hard-wrapped lines in one `<pre>`), GPO's newer pages of paragraphs, and texts with one line a
paragraph. What is a section and what stands under it is told by marks and by the sequence they stand in.
"""

from __future__ import annotations

import html
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from tracker.records.bill_text_units import Unit, clauses_of
from tracker.records.model import DocumentRefused
from tracker.records.text_model import ActionLine, BillText, TextHead

MOST_BYTES = 20_000_000
_PRE = re.compile(r"<pre\b[^>]*>(.*?)(?:</pre>|$)", re.DOTALL | re.I)
_HIDDEN = re.compile(r"<(style|script|title|head)\b.*?</\1\s*>", re.DOTALL | re.I)
_BLOCK = re.compile(r"</?(?:p|div|br|tr|table|hr|li|ul|ol|h[1-6]|body)\b[^>]*>", re.I)
_TAG = re.compile(r"<[^<>]{0,2000}>")
_HANG = 4  # columns by which a paragraph's first line stands further in than its others
_WIDEST = 80  # columns of a hard-wrapped line

_CONGRESS = re.compile(
    r"^(\d+(?:st|nd|rd|th) CONGRESS|.{0,40}\bCongress of the United States of America)\b", re.I
)
_SESSION = re.compile(r"^(\d(?:st|nd|rd|d|th) Session|At the (?:First|Second) Session.*)$", re.I)
_DESIGNATION = re.compile(r"^(?:[HS]\. ?(?:J\. ?|CON\. ?)?(?:RES\. ?)?|[HS]\. ?R\. ?)\d+$", re.I)
_CHAMBER = re.compile(r"^in the (?:senate|house)\b", re.I)
_KIND = re.compile(r"^(?:an? (?:bill|act)|(?:joint |concurrent )?resolution)$", re.I)
_DAY = re.compile(
    r"^(?:January|February|March|April|May|June|July|August|September|October|November|December) \d+"
)
_HEAD_LINES = (_CONGRESS, _SESSION, _DESIGNATION, _CHAMBER, _KIND, _DAY)
_STARTS = re.compile(r"^(?:Whereas\b|_?Resolved\b|Be it enacted\b|That\b|SEC(?:TION|\.) \d)")
_ENDS = re.compile(
    r"^(?:<all>|Passed the |Agreed to by |Attest:|Speaker of the House|Calendar No\.|\d+(?:st|nd|rd|th) CONGRESS$)",
    re.I,
)
_RESOLVED = re.compile(r"^_?(Resolved\b[^,]{0,200},|Be it enacted\b[^,]{0,200},)_?\s*", re.I)
_SECTION = re.compile(r"^[“\"]?((?:SECTION|SEC\.|Section|Sec\.) \d+[A-Za-z]*\.)\s*(.*)$", re.DOTALL)
_MARK = re.compile(r"^([“\"‘']?\((\d{1,3}|[a-z]{1,5}|[A-Z]{1,5})\))\s+(.*)$", re.DOTALL)
_HEADED = re.compile(r"^([A-Z][^.—]{2,120})\.—\s*(.*)$", re.DOTALL)
_BROUGHT_IN = re.compile(r"\b(submitted|introduced|reported|offered) the following\b", re.I)
_KINDS = {"a": "subsection", "1": "paragraph", "A": "subparagraph", "i": "clause", "I": "subclause"}
_ROMAN = {"i": 1, "v": 5, "x": 10, "l": 50, "c": 100}


@dataclass(slots=True)
class _Open:
    """A unit that further ones may stand in, and the mark that it bears."""

    unit: Unit
    style: str  # "s" for a section, "a", "1", "A", "i", "I", or "" for an unmarked one
    place: int


def read(body: bytes) -> BillText:
    """Read a text without markup. Raises DocumentRefused, in one line."""
    if len(body) > MOST_BYTES:
        raise DocumentRefused(f"{len(body):,} bytes without markup; the limit is {MOST_BYTES:,}")
    lines = list(_paragraphs(_decoded(body)))
    start = next((place for place, line in enumerate(lines) if _STARTS.match(line)), None)
    if start is None:
        raise DocumentRefused("no recital, resolving clause or section is in it: no text of a measure")
    end = next((place for place in range(start + 1, len(lines)) if _ENDS.match(lines[place])), len(lines))
    units, resolving = _units(lines[start:end])
    clauses = clauses_of(units)
    if not clauses:
        raise DocumentRefused("no recital, section or paragraph is in it")
    return BillText("plain", _head(lines[:start]), resolving, clauses)


def _decoded(body: bytes) -> str:
    try:
        return body.decode("utf-8-sig").replace("\x00", " ")
    except UnicodeDecodeError:
        return body.decode("cp1252", errors="replace").replace("\x00", " ")


def _paragraphs(text: str) -> Iterator[str]:
    """The paragraphs, each one line, with the marks that print has and plain text has not."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace("\f", "\n")
    if (found := _PRE.search(text)) is not None:
        lines = html.unescape(_TAG.sub("", found[1])).split("\n")
    elif text.lstrip()[:1] == "<":
        shown = html.unescape(_TAG.sub("", _BLOCK.sub("\x00", _HIDDEN.sub("", text))))
        lines = [" ".join(part.split()) for part in shown.split("\x00")]
    else:
        lines = text.split("\n")
    wrapped = max(map(len, lines), default=0) <= _WIDEST
    for paragraph in _unwrapped(lines) if wrapped else lines:
        if (line := _typeset(" ".join(paragraph.split()))) and line.strip("_ "):
            yield line


def _unwrapped(lines: Iterable[str]) -> Iterator[str]:
    """Hard-wrapped lines put together: a paragraph's first line stands four columns further in than its others,
    a recital's four or more further out; a blank line ends either."""
    gathered: list[str] = []
    first = rest = 0
    begun = False  # the text itself, below the head, whose lines are centred
    for line in lines:
        words = line.strip()
        indent = len(line) - len(line.lstrip())
        begun = begun or bool(_STARTS.match(words))
        if gathered and (not words or _is_new(gathered, words, indent, first, rest, begun)):
            yield _joined(gathered)
            gathered = []
        if words:
            first = indent if not gathered else first
            rest = indent if len(gathered) == 1 else rest
            gathered.append(words)
    if gathered:
        yield _joined(gathered)


def _is_new(gathered: list[str], words: str, indent: int, first: int, rest: int, begun: bool) -> bool:
    """Whether a line begins a paragraph of its own, after those gathered."""
    if not begun:
        lines = (gathered[0], words)
        return any(pattern.match(line) for pattern in _HEAD_LINES for line in lines)
    if _STARTS.match(words):
        return not words.startswith("That")
    if gathered[0].startswith("Whereas"):
        return len(gathered) > 1 and indent < rest
    if len(gathered) == 1:
        return 0 < first <= indent or (indent < first - _HANG and _MARK.match(_typeset(words)) is not None)
    return indent > rest or (indent < rest and _MARK.match(_typeset(words)) is not None)


def _joined(lines: list[str]) -> str:
    text = lines[0]
    for line in lines[1:]:
        joins = text.endswith("-") and (text.endswith("--") or text[-2:-1].isalnum())
        text += line if joins else f" {line}"
    return text


def _typeset(text: str) -> str:
    """Quotation marks and dashes as print has them: plain text sets ``so'' and--so."""
    text = text.replace("``", "“").replace("''", "”").replace("--", "—").replace("`", "‘")
    return text.replace("'", "’")


def _head(lines: list[str]) -> TextHead:
    def first(pattern: re.Pattern[str]) -> str | None:
        return next((line for line in lines if pattern.match(line)), None)

    actions = []
    for place, line in enumerate(lines[:-1]):
        if _DAY.match(line) and len(line) < 40:
            actions.append(ActionLine(None, line, lines[place + 1]))
        elif (found := re.match(_DAY.pattern + r", \d{4}", line)) and len(line) > 40:
            actions.append(ActionLine(None, found[0], line[found.end() :].strip()))
    kind = next((place for place, line in enumerate(lines) if _KIND.match(line)), None)
    title = lines[-1] if lines and (kind is None or kind < len(lines) - 1) else None
    return TextHead(
        first(_DESIGNATION),
        first(_CONGRESS),
        first(_SESSION),
        first(_CHAMBER),
        lines[kind] if kind is not None else None,
        title if title and len(title) > 20 else None,
        next((line.words for line in actions if _BROUGHT_IN.search(line.words)), None),
        tuple(actions),
    )


def _units(lines: list[str]) -> tuple[list[Unit], str | None]:
    """The tree that marks make of the paragraphs, and the resolving words."""
    top: list[Unit] = []
    open_: list[_Open] = []
    resolving: str | None = None
    for line in lines:
        if line.startswith("Whereas") and not any(unit.kind != "recital" for unit in top):
            top.append(Unit("recital", text=line))
            continue
        if (found := _RESOLVED.match(line)) is not None:
            resolving = resolving or found[1]
            line = line[found.end() :]
            if not line:
                continue
            open_ = []
        if (found := _SECTION.match(line)) is not None:
            unit = _section(found[1], found[2], quoted=line[0] in '“"')
            if not unit.quoted:
                top.append(unit)
                open_ = [_Open(unit, "s", 0)]
                continue
            _below(top, open_, unit)
        elif open_ and (found := _MARK.match(line)) is not None:
            _marked(open_, found[1], found[2], found[3])
        elif open_ and open_[0].style == "s":
            _said(open_[0].unit, line)
        elif open_ and open_[0].unit.units:
            open_[0].unit.units.append(Unit("continuation", text=line))
        else:
            unit = Unit("resolved", text=line)
            top.append(unit)
            open_ = [_Open(unit, "", 0)]
    return top, resolving


def _section(mark: str, rest: str, *, quoted: bool) -> Unit:
    """A section whose heading stands in capitals; other words are its text."""
    letters = [sign for sign in rest if sign.isalpha()]
    capitals = bool(letters) and sum(map(str.isupper, letters)) > 0.8 * len(letters)
    mark = f"“{mark}" if quoted else mark
    if capitals or (
        rest and not rest.startswith("That") and len(rest) < 90 and not rest.endswith((".", ";", "—"))
    ):
        return Unit("section", mark, rest.rstrip(".") if capitals else rest, quoted=quoted)
    return Unit("section", mark, None, rest, quoted=quoted)


def _said(section: Unit, line: str) -> None:
    if not section.text and not section.units:
        section.text = line
    else:
        section.units.append(Unit("subsection", text=line, quoted=line[:1] == "“"))


def _below(top: list[Unit], open_: list[_Open], unit: Unit) -> None:
    (open_[0].unit.units if open_ else top).append(unit)


def _marked(open_: list[_Open], mark: str, sign: str, text: str) -> None:
    """Hang a marked paragraph where its mark belongs: after the one it follows, or in the one above it."""
    styles = _styles(sign)
    quoted = mark[0] in '“"'
    depth, style = _place(open_, styles)
    del open_[depth:]
    parent = open_[-1].unit
    heading = None
    if (headed := _HEADED.match(text)) is not None:
        heading, text = headed[1], headed[2]
    unit = Unit(_KINDS[style], mark, heading, text, quoted=quoted or parent.quoted)
    parent.units.append(unit)
    open_.append(_Open(unit, style, styles[style]))


def _place(open_: list[_Open], styles: dict[str, int]) -> tuple[int, str]:
    """How many of the open units stay open, and in which style the mark is read."""
    for depth in range(len(open_) - 1, 0, -1):
        held = open_[depth]
        if styles.get(held.style) == held.place + 1:
            return depth, held.style
    first = next((style for style, place in styles.items() if place == 1), None)
    if first is not None and all(held.style != first for held in open_):
        return len(open_), first
    for depth in range(len(open_) - 1, 0, -1):
        if open_[depth].style in styles:
            return depth, open_[depth].style
    return len(open_), first or next(iter(styles))


def _styles(sign: str) -> dict[str, int]:
    """The styles in which a mark can be read, each with its place: "i" is the first roman and the ninth letter."""
    if sign.isdigit():
        return {"1": int(sign)}
    letter, roman = ("a", "i") if sign.islower() else ("A", "I")
    found = {}
    low = sign.lower()
    if len(set(low)) == 1 and len(low) < 4:
        found[letter] = ord(low[0]) - 96 + 26 * (len(low) - 1)
    if all(each in _ROMAN for each in low):
        values = [_ROMAN[each] for each in low]
        total = sum(
            -value if place + 1 < len(values) and value < values[place + 1] else value
            for place, value in enumerate(values)
        )
        found = {roman: total, **found} if low == "i" else {**found, roman: total}
    return found or {letter: 0}
