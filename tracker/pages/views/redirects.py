"""Other addresses of a measure: short ones, Congress.gov's own, and whatever is typed into a search box."""

from __future__ import annotations

from urllib.parse import urlencode

from django.http import (
    Http404,
    HttpRequest,
    HttpResponse,
    HttpResponsePermanentRedirect,
    HttpResponseRedirect,
)
from django.views.decorators.http import require_safe

from tracker.congress.measures import TYPES
from tracker.ledger.filters import ordinal
from tracker.pages.finding import direct

_BY_FORM = {known.congress_gov: known.code for known in TYPES.values()}
_PARTS = {  # Congress.gov's parts of a measure, and ours
    "cosponsors": "sponsors/",
    "text": "text/",
    "related-bills": "related/",
    "all-actions": "changes/",
    "actions": "changes/",
}
LONGEST = 200  # characters of a search


@require_safe
def measure(request: HttpRequest, congress: int, type: str, number: int) -> HttpResponse:
    """`/119/sres/145`."""
    return HttpResponsePermanentRedirect(f"/measures/{congress}/{type}/{number}/")


@require_safe
def congress_gov(request: HttpRequest, nth: str, form: str, number: int, rest: str = "") -> HttpResponse:
    """`/bill/119th-congress/senate-resolution/145`, and its parts where we have the same."""
    congress = nth[:-2]
    if ordinal(int(congress)) != nth:
        raise Http404(f"“{nth}” is no number of a Congress.")
    part = _PARTS.get(rest.split("/")[0], "")
    return HttpResponsePermanentRedirect(f"/measures/{congress}/{_BY_FORM[form]}/{number}/{part}")


@require_safe
def search(request: HttpRequest) -> HttpResponse:
    """`/search?q=`: straight to the measure that is named, else to the list of what is found."""
    words = " ".join(request.GET.get("q", "").replace("\0", " ").split())
    if not words:
        return HttpResponseRedirect("/measures/")
    found = direct(words) if len(words) <= LONGEST else None
    return HttpResponseRedirect(found or f"/measures/?{urlencode({'q': words})}")
