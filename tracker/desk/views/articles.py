"""The articles that staff keep: what each claims, what the record has overtaken, and marking that as seen."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.views.decorators.http import require_POST, require_safe

from tracker.congress.numbers import number_word
from tracker.desk import articles
from tracker.desk.doors import allowed, who
from tracker.desk.permissions import Right, may
from tracker.desk.views.said import heard, say

PER_PAGE = 50
MOST_OVERTAKEN = 50  # articles
MOST_PAGES = 1_000


@allowed(Right.CHECK_ARTICLES)
@require_safe
def listed(request: HttpRequest) -> HttpResponse:
    """What the record has overtaken, and every article kept. `page` counts from 1."""
    asked = request.GET.get("page", "1")
    page = int(asked) if asked.isascii() and asked.isdecimal() and len(asked) < 7 else 1
    page = min(max(page, 1), MOST_PAGES)
    kept, total = articles.kept((page - 1) * PER_PAGE, page * PER_PAGE)
    context = {
        "overtaken": articles.overtaken(MOST_OVERTAKEN),
        "kept": kept,
        "total": total,
        "earlier": page + 1 if page * PER_PAGE < total else None,
        "later": page - 1 if page > 1 else None,
        "said": heard(request),
        "may_review": may(request.user, Right.REVIEW_ENTRY),
    }
    return render(request, "desk/articles.html", context)


@allowed(Right.REVIEW_ENTRY)
@require_POST
def settle(request: HttpRequest) -> HttpResponse:
    """Mark the statements named by `claim` as seen, and lead back to where they were shown."""
    given = request.POST.getlist("claim")
    asked = [int(value) for value in given if value.isascii() and value.isdecimal() and len(value) < 19]
    count = articles.settle(asked, who(request))
    many = number_word(count, most=10, none="no")
    say(request, f"Marked {many} {'statement' if count == 1 else 'statements'} as seen.")
    back = request.POST.get("back", "")
    entry = back if back.isascii() and back.isdecimal() and len(back) < 10 else ""
    where = {"articles": "/desk/articles/", "": "/desk/"}.get(back, "/desk/")
    return HttpResponseRedirect(f"/desk/entries/{entry}/check/" if entry else where)
