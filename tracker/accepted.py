"""What is accepted: one reader a kind of value. Each raises ValueError, or an error of environs, for what is not."""

from __future__ import annotations

import importlib.util
import ipaddress
import re
from collections.abc import Callable
from typing import Any
from urllib.parse import urlsplit

from environs import Env
from environs import validate as valid

from tracker.congress.calendar import congress_on, today
from tracker.congress.measures import TYPES
from tracker.variables import DriverMissing

Network = ipaddress.IPv4Network | ipaddress.IPv6Network

FIRST_CONGRESS = 93  # Congress.gov holds no action before the 93rd (1973)

_HOST = re.compile(r"\*|\.?[A-Za-z0-9_]([A-Za-z0-9_.-]*[A-Za-z0-9_])?|\[[0-9a-fA-F:]+\]")
_BROKERS = ("filesystem", "amqp", "amqps", "redis", "rediss", "memory")
_MAIL = ("smtp", "smtps", "submission", "file", "console", "memory", "dummy")


def whole(low: int, high: int, default: int) -> Callable[[Env, str], int]:
    return lambda env, name: int(env.int(name, default, validate=valid.Range(low, high)))


def seconds(low: float, high: float, default: float) -> Callable[[Env, str], float]:
    return lambda env, name: float(env.float(name, default, validate=valid.Range(low, high)))


def congresses(env: Env, name: str) -> tuple[int, ...]:
    """Numbers, each once; by default the current Congress's and the one before."""
    current = congress_on(today())
    chosen = env.list(name, [current, current - 1], subcast=int, validate=valid.Length(min=1))
    if not all(FIRST_CONGRESS <= congress <= current + 1 for congress in chosen):
        raise ValueError("no such Congress")
    return tuple(dict.fromkeys(chosen))


def measure_types(env: Env, name: str) -> tuple[str, ...]:
    """Codes, each once; by default all."""
    chosen = env.list(name, list(TYPES), validate=[valid.Length(min=1), valid.ContainsOnly(list(TYPES))])
    return tuple(dict.fromkeys(chosen))


def web_address(*, default: str, path: bool) -> Callable[[Env, str], str]:
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


def hosts(env: Env, name: str, *, own: str) -> list[str]:
    """Host names; by default `own`, the site's, and this machine's."""
    default = list(dict.fromkeys([f"[{own}]" if ":" in own else own, "localhost", "127.0.0.1", "[::1]"]))
    chosen = [host.strip() for host in env.list(name, default)]
    if not chosen or not all(_HOST.fullmatch(host) for host in chosen):
        raise ValueError("not a host")
    return chosen


def networks(*default: str) -> Callable[[Env, str], tuple[Network, ...]]:
    """Addresses and networks; a bare address is a network of one."""

    def read(env: Env, name: str) -> tuple[Network, ...]:
        return tuple(ipaddress.ip_network(written.strip()) for written in env.list(name, list(default)))

    return read


def database(env: Env, name: str, *, default: str) -> dict[str, Any]:
    """Django's description of the database. PostgreSQL and SQLite are what Whereas is tested on."""
    scheme = urlsplit(env.str(name, default)).scheme
    if scheme not in ("sqlite", "postgres", "postgresql"):
        raise ValueError("no such database")
    described = dict(env.dj_db_url(name, default))
    if not described["NAME"]:
        raise ValueError("no name")
    if scheme != "sqlite":
        _need("psycopg", "PostgreSQL")
    return described


def cache(env: Env, name: str) -> dict[str, Any]:
    """Django's description of the cache."""
    written = str(env.str(name, "locmem://"))
    scheme = urlsplit(written).scheme
    if scheme not in ("locmem", "file", "redis", "rediss"):
        raise ValueError("no such cache")
    if scheme in ("redis", "rediss"):
        _need("redis", "Redis")
        if not urlsplit(written).hostname:
            raise ValueError("no host")
    return dict(env.dj_cache_url(name, "locmem://"))


def broker(env: Env, name: str) -> str:
    """The broker's address, as Celery takes it."""
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


def email(env: Env, name: str, *, default: str) -> dict[str, Any]:
    """Django's EMAIL_… settings. dj-email-url checks no scheme, cuts a file's path and takes smtps for STARTTLS."""
    written = str(env.str(name, default))
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


def mailbox(env: Env, name: str) -> str:
    """A mail address, or "" where none is written."""
    written = str(env.str(name, "")).strip()
    if written and not re.fullmatch(r"[A-Za-z0-9._-]{1,20}@[A-Za-z0-9-]+(\.[A-Za-z0-9-]+)*", written):
        raise ValueError("no such mailbox")
    return written


def _need(package: str, server: str) -> None:
    if importlib.util.find_spec(package) is None:
        lock = "requirements/prod.txt"
        raise DriverMissing(f"{server} needs the package {package}: install {lock} (`make run LOCK=prod`).")
