"""The entries that ship with Whereas: true to their text, in the log and no news, and never written over what staff made of them."""

from __future__ import annotations

import json
import re
from pathlib import Path
from typing import Any

import pytest
from django.test import Client

from tests.builders import billstatus, incoming
from tests.desk.writing import draft
from tests.pages.reading import visible
from tracker.desk import entries, publishing, starter
from tracker.desk.models import Entry, Kind, Publication, User
from tracker.desk.readiness import careful
from tracker.desk.starter import load_starter_entries
from tracker.ledger import chain
from tracker.ledger.apply import apply
from tracker.ledger.models import ChangeEvent, Measure
from tracker.ledger.starter import load_starter
from tracker.records.bill_text import read_bill_text

pytestmark = pytest.mark.django_db

WRITTEN: list[dict[str, Any]] = json.loads(Path(starter.__file__).with_name("starter.json").read_bytes())


@pytest.fixture
def fresh(db: None) -> None:
    load_starter()
    load_starter_entries()


def get(path: str) -> str:
    response = Client().get(path)
    assert response.status_code == 200, path
    return response.content.decode()


def test_they_stand_beside_their_measures(fresh: None) -> None:
    page = get("/measures/119/sres/145/")
    words = visible(page)
    assert "In plain words Ours, not Congress’s." in words
    assert "it came with Whereas, without a second reader here" in words
    assert all(f"(paragraph {n} of the text)" in words for n in range(1, 6))
    assert not re.search(r"<a [^>]*>\(paragraph", page)  # no text is there yet to lead to
    words = visible(get("/measures/118/sres/599/"))
    assert "In the press, beside the record" in words
    assert "Robert Menendez (D-NJ), the seventh" in words
    assert "It is S.Res. 599, not H.Res. 599" in words


def test_they_are_in_the_log_and_the_api_and_news_to_nobody(fresh: None) -> None:
    assert visible(get("/changes/entries/")).count("came with Whereas") == len(WRITTEN)
    assert "Key points" not in get("/changes/")
    assert "came with Whereas" in get("/changes/?kind=entry_published")
    assert "Key points" not in get("/feeds/changes.atom")
    events = Client().get("/api/v1/changes?kind=entry_published").json()["results"]
    assert [(e["source"], e["after"]["read_alone"]) for e in events] == [("starter", True)] * len(WRITTEN)
    assert list(chain.verify()) == []


def test_they_come_once(fresh: None) -> None:
    assert load_starter_entries() == 0
    assert Entry.objects.count() == len(WRITTEN)


def test_what_staff_made_of_them_stays(fresh: None, editor: User, other_editor: User) -> None:
    entry = Entry.objects.get(measure__number=145)
    entries.save(entry, editor, based_on=1, title="Ours now", fields={"points": [{"text": "New."}]})
    entries.ask(entry, editor, version=2)
    publishing.correct(entry, other_editor, version=2, why="Said more plainly.")
    assert load_starter_entries() == 0
    assert "Ours now" in get("/measures/119/sres/145/")
    for each in Entry.objects.all():
        publishing.withdraw(each, editor, why="We write our own.")
    assert load_starter_entries() == 0


def test_an_editor_alone_may_correct_what_came_with_whereas_only_as_a_second_reader(
    fresh: None, editor: User
) -> None:
    entry = Entry.objects.get(measure__number=145)
    entries.save(entry, editor, based_on=1, title="Ours now", fields={"points": [{"text": "New."}]})
    entries.ask(entry, editor, version=2)
    assert publishing.is_own_work(entry, editor)


def test_they_do_not_come_where_somebody_has_written(contributor: User) -> None:
    load_starter()
    draft(
        contributor, {"measure_id": Measure.objects.get(congress=119, type="sres", number=145).pk}, Kind.NOTE
    )
    assert load_starter_entries() == 0


def test_they_do_not_come_beside_an_official_record(db: None) -> None:
    load_starter()
    apply([incoming(billstatus())])
    assert load_starter_entries() == 0
    assert not Entry.objects.exists()


def test_they_stay_when_the_official_document_comes(fresh: None) -> None:
    apply([incoming(billstatus())])
    assert "In plain words" in get("/measures/119/sres/145/")
    assert Publication.objects.count() == len(WRITTEN)
    assert ChangeEvent.objects.order_by("-id")[0].kind == "loaded"


def test_a_kill_before_the_commit_leaves_none_and_the_next_start_brings_all(
    db: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    load_starter()
    real, passes = publishing.failpoint, []

    def die(name: str) -> None:
        passes.append(name)
        if passes.count("before publish commit") == 3:
            raise KeyboardInterrupt
        real(name)

    monkeypatch.setattr(publishing, "failpoint", die)
    with pytest.raises(KeyboardInterrupt):
        load_starter_entries()
    assert not Entry.objects.exists()
    monkeypatch.undo()
    assert load_starter_entries() == len(WRITTEN)


@pytest.mark.parametrize("entry", WRITTEN, ids=lambda entry: entry["name"])
def test_they_say_would_and_no_longer_than_a_reader_bears(entry: dict[str, Any]) -> None:
    points = [point["text"] for point in entry["fields"].get("points", [])]
    assert careful([entry["fields"].get("lead", ""), *points], pending=True).holds
    assert all("would" in point and len(point.split()) <= 30 for point in points)


@pytest.mark.real_data
@pytest.mark.parametrize(("congress", "number"), [(118, 599), (119, 145)])
def test_each_point_is_tied_to_the_words_of_its_paragraph(
    real_data: Path, congress: int, number: int
) -> None:
    import zipfile

    with zipfile.ZipFile(real_data / f"congress-{congress}/BILLS-{congress}-sres.zip") as texts:
        name = next(name for name in texts.namelist() if f"{congress}sres{number}is" in name)
        text = read_bill_text(texts.read(name))
    (written,) = (
        each for each in WRITTEN if each["measure"].endswith(f"/{number}") and each["kind"] == "key_points"
    )
    ties = [point["tied"] for point in written["fields"]["points"]]
    by_anchor = {clause.anchor: clause.digest for clause in text.operative}
    assert {tie["anchor"]: tie["digest"] for tie in ties} == {
        anchor: digest for anchor, digest in by_anchor.items() if re.fullmatch(r"p\d", anchor)
    }
