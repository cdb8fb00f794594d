"""Word by word: what is shown gives both texts back, and reads as an editor would mark it."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.texts import wording
from tracker.texts.wording import Edit, changed_share, compare_words

WORDS = st.lists(
    st.sampled_from(["the", "Senate", "of", "sense", "(1)", "“so”", "U.S.", "—", "5,000", "it’s", "\n"])
)
TEXTS = st.one_of(st.text(max_size=200), WORDS.map(" ".join))


@given(TEXTS, TEXTS)
def test_the_edits_put_together_are_both_texts(before: str, after: str) -> None:
    edits = compare_words(before, after)
    assert "".join(edit.before for edit in edits) == before
    assert "".join(edit.after for edit in edits) == after


@given(TEXTS, TEXTS)
def test_applying_the_edits_to_the_one_gives_the_other(before: str, after: str) -> None:
    position = 0
    parts = []
    for edit in compare_words(before, after):
        if edit.kind != "come":
            assert before.startswith(edit.before, position)
            position += len(edit.before)
        parts.append("" if edit.kind == "gone" else edit.after)
    assert position == len(before)
    assert "".join(parts) == after


@given(TEXTS)
def test_a_text_compared_with_itself_is_the_same(text: str) -> None:
    assert all(edit.kind == "same" for edit in compare_words(text, text))
    assert changed_share(compare_words(text, text)) == 0


@given(TEXTS, TEXTS)
def test_neighbours_are_never_of_one_kind(before: str, after: str) -> None:
    kinds = [edit.kind for edit in compare_words(before, after)]
    assert all(a != b for a, b in itertools.pairwise(kinds))


def test_one_word_more_is_one_edit() -> None:
    assert compare_words("That it is sense of the Senate", "That it is the sense of the Senate") == [
        Edit("same", "That it is ", "That it is "),
        Edit("come", "", "the "),
        Edit("same", "sense of the Senate", "sense of the Senate"),
    ]


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("the “duty” of—", 'the "duty" of-'),
        ("the Senate’s  duty", "the Senate's duty"),
        ("two\nlines", "two lines"),
    ],
)
def test_another_shape_of_marks_and_spaces_is_no_difference(before: str, after: str) -> None:
    assert [edit.kind for edit in compare_words(before, after)] == ["same"]


def test_a_chance_word_between_long_changes_goes_with_them() -> None:
    edits = compare_words(
        "Whereas a first clause speaks at length of rivers and their banks",
        "Whereas one other sentence tells plainly about mountains and some valleys",
    )
    assert [edit.kind for edit in edits] == ["same", "gone", "come"]


def test_texts_beyond_the_cap_are_compared_by_sentences(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "MOST_WORDS", 10)
    edits = compare_words("One two three. Four five six. Seven.", "One two three. Four or six. Seven.")
    assert [(edit.kind, edit.before or edit.after) for edit in edits] == [
        ("same", "One two three. "),
        ("gone", "Four five six. "),
        ("come", "Four or six. "),
        ("same", "Seven."),
    ]


def test_texts_beyond_every_cap_still_give_both_back(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(wording, "MOST_WORDS", 4)
    monkeypatch.setattr(wording, "MOST_SENTENCES", 2)
    edits = compare_words("A b. C d. E f.", "A b. X y. Z. E f.")
    assert [edit.kind for edit in edits] == ["same", "gone", "come", "same"]
    assert "".join(edit.after for edit in edits) == "A b. X y. Z. E f."
