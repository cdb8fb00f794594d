"""docs/STATUS.md says what the code does: every code, its label, and the counts that the real data give."""

from __future__ import annotations

import re
from pathlib import Path

from tests.congress.test_real_statuses import COUNTS_118, COUNTS_119, ODD_ONES
from tracker.congress.stages import STATUS_LABELS

PAGE = (Path(__file__).resolve().parents[2] / "docs" / "STATUS.md").read_text()


def tables() -> list[list[list[str]]]:
    """The tables of the page: rows of cells, without the line under the head."""
    found = re.findall(r"(?:^\|.*\n)+", PAGE, re.MULTILINE)
    rows = [
        [[cell.strip() for cell in line.strip("|").split("|")] for line in table.splitlines()]
        for table in found
    ]
    return [[row for row in table if set(row[0]) - set("- :")] for table in rows]


def counts(table: list[list[str]]) -> dict[str, dict[str, int]]:
    head, *rows = table
    return {
        type: {row[0].strip("`"): int(row[place]) for row in rows if row[place]}
        for place, type in enumerate(head)
        if place
    }


def test_every_code_is_explained_under_its_label() -> None:
    codes, *_ = tables()
    explained = {code: row[1] for row in codes[1:] for code in re.findall(r"`(\w+)`", row[0])}
    assert set(explained) == set(STATUS_LABELS)
    for code, label in STATUS_LABELS.items():
        assert label == explained[code] or code in ("passed_house", "passed_senate")


def test_the_counts_are_those_of_the_real_data() -> None:
    _, of_119, of_118 = tables()
    assert counts(of_119) == COUNTS_119
    assert counts(of_118) == COUNTS_118


def test_what_died_with_the_118th_congress_is_counted() -> None:
    died = sum(
        n
        for codes in COUNTS_118.values()
        for code, n in codes.items()
        if code not in ("agreed_to", "enacted", "vetoed", "failed")
    )
    assert f"({died:,})" in PAGE


def test_the_odd_ones_are_pinned_by_a_test() -> None:
    for number in (
        "14",
        "1318",
        "6644",
        "5371",
        "2882",
        "38",
        "580",
        "131",
        "164",
        "12",
        "2067",
        "33",
        "3174",
        "27",
        "117",
        "199",
    ):
        assert any(measure.endswith(f"/{number}") for measure in ODD_ONES), number
        assert re.search(rf"\b{number}\b", PAGE), number
