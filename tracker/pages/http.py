"""How a public page travels: one stamp makes its ETag and keeps it rendered, for everybody alike.

A page is drawn from what its *stamp* names (an event's id, a measure's last change), from its address, from the day it is
in Washington, and from the code and templates of this release. As long as none of these has moved, a browser's question is
answered with 304 after the stamp's one query, and a page that was drawn before is sent again as it was packed then.
A public page sets no cookie and is the same bytes for everyone, so that any cache in front may keep it for a minute.
"""

from __future__ import annotations

import gzip
import hashlib
import logging
from collections.abc import Callable, Iterable
from functools import lru_cache, wraps
from pathlib import Path
from typing import Any, Concatenate, ParamSpec

from django.conf import settings
from django.core.cache import cache
from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.shortcuts import render
from django.utils.cache import get_conditional_response, patch_cache_control, patch_vary_headers
from django_htmx.middleware import HtmxDetails

from tracker.congress.calendar import today
from tracker.ledger.listing import BadFilter
from tracker.packing import packed, takes_gzip
from tracker.pages.views.errors import bad_parameter

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, P], HttpResponse]
Stamp = Callable[Concatenate[HttpRequest, P], Iterable[object]]

log = logging.getLogger(__name__)

MAX_AGE = 60  # seconds that a browser or a cache in front may show a page without asking
KEPT = 3600  # seconds that a rendered page is kept here; its key changes with whatever it is drawn from


class HtmxRequest(HttpRequest):
    """A request as `django_htmx`'s middleware hands it on."""

    htmx: HtmxDetails


def is_fragment(request: HttpRequest) -> bool:
    """Whether htmx asks for a part only. When it restores history it needs the whole page, and says so."""
    htmx: HtmxDetails | None = getattr(request, "htmx", None)
    return htmx is not None and bool(htmx) and not htmx.history_restore_request


def render_part(
    request: HttpRequest, template: str, context: dict[str, Any], *, part: str, status: int = 200
) -> HttpResponse:
    """The whole page, or for a request of htmx only the template's partial named `part`.

    Templates know by `fragment` which of the two it is: only a fragment brings the new title along.
    """
    fragment = is_fragment(request)
    name = f"{template}#{part}" if fragment else template
    response = render(request, name, {**context, "fragment": fragment}, status=status)
    vary_by_part(response)
    if fragment:
        keep_private(response)
    return response


def vary_by_part(response: HttpResponseBase) -> None:
    """Tell caches that one address answers with a page or with a part of it."""
    patch_vary_headers(response, ["HX-Request", "HX-History-Restore-Request"])


def keep_private(response: HttpResponseBase) -> None:
    """Keep a fragment out of every cache: some of them ignore Vary, and would show it as the page."""
    patch_cache_control(response, private=True, no_store=True)


def public_page(stamp: Stamp[P]) -> Callable[[View[P]], View[P]]:
    """Decorate a view of a public page.

    `stamp` is given what the view is given and names what the page is drawn from; it should cost one indexed query, and
    may raise Http404. A `BadFilter` from either becomes the page that says what was wrong with the address (400).

    >>> @public_page(lambda request: [chain.head().hash])
    ... def changes(request): ...
    """

    def decorate(view: View[P]) -> View[P]:
        @wraps(view)
        def answer(request: HttpRequest, /, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            try:
                if is_fragment(request):
                    return view(request, *args, **kwargs)
                return _whole_page(
                    request, stamp(request, *args, **kwargs), lambda: view(request, *args, **kwargs)
                )
            except BadFilter as problem:
                return bad_parameter(request, problem)

        return answer

    return decorate


def _whole_page(
    request: HttpRequest, stamp: Iterable[object], draw: Callable[[], HttpResponse]
) -> HttpResponse:
    key = _key(request, stamp)
    etag = f'W/"{key}"'  # weak: packed and unpacked, it is the same page
    unchanged = get_conditional_response(request, etag=etag)
    if unchanged is not None:
        return _public(unchanged, etag)
    place = f"page:{key}"
    page = _kept(place)
    if page is None:
        response = draw()
        if response.status_code != 200:
            return response
        if response.streaming or response.cookies:
            raise AssertionError(f"{request.path} sets a cookie or streams: it is no public page")
        page = packed(response.content)
        _keep(place, page)
    if takes_gzip(request):
        sent = HttpResponse(page, headers={"Content-Encoding": "gzip"})
    else:
        sent = HttpResponse(gzip.decompress(page))
    sent["Content-Length"] = str(len(sent.content))
    return _public(sent, etag)


def _kept(place: str) -> bytes | None:
    """The page as it was packed before. Reading needs only the database: a cache that is down is as good as empty."""
    try:
        found: bytes | None = cache.get(place)
    except Exception as error:  # noqa: BLE001 - each backend fails with errors of its own
        log.warning("the page cache does not answer: %s", error)
        return None
    return found


def _keep(place: str, packed: bytes) -> None:
    try:
        cache.set(place, packed, KEPT)
    except Exception as error:  # noqa: BLE001 - as above
        log.warning("the page cache takes nothing: %s", error)


def _public(response: HttpResponse, etag: str) -> HttpResponse:
    response["ETag"] = etag
    patch_cache_control(response, public=True, max_age=MAX_AGE)
    patch_vary_headers(response, ["Accept-Encoding"])
    vary_by_part(response)
    return response


def _key(request: HttpRequest, stamp: Iterable[object]) -> str:
    drawn_from = (
        _release() if not settings.DEBUG else _digest_of_release(),
        settings.SITE_URL,
        today(),
        request.get_full_path(),
        *stamp,
    )
    return hashlib.sha256("\n".join(str(part) for part in drawn_from).encode()).hexdigest()[:32]


@lru_cache(maxsize=1)
def _release() -> str:
    return _digest_of_release()


def _digest_of_release() -> str:
    """A digest of all that draws pages: another release, or an edited template, makes every page new."""
    root = Path(__file__).resolve().parent.parent
    templates = [Path(folder) for folder in settings.TEMPLATES[0]["DIRS"]]
    drawing = sorted(
        [*root.rglob("*.py"), *(path for folder in templates for path in folder.rglob("*.html"))]
    )
    return hashlib.sha256(b"\0".join(path.read_bytes() for path in drawing)).hexdigest()
