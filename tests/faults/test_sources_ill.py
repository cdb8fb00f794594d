"""Every fault in every place: one clear line, the source is marked, nothing is lost or invented, and the next poll heals it.

RELIABILITY, section 3: S1 to S5 and S18, each cell alone. The record is a real one of June 2025; between its load and the
faults three days pass, in which fourteen of its files changed and two came.
"""

from __future__ import annotations

from collections import Counter

import pytest
from django.db import transaction

from tests.faults.ailing import (
    API_ITEM,
    API_LIST,
    BATCHES,
    FILE,
    HASTY,
    INDEX,
    LATER,
    LISTING,
    MEMBERS,
    SITEMAP,
    ZIP,
    Place,
    assert_marked,
    assert_told_in_lines,
    assert_well,
    held,
    impatient,
    kinds,
    record,
    told,
    validators,
    whole,
)
from tests.journeys.test_load import held_against_truth
from tracker.ledger import outside
from tracker.ledger.models import DueFetch, Source

pytestmark = [pytest.mark.real_data, pytest.mark.django_db]

PLACES: dict[str, Place] = {
    "files": FILE,
    "zip": ZIP,
    "sitemap index": INDEX,
    "sitemap": SITEMAP,
    "batches": BATCHES,
    "listing": LISTING,
    "API list": API_LIST,
    "API item": API_ITEM,
    "members": MEMBERS,
}
#: Name: the fault as it is posted, and words of which one must be in the line.
FAULTS: dict[str, tuple[dict, tuple[str, ...]]] = {
    "hang": ({"kind": "hang", "seconds": 5}, ("nothing came for 1.5 s",)),
    "slow": ({"kind": "slow", "rate": 20}, ("less than 1,000 bytes a second", "nothing came for 1.5 s")),
    "drop": ({"kind": "drop"}, ("connection closed",)),
    "truncate": ({"kind": "truncate"}, ("short body",)),
    "garbage": ({"kind": "garbage"}, ("not ",)),
    "empty": ({"kind": "empty"}, ("empty",)),
    "html": ({"kind": "html"}, ("HTML page",)),
    "json": (
        {"kind": "json"},
        ("not XML", "not ZIP", "an error came with 200", "folder listing", "expected"),
    ),
    "json with 500": ({"kind": "json", "status": 500}, ("answered 500",)),
    "blank": ({"kind": "blank"}, ("empty", "lists nothing", "came where")),
    "flip": ({"kind": "flip"}, ("not ", "cannot be unpacked")),
    "bomb": ({"kind": "bomb"}, ("document type declaration", "not ", "expected")),
    "xxe": ({"kind": "xxe"}, ("document type declaration", "not ", "expected")),
    "gzipbomb": ({"kind": "gzipbomb", "megabytes": 20}, ("unpack", "larger than the limit")),
    "zipbomb": (
        {"kind": "zipbomb", "megabytes": 20},
        ("not ", "no name", "larger than the limit", "unpacks to"),
    ),
    "zipslip": ({"kind": "zipslip"}, ("not ", "no name")),
    "endless": ({"kind": "endless", "megabytes": 9}, ("larger than the limit",)),
    "redirect": ({"kind": "redirect"}, ("redirect refused",)),
    "403": ({"kind": "status", "status": 403}, ("answered 403 (Forbidden)",)),
    "410": ({"kind": "status", "status": 410}, ("answered 410 (Gone)",)),
    "503": ({"kind": "status", "status": 503}, ("answered 503 (Service Unavailable)",)),
}
#: Known to nobody, so that it can be looked for in what is said.
KEY = "planted-key-of-a-test"
#: Nothing wrong can be seen in these: a list of changes may be empty, and it is asked for again with an overlap.
PASS_UNSEEN = {("blank", "API list")}
#: Without these nothing can be learnt; what another place fails to tell, a second witness may (listing, batches, files).
NO_OTHER_WAY = {"sitemap index", "files", "API item"}


