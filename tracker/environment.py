"""The environment, read in one place: each variable with its default, what it accepts and what it means.

`docs/CONFIGURATION.md` lists the same rows, and a test holds the two together. A variable may also stand in
`var/.env`; the process's own environment comes first. An empty value counts as not set.
"""

from __future__ import annotations

import importlib.util
import ipaddress
import os
import re
import secrets
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Generic, NoReturn, TypeVar
from urllib.parse import urlsplit

from environs import Env, EnvError, EnvNotSetError
from environs import validate as valid

from tracker.congress.calendar import congress_on, today
from tracker.congress.measures import TYPES

T = TypeVar("T")
Network = ipaddress.IPv4Network | ipaddress.IPv6Network

BASE_DIR = Path(__file__).resolve().parent.parent
FIRST_CONGRESS = 93  # Congress.gov holds no action before the 93rd (1973)
EXIT_STATUS = 2


_environment = Env()  # the process's own variables, and after `load_env_file` what that file adds


class WrongSetting(ValueError):
    """A variable that cannot be used. `str()` is the one line that the operator reads."""


@dataclass(frozen=True, slots=True)
class Variable(Generic[T]):
    """One row of the table. `accepted` completes the sentence "give …"."""

    name: str
    default: str
    accepted: str
    meaning: str
    read: Callable[[Env, str], T]
    secret: bool = False

    def value(self) -> T:
        """What the environment says, or the default. Raises WrongSetting."""
        if not self.written():
            os.environ.pop(self.name, None)
        try:
            return self.read(_environment if self.written() else Env(), self.name)
        except WrongSetting:  # of another variable that this one's default is made from
            raise
        except EnvNotSetError:
            raise WrongSetting(f"{self.name} is not set: give {self.accepted}.") from None
        except (EnvError, ValueError) as error:
            raise WrongSetting(self._complaint(error)) from None

    def written(self) -> str:
        """The value as somebody gave it; "" where nobody did."""
        return str(_environment.str(self.name, "")).strip()

    def _complaint(self, error: Exception) -> str:
        written = self.written()
        if self.secret:  # it may hold a password: the part before the colon is enough to find the mistake
            scheme, colon, _ = written.partition("://")
            shown = f"{self.name}='{scheme}://…'" if colon else self.name
        else:
            shown = f"{self.name}={written!r}"
        if isinstance(error, DriverMissing):
            return f"{shown}: {error}"
        return f"{shown}: give {self.accepted}."


class DriverMissing(ValueError):
    """The address is good, but the package that speaks to such a server is not installed."""


def var_dir() -> Path:
    """The folder that holds everything Whereas writes."""
    return VAR_DIR.value()


def load_env_file(folder: Path) -> None:
    """Take over what `folder/.env` says, without replacing what the process was given. Raises WrongSetting."""
    file = folder / ".env"
    try:
        _environment.read_env(file, recurse=False)
    except (OSError, UnicodeDecodeError) as error:
        reason = error.strerror if isinstance(error, OSError) else "it is not UTF-8"
        raise WrongSetting(f"{file} cannot be read: {reason}.") from None


def ensure_secret_key(folder: Path) -> bool:
    """Write a random SECRET_KEY into `folder/.env`, readable by its owner alone, where none is set anywhere.

    True when one was written. Raises WrongSetting where the folder or the file cannot be written.
    """
    load_env_file(folder)
    if SECRET_KEY.written():
        return False
    file = folder / ".env"
    try:
        folder.mkdir(parents=True, exist_ok=True)
        file.touch(mode=0o600)
        file.chmod(0o600)
        written = file.read_text("utf-8")
        gap = "" if not written or written.endswith("\n") else "\n"
        with file.open("a", encoding="utf-8") as handle:
            handle.write(f"{gap}SECRET_KEY={secrets.token_urlsafe(48)}\n")
    except OSError as error:
        raise WrongSetting(f"{file} cannot be written: {error.strerror}.") from None
    _environment.read_env(file, recurse=False, override=True)
    return True


def stop(wrong: WrongSetting) -> NoReturn:
    """End the program as every wrong setting does: one line on stderr, exit status 2."""
    sys.stderr.write(f"{wrong}\n")
    raise SystemExit(EXIT_STATUS)


