"""What is not published does not exist: every public address is asked, with and without it, by a stranger and by staff of lesser roles.

A marker stands in whatever readers must not see. It is in no answer; and no answer, not even its ETag, is another than before
the words were written.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import UTC, datetime
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from tests.builders import COONS, SHAHEEN, held
from tests.desk.cast import signed_in
from tests.desk.routes import ROUTES, SAMPLES
from tests.desk.writing import POINTS, WORDS, about, corrected, draft, in_review, public
from tracker.desk import entries, publishing, unsaved
from tracker.desk.models import Care, Entry, Kind, Topic, User
from tracker.ledger.models import Member

pytestmark = pytest.mark.django_db

MARKER = "Xylophonic"
BESIDE = 40  # numbers of entries that are asked for: those that are there, and those beside them
QUERIES = (
    "",
    "?as_of=2099-01-01",
    "?as_of={today}",
    "?on=2025-04-01",
    "?page=1",
    "?kind=entry_published",
    "?kind=entry_corrected&kind=entry_withdrawn",
    "?q=In+plain+words",
    "?from=1&to=2",
    "?topic=hidden",
    "?limit=250",
)
CHANGING = {
    "metrics",
    "accounts/logout/",
    "readyz",
    "healthz",
}  # they count, or wear a token, at each request


def addresses() -> Iterator[str]:
    """Every public address that can be read, filled in, with queries that it may or may not know."""
    today = datetime.now(UTC).date().isoformat()
    for route, rule in ROUTES.items():
        if rule.right is not None or "GET" not in rule.methods or rule.cookie or route in CHANGING:
            continue
        if route == "entries/<number:number>/":
            paths = [f"/entries/{number}/" for number in _numbers()]
        else:
            paths = ["/" + re.sub(r"<(?:\w+:)?(\w+)>", lambda found: SAMPLES[found[1]], route)]
        for path in paths:
            yield from (f"{path}{query.format(today=today)}" for query in QUERIES)


def _numbers() -> range:
    first = min(Entry.objects.values_list("pk", flat=True))
    return range(max(1, first - 2), first + BESIDE)


def answers(client: Client) -> dict[str, tuple[int, str | None, str]]:
    found = {}
    for path in addresses():
        response = client.get(path)
        body = b"".join(response.streaming_content) if response.streaming else response.content
        found[path] = (response.status_code, response.get("ETag"), body.decode())
    return found


def marked(words: dict[str, Any]) -> dict[str, Any]:
    """The same words with the marker in each text."""
    if "points" in words:
        return {"lead": f"{MARKER} lead", "points": [{"text": f"{MARKER} point {n}"} for n in range(3)]}
    texts = {"body", "outlet", "headline", "who", "seen_where", "article"}
    return {name: f"{MARKER} {value}" if name in texts else value for name, value in words.items()}


@pytest.fixture(autouse=True)
def _unhurried(settings: Any) -> None:
    """So many questions in a minute would be refused, and a refusal shows nothing."""
    settings.API_READS_PER_MINUTE = 0


@pytest.fixture
def world(contributor: User, editor: User) -> dict[str, Any]:
    """A measure, a member and a topic with something public on each, and something withdrawn."""
    measure = held(cosponsors=[(SHAHEEN, "2025-04-02"), (COONS, "2025-04-03")])
    Member.objects.update_or_create(
        bioguide="T000476", defaults={"name": "Thom Tillis", "sort_name": "Tillis"}
    )
    topic = Topic.objects.create(slug="iran", name="Iran", is_public=True, changed_at=datetime.now(UTC))
    things = {"measure": about(measure), "member": {"member": "T000476"}, "topic": {"topic_id": topic.pk}}
    shown = [public(contributor, editor, of, Kind.NOTE, title="Public") for of in things.values()]
    gone = public(contributor, editor, things["measure"], title="Withdrawn", fields=marked(POINTS))
    corrected(gone, contributor, editor, fields={**POINTS, "lead": MARKER}, title="Withdrawn")
    publishing.withdraw(gone.entry, editor, why="It was wrong.")
    return {"things": things, "public": shown, "measure": measure}


def hide(world: dict[str, Any], contributor: User, editor: User) -> None:
    """Write everything that readers must not see."""
    hidden = Topic.objects.create(slug="hidden", name=f"{MARKER} topic", changed_at=datetime.now(UTC))
    for of in (*world["things"].values(), {"topic_id": hidden.pk}):
        for kind, words in WORDS.items():
            entry = draft(contributor, of, kind, title=f"{MARKER} draft", fields=marked(words))
            unsaved.keep(entry, contributor, based_on=1, title=f"{MARKER} unsaved", fields=marked(words))
            entries.note(entry, editor, f"{MARKER} private note")
        entry = in_review(contributor, of, title=f"{MARKER} in review", fields=marked(POINTS))
        entries.send_back(entry, editor, version=1, why=f"{MARKER} reason")
        in_review(contributor, of, title=f"{MARKER} in review", fields=marked(POINTS))
    for publication in world["public"]:
        entries.save(
            publication.entry,
            contributor,
            based_on=1,
            title=f"{MARKER} correction",
            fields=marked(WORDS[Kind.NOTE]),
            why=f"{MARKER} why",
        )
    Care.objects.create(measure=world["measure"], note=f"{MARKER} care", changed_at=datetime.now(UTC))


def test_words_that_are_not_public_change_no_public_answer(
    world: dict[str, Any], contributor: User, editor: User
) -> None:
    now = timezone.now()  # pages that tell of the last minutes tell of the same ones
    with time_machine.travel(now, tick=False):
        before = answers(Client())
    assert sum(status == 200 for status, _, _ in before.values()) > 120
    assert sum(status == 200 and path.startswith("/entries/") for path, (status, _, _) in before.items()) == 4
    hide(world, contributor, editor)
    assert set(Entry.objects.values_list("pk", flat=True)) <= set(_numbers())
    with time_machine.travel(now, tick=False):
        after = answers(Client())
    seen = [path for path, (_, _, body) in after.items() if MARKER.lower() in body.lower()]
    assert seen == []
    assert [path for path in before if before[path][:2] != after[path][:2]] == []
    assert [path for path in before if before[path][2] != after[path][2]] == []


def test_staff_of_every_role_see_no_more_of_it_on_public_pages(
    world: dict[str, Any], contributor: User, editor: User, admin: User
) -> None:
    hide(world, contributor, editor)
    for client in (signed_in(contributor), signed_in(admin)):
        seen = [path for path, (_, _, body) in answers(client).items() if MARKER.lower() in body.lower()]
        assert seen == []


def test_what_was_withdrawn_and_what_a_topic_took_with_it_is_in_no_answer(
    world: dict[str, Any], contributor: User, editor: User
) -> None:
    """Titles above all: the log of changes, which forgets nothing, must never have had them."""
    for of in world["things"].values():
        shown = public(contributor, editor, of, Kind.NOTE, title=f"{MARKER} title")
        publishing.withdraw(shown.entry, editor, why="It was wrong.")
    topic = Topic.objects.create(
        slug="hidden", name=f"{MARKER} topic", is_public=True, changed_at=datetime.now(UTC)
    )
    first = public(contributor, editor, {"topic_id": topic.pk}, Kind.NOTE, title=f"{MARKER} title")
    corrected(first, contributor, editor, fields=WORDS[Kind.NOTE], title=f"{MARKER} corrected")
    assert f"{MARKER} topic" in Client().get("/changes/").content.decode()
    Topic.objects.filter(pk=topic.pk).update(is_public=False)
    found = answers(Client())
    assert [path for path, (_, _, body) in found.items() if MARKER.lower() in body.lower()] == []


def test_a_page_that_was_kept_stays_good_when_a_draft_is_written(
    world: dict[str, Any], contributor: User, editor: User
) -> None:
    paths = ("/measures/119/sres/145/", "/api/v1/measures/119/sres/145", "/changes/entries/", "/topics/iran/")
    tags = {path: Client().get(path)["ETag"] for path in paths}
    hide(world, contributor, editor)
    for path, tag in tags.items():
        assert Client().get(path, headers={"If-None-Match": tag}).status_code == 304, path


def test_no_search_finds_words_that_are_not_public(
    world: dict[str, Any], contributor: User, editor: User
) -> None:
    hide(world, contributor, editor)
    for path in (f"/api/v1/measures?q={MARKER}", f"/api/v1/changes?q={MARKER}"):
        assert Client().get(path).json()["results"] == [], path
    for path in (f"/measures/?q={MARKER}", f"/changes/?q={MARKER}", f"/feeds/changes.atom?q={MARKER}"):
        body = Client().get(path).content.decode()
        assert "/measures/119/sres/145/" not in body, path


@pytest.mark.parametrize("method", ["get", "head", "post", "options"])
def test_the_page_of_a_draft_is_as_absent_as_that_of_none(
    world: dict[str, Any], contributor: User, editor: User, method: str
) -> None:
    hide(world, contributor, editor)
    hidden = Entry.objects.filter(public_version=None).exclude(state=Entry.State.WITHDRAWN).first()
    assert hidden is not None
    one, other = (getattr(Client(), method)(f"/entries/{number}/") for number in (hidden.pk, 9999))
    assert one.status_code == other.status_code != 403
    assert sorted(one.headers) == sorted(other.headers)
