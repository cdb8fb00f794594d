"""`/measures/…/kin`: what says the same by its words, with the evidence, and the line through the Congresses."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from django.test import Client

from tests.api.holding import hold, record
from tracker.ledger.models import Measure, measure_pk
from tracker.texts.models import Kin

pytestmark = pytest.mark.django_db

PATH = "/api/v1/measures/119/sres/145/kin"
EVIDENCE = {
    "carried": [["w3", "w4", "nearly", 0.81], ["p1", "p1", "same", 1.0]],
    "same_sponsor": True,
    "same_title": False,
    "title_words": ["iranian", "refugees"],
    "has_texts": True,
}


@pytest.fixture
def line() -> list[Measure]:
    """The one of before, that of today, and one of the House that shares a paragraph."""
    hold(record("118/sres/599", introduced_on="2024-03-20", actions=()))
    hold(record())
    hold(record("119/hres/166", introduced_on="2025-02-26", actions=()))
    older, own, house = (
        Measure.objects.get(pk=measure_pk(*key))
        for key in ((118, "sres", 599), (119, "sres", 145), (119, "hres", 166))
    )
    found_at = datetime(2025, 4, 1, tzinfo=UTC)
    Kin.objects.create(
        first=older,
        second=own,
        kind="again",
        score=88,
        evidence=EVIDENCE,
        found_at=found_at,
        state="confirmed",
    )
    Kin.objects.create(
        first=house, second=own, kind="paragraph", score=95, evidence=EVIDENCE, found_at=found_at
    )
    return [older, own, house]


def test_kin_come_with_evidence_and_what_staff_said_the_same_as_a_whole_first(line, settings) -> None:
    settings.SITE_URL = "https://whereas.example"
    answer = Client().get(PATH)
    whole, paragraph = answer.json()["kin"]
    assert (whole["measure"], whole["relation"], whole["is_earlier"]) == ("118/sres/599", "again", True)
    assert (whole["score"], whole["confirmed"], whole["same_sponsor"], whole["same_title"]) == (88, True, True, False)  # fmt: skip
    assert whole["clauses"][0] == {"before": "w3", "after": "w4", "how": "nearly", "share": 0.81}
    assert whole["compare_url"] == (
        "https://whereas.example/measures/119/sres/145/text/compare/?from=118/sres/599&to=119/sres/145"
    )
    assert (paragraph["measure"], paragraph["relation"], paragraph["confirmed"]) == (
        "119/hres/166",
        "paragraph",
        False,
    )


def test_the_line_is_all_that_is_the_same_and_each_in_short_form(line) -> None:
    told = Client().get(PATH).json()["line"]
    assert [each["id"] for each in told] == ["118/sres/599", "119/sres/145"]
    short = Client().get("/api/v1/measures?congress=118").json()["results"][0]
    assert told[0] == short
    assert Client().get(PATH.replace("119/sres/145", "119/hres/166")).json()["line"] == []


def test_what_staff_refuse_is_gone_from_both_and_the_answer_is_another(line) -> None:
    before = Client().get(PATH)["ETag"]
    assert Client().get(PATH, headers={"If-None-Match": before}).status_code == 304
    Kin.objects.filter(kind="again").update(state=Kin.State.REFUSED)
    after = Client().get(PATH, headers={"If-None-Match": before})
    assert after.status_code == 200
    assert [each["measure"] for each in after.json()["kin"]] == ["119/hres/166"] and after.json()[
        "line"
    ] == []


def test_a_measure_that_is_not_held_and_an_unknown_parameter_are_said() -> None:
    assert Client().get(PATH).status_code == 404
    hold(record())
    assert Client().get(f"{PATH}?as_of=2025-05-01").json()["parameter"] == "as_of"
