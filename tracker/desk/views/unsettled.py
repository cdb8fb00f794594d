"""What the machine could not settle by itself: set aside, in doubt, vanished, failing."""

from __future__ import annotations

from django.db import transaction
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from tracker.desk import acts
from tracker.desk.doors import allowed, who
from tracker.desk.permissions import Right, may
from tracker.desk.views.said import heard, say
from tracker.ledger.models import DueFetch, Measure, Source, measure_key

SHOWN = 50  # rows of each list; the counts above them are of all


@allowed(Right.USE_DESK)
@require_safe
def unsettled(request: HttpRequest) -> HttpResponse:
    """All of it, by kind. The desk's front page brings this one's lists in below its own."""
    set_aside = DueFetch.objects.filter(set_aside=True).order_by("due_at", "measure_id")
    unconfirmed = Measure.objects.exclude(unconfirmed_document=None).order_by("unconfirmed_since", "id")
    vanished = Measure.objects.exclude(vanished_at=None).order_by("-vanished_at", "id")
    held = Measure.objects.in_bulk([row.measure_id for row in set_aside[:SHOWN]])
    return render(
        request,
        "desk/unsettled.html",
        {
            "set_aside": [
                {"row": row, "key": measure_key(row.measure_id), "measure": held.get(row.measure_id)}
                for row in set_aside[:SHOWN]
            ],
            "set_aside_count": set_aside.count(),
            "unconfirmed": unconfirmed[:SHOWN],
            "unconfirmed_count": unconfirmed.count(),
            "vanished": vanished[:SHOWN],
            "vanished_count": vanished.count(),
            "failing": Source.objects.exclude(failing_since=None).order_by("name"),
            "is_admin": may(request.user, Right.RETRY_SOURCES),
            "said": heard(request),
        },
    )


@allowed(Right.RETRY_SOURCES)
@require_POST
def try_again(request: HttpRequest) -> HttpResponse:
    """Put what was set aside back among what is due: one measure (`measure`, its row id) or, without it, all."""
    chosen = request.POST.get("measure", "")
    with transaction.atomic():
        rows = DueFetch.objects.filter(set_aside=True)
        if chosen:
            rows = rows.filter(pk=int(chosen)) if chosen.isdecimal() and len(chosen) < 19 else rows.none()
        # The day since when it is due stays: the sweep of the next minute takes what has been due for long.
        count = rows.update(set_aside=False, attempts=0, error=None, leased_by=None, leased_until=None)
        if count:
            words = "1 measure" if count == 1 else f"{count} measures"
            where = measure_key(int(chosen)) if chosen else "measures"
            acts.record(who(request), "try_again", where, f"Had {words} that had been set aside tried again")
            say(request, f"{words} will be tried again within minutes.")
    return redirect("unsettled")
