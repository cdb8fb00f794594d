"""Comparing and merging what two people wrote: nothing is lost, and nothing is made up."""

from __future__ import annotations

from collections import Counter

from hypothesis import given
from hypothesis import strategies as st

from tracker.desk.merging import merge_points, merge_value
from tracker.desk.wordings import compare, merge, word_count, words

TEXTS = st.lists(
    st.sampled_from(
        ["It ", "would ", "ask ", "Albania ", "to ", "protect ", "them. ", "A", "\n\n", "– ", "Ashraf-3"]
    )
).map("".join)
POINTS = st.lists(
    st.builds(
        lambda text, tied: {"text": text, "tied": tied},
        TEXTS.filter(str.strip),
        st.sampled_from([None, {"kind": "clause", "anchor": "p1"}, {"kind": "clause", "anchor": "p2"}, {"kind": "clause", "anchor": "p3"}]),
    ),
    max_size=6,
    unique_by=lambda point: point["text"],
)  # fmt: skip


def _bare(*texts: str) -> Counter[str]:
    return Counter(word.strip() for text in texts for word in words(text) if word.strip())


def _as_points(merged):
    return [{"text": point.text, "tied": point.tied} for point in merged]


def test_words_are_counted_as_a_reader_counts_them():
    assert word_count("") == 0
    assert word_count("It’s the Senate's – and Ashraf-3's – 12 points; no more.") == 9
    assert word_count("...") == 0


@given(st.text())
def test_words_joined_are_the_text(text):
    assert "".join(words(text)) == text


@given(TEXTS, TEXTS)
def test_both_texts_can_be_read_off_a_comparison(before, after):
    found = compare(before, after)
    without = "".join(part.words for part in found if part.sign != "+")
    within = "".join(part.words for part in found if part.sign != "-")
    assert "".join(without.split()) == "".join(before.split())  # white space is no difference
    assert "".join(within.split()) == "".join(after.split())


def test_a_comparison_names_the_words_that_changed():
    found = compare("eighteen joined in March", "nineteen joined in March")
    assert [(part.sign, part.words) for part in found] == [
        ("-", "eighteen "),
        ("+", "nineteen "),
        ("", "joined in March"),
    ]


def test_changes_in_two_places_are_both_taken():
    base = "It would ask the Government to help Albania. It would bind nobody."
    mine = "It would ask the Government to protect Albania. It would bind nobody."
    theirs = "It would ask the Government to help Albania. It would bind nobody, here or there."
    merged = merge(base, mine, theirs)
    assert (
        merged.text == "It would ask the Government to protect Albania. It would bind nobody, here or there."
    )
    assert not merged.both


def test_where_both_changed_the_same_words_both_stand():
    merged = merge("It would help Albania.", "It would protect Albania.", "It would support Albania.")
    assert merged.both
    assert merged.text == "It would protect support Albania."


def test_a_word_is_the_same_word_before_a_sign_and_before_a_space():
    merged = merge(
        "It would bind nobody, here or in Albania.", "It would bind nobody.", "It would bind nobody anywhere."
    )
    assert merged.text == "It would bind nobody anywhere."
    assert merged.both  # one took out what the other changed


@given(TEXTS, TEXTS)
def test_where_one_changed_nothing_the_other_stands(base, other):
    assert merge(base, base, other).text == other
    assert merge(base, other, base).text == other
    assert merge(base, other, other).text == other


@given(TEXTS, TEXTS, TEXTS)
def test_no_word_that_either_added_is_lost(base, mine, theirs):
    merged = _bare(merge(base, mine, theirs).text)
    assert not (_bare(mine) - _bare(base)) - merged
    assert not (_bare(theirs) - _bare(base)) - merged


@given(POINTS, POINTS)
def test_points_that_one_alone_changed_are_as_they_left_them(base, other):
    assert _as_points(merge_points(base, base, other)) == other
    assert _as_points(merge_points(base, other, base)) == other
    assert _as_points(merge_points(base, other, other)) == other


@given(POINTS, POINTS, POINTS)
def test_no_new_point_of_either_is_lost(base, mine, theirs):
    merged = _bare(*(point.text for point in merge_points(base, mine, theirs)))
    before = _bare(*(point["text"] for point in base))
    old = {point["text"] for point in base}
    for side in (mine, theirs):
        new = _bare(*(point["text"] for point in side if point["text"] not in old))
        assert not (new - before) - merged


def test_a_point_that_one_took_out_and_the_other_changed_is_back_with_a_word_on_it():
    tied = {"kind": "clause", "anchor": "p2"}
    base = [{"text": "It asks for help.", "tied": None}, {"text": "It names Albania.", "tied": tied}]
    mine = base[:1]
    theirs = [base[0], {"text": "It names Albania twice.", "tied": tied}]
    kept = merge_points(base, mine, theirs)
    assert [point.text for point in kept] == ["It asks for help.", "It names Albania twice."]
    assert "You took it out" in kept[1].said
    assert merge_points(base, mine, base) == merge_points(base, mine, mine)


def test_an_order_that_one_changed_is_kept_beside_what_the_other_added():
    a, b, c = ({"text": text, "tied": None} for text in ("First words.", "Then others.", "At last a third."))
    new = {"text": "New in the middle of it all.", "tied": None}
    assert [point.text for point in merge_points([a, b, c], [c, a, b], [a, new, b, c])] == [
        c["text"],
        a["text"],
        new["text"],
        b["text"],
    ]


def test_a_date_has_one_value():
    assert merge_value("2024-07-26", "2024-07-27", "2024-07-26") == ("2024-07-27", False)
    assert merge_value("2024-07-26", "2024-07-26", "2024-07-28") == ("2024-07-28", False)
    assert merge_value("2024-07-26", "2024-07-27", "2024-07-28") == ("2024-07-27", True)
