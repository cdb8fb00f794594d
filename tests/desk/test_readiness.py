"""What is asked before key points are published."""

from __future__ import annotations

import pytest

from tracker.desk.readiness import careful, check_points

CLAUSES = [(f"p{number}", f"paragraph ({number})") for number in (1, 2, 3)]


def _point(text: str, anchor: str | None) -> dict:
    return {
        "text": text,
        "tied": anchor and {"kind": "clause", "version": "is", "anchor": anchor, "digest": None},
    }


def _found(points, *, pending=True, clauses=CLAUSES):
    return {
        check.name: (check.holds, check.found) for check in check_points(points, clauses, pending=pending)
    }


def test_points_that_are_short_tied_and_whole_pass():
    found = _found([_point("It would ask for help.", f"p{number}") for number in (1, 2, 3)])
    assert all(holds for holds, _ in found.values())
    assert list(found) == ["Plain", "Sourced", "Complete", "Careful"]


def test_a_point_of_twenty_six_words_is_named():
    assert _found([_point("word " * 25, "p1"), _point("word " * 26, "p2")])["Plain"] == (
        False,
        "point 2 has more than 25 words",
    )


def test_points_without_a_tie_and_paragraphs_without_a_point_are_named():
    found = _found([_point("It asks.", None), _point("It names.", "p2"), _point("It says.", None)])
    assert found["Sourced"] == (False, "points 1 and 3 name no paragraph and no action")
    assert found["Complete"] == (False, "paragraphs (1) and (3) have no point")


def test_where_no_text_is_held_nothing_is_incomplete():
    assert "Complete" not in _found([_point("It asks.", None)], clauses=[])


def test_an_entry_without_points_says_so():
    assert _found([])["Plain"] == (False, "there is no point yet")


@pytest.mark.parametrize(
    "text",
    [
        "It condemns the threats.",
        "The Senate condemns the threats.",
        "It strongly condemns the threats.",
        "The resolution does three things.",
        "It would ask for help. The House requires a report.",
    ],
)
def test_what_is_not_agreed_to_does_nothing_yet(text):
    assert not careful([text], pending=True).holds
    assert careful([text], pending=False).holds


@pytest.mark.parametrize(
    "text",
    [
        "It would condemn the threats.",
        "It says the refugees must have their freedom.",
        "It asks the Government to help, and opposes misuse of notices.",
        "If the Senate agrees, it condemns the threats.",
        "Iran condemns it.",
    ],
)
def test_what_a_text_says_it_says_at_once(text):
    assert careful([text], pending=True).holds
