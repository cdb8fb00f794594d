"""The audit: every act is written with what it tells of, and nobody can change it afterwards."""

from __future__ import annotations

from datetime import date

import pytest
from django.db import DatabaseError, connection, transaction
from django.test import Client

from tracker.desk import acts
from tracker.desk.models import Act, User

pytestmark = pytest.mark.django_db


def _act(by: User | None = None) -> Act:
    return acts.record(by, "rename_topic", "topic/2", "Renamed  a\ntopic", before={"on": date(2025, 3, 27)})


def test_an_act_tells_who_what_when_and_from_which_network(editor: User) -> None:
    with acts.coming_from("203.0.113.77"):
        act = _act(editor)
    act.refresh_from_db()
    assert (act.by, act.verb, act.object, act.summary) == (
        editor,
        "rename_topic",
        "topic/2",
        "Renamed a topic",
    )
    assert act.before == {"on": "2025-03-27"}
    assert act.origin == "203.0.113.0/24"
    with acts.coming_from("2001:db8:1:2:3::9"):
        assert _act().origin == "2001:db8:1::/48"
    assert _act().origin == ""


@pytest.mark.parametrize("change", ["UPDATE desk_act SET by_id = NULL", "DELETE FROM desk_act"])
def test_the_database_refuses_to_change_what_was_done(editor: User, change: str) -> None:
    _act(editor)
    with (
        pytest.raises(DatabaseError, match="only grows"),
        transaction.atomic(),
        connection.cursor() as cursor,
    ):
        cursor.execute(change)
    assert Act.objects.get().by == editor


@pytest.mark.parametrize(
    "wrong", [("Rename", "topic/2"), ("x" * 31, "topic/2"), ("rename", "topic 2"), ("rename", "")]
)
def test_a_verb_or_an_object_in_another_form_is_refused(wrong: tuple[str, str]) -> None:
    with pytest.raises(ValueError, match="give"):
        acts.record(None, *wrong, "")


@pytest.mark.django_db(transaction=True)
def test_an_act_stands_and_falls_with_what_it_tells_of() -> None:
    with pytest.raises(RuntimeError):
        _act()
    with pytest.raises(ZeroDivisionError), transaction.atomic():
        _act()
        raise ZeroDivisionError
    assert not Act.objects.exists()


def test_a_name_can_be_removed_while_the_act_stays(editor: User) -> None:
    act = _act(editor)
    User.objects.update(name="", email="gone@example.invalid")
    act.refresh_from_db()
    assert act.by == editor


def test_acts_know_the_network_of_the_request_they_belong_to(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    seen: list[str] = []
    monkeypatch.setattr(
        "tracker.desk.doors._to_sign_in", lambda request: seen.append(acts._origin.get()) or 1 / 0
    )
    with pytest.raises(ZeroDivisionError):
        client.get("/desk/", REMOTE_ADDR="198.51.100.7")
    assert seen == ["198.51.100.0/24"]
    assert acts._origin.get() == ""
