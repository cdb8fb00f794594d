"""Published texts: three dresses, one reading; anchors that the same clause keeps; and bytes that are no text."""

from __future__ import annotations

import random

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from tests.texts.printed import CHAPEAU, PARAGRAPHS, PLAIN, RECITALS, bill_dtd, uslm
from tracker.records.bill_text import BillText, digest_of, normalised, read_bill_text
from tracker.records.bill_text_units import mark_name
from tracker.records.model import DocumentRefused

DRESSES = {"bill-dtd": bill_dtd(), "uslm": uslm(), "plain": PLAIN}


def inside(body: str, **given: str) -> BillText:
    """A resolution without recitals and with this body."""
    return read_bill_text(bill_dtd((), body=body, **given))


@pytest.mark.parametrize("format", DRESSES)
def test_every_dress_gives_the_same_clauses(format: str) -> None:
    text = read_bill_text(DRESSES[format])
    assert text.format == format
    assert [clause.anchor for clause in text.clauses] == ["w1", "w2", "w3", "r1", "p1", "p2", "p3"]
    assert [clause.text for clause in text.recitals] == list(RECITALS)
    assert [clause.text for clause in text.operative] == [CHAPEAU, *PARAGRAPHS]
    assert [clause.mark for clause in text.operative] == [None, "(1)", "(2)", "(3)"]
    assert [clause.level for clause in text.operative] == [0, 1, 1, 1]
    assert text.resolving == "Resolved,"
    assert text.struck == ()


@pytest.mark.parametrize("format", DRESSES)
def test_every_dress_gives_the_same_head(format: str) -> None:
    head = read_bill_text(DRESSES[format]).head
    assert head.designation == "S. RES. 145"
    assert (head.congress, head.session) == ("119th CONGRESS", "1st Session")
    assert head.chamber == "IN THE SENATE OF THE UNITED STATES"
    assert (head.kind, head.official_title) == ("RESOLUTION", "Honoring those who keep the banks of rivers.")
    assert head.sponsors == (
        "Mr. Tillis (for himself and Mrs. Shaheen) submitted the following resolution; which was referred to the "
        "Committee on Foreign Relations"
    )
    assert [(line.day, line.words == head.sponsors) for line in head.actions] == [("March 27, 2025", True)]


def test_digests_are_the_same_in_every_dress_and_change_with_the_words() -> None:
    digests = [[clause.digest for clause in read_bill_text(body).clauses] for body in DRESSES.values()]
    assert digests[0] == digests[1] == digests[2]
    assert digest_of(None, "the Senate’s “duty”") == digest_of(None, "the  Senate's ``duty''")
    assert digest_of(None, "a duty") != digest_of(None, "the duty")
    assert digest_of("Duty", "is owed") == digest_of(None, "Duty is owed")


def test_a_mark_makes_the_anchor_so_that_what_stands_before_does_not_move_it() -> None:
    one = inside(
        "<section><text>That—</text><paragraph><enum>(2)</enum><text>this;</text></paragraph></section>"
    )
    assert [clause.anchor for clause in one.clauses] == ["r1", "p2"]


@pytest.mark.parametrize(
    ("mark", "name"),
    [
        ("(1)", "1"),
        ("SEC. 2.", "2"),
        ("SECTION 1.", "1"),
        ("“(A)", "A"),
        ("(iv)", "iv"),
        ("Article II", "II"),
        ("1101A.", "1101A"),
        ("“Article  —", ""),
        ("", ""),
        (None, ""),
        ("—", ""),
    ],
)
def test_marks_as_printed_make_names(mark: str | None, name: str) -> None:
    assert mark_name(mark) == name


def test_sections_and_what_is_in_them_are_named_by_their_marks() -> None:
    text = inside(
        '<section section-type="section-one"><enum>1.</enum><header>Short title</header><text>This is short.</text></section>'
        "<section><enum>2.</enum><header>Duties</header><subsection><enum>(a)</enum><header>In general</header>"
        "<text>There are—</text><paragraph><enum>(1)</enum><text>one; and</text><subparagraph><enum>(A)</enum>"
        "<text>half of one.</text></subparagraph></paragraph><continuation-text>And so on.</continuation-text></subsection></section>"
    )
    assert [(clause.anchor, clause.mark, clause.heading, clause.text) for clause in text.clauses] == [
        ("s1", "SECTION 1.", "Short title", "This is short."),
        ("s2", "SEC. 2.", "Duties", ""),
        ("s2-a", "(a)", "In general", "There are—"),
        ("s2-a-1", "(1)", None, "one; and"),
        ("s2-a-1-A", "(A)", None, "half of one."),
        ("s2-a-c1", None, None, "And so on."),
    ]


