"""What a measure was before and what it came back as: told by whoever asks, from the pairs that were found."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from tests.builders import billstatus, incoming
from tracker.ledger.apply import apply
from tracker.ledger.models import Measure, measure_pk
from tracker.texts.lineage import predecessors, successors
from tracker.texts.models import Kin

pytestmark = pytest.mark.django_db

FOUND_AT = datetime(2025, 7, 1, 12, tzinfo=UTC)


def held(congress: int, number: int, introduced_on: str, type: str = "sres") -> Measure:
    body = billstatus(number, congress=congress, type=type, introduced_on=introduced_on, actions=())
    apply([incoming(body, number, congress=congress, type=type)])
    return Measure.objects.get(pk=measure_pk(congress, type, number))


def pair(first: Measure, second: Measure, score: int, kind: str = "again", state: str = "found") -> Kin:
    return Kin.objects.create(
        first=first, second=second, kind=kind, score=score, evidence={}, found_at=FOUND_AT, state=state
    )


@pytest.fixture
def line() -> list[Measure]:
    """Three Congresses' own, one of the House, and what shares a paragraph or too little."""
    first, second, other = (
        held(117, 9, "2021-02-01"),
        held(118, 599, "2024-03-20"),
        held(118, 7, "2023-02-01", "hres"),
    )
    now, back = held(119, 145, "2025-03-27"), held(119, 900, "2026-02-01")
    pair(first, now, 95)
    pair(second, now, 60)
    pair(other, now, 90)
    pair(second, back, 55)
    pair(held(118, 40, "2023-05-01"), now, 99, kind="paragraph")
    pair(held(118, 41, "2023-05-02"), now, 40)
    pair(held(118, 42, "2023-05-03"), now, 98, state="refused")
    pair(held(118, 43, "2023-05-04"), now, 35, state="confirmed")
    return [first, second, other, now, back]


def citations(relatives) -> list[str]:
    return [f"{each.measure.congress}/{each.measure.type}/{each.measure.number}" for each in relatives]


def test_the_nearest_come_first_and_neither_paragraphs_nor_what_was_refused_at_all(
    line: list[Measure],
) -> None:
    found = predecessors(line[3])
    assert citations(found) == ["118/sres/43", "118/sres/599", "118/hres/7", "117/sres/9"]
    assert found[1].pair.score == 60
    assert successors(line[3]) == []


def test_what_one_came_back_as_is_known_from_the_day_it_was_introduced(line: list[Measure]) -> None:
    assert citations(successors(line[1])) == ["119/sres/145", "119/sres/900"]
    assert citations(successors(line[1], on=date(2025, 12, 31))) == ["119/sres/145"]


def test_nothing_was_known_before_it_was_found(line: list[Measure]) -> None:
    assert predecessors(line[3], as_of=datetime(2025, 7, 1, 11, tzinfo=UTC)) == []
    assert len(predecessors(line[3], as_of=FOUND_AT)) == 4
