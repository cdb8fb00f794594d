"""Published texts in XML: the bill DTD's, and USLM's. Read by what elements are for, so that no word is lost.

An element is a unit (a section, a paragraph), a part of one (its mark, its heading, its words), something printed round
the text (left out), or a way of printing words (passed through). What is not known is taken for words.
"""

from __future__ import annotations

import html.entities
import re

from lxml import etree

from tracker.records.bill_text_head import ROUND_IT, folded, head_of, implied_words, name_of, names
from tracker.records.bill_text_units import Unit, clauses_of, split_struck
from tracker.records.model import DocumentRefused
from tracker.records.text_model import BillText
from tracker.records.xml import one_line, refuse_depth, safe_parser

USLM = "{http://schemas.gpo.gov/xml/uslm}"
ROOTS = frozenset(("bill", "resolution", "amendment-doc"))

UNITS = names(
    "section subsection paragraph subparagraph clause subclause item subitem subsubitem level "
    "title subtitle division subdivision part subpart chapter subchapter article appropriations "
    "committee-appointment-paragraph appropriations-major appropriations-intermediate appropriations-small "
    "constitution-article whereas recital rules-clause rules-paragraph list-item"
)
_SHELLS = frozenset(("text", "quoted-block"))  # what holds units and is none
_MARKS = frozenset(("enum", "num"))
_HEADINGS = frozenset(("header", "heading", "subheading", "subheader"))
_GOES_ON = frozenset(("continuation-text", "continuation"))
_QUOTED = frozenset(("quoted-block", "quotedContent"))
_LINES = frozenset(("p", "row", "tr", "tocItem", "toc-entry", "br", "listItem", "list-item", "formula"))
_CELLS = frozenset(("entry", "td", "th"))
_BODIES = names(
    "resolution-body legis-body engrossed-amendment-body preamble main amendment-body amendMain body"
)
_FORMULA = re.compile(r"^(now, therefore,?( be it)?|therefore be it|be it)[.,:]?$", re.I)

_DOCTYPE = re.compile(
    rb"<!DOCTYPE\s+[\w.-]+(\s+PUBLIC\s+(\"[^\"<>]*\"|'[^'<>]*')(\s+(\"[^\"<>]*\"|'[^'<>]*'))?"
    rb"|\s+SYSTEM\s+(\"[^\"<>]*\"|'[^'<>]*'))?\s*>"
)
_PROLOG_BYTES = 4096
_ENTITY = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,31});")
_OWN = frozenset((b"amp", b"lt", b"gt", b"quot", b"apos"))
_PARSER = safe_parser(blank_text=True)


def read(body: bytes) -> BillText:
    """Read a text in either dialect of XML. Raises DocumentRefused, in one line."""
    root = _root(body)
    dialect = "uslm" if str(root.tag).startswith(USLM) else "bill-dtd"
    name = name_of(root)
    if name not in ROOTS:
        raise DocumentRefused(f"the root element is {one_line(name, 60)!r}: no text of a measure")
    refuse_depth(root)
    reader = _Reader(dialect)
    units = reader.body(root)
    kept, struck = split_struck(units)
    clauses = clauses_of(kept)
    if not clauses and not struck:
        raise DocumentRefused("no recital, section or paragraph is in it")
    return BillText(
        dialect,
        head_of(root, dialect),
        " ".join(filter(None, (reader.formula, reader.resolving or implied_words(root)))) or None,
        clauses,
        clauses_of(struck, prefix="x-"),
    )


def _root(body: bytes) -> etree._Element:
    """The root element. A document type that only names its DTD is passed over, and never fetched."""
    prolog = body[:_PROLOG_BYTES]
    if (found := _DOCTYPE.search(prolog)) is not None:
        body = body[: found.start()] + body[found.end() :]
    if b"<!DOCTYPE" in body[:_PROLOG_BYTES]:
        raise DocumentRefused("a document type that declares something: not allowed in this XML")
    body = _ENTITY.sub(_character, body)
    try:
        root = etree.fromstring(body, _PARSER)
    except etree.XMLSyntaxError as error:
        raise DocumentRefused(f"not well-formed XML: {one_line(error.msg or 'cut off')}") from error
    if root.getroottree().docinfo.internalDTD is not None:
        raise DocumentRefused("a document type that declares something: not allowed in this XML")
    return root


