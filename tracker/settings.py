"""Django's settings. What an operator may choose comes from `tracker.environment`; the rest is the same everywhere."""

from __future__ import annotations

from typing import Any

from csp.constants import NONE, SELF

from tracker import environment
from tracker.operate.logs import logging_for
from tracker.variables import WrongSetting, load_env_file, stop

try:
    VAR_DIR = environment.var_dir()
    load_env_file(VAR_DIR)
    DEBUG = environment.DEBUG.value()
    SECRET_KEY = environment.SECRET_KEY.value()
    SITE_URL = environment.SITE_URL.value()
    ALLOWED_HOSTS = environment.ALLOWED_HOSTS.value()
    TRUSTED_PROXIES = environment.TRUSTED_PROXIES.value()
    METRICS_FROM = environment.METRICS_FROM.value()
    PORT = environment.PORT.value()
    LOG_FORMAT = environment.LOG_FORMAT.value()
    _database = environment.DATABASE_URL.value()
    _cache = environment.CACHE_URL.value()
    _email = environment.EMAIL_URL.value()
    BOUNCES_TO = environment.BOUNCES_TO.value()
    CELERY_BROKER_URL = environment.CELERY_BROKER_URL.value()

    CONGRESSES = environment.CONGRESSES.value()
    MEASURE_TYPES = environment.MEASURE_TYPES.value()
    GOVINFO_URL = environment.GOVINFO_URL.value()
    CONGRESS_API_URL = environment.CONGRESS_API_URL.value()
    CONGRESS_API_KEY = environment.CONGRESS_API_KEY.value()
    HOUSE_CLERK_URL = environment.HOUSE_CLERK_URL.value()
    SENATE_URL = environment.SENATE_URL.value()
    LEGISLATORS_URL = environment.LEGISLATORS_URL.value()
    POLL_SECONDS = environment.POLL_SECONDS.value()
    PACE_SECONDS = environment.PACE_SECONDS.value()
    API_READS_PER_MINUTE = environment.API_READS_PER_MINUTE.value()
    SECOND_FACTOR = environment.SECOND_FACTOR.value()
    DJANGO_ADMIN = environment.DJANGO_ADMIN.value()
except WrongSetting as wrong:
    stop(wrong)

BASE_DIR = environment.BASE_DIR
HTTPS = SITE_URL.startswith("https://")

# --- what it is made of

INSTALLED_APPS = [
    "django.contrib.auth",
    "django.contrib.contenttypes",
    "django.contrib.sessions",
    "django.contrib.staticfiles",
    "allauth",
    "allauth.account",
    "allauth.mfa",
    "allauth.usersessions",
    "csp",
    "django_htmx",
    "template_partials",
    "tracker.ledger",
    "tracker.texts",
    "tracker.press",
    "tracker.desk",
    "tracker.following",
    "tracker.pages",
    "tracker.operate",
]

MIDDLEWARE = [
    "tracker.operate.proxies.ClientAddressMiddleware",  # first: all below judge the true address and scheme
    "tracker.operate.access_log.RequestLogMiddleware",
    "tracker.operate.headers.SecurityHeadersMiddleware",
    "django.middleware.security.SecurityMiddleware",
    "tracker.desk.doors.PrivateMiddleware",
    "csp.middleware.CSPMiddleware",
    "whitenoise.middleware.WhiteNoiseMiddleware",
    "tracker.operate.outage.DatabaseOutageMiddleware",
    # These look at nothing until a view asks for the session or the user, so public pages set no cookie.
    "django.contrib.sessions.middleware.SessionMiddleware",
    "django.middleware.common.CommonMiddleware",
    "django.middleware.csrf.CsrfViewMiddleware",
    "django.contrib.auth.middleware.AuthenticationMiddleware",
    "tracker.desk.sessions.SessionAgeMiddleware",
    "allauth.account.middleware.AccountMiddleware",
    "django_htmx.middleware.HtmxMiddleware",
]

if DJANGO_ADMIN:
    INSTALLED_APPS += ["django.contrib.admin.apps.SimpleAdminConfig", "django.contrib.messages"]
    MIDDLEWARE += ["django.contrib.messages.middleware.MessageMiddleware"]

