"""The fields of each kind of entry: what is taken, what is refused with which sentence, what is still missing."""

from __future__ import annotations

from datetime import date
from typing import Any

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.desk.writing import WORDS
from tracker.desk import kinds
from tracker.desk.fields import NotValid
from tracker.desk.models import Kind

TODAY = date(2025, 6, 1)


def errors(kind: str, fields: dict[str, Any]) -> dict[str, str]:
    with pytest.raises(NotValid) as wrong:
        kinds.read(kind, fields, day=TODAY)
    return wrong.value.errors


@pytest.mark.parametrize("kind", list(Kind))
def test_words_go_through_the_database_and_come_back(kind: str) -> None:
    words = kinds.read(kind, WORDS[kind], day=TODAY)
    assert kinds.words(kind, kinds.stored(words)) == words
    assert kinds.missing(words, title="A title") == {}


@pytest.mark.parametrize("kind", list(Kind))
def test_a_draft_may_lack_anything_and_a_review_names_what_is_missing(kind: str) -> None:
    words = kinds.read(kind, {}, day=TODAY)
    lacks = kinds.missing(words)
    assert lacks
    assert set(lacks) <= {"title", *type(words).__struct_fields__}
    assert all(sentence.endswith(".") for sentence in lacks.values())


@pytest.mark.parametrize(
    ("kind", "fields", "name", "said"),
    [
        (Kind.NOTE, {"body": "x" * 50_001}, "body", "50,001 bytes"),
        (Kind.NOTE, {"body": ["x"]}, "body", "Give text"),
        (Kind.KEY_POINTS, {"lead": "x" * 2_001}, "lead", "2,001 characters"),
        (
            Kind.KEY_POINTS,
            {"points": [{"text": "a"}, {"text": "x" * 601}]},
            "points.1.text",
            "601 characters",
        ),
        (Kind.KEY_POINTS, {"points": [{"text": "a"}] * 41}, "points", "at most 40"),
        (Kind.KEY_POINTS, {"points": "a"}, "points", "list"),
        (Kind.KEY_POINTS, {"points": ["a"]}, "points", "list"),
        (Kind.KEY_POINTS, {"points": [{"text": "a", "tied": {"kind": "law"}}]}, "points.0.tied", "neither"),
        (
            Kind.KEY_POINTS,
            {"points": [{"text": "a", "tied": {"kind": "clause", "version": "is", "anchor": 'p1"><b>'}}]},
            "points.0.tied",
            "list once more",
        ),
        (Kind.STATUS_UPDATE, {"on": "2025-02-30"}, "on", "2025-03-27"),
        (Kind.STATUS_UPDATE, {"on": "yesterday"}, "on", "“yesterday” is no day since 1789. Write it as"),
        (Kind.STATUS_UPDATE, {"on": "2025-06-02"}, "on", "still to come"),
        (Kind.STATUS_UPDATE, {"on": "1492-10-12"}, "on", "no day since 1789"),
        (Kind.STATUS_UPDATE, {"source_url": "www.example.org"}, "source_url", "https://"),
        (Kind.PRESS_COVERAGE, {"url": "https://a@b.org"}, "url", "@"),
        (Kind.PRESS_COVERAGE, {"headline": "x" * 301}, "headline", "301 characters"),
        (Kind.CORRECTION, {"of": "-1"}, "of", "list"),
        (Kind.CORRECTION, {"of": True}, "of", "list"),
        (Kind.POSITION, {"stance": "maybe"}, "stance", "supports, opposes, neutral"),
    ],
)
def test_what_cannot_be_kept_is_named_with_what_to_do(
    kind: str, fields: dict[str, Any], name: str, said: str
) -> None:
    found = errors(kind, fields)
    assert set(found) == {name}
    assert said in found[name]


def test_all_that_is_wrong_is_named_at_once() -> None:
    assert set(errors(Kind.POSITION, {"stance": "x", "url": "x", "on": "x"})) == {"stance", "url", "on"}


def test_fields_that_a_kind_has_not_are_dropped() -> None:
    fields = {"body": "x", "state": "published", "author": 1, "id": 7, "html": "<script>"}
    assert kinds.stored(kinds.read(Kind.NOTE, fields, day=TODAY)) == {"body": "x"}


def test_empty_points_go_and_a_tie_without_words_stays_to_be_written() -> None:
    tie = {"kind": "action", "key": "a1b2c3"}
    fields = {"points": [{"text": " "}, {"text": "", "tied": tie}, {"text": "b", "tied": ""}]}
    words = kinds.read(Kind.KEY_POINTS, fields, day=TODAY)
    assert isinstance(words, kinds.KeyPoints)
    assert [point.text for point in words.points] == ["", "b"]
    assert set(kinds.missing(words)) == {"points.0.text"}


def test_what_nobody_can_see_is_taken_out() -> None:
    words = kinds.read(Kind.NOTE, {"body": " a\x00b\r\nc\x1b[0m\ud800 "}, day=TODAY)
    assert kinds.stored(words) == {"body": "ab\nc[0m"}


def test_a_line_stays_a_line() -> None:
    assert kinds.read_title(" In\nplain \t words ") == "In plain words"


def test_the_text_of_an_article_is_not_public() -> None:
    words = kinds.read(Kind.PRESS_COVERAGE, WORDS[Kind.PRESS_COVERAGE], day=TODAY)
    shown = kinds.public(words)
    assert isinstance(shown, kinds.PressCoverage)
    assert shown.article == ""
    assert msgspec.structs.replace(shown, article=WORDS[Kind.PRESS_COVERAGE]["article"]) == words


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=8), inner, max_size=4),
    max_leaves=12,
)
names = sorted(
    {name for made in map(kinds.read, Kind, [{}] * len(Kind)) for name in type(made).__struct_fields__}
)


@given(st.sampled_from(list(Kind)), st.dictionaries(st.sampled_from(names), json_values, max_size=6))
def test_whatever_a_program_sends_is_read_or_refused_and_never_an_accident(
    kind: str, fields: dict[str, Any]
) -> None:
    try:
        words = kinds.read(kind, fields, day=TODAY)
    except NotValid as wrong:
        assert wrong.errors
        return
    assert kinds.words(kind, kinds.stored(words)) == words
    assert kinds.read(kind, kinds.stored(words), day=TODAY) == words
