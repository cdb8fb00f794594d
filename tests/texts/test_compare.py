"""Clause by clause: what stayed, moved, was edited; and that what is shown gives both texts back."""

from __future__ import annotations

from collections.abc import Sequence

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.texts.printed import PARAGRAPHS, RECITALS, bill_dtd
from tracker.records.bill_text import Clause, digest_of, read_bill_text
from tracker.texts import compare
from tracker.texts.compare import Comparison, Row, compare_clauses, edited_word_count

WORDS = st.lists(
    st.sampled_from(
        [
            "that",
            "the",
            "Senate",
            "calls",
            "on",
            "all",
            "States",
            "to",
            "keep",
            "banks",
            "and",
            "rivers",
            "clean;",
        ]
    ),
    max_size=12,
)
CLAUSES = st.lists(
    st.tuples(st.sampled_from("wp"), WORDS.map(" ".join), st.sampled_from([None, "Duty", "Short title"])),
    max_size=10,
).map(
    lambda rows: [made(f"{part}{place}", text, heading) for place, (part, text, heading) in enumerate(rows)]
)


def made(anchor: str, text: str, heading: str | None = None) -> Clause:
    return Clause(anchor, "paragraph", 0, text, digest_of(heading, text), f"({anchor[1:]})", heading)


def clauses(recitals: Sequence[str] = RECITALS, paragraphs: Sequence[str] = PARAGRAPHS) -> Sequence[Clause]:
    return read_bill_text(bill_dtd(recitals, paragraphs)).clauses


def told(comparison: Comparison) -> list[str]:
    """ "edited p1→p2", "moved p1→p3", "new p2", "gone p3"; what stayed as it was is left out."""
    lines = []
    for row in comparison.rows:
        kinds = [kind for kind, so in (("moved", row.moved), (row.kind, row.kind != "same")) if so]
        ends = "→".join(each.anchor for each in (row.before, row.after) if each)
        if kinds:
            lines.append(f"{' '.join(kinds)} {ends}")
    return lines


def test_a_text_compared_with_itself_is_the_same() -> None:
    comparison = compare_clauses(clauses(), clauses())
    assert comparison.is_same
    assert told(comparison) == []
    assert comparison.counts == {"same": 7, "moved": 0}


def test_a_clause_put_in_leaves_the_others_as_they_were() -> None:
    comparison = compare_clauses(clauses(), clauses(paragraphs=["thanks them all;", *PARAGRAPHS]))
    assert told(comparison) == ["new p1"]
    assert [row.renumbered for row in comparison.rows[-3:]] == [True, True, True]


def test_a_clause_taken_out_stands_where_it_stood() -> None:
    comparison = compare_clauses(clauses(), clauses(paragraphs=[PARAGRAPHS[0], PARAGRAPHS[2]]))
    assert told(comparison) == ["gone p2"]
    assert [row.clause.anchor for row in comparison.rows] == ["w1", "w2", "w3", "r1", "p1", "p2", "p2"]


def test_a_clause_with_other_words_is_edited_word_by_word() -> None:
    edited = PARAGRAPHS[2].replace("5 years", "6 months")
    comparison = compare_clauses(clauses(), clauses(paragraphs=[*PARAGRAPHS[:2], edited]))
    assert told(comparison) == ["edited p3→p3"]
    row = comparison.rows[-1]
    assert [(edit.kind, edit.before or edit.after) for edit in row.edits if edit.kind != "same"] == [
        ("gone", "5 years"),
        ("come", "6 months"),
    ]
    assert edited_word_count(comparison.rows) == 4


def test_a_clause_that_stands_elsewhere_moved_and_the_others_stayed() -> None:
    paragraphs = ["alpha beta gamma;", "delta epsilon zeta;", "eta theta iota;", "kappa lambda mu."]
    moved = [paragraphs[3], *paragraphs[:3]]
    comparison = compare_clauses(clauses(paragraphs=paragraphs), clauses(paragraphs=moved))
    assert told(comparison) == ["moved p4→p1"]
    assert comparison.counts == {"same": 7, "moved": 1}


def test_a_clause_can_move_and_be_edited() -> None:
    paragraphs = ["alpha beta gamma one two three;", "delta epsilon zeta;", "eta theta iota;"]
    moved = ["delta epsilon zeta;", "eta theta iota;", "alpha beta gamma one two four;"]
    comparison = compare_clauses(clauses(paragraphs=paragraphs), clauses(paragraphs=moved))
    assert told(comparison) == ["moved edited p1→p3"]
    assert comparison.counts == {"same": 6, "edited": 1, "moved": 1}


def test_clauses_with_little_in_common_are_not_one() -> None:
    comparison = compare_clauses([made("p1", "alpha beta gamma delta")], [made("p1", "alpha one two three")])
    assert told(comparison) == ["new p1", "gone p1"] or told(comparison) == ["gone p1", "new p1"]


def test_a_recital_is_never_taken_for_a_paragraph_that_resembles_it() -> None:
    comparison = compare_clauses(
        [made("w1", "alpha beta gamma delta")], [made("p1", "alpha beta gamma epsilon")]
    )
    assert {row.kind for row in comparison.rows} == {"new", "gone"}


def test_a_heading_is_compared_as_well() -> None:
    (row,) = compare_clauses(
        [made("s2", "It is so and nothing else.", "Duty")],
        [made("s2", "It is so and nothing else.", "Duties")],
    ).rows
    assert row.kind == "edited"
    assert [edit.kind for edit in row.heading] == ["gone", "come"]


@given(CLAUSES, CLAUSES)
@settings(deadline=None)
def test_what_is_shown_gives_both_texts_back(before: list[Clause], after: list[Clause]) -> None:
    comparison = compare_clauses(before, after)
    assert [row.after for row in comparison.rows if row.after is not None] == after
    old = sorted(
        (row for row in comparison.rows if row.before is not None), key=lambda row: before.index(row.before)
    )
    assert [row.before for row in old] == before
    for row in comparison.rows:
        assert words(row, "before") == shown(row.before)
        assert words(row, "after") == shown(row.after)


@given(CLAUSES, CLAUSES)
@settings(deadline=None)
def test_counts_add_up(before: list[Clause], after: list[Clause]) -> None:
    comparison = compare_clauses(before, after)
    kinds = [row.kind for row in comparison.rows]
    assert len(before) == sum(kind != "new" for kind in kinds)
    assert len(after) == sum(kind != "gone" for kind in kinds)


@given(CLAUSES, CLAUSES)
@settings(deadline=None)
def test_texts_beyond_the_bounds_still_give_both_back(before: list[Clause], after: list[Clause]) -> None:
    most = compare.MOST_WORK
    compare.MOST_WORK = 40
    try:
        comparison = compare_clauses(before, after)
    finally:
        compare.MOST_WORK = most
    for row in comparison.rows:
        assert words(row, "before") == shown(row.before)
        assert words(row, "after") == shown(row.after)


def shown(clause: Clause | None) -> tuple[str, str]:
    return (clause.heading or "", clause.text) if clause else ("", "")


def words(row: Row, side: str) -> tuple[str, str]:
    return (
        "".join(getattr(edit, side) for edit in row.heading),
        "".join(getattr(edit, side) for edit in row.edits),
    )
