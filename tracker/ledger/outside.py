"""The sources as this installation's settings name them."""

from __future__ import annotations

from functools import cache
from importlib.metadata import PackageNotFoundError, version

from django.conf import settings

from tracker.sources.congress_api import CongressApi
from tracker.sources.govinfo import GovInfo
from tracker.sources.house_clerk import HouseClerk
from tracker.sources.http import Fetcher
from tracker.sources.legislators import Legislators
from tracker.sources.senate import Senate


@cache
def fetcher() -> Fetcher:
    """This process's one way out."""
    try:
        number = version("whereas")
    except PackageNotFoundError:  # run from a checkout that was not installed
        number = "dev"
    return Fetcher(site_url=settings.SITE_URL, version=number, pace_seconds=settings.PACE_SECONDS)


def govinfo() -> GovInfo:
    return GovInfo(fetcher(), settings.GOVINFO_URL)


def congress_api() -> CongressApi | None:
    """None without a key: GovInfo alone serves then."""
    if not settings.CONGRESS_API_KEY:
        return None
    return CongressApi(fetcher(), settings.CONGRESS_API_URL, settings.CONGRESS_API_KEY)


def legislators() -> Legislators:
    return Legislators(fetcher(), settings.LEGISLATORS_URL)


def house_clerk() -> HouseClerk:
    return HouseClerk(fetcher(), settings.HOUSE_CLERK_URL)


def senate() -> Senate:
    return Senate(fetcher(), settings.SENATE_URL)
