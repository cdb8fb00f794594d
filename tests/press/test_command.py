"""`check_article`: the same answer as the API, for a terminal."""

from __future__ import annotations

import json
from datetime import date

import pytest
from django.core.management import call_command

from tests.press.telling_stories import STORIES, hold_facts, story
from tracker.press.check import check

pytestmark = pytest.mark.django_db


@pytest.fixture
def article(tmp_path):
    hold_facts()
    tale = story(next(path for path in STORIES if path.stem == "pope"))
    path = tmp_path / "article.txt"
    path.write_bytes(tale.text.replace("\n", "\r\n").encode())
    return path


def test_json_is_what_the_contract_has(article, capsys):
    call_command("check_article", str(article), date="2025-05-23", json=True)
    answer = json.loads(capsys.readouterr().out)
    assert answer == json.loads(json.dumps(check(article.read_bytes().decode(), date(2025, 5, 23)).as_json()))
    assert list(answer) == ["date", "measures", "claims"]


def test_plain_lines_say_what_is_wrong_and_what_the_record_has(article, capsys):
    call_command("check_article", str(article), date="2025-05-23")
    said = capsys.readouterr().out
    assert "✗ Not so: “H.Res. 253” [citation, 119/sres/253]" in said
    assert "Meant: S.Res. 253" in said
    assert "statements could be checked" in said.splitlines()[-1]


@pytest.mark.parametrize(
    ("name", "body", "options", "words"),
    [
        ("missing.txt", None, {}, "No such file"),
        ("bad.txt", b"\xff\xfe", {}, "not UTF-8"),
        ("fine.txt", b"S. 129", {"date": "soon"}, "not a day"),
        ("long.txt", b"x" * 1_000_001, {}, "1,000,000"),
    ],
)
def test_what_is_wrong_is_one_line_and_status_1(tmp_path, capsys, name, body, options, words):
    path = tmp_path / name
    if body is not None:
        path.write_bytes(body)
    with pytest.raises(SystemExit) as ended:
        call_command("check_article", str(path), **options)
    assert ended.value.code == 1
    said = capsys.readouterr().err
    assert words in said
    assert len(said.strip().splitlines()) == 1
