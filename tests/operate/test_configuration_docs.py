"""docs/CONFIGURATION.md and the table of the environment are one."""

from __future__ import annotations

import re
from pathlib import Path

from tracker.environment import TABLE

DOCUMENT = Path(__file__).resolve().parents[2] / "docs" / "CONFIGURATION.md"
CONTRACT = {
    *(
        "DATABASE_URL",
        "CELERY_BROKER_URL",
        "CACHE_URL",
        "EMAIL_URL",
        "SECRET_KEY",
        "SITE_URL",
        "ALLOWED_HOSTS",
        "DEBUG",
    ),
    *("TRUSTED_PROXIES", "METRICS_FROM", "CONGRESSES", "MEASURE_TYPES", "GOVINFO_URL", "CONGRESS_API_URL"),
    *("CONGRESS_API_KEY", "HOUSE_CLERK_URL", "SENATE_URL", "LEGISLATORS_URL", "POLL_SECONDS", "PACE_SECONDS"),
    *("API_READS_PER_MINUTE", "PORT"),
}


def _documented() -> dict[str, list[str]]:
    rows = re.findall(r"^\| `([A-Z_]+)` \| (.*) \|$", DOCUMENT.read_text("utf-8"), re.MULTILINE)
    return {name: cells.split(" | ") for name, cells in rows}


def test_every_variable_is_documented_and_every_documented_variable_is_read() -> None:
    assert list(_documented()) == [variable.name for variable in TABLE]


def test_default_accepted_values_and_meaning_are_documented_as_they_are() -> None:
    documented = _documented()
    for variable in TABLE:
        assert documented[variable.name] == [variable.default, variable.accepted, variable.meaning]


def test_every_variable_of_the_contract_is_read() -> None:
    assert {variable.name for variable in TABLE} >= CONTRACT
