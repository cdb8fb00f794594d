"""A setting that cannot be used stops whatever is started, with one line that names it."""

from __future__ import annotations

import stat
from pathlib import Path

import pytest

from tests.operate.programs import KEY, environment, finish
from tracker.environment import TABLE
from tracker.variables import Variable

WRONG = {
    "DATABASE_URL": ["mysql://someone:hunter2@db/x", "postgres://h:port/x", "nonsense"],
    "CELERY_BROKER_URL": ["sqs://", "redis:///0", "amqp://someone:hunter2@h:notaport//", "nonsense"],
    "CACHE_URL": ["memcached://127.0.0.1", "redis://", "nonsense"],
    "EMAIL_URL": ["bogus://x", "smtp://", "smtp://someone:hunter2@h:port", "file:", "nonsense"],
    "BOUNCES_TO": ["bounces", "a b@example.org", "bounces+x@example.org"],
    "SECRET_KEY": ["", "   "],
    "SITE_URL": [
        "whereas.example.org",
        "ftp://x",
        "https://x/below",
        "https://x?y",
        "https://a b",
        "https://h:70000",
    ],
    "ALLOWED_HOSTS": ["https://x", "a b", ",", "x/y"],
    "DEBUG": ["maybe", "2"],
    "TRUSTED_PROXIES": ["10.0.0.1/8", "proxy", "1.2.3"],
    "METRICS_FROM": ["everyone", "1.2.3.4.5"],
    "CONGRESSES": ["119th", "0", "92", "999", "119;118", ","],
    "MEASURE_TYPES": ["sres,zres", "SRES", ","],
    "GOVINFO_URL": ["govinfo.gov", "file:///etc/passwd", "http://user:hunter2@h", "http://h:port"],
    "CONGRESS_API_URL": ["//api.congress.gov", "https://h/v3?key=hunter2"],
    "CONGRESS_API_KEY": ["two words", "hunter2;"],
    "HOUSE_CLERK_URL": ["clerk"],
    "SENATE_URL": ["senate"],
    "LEGISLATORS_URL": ["x y"],
    "POLL_SECONDS": ["15m", "0", "-1", "86401", "1.5"],
    "PACE_SECONDS": ["-1", "61", "fast", "nan", "inf"],
    "API_READS_PER_MINUTE": ["-1", "many", "1000001"],
    "SECOND_FACTOR": ["nobody", "admin", "everyone,admins"],
    "DJANGO_ADMIN": ["perhaps"],
    "PORT": ["0", "65536", "http"],
    "VAR_DIR": [],  # any folder may be named; one that cannot be written has its own test below
    "LOG_FORMAT": ["xml"],
}
CASES = [(name, value) for name, values in WRONG.items() for value in values]


def test_no_variable_is_without_a_wrong_value_here() -> None:
    assert WRONG.keys() == {variable.name for variable in TABLE}


