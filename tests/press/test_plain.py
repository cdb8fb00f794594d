"""Plain signs, with the way back: whatever an article is made of, a place in it stays a place in it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tracker.press.plain import Plain, folded

SIGNS = st.text(
    st.sampled_from("aA. ,\u00ad\u200b\u2060\ufeff\u201c\u201d\u2019\u00a0\r\n\u2013é\U0001f600"), max_size=60
)


@given(SIGNS | st.text(max_size=60))
def test_every_sign_leads_back_to_its_own_place(original):
    plain = Plain(original)
    place = 0
    for at in range(len(plain.text)):
        start, end = plain.span(at, at + 1)
        assert (end - start, start >= place) == (1, True)
        place = end
        kept, there = plain.text[at], original[start]
        assert kept == there or not (kept.isalnum() or there.isalnum())


@given(SIGNS, st.data())
def test_a_stretch_covers_what_was_taken_out_of_it(original, data):
    plain = Plain(original)
    if not plain.text:
        return
    start = data.draw(st.integers(0, len(plain.text) - 1))
    end = data.draw(st.integers(start + 1, len(plain.text)))
    first, last = plain.span(start, end)
    again = Plain(original[first:last]).text  # a broken line may go on in one and end in the other
    assert again.replace("\n", " ") == plain.text[start:end].replace("\n", " ")


def test_signs_without_width_are_taken_out_of_words():
    plain = Plain("Resolu\u00adtion\u200b 599 \u201cof\u201d Mr.\u00a0X\u2019s")
    assert plain.text == 'Resolution 599 "of" Mr. X\'s'
    assert plain.original[slice(*plain.span(0, 14))] == "Resolu\u00adtion\u200b 599"


def test_names_are_compared_without_case_and_accents():
    assert folded("Raúl GRIJALVA") == folded("raul grijalva")


SAID = "On Wednesday, the House of Representatives passed\nthe bill.\n\nIt now goes on."


@pytest.mark.parametrize(
    "pasted",
    [
        SAID,
        SAID.replace("\n", "\r\n"),
        "<p>On Wednesday, the&nbsp;House of <b>Represen&shy;tatives</b> passed the bill.</p>It now goes on.",
        "<!-- head --><P class='a'>On Wednesday, the House of Representatives passed the bill.<br/>It now goes on.",
    ],
)
def test_a_page_with_its_tags_and_lines_broken_as_mails_are_read_as_their_words(pasted):
    plain = Plain(pasted)
    said = "House of Representatives passed the bill."
    start = plain.text.index(said)
    first, last = plain.span(start, start + len(said))
    assert pasted[first:last].startswith("House of ")
    assert pasted[first:last].endswith("the bill.")
    assert "\n\n" in plain.text.partition("bill.")[2].partition("It now")[0]


def test_a_sign_that_is_no_tag_stays():
    assert Plain("5 < 6 & 7 > 6").text == "5 < 6 & 7 > 6"


def test_a_headline_over_the_article_does_not_run_into_it():
    assert Plain("House passes the bill\nWASHINGTON – On Monday").text.count("\n") == 1
