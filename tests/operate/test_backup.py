"""Everything in one file, and back: whole, on either kind of database, or not at all."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import msgspec
import pytest
from django.apps import apps
from django.core.management import call_command
from django.db import connection
from django.test import Client

from tests.builders import AGREED, COONS, INTRODUCED, REFERRED, held
from tests.desk import cast
from tests.emptying import empty
from tests.faults.installation import Installation
from tests.following.cast import a_follower, following
from tracker.ledger import chain
from tracker.ledger.models import Measure
from tracker.operate import backup

pytestmark = pytest.mark.django_db


@pytest.fixture
def something() -> None:
    """A little of everything."""
    held(cosponsors=[(COONS, "2025-03-27")])
    held(updated_at="2025-06-03T10:00:00Z", actions=[AGREED, REFERRED, INTRODUCED])
    held(146, title="A resolution on <bridges> & “ferries” – naïve.")
    cast.an_editor()
    following(a_follower(), "measure", "119/sres/145", muted=["title_changed"])


def rows() -> dict[str, list[str]]:
    """Every row of every table that is kept, in words that do not depend on the database."""
    found = {}
    for model in apps.get_models(include_auto_created=True):
        if model._meta.managed and model._meta.app_label not in ("contenttypes", "sessions", "auth"):
            names = [field.attname for field in model._meta.concrete_fields if field.column]
            found[model._meta.db_table] = sorted(
                json.dumps(row, default=_plain, sort_keys=True)
                for row in model._base_manager.order_by().values(*names)
            )
    return found


def _plain(value: Any) -> str:
    return bytes(value).hex() if isinstance(value, bytes | memoryview) else str(value)


@pytest.mark.django_db(transaction=True)
def test_what_was_kept_comes_back_row_for_row(something: None, tmp_path: Path, client: Client) -> None:
    before, head = rows(), chain.head()
    page = client.get("/api/v1/measures/119/sres/145").content
    feed = client.get("/feeds/changes.atom").content
    call_command("backup", str(tmp_path / "whole.zip"))
    empty()
    assert rows() != before
    call_command("restore", str(tmp_path / "whole.zip"))
    assert rows() == before
    assert chain.head() == head
    assert client.get("/api/v1/measures/119/sres/145").content == page
    assert client.get("/feeds/changes.atom").content == feed
    assert b"ferries" in client.get("/measures/?q=ferries").content


@pytest.mark.django_db(transaction=True)
def test_after_a_restore_the_ledger_goes_on_and_is_guarded(something: None, tmp_path: Path) -> None:
    call_command("backup", str(tmp_path / "whole.zip"))
    call_command("restore", str(tmp_path / "whole.zip"), "--replace")
    held(147)
    call_command("verify")
    with pytest.raises(Exception, match="only grows"), connection.cursor() as cursor:
        cursor.execute("UPDATE ledger_changeevent SET subject = 'x'")
    cast.an_admin()  # a new row gets a number of its own


def test_what_is_held_is_not_replaced_unasked(something: None, tmp_path: Path, capsys: Any) -> None:
    call_command("backup", str(tmp_path / "whole.zip"))
    with pytest.raises(SystemExit):
        call_command("restore", str(tmp_path / "whole.zip"))
    assert "--replace" in capsys.readouterr().err
    assert Measure.objects.count() == 2


def test_a_file_that_is_there_is_not_written_over(something: None, tmp_path: Path, capsys: Any) -> None:
    (tmp_path / "whole.zip").write_text("mine")
    with pytest.raises(SystemExit):
        call_command("backup", str(tmp_path / "whole.zip"))
    assert (tmp_path / "whole.zip").read_text() == "mine"


def test_a_folder_that_cannot_be_written_is_named(something: None, tmp_path: Path, capsys: Any) -> None:
    with pytest.raises(SystemExit):
        call_command("backup", str(tmp_path / "nowhere" / "whole.zip"))
    assert "cannot be written" in capsys.readouterr().err


def _cut(file: Path) -> None:
    file.write_bytes(file.read_bytes()[: file.stat().st_size // 2])


def _flip(file: Path) -> None:
    body = bytearray(file.read_bytes())
    body[len(body) // 3] ^= 0xFF
    file.write_bytes(bytes(body))


def test_every_byte_counts(something: None, tmp_path: Path) -> None:
    file = tmp_path / "whole.zip"
    call_command("backup", str(file))
    whole = file.read_bytes()
    for place in (*range(0, len(whole), max(len(whole) // 200, 1)), len(whole) - 1):
        body = bytearray(whole)
        body[place] ^= 0x01
        file.write_bytes(bytes(body))
        with pytest.raises(backup.BadBackup):
            backup.inspect(file)


def _empty_file(file: Path) -> None:
    file.write_bytes(b"")


def _words(file: Path) -> None:
    file.write_text("no zip at all")


def _manifest(change: Callable[[dict[str, Any]], None]) -> Callable[[Path], None]:
    def altered(file: Path) -> None:
        with zipfile.ZipFile(file) as old:
            members = {name: old.read(name) for name in old.namelist()}
        manifest = json.loads(members[backup.MANIFEST])
        change(manifest)
        members[backup.MANIFEST] = json.dumps(manifest).encode()
        _sealed(file, members)

    return altered


def _sealed(file: Path, members: dict[str, bytes]) -> None:
    """A file with these members that looks whole: by somebody who knows the format."""
    with zipfile.ZipFile(file, "w") as new:
        for name, body in members.items():
            new.writestr(name, body)
        new.comment = b"0" * 64
    body = file.read_bytes()[:-64]
    file.write_bytes(body + hashlib.sha256(body).hexdigest().encode())


def _first_event(place: int, value: Any) -> Callable[[Path], None]:
    """Somebody who knows the format changes an event, and the digests with it."""
    return lambda file: _rewrite(file, place, value)


def _rewrite(file: Path, place: int, value: Any) -> None:
    with zipfile.ZipFile(file) as old:
        members = {name: old.read(name) for name in old.namelist()}
    body = members["tables/ledger_changeevent"]
    batch = msgspec.msgpack.decode(body[4:])
    batch[0][place] = value
    packed = msgspec.msgpack.encode(batch)
    members["tables/ledger_changeevent"] = body = len(packed).to_bytes(4, "big") + packed
    manifest = json.loads(members[backup.MANIFEST])
    manifest["tables"]["ledger_changeevent"]["sha256"] = hashlib.sha256(body).hexdigest()
    members[backup.MANIFEST] = json.dumps(manifest).encode()
    _sealed(file, members)


@pytest.mark.parametrize(
    ("spoil", "said"),
    [
        (_cut, "no whole backup"),
        (_flip, "not byte for byte"),
        (_empty_file, "no whole backup"),
        (_words, "no whole backup"),
        (_manifest(lambda m: m["migrations"].append("ledger.9999_of_next_year")), "newer release"),
        (_manifest(lambda m: m["migrations"].remove("ledger.0001_initial")), "older release"),
        (_manifest(lambda m: m.update(format=9)), "format 9"),
        (_manifest(lambda m: m["tables"].pop("ledger_measure")), "lacks the table"),
        (_manifest(lambda m: m["tables"]["desk_user"].update(rows=7)), "should have 7"),
        (_manifest(lambda m: m.update(events=1)), "should end at 1"),
        (_first_event(2, "vanished"), "does not hold"),
        (_first_event(1, "no number"), "holds what no release writes"),
        (lambda file: file.unlink(), "no such file"),
    ],
)
def test_a_bad_file_is_named_in_one_line_and_changes_nothing(
    spoil: Callable[[Path], None], said: str, something: None, tmp_path: Path, capsys: Any
) -> None:
    file = tmp_path / "whole.zip"
    call_command("backup", str(file))
    before = rows()
    spoil(file)
    with pytest.raises(SystemExit):
        call_command("restore", str(file), "--replace")
    error = capsys.readouterr().err.strip()
    assert said in error
    assert error.endswith("Nothing was changed.")
    assert "\n" not in error
    assert rows() == before


@pytest.mark.postgresql
@pytest.mark.django_db(transaction=True)
def test_a_backup_of_one_kind_of_database_comes_back_on_the_other(something: None, tmp_path: Path) -> None:
    """PostgreSQL to SQLite and back: what a reader could see is the same row for row."""
    before = rows()
    call_command("backup", str(tmp_path / "from-postgresql.zip"))
    sqlite = Installation(tmp_path / "other", "http://127.0.0.1:9", kind="sqlite")
    with sqlite:
        sqlite.finish("restore", str(tmp_path / "from-postgresql.zip"))
        sqlite.finish("verify")
        sqlite.finish("backup", str(tmp_path / "from-sqlite.zip"))
    call_command("restore", str(tmp_path / "from-sqlite.zip"), "--replace")
    assert rows() == before
