"""The environment, read in one place: each variable with its default, what it accepts and what it means.

`docs/CONFIGURATION.md` lists the same rows, and a test holds the two together. A variable may also stand in
`var/.env`; the process's own environment comes first. An empty value counts as not set.
"""

from __future__ import annotations

import secrets
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from environs import Env
from environs import validate as valid

from tracker import accepted
from tracker.accepted import FIRST_CONGRESS
from tracker.congress.measures import TYPES
from tracker.variables import Variable, WrongSetting, load_env_file

BASE_DIR = Path(__file__).resolve().parent.parent


def var_dir() -> Path:
    """The folder that holds everything Whereas writes."""
    return VAR_DIR.value()


def mail_address(site_url: str) -> str:
    """The address that mail comes from: whereas@ the site's own name, or @localhost where it has but a number."""
    host = urlsplit(site_url).hostname or ""
    named = host.rpartition(".")[2].isalpha()
    return f"whereas@{host if named else 'localhost'}"


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
    load_env_file(folder, again=True)
    return True


def _site_url(env: Env, name: str) -> str:
    return accepted.web_address(default=f"http://127.0.0.1:{PORT.value()}", path=False)(env, name)


def _secret_key(env: Env, name: str) -> str:
    if DEBUG.value():
        return str(env.str(name, "for debugging on one's own machine only"))
    return str(env.str(name))


PORT = Variable(
    "PORT",
    "8000",
    "a port from 1 to 65535, such as 8000",
    "Where `make run` serves the pages, on 127.0.0.1.",
    accepted.whole(1, 65_535, 8000),
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
    "Signs sessions and one-time links, and seals second factors. Keep it secret; a new one ends every session and asks for "
    "new second factors (`manage.py staff reset-second-factor`).",
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
    lambda env, name: accepted.hosts(env, name, own=urlsplit(SITE_URL.value()).hostname or ""),
)
TRUSTED_PROXIES = Variable(
    "TRUSTED_PROXIES",
    "none",
    "addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    "Proxies whose `X-Forwarded-For` and `X-Forwarded-Proto` count.",
    accepted.networks(),
)
METRICS_FROM = Variable(
    "METRICS_FROM",
    "127.0.0.0/8,::1",
    "addresses or networks separated by commas, such as 127.0.0.1,10.0.0.0/8",
    "Who may read `/metrics`; for everybody else it does not exist.",
    accepted.networks("127.0.0.0/8", "::1"),
)
DATABASE_URL = Variable(
    "DATABASE_URL",
    "SQLite, `whereas.sqlite3` in `VAR_DIR`",
    "sqlite:////path/file.sqlite3 or postgres://user:password@host:5432/name",
    "The database. SQLite serves one machine; PostgreSQL any number.",
    lambda env, name: accepted.database(env, name, default=f"sqlite:///{var_dir() / 'whereas.sqlite3'}"),
    secret=True,
)
CELERY_BROKER_URL = Variable(
    "CELERY_BROKER_URL",
    "filesystem:// (embedded: files in `VAR_DIR`)",
    "filesystem://, amqp://user:password@host:5672// or redis://host:6379/0",
    "What rings the worker. What is to be done stands in the database, so a broker that loses messages costs a minute.",
    accepted.broker,
    secret=True,
)
CACHE_URL = Variable(
    "CACHE_URL",
    "locmem:// (each process its own)",
    "locmem://, redis://host:6379/1 or file:///folder",
    "Rendered pages and the counters of limits. More than one web process needs one that they share.",
    accepted.cache,
    secret=True,
)
EMAIL_URL = Variable(
    "EMAIL_URL",
    "files in `mail` in `VAR_DIR`",
    "smtp://user:password@host:25, submission://… (STARTTLS, 587), smtps://… (TLS, 465), file:///folder or console://",
    "How mail leaves.",
    lambda env, name: accepted.email(env, name, default=f"file://{var_dir() / 'mail'}"),
    secret=True,
)
BOUNCES_TO = Variable(
    "BOUNCES_TO",
    "none: what comes back is not read",
    "a mailbox that takes plus addresses too, such as bounces@example.org",
    "Where readers' mail comes back to, read by `manage.py bounces` ([OPERATING.md](OPERATING.md)).",
    accepted.mailbox,
)
CONGRESSES = Variable(
    "CONGRESSES",
    "the current one and the one before",
    f"numbers from {FIRST_CONGRESS} to the next Congress's, separated by commas, such as 119,118",
    "Which Congresses are tracked.",
    accepted.congresses,
)
MEASURE_TYPES = Variable(
    "MEASURE_TYPES",
    "all eight",
    f"some of {', '.join(TYPES)}, separated by commas",
    "Which types of measure are tracked.",
    accepted.measure_types,
)
GOVINFO_URL = Variable(
    "GOVINFO_URL",
    "https://www.govinfo.gov",
    "an http or https address",
    "The Government Publishing Office's bulk data: bills' records.",
    accepted.web_address(default="https://www.govinfo.gov", path=True),
)
CONGRESS_API_URL = Variable(
    "CONGRESS_API_URL",
    "https://api.congress.gov/v3",
    "an http or https address",
    "The Library of Congress's API.",
    accepted.web_address(default="https://api.congress.gov/v3", path=True),
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
    accepted.web_address(default="https://clerk.house.gov", path=True),
)
SENATE_URL = Variable(
    "SENATE_URL",
    "https://www.senate.gov",
    "an http or https address",
    "The Senate: roll calls.",
    accepted.web_address(default="https://www.senate.gov", path=True),
)
LEGISLATORS_URL = Variable(
    "LEGISLATORS_URL",
    "https://unitedstates.github.io",
    "an http or https address",
    "The community's lists of members and committees (congress-legislators).",
    accepted.web_address(default="https://unitedstates.github.io", path=True),
)
POLL_SECONDS = Variable(
    "POLL_SECONDS",
    "900",
    "whole seconds from 1 to 86400, such as 900",
    "Time between two polls of the sources.",
    accepted.whole(1, 86_400, 900),
)
PACE_SECONDS = Variable(
    "PACE_SECONDS",
    "0.5",
    "seconds from 0 to 60, such as 0.5",
    "Least time between two requests to one host; 0 only for a replay.",
    accepted.seconds(0, 60, 0.5),
)
API_READS_PER_MINUTE = Variable(
    "API_READS_PER_MINUTE",
    "600",
    "a whole number from 0 (no limit) to 1000000, such as 600",
    "How often one address may read the API in a minute.",
    accepted.whole(0, 1_000_000, 600),
)
SECOND_FACTOR = Variable(
    "SECOND_FACTOR",
    "everyone",
    "everyone or admins",
    "Whom the desk asks for a second factor. Admins always; with `admins`, contributors and editors are free to have none, "
    "and the desk says so.",
    lambda env, name: str(env.str(name, "everyone", validate=valid.OneOf(["everyone", "admins"]))),
)
DJANGO_ADMIN = Variable(
    "DJANGO_ADMIN",
    "off",
    "true or false",
    "Django's own admin at `/admin/`, for admins with a second factor: a tool of last resort. Run `migrate` after switching "
    "it on.",
    lambda env, name: bool(env.bool(name, False)),
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
    BOUNCES_TO,
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
    SECOND_FACTOR,
    DJANGO_ADMIN,
    PORT,
    VAR_DIR,
    LOG_FORMAT,
)