def test_sections_are_numbered_through_whatever_title_they_stand_in() -> None:
    text = inside(
        "<title><enum>I</enum><header>First</header><section><enum>101.</enum><text>This.</text></section></title>"
        "<title><enum>II</enum><header>Second</header><section><enum>201.</enum><text>That.</text></section></title>"
    )
    assert [clause.anchor for clause in text.clauses] == ["title-I", "s101", "title-II", "s201"]


def test_a_mark_used_twice_gives_two_anchors() -> None:
    section = "<section><enum>2.</enum><text>Once.</text></section>"
    assert [clause.anchor for clause in inside(section * 3).clauses] == ["s2", "s2.2", "s2.3"]


def test_later_resolving_clauses_do_not_take_the_first_ones_paragraphs() -> None:
    section = "<section><text>That—</text><paragraph><enum>(1)</enum><text>so.</text></paragraph></section>"
    assert [clause.anchor for clause in inside(section * 2).clauses] == ["r1", "p1", "r2", "r2-1"]


def test_what_is_quoted_is_marked_and_closed_as_print_does() -> None:
    text = inside(
        "<section><text>That the following is proposed:</text><quoted-block style='OLC'><section><enum>1.</enum>"
        "<text>No one shall.</text></section><section><enum>2.</enum><text>Congress shall.</text></section>"
        "<after-quoted-block>.</after-quoted-block></quoted-block></section>"
    )
    assert [(clause.anchor, clause.mark, clause.text, clause.quoted) for clause in text.clauses] == [
        ("r1", None, "That the following is proposed:", False),
        ("r1-q-s1", "“SEC. 1.", "No one shall.", True),
        ("r1-q-s2", "“SEC. 2.", "Congress shall.”.", True),
    ]


def test_contents_are_left_out_but_those_that_a_law_is_given_are_words() -> None:
    toc = "<toc><toc-entry level='section'>Sec. 1. Short title.</toc-entry><toc-entry>Sec. 2. Duties.</toc-entry></toc>"
    text = inside(
        f"<section><enum>1.</enum><text>By inserting:</text>{toc}<quoted-block>{toc}</quoted-block></section>"
    )
    assert [(clause.anchor, clause.text) for clause in text.clauses] == [
        ("s1", "By inserting:"),
        ("s1-q-u1", "“Sec. 1. Short title.\nSec. 2. Duties.”"),
    ]


def test_quotation_marks_that_the_dtd_leaves_out_are_put_back() -> None:
    text = inside("<section><text>That <quote>this <quote>and</quote> that</quote> be read</text></section>")
    assert text.clauses[0].text == "That “this “and” that” be read"


def test_what_a_committee_strikes_is_no_part_of_the_text_and_is_kept_apart() -> None:
    text = inside(
        '<section changed="deleted"><enum>1.</enum><text>Old words.</text></section>'
        '<section changed="added"><enum>1.</enum><text>New words.</text><paragraph changed="deleted"><enum>(1)</enum>'
        "<text>gone.</text></paragraph></section>"
    )
    assert [(clause.anchor, clause.text) for clause in text.clauses] == [("s1", "New words.")]
    assert [(clause.anchor, clause.text) for clause in text.struck] == [
        ("x-s1", "Old words."),
        ("x-p1", "gone."),
    ]


def test_words_struck_within_a_clause_are_left_out() -> None:
    text = inside(
        '<section><text>That <deleted-phrase changed="deleted">this</deleted-phrase> it be</text></section>'
    )
    assert text.clauses[0].text == "That it be"


def test_a_formula_that_stands_apart_is_no_recital() -> None:
    text = read_bill_text(bill_dtd(["Whereas so;", "Now, therefore, be it"]))
    assert [clause.anchor for clause in text.recitals] == ["w1"]
    assert text.resolving == "Now, therefore, be it Resolved,"