def _whole(low: int, high: int, default: int) -> Callable[[Env, str], int]:
    return lambda env, name: int(env.int(name, default, validate=valid.Range(low, high)))


def _pace(env: Env, name: str) -> float:
    return float(env.float(name, 0.5, validate=valid.Range(0, 60)))


def _congresses(env: Env, name: str) -> tuple[int, ...]:
    current = congress_on(today())
    chosen = env.list(name, [current, current - 1], subcast=int, validate=valid.Length(min=1))
    if not all(FIRST_CONGRESS <= congress <= current + 1 for congress in chosen):
        raise ValueError("no such Congress")
    return tuple(dict.fromkeys(chosen))


def _measure_types(env: Env, name: str) -> tuple[str, ...]:
    chosen = env.list(name, list(TYPES), validate=[valid.Length(min=1), valid.ContainsOnly(list(TYPES))])
    return tuple(dict.fromkeys(chosen))


def _web_address(*, default: str, path: bool) -> Callable[[Env, str], str]:
    """An http or https address without query and fragment; the closing slash is dropped."""

    def read(env: Env, name: str) -> str:
        written = str(env.str(name, default)).strip().rstrip("/")
        parts = urlsplit(written)
        port_is_a_number = parts.port is None or parts.port > 0  # .port raises ValueError for "80a"
        bare = not (parts.query or parts.fragment or parts.username or parts.password)
        sound = bool(parts.hostname) and re.search(r"[\s\"'<>\\]", written) is None and port_is_a_number
        if parts.scheme not in ("http", "https") or not sound or not bare or (parts.path and not path):
            raise ValueError("not a web address")
        return written

    return read


def _site_url(env: Env, name: str) -> str:
    return _web_address(default=f"http://127.0.0.1:{PORT.value()}", path=False)(env, name)


_HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:]+\]")


def _allowed_hosts(env: Env, name: str) -> list[str]:
    own = urlsplit(SITE_URL.value()).hostname or ""
    default = list(dict.fromkeys([f"[{own}]" if ":" in own else own, "localhost", "127.0.0.1", "[::1]"]))
    hosts = [host.strip() for host in env.list(name, default)]
    if not hosts or not all(_HOST.fullmatch(host) for host in hosts):
        raise ValueError("not a host")
    return hosts


def _networks(*default: str) -> Callable[[Env, str], tuple[Network, ...]]:
    def read(env: Env, name: str) -> tuple[Network, ...]:
        return tuple(ipaddress.ip_network(written.strip()) for written in env.list(name, list(default)))

    return read


def _secret_key(env: Env, name: str) -> str:
    if DEBUG.value():
        return str(env.str(name, "for debugging on one's own machine only"))
    return str(env.str(name))


def _database(env: Env, name: str) -> dict[str, Any]:
    """Django's description of the database. PostgreSQL and SQLite are what Whereas is tested on."""
    default = f"sqlite:///{var_dir() / 'whereas.sqlite3'}"
    scheme = urlsplit(env.str(name, default)).scheme
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("no such database")
    described = dict(env.dj_db_url(name, default))
    if not described["NAME"]:
        raise ValueError("no name")
    if scheme != "sqlite":
        _need("psycopg", "PostgreSQL")
    return described


def _cache(env: Env, name: str) -> dict[str, Any]:
    written = str(env.str(name, "locmem://"))
    scheme = urlsplit(written).scheme
    if scheme not in ("locmem", "file", "redis", "rediss"):
        raise ValueError("no such cache")
    if scheme in ("redis", "rediss"):
        _need("redis", "Redis")
        if not urlsplit(written).hostname:
            raise ValueError("no host")
    return dict(env.dj_cache_url(name, "locmem://"))


_BROKERS = ("filesystem", "amqp", "amqps", "redis", "rediss", "memory")


def _broker(env: Env, name: str) -> str:
    written = str(env.str(name, "filesystem://"))
    parts = urlsplit(written)
    embedded = parts.scheme in ("filesystem", "memory")
    if parts.scheme not in _BROKERS or (not embedded and not parts.hostname):
        raise ValueError("no such broker")
    if parts.port == 0:  # and .port raises ValueError where it is no number
        raise ValueError("no such port")
    if parts.scheme in ("redis", "rediss"):
        _need("redis", "Redis")
    return written


_MAIL = ("smtp", "smtps", "submission", "file", "console", "memory", "dummy")


