"""`/measures/…/supporters`: who came and who went, day by day, and what was reached."""

from __future__ import annotations

import pytest
from django.test import Client

from tests.api.holding import WARNOCK, cosponsor, hold, record
from tracker.records.model import SponsorRecord

pytestmark = pytest.mark.django_db

PATH = "/api/v1/measures/119/sres/145/supporters"
CRUZ = SponsorRecord("C001098", "Sen. Cruz, Ted [R-TX]", "R", "TX")


def test_days_end_at_what_the_record_counts():
    hold(record(cosponsors=(cosponsor(WARNOCK), cosponsor(CRUZ, "2025-04-02", withdrawn_on="2025-05-06"))))
    told = Client().get(PATH).json()
    counts = Client().get("/api/v1/measures/119/sres/145").json()["cosponsor_counts"]
    assert (told["measure"], told["seats"], told["majority"]) == ("119/sres/145", 100, 51)
    assert [(day["on"], day["joined"], day["left"], day["signed"]) for day in told["days"]] == [
        ("2025-03-27", ["W000790"], [], 2),
        ("2025-04-02", ["C001098"], [], 3),
        ("2025-05-06", [], ["C001098"], 2),
    ]
    assert (told["days"][-1]["total"], told["days"][-1]["by_party"]) == (counts["total"], counts["by_party"])


def test_firsts_are_told_with_whom_they_are_about_and_both_clocks_hold():
    hold(record(cosponsors=(cosponsor(CRUZ), cosponsor(WARNOCK, "2025-04-02"))))
    assert Client().get(PATH).json()["milestones"] == [
        {"on": "2025-04-02", "kind": "first_of_party", "words": "The first Democrat, from the other party than its sponsor", "members": ["W000790"]}
    ]  # fmt: skip
    assert Client().get(f"{PATH}?on=2025-03-30").json()["milestones"] == []
    assert Client().get(f"{PATH}?as_of=2024-01-01").status_code == 404


def test_where_a_day_is_missing_no_count_is_guessed():
    hold(record(cosponsors=(cosponsor(WARNOCK, None),)))
    assert Client().get(PATH).json()["days"] == []
