"""Plain signs, with the way back: whatever an article is made of, a place in it stays a place in it."""

from __future__ import annotations

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
    assert Plain(original[first:last]).text == plain.text[start:end]


def test_signs_without_width_are_taken_out_of_words():
    plain = Plain("Resolu\u00adtion\u200b 599 \u201cof\u201d Mr.\u00a0X\u2019s")
    assert plain.text == 'Resolution 599 "of" Mr. X\'s'
    assert plain.original[slice(*plain.span(0, 14))] == "Resolu\u00adtion\u200b 599"


def test_names_are_compared_without_case_and_accents():
    assert folded("Raúl GRIJALVA") == folded("raul grijalva")
