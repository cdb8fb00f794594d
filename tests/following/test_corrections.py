"""A correction of our words reaches whoever got the wrong ones, by mail and by webhook, and nobody else."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from django.core import mail
from django.core.management import call_command
from django.utils import timezone

from tests.builders import held
from tests.desk import cast
from tests.following.cast import a_follower, deliver, following, from_here_on
from tests.following.test_fan_out import entry_event
from tracker.following import endpoints, fan_out
from tracker.following.forgetting import forget_old
from tracker.following.models import Call, Endpoint, Follow

pytestmark = pytest.mark.django_db


def called(kind: str) -> set[str]:
    """The endpoints that an event of this kind goes to."""
    return set(Call.objects.filter(event__kind=kind).values_list("endpoint__name", flat=True))


@pytest.fixture
def told() -> None:
    """One reader and two endpoints were told of our words; others came later."""
    editor = cast.an_editor()
    held()
    from_here_on()
    following(a_follower("told@example.org"), "measure", "119/sres/145")
    endpoints.add(editor, "told", "https://example.org/told", "")
    endpoints.add(editor, "told of all kinds", "https://example.org/chosen", "kind=entry_published")
    endpoints.add(editor, "of laws", "https://example.org/laws", "kind=became_law")
    entry_event("entry_published")
    deliver()
    following(a_follower("late@example.org"), "measure", "119/sres/145")
    endpoints.add(editor, "late", "https://example.org/late", "")
    mail.outbox.clear()


@pytest.mark.parametrize("kind", ["entry_corrected", "entry_withdrawn"])
def test_those_who_got_the_words_and_only_they_are_told(told: None, kind: str) -> None:
    Follow.objects.filter(follower__email="told@example.org").delete()  # whatever they follow now
    Endpoint.objects.filter(name="told").update(query="kind=became_law")
    entry_event(kind)
    deliver()
    assert [one.to for one in mail.outbox] == [["told@example.org"]]
    assert called(kind) == {"told", "told of all kinds"}
    entry_event(kind)
    deliver()
    assert [one.to for one in mail.outbox] == [["told@example.org"]] * 2


def test_words_and_their_correction_worked_off_at_once_reach_an_endpoint_both(told: None) -> None:
    held(146)
    entry_event("entry_corrected")
    fan_out.fan_out()
    assert called("entry_corrected") == {"told", "told of all kinds"}
    Call.objects.all().delete()
    entry_event("entry_published")
    entry_event("entry_corrected")
    fan_out.fan_out()
    assert called("entry_published") == called("entry_corrected") == {"told", "told of all kinds", "late"}


def test_what_was_forgotten_meanwhile_is_not_who_was_told(told: None) -> None:
    Call.objects.update(state=Call.State.ACCEPTED, due_at=timezone.now() - timedelta(days=100))
    forget_old()
    entry_event("entry_corrected")
    deliver()
    assert [one.to for one in mail.outbox] == [["told@example.org"]]
    assert called("entry_corrected") == {"told", "told of all kinds"}


@pytest.mark.django_db(transaction=True)
def test_a_backup_knows_who_was_told(told: None, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "whole.zip"))
    Follow.objects.all().delete()
    call_command("restore", str(tmp_path / "whole.zip"), "--replace")
    entry_event("entry_corrected")
    deliver()
    assert [one.to for one in mail.outbox] == [["told@example.org"]]
    assert called("entry_corrected") == {"told", "told of all kinds"}