def test_a_table_is_lines_of_its_cells() -> None:
    text = inside(
        "<section><text>As follows:</text><table><tgroup><tbody><row><entry>2026</entry><entry>$5</entry></row>"
        "<row><entry>2027</entry><entry>$6</entry></row></tbody></tgroup></table></section>"
    )
    assert text.clauses[0].text == "As follows:\n2026 $5\n2027 $6"


def test_letters_that_old_texts_write_as_entities_are_read_without_their_dtd() -> None:
    body = bill_dtd(body="<section><text>That&mdash;so &amp; &lt;so&gt;</text></section>")
    assert read_bill_text(body).operative[0].text == "That—so & <so>"


@pytest.mark.parametrize(
    ("body", "why"),
    [
        (b"", "the document is empty"),
        (b"  \n", "the document is empty"),
        (b"<billStatus/>", "the root element is 'billStatus': no text of a measure"),
        (b"<resolution/>", "no recital, section or paragraph is in it"),
        (bill_dtd()[:-30], "not well-formed XML"),
        (
            b"<!doctype html><title>Service unavailable</title><h1>We'll be right back</h1>",
            "no text of a measure",
        ),
        (b"<html><body><pre>nothing</pre></body></html>", "no text of a measure"),
        (b"plain words", "no text of a measure"),
        (bill_dtd(doctype='<!DOCTYPE resolution [<!ENTITY a "b">]>'), "declares something"),
        (bill_dtd(doctype='<!DOCTYPE resolution SYSTEM "file:///etc/passwd" [ ]>'), "declares something"),
        (bill_dtd(body="<section>" * 80 + "</section>" * 80), "nested deeper"),
        (bill_dtd().decode().encode("utf-16"), "no text of a measure"),
    ],
)
def test_what_is_no_text_is_refused_in_one_line(body: bytes, why: str) -> None:
    with pytest.raises(DocumentRefused, match=why) as refused:
        read_bill_text(body)
    assert "\n" not in str(refused.value)


def mangled(body: bytes, seed: int) -> bytes:
    """The body with a few pieces cut, doubled, swapped or overwritten."""
    dice = random.Random(seed)
    for _ in range(dice.randint(1, 6)):
        at, until = sorted(dice.randrange(len(body) + 1) for _ in range(2))
        piece = body[at:until]
        body = dice.choice(
            [
                body[:at] + body[until:],
                body[:until] + piece + body[until:],
                body[:at] + bytes(dice.randrange(256) for _ in range(dice.randint(1, 9))) + body[at:],
                body[:at] + piece[::-1] + body[until:],
                body.replace(b"section", b"whereas", dice.randint(1, 2)),
            ]
        )[:200_000]
    return body


@given(st.sampled_from(sorted(DRESSES)), st.integers(0, 2**32))
@example("bill-dtd", 0)
@settings(max_examples=400, deadline=None)
def test_mangled_bytes_are_read_or_refused_in_one_line(dress: str, seed: int) -> None:
    read_or_refused(mangled(DRESSES[dress], seed))


@given(st.binary(max_size=400))
@settings(max_examples=300, deadline=None)
def test_any_bytes_are_read_or_refused_in_one_line(body: bytes) -> None:
    read_or_refused(body)


@given(
    st.lists(
        st.sampled_from(
            [
                "Whereas so;",
                "SEC. 2. DUTY",
                "(a) In general.—So",
                "(1) one;",
                "(i) roman",
                "(A) x",
                "Resolved, That",
                "That so",
                "“(B) quoted”.",
                "and more",
                "119th CONGRESS",
                "",
            ]
        ),
        max_size=30,
    )
)
@settings(max_examples=300, deadline=None)
def test_any_lines_are_read_or_refused_in_one_line(lines: list[str]) -> None:
    read_or_refused("\n".join(lines).encode())


def read_or_refused(body: bytes) -> None:
    try:
        text = read_bill_text(body)
    except DocumentRefused as refused:
        said = str(refused)
        assert said and "\n" not in said and len(said) < 300
        return
    anchors = [clause.anchor for clause in (*text.clauses, *text.struck)]
    assert len(set(anchors)) == len(anchors)
    assert all(anchor and not any(sign.isspace() for sign in anchor) for anchor in anchors)
    assert all(clause.digest == digest_of(clause.heading, clause.text) for clause in text.clauses)


@given(st.text(max_size=100))
def test_normalising_twice_is_normalising_once(text: str) -> None:
    assert normalised(normalised(text)) == normalised(text)
