"""Words find measures, on both databases, whatever a reader types."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.builders import brought, held
from tracker.ledger.models import Measure
from tracker.ledger.search import matching

pytestmark = pytest.mark.django_db


def found(query: str) -> list[int]:
    return list(matching(Measure.objects.all(), query).order_by("rank").values_list("number", flat=True))


@pytest.fixture
def three():
    held(1, title="A resolution protecting refugees in Albania.", subjects=["Human rights"])
    held(2, title="A resolution honoring nurses.", subjects=["Refugees"])
    held(3, title="A resolution on fisheries.")


def test_all_words_must_stand_in_it_in_any_form(three):
    assert found("protect refugee") == [1]
    assert found("fishery nurse") == []


def test_a_title_ranks_before_a_subject(three):
    assert found("refugees") == [1, 2]


def test_a_word_may_be_cut_short_by_a_star(three):
    assert found("fish*") == [3]


def test_the_sponsor_and_the_citation_find_it(three):
    assert sorted(found("Tillis")) == [1, 2, 3]
    assert found("S.Res. 2") == [2]


def test_a_title_that_changed_is_found_by_its_new_words_only(three):
    brought(3, title="A resolution on forests.", updated_at="2025-06-03T10:00:00Z")
    assert found("fisheries") == []
    assert found("forests") == [3]


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=200, deadline=None)
@given(
    query=st.text(max_size=200)
    | st.sampled_from(['a"b', "AND", "x:y", "-", "S.Res.145", "NEAR(a b)", "'", "\\", "*", "a*b"])
)
def test_nothing_that_is_typed_is_an_error(three, query):
    found(query)


def test_the_very_word_in_a_title_comes_before_others_of_its_stem():
    held(1, title="Denouncing the horrors of socialism.")
    for number in (2, 3, 4):
        held(number, title=f"Social Security {number}.", subjects=["Social welfare"])
    assert found("socialism")[0] == 1
    assert found("social")[-1] == 1