ROOT_URLCONF = "tracker.urls"
WSGI_APPLICATION = "tracker.wsgi.application"

TEMPLATES: list[dict[str, Any]] = [
    {
        "BACKEND": "django.template.backends.django.DjangoTemplates",
        "DIRS": [BASE_DIR / "templates"],
        "APP_DIRS": True,
        "OPTIONS": {"context_processors": ["django.template.context_processors.request"]},
    }
]

if DJANGO_ADMIN:
    TEMPLATES[0]["OPTIONS"]["context_processors"] += [
        "django.contrib.auth.context_processors.auth",
        "django.contrib.messages.context_processors.messages",
    ]

DEFAULT_AUTO_FIELD = "django.db.models.BigAutoField"
LANGUAGE_CODE = "en-us"
USE_I18N = False
USE_TZ = True
TIME_ZONE = "UTC"

# --- where things are kept

if _database["ENGINE"].endswith("sqlite3"):
    # A transaction that reads first and writes later fails at once under WAL, whatever the timeout, unless it began as a
    # writer: hence IMMEDIATE.
    _database |= {
        "CONN_MAX_AGE": None,
        "OPTIONS": {
            "transaction_mode": "IMMEDIATE",
            "timeout": 20,
            "init_command": "PRAGMA journal_mode=WAL; PRAGMA synchronous=NORMAL; PRAGMA cache_size=-32000; PRAGMA temp_store=MEMORY; PRAGMA wal_autocheckpoint=4000; PRAGMA secure_delete=ON;",
            **_database.get("OPTIONS", {}),
        },
    }
else:
    _database |= {
        "CONN_MAX_AGE": 600,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"connect_timeout": 5, **_database.get("OPTIONS", {})},
    }
DATABASES = {"default": _database}

# Counters that keep strangers out live apart from rendered pages, of which a crowd could make enough to push them out.
_limits = dict(_cache)
if _cache["BACKEND"].endswith("RedisCache"):
    _cache["BACKEND"] = "tracker.operate.caching.ForgivingRedisCache"
    for _one in (_cache, _limits):
        _one["OPTIONS"] = {"socket_connect_timeout": 1, "socket_timeout": 1, **_one.get("OPTIONS", {})}
else:
    _limits["LOCATION"] = f"{_cache['LOCATION']}-limits"
    for _one in (_cache, _limits):
        _one["OPTIONS"] = {"MAX_ENTRIES": 5000, **_one.get("OPTIONS", {})}
CACHES = {
    "default": {"KEY_PREFIX": "whereas", **_cache},
    "limits": {"KEY_PREFIX": "whereas-limits", **_limits},
}

EMAIL_BACKEND = _email["EMAIL_BACKEND"]
EMAIL_FILE_PATH = _email["EMAIL_FILE_PATH"]
EMAIL_HOST = _email["EMAIL_HOST"]
EMAIL_PORT = _email["EMAIL_PORT"] or 25
EMAIL_HOST_USER = _email["EMAIL_HOST_USER"]
EMAIL_HOST_PASSWORD = _email["EMAIL_HOST_PASSWORD"]
EMAIL_USE_SSL = _email["EMAIL_USE_SSL"]
EMAIL_USE_TLS = _email["EMAIL_USE_TLS"]
EMAIL_TIMEOUT = _email["EMAIL_TIMEOUT"]
DEFAULT_FROM_EMAIL = SERVER_EMAIL = f"Whereas <{environment.mail_address(SITE_URL)}>"

STATIC_URL = "/static/"
STATIC_ROOT = VAR_DIR / "static"
STATICFILES_DIRS = [BASE_DIR / "static"]
STORAGES = {
    "default": {"BACKEND": "django.core.files.storage.FileSystemStorage"},
    "staticfiles": {"BACKEND": "tracker.operate.static.CollectedFilesStorage"},
}
# Where nothing has been collected (`make run` does it), files are served straight from the tree.
WHITENOISE_USE_FINDERS = DEBUG or not (STATIC_ROOT / "staticfiles.json").is_file()
WHITENOISE_AUTOREFRESH = DEBUG

