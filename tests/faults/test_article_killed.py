"""A worker that is killed while it checks a kept article: nothing is told before it is kept, and nothing twice."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.installation import Installation

pytestmark = pytest.mark.django_db

BEGIN = """
from tests.api.holding import WARNOCK, cosponsor, hold, record
from tests.desk import cast, writing
from tracker.desk import kept_articles
from tracker.desk.models import Kind
hold(record("119/sres/145", cosponsors=(cosponsor(WARNOCK),)))
article = "The text of S.Res. 145 is short. S.Res. 145 has one cosponsor."
words = {**writing.WORDS[Kind.PRESS_COVERAGE], "on": "2025-04-02", "article": article}
writing.draft(cast.a_contributor(), {"measure_id": 1198000145}, Kind.PRESS_COVERAGE, fields=words)
assert kept_articles.look_again() == 1
"""
MOVE = """
from datetime import timedelta
from tests.api.holding import FIRST_SEEN, LAWLER, WARNOCK, cosponsor, hold, record
names = (cosponsor(WARNOCK), cosponsor(LAWLER))
hold(record("119/sres/145", cosponsors=names, updated_at="2025-05-01T08:00:00Z"), at=FIRST_SEEN + timedelta(days=30))
"""
CHECK = """
from tracker.desk import kept_articles
kept_articles.look_again()
"""


def told(whereas: Installation) -> list[list[tuple[object, ...]]]:
    return [
        whereas.rows("SELECT quote, event_id, outcome FROM desk_movedclaim"),
        whereas.rows("SELECT about FROM desk_outgoingmail"),
        whereas.rows("SELECT event FROM desk_citedmeasure ORDER BY measure"),
    ]


def test_what_a_killed_worker_found_is_found_again_and_told_once(tmp_path: Path) -> None:
    with Installation(tmp_path, "http://127.0.0.1:9") as whereas:
        whereas.finish("shell", "-c", BEGIN)
        whereas.finish("shell", "-c", MOVE)
        before = told(whereas)
        assert before[0] == before[1] == []
        assert whereas.killed("shell", "-c", CHECK, WHEREAS_FAILPOINT="before article commit")
        assert told(whereas) == before
        whereas.finish("shell", "-c", CHECK)
        after = told(whereas)
        assert [row[0] for row in after[0]] == ["one cosponsor"]
        assert len(after[1]) == 1
        whereas.finish("shell", "-c", CHECK)
        assert told(whereas) == after
