"""`manage.py bench` runs from end to end; what it measures is judged by whoever runs it."""

from __future__ import annotations

from pathlib import Path
from zipfile import ZipFile

import pytest

from tests.operate.programs import KEY, finish
from tracker.operate.bench import corpus
from tracker.operate.bench.measured import ProgramFailed, cost_of
from tracker.records.billstatus import read_billstatus


def test_made_up_measures_are_read_like_real_ones_and_are_the_same_each_time(tmp_path: Path) -> None:
    for name in ("one", "two"):
        (tmp_path / name).mkdir()
        corpus.make_up(tmp_path / name, 20)
    made = list(corpus.documents(tmp_path / "one"))
    assert made == list(corpus.documents(tmp_path / "two"))
    assert len(made) == 20
    for congress, type, number, body in made:
        reading = read_billstatus(body, expected=(congress, type, number))
        assert not reading.unknown
        assert reading.record.title
        assert reading.record.actions


def _resolutions_with_texts(folder: Path) -> None:
    """210 resolutions whose texts the source does not have: more than one poll asks for."""
    corpus.make_up(folder, 700)
    (folder / "BILLSTATUS-119-hr.zip").unlink()
    made = list(corpus.documents(folder))
    with ZipFile(folder / "BILLSTATUS-119-sres.zip", "w") as zipped:
        for _, _, number, body in made:
            name = f"BILLS-119sres{number}is"
            listed = f"<formats><item><url>https://www.govinfo.gov/content/pkg/{name}/xml/{name}.xml</url></item></formats>"
            told = body.replace(b"</item></textVersions>", f"{listed}</item></textVersions>".encode())
            zipped.writestr(f"BILLSTATUS-119sres{number}.xml", told)


def test_load_load_again_and_a_poll_with_nothing_due_stand_beside_their_floors(tmp_path: Path) -> None:
    data, var = tmp_path / "data", tmp_path / "var"
    data.mkdir()
    _resolutions_with_texts(data)
    ended = finish(
        *("manage.py", "bench", "--data", str(data), "--no-pages"), var=var, timeout=300, SECRET_KEY=KEY
    )
    assert ended.returncode == 0, ended.stderr
    for row in (
        "load ",
        "  floor: parse",
        "load again, new zips",
        "load again, the same zips",
        "  floor: read",
        "quiet poll",
    ):
        assert f"\n{row}" in ended.stdout
    assert "requests for bill status: 1," in ended.stdout


def test_new_texts_find_their_kin_among_as_many_as_asked_for(tmp_path: Path) -> None:
    ended = finish("manage.py", "bench", "--kin", "60", var=tmp_path, timeout=300, SECRET_KEY=KEY)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("60 texts held, made up;")
    assert "\n50 new texts find their kin" in ended.stdout and "ms of one, cpu: median" in ended.stdout


def test_two_texts_as_long_as_asked_for_are_compared(tmp_path: Path) -> None:
    ended = finish("manage.py", "bench", "--compare", "900", var=tmp_path, SECRET_KEY=KEY)
    assert ended.returncode == 0, ended.stderr
    assert ended.stdout.startswith("made-up clauses;") and "\nread, edit and compare them all" in ended.stdout
    assert "one clause of all, 10 words in 100 others: 901 and 901 words," in ended.stdout


def test_a_folder_without_zips_is_named(tmp_path: Path) -> None:
    ended = finish("manage.py", "bench", "--data", str(tmp_path), var=tmp_path, SECRET_KEY=KEY)
    assert ended.returncode == 1
    assert ended.stderr == f"{tmp_path} holds no BILLSTATUS-<congress>-<type>.zip with a measure in it.\n"


def test_a_program_that_fails_is_told_with_its_last_words(tmp_path: Path) -> None:
    program = "import sys; print('the last words'); sys.exit(3)"
    with pytest.raises(ProgramFailed, match="status 3: the last words"):
        cost_of(["-c", program], cwd=tmp_path, environment={}, said=tmp_path / "said")


def test_memory_is_the_programs_own_not_that_of_whoever_started_it(tmp_path: Path) -> None:
    ballast = bytearray(80_000_000)
    cost = cost_of(["-I", "-S", "-c", "pass"], cwd=tmp_path, environment={}, said=tmp_path / "said")
    assert len(ballast) > 0
    assert cost.peak < 60
