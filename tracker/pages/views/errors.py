"""Pages that say what was wrong: with the address, with the request, or with us."""

from __future__ import annotations

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render

from tracker.ledger.listing import BadFilter


def bad_parameter(request: HttpRequest, problem: BadFilter) -> HttpResponse:
    """400: names the parameter, its value and what is accepted, and offers the same page without it."""
    query = request.GET.copy()
    query.pop(problem.parameter, None)
    without = f"{request.path}?{query.urlencode()}" if query else request.path
    return render(request, "400.html", {"problem": problem, "without": without}, status=400)


def bad_request(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """400 for what Django itself refuses: a host that is not ours, a body that is too large."""
    return render(request, "400.html", status=400)


def not_found(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """404, with the sentence that the view gave, if any."""
    said = str(exception) if type(exception) is Http404 else ""
    return render(request, "404.html", {"said": said}, status=404)


def server_error(request: HttpRequest) -> HttpResponse:
    """500. Asks nothing of the database, which may be what failed."""
    return render(request, "500.html", status=500)