@pytest.mark.parametrize(("name", "value"), CASES)
def test_a_wrong_value_is_named_in_one_line_with_what_is_accepted(
    name: str, value: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    variable = next(variable for variable in TABLE if variable.name == name)
    monkeypatch.setenv("DEBUG", "false")
    monkeypatch.setenv(name, value)
    with pytest.raises(ValueError) as wrong:
        variable.value()
    line = str(wrong.value)
    assert line.startswith(name)
    assert variable.accepted in line
    assert "\n" not in line
    assert "hunter2" not in line or not variable.secret


@pytest.mark.parametrize("variable", TABLE, ids=lambda variable: variable.name)
def test_an_empty_value_is_as_good_as_none(
    variable: Variable[object], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DEBUG", "true")  # so that an absent SECRET_KEY is no mistake
    monkeypatch.delenv(variable.name, raising=False)
    without = variable.value()
    monkeypatch.setenv(variable.name, "  ")
    assert variable.value() == without


@pytest.mark.parametrize(
    "command",
    [
        ["manage.py", "check"],
        ["manage.py", "run"],
        ["manage.py", "help"],
        ["-m", "celery", "--app", "tracker", "beat"],
        ["-m", "celery", "--app", "tracker", "worker"],
        ["-m", "gunicorn", "tracker.wsgi"],
        ["-c", "import tracker.wsgi"],
    ],
    ids=" ".join,
)
def test_every_program_stops_with_that_line_and_status_2(command: list[str], tmp_path: Path) -> None:
    ended = finish(*command, var=tmp_path, SECRET_KEY=KEY, POLL_SECONDS="15m")
    assert ended.returncode == 2
    assert ended.stderr == "POLL_SECONDS='15m': give whole seconds from 1 to 86400, such as 900.\n"
    assert ended.stdout == ""


def test_without_a_key_nothing_starts_unless_it_is_for_debugging(tmp_path: Path) -> None:
    ended = finish("manage.py", "check", var=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr.startswith("SECRET_KEY is not set: give ")
    assert finish("manage.py", "check", var=tmp_path, DEBUG="true").returncode == 0


def test_a_password_in_an_address_is_not_repeated(tmp_path: Path) -> None:
    ended = finish(
        "manage.py", "check", var=tmp_path, SECRET_KEY=KEY, DATABASE_URL="mysql://someone:hunter2@db/x"
    )
    assert ended.stderr.startswith("DATABASE_URL='mysql://…': give ")
    assert "hunter2" not in ended.stderr


def test_the_file_in_var_is_read_and_the_environment_comes_first(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text(f"SECRET_KEY='{KEY}'\nPOLL_SECONDS=soon\n", "utf-8")
    assert "POLL_SECONDS='soon'" in finish("manage.py", "check", var=tmp_path).stderr
    assert finish("manage.py", "check", var=tmp_path, POLL_SECONDS="60").returncode == 0


def test_a_file_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / ".env").write_bytes(b"SECRET_KEY=\xff\xfe\n")
    ended = finish("manage.py", "check", var=tmp_path)
    assert ended.returncode == 2
    assert ended.stderr == f"{tmp_path / '.env'} cannot be read: it is not UTF-8.\n"


def test_the_first_run_writes_a_key_that_only_its_owner_can_read(tmp_path: Path) -> None:
    var = tmp_path / "fresh"
    ended = finish(
        "manage.py", "run", var=var, POLL_SECONDS="15m"
    )  # stops after the key, before anything else
    assert ended.returncode == 2
    file = var / ".env"
    written = file.read_text("utf-8")
    assert len(written.removeprefix("SECRET_KEY=").strip()) >= 50
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    finish("manage.py", "run", var=var, POLL_SECONDS="15m")
    assert file.read_text("utf-8") == written


def test_a_key_is_added_to_a_file_that_says_other_things(tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("POLL_SECONDS=15m", "utf-8")
    finish("manage.py", "run", var=tmp_path)
    first, second = (tmp_path / ".env").read_text("utf-8").splitlines()
    assert first == "POLL_SECONDS=15m"
    assert second.startswith("SECRET_KEY=")


def test_a_folder_that_cannot_be_written_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    ended = finish("manage.py", "run", var=tmp_path / "file" / "below")
    assert ended.returncode == 2
    assert ended.stderr == f"{tmp_path / 'file' / 'below' / '.env'} cannot be written: Not a directory.\n"


def test_a_server_whose_driver_is_not_installed_is_said_so(tmp_path: Path) -> None:
    hidden = tmp_path / "sitecustomize.py"
    hidden.write_text("import sys\nsys.modules['redis'] = None\n", "utf-8")
    settings = environment(tmp_path, SECRET_KEY=KEY, CACHE_URL="redis://h/1", PYTHONPATH=str(tmp_path))
    ended = finish("manage.py", "check", var=tmp_path, **settings)
    assert ended.returncode == 2
    assert "Redis needs the package redis: install requirements/prod.txt" in ended.stderr
