"""What can be done to many measures of the desk's list at once: to those chosen, or to all that the list finds."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from http import HTTPStatus

from django.core.exceptions import PermissionDenied
from django.http import HttpRequest, HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from tracker.desk import care, seen, topics
from tracker.desk.doors import allowed, who
from tracker.desk.measure_list import DeskFilters
from tracker.desk.models import Topic, User
from tracker.desk.permissions import MEANING, Right, may
from tracker.desk.views.said import say
from tracker.ledger.filters import BadFilter
from tracker.ledger.models import Measure

CONFIRMED_ABOVE = 50  # measures: beyond, one more page asks whether that is meant


class CannotDo(ValueError):
    """Why nothing was done, in one sentence."""


@dataclass(frozen=True, slots=True)
class Deed:
    """One thing to do to measures: what it says of itself before and after, and the doing, which answers how many it changed."""

    will: str  # "Give {} to Edith Editor"
    done: str  # "{} given to Edith Editor"
    do: Callable[[list[int]], int]


@allowed(Right.USE_DESK)
@require_POST
def bulk(request: HttpRequest) -> HttpResponse:
    """Do it, or ask first where it is more than fifty. Comes back to the list with one sentence on what was done."""
    query = request.POST.get("query", "")[:4000]
    where = f"/desk/measures/?{query}" if query else "/desk/measures/"
    try:
        deed = _deed(request)
        measures = _measures(request, query)
    except CannotDo as problem:
        say(request, f"Nothing was done: {problem}")
        return redirect(where)
    expected = request.POST.get("expected", "")
    if len(measures) > CONFIRMED_ABOVE and expected != str(len(measures)):
        context = {
            "will": deed.will.format(_count(len(measures))),
            "count": len(measures),
            "moved": bool(expected),
            "sent": [(name, value) for name in _SENT for value in request.POST.getlist(name)],
            "back": where,
        }
        return render(request, "desk/measures_confirm.html", context, status=HTTPStatus.OK)
    changed = deed.do(measures)
    rest = len(measures) - changed
    words = deed.done.format(_count(changed))
    say(request, f"{words}{_so_already(rest)}.")
    return redirect(where)


_SENT = ("query", "do", "person", "topic", "priority", "till", "all", "chosen")


def _so_already(rest: int) -> str:
    return f"; {rest:,} {'was' if rest == 1 else 'were'} so already" if rest else ""


def _count(number: int) -> str:
    return "1 measure" if number == 1 else f"{number:,} measures"


def _deed(request: HttpRequest) -> Deed:
    me, name = who(request), request.POST.get("do", "")
    if name == "seen":
        till = request.POST.get("till", "")
        if not (till.isascii() and till.isdecimal() and len(till) < 19):
            raise CannotDo("the page did not say up to which change. Open the list again.")
        return Deed("Mark {} as seen", "{} marked as seen", lambda pks: seen.mark(me, pks, int(till)))
    if name not in _DEEDS:
        raise CannotDo("choose what to do.")
    if not may(me, Right.BULK):
        raise PermissionDenied(f"Your account may not {MEANING[Right.BULK]}.")
    return _DEEDS[name](request, me)


def _assign(request: HttpRequest, me: User) -> Deed:
    chosen = request.POST.get("person", "")
    if chosen == "nobody":
        return Deed(
            "Let nobody look after {}", "{} looked after by nobody", lambda pks: care.assign(pks, None, me)
        )
    to = me if chosen == "me" else None
    if chosen.isascii() and chosen.isdecimal() and len(chosen) < 10:
        to = User.objects.filter(pk=int(chosen), is_active=True).first()
    if to is None:
        raise CannotDo("choose a colleague whose account is in use.")
    person = to
    return Deed(f"Give {{}} to {_braced(person.called)}", f"{{}} given to {_braced(person.called)}",
                lambda pks: care.assign(pks, person, me))  # fmt: skip


def _topic_of(request: HttpRequest) -> Topic:
    slug = request.POST.get("topic", "")
    found = Topic.objects.filter(slug=slug).first() if "\0" not in slug else None
    if found is None:
        raise CannotDo("choose a topic.")
    return found


def _put_in(request: HttpRequest, me: User) -> Deed:
    topic = _topic_of(request)
    name = _braced(topic.name)
    return Deed(
        f"Put {{}} into “{name}”", f"{{}} put into “{name}”", lambda pks: topics.put_in(topic, pks, me)
    )


def _take_out(request: HttpRequest, me: User) -> Deed:
    topic = _topic_of(request)
    name = _braced(topic.name)
    return Deed(
        f"Take {{}} out of “{name}”",
        f"{{}} taken out of “{name}”",
        lambda pks: topics.take_out(topic, pks, me),
    )


def _prioritise(request: HttpRequest, me: User) -> Deed:
    word = request.POST.get("priority", "")
    if word not in care.PRIORITIES:
        raise CannotDo(f"choose a priority: {', '.join(care.PRIORITIES)}.")
    return Deed(f"Give {{}} {word} priority", f"{{}} now of {word} priority",
                lambda pks: care.set_priority(pks, care.PRIORITIES[word], me))  # fmt: skip


_DEEDS: dict[str, Callable[[HttpRequest, User], Deed]] = {
    "assign": _assign,
    "put_in": _put_in,
    "take_out": _take_out,
    "prioritise": _prioritise,
}


def _braced(words: str) -> str:
    """A name as it may stand in a sentence that is filled in later."""
    return words.replace("{", "{{").replace("}", "}}")


def _measures(request: HttpRequest, query: str) -> list[int]:
    """Those chosen, or all that the list finds. Raises CannotDo for none, and for more than may be done at once."""
    if request.POST.get("all"):
        try:
            found = DeskFilters.from_query(QueryDict(query)).measures(who(request)).order_by()
        except BadFilter as problem:
            raise CannotDo(f"{problem}.") from problem
        pks = list(found.values_list("pk", flat=True)[: care.MOST_AT_ONCE + 1])
    else:
        pks = _chosen(request.POST.getlist("chosen"))
    if not pks:
        raise CannotDo("choose measures, or “all that this list finds”.")
    if len(pks) > care.MOST_AT_ONCE:
        raise CannotDo(
            f"this list finds more than {care.MOST_AT_ONCE} measures. Filter it more, and do it in parts."
        )
    return pks


def _chosen(given: Sequence[str]) -> list[int]:
    numbers = [int(text) for text in given if text.isascii() and text.isdecimal() and len(text) < 19]
    return list(Measure.objects.filter(pk__in=numbers[: care.MOST_AT_ONCE + 1]).values_list("pk", flat=True))