# --- who may come in

AUTH_USER_MODEL = "desk.User"
LOGIN_URL = "/accounts/login/"
LOGIN_REDIRECT_URL = "/desk/"
LOGOUT_REDIRECT_URL = "/"
PASSWORD_RESET_TIMEOUT = 24 * 60 * 60  # seconds that a one-time link holds
AUTH_PASSWORD_VALIDATORS: list[dict[str, Any]] = [
    {"NAME": "django.contrib.auth.password_validation.MinimumLengthValidator", "OPTIONS": {"min_length": 12}},
    {"NAME": "django.contrib.auth.password_validation.CommonPasswordValidator"},
    {"NAME": "django.contrib.auth.password_validation.NumericPasswordValidator"},
    {
        "NAME": "django.contrib.auth.password_validation.UserAttributeSimilarityValidator",
        "OPTIONS": {"user_attributes": ("email", "name")},
    },
    {"NAME": "tracker.desk.passwords.NotTheSiteValidator"},
]

# Of allauth we use the way of a sign-in, second factors and the list of sessions. Pages, forms and limits are ours.
ACCOUNT_ADAPTER = "tracker.desk.adapters.AccountAdapter"
ACCOUNT_USER_MODEL_USERNAME_FIELD = None
ACCOUNT_LOGIN_METHODS = {"email"}
ACCOUNT_SIGNUP_FIELDS = ["email*", "password1*"]
ACCOUNT_EMAIL_VERIFICATION = "none"
ACCOUNT_RATE_LIMITS = False  # tracker.desk.limits counts, in a cache that crowds cannot empty
MFA_ADAPTER = "tracker.desk.adapters.SecondFactorAdapter"
MFA_SUPPORTED_TYPES = ["totp", "webauthn", "recovery_codes"]
MFA_TOTP_ISSUER = "Whereas"
MFA_TOTP_TOLERANCE = 1  # steps of 30 seconds that a telephone's clock may be off

SESSION_COOKIE_AGE = (
    12 * 60 * 60
)  # seconds from the last change; tracker.desk.sessions ends them 12 hours after sign-in
SESSION_IDLE_SECONDS = 2 * 60 * 60
SESSION_COOKIE_NAME = "__Host-session" if HTTPS else "session"
SESSION_COOKIE_SECURE = HTTPS
SESSION_COOKIE_SAMESITE = "Lax"
CSRF_COOKIE_NAME = "__Host-csrftoken" if HTTPS else "csrftoken"
CSRF_COOKIE_SECURE = HTTPS
CSRF_COOKIE_HTTPONLY = True
CSRF_COOKIE_SAMESITE = "Lax"
CSRF_TRUSTED_ORIGINS = [SITE_URL]

# --- what a browser may do

SECURE_HSTS_SECONDS = 31_536_000 if HTTPS else 0
SECURE_CONTENT_TYPE_NOSNIFF = True
SECURE_REFERRER_POLICY = "same-origin"
SECURE_CROSS_ORIGIN_OPENER_POLICY = "same-origin"
X_FRAME_OPTIONS = "DENY"
CONTENT_SECURITY_POLICY = {
    "DIRECTIVES": {
        "default-src": [NONE],
        "script-src": [SELF],
        "style-src": [SELF],
        "img-src": [SELF],
        "font-src": [SELF],
        "connect-src": [SELF],
        "manifest-src": [SELF],
        "form-action": [SELF],
        "base-uri": [NONE],
        "frame-ancestors": [NONE],
    }
}
SILENCED_SYSTEM_CHECKS = [
    "security.W002",  # tracker.operate.headers sends X-Frame-Options
    "security.W005",  # subdomains of the site's name may be somebody else's
    "security.W008",  # the proxy in front redirects to https; we could not tell its requests from plain ones
    "security.W021",  # for the same reason as W005
]
DATA_UPLOAD_MAX_MEMORY_SIZE = 2 * 1024 * 1024  # bytes of one request's body
DATA_UPLOAD_MAX_NUMBER_FIELDS = 500

# --- what it tells its operator

LOGGING = logging_for(LOG_FORMAT)
