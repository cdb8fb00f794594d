"""Whatever is pasted, the check answers; and every place that it names is a place in the text given."""

from __future__ import annotations

import itertools
from datetime import date

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.press.telling_stories import STORIES, hold_facts, story
from tracker.ledger.models import Measure
from tracker.press.check import MOST_SIGNS, TooLong, check
from tracker.press.sentences import sentences

pytestmark = pytest.mark.django_db
anything = settings(max_examples=60, deadline=None, database=None, suppress_health_check=list(HealthCheck))

PIECES = [
    "S. Res. 141", "H.R. 4405", "Resolution 483", "S.\u00a0129", "S. Re\u00ads. 253", "the bill", "it", "Sen. Cory Booker", "Ted Cruz (R-TX)",
    "he", "introduced", "sponsored by", "cosponsored by", "passed", "the House", "the Senate", "on March 26", "last week", "by a vote of 52-48",
    "the Finance Committee", "17 cosponsors", "has not voted on", "became law", "\u201cthe House passed it\u201d", "would", ",", ".", "\r\n\r\n", "(", ")", "–",
    "No Tax on Tips Act", "Public Law 119-38", "\u2019s", "and", "in", "of", "\U0001f600", "é", "'", '"', "X says", "?",
]  # fmt: skip
PROSE = st.lists(st.sampled_from(PIECES) | st.text(max_size=6), max_size=40).map(" ".join)


@given(PROSE | st.text(max_size=300))
@anything
def test_every_quote_stands_where_it_is_said_to_stand(text):
    hold_facts_once()
    result = check(text, date(2025, 6, 1))
    for found in (*result.measures, *result.claims):
        start, end = found.at
        assert 0 <= start < end <= len(text)
        assert text[start:end] == (found.quote if hasattr(found, "quote") else found.cited_as)
    places = [c.at for c in result.claims]
    assert places == sorted(
        places, key=lambda at: (at[0], -at[1])
    )  # of two that begin together the longer first
    for claim in result.claims:
        assert claim.verdict in ("true", "false", "outgrown", "unverifiable")
        assert claim.evidence


def hold_facts_once() -> None:
    if not Measure.objects.exists():
        hold_facts()


@given(PROSE)
@anything
def test_sentences_follow_one_another_and_lose_no_word(text):
    found = list(sentences(text))
    assert all(a.end <= b.start for a, b in itertools.pairwise(found))
    assert "".join("".join(text[s.start : s.end].split()) for s in found) == "".join(text.split())


@pytest.mark.parametrize("path", STORIES[:6], ids=lambda path: path.stem)
def test_the_same_is_read_whatever_signs_it_is_typed_with(path):
    hold_facts()
    tale = story(path)
    typed = (
        tale.text.replace("'", "\u2019")
        .replace("\n", "\r\n")
        .replace("Senate", "Sen\u00adate")
        .replace(". Res", ".\u00a0Res")
    )
    plain, other = check(tale.text, tale.day), check(typed, tale.day)
    assert [(c.kind, c.verdict, c.record) for c in plain.claims] == [
        (c.kind, c.verdict, c.record) for c in other.claims
    ]


def test_a_long_text_costs_no_more_questions_than_a_short_one():
    hold_facts()
    tale = story(STORIES[0])
    counts = []
    for times in (1, 40):
        with CaptureQueriesContext(connection) as asked:
            check("\n\n".join([tale.text] * times), tale.day)
        counts.append(len(asked))
    assert counts[0] == counts[1] <= 16


def test_what_is_longer_than_an_article_is_refused_with_its_bound():
    with pytest.raises(TooLong, match="1,000,000"):
        check("x" * (MOST_SIGNS + 1))


NO_CLAIMS = [
    "S. 129 would have passed the House.",
    "If S. 129 passes the House, the president will sign it.",
    "“S. 129 passed the House,” Cruz said.",
    "Sen. Ted Cruz said that S. 129 had passed the House.",
    "Did S. 129 pass the House?",
    "S. 129 needs 60 cosponsors.",
    "Cruz hopes that S. 129 becomes law.",
    "Had S. 129 passed the House, it would be law.",
    "A companion bill passed the House on May 1.",
    "An amendment to S. 129 was introduced by Sen. Jacky Rosen.",
]


@pytest.mark.parametrize("words", NO_CLAIMS)
def test_wishes_conditions_questions_and_what_people_say_are_no_claims(words):
    hold_facts()
    assert [c for c in check(words, date(2025, 6, 1)).claims if c.verdict == "false"] == []


def test_a_number_that_may_be_two_measures_is_no_answer():
    hold_facts()
    (cited,) = check("Resolution 9999 was passed.", date(2025, 6, 1)).measures
    assert (cited.measure, cited.sure) == (None, False)
    assert "H.Res. 9999 or S.Res. 9999" in cited.why


@pytest.mark.parametrize(
    "words",
    [
        "U.N. Resolution 2758",
        "Security Council Resolution 141",
        "Texas Senate Bill 129",
        "the City Council's Resolution 141",
        "Senate Bill 129 of the Texas Legislature",
    ],
)
def test_texts_of_others_are_no_measures(words):
    hold_facts()
    assert check(f"{words} was adopted on May 1.", date(2025, 6, 1)).measures == ()


def test_the_congress_is_that_of_the_article_unless_it_says_another():
    hold_facts()
    then = check("S.Res. 599 was introduced on March 20.", date(2024, 7, 27)).measures
    later = check("S.Res. 599 of the 118th Congress died.", date(2025, 6, 1)).measures
    last = check("In the last Congress, S.Res. 599 died.", date(2025, 6, 1)).measures
    assert [m.measure for m in (*then, *later, *last)] == ["118/sres/599"] * 3


def test_a_senate_that_has_not_agreed_asserts_nothing():
    hold_facts()
    result = check(
        "S.Res. 599 is long. In it the Senate asserts that the refugees must be protected.", date(2024, 7, 27)
    )
    (claim,) = [c for c in result.claims if c.note and "proposed this" in c.note]
    assert (claim.verdict, claim.quote) == ("unverifiable", "the Senate asserts")