def _email(env: Env, name: str) -> dict[str, Any]:
    """Django's EMAIL_… settings. dj-email-url checks no scheme, cuts a file's path and takes smtps for STARTTLS."""
    folder = var_dir() / "mail"
    written = str(env.str(name, f"file://{folder}"))
    parts = urlsplit(written)
    networked = parts.scheme in ("smtp", "smtps", "submission")
    if parts.scheme not in _MAIL or (networked and not parts.hostname) or parts.port == 0:
        raise ValueError("no such mail service")
    if parts.scheme == "file" and not parts.path:
        raise ValueError("no folder")
    described = dict(env.dj_email_url(name, written))
    described["EMAIL_TIMEOUT"] = 30  # seconds; a mail server that hangs holds a worker no longer
    described["EMAIL_FILE_PATH"] = parts.path if parts.scheme == "file" else ""
    described["EMAIL_USE_SSL"] = parts.scheme == "smtps"
    described["EMAIL_USE_TLS"] = parts.scheme == "submission"
    return described


def _need(package: str, server: str) -> None:
    if importlib.util.find_spec(package) is None:
        lock = "requirements/prod.txt"
        raise DriverMissing(f"{server} needs the package {package}: install {lock} (`make run LOCK=prod`).")


PORT = Variable(
    "PORT",
    "8000",
    "a port from 1 to 65535, such as 8000",
    "Where `make run` serves the pages, on 127.0.0.1.",
    _whole(1, 65_535, 8000),
)
VAR_DIR = Variable(
    "VAR_DIR",
    "`var` beside `manage.py`",
    "a folder, such as /var/lib/whereas",
    "Everything that Whereas writes: the SQLite database, the embedded queue, mails as files, collected styles, `.env`. "
    "(The one variable that cannot stand in `.env`.)",
    lambda env, name: Path(env.str(name, str(BASE_DIR / "var"))).expanduser().absolute(),
)
DEBUG = Variable(
    "DEBUG",
    "off",
    "true or false",
    "Tracebacks in the browser. Never on a site that others reach.",
    lambda env, name: bool(env.bool(name, False)),
)
SECRET_KEY = Variable(
    "SECRET_KEY",
    "none; `make run` writes a random one into `var/.env`",
    "50 random characters or more (`make run` writes some into var/.env at its first start)",
    "Signs sessions and one-time links. Keep it secret; a new one ends every session.",
    _secret_key,
    secret=True,
)
SITE_URL = Variable(
    "SITE_URL",
    "`http://127.0.0.1:` and `PORT`",
    "an address such as https://whereas.example.org, without a path",
    "How readers reach the site: links in feeds, mails and the API begin so. With https, cookies and browsers are held "
    "to https (HSTS).",
    _site_url,
)
ALLOWED_HOSTS = Variable(
    "ALLOWED_HOSTS",
    "the host of `SITE_URL`, and this machine",
    "host names separated by commas, such as whereas.example.org,.example.net",
    "Names by which the site answers; asked by another, it says 400.",
    _allowed_hosts,
)
TRUSTED_PROXIES = Variable(
    "TRUSTED_PROXIES",
    "none",
    "addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    "Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count.",
    _networks(),
)
METRICS_FROM = Variable(
    "METRICS_FROM",
    "127.0.0.0/8,::1",
    "addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    "Who may read `/metrics`; for everybody else it does not exist.",
    _networks("127.0.0.0/8", "::1"),
)
DATABASE_URL = Variable(
    "DATABASE_URL",
    "SQLite, `whereas.sqlite3` in `VAR_DIR`",
    "sqlite:////path/file.sqlite3 or postgres://user:password@host:5432/name",
    "The database. SQLite serves one machine; PostgreSQL any number.",
    _database,
    secret=True,
)
CELERY_BROKER_URL = Variable(
    "CELERY_BROKER_URL",
    "filesystem:// (embedded: files in `VAR_DIR`)",
    "filesystem://, amqp://user:password@host:5672// or redis://host:6379/0",
    "What rings the worker. What is to be done stands in the database, so a broker that loses messages costs a minute.",
    _broker,
    secret=True,
)
CACHE_URL = Variable(
    "CACHE_URL",
    "locmem:// (each process its own)",
    "locmem://, redis://host:6379/1 or file:///folder",
    "Rendered pages and the counters of limits. More than one web process needs one that they share.",
    _cache,
    secret=True,
)
EMAIL_URL = Variable(
    "EMAIL_URL",
    "files in `mail` in `VAR_DIR`",
    "smtp://user:password@host:25, submission://… (STARTTLS, 587), smtps://… (TLS, 465), file:///folder or console://",
    "How mail leaves.",
    _email,
    secret=True,
)
CONGRESSES = Variable(
    "CONGRESSES",
    "the current one and the one before",
    f"numbers from {FIRST_CONGRESS} to the next Congress's, separated by commas, such as 119,118",
    "Which Congresses are tracked.",
    _congresses,
)
MEASURE_TYPES = Variable(
    "MEASURE_TYPES",
    "all eight",
    f"some of {', '.join(TYPES)}, separated by commas",
    "Which types of measure are tracked.",
    _measure_types,
)
GOVINFO_URL = Variable(
    "GOVINFO_URL",
    "https://www.govinfo.gov",
    "an http or https address",
    "The Government Publishing Office's bulk data: bills' records.",
    _web_address(default="https://www.govinfo.gov", path=True),
)
CONGRESS_API_URL = Variable(
    "CONGRESS_API_URL",
    "https://api.congress.gov/v3",
    "an http or https address",
    "The Library of Congress's API.",
    _web_address(default="https://api.congress.gov/v3", path=True),
)
CONGRESS_API_KEY = Variable(
    "CONGRESS_API_KEY",
    "none: GovInfo alone serves",
    "the key that api.congress.gov sent, letters and digits only",
    "The key for it.",
    lambda env, name: str(env.str(name, "", validate=valid.Regexp(r"^[A-Za-z0-9_-]{0,200}$"))),
    secret=True,
)
HOUSE_CLERK_URL = Variable(
    "HOUSE_CLERK_URL",
    "https://clerk.house.gov",
    "an http or https address",
    "The Clerk of the House: roll calls.",
    _web_address(default="https://clerk.house.gov", path=True),
)
SENATE_URL = Variable(
    "SENATE_URL",
    "https://www.senate.gov",
    "an http or https address",
    "The Senate: roll calls.",
    _web_address(default="https://www.senate.gov", path=True),
)
LEGISLATORS_URL = Variable(
    "LEGISLATORS_URL",
    "https://unitedstates.github.io",
    "an http or https address",
    "The community's lists of members and committees (congress-legislators).",
    _web_address(default="https://unitedstates.github.io", path=True),
)
POLL_SECONDS = Variable(
    "POLL_SECONDS",
    "900",
    "whole seconds from 1 to 86400, such as 900",
    "Time between two polls of the sources.",
    _whole(1, 86_400, 900),
)
PACE_SECONDS = Variable(
    "PACE_SECONDS",
    "0.5",
    "seconds from 0 to 60, such as 0.5",
    "Least time between two requests to one host; 0 only for a replay.",
    _pace,
)
API_READS_PER_MINUTE = Variable(
    "API_READS_PER_MINUTE",
    "600",
    "a whole number from 0 (no limit) to 1000000, such as 600",
    "How often one address may read the API in a minute.",
    _whole(0, 1_000_000, 600),
)

LOG_FORMAT = Variable(
    "LOG_FORMAT",
    "auto: plain in a terminal, json elsewhere",
    "auto, plain or json",
    "How log lines look. `make run` writes plain ones unless told.",
    lambda env, name: str(env.str(name, "auto", validate=valid.OneOf(["auto", "plain", "json"]))),
)

TABLE: tuple[Variable[Any], ...] = (
    DATABASE_URL,
    CELERY_BROKER_URL,
    CACHE_URL,
    EMAIL_URL,
    SECRET_KEY,
    SITE_URL,
    ALLOWED_HOSTS,
    DEBUG,
    TRUSTED_PROXIES,
    METRICS_FROM,
    CONGRESSES,
    MEASURE_TYPES,
    GOVINFO_URL,
    CONGRESS_API_URL,
    CONGRESS_API_KEY,
    HOUSE_CLERK_URL,
    SENATE_URL,
    LEGISLATORS_URL,
    POLL_SECONDS,
    PACE_SECONDS,
    API_READS_PER_MINUTE,
    PORT,
    VAR_DIR,
    LOG_FORMAT,
)