def _character(found: re.Match[bytes]) -> bytes:
    """The letter that HTML has for a named entity (old texts write &mdash;), since the DTD that declares it is not read."""
    if found[1] in _OWN:
        return found[0]
    sign = html.entities.html5.get(found[1].decode() + ";")
    return found[0] if sign is None else sign.encode()


class _Reader:
    """Walks a text once; what it meets becomes units."""

    def __init__(self, dialect: str) -> None:
        self.dialect = dialect
        self.resolving: str | None = None
        self.formula = ""  # "Now, therefore, be it", where it stands apart from the last recital

    def body(self, root: etree._Element) -> list[Unit]:
        """The units of all bodies and preambles, in order: recitals first, wherever the source has them."""
        top = Unit("text")
        self._walk(root, top, struck=False, quoted=False)
        units = top.units
        if top.text.strip():
            units.insert(0, Unit("resolved", text=top.text))
        recitals = [unit for unit in units if unit.kind == "recital"]
        said = [unit for unit in recitals if not _is_formula(unit)]
        self.formula = " ".join(unit.text for unit in recitals if _is_formula(unit) and not unit.struck)
        return said + [unit for unit in units if unit.kind != "recital"]

    def _walk(self, element: etree._Element, unit: Unit, *, struck: bool, quoted: bool) -> None:
        """Add what is in `element` to `unit`: words to its text (or what goes on after its units), units below it."""
        words: list[str] = []
        if element.text:
            words.append(element.text)
        for child in element:
            self._child(child, unit, words, struck=struck, quoted=quoted)
            if child.tail:
                words.append(child.tail)
        _say(unit, words)

    def _child(
        self, child: etree._Element, unit: Unit, words: list[str], *, struck: bool, quoted: bool
    ) -> None:
        name = name_of(child)
        if not name:
            return
        changed = struck or child.get("changed") in ("deleted", "cancelled")
        if name in ("resolvingClause", "enactingFormula"):
            self.resolving = self.resolving or folded(child)
        elif name in ROUND_IT and not (
            quoted and name == "toc"
        ):  # the contents of a law that is amended are words
            return
        elif name in UNITS:
            _say(unit, words)
            unit.units.append(self._unit(child, name, struck=changed, quoted=quoted))
        elif name in _MARKS and unit.kind not in _SHELLS:
            unit.mark = unit.mark or _mark(child, unit, self.dialect, quoted)
        elif (
            name in _HEADINGS and unit.kind not in _SHELLS and not unit.units and not words and not unit.text
        ):
            unit.heading = " ".join(part for part in (unit.heading, folded(child)) if part)
        elif name in _GOES_ON:
            _say(unit, words)
            self._walk(child, unit, struck=changed, quoted=quoted)
        elif name in _QUOTED:
            _say(unit, words)
            self._quoted(child, unit, struck=changed)
        elif name == "after-quoted-block" or child.get("role") == "after-quoted-block":
            if self.dialect == "bill-dtd" and unit.kind == "quoted-block":
                unit.heading = folded(child)  # put at the end once the quotation is closed
            else:
                _close(unit, words, folded(child))
        elif name == "quote":
            words += self._quote(child)
        elif name in _LINES and name != "br" and not _holds_units(child):
            _say(unit, words)
            if line := " ".join(_cells(child)):
                _say(unit, [line])
        elif name == "br":
            words.append(" ")
        elif name in _BODIES or _holds_units(child) or _holds_lines(child):
            self._inside(child, unit, words, struck=changed, quoted=quoted)
        elif changed and not struck:
            return  # words struck within a clause
        else:
            self._inside(child, unit, words, struck=struck, quoted=quoted)

    def _inside(
        self, element: etree._Element, unit: Unit, words: list[str], *, struck: bool, quoted: bool
    ) -> None:
        """Pass through an element that only says how its words are printed."""
        if element.text:
            words.append(element.text)
        for child in element:
            self._child(child, unit, words, struck=struck, quoted=quoted)
            if child.tail:
                words.append(child.tail)

    def _quote(self, element: etree._Element) -> list[str]:
        inner = Unit("words")
        self._walk(element, inner, struck=False, quoted=False)
        return ["“", inner.text, "”"]

    def _unit(self, element: etree._Element, name: str, *, struck: bool, quoted: bool) -> Unit:
        kind = "recital" if name in ("whereas", "recital") else name
        if name == "constitution-article":
            kind = "article"
        elif name.startswith("appropriations"):
            kind = "appropriations"
        unit = Unit(kind, quoted=quoted, struck=struck)
        self._walk(element, unit, struck=struck, quoted=quoted)
        return unit

    def _quoted(self, element: etree._Element, unit: Unit, *, struck: bool) -> None:
        """What the unit would put into a law: units of their own, between quotation marks that USLM prints itself."""
        held = Unit("quoted-block")
        self._walk(element, held, struck=struck, quoted=True)
        if held.text.strip():
            held.units.insert(0, Unit("quoted", text=held.text, quoted=True, struck=struck))
        if self.dialect == "bill-dtd":
            _put_quotation_marks(held.units)
            if held.heading and held.units:
                _close(Unit("text", units=held.units), [], held.heading)
        unit.units += held.units


