"""Django's settings, all of them from the environment or `var/.env`."""

from __future__ import annotations

from pathlib import Path

from environs import Env

BASE_DIR = Path(__file__).resolve().parent.parent
VAR_DIR = BASE_DIR / "var"

env = Env()
env.read_env(VAR_DIR / ".env", recurse=False)

DEBUG = env.bool("DEBUG", False)
SECRET_KEY = env.str("SECRET_KEY", "insecure")
SITE_URL = env.str("SITE_URL", "http://127.0.0.1:8000")
ALLOWED_HOSTS = env.list("ALLOWED_HOSTS", ["*"])

CONGRESSES = env.list("CONGRESSES", [119, 118], subcast=int)
MEASURE_TYPES = env.list("MEASURE_TYPES", ["sres", "hres", "sjres", "hjres", "sconres", "hconres", "s", "hr"])
GOVINFO_URL = env.str("GOVINFO_URL", "https://www.govinfo.gov")
CONGRESS_API_URL = env.str("CONGRESS_API_URL", "https://api.congress.gov/v3")
CONGRESS_API_KEY = env.str("CONGRESS_API_KEY", "")
LEGISLATORS_URL = env.str("LEGISLATORS_URL", "https://unitedstates.github.io")
POLL_SECONDS = env.int("POLL_SECONDS", 900)
PACE_SECONDS = env.float("PACE_SECONDS", 0.5)

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "django_htmx",
    "template_partials",
    "tracker.ledger",
    "tracker.desk",
    "tracker.pages",
    "tracker.operate",
]

MIDDLEWARE = [
    "django.middleware.security.SecurityMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

ROOT_URLCONF = "tracker.urls"
TEMPLATES = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

SQLITE_OPTIONS = {
    "transaction_mode": "IMMEDIATE",
    "timeout": 20,
    "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL;",
}
DATABASES = {
    "default": env.dj_db_url("DATABASE_URL", f"sqlite:///{VAR_DIR / 'whereas.sqlite3'}", conn_max_age=None)
}
if DATABASES["default"]["ENGINE"].endswith("sqlite3"):
    DATABASES["default"]["OPTIONS"] = {**SQLITE_OPTIONS, **DATABASES["default"].get("OPTIONS", {})}

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
AUTH_USER_MODEL = "desk.User"
USE_TZ = True
TIME_ZONE = "UTC"
STATIC_URL = "/static/"
STATICFILES_DIRS = [BASE_DIR / "static"]
