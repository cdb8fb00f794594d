"""`/check/`: paste an article, see what the record says of it. Nothing of it is kept."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from tracker.congress.calendar import today, valid_day
from tracker.pages.marked import paragraphs
from tracker.press import limits
from tracker.press.check import MOST_SIGNS, TooLong, check
from tracker.press.telling import VERDICTS, summary


@require_http_methods(["GET", "HEAD", "POST"])
def article(request: HttpRequest) -> HttpResponse:
    """The form; posted, the article marked up in place above it. What was typed stays in the form, whatever is wrong."""
    context: dict[str, Any] = {"most": MOST_SIGNS, "today": today()}
    status = 200
    if request.method == "POST":
        context |= {"text": request.POST.get("text", ""), "date": request.POST.get("date", "").strip()}
        wait = limits.seconds_to_wait(request.META.get("REMOTE_ADDR", ""))
        if wait is not None:
            status = 429
            context["wrong"] = {
                "text": f"More than {limits.CHECKS_PER_MINUTE} articles in a minute. Try again in {wait} seconds."
            }
        else:
            context |= _checked(context["text"], context["date"])
            status = 400 if "wrong" in context else 200
    response = render(request, "pages/check.html", context, status=status)
    response["Cache-Control"] = "no-store"
    return response


def _checked(text: str, written: str) -> dict[str, Any]:
    """What the page shows of this article, or what is wrong with what was sent."""
    wrong: dict[str, str] = {}
    day = valid_day(written) if written else None
    if written and day is None:
        wrong["date"] = f"“{written[:40]}” is no day. Write it as 2025-02-12, or leave it empty."
    if not text.strip():
        wrong["text"] = "There is no text. Paste the words of the article here."
    if wrong:
        return {"wrong": wrong}
    try:
        result = check(text, day)
    except TooLong as error:
        return {"wrong": {"text": str(error)}}
    counted = [
        (verdict, *VERDICTS[verdict], result.count(verdict))
        for verdict in ("false", "outgrown", "true", "unverifiable")
    ]
    return {
        "result": result,
        "day": valid_day(result.date),
        "summary": summary(result),
        "tally": [row for row in counted if row[3]],
        "paragraphs": paragraphs(text, result),
        "measures": _measures(result.measures),
    }


def _measures(cited: Any) -> list[dict[str, Any]]:
    """Each measure once, as it was first named, and how often."""
    found: dict[Any, dict[str, Any]] = {}
    for one in cited:
        key = (one.measure, one.sure, one.cited_as if one.measure is None or not one.sure else "")
        row = found.setdefault(key, {"first": one, "times": 0})
        row["times"] += 1
    return list(found.values())
