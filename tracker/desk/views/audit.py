"""The audit, for admins: who did what, filtered, paged by cursor, and taken away as CSV."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpRequest, HttpResponse, QueryDict, StreamingHttpResponse
from django.shortcuts import render
from django.utils import timezone
from django.utils.http import urlencode
from django.views.decorators.http import require_POST, require_safe

from tracker.csv_lines import csv_line
from tracker.desk import acts
from tracker.desk.doors import allowed, who
from tracker.desk.models import Act, User
from tracker.desk.permissions import Right

PAGE_SIZE = 50
COLUMNS = ("id", "at", "account", "called", "verb", "object", "summary", "before", "after", "from")
NOBODY = "nobody"  # in place of an account: commands, and whoever was not signed in
_PAGES = {
    "entry": "/desk/entries/{}/",
    "account": "/desk/accounts/{}/",
    "topic": "/desk/topics/{}/",
    "list": "/desk/lists/",  # all stand on one page
    "by_hand": "/desk/by-hand/{}/",
    "webhook": "/desk/webhooks/{}/",
}
_MEASURE = re.compile(r"[1-9]\d{0,2}/[a-z]+/[1-9]\d{0,5}")


@dataclass
class Asked:
    """Which acts are asked for, as it was typed, with what is wrong by the field."""

    by: str = ""
    verb: str = ""
    object: str = ""
    after: str = ""
    before: str = ""
    till: str = ""
    wrong: dict[str, str] = field(default_factory=dict)

    @property
    def query(self) -> str:
        """The filters as a query string, without the place in the list."""
        named = {name: getattr(self, name) for name in ("by", "verb", "object", "after", "before")}
        return urlencode({name: value for name, value in named.items() if value})


@allowed(Right.SEE_AUDIT)
@require_safe
def audit(request: HttpRequest) -> HttpResponse:
    """Newest first, fifty a page."""
    asked = _read(request.GET)
    found = _found(asked)
    rows = list(found[: PAGE_SIZE + 1])
    older = rows[PAGE_SIZE - 1].pk if len(rows) > PAGE_SIZE else None
    return render(
        request,
        "desk/audit.html",
        {
            "asked": asked,
            "rows": [_shown(row) for row in rows[:PAGE_SIZE]],
            "older": f"{asked.query}&till={older}".lstrip("&") if older else "",
            "people": User.objects.order_by("forgotten_at", "name", "email"),
            "verbs": Act.objects.order_by("verb").values_list("verb", flat=True).distinct(),
        },
        status=400 if asked.wrong else 200,
    )


@allowed(Right.SEE_AUDIT)
@require_POST
def export(request: HttpRequest) -> HttpResponse | StreamingHttpResponse:
    """The acts that the filters name as CSV, all of them, newest first, sent as they are read. The export is an act too."""
    asked = _read(request.POST)
    if asked.wrong:
        return render(request, "desk/audit.html", {"asked": asked, "rows": []}, status=400)
    with transaction.atomic():
        said = f"Took the audit away as CSV{': ' + asked.query if asked.query else ''}"
        acts.record(who(request), "export_audit", "audit", said)
    answer = StreamingHttpResponse(_csv(_found(asked)), content_type="text/csv; charset=utf-8")
    answer.headers["Content-Disposition"] = f'attachment; filename="audit-{timezone.now():%Y-%m-%d}.csv"'
    return answer


def _read(sent: QueryDict) -> Asked:
    asked = Asked()
    for name in ("by", "verb", "object", "after", "before", "till"):
        setattr(asked, name, sent.get(name, "").strip()[:80])
    if asked.by and asked.by != NOBODY and not _is_number(asked.by):
        asked.wrong["by"] = "Choose an account from the list."
    for name in ("after", "before"):
        value = getattr(asked, name)
        if value and _day(value) is None:
            asked.wrong[name] = f"“{value}” is no day: write it as 2026-11-24."
    if asked.till and not _is_number(asked.till):
        asked.wrong["till"] = "This page of the list does not exist; it begins anew."
        asked.till = ""
    return asked


def _found(asked: Asked) -> QuerySet[Act]:
    found = Act.objects.select_related("by").order_by("-id")
    if asked.by == NOBODY:
        found = found.filter(by=None)
    elif _is_number(asked.by):
        found = found.filter(by_id=int(asked.by))
    if asked.verb:
        found = found.filter(verb=asked.verb)
    if asked.object:
        found = found.filter(object=asked.object)
    if day := _day(asked.after):
        found = found.filter(at__gte=_midnight(day))
    if day := _day(asked.before):
        found = found.filter(at__lt=_midnight(day + timedelta(days=1)))
    if asked.till:
        found = found.filter(id__lt=int(asked.till))
    return found


def _is_number(value: str) -> bool:
    return value.isascii() and value.isdecimal() and len(value) < 19


def _day(value: str) -> date | None:
    try:
        day = date.fromisoformat(value)
    except ValueError:
        return None
    return day if 1970 <= day.year <= 9000 else None


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, tzinfo=timezone.get_fixed_timezone(0))


def _shown(row: Act) -> dict[str, Any]:
    return {
        "act": row,
        "who": row.by.called if row.by else "",
        "where": _address(row.object),
        "before": _json(row.before),
        "after": _json(row.after),
    }


def _address(object: str) -> str:
    """The page of what was acted on; "" where it has none."""
    kind, _, rest = object.partition("/")
    if kind in _PAGES and _is_number(rest):
        return _PAGES[kind].format(rest)
    return f"/measures/{object}/" if _MEASURE.fullmatch(object) else ""


def _json(value: Any) -> str:
    return "" if value is None else json.dumps(value, ensure_ascii=False, indent=1, sort_keys=True)


def _csv(found: QuerySet[Act]) -> Iterator[str]:
    yield csv_line(COLUMNS)
    for row in found.iterator(chunk_size=500):
        cells = (
            row.pk,
            row.at.isoformat(),
            row.by_id or "",
            row.by.called if row.by else "",
            row.verb,
            row.object,
            row.summary,
            "" if row.before is None else json.dumps(row.before, ensure_ascii=False),
            "" if row.after is None else json.dumps(row.after, ensure_ascii=False),
            row.origin,
        )
        yield csv_line(cells)
