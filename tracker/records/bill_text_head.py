"""What is printed above a text in XML, and the words that the bill DTD leaves to the printer."""

from __future__ import annotations

import re

from lxml import etree

from tracker.records.text_model import ActionLine, TextHead


def names(text: str) -> frozenset[str]:
    """The names in a text, apart by white space."""
    return frozenset(text.split())


ROUND_IT = names(  # printed round the text, or made for machines
    "metadata meta form preface toc attestation endorsement signatures signature endMarker official-title-amendment "
    "title-amends pagebreak page graphic enrolled-dateline enrolledDateline longTitle resolvingClause enactingFormula "
    "impeachment-resolution-signature sidenote editorial "
    "bracketed-text-heading colspec"
)
_RESOLVING = {
    "house-resolution": "Resolved,",
    "senate-resolution": "Resolved,",
    "house-concurrent": "Resolved by the House of Representatives (the Senate concurring),",
    "senate-concurrent": "Resolved by the Senate (the House of Representatives concurring),",
    "house-joint": "Resolved by the Senate and House of Representatives of the United States of America in Congress assembled,",
    "senate-joint": "Resolved by the Senate and House of Representatives of the United States of America in Congress assembled,",
}
_ENACTING = "Be it enacted by the Senate and House of Representatives of the United States of America in Congress assembled,"
_BROUGHT_IN = re.compile(r"\b(submitted|introduced|reported|offered) the following\b", re.I)


def name_of(element: etree._Element) -> str:
    """An element's name without its namespace; "" for what is no element."""
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def folded(element: etree._Element) -> str:
    """All words of an element in one line, in the quotation marks that `quote` stands for."""
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: etree._Element) -> list[str]:
    """All words of an element, with the quotation marks that `quote` stands for."""
    quote = name_of(element) == "quote"
    pieces = ["“"] if quote else []
    if element.text:
        pieces.append(element.text)
    for child in element:
        if name_of(child) not in ROUND_IT:
            pieces += _pieces(child)
        if child.tail:
            pieces.append(child.tail)
    if quote:
        pieces.append("”")
    return pieces


def implied_words(root: etree._Element) -> str | None:
    """The resolving words that the bill DTD leaves to the printer."""
    if name_of(root) == "bill":
        return _ENACTING
    body = next((each for each in root.iter() if name_of(each) == "resolution-body"), None)
    if body is not None and body.get("display-resolving-clause") in ("no-display-resolving-clause", "no"):
        return None
    return _RESOLVING.get(root.get("resolution-type", ""))


def head_of(root: etree._Element, dialect: str) -> TextHead:
    """The printed head of a text; all None where it has none."""
    form = next((each for each in root if name_of(each) in ("form", "preface")), None)
    if form is None:
        return TextHead(None, None, None, None, None, None, None)
    actions = tuple(
        line for each in form if name_of(each) == "action" and (line := _action(each)) is not None
    )
    title = _first(form, "official-title")
    kind = _first(form, "legis-type")
    designation = _first(form, "legis-num")
    if dialect == "uslm":
        main = next((each for each in root if name_of(each) == "main"), root)
        title = _deep(main, "officialTitle")
        kind = _deep(main, "docTitle")
        number = _first(form, "docNumber")
        designation = " ".join(part for part in (_first(form, "type"), number) if part) or None
    return TextHead(
        designation,
        _first(form, "congress"),
        _first(form, "session"),
        _first(form, "current-chamber") or _first(form, "currentChamber"),
        kind,
        title,
        next((line.words for line in actions if _BROUGHT_IN.search(line.words)), None),
        actions,
    )


def _first(form: etree._Element, name: str) -> str | None:
    return next((text for each in form if name_of(each) == name and (text := folded(each))), None)


def _deep(element: etree._Element, name: str) -> str | None:
    return next((text for each in element.iter() if name_of(each) == name and (text := folded(each))), None)


def _action(element: etree._Element) -> ActionLine | None:
    on = day = None
    words = []
    for each in element:
        name = name_of(each)
        if name in ("action-date", "date"):
            stamp = (each.get("date") or "").replace("-", "")
            on = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}" if len(stamp) == 8 and stamp.isdigit() else None
            day = folded(each) or None
        elif text := folded(each):
            words.append(text)
    return ActionLine(on, day, " ".join(words)) if words or day else None
