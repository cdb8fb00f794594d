"""Kin over the texts of the data set, held against pairs labelled by reading: `kin_pairs.csv` has ids and labels only.

`same`: one is the other again, whatever became of sponsor and title. `paragraph`: they share clauses. `none`: they share a formula,
or nothing. Texts of bills are in the families alone; others are labelled, and found, by all their titles.
"""

from __future__ import annotations

import csv
import gzip
import json
import re
import zipfile
from collections import Counter, defaultdict
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import pytest

from tests.replay import DATA
from tracker.congress.versions import version_order
from tracker.ledger.models import Measure
from tracker.records.bill_text import read_bill_text
from tracker.records.billstatus import read_billstatus
from tracker.texts import titles
from tracker.texts.kin import Likeness, Rarity, Words, likeness, words_of
from tracker.texts.kinship import are_kin, kind_of
from tracker.texts.models import Kin

pytestmark = pytest.mark.real_data

_TEXT = re.compile(r"BILLS-(\d+)([a-z]+)(\d+)([a-z]+\d*[a-z]*)\.xml$")
# what the two must be found to be, whatever the figures say
ORDERED = (
    ("118/sres/599", "119/sres/145"),
    ("119/hres/166", "119/sres/145"),
    ("118/hres/100", "119/hres/166"),
)
PAIRS = Path(__file__).with_name("kin_pairs.csv")


def labelled() -> list[tuple[str, str, str]]:
    with PAIRS.open() as file:
        return [(row["first"], row["second"], row["label"]) for row in csv.DictReader(file)]


def texts() -> dict[str, Words]:
    """The words of every text of the 118th and 119th, and of whatever else the pairs name, by measure."""
    assert DATA is not None
    bodies: dict[str, dict[str, bytes]] = defaultdict(dict)
    wanted = {each for first, second, _ in labelled() for each in (first, second)}
    for archive in sorted(DATA.glob("congress-*/BILLS-*.zip")):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if (found := _TEXT.search(name)) and (
                    (key := "/".join(found.groups()[:3])) in wanted or key[:3] in ("118", "119")
                ):
                    bodies[key][found[4]] = opened.read(name)
    with gzip.open(DATA / "families/texts.jsonl.gz", "rt") as lines:
        for row in map(json.loads, lines):
            bodies[f"{row['congress']}/{row['type']}/{row['number']}"][row["version"]] = row["text"].encode()
    records = dict(_records(wanted))
    found = {key: words_of((), **said) for key, said in records.items()}
    for key, versions in bodies.items():
        furthest = max(versions, key=lambda code: version_order(code, key.split("/")[1]))
        found[key] = words_of(read_bill_text(versions[furthest]).clauses, **records.get(key, {}))
    return found


def _records(wanted: set[str]) -> Iterable[tuple[str, dict[str, Any]]]:
    assert DATA is not None
    for archive in sorted(
        [*DATA.glob("congress-*/BILLSTATUS-*.zip"), *DATA.glob("families/BILLSTATUS-*.zip")]
    ):
        with zipfile.ZipFile(archive) as opened:
            for name in opened.namelist():
                if (found := re.search(r"BILLSTATUS-(\d+)([a-z]+)(\d+)\.xml$", name)) and "/".join(
                    found.groups()
                ) in wanted:
                    record = read_billstatus(opened.read(name)).record
                    sponsor = record.sponsors[0].member if record.sponsors else None
                    title, listed = record.title or "", [(each.title, each.type) for each in record.titles]
                    names = titles.names(title, listed) if found[2] in ("hr", "s") else frozenset()
                    yield "/".join(found.groups()), {"title": title, "sponsor": sponsor, "names": names}


def found(first: str, second: str, alike: Likeness) -> str:
    """What the product would say of the two: "title" where titles say that they are kin, and the texts not how."""
    one, two = (Measure(congress=int(key.split("/")[0]), type=key.split("/")[1]) for key in (first, second))
    if not are_kin(one, two, alike):
        return "none"
    kind = kind_of(one, two, alike)
    return kind.value if kind in (Kin.Kind.PARAGRAPH, Kin.Kind.TITLE) else "same"


def test_pairs_labelled_by_reading_are_told_apart() -> None:
    held = texts()
    holding = Counter(
        word for text in held.values() for word in {word for _, clause in text.clauses for word in clause}
    )
    rarity = Rarity(sum(bool(text.clauses) for text in held.values()), holding)
    told: Counter[tuple[str, str]] = Counter()
    wrong, changed = [], 0
    for first, second, label in labelled():
        alike = likeness(held[first], held[second], rarity)
        said = found(first, second, alike)
        told[label, said] += 1
        changed += not (alike.same_sponsor and alike.same_title)
        if said != label and (said != "title" or label == "none"):
            wrong.append(
                f"{first} {second}: {label}, found {said} ({alike.whole:.2f}, {alike.subject:.2f}, {alike.paragraph:.0f}, {alike.several:.0f})"
            )
    kin = sum(count for (label, said), count in told.items() if label != "none" and said != "none")
    said_so = sum(count for (_, said), count in told.items() if said != "none")
    labels = sum(count for (label, _), count in told.items() if label != "none")
    for first, second in ORDERED:
        assert f"{first} {second}" not in " ".join(wrong)
    print(
        f"kin: precision {kin / said_so:.3f}, recall {kin / labels:.3f} of {sum(told.values())} pairs, {changed} with a changed sponsor or title",
        *wrong,
        sep="\n",
    )
    assert 2 * changed >= sum(told.values())
    assert kin / said_so >= 0.95
    assert kin / labels >= 0.9  # text that a bill took in whole is not found where it stands in other clauses
