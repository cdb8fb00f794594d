"""What an open page of a measure is told: what came after the change that it knows last."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect

from tracker.ledger.models import ChangeEvent, Measure
from tracker.pages.changed import change_days, with_measures
from tracker.pages.http import is_fragment, keep_private, render_part, vary_by_part
from tracker.pages.measure_opening import not_held

MOST = 100  # events that are told one by one; of more the page says how many


def arrived(request: HttpRequest, congress: int, type: str, number: int, after: int) -> HttpResponse:
    """The changes after the one with this number, for a page that is open; a reader without script gets the list of all.

    Nothing new costs one row, found by its key, and answers 204.
    """
    found = Measure.every.keyed(congress, type, number).values_list("pk", "last_event").first()
    if found is None:
        raise not_held(congress, type, number)
    base = f"/measures/{congress}/{type}/{number}/"
    if not is_fragment(request):
        return HttpResponseRedirect(f"{base}changes/")
    pk, last = found
    if last <= after:
        nothing = HttpResponse(status=204)
        vary_by_part(nothing)
        keep_private(nothing)
        return nothing
    events = ChangeEvent.objects.filter(measure_id=pk, pk__gt=after, pk__lte=last).announced().order_by("-pk")
    news = list(with_measures(events)[: MOST + 1])
    context: dict[str, Any] = {
        "days": change_days(news) if len(news) <= MOST else [],
        "too_many": MOST if len(news) > MOST else 0,
        "base": base,
        "look": f"{base}changes/?after={last}",
    }
    return render_part(request, "pages/measure_changes.html", context, part="arrived")