@pytest.fixture
def world(sources, settings):
    """Three days later; nobody has been asked yet."""
    settings.CONGRESS_API_KEY = ""
    sources.go(LATER)
    return sources


@pytest.fixture(scope="module")
def clean() -> dict:
    """What undisturbed polls come to, by the types that are followed; made by whoever needs it first."""
    return {}


def undisturbed(world, settings, clean, client) -> tuple:
    """The events and the record of a poll without faults, of which the truth is known to hold."""
    types = tuple(settings.MEASURE_TYPES)
    if types not in clean:
        with transaction.atomic():
            settings.MEASURE_TYPES = ["sres", "sconres"]
            assert world.poll() == []
            assert held_against_truth(client, world.replay) == {}
            transaction.set_rollback(True)
        settings.MEASURE_TYPES = list(types)
        with transaction.atomic():
            assert world.poll() == []
            clean[types] = told(), held()
            transaction.set_rollback(True)
    return clean[types]


def prepared(place: str, world, settings) -> list[dict]:
    """Whatever else has to be so that a poll comes by this place; faults to post beside the one under test."""
    if place == "zip":
        settings.MEASURE_TYPES = ["sres", "sconres"]
    if place == "listing":  # asked only where the sitemap fails
        return [world.ill(SITEMAP, "status", status=410)]
    if place == "members":  # an answer of 304 has no body to be ill
        Source.objects.filter(pk="legislators").update(marks={})
    if place.startswith("API"):
        settings.CONGRESS_API_KEY = KEY
    if place == "API item":  # asked only for what GovInfo is late with
        return [world.ill("sitemap|/rss/", "back", days=3)]
    return []


CELLS = [(fault, place) for place in PLACES for fault in FAULTS if (fault, place) not in PASS_UNSEEN]


@pytest.mark.parametrize(("fault", "place"), CELLS)
def test_a_fault_is_told_in_a_line_changes_nothing_and_heals_at_the_next_poll(
    fault, place, world, settings, clean, client, monkeypatch
):
    posted, words = FAULTS[fault]
    path, source = PLACES[place]
    beside = prepared(place, world, settings)
    expected = undisturbed(world, settings, clean, client)
    before, kept, served = record(), validators(), world.replay.stats()["requests"]
    ailing = [world.ill(path, **posted), *beside]
    world.replay.faults(*ailing)

    if fault in ("hang", "slow"):
        hasty = impatient(HASTY)
        monkeypatch.setattr(outside, "fetcher", lambda: hasty)
    failed = world.poll()
    well = impatient()
    monkeypatch.setattr(outside, "fetcher", lambda: well)

    assert_told_in_lines(failed, source)
    assert any(word in line for line in failed for word in words), failed
    assert_marked(source)
    assert not any(KEY in line for line in failed)
    if place == "members":
        assert Source.objects.get(pk="legislators").marks == {}
    assert_well(*({"govinfo", "congress.gov", "legislators"} - {source, "govinfo" if beside else source}))
    if place in NO_OTHER_WAY:
        assert_nothing_changed(before, kept)
    if place == "files":
        assert DueFetch.objects.exclude(error=None).exists()
    assert kinds() - expected_kinds(expected) == {}  # no event that a well source would not have made
    assert world.replay.stats()["requests"] - served < 150

    world.replay.faults()
    world.wait(minutes=15)
    assert world.poll() == []
    assert_well("govinfo", "congress.gov", "legislators")
    assert (told(), held()) == expected
    assert not DueFetch.objects.exists()
    whole()


def expected_kinds(expected) -> Counter[str]:
    found: Counter[str] = Counter()
    for row, count in expected[0].items():
        found[row[1]] += count
    return found


def assert_nothing_changed(before, kept) -> None:
    now = record()
    assert {name for name in now if now[name] != before[name]} == set()
    assert validators() == kept
