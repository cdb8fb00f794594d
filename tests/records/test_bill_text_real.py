"""Real published texts, and rebuilt ones beside plain lines: no word is lost, none is made up, no anchor is given twice."""

from __future__ import annotations

import gzip
import json
import re
import zipfile
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from xml.etree import ElementTree

import pytest

from tracker.records.bill_text import BillText, read_bill_text

pytestmark = pytest.mark.real_data

RECITALS = {  # as the samples' own README counts them
    "uslm/HR1033_IH.XML": 9,
    "uslm/SR100_IS.XML": 28,
    "uslm/BILLS-116sres100ats.xml": 28,
    "uslm/SC10_IS.XML": 21,
    "uslm/BILLS-116sc10rs.xml": 23,
    "uslm/HC100_IH.XML": 18,
    "bill-dtd/hres67-113-ih.xml": 15,
}
STRUCK = {"uslm/BILLS-116sc10rs.xml": 26, "uslm/SJ4_RS.XML": 5}
#: Printed round the text, and so no part of it.
ROUND_IT = re.compile(
    r"metadata|meta|form|preface|toc|attestation|endorsement|signatures|endMarker|longTitle|resolvingClause|enactingFormula|"
    r"official-title-amendment|impeachment-resolution-signature"
)


def samples(folder: Path) -> list[Path]:
    return [
        path
        for kind in ("bill-dtd", "uslm")
        for path in sorted((folder / "bill-text-samples" / kind).iterdir())
    ]


def words(text: str) -> list[str]:
    return re.findall(r"\w+", text)


def said(text: BillText, *, struck: bool = False) -> str:
    clauses = (*text.clauses, *text.struck) if struck else text.clauses
    return " ".join(part for clause in clauses for part in (clause.mark, clause.heading, clause.text) if part)


def raw(element: ElementTree.Element, quoted: bool = False) -> Iterator[str]:
    """All words but those printed round the text; the contents of a law that is amended are words of it."""
    name = element.tag.rpartition("}")[2]
    if ROUND_IT.fullmatch(name) and not (quoted and name == "toc"):
        return
    quoted = quoted or name == "quoted-block"
    yield element.text or ""
    for child in element:
        yield from raw(child, quoted)
        yield child.tail or ""
    yield " "


def test_no_word_of_a_real_text_is_lost_and_none_is_made_up(real_data: Path) -> None:
    for path in samples(real_data):
        text = read_bill_text(path.read_bytes())
        expected = Counter(words(" ".join(raw(ElementTree.fromstring(path.read_bytes())))))
        found = Counter(words(said(text, struck=True)))
        for printed in ("SEC", "SECTION"):  # the bill DTD leaves it to the printer
            expected.pop(printed, None)
            found.pop(printed, None)
        formula = (
            Counter(words("Now therefore be it")) if "Now, therefore" in (text.resolving or "") else Counter()
        )
        assert expected - found == formula, path.name
        assert found - expected == Counter(), path.name


def test_recitals_and_struck_clauses_are_as_many_as_counted_by_hand(real_data: Path) -> None:
    for name, count in RECITALS.items():
        text = read_bill_text((real_data / "bill-text-samples" / name).read_bytes())
        assert sum(clause.kind == "recital" for clause in text.clauses) == count, name
    for name, count in STRUCK.items():
        assert len(read_bill_text((real_data / "bill-text-samples" / name).read_bytes()).struck) == count, (
            name
        )


@pytest.mark.parametrize("package", ["BILLS-116hr200ih", "BILLS-116hr2002eh"])
def test_plain_text_says_the_same_as_the_xml_of_the_same_bill(real_data: Path, package: str) -> None:
    folder = real_data / "bill-text-samples"
    plain = read_bill_text((folder / "htm" / f"{package}.htm").read_bytes())
    xml = read_bill_text((folder / "bill-dtd" / f"{package}.xml").read_bytes())
    bare = [[word.lower() for word in words(said(text)) if word.lower() != "sec"] for text in (plain, xml)]
    assert bare[0] == bare[1]
    assert plain.head.designation == xml.head.designation
    outside = [[clause.anchor for clause in text.clauses if not clause.quoted] for text in (plain, xml)]
    assert outside[0] == outside[1]


def test_the_words_of_every_rebuilt_text_are_those_of_its_plain_lines(real_data: Path) -> None:
    compared, differing = 0, []
    for congress in (119, 118):
        folder = real_data / f"congress-{congress}"
        for lines in sorted(folder.glob("texts-*.jsonl.gz")):
            type = lines.name.split("-")[2].partition(".")[0]
            zipped = folder / f"BILLS-{congress}-{type}.zip"
            if not zipped.is_file():
                continue
            with zipfile.ZipFile(zipped) as bulk, gzip.open(lines, "rt") as rows:
                names = set(bulk.namelist())
                for row in map(json.loads, rows):
                    name = f"BILLS-{congress}{type}{row['number']}{row['version']}.xml"
                    if name in names:
                        compared += 1
                        if why := differs(read_bill_text(bulk.read(name)), row["text"]):
                            differing.append((name, why))
    assert compared == 4_812
    assert differing == []


def differs(text: BillText, plain: str) -> str:
    """What differs from the plain lines; "" for nothing."""
    lines = plain.split("\n")
    head = text.head
    printed = [
        part
        for part in (head.congress, head.session, head.designation, head.chamber, head.official_title)
        if part
    ]
    if lines[: len(printed)] != printed:
        return f"head: {lines[: len(printed)]}"
    anchors = [clause.anchor for clause in text.clauses]
    if len(set(anchors)) != len(anchors):
        return "an anchor is given twice"
    wanted = re.findall(r"\w+|[^\w\s]", " ".join(lines[len(printed) :]))
    formula = (text.resolving or "").partition("Resolved")[
        0
    ]  # "Now, therefore, be it", where it stands apart
    operative = " ".join(
        part for clause in text.operative for part in (clause.mark, clause.heading, clause.text) if part
    )
    marked = " ".join(part for clause in text.recitals for part in (clause.mark, clause.text) if part)
    found = re.findall(r"\w+|[^\w\s]", f"{marked} {formula} {operative}".replace("SECTION 1.", "SEC. 1."))
    return "" if wanted == found else "words"
