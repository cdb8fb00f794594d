"""Publishing, correcting and withdrawing, sent from a browser and killed on the way: readers have all of it or nothing."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.faults.installation import Installation

pytestmark = pytest.mark.django_db

POINTS = ("publishing", "entry event written", "before publish commit")

BEGIN = """
from tests.builders import held
from tests.desk.cast import a_contributor, an_editor
from tests.desk.writing import about, in_review
a, e = a_contributor(), an_editor()
in_review(a, about(held()), title="In plain words")
"""
CORRECTION = """
from tests.desk.writing import POINTS
from tracker.desk import entries
from tracker.desk.models import Entry, User
entry, cora = Entry.objects.get(), User.objects.get(email="cora@example.org")
entries.save(entry, cora, based_on=1, title="In plainer words", fields=POINTS)
entries.ask(entry, cora, version=2)
"""
SEND = """
from tests.desk.cast import signed_in
from tracker.desk.models import Entry, User
entry = Entry.objects.get()
browser = signed_in(User.objects.get(email="edith@example.org"), SERVER_NAME="localhost")
answer = browser.post(f"/desk/entries/{entry.pk}/%s/", {"version": entry.version, "why": "It was wrong."})
assert answer.status_code == 302, answer.content.decode()
"""


def standing(whereas: Installation) -> dict[str, object]:
    """What of an entry is written where."""
    (state,) = whereas.rows("SELECT state, version, public_version, read_at_event FROM desk_entry")
    (measure,) = whereas.rows("SELECT last_event, changed_at FROM ledger_measure")
    return {
        "entry": state,
        "measure": measure,
        "publications": whereas.rows("SELECT number, act, title, event_id FROM desk_publication ORDER BY id"),
        "events": whereas.rows(
            "SELECT id, kind FROM ledger_changeevent WHERE kind LIKE 'entry_%' ORDER BY id"
        ),
        "steps": whereas.rows("SELECT step, revision_number FROM desk_review ORDER BY id"),
        "acts": whereas.rows("SELECT verb FROM desk_act WHERE object LIKE 'entry/%' ORDER BY id"),
    }


def test_whoever_is_killed_while_publishing_has_published_all_of_it_or_nothing(tmp_path: Path) -> None:
    done = []
    with Installation(tmp_path, "http://127.0.0.1:9") as whereas:
        whereas.finish("shell", "-c", BEGIN)
        for step, act in (("publish", "published"), ("publish", "corrected"), ("withdraw", "withdrawn")):
            if act == "corrected":
                whereas.finish("shell", "-c", CORRECTION)
            before = standing(whereas)
            for point in POINTS:
                assert whereas.killed("shell", "-c", SEND % step, WHEREAS_FAILPOINT=point), (act, point)
                assert standing(whereas) == before, (act, point)
            whereas.finish("shell", "-c", SEND % step)
            done.append(act)
            after = standing(whereas)
            assert [row[1] for row in after["publications"]] == done
            assert [row[1] for row in after["events"]] == [f"entry_{each}" for each in done]
            assert [row[3] for row in after["publications"]] == [row[0] for row in after["events"]]
            assert after["measure"][0] == after["events"][-1][0]
            assert after["steps"][-1][0] == act
            assert f"{after['measure'][0]} events" in whereas.finish("verify")