def _put_quotation_marks(units: list[Unit]) -> None:
    """Open each quoted unit and close the last one, as the printed text does and the XML does not."""
    flat = list(_all(units))
    for unit in flat:
        if unit.mark:
            unit.mark = f"“{unit.mark}"
        elif unit.heading:
            unit.heading = f"“{unit.heading}"
        elif unit.text:
            unit.text = f"“{unit.text}"
    if flat:
        last = flat[-1]
        if last.text or not last.heading:
            last.text += "”"
        else:
            last.heading += "”"


def _all(units: list[Unit]) -> list[Unit]:
    found: list[Unit] = []
    for unit in units:
        found.append(unit)
        found += _all(unit.units)
    return found


def _say(unit: Unit, words: list[str]) -> None:
    """Put the words gathered so far where they belong, and begin anew."""
    text = " ".join("".join(words).split())
    words.clear()
    if not text:
        return
    if unit.units and unit.kind not in _SHELLS:
        last = unit.units[-1]
        if last.kind == "continuation":
            last.text += f"\n{text}"
        else:
            unit.units.append(Unit("continuation", text=text, quoted=unit.quoted, struck=unit.struck))
    elif unit.units:
        quoted = unit.kind == "quoted-block"
        unit.units.append(Unit("quoted" if quoted else "resolved", text=text, quoted=quoted))
    else:
        unit.text = f"{unit.text}\n{text}" if unit.text else text


def _close(unit: Unit, words: list[str], text: str) -> None:
    """The full stop after a quoted block stands at the end of its last words."""
    _say(unit, words)
    if not text:
        return
    last = unit
    while last.units:
        last = last.units[-1]
    if last.text or not last.heading:
        last.text += text
    else:
        last.heading += text


def _mark(element: etree._Element, unit: Unit, dialect: str, quoted: bool) -> str | None:
    """The mark as printed: the bill DTD leaves "SEC." out."""
    text = folded(element)
    if not text:
        return None
    if (
        dialect == "bill-dtd"
        and unit.kind == "section"
        and text[:1].isdigit()
        and not _is_code(element, quoted)
    ):
        parent = element.getparent()
        first = parent is not None and parent.get("section-type") == "section-one" and not quoted
        return f"{'SECTION' if first else 'SEC.'} {text}"
    return text


def _is_code(element: etree._Element, quoted: bool) -> bool:
    """Whether a quoted section is one of the United States Code, whose mark is the number alone."""
    if not quoted:
        return False
    block = next((a for a in element.iterancestors() if name_of(a) in _QUOTED), None)
    return block is not None and block.get("style") not in ("OLC", "traditional")


def _holds_units(element: etree._Element) -> bool:
    return any(name_of(each) in UNITS for each in element.iterdescendants())


def _holds_lines(element: etree._Element) -> bool:
    return any(name_of(each) in _LINES for each in element.iterdescendants())


def _cells(element: etree._Element) -> list[str]:
    cells = [folded(each) for each in element.iterdescendants() if name_of(each) in _CELLS]
    return [cell for cell in cells if cell] or [folded(element)]


def _is_formula(unit: Unit) -> bool:
    return not unit.units and _FORMULA.match(unit.text) is not None
