"""Texts that the operator brings in files: what is held of them, what is left to GovInfo, and what is said of either."""

from __future__ import annotations

import gzip
import json
import zipfile
from pathlib import Path

import pytest
from django.core.management import call_command
from django.test import Client

from tests.pages.reading import visible
from tests.texts.conftest import IS, Press, record
from tests.texts.printed import bill_dtd
from tracker.ledger.models import Document, Measure
from tracker.texts import due
from tracker.texts.clauses import clauses_of
from tracker.texts.models import MeasureText
from tracker.texts.polling import poll_texts

pytestmark = pytest.mark.django_db

MARCH = ("is", IS, "2025-03-27")
URL = "https://www.govinfo.gov/content/pkg/BILLS-119s12is/xml/BILLS-119s12is.xml"
PLAIN = """119th CONGRESS
1st Session
S. 12
IN THE SENATE OF THE UNITED STATES
To mend what floods have broken.
SECTION 1. Short title
This Act may be cited as the “Banks of Rivers Act”.
SEC. 2. Mending
The Secretary shall mend within 5 years what floods have broken."""


def line(**changed: object) -> dict[str, object]:
    return {
        "congress": 119,
        "type": "s",
        "number": 12,
        "version": "is",
        "date": "2025-03-27",
        "url": URL,
        "text": PLAIN,
    } | changed


def lines(path: Path, *rows: dict[str, object], packed: bool = True) -> Path:
    body = "\n".join(map(json.dumps, rows)).encode()
    path.write_bytes(gzip.compress(body) if packed else body)
    return path


def texts(capsys: pytest.CaptureFixture[str], *files: Path, status: int = 0) -> str:
    if status:
        with pytest.raises(SystemExit) as ended:
            call_command("texts", *map(str, files))
        assert ended.value.code == status
    else:
        call_command("texts", *map(str, files))
    out = capsys.readouterr()
    return out.out + out.err


@pytest.fixture
def bill(press: Press) -> Measure:
    return record(12, MARCH, type="s")


@pytest.mark.parametrize("packed", [True, False])
def test_the_text_of_a_bill_is_held_read_and_said_to_have_been_brought(
    bill: Measure, press: Press, tmp_path: Path, capsys: pytest.CaptureFixture[str], packed: bool
) -> None:
    file = lines(tmp_path / "texts.jsonl.gz", line(), packed=packed)
    assert texts(capsys, file) == "texts.jsonl.gz: 1 now held\n"
    text = clauses_of(bill.pk)
    assert text is not None
    assert (text.version, text.url, text.on and text.on.isoformat()) == (
        "is",
        URL,
        "2025-03-27",
    )
    document = Document.objects.get(pk=text.sha256)
    assert (document.source, document.body) == ("brought", PLAIN.encode())
    said = visible(Client().get("/measures/119/s/12/text/").content.decode())
    assert "The Secretary shall mend within 5 years" in said
    assert "brought in, and not sent by GovInfo" in said
    assert texts(capsys, file) == "texts.jsonl.gz: 0 now held; 1 held before\n"
    assert poll_texts().line() == "texts: nothing due, 0 failed"
    assert press.asked == []


def test_a_zip_of_published_texts_is_read_and_only_what_a_record_lists_is_held(
    bill: Measure, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with zipfile.ZipFile(tmp_path / "BILLS-119-1-s.zip", "w") as made:
        made.writestr("BILLS-119s12is.xml", bill_dtd(number=12))
        made.writestr("BILLS-119s12es.xml", bill_dtd(number=12))
        made.writestr("BILLS-119s13is.xml", bill_dtd(number=13))
        made.writestr("readme.txt", "no text")
    said = texts(capsys, tmp_path / "BILLS-119-1-s.zip")
    assert said == "BILLS-119-1-s.zip: 1 now held; 2 that no record held here lists\n"
    assert MeasureText.objects.get().package == "BILLS-119s12is"


def test_what_govinfo_may_have_is_left_to_it_and_what_it_has_not_is_held(
    press: Press, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    measure = record(145, MARCH)
    file = lines(tmp_path / "texts.jsonl", line(type="sres", number=145), packed=False)
    assert "1 left to GovInfo, which was not asked for them yet" in texts(capsys, file)
    assert clauses_of(measure.pk) is None
    assert poll_texts().absent == 1
    assert texts(capsys, file) == "texts.jsonl: 1 now held\n"
    row = MeasureText.objects.get()
    assert (row.state, row.error, row.attempts) == ("held", None, 0)
    assert not due.lease(row.due_at, limit=5)


def test_what_is_no_text_is_told_and_nothing_of_it_is_held(
    bill: Measure, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    empty = lines(tmp_path / "empty.jsonl.gz", line(text=""))
    assert "BILLS-119s12is: the document is empty" in texts(capsys, empty, status=1)
    assert not MeasureText.objects.exists()
    for name, body, told in (
        ("prose.txt", b"Whereas", "prose.txt, line 1: JSON is malformed"),
        ("cut.gz", gzip.compress(b'{"congress": 119}' * 9)[:30], "cut.gz: "),
        ("short.jsonl", b'{"congress": 119}', "short.jsonl, line 1: Object missing required field `type`"),
        (
            "odd.jsonl",
            json.dumps(line(type="law")).encode(),
            "odd.jsonl, line 1: BILLS-119law12is is no text of a measure",
        ),
    ):
        (tmp_path / name).write_bytes(body)
        assert told in texts(capsys, tmp_path / name, status=1)
    assert "none.zip: " in texts(capsys, tmp_path / "none.zip", status=1)
